//! A title, a head or a comparison names a year that is not the report's.
//!
//! # What it finds
//!
//! - Titles of tables and headings of the text with another year than the report's.
//! - Heads of columns with a year that is neither the report's nor the one before it.
//! - Comparisons of a year with itself or with a later one: “比2019年增加” in the budget of 2019.
//!
//! # Why it matters
//!
//! Most reports grow out of last year's file. A year left standing shows that the words around it may be last year's too,
//! and it makes a reader doubt whether the table is this year's.
//!
//! # Basis
//!
//! - Budget Law of the People's Republic of China, as amended in 2018, art. 14 [to be verified]: the budget of the year is
//!   published within 20 days of the reply of the finance department.
//! - 财预〔2016〕143号 of 2016-10-27: what a department publishes must be exact.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 2018年部门支出总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 2019年预算数
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 2019年部门支出总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 2019年预算数
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//! ```
//!
//! # How to put it right
//!
//! Correct the year, then read the sentence and its neighbours once more for other remains of the old text.
//!
//! # Limits and tolerated cases
//!
//! - The year before may stand in a head of comparison; comparisons may go further back.
//! - Titles of laws, plans and documents with years of their own are read only in prose, where this rule does not look.
//! - A report whose year cannot be made out is not checked. No figures are compared, so there is no rounding.
//!
//! ---
//! 标题、表头或对比里的年份，不是本报告的年份。
//!
//! # 发现什么
//!
//! - 表名、正文标题里的年份不是报告年度。
//! - 表头里的年份既不是报告年度，也不是上一年度。
//! - 与本年或以后的年份相比，例如 2019 年预算写“比2019年增加”。
//!
//! # 为什么要紧
//!
//! 多数报告是在上一年文件上改的。留下一个旧年份，说明旁边的文字也可能是旧的，读者也会怀疑这张表是不是今年的。
//!
//! # 依据
//!
//! - 《预算法》（2018 年修正）第十四条 [待核]：当年预算在财政部门批复后二十日内公开。
//! - 财预〔2016〕143号（2016-10-27）：公开的内容应当准确。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 2018年部门支出总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 2019年预算数
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 2019年部门支出总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 2019年预算数
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//! ```
//!
//! # 怎样改
//!
//! 改正年份，再把这一句和前后文读一遍，看有没有别的旧文字。
//!
//! # 界限与容许
//!
//! - 表头里可以有上一年度作对比；与更早年份对比也可以。
//! - 法规、规划、文件名称里的年份只出现在正文句子里，本规则不看。
//! - 看不出报告年度的，不检查。本规则不比较金额，没有四舍五入。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Role, Span, Term, Wording};
use gouji_understand::{ClaimKind, TableView};
use std::collections::BTreeSet;

pub(crate) static RULE: Rule = Rule {
    code: "FRM104",
    name: "stale-year",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("form.year", "text")],
    find,
    say,
    source: include_str!("stale_year.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let year = context.year();
    if year == 0 {
        return;
    }
    for table in &context.statement.tables {
        if let Some((title, span)) = &table.title {
            push(checks, years(title), &[year], title, *span);
        }
        // A head that reaches over several columns is one head.
        let heads: BTreeSet<&String> = table.columns.iter().flat_map(|column| &column.path).collect();
        for head in heads {
            push(checks, years(head), &[year, year - 1], head, head_span(table));
        }
    }
    // A section may look back at last year or at the execution of its budget.
    let looks_back = |text: &str| ["执行", "回顾", "总结", "完成情况"].iter().any(|word| text.contains(word));
    for heading in context.statement.headings.iter().filter(|heading| !looks_back(&heading.text)) {
        push(checks, years(&heading.text), &[year], &heading.text, heading.span);
    }
    comparisons(context, year, checks);
    day_of_record(context, year, checks);
}

/// 截至2023年12月31日 in the final accounts of 2024: what is owned is told of the end of the year.
fn day_of_record(context: &Context, year: i16, checks: &mut Vec<Check>) {
    if context.statement.subject.phase != gouji_model::Phase::Final {
        return;
    }
    for record in &context.statement.records {
        push(checks, vec![record.year], &[year], &record.text, record.span);
    }
}

/// 比2019年增加 in the budget of 2019: the year compares with itself. Change and growth of one amount are one comparison.
fn comparisons(context: &Context, year: i16, checks: &mut Vec<Check>) {
    let mut said = BTreeSet::new();
    for (index, claim) in context.statement.claims.iter().enumerate() {
        let base = match claim.kind {
            ClaimKind::Change { base_year, .. }
            | ClaimKind::Growth { base_year, .. }
            | ClaimKind::Unchanged { base_year } => base_year,
            _ => None,
        };
        let of = claim.of.unwrap_or(index);
        let Some(base) = base.filter(|base| said.insert((of, *base))) else { continue };
        let about = claim.of.map_or("", |of| context.statement.claims[of].subject.as_str());
        let subject = match format!("{about}{}", claim.subject) {
            unnamed if unnamed.is_empty() => format!("比{base}年"),
            named => named,
        };
        let term = Term { role: Role::Claim, label: subject.clone(), figure: None, span: Some(claim.span), cell: None };
        let mut check = plain_check("form.year", Level::Error, base < year, vec![term]);
        check.words = vec![base.to_string(), (year - 1).to_string(), subject];
        checks.push(check);
    }
}

/// The lines above the first row with data.
fn head_span(table: &TableView) -> Span {
    let end = table.rows.first().map_or(table.span.end, |row| row.span().start.saturating_sub(1));
    Span { end: end.max(table.span.start), ..table.span }
}

fn push(checks: &mut Vec<Check>, said: Vec<i16>, fitting: &[i16], text: &str, span: Span) {
    for year in said {
        let term = Term { role: Role::Claim, label: text.into(), figure: None, span: Some(span), cell: None };
        let mut check = plain_check("form.year", Level::Error, fitting.contains(&year), vec![term]);
        check.words = vec![year.to_string(), fitting[0].to_string(), text.into()];
        checks.push(check);
    }
}

/// Years written as `2019年` in a text without blanks.
fn years(text: &str) -> Vec<i16> {
    let before = |at: usize| text.get(at.checked_sub(4)?..at)?.parse().ok();
    text.match_indices('年').filter_map(|(at, _)| before(at)).filter(|year| (1990..2100).contains(year)).collect()
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, right, text) = (word(check, 0), word(check, 1), crate::phrase::short(word(check, 2)));
    wording(
        lang,
        [
            format!("“{text}”写的是 {said} 年，应为 {right} 年"),
            "多半是沿用了往年的文字".into(),
            "改正年份，并核对其余沿用的文字".into(),
        ],
        [
            format!("“{text}” says {said}; it should be {right}"),
            "probably left over from another year's text".into(),
            "correct the year and check the rest of the old text".into(),
        ],
    )
}
