//! A sentence says 无增减 or 持平 where the table's figures changed.
//!
//! ---
//! 文字说无增减或持平，而表里两年的数不同。

use crate::context::{Context, claim_term, fact_term, sum_check, unchecked};
use crate::narrative::claim_tag;
use crate::phrase::{difference, figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Coordinates, Lang, Level, Outcome, Reason, Role, Wording};
use gouji_understand::ClaimKind;

pub(crate) static RULE: Rule = Rule {
    code: "NAR106",
    name: "mismatched-unchanged",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.unchanged", "text")],
    find,
    say,
    source: include_str!("mismatched_unchanged.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for claim in &context.statement.claims {
        let ClaimKind::Unchanged { base_year } = claim.kind else { continue };
        let terms = vec![claim_term(context, Role::Claim, claim)];
        let key = format!("narrative.unchanged[{}]", claim.at.as_ref().map_or("?".into(), claim_tag));
        let Some(at) = &claim.at else {
            checks.push(unchecked(key, Level::Error, Reason::UnknownSubject, terms));
            continue;
        };
        let now = context.equivalents(at);
        let year = base_year.unwrap_or(at.year - 1);
        let before = context.equivalents(&Coordinates { year, ..at.clone() });
        let (Some(now), Some(before)) = (now.first(), before.first()) else {
            checks.push(unchecked(key, Level::Error, Reason::NeedsPriorYear, terms));
            continue;
        };
        let mut terms = terms;
        terms.extend([fact_term(context, Role::Base, before), fact_term(context, Role::Other, now)]);
        // 无增减 claims equality, not a rounded figure: no slack at the cells' precision.
        let test = before.figure.test_sum([now.figure]);
        let mut check = sum_check(key, Level::Error, &test, terms);
        if !test.exact {
            check.outcome = Outcome::Broken { difference: Some(test.difference) };
        }
        checks.push(check);
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let said = label(check, Role::Claim);
    let (before, now) = (figure(check, Role::Base), figure(check, Role::Other));
    let gap = difference(check);
    wording(
        lang,
        [
            format!("“{said}”说没有增减，而表里由 {before} 变为 {now}，变动 {gap}"),
            "“无增减”“持平”说的是两年相等，不是取整后相等".into(),
            "按表里的数写明增减额，或核对表里的数".into(),
        ],
        [
            format!("“{said}” claims no change, but the table goes from {before} to {now}, a change of {gap}"),
            "無增减 and 持平 claim equality, not equality after rounding".replace('無', "无"),
            "state the change that the table shows, or correct the table".into(),
        ],
    )
}
