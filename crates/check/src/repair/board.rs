//! Linear relations by the cells they speak of, and what a change of one cell does to them.

use super::slip::{Slip, slip};
use crate::joint::{Linear, Member, Zeros};
use gouji_model::{Printed, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A figure with another value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub span: Span,
    pub old: Printed,
    pub new: Printed,
}

/// How good a change is: a greater one is likelier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Broken relations that hold after it.
    explained: usize,
    /// No amount becomes negative that was not.
    plain: bool,
    /// The figure printed for the same fact elsewhere.
    twins: usize,
    slip: Slip,
    /// Relations that hold after it only within rounding, and did not so before.
    strained: std::cmp::Reverse<usize>,
    /// Relations that hold exactly after it.
    confirmed: usize,
}

/// What a relation comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Exact,
    Within,
    Broken,
}

/// Cells of one cause that are tried.
const MOST_CELLS: usize = 400;
/// Values of one cell that are tried one by one.
const MOST_VALUES: i128 = 40;
/// First halves of pairs that are tried.
const MOST_FIRST: usize = 200;

pub(super) struct Board<'a> {
    relations: &'a [Linear<'a>],
    zeros: &'a Zeros,
    by_span: BTreeMap<Span, Vec<usize>>,
    /// How far off a relation is that holds by a bound of its own: it may not get worse.
    own_bound: BTreeMap<usize, i128>,
}

impl<'a> Board<'a> {
    pub(super) fn new(relations: &'a [Linear<'a>], zeros: &'a Zeros) -> Board<'a> {
        let mut by_span: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
        for (at, relation) in relations.iter().enumerate() {
            let spans: BTreeSet<Span> = relation.members.iter().map(|member| member.span).collect();
            spans.into_iter().for_each(|span| by_span.entry(span).or_default().push(at));
        }
        let mut board = Board { relations, zeros, by_span, own_bound: BTreeMap::new() };
        for (at, relation) in relations.iter().enumerate() {
            if !relation.is_broken() && board.state(at, &[]) == State::Broken {
                board.own_bound.insert(at, gap(&relation.members, &[]).abs());
            }
        }
        board
    }

    pub(super) fn relation(&self, at: usize) -> &Linear<'a> {
        &self.relations[at]
    }

    pub(super) fn broken(&self) -> impl Iterator<Item = (usize, &Linear<'a>)> {
        self.relations.iter().enumerate().filter(|(_, relation)| relation.is_broken())
    }

    /// A sum or a repeat: it cannot be broken for a reason of its own.
    pub(super) fn is_hard(&self, at: usize) -> bool {
        !matches!(self.relations[at].rule.name, "misplaced-amount" | "mismatched-tie" | "mismatched-unchanged")
    }

    /// The figures that stand in some relations.
    fn cells(&self, own: &BTreeSet<usize>) -> BTreeMap<Span, Printed> {
        let members = own.iter().flat_map(|at| &self.relations[*at].members);
        members.map(|member| (member.span, member.figure)).collect()
    }

    /// Changes of one figure that mend all of `own` and break nothing, likeliest first.
    /// `done` are changes already made.
    pub(super) fn singles(&self, own: &BTreeSet<usize>, done: &[Move]) -> Vec<Move> {
        let cells = self.cells(own);
        if cells.len() > MOST_CELLS {
            return Vec::new();
        }
        let mut ranked: Vec<(Rank, Move)> = cells
            .into_iter()
            .filter(|(span, _)| done.iter().all(|one| one.span != *span))
            .filter(|(span, _)| own.iter().all(|at| self.by_span[span].contains(at)))
            .filter_map(|(span, old)| self.best(span, old, &self.needed(span, own), done))
            .collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.span.cmp(&b.1.span)));
        ranked.into_iter().map(|(_, one)| one).collect()
    }

    /// The relations that a change of a figure must leave whole: all of `own`, and what held.
    fn needed(&self, span: Span, own: &BTreeSet<usize>) -> Vec<usize> {
        let all = self.by_span[&span].iter().copied();
        all.filter(|at| own.contains(at) || !self.relations[*at].is_broken()).collect()
    }

    /// Changes of two figures: the first mends some and breaks nothing, the second mends the rest.
    pub(super) fn pairs(&self, own: &BTreeSet<usize>) -> Vec<Vec<Move>> {
        let cells = self.cells(own);
        let (mut pairs, mut seen) = (Vec::new(), BTreeSet::new());
        if cells.len() > MOST_CELLS {
            return Vec::new();
        }
        let firsts = cells.into_iter().flat_map(|(span, old)| self.firsts(span, old, own));
        for (rank, first) in firsts.take(MOST_FIRST) {
            let rest: BTreeSet<usize> =
                own.iter().copied().filter(|at| self.state(*at, &[first]) == State::Broken).collect();
            if rest.is_empty() {
                continue;
            }
            for second in self.singles(&rest, &[first]) {
                let key = BTreeSet::from([first.span, second.span]);
                if seen.insert(key) {
                    let other = self.rank(&second, &[first]);
                    let both = (rank.plain && other.plain, rank.slip.min(other.slip), rank.slip.max(other.slip));
                    pairs.push(((both, std::cmp::Reverse(rank.strained.0 + other.strained.0)), vec![first, second]));
                }
            }
        }
        pairs.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        pairs.into_iter().map(|(_, pair)| pair).collect()
    }

    /// Values of a figure that mend some of `own` exactly and break nothing that held.
    fn firsts(&self, span: Span, old: Printed, own: &BTreeSet<usize>) -> Vec<(Rank, Move)> {
        let (broken, held): (Vec<usize>, Vec<usize>) =
            self.needed(span, own).into_iter().partition(|at| own.contains(at));
        let mut found: Vec<(Rank, Move)> =
            broken.iter().filter_map(|at| self.best(span, old, &[&[*at], held.as_slice()].concat(), &[])).collect();
        found.dedup_by_key(|(_, one)| *one);
        found
    }

    /// The likeliest value of a figure with which all of `needed` hold.
    fn best(&self, span: Span, old: Printed, needed: &[usize], done: &[Move]) -> Option<(Rank, Move)> {
        let (mut low, mut high) = (i128::MIN, i128::MAX);
        let mut exact = BTreeSet::new();
        for at in needed {
            let (middle, room) = self.range(*at, span, done)?;
            (low, high) = (low.max(middle - room), high.min(middle + room));
            exact.insert(middle);
        }
        let place = old.tick().max(1);
        let (first, last) = (low.div_euclid(place) + i128::from(low.rem_euclid(place) != 0), high.div_euclid(place));
        // In a wide range only the values count with which a relation holds exactly.
        let mut digits: BTreeSet<i128> = if last - first <= MOST_VALUES {
            (first..=last).collect()
        } else {
            let on_grid = exact.into_iter().map(|value| value.div_euclid(place));
            on_grid.filter(|value| (first..=last).contains(value)).collect()
        };
        if first <= last && digits.is_empty() {
            digits.extend([first, last, first + (last - first) / 2]);
        }
        let moves = digits.into_iter().filter_map(|digits| {
            let new = Printed::new(i64::try_from(digits).ok()?, old.decimals(), old.unit()).ok()?;
            (new != old).then_some(Move { span, old, new })
        });
        let holds = |one: &Move| needed.iter().all(|at| self.state(*at, &with(done, *one)) != State::Broken);
        moves.filter(holds).map(|one| (self.rank(&one, done), one)).max_by_key(|(rank, _)| *rank)
    }

    /// The value of a figure with which a relation holds exactly, and how far it may be off.
    fn range(&self, at: usize, span: Span, done: &[Move]) -> Option<(i128, i128)> {
        let relation = &self.relations[at];
        let times: i64 = relation.members.iter().filter(|member| member.span == span).map(|member| member.sign).sum();
        let own = relation.members.iter().find(|member| member.span == span)?;
        if times.abs() != 1 {
            return None;
        }
        let without = gap(&relation.members, done) - i128::from(times) * own.figure.atoms();
        let slack = self.slack(relation, done, Some(span));
        let room = if relation.is_strict() { 0 } else { ((slack + 1) / 2 - 1).max(0) };
        Some((-i128::from(times) * without, room.max(self.own_bound.get(&at).copied().unwrap_or(0))))
    }

    /// The sum of the widths of all figures that count; one that changes counts.
    fn slack(&self, relation: &Linear, done: &[Move], changing: Option<Span>) -> i128 {
        let counts = |at: usize, member: &Member| {
            let now = figure(member, done);
            at == 0 || Some(member.span) == changing || !now.is_zero() || !self.zeros.is_structural(member.span, &now)
        };
        let members = relation.members.iter().enumerate();
        members.filter(|(at, member)| counts(*at, member)).map(|(_, member)| member.figure.tick()).sum()
    }

    fn state(&self, at: usize, moves: &[Move]) -> State {
        let relation = &self.relations[at];
        let gap = gap(&relation.members, moves).abs();
        if gap == 0 {
            State::Exact
        } else if !relation.is_strict() && 2 * gap < self.slack(relation, moves, None)
            || self.own_bound.get(&at).is_some_and(|bound| gap <= *bound)
        {
            State::Within
        } else {
            State::Broken
        }
    }

    fn rank(&self, one: &Move, done: &[Move]) -> Rank {
        let all = with(done, *one);
        let mut rank = Rank {
            explained: 0,
            plain: one.new.digits() >= 0 || one.old.digits() < 0,
            twins: 0,
            slip: slip(&one.old, &one.new),
            strained: std::cmp::Reverse(0),
            confirmed: 0,
        };
        for at in &self.by_span[&one.span] {
            let (before, after) = (self.state(*at, done), self.state(*at, &all));
            rank.explained += usize::from(before == State::Broken && after != State::Broken);
            rank.strained.0 += usize::from(before != State::Within && after == State::Within);
            rank.confirmed += usize::from(after == State::Exact);
            rank.twins += usize::from(after == State::Exact && self.is_twin(*at));
        }
        rank
    }

    /// Two printings of one fact.
    fn is_twin(&self, at: usize) -> bool {
        let relation = &self.relations[at];
        relation.members.len() == 2 && matches!(relation.rule.name, "mismatched-repeat" | "mismatched-amount")
    }
}

fn with(done: &[Move], one: Move) -> Vec<Move> {
    done.iter().copied().chain([one]).collect()
}

fn figure(member: &Member, moves: &[Move]) -> Printed {
    moves.iter().find(|one| one.span == member.span).map_or(member.figure, |one| one.new)
}

/// Right side less left side.
fn gap(members: &[Member], moves: &[Move]) -> i128 {
    members.iter().map(|member| i128::from(member.sign) * figure(member, moves).atoms()).sum()
}
