//! All linear relations of a report at once: sets that pass one by one and cannot all be true.
//!
//! [`System::solve`] is the bare test over intervals; it answers with values or with multipliers,
//! and either can be verified without it (`cargo xtask joint` does).

mod convention;
mod linear;
mod ratio;
mod simplex;
mod system;

pub use convention::system_of;
pub use ratio::Ratio;
pub use system::{End, Interval, Joint, Limit, System};

pub(crate) use linear::{Linear, Member, Zeros, linear};

use crate::context::{Context, FACTS_KEPT, unchecked};
use gouji_model::{Check, Level, Outcome, Reason, Role, Term};
use std::collections::BTreeSet;

/// Contradictions that are shown: each is a matter for a person.
const MOST_SHOWN: usize = 5;

/// The key of the joint test.
const KEY: &str = "joint.rounding";

/// Tests whether everything that passes alone can be true together.
pub(crate) fn test(context: &Context, relations: &[Linear]) -> Vec<Check> {
    let facts = context.statement.facts.len();
    if relations.is_empty() {
        let reason = Reason::NoFigure("加总 sums".into());
        return if facts == 0 { Vec::new() } else { vec![unchecked(KEY, Level::Warning, reason, Vec::new())] };
    }
    if facts > FACTS_KEPT {
        let reason = Reason::TooMany { found: facts, limit: FACTS_KEPT };
        return vec![unchecked(KEY, Level::Warning, reason, Vec::new())];
    }
    // What the printed figures meet exactly they can meet together.
    let rounded = |relation: &Linear| matches!(relation.check.outcome, Outcome::Rounding { .. });
    if !relations.iter().any(rounded) {
        return vec![holds()];
    }
    let drawn = convention::draw(relations, &Zeros::of(context.statement));
    let mut checks = Vec::new();
    for part in drawn.system.components() {
        if part.iter().all(|relation| drawn.system.is_exact(*relation)) {
            continue;
        }
        decide(context, &drawn, part, relations, &mut checks);
    }
    if checks.is_empty() { vec![holds()] } else { checks }
}

/// One part of the system: the contradictions found in it one after another.
fn decide(
    context: &Context,
    drawn: &convention::Drawn,
    mut part: Vec<usize>,
    relations: &[Linear],
    checks: &mut Vec<Check>,
) {
    while checks.len() < MOST_SHOWN {
        match drawn.system.only(&part).solve() {
            Joint::Possible(_) => return,
            Joint::GivenUp(Limit { found, limit }) => {
                checks.push(unchecked(KEY, Level::Warning, Reason::TooMany { found, limit }, Vec::new()));
                return;
            }
            Joint::Impossible(witness) => {
                let members: Vec<usize> = witness.iter().map(|(at, _)| part[*at]).collect();
                let origin: Vec<&Linear> = members.iter().map(|at| &relations[drawn.origin[*at]]).collect();
                checks.push(contradiction(context, &origin));
                part.retain(|at| !members.contains(at));
            }
        }
    }
}

fn holds() -> Check {
    Check {
        key: KEY.into(),
        outcome: Outcome::Holds,
        level: Level::Warning,
        terms: Vec::new(),
        expected: None,
        words: Vec::new(),
    }
}

/// Relations that exclude each other: every figure of them once, the keys and sums as words.
fn contradiction(context: &Context, relations: &[&Linear]) -> Check {
    let (mut terms, mut seen): (Vec<Term>, BTreeSet<_>) = (Vec::new(), BTreeSet::new());
    let totals = relations.iter().filter_map(|relation| relation.check.terms.first());
    let all = totals.chain(relations.iter().flat_map(|relation| &relation.check.terms));
    for term in all.filter(|term| term.figure.is_some()) {
        if term.span.is_some_and(|span| seen.insert(span)) {
            // Parts of several sums at once: nothing here is one sum.
            let role = if term.role == Role::Part { Role::Other } else { term.role };
            // The operands of what holds have no name yet.
            let named =
                |cell| if term.label.is_empty() { context.statement.cell_label(cell) } else { term.label.clone() };
            terms.push(Term { role, label: term.cell.map_or(term.label.clone(), named), ..term.clone() });
        }
    }
    let sums = relations.iter().flat_map(|relation| [relation.check.key.clone(), sum(relation)]);
    let words = std::iter::once(relations.len().to_string()).chain(sums).collect();
    let outcome = Outcome::Broken { difference: None };
    Check { key: KEY.into(), outcome, level: Level::Warning, terms, expected: None, words }
}

/// `9 ≈ 3 + 3 + 2`, as printed.
fn sum(relation: &Linear) -> String {
    let side = |sign: i64| {
        let own = relation.members.iter().filter(|member| member.sign == sign && !member.figure.is_zero());
        let figures: Vec<String> = own.map(|member| member.figure.to_string()).collect();
        match figures.len() {
            0 => "0".into(),
            1..=6 => figures.join(" + "),
            count => format!("{} + … + {}", figures[..4].join(" + "), figures[count - 1]),
        }
    };
    let sign = if relation.check.outcome == Outcome::Holds { "=" } else { "≈" };
    format!("{} {sign} {}", side(-1), side(1))
}
