//! Words of the template are left in the text: a stand-in for a name or an amount, a choice not made, an instruction.
//!
//! # What it finds
//!
//! - Stand-ins in headings, titles and sentences: `XX局`, `××区`, `XXX万元`, `20XX年`, `____万元`, “（单位名称）”.
//! - Choices not made: “增加（减少）20万元”, “增长/下降”, “大于（小于、等于）预算数”.
//! - Instructions to the writer: “（按……填写）”, “请删除”, and “（如有）” in a heading.
//!
//! # Why it matters
//!
//! The report was published before it was finished; whatever stands beside the stand-in was perhaps never filled in.
//!
//! # Basis
//!
//! - 财预〔2016〕143号 of 2016-10-27: what a department publishes must be complete and exact.
//! - 政府信息公开条例 (State Council Order 711, 2019), art. 6 [to be verified]: information is published exactly.
//!
//! # Example that fires
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、XX局主要职能
//!
//! 本局负责档案工作。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、某市档案局主要职能
//!
//! 本局负责档案工作。
//! ```
//!
//! # How to put it right
//!
//! Fill in the name or the figure, choose the word that applies, delete the instruction.
//!
//! # Limits and tolerated cases
//!
//! - A stand-in needs the noun after it (局, 区, 万元, 年 …). X-rays, model numbers, roman numerals and words in quotation
//!   marks are none. A single 某 is none; 某某 is none where the report calls its own body so.
//! - A blank form, whose tables of the budget have no figure, is not checked.
//! - Stand-ins are errors, choices and instructions are warnings. No figures are compared, so there is no rounding.
//!
//! ---
//! 模板文字留在报告里：名称、金额的占位，没有选定的选项，给填写人的提示。
//!
//! # 发现什么
//!
//! - 标题、表名、句子里的占位：“XX局”“××区”“XXX万元”“20XX年”“____万元”“（单位名称）”。
//! - 没有选定的选项：“增加（减少）20万元”“增长/下降”“大于（小于、等于）预算数”。
//! - 给填写人的提示：“（按……填写）”“请删除”，以及标题里的“（如有）”。
//!
//! # 为什么要紧
//!
//! 报告没有写完就公开了，占位旁边的内容可能也没有填过。
//!
//! # 依据
//!
//! - 财预〔2016〕143号（2016-10-27）：公开的内容应当完整、准确。
//! - 《政府信息公开条例》（国务院令第711号，2019 年）第六条 [待核]：及时、准确地公开政府信息。
//!
//! # 会报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、XX局主要职能
//!
//! 本局负责档案工作。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、某市档案局主要职能
//!
//! 本局负责档案工作。
//! ```
//!
//! # 怎样改
//!
//! 填上名称或金额，选定用词，删去提示。
//!
//! # 界限与容许
//!
//! - 占位后面要有名词（局、区、万元、年等）才算。X光、型号、罗马数字和引号里的字不算。单个“某”不算；报告自称“某某”的，“某某”也不算。
//! - 预算表里没有任何数字的空白表样，不检查。
//! - 占位列为错误，选项和提示列为警告。本规则不比较金额，没有四舍五入。

use crate::context::{Context, plain_check, unchecked};
use crate::phrase::{short, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Reason, Role, Span, Term, Wording};
use gouji_understand::{Statement, TableKind};
use std::ops::Range;

pub(crate) static RULE: Rule = Rule {
    code: "FRM107",
    name: "stale-template",
    dimension: Dimension::Completeness,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("form.template", "text")],
    find,
    say,
    source: include_str!("stale_template.rs"),
};

/// What may follow a stand-in: a body, an amount, a year.
const NOUNS: [&str; 30] = [
    "局",
    "委",
    "厅",
    "办公室",
    "部门",
    "单位",
    "市",
    "区",
    "县",
    "镇",
    "乡",
    "街道",
    "中心",
    "学校",
    "医院",
    "公司",
    "省",
    "万元",
    "元",
    "亿元",
    "%",
    "年",
    "月",
    "人",
    "辆",
    "个",
    "台",
    "批次",
    "预算",
    "决算",
];

/// Two words of which one was to be chosen.
const CHOICES: [(&str, &str); 8] = [
    ("增加", "减少"),
    ("减少", "增加"),
    ("增长", "下降"),
    ("下降", "增长"),
    ("上升", "下降"),
    ("大于", "小于"),
    ("高于", "低于"),
    ("增加", "持平"),
];

/// Words by which a template speaks to the writer.
const ADVICE: [&str; 6] = ["请删除", "请自行删除", "可删除)", "请填写", "请据实填", "此处填"];

fn find(context: &Context, checks: &mut Vec<Check>) {
    let statement = context.statement;
    if is_blank_form(statement) {
        let reason = Reason::Ambiguous("没有数字的空白表样 a blank form without figures".into());
        checks.push(unchecked("form.template", Level::Error, reason, Vec::new()));
        return;
    }
    let own = statement.own_names.iter().chain(&statement.subject.entity).any(|name| name.contains('某'));
    let anonymous = own || statement.sentences.first().is_some_and(|first| first.text.contains('某'));
    for sentence in &statement.sentences {
        let found = left(&sentence.text, anonymous, false);
        let span = |range: &Range<usize>| sentence.part(around(&sentence.text, range));
        push(checks, found.map(|(kind, range)| (kind, sentence.text[range.clone()].into(), span(&range))));
    }
    let headings = statement.headings.iter().map(|heading| (&heading.text, heading.span));
    let titles = statement.tables.iter().flat_map(|table| table.title.iter().chain(&table.entity));
    for (text, span) in headings.chain(titles.map(|(text, span)| (text, *span))) {
        push(checks, left(text, anonymous, true).map(|(kind, range)| (kind, text[range].into(), span)));
    }
}

/// Tables of a budget and no figure in any: the form itself, which has its stand-ins by right.
fn is_blank_form(statement: &Statement) -> bool {
    let empty = statement.facts.iter().all(|fact| fact.figure.is_zero());
    empty && statement.tables.iter().any(|table| table.kind != TableKind::Other)
}

/// What is left of the template.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    StandIn,
    Choice,
    Advice,
}

fn push(checks: &mut Vec<Check>, found: Option<(Kind, String, Span)>) {
    let Some((kind, text, span)) = found else {
        checks.push(plain_check("form.template", Level::Warning, true, Vec::new()));
        return;
    };
    let level = if kind == Kind::StandIn { Level::Error } else { Level::Warning };
    let term = Term { role: Role::Claim, label: text.clone(), figure: None, span: Some(span), cell: None };
    let mut check = plain_check("form.template", level, false, vec![term]);
    let word = match kind {
        Kind::StandIn => "stand-in",
        Kind::Choice => "choice",
        Kind::Advice => "advice",
    };
    check.words = vec![short(&text), word.into()];
    checks.push(check);
}

/// The first thing in a text that a template left there.
fn left(text: &str, anonymous: bool, heading: bool) -> Option<(Kind, Range<usize>)> {
    let stand_in = stand_in(text, anonymous).map(|range| (Kind::StandIn, range));
    let choice = || choice(text).map(|range| (Kind::Choice, range));
    let advice = || advice(text, heading).map(|range| (Kind::Advice, range));
    stand_in.or_else(choice).or_else(advice)
}

/// `XX局`, `20XX年`, `____万元`, 某某市, (单位名称): from the stand-in to its noun.
fn stand_in(text: &str, anonymous: bool) -> Option<Range<usize>> {
    for named in ["(单位名称)", "(部门名称)", "(单位全称)", "(部门全称)"] {
        if let Some(at) = text.find(named).filter(|at| !quoted(text, *at)) {
            return Some(at..at + named.len());
        }
    }
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let run: usize = text[at..].chars().take_while(|c| *c == first).map(char::len_utf8).sum();
        let end = at + run;
        let long = run >= 2 * first.len_utf8();
        let stands = match first {
            'X' | 'x' | '×' | '○' => long && apart(&text[..at], &text[end..]),
            '_' => run >= 3,
            '某' => long && !anonymous,
            _ => false,
        };
        let noun = NOUNS.iter().find(|noun| text[end..].starts_with(**noun));
        if let Some(noun) = noun.filter(|_| stands && !quoted(text, at)) {
            let century = if *noun == "年" && text[..at].ends_with("20") { 2 } else { 0 };
            return Some(at - century..end + noun.len());
        }
        at = end;
    }
    None
}

/// No letter or digit touches the run, but for the century of a year.
fn apart(before: &str, after: &str) -> bool {
    let joined = before.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || "-.ⅠⅡⅢⅣⅤⅥⅩ".contains(c));
    let century = before.strip_suffix("20").is_some_and(|head| !head.ends_with(|c: char| c.is_ascii_alphanumeric()));
    !joined || century && after.starts_with('年')
}

/// The place stands between quotation marks.
fn quoted(text: &str, at: usize) -> bool {
    text[..at].matches('“').count() > text[..at].matches('”').count()
}

/// 增加(减少)20万元, 增长/下降: not the head 增加(减少)额.
fn choice(text: &str) -> Option<Range<usize>> {
    for (one, other) in CHOICES {
        for (at, _) in text.match_indices(one) {
            let rest = &text[at + one.len()..];
            let bracketed = rest.strip_prefix('(').and_then(|inner| inner.strip_prefix(other)).and_then(|inner| {
                let close = inner.find(')')?;
                (close == 0 || inner.starts_with(['、', '/', '或', ','])).then(|| &inner[close + 1..])
            });
            let after = bracketed.or_else(|| rest.strip_prefix('/').and_then(|inner| inner.strip_prefix(other)));
            let Some(after) = after.filter(|_| !quoted(text, at)) else { continue };
            let filled = after.starts_with(|c: char| c.is_ascii_digit() || "X×_".contains(c));
            if filled
                || ["了", "的主要原因", "主要原因", "预算数", "年初预算"].iter().any(|word| after.starts_with(word))
            {
                return Some(at..text.len() - after.len());
            }
        }
    }
    None
}

/// (按“…”中实际发生事项填写), 请删除, a heading with (如有).
fn advice(text: &str, heading: bool) -> Option<Range<usize>> {
    if let Some(at) = ADVICE.iter().find_map(|word| text.find(word).map(|at| at..at + word.len())) {
        return Some(at);
    }
    if let Some(at) = text.find("(如有)").filter(|_| heading) {
        return Some(at..at + "(如有)".len());
    }
    let end = ["填写)", "填列)", "填报)"].iter().find_map(|word| text.find(word).map(|at| at + word.len()))?;
    let start = opening(&text[..end - 1])?;
    let inner = &text[start + 1..end];
    ["按", "请", "根据", "据实", "如实", "此处"].iter().any(|word| inner.starts_with(word)).then_some(start..end)
}

/// The bracket that is still open at the end of a text.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' if depth == 0 => return Some(at),
            '(' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The range with up to ten characters before it, so that the place can be recognised.
fn around(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].char_indices().rev().take(10).last().map_or(range.start, |(at, _)| at);
    start..range.end
}

fn say(check: &Check, lang: Lang) -> Wording {
    let text = word(check, 0);
    let (zh, en) = match word(check, 1) {
        "stand-in" => (
            [format!("“{text}”是模板的占位，没有填写"), "报告应当写明名称、年份和金额".into(), "填上实际的内容".into()],
            [
                format!("“{text}” is a stand-in of the template, never filled in"),
                "a report says names, years and amounts".into(),
                "fill in what applies".into(),
            ],
        ),
        "choice" => (
            [format!("“{text}”没有选定"), "两个方向只能有一个".into(), "按实际情况留下一个词".into()],
            [
                format!("“{text}” is a choice not made"),
                "only one of the two can be so".into(),
                "keep the word that applies".into(),
            ],
        ),
        _ => (
            [
                format!("“{text}”是给填写人的提示"),
                "提示不是报告的内容".into(),
                "删去提示，并核对是否已按提示填写".into(),
            ],
            [
                format!("“{text}” is an instruction to the writer"),
                "instructions are no part of the report".into(),
                "delete it, and check that it was followed".into(),
            ],
        ),
    };
    wording(lang, zh, en)
}
