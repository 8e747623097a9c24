//! A printed total is not the sum of its printed parts.
//!
//! ---
//! 印出的合计不等于各项之和。

use crate::context::{Context, counted, fact_term, sum_check};
use crate::derive;
use crate::phrase::{difference, expected, figure, figures, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Fact, Lang, Level, Role, Wording};
use gouji_understand::{Statement, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "SUM101",
    name: "mismatched-total",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[
        ("balance.revenue.appropriation", "balance"),
        ("balance.revenue.year", "balance"),
        ("balance.revenue.total", "balance"),
        ("balance.expenditure.year", "balance"),
        ("balance.expenditure.total", "balance"),
        ("revenue.row", "revenue"),
        ("revenue.total", "revenue"),
        ("revenue.class", "revenue"),
        ("revenue.group", "revenue"),
        ("expenditure.row", "expenditure"),
        ("expenditure.total", "expenditure"),
        ("expenditure.class", "expenditure"),
        ("expenditure.group", "expenditure"),
        ("appropriation.revenue.year", "appropriation"),
        ("appropriation.revenue.total", "appropriation"),
        ("appropriation.expenditure.year", "appropriation"),
        ("appropriation.expenditure.total", "appropriation"),
        ("general.row", "general"),
        ("general.total", "general"),
        ("general.class", "general"),
        ("general.group", "general"),
        ("economic.row", "economic"),
        ("economic.total", "economic"),
        ("economic.class", "economic"),
        ("funds.row", "funds"),
        ("state-capital.row", "state-capital"),
        ("transfers.row", "transfers"),
        ("three-public.total", "three-public"),
        ("three-public.vehicles", "three-public"),
        ("procurement.total", "procurement"),
        ("procurement.category", "procurement"),
        ("construction.total", "construction"),
        ("project.unit", "projects"),
    ],
    find,
    say,
    source: include_str!("mismatched_total.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    derive::sums(context, checks);
    for kind in [TableKind::Projects, TableKind::Construction, TableKind::Transfers] {
        if let Some((number, _)) = context.statement.table(kind) {
            list_sums(context, kind, number, checks);
        }
    }
}

/// Lists of projects: the total over the units, each unit over its projects.
fn list_sums(context: &Context, kind: TableKind, number: u16, checks: &mut Vec<Check>) {
    let facts: Vec<&Fact> =
        context.statement.facts_of(number).filter(|fact| fact.at.nature != gouji_model::Nature::Basic).collect();
    let last_column = facts.iter().map(|fact| fact.cell.column).min();
    let facts: Vec<&Fact> = facts.into_iter().filter(|fact| Some(fact.cell.column) == last_column).collect();
    let table = &context.statement.tables[usize::from(number)];
    let is_unit = |fact: &&Fact| table.rows.iter().any(|row| row.row == fact.cell.row && row.is_unit);
    let units: Vec<&Fact> = facts.iter().copied().filter(|fact| is_unit(&fact)).collect();
    let projects: Vec<&Fact> = facts.iter().copied().filter(|fact| !fact.at.project.is_empty()).collect();
    for unit in &units {
        let own: Vec<&Fact> = projects.iter().copied().filter(|fact| fact.at.unit == unit.at.unit).collect();
        if !own.is_empty() {
            push(context, checks, format!("project.unit[{}]", unit_name(context.statement, unit)), unit, &own);
        }
    }
    let total =
        facts.iter().find(|fact| fact.at.project.is_empty() && fact.at.unit.is_empty() && fact.at.function.is_all());
    let parts = if units.is_empty() { &projects } else { &units };
    if let Some(total) = total {
        let key = if kind == TableKind::Projects { "project.total".into() } else { format!("{}.total", kind.word()) };
        if !parts.is_empty() || total.figure.is_zero() {
            push(context, checks, key, total, parts);
        }
    } else if kind == TableKind::Construction {
        unlabelled_total(context, number, checks);
    }
}

/// A list without items whose only amount stands in a row without a label: it must be zero.
fn unlabelled_total(context: &Context, number: u16, checks: &mut Vec<Check>) {
    let unbound =
        context.statement.unbound.iter().filter(|unbound| unbound.cell.is_some_and(|cell| cell.table == number));
    let zero = |text: &str| text.chars().all(|c| "0.,".contains(c));
    let figures: Vec<_> = unbound.collect();
    if !figures.is_empty() && context.statement.facts_of(number).next().is_none() {
        let holds = figures.iter().all(|unbound| zero(&unbound.text));
        let terms = figures.iter().map(|unbound| gouji_model::Term {
            role: Role::Total,
            label: unbound.cell.map(|cell| context.statement.cell_label(cell)).unwrap_or_default(),
            figure: None,
            span: Some(unbound.span),
            cell: unbound.cell,
        });
        let mut check = crate::context::plain_check("construction.total", Level::Error, holds, terms.collect());
        check.expected = Some("0".into());
        checks.push(check);
    }
}

fn unit_name(statement: &Statement, unit: &Fact) -> String {
    let entity = statement.subject.entity.as_deref().unwrap_or("");
    let short = unit.at.unit.strip_prefix(entity).filter(|rest| !rest.is_empty());
    short.unwrap_or(&unit.at.unit).to_string()
}

fn push(context: &Context, checks: &mut Vec<Check>, key: String, total: &Fact, parts: &[&Fact]) {
    let test = total.figure.test_sum(counted(parts.iter().copied()));
    let mut terms = vec![fact_term(context, Role::Total, total)];
    terms.extend(parts.iter().map(|part| fact_term(context, Role::Part, part)));
    checks.push(sum_check(key, Level::Error, &test, terms));
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (total, printed, sum) = (label(check, Role::Total), figure(check, Role::Total), expected(check));
    let parts = figures(check, Role::Part, " + ");
    let gap = difference(check);
    wording(
        lang,
        [
            format!("{total} 印作 {printed}，各项之和是 {sum}，相差 {gap}"),
            format!("{parts} = {sum}；相差超过四舍五入所能解释的范围"),
            "核对合计与各分项，改正有误的一个".into(),
        ],
        [
            format!("{total} is printed as {printed}; its parts add up to {sum}, a difference of {gap}"),
            format!("{parts} = {sum}; rounding cannot explain the difference"),
            "compare the total and its parts with the books and correct the one that is wrong".into(),
        ],
    )
}
