//! A goal repeats the basis, or two projects carry the same text.
//!
//! # What it finds
//!
//! The goal of a project that is word for word its basis; the benefit of a key project that is word
//! for word that of an earlier one.
//!
//! # Why it matters
//!
//! A copied text was not written for the project. It cannot be assessed.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): goals of key projects are published step by step. 财预〔2021〕101号
//! (2021): goals and indicators of their own for each project.
//!
//! # Example that fires
//!
//! ```text
//! 2023年石湾区人社局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 200
//! 技能培训 | 2080705 | 200 | 经区就业联席会议审定 | 经区就业联席会议审定
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2023年石湾区人社局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 200
//! 技能培训 | 2080705 | 200 | 培训2000人，就业率60% | 经区就业联席会议审定
//! ```
//!
//! # How to put it right
//!
//! Write what this project is to reach.
//!
//! # Limits and tolerated cases
//!
//! A warning. Texts of fewer than 8 characters are no copies. One character apart is not the same:
//! nothing is guessed.
//!
//! ---
//! 绩效目标照抄申报依据，或者两个项目的文字完全相同。
//!
//! # 发现什么
//!
//! 项目的绩效目标与申报依据一字不差；重点项目的效益与前面的项目一字不差。
//!
//! # 为什么要紧
//!
//! 照抄的文字不是为这个项目写的，无法考核。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：重点项目绩效目标逐步公开。
//! 财预〔2021〕101号（2021年）：项目各有核心绩效目标和指标。
//!
//! # 会报的例子
//!
//! ```text
//! 2023年石湾区人社局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 200
//! 技能培训 | 2080705 | 200 | 经区就业联席会议审定 | 经区就业联席会议审定
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2023年石湾区人社局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 200
//! 技能培训 | 2080705 | 200 | 培训2000人，就业率60% | 经区就业联席会议审定
//! ```
//!
//! # 怎样改
//!
//! 写出这个项目自己要做到什么。
//!
//! # 界限与容许
//!
//! 只作警告。不足 8 个字的文字不算照抄。差一个字就不算相同，不作猜测。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Role, Span, Term, Wording};
use gouji_understand::{ColumnRole, RowView, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "PRF102",
    name: "duplicate-text",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("project.goal-and-basis", "projects"), ("key-project.benefit", "key-projects")],
    find,
    say,
    source: include_str!("duplicate_text.rs"),
};

/// Texts shorter than this say too little to be a copy of each other.
const SHORTEST_COPY: usize = 8;

fn find(context: &Context, checks: &mut Vec<Check>) {
    if let Some((_, table)) = context.statement.table(TableKind::Projects)
        && let (Some(goal), Some(basis)) = (table.column(ColumnRole::Goal), table.column(ColumnRole::Basis))
    {
        for row in table.rows.iter().filter(|row| row.project.is_some() && !row.text(goal).is_empty()) {
            let terms = vec![cell(row, goal, Role::Claim), cell(row, basis, Role::Other)];
            let mut check =
                plain_check("project.goal-and-basis", Level::Warning, row.text(goal) != row.text(basis), terms);
            check.words = vec![row.project.clone().unwrap_or_default(), String::new()];
            checks.push(check);
        }
    }
    let Some((_, table)) = context.statement.table(TableKind::KeyProjects) else { return };
    let Some(column) = table.column(ColumnRole::Benefit).or(table.column(ColumnRole::Goal)) else { return };
    let rows: Vec<&RowView> = table.rows.iter().filter(|row| row.project.is_some()).collect();
    for (at, row) in rows.iter().enumerate() {
        let copied = |other: &&&RowView| other.text(column) == row.text(column) && other.project != row.project;
        let long = row.text(column).chars().count() >= SHORTEST_COPY;
        let earlier = rows[..at].iter().find(copied).filter(|_| long);
        let mut terms = vec![cell(row, column, Role::Claim)];
        terms.extend(earlier.map(|other| cell(other, column, Role::Other)));
        let mut check = plain_check("key-project.benefit", Level::Warning, earlier.is_none(), terms);
        check.words = vec![
            row.project.clone().unwrap_or_default(),
            earlier.and_then(|other| other.project.clone()).unwrap_or_default(),
        ];
        checks.push(check);
    }
}

fn cell(row: &RowView, column: usize, role: Role) -> Term {
    let span: Span = row.cells.get(column).map(|(_, span)| *span).unwrap_or_default();
    Term { role, label: row.title(), figure: None, span: Some(span), cell: None }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (project, other) = (word(check, 0), word(check, 1));
    if other.is_empty() {
        return wording(
            lang,
            [
                format!("项目“{project}”的绩效目标与申报依据一字不差"),
                "依据说的是凭什么做，目标说的是做到什么，不能互相代替".into(),
                "写出可以考核的目标".into(),
            ],
            [
                format!("the goal of project “{project}” is word for word its basis"),
                "the basis says on what ground, the goal what is to be reached".into(),
                "state a goal that can be assessed".into(),
            ],
        );
    }
    wording(
        lang,
        [
            format!("项目“{project}”与“{other}”的文字完全相同"),
            "不同的项目有不同的效益，照抄的文字无法考核".into(),
            "分别写明各项目的效益".into(),
        ],
        [
            format!("projects “{project}” and “{other}” carry the same text"),
            "different projects have different benefits; a copied text cannot be assessed".into(),
            "state the benefit of each project".into(),
        ],
    )
}
