//! A stated number of projects or units is not the number that is listed.
//!
//! ---
//! 文字里的项目个数或单位个数，与所列的不一致。

use crate::context::{Context, claim_term, plain_check, unchecked};
use crate::phrase::{expected, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Measure, Printed, Reason, Role, Term, Wording};
use gouji_understand::{Claim, ClaimKind, ColumnRole, RowView, TableKind, TableView};
use std::collections::BTreeSet;

pub(crate) static RULE: Rule = Rule {
    code: "NAR110",
    name: "mismatched-count",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("count.projects", "projects"), ("count.key-projects", "key-projects"), ("count.units", "text")],
    find,
    say,
    source: include_str!("mismatched_count.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for claim in &context.statement.claims {
        let ClaimKind::Count { number, noun } = &claim.kind else { continue };
        match claim.at.as_ref().map(|at| at.measure) {
            Some(Measure::Projects) => checks.push(projects(context, claim, *number, noun)),
            Some(Measure::Units) => checks.extend(units(context, claim, *number)),
            _ => {}
        }
    }
    names(context, checks);
}

/// 共8个预算项目, 其中3个重点项目
fn projects(context: &Context, claim: &Claim, number: i64, noun: &str) -> Check {
    let key_projects = noun.contains("重点");
    let kind = if key_projects { TableKind::KeyProjects } else { TableKind::Projects };
    let key = format!("count.{}", kind.word());
    let level = if key_projects { Level::Error } else { Level::Warning };
    let terms = vec![claim_term(context, Role::Claim, claim)];
    let Some((at, table)) = context.statement.table(kind) else {
        return unchecked(key, level, Reason::NoTable(kind.name().into()), terms);
    };
    let rows: Vec<&RowView> = table.rows.iter().filter(|row| row.project.is_some()).collect();
    let distinct: BTreeSet<&str> = rows.iter().filter_map(|row| row.project.as_deref()).collect();
    let goals = table.column(ColumnRole::Goal).map(|goal| rows.iter().filter(|row| !row.text(goal).is_empty()).count());
    let mut terms = terms;
    terms.push(list_term(context, at, table, rows.len()));
    let mut check = plain_check(key, level, number == rows.len() as i64, terms);
    check.expected = Some(rows.len().to_string());
    check.words = vec![
        table.name(),
        distinct.len().to_string(),
        goals.filter(|_| !key_projects).map(|goals| goals.to_string()).unwrap_or_default(),
    ];
    check
}

/// The list itself as an operand: its first and last row.
fn list_term(_context: &Context, _at: u16, table: &TableView, count: usize) -> Term {
    Term {
        role: Role::Other,
        label: table.name(),
        figure: Some(Printed::count(count as i64)),
        span: table.title.as_ref().map(|(_, span)| *span).or(Some(table.span)),
        cell: None,
    }
}

/// 共2个基层单位: against the names before it and the units described one by one.
fn units(context: &Context, claim: &Claim, number: i64) -> Option<Check> {
    let sentence = &context.statement.sentences[claim.sentence].text;
    let described: BTreeSet<&str> = context
        .statement
        .claims
        .iter()
        .filter_map(|claim| claim.at.as_ref())
        .map(|at| at.unit.as_str())
        .filter(|unit| !unit.is_empty())
        .collect();
    let named = sentence.find("包括").map(|at| {
        let list = sentence[at + "包括".len()..].trim_start_matches(':');
        let end = list.find('共').or_else(|| list.find(',')).or_else(|| list.find('。')).unwrap_or(list.len());
        list[..end].split('、').filter(|name| !name.is_empty()).count()
    });
    let in_table = context
        .statement
        .table(TableKind::Projects)
        .map(|(_, table)| table.rows.iter().filter(|row| row.is_unit).count());
    let counts: Vec<usize> = [
        Some(described.len()).filter(|count| *count > 0),
        named.filter(|count| *count > 1),
        in_table.filter(|count| *count > 1),
    ]
    .into_iter()
    .flatten()
    .collect();
    let terms = vec![claim_term(context, Role::Claim, claim)];
    let Some(first) = counts.first() else {
        return Some(unchecked("count.units", Level::Error, Reason::NoText("单位名称 names of units".into()), terms));
    };
    // A unit may have no project: a list of projects can name fewer units, never more.
    let holds = number == *first as i64 && named.filter(|count| *count > 1).is_none_or(|named| named as i64 == number);
    let mut check = plain_check("count.units", Level::Error, holds, terms);
    check.expected = Some(first.to_string());
    check.words = vec!["单位".into(), String::new(), String::new()];
    Some(check)
}

/// 一是甲，二是乙: as many names as are counted, each in the table of key projects.
fn names(context: &Context, checks: &mut Vec<Check>) {
    for claim in &context.statement.claims {
        let ClaimKind::Names(names) = &claim.kind else { continue };
        let Some(of) = claim.of.map(|of| &context.statement.claims[of]) else { continue };
        let (ClaimKind::Count { number, noun }, true) =
            (&of.kind, of.at.as_ref().is_some_and(|at| at.measure == Measure::Projects))
        else {
            continue;
        };
        let terms = vec![claim_term(context, Role::Claim, of), claim_term(context, Role::Other, claim)];
        let mut check = plain_check("count.key-projects", Level::Error, *number == names.len() as i64, terms);
        check.expected = Some(names.len().to_string());
        check.words = vec![noun.clone(), String::new(), String::new()];
        checks.push(check);
        let Some((_, table)) = context.statement.table(TableKind::KeyProjects) else { continue };
        let listed: Vec<&str> = table.rows.iter().filter_map(|row| row.project.as_deref()).collect();
        for (name, span) in names {
            let known = listed
                .iter()
                .any(|project| name == project || name.trim_end_matches("项目") == project.trim_end_matches("项目"));
            let term = Term { role: Role::Claim, label: name.clone(), figure: None, span: Some(*span), cell: None };
            let mut check = plain_check("count.key-projects", Level::Error, known, vec![term]);
            check.words = vec![table.name(), name.clone(), "name".into()];
            checks.push(check);
        }
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let said = label(check, Role::Claim);
    let (listed, table) = (expected(check), word(check, 0));
    if word(check, 2) == "name" {
        return wording(
            lang,
            [
                format!("文字点名的“{said}”不在{table}中"),
                "点名的重点项目应逐一列表".into(),
                "核对项目名称，或补列".into(),
            ],
            [
                format!("“{said}” is named in the text and not listed in {table}"),
                "every key project that is named is listed".into(),
                "check the name, or add the project to the table".into(),
            ],
        );
    }
    let stated = crate::phrase::figure(check, Role::Claim);
    let (distinct, goals) = (word(check, 1), word(check, 2));
    let (more_zh, more_en) = if goals.is_empty() {
        (String::new(), String::new())
    } else {
        (
            format!("；不同名称 {distinct} 个，填了绩效目标的 {goals} 个"),
            format!("; {distinct} distinct names, {goals} with a goal"),
        )
    };
    wording(
        lang,
        [
            format!("文字说有 {stated} 个，{table}列了 {listed} 个{more_zh}"),
            "个数应当与所列的一致".into(),
            "写明按哪一种口径计数，或改正个数".into(),
        ],
        [
            format!("the text counts {stated}, {table} lists {listed}{more_en}"),
            "the number must be that of the list".into(),
            "say how they are counted, or correct the number".into(),
        ],
    )
}
