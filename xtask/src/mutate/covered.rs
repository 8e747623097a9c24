//! Which amounts of a report some relation covers: found from the cells and sentences as read,
//! without the code under test. Integers only.
//!
//! An amount is covered when it takes part in a sum of its table that holds as printed, is printed
//! in another place as the same fact, or is held by a percentage beside it. How far it may move before rounding cannot explain
//! the difference any more is its *room*; a change within its room is no fault that can be seen.

mod grid;
mod percentages;
mod repeats;
mod sums;

use crate::numbers::numbers;
use gouji_model::{Printed, Span, Unit};
use gouji_read::Document;
use gouji_understand::{ClaimKind, Statement};
use grid::Grid;

/// A bound amount of money as printed.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    /// Where its digits stand.
    pub span: Span,
    /// The printed value in millionths of a yuan.
    value: i128,
    /// One unit of its last printed digit.
    tick: i128,
    /// In prose: it tells of a change against another year, not of a sum of money that is there.
    pub is_change: bool,
    in_prose: bool,
}

/// Figures that hold one another: a total with its parts, or two printings of one fact.
struct Tie {
    /// Numbers of the amounts.
    of: Vec<usize>,
    /// How far they are from agreeing as printed, in millionths of a yuan.
    apart: i128,
    /// A sum, not a repetition.
    is_sum: bool,
}

/// What covers an amount.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cover {
    /// It takes part in a sum that holds.
    pub by_sum: bool,
    /// It is printed elsewhere as the same fact.
    pub by_repeat: bool,
    /// A percentage in its paragraph is reckoned from it.
    pub by_percentage: bool,
    /// By how much it must move, in units of its last digit, before rounding explains it no more.
    pub room: Option<i128>,
}

impl Cover {
    /// Some relation covers it.
    pub fn is_covered(&self) -> bool {
        self.room.is_some()
    }
}

/// Every bound amount of money of a report with what covers it.
pub(super) fn covered(document: &Document, statement: &Statement) -> Vec<(Amount, Cover)> {
    let amounts = bound(document, statement);
    let grids = Grid::all(document, &amounts);
    let mut ties = sums::sums(&grids, &amounts);
    ties.extend(repeats::repeats(document, &grids, &amounts));
    let mut covers = vec![Cover::default(); amounts.len()];
    for tie in &ties {
        for at in &tie.of {
            let cover = &mut covers[*at];
            cover.by_sum |= tie.is_sum;
            cover.by_repeat |= !tie.is_sum;
            let room = tie.room(*at, &amounts);
            cover.room = Some(cover.room.map_or(room, |least| least.min(room)));
        }
    }
    for (at, room) in percentages::percentages(document, &amounts) {
        covers[at].by_percentage = true;
        covers[at].room = Some(covers[at].room.map_or(room, |least| least.min(room)));
    }
    amounts.into_iter().zip(covers).collect()
}

/// The amounts of money that have coordinates, of tables and of prose, each place once.
fn bound(document: &Document, statement: &Statement) -> Vec<Amount> {
    let facts = statement.facts.iter().chain(&statement.disjoint);
    let cells = facts.filter_map(|fact| Amount::new(fact.span, fact.figure, false, false));
    let claims = statement.claims.iter().filter(|claim| claim.at.is_some()).filter_map(|claim| {
        let span = last_number(document, claim.mark);
        match claim.kind {
            ClaimKind::Amount(figure) => Amount::new(span, figure, false, true),
            ClaimKind::Change { amount, .. } => Amount::new(span, amount, true, true),
            _ => None,
        }
    });
    let mut all: Vec<Amount> = cells.chain(claims).collect();
    all.sort_by_key(|amount| amount.span);
    all.dedup_by_key(|amount| amount.span);
    all
}

/// The last number of a place: `增加 5 万元`.
fn last_number(document: &Document, place: Span) -> Span {
    let range = numbers(document.slice(place)).pop().map(|number| number.range);
    range.map_or(place, |range| Span {
        start: place.start + range.start as u32,
        end: place.start + range.end as u32,
        ..place
    })
}

impl Amount {
    fn new(span: Span, figure: Printed, is_change: bool, in_prose: bool) -> Option<Self> {
        let power = match figure.unit() {
            Unit::Yuan => 0,
            Unit::Thousand => 3,
            Unit::TenThousand => 4,
            Unit::HundredMillion => 8,
            Unit::Percent | Unit::Count => return None,
        };
        let tick = 10_i128.pow(power + 6) / 10_i128.pow(u32::from(figure.decimals()));
        Some(Self { span, value: i128::from(figure.digits()) * tick, tick, is_change, in_prose })
    }
}

impl Tie {
    /// Each figure that is not zero leaves half a unit of its last place.
    fn room(&self, at: usize, amounts: &[Amount]) -> i128 {
        let counts = |other: &&usize| amounts[**other].value != 0 || **other == at;
        let slack: i128 = self.of.iter().filter(counts).map(|other| amounts[*other].tick).sum();
        let tick = amounts[at].tick;
        (slack + 2 * self.apart + 2 * tick - 1) / (2 * tick)
    }

    /// The difference is one that rounding explains.
    fn holds(&self, amounts: &[Amount]) -> bool {
        let slack: i128 = self.of.iter().map(|at| &amounts[*at]).filter(|one| one.value != 0).map(|one| one.tick).sum();
        self.apart == 0 || 2 * self.apart < slack
    }
}
