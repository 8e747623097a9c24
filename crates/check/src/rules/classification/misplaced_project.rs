//! A project stands on a function code that does not fit the kind of its unit.
//!
//! ---
//! 项目所列的功能科目，与所属单位的性质不符。

use crate::context::{Context, claim_figure, plain_check, unchecked};
use crate::phrase::{label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Measure, Reason, Role, Term, Wording};
use gouji_understand::TableKind;

pub(crate) static RULE: Rule = Rule {
    code: "CLS102",
    name: "misplaced-project",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("function.unit-type", "projects")],
    find,
    say,
    source: include_str!("misplaced_project.rs"),
};

/// What kind of unit it is, as its posts tell.
#[derive(Clone, Copy, PartialEq)]
enum UnitType {
    Administrative,
    Institution,
}

fn find(context: &Context, checks: &mut Vec<Check>) {
    let Some((_, table)) = context.statement.table(TableKind::Projects) else { return };
    let level = if context.statement.subject.form.is_some() { Level::Warning } else { Level::Info };
    let mut unknown = false;
    for row in table.rows.iter().filter(|row| row.project.is_some()) {
        let barred = match row.label.as_str() {
            "机构运行" => UnitType::Administrative,
            "行政运行" | "一般行政管理事务" => UnitType::Institution,
            _ => continue,
        };
        let Some(kind) = row.unit.as_deref().and_then(|unit| unit_type(context, unit)) else {
            unknown = true;
            continue;
        };
        let term = Term { role: Role::Claim, label: row.title(), figure: None, span: Some(row.span()), cell: None };
        let mut check = plain_check("function.unit-type", level, kind != barred, vec![term]);
        check.words = vec![
            row.unit.clone().unwrap_or_default(),
            row.label.clone(),
            if kind == UnitType::Administrative { "行政单位" } else { "事业单位" }.into(),
            if kind == UnitType::Administrative { "an administrative unit" } else { "a public institution" }.into(),
        ];
        checks.push(check);
    }
    if unknown {
        checks.push(unchecked("function.unit-type", level, Reason::NoText("单位性质 kind of unit".into()), Vec::new()));
    }
}

/// The kind of a unit by its posts; names in tables are longer than in the text.
fn unit_type(context: &Context, unit: &str) -> Option<UnitType> {
    let tail = |name: &str| unit.ends_with(name) || name.ends_with(unit);
    let posts = |item: &str| -> i64 {
        context
            .quantity_claims(|at| {
                at.measure == Measure::Posts && at.item.as_str() == item && !at.unit.is_empty() && tail(&at.unit)
            })
            .filter_map(|(claim, _)| claim_figure(claim))
            .map(|figure| figure.digits())
            .sum()
    };
    match (posts("admin"), posts("institution")) {
        (0, 0) => None,
        (0, _) => Some(UnitType::Institution),
        _ => Some(UnitType::Administrative),
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (unit, code) = (word(check, 0), word(check, 1));
    let project = label(check, Role::Claim);
    wording(
        lang,
        [
            format!("{unit}是{}，项目“{project}”却列在{code}", word(check, 2)),
            "机构运行用于事业单位，行政运行和一般行政管理事务用于行政单位".into(),
            "核对功能科目，改列适当的科目".into(),
        ],
        [
            format!("{unit} is {}, yet its project “{project}” stands on {code}", word(check, 3)),
            "机构运行 is for institutions, 行政运行 and 一般行政管理事务 are for administrative units".into(),
            "check the function code and move the project".into(),
        ],
    )
}
