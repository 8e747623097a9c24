//! From relations over printed figures to a system over intervals.
//!
//! A printed total may be the rounded true sum or the sum of its printed parts: offices do both.
//! A figure that is exactly the sum of printed parts may therefore lie as far from the truth as
//! all its parts together, and so may every copy of it.

use super::linear::{Linear, Member, Zeros};
use super::system::{End, Interval, System};
use gouji_model::{Printed, Span};

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
    let rows: Vec<Vec<usize>> = held.iter().map(|(_, members)| figures.numbers_of(members)).collect();
    let rows_of = || held.iter().map(|(_, members)| members.as_slice()).zip(&rows);
    let mut sums: Vec<Sum> = rows_of().filter_map(|(members, row)| Sum::of(members, row)).collect();
    // One sum is often printed in several tables.
    sums.sort_unstable();
    sums.dedup();
    figures.widen(&sums);
    let mut equations: Vec<(Vec<(usize, i64)>, usize)> = Vec::with_capacity(held.len());
    for ((members, row), (at, _)) in rows_of().zip(held) {
        let equation = equation(members, row);
        if !equation.is_empty() && !is_second_rounding(members) {
            equations.push((equation, *at));
        }
    }
    equations.sort_unstable();
    equations.dedup_by(|later, first| later.0 == first.0);
    let mut system = System { intervals: figures.intervals, printed: figures.printed, relations: Vec::new() };
    // What its own rule lets pass by a bound of its own is not contradicted here.
    equations.retain(|(equation, _)| system.passes_alone(equation));
    let (relations, origin) = equations.into_iter().unzip();
    system.relations = relations;
    Drawn { system, origin }
}

/// The relation over figures, without those that stand on both sides.
fn equation(members: &[Member], row: &[usize]) -> Vec<(usize, i64)> {
    let mut times: Vec<(usize, i64)> = row.iter().copied().zip(members.iter().map(|member| member.sign)).collect();
    times.sort_unstable_by_key(|(figure, _)| *figure);
    times.dedup_by(|later, first| {
        let same = later.0 == first.0;
        first.1 += if same { later.1 } else { 0 };
        same
    });
    times.retain(|(_, times)| *times != 0);
    times
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
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Sum {
    total: usize,
    parts: Vec<usize>,
}

impl Sum {
    /// The relation as a total with two or more parts that add up to it as printed, or
    /// rounded once more where they are finer.
    fn of(members: &[Member], row: &[usize]) -> Option<Sum> {
        let (total, parts) = members.split_first()?;
        let alone = total.sign < 0 && parts.len() >= 2 && parts.iter().all(|part| part.sign > 0);
        let finer = parts.iter().all(|part| part.figure.tick() <= total.figure.tick());
        let sum = parts.iter().map(|part| part.figure.atoms()).sum::<i128>();
        let exact = sum == total.figure.atoms() || finer && rounds_to(sum, &total.figure);
        (alone && exact).then(|| Sum { total: row[0], parts: row[1..].to_vec() })
    }
}

/// Every figure, copies of one another taken as one.
struct Figures {
    /// All places in order.
    spans: Vec<Span>,
    /// By place: the number of its figure.
    numbers: Vec<usize>,
    intervals: Vec<Interval>,
    printed: Vec<i128>,
}

impl Figures {
    fn of(held: &[(usize, Vec<Member>)]) -> Figures {
        let members = || held.iter().flat_map(|(_, members)| members);
        let mut printed: Vec<(Span, Printed)> = members().map(|member| (member.span, member.figure)).collect();
        printed.sort_by_key(|(span, _)| *span);
        printed.dedup_by_key(|(span, _)| *span);
        let spans: Vec<Span> = printed.iter().map(|(span, _)| *span).collect();
        let mut figures = Figures { spans, numbers: Vec::new(), intervals: Vec::new(), printed: Vec::new() };
        let mut parent: Vec<usize> = (0..printed.len()).collect();
        for (_, members) in held {
            if let [left, right] = members.as_slice()
                && left.sign != right.sign
                && left.figure.atoms() == right.figure.atoms()
            {
                let (a, b) = (root(&mut parent, figures.place(left)), root(&mut parent, figures.place(right)));
                parent[a.max(b)] = a.min(b);
            }
        }
        for (at, (_, figure)) in printed.iter().enumerate() {
            let (own, first) = (interval(figure), root(&mut parent, at));
            // The first of several copies has the smallest number, so its figure is there already.
            let number = if first == at { figures.intervals.len() } else { figures.numbers[first] };
            if first == at {
                figures.intervals.push(own);
                figures.printed.push(2 * figure.atoms());
            }
            // 35 and 35.00: who padded the zeros is not known, so the wider one counts.
            figures.intervals[number] = figures.intervals[number].hull(&own);
            figures.numbers.push(number);
        }
        figures
    }

    fn place(&self, member: &Member) -> usize {
        self.spans.binary_search(&member.span).expect("the places are those of all members")
    }

    fn numbers_of(&self, members: &[Member]) -> Vec<usize> {
        members.iter().map(|member| self.numbers[self.place(member)]).collect()
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

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
