//! Who and what: the department, its units, its projects, and the names of codes.

use super::money::Named;
use gouji_model::books::{BudgetUnit, CodeName, Department, Project, ProjectStanding, Scheme, UnitKind};
use gouji_model::{Catalogue, Code, Measure};
use gouji_understand::{ClaimKind, ColumnRole, RowView, Statement, TableKind, TableView};
use std::collections::BTreeMap;

/// The department of a report.
pub(super) fn department(statement: &Statement, form: &str) -> Department {
    let name = statement.subject.entity.clone().unwrap_or_default();
    Department {
        short: short_name(statement, &name),
        name,
        year: statement.subject.year.unwrap_or_default(),
        form: form.to_string(),
        ..Department::default()
    }
}

/// The end of the full name that the prose uses most; the full name where it uses none.
fn short_name(statement: &Statement, name: &str) -> String {
    let starts: Vec<usize> = name.char_indices().map(|(at, _)| at).collect();
    let uses = |short: &str, before: &str| -> usize {
        let text = |sentence: &gouji_understand::Sentence| {
            let places = sentence.text.match_indices(short);
            places.filter(|(at, _)| !sentence.text[..*at].ends_with(before)).count()
        };
        statement.sentences.iter().map(text).sum()
    };
    let ends = starts.windows(2).map(|pair| (&name[pair[1]..], &name[pair[0]..pair[1]]));
    let ends = ends.filter(|(short, _)| short.chars().count() >= 3);
    let best =
        ends.map(|(short, before)| (uses(short, before), short)).max_by_key(|(uses, short)| (*uses, short.len()));
    best.filter(|(uses, _)| *uses > 1).map_or_else(|| name.to_string(), |(_, short)| short.to_string())
}

/// The budget units that tables and prose name; the department itself where they name none.
pub(super) fn units(statement: &Statement, department: &Department) -> Vec<BudgetUnit> {
    let mut units: Vec<BudgetUnit> = Vec::new();
    let in_tables = statement.facts.iter().map(|fact| fact.at.unit.as_str());
    let listed =
        statement.claims.iter().filter(|claim| claim.at.as_ref().is_some_and(|at| at.measure == Measure::Units));
    let listed = listed.flat_map(|claim| match &claim.kind {
        ClaimKind::Names(names) => names.iter().map(|(name, _)| name.as_str()).collect(),
        _ => Vec::new(),
    });
    let counted = statement.claims.iter().filter_map(|claim| match claim.kind {
        ClaimKind::Count { .. } => claim.at.as_ref().map(|at| at.unit.as_str()),
        _ => None,
    });
    // 某局本级：行政单位 names the unit and says what it is.
    let bare = |name: &'_ str| name.split([':', '：']).next().unwrap_or_default().to_string();
    let names: Vec<String> = in_tables.chain(listed).chain(counted).map(bare).collect();
    for name in names.iter().map(String::as_str).filter(|name| !name.is_empty()) {
        match units.iter_mut().find(|unit| is_same(unit, name)) {
            Some(unit) if unit.name.len() > name.len() => unit.short = name.to_string(),
            Some(_) => {}
            None => units.push(unit(name)),
        }
    }
    if units.is_empty() && !department.name.is_empty() {
        units.push(BudgetUnit { short: department.short.clone(), ..unit(&department.name) });
    }
    // The office of the department itself is the office; units that have posts of institutions only are such.
    for unit in &mut units {
        let posts = |item: &str| {
            let mut claims = statement.claims.iter().filter_map(|claim| match (&claim.kind, &claim.at) {
                (ClaimKind::Count { number, .. }, Some(at))
                    if at.measure == Measure::Posts && is_same(unit, &at.unit) =>
                {
                    (at.item.as_str() == item).then_some(*number)
                }
                _ => None,
            });
            claims.next().unwrap_or(0)
        };
        if posts("institution") > 0 && posts("admin") == 0 {
            unit.kind = UnitKind::Institution;
        }
    }
    units
}

fn unit(name: &str) -> BudgetUnit {
    BudgetUnit { name: name.to_string(), short: name.to_string(), ..BudgetUnit::default() }
}

/// True when a name, full or short, is that of a unit.
pub(super) fn is_same(unit: &BudgetUnit, name: &str) -> bool {
    !name.is_empty() && (unit.name == name || unit.short == name || unit.name.ends_with(name))
}

/// The projects of the tables of projects with their texts.
pub(super) fn projects(statement: &Statement, only_unit: &str) -> (Vec<Project>, Vec<Named>) {
    let mut projects: Vec<Project> = Vec::new();
    for (index, table) in statement.tables.iter().enumerate() {
        let standing = match table.kind {
            TableKind::Projects => ProjectStanding::Managed,
            TableKind::KeyProjects => ProjectStanding::Key,
            TableKind::Construction => ProjectStanding::Construction,
            _ => continue,
        };
        let is_funded = |row: &RowView| {
            statement.facts_of(index as u16).any(|fact| fact.cell.row == row.row && !fact.figure.is_zero())
        };
        for row in table.rows.iter().filter(|row| !row.is_unit && is_funded(row)) {
            let Some(name) = row.project.as_deref().filter(|name| !name.is_empty()) else { continue };
            add(&mut projects, name, row.unit.as_deref().unwrap_or(only_unit), standing, table, row);
        }
    }
    // One that no row puts under a unit stays open; books want a unit, so it is no project of theirs.
    let named = |project: &Project| Named { unit: project.unit.clone(), project: project.name.clone() };
    projects.retain(|project| !project.unit.is_empty());
    let names = projects.iter().map(named).collect();
    (projects, names)
}

fn add(
    projects: &mut Vec<Project>,
    name: &str,
    unit: &str,
    standing: ProjectStanding,
    table: &TableView,
    row: &RowView,
) {
    let is_known = |known: &Project| known.name == name && (unit.is_empty() || known.unit == unit);
    let at = projects.iter().position(is_known).unwrap_or_else(|| {
        projects.push(Project { unit: unit.to_string(), name: name.to_string(), standing, ..Project::default() });
        projects.len() - 1
    });
    let project = &mut projects[at];
    if standing != ProjectStanding::Managed {
        project.standing = standing;
    }
    for (role, slot) in [
        (ColumnRole::Goal, &mut project.goal),
        (ColumnRole::Basis, &mut project.basis),
        (ColumnRole::Benefit, &mut project.benefit),
        (ColumnRole::Indicator, &mut project.measure),
    ] {
        let text = table.column(role).map_or("", |column| row.text(column));
        if slot.is_empty() {
            *slot = text.to_string();
        }
    }
}

/// The names of codes as the tables print them.
pub(super) fn labels(statement: &Statement) -> BTreeMap<(Scheme, Code), String> {
    let mut names: BTreeMap<(Scheme, Code), String> = BTreeMap::new();
    let classes = [("A", "货物类"), ("B", "工程类"), ("C", "服务类")];
    let classes = classes.into_iter().filter_map(|(code, name)| Some((Code::new(code)?, name)));
    for fact in &statement.facts {
        let table = &statement.tables[usize::from(fact.cell.table)];
        let first = table.rows.partition_point(|row| row.row < fact.cell.row);
        let Some(row) = table.rows.get(first).filter(|row| row.row == fact.cell.row) else { continue };
        let Some(code) = row.code.filter(|code| !code.is_all()) else { continue };
        let scheme = match &fact.at {
            at if at.measure == Measure::Procurement => Scheme::Procurement,
            at if at.economic == code => Scheme::Economic,
            at if at.function == code => Scheme::Function,
            _ => continue,
        };
        let is_project = row.project.is_some() && scheme != Scheme::Procurement;
        if !row.label.is_empty() && !is_project {
            names.entry((scheme, code)).or_insert_with(|| row.label.clone());
        }
    }
    // The law names the classes of procurement; prose and other forms print them without a code.
    for (code, name) in classes {
        names.entry((Scheme::Procurement, code)).or_insert_with(|| name.to_string());
    }
    names
}

/// The names that the repository does not know, or knows by another name.
pub(super) fn names(labels: &BTreeMap<(Scheme, Code), String>) -> Vec<CodeName> {
    let catalogues = [Catalogue::classes(), Catalogue::function(), Catalogue::economic()];
    let known = |scheme: Scheme, code: Code| match scheme {
        Scheme::Function if code.len() == 3 => catalogues[0].names(code),
        Scheme::Function => catalogues[1].names(code),
        Scheme::Economic => catalogues[2].names(code),
        Scheme::Procurement => &[],
    };
    let is_usual = |scheme, code, label: &str| matches!(known(scheme, code), [only] if only.name == label);
    let own = labels.iter().filter(|((scheme, code), label)| !is_usual(*scheme, *code, label));
    let name =
        |(scheme, code), name: &String| CodeName { scheme, code, name: name.clone(), origin: Default::default() };
    own.map(|(key, label)| name(*key, label)).collect()
}
