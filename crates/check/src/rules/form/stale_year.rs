//! A title, a head or a comparison names a year that is not the report's.
//!
//! ---
//! 标题、表头或对比里的年份，不是本报告的年份。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Role, Span, Term, Wording};
use gouji_understand::ClaimKind;

pub(crate) static RULE: Rule = Rule {
    code: "FRM104",
    name: "stale-year",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("form.year", "text")],
    find,
    say,
    source: include_str!("stale_year.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let year = context.year();
    if year == 0 {
        return;
    }
    for table in &context.statement.tables {
        if let Some((title, span)) = &table.title {
            push(checks, years(title), &[year], title, *span);
        }
        for column in &table.columns {
            for head in &column.path {
                push(checks, years(head), &[year, year - 1], head, table.span);
            }
        }
    }
    for heading in &context.statement.headings {
        push(checks, years(&heading.text), &[year], &heading.text, heading.span);
    }
    for claim in &context.statement.claims {
        let base = match claim.kind {
            ClaimKind::Change { base_year, .. }
            | ClaimKind::Growth { base_year, .. }
            | ClaimKind::Unchanged { base_year } => base_year,
            _ => None,
        };
        // 比2019年增加 in the budget of 2019: the year compares with itself.
        let Some(base) = base else { continue };
        let term =
            Term { role: Role::Claim, label: claim.subject.clone(), figure: None, span: Some(claim.span), cell: None };
        let mut check = plain_check("form.year", Level::Error, base < year, vec![term]);
        check.words = vec![base.to_string(), (year - 1).to_string(), claim.subject.clone()];
        checks.push(check);
    }
}

fn push(checks: &mut Vec<Check>, said: Vec<i16>, fitting: &[i16], text: &str, span: Span) {
    for year in said {
        let term = Term { role: Role::Claim, label: text.into(), figure: None, span: Some(span), cell: None };
        let mut check = plain_check("form.year", Level::Error, fitting.contains(&year), vec![term]);
        check.words = vec![year.to_string(), fitting[0].to_string(), text.into()];
        checks.push(check);
    }
}

/// Years written as `2019年` in a text without blanks.
fn years(text: &str) -> Vec<i16> {
    let before = |at: usize| text.get(at.checked_sub(4)?..at)?.parse().ok();
    text.match_indices('年').filter_map(|(at, _)| before(at)).filter(|year| (1990..2100).contains(year)).collect()
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, right, text) = (word(check, 0), word(check, 1), crate::phrase::short(word(check, 2)));
    wording(
        lang,
        [
            format!("“{text}”写的是 {said} 年，应为 {right} 年"),
            "多半是沿用了往年的文字".into(),
            "改正年份，并核对其余沿用的文字".into(),
        ],
        [
            format!("“{text}” says {said}; it should be {right}"),
            "probably left over from another year's text".into(),
            "correct the year and check the rest of the old text".into(),
        ],
    )
}
