//! The figures of a report that a draft is made of.

use super::system::interval;
use gouji_model::books::Books;
use gouji_model::{Coordinates, Fact, Measure, Nature, Phase, Printed};
use gouji_understand::{Claim, ClaimKind, Statement, TableView};
use std::collections::{BTreeMap, BTreeSet};

/// A printed amount.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// What it is about.
    pub at: Coordinates,
    /// The amount in fen.
    pub atoms: i128,
    /// The fen of one unit of its last place.
    pub tick: i128,
    /// Where it stands.
    pub label: String,
    /// As printed.
    pub text: String,
}

impl Figure {
    fn new(at: &Coordinates, figure: Printed, label: String) -> Figure {
        Figure { at: at.clone(), atoms: figure.atoms(), tick: figure.tick(), label, text: shown(figure) }
    }

    /// True when books print the same.
    pub(super) fn is_reproduced(&self, books: &Books) -> bool {
        let (low, high) = interval(self.atoms, self.tick);
        (low..=high).contains(&books.total(&self.at))
    }
}

fn shown(figure: Printed) -> String {
    format!("{figure} {}", figure.unit().word())
}

/// The amounts of the tables for one budget year.
pub(super) fn of_tables(statement: &Statement, year: i16) -> Vec<Figure> {
    let facts = statement.facts.iter();
    let facts =
        facts.filter(|fact| fact.figure.unit().is_money() && fact.at.phase == Phase::Budget && fact.at.year == year);
    facts.map(|fact| Figure::new(&fact.at, fact.figure, statement.label(fact))).collect()
}

/// The empty cells of rows of codes as noughts: where a column is printed in other rows, an empty cell says that
/// there is nothing.
pub(super) fn of_blanks(statement: &Statement, figures: &[Figure], year: i16) -> Vec<Figure> {
    let some: BTreeSet<&Coordinates> =
        figures.iter().filter(|figure| figure.atoms != 0).map(|figure| &figure.at).collect();
    let mut blanks = Vec::new();
    for (index, table) in statement.tables.iter().enumerate() {
        let facts: Vec<&Fact> = statement.facts_of(index as u16).filter(|fact| fact.at.year == year).collect();
        let with_code =
            |fact: &&Fact| fact.figure.unit().is_money() && !(fact.at.function.is_all() && fact.at.economic.is_all());
        let mut columns: BTreeMap<u16, &Fact> = BTreeMap::new();
        for fact in facts.iter().copied().filter(with_code) {
            columns.entry(fact.cell.column).or_insert(fact);
        }
        let filled: BTreeSet<(u32, u16)> = facts.iter().map(|fact| (fact.cell.row, fact.cell.column)).collect();
        let rows =
            facts.iter().copied().filter(with_code).map(|fact| (fact.cell.row, fact.at.function, fact.at.economic));
        for (row, function, economic) in rows.collect::<BTreeSet<_>>() {
            for (column, model) in columns.iter().filter(|(column, _)| !filled.contains(&(row, **column))) {
                // A project is told by its own row.
                let at = Coordinates { function, economic, ..model.at.clone() };
                let is_alike = function.is_all() == model.at.function.is_all() && model.at.project.is_empty();
                if is_alike && is_empty(table, row, *column) && !some.contains(&at) {
                    blanks.push(Figure::new(&at, model.figure.zero(), String::new()));
                }
            }
        }
    }
    blanks
}

/// True when nothing is printed in a cell.
fn is_empty(table: &TableView, row: u32, column: u16) -> bool {
    let first = table.rows.partition_point(|known| known.row < row);
    table.rows.get(first).is_some_and(|known| known.row == row && known.text(usize::from(column)).is_empty())
}

/// The economic codes of the public expenses, where the table of those is printed more finely and agrees.
pub(super) fn of_public_codes(figures: &[Figure]) -> Vec<Figure> {
    let mut more = Vec::new();
    for (code, item) in crate::sums::PUBLIC_CODES {
        let is_item = |figure: &&Figure| figure.at.measure == Measure::ThreePublic && figure.at.item.as_str() == item;
        let is_code = |figure: &&Figure| {
            let at = &figure.at;
            at.economic.as_str() == code && at.nature == Nature::All && at.function.is_all()
        };
        let (Some(fine), Some(rough)) = (figures.iter().find(is_item), figures.iter().find(is_code)) else { continue };
        let (fine_low, fine_high) = interval(fine.atoms, fine.tick);
        let (low, high) = interval(rough.atoms, rough.tick);
        if fine.tick < rough.tick && low <= fine_low && fine_high <= high {
            more.push(Figure { at: rough.at.clone(), ..fine.clone() });
        }
    }
    more
}

/// Amounts that the prose tells of a year but no table prints.
pub(super) fn of_prose(statement: &Statement, year: i16, tables: &[Figure]) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    for claim in &statement.claims {
        let (Some(at), ClaimKind::Amount(figure)) = (&claim.at, &claim.kind) else { continue };
        let is_told = |known: &Figure| known.at == *at;
        let is_budget = figure.unit().is_money() && at.phase == Phase::Budget && at.year == year;
        if is_budget && !tables.iter().chain(&figures).any(is_told) {
            figures.push(Figure::new(at, *figure, claim.subject.clone()));
        }
    }
    figures
}

/// What last year's amounts must have been by the changes that the prose tells.
///
/// The amount of a table is finer than that of the sentence; the change is as fine as it is.
pub(super) fn implied_before(statement: &Statement, now: &[Figure]) -> Vec<Figure> {
    let implied = |claim: &Claim| {
        let amount = &statement.claims[claim.of?];
        let (at, ClaimKind::Amount(said)) = (claim.at.as_ref().or(amount.at.as_ref())?, &amount.kind) else {
            return None;
        };
        let (change, base) = match &claim.kind {
            ClaimKind::Change { direction, amount, base_year } => {
                (i128::from(direction.sign()) * amount.atoms(), base_year)
            }
            ClaimKind::Unchanged { base_year } => (0, base_year),
            _ => return None,
        };
        let is_last = base.is_none_or(|base| base + 1 == at.year);
        if !said.unit().is_money() || at.phase != Phase::Budget || at.measure == Measure::Unknown || !is_last {
            return None;
        }
        let known = now.iter().find(|figure| figure.at == *at);
        let atoms = known.map_or(said.atoms(), |figure| figure.atoms) - change;
        let before = Coordinates { year: at.year - 1, ..at.clone() };
        let tick = said.tick();
        (atoms >= 0).then(|| Figure {
            at: before,
            atoms,
            tick,
            label: amount.subject.clone(),
            text: shown(said.like(atoms)),
        })
    };
    statement.claims.iter().filter_map(implied).collect()
}
