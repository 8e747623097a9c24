//! `cargo xtask mutate [FILE] [--tables|--prose] [--list] [--sample N]`: changes every figure and
//! every claim of a report in turn, walks the whole road again and counts what is noticed.
//!
//! `cargo xtask mutate --corpus [--cases N] [--seed S] [--list]` plants faults in every PDF of the
//! corpus instead, see [`planted`].
//!
//! A change is *broken* when an instance of a relation is newly broken, or broken by another
//! difference; it is *changed* when an instance has another verdict. How far a figure must move
//! before its tightest relation must break is reckoned here, not asked of the code under test.

mod bench;
mod bounds;
mod covered;
mod edit;
mod imprint;
mod listed;
mod planted;
mod prose;
mod tables;

use crate::tree;
use anyhow::{Context, bail, ensure};
use bench::Bench;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Prints what was noticed; fails where less is noticed than the project promises.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    if args.iter().any(|arg| arg == "--corpus") {
        return planted::run(args);
    }
    let asked = Asked::parse(args)?;
    let path = asked.file.clone().unwrap_or_else(usual_file);
    let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
    let shown = path.display().to_string();
    let bench = Bench::new(&shown, bytes);
    ensure!(!bench.run.report.relations.is_empty(), "{shown}: nothing was understood");
    let coverage = bench.run.report.coverage;
    println!("{shown}: {} amounts, {} claims", coverage.amounts, coverage.claims);
    let (start, mut faults, mut runs, mut panics) = (Instant::now(), Vec::new(), 0, 0);
    if asked.tables {
        let tables = tables::try_tables(&bench, asked.sample, listed::is_of(&shown)?);
        tables.print(asked.list);
        (runs, panics) = (runs + tables.len(), panics + tables.panics());
        faults.extend(tables.faults());
    }
    if asked.prose {
        let prose = prose::try_prose(&bench, asked.sample);
        prose.print(&bench, asked.list);
        (runs, panics) = (runs + prose.len(), panics + prose.panics());
        prose.misses().iter().for_each(|miss| println!("  MISSED {miss}"));
        if !prose.is_good() {
            faults.push(format!("{} changes to the prose were missed; 2 % are allowed", prose.misses().len()));
        }
        if asked.sample.is_none() && listed::is_of(&shown)? {
            println!("claims that careful reading lists:");
            faults.extend(listed::compare(&bench, &prose, asked.list)?);
        }
    }
    let micros = start.elapsed().as_micros() / u128::try_from(runs.max(1))?;
    println!("{runs} runs in {} ms ({micros} µs each), {panics} panics", start.elapsed().as_millis());
    faults.iter().for_each(|fault| println!("  FAULT {fault}"));
    ensure!(panics == 0, "{panics} runs came to a panic");
    ensure!(faults.is_empty(), "{} faults", faults.len());
    Ok(())
}

/// What the command line asks for.
struct Asked {
    file: Option<PathBuf>,
    tables: bool,
    prose: bool,
    list: bool,
    sample: Option<usize>,
}

impl Asked {
    fn parse(args: &[String]) -> anyhow::Result<Self> {
        let mut asked = Self { file: None, tables: true, prose: true, list: false, sample: None };
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            match arg.as_str() {
                "--tables" => asked.prose = false,
                "--prose" => asked.tables = false,
                "--list" => asked.list = true,
                "--sample" => {
                    let count = rest.next().and_then(|value| value.parse().ok()).filter(|count| *count > 0);
                    asked.sample = Some(count.context("--sample wants a number of amounts a table and of claims")?);
                }
                flag if flag.starts_with('-') => {
                    bail!("no flag `{flag}`; there are --tables, --prose, --list, --sample N, --corpus")
                }
                file => ensure!(asked.file.replace(file.into()).is_none(), "one file at a time"),
            }
        }
        ensure!(asked.tables || asked.prose, "--tables and --prose exclude each other; without them both are tried");
        Ok(asked)
    }
}

/// The report the project promises its figures on, else the one it keeps for its tests.
fn usual_file() -> PathBuf {
    let shared = tree::root().join("../shared/corpus/longgang/sti-bureau-2019-budget.txt");
    if shared.exists() { shared } else { own_report(&tree::root()) }
}

fn own_report(root: &Path) -> PathBuf {
    root.join("crates/cli/tests/data/yunzhou-2019-clean.txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The short form of the verb: a sample of the report that the project keeps for its tests.
    #[test]
    fn changes_of_a_sample_are_noticed() {
        let bytes = std::fs::read(own_report(&tree::root())).unwrap();
        let bench = Bench::new("yunzhou-2019-clean.txt", bytes);
        let tables = tables::try_tables(&bench, Some(6), false);
        let prose = prose::try_prose(&bench, Some(30));
        assert_eq!(tables.panics() + prose.panics(), 0);
        assert!(tables.len() > 100 && prose.len() > 30);
        assert!(tables.faults().is_empty(), "{}", tables.faults().join("\n"));
        assert!(prose.is_good(), "{}", prose.misses().join("\n"));
    }

    #[test]
    fn arguments_are_read_in_any_order() {
        let parse = |args: &[&str]| Asked::parse(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
        let asked = parse(&["--sample", "5", "a.txt", "--tables"]).unwrap();
        assert!(asked.tables && !asked.prose && asked.sample == Some(5) && asked.file.is_some());
        assert!(parse(&["--tables", "--prose"]).is_err());
        assert!(parse(&["--sample"]).is_err());
    }
}
