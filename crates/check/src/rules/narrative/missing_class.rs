//! The prose lists expenditure by class and leaves out a class that has money.
//!
//! ---
//! 文字按类列举支出，却漏了表里有金额的类。

use crate::context::{Context, claim_term, fact_term, plain_check};
use crate::phrase::{label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Code, Coordinates, Lang, Level, Nature, Role, Wording};
use gouji_understand::{Claim, ClaimKind};
use std::collections::BTreeMap;

pub(crate) static RULE: Rule = Rule {
    code: "NAR115",
    name: "missing-class",
    dimension: Dimension::Completeness,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.classes", "text")],
    find,
    say,
    source: include_str!("missing_class.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let mut lists: BTreeMap<(Option<usize>, Coordinates), Vec<&Claim>> = BTreeMap::new();
    for claim in &context.statement.claims {
        let Some(at) = claim.at.as_ref().filter(|at| at.function.len() == 3 && at.nature == Nature::All) else {
            continue;
        };
        if matches!(claim.kind, ClaimKind::Amount(_)) && at.year == context.year() {
            let frame = Coordinates { function: Code::ALL, ..at.clone() };
            lists.entry((context.statement.sentences[claim.sentence].heading, frame)).or_default().push(claim);
        }
    }
    for ((_, frame), claims) in lists.into_iter().filter(|(_, claims)| claims.len() >= 2) {
        let shares = context.statement.claims.iter().filter(|claim| {
            matches!(claim.kind, ClaimKind::Share(_)) && claims.iter().any(|named| named.at == claim.at)
        });
        let level = if shares.count() >= claims.len() { Level::Error } else { Level::Warning };
        let named = |code: Code| claims.iter().any(|claim| claim.at.as_ref().is_some_and(|at| at.function == code));
        let mut seen: Vec<Code> = Vec::new();
        for fact in &context.statement.facts {
            let in_frame =
                Coordinates { function: Code::ALL, ..fact.at.clone() } == frame && fact.at.function.len() == 3;
            if !in_frame || fact.figure.is_zero() || seen.contains(&fact.at.function) {
                continue;
            }
            seen.push(fact.at.function);
            let terms = vec![
                fact_term(context, Role::Missing, fact),
                claim_term(context, Role::Other, claims[claims.len() - 1]),
            ];
            checks.push(plain_check("narrative.classes", level, named(fact.at.function), terms));
        }
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let missing = label(check, Role::Missing);
    wording(
        lang,
        [
            format!("文字按类列举支出，没有提到{missing}"),
            "列举的各类应当与表里有金额的类一一对应".into(),
            "补写这一类，或说明只列举主要的类".into(),
        ],
        [
            format!("the prose lists expenditure by class and leaves out {missing}"),
            "the classes listed should be exactly those with money".into(),
            "add the class, or say that only the main classes are listed".into(),
        ],
    )
}
