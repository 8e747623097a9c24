//! Total revenue and total expenditure of a statement differ.
//!
//! # What it finds
//!
//! In the statement of revenue and expenditure, and in that of appropriations, 收入总计 and 支出总计 are compared.
//!
//! # Why it matters
//!
//! Both totals describe the same money: where it comes from and where it goes. If they differ, something was received
//! and not used, or spent and not received, and the report does not say which.
//!
//! # Basis
//!
//! - Budget Law of the People's Republic of China, as amended in 2018, art. 32 [to be verified]: a department's budget
//!   covers all its revenue and all its expenditure.
//! - 财预〔2016〕143号 of 2016-10-27: the statement of revenue and expenditure is one of the tables to be published.
//! - The other total is a single part: no difference is explained by rounding.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表一
//! 部门收支总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 收入项目 | 2019年预算 | 支出项目 | 2019年预算
//! 一、财政拨款收入 | 900 | 一、科学技术支出 | 500
//! （一）一般公共预算 | 900 | 二、社会保障和就业支出 | 400
//! （二）政府性基金预算 | 0 | 三、卫生健康支出 | 0
//! 本年收入合计 | 900 | 本年支出合计 | 900
//! 上年结转 | 120 | 结转下年 | 0
//! 收入总计 | 1,020 | 支出总计 | 900
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表一
//! 部门收支总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 收入项目 | 2019年预算 | 支出项目 | 2019年预算
//! 一、财政拨款收入 | 900 | 一、科学技术支出 | 500
//! （一）一般公共预算 | 900 | 二、社会保障和就业支出 | 400
//! （二）政府性基金预算 | 0 | 三、卫生健康支出 | 0
//! 本年收入合计 | 900 | 本年支出合计 | 900
//! 上年结转 | 120 | 结转下年 | 120
//! 收入总计 | 1,020 | 支出总计 | 1,020
//! ```
//!
//! # How to put it right
//!
//! Look for what one side left out: carry-over from last year, carry-over into the next, money from the unit's own fund.
//! Then compare the items of both sides with the books.
//!
//! # Limits and tolerated cases
//!
//! - Totals of different precision, such as 900 and 900.40, may be printings of one figure and hold within rounding.
//! - A statement that prints one side only is not checked.
//! - Sums within each side belong to SUM101.
//!
//! ---
//! 收入总计与支出总计不相等。
//!
//! # 发现什么
//!
//! 在部门收支总表和财政拨款收支总表里，比较收入总计与支出总计。
//!
//! # 为什么要紧
//!
//! 两个总计说的是同一笔钱：一边是来源，一边是去向。不相等，就是有收入没有安排，或者有支出没有来源，报告却没有说明。
//!
//! # 依据
//!
//! - 《预算法》（2018 年修正）第三十二条 [待核]：部门预算包括本部门的全部收入和支出。
//! - 财预〔2016〕143号（2016-10-27）：收支总表是应当公开的表之一。
//! - 另一边的总计只是一个数，不存在可以用四舍五入解释的差额。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表一
//! 部门收支总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 收入项目 | 2019年预算 | 支出项目 | 2019年预算
//! 一、财政拨款收入 | 900 | 一、科学技术支出 | 500
//! （一）一般公共预算 | 900 | 二、社会保障和就业支出 | 400
//! （二）政府性基金预算 | 0 | 三、卫生健康支出 | 0
//! 本年收入合计 | 900 | 本年支出合计 | 900
//! 上年结转 | 120 | 结转下年 | 0
//! 收入总计 | 1,020 | 支出总计 | 900
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表一
//! 部门收支总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 收入项目 | 2019年预算 | 支出项目 | 2019年预算
//! 一、财政拨款收入 | 900 | 一、科学技术支出 | 500
//! （一）一般公共预算 | 900 | 二、社会保障和就业支出 | 400
//! （二）政府性基金预算 | 0 | 三、卫生健康支出 | 0
//! 本年收入合计 | 900 | 本年支出合计 | 900
//! 上年结转 | 120 | 结转下年 | 120
//! 收入总计 | 1,020 | 支出总计 | 1,020
//! ```
//!
//! # 怎样改
//!
//! 先找哪一边漏了：上年结转、结转下年、用事业基金弥补收支差额；再用账上的数核对两边各项。
//!
//! # 界限与容许
//!
//! - 两边小数位数不同（如 900 与 900.40）而可能是同一个数的，记为“舍入内”。
//! - 只印一边的表不检查。
//! - 每一边内部的加总由 SUM101 管。

use crate::context::{Context, fact_term, sum_check};
use crate::phrase::{difference, figure, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Coordinates, Lang, Level, Measure, Nature, Role, Stream, Wording};
use gouji_understand::TableKind;

pub(crate) static RULE: Rule = Rule {
    code: "SUM102",
    name: "unbalanced-budget",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("balance.equal", "balance"), ("appropriation.equal", "appropriation")],
    find,
    say,
    source: include_str!("unbalanced_budget.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for kind in [TableKind::Balance, TableKind::Appropriation] {
        let Some((number, _)) = context.statement.table(kind) else { continue };
        let is_whole = |at: &Coordinates| at.function.is_all() && at.economic.is_all() && at.nature == Nature::All;
        let revenues = context.statement.facts_of(number).filter(|fact| {
            fact.at.measure == Measure::Revenue && is_whole(&fact.at) && is_total(context, kind, &fact.at)
        });
        for revenue in revenues {
            let other_side = |stream| Coordinates { measure: Measure::Expenditure, stream, ..revenue.at.clone() };
            let whole = context.fact_in(kind, &other_side(Stream::All));
            let Some(expenditure) = whole.or_else(|| context.fact_in(kind, &other_side(Stream::Year))) else {
                continue;
            };
            // The year alone need not be balanced where something is carried over.
            if revenue.at.stream != expenditure.at.stream && !context.no_carry {
                continue;
            }
            let test = revenue.figure.test_sum([expenditure.figure]);
            let terms = vec![fact_term(context, Role::Total, revenue), fact_term(context, Role::Other, expenditure)];
            checks.push(sum_check(format!("{}.equal", kind.word()), Level::Error, &test, terms));
        }
    }
}

/// The whole with what is carried over, or the year's own where the statement prints no such whole.
fn is_total(context: &Context, kind: TableKind, at: &Coordinates) -> bool {
    let with_carry = Coordinates { stream: Stream::All, ..at.clone() };
    at.stream == Stream::All || at.stream == Stream::Year && context.fact_in(kind, &with_carry).is_none()
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (revenue, expenditure) = (figure(check, Role::Total), figure(check, Role::Other));
    let gap = difference(check);
    wording(
        lang,
        [
            format!("收入总计 {revenue} 与支出总计 {expenditure} 不相等，相差 {gap}"),
            "收入总计与支出总计是同一笔钱的来源和去向，必须相等".into(),
            "核对两边的各项和结转，改正有误的一个".into(),
        ],
        [
            format!("total revenue {revenue} and total expenditure {expenditure} differ by {gap}"),
            "they are the sources and the uses of the same money and must be equal".into(),
            "compare the items and the carry-over of both sides and correct the one that is wrong".into(),
        ],
    )
}
