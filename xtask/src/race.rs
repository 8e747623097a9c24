//! `cargo xtask race`: CPU seconds and memory of reading and checking, against two readers of tables.
//!
//! Everything is measured in one run on the same files: each contestant is a process of its own,
//! and the system says how long it and its children worked. Nothing is said about waiting.

mod clock;
mod rivals;

use crate::binary::Scratch;
use crate::corpus::{self, Group};
use crate::{poppler, tree};
use anyhow::{Context, bail, ensure};
use clock::{Cost, measure, micros};
use std::path::{Path, PathBuf};
use std::process::Command;

/// So many times the pages of pdfplumber in the same time.
const LEAST_RATIO: u64 = 50;

/// Pages read with their tables in a second of one core.
const LEAST_PAGES: u64 = 300;

/// Milliseconds of a whole check for 30 pages.
const MOST_MILLIS: u64 = 200;

/// Mebibytes of a whole check.
const MOST_MEMORY: u64 = 100;

/// Percent by which eight times the pages may cost more than eight times the one.
const MOST_BENT: u64 = 125;

/// Runs of each process of our own; the middle one counts.
const ROUNDS: usize = 5;

/// Measures and prints PASS or MISS for each target; fails on a miss.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    match args {
        [] => race(),
        [flag, what, rest @ ..] if flag == "--child" => child(what, rest),
        _ => bail!("race takes no arguments"),
    }
}

/// What a process of this tool does for another.
fn child(what: &str, rest: &[String]) -> anyhow::Result<()> {
    match (what, rest) {
        ("measure", [program, arguments @ ..]) => clock::measured(program, arguments),
        _ => bail!("no such child"),
    }
}

/// What is measured, as it is shipped, and this tool itself, which measures.
struct Tools {
    xtask: PathBuf,
    reader: PathBuf,
    gouji: PathBuf,
}

impl Tools {
    fn build() -> anyhow::Result<Self> {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
        for what in [["xtask", "--example", "read_only"], ["gouji", "--bin", "gouji"]] {
            let mut command = Command::new(&cargo);
            command.args(["build", "--release", "--quiet", "--package"]).args(what).current_dir(tree::root());
            ensure!(command.status()?.success(), "cargo build --release --package {} failed", what.join(" "));
        }
        let xtask = std::env::current_exe().context("where this tool stands is not known")?;
        let target = xtask.parent().and_then(Path::parent).context("this tool stands in no folder")?;
        let tool = |name: &str| target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let (reader, gouji) = (tool("examples/read_only"), tool("gouji"));
        Ok(Self { xtask, reader, gouji })
    }
}

/// The targets, and how many were missed.
#[derive(Default)]
struct Score {
    missed: usize,
}

impl Score {
    fn say(&mut self, good: bool, what: &str) {
        self.missed += usize::from(!good);
        println!("{} {what}", if good { "PASS" } else { "MISS" });
    }
}

fn race() -> anyhow::Result<()> {
    let folder = corpus::usual_folder();
    let groups = corpus::reports(&folder)?;
    let files: Vec<PathBuf> = groups.iter().flat_map(|group| &group.files).map(|file| folder.join(file)).collect();
    let tools = Tools::build()?;
    let rivals = rivals::versions()?;
    println!("{}; {rivals}", poppler::version());
    let mut score = Score::default();
    let pages = files.iter().map(|file| pages_of(file)).sum::<anyhow::Result<u64>>()?;
    println!("\nreading with tables alone: {} files, {pages} pages", files.len());
    let plumber = reading(&tools, &files, pages, &mut score)?;
    checking(&tools, &folder, &groups, &mut score)?;
    growing(&tools, &folder, &groups, &mut score)?;
    let all = whole(&tools, &files)?;
    let ratio = plumber.micros * 10 / all.micros.max(1);
    println!(
        "\nthe whole check of every file: {} s; pdfplumber's reading alone: {} s, {}.{} times as long",
        all.seconds(),
        plumber.seconds(),
        ratio / 10,
        ratio % 10
    );
    ensure!(score.missed == 0, "{} targets are missed", score.missed);
    Ok(())
}

fn pages_of(file: &Path) -> anyhow::Result<u64> {
    Ok(poppler::pages(file)?.len() as u64)
}

/// Ours against theirs on the same pages; returns what pdfplumber took.
fn reading(tools: &Tools, files: &[PathBuf], pages: u64, score: &mut Score) -> anyhow::Result<Cost> {
    let mut command = vec![tools.reader.display().to_string()];
    command.extend(files.iter().map(|file| file.display().to_string()));
    let ours = middle(tools, &command)?;
    let speed = |cost: &Cost| pages * 1_000_000 / cost.micros.max(1);
    println!("  gouji: {} s, {} pages a second, {} MB", ours.seconds(), speed(&ours), ours.mebibytes());
    let mut plumber = None;
    for rival in rivals::RIVALS {
        let cost = rival.cost(&tools.xtask, files)?;
        let ratio = cost.micros * 10 / ours.micros.max(1);
        println!(
            "  {}: {} s without its start, {} pages a second, {} MB; ours is {}.{} times as fast",
            rival.name,
            cost.seconds(),
            speed(&cost),
            cost.mebibytes(),
            ratio / 10,
            ratio % 10
        );
        plumber.get_or_insert(cost);
    }
    let plumber = plumber.context("there is no rival")?;
    let ratio = plumber.micros * 10 / ours.micros.max(1);
    let said = format!("reading is {}.{} times as fast as pdfplumber ({LEAST_RATIO} asked)", ratio / 10, ratio % 10);
    score.say(ratio >= LEAST_RATIO * 10, &said);
    let said = format!("{} pages a second of one core ({LEAST_PAGES} asked)", speed(&ours));
    score.say(speed(&ours) >= LEAST_PAGES, &said);
    Ok(plumber)
}

/// The command of a whole check.
fn check_of(tools: &Tools, files: &[PathBuf]) -> Vec<String> {
    let mut command = vec![tools.gouji.display().to_string(), "check".into(), "--as-one".into()];
    command.extend(files.iter().map(|file| file.display().to_string()));
    command
}

fn checking(tools: &Tools, folder: &Path, groups: &[Group], score: &mut Score) -> anyhow::Result<()> {
    println!("\nthe whole process, report by report:");
    let (mut slowest, mut largest) = (0, 0);
    for group in groups {
        let files: Vec<PathBuf> = group.files.iter().map(|file| folder.join(file)).collect();
        let pages = files.iter().map(|file| pages_of(file)).sum::<anyhow::Result<u64>>()?;
        let cost = middle(tools, &check_of(tools, &files))?;
        let of_thirty = cost.micros * 30 / pages.max(1);
        println!("  {}: {pages} pages, {} s, {} MB", group.name, cost.seconds(), cost.mebibytes());
        slowest = slowest.max(of_thirty);
        largest = largest.max(cost.mebibytes());
    }
    let said = format!("30 pages of the slowest report take {} s (0.{MOST_MILLIS} asked)", micros(slowest));
    score.say(slowest <= MOST_MILLIS * 1_000, &said);
    score.say(largest <= MOST_MEMORY, &format!("{largest} MB at most ({MOST_MEMORY} asked)"));
    Ok(())
}

/// One report joined with itself: twice, four times, eight times the pages.
fn growing(tools: &Tools, folder: &Path, groups: &[Group], score: &mut Score) -> anyhow::Result<()> {
    let largest = groups.iter().filter(|group| group.files.len() == 1).map(|group| folder.join(&group.files[0]));
    let counted = largest.map(|file| Ok((pages_of(&file)?, file))).collect::<anyhow::Result<Vec<_>>>()?;
    let (pages, file) = counted.into_iter().max().context("the corpus has no PDF")?;
    println!("\n{} joined with itself:", file.file_name().unwrap_or_default().to_string_lossy());
    let scratch = Scratch::new("race")?;
    let mut first = None;
    let mut bent = 0;
    for times in [1, 2, 4, 8] {
        let joined = scratch.write(&format!("{times}.pdf"), b"")?;
        let name = joined.display().to_string();
        let source = file.display().to_string();
        let mut arguments = vec![source.as_str(); times as usize];
        arguments.push(&name);
        poppler::run("pdfunite", &arguments)?;
        let cost = middle(tools, &check_of(tools, &[joined]))?;
        let one = *first.get_or_insert(cost.micros);
        bent = cost.micros * 100 / (one * times).max(1);
        println!(
            "  {times} times, {} pages: {} s, {} MB; {bent} % of so many times the one",
            pages * times,
            cost.seconds(),
            cost.mebibytes()
        );
    }
    score.say(
        bent <= MOST_BENT,
        &format!("eight times the pages cost {bent} % of eight times the one ({MOST_BENT} asked)"),
    );
    Ok(())
}

fn whole(tools: &Tools, files: &[PathBuf]) -> anyhow::Result<Cost> {
    let mut all = Cost::default();
    for file in files {
        let cost = middle(tools, &check_of(tools, std::slice::from_ref(file)))?;
        all.micros += cost.micros;
        all.kibibytes = all.kibibytes.max(cost.kibibytes);
    }
    Ok(all)
}

/// The middle of several runs by time.
fn middle(tools: &Tools, command: &[String]) -> anyhow::Result<Cost> {
    let mut costs = (0..ROUNDS).map(|_| measure(&tools.xtask, command)).collect::<anyhow::Result<Vec<_>>>()?;
    costs.sort_by_key(|cost| cost.micros);
    Ok(costs[ROUNDS / 2])
}
