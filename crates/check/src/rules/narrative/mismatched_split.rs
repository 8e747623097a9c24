//! The vehicles of the head office and of the subordinate units differ from the counts unit by unit.
//!
//! ---
//! 机关与下属单位的车辆分布，与逐个单位写的车辆数对不上。

use crate::context::{Context, claim_figure, claim_term, sum_check, unchecked};
use crate::phrase::{expected, figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Measure, Reason, Role, Wording};
use gouji_understand::Claim;

pub(crate) static RULE: Rule = Rule {
    code: "NAR109",
    name: "mismatched-split",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("vehicles.split", "text")],
    find,
    say,
    source: include_str!("mismatched_split.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let vehicles: Vec<(&Claim, gouji_model::Printed)> =
        context.quantity_claims(|at| at.measure == Measure::Vehicles).collect();
    let by_unit: Vec<&Claim> = vehicles
        .iter()
        .filter(|(claim, _)| claim.at.as_ref().is_some_and(|at| !at.unit.is_empty() && at.item.is_all()))
        .map(|(claim, _)| *claim)
        .collect();
    let places = ["place.office", "place.below"];
    let split = |claim: &Claim| claim.at.as_ref().is_some_and(|at| places.contains(&at.item.as_str()));
    let both: Vec<&Claim> = vehicles.iter().map(|(claim, _)| *claim).filter(|claim| split(claim)).collect();
    for (place, own) in [("place.office", true), ("place.below", false)] {
        let stated = vehicles.iter().find(|(claim, _)| claim.at.as_ref().is_some_and(|at| at.item.as_str() == place));
        let Some((claim, figure)) = stated else { continue };
        let parts: Vec<&Claim> = by_unit.iter().copied().filter(|part| is_head_office(part) == own).collect();
        if parts.is_empty() || !by_unit.iter().any(|part| is_head_office(part)) {
            let terms = vec![claim_term(context, Role::Claim, claim)];
            checks.push(unchecked("vehicles.split", Level::Error, Reason::NoText("每个单位 each unit".into()), terms));
            continue;
        }
        let test = figure.test_sum(parts.iter().filter_map(|part| claim_figure(part)));
        let mut terms = vec![claim_term(context, Role::Claim, claim)];
        terms.extend(parts.iter().map(|part| claim_term(context, Role::Other, part)));
        terms.extend(
            both.iter()
                .filter(|other| !std::ptr::eq(**other, *claim))
                .map(|other| claim_term(context, Role::Base, other)),
        );
        let mut check = sum_check("vehicles.split".into(), Level::Error, &test, terms);
        check.words = parts.iter().filter_map(|part| part.at.as_ref()).map(|at| at.unit.clone()).collect();
        checks.push(check);
    }
}

/// 本级, 机关: the head office of the department.
fn is_head_office(claim: &Claim) -> bool {
    let unit = claim.at.as_ref().map_or("", |at| at.unit.as_str());
    unit.ends_with("本级") || unit.ends_with("机关") || unit.ends_with("(本级)") || unit.ends_with("局机关")
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, stated, right) = (label(check, Role::Claim), figure(check, Role::Claim), expected(check));
    let units = check.words.join("、");
    wording(
        lang,
        [
            format!("“{said}”写作 {stated} 辆，而{units}合起来是 {right} 辆"),
            "总数相同，分布对不上：两处说的是同一批车".into(),
            "核对车辆台账，改正分布或单位的车辆数".into(),
        ],
        [
            format!("“{said}” is stated as {stated}, but {units} has {right}"),
            "both places speak of the same vehicles".into(),
            "check the register of vehicles and correct the split or the unit".into(),
        ],
    )
}
