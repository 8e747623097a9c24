//! An entry of the contents or of the list of tables differs from the heading it points to.
//!
//! # What it finds
//!
//! - Entries of the contents against the headings of the text, and page numbers that go back.
//! - Entries of the list of tables against the titles of the tables.
//! - The heading over that list when it names one budget and the list has tables of others.
//!
//! # Why it matters
//!
//! Readers look for a section by the words of the contents. Different words look like a missing section, and an inspector
//! who ticks off a catalogue of tables may count the table as missing.
//!
//! # Basis
//!
//! - 财预〔2016〕143号 of 2016-10-27: it names the tables to be published, and asks for a form that fits.
//! - 政府信息公开条例 (State Council Order 711, 2019) [to be verified]: information is published so that it can be found.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 目录
//!
//! 第一部分 部门概况.....1
//! 一、主要职能.....1
//! 二、年度主要工作目标.....2
//!
//! 第一部分 部门概况
//!
//! 一、主要职能
//!
//! 本局负责科学技术工作。
//!
//! 二、年度工作目标
//!
//! 办好科普活动。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 目录
//!
//! 第一部分 部门概况.....1
//! 一、主要职能.....1
//! 二、年度工作目标.....2
//!
//! 第一部分 部门概况
//!
//! 一、主要职能
//!
//! 本局负责科学技术工作。
//!
//! 二、年度工作目标
//!
//! 办好科普活动。
//! ```
//!
//! # How to put it right
//!
//! Rebuild the contents from the headings. For a table, use the title that the finance department prescribes in both
//! places.
//!
//! # Limits and tolerated cases
//!
//! - Blanks and the width of brackets do not count; neither does a changed number of the heading.
//! - Two wordings at least 70 % alike under the same number are taken for one heading written two ways. An entry without
//!   any such heading is not checked: the reading may have missed it.
//! - Page numbers are level info, since places print them before the last changes. No figures are compared.
//!
//! ---
//! 目录或附表清单里的标题，与正文标题或表名不一致。
//!
//! # 发现什么
//!
//! - 目录各条与正文标题是否一致，目录页码是否倒退。
//! - 附表清单各条与表名是否一致。
//! - 清单标题只写一本预算，下面却列了其他预算的表。
//!
//! # 为什么要紧
//!
//! 读者按目录里的字找内容。字不一样，看上去就像缺了一节；检查人员对着清单打勾，也可能把表记成缺失。
//!
//! # 依据
//!
//! - 财预〔2016〕143号（2016-10-27）：列明应当公开的各表，形式应当规范。
//! - 《政府信息公开条例》（国务院令第711号，2019 年）[待核]：公开的信息应当便于查找。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 目录
//!
//! 第一部分 部门概况.....1
//! 一、主要职能.....1
//! 二、年度主要工作目标.....2
//!
//! 第一部分 部门概况
//!
//! 一、主要职能
//!
//! 本局负责科学技术工作。
//!
//! 二、年度工作目标
//!
//! 办好科普活动。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 目录
//!
//! 第一部分 部门概况.....1
//! 一、主要职能.....1
//! 二、年度工作目标.....2
//!
//! 第一部分 部门概况
//!
//! 一、主要职能
//!
//! 本局负责科学技术工作。
//!
//! 二、年度工作目标
//!
//! 办好科普活动。
//! ```
//!
//! # 怎样改
//!
//! 由正文标题重新生成目录；表名两处都用财政部门规定的名称。
//!
//! # 界限与容许
//!
//! - 空格、括号全角半角不算差别，编号改变也不算。
//! - 编号相同、相似度不低于 70 % 的两种写法，视为同一标题；找不到这样的标题时不检查，可能是没有读到。
//! - 页码列为提示，因为各地往往先排目录后改正文。本规则不比较金额。

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
                let level = if is_manner(&entry.bare, &headings[at].bare) { Level::Info } else { Level::Warning };
                let mut check = plain_check("contents.headings", level, headings[at].bare == entry.bare, terms);
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

/// One title with some words more, or 年度 for 年: a matter of manner.
fn is_manner(entry: &str, heading: &str) -> bool {
    let plain = |text: &str| text.replace('度', "").replace('及', "和");
    let (entry, heading) = (plain(entry), plain(heading));
    entry.contains(&heading) || heading.contains(&entry)
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
