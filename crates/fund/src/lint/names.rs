//! Conditions that do not test what their names say: another number, another direction, the opposite answer.

use super::{Notice, NoticeKind, Row, Subject};
use crate::Day;
use crate::explain::leaves;
use crate::policy::{Compare, Condition, Formula, Literal, Operand, Side, Span, Test, Value};

pub(super) fn look(subject: &Subject, notices: &mut Vec<Notice>) {
    for condition in &subject.rule.version.conditions {
        let said = number(condition).or_else(|| direction(condition)).or_else(|| answer(condition));
        let Some((zh, en)) = said.or_else(|| grade(condition)) else { continue };
        let zh = format!("条件“{}”{zh}；名称与规则不一致，请核对", condition.name);
        let en = format!("`{}` {en}: its name and its rule differ", condition.name);
        let row = example(subject, condition);
        notices.push(subject.notice(NoticeKind::NameDiffers, condition.line, &row, (zh, en)));
    }
    choices(subject, notices);
}

/// A line of the worksheet whose name says the smallest and that takes the largest, or the other way round.
fn choices(subject: &Subject, notices: &mut Vec<Notice>) {
    for step in &subject.rule.version.steps {
        let says = |words: &[&str]| words.iter().any(|word| step.name.contains(word));
        let is_small = says(&["最小", "最低", "孰低", "较小", "较低"]);
        let is_large = says(&["最大", "最高", "孰高", "较大", "较高"]);
        let differs = match &step.formula {
            Formula::Largest(_) => is_small && !is_large,
            Formula::Smallest(_) => is_large && !is_small,
            _ => false,
        };
        if differs {
            let zh = format!("“{}”的名称与算法相反：取大还是取小，请核对", step.name);
            let en = format!("`{}` says one choice and makes the other: the smallest or the largest?", step.name);
            notices.push(subject.notice(NoticeKind::NameDiffers, step.line, &subject.best, (zh, en)));
        }
    }
}

/// Chinese and English.
type Said = (String, String);

/// A number of a name with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quantity {
    Fen(i64),
    /// In hundredths of a percent.
    Share(i64),
    Months(i64),
    /// A year may be counted, too.
    Years(i64),
    Pieces(i64),
}

/// A unit with what a number of hundredths of it is.
type Unit = (&'static str, fn(i64) -> Quantity);

const UNITS: [Unit; 14] = [
    ("亿元", |number| Quantity::Fen(number * 100_000_000)),
    ("万元", |number| Quantity::Fen(number * 10_000)),
    ("元", Quantity::Fen),
    ("%", Quantity::Share),
    ("％", Quantity::Share),
    ("成", |number| Quantity::Share(number * 10)),
    ("个月", |number| Quantity::Months(number / 100)),
    ("年", |number| Quantity::Years(number / 100)),
    ("人", |number| Quantity::Pieces(number / 100)),
    ("名", |number| Quantity::Pieces(number / 100)),
    ("家", |number| Quantity::Pieces(number / 100)),
    ("项", |number| Quantity::Pieces(number / 100)),
    ("件", |number| Quantity::Pieces(number / 100)),
    ("次", |number| Quantity::Pieces(number / 100)),
];

/// A name with a number that no comparison of its kind holds.
fn number(condition: &Condition) -> Option<Said> {
    let tests = leaves(&condition.test).into_iter().chain(condition.when.iter().flat_map(leaves));
    let found: Vec<Quantity> = tests.flat_map(quantities).collect();
    let missing = read(&condition.name).into_iter().find(|(said, _)| {
        let like: Vec<bool> = found.iter().filter_map(|found| is_same(*said, *found)).collect();
        !like.is_empty() && !like.contains(&true)
    });
    let (_, said) = missing?;
    Some((format!("说的是{said}，规则里没有这个数"), format!("speaks of {said}, which its rule does not")))
}

/// Whether two quantities are one; `None` where they cannot be compared.
fn is_same(said: Quantity, found: Quantity) -> Option<bool> {
    match (said, found) {
        (Quantity::Fen(said), Quantity::Fen(found)) | (Quantity::Share(said), Quantity::Share(found)) => {
            Some(said == found)
        }
        (Quantity::Months(said), Quantity::Months(found)) | (Quantity::Pieces(said), Quantity::Pieces(found)) => {
            Some(said == found)
        }
        (Quantity::Years(said), Quantity::Months(found)) => Some(said * 12 == found),
        (Quantity::Years(said), Quantity::Pieces(found)) => Some(said == found || said * 12 == found),
        _ => None,
    }
}

/// The numbers that a comparison is made with.
fn quantities(test: &Test) -> Vec<Quantity> {
    let of = |literal: &Literal| match literal {
        Literal::Amount(fen) => Some(Quantity::Fen(fen.fen())),
        Literal::Count(count) => Some(Quantity::Pieces(*count)),
        Literal::Ratio(ratio) => Some(Quantity::Share(ratio.over() * 10_000 / ratio.under())),
        Literal::Day(_) => None,
    };
    match test {
        Test::Months { months, .. } => vec![Quantity::Months(i64::from(*months))],
        test => {
            let literals = test.operands().into_iter().filter_map(|operand| match operand {
                Operand::Literal(literal) => of(literal),
                Operand::Name(_) => None,
            });
            literals.collect()
        }
    }
}

/// Every number with a unit in a name, with its text; years of the calendar left out.
fn read(name: &str) -> Vec<(Quantity, String)> {
    let signs: Vec<char> = percent_last(name).replace("成立", "").chars().collect();
    let is_part =
        |sign: &char| sign.is_ascii_digit() || *sign == '.' || digit(*sign).is_some() || tens(*sign).is_some();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < signs.len() {
        let length = signs[at..].iter().take_while(|sign| is_part(sign)).count();
        let word: String = signs[at..at + length].iter().collect();
        let rest: String = signs[at + length..].iter().collect();
        at += length.max(1);
        // The first of a list is no number of pieces, and a half is left to the reader.
        let is_ordinal = at > length && signs[..at - length].last() == Some(&'第');
        let unit = UNITS.iter().find(|(unit, _)| rest.starts_with(unit)).filter(|_| length > 0 && !is_ordinal);
        let Some(((unit, quantity), hundredths)) = unit.zip(hundredths(&word)) else { continue };
        let is_calendar = *unit == "年" && hundredths >= 190_000;
        if !is_calendar {
            found.push((quantity(hundredths), format!("{word}{unit}")));
        }
    }
    found
}

/// A name with "五%" for "百分之五".
fn percent_last(name: &str) -> String {
    let mut parts = name.split("百分之");
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_number = |sign: &char| sign.is_ascii_digit() || *sign == '.' || digit(*sign).is_some() || *sign == '十';
        let number: String = part.chars().take_while(is_number).collect();
        all.push_str(&number);
        all.push('%');
        all.push_str(&part[number.len()..]);
    }
    all
}

/// A number in hundredths, in digits or in words up to 9,999.
fn hundredths(word: &str) -> Option<i64> {
    if word.starts_with(|sign: char| sign.is_ascii_digit()) {
        return crate::scaled(word, 100);
    }
    let (mut sum, mut last) = (0, 0);
    for sign in word.chars() {
        match (digit(sign), tens(sign)) {
            (Some(digit), _) => last = digit,
            (_, Some(tens)) => {
                sum += tens * if last == 0 { 1 } else { last };
                last = 0;
            }
            _ => return None,
        }
    }
    Some((sum + last) * 100)
}

fn digit(sign: char) -> Option<i64> {
    "零一二三四五六七八九".chars().position(|known| known == sign).map(|at| at as i64).or((sign == '两').then_some(2))
}

fn tens(sign: char) -> Option<i64> {
    [('十', 10), ('百', 100), ('千', 1000)].into_iter().find(|(known, _)| *known == sign).map(|(_, tens)| tens)
}

/// Words of a lower bound and of an upper one; the longer are looked for first.
const LOWER: [&str; 9] = ["不低于", "不少于", "不小于", "以上", "至少", "超过", "高于", "大于", "满"];
const UPPER: [&str; 11] =
    ["不高于", "不超过", "不大于", "不满", "以下", "以内", "年内", "月内", "低于", "少于", "小于"];

/// A name that says "at least" of a rule that says "at most", or the other way round.
fn direction(condition: &Condition) -> Option<Said> {
    let is_lower = match &condition.test {
        Test::Compare { how: Compare::AtLeast | Compare::Above, right: Value::Plain(Operand::Literal(_)), .. } => true,
        Test::Compare { how: Compare::AtMost | Compare::Below, right: Value::Plain(Operand::Literal(_)), .. } => false,
        Test::Months { how, .. } => *how == Span::AtLeast,
        _ => return None,
    };
    // "不超过" holds "超过": what is denied is taken out before the other words are looked for.
    let taken = |words: &[&'static str], text: &str| {
        let found = words.iter().copied().find(|word| text.contains(word));
        (found, words.iter().fold(text.to_owned(), |text, word| text.replace(word, "")))
    };
    let denied: Vec<&str> = LOWER.into_iter().chain(UPPER).filter(|word| word.starts_with('不')).collect();
    let plain = denied.iter().fold(condition.name.clone(), |text, word| text.replace(word, ""));
    let find = |words: &[&'static str]| {
        let (long, short): (Vec<&'static str>, Vec<&'static str>) =
            words.iter().partition(|word| word.starts_with('不'));
        taken(&long, &condition.name).0.or(taken(&short, &plain).0)
    };
    let word = match (find(&LOWER), find(&UPPER), is_lower) {
        (Some(word), None, false) | (None, Some(word), true) => word,
        _ => return None,
    };
    Some((format!("说的是“{word}”，规则的方向相反"), format!("says “{word}”, and its rule the opposite")))
}

const DENIALS: [&str; 7] = ["没", "未", "不", "无", "非", "外", "免"];

/// A name that denies a fact which the rule asks for, or the other way round.
fn answer(condition: &Condition) -> Option<Said> {
    let Test::Is { left: Operand::Name(flag), answer } = &condition.test else { return None };
    let denies = |text: &str| DENIALS.iter().any(|word| text.contains(word));
    if denies(flag) {
        return None;
    }
    match (answer, denies(&condition.name)) {
        (Side::Inside, true) => {
            Some((format!("是否定的说法，规则却要求“{flag}”为是"), format!("is a denial, but `{flag}` has to be yes")))
        }
        (Side::Outside, false) if condition.name.contains(flag.as_str()) => {
            Some((format!("是肯定的说法，规则却要求“{flag}”为否"), format!("affirms, but `{flag}` has to be no")))
        }
        _ => None,
    }
}

/// "C级以上" without every grade from A to C, or with one below.
fn grade(condition: &Condition) -> Option<Said> {
    let Test::Among { words, side, .. } = &condition.test else { return None };
    let at = condition.name.find('级')?;
    let grade = condition.name[..at].chars().last().filter(char::is_ascii_uppercase)?;
    let is_listed = |letter: char| words.iter().any(|word| word.trim_end_matches('级') == letter.to_string());
    let above = condition.name[at..].starts_with("级以上");
    let wrong = match side {
        Side::Inside if above => ('A'..='E')
            .find(|letter| is_listed(*letter) != (*letter <= grade))
            .filter(|_| is_listed('A') || is_listed(grade))?,
        Side::Outside if !above && !is_listed(grade) => grade,
        _ => return None,
    };
    let (zh, en) = match is_listed(wrong) {
        true => (format!("规则里多了 {wrong} 级"), format!("lists grade {wrong} besides")),
        false => (format!("规则里缺 {wrong} 级"), format!("does not list grade {wrong}")),
    };
    Some((zh, en))
}

/// An applicant between what the name says and what the rule says, where both are numbers of one input.
fn example(subject: &Subject, condition: &Condition) -> Row {
    let mut row = subject.best.clone();
    let said = read(&condition.name).into_iter().map(|(said, _)| said).next();
    match (&condition.test, said) {
        (
            Test::Compare { left: Value::Plain(Operand::Name(name)), right, .. },
            Some(Quantity::Fen(said) | Quantity::Pieces(said)),
        ) => {
            let rule = match right {
                Value::Plain(Operand::Literal(Literal::Amount(fen))) => fen.fen(),
                Value::Plain(Operand::Literal(Literal::Count(count))) => *count,
                _ => said,
            };
            if let Some(input) = subject.probe.input(name) {
                row[input] = Some(said.midpoint(rule));
            }
        }
        (Test::Months { from, to, months, .. }, Some(Quantity::Years(years))) => {
            let input = |operand| crate::probe::name_of(operand).and_then(|name| subject.probe.input(name));
            let end = input(to).and_then(|to| row[to]).and_then(|day| Day::from_number(i32::try_from(day).ok()?));
            if let Some((from, end)) = input(from).zip(end) {
                let between = (years * 12 + i64::from(*months)) / 2;
                let start = i32::try_from(between).ok().map(|months| end.plus_months(-months));
                row[from] = start.map(|start| i64::from(start.number()));
            }
        }
        _ => {}
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_numbers_with_units() {
        let read = |name: &str| read(name).into_iter().map(|(found, _)| found).collect::<Vec<_>>();
        assert_eq!(read("研发费用三百万元以上"), [Quantity::Fen(300_000_000)]);
        assert_eq!(read("申报数不高于最小数的110%"), [Quantity::Share(11_000)]);
        assert_eq!(read("批复两年内或到账一年内申请"), [Quantity::Years(2), Quantity::Years(1)]);
        assert_eq!(read("职工一百二十人以上"), [Quantity::Pieces(120)]);
        assert_eq!(read("增长两成以上、占比百分之五以上"), [Quantity::Share(2_000), Quantity::Share(500)]);
        assert_eq!(read("2019年在中国五百强"), []);
        assert_eq!(read("符合第一项"), []);
    }
}
