//! `cargo xtask mutate --corpus [--cases N] [--seed S] [--list]`: single wrong amounts in every PDF
//! of the corpus, planted in the document as it was read.
//!
//! Three of four have one wrong digit, the fourth is another amount altogether. What a change must
//! be noticed by is reckoned in [`super::covered`], not asked of the code under test. A change is
//! noticed when an error or a warning that was not there before points at its place.

use super::covered::{Amount, Cover, covered};
use crate::corpus;
use crate::dice::Dice;
use crate::score::road::{Road, Run};
use crate::score::share;
use anyhow::{Context, bail, ensure};
use gouji_check::{Change, Report};
use gouji_model::{Finding, Level, Printed, Span, parse_number};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// How many percent of the bound amounts of a report must be covered.
const LEAST_COVERED: usize = 90;

/// How many percent of the covered changes of a report must be noticed.
const LEAST_NOTICED: usize = 99;

/// In how many percent of the unique repairs the right cell must be named.
const LEAST_RIGHT: usize = 95;

/// Plants the faults and prints what became of them; fails where less is noticed than promised.
pub(super) fn run(args: &[String]) -> anyhow::Result<()> {
    let asked = Asked::parse(args)?;
    let (start, folder) = (Instant::now(), corpus::usual_folder());
    let groups = corpus::reports(&folder)?;
    let benches: Vec<Bench> = groups
        .iter()
        .map(|group| Ok(Bench::new(&group.name, corpus::load(&folder, group)?)))
        .collect::<Result<_, anyhow::Error>>()?;
    let bound: usize = benches.iter().map(|bench| bench.amounts.len()).sum();
    println!("planted in the document as read, {} cases, seed {}", asked.cases, asked.seed);
    println!(
        "bound, covered | changed: covered and beyond rounding, noticed | within rounding, noticed | \
         uncovered, noticed | repairs: unique, right"
    );
    let (mut all, mut misses) = (Tally::default(), 0);
    for (number, bench) in benches.iter().enumerate() {
        let cases = (asked.cases * bench.amounts.len()).div_ceil(bound.max(1));
        let tally = bench.plant(cases, asked.seed.wrapping_add(number as u64 * 1_000), asked.list);
        tally.print(&bench.name);
        misses += tally.misses(&bench.name);
        all.add(&tally);
    }
    all.print("in all");
    let right = all.right * 100 >= all.unique * LEAST_RIGHT;
    println!("{} runs in {} ms", all.changed, start.elapsed().as_millis());
    ensure!(all.panics == 0, "{} runs came to a panic", all.panics);
    ensure!(misses == 0, "{misses} reports miss a threshold");
    ensure!(
        right,
        "the right cell is named in {} of the unique repairs; {LEAST_RIGHT} % are asked",
        share(all.right, all.unique)
    );
    Ok(())
}

/// What the command line asks for.
struct Asked {
    cases: usize,
    seed: u64,
    list: bool,
}

impl Asked {
    fn parse(args: &[String]) -> anyhow::Result<Self> {
        let mut asked = Self { cases: 3_000, seed: 1, list: false };
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            let mut number = || {
                rest.next().and_then(|value| value.parse::<u64>().ok()).with_context(|| format!("{arg} wants a number"))
            };
            match arg.as_str() {
                "--corpus" => {}
                "--list" => asked.list = true,
                "--cases" => asked.cases = usize::try_from(number()?)?,
                "--seed" => asked.seed = number()?,
                other => bail!("no argument `{other}`; beside --corpus there are --cases N, --seed S, --list"),
            }
        }
        Ok(asked)
    }
}

/// One report, unchanged, with its amounts.
struct Bench {
    name: String,
    road: Road,
    run: Run,
    amounts: Vec<(Amount, Cover)>,
    known: BTreeMap<String, usize>,
    /// What the check offers to change in the unchanged report: label, old and new figure.
    own: Vec<(String, Printed, Printed)>,
}

impl Bench {
    fn new(name: &str, files: Vec<(String, Vec<u8>)>) -> Self {
        let road = Road::new();
        let run = road.walk_all(files);
        let amounts = covered(&run.document, &run.statement);
        let known = counted(&run.report);
        let changes = run.report.repairs.iter().flat_map(|repair| &repair.changes);
        let own = changes.map(|change| (change.label.clone(), change.old, change.new)).collect();
        Self { name: name.to_owned(), road, run, amounts, known, own }
    }

    /// Changes so many amounts, one at a time: each amount once before any is changed again.
    fn plant(&self, cases: usize, seed: u64, list: bool) -> Tally {
        let mut tally = Tally { bound: self.amounts.len(), ..Tally::default() };
        tally.covered = self.amounts.iter().filter(|(_, cover)| cover.is_covered()).count();
        if list {
            let uncovered = self.amounts.iter().filter(|(_, cover)| !cover.is_covered());
            uncovered.for_each(|(amount, _)| println!("  UNCOVERED {}", self.told(amount, "")));
        }
        let mut dice = Dice::new(seed.wrapping_add(1));
        let mut order: Vec<usize> = Vec::new();
        for case in 0..cases {
            if order.is_empty() {
                order = dice.shuffled(self.amounts.len());
            }
            let Some(at) = order.pop() else { break };
            let (amount, cover) = &self.amounts[at];
            let text = self.run.document.slice(amount.span);
            let other = if case % 4 == 3 { another_amount(text, &mut dice) } else { None };
            let planted = other.or_else(|| one_digit(text, &mut dice));
            let Some(planted) = planted else { continue };
            self.try_case(amount, cover, &planted, &mut tally, list);
        }
        tally
    }

    fn try_case(&self, amount: &Amount, cover: &Cover, new: &str, tally: &mut Tally, list: bool) {
        let document = self.run.document.with_text(amount.span, new);
        let place = Span { end: amount.span.start + new.len() as u32, ..amount.span };
        tally.changed += 1;
        let walk = std::panic::AssertUnwindSafe(|| self.road.walk_document(document));
        let Ok(run) = std::panic::catch_unwind(walk) else {
            tally.panics += 1;
            println!("  PANIC {}", self.told(amount, new));
            return;
        };
        let fresh = self.fresh(&run.report, place);
        let noticed = !fresh.is_empty();
        let moved = moved_by(self.run.document.slice(amount.span), new);
        let part = match cover.room {
            None => &mut tally.uncovered,
            Some(room) if moved.is_some_and(|moved| moved < room) => &mut tally.rounded,
            Some(_) => &mut tally.beyond,
        };
        part.1 += 1;
        part.0 += usize::from(noticed);
        let is_rounding = moved.is_some_and(|moved| cover.room.is_some_and(|room| moved < room));
        if list && !noticed && cover.is_covered() && !is_rounding {
            println!("  MISSED {} ({cover:?}): {}", self.told(amount, new), decided(&run.report, place));
        }
        let groups: BTreeSet<u32> = fresh.iter().map(|finding| finding.group).collect();
        let Some(first) = run.report.repairs.iter().find(|repair| groups.contains(&repair.group)) else { return };
        if first.unique {
            tally.unique += 1;
            // A report's own fault may hang together with the planted one: then it is mended beside it.
            let is_own = |change: &Change| self.own.contains(&(change.label.clone(), change.old, change.new));
            let mut rest = first.changes.iter().filter(|change| !is_own(change));
            let right = rest.next().is_some_and(|change| change.span.contains(&place)) && rest.next().is_none();
            tally.right += usize::from(right);
            if list && !right {
                let offered = first.changes.iter().map(|one| format!("{} {} → {}", one.label, one.old, one.new));
                println!("  WRONG CELL {}: {}", self.told(amount, new), offered.collect::<Vec<_>>().join(" + "));
            }
        }
    }

    /// Errors and warnings that point at a place and were not there before.
    fn fresh<'a>(&self, report: &'a Report, place: Span) -> Vec<&'a Finding> {
        let mut left = self.known.clone();
        let is_new = |finding: &&Finding| match left.get_mut(&told(finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        };
        let points = |finding: &&Finding| {
            finding.check.terms.iter().any(|term| term.span.is_some_and(|span| meets(span, place)))
        };
        report.findings.iter().filter(is_new).filter(|finding| finding.level > Level::Info).filter(points).collect()
    }

    /// Place, name and change of an amount on one line.
    fn told(&self, amount: &Amount, new: &str) -> String {
        let (document, statement) = (&self.run.document, &self.run.statement);
        let location = document.locate(amount.span);
        let fact = statement.facts.iter().chain(&statement.disjoint).find(|fact| fact.span == amount.span);
        let claim = statement.claims.iter().find(|claim| claim.mark.contains(&amount.span));
        let name = match (fact, claim) {
            (Some(fact), _) => statement.label(fact),
            (None, Some(claim)) => document.quote(claim.span),
            (None, None) => String::new(),
        };
        let page = location.page.unwrap_or(0);
        format!("page {page} {}:{} {name}: {} → {new}", location.line, location.column, document.quote(amount.span))
    }
}

/// What became of the relations that speak of a place.
fn decided(report: &Report, place: Span) -> String {
    let checks = report.relations.iter().flat_map(|relation| &relation.checks);
    let here = checks.filter(|check| check.terms.iter().any(|term| term.span.is_some_and(|span| meets(span, place))));
    here.map(|check| format!("{} {}", check.key, check.outcome.verdict().word())).collect::<Vec<_>>().join(", ")
}

fn meets(left: Span, right: Span) -> bool {
    left.file == right.file && left.start < right.end && right.start < left.end
}

/// A finding without its places, which move.
fn told(finding: &Finding) -> String {
    let check = &finding.check;
    let terms: Vec<_> = check.terms.iter().map(|term| (term.role, &term.label, term.figure, term.cell)).collect();
    format!("{} {} {:?} {:?} {terms:?} {:?}", finding.code, check.key, finding.level, check.outcome, check.expected)
}

fn counted(report: &Report) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    report.findings.iter().for_each(|finding| *counts.entry(told(finding)).or_default() += 1);
    counts
}

/// One digit of the printed amount replaced by another; a number of several digits keeps its first.
fn one_digit(text: &str, dice: &mut Dice) -> Option<String> {
    let places: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = *places.get(usize::try_from(dice.roll(places.len() as u64)).ok()?)?;
    let old = text.as_bytes()[at] - b'0';
    let leads = places.first() == Some(&at) && text[at + 1..].starts_with(|c: char| c.is_ascii_digit() || c == ',');
    let fits = |digit: &u8| *digit != old && !(leads && *digit == 0);
    let others: Vec<u8> = (0..10).filter(fits).collect();
    let digit = others[usize::try_from(dice.roll(others.len() as u64)).ok()?];
    Some([&text[..at], &digit.to_string(), &text[at + 1..]].concat())
}

/// Another amount with as many decimals, some two thirds off.
fn another_amount(text: &str, dice: &mut Dice) -> Option<String> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    let (digits, decimals) = parse_number(&text[first..=last]).ok()?;
    let other = digits / 3 + 17 + i64::try_from(dice.roll(41)).ok()?;
    if other == digits {
        return None;
    }
    let width = usize::from(decimals) + 1;
    let plain = format!("{other:0width$}");
    let (whole, fraction) = plain.split_at(plain.len() - usize::from(decimals));
    let point = if decimals > 0 { "." } else { "" };
    Some([&text[..first], whole, point, fraction, &text[last + 1..]].concat())
}

/// By how many units of its last digit an amount moved; `None` when it is no number any more.
fn moved_by(old: &str, new: &str) -> Option<i128> {
    let digits = |text: &str| {
        let first = text.find(|c: char| c.is_ascii_digit())?;
        let last = text.rfind(|c: char| c.is_ascii_digit())?;
        parse_number(&text[first..=last]).ok()
    };
    let ((before, _), (after, _)) = (digits(old)?, digits(new)?);
    Some(i128::from(before - after).abs())
}

/// What became of the changes of one report or of all; pairs are noticed and all.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    bound: usize,
    covered: usize,
    changed: usize,
    /// Covered, and moved further than rounding explains.
    beyond: (usize, usize),
    /// Covered, and moved by no more than rounding explains.
    rounded: (usize, usize),
    uncovered: (usize, usize),
    unique: usize,
    right: usize,
    panics: usize,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        let pair = |mine: &mut (usize, usize), theirs: (usize, usize)| *mine = (mine.0 + theirs.0, mine.1 + theirs.1);
        self.bound += other.bound;
        self.covered += other.covered;
        self.changed += other.changed;
        pair(&mut self.beyond, other.beyond);
        pair(&mut self.rounded, other.rounded);
        pair(&mut self.uncovered, other.uncovered);
        self.unique += other.unique;
        self.right += other.right;
        self.panics += other.panics;
    }

    /// Prints the thresholds that are missed; returns 1 when there is one.
    fn misses(&self, name: &str) -> usize {
        let mut missed = 0;
        if self.covered * 100 < self.bound * LEAST_COVERED {
            println!(
                "  MISS {name}: {} of the bound amounts covered; {LEAST_COVERED} % are asked",
                share(self.covered, self.bound)
            );
            missed = 1;
        }
        if self.beyond.0 * 100 < self.beyond.1 * LEAST_NOTICED {
            println!(
                "  MISS {name}: {} of the covered changes noticed; {LEAST_NOTICED} % are asked",
                share(self.beyond.0, self.beyond.1)
            );
            missed = 1;
        }
        missed
    }

    fn print(&self, name: &str) {
        let pair = |pair: (usize, usize)| format!("{} of {} ({})", pair.0, pair.1, share(pair.0, pair.1));
        println!(
            "{name}: {}, {} ({}) | {}: {} | {} | {} | {}, {} ({})",
            self.bound,
            self.covered,
            share(self.covered, self.bound),
            self.changed,
            pair(self.beyond),
            pair(self.rounded),
            pair(self.uncovered),
            self.unique,
            self.right,
            share(self.right, self.unique)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The short form of the verb, on the smallest report of the corpus where it is at hand. With
    /// `GOUJI_REQUIRE_SHARED=1` it has to be.
    #[test]
    fn planted_faults_are_noticed() {
        let folder = corpus::usual_folder();
        let groups = match corpus::reports(&folder) {
            Ok(groups) => groups,
            Err(error) if std::env::var_os("GOUJI_REQUIRE_SHARED").is_some_and(|value| value == "1") => {
                panic!("../shared/corpus is required and cannot be read: {error}")
            }
            Err(_) => return println!("skipped: ../shared is not here"),
        };
        let group = groups.iter().find(|group| group.files.len() == 2).unwrap_or(&groups[0]);
        let bench = Bench::new(&group.name, corpus::load(&folder, group).unwrap());
        let tally = bench.plant(40, 1, false);
        assert_eq!((tally.changed, tally.panics), (40, 0));
        let (noticed, planted) = tally.beyond;
        assert!(planted >= 30 && noticed * 100 >= planted * 90, "{tally:?}");
        assert!(tally.right * 100 >= tally.unique * LEAST_RIGHT, "{tally:?}");
    }

    #[test]
    fn a_wrong_digit_is_one_digit_and_another_amount_keeps_its_decimals() {
        let mut dice = Dice::new(3);
        for text in ["1,234.50", "7", "-0.5", "10"] {
            let wrong = one_digit(text, &mut dice).unwrap();
            let differs = wrong.chars().zip(text.chars()).filter(|(new, old)| new != old).count();
            assert_eq!((wrong.len(), differs), (text.len(), 1), "{text} {wrong}");
            assert!(moved_by(text, &wrong).is_some_and(|steps| steps > 0));
        }
        let other = another_amount("1,234.50", &mut dice).unwrap();
        assert_eq!(other.split_once('.').map(|(_, fraction)| fraction.len()), Some(2), "{other}");
    }
}
