//! Figures of one kind are printed with different numbers of decimals, or some with and some without separators.
//!
//! # What it finds
//!
//! - Percentages of the text, growth and shares, with fewer decimals than the others.
//! - Tables in which some amounts of four or more digits carry thousand separators and some do not.
//!
//! # Why it matters
//!
//! 10% beside 32.5% leaves open whether the first is exact. Mixed separators are a sign of cells typed by hand after the
//! table was made, and those are where slips happen.
//!
//! # Basis
//!
//! - 财预〔2016〕143号 of 2016-10-27: what is published fits in form.
//! - Rounding: a percentage of k decimals stands for an interval one unit of its last digit wide; fewer decimals test
//!   less.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计 | 基本支出 | 项目支出
//! | 合计 | 9,000 | 3,000 | 6,000
//! 206 | 科学技术支出 | 9000 | 3,000 | 6000
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计 | 基本支出 | 项目支出
//! | 合计 | 9,000 | 3,000 | 6,000
//! 206 | 科学技术支出 | 9,000 | 3,000 | 6,000
//! ```
//!
//! # How to put it right
//!
//! Print all percentages with the same number of decimals, one is usual, and all amounts of a table in one way.
//!
//! # Limits and tolerated cases
//!
//! - Always level info: nothing is wrong with the figures.
//! - 0 % and 100 % need no decimals, amounts below 1,000 no separators.
//! - A table without any separator is in order.
//!
//! ---
//! 同一类数字小数位数不一，或者有的用千分位分隔符、有的不用。
//!
//! # 发现什么
//!
//! - 文字里的增长率、占比，小数位数少于其他百分比。
//! - 同一张表里四位以上的金额，有的有千分位分隔符，有的没有。
//!
//! # 为什么要紧
//!
//! 10% 与 32.5% 并列，读者不知道前者是不是准数。分隔符有的有、有的没有，往往是成表之后手工改过的格子，最容易出错。
//!
//! # 依据
//!
//! - 财预〔2016〕143号（2016-10-27）：公开的形式应当规范。
//! - 四舍五入：保留 k 位小数的百分比代表末位一个单位宽的区间，位数越少，能核对的越少。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计 | 基本支出 | 项目支出
//! | 合计 | 9,000 | 3,000 | 6,000
//! 206 | 科学技术支出 | 9000 | 3,000 | 6000
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计 | 基本支出 | 项目支出
//! | 合计 | 9,000 | 3,000 | 6,000
//! 206 | 科学技术支出 | 9,000 | 3,000 | 6,000
//! ```
//!
//! # 怎样改
//!
//! 百分比统一小数位数（一般为一位），同一张表的金额统一写法。
//!
//! # 界限与容许
//!
//! - 一律列为提示：数字本身没有错。
//! - 0% 和 100% 不需要小数，1,000 以下的金额不需要分隔符。
//! - 整张表都不用分隔符的，不报。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Printed, Role, Term, Wording};
use gouji_understand::{Claim, ClaimKind, ColumnRole, RowView, TableView};

pub(crate) static RULE: Rule = Rule {
    code: "FRM103",
    name: "mismatched-precision",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("form.decimals", "text"), ("form.separators", "expenditure")],
    find,
    say,
    source: include_str!("mismatched_precision.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    decimals(context, checks);
    for table in &context.statement.tables {
        separators(table, checks);
    }
}

fn decimals(context: &Context, checks: &mut Vec<Check>) {
    let percents: Vec<(&Claim, Printed)> = context
        .statement
        .claims
        .iter()
        .filter_map(|claim| match claim.kind {
            ClaimKind::Growth { percent, .. } | ClaimKind::Share(percent) => Some((claim, percent)),
            _ => None,
        })
        .collect();
    let Some(most) = percents.iter().map(|(_, percent)| percent.decimals()).max() else { return };
    // 100 % and 0 % need no decimals.
    let plain = |percent: &Printed| percent.decimals() < most && !percent.is_zero() && percent.atoms() != 100_000_000;
    let odd: Vec<_> = percents.iter().filter(|(_, percent)| plain(percent)).collect();
    let terms = odd
        .iter()
        .map(|(claim, percent)| Term {
            role: Role::Claim,
            label: claim.subject.clone(),
            figure: Some(*percent),
            span: Some(claim.mark),
            cell: None,
        })
        .collect();
    let mut check = plain_check("form.decimals", Level::Info, odd.is_empty(), terms);
    check.words = vec!["decimals".into(), most.to_string(), odd.len().to_string()];
    checks.push(check);
}

fn separators(table: &TableView, checks: &mut Vec<Check>) {
    let mut with = false;
    let mut without: Vec<(&RowView, &str)> = Vec::new();
    for row in &table.rows {
        for (column, (text, _)) in table.columns.iter().zip(&row.cells) {
            let digits = text.split('.').next().unwrap_or("").bytes().filter(u8::is_ascii_digit).count();
            if column.role == ColumnRole::Amount && digits >= 4 {
                if text.contains(',') { with = true } else { without.push((row, text)) }
            }
        }
    }
    let holds = !with || without.is_empty();
    let terms = without.iter().filter(|_| !holds).map(|(row, text)| Term {
        role: Role::Claim,
        label: format!("{} {}", table.name(), text),
        figure: None,
        span: Some(row.span()),
        cell: None,
    });
    let mut check = plain_check("form.separators", Level::Info, holds, terms.collect());
    check.words =
        vec!["separators".into(), table.name(), without.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("、")];
    checks.push(check);
}

fn say(check: &Check, lang: Lang) -> Wording {
    if word(check, 0) == "separators" {
        let (table, figures) = (word(check, 1), word(check, 2));
        return wording(
            lang,
            [
                format!("{table}里 {figures} 没有千分位分隔符，其他数有"),
                "同一张表的数字写法应当一致".into(),
                "统一写法".into(),
            ],
            [
                format!("in {table} {figures} have no thousand separators, the others do"),
                "figures of one table are written alike".into(),
                "write them alike".into(),
            ],
        );
    }
    let (most, count) = (word(check, 1), word(check, 2));
    wording(
        lang,
        [
            format!("{count} 个百分比的小数位数少于其他的 {most} 位"),
            "同一类数字应保留相同的小数位数".into(),
            "统一小数位数".into(),
        ],
        [
            format!("{count} percentages have fewer decimals than the {most} of the others"),
            "figures of one kind have the same precision".into(),
            "use the same number of decimals".into(),
        ],
    )
}
