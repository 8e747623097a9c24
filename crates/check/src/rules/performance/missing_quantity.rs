//! A quantified indicator holds no number.
//!
//! ---
//! 量化指标里没有数字。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Role, Term, Wording};
use gouji_understand::{ColumnRole, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "PRF103",
    name: "missing-quantity",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("key-project.quantity", "key-projects")],
    find,
    say,
    source: include_str!("missing_quantity.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let Some((_, table)) = context.statement.table(TableKind::KeyProjects) else { return };
    let Some(column) = table.column(ColumnRole::Indicator) else { return };
    for row in table.rows.iter().filter(|row| row.project.is_some()) {
        let span = row.cells.get(column).map(|(_, span)| *span);
        let term = Term { role: Role::Claim, label: row.title(), figure: None, span, cell: None };
        let mut check = plain_check("key-project.quantity", Level::Warning, has_quantity(row.text(column)), vec![term]);
        check.words = vec![row.project.clone().unwrap_or_default()];
        checks.push(check);
    }
}

/// A number followed by what it counts. 第二十一届 is a name, not a quantity.
fn has_quantity(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    characters.iter().enumerate().any(|(at, character)| {
        let next = characters.get(at + 1);
        let counts = next.is_some_and(|next| !next.is_ascii_digit() && !"年月日届号".contains(*next));
        let chinese = "一二三四五六七八九十百千万两".contains(*character)
            && next.is_some_and(|next| "个家项次场人名亿件篇套台批所条".contains(*next))
            && (at == 0 || !"第同统".contains(characters[at - 1]));
        character.is_ascii_digit() && counts || chinese
    })
}

fn say(check: &Check, lang: Lang) -> Wording {
    let project = word(check, 0);
    wording(
        lang,
        [
            format!("项目“{project}”的量化指标没有数字"),
            "量化指标要能考核：多少、到什么程度".into(),
            "写明数量、比例或时限".into(),
        ],
        [
            format!("the quantified indicator of project “{project}” holds no number"),
            "an indicator that is called quantified must say how much".into(),
            "state a quantity, a rate or a date".into(),
        ],
    )
}
