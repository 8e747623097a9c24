//! A quotation mark or a bracket stands without its partner.
//!
//! # What it finds
//!
//! - “ ” 《 》 （ ） 【 】 〔 〕 within a paragraph: one that opens and never closes, or closes what was never opened.
//! - Brackets of full and half width are partners of each other.
//!
//! # Why it matters
//!
//! Words were cut or added at that place, and what was meant to be quoted is no longer clear.
//!
//! # Basis
//!
//! GB/T 15834-2011 标点符号用法 (in force since 2012-06-01): quotation marks, brackets and title marks come in pairs.
//!
//! # Example that fires
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、工作目标
//!
//! 开展“档案日”、优秀案例”活动。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、工作目标
//!
//! 开展“档案日”、“优秀案例”活动。
//! ```
//!
//! # How to put it right
//!
//! Add the missing mark or delete the one too many, and read the sentence again.
//!
//! # Limits and tolerated cases
//!
//! - A paragraph without the end of a sentence is not looked at, since the rest of it may stand elsewhere; a mark that opens
//!   in one paragraph and closes in one of the next two is a pair.
//! - The bracket of a numbering, `1）`, is none. A kind of mark that is unpaired in more than five paragraphs was probably
//!   read wrongly and is not checked.
//!
//! ---
//! 引号、书名号或括号不成对。
//!
//! # 发现什么
//!
//! - 段落里的 “ ” 《 》 （ ） 【 】 〔 〕：只有前一半，或者只有后一半。
//! - 全角和半角括号可以互相配对。
//!
//! # 为什么要紧
//!
//! 这里的文字多半删过或加过，引的是哪几个字已经不清楚。
//!
//! # 依据
//!
//! GB/T 15834-2011《标点符号用法》（2012-06-01 起施行）：引号、括号、书名号成对使用。
//!
//! # 会报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、工作目标
//!
//! 开展“档案日”、优秀案例”活动。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一、工作目标
//!
//! 开展“档案日”、“优秀案例”活动。
//! ```
//!
//! # 怎样改
//!
//! 补上缺的一半或删去多的一半，并把这句话重读一遍。
//!
//! # 界限与容许
//!
//! - 没有句末标点的段落不看，余下的可能在别处；前一段开、后两段内合上的，算作一对。
//! - 编号的括号“1）”不算。同一种标点在五个以上段落里不成对的，多半是没有读对，不检查。

use crate::context::{Context, plain_check, unchecked};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Reason, Role, Term, Wording};
use gouji_understand::{Sentence, Statement};

pub(crate) static RULE: Rule = Rule {
    code: "FRM109",
    name: "unbalanced-mark",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("form.pairs", "text")],
    find,
    say,
    source: include_str!("unbalanced_mark.rs"),
};

/// Marks that come in pairs; the reading has brackets in half width.
const PAIRS: [(&str, &str); 5] = [("“", "”"), ("《", "》"), ("(", ")"), ("【", "】"), ("〔[", "〕]")];
/// Paragraphs with unpaired marks of one kind; with more the marks were not read rightly.
const BROKEN: usize = 5;
/// Paragraphs within which a pair may be torn apart.
const TORN: u32 = 2;

/// A mark without a partner: its sentence, its place in it, and whether it opens.
#[derive(Clone, Copy)]
struct Lone {
    sentence: usize,
    at: usize,
    opens: bool,
}

fn find(context: &Context, checks: &mut Vec<Check>) {
    let statement = context.statement;
    for (open, close) in PAIRS {
        let (mut lone, used) = lone_marks(statement, open, close);
        if used == 0 {
            continue;
        }
        join_torn(statement, &mut lone);
        lone.retain(|mark| is_certain(statement, *mark));
        if lone.len() > BROKEN {
            let how = format!("“{open}”在 {0} 处不成对 unpaired in {0} places", lone.len());
            checks.push(unchecked("form.pairs", Level::Warning, Reason::Ambiguous(how), Vec::new()));
            continue;
        }
        if lone.is_empty() {
            checks.push(plain_check("form.pairs", Level::Warning, true, Vec::new()));
        }
        checks.extend(lone.into_iter().map(|mark| broken(&statement.sentences[mark.sentence], mark)));
    }
}

/// The marks of a kind without a partner in their paragraph, and how many marks of it there are.
fn lone_marks(statement: &Statement, open: &str, close: &str) -> (Vec<Lone>, usize) {
    let (mut lone, mut used) = (Vec::new(), 0);
    let mut waiting: Vec<Lone> = Vec::new();
    let mut paragraph = None;
    for (sentence, said) in statement.sentences.iter().enumerate() {
        if paragraph.replace(said.paragraph) != Some(said.paragraph) {
            lone.append(&mut waiting);
        }
        for (at, mark) in said.text.char_indices() {
            if open.contains(mark) {
                waiting.push(Lone { sentence, at, opens: true });
            } else if close.contains(mark) && waiting.pop().is_none() && !numbers(&said.text[..at], mark) {
                lone.push(Lone { sentence, at, opens: false });
            } else if !close.contains(mark) {
                continue;
            }
            used += 1;
        }
    }
    lone.append(&mut waiting);
    lone.sort_by_key(|mark| (mark.sentence, mark.at));
    (lone, used)
}

/// `1)`, `a)`, 一): the bracket of a numbering.
fn numbers(before: &str, mark: char) -> bool {
    let is_number = |c: &char| c.is_ascii_alphanumeric() || "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨".contains(*c);
    let count = before.chars().rev().take_while(is_number).count();
    let led = before.chars().rev().nth(count).is_none_or(|c| "。;:,、!?)".contains(c));
    mark == ')' && (1..=3).contains(&count) && led
}

/// A mark that opens in one paragraph and closes in one of the next is a pair.
fn join_torn(statement: &Statement, lone: &mut Vec<Lone>) {
    let paragraph = |mark: &Lone| statement.sentences[mark.sentence].paragraph;
    let mut at = 0;
    while at + 1 < lone.len() {
        let near = paragraph(&lone[at + 1]) - paragraph(&lone[at]) <= TORN;
        if lone[at].opens && !lone[at + 1].opens && near {
            lone.drain(at..at + 2);
        } else {
            at += 1;
        }
    }
}

/// The partner cannot stand in a part of the paragraph that was read as another.
fn is_certain(statement: &Statement, mark: Lone) -> bool {
    let sentences = &statement.sentences;
    let own = &sentences[mark.sentence];
    let last = sentences[mark.sentence..].iter().take_while(|other| other.paragraph == own.paragraph).last();
    let ended = last.is_some_and(|last| last.text.ends_with(['。', ';', '!', '?', '”', ')']));
    let first = sentences[..=mark.sentence].iter().rev().take_while(|other| other.paragraph == own.paragraph).last();
    let first = first.map_or(own, |first| first);
    let before = sentences[..=mark.sentence].iter().rev().find(|other| other.paragraph != own.paragraph);
    let begins = before.is_none_or(|before| {
        before.heading != first.heading || before.text.ends_with(['。', ';', ':', '!', '?']) || is_item(&first.text)
    });
    let whole_heading = own.heading.is_none_or(|at| {
        let text = &statement.headings[at].text;
        PAIRS.iter().all(|(open, close)| {
            text.matches(|c| open.contains(c)).count() == text.matches(|c| close.contains(c)).count()
        })
    });
    // A quotation of several paragraphs opens each of them anew.
    let reopened = mark.opens && mark.at == 0 && mark.sentence > 0 && own.text.starts_with('“');
    ended && begins && whole_heading && !reopened
}

/// `4.`, `（三）`, `二、`: the paragraph begins a new item.
fn is_item(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || "(一二三四五六七八九十".contains(c));
    rest.len() < text.len() && rest.starts_with(['.', '、', ')'])
}

fn broken(sentence: &Sentence, mark: Lone) -> Check {
    let text = &sentence.text;
    let width = text[mark.at..].chars().next().map_or(0, char::len_utf8);
    let start = text[..mark.at].char_indices().rev().take(10).last().map_or(mark.at, |(at, _)| at);
    let shown: usize = text[mark.at..].chars().take(10).map(char::len_utf8).sum();
    let range = if mark.opens { start..mark.at + shown } else { start..mark.at + width };
    let label = text[range.clone()].to_string();
    let term = Term { role: Role::Claim, label, figure: None, span: Some(sentence.part(range.clone())), cell: None };
    let mut check = plain_check("form.pairs", Level::Warning, false, vec![term]);
    let word = if mark.opens { "opens" } else { "closes" };
    check.words = vec![text[mark.at..mark.at + width].into(), text[range].into(), word.into()];
    check
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (mark, text) = (word(check, 0), word(check, 1));
    let opens = word(check, 2) == "opens";
    let (half_zh, half_en) = if opens { ("后一半", "is never closed") } else { ("前一半", "was never opened") };
    wording(
        lang,
        [
            format!("「{text}」里的 {mark} 缺{half_zh}"),
            "引号、书名号、括号成对使用".into(),
            "补上缺的一半，或删去多的一半".into(),
        ],
        [
            format!("{mark} in 「{text}」 {half_en}"),
            "quotation marks and brackets come in pairs".into(),
            "add the missing mark or delete the one too many".into(),
        ],
    )
}
