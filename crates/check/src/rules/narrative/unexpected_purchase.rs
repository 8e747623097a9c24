//! Vehicles or equipment are said to be bought, and no table has the money; or the reverse.
//!
//! # What it finds
//!
//! A sentence that plans to buy vehicles needs 公务用车购置费 in the table of 三公, and that money needs a
//! vehicle. A device of 50 万元 or more needs a procurement item of at least 50 万元.
//!
//! # Why it matters
//!
//! The sentence about assets and the table of 三公 come from different desks; vehicles are what
//! readers look for first.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): 三公 with purchase and running of vehicles apart, assets step by step.
//! 预算法 (as amended 2018) art. 14: procurement is explained [to be verified].
//!
//! # Example that fires
//!
//! ```text
//! 2021年和平区公安局部门预算
//! 十、国有资产占用情况
//! 2021年部门预算安排购置执法执勤用车1辆。
//! 表八
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | 合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置费 | 公务用车运行维护费
//! 2020年 | 30.00 | 0.00 | 0.00 | 0.00 | 30.00
//! 2021年 | 30.00 | 0.00 | 0.00 | 0.00 | 30.00
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2021年和平区公安局部门预算
//! 十、国有资产占用情况
//! 2021年部门预算安排购置执法执勤用车1辆。
//! 表八
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | 合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置费 | 公务用车运行维护费
//! 2020年 | 30.00 | 0.00 | 0.00 | 0.00 | 30.00
//! 2021年 | 48.00 | 0.00 | 0.00 | 18.00 | 30.00
//! ```
//!
//! # How to put it right
//!
//! Check the plan and the money, and correct the one that is wrong.
//!
//! # Limits and tolerated cases
//!
//! Exactly 50 万元 is enough. Vehicles that are owned are not bought. Without the column 公务用车购置费, or
//! without a table of procurement, nothing is checked. A fleet paid from elsewhere than 三公 is told
//! to the clerk, who may accept it.
//!
//! ---
//! 文字安排了购置车辆或设备，而表里没有这笔钱；或者正相反。
//!
//! # 发现什么
//!
//! 文字安排购置车辆，“三公”表里就要有公务用车购置费；有购置费，就要有购置的车。单价 50 万元以上的设备，
//! 采购表里要有不低于 50 万元的项。
//!
//! # 为什么要紧
//!
//! 资产的文字和“三公”的表出自不同的人，而公车正是读者首先要看的。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：“三公”分列公务用车购置和运行，国有资产逐步公开。
//! 《预算法》（2018年修正）第十四条：说明政府采购[待核]。
//!
//! # 会报的例子
//!
//! ```text
//! 2021年和平区公安局部门预算
//! 十、国有资产占用情况
//! 2021年部门预算安排购置执法执勤用车1辆。
//! 表八
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | 合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置费 | 公务用车运行维护费
//! 2020年 | 30.00 | 0.00 | 0.00 | 0.00 | 30.00
//! 2021年 | 30.00 | 0.00 | 0.00 | 0.00 | 30.00
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2021年和平区公安局部门预算
//! 十、国有资产占用情况
//! 2021年部门预算安排购置执法执勤用车1辆。
//! 表八
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | 合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置费 | 公务用车运行维护费
//! 2020年 | 30.00 | 0.00 | 0.00 | 0.00 | 30.00
//! 2021年 | 48.00 | 0.00 | 0.00 | 18.00 | 30.00
//! ```
//!
//! # 怎样改
//!
//! 核对购置计划与经费，改正有误的一处。
//!
//! # 界限与容许
//!
//! 正好 50 万元算够。现有的车不算购置。没有公务用车购置费一栏，或者没有采购表的，不检查。
//! 由“三公”以外的钱购置的车，请人判断后接受。

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
    let of = |role, claim: &Claim| claim_term(context, role, claim);
    let mut terms: Vec<_> =
        claims.iter().filter(|(_, count)| *count > 0).map(|(claim, _)| of(Role::Claim, claim)).collect();
    if fact.figure.is_zero() || terms.is_empty() {
        // Without money every kind of vehicle must be 0; with money only that one is bought can be told.
        terms.extend(claims.iter().filter(|(_, count)| *count == 0).map(|(claim, _)| of(Role::Claim, claim)));
    }
    terms.push(fact_term(context, Role::Other, fact));
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
        if dear {
            // One dear device or many cheap ones: the table does not say.
            let reason = Reason::Ambiguous("采购表不写单价 the table of procurement prints no unit price".into());
            checks.push(unchecked("assets.equipment", Level::Error, reason, terms));
        } else {
            checks.push(plain_check("assets.equipment", Level::Error, count == 0, terms));
        }
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, count) = (label(check, Role::Claim), figure(check, Role::Claim));
    let (place, printed) = (label(check, Role::Other), figure(check, Role::Other));
    if check.key == "assets.equipment" {
        let (zh, en) = if place.is_empty() {
            ("采购表没有列出任何一项".to_string(), "the table of procurement lists no item".to_string())
        } else {
            (format!("采购最多的一项{place}只有 {printed}"), format!("the dearest item, {place}, is {printed}"))
        };
        return wording(
            lang,
            [
                format!("文字安排购置“{said}” {count} 台（套），而{zh}"),
                "这一类设备单价在 50 万元以上，采购表里应当有不低于 50 万元的项".into(),
                "核对购置计划与采购预算，改正有误的一处".into(),
            ],
            [
                format!("the text plans to buy {count} of “{said}”, but {en}"),
                "such a device costs 50 万元 or more: the table of procurement must have an item of that size".into(),
                "check the plan and the procurement and correct the one that is wrong".into(),
            ],
        );
    }
    wording(
        lang,
        [
            format!("文字安排购置“{said}” {count} 辆，而{place}是 {printed}"),
            "购置车辆与购置费应当同有同无".into(),
            "核对购置计划与经费，改正有误的一处".into(),
        ],
        [
            format!("the text plans to buy {count} of “{said}”, but {place} is {printed}"),
            "vehicles and the money for them come together".into(),
            "check the plan and the money and correct the one that is wrong".into(),
        ],
    )
}
