//! Which instances of relations are linear, and how: Σ left = Σ right over printed figures.

use crate::rule::Rule;
use gouji_model::{Check, Level, Outcome, Printed, Role, Span, Verdict};
use gouji_understand::Statement;
use std::collections::BTreeMap;

/// A relation that says how much a sum of printed figures is.
pub(crate) struct Linear<'a> {
    /// The rule that decides it.
    pub rule: &'static Rule,
    /// The instance.
    pub check: &'a Check,
    /// The figures that count, each with its sign; left ones negative, the first is the total.
    pub members: Vec<Member>,
}

/// A figure in a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Where it stands.
    pub span: Span,
    /// As printed.
    pub figure: Printed,
    /// −1 on the left, 1 on the right.
    pub sign: i64,
}

/// Zeros of rows that have an item of their own: they may be a rounded something.
pub(crate) struct Zeros {
    listed: BTreeMap<Span, bool>,
}

/// How the members of a relation are told from their roles; by the name of the rule, because
/// only these rules say how much a figure is and not only whether it is there.
fn is_left(rule: &str, check: &Check, at: usize) -> Option<bool> {
    let role = check.terms[at].role;
    match rule {
        "mismatched-total"
        | "unbalanced-budget"
        | "mismatched-repeat"
        | "mismatched-project-sum"
        | "mismatched-parts" => Some(at == 0),
        "mismatched-amount" => Some(role == Role::Claim),
        // The other half of the split is shown, not added.
        "mismatched-split" if role == Role::Base => None,
        "mismatched-split" => Some(at == 0),
        "mismatched-tie" => Some(role == Role::Total),
        "mismatched-unchanged" if role == Role::Claim => None,
        "mismatched-unchanged" => Some(role == Role::Base),
        // The cell that must be zero is the whole left side.
        "misplaced-amount" => Some(true),
        _ => None,
    }
}

/// An instance of a linear rule that is no equation.
fn is_other_kind(rule: &str, check: &Check) -> bool {
    let counted = check.terms.iter().filter(|term| term.figure.is_some()).count();
    match rule {
        "mismatched-project-sum" => check.expected.is_none() && counted < 2,
        // Ceilings, parts of a whole, and relations that no form declares say less than equality.
        "mismatched-tie" => check.words.first().is_none_or(|word| !word.is_empty()) || check.level == Level::Info,
        // 持平 beside a percentage is a matter of words.
        "mismatched-unchanged" => check.words.first().is_some_and(|word| word == "growth"),
        _ => false,
    }
}

impl<'a> Linear<'a> {
    /// The equation of an instance; `None` when it is none or was not decided.
    pub(crate) fn of(rule: &'static Rule, check: &'a Check) -> Option<Linear<'a>> {
        if check.outcome.verdict() == Verdict::NotChecked || is_other_kind(rule.name, check) {
            return None;
        }
        let mut members = Vec::with_capacity(check.terms.len());
        for (at, term) in check.terms.iter().enumerate() {
            if let (Some(left), Some(figure), Some(span)) = (is_left(rule.name, check, at), term.figure, term.span) {
                members.push(Member { span, figure, sign: if left { -1 } else { 1 } });
            }
        }
        (!members.is_empty()).then_some(Linear { rule, check, members })
    }

    /// The relation did not hold.
    pub(crate) fn is_broken(&self) -> bool {
        matches!(self.check.outcome, Outcome::Broken { .. })
    }

    /// Two words for one figure: they agree as printed or not at all.
    pub(crate) fn is_strict(&self) -> bool {
        matches!(self.rule.name, "mismatched-unchanged" | "misplaced-amount")
    }
}

impl Zeros {
    /// Looks up the rows of a statement.
    pub(crate) fn of(statement: &Statement) -> Zeros {
        let zeros = statement.facts.iter().filter(|fact| fact.figure.is_zero());
        Zeros { listed: zeros.map(|fact| (fact.span, fact.listed)).collect() }
    }

    /// The figure is nothing at all: a zero of a row without an item.
    pub(crate) fn is_structural(&self, span: Span, figure: &Printed) -> bool {
        figure.is_zero() && self.listed.get(&span) == Some(&false)
    }
}
