//! `cargo xtask score [CORPUS_DIR] [TRUTH_FILE] [--list]`: `check` against what careful reading found.
//!
//! Every PDF of the corpus is a report, text and tables of one year together are one, and so is
//! what else the list names. The amounts that a report prints are counted from the pages as read;
//! `--list` prints those that are not bound.
//!
//! A finding is true for a line of the list when the quote of one of its places holds the
//! words of the line and its level is at least the one asked. What is reported as an error
//! or a warning and fits no line is false, until `xtask/accepted-findings.toml` proves it.

mod bound;
mod outcome;
pub(crate) mod road;
mod truth;

use crate::corpus::{self, Group};
use crate::tree;
use anyhow::{Context, bail, ensure};
use gouji_model::Level;
use outcome::{Judged, Outcome, Proof, Standing, judge};
use road::Road;
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use truth::{Line, Quiet};

/// Prints what was found, missed and falsely reported; fails beyond the thresholds.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let asked = Asked::parse(args)?;
    let lines = truth::read_lines(&asked.truth)?;
    let quiet = truth::read_quiet(&asked.truth.with_file_name("quiet.jsonl"))?;
    let proofs = read_proofs(&tree::root().join("xtask/accepted-findings.toml"))?;
    let groups = groups(&asked.corpus, &lines, &quiet)?;
    let road = Road::new();
    let (mut sum, mut short) = (Tally::default(), 0);
    for group in &groups {
        let run = road.walk_all(corpus::load(&asked.corpus, group)?);
        let outcome = judge(&run, &lines, &quiet, &proofs);
        print_outcome(&group.name, &outcome);
        short += bound::print(&run, &outcome.amounts, asked.list);
        println!();
        sum.add(&Tally::of(&outcome));
    }
    println!("in all: {sum}");
    asked.judge(&sum)?;
    ensure!(short == 0, "{short} reports bind less of their amounts than the project promises");
    Ok(())
}

/// Every PDF of the corpus, and what else the lists speak of.
fn groups(corpus: &Path, lines: &[Line], quiet: &[Quiet]) -> anyhow::Result<Vec<Group>> {
    let mut groups = corpus::reports(corpus)?;
    let docs = lines.iter().map(|line| &line.doc).chain(quiet.iter().map(|pair| &pair.doc));
    for doc in docs {
        if !groups.iter().any(|group| group.files.contains(doc)) {
            groups.push(Group { name: doc.clone(), files: vec![doc.clone()] });
        }
    }
    Ok(groups)
}

/// What the command line asks for.
struct Asked {
    corpus: PathBuf,
    truth: PathBuf,
    list: bool,
    least_recall: Option<usize>,
    least_precision: Option<usize>,
}

impl Asked {
    fn parse(args: &[String]) -> anyhow::Result<Self> {
        let (mut paths, mut list, mut least_recall, mut least_precision) = (Vec::new(), false, None, None);
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            let slot = match arg.as_str() {
                "--list" => {
                    list = true;
                    continue;
                }
                "--min-recall" => &mut least_recall,
                "--min-precision" => &mut least_precision,
                flag if flag.starts_with('-') => {
                    bail!("no flag `{flag}`; there are --list, --min-recall N and --min-precision N")
                }
                path => {
                    paths.push(PathBuf::from(path));
                    continue;
                }
            };
            let percent = rest.next().and_then(|value| value.parse().ok()).filter(|value| *value <= 100);
            *slot = Some(percent.with_context(|| format!("{arg} wants a percentage, a whole number up to 100"))?);
        }
        ensure!(paths.len() <= 2, "at most a corpus folder and a truth file");
        let mut paths = paths.into_iter();
        let corpus = paths.next().unwrap_or_else(corpus::usual_folder);
        let truth = paths.next().unwrap_or_else(|| corpus.join("truth/truth.jsonl"));
        Ok(Self { corpus, truth, list, least_recall, least_precision })
    }

    /// Without a threshold for precision no false error is borne.
    fn judge(&self, sum: &Tally) -> anyhow::Result<()> {
        ensure!(sum.noisy == 0, "{} differences that are only rounding were reported", sum.noisy);
        match self.least_precision {
            Some(least) => ensure!(sum.is_precise(least), "precision is below {least} %"),
            None => ensure!(sum.false_errors == 0, "{} false errors", sum.false_errors),
        }
        if let Some(least) = self.least_recall {
            let (found, lines) = sum.recall();
            ensure!(found * 100 >= lines * least, "recall is below {least} %");
        }
        Ok(())
    }
}

/// Entries of the project's own list: `[[finding]]` with doc, code, relation, quote, proof.
fn read_proofs(path: &Path) -> anyhow::Result<Vec<Proof>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let table: toml::Table =
        toml::from_str(&std::fs::read_to_string(path)?).with_context(|| path.display().to_string())?;
    let entries = table.get("finding").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let field = |entry: &toml::Value, name: &str| {
        let text = entry.get(name).and_then(toml::Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
        text.with_context(|| format!("{}: an entry lacks `{name}`", path.display()))
    };
    let proof = |entry: &toml::Value| {
        field(entry, "proof")?;
        Ok(Proof {
            doc: field(entry, "doc")?,
            code: field(entry, "code")?,
            relation: field(entry, "relation")?,
            quote: field(entry, "quote")?,
        })
    };
    entries.iter().map(proof).collect()
}

fn print_outcome(doc: &str, outcome: &Outcome) {
    println!("{doc}");
    let unproved = outcome.lines.is_empty();
    for (line, found) in &outcome.lines {
        let shown = found.map_or_else(|| "MISSED".to_owned(), |at| shorten(&outcome.findings[at].shown));
        println!("  {} {:<7} {} → {shown}", line.id, line.level.word(), shorten(&line.what));
    }
    for (level, standing, title) in [
        (Level::Error, Standing::False, if unproved { "unproved error" } else { "false error" }),
        (Level::Warning, Standing::False, if unproved { "unproved warning" } else { "false warning" }),
        (Level::Error, Standing::Argued, "error argued for"),
        (Level::Warning, Standing::Argued, "warning argued for"),
        (Level::Error, Standing::Follows, "error of a true one's cause"),
        (Level::Warning, Standing::Follows, "warning of a true one's cause"),
        (Level::Error, Standing::Fits, "error at the place of a line that another finding has"),
        (Level::Warning, Standing::Fits, "warning at the place of a line that another finding has"),
    ] {
        for finding in outcome.findings.iter().filter(|found| found.level == level && found.standing == standing) {
            println!("  {title}: {}", finding.shown);
        }
    }
    for (pair, at) in &outcome.noisy {
        println!("  only rounding, yet reported: {} by {}", pair.name, outcome.findings[*at].shown);
    }
    println!("  {}", Tally::of(outcome));
}

fn shorten(text: &str) -> String {
    let short: String = text.chars().take(80).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// The counts of one report or of all.
#[derive(Default)]
struct Tally {
    /// Found and all, for error, warning, info.
    lines: [(usize, usize); 3],
    /// Causes reported above info that are true, argued for or at the place of a line.
    right: usize,
    false_errors: usize,
    false_warnings: usize,
    noisy: usize,
}

impl Tally {
    fn of(outcome: &Outcome) -> Self {
        let by_level = |level: Level| {
            let of_level = || outcome.lines.iter().filter(|(line, _): &&(&Line, _)| line.level == level);
            (of_level().filter(|(_, found)| found.is_some()).count(), of_level().count())
        };
        let reported = || outcome.findings.iter().filter(|finding| finding.level > Level::Info);
        let groups = |wanted: &dyn Fn(&Judged) -> bool| {
            reported().filter(|finding| wanted(finding)).map(|finding| finding.group).collect::<BTreeSet<u32>>().len()
        };
        let is_false = |level: Level| groups(&|finding| finding.level == level && finding.standing == Standing::False);
        Self {
            lines: [Level::Error, Level::Warning, Level::Info].map(by_level),
            right: groups(&|finding| finding.standing != Standing::False),
            false_errors: is_false(Level::Error),
            false_warnings: is_false(Level::Warning),
            noisy: outcome.noisy.len(),
        }
    }

    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.lines.iter_mut().zip(other.lines) {
            *mine = (mine.0 + theirs.0, mine.1 + theirs.1);
        }
        self.right += other.right;
        self.false_errors += other.false_errors;
        self.false_warnings += other.false_warnings;
        self.noisy += other.noisy;
    }

    fn recall(&self) -> (usize, usize) {
        self.lines.iter().fold((0, 0), |sum, (found, all)| (sum.0 + found, sum.1 + all))
    }

    fn is_precise(&self, least: usize) -> bool {
        let wrong = self.false_errors + self.false_warnings;
        self.right * 100 >= (self.right + wrong) * least
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (word, (found, all)) in ["errors", "warnings", "infos"].iter().zip(self.lines) {
            write!(out, "{word} found {found} of {all}, ")?;
        }
        let (found, all) = self.recall();
        let reported = self.right + self.false_errors + self.false_warnings;
        write!(out, "false errors {}, false warnings {}, ", self.false_errors, self.false_warnings)?;
        write!(out, "precision {}, recall {}", share(self.right, reported), share(found, all))
    }
}

/// A share in percent with one decimal, rounded half up.
pub(crate) fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let thousandths = (part * 2000 + whole) / (2 * whole);
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!([share(1, 8), share(2, 3), share(5, 5), share(0, 0)], ["12.5 %", "66.7 %", "100.0 %", "–"]);
    }

    #[test]
    fn a_false_error_fails_unless_a_threshold_is_given() {
        let sum = Tally { right: 9, false_errors: 1, ..Tally::default() };
        let asked =
            |args: &[&str]| Asked::parse(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>()).unwrap();
        assert!(asked(&[]).judge(&sum).is_err());
        assert!(asked(&["--min-precision", "90"]).judge(&sum).is_ok());
        assert!(asked(&["--min-precision", "91"]).judge(&sum).is_err());
        assert!(Asked::parse(&["--min-recall".to_owned(), "all".to_owned()]).is_err());
    }
}
