//! How far a figure may move before a relation must notice: reckoned here from the operands
//! of the unchanged report, not by the code under test.

use crate::score::road::Run;
use gouji_model::{Check, Outcome, Printed, Reason, Role, Span, Unit, Verdict};
use gouji_understand::{Claim, ClaimKind, Direction};
use std::collections::BTreeMap;

/// Rules that say how much a figure must be. The others compare words, lists or order.
const EQUALITIES: [&str; 14] = [
    "mismatched-amount",
    "mismatched-change",
    "mismatched-count",
    "mismatched-parts",
    "mismatched-project-sum",
    "mismatched-repeat",
    "mismatched-split",
    "mismatched-tie",
    "mismatched-total",
    "mismatched-unchanged",
    "misplaced-amount",
    "unbalanced-budget",
    "unexpected-amount",
    "unexplained-change",
];

/// Relations of these rules that say no more than that one is at most the other, or is there at all.
const UNEQUAL: [&str; 2] = ["-ceiling", ".cover"];

/// Rules whose relation is a quotient.
const QUOTIENTS: [&str; 2] = ["mismatched-growth", "mismatched-share"];

/// Steps beyond which a quotient is not followed: a figure that far off is no slip of a digit.
const FURTHEST: i64 = 5_000;

/// The relations of a report by the places of their operands.
pub(super) struct Bounds<'a> {
    by_span: BTreeMap<Span, Vec<(&'static str, &'a Check)>>,
    claims: BTreeMap<Span, &'a Claim>,
}

impl<'a> Bounds<'a> {
    /// Indexes the relations of an unchanged run.
    pub fn of(run: &'a Run) -> Self {
        let names: BTreeMap<&str, &'static str> =
            gouji_check::rules().iter().map(|rule| (rule.code, rule.name)).collect();
        let mut by_span: BTreeMap<Span, Vec<_>> = BTreeMap::new();
        for relation in run.report.relations.iter().filter(|relation| !relation.code.starts_with("FRM")) {
            for check in &relation.checks {
                for span in check.terms.iter().filter_map(|term| term.span) {
                    by_span.entry(span).or_default().push((names.get(relation.code).copied().unwrap_or(""), check));
                }
            }
        }
        let claims = run.statement.claims.iter().map(|claim| (claim.span, claim)).collect();
        Self { by_span, claims }
    }

    /// The relations that speak of a place.
    pub fn relations(&self, span: Span) -> impl Iterator<Item = &(&'static str, &'a Check)> {
        self.by_span.get(&span).into_iter().flatten()
    }

    /// A relation of a place was decided.
    pub fn is_decided(&self, span: Span) -> bool {
        self.relations(span).any(|(_, check)| check.outcome.verdict() != Verdict::NotChecked)
    }

    /// Why the relations of a place were not checked.
    pub fn reason(&self, span: Span) -> Option<(&'a str, &'a Reason)> {
        self.relations(span).find_map(|(_, check)| match &check.outcome {
            Outcome::NotChecked(reason) => Some((check.key.as_str(), reason)),
            _ => None,
        })
    }

    /// The fewest units of its last digit by which the figure must move in a direction to
    /// break its tightest relation, and that relation; `None` when no relation says how much it is.
    pub fn step(&self, span: Span, figure: Printed, sign: i64) -> Option<(i64, &'a str)> {
        let step = |(rule, check): &(&'static str, &'a Check)| {
            self.step_of(rule, check, span, figure, sign).map(|step| (step, check.key.as_str()))
        };
        self.relations(span).filter_map(step).min()
    }

    /// Every decided relation of a place, with the least step that must break it.
    pub fn describe(&self, span: Span, figure: Printed, sign: i64) -> String {
        let mut said: Vec<String> = self
            .relations(span)
            .filter(|(_, check)| check.outcome.verdict() != Verdict::NotChecked)
            .map(|(rule, check)| match self.step_of(rule, check, span, figure, sign) {
                Some(step) => format!("{} at {step}", check.key),
                None => check.key.clone(),
            })
            .collect();
        said.sort();
        said.dedup();
        said.join(", ")
    }

    fn step_of(&self, rule: &str, check: &Check, span: Span, figure: Printed, sign: i64) -> Option<i64> {
        // Prose is compared with the nearest of several printings, so it does not hold each of them.
        let is_claim = self.claims.contains_key(&span);
        if rule == "mismatched-amount" && !is_claim || UNEQUAL.iter().any(|word| check.key.ends_with(word)) {
            return None;
        }
        // Of two printings one may be the rounded sum, the other the sum of what is printed below:
        // then the sum says how far they may differ, and it is a relation of its own.
        if rule == "mismatched-repeat" && check.terms.iter().filter_map(|term| term.span).any(|span| self.is_sum(span))
        {
            None
        } else if EQUALITIES.contains(&rule) {
            equality_step(check, span, figure)
        } else if QUOTIENTS.contains(&rule) {
            self.quotient_step(check, span, figure, sign)
        } else {
            None
        }
    }

    /// The figure at a place is the total of two or more printed figures.
    fn is_sum(&self, span: Span) -> bool {
        let counts = |check: &Check| {
            check.terms.iter().filter(|term| term.figure.is_some_and(|figure| !figure.is_zero())).count()
        };
        let is_total = |check: &Check| check.terms.first().is_some_and(|term| term.span == Some(span));
        self.relations(span).any(|(rule, check)| *rule == "mismatched-total" && is_total(check) && counts(check) > 2)
    }

    /// Moves the operand until rounding cannot explain the percentage any more.
    fn quotient_step(&self, check: &Check, span: Span, figure: Printed, sign: i64) -> Option<i64> {
        if check.outcome.verdict() == Verdict::NotChecked {
            return None;
        }
        let operand = |role: Role| check.terms.iter().find(|term| term.role == role);
        let moved = |steps: i64| Printed::new(figure.digits() + sign * steps, figure.decimals(), figure.unit()).ok();
        let at = |role: Role, steps: i64| {
            let term = operand(role)?;
            if term.span == Some(span) { moved(steps) } else { term.figure }
        };
        let base = operand(Role::Base)?;
        let direction = base.span.and_then(|span| match self.claims.get(&span)?.kind {
            ClaimKind::Change { direction, .. } => Some(direction),
            _ => None,
        });
        let is_growth = check.key.starts_with("narrative.growth");
        (1..FURTHEST).find(|steps| {
            let (Some(percent), Some(base), Some(other)) =
                (at(Role::Claim, *steps), at(Role::Base, *steps), at(Role::Other, *steps))
            else {
                return false;
            };
            let quotient = match (is_growth, direction) {
                (false, _) => Quotient { part: wide(base), whole: wide(other) },
                (true, Some(direction)) => Quotient::of_change(base, other, direction),
                (true, None) => Quotient::of_years(base, other),
            };
            !quotient.may_print(percent)
        })
    }
}

/// A sum of figures differs at most by half a unit of the last place of each that is not
/// zero. A difference that is there already may be made good first.
fn equality_step(check: &Check, span: Span, figure: Printed) -> Option<i64> {
    let there = match &check.outcome {
        Outcome::NotChecked(_) => return None,
        Outcome::Holds => 0,
        Outcome::Rounding { difference, .. } => difference.atoms().abs(),
        // What is broken is broken by another difference then.
        Outcome::Broken { .. } => return Some(1),
    };
    let figures: Vec<Printed> = check
        .terms
        .iter()
        .filter_map(|term| term.figure.filter(|figure| !figure.is_zero() || term.span == Some(span)))
        .collect();
    if figures.len() < 2 || figure.unit() == Unit::Count {
        return Some(1);
    }
    let slack: i128 = figures.iter().map(Printed::tick).sum();
    let tick = figure.tick().max(1);
    i64::try_from((slack + 2 * there + 2 * tick - 1) / (2 * tick)).ok()
}

/// Lowest and highest value of both terms of a quotient, in half parts.
struct Quotient {
    part: (i128, i128),
    whole: (i128, i128),
}

fn wide(figure: Printed) -> (i128, i128) {
    (2 * figure.atoms() - figure.tick(), 2 * figure.atoms() + figure.tick())
}

impl Quotient {
    /// A change over what there was before it.
    fn of_change(change: Printed, now: Printed, direction: Direction) -> Self {
        let (part, now) = (wide(change), wide(now));
        let whole = match direction {
            Direction::Up => (now.0 - part.1, now.1 - part.0),
            Direction::Down => (now.0 + part.0, now.1 + part.1),
        };
        Self { part, whole }
    }

    /// The difference of two years over the first.
    fn of_years(before: Printed, now: Printed) -> Self {
        let change = 2 * (now.atoms() - before.atoms()).abs();
        let tick = now.tick().max(before.tick());
        Self { part: (change - tick, change + tick), whole: wide(before) }
    }

    /// The printed percentage lies between the extremes, both rounded to its precision.
    fn may_print(&self, percent: Printed) -> bool {
        let round = |part: i128, whole: i128| {
            let scaled = part * 100 * 10_i128.pow(u32::from(percent.decimals()));
            (whole > 0).then(|| (2 * scaled + whole).div_euclid(2 * whole))
        };
        match (round(self.part.0, self.whole.1), round(self.part.1, self.whole.0)) {
            (Some(low), Some(high)) => (low..=high).contains(&i128::from(percent.digits().abs())),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Printed {
        Printed::parse(text, Unit::TenThousand).unwrap()
    }

    #[test]
    fn a_percentage_may_be_printed_where_rounding_explains_it() {
        let growth = Quotient::of_change(money("5"), money("43"), Direction::Up);
        let percent = |text: &str| Printed::parse(text, Unit::Percent).unwrap();
        assert!(growth.may_print(percent("13.2")) && growth.may_print(percent("14.9")));
        assert!(!growth.may_print(percent("10.4")));
        let share = Quotient { part: wide(money("8751")), whole: wide(money("51447")) };
        assert!(share.may_print(percent("17")) && !share.may_print(percent("18")));
    }

    #[test]
    fn a_sole_part_leaves_no_room_and_two_leave_one_unit() {
        let term = |text: &str, start: u32| gouji_model::Term {
            role: Role::Part,
            label: String::new(),
            figure: Some(money(text)),
            span: Some(Span { file: 0, start, end: start + 1 }),
            cell: None,
        };
        let mut check = Check {
            key: String::new(),
            outcome: Outcome::Holds,
            level: gouji_model::Level::Error,
            terms: vec![term("3", 0), term("3", 1)],
            expected: None,
            words: Vec::new(),
        };
        let span = Span { file: 0, start: 0, end: 1 };
        assert_eq!(equality_step(&check, span, money("3")), Some(1));
        check.terms.push(term("1", 2));
        assert_eq!(equality_step(&check, span, money("3")), Some(2));
    }
}
