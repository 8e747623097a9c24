//! A sentence says 无增减 or 持平 where the figures of the table changed.
//!
//! # What it finds
//!
//! A sentence that claims no change is held against the two years of the table, at the precision of
//! the cells.
//!
//! # Why it matters
//!
//! 无增减 is often left over from last year, or it hides a change that a rounded figure no longer
//! shows.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): 三公 is published with an explanation of its change.
//!
//! # Example that fires
//!
//! ```text
//! 2022年湖滨区环卫处部门预算
//! 四、“三公”经费说明
//! （三）公务用车运行维护费2022年预算数15万元，与2021年预算数相比无增减。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | 合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置费 | 公务用车运行维护费
//! 2021年 | 15.30 | 0.00 | 0.00 | 0.00 | 15.30
//! 2022年 | 15.00 | 0.00 | 0.00 | 0.00 | 15.00
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2022年湖滨区环卫处部门预算
//! 四、“三公”经费说明
//! （三）公务用车运行维护费2022年预算数15万元，与2021年预算数相比无增减。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | 合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置费 | 公务用车运行维护费
//! 2021年 | 15.00 | 0.00 | 0.00 | 0.00 | 15.00
//! 2022年 | 15.00 | 0.00 | 0.00 | 0.00 | 15.00
//! ```
//!
//! # How to put it right
//!
//! State the change that the table shows, with the decimals of the table, or correct the table.
//!
//! # Limits and tolerated cases
//!
//! There is no slack: a cent is a change. 基本持平 claims no equality and is left alone. Where only one
//! year is printed, or the base is 决算 and the table prints budgets, nothing is checked.
//!
//! ---
//! 文字说无增减或持平，而表里两年的数不同。
//!
//! # 发现什么
//!
//! 凡说没有变化的句子，都与表里两年的数按单元格的精度对照。
//!
//! # 为什么要紧
//!
//! “无增减”往往是上年文字没有改，或者是取整以后看不出的变动。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：公开“三公”经费时应当说明增减变化。
//!
//! # 会报的例子
//!
//! ```text
//! 2022年湖滨区环卫处部门预算
//! 四、“三公”经费说明
//! （三）公务用车运行维护费2022年预算数15万元，与2021年预算数相比无增减。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | 合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置费 | 公务用车运行维护费
//! 2021年 | 15.30 | 0.00 | 0.00 | 0.00 | 15.30
//! 2022年 | 15.00 | 0.00 | 0.00 | 0.00 | 15.00
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2022年湖滨区环卫处部门预算
//! 四、“三公”经费说明
//! （三）公务用车运行维护费2022年预算数15万元，与2021年预算数相比无增减。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | 合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置费 | 公务用车运行维护费
//! 2021年 | 15.00 | 0.00 | 0.00 | 0.00 | 15.00
//! 2022年 | 15.00 | 0.00 | 0.00 | 0.00 | 15.00
//! ```
//!
//! # 怎样改
//!
//! 按表里的数和小数位写明增减额，或者改正表格。
//!
//! # 界限与容许
//!
//! 不留余地：差一分也是变动。“基本持平”不是说相等，不报。只印了一年的数，或者基数是决算而表里是预算，不检查。

use super::mismatched_amount::in_unit_of;
use super::mismatched_change::base_and_now;
use crate::context::{Context, claim_term, fact_term, plain_check, sum_check, unchecked};
use crate::narrative::claim_tag;
use crate::phrase::{difference, figure, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Outcome, Role, Wording};
use gouji_understand::{Claim, ClaimKind};

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
        if !matches!(claim.kind, ClaimKind::Unchanged { .. }) {
            continue;
        }
        let terms = vec![claim_term(context, Role::Claim, claim)];
        let key = format!("narrative.unchanged[{}]", claim.at.as_ref().map_or("?".into(), claim_tag));
        checks.extend(beside_growth(context, claim));
        let (before, now) = match base_and_now(context, claim) {
            Ok(both) => both,
            Err(reason) => {
                checks.push(unchecked(key, Level::Error, reason, terms));
                continue;
            }
        };
        let mut terms = terms;
        terms.extend([fact_term(context, Role::Base, before), fact_term(context, Role::Other, now)]);
        // 无增减 claims equality, not a rounded figure: no slack at the cells' precision.
        let test = before.figure.test_sum([now.figure]);
        let mut check = sum_check(key, Level::Error, &test, terms);
        // Two reports may print in different units.
        let agrees = test.exact || test.possible && context.is_of_prior(before);
        if !agrees {
            check.outcome = Outcome::Broken { difference: Some(test.difference) };
        }
        checks.push(check);
    }
}

/// 无增减,增长32.5%: the sentence contradicts itself.
fn beside_growth(context: &Context, claim: &Claim) -> Option<Check> {
    let growth = context.statement.claims.iter().find(|other| {
        let beside = other.sentence == claim.sentence && other.at == claim.at && other.mark.start > claim.mark.start;
        beside && matches!(other.kind, ClaimKind::Growth { .. })
    })?;
    let ClaimKind::Growth { percent, .. } = growth.kind else { return None };
    let key = format!("narrative.words[{}]", claim.at.as_ref().map_or("?".into(), claim_tag));
    let terms = vec![claim_term(context, Role::Claim, claim), claim_term(context, Role::Other, growth)];
    let mut check = plain_check(key, Level::Error, percent.is_zero(), terms);
    check.words = vec!["growth".into()];
    Some(check)
}

fn say(check: &Check, lang: Lang) -> Wording {
    if word(check, 0) == "growth" {
        let percent = figure(check, Role::Other);
        return wording(
            lang,
            [
                format!("同一句里先说没有增减，又说变动 {percent}"),
                "没有增减就没有增减的百分比".into(),
                "核对两年的数，改正其中一处".into(),
            ],
            [
                format!("the sentence claims no change and then a change of {percent}"),
                "without a change there is no percentage of change".into(),
                "check the figures of both years and correct one of the two".into(),
            ],
        );
    }
    let place = label(check, Role::Other);
    let (before, now) = (figure(check, Role::Base), figure(check, Role::Other));
    let gap = in_unit_of(check, Role::Other, &difference(check));
    wording(
        lang,
        [
            format!("文字说没有增减，而{place}由 {before}变为 {now}，相差 {gap}"),
            "“无增减”“持平”说的是两年相等，不是取整后相等".into(),
            "按表里的数写明增减额，或核对表里的数".into(),
        ],
        [
            format!("the sentence claims no change, but {place} goes from {before} to {now}, a change of {gap}"),
            "无增减 and 持平 claim equality, not equality after rounding".into(),
            "state the change that the table shows, or correct the table".into(),
        ],
    )
}
