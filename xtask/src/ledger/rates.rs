//! One process, eight threads: how many reservations reach the disk in a second.

use super::{LINE, begun, folder, number, reserve};
use anyhow::{Context as _, ensure};
use gouji_store::{Ledger, Options};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const WRITERS: u64 = 8;
const EACH: i64 = 1_000;

/// Through the group commit, many under way and one at a time, and beside them a transaction each.
pub(super) fn run(args: &[String]) -> anyhow::Result<()> {
    let (attempts, awards) = (number(args, "--attempts", 1_000_000)?, number(args, "--awards", 200_000)?);
    let few = (awards / 10).max(80);
    let folder = folder("rates")?;
    let alone = Options { most_per_transaction: 1, ..Options::default() };
    let group = Options::default();
    let rows: [(&str, &Options, u64, u64, usize); 4] = [
        ("group commit, 8 threads, 128 under way each", &group, attempts, awards, 128),
        ("group commit, 8 threads, one under way each", &group, few, few, 1),
        ("a transaction each, 8 threads, 128 under way each", &alone, few, few, 128),
        ("a transaction each, 8 threads, one under way each", &alone, few, few, 1),
    ];
    for (at, (name, options, attempts, awards, window)) in rows.into_iter().enumerate() {
        let path = folder.join(format!("{at}.db"));
        let ledger = begun(&path, options, awards as i64 * EACH)?;
        println!("{name}: {}", measured(&ledger, attempts, window)?);
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

fn measured(ledger: &Ledger, attempts: u64, window: usize) -> anyhow::Result<String> {
    let (accepted, last) = (AtomicU64::new(0), AtomicU64::new(0));
    let start = Instant::now();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (accepted, last) = (&accepted, &last);
            scope.spawn(move || {
                let mut numbers = (0..attempts / WRITERS).peekable();
                while numbers.peek().is_some() {
                    let keys = numbers.by_ref().take(window).map(|number| format!("{writer}-{number}"));
                    let tickets: Vec<_> = keys.map(|key| ledger.submit(reserve(&key, EACH))).collect();
                    let done = tickets.into_iter().map(gouji_store::Ticket::wait).filter(Result::is_ok).count();
                    if done > 0 {
                        accepted.fetch_add(done as u64, Ordering::Relaxed);
                        last.fetch_max(start.elapsed().as_micros() as u64, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let whole = start.elapsed();
    let (accepted, last) = (accepted.into_inner(), Duration::from_micros(last.into_inner().max(1)));
    let line = ledger.line(LINE)?.context("the line is there")?;
    ensure!(line.reserved.fen() == accepted as i64 * EACH, "receipts and line differ");
    ensure!(line.available().fen() >= 0, "over by {} fen", -line.available().fen());
    let verified = ledger.verify()?;
    ensure!(verified.fault.is_none() && verified.events == accepted as i64 + 1, "{:?}", verified.fault);
    let rate = u128::from(accepted) * 1_000_000 / last.as_micros();
    Ok(format!(
        "{attempts} attempts in {} ms, {accepted} durable reservations, {rate}/s until the line was full; 0 fen over; verified",
        whole.as_millis()
    ))
}
