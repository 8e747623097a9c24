//! A punctuation mark stands twice, or two marks of different kinds stand side by side.
//!
//! # What it finds
//!
//! `。。`, `，，`, `；；`, `、、` and mixtures such as `，。` in a sentence. The ellipsis `……`, the dash `——`, brackets
//! and quotation marks are no such faults.
//!
//! # Why it matters
//!
//! It is a slip of typing, and where one slipped in late the figures beside it often did, too.
//!
//! # Basis
//!
//! GB/T 15834-2011 标点符号用法 (in force since 2012-06-01): the end of a sentence has one mark.
//!
//! # Example that fires
//!
//! ```text
//! 2021年某某局部门预算报告
//! 一、收支总体情况
//! 2021年部门预算收入500万元。。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2021年某某局部门预算报告
//! 一、收支总体情况
//! 2021年部门预算收入500万元。
//! ```
//!
//! # How to put it right
//!
//! Delete the mark that is too many, and read the sentence again.
//!
//! # Limits and tolerated cases
//!
//! Only the marks of running text are looked at; leader dots of the contents are none.
//!
//! ---
//! 标点符号重复，或者两个不同的标点挨在一起。
//!
//! # 发现什么
//!
//! 句子里的“。。”“，，”“；；”“、、”以及“，。”一类。省略号、破折号、括号和引号不算。
//!
//! # 为什么要紧
//!
//! 这是录入的疏漏；临时改动的地方出了标点错误，旁边的数字往往也要再看一眼。
//!
//! # 依据
//!
//! GB/T 15834-2011《标点符号用法》（2012-06-01 起施行）：句末只用一个点号。
//!
//! # 会报的例子
//!
//! ```text
//! 2021年某某局部门预算报告
//! 一、收支总体情况
//! 2021年部门预算收入500万元。。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2021年某某局部门预算报告
//! 一、收支总体情况
//! 2021年部门预算收入500万元。
//! ```
//!
//! # 怎样改
//!
//! 删去多余的标点，并把这句话重读一遍。
//!
//! # 界限与容许
//!
//! 只看正文的句子；目录里的引导点不算。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Role, Term, Wording};

pub(crate) static RULE: Rule = Rule {
    code: "FRM106",
    name: "duplicate-mark",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("form.marks", "text")],
    find,
    say,
    source: include_str!("duplicate_mark.rs"),
};

/// Marks that end or divide a sentence, as sentences carry them.
const MARKS: [char; 7] = ['。', ',', ';', '、', ':', '!', '?'];

fn find(context: &Context, checks: &mut Vec<Check>) {
    let sentences = &context.statement.sentences;
    for (at, sentence) in sentences.iter().enumerate() {
        // A sentence ends behind its full stop: a second one is a sentence of its own.
        let alone = at > 0 && sentence.text == "。" && sentences[at - 1].paragraph == sentence.paragraph;
        let inside = doubled(&sentence.text);
        let marks = if alone { Some("。。".to_string()) } else { inside };
        let span = if alone { sentences[at - 1].span.to(sentence.span) } else { sentence.span };
        let term = Term { role: Role::Claim, label: sentence.text.clone(), figure: None, span: Some(span), cell: None };
        let mut check = plain_check("form.marks", Level::Warning, marks.is_none(), vec![term]);
        check.words = vec![marks.unwrap_or_default()];
        checks.push(check);
    }
}

/// Two marks side by side.
fn doubled(text: &str) -> Option<String> {
    let mut before = None;
    for character in text.chars() {
        let mark = MARKS.contains(&character).then_some(character);
        if let (Some(first), Some(second)) = (before, mark) {
            return Some([first, second].iter().collect());
        }
        before = mark;
    }
    None
}

fn say(check: &Check, lang: Lang) -> Wording {
    let marks = word(check, 0);
    wording(
        lang,
        [format!("标点“{marks}”重复或并列"), "句中、句末只用一个点号".into(), "删去多余的标点".into()],
        [
            format!("the marks “{marks}” stand side by side"),
            "a sentence is divided or ended by one mark".into(),
            "delete the mark that is too many".into(),
        ],
    )
}
