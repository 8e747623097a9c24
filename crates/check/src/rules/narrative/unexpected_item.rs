//! A listed use of the operating cost has no money in the column it cites, or no such name.
//!
//! ---
//! 机关运行经费列举的用途，在所引的栏里没有金额，或者没有这个科目名称。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use crate::similar::nearest;
use gouji_model::{Book, Check, Coordinates, Lang, Level, Measure, Nature, Role, Span, Term, Wording};
use gouji_understand::{ClaimKind, RowView, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "NAR113",
    name: "unexpected-item",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("operating-cost.items", "economic")],
    find,
    say,
    source: include_str!("unexpected_item.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let Some((_, table)) = context.statement.table(TableKind::Economic) else { return };
    let items: Vec<&RowView> =
        table.rows.iter().filter(|row| row.code.is_some_and(|code| code.as_str().starts_with("302"))).collect();
    for claim in &context.statement.claims {
        let ClaimKind::Names(names) = &claim.kind else { continue };
        if claim.at.as_ref().is_none_or(|at| at.measure != Measure::OperatingCost) || items.is_empty() {
            continue;
        }
        let mut idle: Vec<&(String, Span)> = Vec::new();
        for name in names {
            let row = items.iter().find(|row| row.label == name.0);
            match row {
                Some(row) if !has_money(context, row) => idle.push(name),
                Some(_) => checks.push(plain_check("operating-cost.items", Level::Warning, true, Vec::new())),
                None => checks.extend(misnamed(name, &items)),
            }
        }
        if let Some(first) = idle.first() {
            // Names that stand side by side make one quotation.
            let end = run_end(names, &idle);
            let mut terms = vec![term(Role::Claim, &idle_names(&idle), first.1.to(end))];
            terms.extend(
                idle.iter().filter(|name| name.1.start > end.end).map(|name| term(Role::Claim, &name.0, name.1)),
            );
            terms.extend(
                items
                    .iter()
                    .filter(|row| idle.iter().any(|name| name.0 == row.label))
                    .map(|row| term(Role::Other, &row.title(), row.span())),
            );
            let mut check = plain_check("operating-cost.items", Level::Warning, false, terms);
            check.words = vec![idle_names(&idle), String::new()];
            checks.push(check);
        }
    }
}

/// The basic column prints money for the item; an item without that column counts as having some.
fn has_money(context: &Context, row: &RowView) -> bool {
    let at = Coordinates {
        book: Book::General,
        nature: Nature::Basic,
        economic: row.code.unwrap_or_default(),
        ..context.whole(Measure::Expenditure)
    };
    context.fact_in(TableKind::Economic, &at).is_none_or(|fact| !fact.figure.is_zero())
}

/// The end of the run of idle names that starts with the first one.
fn run_end(names: &[(String, Span)], idle: &[&(String, Span)]) -> Span {
    let first = names.iter().position(|name| name == idle[0]).unwrap_or(0);
    let run = names[first..].iter().take_while(|name| idle.contains(name));
    run.last().map_or(idle[0].1, |name| name.1)
}

fn idle_names(idle: &[&(String, Span)]) -> String {
    idle.iter().map(|name| name.0.as_str()).collect::<Vec<_>>().join("、")
}

fn misnamed(name: &(String, Span), items: &[&RowView]) -> Option<Check> {
    let labels = items.iter().map(|row| row.label.as_str());
    let like =
        nearest(&name.0, labels, 75).filter(|like| like.chars().count().abs_diff(name.0.chars().count()) <= 2)?;
    let row = items.iter().find(|row| row.label == like)?;
    let terms = vec![term(Role::Claim, &name.0, name.1), term(Role::Other, &row.title(), row.span())];
    let mut check = plain_check("operating-cost.items", Level::Warning, false, terms);
    check.words = vec![name.0.clone(), like.into()];
    Some(check)
}

fn term(role: Role, label: &str, span: Span) -> Term {
    Term { role, label: label.into(), figure: None, span: Some(span), cell: None }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, like) = (word(check, 0), word(check, 1));
    if !like.is_empty() {
        return wording(
            lang,
            [format!("“{said}”应为“{like}”"), "经济科目里没有这个名称".into(), format!("改为“{like}”")],
            [
                format!("“{said}” should read “{like}”"),
                "there is no economic item of that name".into(),
                format!("write “{like}”"),
            ],
        );
    }
    wording(
        lang,
        [
            format!("列举的{said}在基本支出栏里是 0"),
            "机关运行经费取自基本支出的商品和服务支出，这些用途不在其中".into(),
            "只列举有金额的用途".into(),
        ],
        [
            format!("the listed uses {said} are 0 in the column of basic expenditure"),
            "the operating cost is the goods and services of basic expenditure; these uses are not in it".into(),
            "list only uses that have money".into(),
        ],
    )
}
