//! The numbers in a text, found without the code under test.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A number as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Sign, digits, separators, decimals and percent sign, in half width.
    pub printed: String,
}

/// Every number of a text: sign, digits with separators and decimals, percent sign.
pub(crate) fn numbers(text: &str) -> Vec<Number> {
    let characters: Vec<(usize, char)> = text.char_indices().map(|(at, character)| (at, half(character))).collect();
    let at = |index: usize| characters.get(index).map_or('\0', |(_, character)| *character);
    let is_digit = |index: usize| at(index).is_ascii_digit();
    let mut found = Vec::new();
    let mut index = 0;
    while index < characters.len() {
        if !is_digit(index) {
            index += 1;
            continue;
        }
        let signed = index > 0 && at(index - 1) == '-' && !(index > 1 && at(index - 2).is_ascii_alphanumeric());
        let start = index - usize::from(signed);
        while is_digit(index) || matches!(at(index), ',' | '.') && is_digit(index - 1) && is_digit(index + 1) {
            index += 1;
        }
        index += usize::from(at(index) == '%');
        let end = characters.get(index).map_or(text.len(), |(end, _)| *end);
        let printed = characters[start..index].iter().map(|(_, character)| *character).collect();
        found.push(Number { range: characters[start].0..end, printed });
    }
    found
}

/// The text in half width, with every kind of dash that may be a sign as `-`.
fn half(character: char) -> char {
    match character {
        '－' | '−' | '–' | '—' | '‐' | '‑' => '-',
        '，' => ',',
        _ if character.is_ascii() => character,
        _ => {
            let mut folded = std::iter::once(character).nfkc();
            match (folded.next(), folded.next()) {
                (Some(only), None) => only,
                _ => character,
            }
        }
    }
}

/// The number without what does not change how much it is: separators and blanks.
pub(crate) fn bare(printed: &str) -> String {
    printed.chars().map(half).filter(|character| character.is_ascii_digit() || "-.%".contains(*character)).collect()
}

/// A text that is one number, or several with nothing but blanks between them, as table cells hold them.
pub(crate) fn only_numbers(text: &str) -> Option<Vec<Number>> {
    let found = numbers(text);
    let mut rest = String::new();
    let mut from = 0;
    for number in &found {
        rest.push_str(&text[from..number.range.start]);
        from = number.range.end;
    }
    rest.push_str(&text[from..]);
    let is_bracket = |character: char| matches!(half(character), '(' | ')' | '%');
    let plain = rest.chars().all(|character| character.is_whitespace() || is_bracket(character));
    (plain && !found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Vec<String> {
        numbers(text).into_iter().map(|number| number.printed).collect()
    }

    #[test]
    fn numbers_keep_sign_separators_and_percent() {
        assert_eq!(printed("增加 1,234.50 万元，下降-3.2％"), ["1,234.50", "-3.2%"]);
        assert_eq!(printed("2023-2024年 30101，5"), ["2023", "2024", "30101,5"]);
        assert_eq!(printed("－１２．５"), ["-12.5"]);
        assert_eq!(printed("第3.页"), ["3"]);
    }

    #[test]
    fn a_cell_of_numbers_holds_no_words() {
        assert_eq!(only_numbers("1,234.00\u{2028}5").map(|found| found.len()), Some(2));
        assert_eq!(only_numbers("(3.5)").map(|found| found.len()), Some(1));
        assert!(only_numbers("3 辆").is_none() && only_numbers("").is_none());
    }
}
