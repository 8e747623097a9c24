//! The repair of a cause, as a line under its findings and as JSON.

use crate::checked::Checked;
use crate::json::{PlaceObject, place, unit_word};
use crate::view::{place_of, with_unit};
use gouji_check::{Change, Repair};
use gouji_model::{Lang, Role, Term};
use serde::Serialize;

/// What would explain the findings of a group, in a sentence; empty when nothing is offered.
pub(crate) fn line(checked: &Checked<'_>, group: u32, lang: Lang) -> String {
    let repairs: Vec<&Repair> = checked.report.repairs.iter().filter(|repair| repair.group == group).collect();
    let change = |change: &Change| {
        format!("{}：{} → {}", name(checked, change, lang), change.old.grouped(), with_unit(&change.new))
    };
    let changes = |repair: &Repair| repair.changes.iter().map(change).collect::<Vec<_>>().join(" + ");
    let Some(first) = repairs.first() else { return String::new() };
    let count = first.explained;
    if first.unique {
        return match lang {
            Lang::Zh => format!("{}，改后 {count} 处不符不再存在", changes(first)),
            Lang::En => format!("{}: explains {count} broken relations", changes(first)).replace('：', ": "),
        };
    }
    let all: Vec<String> = repairs.iter().map(|repair| changes(repair)).collect();
    match lang {
        Lang::Zh => format!("有几种改法都说得通，须与账核对：{}", all.join("；或 ")),
        Lang::En => {
            format!("more than one change explains it, ask the books: {}", all.join("; or ")).replace('：', ": ")
        }
    }
}

/// What the report calls the figure; where it calls it nothing, its line.
fn name(checked: &Checked<'_>, change: &Change, lang: Lang) -> String {
    let line = checked.document.locate(change.span).line;
    match (change.label.is_empty(), lang) {
        (false, _) => change.label.clone(),
        (true, Lang::Zh) => format!("第 {line} 行"),
        (true, Lang::En) => format!("line {line}"),
    }
}

/// A repair.
#[derive(Serialize)]
pub(crate) struct RepairObject {
    group: String,
    unique: bool,
    explained: usize,
    changes: Vec<ChangeObject>,
}

#[derive(Serialize)]
struct ChangeObject {
    term: String,
    old: String,
    new: String,
    unit: Option<&'static str>,
    place: Option<PlaceObject>,
}

/// The repairs of a report, by group, the likeliest of a group first.
pub(crate) fn objects(checked: &Checked<'_>) -> Vec<RepairObject> {
    let object = |repair: &Repair| RepairObject {
        group: format!("c{}", repair.group),
        unique: repair.unique,
        explained: repair.explained,
        changes: repair.changes.iter().map(|change| change_object(checked, change)).collect(),
    };
    checked.report.repairs.iter().map(object).collect()
}

fn change_object(checked: &Checked<'_>, change: &Change) -> ChangeObject {
    let term = Term {
        role: Role::Claim,
        label: change.label.clone(),
        figure: Some(change.old),
        span: Some(change.span),
        cell: change.cell,
    };
    ChangeObject {
        old: change.old.to_string(),
        new: change.new.to_string(),
        unit: unit_word(change.old.unit()),
        place: place_of(checked, &term).map(|view| place(&view)),
        term: term.label,
    }
}
