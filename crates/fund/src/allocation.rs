//! Total control and pro-rata reduction (总额控制, 按比例核减): one budget over many claims, exact to the fen.
//!
//! **Method.** Awards are whole units (1 fen, 1 yuan, 100 yuan …). The k-th unit of a claim has the rank
//! `amount ÷ (2k − 1)`; the units of all claims stand in one row, highest rank first, and the first
//! `budget ÷ unit` of them are paid. This is the divisor method of Webster and Sainte-Laguë with an upper bound
//! for each claim. The row does not depend on the budget, so a larger budget takes nothing from anyone, which
//! the method of largest remainders cannot promise (the Alabama paradox); and of two claims under equal bounds the larger
//! never gets less.
//!
//! **Ties by a published rule.** Units of equal rank: more points first, then the larger amount, then the smaller id.
//!
//! **Distance from the exact share.** Each award differs from its unrounded share by at most `½ + n·a ÷ 2A` units:
//! n claims, a the claim's amount, A the amounts of all claims that no limit holds. For a claim of average size that is
//! one unit; a claim much larger than the others may be further off, which is the price of never
//! breaking the law above (no method keeps both always: Balinski and Young).
//!
//! **All fit.** When the limits together fit the budget, every claim gets its limit to the fen, unrounded.

mod claims;
mod explain;

pub use claims::{AllocationError, Basis, Claim, Limit, Terms};
pub use explain::{Award, Outcome, Share, Tie};

use claims::Entry;
use gouji_model::Fen;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A budget spread over claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// One award for each claim, in the order of the claims.
    pub awards: Vec<Award>,
    /// The sum of all awards; never above the budget.
    pub total: Fen,
    /// What of the budget is left.
    pub unspent: Fen,
    /// How it came out.
    pub outcome: Outcome,
    /// What one fen of a claim that no limit holds is worth in fen, before rounding; one or more when nothing was cut.
    pub rate: Share,
}

/// Spreads the budget of `terms` over the claims; the same awards in whatever order the claims stand.
///
/// # Errors
/// Terms or claims that make no sense (negative amounts, a unit of nothing, an id given twice), or amounts whose sum
/// is above 10^18 fen.
pub fn allocate(terms: &Terms, claims: &[Claim]) -> Result<Allocation, AllocationError> {
    let entries = claims::entries(terms, claims)?;
    let budget = i128::from(terms.budget.fen());
    let unit = i128::from(terms.unit.fen());
    let wanted: Option<i128> = entries.iter().map(|entry| entry.limit).sum();
    if wanted.is_some_and(|wanted| wanted <= budget) {
        return Ok(explain::whole(terms, claims, &entries));
    }
    let most: Option<i128> = entries.iter().map(|entry| entry.most_units(unit)).sum();
    let units = most.map_or(budget / unit, |most| most.min(budget / unit));
    let rate = exact_rate(&entries, unit, units);
    let mut row = Row::near(&entries, unit, rate);
    row.move_to(units);
    Ok(explain::cut(terms, claims, &row, rate))
}

/// The rate at which the unrounded shares, none above its limit in whole units, come to `units` whole units.
///
/// Water-filling: the claims that reach their limit at the lowest rate are taken out one after another.
fn exact_rate(entries: &[Entry], unit: i128, units: i128) -> Share {
    let mut by_reach: Vec<(i128, i128)> =
        entries.iter().filter_map(|entry| Some((entry.most_units(unit)? * unit, entry.amount))).collect();
    by_reach.retain(|(_, amount)| *amount > 0);
    // limit ÷ amount, lowest first; both are at most 10^18.
    by_reach.sort_unstable_by(|left, right| (left.0 * right.1).cmp(&(right.0 * left.1)));
    let mut left = units * unit;
    let mut amounts: i128 = entries.iter().map(|entry| entry.amount).sum();
    for (limit, amount) in by_reach {
        if limit * amounts > left * amount {
            break;
        }
        left -= limit;
        amounts -= amount;
        if amounts == 0 {
            return Share { numerator: limit, denominator: amount };
        }
    }
    Share { numerator: left, denominator: amounts.max(1) }
}

/// The row of units, cut at some place: how many units of each claim stand before the cut.
struct Row<'e> {
    entries: &'e [Entry],
    unit: i128,
    units: Vec<i128>,
    sum: i128,
}

impl<'e> Row<'e> {
    /// The row cut behind the last unit that a rate rounds up to: `units = ⌈amount × rate ÷ unit − ½⌉`.
    ///
    /// Halves are left behind the cut, so that exactly the units of higher rank stand before it.
    fn near(entries: &'e [Entry], unit: i128, rate: Share) -> Self {
        let rounded = entries.iter().map(|entry| {
            // Each factor is at most 10^18, so that every term stays below 2^122.
            let one = unit * rate.denominator;
            let units = (2 * entry.amount * rate.numerator + one - 1) / (2 * one);
            entry.most_units(unit).map_or(units, |most| units.min(most))
        });
        let units: Vec<i128> = rounded.collect();
        let sum = units.iter().sum();
        Row { entries, unit, units, sum }
    }

    /// Moves the cut until so many units stand before it; there are as many.
    fn move_to(&mut self, units: i128) {
        let mut next: BinaryHeap<Rank> = BinaryHeap::new();
        if self.sum < units {
            next.extend((0..self.entries.len()).filter_map(|at| self.next(at)));
        }
        while self.sum < units {
            let first = next.pop().expect("the limits hold at least this many units");
            self.units[first.at] += 1;
            self.sum += 1;
            next.extend(self.next(first.at));
        }
        let mut last: BinaryHeap<Reverse<Rank>> = BinaryHeap::new();
        if self.sum > units {
            last.extend((0..self.entries.len()).filter_map(|at| self.last(at)).map(Reverse));
        }
        while self.sum > units {
            let Reverse(rank) = last.pop().expect("more than no unit stands before the cut");
            self.units[rank.at] -= 1;
            self.sum -= 1;
            last.extend(self.last(rank.at).map(Reverse));
        }
    }

    /// The rank of the first unit of an entry behind the cut.
    fn next(&self, at: usize) -> Option<Rank> {
        let entry = &self.entries[at];
        let has_room = entry.most_units(self.unit).is_none_or(|most| self.units[at] < most);
        (entry.amount > 0 && has_room).then(|| Rank::of(entry.amount, self.units[at], at))
    }

    /// The rank of the last unit of an entry before the cut.
    fn last(&self, at: usize) -> Option<Rank> {
        (self.units[at] > 0).then(|| Rank::of(self.entries[at].amount, self.units[at] - 1, at))
    }
}

/// The place of one unit in the row; the greater stands before the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rank {
    amount: i128,
    /// 2k − 1 for the k-th unit.
    divisor: i128,
    /// The entry; entries stand in the order of the rule of ties.
    at: usize,
}

impl Rank {
    fn of(amount: i128, units_before: i128, at: usize) -> Self {
        Rank { amount, divisor: 2 * units_before + 1, at }
    }

    /// Whether only the rule of ties parts the two.
    fn ties_with(&self, other: &Rank) -> bool {
        self.amount * other.divisor == other.amount * self.divisor
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (self.amount * other.divisor, other.amount * self.divisor);
        left.cmp(&right).then(other.at.cmp(&self.at))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests;
