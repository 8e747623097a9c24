//! A stated percentage of growth is not that of the stated amounts.
//!
//! ---
//! 文字里的增减百分比与所说的金额算不上。

use crate::context::{Context, claim_term, fact_term, unchecked};
use crate::narrative::{Movement, PercentTest, claim_tag, growth_test, movements};
use crate::phrase::{expected, figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Coordinates, Lang, Level, Outcome, Printed, Reason, Role, Term, Wording};
use gouji_understand::{Claim, ClaimKind, Direction};

pub(crate) static RULE: Rule = Rule {
    code: "NAR103",
    name: "mismatched-growth",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.growth", "text")],
    find,
    say,
    source: include_str!("mismatched_growth.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let movements = movements(context);
    for movement in &movements {
        if let (Some((growth, _, percent)), Some((now, amount))) = (movement.growth, movement.now) {
            let test = growth_test(amount, movement.amount, movement.direction, percent);
            let terms = vec![
                claim_term(context, Role::Claim, growth),
                claim_term(context, Role::Base, movement.change),
                claim_term(context, Role::Other, now),
            ];
            checks.push(percent_check(key(growth), percent, &test, terms));
        }
    }
    for claim in &context.statement.claims {
        let with_change = movements.iter().any(|movement: &Movement| {
            movement.now.is_some() && movement.growth.is_some_and(|(growth, _, _)| std::ptr::eq(growth, claim))
        });
        if let (ClaimKind::Growth { direction, percent, .. }, false) = (&claim.kind, with_change) {
            checks.push(from_table(context, claim, *direction, *percent));
        }
    }
}

fn key(growth: &Claim) -> String {
    format!("narrative.growth[{}]", growth.at.as_ref().map_or("?".into(), claim_tag))
}

/// Growth without a stated change: from the two years the tables print.
fn from_table(context: &Context, claim: &Claim, direction: Direction, percent: Printed) -> Check {
    let terms = vec![claim_term(context, Role::Claim, claim)];
    let Some(at) = &claim.at else { return unchecked(key(claim), Level::Error, Reason::UnknownSubject, terms) };
    let before_at = Coordinates { year: at.year - 1, ..at.clone() };
    let (Some((now, now_figure)), Some((before, before_figure))) =
        (printed(context, at, Role::Other), printed(context, &before_at, Role::Base))
    else {
        return unchecked(key(claim), Level::Error, Reason::NeedsPriorYear, terms);
    };
    let change = now_figure.like((now_figure.atoms() - before_figure.atoms()).abs());
    let test = growth_test(now_figure, change, direction, percent);
    let mut terms = terms;
    terms.extend([before, now]);
    percent_check(key(claim), percent, &test, terms)
}

/// The figure of these coordinates, from a table or from another sentence.
fn printed(context: &Context, at: &Coordinates, role: Role) -> Option<(Term, Printed)> {
    let tabled = context.equivalents(at).first().map(|fact| (fact_term(context, role, fact), fact.figure));
    tabled.or_else(|| {
        let mut claims = context.quantity_claims(|other| other == at);
        claims.next().map(|(claim, figure)| (claim_term(context, role, claim), figure))
    })
}

/// The verdict on a percentage.
pub(super) fn percent_check(key: String, percent: Printed, test: &PercentTest, terms: Vec<Term>) -> Check {
    let difference = test.point.map(|point| point.like(point.atoms() - percent.atoms().abs()));
    let outcome = if test.exact {
        Outcome::Holds
    } else if test.possible {
        let difference = difference.unwrap_or(percent.zero());
        Outcome::Rounding { addends: terms.len() - 1, bound: difference, difference }
    } else {
        Outcome::Broken { difference }
    };
    let expected = test.point.map(|point| format!("{point}%"));
    Check { key, outcome, level: Level::Error, terms, expected, words: Vec::new() }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, printed, right) = (label(check, Role::Claim), figure(check, Role::Claim), expected(check));
    let (base, now) = (figure(check, Role::Base), figure(check, Role::Other));
    let none = right.is_empty();
    wording(
        lang,
        [
            if none {
                format!("“{said}”写作 {printed}，但没有可以作为基数的上年数")
            } else {
                format!("“{said}”写作 {printed}，按所说的金额应为 {right}")
            },
            format!("本年 {now}，增减或上年 {base}；增减额 ÷ 上年数 = {right}"),
            "核对增减额与百分比，改正有误的一个".into(),
        ],
        [
            if none {
                format!("“{said}” says {printed}, but there is no base to grow from")
            } else {
                format!("“{said}” says {printed}; the stated amounts give {right}")
            },
            format!("this year {now}, change or last year {base}; change ÷ last year = {right}"),
            "check the change and the percentage and correct the one that is wrong".into(),
        ],
    )
}
