//! One rule, one thread, CPU time: the engine with reasons, a loop by hand, and OpenFisca where its Python is given:
//! `cargo run --release -p gouji-fund --example race -- --rows 1000000 --seed 42 --python /tmp/ofenv/bin/python`.
//!
//! The allocator keeps freed pages: with `MALLOC_MMAP_THRESHOLD_=65536 MALLOC_TRIM_THRESHOLD_=0` in its environment every
//! run of the first line writes into pages that the system has to give anew.

mod rule;

use gouji_fund::program::compile;
use gouji_fund::{Decisions, Kept, Lane, judge, judge_into};
use std::hint::black_box;
use std::process::Command;

/// Each is measured so often; the best counts.
const TIMES: usize = 9;

fn main() {
    let rows = option("--rows").map_or(100_000, |rows| rows.parse().expect("a number"));
    let seed = option("--seed").map_or(42, |seed| seed.parse().expect("a number"));
    let policy = rule::policy();
    let program = compile(&policy, &policy.versions[0]).expect("the rule of the race compiles");
    let columns = rule::rows(seed, rows);
    let evidence = rule::evidence(&columns);
    let decisions = judge(&program, &evidence);
    let passed = decisions.lanes.iter().filter(|lane| **lane == Lane::Pass).count();
    let total: i128 = decisions.awards.iter().map(|award| i128::from(*award)).sum();
    println!("rows {rows} seed {seed}: {passed} pass, {}.{:02} yuan", total / 100, total % 100);
    let engine = best(rows, || {
        black_box(judge(&program, black_box(&evidence)));
    });
    let mut again = Decisions::default();
    let reused = best(rows, || {
        judge_into(&program, black_box(&evidence), black_box(&mut again));
    });
    let (mut failed, mut awards) = (vec![0; rows], vec![0; rows]);
    let hand = best(rows, || {
        rule::by_hand(black_box(&columns), black_box(&mut failed), black_box(&mut awards));
    });
    let differ = (0..rows).filter(|row| is_other(&decisions, *row, failed[*row], awards[*row])).count();
    println!("engine with reasons       {engine:7.1} ns per application");
    println!("the same, room used again {reused:7.1} ns per application");
    println!("loop by hand              {hand:7.1} ns per application; {differ} differ from the engine");
    let mut kept = Kept::default();
    let keeping = best(rows, || {
        kept.fill(black_box(&evidence), black_box(&again));
    });
    let size = kept.size() as f64 / rows as f64;
    println!("keeping the explanation   {keeping:7.1} ns and {size:.1} bytes per application");
    if let Some(python) = option("--python") {
        open_fisca(&python, &columns, &decisions);
    }
}

fn is_other(decisions: &Decisions, row: usize, failed: u16, award: i64) -> bool {
    decisions.failed(row) != u64::from(failed) || decisions.awards[row] != award || decisions.unknown(row) != 0
}

/// OpenFisca on the same rows, through a file: columns as whole numbers, then the exact awards.
fn open_fisca(python: &str, columns: &[Vec<i64>], decisions: &Decisions) {
    let file = std::env::temp_dir().join("gouji-race.bin");
    let numbers = columns.iter().flatten().chain(&decisions.awards);
    let bytes: Vec<u8> = numbers.flat_map(|number| number.to_le_bytes()).collect();
    std::fs::write(&file, bytes).expect("the temporary folder can be written");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/race_openfisca.py");
    let rows = decisions.awards.len().to_string();
    let status = Command::new(python).arg(script).arg(&file).arg(rows).arg(TIMES.to_string()).status();
    println!("OpenFisca: {}", status.map_or_else(|error| error.to_string(), |status| status.to_string()));
}

/// The fewest nanoseconds of this thread's CPU for one row.
fn best(rows: usize, mut work: impl FnMut()) -> f64 {
    let mut fewest = u64::MAX;
    for _ in 0..TIMES {
        let before = cpu();
        work();
        fewest = fewest.min(cpu() - before);
    }
    fewest as f64 / rows as f64
}

/// Nanoseconds that this thread has had of a core, as Linux counts them.
fn cpu() -> u64 {
    // The count is brought up to date when the thread offers its core.
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux counts a thread's time");
    text.split_whitespace().next().and_then(|number| number.parse().ok()).expect("the first is a number")
}

fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}
