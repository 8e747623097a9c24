//! The figures of a report that a draft is made of.

use super::system::interval;
use gouji_model::books::Books;
use gouji_model::{Coordinates, Measure, Phase, Printed};
use gouji_understand::{Claim, ClaimKind, Statement};

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
            label: claim.subject.clone(),
            text: shown(said.like(atoms)),
        })
    };
    statement.claims.iter().filter_map(implied).collect()
}
