//! Controlled rounding: parts within a unit of the truth, totals the nearest, sums closed or named, and `check` content.

use super::random;
use crate::score::road::Road;
use gouji_model::books::{Books, Posting, ProjectStanding};
use gouji_model::{Coordinates, Level, Measure, Nature, Printed};
use gouji_report::document::{Block, Cell, ColumnKind, RowKind, Table};
use gouji_report::form::Form;
use gouji_report::{Built, Rounding, build_telling};
use std::collections::BTreeMap;

/// What was tried and what failed.
#[derive(Default)]
pub(super) struct Controlled {
    /// Sums of columns of codes, looked for by their codes.
    pub sums: usize,
    /// Of these, open when every cell is rounded for itself, and when rounding is controlled.
    pub open: [usize; 2],
    /// Sums that the build itself names when rounding is controlled, along rows too.
    pub named: usize,
    pub faults: Vec<(u64, String)>,
}

/// Builds so many random books both ways.
pub(super) fn faults(cases: u64, seed: u64) -> Controlled {
    let (road, forms) = (Road::new(), Form::all());
    let mut found = Controlled::default();
    for seed in seed..seed + cases {
        let mut form = forms[seed as usize % forms.len()].clone();
        let books = random::books(seed, &form);
        form.rounding = Rounding::Cells;
        let plain = build_telling(&books, &form);
        found.open[0] += tables(&plain).map(|table| open(table).1.len()).sum::<usize>();
        form.rounding = Rounding::Controlled;
        let built = build_telling(&books, &form);
        found.named += built.unclosed.len();
        let mut faults = cells(&books, &built);
        for table in tables(&built) {
            let (sums, open) = open(table);
            found.sums += sums;
            found.open[1] += open.len();
            let is_named = |sum: &Printed| {
                built.unclosed.iter().any(|one| one.sum == *sum && one.table.ends_with(table.title.as_str()))
            };
            faults.extend(open.iter().filter(|sum| !is_named(sum)).map(|sum| format!("{} is open, not named", sum)));
        }
        if random::is_visible(seed) {
            faults.extend(wrong(&road, &built));
        }
        found.faults.extend(faults.into_iter().map(|fault| (seed, fault)));
    }
    found
}

fn tables(built: &Built) -> impl Iterator<Item = &Table> {
    built.document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

/// What the check of the built text finds.
fn wrong(road: &Road, built: &Built) -> Vec<String> {
    let run = road.walk("built.txt", gouji_report::text::text(&built.document).into_bytes());
    let of_substance = |code: &str| super::OF_SUBSTANCE.contains(&code);
    let wrong = run.report.findings.iter().filter(|finding| finding.level >= Level::Warning);
    wrong.filter(|finding| !of_substance(finding.code)).map(super::said).collect()
}

/// Which postings a cell holds, of which year, with how many decimals, and its last place in fen.
type Fact = (Vec<bool>, i16, u8, i128);

/// Cells that are further from the truth than they may be, and facts with two printed values.
fn cells(books: &Books, built: &Built) -> Vec<String> {
    let mut seen: BTreeMap<Fact, (Printed, i128)> = BTreeMap::new();
    let mut faults = Vec::new();
    let cells = tables(built).flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    for cell in cells {
        let Cell::Amount { printed, at } = cell else { continue };
        let (own, truth) = postings(books, at, printed);
        // A row of codes has nothing in the column of another code, and says so with the coordinates of the column.
        if own.iter().all(|is_own| !is_own) || (printed.is_zero() && truth.abs() >= printed.tick()) {
            continue;
        }
        if (printed.atoms() - truth).abs() >= printed.tick() {
            faults.push(format!("{printed} at {at}, the books have {truth} fen"));
        }
        if at.measure == Measure::ThreePublic && !is_nearest(printed, truth) {
            faults.push(format!("{printed} of the three public expenses was moved from {truth} fen"));
        }
        let last = seen.insert((own, at.year, printed.decimals(), printed.tick()), (*printed, truth));
        if last.is_some_and(|(last, _)| last != *printed) {
            faults.push(format!("{printed} at {at} is also printed otherwise"));
        }
    }
    let is_part = |own: &[bool], whole: &[bool]| own != whole && own.iter().zip(whole).all(|(own, all)| !own || *all);
    // A sentence may name a larger amount than any table.
    let said = built.asked.iter().flatten().map(|at| (holding(books, at), at.year));
    let wholes: Vec<(Vec<bool>, i16)> = seen.keys().map(|(own, year, ..)| (own.clone(), *year)).chain(said).collect();
    for ((own, year, ..), (printed, truth)) in &seen {
        let is_total = !wholes.iter().any(|(other, of_year)| of_year == year && is_part(own, other));
        if is_total && !is_nearest(printed, *truth) {
            faults.push(format!("the total {printed} is not the nearest of {truth} fen"));
        }
    }
    faults
}

fn is_nearest(printed: &Printed, fen: i128) -> bool {
    2 * (printed.atoms() - fen).abs() <= printed.tick()
}

/// The postings that a cell adds up, and their sum; the row of a unit among projects holds its managed projects only.
fn postings(books: &Books, at: &Coordinates, printed: &Printed) -> (Vec<bool>, i128) {
    let which = books.which(at.year);
    let is_managed = |unit: &str, name: &str| {
        let named = |project: &&gouji_model::books::Project| project.unit == unit && project.name == name;
        books.projects.iter().find(named).is_some_and(|project| project.standing != ProjectStanding::Plain)
    };
    let sum_of = |is_managed_only: bool| {
        let own = holding(books, at)
            .into_iter()
            .zip(&books.postings)
            .map(|(is_own, posting)| is_own && (!is_managed_only || is_managed(&posting.at.unit, &posting.at.project)));
        let own: Vec<bool> = own.collect();
        let sum = own.iter().zip(&books.postings).filter(|(is_own, _)| **is_own);
        let sum: i128 = sum.map(|(_, posting)| i128::from(posting.of(which).fen())).sum();
        (own, sum)
    };
    let whole = sum_of(false);
    let is_unit = at.nature == Nature::Project && !at.unit.is_empty() && at.project.is_empty();
    if is_unit && (printed.atoms() - whole.1).abs() >= printed.tick() { sum_of(true) } else { whole }
}

/// The postings with an amount within these coordinates.
fn holding(books: &Books, at: &Coordinates) -> Vec<bool> {
    let which = books.which(at.year);
    let is_own = |posting: &Posting| posting.of(which).fen() != 0 && posting.counts_towards(at);
    books.postings.iter().map(is_own).collect()
}

/// How many sums of codes a table has, and those that differ from the rows below them.
fn open(table: &Table) -> (usize, Vec<Printed>) {
    let Some(codes) = table.columns.iter().position(|kind| *kind == ColumnKind::Code) else { return (0, Vec::new()) };
    let is_parted = table.columns.iter().filter(|kind| **kind == ColumnKind::Code).count() != 1;
    if is_parted || !table.rows.iter().any(|row| row.kind == RowKind::Total) {
        return (0, Vec::new());
    }
    let rows: Vec<(String, &[Cell])> =
        table.rows.iter().map(|row| (row.cells[codes].text(), row.cells.as_slice())).collect();
    let (mut sums, mut open) = (0, Vec::new());
    for (code, cells) in &rows {
        let below = |other: &str| other != code && other.starts_with(code.as_str());
        let direct = |other: &str| {
            below(other) && !rows.iter().any(|(mid, _)| below(mid) && mid != other && other.starts_with(mid.as_str()))
        };
        let parts: Vec<&[Cell]> = rows.iter().filter(|(other, _)| direct(other)).map(|(_, cells)| *cells).collect();
        if parts.is_empty() {
            continue;
        }
        for (column, cell) in cells.iter().enumerate() {
            let Cell::Amount { printed, .. } = cell else { continue };
            let digits = parts.iter().map(|cells| match &cells[column] {
                Cell::Amount { printed, .. } => printed.digits(),
                _ => 0,
            });
            sums += 1;
            open.extend((digits.sum::<i64>() != printed.digits()).then_some(*printed));
        }
    }
    (sums, open)
}
