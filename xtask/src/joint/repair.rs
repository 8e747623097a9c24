//! The right cell comes first: every amount of a report is changed as a hand changes it, and the
//! repair that the check offers is compared with what was there before.
//!
//! The figure is changed in the statement, so reports of every format are tried alike.

use crate::score::road::{Road, Run};
use crate::score::share;
use gouji_check::{Options, Repair, Report, check};
use gouji_model::{Fact, Finding, Outcome, Printed, Span};
use gouji_understand::Statement;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// From the right digits, and a number to choose by, to wrong ones.
type Hand = fn(i64, usize) -> Option<i64>;

/// The ways in which a figure goes wrong.
const KINDS: [(&str, Hand); 6] = [
    ("one digit", |digits, seed| one_digit(digits, seed)),
    ("two digits changed places", |digits, _| transposed(digits)),
    ("one more or less", |digits, seed| Some(if seed.is_multiple_of(2) { digits + 1 } else { digits - 1 })),
    ("times ten", |digits, _| digits.checked_mul(10)),
    ("a digit dropped", |digits, _| (digits.abs() >= 10).then_some(digits / 10)),
    ("another figure", |digits, seed| Some(digits / 3 + 17 + (seed as i64 % 41))),
];

/// What became of the changes of one kind.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    tried: usize,
    /// Broke a sum or a repeat in which the cell stands.
    noticed: usize,
    /// One repair, and it is unique.
    unique: usize,
    /// … and it names the cell that was changed.
    right_cell: usize,
    /// … and gives back the old figure.
    right_figure: usize,
    /// Several repairs.
    several: usize,
    /// … with the right cell first.
    several_first: usize,
    /// … with the right cell among those shown.
    several_shown: usize,
    /// Two cells at once.
    pairs: usize,
    time: Duration,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.tried += other.tried;
        self.noticed += other.noticed;
        self.unique += other.unique;
        self.right_cell += other.right_cell;
        self.right_figure += other.right_figure;
        self.several += other.several;
        self.several_first += other.several_first;
        self.several_shown += other.several_shown;
        self.pairs += other.pairs;
        self.time += other.time;
    }

    fn line(&self) -> String {
        let none = self.noticed - self.unique - self.several;
        format!(
            "{} | {} | {} | {} ({}) | {} ({}) | {}: {} first, {} shown | {none} | {} | {} ms",
            self.tried,
            self.noticed,
            self.unique,
            self.right_cell,
            share(self.right_cell, self.unique),
            self.right_figure,
            share(self.right_figure, self.unique),
            self.several,
            self.several_first,
            self.several_shown,
            self.pairs,
            self.time.as_millis(),
        )
    }

    /// The right cell comes first in 95 % of the unique repairs.
    pub(super) fn is_good(&self) -> bool {
        self.right_cell * 100 >= self.unique * 95 && self.unique * 2 >= self.noticed
    }
}

/// Tries the reports, each amount in each way, or every n-th of them, and prints a row for each kind.
pub(super) fn measure(reports: &[(String, Vec<u8>)], stride: usize, list: bool) -> Tally {
    let mut all = Tally::default();
    println!(
        "repairs: tried | noticed | unique | right cell | right figure | several | none | two cells | time of the check"
    );
    for (name, bytes) in reports {
        let run = Road::new().walk(name, bytes.clone());
        let mut of_report = Tally::default();
        for (kind, (what, change)) in KINDS.iter().enumerate() {
            let tally = one_kind(&run, *change, kind, stride, list);
            println!("  {name}, {what}: {}", tally.line());
            of_report.add(&tally);
        }
        println!("  {name}, all: {}", of_report.line());
        all.add(&of_report);
    }
    println!("  all: {}", all.line());
    all
}

fn one_kind(run: &Run, change: Hand, kind: usize, stride: usize, list: bool) -> Tally {
    let mut tally = Tally::default();
    let facts = run.statement.facts.iter().enumerate().skip(kind % stride).step_by(stride);
    for (at, fact) in facts.filter(|(_, fact)| !fact.figure.is_zero()) {
        let digits = change(fact.figure.digits(), at).filter(|digits| *digits != fact.figure.digits());
        let wrong = digits.and_then(|digits| Printed::new(digits, fact.figure.decimals(), fact.figure.unit()).ok());
        let Some(wrong) = wrong else { continue };
        let statement = with_figure(&run.statement, fact.span, wrong);
        let start = Instant::now();
        let report = check(&statement, &Options::default());
        tally.time += start.elapsed();
        judge(&mut tally, &run.report, &report, &Trial { fact, wrong }, &statement, list);
    }
    tally
}

struct Trial<'a> {
    fact: &'a Fact,
    wrong: Printed,
}

fn with_figure(statement: &Statement, span: Span, figure: Printed) -> Statement {
    let mut changed = statement.clone();
    changed.facts.iter_mut().filter(|fact| fact.span == span).for_each(|fact| fact.figure = figure);
    changed
}

/// Sums and repeats in which a cell stands.
fn breaks(finding: &Finding, span: Span) -> bool {
    let sums = ["SUM101", "SUM102", "SUM103", "SUM106", "NAR101"].contains(&finding.code);
    sums && finding.check.terms.iter().any(|term| term.span == Some(span))
}

fn judge(tally: &mut Tally, before: &Report, after: &Report, trial: &Trial, statement: &Statement, list: bool) {
    tally.tried += 1;
    let span = trial.fact.span;
    let known = |finding: &Finding| {
        let outcome = |other: &Outcome| *other == finding.check.outcome;
        before.findings.iter().any(|old| old.check.key == finding.check.key && outcome(&old.check.outcome))
    };
    let groups: BTreeSet<u32> = after
        .findings
        .iter()
        .filter(|finding| breaks(finding, span) && !known(finding))
        .map(|finding| finding.group)
        .collect();
    if groups.is_empty() {
        return;
    }
    tally.noticed += 1;
    let repairs: Vec<&Repair> = after.repairs.iter().filter(|repair| groups.contains(&repair.group)).collect();
    let names = |repair: &&Repair| repair.changes.len() == 1 && repair.changes[0].span == span;
    let Some(first) = repairs.first() else {
        if list {
            println!("    none: {}", told(trial, statement, &[]));
        }
        return;
    };
    tally.pairs += usize::from(first.changes.len() > 1);
    if first.unique {
        tally.unique += 1;
        tally.right_cell += usize::from(names(first));
        tally.right_figure += usize::from(names(first) && first.changes[0].new == trial.fact.figure);
    } else {
        tally.several += 1;
        tally.several_first += usize::from(names(first));
        tally.several_shown += usize::from(repairs.iter().any(names));
    }
    if list && !names(first) {
        println!("    {}: {}", if first.unique { "wrong" } else { "several" }, told(trial, statement, &repairs));
    }
}

fn told(trial: &Trial, statement: &Statement, repairs: &[&Repair]) -> String {
    let (label, right) = (statement.label(trial.fact), trial.fact.figure);
    let change = |repair: &&Repair| {
        let each = repair.changes.iter().map(|change| format!("{} {} → {}", change.label, change.old, change.new));
        format!("{} (explains {})", each.collect::<Vec<_>>().join(" + "), repair.explained)
    };
    let offered: Vec<String> = repairs.iter().map(change).collect();
    format!("{label} {right} → {}; offered: {}", trial.wrong, offered.join("; "))
}

fn one_digit(digits: i64, seed: usize) -> Option<i64> {
    let text = digits.unsigned_abs().to_string();
    let at = seed % text.len();
    let scale = 10_i64.pow(u32::try_from(text.len() - 1 - at).ok()?);
    let digit = digits.unsigned_abs() as i64 / scale % 10;
    let other = (digit + 1 + (seed as i64 / 7) % 8) % 10;
    Some(digits.signum() * (digits.abs() + (other - digit) * scale))
}

fn transposed(digits: i64) -> Option<i64> {
    let mut text = digits.unsigned_abs().to_string().into_bytes();
    let at = text.windows(2).position(|pair| pair[0] != pair[1])?;
    text.swap(at, at + 1);
    Some(digits.signum() * String::from_utf8(text).ok()?.parse::<i64>().ok()?)
}
