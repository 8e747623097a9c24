//! Changes to the text of a report: a number by some units, a word for another.

use gouji_model::{Span, parse_number};

/// One change: the text of a place is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

impl Edit {
    /// The text with the change made.
    pub fn apply(&self, text: &str) -> Vec<u8> {
        let (start, end) = (self.span.start as usize, self.span.end as usize);
        [&text[..start], &self.text, &text[end..]].concat().into_bytes()
    }
}

/// The last number of `words` moved by `steps` units of its last digit; `None` without a number.
pub(super) fn moved(words: &str, steps: i64) -> Option<String> {
    let (start, end) = last_number(words)?;
    let number = &words[start..end];
    let (digits, decimals) = parse_number(number).ok()?;
    let grouped = number.contains([',', '，']);
    let printed = print(digits.checked_add(steps)?, decimals, grouped);
    Some([&words[..start], &printed, &words[end..]].concat())
}

/// The digits of the last number of `words`.
pub(super) fn digits(words: &str) -> Option<i64> {
    let (start, end) = last_number(words)?;
    parse_number(&words[start..end]).ok().map(|(digits, _)| digits)
}

/// Where the last number stands; blanks within it are part of it, as some tables print them.
fn last_number(words: &str) -> Option<(usize, usize)> {
    let is_digit = |character: char| character.is_ascii_digit() || ('０'..='９').contains(&character);
    let (last, digit) = words.char_indices().rev().find(|(_, character)| is_digit(*character))?;
    let mut start = last;
    for (at, character) in words[..last].char_indices().rev() {
        let before = words[..at].chars().next_back();
        let inside = ",，.．".contains(character) && before.is_some_and(is_digit);
        let sign = "-－−".contains(character);
        if !is_digit(character) && !inside && !sign {
            break;
        }
        start = at;
        if sign {
            break;
        }
    }
    Some((start, last + digit.len_utf8()))
}

fn print(digits: i64, decimals: u8, grouped: bool) -> String {
    let mut plain = digits.unsigned_abs().to_string();
    let decimals = usize::from(decimals);
    while plain.len() <= decimals {
        plain.insert(0, '0');
    }
    let (whole, fraction) = plain.split_at(plain.len() - decimals);
    let mut text = String::from(if digits < 0 { "-" } else { "" });
    for (at, digit) in whole.chars().enumerate() {
        if grouped && at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// Words that say which way, each with the one that says the other.
const OPPOSITES: [(&str, &str); 10] = [
    ("增加", "减少"),
    ("增长", "下降"),
    ("上升", "下降"),
    ("提高", "降低"),
    ("上涨", "下降"),
    ("减少", "增加"),
    ("下降", "增长"),
    ("降低", "提高"),
    ("压减", "增加"),
    ("缩减", "增加"),
];

/// The words with their first direction turned; `None` when they have none.
pub(super) fn turned(words: &str) -> Option<String> {
    let found = OPPOSITES.iter().filter_map(|pair| words.find(pair.0).map(|at| (at, pair)));
    let (at, (word, opposite)) = found.min_by_key(|(at, _)| *at)?;
    Some([&words[..at], opposite, &words[at + word.len()..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_number_moves_by_its_last_digit() {
        assert_eq!(moved("51,447", 1).unwrap(), "51,448");
        assert_eq!(moved("0", -2).unwrap(), "-2");
        assert_eq!(moved("0.10", -20).unwrap(), "-0.10");
        assert_eq!(moved("增加 5\n\n万元", 1).unwrap(), "增加 6\n\n万元");
        assert_eq!(moved("2019 年 9.99 万元", 1).unwrap(), "2019 年 10.00 万元");
        assert_eq!(moved("-3", 5).unwrap(), "2");
        assert_eq!(moved("占１７%", 1).unwrap(), "占18%");
        assert_eq!(moved("无增减", 1), None);
    }

    #[test]
    fn a_direction_is_turned_once() {
        assert_eq!(turned("减少 5 万元").unwrap(), "增加 5 万元");
        assert_eq!(turned("增长 2%").unwrap(), "下降 2%");
        assert_eq!(turned("持平"), None);
    }
}
