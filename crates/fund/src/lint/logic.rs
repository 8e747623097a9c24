//! Whether tests can hold together, by the sets of values that their comparisons leave.
//!
//! What is found impossible is impossible; what is found possible may rest on values that no applicant has together.

use super::ranges::Ranges;
use crate::policy::{Compare, Condition, Operand, Side, Span, Test, Value};
use std::cmp::Ordering;

/// What a comparison is about.
#[derive(Clone, Debug, PartialEq)]
enum Subject {
    Number(Value),
    Pair(Value, Value),
    Word(Operand),
    Flag(Operand),
    Months(Operand, Operand),
}

/// The values that a comparison leaves.
#[derive(Clone, Debug, PartialEq)]
enum Set {
    Range(Range),
    /// Bits for less, equal, more.
    Order(u8),
    Words(Vec<String>),
    OtherWords(Vec<String>),
    Flags(u8),
}

/// Quotients between two bounds; a bound that is open does not belong.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Range {
    pub low: Option<Bound>,
    pub high: Option<Bound>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bound {
    pub at: (i128, i128),
    pub is_closed: bool,
}

pub(super) fn order(one: (i128, i128), other: (i128, i128)) -> Ordering {
    (one.0 * other.1).cmp(&(other.0 * one.1))
}

/// A formula in which *not* stands nowhere.
#[derive(Clone, Debug)]
pub(super) enum Claim {
    Atom(Box<Atom>),
    All(Vec<Claim>),
    Any(Vec<Claim>),
}

#[derive(Clone, Debug)]
pub(super) struct Atom {
    subject: Subject,
    set: Set,
}

/// That a condition holds, its `when` thought of.
pub(super) fn met(condition: &Condition) -> Claim {
    let holds = claim(&condition.test, true);
    match &condition.when {
        None => holds,
        Some(when) => Claim::Any(vec![claim(when, false), holds]),
    }
}

/// That a condition fails.
pub(super) fn broken(condition: &Condition) -> Claim {
    let fails = claim(&condition.test, false);
    match &condition.when {
        None => fails,
        Some(when) => Claim::All(vec![claim(when, true), fails]),
    }
}

/// That a test holds, or does not.
pub(super) fn claim(test: &Test, wanted: bool) -> Claim {
    match test {
        Test::Not(inside) => claim(inside, !wanted),
        Test::All(tests) | Test::Any(tests) => {
            let each = tests.iter().map(|test| claim(test, wanted)).collect();
            if matches!(test, Test::All(_)) == wanted { Claim::All(each) } else { Claim::Any(each) }
        }
        Test::Compare { left, how: Compare::Equal, right } if !wanted => {
            let either = [Compare::Below, Compare::Above];
            Claim::Any(either.map(|how| Claim::Atom(Box::new(compared(left, how, right)))).to_vec())
        }
        Test::Compare { left, how, right } => {
            Claim::Atom(Box::new(compared(left, if wanted { *how } else { turned(*how) }, right)))
        }
        Test::Among { left, words, side } => {
            let is_inside = (*side == Side::Inside) == wanted;
            let set = if is_inside { Set::Words(words.clone()) } else { Set::OtherWords(words.clone()) };
            Claim::Atom(Box::new(Atom { subject: Subject::Word(left.clone()), set }))
        }
        Test::Is { left, answer } => {
            let bits = if (*answer == Side::Inside) == wanted { 2 } else { 1 };
            Claim::Atom(Box::new(Atom { subject: Subject::Flag(left.clone()), set: Set::Flags(bits) }))
        }
        Test::Months { from, to, how, months } => {
            let atom = |how: Compare, months: i128| {
                let set = Set::Range(range(how, (months, 1)));
                Claim::Atom(Box::new(Atom { subject: Subject::Months(from.clone(), to.clone()), set }))
            };
            let months = i128::from(*months);
            match (how, wanted) {
                // At most so many months, and no end before the start.
                (Span::AtMost, true) => Claim::All(vec![atom(Compare::AtLeast, 0), atom(Compare::AtMost, months)]),
                (Span::AtMost, false) => Claim::Any(vec![atom(Compare::Below, 0), atom(Compare::Above, months)]),
                (Span::AtLeast, true) => atom(Compare::AtLeast, months),
                (Span::AtLeast, false) => atom(Compare::Below, months),
            }
        }
    }
}

const fn turned(how: Compare) -> Compare {
    match how {
        Compare::AtLeast => Compare::Below,
        Compare::Above => Compare::AtMost,
        Compare::AtMost => Compare::Above,
        Compare::Below | Compare::Equal => Compare::AtLeast,
    }
}

fn compared(left: &Value, how: Compare, right: &Value) -> Atom {
    match right {
        Value::Plain(Operand::Literal(literal)) => {
            let mut range = range(how, crate::probe::number(literal));
            let is_whole = matches!(left, Value::Plain(_)) && range.low.or(range.high).is_some_and(|b| b.at.1 == 1);
            if is_whole && !matches!(literal, crate::policy::Literal::Ratio(_)) {
                range = closed(range);
            }
            Atom { subject: Subject::Number(left.clone()), set: Set::Range(range) }
        }
        _ => {
            let bits = match how {
                Compare::AtLeast => 6,
                Compare::Above => 4,
                Compare::AtMost => 3,
                Compare::Below => 1,
                Compare::Equal => 2,
            };
            Atom { subject: Subject::Pair(left.clone(), right.clone()), set: Set::Order(bits) }
        }
    }
}

fn range(how: Compare, at: (i128, i128)) -> Range {
    let bound = |is_closed| Some(Bound { at, is_closed });
    match how {
        Compare::AtLeast => Range { low: bound(true), high: None },
        Compare::Above => Range { low: bound(false), high: None },
        Compare::AtMost => Range { low: None, high: bound(true) },
        Compare::Below => Range { low: None, high: bound(false) },
        Compare::Equal => Range { low: bound(true), high: bound(true) },
    }
}

/// Whole numbers: above five is from six on.
fn closed(range: Range) -> Range {
    let to = |bound: Option<Bound>, step: i128| {
        bound.map(|bound| match bound.is_closed {
            true => bound,
            false => Bound { at: (bound.at.0 + step, 1), is_closed: true },
        })
    };
    Range { low: to(range.low, 1), high: to(range.high, -1) }
}

/// What is known so far of each subject.
type Known = Vec<(Subject, Set)>;

/// Whether claims can hold together.
pub(super) fn is_possible(claims: &[Claim], ranges: &Ranges) -> bool {
    let mut budget = 20_000_u32;
    possible(&mut claims.to_vec(), Vec::new(), ranges, &mut budget)
}

fn possible(todo: &mut Vec<Claim>, mut known: Known, ranges: &Ranges, budget: &mut u32) -> bool {
    *budget = budget.saturating_sub(1);
    if *budget == 0 {
        return true;
    }
    let mut choices = Vec::new();
    while let Some(claim) = todo.pop() {
        match claim {
            Claim::All(claims) => todo.extend(claims),
            Claim::Any(claims) => choices.push(claims),
            Claim::Atom(atom) => {
                if !narrow(&mut known, *atom, ranges) {
                    return false;
                }
            }
        }
    }
    let Some(choice) = choices.pop() else { return true };
    choice.into_iter().any(|claim| {
        let mut todo: Vec<Claim> = choices.iter().cloned().map(Claim::Any).chain([claim]).collect();
        possible(&mut todo, known.clone(), ranges, budget)
    })
}

/// Narrows what is known; false when nothing is left.
fn narrow(known: &mut Known, atom: Atom, ranges: &Ranges) -> bool {
    let place = known.iter().position(|(subject, _)| *subject == atom.subject);
    let place = place.unwrap_or_else(|| {
        let all = match (&atom.subject, &atom.set) {
            (Subject::Number(value), _) => Set::Range(ranges.of_value(value)),
            (_, Set::Order(_)) => Set::Order(7),
            (_, Set::Flags(_)) => Set::Flags(3),
            (_, Set::Range(_)) => Set::Range(Range::default()),
            _ => Set::OtherWords(Vec::new()),
        };
        known.push((atom.subject.clone(), all));
        known.len() - 1
    });
    let (set, is_left) = both(&known[place].1, &atom.set);
    known[place].1 = set;
    is_left
}

fn both(one: &Set, other: &Set) -> (Set, bool) {
    match (one, other) {
        (Set::Range(one), Set::Range(other)) => {
            let low = pick(one.low, other.low, Ordering::Greater);
            let high = pick(one.high, other.high, Ordering::Less);
            let is_left = low.zip(high).is_none_or(|(low, high)| match order(low.at, high.at) {
                Ordering::Less => true,
                Ordering::Equal => low.is_closed && high.is_closed,
                Ordering::Greater => false,
            });
            (Set::Range(Range { low, high }), is_left)
        }
        (Set::Order(one), Set::Order(other)) => (Set::Order(one & other), one & other != 0),
        (Set::Flags(one), Set::Flags(other)) => (Set::Flags(one & other), one & other != 0),
        (Set::Words(one), Set::Words(other)) => {
            let left: Vec<String> = one.iter().filter(|word| other.contains(word)).cloned().collect();
            let is_left = !left.is_empty();
            (Set::Words(left), is_left)
        }
        (Set::Words(words), Set::OtherWords(others)) | (Set::OtherWords(others), Set::Words(words)) => {
            let left: Vec<String> = words.iter().filter(|word| !others.contains(word)).cloned().collect();
            let is_left = !left.is_empty();
            (Set::Words(left), is_left)
        }
        (Set::OtherWords(one), Set::OtherWords(other)) => {
            (Set::OtherWords(one.iter().chain(other).cloned().collect()), true)
        }
        _ => (one.clone(), true),
    }
}

/// The narrower bound.
fn pick(one: Option<Bound>, other: Option<Bound>, narrower: Ordering) -> Option<Bound> {
    let (Some(left), Some(right)) = (one, other) else { return one.or(other) };
    match order(left.at, right.at) {
        Ordering::Equal => Some(if left.is_closed { right } else { left }),
        found if found == narrower => Some(left),
        _ => Some(right),
    }
}
