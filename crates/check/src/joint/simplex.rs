//! The search for values: a simplex that starts from the printed figures and mends one broken
//! bound after another (Dutertre and de Moura, 2006), with the rule of the smallest number, so
//! that it ends. An open end is a bound a hair inside: values are pairs, number and hairs.

use super::ratio::{Ratio, gcd};
use super::system::{MOST_STEPS, System};
use std::cmp::Ordering;

/// What the search ends with.
pub(super) enum Answer {
    /// A value for each figure.
    Point(Vec<Ratio>),
    /// Relations, and how many times each is taken, whose sum cannot be zero.
    Conflict(Vec<(usize, i128)>),
    /// More exchanges than are made.
    TooLong,
}

/// A number and so many hairs, which are smaller than any number.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Hair {
    number: Ratio,
    hairs: Ratio,
}

/// A variable that follows from others: it is the sum of `terms`, sorted by variable.
struct Row {
    basic: usize,
    terms: Vec<(usize, Ratio)>,
}

/// Figures come first, then one variable for each relation, which must be zero.
pub(super) struct Simplex {
    figures: usize,
    low: Vec<Option<Hair>>,
    high: Vec<Option<Hair>>,
    value: Vec<Hair>,
    rows: Vec<Row>,
}

/// On which side of its bounds a variable lies.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Below,
    Above,
}

impl Hair {
    const ZERO: Hair = Hair { number: Ratio::ZERO, hairs: Ratio::ZERO };

    fn plus(self, other: Hair, times: Ratio) -> Option<Hair> {
        Some(Hair {
            number: self.number.plus(other.number.times(times)?)?,
            hairs: if other.hairs.is_zero() { self.hairs } else { self.hairs.plus(other.hairs.times(times)?)? },
        })
    }

    fn order(self, other: Hair) -> Option<Ordering> {
        Some(self.number.order(other.number)?.then(self.hairs.order(other.hairs)?))
    }
}

impl Simplex {
    /// `None` when a number does not fit.
    pub(super) fn new(system: &System) -> Option<Simplex> {
        let figures = system.intervals.len();
        let bound = |at: i128, open: bool, inwards: i128| Hair {
            number: Ratio::whole(at),
            hairs: Ratio::whole(if open { inwards } else { 0 }),
        };
        let mut low: Vec<Option<Hair>> =
            system.intervals.iter().map(|interval| interval.low.map(|end| bound(end.at, end.open, 1))).collect();
        let mut high: Vec<Option<Hair>> =
            system.intervals.iter().map(|interval| interval.high.map(|end| bound(end.at, end.open, -1))).collect();
        let mut value = Vec::with_capacity(figures + system.relations.len());
        for (at, printed) in system.printed.iter().enumerate() {
            let mut start = Hair { number: Ratio::whole(*printed), hairs: Ratio::ZERO };
            for (bound, outside) in [(low[at], Ordering::Less), (high[at], Ordering::Greater)] {
                if let Some(bound) = bound
                    && start.order(bound)? == outside
                {
                    start = bound;
                }
            }
            value.push(start);
        }
        let mut rows = Vec::with_capacity(system.relations.len());
        for (at, relation) in system.relations.iter().enumerate() {
            let mut terms: Vec<(usize, Ratio)> =
                relation.iter().map(|(figure, times)| (*figure, Ratio::whole(i128::from(*times)))).collect();
            terms.sort_by_key(|(figure, _)| *figure);
            let sum = terms.iter().try_fold(Hair::ZERO, |sum, (figure, times)| sum.plus(value[*figure], *times))?;
            value.push(sum);
            low.push(Some(Hair::ZERO));
            high.push(Some(Hair::ZERO));
            rows.push(Row { basic: figures + at, terms });
        }
        Some(Simplex { figures, low, high, value, rows })
    }

    /// `None` when a number does not fit.
    pub(super) fn run(mut self) -> Option<Answer> {
        for _ in 0..MOST_STEPS {
            let Some((row, side)) = self.broken()? else { return self.point().map(Answer::Point) };
            match self.partner(row, side)? {
                Some(at) => self.exchange(row, at, side)?,
                None => return self.witness(row).map(Answer::Conflict),
            }
        }
        Some(Answer::TooLong)
    }

    fn side(&self, variable: usize) -> Option<Option<Side>> {
        let value = self.value[variable];
        if let Some(low) = self.low[variable]
            && value.order(low)? == Ordering::Less
        {
            return Some(Some(Side::Below));
        }
        if let Some(high) = self.high[variable]
            && value.order(high)? == Ordering::Greater
        {
            return Some(Some(Side::Above));
        }
        Some(None)
    }

    /// The row of the smallest variable that lies outside its bounds.
    fn broken(&self) -> Option<Option<(usize, Side)>> {
        let mut found: Option<(usize, usize, Side)> = None;
        for (at, row) in self.rows.iter().enumerate() {
            if found.is_none_or(|(basic, _, _)| row.basic < basic)
                && let Some(side) = self.side(row.basic)?
            {
                found = Some((row.basic, at, side));
            }
        }
        Some(found.map(|(_, row, side)| (row, side)))
    }

    /// The smallest variable of a row that can move so that the row's own moves inwards.
    fn partner(&self, row: usize, side: Side) -> Option<Option<usize>> {
        for (at, (variable, times)) in self.rows[row].terms.iter().enumerate() {
            let upwards = (times.sign() > 0) == (side == Side::Below);
            let bound = if upwards { self.high[*variable] } else { self.low[*variable] };
            let blocked = match bound {
                Some(bound) => self.value[*variable].order(bound)? == Ordering::Equal,
                None => false,
            };
            if !blocked {
                return Some(Some(at));
            }
        }
        Some(None)
    }

    /// Puts the row's variable on its bound and lets the partner follow from the row.
    fn exchange(&mut self, row: usize, at: usize, side: Side) -> Option<()> {
        let leaving = self.rows[row].basic;
        let (entering, times) = self.rows[row].terms[at];
        let target = if side == Side::Below { self.low[leaving] } else { self.high[leaving] }?;
        let gap = target.plus(self.value[leaving], Ratio::whole(-1))?;
        let step = Hair { number: gap.number.over(times)?, hairs: gap.hairs.over(times)? };
        self.value[leaving] = target;
        self.value[entering] = self.value[entering].plus(step, Ratio::ONE)?;
        // entering = leaving / times − Σ the others / times
        let mut turned = Vec::with_capacity(self.rows[row].terms.len());
        for (variable, other) in self.rows[row].terms.iter().filter(|(variable, _)| *variable != entering) {
            turned.push((*variable, other.over(times)?.negated()?));
        }
        let place = turned.partition_point(|(variable, _)| *variable < leaving);
        turned.insert(place, (leaving, Ratio::ONE.over(times)?));
        for other in (0..self.rows.len()).filter(|other| *other != row) {
            let Ok(found) = self.rows[other].terms.binary_search_by_key(&entering, |(variable, _)| *variable) else {
                continue;
            };
            let times = self.rows[other].terms[found].1;
            let basic = self.rows[other].basic;
            self.value[basic] = self.value[basic].plus(step, times)?;
            self.rows[other].terms.remove(found);
            self.rows[other].terms = merged(&self.rows[other].terms, &turned, times)?;
        }
        self.rows[row] = Row { basic: entering, terms: turned };
        Some(())
    }

    /// The relations in a row that cannot be mended: the row says that they add up to a sum
    /// of figures which their intervals keep away from zero.
    fn witness(&self, row: usize) -> Option<Vec<(usize, i128)>> {
        let row = &self.rows[row];
        let all = row.terms.iter().copied().chain([(row.basic, Ratio::whole(-1))]);
        let mut times: Vec<(usize, Ratio)> = all
            .filter(|(variable, _)| *variable >= self.figures)
            .map(|(variable, times)| (variable - self.figures, times))
            .collect();
        times.sort_by_key(|(relation, _)| *relation);
        let shared = times.iter().try_fold(1_i128, |shared, (_, times)| {
            (shared / gcd(shared, times.denominator())?).checked_mul(times.denominator())
        })?;
        let whole = times
            .iter()
            .map(|(at, times)| Some((*at, times.numerator().checked_mul(shared / times.denominator())?)))
            .collect::<Option<Vec<_>>>()?;
        let common = whole.iter().try_fold(0_i128, |common, (_, times)| gcd(common, *times))?;
        Some(whole.into_iter().map(|(at, times)| (at, times / common)).collect())
    }

    /// Makes a hair so wide that every value still lies within its bounds.
    fn point(&self) -> Option<Vec<Ratio>> {
        let mut width = Ratio::ONE;
        for at in 0..self.value.len() {
            for (lower, upper) in [(self.low[at], Some(self.value[at])), (Some(self.value[at]), self.high[at])] {
                let (Some(lower), Some(upper)) = (lower, upper) else { continue };
                let (room, closing) = (upper.number.minus(lower.number)?, lower.hairs.minus(upper.hairs)?);
                if closing.sign() > 0 && room.sign() > 0 {
                    let most = room.over(closing)?;
                    if most.order(width)? == Ordering::Less {
                        width = most;
                    }
                }
            }
        }
        self.value[..self.figures].iter().map(|value| value.number.plus(value.hairs.times(width)?)).collect()
    }
}

/// `left + times × right`, both sorted.
fn merged(left: &[(usize, Ratio)], right: &[(usize, Ratio)], times: Ratio) -> Option<Vec<(usize, Ratio)>> {
    let mut sum = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    loop {
        let (variable, value) = match (left.peek(), right.peek()) {
            (None, None) => return Some(sum),
            (Some((a, x)), Some((b, y))) if a == b => {
                let both = (*a, x.plus(y.times(times)?)?);
                left.next();
                right.next();
                both
            }
            (Some((a, x)), other) if other.is_none_or(|(b, _)| a < b) => {
                left.next();
                (*a, *x)
            }
            (_, Some((b, y))) => {
                right.next();
                (*b, y.times(times)?)
            }
            (Some((a, x)), None) => {
                left.next();
                (*a, *x)
            }
        };
        if !value.is_zero() {
            sum.push((variable, value));
        }
    }
}
