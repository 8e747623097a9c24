//! Vehicles or equipment are said to be bought, and no table has the money; or the reverse.
//!
//! ---
//! 文字安排了购置车辆或设备，而表里没有这笔钱；或者正相反。

use crate::context::{Context, claim_figure, claim_term, fact_term, plain_check, unchecked};
use crate::phrase::{figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Code, Coordinates, Fact, Lang, Level, Measure, Reason, Role, Wording};
use gouji_understand::{Claim, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "NAR116",
    name: "unexpected-purchase",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("assets.vehicles", "three-public"), ("assets.equipment", "procurement")],
    find,
    say,
    source: include_str!("unexpected_purchase.rs"),
};

/// 50 万元 in fen: from here on a general device is counted in the statement of assets.
const DEVICE_THRESHOLD_FEN: i128 = 50_000_000;

fn find(context: &Context, checks: &mut Vec<Check>) {
    vehicles(context, checks);
    equipment(context, checks);
}

fn bought<'a>(context: &Context<'a>, measure: Measure) -> Vec<(&'a Claim, i64)> {
    let bought = |at: &Coordinates| at.measure == measure && at.item.as_str().starts_with("buy.");
    context.quantity_claims(bought).filter_map(|(claim, _)| Some((claim, claim_figure(claim)?.digits()))).collect()
}

fn vehicles(context: &Context, checks: &mut Vec<Check>) {
    let claims = bought(context, Measure::Vehicles);
    let Some((first, _)) = claims.first() else { return };
    let at = Coordinates { item: Code::new("vehicles.buy").unwrap_or_default(), ..context.whole(Measure::ThreePublic) };
    let Some(fact) = context.fact_in(TableKind::ThreePublic, &at) else {
        let reason = Reason::NoFigure("公务用车购置费".into());
        checks.push(unchecked("assets.vehicles", Level::Error, reason, vec![claim_term(context, Role::Claim, first)]));
        return;
    };
    let count: i64 = claims.iter().map(|(_, count)| count).sum();
    let claim = claims.iter().find(|(_, count)| *count > 0).map_or(*first, |(claim, _)| *claim);
    let terms = vec![claim_term(context, Role::Claim, claim), fact_term(context, Role::Other, fact)];
    checks.push(plain_check("assets.vehicles", Level::Error, (count > 0) != fact.figure.is_zero(), terms));
}

/// A device that is bought needs a procurement item of at least that price.
fn equipment(context: &Context, checks: &mut Vec<Check>) {
    let claims = bought(context, Measure::Equipment);
    let Some((number, _)) = context.statement.table(TableKind::Procurement) else { return };
    let items = || context.statement.facts_of(number).filter(|fact| fact.at.item.len() > 1);
    let largest: Option<&Fact> = items().max_by_key(|fact| fact.figure.atoms());
    for (claim, count) in claims {
        let dear = largest.is_some_and(|fact| fact.figure.atoms() >= DEVICE_THRESHOLD_FEN);
        let mut terms = vec![claim_term(context, Role::Claim, claim)];
        terms.extend(largest.map(|fact| fact_term(context, Role::Other, fact)));
        checks.push(plain_check("assets.equipment", Level::Error, count == 0 || dear, terms));
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, count) = (label(check, Role::Claim), figure(check, Role::Claim));
    let (place, printed) = (label(check, Role::Other), figure(check, Role::Other));
    wording(
        lang,
        [
            format!("文字安排“{said}”购置 {count}，而{place}是 {printed}"),
            "购置与购置的钱应当同有同无".into(),
            "核对购置计划与经费，改正有误的一处".into(),
        ],
        [
            format!("the text plans to buy {count} (“{said}”), but {place} is {printed}"),
            "a purchase and its money come together".into(),
            "check the plan and the money and correct the one that is wrong".into(),
        ],
    )
}
