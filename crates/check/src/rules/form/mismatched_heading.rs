//! An entry of the contents or of the list of tables differs from the heading it points to.
//!
//! ---
//! 目录或附表清单里的标题，与正文标题或表名不一致。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use crate::similar::likeness;
use gouji_model::{Check, Lang, Level, Role, Span, Term, Wording};
use gouji_understand::Entry;

pub(crate) static RULE: Rule = Rule {
    code: "FRM101",
    name: "mismatched-heading",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[
        ("contents.headings", "text"),
        ("contents.pages", "text"),
        ("tables.list", "text"),
        ("tables.list-heading", "text"),
    ],
    find,
    say,
    source: include_str!("mismatched_heading.rs"),
};

/// Headings at least so alike, in percent, are one heading written two ways.
const ALIKE: usize = 70;

fn find(context: &Context, checks: &mut Vec<Check>) {
    contents(context, checks);
    pages(context, checks);
    list_of_tables(context, checks);
    list_heading(context, checks);
}

fn contents(context: &Context, checks: &mut Vec<Check>) {
    let headings = &context.statement.headings;
    let mut from = 0;
    for entry in &context.statement.contents {
        let listed_table = context
            .statement
            .tables
            .iter()
            .any(|table| table.title.as_ref().is_some_and(|(title, _)| *title == entry.bare));
        if listed_table || entry.bare.ends_with('表') {
            continue;
        }
        let exact = headings[from..].iter().position(|heading| heading.bare == entry.bare).map(|at| at + from);
        let number = entry.text.strip_suffix(entry.bare.as_str()).unwrap_or("");
        let alike = || {
            let same_place = |heading: &gouji_understand::Heading| {
                heading.text.starts_with(number) && !number.is_empty() && likeness(&heading.bare, &entry.bare) >= ALIKE
            };
            headings[from..].iter().take(12).position(same_place).map(|at| at + from)
        };
        match exact.or_else(alike) {
            Some(at) => {
                from = at + 1;
                let terms = vec![
                    term(Role::Claim, &entry.text, entry.span),
                    term(Role::Other, &headings[at].text, headings[at].span),
                ];
                let mut check =
                    plain_check("contents.headings", Level::Warning, headings[at].bare == entry.bare, terms);
                check.words = vec![entry.bare.clone(), headings[at].bare.clone(), "contents".into()];
                checks.push(check);
            }
            // A heading that the reading may have missed is not called missing.
            None => checks.push(crate::context::unchecked(
                "contents.headings",
                Level::Warning,
                gouji_model::Reason::NoText(entry.bare.clone()),
                vec![term(Role::Claim, &entry.text, entry.span)],
            )),
        }
    }
}

fn pages(context: &Context, checks: &mut Vec<Check>) {
    let paged: Vec<(&Entry, u32)> =
        context.statement.contents.iter().filter_map(|entry| Some((entry, entry.page?))).collect();
    for pair in paged.windows(2) {
        let terms = vec![
            term(Role::Claim, &pair[1].0.text, pair[1].0.span),
            term(Role::Other, &pair[0].0.text, pair[0].0.span),
        ];
        let mut check = plain_check("contents.pages", Level::Info, pair[0].1 <= pair[1].1, terms);
        check.words = vec![pair[1].1.to_string(), pair[0].1.to_string(), "pages".into()];
        checks.push(check);
    }
}

fn list_of_tables(context: &Context, checks: &mut Vec<Check>) {
    for entry in &context.statement.table_list {
        let number = entry.text.strip_suffix(entry.bare.as_str()).unwrap_or("").trim_end_matches([':', '、', '.']);
        let table = context.statement.tables.iter().find(|table| table.number.as_deref() == Some(number));
        let Some((title, span)) = table.and_then(|table| table.title.as_ref()) else { continue };
        let terms = vec![term(Role::Claim, &entry.text, entry.span), term(Role::Other, title, *span)];
        let mut check = plain_check("tables.list", Level::Warning, *title == entry.bare, terms);
        check.words = vec![entry.bare.clone(), title.clone(), "list".into()];
        checks.push(check);
    }
}

/// 附表：一般公共预算 over tables of several budgets.
fn list_heading(context: &Context, checks: &mut Vec<Check>) {
    let (Some(span), false) = (context.statement.table_list_heading, context.statement.table_list.is_empty()) else {
        return;
    };
    let Some(text) = &context.statement.table_list_heading_text else { return };
    let books = ["一般公共预算", "政府性基金", "国有资本经营"];
    let named: Vec<&&str> = books.iter().filter(|book| text.contains(**book)).collect();
    let [only] = named.as_slice() else {
        checks.push(plain_check("tables.list-heading", Level::Warning, true, vec![term(Role::Claim, text, span)]));
        return;
    };
    let strays: Vec<&Entry> = context
        .statement
        .table_list
        .iter()
        .filter(|entry| books.iter().any(|book| book != *only && entry.bare.contains(book)))
        .collect();
    let mut terms = vec![term(Role::Claim, text, span)];
    terms.extend(strays.iter().map(|entry| term(Role::Other, &entry.text, entry.span)));
    let mut check = plain_check("tables.list-heading", Level::Warning, strays.is_empty(), terms);
    check.words = vec![
        only.to_string(),
        strays.iter().map(|entry| entry.bare.as_str()).collect::<Vec<_>>().join("、"),
        "over".into(),
    ];
    checks.push(check);
}

fn term(role: Role, label: &str, span: Span) -> Term {
    Term { role, label: label.into(), figure: None, span: Some(span), cell: None }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (here, there) = (word(check, 0), word(check, 1));
    match word(check, 2) {
        "pages" => wording(
            lang,
            [format!("目录页码由 {there} 倒回 {here}"), "页码应当不减".into(), "更新目录".into()],
            [
                format!("the contents go back from page {there} to page {here}"),
                "pages do not decrease".into(),
                "update the contents".into(),
            ],
        ),
        "over" => wording(
            lang,
            [
                format!("清单标题写“{here}”，下面却有{there}"),
                "标题应当概括所列的全部表".into(),
                "改用概括全部表的标题".into(),
            ],
            [
                format!("the heading of the list says “{here}”, but it lists {there}"),
                "a heading covers all that stands under it".into(),
                "use a heading that covers all tables".into(),
            ],
        ),
        "list" => wording(
            lang,
            [format!("附表清单写“{here}”，表名是“{there}”"), "清单与表名应当一致".into(), "统一名称".into()],
            [
                format!("the list of tables says “{here}”, the table is titled “{there}”"),
                "both must agree".into(),
                "use one title".into(),
            ],
        ),
        _ => wording(
            lang,
            [
                format!("目录写“{here}”，正文标题是“{there}”"),
                "目录与正文标题应当一致".into(),
                "更新目录或改正标题".into(),
            ],
            [
                format!("the contents say “{here}”, the heading “{there}”"),
                "both must agree".into(),
                "update the contents or the heading".into(),
            ],
        ),
    }
}
