//! One code has two names, or a project's code is no item of the expenditure table.
//!
//! ---
//! 同一科目编码出现两个名称，或者项目的科目在支出表里找不到。

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
    for table in context.statement.tables.iter().filter(|table| is_classified(table.kind)) {
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
            let terms = vec![term(Role::Claim, table, row), term(Role::Other, known_table, known)];
            let mut check = plain_check(key, level, known.label == row.label, terms);
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
