//! A project has no performance goal, or no basis.
//!
//! # What it finds
//!
//! A blank cell for goal or basis beside a project in the list of projects.
//!
//! # Why it matters
//!
//! Money without a goal cannot be assessed. It is often the largest project that is blank.
//!
//! # Basis
//!
//! 预算法 (as amended 2018) art. 32: budgets rest on performance results [to be verified].
//! 财预〔2016〕143号 (2016-10-27): goals of projects are published step by step.
//!
//! # Example that fires
//!
//! ```text
//! 2022年清泉县农业农村局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 880
//! 高标准农田 | 2130153 | 800 |  | 省农田建设规划
//! 动物防疫 | 2130108 | 80 | 免疫率90%以上 | 动物防疫法
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2022年清泉县农业农村局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 880
//! 高标准农田 | 2130153 | 800 | 建成5000亩 | 省农田建设规划
//! 动物防疫 | 2130108 | 80 | 免疫率90%以上 | 动物防疫法
//! ```
//!
//! # How to put it right
//!
//! Fill in what is to be reached, with quantity and date; for the basis, the document on which the
//! project rests.
//!
//! # Limits and tolerated cases
//!
//! Any text fills a cell: what it says is judged by duplicate-text and missing-quantity. Rows of
//! totals and of units need no goal. A list without such a column is not checked.
//!
//! ---
//! 项目没有填绩效目标，或者没有填申报依据。
//!
//! # 发现什么
//!
//! 项目表里有项目的行，绩效目标或申报依据一格是空的。
//!
//! # 为什么要紧
//!
//! 没有目标的钱无从考核，而空着的往往是金额最大的项目。
//!
//! # 依据
//!
//! 《预算法》（2018年修正）第三十二条：编制预算应当参考绩效结果[待核]。
//! 财预〔2016〕143号（2016年10月27日）：项目绩效目标逐步公开。
//!
//! # 会报的例子
//!
//! ```text
//! 2022年清泉县农业农村局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 880
//! 高标准农田 | 2130153 | 800 |  | 省农田建设规划
//! 动物防疫 | 2130108 | 80 | 免疫率90%以上 | 动物防疫法
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2022年清泉县农业农村局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 880
//! 高标准农田 | 2130153 | 800 | 建成5000亩 | 省农田建设规划
//! 动物防疫 | 2130108 | 80 | 免疫率90%以上 | 动物防疫法
//! ```
//!
//! # 怎样改
//!
//! 写明要做到什么，有数量、有时限；依据写明所依据的文件。
//!
//! # 界限与容许
//!
//! 有文字就算填了，写得如何由 duplicate-text 和 missing-quantity 判断。
//! 合计行、单位行不必填。没有这一栏的表不检查。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Role, Term, Wording};
use gouji_understand::{ColumnRole, RowView, TableKind, TableView};

pub(crate) static RULE: Rule = Rule {
    code: "PRF101",
    name: "missing-goal",
    dimension: Dimension::Completeness,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("project.goal", "projects"), ("project.basis", "projects")],
    find,
    say,
    source: include_str!("missing_goal.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let Some((_, table)) = context.statement.table(TableKind::Projects) else { return };
    for (role, key) in [(ColumnRole::Goal, "project.goal"), (ColumnRole::Basis, "project.basis")] {
        let Some(column) = table.column(role) else { continue };
        for row in table.rows.iter().filter(|row| row.project.is_some()) {
            let mut check = plain_check(key, Level::Error, !row.text(column).is_empty(), vec![term(table, row)]);
            let amount = table.column(ColumnRole::Amount).map_or("", |amount| row.text(amount));
            let unit = table.unit.map_or("", |(unit, _)| unit.word());
            let amount =
                if amount.is_empty() { String::new() } else { format!("{amount} {unit}").trim_end().to_string() };
            check.words = vec![row.project.clone().unwrap_or_default(), amount, table.columns[column].title()];
            checks.push(check);
        }
    }
}

fn term(table: &TableView, row: &RowView) -> Term {
    Term {
        role: Role::Missing,
        label: format!("{} {}", table.name(), row.title()),
        figure: None,
        span: Some(row.span()),
        cell: None,
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (project, amount, column) = (word(check, 0), word(check, 1), word(check, 2));
    let (zh, en) = if amount.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("（{amount}）"), format!(" ({amount})"))
    };
    wording(
        lang,
        [
            format!("项目“{project}”{zh}的{column}是空的"),
            "纳入绩效管理的项目，目标和依据都要写明".into(),
            format!("补填{column}"),
        ],
        [
            format!("the {column} of project “{project}”{en} is blank"),
            "every project under performance management states its goal and its basis".into(),
            format!("fill in {column}"),
        ],
    )
}
