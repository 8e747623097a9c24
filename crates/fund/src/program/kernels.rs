//! Loops over one chunk. They are plain, so that the compiler makes them wide.

use super::{Bound, CHUNK, CellPlan, Fits, Rounded, UNKNOWN};
use crate::policy::{Compare, Way};
use fearless_simd::{Level, dispatch};

/// A column of a chunk, or one number.
#[derive(Clone, Copy)]
pub(crate) enum View<'a> {
    Column(&'a [i64]),
    Constant(i64),
}

impl View<'_> {
    #[inline(always)]
    pub(crate) fn at(&self, row: usize) -> i64 {
        match self {
            View::Column(values) => values[row],
            View::Constant(value) => *value,
        }
    }
}

/// Joins two columns into a third, with the widest instructions the processor has.
#[inline(always)]
pub(super) fn join<T>(left: View, right: View, out: &mut [T], join: impl Fn(i64, i64) -> T + Copy) {
    dispatch!(Level::new(), _wide => join_plainly(left, right, out, join));
}

#[inline(always)]
fn join_plainly<T>(left: View, right: View, out: &mut [T], join: impl Fn(i64, i64) -> T + Copy) {
    match (left, right) {
        (View::Column(left), View::Column(right)) => {
            for ((out, left), right) in out.iter_mut().zip(left).zip(right) {
                *out = join(*left, *right);
            }
        }
        (View::Column(left), View::Constant(right)) => {
            for (out, left) in out.iter_mut().zip(left) {
                *out = join(*left, right);
            }
        }
        (View::Constant(left), View::Column(right)) => {
            for (out, right) in out.iter_mut().zip(right) {
                *out = join(left, *right);
            }
        }
        (View::Constant(left), View::Constant(right)) => out.iter_mut().for_each(|out| *out = join(left, right)),
    }
}

/// Changes each number of a column by one of another.
#[inline(always)]
pub(super) fn change<T: Copy>(out: &mut [T], by: &[i64], change: impl Fn(T, i64) -> T + Copy) {
    dispatch!(Level::new(), _wide => out.iter_mut().zip(by).for_each(|(out, by)| *out = change(*out, *by)));
}

/// Compares two columns.
pub(super) fn compare(left: View, how: Compare, right: View, out: &mut [u8]) {
    let answer = |yes: bool| (yes as u8) << 1;
    match how {
        Compare::AtLeast => join(left, right, out, |left, right| answer(left >= right)),
        Compare::Above => join(left, right, out, |left, right| answer(left > right)),
        Compare::AtMost => join(left, right, out, |left, right| answer(left <= right)),
        Compare::Below => join(left, right, out, |left, right| answer(left < right)),
        Compare::Equal => join(left, right, out, |left, right| answer(left == right)),
    }
}

/// Two quotients, each over its divisor.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub left: (View<'a>, View<'a>),
    pub right: (View<'a>, View<'a>),
}

/// Compares two quotients; where a divisor is not positive nothing is known.
pub(super) fn compare_quotients(pair: Pair, how: Compare, fits: Fits, out: &mut [u8]) {
    match how {
        Compare::AtLeast => cross(pair, fits, out, |order| order.is_ge()),
        Compare::Above => cross(pair, fits, out, |order| order.is_gt()),
        Compare::AtMost => cross(pair, fits, out, |order| order.is_le()),
        Compare::Below => cross(pair, fits, out, |order| order.is_lt()),
        Compare::Equal => cross(pair, fits, out, |order| order.is_eq()),
    }
}

#[inline(always)]
fn cross(pair: Pair, fits: Fits, out: &mut [u8], holds: impl Fn(std::cmp::Ordering) -> bool + Copy) {
    let Pair { left: (left, left_under), right: (right, right_under) } = pair;
    match fits {
        Fits::Narrow => {
            // Two products and a comparison, each a plain loop over what is a column and what is not.
            let (mut one, mut other) = ([0; CHUNK], [0; CHUNK]);
            let (one, other) = (&mut one[..out.len()], &mut other[..out.len()]);
            join(left, right_under, one, |over, under| over * under);
            join(right, left_under, other, |over, under| over * under);
            join(View::Column(one), View::Column(other), out, |one, other| u8::from(holds(one.cmp(&other))) << 1);
        }
        Fits::Wide => {
            for (row, out) in out.iter_mut().enumerate() {
                let (one, other) =
                    (product(left.at(row), right_under.at(row)), product(right.at(row), left_under.at(row)));
                *out = u8::from(holds(one.cmp(&other))) << 1;
            }
        }
    }
    for under in [left_under, right_under] {
        match under {
            View::Constant(1..) => {}
            View::Constant(_) => out.fill(UNKNOWN),
            View::Column(under) => change(out, under, |out, under| if under > 0 { out } else { UNKNOWN }),
        }
    }
}

#[inline(always)]
fn product(left: i64, right: i64) -> i128 {
    i128::from(left) * i128::from(right)
}

/// `number` ÷ divisor, rounded to a multiple of the unit; a number below zero as its negative.
#[inline(always)]
pub(super) fn round(number: i128, rounded: Rounded) -> i64 {
    let magnitude = number.unsigned_abs();
    let units = (magnitude + u128::from(rounded.added)) / u128::from(rounded.divisor.value());
    let amount = units as i64 * rounded.unit;
    if number < 0 { -amount } else { amount }
}

/// The same for a number that fits: its magnitude and what is added stay below 2^63.
#[inline(always)]
pub(super) fn round_narrow(number: i64, rounded: Rounded) -> i64 {
    let units = rounded.divisor.divide(number.unsigned_abs() + rounded.added);
    let amount = units as i64 * rounded.unit;
    if number < 0 { -amount } else { amount }
}

/// An amount times a rate, rounded; zero where the rate has no positive divisor, which is unknown anyway.
#[inline(always)]
pub(super) fn scale(amount: i64, over: i64, under: i64, unit: i64, way: Way) -> i64 {
    if under <= 0 {
        return 0;
    }
    let (number, divisor) = (product(amount, over), product(under, unit));
    let added = match way {
        Way::HalfUp => divisor / 2,
        Way::Down => 0,
        Way::Up => divisor - 1,
    };
    let units = (number.unsigned_abs() + added.unsigned_abs()) / divisor.unsigned_abs();
    let amount = units as i64 * unit;
    if number < 0 { -amount } else { amount }
}

/// The largest value of the cells that hold both quotients.
pub(super) fn look_up(of: (View, View), by: (View, View), cells: &[CellPlan], fits: Fits, out: &mut [i64]) {
    out.fill(0);
    let whole = |of: &(View, View)| matches!(of.1, View::Constant(1));
    // A ratio that is whole, such as 100 %, may be looked up between bounds that are not.
    let is_whole = |bound: &Bound| bound.is_none_or(|(_, under)| under == 1);
    let is_table = cells.iter().all(|cell| cell.by == (None, None) && is_whole(&cell.of.0) && is_whole(&cell.of.1));
    for cell in cells {
        if let (true, true, View::Column(values)) = (whole(&of), is_table, of.0) {
            let from = cell.of.0.map_or(i64::MIN, |(over, _)| over);
            let below = cell.of.1.map_or(i64::MAX, |(over, _)| over);
            let largest = cell.value;
            change(out, values, |out, value| out.max(if value >= from && value < below { largest } else { 0 }));
            continue;
        }
        for (row, out) in out.iter_mut().enumerate() {
            let of = (of.0.at(row), of.1.at(row));
            let by = (by.0.at(row), by.1.at(row));
            if holds(of, cell.of, fits) && holds(by, cell.by, fits) {
                *out = cell.value.max(*out);
            }
        }
    }
}

#[inline(always)]
fn holds((over, under): (i64, i64), (from, below): (Bound, Bound), fits: Fits) -> bool {
    let reaches = |(bound, bound_under): (i64, i64)| match fits {
        Fits::Narrow => over * bound_under >= bound * under,
        Fits::Wide => product(over, bound_under) >= product(bound, under),
    };
    from.is_none_or(reaches) && !below.is_some_and(reaches)
}
