//! An amount stands in a row without a label, or a table does not say its unit or whose it is.
//!
//! ---
//! 金额所在的行没有名称，或者表头没有写明单位、部门。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Role, Term, Wording};
use gouji_understand::UnboundReason;

pub(crate) static RULE: Rule = Rule {
    code: "FRM105",
    name: "missing-label",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("form.labels", "balance"), ("form.unit", "balance")],
    find,
    say,
    source: include_str!("missing_label.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let statement = context.statement;
    for unbound in statement.unbound.iter().filter(|unbound| unbound.reason == UnboundReason::Unlabelled) {
        let zero = unbound.text.chars().all(|c| "0.,-".contains(c));
        let label = unbound.cell.map(|cell| statement.cell_label(cell)).unwrap_or_default();
        let term = Term {
            role: Role::Claim,
            label: label.clone(),
            figure: None,
            span: Some(unbound.span),
            cell: unbound.cell,
        };
        let mut check = plain_check("form.labels", Level::Warning, zero, vec![term]);
        check.words = vec![unbound.text.clone(), label, "label".into()];
        checks.push(check);
    }
    let with_unit = statement.tables.iter().filter(|table| table.unit.is_some()).count();
    for table in statement.tables.iter().filter(|table| table.columns.iter().any(|column| column.facets.is_some())) {
        let span = table.title.as_ref().map_or(table.span, |(_, span)| *span);
        let term = |text: &str| {
            vec![Term { role: Role::Missing, label: text.into(), figure: None, span: Some(span), cell: None }]
        };
        let mut check =
            plain_check("form.unit", Level::Error, table.unit.is_some() || with_unit == 0, term(&table.name()));
        check.words = vec![table.name(), String::new(), "unit".into()];
        checks.push(check);
        if let (Some((name, span)), Some(known)) = (&table.entity, &statement.subject.entity) {
            let term = Term { role: Role::Claim, label: name.clone(), figure: None, span: Some(*span), cell: None };
            let mut check = plain_check("form.unit", Level::Warning, name == known, vec![term]);
            check.words = vec![table.name(), format!("{name}|{known}"), "entity".into()];
            checks.push(check);
        }
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (first, second) = (word(check, 0), word(check, 1));
    match word(check, 2) {
        "unit" => wording(
            lang,
            [
                format!("{first}没有写明金额单位"),
                "其他表都写了单位；没有单位的金额无法核对".into(),
                "补写“单位：万元”".into(),
            ],
            [
                format!("{first} states no unit of money"),
                "the other tables do; amounts without a unit cannot be checked".into(),
                "add the unit".into(),
            ],
        ),
        "entity" => {
            let (name, known) = second.split_once('|').unwrap_or((second, ""));
            wording(
                lang,
                [
                    format!("{first}的部门写作“{name}”，其他表是“{known}”"),
                    "同一报告的部门名称应当一致".into(),
                    "统一名称".into(),
                ],
                [
                    format!("{first} is of “{name}”, the other tables of “{known}”"),
                    "one report has one body".into(),
                    "use one name".into(),
                ],
            )
        }
        _ => wording(
            lang,
            [
                format!("{second}的金额 {first} 所在的行没有名称"),
                "没有名称的金额不知道是什么".into(),
                "补写该行的名称，或删去金额".into(),
            ],
            [
                format!("the amount {first} ({second}) stands in a row without a label"),
                "an amount without a label says nothing".into(),
                "label the row, or remove the amount".into(),
            ],
        ),
    }
}
