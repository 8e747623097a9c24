//! Amounts that reproduce what is printed: every printed figure bounds the sum of some of them.
//!
//! First a fill from the first amount to the last, each as large as the printed figures leave room
//! for; where rounding leaves a gap, a few fen are moved until every sum rounds to what is printed.
//! Figures that contradict the rest are left out, the widest first, and told.

use std::collections::BTreeMap;

/// How often all lines are gone through before they count as contradictory.
const SWEEPS: usize = 200;
/// How many contradictory lines are left out at most.
const MOST_LEFT_OUT: usize = 30;

/// A sum that must lie in an interval.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Which amounts, each added (1) or taken away (−1), in order.
    pub members: Vec<(usize, i128)>,
    /// The least sum.
    pub low: i128,
    /// The greatest sum.
    pub high: i128,
    /// The sum aimed at.
    pub target: i128,
}

impl Line {
    /// The sum of `members` is what was printed, rounded to `tick`.
    pub(super) fn printed(members: Vec<usize>, atoms: i128, tick: i128) -> Line {
        let (low, high) = interval(atoms, tick);
        Line { members: members.into_iter().map(|at| (at, 1)).collect(), low, high, target: atoms }
    }

    /// Both sides have the same sum.
    pub(super) fn link(left: &[usize], right: &[usize]) -> Line {
        let members = left.iter().map(|at| (*at, 1)).chain(right.iter().map(|at| (*at, -1)));
        Line { members: members.collect(), low: 0, high: 0, target: 0 }
    }

    fn is_link(&self) -> bool {
        self.members.iter().any(|(_, sign)| *sign < 0)
    }

    fn sum(&self, values: &[i128]) -> i128 {
        self.members.iter().map(|(at, sign)| sign * values[*at]).sum()
    }

    /// How far the sum lies outside; positive where it is too small.
    fn lack(&self, values: &[i128]) -> i128 {
        let sum = self.sum(values);
        (self.low - sum).max(0) - (sum - self.high).max(0)
    }
}

/// What rounds to a printed amount.
pub(crate) fn interval(atoms: i128, tick: i128) -> (i128, i128) {
    let (toward, away) = ((tick / 2), (tick - 1) / 2);
    match atoms.signum() {
        0 => (-away, away),
        1 => (atoms - toward, atoms + away),
        _ => (atoms - away, atoms + toward),
    }
}

/// Finds `count` amounts, none below nothing.
pub(super) fn solve(count: usize, lines: &[Line]) -> Vec<i128> {
    let mut lines = merged(lines);
    let printed = lines.iter().filter(|line| !line.is_link()).map(|line| line.high - line.low + 1);
    // Amounts stay as round as a hundredth of what is printed, where that is enough.
    let grains = [printed.clone().max(), printed.min()].map(|tick| (tick.unwrap_or(1) / 100).max(1));
    for _ in 0..MOST_LEFT_OUT {
        let mut values = fill(count, &lines);
        let mut moved = settle(&mut values, &lines, grains[0]);
        if !moved.is_empty() && grains[0] != grains[1] {
            values = fill(count, &lines);
            moved = settle(&mut values, &lines, grains[1]);
        }
        // Lines that contradict each other pull the same amounts to and fro for ever.
        let pulling = moved.into_iter().filter(|index| !lines[*index].is_link());
        let Some(widest) = pulling.max_by_key(|index| (lines[*index].members.len(), *index)) else { return values };
        lines.remove(widest);
    }
    fill(count, &lines)
}

/// Lines of the same members become one; of two that contradict, the first stays.
fn merged(lines: &[Line]) -> Vec<Line> {
    let mut of: BTreeMap<&[(usize, i128)], Line> = BTreeMap::new();
    let mut order = Vec::new();
    for line in lines.iter().filter(|line| !line.members.is_empty()) {
        match of.get_mut(line.members.as_slice()) {
            None => {
                of.insert(&line.members, line.clone());
                order.push(line.members.as_slice());
            }
            Some(known) => {
                let (low, high) = (known.low.max(line.low), known.high.min(line.high));
                if low <= high {
                    (known.low, known.high) = (low, high);
                    // The finer figure says more.
                    let is_finer = line.high - line.low < known.high - known.low;
                    known.target = if is_finer { line.target } else { known.target }.clamp(low, high);
                }
            }
        }
    }
    order.into_iter().filter_map(|members| of.get(members).cloned()).collect()
}

/// What a line leaves no choice about first, else each amount in turn as large as every line leaves room for.
fn fill(count: usize, lines: &[Line]) -> Vec<i128> {
    let mut fill = Fill::new(count, lines);
    for at in 0..count {
        while let Some(forced) = fill.forced.pop() {
            if fill.values[forced].is_none() {
                fill.set(forced);
            }
        }
        if fill.values[at].is_none() {
            fill.set(at);
        }
    }
    fill.values.into_iter().map(Option::unwrap_or_default).collect()
}

/// Amounts that are set one by one.
struct Fill<'l> {
    lines: &'l [Line],
    /// The lines of each amount, with its sign there.
    within: Vec<Vec<(usize, i128)>>,
    values: Vec<Option<i128>>,
    /// What is set already of each line, and how many amounts are not: for a link, of its left side.
    sums: Vec<(i128, usize)>,
    /// Amounts that some line leaves no choice about.
    forced: Vec<usize>,
}

impl<'l> Fill<'l> {
    fn new(count: usize, lines: &'l [Line]) -> Fill<'l> {
        let mut within: Vec<Vec<(usize, i128)>> = vec![Vec::new(); count];
        for (index, line) in lines.iter().enumerate() {
            for (at, sign) in &line.members {
                within[*at].push((index, *sign));
            }
        }
        let sums = lines.iter().map(|line| (0, line.members.iter().filter(|(_, sign)| *sign > 0).count())).collect();
        let only = |line: &&Line| line.members.len() == 1;
        let forced = lines.iter().filter(only).map(|line| line.members[0].0).collect();
        Fill { lines, within, values: vec![None; count], sums, forced }
    }

    /// Sets an amount, and sees which others are decided by that.
    fn set(&mut self, at: usize) {
        let room = self.within[at].iter().filter_map(|(index, sign)| match (*sign, self.lines[*index].is_link()) {
            (1, true) => None,
            (1, false) => Some(self.lines[*index].target - self.sums[*index].0),
            // How much there is to share out is known when the left side is.
            _ => (self.sums[*index].1 == 0).then(|| self.sums[*index].0),
        });
        // What no figure speaks of is nothing.
        let value = room.min().unwrap_or(0).max(0);
        self.values[at] = Some(value);
        for (index, sign) in &self.within[at] {
            let (sum, free) = &mut self.sums[*index];
            *sum += sign * value;
            *free -= usize::from(*sign > 0);
            let line = &self.lines[*index];
            if !line.is_link() && (*free == 1 || *sum >= line.target) {
                self.forced.extend(line.members.iter().map(|(at, _)| *at).filter(|at| self.values[*at].is_none()));
            }
        }
    }
}

/// Moves amounts until every line holds; the lines that were still moving at the end.
fn settle(values: &mut [i128], lines: &[Line], grain: i128) -> Vec<usize> {
    let mut moved = Vec::new();
    for _ in 0..SWEEPS {
        moved.clear();
        for (index, line) in lines.iter().enumerate() {
            let lack = line.lack(values);
            if lack != 0 {
                moved.push(index);
                // A little beyond the bound, so that the next line finds some play.
                let play = (line.high - line.low) / 8;
                spread(values, line, upward(lack + lack.signum() * play, grain), grain);
            }
        }
        if moved.is_empty() {
            break;
        }
    }
    moved
}

/// Adds `lack` to the sum of a line, in equal shares of those that are something already.
fn spread(values: &mut [i128], line: &Line, lack: i128, grain: i128) {
    let some: Vec<(usize, i128)> = line.members.iter().copied().filter(|(at, _)| values[*at] > 0).collect();
    let takers = if some.is_empty() { &line.members } else { &some };
    let mut left = lack;
    for (index, (at, sign)) in takers.iter().enumerate() {
        let still = (takers.len() - index) as i128;
        let share = upward(left / still, grain);
        // What is left over is less than a share.
        let share = sign * if share.abs() > left.abs() { left } else { share };
        let share = share.max(-values[*at]);
        values[*at] += share;
        left -= sign * share;
    }
}

/// The multiple of `grain` that is not nearer to nothing.
fn upward(amount: i128, grain: i128) -> i128 {
    (amount.abs() + grain - 1) / grain * grain * amount.signum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_parts_and_their_rounded_total_are_reproduced() {
        // 1.4 + 1.4 + 1.4 is 4, printed as 1 + 1 + 1.
        let mut lines: Vec<Line> = (0..3).map(|at| Line::printed(vec![at], 1_000_000, 1_000_000)).collect();
        lines.push(Line::printed(vec![0, 1, 2], 4_000_000, 1_000_000));
        let values = solve(3, &lines);
        assert!(lines.iter().all(|line| line.lack(&values) == 0), "{values:?}");
    }

    #[test]
    fn exact_figures_stay_as_printed() {
        let lines = [
            Line::printed(vec![0, 1], 300, 100),
            Line::printed(vec![0], 100, 100),
            Line::printed(vec![1], 200, 100),
            Line::link(&[0, 1], &[2, 3]),
            Line::printed(vec![2], 50, 1),
        ];
        assert_eq!(solve(4, &lines), [100, 200, 50, 250]);
    }

    #[test]
    fn a_total_that_contradicts_its_parts_is_left_out() {
        let parts = [Line::printed(vec![0], 100, 1), Line::printed(vec![1], 200, 1)];
        let lines = [&parts[..], &[Line::printed(vec![0, 1], 999, 1)]].concat();
        assert_eq!(solve(2, &lines), [100, 200]);
    }
}
