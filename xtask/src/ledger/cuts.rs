//! Power cuts: the write-ahead log ends anywhere, or in bytes that were never written.

use super::{LINE, begun, folder, number, reserve};
use crate::dice::Dice;
use anyhow::{Context as _, bail, ensure};
use gouji_store::{Ledger, Options, StoreError};

/// Takes the files of a ledger at work, cuts the write-ahead log at random, and opens what is left.
pub(super) fn run(args: &[String]) -> anyhow::Result<()> {
    let (cuts, seed) = (number(args, "--cuts", 1_000)?, number(args, "--seed", 1)?);
    let folder = folder("cuts")?;
    let path = folder.join("ledger.db");
    let ledger = begun(&path, &Options { most_per_transaction: 3, ..Options::default() }, 1_000_000)?;
    let tickets: Vec<_> = (0..200).map(|at| ledger.submit(reserve(&format!("{at}"), 10_000))).collect();
    let accepted = tickets.into_iter().map(gouji_store::Ticket::wait).filter(Result::is_ok).count() as i64;
    let log = folder.join("ledger.db-wal");
    let (main, log) = (std::fs::read(&path)?, std::fs::read(log)?);
    let (mut dice, mut fewest, mut most) = (Dice::new(seed), i64::MAX, 0);
    for cut in 0..cuts {
        let copy = folder.join(format!("copy-{cut}.db"));
        let kept = dice.roll(log.len() as u64 + 1) as usize;
        let mut left = log[..kept].to_vec();
        // A torn page: what the disk had not yet written is something else.
        let torn = dice.roll(9_000).min((log.len() - kept) as u64);
        left.extend((0..torn).map(|_| dice.roll(256) as u8));
        std::fs::write(&copy, &main)?;
        std::fs::write(folder.join(format!("copy-{cut}.db-wal")), &left)?;
        match Ledger::open(&copy, &Options::default()) {
            Ok(opened) => {
                let verified = opened.verify()?;
                ensure!(verified.fault.is_none(), "cut at {kept}: {:?}", verified.fault);
                let line = opened.line(LINE)?;
                let held = line.map_or(0, |line| line.reserved.fen() / 10_000);
                ensure!(held == (verified.events - 1).max(0), "cut at {kept}: line and log differ");
                (fewest, most) = (fewest.min(verified.events), most.max(verified.events));
            }
            // Before its tables were durable there was no ledger yet.
            Err(StoreError::NotALedger(_) | StoreError::NotBegun(_)) if kept < 200_000 => {}
            Err(error) => bail!("cut at {kept}: {error}"),
        }
        for end in ["", "-wal", "-shm"] {
            let _not_there = std::fs::remove_file(folder.join(format!("copy-{cut}.db{end}")));
        }
    }
    let whole = ledger.verify()?.events;
    ensure!(whole == accepted + 1, "{whole} events and {accepted} receipts");
    println!(
        "{cuts} cuts: {fewest} to {most} of {whole} events left, each time a whole number of transactions; 0 faults"
    );
    drop(ledger);
    std::fs::remove_dir_all(&folder).context("the folder is ours")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_power_cut_leaves_whole_transactions() {
        super::run(&["--cuts".to_owned(), "25".to_owned()]).unwrap();
    }
}
