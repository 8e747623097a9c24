//! The projects of a report do not add up to its project expenditure.
//!
//! # What it finds
//!
//! - All projects against the total of project expenditure.
//! - The projects of one code against the project expenditure of that code.
//! - Codes with project money for which the list has no project.
//! - Projects named 办公设备购置 against the economic code 31002.
//!
//! # Why it matters
//!
//! The project line is what awards, contracts and performance goals hang on. Money without a project has no goal, and a
//! project beyond the total has no money.
//!
//! # Basis
//!
//! - Budget Law of the People's Republic of China, as amended in 2018, art. 32 and 46 [to be verified]: project
//!   expenditure is budgeted by project and classified to the item.
//! - 国发〔2021〕5号: all expenditure is budgeted as projects of the library.
//! - The bound is ⌊n/2⌋ units of the last digit for n projects that are not zero; none for a single project.
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
//! | 合计 | 343 | 0 | 343
//! 206 | 科学技术支出 | 343 | 0 | 343
//! 20607 | 科学技术普及 | 343 | 0 | 343
//! 2060702 | 科普活动 | 343 | 0 | 343
//!
//! 表十三
//! 部门预算绩效管理项目情况表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 项目名称 | 项目金额 | 绩效目标 | 申报依据
//! 2060702 | 科普活动 | 科普讲座 | 143 | 办讲座二十场 | 科普法
//! 2060702 | 科普活动 | 科普巡展 | 190 | 办巡展十场 | 科普法
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
//! | 合计 | 343 | 0 | 343
//! 206 | 科学技术支出 | 343 | 0 | 343
//! 20607 | 科学技术普及 | 343 | 0 | 343
//! 2060702 | 科普活动 | 343 | 0 | 343
//!
//! 表十三
//! 部门预算绩效管理项目情况表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 项目名称 | 项目金额 | 绩效目标 | 申报依据
//! 2060702 | 科普活动 | 科普讲座 | 143 | 办讲座二十场 | 科普法
//! 2060702 | 科普活动 | 科普巡展 | 200 | 办巡展十场 | 科普法
//! ```
//!
//! # How to put it right
//!
//! Compare the list with the table code by code: the code whose sums differ holds the fault. Add what is missing, or
//! correct code or amount.
//!
//! # Limits and tolerated cases
//!
//! - A list that leaves out more than a fifth of the codes with project money is taken for a choice of projects: less than
//!   the total is then not checked, more than the total is still a fault.
//! - The comparison with 31002 rests on names and is a warning where the form of the place is known, otherwise info.
//!
//! ---
//! 项目表的金额加起来，与支出表的项目支出不一致。
//!
//! # 发现什么
//!
//! - 全部项目之和与项目支出合计。
//! - 同一科目的项目之和与该科目的项目支出。
//! - 有项目支出的科目，项目表里没有项目。
//! - 名为“办公设备购置”的项目之和与经济科目 31002。
//!
//! # 为什么要紧
//!
//! 奖补、合同、绩效目标都挂在项目上。有钱没有项目，就没有目标；项目超过合计，就没有资金。
//!
//! # 依据
//!
//! - 《预算法》（2018 年修正）第三十二条、第四十六条 [待核]：项目支出按项目编列，并细化到项级科目。
//! - 国发〔2021〕5号：预算支出全部以项目形式纳入项目库。
//! - n 个不为零的项目，差额最多为末位 ⌊n/2⌋ 个单位；只有一个项目时必须相等。
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
//! | 合计 | 343 | 0 | 343
//! 206 | 科学技术支出 | 343 | 0 | 343
//! 20607 | 科学技术普及 | 343 | 0 | 343
//! 2060702 | 科普活动 | 343 | 0 | 343
//!
//! 表十三
//! 部门预算绩效管理项目情况表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 项目名称 | 项目金额 | 绩效目标 | 申报依据
//! 2060702 | 科普活动 | 科普讲座 | 143 | 办讲座二十场 | 科普法
//! 2060702 | 科普活动 | 科普巡展 | 190 | 办巡展十场 | 科普法
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
//! | 合计 | 343 | 0 | 343
//! 206 | 科学技术支出 | 343 | 0 | 343
//! 20607 | 科学技术普及 | 343 | 0 | 343
//! 2060702 | 科普活动 | 343 | 0 | 343
//!
//! 表十三
//! 部门预算绩效管理项目情况表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 项目名称 | 项目金额 | 绩效目标 | 申报依据
//! 2060702 | 科普活动 | 科普讲座 | 143 | 办讲座二十场 | 科普法
//! 2060702 | 科普活动 | 科普巡展 | 200 | 办巡展十场 | 科普法
//! ```
//!
//! # 怎样改
//!
//! 逐个科目对照项目表与支出表，对不上的科目就是问题所在。补列缺的项目，或者改正科目、金额。
//!
//! # 界限与容许
//!
//! - 有项目支出的科目缺了五分之一以上的，视为只列部分项目：小于合计不检查，大于合计仍然报。
//! - 与 31002 的比较靠名称对应；认得当地格式时列为警告，否则列为提示。

use crate::context::{Context, counted, fact_term, plain_check, sum_check, unchecked};
use crate::phrase::{difference, expected, figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Code, Coordinates, Fact, Lang, Level, Measure, Nature, Reason, Role, Wording};
use gouji_understand::{RowView, TableKind};
use std::collections::BTreeSet;

pub(crate) static RULE: Rule = Rule {
    code: "SUM106",
    name: "mismatched-project-sum",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[
        ("projects.total", "projects"),
        ("projects.function", "projects"),
        ("projects.cover", "projects"),
        ("projects.equipment", "projects"),
    ],
    find,
    say,
    source: include_str!("mismatched_project_sum.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let Some((number, table)) = context.statement.table(TableKind::Projects) else { return };
    // Further columns divide the amount by source.
    let first = context.statement.facts_of(number).map(|fact| fact.cell.column).min();
    let of_list = |fact: &&Fact| Some(fact.cell.column) == first && !fact.at.project.is_empty();
    let projects: Vec<&Fact> = context.statement.facts_of(number).filter(of_list).collect();
    if projects.is_empty() {
        return;
    }
    let whole = Coordinates { nature: Nature::Project, ..context.whole(Measure::Expenditure) };
    let complete = cover(context, &projects, &whole, checks);
    for total in context.facts(&whole).iter().filter(|fact| context.kind_of(fact) == TableKind::Expenditure) {
        let units: Vec<&Fact> = context
            .statement
            .facts_of(number)
            .filter(|fact| table.rows.iter().any(|row| row.row == fact.cell.row && row.is_unit))
            .collect();
        let parts = if units.is_empty() { projects.clone() } else { units };
        compare(context, "projects.total".into(), total, &parts, complete, checks);
    }
    let codes: BTreeSet<Code> = projects.iter().map(|fact| fact.at.function).filter(|code| code.len() == 7).collect();
    for code in codes {
        let at = Coordinates { function: code, ..whole.clone() };
        let Some(total) = context.fact_in(TableKind::Expenditure, &at) else { continue };
        let parts: Vec<&Fact> = projects.iter().copied().filter(|fact| fact.at.function == code).collect();
        compare(context, format!("projects.function[{code}]"), total, &parts, complete, checks);
    }
    equipment(context, &projects, table.rows.iter(), checks);
}

/// Every item (项) with project money has a project: then the list can be taken as complete.
fn cover(context: &Context, projects: &[&Fact], whole: &Coordinates, checks: &mut Vec<Check>) -> bool {
    if projects.iter().all(|fact| fact.at.function.is_all()) {
        return false;
    }
    let in_frame = |fact: &&Fact| {
        Coordinates { function: Code::ALL, ..fact.at.clone() } == *whole
            && context.kind_of(fact) == TableKind::Expenditure
    };
    let with_money: Vec<&Fact> = context
        .statement
        .facts
        .iter()
        .filter(in_frame)
        .filter(|fact| fact.at.function.len() == 7 && !fact.figure.is_zero())
        .collect();
    let has_project = |fact: &&&Fact| projects.iter().any(|project| project.at.function == fact.at.function);
    let covered = with_money.iter().filter(has_project).count();
    // A list that leaves out many items is a choice of projects, not all of them.
    let meant_complete = covered * 10 >= with_money.len() * 8 && !with_money.is_empty();
    for fact in &with_money {
        let terms = vec![fact_term(context, Role::Total, fact)];
        let check = if meant_complete {
            plain_check("projects.cover", Level::Error, has_project(&fact), terms)
        } else {
            unchecked(
                "projects.cover",
                Level::Error,
                Reason::Ambiguous("项目表可能只列部分项目 the list may be a choice".into()),
                terms,
            )
        };
        checks.push(check);
    }
    covered == with_money.len()
}

fn compare(context: &Context, key: String, total: &Fact, parts: &[&Fact], complete: bool, checks: &mut Vec<Check>) {
    let test = total.figure.test_sum(counted(parts.iter().copied()));
    let mut terms = vec![fact_term(context, Role::Total, total)];
    terms.extend(parts.iter().map(|part| fact_term(context, Role::Part, part)));
    let short = test.difference.digits() < 0;
    if !test.possible && short && !complete {
        let reason = Reason::Ambiguous("项目表可能只列部分项目 the list may be a choice".into());
        checks.push(unchecked(key, Level::Error, reason, terms));
    } else {
        checks.push(sum_check(key, Level::Error, &test, terms));
    }
}

/// 31002 办公设备购置 over the projects of that name.
fn equipment<'r>(
    context: &Context,
    projects: &[&Fact],
    rows: impl Iterator<Item = &'r RowView>,
    checks: &mut Vec<Check>,
) {
    let named: BTreeSet<u32> = rows
        .filter(|row| row.project.as_deref().is_some_and(|name| name == "办公设备购置"))
        .map(|row| row.row)
        .collect();
    let parts: Vec<&Fact> = projects.iter().copied().filter(|fact| named.contains(&fact.cell.row)).collect();
    let at = Coordinates {
        book: gouji_model::Book::General,
        nature: Nature::Project,
        economic: Code::new("31002").unwrap_or_default(),
        ..context.whole(Measure::Expenditure)
    };
    let Some(total) = context.fact_in(TableKind::Economic, &at) else { return };
    if parts.is_empty() {
        return;
    }
    let test = total.figure.test_sum(counted(parts.iter().copied()));
    let mut terms = vec![fact_term(context, Role::Total, total)];
    terms.extend(parts.iter().map(|part| fact_term(context, Role::Part, part)));
    let level = context.level_declared("projects.equipment");
    checks.push(sum_check("projects.equipment".into(), level, &test, terms));
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (total, printed, sum) = (label(check, Role::Total), figure(check, Role::Total), expected(check));
    let gap = difference(check);
    if sum.is_empty() {
        return wording(
            lang,
            [
                format!("{total} 有项目支出 {printed}，项目表里没有这一科目的项目"),
                "有项目支出的科目，项目表里应当有项目".into(),
                "在项目表补列，或核对科目编码".into(),
            ],
            [
                format!("{total} has {printed} of project expenditure and no project in the list"),
                "a code with project money has a project".into(),
                "add the project to the list, or check its code".into(),
            ],
        );
    }
    wording(
        lang,
        [
            format!("{total} 是 {printed}，项目表各项目之和是 {sum}，相差 {gap}"),
            "项目支出就是各项目金额之和".into(),
            "核对项目金额与项目支出，改正有误的一个".into(),
        ],
        [
            format!("{total} is {printed}, the projects add up to {sum}: a difference of {gap}"),
            "project expenditure is the sum of the projects".into(),
            "check the projects and the total and correct the one that is wrong".into(),
        ],
    )
}
