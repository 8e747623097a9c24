//! A sentence states an amount that the tables print otherwise.
//!
//! ---
//! 文字里的金额与表里印的不一致。

use crate::context::{Context, claim_figure, claim_term, fact_term, plain_check, sum_check, unchecked};
use crate::narrative::claim_tag;
use crate::phrase::{difference, figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Coordinates, Fact, Lang, Level, Measure, Printed, Reason, Role, Wording};
use gouji_understand::{Claim, ClaimKind};

pub(crate) static RULE: Rule = Rule {
    code: "NAR101",
    name: "mismatched-amount",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.amount[revenue]", "text"), ("narrative.amount[expenditure]", "text")],
    find,
    say,
    source: include_str!("mismatched_amount.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let claims = &context.statement.claims;
    for (index, claim) in claims.iter().enumerate() {
        let Some(printed) = claim_figure(claim) else { continue };
        let is_money = matches!(claim.kind, ClaimKind::Amount(_));
        match &claim.at {
            None if is_money => checks.push(unchecked(
                "narrative.amount[?]",
                Level::Error,
                Reason::UnknownSubject,
                vec![claim_term(context, Role::Claim, claim)],
            )),
            None => {}
            Some(at) => {
                let facts = context.meant(at);
                if !facts.is_empty() && is_money {
                    checks.push(against_tables(context, claim, printed, &facts));
                } else if is_money && is_absent_category(context, at) {
                    let key = format!("narrative.amount[{}]", claim_tag(at));
                    let mut check = plain_check(
                        key,
                        Level::Error,
                        printed.is_zero(),
                        vec![claim_term(context, Role::Claim, claim)],
                    );
                    check.expected = Some("0".into());
                    checks.push(check);
                } else {
                    elsewhere(context, index, claim, printed, is_money, checks);
                }
            }
        }
    }
}

/// The nearest printing in the tables: another rule compares the tables with each other.
fn against_tables(context: &Context, claim: &Claim, printed: Printed, facts: &[&Fact]) -> Check {
    let key = format!("narrative.amount[{}]", claim.at.as_ref().map(claim_tag).unwrap_or_default());
    let same_precision = |fact: &&&Fact| fact.figure.meets(&printed);
    let nearest =
        facts.iter().find(|fact| fact.figure.atoms() == printed.atoms()).or_else(|| facts.iter().find(same_precision));
    let fact = nearest.unwrap_or(&facts[0]);
    let test = printed.test_sum([fact.figure]);
    let mut check = sum_check(
        key,
        Level::Error,
        &test,
        vec![claim_term(context, Role::Claim, claim), fact_term(context, Role::Other, fact)],
    );
    check.expected = Some(fact.figure.to_string());
    check
}

/// 货物, 工程 or 服务 that the table of procurement does not list: it is zero there.
fn is_absent_category(context: &Context, at: &Coordinates) -> bool {
    let listed = |item: &str| {
        context
            .statement
            .facts
            .iter()
            .any(|fact| fact.at.measure == Measure::Procurement && fact.at.item.as_str() == item)
    };
    at.measure == Measure::Procurement
        && at.year == context.year()
        && at.item.len() == 1
        && ["A", "B", "C"].into_iter().any(listed)
}

/// A number of persons or vehicles stated in another section; an amount that no table prints
/// stays unchecked, because two sentences may mean it of different bodies.
fn elsewhere(
    context: &Context,
    index: usize,
    claim: &Claim,
    printed: Printed,
    is_money: bool,
    checks: &mut Vec<Check>,
) {
    let at = claim.at.as_ref().expect("the caller has seen the subject");
    if is_money {
        let reason = if at.year < context.year() { Reason::NeedsPriorYear } else { Reason::NoFigure(claim_tag(at)) };
        let key = format!("narrative.amount[{}]", claim_tag(at));
        checks.push(unchecked(key, Level::Error, reason, vec![claim_term(context, Role::Claim, claim)]));
        return;
    }
    if matches!(at.measure, Measure::Projects | Measure::Units) {
        return;
    }
    let mut others = context.statement.claims[..index].iter().rev().filter(|other| other.at.as_ref() == Some(at));
    if let Some((other, before)) = others.find_map(|other| Some((other, claim_figure(other)?))) {
        let test = printed.test_sum([before]);
        let terms = vec![claim_term(context, Role::Claim, claim), claim_term(context, Role::Other, other)];
        checks.push(sum_check(format!("narrative.repeat[{}]", claim_tag(at)), Level::Error, &test, terms));
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, stated) = (label(check, Role::Claim), figure(check, Role::Claim));
    let (place, printed) = (label(check, Role::Other), figure(check, Role::Other));
    let gap = difference(check);
    if place.is_empty() {
        return wording(
            lang,
            [
                format!("“{said}”写作 {stated}，而表里没有列这一类"),
                "表里没有列的类应当是 0".into(),
                "在表里补列，或改正文字".into(),
            ],
            [
                format!("“{said}” is stated as {stated}, but the table does not list this category"),
                "a category that the table does not list is zero".into(),
                "add it to the table, or correct the sentence".into(),
            ],
        );
    }
    wording(
        lang,
        [
            format!("“{said}”写作 {stated}，而{place}是 {printed}，相差 {gap}"),
            "两处说的是同一个数，印出来必须一致".into(),
            "以账上的数为准，改正文字或表格".into(),
        ],
        [
            format!("“{said}” is stated as {stated}, but {place} says {printed}: a difference of {gap}"),
            "both places state the same fact and must agree".into(),
            "correct the sentence or the table after the books".into(),
        ],
    )
}
