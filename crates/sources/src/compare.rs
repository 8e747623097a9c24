//! Two budgets side by side: books with books, or a report with books or another report.

use crate::schema::{COUNTED, EXPENSES, word_where};
use gouji_model::books::{Books, Posting, Scheme, Which};
use gouji_model::{Change, Changes, Coordinates, Measure, Names, Nature, PART, Phase, Printed, Section, Stream};
use gouji_understand::Statement;
use std::collections::BTreeMap;

/// A line by what it is; the name is that of the side that has it.
type Lines = BTreeMap<(Section, String), (String, i128)>;

/// What changed from one set of books to another, this year's amounts of each.
pub fn compare_books(before: &Books, after: &Books) -> Changes {
    let (first, second) = (lines(before), lines(after));
    let keys = first.keys().chain(second.keys().filter(|key| !first.contains_key(key)));
    let line = |key: &(Section, String)| {
        let (one, other) = (first.get(key), second.get(key));
        // A project is known by unit and name together, and has no code.
        let code = if key.0 == Section::Project || key.0 == Section::Unit { String::new() } else { key.1.clone() };
        let name = other.or(one).map_or_else(String::new, |(name, _)| name.clone());
        let amount = |side: Option<&(String, i128)>| side.map(|(_, amount)| *amount);
        Change { section: key.0, code, name, before: amount(one), after: amount(other), is_rounding: false }
    };
    Changes { lines: keys.map(line).collect(), adds_up: true, not_shared: 0 }.sorted()
}

fn lines(books: &Books) -> Lines {
    let mut lines = Lines::new();
    let mut add = |section, key: &str, name: String, amount: i128| {
        lines.entry((section, key.to_string())).or_insert((name, 0)).1 += amount;
    };
    let year = books.department.year;
    for (word, at) in totals(year) {
        add(Section::Total, word, String::new(), books.total(&at));
    }
    let named = Names::of(books);
    for posting in books.postings.iter().filter(|posting| posting.amount.fen() != 0) {
        let (at, fen) = (&posting.at, i128::from(posting.amount.fen()));
        match at.measure {
            Measure::Expenditure if at.stream == Stream::Year => {
                add(Section::Unit, &at.unit, at.unit.clone(), fen);
                add(Section::Function, at.function.as_str(), named.name(Scheme::Function, at.function), fen);
                add(Section::Economic, at.economic.as_str(), named.name(Scheme::Economic, at.economic), fen);
                if !at.project.is_empty() {
                    add(Section::Project, &project_key(posting), at.project.clone(), fen);
                }
            }
            Measure::ThreePublic => {
                let word = word_where(EXPENSES, |item| *item == at.item.as_str());
                add(Section::ThreePublic, at.item.as_str(), word.to_string(), fen);
            }
            Measure::Procurement => {
                add(Section::Procurement, at.item.as_str(), named.name(Scheme::Procurement, at.item), fen);
            }
            _ => {}
        }
    }
    for count in books.counts.iter().filter(|count| count.number != 0) {
        let word = word_where(COUNTED, |counted| *counted == (count.at.measure, count.at.item.as_str()));
        add(Section::Count, word, word.to_string(), count.number.into());
    }
    lines
}

/// The amounts above all others.
fn totals(year: i16) -> [(&'static str, Coordinates); 5] {
    let at = |measure, stream, nature| Coordinates { measure, year, stream, nature, ..Coordinates::default() };
    [
        ("revenue", at(Measure::Revenue, Stream::All, Nature::All)),
        ("expenditure", at(Measure::Expenditure, Stream::Year, Nature::All)),
        ("basic", at(Measure::Expenditure, Stream::Year, Nature::Basic)),
        ("project", at(Measure::Expenditure, Stream::Year, Nature::Project)),
        ("carried-out", at(Measure::Expenditure, Stream::CarriedOut, Nature::All)),
    ]
}

fn project_key(posting: &Posting) -> String {
    format!("{}{PART}{}", posting.at.unit, posting.at.project)
}

/// What a report prints against the books, at the same coordinates.
pub fn compare_report(report: &Statement, books: &Books) -> Changes {
    let years = [books.year(Which::Now), books.year(Which::Before)];
    let has =
        |at: &Coordinates| years.contains(&at.year) && books.postings.iter().any(|posting| posting.counts_towards(at));
    against(report, |at, figure| {
        let total = books.total(at);
        // Where the books have nothing, the report must print nothing.
        (has(at) || (years.contains(&at.year) && figure.is_zero())).then(|| {
            let (low, high) = crate::draft::interval(figure.atoms(), figure.tick());
            (total, (low..=high).contains(&total))
        })
    })
}

/// What one report prints against another, each in its own budget year.
pub fn compare_reports(before: &Statement, after: &Statement) -> Changes {
    let shift = after.subject.year.unwrap_or_default() - before.subject.year.unwrap_or_default();
    against(before, |at, figure| {
        let at = Coordinates { year: at.year + shift, ..at.clone() };
        let (_, other) = after.printed(&at)?;
        Some((other.atoms(), other.meets(figure)))
    })
}

/// Every figure of the tables of a report once, with what the other side has.
fn against(report: &Statement, other: impl Fn(&Coordinates, &Printed) -> Option<(i128, bool)>) -> Changes {
    let mut changes = Changes::default();
    let mut seen = std::collections::BTreeSet::new();
    let facts = report.facts.iter().filter(|fact| fact.at.phase == Phase::Budget && fact.figure.unit().is_money());
    for fact in facts {
        if !seen.insert((fact.at.clone(), fact.figure.atoms())) {
            continue;
        }
        let Some((amount, is_rounding)) = other(&fact.at, &fact.figure) else {
            changes.not_shared += 1;
            continue;
        };
        let (section, code) = place(&fact.at);
        let name = report.label(fact);
        let (before, after) = (Some(fact.figure.atoms()), Some(amount));
        changes.lines.push(Change { section, code, name, before, after, is_rounding });
    }
    changes.sorted()
}

/// Along what a figure is told, and its code.
fn place(at: &Coordinates) -> (Section, String) {
    match at.measure {
        Measure::ThreePublic => (Section::ThreePublic, at.item.to_string()),
        Measure::Procurement => (Section::Procurement, at.item.to_string()),
        _ if !at.project.is_empty() => (Section::Project, at.function.to_string()),
        _ if !at.unit.is_empty() => (Section::Unit, String::new()),
        _ if !at.economic.is_all() => (Section::Economic, at.economic.to_string()),
        _ if !at.function.is_all() => (Section::Function, at.function.to_string()),
        _ => (Section::Total, String::new()),
    }
}
