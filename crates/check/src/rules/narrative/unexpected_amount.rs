//! A sentence says that there is none where a table prints money.
//!
//! ---
//! 文字说没有某项收支，而表里有金额。

use crate::context::{Context, claim_term, fact_term, plain_check, unchecked};
use crate::narrative::claim_tag;
use crate::phrase::{figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Reason, Role, Wording};
use gouji_understand::ClaimKind;

pub(crate) static RULE: Rule = Rule {
    code: "NAR107",
    name: "unexpected-amount",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.none", "text")],
    find,
    say,
    source: include_str!("unexpected_amount.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for claim in context.statement.claims.iter().filter(|claim| claim.kind == ClaimKind::Nothing) {
        let terms = vec![claim_term(context, Role::Claim, claim)];
        let Some(at) = &claim.at else {
            checks.push(unchecked("narrative.none[?]", Level::Error, Reason::UnknownSubject, terms));
            continue;
        };
        let key = format!("narrative.none[{}]", claim_tag(at));
        let facts = context.equivalents(at);
        if facts.is_empty() {
            checks.push(unchecked(key, Level::Error, Reason::NoFigure(claim_tag(at)), terms));
            continue;
        }
        let money = facts.iter().find(|fact| !fact.figure.is_zero());
        let mut terms = terms;
        terms.push(fact_term(context, Role::Other, money.unwrap_or(&facts[0])));
        checks.push(plain_check(key, Level::Error, money.is_none(), terms));
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (place, printed) = (label(check, Role::Other), figure(check, Role::Other));
    wording(
        lang,
        [
            format!("文字说没有，而{place}印着 {printed}"),
            "说没有的，表里应当是空表或 0".into(),
            "核对这一项：有就在文字里写明金额，没有就改表".into(),
        ],
        [
            format!("the sentence says that there is none, but {place} prints {printed}"),
            "where there is none the table is empty or zero".into(),
            "state the amount in the sentence, or correct the table".into(),
        ],
    )
}
