//! A paragraph to tokens: words of the lexicon, figures, directions, marks.

use super::paths::Path;
use crate::claim::Direction;
use crate::lexicon::{Lexicon, Place};
use crate::words::leading_year;
use gouji_model::{Facets, Printed, Unit};
use std::cmp::Ordering;
use std::ops::Range;

/// A token of a paragraph in common form.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub range: Range<usize>,
    pub kind: TokenKind,
}

#[derive(Clone, Debug)]
pub(crate) enum TokenKind {
    /// A word of the lexicon.
    Term {
        facets: Facets,
        follows: bool,
    },
    /// Words that name something which could not be made out.
    Strange,
    /// An amount of money.
    Money(Printed),
    /// A percentage.
    Percent(Printed),
    /// A number with the word that counts: 3 辆.
    Count(i64, &'static str),
    /// A year, and whether it is the year of a budget: 2018年预算数.
    Year(i16, bool),
    /// 上年, 去年
    PriorYear,
    /// 增加, 减少
    Direction(Direction),
    /// 无增减, 持平
    Unchanged,
    /// 一致: unchanged where a comparison stands before it.
    Same,
    /// 决算数大于预算数
    Weighed(Ordering),
    /// 无, 没有, 未安排
    Nothing,
    /// 比, 较, 与: what follows up to a direction is the base of a comparison.
    Compare,
    /// 相比
    Compared,
    /// 占
    Share,
    /// 其中 (partial), 包括
    Among {
        partial: bool,
    },
    /// 详见表三
    Citation(String),
    Open,
    Close,
    /// , 、 ; 。 :
    Mark(char),
}

/// Words that are not in the lexicon because they mean the same in every report.
const WORDS: [(&str, Word); 53] = [
    ("无增减变化", Word::Unchanged),
    ("无增减", Word::Unchanged),
    ("无变化", Word::Unchanged),
    ("没有变化", Word::Unchanged),
    ("无变动", Word::Unchanged),
    ("基本持平", Word::Skip),
    ("持平", Word::Unchanged),
    ("保持不变", Word::Unchanged),
    ("保持一致", Word::Same),
    ("一致", Word::Same),
    ("相同", Word::Same),
    ("增减变化", Word::Skip),
    ("增减变动", Word::Skip),
    ("增减", Word::Skip),
    ("增(减)", Word::Skip),
    ("增加(减少)", Word::Skip),
    ("减少(增加)", Word::Skip),
    ("增长(下降)", Word::Skip),
    ("下降(增长)", Word::Skip),
    ("增加", Word::Up),
    ("增长", Word::Up),
    ("上升", Word::Up),
    ("提高", Word::Up),
    ("上涨", Word::Up),
    ("减少", Word::Down),
    ("下降", Word::Down),
    ("降低", Word::Down),
    ("压减", Word::Down),
    ("缩减", Word::Down),
    ("相比", Word::Compared),
    ("相较", Word::Compared),
    ("对比", Word::Compared),
    ("同比", Word::Compare),
    ("比例", Word::Skip),
    ("比重", Word::Skip),
    ("评比", Word::Skip),
    ("比", Word::Compare),
    ("较好", Word::Skip),
    ("较大", Word::Skip),
    ("较多", Word::Skip),
    ("较", Word::Compare),
    ("上年度", Word::Prior),
    ("上年结转", Word::Skip),
    ("上年", Word::Prior),
    ("去年", Word::Prior),
    ("占用", Word::Skip),
    ("占", Word::Share),
    ("其中", Word::Among(true)),
    ("包括", Word::Among(false)),
    ("没有", Word::Nothing),
    ("未安排", Word::Nothing),
    ("无形", Word::Skip),
    ("无", Word::Nothing),
];

/// The first characters of [`WORDS`]: most characters begin none of them.
fn begins_word(first: char) -> bool {
    matches!(
        first,
        '无' | '没'
            | '基'
            | '持'
            | '保'
            | '一'
            | '增'
            | '减'
            | '下'
            | '上'
            | '提'
            | '降'
            | '压'
            | '缩'
            | '相'
            | '对'
            | '同'
            | '比'
            | '评'
            | '较'
            | '去'
            | '占'
            | '其'
            | '包'
            | '未'
    )
}

#[derive(Clone, Copy)]
enum Word {
    Unchanged,
    Same,
    Up,
    Down,
    Compare,
    Compared,
    Prior,
    Share,
    Among(bool),
    Nothing,
    Skip,
}

/// The words that count things, longest first.
const COUNTERS: [&str; 12] = ["台(套)", "个", "辆", "人", "名", "家", "项", "台", "套", "件", "批次", "人次"];

/// Cuts a paragraph into tokens, in order.
pub(crate) fn scan(lexicon: &Lexicon, text: &str, paths: &[Path]) -> Vec<Token> {
    let terms = lexicon.find(Place::Prose, text);
    let mut next_path = paths.iter().peekable();
    let mut scanner = Scanner { text, at: 0, tokens: Vec::new() };
    let mut next_term = terms.into_iter().peekable();
    while scanner.at < text.len() {
        while next_term.peek().is_some_and(|term| term.range.start < scanner.at) {
            next_term.next();
        }
        if let Some(path) = next_path.next_if(|path| path.range.start <= scanner.at) {
            let kind = match path.code {
                Some(code) if code.as_str().starts_with('3') => {
                    TokenKind::Term { facets: Facets { economic: Some(code), ..Facets::default() }, follows: false }
                }
                Some(code) => {
                    TokenKind::Term { facets: Facets { function: Some(code), ..Facets::default() }, follows: false }
                }
                None => TokenKind::Strange,
            };
            scanner.push(path.range.end - scanner.at, kind);
            continue;
        }
        if scanner.weighing() {
            continue;
        }
        if let Some(term) = next_term.next_if(|term| term.range.start == scanner.at) {
            let kind = TokenKind::Term { facets: term.facets, follows: term.usage.follows };
            scanner.push(term.range.len(), kind);
        } else if !scanner.word() && !scanner.citation() && !scanner.number() {
            scanner.mark();
        }
    }
    scanner.tokens
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, length: usize, kind: TokenKind) {
        self.tokens.push(Token { range: self.at..self.at + length, kind });
        self.at += length;
    }

    /// 决算数大于年初预算数, 决算数与预算数持平; 基本持平 says nothing exact.
    fn weighing(&mut self) -> bool {
        let rest = self.rest();
        let lead = ["支出决算数", "决算数", "支出决算", "决算"].into_iter().find(|lead| rest.starts_with(lead));
        let Some(lead) = lead else { return false };
        let after = &rest[lead.len()..];
        let budgets = ["年初预算数", "全年预算数", "调整预算数", "预算数", "年初预算", "全年预算", "预算"];
        let budget = |text: &str| budgets.into_iter().find(|budget| text.starts_with(budget)).map(str::len);
        let words = [
            ("大于", Ordering::Greater),
            ("高于", Ordering::Greater),
            ("超过", Ordering::Greater),
            ("小于", Ordering::Less),
            ("低于", Ordering::Less),
            ("等于", Ordering::Equal),
        ];
        for (word, order) in words {
            if let Some(length) = after.strip_prefix(word).and_then(budget) {
                self.push(lead.len() + word.len() + length, TokenKind::Weighed(order));
                return true;
            }
        }
        let Some(inner) = after.strip_prefix('与') else { return false };
        let Some(length) = budget(inner) else { return false };
        let equal = ["持平", "相同", "一致", "相等"].into_iter().find(|word| inner[length..].starts_with(word));
        let roughly = ["基本持平", "大体持平", "基本一致"].into_iter().find(|word| inner[length..].starts_with(word));
        let whole = lead.len() + '与'.len_utf8() + length;
        if let Some(word) = equal {
            self.push(whole + word.len(), TokenKind::Weighed(Ordering::Equal));
        } else if let Some(word) = roughly {
            self.at += whole + word.len();
        }
        equal.is_some() || roughly.is_some()
    }

    fn word(&mut self) -> bool {
        for (word, direction) in [("多", Direction::Up), ("少", Direction::Down)] {
            // 比上年多500万元: only directly before a figure.
            let after = self.rest().strip_prefix(word);
            if after.is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit())) {
                self.push(word.len(), TokenKind::Direction(direction));
                return true;
            }
        }
        if !self.rest().starts_with(begins_word) {
            return self.with_compared();
        }
        let rest = self.rest().as_bytes();
        let Some((word, meaning)) = WORDS.iter().find(|(word, _)| rest.starts_with(word.as_bytes())) else {
            return self.with_compared();
        };
        let kind = match meaning {
            Word::Unchanged => TokenKind::Unchanged,
            Word::Same => TokenKind::Same,
            Word::Up => TokenKind::Direction(Direction::Up),
            Word::Down => TokenKind::Direction(Direction::Down),
            Word::Compare => TokenKind::Compare,
            Word::Compared => TokenKind::Compared,
            Word::Prior => TokenKind::PriorYear,
            Word::Share => TokenKind::Share,
            Word::Among(partial) => TokenKind::Among { partial: *partial },
            Word::Nothing => TokenKind::Nothing,
            Word::Skip => {
                self.at += word.len();
                return true;
            }
        };
        self.push(word.len(), kind);
        true
    }

    /// 与 is the base of a comparison when 相比 or 持平 follows in the clause.
    fn with_compared(&mut self) -> bool {
        if !self.rest().starts_with(['与', '和', '同']) {
            return false;
        }
        let clause = self.rest().split([',', ';', '。']).next().unwrap_or("");
        let near: String = clause.chars().take(24).collect();
        if near.contains("年")
            && ["相比", "持平", "一致", "相同", "无增减", "无变化"].iter().any(|word| clause.contains(word))
        {
            let width = self.rest().chars().next().map_or(1, char::len_utf8);
            self.push(width, TokenKind::Compare);
            return true;
        }
        false
    }

    /// 详见表三, 见表3, (表三)
    fn citation(&mut self) -> bool {
        let lead =
            ["详见附表", "详见表", "见附表", "见表", "参见表"].into_iter().find(|lead| self.rest().starts_with(lead));
        let Some(lead) = lead else { return false };
        let number: String = self.rest()[lead.len()..]
            .chars()
            .take_while(|c| c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(*c))
            .collect();
        if number.is_empty() {
            return false;
        }
        let length = lead.len() + number.len();
        self.push(length, TokenKind::Citation(format!("表{number}")));
        true
    }

    fn number(&mut self) -> bool {
        let rest = self.rest();
        let negative = rest.starts_with('-') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        let body = &rest[usize::from(negative)..];
        if !body.starts_with(|c: char| c.is_ascii_digit()) || self.glued() {
            return false;
        }
        let length = usize::from(negative) + number_length(body);
        let (number, after) = (rest[..length].to_string(), rest[length..].to_string());
        self.classify(&number, &after);
        true
    }

    /// The digit before belongs to a word: A4, GB2312.
    fn glued(&self) -> bool {
        self.text[..self.at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
    }

    fn classify(&mut self, number: &str, after: &str) {
        let length = number.len();
        if after.starts_with('年')
            && let Some(year) = leading_year(number)
        {
            let near: String = after.chars().skip(1).take(10).take_while(|c| !",;。".contains(*c)).collect();
            let of_budget = ["预算", "决算", "执行"].iter().any(|word| near.contains(word));
            self.push(length + '年'.len_utf8(), TokenKind::Year(year, of_budget));
            return;
        }
        let units = [
            ("亿元", Unit::HundredMillion),
            ("万元", Unit::TenThousand),
            ("千元", Unit::Thousand),
            ("元", Unit::Yuan),
            ("万", Unit::TenThousand),
        ];
        if let Some((word, unit)) = units.iter().find(|(word, _)| after.starts_with(word)) {
            let beyond = after[word.len()..].trim_start_matches("(含)");
            let threshold = ["以上", "以下", "以内", "及以上", "(含)以上"].iter().any(|mark| beyond.starts_with(mark));
            let money = *word != "万" || !beyond.starts_with(|c: char| "人次平户亩吨".contains(c));
            match Printed::parse(number, *unit) {
                Ok(figure) if !threshold && money => self.push(length + word.len(), TokenKind::Money(figure)),
                _ => self.at += length + word.len(),
            }
            return;
        }
        if after.starts_with('%') {
            match Printed::parse(number, Unit::Percent) {
                Ok(figure) => self.push(length + 1, TokenKind::Percent(figure)),
                Err(_) => self.at += length + 1,
            }
            return;
        }
        let counter = COUNTERS.into_iter().find(|counter| after.starts_with(counter));
        let beyond = counter.map_or("", |counter| &after[counter.len()..]);
        let exact = !beyond.starts_with("以上")
            && !beyond.starts_with("百分点")
            && !beyond.starts_with('月')
            && !beyond.starts_with("左右");
        match (counter, number.replace(',', "").parse()) {
            (Some(counter), Ok(count)) if exact => self.push(length + counter.len(), TokenKind::Count(count, counter)),
            _ => self.at += length,
        }
    }

    fn mark(&mut self) {
        let character = self.rest().chars().next().expect("the scanner stands before the end");
        match character {
            '(' => self.push(1, TokenKind::Open),
            ')' => self.push(1, TokenKind::Close),
            ',' | ';' | ':' => self.push(1, TokenKind::Mark(character)),
            '、' | '。' => self.push(character.len_utf8(), TokenKind::Mark(character)),
            other => self.at += other.len_utf8(),
        }
    }
}

/// Digits with commas before full groups of three, and decimals.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut length = digits(0);
    while length <= 12 && bytes.get(length) == Some(&b',') && digits(length + 1) == 3 {
        length += 4;
    }
    if bytes.get(length) == Some(&b'.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_told_by_its_first_character() {
        assert!(WORDS.iter().all(|(word, _)| word.starts_with(begins_word)));
    }
}
