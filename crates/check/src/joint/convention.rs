//! From relations over printed figures to a system over intervals.
//!
//! A printed total may be the rounded true sum or the sum of its printed parts: offices do both.
//! A figure that is exactly the sum of printed parts may therefore lie as far from the truth as
//! all its parts together, and so may every copy of it.

use super::linear::{Linear, Member, Zeros};
use super::system::{End, Interval, System};
use gouji_model::{Printed, Span};
use std::collections::BTreeMap;

/// A system with the way back to the relations it was made from.
pub(super) struct Drawn {
    pub system: System,
    /// By relation of the system: the number of the printed relation.
    pub origin: Vec<usize>,
}

/// Widening passes: sums lie at most some six levels deep, so what still grows turns in a circle.
const PASSES: usize = 16;

/// Draws the system of all relations that hold, alone or within rounding.
pub(super) fn draw(relations: &[Linear], zeros: &Zeros) -> Drawn {
    let held: Vec<(usize, Vec<Member>)> = relations
        .iter()
        .enumerate()
        .filter(|(_, relation)| !relation.is_broken() && !relation.is_strict())
        .map(|(at, relation)| {
            let counts = |member: &&Member| !zeros.is_structural(member.span, &member.figure);
            (at, relation.members.iter().filter(counts).copied().collect())
        })
        .collect();
    draw_members(&held)
}

/// Draws the system of sums over figures that are told by number: Σ sign × figure = 0, the
/// total first with the sign −1. For those who test the test.
pub fn system_of(figures: &[Printed], sums: &[Vec<(usize, i64)>]) -> System {
    let place = |at: usize| Span { file: 0, start: at as u32, end: at as u32 + 1 };
    let member = |(at, sign): &(usize, i64)| Member { span: place(*at), figure: figures[*at], sign: *sign };
    let held: Vec<_> = sums.iter().enumerate().map(|(at, sum)| (at, sum.iter().map(member).collect())).collect();
    draw_members(&held).system
}

fn draw_members(held: &[(usize, Vec<Member>)]) -> Drawn {
    let mut figures = Figures::of(held);
    let sums: Vec<Sum> = held.iter().filter_map(|(_, members)| figures.sum(members)).collect();
    figures.widen(&sums);
    let mut seen: BTreeMap<Vec<(usize, i64)>, usize> = BTreeMap::new();
    for (at, members) in held {
        let relation = figures.relation(members);
        if !relation.is_empty() && !is_second_rounding(members) {
            seen.entry(relation).or_insert(*at);
        }
    }
    let mut system = System { intervals: figures.intervals, printed: figures.printed, relations: Vec::new() };
    // What its own rule lets pass by a bound of its own is not contradicted here.
    seen.retain(|relation, _| system.passes_alone(relation));
    let (relations, origin) = seen.into_iter().unzip();
    system.relations = relations;
    Drawn { system, origin }
}

/// The coarser of two figures is the finer one rounded once more: it says nothing of its own.
fn is_second_rounding(members: &[Member]) -> bool {
    let [left, right] = members else { return false };
    if left.sign == right.sign || left.figure.tick() == right.figure.tick() {
        return false;
    }
    let (finer, coarser) = if left.figure.tick() < right.figure.tick() { (left, right) } else { (right, left) };
    rounds_to(finer.figure.atoms(), &coarser.figure)
}

/// An amount, rounded half away from zero at the precision of a figure, is that figure.
fn rounds_to(amount: i128, figure: &Printed) -> bool {
    let tick = figure.tick();
    let turn = if amount < 0 { -1 } else { 1 };
    amount == figure.atoms() || tick > 0 && turn * ((2 * amount.abs() + tick) / (2 * tick)) * tick == figure.atoms()
}

/// A total that is printed as the sum of its parts.
struct Sum {
    total: usize,
    parts: Vec<usize>,
}

/// Every figure, copies of one another taken as one.
struct Figures {
    numbers: BTreeMap<Span, usize>,
    intervals: Vec<Interval>,
    printed: Vec<i128>,
}

impl Figures {
    fn of(held: &[(usize, Vec<Member>)]) -> Figures {
        let mut spans: BTreeMap<Span, (usize, Printed)> = BTreeMap::new();
        for member in held.iter().flat_map(|(_, members)| members) {
            let next = spans.len();
            spans.entry(member.span).or_insert((next, member.figure));
        }
        let mut parent: Vec<usize> = (0..spans.len()).collect();
        for (_, members) in held {
            if let [left, right] = members.as_slice()
                && left.sign != right.sign
                && left.figure.atoms() == right.figure.atoms()
            {
                let (a, b) = (root(&parent, spans[&left.span].0), root(&parent, spans[&right.span].0));
                parent[a.max(b)] = a.min(b);
            }
        }
        let mut figures = Figures { numbers: BTreeMap::new(), intervals: Vec::new(), printed: Vec::new() };
        let mut by_root: BTreeMap<usize, usize> = BTreeMap::new();
        for (span, (at, figure)) in &spans {
            let own = interval(figure);
            let number = *by_root.entry(root(&parent, *at)).or_insert_with(|| {
                figures.intervals.push(own);
                figures.printed.push(2 * figure.atoms());
                figures.intervals.len() - 1
            });
            // 35 and 35.00: who padded the zeros is not known, so the wider one counts.
            figures.intervals[number] = figures.intervals[number].hull(&own);
            figures.numbers.insert(*span, number);
        }
        figures
    }

    /// The relation over figures, without those that stand on both sides.
    fn relation(&self, members: &[Member]) -> Vec<(usize, i64)> {
        let mut times: BTreeMap<usize, i64> = BTreeMap::new();
        for member in members {
            *times.entry(self.numbers[&member.span]).or_default() += member.sign;
        }
        times.into_iter().filter(|(_, times)| *times != 0).collect()
    }

    /// The relation as a total with two or more parts that add up to it as printed, or
    /// rounded once more where they are finer.
    fn sum(&self, members: &[Member]) -> Option<Sum> {
        let (total, parts) = members.split_first()?;
        let alone = total.sign < 0 && parts.len() >= 2 && parts.iter().all(|part| part.sign > 0);
        let finer = parts.iter().all(|part| part.figure.tick() <= total.figure.tick());
        let sum = parts.iter().map(|part| part.figure.atoms()).sum::<i128>();
        let exact = sum == total.figure.atoms() || finer && rounds_to(sum, &total.figure);
        let number = |member: &Member| self.numbers[&member.span];
        (alone && exact).then(|| Sum { total: number(total), parts: parts.iter().map(number).collect() })
    }

    /// Gives every total that is printed as a sum the room of its parts, from below upwards.
    fn widen(&mut self, sums: &[Sum]) {
        for pass in 0..=PASSES {
            let mut grown = false;
            for sum in sums {
                let whole =
                    sum.parts.iter().fold(Interval::exactly(0), |whole, part| whole.plus(&self.intervals[*part]));
                let hull = self.intervals[sum.total].hull(&whole);
                if hull != self.intervals[sum.total] {
                    // A total within its own parts grows for ever: nothing is known of it.
                    self.intervals[sum.total] = if pass == PASSES { Interval::default() } else { hull };
                    grown = true;
                }
            }
            if !grown {
                return;
            }
        }
    }
}

/// The values that round to a printed figure, doubled so that half units stay whole.
fn interval(figure: &Printed) -> Interval {
    let (at, tick) = (2 * figure.atoms(), figure.tick());
    if tick == 0 {
        return Interval::exactly(at);
    }
    let (low, high) = match figure.digits() {
        0 => (true, true),
        digits => (digits < 0, digits > 0),
    };
    Interval { low: Some(End { at: at - tick, open: low }), high: Some(End { at: at + tick, open: high }) }
}

fn root(parent: &[usize], mut at: usize) -> usize {
    while parent[at] != at {
        at = parent[at];
    }
    at
}
