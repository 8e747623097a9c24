//! A project has no performance goal, or no basis.
//!
//! ---
//! 项目没有填绩效目标，或者没有填申报依据。

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
            let amount =
                table.column(ColumnRole::Amount).map(|amount| row.text(amount).to_string()).unwrap_or_default();
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
    wording(
        lang,
        [
            format!("项目“{project}”（{amount}）的{column}是空的"),
            "纳入绩效管理的项目，目标和依据都要写明".into(),
            format!("补填{column}"),
        ],
        [
            format!("the {column} of project “{project}” ({amount}) is blank"),
            "every project under performance management states its goal and its basis".into(),
            format!("fill in {column}"),
        ],
    )
}
