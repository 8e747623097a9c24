//! One code has two names, or a project's code is no item of the expenditure table.
//!
//! # What it finds
//!
//! - The name beside a code, in every table by function or economic codes and in the list of projects, against the name
//!   the code has where the report prints it first.
//! - The code of a project that the expenditure table does not have.
//!
//! # Why it matters
//!
//! Code and name say the same thing twice, so that a slip in one shows in the other. A project on a code of its own
//! cannot be found in the expenditure it is part of.
//!
//! # Basis
//!
//! - Classification of government revenue and expenditure (政府收支分类科目) of the year of the report: one code has one
//!   name.
//! - 财预〔2016〕143号 of 2016-10-27: expenditure is published by function codes to the item.
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
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20607 | 科学技术普及 | 343
//! 2060702 | 科普活动 | 343
//!
//! 表五
//! 一般公共预算支出表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20607 | 科学技术普及 | 343
//! 2060702 | 青少年科技活动 | 343
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
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20607 | 科学技术普及 | 343
//! 2060702 | 科普活动 | 343
//!
//! 表五
//! 一般公共预算支出表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20607 | 科学技术普及 | 343
//! 2060702 | 科普活动 | 343
//! ```
//!
//! # How to put it right
//!
//! Look the code up in the catalogue of the year, and use that name everywhere. If code and name are both right, one of
//! the two lines stands under the wrong code.
//!
//! # Limits and tolerated cases
//!
//! - Blanks inside a name and the width of brackets do not count.
//! - A name that is part of the other is a warning, because it is probably cut short; other names are an error.
//! - Which of both names is the catalogue's is not decided here. No figures are compared, so there is no rounding.
//!
//! ---
//! 同一科目编码出现两个名称，或者项目的科目在支出表里找不到。
//!
//! # 发现什么
//!
//! - 各张按功能科目、经济科目的表以及项目表里，编码旁的名称与该编码第一次出现时的名称比较。
//! - 项目的科目编码在支出表里没有。
//!
//! # 为什么要紧
//!
//! 编码和名称把同一件事说两遍，一处写错，另一处就能看出来。项目的科目在支出表里没有，就找不到它属于哪笔支出。
//!
//! # 依据
//!
//! - 报告当年的《政府收支分类科目》：一个编码只有一个名称。
//! - 财预〔2016〕143号（2016-10-27）：支出按功能分类公开到项。
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
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20607 | 科学技术普及 | 343
//! 2060702 | 科普活动 | 343
//!
//! 表五
//! 一般公共预算支出表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20607 | 科学技术普及 | 343
//! 2060702 | 青少年科技活动 | 343
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
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20607 | 科学技术普及 | 343
//! 2060702 | 科普活动 | 343
//!
//! 表五
//! 一般公共预算支出表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20607 | 科学技术普及 | 343
//! 2060702 | 科普活动 | 343
//! ```
//!
//! # 怎样改
//!
//! 查当年科目目录，各处统一用目录里的名称。编码和名称都没写错的，就是其中一行列错了科目。
//!
//! # 界限与容许
//!
//! - 名称里的空格、括号的全角半角不算差别。
//! - 一个名称是另一个的一部分，多半是漏字，列为警告；其他情况列为错误。
//! - 哪个名称才是目录里的，这里不判断。本规则不比较金额，没有四舍五入。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Code, Lang, Level, Role, Term, Wording};
use gouji_understand::{RowView, TableKind, TableView};
use std::collections::BTreeMap;

pub(crate) static RULE: Rule = Rule {
    code: "CLS103",
    name: "mismatched-code-name",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("codes.names", "expenditure"), ("projects.code", "projects")],
    find,
    say,
    source: include_str!("mismatched_code_name.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let mut first: BTreeMap<Code, (&TableView, &RowView)> = BTreeMap::new();
    // Projects refer to the other tables, wherever they stand.
    let (projects, others): (Vec<_>, Vec<_>) =
        context.statement.tables.iter().partition(|table| table.kind == TableKind::Projects);
    for table in others.into_iter().chain(projects).filter(|table| is_classified(table.kind)) {
        for row in &table.rows {
            let Some(code) = row.code.filter(|_| !row.label.is_empty()) else { continue };
            let is_project = table.kind == TableKind::Projects;
            let Some((known_table, known)) = first.get(&code) else {
                if is_project && first.keys().any(|code| code.as_str().starts_with('2')) {
                    let mut check =
                        plain_check("projects.code", Level::Error, false, vec![term(Role::Claim, table, row)]);
                    check.words = vec![code.to_string(), row.label.clone(), String::new()];
                    checks.push(check);
                } else {
                    first.insert(code, (table, row));
                }
                continue;
            };
            let key = if is_project { "projects.code" } else { "codes.names" };
            let alike = known.label.contains(&row.label) || row.label.contains(&known.label);
            let level = if alike { Level::Warning } else { Level::Error };
            let same = known.label == row.label;
            let both = || vec![term(Role::Claim, table, row), term(Role::Other, known_table, known)];
            let terms = if same { Vec::new() } else { both() };
            let mut check = plain_check(key, level, same, terms);
            check.words = vec![code.to_string(), row.label.clone(), known.label.clone()];
            checks.push(check);
        }
    }
}

/// Tables whose rows are function or economic codes.
fn is_classified(kind: TableKind) -> bool {
    matches!(
        kind,
        TableKind::Revenue
            | TableKind::Expenditure
            | TableKind::General
            | TableKind::Economic
            | TableKind::Funds
            | TableKind::StateCapital
            | TableKind::Projects
    )
}

fn term(role: Role, table: &TableView, row: &RowView) -> Term {
    Term { role, label: format!("{} {}", table.name(), row.title()), figure: None, span: Some(row.span()), cell: None }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (code, name, known) = (word(check, 0), word(check, 1), word(check, 2));
    if known.is_empty() {
        return wording(
            lang,
            [
                format!("项目所列科目 {code} {name} 在支出表里没有"),
                "项目支出的科目应当是支出表里的项级科目".into(),
                "核对科目编码".into(),
            ],
            [
                format!("the project's code {code} {name} is not in the expenditure table"),
                "a project stands on an item (项) of the expenditure table".into(),
                "check the code".into(),
            ],
        );
    }
    wording(
        lang,
        [
            format!("科目 {code} 一处叫“{name}”，另一处叫“{known}”"),
            "一个编码只有一个名称".into(),
            "按当年科目目录统一名称".into(),
        ],
        [
            format!("code {code} is called “{name}” here and “{known}” elsewhere"),
            "one code has one name".into(),
            "use the name of the year's catalogue".into(),
        ],
    )
}
