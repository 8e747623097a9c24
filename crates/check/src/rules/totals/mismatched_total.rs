//! A printed total is not the sum of its printed parts.
//!
//! # What it finds
//!
//! Every total whose parts stand in the same row, the same column or the same list: rows over basic and project
//! expenditure, columns over classes, groups and items, units over their projects, the three public expenses, the
//! categories of procurement. Which figures are parts follows from what row and column stand for, not from the layout.
//!
//! # Why it matters
//!
//! A sum that does not close is the first thing a reader can check with a pocket calculator. One swapped digit makes all
//! other figures of the table doubtful.
//!
//! # Basis
//!
//! - Budget Law of the People's Republic of China, as amended in 2018, art. 32 and 46: budgets are drafted by classes,
//!   groups and items of one tree of codes, so each level is the sum of the level below [to be verified].
//! - 财预〔2016〕143号 of 2016-10-27: what a department publishes must be exact.
//! - Figures are rounded one by one from yuan; a total over n parts that are not zero may differ by at most ⌊n/2⌋ units
//!   of the last digit, and over a single part by nothing.
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
//! | 合计 | 903 | 300 | 600
//! 206 | 科学技术支出 | 500 | 200 | 300
//! 208 | 社会保障和就业支出 | 400 | 100 | 300
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
//! | 合计 | 901 | 300 | 600
//! 206 | 科学技术支出 | 501 | 200 | 300
//! 208 | 社会保障和就业支出 | 400 | 100 | 300
//! ```
//!
//! # How to put it right
//!
//! Compare total and parts with the books and correct the one that is wrong. If one cell breaks several sums, start with
//! that cell: the findings of one cause are shown together.
//!
//! # Limits and tolerated cases
//!
//! - A difference within the bound holds within rounding and is counted, not reported.
//! - Parts that are zero do not widen the bound, unless the row stands there for an item of its own.
//! - 其中 introduces some of the parts; they need not add up.
//! - The sum over all items is tested as well, at level info, because it passes over the levels between.
//!
//! ---
//! 印出的合计不等于各项之和。
//!
//! # 发现什么
//!
//! 凡合计与分项印在同一行、同一列或同一清单里的，逐一相加核对：行里的基本支出与项目支出，列里的类、款、项，
//! 单位与所属项目，“三公”经费各项，采购各品目。哪些数是分项，由行和列的含义推出，不看版式。
//!
//! # 为什么要紧
//!
//! 合计不平，读者拿计算器就能发现。一个数位颠倒，会让整张表的数都被怀疑。
//!
//! # 依据
//!
//! - 《预算法》（2018 年修正）第三十二条、第四十六条：预算按类、款、项编列，上一级是下一级之和 [待核]。
//! - 财预〔2016〕143号（2016-10-27）：公开的内容应当准确。
//! - 各数由元逐个四舍五入为万元：n 个不为零的分项，合计的差额最多为末位 ⌊n/2⌋ 个单位；只有一个分项时必须相等。
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
//! | 合计 | 903 | 300 | 600
//! 206 | 科学技术支出 | 500 | 200 | 300
//! 208 | 社会保障和就业支出 | 400 | 100 | 300
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
//! | 合计 | 901 | 300 | 600
//! 206 | 科学技术支出 | 501 | 200 | 300
//! 208 | 社会保障和就业支出 | 400 | 100 | 300
//! ```
//!
//! # 怎样改
//!
//! 用账上的数核对合计与各分项，改正有误的一个。一个格子同时弄坏几个合计的，先看这个格子：同一原因的问题排在一起。
//!
//! # 界限与容许
//!
//! - 差额在界限以内的，记为“舍入内”，只计数，不报。
//! - 为零的分项不放宽界限；该行专为某一项目而设的除外。
//! - “其中”之下只列部分分项，不要求加总。
//! - 合计与全部项级科目之和也核对，列为提示，因为它跳过了中间各级。

use crate::context::{Context, counted, fact_term, sum_check};
use crate::derive;
use crate::phrase::{difference, expected, figure, figures, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Fact, Lang, Level, Role, Wording};
use gouji_understand::{Statement, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "SUM101",
    name: "mismatched-total",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[
        ("balance.revenue.appropriation", "balance"),
        ("balance.revenue.year", "balance"),
        ("balance.revenue.total", "balance"),
        ("balance.expenditure.year", "balance"),
        ("balance.expenditure.total", "balance"),
        ("revenue.row", "revenue"),
        ("revenue.total", "revenue"),
        ("revenue.class", "revenue"),
        ("revenue.group", "revenue"),
        ("expenditure.row", "expenditure"),
        ("expenditure.total", "expenditure"),
        ("expenditure.class", "expenditure"),
        ("expenditure.group", "expenditure"),
        ("appropriation.revenue.year", "appropriation"),
        ("appropriation.revenue.total", "appropriation"),
        ("appropriation.expenditure.year", "appropriation"),
        ("appropriation.expenditure.total", "appropriation"),
        ("general.row", "general"),
        ("general.total", "general"),
        ("general.class", "general"),
        ("general.group", "general"),
        ("economic.row", "economic"),
        ("economic.total", "economic"),
        ("economic.class", "economic"),
        ("funds.row", "funds"),
        ("state-capital.row", "state-capital"),
        ("transfers.row", "transfers"),
        ("three-public.total", "three-public"),
        ("three-public.vehicles", "three-public"),
        ("procurement.total", "procurement"),
        ("procurement.category", "procurement"),
        ("construction.total", "construction"),
        ("project.unit", "projects"),
    ],
    find,
    say,
    source: include_str!("mismatched_total.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    derive::sums(context, checks);
    for kind in [TableKind::Projects, TableKind::Construction, TableKind::Transfers] {
        if let Some((number, _)) = context.statement.table(kind) {
            list_sums(context, kind, number, checks);
        }
    }
}

/// Lists of projects: the total over the units, each unit over its projects.
fn list_sums(context: &Context, kind: TableKind, number: u16, checks: &mut Vec<Check>) {
    let facts: Vec<&Fact> =
        context.statement.facts_of(number).filter(|fact| fact.at.nature != gouji_model::Nature::Basic).collect();
    let last_column = facts.iter().map(|fact| fact.cell.column).min();
    let facts: Vec<&Fact> = facts.into_iter().filter(|fact| Some(fact.cell.column) == last_column).collect();
    let table = &context.statement.tables[usize::from(number)];
    let is_unit = |fact: &&Fact| table.rows.iter().any(|row| row.row == fact.cell.row && row.is_unit);
    let units: Vec<&Fact> = facts.iter().copied().filter(|fact| is_unit(fact)).collect();
    let projects: Vec<&Fact> = facts.iter().copied().filter(|fact| !fact.at.project.is_empty()).collect();
    for unit in &units {
        let own: Vec<&Fact> = projects.iter().copied().filter(|fact| fact.at.unit == unit.at.unit).collect();
        if !own.is_empty() {
            push(context, checks, format!("project.unit[{}]", unit_name(context.statement, unit)), unit, &own);
        }
    }
    let total =
        facts.iter().find(|fact| fact.at.project.is_empty() && fact.at.unit.is_empty() && fact.at.function.is_all());
    let parts = if units.is_empty() { &projects } else { &units };
    if let Some(total) = total {
        let key = if kind == TableKind::Projects { "project.total".into() } else { format!("{}.total", kind.word()) };
        // A list of building projects without projects has no money; other lists may be a choice.
        if !parts.is_empty() || total.figure.is_zero() || kind == TableKind::Construction {
            push(context, checks, key, total, parts);
        }
    } else if kind == TableKind::Construction {
        unlabelled_total(context, number, checks);
    }
}

/// A list without items whose only amount stands in a row without a label: it must be zero.
fn unlabelled_total(context: &Context, number: u16, checks: &mut Vec<Check>) {
    let unbound =
        context.statement.unbound.iter().filter(|unbound| unbound.cell.is_some_and(|cell| cell.table == number));
    let zero = |text: &str| text.chars().all(|c| "0.,".contains(c));
    let figures: Vec<_> = unbound.collect();
    if !figures.is_empty() && context.statement.facts_of(number).next().is_none() {
        let holds = figures.iter().all(|unbound| zero(&unbound.text));
        let terms = figures.iter().map(|unbound| gouji_model::Term {
            role: Role::Total,
            label: unbound.cell.map(|cell| context.statement.cell_label(cell)).unwrap_or_default(),
            figure: None,
            span: Some(unbound.span),
            cell: unbound.cell,
        });
        let mut check = crate::context::plain_check("construction.total", Level::Error, holds, terms.collect());
        check.expected = Some("0".into());
        checks.push(check);
    }
}

fn unit_name(statement: &Statement, unit: &Fact) -> String {
    let entity = statement.subject.entity.as_deref().unwrap_or("");
    let short = unit.at.unit.strip_prefix(entity).filter(|rest| !rest.is_empty());
    short.unwrap_or(&unit.at.unit).to_string()
}

fn push(context: &Context, checks: &mut Vec<Check>, key: String, total: &Fact, parts: &[&Fact]) {
    let test = total.figure.test_sum(counted(parts.iter().copied()));
    let mut terms = vec![fact_term(context, Role::Total, total)];
    terms.extend(parts.iter().map(|part| fact_term(context, Role::Part, part)));
    checks.push(sum_check(key, Level::Error, &test, terms));
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (total, printed, sum) = (label(check, Role::Total), figure(check, Role::Total), expected(check));
    let parts = figures(check, Role::Part, " + ");
    let gap = difference(check);
    wording(
        lang,
        [
            format!("{total} 印作 {printed}，各项之和是 {sum}，相差 {gap}"),
            if parts == sum {
                format!("不为零的分项只有一个，合计应当就是 {sum}")
            } else {
                format!("{parts} = {sum}；相差超过四舍五入所能解释的范围")
            },
            "核对合计与各分项，改正有误的一个".into(),
        ],
        [
            format!("{total} is printed as {printed}; its parts add up to {sum}, a difference of {gap}"),
            if parts == sum {
                format!("only one part is not zero, so the total is {sum}")
            } else {
                format!("{parts} = {sum}; rounding cannot explain the difference")
            },
            "compare the total and its parts with the books and correct the one that is wrong".into(),
        ],
    )
}
