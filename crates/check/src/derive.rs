//! Sums that follow from coordinates: a coordinate that is the union of others, in one row
//! or one column of one table, must be their sum.

use crate::context::{Context, counted, sum_check, sum_terms, tag, unchecked};
use gouji_model::{Axis, Cell, Check, Coordinates, Fact, Level, Measure, Nature, Reason, Role};
use gouji_understand::TableKind;
use std::collections::{BTreeMap, BTreeSet};

/// A whole with its parts in one line of a table.
pub(crate) struct Partition<'a> {
    pub whole: &'a Fact,
    pub parts: Vec<&'a Fact>,
}

/// Amounts of one column that are compared with each other: ten times the longest seen.
const LONGEST_COLUMN: usize = 3_000;

/// All sums of the tables.
pub(crate) fn sums(context: &Context, checks: &mut Vec<Check>) {
    for (number, table) in context.statement.tables.iter().enumerate() {
        let facts: Vec<&Fact> = context.statement.facts_of(number as u16).collect();
        let listed = matches!(
            table.kind,
            TableKind::Projects | TableKind::KeyProjects | TableKind::Transfers | TableKind::Construction
        );
        row_sums(context, table.kind, &facts, checks);
        if !listed {
            column_sums(context, table.kind, &facts, checks);
        }
    }
}

fn row_sums(context: &Context, kind: TableKind, facts: &[&Fact], checks: &mut Vec<Check>) {
    // A row of two statements side by side is two rows.
    let side = |fact: &Fact| {
        let table = &context.statement.tables[usize::from(fact.cell.table)];
        table.columns.get(usize::from(fact.cell.column)).and_then(|column| column.labels)
    };
    let mut rows: BTreeMap<(u32, Option<u16>), Vec<&Fact>> = BTreeMap::new();
    for fact in facts {
        rows.entry((fact.cell.row, side(fact))).or_default().push(fact);
    }
    for row in rows.values() {
        for whole in row {
            for (axis, mut parts) in parts_of(whole, row) {
                if matches!(axis, Axis::Function | Axis::Project) {
                    continue;
                }
                // Two columns may print one fact (基本支出合计 and 工资福利支出 in a row of 301xx).
                let mut seen = BTreeSet::new();
                parts.retain(|part| seen.insert(&part.at));
                let complete = parts.len() >= 2 && !parts.iter().any(|part| part.partial);
                let alone = complete && !has_other_money(context, whole, row, &parts);
                if alone && (axis != Axis::Economic || economic_complete(facts, whole, &parts)) {
                    push(context, checks, row_key(kind, whole, axis), Level::Error, &Partition { whole, parts });
                }
            }
        }
        same_row(context, kind, row, checks);
    }
}

/// The row has money that is in none of the parts: a column of another kind, or one whose
/// head is not known. Then the parts need not make up the whole.
fn has_other_money(context: &Context, whole: &Fact, row: &[&Fact], parts: &[&Fact]) -> bool {
    let besides = row.iter().any(|fact| {
        let apart = whole.at.meet(&fact.at).is_none();
        let besides = !whole.at.within(&fact.at) && !parts.iter().any(|part| fact.at.within(&part.at));
        !fact.figure.is_zero() && besides && !apart
    });
    let same_row = |cell: Cell| cell.table == whole.cell.table && cell.row == whole.cell.row;
    let table = &context.statement.tables[usize::from(whole.cell.table)];
    let labels = |column: u16| table.columns.get(usize::from(column)).and_then(|column| column.labels);
    besides
        || context.statement.unbound.iter().any(|unbound| {
            let here =
                unbound.cell.is_some_and(|cell| same_row(cell) && labels(cell.column) == labels(whole.cell.column));
            here && unbound.text.chars().any(|digit| ('1'..='9').contains(&digit))
        })
}

/// A row of 301xx: the column 工资福利支出 prints the same fact as 基本支出合计.
fn same_row(context: &Context, kind: TableKind, row: &[&Fact], checks: &mut Vec<Check>) {
    for (at, whole) in row.iter().enumerate() {
        let divided = !whole.at.economic.is_all();
        if let Some(same) = row[at + 1..].iter().find(|other| divided && other.at == whole.at) {
            let key = row_key(kind, whole, Axis::Economic);
            push(context, checks, key, Level::Error, &Partition { whole, parts: vec![same] });
        }
    }
}

/// No class outside the columns has money in the whole's own column.
fn economic_complete(facts: &[&Fact], whole: &Fact, parts: &[&Fact]) -> bool {
    facts
        .iter()
        .filter(|fact| fact.cell.column == whole.cell.column && !fact.figure.is_zero())
        .all(|fact| fact.at.economic.is_all() || parts.iter().any(|part| fact.at.economic.within(&part.at.economic)))
}

fn column_sums(context: &Context, kind: TableKind, facts: &[&Fact], checks: &mut Vec<Check>) {
    let mut columns: BTreeMap<u16, Vec<&Fact>> = BTreeMap::new();
    for fact in facts {
        columns.entry(fact.cell.column).or_default().push(fact);
    }
    for column in columns.values() {
        if column.len() > LONGEST_COLUMN {
            let reason = Reason::TooMany { found: column.len(), limit: LONGEST_COLUMN };
            checks.push(unchecked(format!("{}.total", kind.word()), Level::Error, reason, Vec::new()));
            continue;
        }
        // 项 and 款 of the economic codes are leaves: nothing lies below them.
        let has_parts = |fact: &&&Fact| fact.at.function.len() < 7 && fact.at.economic.len() < 5;
        for whole in column.iter().filter(has_parts) {
            for (axis, parts) in parts_of(whole, column) {
                let divided = axis != Axis::Nature || is_divided_by_nature(context, kind, column, whole, &parts);
                if !divided || axis == Axis::Project && kind != TableKind::Procurement {
                    continue;
                }
                let enough = if axis == Axis::Flow { parts.len() >= 2 } else { !parts.is_empty() };
                if enough && !parts.iter().any(|part| part.partial) {
                    let (key, level) = column_key(kind, whole, axis);
                    push(context, checks, key, level, &Partition { whole, parts });
                }
            }
        }
        same_column(context, kind, column, checks);
        leaf_sum(context, kind, column, checks);
    }
}

/// 支出用途 of a statement: basic and project expenditure with whatever stands beside them make up the
/// whole, when the column holds nothing else of it.
fn is_divided_by_nature(context: &Context, kind: TableKind, column: &[&Fact], whole: &Fact, parts: &[&Fact]) -> bool {
    let has = |nature: Nature| parts.iter().any(|part| part.at.nature == nature);
    let is_told = |fact: &&&Fact| {
        fact.figure.is_zero()
            || whole.at.within(&fact.at)
            || whole.at.meet(&fact.at).is_none()
            || parts.iter().any(|part| fact.at.within(&part.at))
    };
    let unknown = context.statement.unbound.iter().any(|unbound| {
        let place = |cell: Cell| (cell.table, cell.column) == (whole.cell.table, whole.cell.column);
        unbound.cell.is_some_and(place) && unbound.text.contains(|digit: char| ('1'..='9').contains(&digit))
    });
    matches!(kind, TableKind::Balance | TableKind::Appropriation)
        && has(Nature::Basic)
        && has(Nature::Project)
        && column.iter().all(|fact| is_told(&fact))
        && !unknown
}

/// 合计 in the column 工资福利支出 and the row 301 of that column print the same fact.
fn same_column(context: &Context, kind: TableKind, column: &[&Fact], checks: &mut Vec<Check>) {
    let table = &context.statement.tables[usize::from(column[0].cell.table)];
    let is_total = |fact: &Fact| table.rows.iter().any(|row| row.row == fact.cell.row && row.code.is_none());
    for total in column.iter().filter(|fact| !fact.at.economic.is_all() && is_total(fact)) {
        if let Some(same) = column.iter().find(|other| other.cell != total.cell && other.at == total.at) {
            let frame = Coordinates { economic: Default::default(), ..total.at.clone() };
            let key = format!("{}.total[{}]", kind.word(), tag(&frame));
            push(context, checks, key, Level::Error, &Partition { whole: total, parts: vec![same] });
        }
    }
}

/// Along each axis the facts that lie below `whole`, without those that lie below another of them.
fn parts_of<'a>(whole: &Fact, line: &[&'a Fact]) -> impl Iterator<Item = (Axis, Vec<&'a Fact>)> + use<'a> {
    let mut below: [(Axis, Vec<&Fact>); 5] =
        [Axis::Flow, Axis::Nature, Axis::Function, Axis::Economic, Axis::Project].map(|axis| (axis, Vec::new()));
    let mut items = (Axis::Item, Vec::new());
    for fact in line.iter().filter(|fact| fact.cell != whole.cell) {
        let Some(axis) = fact.at.part_along(&whole.at) else { continue };
        let found = below.iter_mut().chain(std::iter::once(&mut items)).find(|(known, _)| *known == axis);
        found.into_iter().for_each(|(_, parts)| parts.push(*fact));
    }
    below.into_iter().chain(std::iter::once(items)).filter(|(_, parts)| !parts.is_empty()).map(|(axis, mut parts)| {
        if parts.len() > 1 {
            let all = parts.clone();
            parts.retain(|fact| !all.iter().any(|other| fact.at.within(&other.at) && other.at != fact.at));
        }
        (axis, parts)
    })
}

/// 合计 = Σ 项: the leaves of the code tree, which adds a test that the levels between blur.
fn leaf_sum(context: &Context, kind: TableKind, column: &[&Fact], checks: &mut Vec<Check>) {
    let of_function = |fact: &&&Fact| !fact.at.function.is_all();
    let Some(whole) = column.iter().find(|fact| fact.at.function.is_all() && fact.at.economic.is_all()) else { return };
    let below: Vec<&Fact> = column.iter().filter(of_function).copied().collect();
    let has_child =
        |fact: &Fact| below.iter().any(|other| other.at != fact.at && other.at.function.within(&fact.at.function));
    let leaves: Vec<&Fact> = below.iter().copied().filter(|fact| !has_child(fact)).collect();
    let deep = leaves.iter().any(|leaf| leaf.at.function.len() == 7);
    if deep && leaves.len() >= 2 && leaves.iter().all(|leaf| leaf.at.part_along(&whole.at).is_some()) {
        let key = format!("{}.leaf[{}]", kind.word(), tag(&whole.at));
        push(context, checks, key, Level::Info, &Partition { whole, parts: leaves });
    }
}

fn push(context: &Context, checks: &mut Vec<Check>, key: String, level: Level, partition: &Partition) {
    let test = partition.whole.figure.test_sum(counted(partition.parts.iter().copied()));
    let terms = sum_terms(context, test.exact, partition.whole, &partition.parts, Role::Part);
    checks.push(sum_check(key, level, &test, terms));
}

fn row_key(kind: TableKind, whole: &Fact, axis: Axis) -> String {
    let word = kind.word();
    match axis {
        Axis::Item if whole.at.measure == Measure::ThreePublic => item_key(word, &whole.at),
        Axis::Nature if whole.at.nature == Nature::All => format!("{word}.row"),
        _ => format!(
            "{word}.row[{}]",
            tag(&Coordinates { function: Default::default(), economic: Default::default(), ..whole.at.clone() })
        ),
    }
}

fn item_key(word: &str, at: &Coordinates) -> String {
    let item = if at.item.is_all() { "total" } else { at.item.as_str() };
    format!("{word}.{item}[{}]", at.year)
}

fn column_key(kind: TableKind, whole: &Fact, axis: Axis) -> (String, Level) {
    let word = kind.word();
    let at = &whole.at;
    if matches!(kind, TableKind::Balance | TableKind::Appropriation) {
        let side = at.measure.word();
        let line = match at.stream {
            gouji_model::Stream::All => "total".into(),
            gouji_model::Stream::Year if at.book == gouji_model::Book::All || kind == TableKind::Appropriation => {
                "year".into()
            }
            _ => tag(at),
        };
        return (format!("{word}.{side}.{line}"), Level::Error);
    }
    if axis == Axis::Project {
        return (format!("{word}.lines[{}]", if at.item.is_all() { "total" } else { at.item.as_str() }), Level::Error);
    }
    if axis == Axis::Item {
        let key = if at.measure == Measure::ThreePublic {
            item_key(word, at)
        } else if at.item.is_all() {
            format!("{word}.total")
        } else {
            format!("{word}.category[{}]", at.item)
        };
        return (key, Level::Error);
    }
    let code = if axis == Axis::Economic { at.economic } else { at.function };
    let level = match code.len() {
        0 => "total",
        3 => "class",
        _ => "group",
    };
    let frame = tag(&Coordinates { function: Default::default(), economic: Default::default(), ..at.clone() });
    (format!("{word}.{level}[{frame}]"), Level::Error)
}
