//! Proofs, verified without the solver: by adding up, and by eliminating one figure after another.

use gouji_check::joint::{End, Ratio, System};
use std::collections::BTreeMap;

/// The values lie in their intervals and meet every relation.
pub(super) fn point_holds(system: &System, point: &[Ratio]) -> bool {
    let inside = point.len() == system.intervals.len()
        && point.iter().zip(&system.intervals).all(|(value, interval)| {
            let (number, below) = (value.numerator(), value.denominator());
            let above = |end: &End| number > end.at * below || !end.open && number == end.at * below;
            let under = |end: &End| number < end.at * below || !end.open && number == end.at * below;
            below > 0 && interval.low.as_ref().is_none_or(above) && interval.high.as_ref().is_none_or(under)
        });
    inside
        && system.relations.iter().all(|relation| {
            let common: i128 = relation.iter().map(|(at, _)| point[*at].denominator()).fold(1, common_multiple);
            let sum = |(at, times): &(usize, i64)| {
                i128::from(*times) * point[*at].numerator() * (common / point[*at].denominator())
            };
            relation.iter().map(sum).sum::<i128>() == 0
        })
}

/// The relations, each taken so many times, add up to a sum of figures that cannot be zero.
pub(super) fn witness_holds(system: &System, witness: &[(usize, i128)]) -> bool {
    let mut sum: BTreeMap<usize, i128> = BTreeMap::new();
    for (relation, times) in witness {
        for (figure, own) in &system.relations[*relation] {
            *sum.entry(*figure).or_default() += times * i128::from(*own);
        }
    }
    let (mut least, mut most) = (Some((0_i128, false)), Some((0_i128, false)));
    let add = |all: Option<(i128, bool)>, end: Option<End>, times: i128| {
        all.zip(end).map(|((at, open), end)| (at + times * end.at, open || end.open))
    };
    for (figure, times) in sum.into_iter().filter(|(_, times)| *times != 0) {
        let interval = system.intervals[figure];
        let (low, high) = if times > 0 { (interval.low, interval.high) } else { (interval.high, interval.low) };
        least = add(least, low, times);
        most = add(most, high, times);
    }
    let over = least.is_some_and(|(at, open)| at > 0 || open && at == 0);
    let under = most.is_some_and(|(at, open)| at < 0 || open && at == 0);
    over || under
}

/// Σ times × figure ≤ bound, or < where it is strict.
type Bounds = BTreeMap<Vec<i128>, (i128, bool)>;

/// Bounds that are kept while figures are eliminated.
const MOST_BOUNDS: usize = 400;

/// Whether the system is possible, by Fourier and Motzkin; `None` when it grows too large.
pub(super) fn eliminated(system: &System) -> Option<bool> {
    let count = system.intervals.len();
    let unit = |at: usize, sign: i128| (0..count).map(|other| if other == at { sign } else { 0 }).collect::<Vec<_>>();
    let mut bounds = Bounds::new();
    for (at, interval) in system.intervals.iter().enumerate() {
        if let Some(low) = interval.low {
            keep(&mut bounds, unit(at, -1), -low.at, low.open);
        }
        if let Some(high) = interval.high {
            keep(&mut bounds, unit(at, 1), high.at, high.open);
        }
    }
    let mut equations: Vec<Vec<i128>> = Vec::new();
    for relation in &system.relations {
        let mut row = vec![0; count];
        relation.iter().for_each(|(at, times)| row[*at] += i128::from(*times));
        equations.push(row);
    }
    while let Some(equation) = equations.pop() {
        let Some(pivot) = equation.iter().position(|times| *times != 0) else { continue };
        let without = |row: &[i128]| replaced(row, &equation, pivot);
        equations = equations.iter().map(|row| without(row)).collect();
        let old = std::mem::take(&mut bounds);
        for (row, (bound, strict)) in old {
            keep(&mut bounds, without(&row), bound * equation[pivot].abs(), strict);
        }
    }
    for _ in 0..count {
        // The figure that makes the fewest new bounds comes next.
        let cost = |at: usize| {
            let side = |sign: i128| bounds.keys().filter(|row| row[at].signum() == sign).count();
            side(1) * side(-1)
        };
        let left = (0..count).filter(|at| bounds.keys().any(|row| row[*at] != 0)).min_by_key(|at| cost(*at));
        let Some(at) = left else { break };
        bounds = without_figure(bounds, at);
        if bounds.len() > MOST_BOUNDS {
            return None;
        }
    }
    Some(bounds.values().all(|(bound, strict)| *bound > 0 || !strict && *bound == 0))
}

/// A row with the equation put in for one figure, times the equation's own number there.
fn replaced(row: &[i128], equation: &[i128], pivot: usize) -> Vec<i128> {
    let (size, turn) = (equation[pivot].abs(), equation[pivot].signum());
    row.iter().zip(equation).map(|(own, other)| size * own - row[pivot] * turn * other).collect()
}

fn without_figure(bounds: Bounds, at: usize) -> Bounds {
    let mut rest = Bounds::new();
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for (row, (bound, strict)) in bounds {
        match row[at].signum() {
            1 => above.push((row, bound, strict)),
            -1 => below.push((row, bound, strict)),
            _ => keep(&mut rest, row, bound, strict),
        }
    }
    for (up, first, open) in &above {
        for (down, second, other) in &below {
            let (x, y) = (-down[at], up[at]);
            let row = up.iter().zip(down).map(|(a, b)| x * a + y * b).collect();
            keep(&mut rest, row, x * first + y * second, *open || *other);
        }
        if rest.len() > 4 * MOST_BOUNDS {
            break;
        }
    }
    rest
}

/// Keeps the tighter of two bounds on one sum, in smallest numbers.
fn keep(bounds: &mut Bounds, row: Vec<i128>, bound: i128, strict: bool) {
    let shared = row.iter().fold(0, |shared, times| greatest_divisor(shared, *times));
    // The bound need not be divisible: rows are brought down only when it is.
    let scale = greatest_divisor(shared, bound).max(1);
    let (row, bound) =
        if shared == 0 { (row, bound) } else { (row.iter().map(|times| times / scale).collect(), bound / scale) };
    let new = (bound, strict);
    let slot = bounds.entry(row).or_insert(new);
    if (new.0, !new.1) < (slot.0, !slot.1) {
        *slot = new;
    }
}

fn greatest_divisor(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left.abs(), right.abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

fn common_multiple(left: i128, right: i128) -> i128 {
    left / greatest_divisor(left, right).max(1) * right
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_check::joint::Interval;

    /// x + y = 2z with each in [0, 1), so z − x = 1 has no room.
    fn system() -> System {
        let interval = Interval { low: Some(End { at: 0, open: false }), high: Some(End { at: 1, open: true }) };
        System {
            intervals: vec![interval; 4],
            printed: vec![0; 4],
            relations: vec![vec![(0, 1), (1, 1), (2, -1)], vec![(2, 1), (3, -1)]],
        }
    }

    #[test]
    fn wrong_proofs_are_refused() {
        let mut system = system();
        assert_eq!(eliminated(&system), Some(true));
        assert!(!witness_holds(&system, &[(0, 1), (1, 1)]));
        assert!(point_holds(&system, &[Ratio::ZERO; 4]));
        assert!(!point_holds(&system, &[Ratio::ONE; 4]));
        system.intervals[3] = Interval { low: Some(End { at: 2, open: false }), high: None };
        assert_eq!(eliminated(&system), Some(false));
        assert!(witness_holds(&system, &[(1, 1)]));
        assert!(!witness_holds(&system, &[(0, 1)]));
    }
}
