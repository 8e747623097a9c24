//! One byte of an event changed in the file, many times.

use super::{begun, folder, number, request, reserve};
use crate::dice::Dice;
use anyhow::ensure;
use gouji_fund::ledger::{Action, Event, Held};
use gouji_model::Fen;
use gouji_store::{Ledger, Options, examine};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// Flips bytes within the rows of events, in a copy each time, and counts what `verify` finds.
pub(super) fn run(args: &[String]) -> anyhow::Result<()> {
    let (flips, seed) = (number(args, "--flips", 10_000)?, number(args, "--seed", 1)?);
    let folder = folder("flips")?;
    let path = folder.join("ledger.db");
    let events = written(&path)?;
    let bytes = std::fs::read(&path)?;
    let rows = rows(&bytes, &events)?;
    let mut dice = Dice::new(seed);
    let (mut counted, mut without_change, mut kinds) = (0, 0, BTreeMap::<String, u64>::new());
    while counted < flips {
        let row = dice.choose(&rows).clone();
        let at = row.start + dice.roll(row.len() as u64) as usize;
        let mut changed = bytes.clone();
        changed[at] ^= dice.between(1, 255) as u8;
        let copy = folder.join("copy.db");
        std::fs::write(&copy, &changed)?;
        let found = match examine(&copy) {
            Ok(verified) => verified.fault.map(|fault| format!("{fault:?}")),
            Err(error) => Some(format!("{error:?}")),
        };
        match found {
            Some(what) => {
                let kind: String = what.chars().take_while(char::is_ascii_alphabetic).collect();
                *kinds.entry(kind).or_default() += 1;
                counted += 1;
            }
            None => {
                let same = Ledger::open(&copy, &Options::default()).and_then(|ledger| ledger.events(0, i64::MAX));
                ensure!(same.as_ref() == Ok(&events), "byte {at}: the events are others and verify found nothing");
                without_change += 1;
            }
        }
        for end in ["copy.db", "copy.db-wal", "copy.db-shm"] {
            let _not_there = std::fs::remove_file(folder.join(end));
        }
    }
    println!(
        "{counted} flips that change something: {counted} found, 0 missed ({kinds:?}); {without_change} change nothing"
    );
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

fn written(path: &Path) -> anyhow::Result<Vec<Event>> {
    let ledger = begun(path, &Options::default(), 1_000_000)?;
    for at in 0..30 {
        ledger.ask(reserve(&format!("{at}"), 1_000 + at))?;
        if at % 3 == 0 {
            let award = format!("资助-{at}");
            let action = Action::Release { award, amount: Fen::new(7), from: Held::Reserved };
            ledger.ask(request(&format!("r{at}"), 20, action))?;
        }
    }
    Ok(ledger.events(0, i64::MAX)?)
}

/// Where the rows stand in the file. A page is filled from its end, so that the row of an event lies between
/// the hashes of the next event and its own. A page that was split keeps dead copies of rows, which cannot be told from live ones here.
fn rows(bytes: &[u8], events: &[Event]) -> anyhow::Result<Vec<Range<usize>>> {
    let ends = |event: &Event| -> Vec<usize> {
        let tail = [event.previous, event.hash].concat();
        (0..bytes.len() - 63).filter(|at| bytes[*at..at + 64] == tail).map(|at| at + 64).collect()
    };
    let ends: Vec<Vec<usize>> = events.iter().map(ends).collect();
    let mut rows = Vec::new();
    for pair in ends.windows(2) {
        let ranges = pair[1].iter().flat_map(|start| pair[0].iter().map(move |end| *start..*end));
        rows.extend(ranges.filter(|row| row.start < row.end && row.len() < 600));
    }
    ensure!(rows.len() + 5 > events.len(), "only {} of {} rows found", rows.len(), events.len());
    Ok(rows)
}

#[cfg(test)]
mod tests {
    #[test]
    fn changed_bytes_are_found() {
        super::run(&["--flips".to_owned(), "60".to_owned()]).unwrap();
    }
}
