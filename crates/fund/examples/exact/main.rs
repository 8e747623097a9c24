//! Compares the engine with an oracle of another kind on random policies of every shape:
//! `cargo run --release -p gouji-fund --example exact -- --rows 10000000 --seed 1`; rows are for each shape.

mod beside;
mod oracle;
mod policies;

use beside::{Found, compare};
use policies::SHAPES;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Applicants of one policy: eight chunks of the engine, the last not full.
const ROWS: usize = 4_000;

fn main() {
    let rows = option("--rows", 100_000) as usize;
    let seed = option("--seed", 1);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (mut all, mut differ) = (0, 0);
    println!("{:18} {:>10} {:>12} {:>12} {:>8}", "shape", "policies", "rows", "unknown", "differ");
    for (shape, name) in SHAPES.iter().enumerate() {
        let found = run(shape, rows, seed, threads);
        let Found { policies, rows, unknown, differ: wrong, first } = found;
        println!("{name:18} {policies:>10} {rows:>12} {unknown:>12} {wrong:>8}");
        if let Some(first) = first {
            println!("{first}");
        }
        (all, differ) = (all + rows, differ + wrong);
    }
    println!("seed {seed}: {all} rows, {differ} differ");
    std::process::exit(i32::from(differ > 0));
}

/// Policies of a shape on all cores, until so many rows are compared.
fn run(shape: usize, rows: usize, seed: u64, threads: usize) -> Found {
    let (next, done, total) = (AtomicU64::new(0), AtomicUsize::new(0), Mutex::new(Found::default()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while done.load(Ordering::Relaxed) < rows {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let found = compare(shape, seed << 40 ^ (shape as u64) << 32 ^ number, ROWS.min(rows));
                    done.fetch_add(found.rows, Ordering::Relaxed);
                    let mut total = total.lock().expect("no thread panics with the lock");
                    total.policies += found.policies;
                    total.rows += found.rows;
                    total.unknown += found.unknown;
                    total.differ += found.differ;
                    total.first = total.first.take().or(found.first);
                }
            });
        }
    });
    total.into_inner().expect("no thread panics with the lock")
}

fn option(name: &str, otherwise: u64) -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1).map_or(otherwise, |value| value.parse().expect("a number"))
}
