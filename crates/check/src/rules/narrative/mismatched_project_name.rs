//! A fund or project named in the reasons has another name in the table of projects.
//!
//! ---
//! 原因说明里的资金或项目名称，与项目表里的名称不一样。

use super::unexplained_change::causes;
use crate::context::{Context, plain_check, unchecked};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use crate::similar::nearest;
use gouji_model::{Check, Lang, Level, Reason, Role, Term, Wording};
use gouji_understand::{RowView, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "NAR112",
    name: "mismatched-project-name",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("reasons.name", "text")],
    find,
    say,
    source: include_str!("mismatched_project_name.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let Some((_, table)) = context.statement.table(TableKind::Projects) else { return };
    let rows: Vec<(&RowView, &str)> =
        table.rows.iter().filter_map(|row| Some((row, row.project.as_deref()?))).collect();
    for cause in causes(context).into_iter().filter(|cause| cause.claim.at.is_none()) {
        let claim = Term {
            role: Role::Claim,
            label: cause.name.clone(),
            figure: None,
            span: Some(cause.claim.span),
            cell: None,
        };
        if rows.iter().any(|(_, project)| *project == cause.name) {
            checks.push(plain_check("reasons.name", Level::Warning, true, vec![claim]));
            continue;
        }
        let Some(project) = nearest(&cause.name, rows.iter().map(|(_, name)| *name), 80) else {
            let reason = Reason::NoFigure(format!("{}：没有相近的项目 no similar project", cause.name));
            checks.push(unchecked("reasons.name", Level::Warning, reason, vec![claim]));
            continue;
        };
        let row = rows.iter().find(|(_, name)| *name == project).map(|(row, _)| row.span());
        let other = Term { role: Role::Other, label: project.into(), figure: None, span: row, cell: None };
        let mut check = plain_check("reasons.name", Level::Warning, false, vec![claim, other]);
        check.words = vec![cause.name.clone(), project.into()];
        checks.push(check);
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, listed) = (word(check, 0), word(check, 1));
    wording(
        lang,
        [
            format!("原因里写“{said}”，项目表里是“{listed}”"),
            "同一笔资金用两个名称，读者无从对照".into(),
            "统一用项目表里的名称".into(),
        ],
        [
            format!("the reasons say “{said}”, the table of projects “{listed}”"),
            "one fund under two names cannot be traced".into(),
            "use the name of the table".into(),
        ],
    )
}
