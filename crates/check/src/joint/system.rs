//! A system of linear relations over figures that are known only as intervals.

use super::ratio::Ratio;
use super::simplex::{Answer, Simplex};
use std::collections::BTreeMap;

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Where it lies.
    pub at: i128,
    /// The end itself does not belong to the interval.
    pub open: bool,
}

/// All values that a figure may stand for; without an end it goes on for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// The lower end.
    pub low: Option<End>,
    /// The upper end.
    pub high: Option<End>,
}

/// Relations of the form Σ coefficient × figure = 0.
#[derive(Clone, Debug, Default)]
pub struct System {
    /// What each figure may be.
    pub intervals: Vec<Interval>,
    /// A value of each figure from which the search starts.
    pub printed: Vec<i128>,
    /// Figures by number, each with its coefficient, at most once in a relation.
    pub relations: Vec<Vec<(usize, i64)>>,
}

/// What became of a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joint {
    /// These values lie in the intervals and meet every relation.
    Possible(Vec<Ratio>),
    /// The sum of these relations, each taken so many times, cannot come to zero.
    Impossible(Vec<(usize, i128)>),
    /// The search was given up.
    GivenUp(Limit),
}

/// Why a search was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many there are: figures, relations or steps.
    pub found: usize,
    /// How many are looked at.
    pub limit: usize,
}

/// Figures of one system.
pub const MOST_FIGURES: usize = 4_000;
/// Relations of one system.
pub const MOST_RELATIONS: usize = 3_000;
/// Exchanges of the search: a real report takes some dozens.
pub const MOST_STEPS: usize = 4_000;

impl Interval {
    /// One value only.
    pub fn exactly(at: i128) -> Interval {
        let end = Some(End { at, open: false });
        Interval { low: end, high: end }
    }

    /// The smallest interval that holds both.
    pub fn hull(&self, other: &Interval) -> Interval {
        let low = self.low.zip(other.low).map(|(a, b)| if (b.at, b.open) < (a.at, a.open) { b } else { a });
        let high = self.high.zip(other.high).map(|(a, b)| if (b.at, !b.open) > (a.at, !a.open) { b } else { a });
        Interval { low, high }
    }

    /// All sums of a value of one and a value of the other.
    pub fn plus(&self, other: &Interval) -> Interval {
        let add = |a: Option<End>, b: Option<End>| {
            a.zip(b).and_then(|(a, b)| Some(End { at: a.at.checked_add(b.at)?, open: a.open || b.open }))
        };
        Interval { low: add(self.low, other.low), high: add(self.high, other.high) }
    }
}

impl System {
    /// Decides whether all relations can hold at once. An impossible system is answered with
    /// the multipliers of relations none of which can be left out.
    pub fn solve(&self) -> Joint {
        if self.intervals.len() > MOST_FIGURES {
            return Joint::GivenUp(Limit { found: self.intervals.len(), limit: MOST_FIGURES });
        }
        if self.relations.len() > MOST_RELATIONS {
            return Joint::GivenUp(Limit { found: self.relations.len(), limit: MOST_RELATIONS });
        }
        match self.search() {
            Joint::Impossible(witness) => Joint::Impossible(self.least(witness)),
            other => other,
        }
    }

    /// Parts of the system that share no figure, each as numbers of relations.
    pub fn components(&self) -> Vec<Vec<usize>> {
        let mut owner: Vec<Option<usize>> = vec![None; self.intervals.len()];
        let mut parent: Vec<usize> = (0..self.relations.len()).collect();
        for (at, relation) in self.relations.iter().enumerate() {
            for (figure, _) in relation {
                let first = *owner[*figure].get_or_insert(at);
                let (left, right) = (root(&mut parent, first), root(&mut parent, at));
                parent[left.max(right)] = left.min(right);
            }
        }
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.relations.len() {
            parts.entry(root(&mut parent, at)).or_default().push(at);
        }
        parts.into_values().collect()
    }

    /// The printed values meet a relation.
    pub fn is_exact(&self, relation: usize) -> bool {
        let each = self.relations[relation].iter();
        each.map(|(figure, times)| self.printed[*figure] * i128::from(*times)).sum::<i128>() == 0
    }

    /// A relation is possible by itself: the intervals of its figures leave room for zero.
    pub(super) fn passes_alone(&self, relation: &[(usize, i64)]) -> bool {
        let turned = |end: Option<End>, times: i128| end.map(|end| End { at: end.at * times, open: end.open });
        let sum = relation.iter().fold(Interval::exactly(0), |sum, (figure, times)| {
            let (own, times) = (self.intervals[*figure], i128::from(*times));
            let (low, high) = if times < 0 { (own.high, own.low) } else { (own.low, own.high) };
            sum.plus(&Interval { low: turned(low, times), high: turned(high, times) })
        });
        sum.low.is_none_or(|low| low.at < 0 || low.at == 0 && !low.open)
            && sum.high.is_none_or(|high| high.at > 0 || high.at == 0 && !high.open)
    }

    /// The system of some relations and the figures they speak of.
    pub fn only(&self, relations: &[usize]) -> System {
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut part = System::default();
        for relation in relations {
            let mut moved = Vec::with_capacity(self.relations[*relation].len());
            for (figure, times) in &self.relations[*relation] {
                let number = *numbers.entry(*figure).or_insert_with(|| {
                    part.intervals.push(self.intervals[*figure]);
                    part.printed.push(self.printed[*figure]);
                    part.intervals.len() - 1
                });
                moved.push((number, *times));
            }
            part.relations.push(moved);
        }
        part
    }

    fn search(&self) -> Joint {
        match Simplex::new(self).and_then(Simplex::run) {
            Some(Answer::Point(point)) => Joint::Possible(point),
            Some(Answer::Conflict(witness)) => Joint::Impossible(witness),
            Some(Answer::TooLong) => Joint::GivenUp(Limit { found: MOST_STEPS, limit: MOST_STEPS }),
            // Numbers beyond 128 bits: as if the search had been too long.
            None => Joint::GivenUp(Limit { found: 128, limit: 127 }),
        }
    }

    /// Leaves out one relation after another as long as the rest stays impossible.
    fn least(&self, witness: Vec<(usize, i128)>) -> Vec<(usize, i128)> {
        let mut least = witness;
        let mut tried = Vec::new();
        while let Some((relation, _)) = least.iter().find(|(relation, _)| !tried.contains(relation)).copied() {
            tried.push(relation);
            let rest: Vec<usize> = least.iter().map(|(other, _)| *other).filter(|other| *other != relation).collect();
            if let Joint::Impossible(smaller) = self.only(&rest).search() {
                least = smaller.into_iter().map(|(at, times)| (rest[at], times)).collect();
            }
        }
        least
    }
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half_open(value: i128) -> Interval {
        Interval {
            low: Some(End { at: 2 * value - 1, open: false }),
            high: Some(End { at: 2 * value + 1, open: true }),
        }
    }

    fn system(values: &[i128], relations: &[&[(usize, i64)]]) -> System {
        System {
            intervals: values.iter().map(|value| half_open(*value)).collect(),
            printed: values.iter().map(|value| 2 * value).collect(),
            relations: relations.iter().map(|relation| relation.to_vec()).collect(),
        }
    }

    #[test]
    fn two_roundings_in_one_direction_are_possible() {
        let possible = system(&[10, 4, 5], &[&[(0, -1), (1, 1), (2, 1)]]);
        assert!(matches!(possible.solve(), Joint::Possible(_)));
        // Both at their upper ends would be needed, and the ends do not belong to them.
        let impossible = system(&[10, 4, 4], &[&[(0, -1), (1, 1), (2, 1)]]);
        assert_eq!(impossible.solve(), Joint::Impossible(vec![(0, 1)]));
    }

    #[test]
    fn a_half_open_end_decides() {
        // Doubled, a total of exactly 3 needs each of three parts of 1 at its lower end.
        let mut system = system(&[3, 1, 1, 1], &[&[(0, -1), (1, 1), (2, 1), (3, 1)]]);
        system.intervals[0] = Interval::exactly(3);
        assert!(matches!(system.solve(), Joint::Possible(_)));
        system.intervals[1].low = Some(End { at: 1, open: true });
        assert!(matches!(system.solve(), Joint::Impossible(_)));
    }

    #[test]
    fn rows_and_columns_that_pass_alone_may_be_impossible_together() {
        // Cells 3×3 of 1; rows say 4, columns say 2: each is one off, all together are six off.
        let mut values = vec![1_i128; 9];
        values.extend([4, 4, 4, 2, 2, 2]);
        let mut relations: Vec<Vec<(usize, i64)>> = Vec::new();
        for line in 0..3 {
            relations.push((0..3).map(|at| (3 * line + at, 1)).chain([(9 + line, -1)]).collect());
            relations.push((0..3).map(|at| (3 * at + line, 1)).chain([(12 + line, -1)]).collect());
        }
        let relations: Vec<&[(usize, i64)]> = relations.iter().map(Vec::as_slice).collect();
        let system = system(&values, &relations);
        for at in 0..6 {
            assert!(matches!(system.only(&[at]).solve(), Joint::Possible(_)), "relation {at} alone");
        }
        let Joint::Impossible(witness) = system.solve() else { panic!("possible") };
        let members: Vec<usize> = witness.iter().map(|(relation, _)| *relation).collect();
        assert_eq!(members.len(), 4, "two rows and two columns are enough: {witness:?}");
        for left_out in &members {
            let rest: Vec<usize> = members.iter().copied().filter(|at| at != left_out).collect();
            assert!(matches!(system.only(&rest).solve(), Joint::Possible(_)), "without {left_out}");
        }
    }
}
