//! The parts that a text lists do not add up to the whole it states.
//!
//! # What it finds
//!
//! Lists that are known to be complete are added up: basic and project expenditure, goods, works
//! and services, the items of 三公, the kinds of vehicles, posts and staff over the units.
//!
//! # Why it matters
//!
//! Whoever checks a report by hand begins with this sum.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): what is published is exact in content. Procurement is told as a total
//! and as goods, works and services; 三公 by its items.
//!
//! # Example that fires
//!
//! ```text
//! 2022年永宁市公路局部门预算
//! 二、支出预算
//! 2022年部门预算支出960.00万元，其中：基本支出410.00万元、项目支出540.00万元。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2022年永宁市公路局部门预算
//! 二、支出预算
//! 2022年部门预算支出960.00万元，其中：基本支出410.00万元、项目支出550.00万元。
//! ```
//!
//! # How to put it right
//!
//! Go back to the books for the whole and every part, and correct the one that is wrong.
//!
//! # Limits and tolerated cases
//!
//! n rounded parts may miss a rounded whole by ⌊n/2⌋ units; heads and vehicles are exact. A list
//! after 其中 that names one part of several is not added up, nor is one over units of which some are
//! silent.
//!
//! ---
//! 文字里列出的各部分加起来不等于所说的总数。
//!
//! # 发现什么
//!
//! 能确定列全了的才加总：基本支出与项目支出，货物、工程、服务，“三公”各项，各种车辆，各单位的编制和人数。
//!
//! # 为什么要紧
//!
//! 人工核对报告，第一步就是加这些数。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：公开的内容应当准确。政府采购要写总额和货物、工程、服务；
//! “三公”要写各项。
//!
//! # 会报的例子
//!
//! ```text
//! 2022年永宁市公路局部门预算
//! 二、支出预算
//! 2022年部门预算支出960.00万元，其中：基本支出410.00万元、项目支出540.00万元。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2022年永宁市公路局部门预算
//! 二、支出预算
//! 2022年部门预算支出960.00万元，其中：基本支出410.00万元、项目支出550.00万元。
//! ```
//!
//! # 怎样改
//!
//! 从账上查总数和每一项，改正有误的一个。
//!
//! # 界限与容许
//!
//! n 个取整的数与总数可差 ⌊n/2⌋ 个单位；人数和车辆必须一个不差。“其中”只点一部分的，
//! 或者有的单位没有写的，不加总。

use super::mismatched_amount::in_unit_of;
use crate::context::{Context, claim_figure, claim_term, sum_check, unchecked};
use crate::narrative::{claim_tag, is_complete_list};
use crate::phrase::{difference, expected, figure, figures, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Coordinates, Lang, Level, Measure, Reason, Role, Wording};
use gouji_understand::Claim;
use std::collections::BTreeMap;

pub(crate) static RULE: Rule = Rule {
    code: "NAR108",
    name: "mismatched-parts",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[
        ("narrative.parts", "text"),
        ("staff.posts", "text"),
        ("staff.actual", "text"),
        ("staff.retired", "text"),
        ("vehicles.units", "text"),
    ],
    find,
    say,
    source: include_str!("mismatched_parts.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    listed(context, checks);
    three_public(context, checks);
    for (measure, key) in [
        (Measure::Posts, "staff.posts"),
        (Measure::Staff, "staff.actual"),
        (Measure::Retired, "staff.retired"),
        (Measure::Vehicles, "vehicles.units"),
    ] {
        over_units(context, measure, key, checks);
    }
}

/// Lists that a sentence opens with 其中 or 包括.
fn listed(context: &Context, checks: &mut Vec<Check>) {
    let claims = &context.statement.claims;
    let mut lists: BTreeMap<(usize, String), Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        if let (Some(of), Some(at), Some(_)) = (claim.of, &claim.at, claim_figure(claim)) {
            let family = at.item.as_str().split_once('.').map_or("", |(family, _)| family);
            lists.entry((of, family.to_string())).or_default().push(claim);
        }
    }
    for ((of, _), parts) in lists {
        let whole = &claims[of];
        let (Some(at), Some(total)) = (&whole.at, claim_figure(whole)) else { continue };
        let places: Vec<&Coordinates> = parts.iter().filter_map(|part| part.at.as_ref()).collect();
        if !is_complete_list(context, at, &places) {
            continue;
        }
        let family = places.first().and_then(|at| at.item.as_str().split_once('.')).map_or("", |(family, _)| family);
        let key = match (family, at.measure) {
            ("", _) => format!("narrative.parts[{}]", claim_tag(at)),
            (family, measure) => format!("{}.{family}{}", measure.word(), unit_suffix(at)),
        };
        checks.push(add(context, key, whole, total, &parts));
    }
}

fn unit_suffix(at: &Coordinates) -> String {
    if at.unit.is_empty() { String::new() } else { format!("[{}]", at.unit) }
}

fn add(context: &Context, key: String, whole: &Claim, total: gouji_model::Printed, parts: &[&Claim]) -> Check {
    let figures = parts.iter().filter_map(|part| claim_figure(part)).filter(|figure| !figure.is_zero());
    let test = total.test_sum(figures);
    let mut terms = vec![claim_term(context, Role::Total, whole)];
    terms.extend(parts.iter().map(|part| claim_term(context, Role::Part, part)));
    sum_check(key, Level::Error, &test, terms)
}

/// 三公 over its items, which stand in paragraphs of their own.
fn three_public(context: &Context, checks: &mut Vec<Check>) {
    let whole = context.whole(Measure::ThreePublic);
    let claims: Vec<(&Claim, gouji_model::Printed)> = context
        .quantity_claims(|at| at.measure == Measure::ThreePublic && (at.year, at.phase) == (whole.year, whole.phase))
        .collect();
    let first =
        |item: &str| claims.iter().find(|(claim, _)| claim.at.as_ref().is_some_and(|at| at.item.as_str() == item));
    let Some((total, figure)) = first("") else { return };
    let parts: Option<Vec<&Claim>> =
        ["overseas", "reception", "vehicles"].into_iter().map(|item| first(item).map(|(claim, _)| *claim)).collect();
    let listed_already = |parts: &[&Claim]| {
        parts.iter().all(|part| part.of.is_some_and(|of| std::ptr::eq(&context.statement.claims[of], *total)))
    };
    if let Some(parts) = parts.filter(|parts| !listed_already(parts)) {
        checks.push(add(context, "narrative.parts[three-public]".into(), total, *figure, &parts));
    }
}

/// The department's number over those of its units.
fn over_units(context: &Context, measure: Measure, key: &str, checks: &mut Vec<Check>) {
    let of_measure: Vec<_> = context.quantity_claims(|at| at.measure == measure).collect();
    let plain = |item: &str| item.is_empty();
    let total = of_measure
        .iter()
        .find(|(claim, _)| claim.at.as_ref().is_some_and(|at| at.unit.is_empty() && plain(at.item.as_str())));
    let vehicles = measure == Measure::Vehicles;
    let parts: Vec<&Claim> = of_measure
        .iter()
        .filter(|(claim, _)| {
            claim.at.as_ref().is_some_and(|at| !at.unit.is_empty() && (!vehicles || plain(at.item.as_str())))
        })
        .map(|(claim, _)| *claim)
        .collect();
    let Some((total, figure)) = total.filter(|_| !parts.is_empty()) else { return };
    let units = |claims: &[&Claim]| {
        claims.iter().filter_map(|c| c.at.as_ref()).map(|at| at.unit.clone()).collect::<std::collections::BTreeSet<_>>()
    };
    let known = context.quantity_claims(|at| !at.unit.is_empty()).map(|(claim, _)| claim).collect::<Vec<_>>();
    if units(&parts) == units(&known) {
        checks.push(add(context, key.into(), total, *figure, &parts));
    } else {
        checks.push(unchecked(
            key,
            Level::Error,
            Reason::NoText("每个单位 each unit".into()),
            vec![claim_term(context, Role::Total, total)],
        ));
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (whole, total) = (label(check, Role::Total), figure(check, Role::Total));
    let parts = figures(check, Role::Part, " + ");
    let [sum, gap] = [expected(check), &difference(check)].map(|amount| in_unit_of(check, Role::Total, amount));
    wording(
        lang,
        [
            format!("“{whole}”写作 {total}，所列各项之和是 {sum}，相差 {gap}"),
            format!("{parts} = {sum}"),
            "核对总数与所列各项，改正有误的一个".into(),
        ],
        [
            format!("“{whole}” is stated as {total}; the parts listed add up to {sum}, a difference of {gap}"),
            format!("{parts} = {sum}"),
            "check the whole and the parts and correct the one that is wrong".into(),
        ],
    )
}
