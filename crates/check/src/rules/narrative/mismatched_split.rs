//! The vehicles of the head office and of the subordinate units differ from the counts unit by unit.
//!
//! # What it finds
//!
//! A sentence divides the vehicles between 机关 and 下属单位; further on every unit states its own. Both
//! must say the same.
//!
//! # Why it matters
//!
//! The total can be right while the split is turned round, and the split decides who answers for a
//! vehicle.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): the state of assets is published step by step, and exactly.
//!
//! # Example that fires
//!
//! ```text
//! 2020年安平区供销社部门预算
//! 二、人员编制情况
//! 机关保留车辆2辆，下属事业单位实有车辆2辆。
//! 1.安平区供销社本级行政编制20人，实有在编19人。实有车辆2辆。
//! 2.安平区农资站事业编制9人，实有在编8人。实有车辆1辆。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2020年安平区供销社部门预算
//! 二、人员编制情况
//! 机关保留车辆2辆，下属事业单位实有车辆1辆。
//! 1.安平区供销社本级行政编制20人，实有在编19人。实有车辆2辆。
//! 2.安平区农资站事业编制9人，实有在编8人。实有车辆1辆。
//! ```
//!
//! # How to put it right
//!
//! Look into the register of vehicles and correct the sentence or the unit.
//!
//! # Limits and tolerated cases
//!
//! Vehicles are counted exactly. Where no unit is called 本级 or 机关, or no unit states its vehicles,
//! nothing is checked.
//!
//! ---
//! 机关与下属单位的车辆分布，与逐个单位写的车辆数对不上。
//!
//! # 发现什么
//!
//! 一句话把车辆分为机关和下属单位两部分，后文每个单位又各写各的，两处应当一致。
//!
//! # 为什么要紧
//!
//! 总数对而分布颠倒，是常见的错；车归谁管，看的正是分布。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：逐步公开国有资产占用情况，内容应当准确。
//!
//! # 会报的例子
//!
//! ```text
//! 2020年安平区供销社部门预算
//! 二、人员编制情况
//! 机关保留车辆2辆，下属事业单位实有车辆2辆。
//! 1.安平区供销社本级行政编制20人，实有在编19人。实有车辆2辆。
//! 2.安平区农资站事业编制9人，实有在编8人。实有车辆1辆。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2020年安平区供销社部门预算
//! 二、人员编制情况
//! 机关保留车辆2辆，下属事业单位实有车辆1辆。
//! 1.安平区供销社本级行政编制20人，实有在编19人。实有车辆2辆。
//! 2.安平区农资站事业编制9人，实有在编8人。实有车辆1辆。
//! ```
//!
//! # 怎样改
//!
//! 查车辆台账，改正分布或单位的车辆数。
//!
//! # 界限与容许
//!
//! 车辆数必须一辆不差。没有写明哪个是本级或机关的，或者单位没有写车辆数的，不检查。

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
    let (is, has) = if check.words.len() > 1 { ("合起来是", "together have") } else { ("是", "has") };
    wording(
        lang,
        [
            format!("“{said}”写作 {stated} 辆，而{units}{is} {right} 辆"),
            "两处说的是同一批车，分布应当一致".into(),
            "核对车辆台账，改正分布或单位的车辆数".into(),
        ],
        [
            format!("“{said}” is stated as {stated}, but {units} {has} {right}"),
            "both places speak of the same vehicles".into(),
            "check the register of vehicles and correct the split or the unit".into(),
        ],
    )
}
