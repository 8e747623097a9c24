//! Eight processes on one line, killed at random with signal 9.

use super::{LINE, begun, folder, number, reserve};
use crate::dice::Dice;
use anyhow::{Context as _, ensure};
use gouji_fund::ledger::{Action, Destination, Held, Moment, Part, Refusal, Request};
use gouji_model::Fen;
use gouji_store::{AskError, Ledger, Options, examine};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const WRITERS: usize = 8;
const AMOUNT: i64 = 100_000_000;
const WINDOW: usize = 16;

/// What the writers said before they were killed.
#[derive(Default)]
struct Told {
    attempts: u64,
    /// Receipts: the number of each key's event.
    receipts: BTreeMap<String, i64>,
    faults: Vec<String>,
}

/// Starts writers, kills them at random, and verifies the file after every kill.
pub(super) fn run(args: &[String]) -> anyhow::Result<()> {
    let (attempts, kills) = (number(args, "--attempts", 100_000)?, number(args, "--kills", 300)?);
    let seed = number(args, "--seed", 1)?;
    let folder = folder("kills")?;
    let path = folder.join("ledger.db");
    drop(begun(&path, &Options::default(), AMOUNT)?);
    let told = Arc::new(Mutex::new(Told::default()));
    let mut dice = Dice::new(seed);
    let mut serial = 0;
    let mut writers = Vec::new();
    for _ in 0..WRITERS {
        writers.push(writer(&path, &mut serial, &told)?);
    }
    let (start, mut killed, mut walks) = (Instant::now(), 0, 0);
    while killed < kills || told.lock().expect("no thread panics with it").attempts < attempts {
        std::thread::sleep(Duration::from_millis(dice.roll(120)));
        // Every eighth time all writers fall at once, as when the machine stops.
        let falls = if dice.roll(8) == 0 { WRITERS } else { 1 };
        let first = dice.roll(WRITERS as u64) as usize;
        for at in (0..falls).map(|step| (first + step) % WRITERS) {
            stop(&mut writers[at])?;
            killed += 1;
        }
        let verified = examine(&path)?;
        ensure!(verified.fault.is_none(), "after {killed} kills: {:?}", verified.fault);
        walks += 1;
        for at in (0..falls).map(|step| (first + step) % WRITERS) {
            writers[at] = writer(&path, &mut serial, &told)?;
        }
    }
    for writer in &mut writers {
        stop(writer)?;
    }
    let told = told.lock().expect("no thread panics with it");
    ensure!(told.faults.is_empty(), "{:?}", told.faults);
    println!("{} s, {killed} kills -9, {walks} walks over the whole log between", start.elapsed().as_secs());
    println!("{}", judged(&path, &told)?);
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// The whole file against all receipts.
fn judged(path: &Path, told: &Told) -> anyhow::Result<String> {
    let ledger = Ledger::open(path, &Options::default())?;
    let verified = ledger.verify()?;
    ensure!(verified.fault.is_none(), "{:?}", verified.fault);
    let events = ledger.events(0, i64::MAX)?;
    let numbers: BTreeMap<&str, i64> = events.iter().map(|event| (event.request.key.as_str(), event.number)).collect();
    let lost = told.receipts.iter().filter(|(key, number)| numbers.get(key.as_str()) != Some(number)).count();
    ensure!(lost == 0, "{lost} receipts without their event");
    let line = ledger.line(LINE)?.context("the line is there")?;
    ensure!(line.available().fen() >= 0, "over by {}", -line.available().fen());
    Ok(format!(
        "{} attempts told of, {} events, {} receipts, 0 lost; 0 fen over ({} available); line equals log",
        told.attempts,
        verified.events,
        told.receipts.len(),
        line.available()
    ))
}

fn stop(writer: &mut Child) -> anyhow::Result<()> {
    writer.kill()?;
    writer.wait()?;
    Ok(())
}

/// One process of this program, with a thread that hears what it says.
fn writer(path: &Path, serial: &mut u64, told: &Arc<Mutex<Told>>) -> anyhow::Result<Child> {
    *serial += 1;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["ledger", "writer"]).arg(path).args(["--seed", &serial.to_string()]).stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let output = BufReader::new(child.stdout.take().context("the output is piped")?);
    let told = Arc::clone(told);
    std::thread::spawn(move || {
        for line in output.split(b'\n').map_while(Result::ok) {
            hear(&String::from_utf8_lossy(&line), &mut told.lock().expect("no thread panics with it"));
        }
    });
    Ok(child)
}

/// A line that a kill cut off has no full stop at its end and is not heard.
fn hear(line: &str, told: &mut Told) {
    let Some(line) = line.strip_suffix(" .") else { return };
    let mut words = line.split(' ');
    told.attempts += words.next().and_then(|count| count.parse::<u64>().ok()).unwrap_or(0);
    for word in words {
        match word.split_once('=').map(|(key, number)| (key, number.parse())) {
            Some((key, Ok(number))) => drop(told.receipts.insert(key.to_owned(), number)),
            _ => told.faults.push(word.to_owned()),
        }
    }
}

/// The writer's process: asks until it is killed.
pub(super) fn write(args: &[String]) -> anyhow::Result<()> {
    let path = args.first().context("a path")?;
    let seed = number(args, "--seed", 1)?;
    let ledger = Ledger::open(Path::new(path), &Options::default())?;
    let mut asker = Asker { dice: Dice::new(seed), seed, count: 0, accepted: Vec::new() };
    loop {
        let wishes: Vec<(Request, Wish)> = (0..WINDOW).map(|_| asker.wish()).collect();
        let tickets: Vec<_> = wishes.iter().map(|(request, _)| ledger.submit(request.clone())).collect();
        let mut said = WINDOW.to_string();
        for ((request, wish), ticket) in wishes.into_iter().zip(tickets) {
            match (wish, ticket.wait()) {
                (Wish::Again(number), Ok(receipt)) if receipt.number == number => {}
                (Wish::Other, Err(AskError::Refused(Refusal::KeyReused(_)))) => {}
                (Wish::Late, Err(AskError::Refused(Refusal::Expired { .. } | Refusal::LineClosed { .. }))) => {}
                (Wish::New, Err(AskError::Refused(_))) => {}
                (Wish::New, Ok(receipt)) => {
                    said.push_str(&format!(" {}={}", request.key, receipt.number));
                    asker.accepted.push((request, receipt.number));
                }
                (wish, answer) => {
                    said.push_str(&format!(" {}", format!("{wish:?}:{answer:?}").replace([' ', '='], "_")))
                }
            }
        }
        // One write for the line: a kill leaves all of it or a part without its end.
        let mut out = std::io::stdout().lock();
        out.write_all(format!("{said} .\n").as_bytes())?;
        out.flush()?;
    }
}

/// What answer a request must have.
#[derive(Debug)]
enum Wish {
    New,
    Again(i64),
    Other,
    Late,
}

struct Asker {
    dice: Dice,
    seed: u64,
    count: u64,
    accepted: Vec<(Request, i64)>,
}

impl Asker {
    fn wish(&mut self) -> (Request, Wish) {
        self.count += 1;
        let key = format!("{}-{}", self.seed, self.count);
        let known = (!self.accepted.is_empty()).then(|| self.dice.choose(&self.accepted).clone());
        let amount = self.dice.between(1, 20_000);
        match (self.dice.roll(20), known) {
            (0, Some((request, number))) => (Request { time: Moment(999_999), ..request }, Wish::Again(number)),
            (1, Some((request, _))) => (Request { action: Action::Close, ..request }, Wish::Other),
            (2, _) => (Request { time: Moment(900_000), ..reserve(&key, amount) }, Wish::Late),
            (3, _) => (Request { time: Moment(1_000_000), ..reserve(&key, amount) }, Wish::Late),
            // All writers ask this of each other's keys: one event, one receipt.
            (4, _) => (reserve(&format!("all-{}", self.dice.roll(2_000)), 77), Wish::New),
            (5..=13, Some((request, _))) => (self.next(&key, &request), Wish::New),
            _ => (reserve(&key, amount), Wish::New),
        }
    }

    /// A step on an award that this writer reserved; it may come too late or twice.
    fn next(&mut self, key: &str, request: &Request) -> Request {
        let award = request.action.award().unwrap_or("none").to_owned();
        let amount = Fen::new(self.dice.between(1, 20_000));
        let part = |amount| Part { due: Moment(10), amount };
        let action = match self.dice.roll(6) {
            0 => Action::Commit { award, plan: vec![part(amount), part(Fen::new(1))] },
            1 => Action::Pay { award, part: 1, amount },
            2 => Action::Recover { award, amount, to: Destination::Line },
            3 => Action::Release { award, amount, from: Held::Committed },
            _ => Action::Release { award, amount, from: Held::Reserved },
        };
        super::request(key, 10, action)
    }
}
