//! The operating cost of organs is claimed for a public institution that is not said to be run like one.
//!
//! ---
//! 机关运行经费包含了事业单位，而报告没有写明它参照公务员法管理。

use crate::context::{Context, claim_figure, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Measure, Role, Span, Term, Wording};
use gouji_understand::ClaimKind;
use std::collections::BTreeSet;

pub(crate) static RULE: Rule = Rule {
    code: "NAR114",
    name: "unexpected-scope",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("operating-cost.scope", "text")],
    find,
    say,
    source: include_str!("unexpected_scope.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let statement = context.statement;
    let run_like_organs = statement
        .sentences
        .iter()
        .any(|sentence| sentence.text.contains("参公") || sentence.text.contains("参照公务员"));
    let institutions = institutions(context);
    if institutions.is_empty() {
        return;
    }
    for claim in &statement.claims {
        let is_cost = matches!(claim.kind, ClaimKind::Amount(_))
            && claim.at.as_ref().is_some_and(|at| at.measure == Measure::OperatingCost);
        if !is_cost {
            continue;
        }
        let sentence = &statement.sentences[claim.sentence];
        let named: Vec<&str> = institutions.iter().copied().filter(|unit| sentence.text.contains(unit)).collect();
        let whole = Span { start: sentence.span.start, end: claim.span.end, ..claim.span };
        let term =
            Term { role: Role::Claim, label: claim.subject.clone(), figure: None, span: Some(whole), cell: None };
        let mut check =
            plain_check("operating-cost.scope", Level::Warning, run_like_organs || named.is_empty(), vec![term]);
        check.words = vec![named.join("、")];
        checks.push(check);
    }
}

/// Units whose posts are all of public institutions.
fn institutions<'a>(context: &Context<'a>) -> BTreeSet<&'a str> {
    let posts = |item: &str, unit: &str| -> i64 {
        context
            .quantity_claims(|at| at.measure == Measure::Posts && at.item.as_str() == item && at.unit == unit)
            .filter_map(|(claim, _)| claim_figure(claim))
            .map(|figure| figure.digits())
            .sum()
    };
    let claims = context.statement.claims.iter().filter_map(|claim| claim.at.as_ref());
    let units: BTreeSet<&str> = claims.map(|at| at.unit.as_str()).filter(|unit| !unit.is_empty()).collect();
    units.into_iter().filter(|unit| posts("admin", unit) == 0 && posts("institution", unit) > 0).collect()
}

fn say(check: &Check, lang: Lang) -> Wording {
    let unit = word(check, 0);
    wording(
        lang,
        [
            format!("机关运行经费包含{unit}，但它是事业单位，报告没有写明参照公务员法管理"),
            "机关运行经费的口径是行政单位和参照公务员法管理的事业单位".into(),
            "写明该单位参照公务员法管理，或把它从口径中去掉".into(),
        ],
        [
            format!("the operating cost includes {unit}, a public institution not said to be run like an organ (参公)"),
            "the operating cost covers administrative units and institutions run like them only".into(),
            "state that the unit is run like an organ, or leave it out".into(),
        ],
    )
}
