//! `cargo xtask joint [--cases N] [--repairs] [--stride N] [--list] [FILE…]`: what the joint test
//! says of random systems, with every answer proved by other means; and, with `--repairs`, how
//! often the repair that is offered names the cell that was changed.

mod cases;
mod repair;
mod verify;

use crate::dice::Dice;
use crate::score::share;
use crate::tree;
use anyhow::{Context, bail, ensure};
use cases::Case;
use gouji_check::joint::{Joint, System, system_of};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Prints what was proved and what was repaired; fails where less is than the project promises.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let asked = Asked::parse(args)?;
    if asked.repairs {
        let mut reports = Vec::new();
        for path in &asked.files {
            let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
            reports.push((name, std::fs::read(path).with_context(|| path.display().to_string())?));
        }
        let tally = repair::measure(&reports, asked.stride, asked.list);
        ensure!(tally.is_good(), "the right cell comes first too seldom");
        return Ok(());
    }
    let proof = prove(asked.cases);
    proof.print();
    ensure!(proof.faults.is_empty(), "{} faults", proof.faults.len());
    Ok(())
}

struct Asked {
    cases: usize,
    repairs: bool,
    stride: usize,
    list: bool,
    files: Vec<PathBuf>,
}

impl Asked {
    fn parse(args: &[String]) -> anyhow::Result<Self> {
        let mut asked = Self { cases: 1_000, repairs: false, stride: 1, list: false, files: Vec::new() };
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            let mut number = |flag: &str| -> anyhow::Result<usize> {
                let value = rest.next().and_then(|value| value.parse().ok()).filter(|number| *number > 0);
                value.with_context(|| format!("{flag} wants a number"))
            };
            match arg.as_str() {
                "--list" => asked.list = true,
                "--repairs" => asked.repairs = true,
                "--stride" => asked.stride = number("--stride")?,
                "--cases" => asked.cases = number("--cases")?,
                flag if flag.starts_with('-') => {
                    bail!("no flag `{flag}`; there are --cases N, --repairs, --stride N, --list")
                }
                file => asked.files.push(file.into()),
            }
        }
        if asked.files.is_empty() {
            asked.files = usual_files();
        }
        Ok(asked)
    }
}

/// The reports of the tests, and the one the project was begun with where it is at hand.
fn usual_files() -> Vec<PathBuf> {
    let data = tree::root().join("crates/cli/tests/data");
    let shared = tree::root().join("../shared/corpus/longgang/sti-bureau-2019-budget.txt");
    let all = [shared, data.join("yunzhou-2019-clean.txt"), data.join("qinghe-2024-clean.txt")];
    all.into_iter().filter(|path| path.exists()).collect()
}

/// What was proved of random systems.
#[derive(Default)]
struct Proof {
    /// Systems by kind: true figures behind them, none.
    cases: [usize; 2],
    /// … answered rightly, the answer proved.
    proved: [usize; 2],
    /// … decided alike by elimination.
    eliminated: [usize; 2],
    /// Sets of relations none of which can be left out.
    least: usize,
    figures: usize,
    relations: usize,
    /// Relations that are met only within rounding.
    rounded: usize,
    largest: usize,
    solving: Duration,
    faults: Vec<String>,
}

/// Half the cases with true figures behind them, half without.
fn prove(count: usize) -> Proof {
    let mut proof = Proof::default();
    for seed in 0..count {
        let mut dice = Dice::new(seed as u64 + 1);
        let case = if seed % 2 == 0 { cases::possible(&mut dice) } else { cases::impossible(&mut dice) };
        proof.try_case(seed, &case);
    }
    proof
}

impl Proof {
    fn try_case(&mut self, seed: usize, case: &Case) {
        let system = system_of(&case.figures, &case.sums);
        let start = Instant::now();
        let answer = system.solve();
        self.solving += start.elapsed();
        let kind = usize::from(!case.is_possible);
        self.cases[kind] += 1;
        self.figures += system.intervals.len();
        self.relations += system.relations.len();
        self.rounded += (0..system.relations.len()).filter(|at| !system.is_exact(*at)).count();
        self.largest = self.largest.max(system.relations.len());
        let proved = match &answer {
            Joint::Possible(point) => case.is_possible && verify::point_holds(&system, point),
            Joint::Impossible(witness) => !case.is_possible && verify::witness_holds(&system, witness),
            Joint::GivenUp(_) => false,
        };
        self.proved[kind] += usize::from(proved);
        if !proved {
            self.faults.push(format!("case {seed}: possible is {}, the answer {answer:?}", case.is_possible));
        }
        match verify::eliminated(&system) {
            Some(possible) if possible == case.is_possible => self.eliminated[kind] += 1,
            Some(possible) => self.faults.push(format!("case {seed}: elimination says possible is {possible}")),
            None => {}
        }
        if let Joint::Impossible(witness) = &answer {
            self.least += usize::from(is_least(&system, witness));
        }
    }

    fn print(&self) {
        let [possible, impossible] = self.cases;
        println!("true figures behind them: {possible}, refused {}", possible - self.proved[0]);
        println!(
            "none behind them: {impossible}, proved impossible {} ({}), without a relation to spare {}",
            self.proved[1],
            share(self.proved[1], impossible),
            self.least
        );
        println!(
            "small enough to be decided by elimination as well: {} possible, {} impossible, all alike",
            self.eliminated[0], self.eliminated[1]
        );
        let count = (possible + impossible).max(1);
        println!(
            "figures {}, relations {} a case (most {}), {} met only within rounding; {} µs a case",
            self.figures / count,
            self.relations / count,
            self.largest,
            self.rounded,
            self.solving.as_micros() / count as u128
        );
        self.faults.iter().for_each(|fault| println!("  FAULT {fault}"));
    }
}

/// Without any one of them the others are possible, and values prove it.
fn is_least(system: &System, witness: &[(usize, i128)]) -> bool {
    witness.iter().all(|(left_out, _)| {
        let rest: Vec<usize> = witness.iter().map(|(at, _)| *at).filter(|at| at != left_out).collect();
        let part = system.only(&rest);
        matches!(part.solve(), Joint::Possible(point) if verify::point_holds(&part, &point))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The short form of the verb.
    #[test]
    fn every_answer_of_the_joint_test_is_proved() {
        let proof = prove(200);
        assert!(proof.faults.is_empty(), "{}", proof.faults.join("\n"));
        assert_eq!(proof.proved, [100, 100]);
        assert_eq!(proof.least, 100, "a set with a relation to spare");
        assert!(proof.eliminated[0] > 10 && proof.eliminated[1] > 10, "{:?}", proof.eliminated);
    }

    /// The short form of `--repairs`, on the report that the project keeps for its tests.
    #[test]
    fn the_right_cell_comes_first() {
        let path = tree::root().join("crates/cli/tests/data/yunzhou-2019-clean.txt");
        let report = ("yunzhou".to_owned(), std::fs::read(path).unwrap());
        assert!(repair::measure(&[report], 61, true).is_good());
    }
}
