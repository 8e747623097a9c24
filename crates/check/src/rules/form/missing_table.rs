//! The contents, the list of tables or the form names a table that the report does not have.
//!
//! # What it finds
//!
//! - An entry of the contents or of the list of tables (附表) that ends with 表, and no table of the body with that title.
//! - A table that the known form of the place asks for and that the report leaves out.
//!
//! # Why it matters
//!
//! Every table that the finance department prescribes is published, also an empty one; a table left out is not disclosed.
//!
//! # Basis
//!
//! - 财预〔2016〕143号 of 2016-10-27: it names the tables to be published; those without figures are published empty.
//! - Budget Law of the People's Republic of China, as amended in 2018, art. 14 [to be verified].
//!
//! # Example that fires
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 目录
//!
//! 一、部门预算表
//! 1. 部门收入总表.....1
//! 2. 部门支出总表.....2
//! 3. 政府采购预算表.....3
//!
//! 一、部门预算表
//!
//! 部门收入总表
//! 部门：某市档案局
//! 单位：万元
//!
//! 项目 | 2024年预算数
//! 收入合计 | 90
//!
//! 部门支出总表
//! 部门：某市档案局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 2024年预算数
//! | 合计 | 90
//! 201 | 一般公共服务支出 | 90
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 目录
//!
//! 一、部门预算表
//! 1. 部门收入总表.....1
//! 2. 部门支出总表.....2
//! 3. 政府采购预算表.....3
//!
//! 一、部门预算表
//!
//! 部门收入总表
//! 部门：某市档案局
//! 单位：万元
//!
//! 项目 | 2024年预算数
//! 收入合计 | 90
//!
//! 部门支出总表
//! 部门：某市档案局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 2024年预算数
//! | 合计 | 90
//! 201 | 一般公共服务支出 | 90
//!
//! 政府采购预算表
//! 部门：某市档案局
//! 单位：万元
//!
//! 采购项目 | 金额
//! 合计 | 0
//! ```
//!
//! # How to put it right
//!
//! Put the table in, if need be empty with a note, or take the entry out of the contents.
//!
//! # Limits and tolerated cases
//!
//! - The year, the body's name, 部门, 单位, blanks and punctuation do not count; a table of the kind that the entry names will
//!   do, too, and so will a heading with these words.
//! - When fewer than half of the tables of a list are found the tables are probably in another file: not checked.
//! - It is an error where a list names the table, a warning where only the form does or a table of the body has no title.
//!
//! ---
//! 目录、附表清单或当地表样里有的表，报告里没有。
//!
//! # 发现什么
//!
//! - 目录或附表清单里以“表”结尾的一条，正文没有这个名称的表。
//! - 已知的当地表样要求的表，报告没有列出。
//!
//! # 为什么要紧
//!
//! 财政部门规定的表都要公开，没有数字的也公开空表；缺一张表，就是少公开一项。
//!
//! # 依据
//!
//! - 财预〔2016〕143号（2016-10-27）：列明应当公开的各表，没有数字的公开空表。
//! - 《预算法》（2018 年修正）第十四条 [待核]。
//!
//! # 会报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 目录
//!
//! 一、部门预算表
//! 1. 部门收入总表.....1
//! 2. 部门支出总表.....2
//! 3. 政府采购预算表.....3
//!
//! 一、部门预算表
//!
//! 部门收入总表
//! 部门：某市档案局
//! 单位：万元
//!
//! 项目 | 2024年预算数
//! 收入合计 | 90
//!
//! 部门支出总表
//! 部门：某市档案局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 2024年预算数
//! | 合计 | 90
//! 201 | 一般公共服务支出 | 90
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 目录
//!
//! 一、部门预算表
//! 1. 部门收入总表.....1
//! 2. 部门支出总表.....2
//! 3. 政府采购预算表.....3
//!
//! 一、部门预算表
//!
//! 部门收入总表
//! 部门：某市档案局
//! 单位：万元
//!
//! 项目 | 2024年预算数
//! 收入合计 | 90
//!
//! 部门支出总表
//! 部门：某市档案局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 2024年预算数
//! | 合计 | 90
//! 201 | 一般公共服务支出 | 90
//!
//! 政府采购预算表
//! 部门：某市档案局
//! 单位：万元
//!
//! 采购项目 | 金额
//! 合计 | 0
//! ```
//!
//! # 怎样改
//!
//! 补上这张表，没有数字的列空表并加说明；确实不需要的，从目录里删去。
//!
//! # 界限与容许
//!
//! - 年份、部门名称、“部门”“单位”、空格和标点不算差别；有同类的表，或者有同名的标题，也算有。
//! - 一份清单里找到的表不到一半的，表多半在另一个文件里，不检查。
//! - 清单写了而正文没有的列为错误；只有表样要求的，或者正文有没写名称的表的，列为警告。

use crate::context::{Context, plain_check, unchecked};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Reason, Role, Span, Term, Wording};
use gouji_understand::{ColumnRole, Entry, Statement, TableKind, TableView};

pub(crate) static RULE: Rule = Rule {
    code: "FRM108",
    name: "missing-table",
    dimension: Dimension::Existence,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("tables.contents", "text")],
    find,
    say,
    source: include_str!("missing_table.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let statement = context.statement;
    for list in [&statement.contents, &statement.table_list] {
        named_by(statement, list, checks);
    }
    of_the_form(statement, checks);
}

/// The tables that a list names.
fn named_by(statement: &Statement, list: &[Entry], checks: &mut Vec<Check>) {
    let body = Body::of(statement);
    // Several lines of the contents read as one are no entry.
    let is_one = |entry: &&Entry| !entry.bare.contains(['…', '·']) && !entry.bare.contains("..");
    let is_table = |entry: &&Entry| entry.bare.ends_with('表') && !body.core(&entry.bare).is_empty();
    let tables = list.iter().filter(is_one).filter(is_table);
    let looked: Vec<(&Entry, bool)> = tables.map(|entry| (entry, body.has(entry))).collect();
    let found = looked.iter().filter(|(_, found)| *found).count();
    let elsewhere = found * 2 < looked.len() || looked.len() < 3;
    let level = if body.untitled { Level::Warning } else { Level::Error };
    for (entry, found) in looked {
        let term = term(Role::Claim, &entry.text, entry.span);
        if elsewhere && !found {
            let reason = Reason::NoTable(entry.bare.clone());
            checks.push(unchecked("tables.contents", level, reason, vec![term]));
            continue;
        }
        let mut check = plain_check("tables.contents", level, found, vec![term]);
        check.words = vec![entry.bare.clone(), "list".into()];
        checks.push(check);
    }
}

/// The tables that the form asks for; most of them are there, or the form would not fit.
fn of_the_form(statement: &Statement, checks: &mut Vec<Check>) {
    let body = Body::of(statement);
    // A table that a list of the report names is looked for as an entry of that list.
    let is_listed = |title: &str| {
        let mut entries = statement.contents.iter().chain(&statement.table_list);
        entries.any(|entry| body.core(&entry.bare) == body.core(title))
    };
    let place = statement.tables.iter().rev().find_map(|table| table.title.as_ref());
    for (kind, number, title) in &statement.form_tables {
        let is_it = |table: &TableView| {
            table.kind == *kind
                || table.number.as_ref() == Some(number)
                || table.title.as_ref().is_some_and(|(own, _)| body.core(own) == body.core(title))
        };
        let found = statement.tables.iter().any(is_it);
        if !found && is_listed(title) {
            continue;
        }
        let terms = place.map(|(_, span)| term(Role::Missing, title, *span)).into_iter().collect();
        let mut check = plain_check("tables.form", Level::Warning, found, terms);
        check.words = vec![format!("{number} {title}").trim().to_owned(), "form".into()];
        checks.push(check);
    }
}

/// What the body of a report calls its tables.
struct Body<'a> {
    statement: &'a Statement,
    /// Titles, headings and lines of their own, without what does not count.
    titles: Vec<String>,
    kinds: Vec<TableKind>,
    /// A table of amounts bears no title: it may be any.
    untitled: bool,
}

impl Body<'_> {
    fn of(statement: &Statement) -> Body<'_> {
        let mut body = Body { statement, titles: Vec::new(), kinds: Vec::new(), untitled: false };
        let titles = statement.tables.iter().filter_map(|table| Some(&table.title.as_ref()?.0));
        let headings = statement.headings.iter().map(|heading| &heading.bare);
        let lines = statement.sentences.iter().map(|sentence| &sentence.text).filter(|text| text.chars().count() < 50);
        body.titles = titles.chain(headings).chain(lines).map(|title| body.core(title)).collect();
        body.kinds = statement.tables.iter().map(|table| table.kind).filter(|kind| *kind != TableKind::Other).collect();
        let has_amounts = |table: &TableView| table.columns.iter().any(|column| column.role == ColumnRole::Amount);
        body.untitled = statement.tables.iter().any(|table| table.title.is_none() && has_amounts(table));
        body
    }

    fn has(&self, entry: &Entry) -> bool {
        let core = self.core(&entry.bare);
        let number = entry.text.strip_suffix(entry.bare.as_str()).unwrap_or("").trim_end_matches([':', '、', '.']);
        let numbered = |table: &TableView| !number.is_empty() && table.number.as_deref() == Some(number);
        self.titles.contains(&core)
            || entry.table.is_some_and(|kind| self.kinds.contains(&kind))
            || self.statement.tables.iter().any(numbered)
    }

    /// A title without year, body, 部门, brackets and punctuation.
    fn core(&self, title: &str) -> String {
        let mut core = title.to_string();
        let names = self.statement.own_names.iter().chain(&self.statement.subject.entity);
        names.filter(|name| name.chars().count() >= 3).for_each(|name| core = core.replace(name.as_str(), ""));
        if let Some((before, rest)) = core.split_once('(').filter(|(before, _)| before.ends_with('表')) {
            let after = rest.split_once(')').map_or("", |(_, after)| after);
            core = format!("{before}{after}");
        }
        for word in ["年度", "年", "部门", "单位", "预算", "决算"] {
            core = core.replace(word, "");
        }
        core.retain(|c| !c.is_ascii_digit() && !c.is_ascii_punctuation() && !"“”‘’《》、。·—和及与".contains(c));
        if core == "表" { String::new() } else { core }
    }
}

fn term(role: Role, label: &str, span: Span) -> Term {
    Term { role, label: label.into(), figure: None, span: Some(span), cell: None }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let title = word(check, 0);
    if word(check, 1) == "form" {
        return wording(
            lang,
            [
                format!("当地表样有“{title}”，报告里没有"),
                "规定的表都要公开，没有数字的公开空表".into(),
                "补上这张表，没有数字的列空表并加说明".into(),
            ],
            [
                format!("the form of the place has “{title}”, the report does not"),
                "every prescribed table is published, also an empty one".into(),
                "add the table, if need be empty with a note".into(),
            ],
        );
    }
    wording(
        lang,
        [
            format!("目录或清单列有“{title}”，正文没有这张表"),
            "列出的表都应当在报告里".into(),
            "补上这张表，没有数字的列空表并加说明；不需要的从目录删去".into(),
        ],
        [
            format!("the contents name “{title}”, and the report has no such table"),
            "what the contents name is in the report".into(),
            "add the table, if need be empty with a note, or take the entry out".into(),
        ],
    )
}
