//! A class of function codes is called by a name that had been replaced before the report's year.
//!
//! # What it finds
//!
//! - In a table: a cell that names a class by its former name, such as 医疗卫生与计划生育支出 in 2019 or later.
//! - In a sentence: the same. All places of one name are one finding.
//!
//! # Why it matters
//!
//! The name is left from an older file, and the figures beside it may be, too. Readers look for the name in force.
//!
//! # Basis
//!
//! - 财预〔2018〕108号, the classification of 2019 [to be verified], renamed the classes 207, 210 and 220; that of 2020 renamed 215.
//! - catalogues/function-classes.csv holds the names with the years in which reports bear them.
//!
//! # Example that fires
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、支出情况
//!
//! 2024年医疗卫生与计划生育支出60万元。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、支出情况
//!
//! 2024年卫生健康支出60万元。
//! ```
//!
//! # How to put it right
//!
//! Use the name of the year's catalogue in every place, and check the figure beside it.
//!
//! # Limits and tolerated cases
//!
//! - Names of items (项) are not looked at, nor is a name led in by 原, or a sentence that tells of the renaming or of an
//!   earlier year.
//! - At most five places are shown. A report whose year cannot be made out is not checked; no figures are compared.
//!
//! ---
//! 科目的类用了报告年度以前已经停用的名称。
//!
//! # 发现什么
//!
//! - 表格：单元格里的类名是旧名，例如 2019 年及以后仍写“医疗卫生与计划生育支出”。
//! - 文字：句子里的类名是旧名。同一旧名的各处合为一条。
//!
//! # 为什么要紧
//!
//! 旧名是沿用旧文件留下的，旁边的数字也可能是旧的；读者按现行名称查找。
//!
//! # 依据
//!
//! - 财预〔2018〕108号（2019 年政府收支分类科目）[待核]：207、210、220 三类改名；2020 年科目：215 类改名。
//! - catalogues/function-classes.csv 记有各名称使用的年份。
//!
//! # 会报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、支出情况
//!
//! 2024年医疗卫生与计划生育支出60万元。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、支出情况
//!
//! 2024年卫生健康支出60万元。
//! ```
//!
//! # 怎样改
//!
//! 各处改用当年科目目录的名称，并核对旁边的数字。
//!
//! # 界限与容许
//!
//! - 不看项级科目的名称；写明“原”的旧名、说明改名经过或以前年度的句子，不报。
//! - 最多列出五处。看不出报告年度的，不检查。本规则不比较金额。

use crate::context::{Context, plain_check, unchecked};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Catalogue, Check, Lang, Level, Reason, Role, Span, Term, Wording};
use gouji_understand::Sentence;

pub(crate) static RULE: Rule = Rule {
    code: "CLS105",
    name: "stale-code-name",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("codes.current", "text")],
    find,
    say,
    source: include_str!("stale_code_name.rs"),
};

/// Places of one name that are shown.
const PLACES: usize = 5;

fn find(context: &Context, checks: &mut Vec<Check>) {
    let year = context.year();
    if year == 0 {
        let reason = Reason::NoText("报告年度 year of the report".into());
        checks.push(unchecked("codes.current", Level::Warning, reason, Vec::new()));
        return;
    }
    let classes = Catalogue::classes();
    for (code, old) in classes.iter() {
        let last = old.years.last().copied().unwrap_or(i16::MAX);
        let current = classes.names(code).iter().find(|entry| entry.years.contains(&year));
        let Some(current) = current.filter(|_| last < year) else { continue };
        let places = places(context, &old.name, last);
        let term = |(at, (span, place)): (usize, (Span, String))| {
            let role = if at == 0 { Role::Claim } else { Role::Other };
            Term { role, label: place, figure: None, span: Some(span), cell: None }
        };
        let count = places.len();
        let terms = places.into_iter().take(PLACES).enumerate().map(term).collect();
        let mut check = plain_check("codes.current", Level::Warning, count == 0, terms);
        check.words =
            vec![old.name.clone(), code.to_string(), current.name.clone(), last.to_string(), count.to_string()];
        checks.push(check);
    }
}

/// Where the name stands: cells of tables, then sentences.
fn places(context: &Context, name: &str, last: i16) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for table in &context.statement.tables {
        for row in &table.rows {
            let own = row.cells.iter().enumerate().filter(|(at, _)| row.columns.contains(at));
            let named = own.filter(|(_, (text, _))| stands(text, name).is_some());
            found.extend(named.map(|(_, (_, span))| (*span, table.name())));
        }
    }
    for sentence in context.statement.sentences.iter().filter(|sentence| !tells_of_old(sentence, last)) {
        if let Some(at) = stands(&sentence.text, name) {
            found.push((sentence.part(at..at + name.len()), name.to_string()));
        }
    }
    found
}

/// The name of the class itself: not 其他… of an item, not 原….
fn stands(text: &str, name: &str) -> Option<usize> {
    let led = |at: usize| ["其他", "其它", "原", "原“", "原名", "原名“"].iter().any(|lead| text[..at].ends_with(lead));
    text.match_indices(name).map(|(at, _)| at).find(|at| !led(*at))
}

/// The sentence is about the renaming or about a year in which the name was in force.
fn tells_of_old(sentence: &Sentence, last: i16) -> bool {
    let text = &sentence.text;
    let renames = ["改为", "更名", "改名", "调整为", "修改为", "变更为"].iter().any(|word| text.contains(word));
    let year = |at: usize| text.get(at.checked_sub(4)?..at)?.parse::<i16>().ok();
    renames || text.match_indices('年').filter_map(|(at, _)| year(at)).any(|year| (1990..=last).contains(&year))
}

fn say(check: &Check, lang: Lang) -> Wording {
    let [old, code, new, last, count] = [0, 1, 2, 3, 4].map(|at| word(check, at));
    wording(
        lang,
        [
            format!("“{old}”是 {code} 类的旧名，共 {count} 处"),
            format!("该名称用到 {last} 年，现称“{new}”"),
            format!("改为“{new}”，并核对旁边沿用的文字和数字"),
        ],
        [
            format!("“{old}” is a former name of class {code}; places: {count}"),
            format!("the name was in force until {last}; the class is now called “{new}”"),
            format!("write “{new}” and check the words and figures beside it"),
        ],
    )
}
