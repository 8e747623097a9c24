//! What the lists say of each other: units, projects and codes are named in one list and used in others.

use crate::cells::{is_assumed, read_code, read_year};
use crate::fault::Fault;
use crate::schema::{self, Field, value_of};
use crate::table::{Row, Table};
use gouji_model::Nature;
use gouji_model::books::{List, ProjectStanding};
use std::collections::{BTreeMap, BTreeSet};

/// The names that other lists may use.
pub(crate) struct Named<'a> {
    /// Units in order.
    units: Vec<&'a str>,
    /// Projects by unit and name, with what is printed about them.
    projects: BTreeMap<(&'a str, &'a str), Option<ProjectStanding>>,
    /// The budget year, when it can be read.
    pub year: Option<i16>,
}

impl<'a> Named<'a> {
    /// Gathers the names.
    pub(crate) fn gather(tables: &'a [Table]) -> Named<'a> {
        let project = |row: &'a Row| {
            let standing = value_of(schema::STANDINGS, row.text(Field::Standing));
            ((row.text(Field::Unit), row.text(Field::Project)), standing)
        };
        Named {
            units: rows(tables, List::Units).map(|row| row.text(Field::Unit)).collect(),
            projects: rows(tables, List::Projects).map(project).collect(),
            year: rows(tables, List::Department).next().and_then(|row| read_year(row.text(Field::Year))),
        }
    }
}

/// The rows of a list.
pub(crate) fn rows(tables: &[Table], list: List) -> impl Iterator<Item = &Row> {
    tables.iter().filter(move |table| table.schema.list == list).flat_map(|table| &table.rows)
}

/// Every breach of a link between lists.
pub(crate) fn faults(tables: &[Table], named: &Named<'_>) -> Vec<Fault> {
    let mut faults = doubled(tables);
    faults.extend(tables.iter().flat_map(|table| &table.rows).filter_map(|row| unknown_unit(row, named)));
    faults.extend(rows(tables, List::Expenditure).filter_map(|row| wrong_project(row, named)));
    faults.extend(rows(tables, List::Indicators).filter_map(|row| missing_project(row, named)));
    faults.extend(rows(tables, List::Expenditure).filter_map(|row| two_items(row, named)));
    faults.extend(departments(tables));
    faults
}

/// There is one department, in one row.
fn departments(tables: &[Table]) -> Vec<Fault> {
    let table = tables.iter().find(|table| table.schema.list == List::Department);
    let extra = table.and_then(|table| table.rows.get(1));
    let several = extra.map(|row| {
        Fault::error(
            row.origin,
            None,
            "部门只能有一行；其他内容请填在单位表".to_string(),
            "there is one department, in one row; units have a list of their own".to_string(),
        )
    });
    several.into_iter().collect()
}

fn unknown_unit(row: &Row, named: &Named<'_>) -> Option<Fault> {
    let unit = row.text(Field::Unit);
    if row.origin.list == List::Units || unit.is_empty() || named.units.contains(&unit) {
        return None;
    }
    let known = if named.units.is_empty() { "（空）".to_string() } else { first_few(&named.units) };
    Some(Fault::error(
        row.origin,
        Some(Field::Unit),
        format!("单位“{unit}”不在单位表中；单位表中有：{known}"),
        format!("{unit} is not in the list of units; it holds: {known}"),
    ))
}

/// A list of names that fits a message.
fn first_few(names: &[&str]) -> String {
    let more = if names.len() > 5 { "……" } else { "" };
    format!("{}{more}", names[..names.len().min(5)].join("、"))
}

/// Project expenditure names a project of its unit, basic expenditure names none.
fn wrong_project(row: &Row, named: &Named<'_>) -> Option<Fault> {
    let project = row.text(Field::Project);
    let nature = value_of(schema::NATURES, row.text(Field::Nature))?;
    match (nature.is_basic(), project.is_empty()) {
        (true, false) => Some(Fault::error(
            row.origin,
            Some(Field::Project),
            format!("{}不能有项目“{project}”；请清空项目名称，或改为项目支出", row.text(Field::Nature)),
            format!("basic expenditure has no project, here {project}; clear it or write 项目支出"),
        )),
        (true, true) => None,
        (false, true) if nature == Nature::Project && !is_assumed(row) => Some(Fault::error(
            row.origin,
            Some(Field::Project),
            "项目支出没有项目名称；请填项目表中的项目".to_string(),
            "project expenditure names no project; write one of the list of projects".to_string(),
        )),
        (false, true) => None,
        (false, false) => unknown_project(row, named),
    }
}

fn missing_project(row: &Row, named: &Named<'_>) -> Option<Fault> {
    if row.text(Field::Project).is_empty() {
        return Some(Fault::error(
            row.origin,
            Some(Field::Project),
            "“项目名称”未填写；绩效指标要写明属于哪个项目".to_string(),
            "项目名称 is empty; an indicator belongs to a project".to_string(),
        ));
    }
    unknown_project(row, named)
}

fn unknown_project(row: &Row, named: &Named<'_>) -> Option<Fault> {
    let (unit, project) = (row.text(Field::Unit), row.text(Field::Project));
    // A unit that is not known is told already.
    if named.projects.contains_key(&(unit, project)) || !named.units.contains(&unit) {
        return None;
    }
    let elsewhere: Vec<&str> = named.projects.keys().filter(|(_, name)| *name == project).map(|key| key.0).collect();
    let (zh, en) = if elsewhere.is_empty() {
        ("请先填入项目表，或核对名称".to_string(), "enter it there, or see to its name".to_string())
    } else {
        let others = first_few(&elsewhere);
        (format!("它是“{others}”的项目"), format!("it is a project of {others}"))
    };
    Some(Fault::error(
        row.origin,
        Some(Field::Project),
        format!("项目表中“{unit}”没有项目“{project}”；{zh}"),
        format!("the list of projects has no {project} of {unit}; {en}"),
    ))
}

/// A posting has one item: it cannot be part of capital construction and of transfers at once.
fn two_items(row: &Row, named: &Named<'_>) -> Option<Fault> {
    let is_transfer = value_of(schema::TRANSFERS, row.text(Field::Transfer)) == Some(true);
    let standing = named.projects.get(&(row.text(Field::Unit), row.text(Field::Project)))?;
    (is_transfer && *standing == Some(ProjectStanding::Construction)).then(|| {
        Fault::error(
            row.origin,
            Some(Field::Transfer),
            "基本建设项目不能再列上级转移支付；请改项目的“列入”，或清空此格".to_string(),
            "capital construction cannot be a transfer too; change 列入 of the project, or clear this".to_string(),
        )
    })
}

/// The fields that may stand together in one row of a list only.
const KEYS: [(List, &[Field]); 6] = [
    (List::Units, &[Field::Unit]),
    (List::Projects, &[Field::Unit, Field::Project]),
    (List::ThreePublic, &[Field::Expense]),
    (List::Counts, &[Field::Unit, Field::Counted]),
    (List::Names, &[Field::Scheme, Field::Code]),
    (List::Texts, &[Field::Key]),
];

fn doubled(tables: &[Table]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (list, fields) in KEYS {
        let mut seen: BTreeMap<Vec<&str>, u32> = BTreeMap::new();
        let mut told = BTreeSet::new();
        for row in rows(tables, list) {
            let key: Vec<&str> = fields.iter().map(|field| row.text(*field)).collect();
            // An empty cell is told already.
            if key.iter().any(|text| text.is_empty()) {
                continue;
            }
            let first = *seen.entry(key.clone()).or_insert(row.origin.row);
            if first != row.origin.row && told.insert(row.origin.row) {
                let name = key.join(" ");
                faults.push(Fault::error(
                    row.origin,
                    fields.last().copied(),
                    format!("“{name}”与第 {first} 行重复；请合并或改名"),
                    format!("{name} stands in row {first} already; merge them or change the name"),
                ));
            }
        }
    }
    faults
}

/// The code of a row, when it is one.
pub(crate) fn code_of(row: &Row, field: Field) -> Option<gouji_model::Code> {
    read_code(row.text(field)).filter(|code| !code.is_all())
}
