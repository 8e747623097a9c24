//! Every amount that a report prints, and what became of it: counted from the document alone.
//!
//! The statement says of its own accord which amounts it saw. Here they are found anew, from the
//! cells and sentences as read, so that an amount that nobody speaks of is seen as well.

mod codes;

use crate::numbers::{bare, numbers, only_numbers};
use gouji_model::Span;
use gouji_read::{Block, Document, Table};
use gouji_understand::{ClaimKind, Statement, UnboundReason};
use std::collections::BTreeMap;
use std::ops::Range;

/// An amount as printed.
#[derive(Clone, Debug)]
pub(crate) struct Amount {
    /// Where its digits stand.
    pub span: Span,
    /// As printed.
    pub text: String,
    /// Cell or sentence.
    pub place: Place,
    /// What became of it.
    pub fate: Fate,
}

/// Where an amount stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a table: its number in the document, row and column.
    Cell(usize, usize, usize),
    /// In the words of a table's cell, with a unit: `补助 500 元/人`.
    Words(usize, usize, usize),
    /// In a sentence, with a unit.
    Prose,
}

/// What became of an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It has coordinates, and the figure is the one that is printed.
    Bound,
    /// It has coordinates, but another figure than the one that is printed.
    Altered(String),
    /// It is listed as unbound, with the reason.
    Listed(UnboundReason),
    /// Nobody speaks of it.
    Silent,
    /// It stands in the words of a cell, which are not read as claims.
    InWords,
}

/// The amounts of a report in the order of the document.
pub(crate) fn amounts(document: &Document, statement: &Statement) -> Vec<Amount> {
    let fates = Fates::of(document, statement);
    let mut found = Vec::new();
    let mut tables = 0;
    for block in &document.blocks {
        match block {
            Block::Paragraph(span) => {
                let here = with_unit(document.slice(*span));
                found.extend(here.into_iter().map(|range| fates.amount(document, within(*span, range), Place::Prose)));
            }
            Block::Table(table) => {
                of_table(document, table, tables, &fates, &mut found);
                tables += 1;
            }
        }
    }
    found
}

fn of_table(document: &Document, table: &Table, number: usize, fates: &Fates, found: &mut Vec<Amount>) {
    let texts: Vec<Vec<&str>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| document.slice(*cell)).collect()).collect();
    let no_amounts = codes::Codes::of(table, &texts);
    for (row, cells) in table.rows.iter().enumerate() {
        for (column, cell) in cells.cells.iter().enumerate() {
            let text = texts[row][column];
            match only_numbers(text) {
                Some(_) if no_amounts.holds(row, column) => {}
                Some(numbers) => {
                    let place = Place::Cell(number, row, column);
                    let spans = numbers.into_iter().map(|number| within(*cell, number.range));
                    found.extend(spans.map(|span| fates.amount(document, span, place)));
                }
                None => {
                    let place = Place::Words(number, row, column);
                    let spans = with_unit(text).into_iter().map(|range| within(*cell, range));
                    found.extend(spans.map(|span| fates.amount(document, span, place)));
                }
            }
        }
    }
}

fn within(span: Span, range: Range<usize>) -> Span {
    Span { file: span.file, start: span.start + range.start as u32, end: span.start + range.end as u32 }
}

/// Words that make a number an amount when they follow it.
const UNITS: [&str; 8] = ["万元", "亿元", "千元", "百元", "元", "%", "％", "个百分点"];

/// Words that make a number a limit of some rule when they follow its unit: 单价100万元（含）以上.
const LIMITS: [&str; 3] = ["以上", "以下", "以内"];

/// The numbers of a text that have a unit of money or a percent sign.
fn with_unit(text: &str) -> Vec<Range<usize>> {
    let has_unit = |end: usize| {
        // A line may end within a unit.
        let rest: String = text[end..].chars().filter(|character| !character.is_whitespace()).take(16).collect();
        let after = UNITS.iter().find_map(|unit| rest.strip_prefix(unit));
        after.is_some_and(|after| {
            let after: String =
                after.chars().filter(|c| !c.is_whitespace() && !"（()）含及".contains(*c)).take(2).collect();
            !LIMITS.contains(&after.as_str())
        })
    };
    let numbers = numbers(text).into_iter();
    numbers.filter(|number| number.printed.ends_with('%') || has_unit(number.range.end)).map(|n| n.range).collect()
}

/// What the statement says of places, by their first byte.
struct Fates {
    by_start: BTreeMap<(u16, u32), Vec<Told>>,
}

/// The end of a place, what became of the figure there, and the figure.
type Told = (u32, Fate, String);

impl Fates {
    fn of(document: &Document, statement: &Statement) -> Self {
        let mut fates = Self { by_start: BTreeMap::new() };
        for fact in statement.facts.iter().chain(&statement.disjoint) {
            fates.add(fact.span, Fate::Bound, fact.figure.to_string());
        }
        for unbound in &statement.unbound {
            fates.add(unbound.span, Fate::Listed(unbound.reason), document.slice(unbound.span).to_owned());
        }
        for claim in &statement.claims {
            let figure = match &claim.kind {
                ClaimKind::Amount(figure) | ClaimKind::Share(figure) | ClaimKind::Completion(figure) => {
                    figure.to_string()
                }
                ClaimKind::Change { amount, .. } => amount.to_string(),
                ClaimKind::Growth { percent, .. } => percent.to_string(),
                _ => continue,
            };
            let known = claim.at.is_some();
            fates.add(
                claim.mark,
                if known { Fate::Bound } else { Fate::Listed(UnboundReason::UnknownSubject) },
                figure,
            );
        }
        fates
    }

    fn add(&mut self, span: Span, fate: Fate, figure: String) {
        self.by_start.entry((span.file, span.start)).or_default().push((span.end, fate, figure));
    }

    fn amount(&self, document: &Document, span: Span, place: Place) -> Amount {
        let text = document.slice(span).to_owned();
        let fate = match (self.fate(span, &text), place) {
            (Fate::Silent, Place::Words(..)) => Fate::InWords,
            (fate, _) => fate,
        };
        Amount { fate, span, text, place }
    }

    /// The place that holds these digits and begins last.
    fn fate(&self, span: Span, text: &str) -> Fate {
        let before = self.by_start.range((span.file, 0)..=(span.file, span.end));
        // A figure's own place begins at most a short clause before it.
        let holding = before.rev().take(40).find_map(|((_, start), told)| {
            told.iter().find(|(end, _, _)| *end > span.start && (*start < span.end) && *end >= span.end)
        });
        match holding {
            None => Fate::Silent,
            Some((_, Fate::Bound, figure)) if !is_same(figure, text) => Fate::Altered(figure.clone()),
            Some((_, fate, _)) => fate.clone(),
        }
    }
}

/// Both are one number, whatever separators, zeros behind the point and the sign's place.
fn is_same(figure: &str, printed: &str) -> bool {
    let digits = |text: &str| {
        let bare = bare(text);
        let plain: String = bare.chars().filter(|character| character.is_ascii_digit() || *character == '.').collect();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let whole = whole.trim_start_matches('0');
        (whole.to_owned(), fraction.to_owned())
    };
    digits(figure) == digits(printed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_an_amount_by_its_unit() {
        let text = "2019年收入5,627 万\n元，增长10％，共3辆，单价100万元（含）以上";
        let words: Vec<&str> = with_unit(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(words, ["5,627", "10％"]);
    }

    #[test]
    fn separators_and_leading_zeros_alter_nothing() {
        assert!(is_same("1234.50", "1,234.50") && is_same("-3", "(3)"));
        assert!(!is_same("1234.5", "1,234.50") && !is_same("12", "120"));
    }

    /// The short form of `score` and `words` on the report that the project keeps for its tests.
    #[test]
    fn nobody_is_silent_of_an_amount_of_the_own_report() {
        let path = crate::tree::root().join("crates/cli/tests/data/yunzhou-2019-clean.txt");
        let run = crate::score::road::Road::new().walk("yunzhou", std::fs::read(path).unwrap());
        let found = amounts(&run.document, &run.statement);
        assert!(found.len() > 300, "{}", found.len());
        let bound = found.iter().filter(|amount| amount.fate == Fate::Bound).count();
        assert!(bound * 100 >= found.len() * 90, "{bound} of {}", found.len());
        let silent = found.iter().find(|amount| matches!(amount.fate, Fate::Silent | Fate::Altered(_)));
        assert!(silent.is_none(), "{silent:?}");
    }
}
