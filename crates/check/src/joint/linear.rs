//! Which instances of relations are linear, and how: Σ left = Σ right over printed figures.

use crate::engine::Found;
use crate::rule::Rule;
use gouji_model::{Check, FileId, Level, Outcome, Printed, Role, Span, Verdict};
use gouji_understand::Statement;

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

/// Zeros of rows without an item of their own: nothing at all, not a rounded something.
pub(crate) struct Zeros {
    structural: Vec<Span>,
}

/// How a rule's operands make an equation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The first is the sum of the others.
    FirstIsSum,
    /// As before; the other half of the split is shown, not added.
    Split,
    /// The claim is the figure of the table.
    Claimed,
    /// Totals on the left, the others on the right.
    Tie,
    /// The year before is the year itself.
    Unchanged,
    /// A cell that must be zero.
    Zero,
}

impl Form {
    /// By the name of the rule: only these say how much a figure is and not only whether it is there.
    fn of(rule: &Rule) -> Option<Form> {
        Some(match rule.name {
            "mismatched-total"
            | "unbalanced-budget"
            | "mismatched-repeat"
            | "mismatched-project-sum"
            | "mismatched-parts" => Form::FirstIsSum,
            "mismatched-amount" => Form::Claimed,
            "mismatched-split" => Form::Split,
            "mismatched-tie" => Form::Tie,
            "mismatched-unchanged" => Form::Unchanged,
            "misplaced-amount" => Form::Zero,
            _ => return None,
        })
    }

    /// On which side an operand stands; `None` when it takes no part.
    fn is_left(self, check: &Check, at: usize) -> Option<bool> {
        let role = check.terms[at].role;
        match self {
            Form::Split if role == Role::Base => None,
            Form::Unchanged if role == Role::Claim => None,
            Form::FirstIsSum | Form::Split => Some(at == 0),
            Form::Claimed => Some(role == Role::Claim),
            Form::Tie => Some(role == Role::Total),
            Form::Unchanged => Some(role == Role::Base),
            Form::Zero => Some(true),
        }
    }

    /// An instance that is no equation.
    fn is_other_kind(self, check: &Check) -> bool {
        match self {
            // A code without a project is no sum.
            Form::FirstIsSum => check.key == "projects.cover",
            // Ceilings, parts of a whole, and relations that no form declares say less than equality.
            Form::Tie => check.words.first().is_none_or(|word| !word.is_empty()) || check.level == Level::Info,
            // 持平 beside a percentage is a matter of words.
            Form::Unchanged => check.words.first().is_some_and(|word| word == "growth"),
            _ => false,
        }
    }
}

/// The equations among the instances of all rules; figures of last year's report, which begins with the file `prior`, are no part of them.
pub(crate) fn linear(found: &[Found], prior: Option<FileId>) -> Vec<Linear<'_>> {
    let is_own = |check: &&Check| {
        let beyond = |span: Span| prior.is_some_and(|first| span.file >= first);
        !check.terms.iter().any(|term| term.span.is_some_and(beyond))
    };
    let mut all = Vec::new();
    for (rule, checks) in found {
        if let Some(form) = Form::of(rule) {
            all.extend(checks.iter().filter(is_own).filter_map(|check| Linear::of(rule, form, check)));
        }
    }
    all
}

impl<'a> Linear<'a> {
    /// The equation of an instance; `None` when it is none or was not decided.
    fn of(rule: &'static Rule, form: Form, check: &'a Check) -> Option<Linear<'a>> {
        if check.outcome.verdict() == Verdict::NotChecked || form.is_other_kind(check) {
            return None;
        }
        let mut members = Vec::with_capacity(check.terms.len());
        for (at, term) in check.terms.iter().enumerate() {
            if let (Some(left), Some(figure), Some(span)) = (form.is_left(check, at), term.figure, term.span) {
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
        let zeros = statement.facts.iter().filter(|fact| fact.figure.is_zero() && !fact.listed);
        let mut structural: Vec<Span> = zeros.map(|fact| fact.span).collect();
        structural.sort_unstable();
        Zeros { structural }
    }

    /// The figure is nothing at all: a zero of a row without an item.
    pub(crate) fn is_structural(&self, span: Span, figure: &Printed) -> bool {
        figure.is_zero() && self.structural.binary_search(&span).is_ok()
    }
}
