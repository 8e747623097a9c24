//! A section does not cite its table, a table is never cited, or a citation points to a table that is not there.
//!
//! ---
//! 说明没有引所依据的表，或者引的表号不存在、不是那张表。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Role, Term, Wording};
use gouji_understand::ClaimKind;
use std::collections::BTreeSet;

pub(crate) static RULE: Rule = Rule {
    code: "FRM102",
    name: "missing-citation",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("citations.target", "text"), ("citations.cover", "text")],
    find,
    say,
    source: include_str!("missing_citation.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let statement = context.statement;
    let numbers: BTreeSet<&str> = statement.tables.iter().filter_map(|table| table.number.as_deref()).collect();
    let mut cited: BTreeSet<&str> = BTreeSet::new();
    for claim in &statement.claims {
        let ClaimKind::Citation(number) = &claim.kind else { continue };
        cited.insert(number);
        if numbers.is_empty() {
            continue;
        }
        let term = Term { role: Role::Claim, label: number.clone(), figure: None, span: Some(claim.span), cell: None };
        let mut check = plain_check("citations.target", Level::Warning, numbers.contains(number.as_str()), vec![term]);
        check.words = vec![number.clone(), "target".into()];
        checks.push(check);
    }
    // Reports that do not cite tables at all owe nothing here.
    if cited.len() >= 3 && !numbers.is_empty() {
        cover(context, &cited, checks);
    }
}

/// Sections that state something about a table and cite none; tables that nobody cites.
fn cover(context: &Context, cited: &BTreeSet<&str>, checks: &mut Vec<Check>) {
    let statement = context.statement;
    let uncited: Vec<&str> = statement
        .tables
        .iter()
        .filter_map(|table| table.number.as_deref())
        .filter(|number| !cited.contains(number))
        .collect();
    let mut terms = Vec::new();
    for (index, _) in statement.headings.iter().enumerate() {
        let of_section = |sentence: usize| statement.sentences[sentence].heading == Some(index);
        let cites = statement
            .claims
            .iter()
            .any(|claim| of_section(claim.sentence) && matches!(claim.kind, ClaimKind::Citation(_)));
        let states = statement.claims.iter().find(|claim| {
            let tabled = claim.at.as_ref().is_some_and(|at| !context.equivalents(at).is_empty());
            of_section(claim.sentence) && tabled && matches!(claim.kind, ClaimKind::Amount(_) | ClaimKind::Nothing)
        });
        if let (false, Some(claim)) = (cites, states) {
            let span = statement.sentences[claim.sentence].span;
            terms.push(Term {
                role: Role::Missing,
                label: claim.subject.clone(),
                figure: None,
                span: Some(span),
                cell: None,
            });
        }
    }
    for table in
        statement.tables.iter().filter(|table| table.number.as_deref().is_some_and(|number| uncited.contains(&number)))
    {
        if let Some((title, span)) = &table.title {
            terms.push(Term { role: Role::Other, label: title.clone(), figure: None, span: Some(*span), cell: None });
        }
    }
    let mut check = plain_check("citations.cover", Level::Info, terms.is_empty(), terms);
    check.words = vec![uncited.join("、"), "cover".into()];
    checks.push(check);
}

fn say(check: &Check, lang: Lang) -> Wording {
    let number = word(check, 0);
    if word(check, 1) == "target" {
        return wording(
            lang,
            [format!("引用了{number}，报告里没有这张表"), "引用的表应当在报告里".into(), "改正表号".into()],
            [
                format!("{number} is cited and the report has no such table"),
                "a cited table must be there".into(),
                "correct the number".into(),
            ],
        );
    }
    wording(
        lang,
        [
            if number.is_empty() {
                "有的说明没有注明依据哪张表".into()
            } else {
                format!("从未被文字引用的表：{number}；有的说明没有注明依据哪张表")
            },
            "其他各节都注明了“详见表×”，读者据此对照".into(),
            "补注“详见表×”".into(),
        ],
        [
            if number.is_empty() {
                "a section cites no table".into()
            } else {
                format!("tables never cited: {number}; some sections cite no table")
            },
            "the other sections say which table to look at".into(),
            "add the citation".into(),
        ],
    )
}
