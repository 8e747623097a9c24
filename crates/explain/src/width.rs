//! How wide a text stands in a terminal, and how it is broken into lines.

use unicode_width::UnicodeWidthChar;

/// Characters that may not begin a line.
const NEVER_FIRST: &str = "，。；：！？、）》”’」』】〉…,.;:!?)]}%％";
/// Characters that may not end a line.
const NEVER_LAST: &str = "（《“‘「『【〈([{";

/// Columns that a text takes; East Asian wide characters take two.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Columns that one character takes.
pub(crate) fn char_width(character: char) -> usize {
    character.width().unwrap_or(0)
}

/// `text` with blanks behind it up to `columns`.
pub(crate) fn pad_right(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// `text` with blanks before it up to `columns`.
pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Breaks a text into lines of at most `columns`; lines it already has are kept.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(line, columns.max(10))).collect()
}

/// Breaks one line: between Chinese characters anywhere that punctuation allows, in Latin
/// text at blanks only.
fn wrap_line(line: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    let mut used = 0;
    for piece in pieces(line) {
        let needed = width(&piece);
        if used + width(piece.trim_end()) > columns && used > 0 {
            lines.push(std::mem::take(&mut current).trim_end().to_string());
            used = 0;
        }
        if used == 0 && needed > columns {
            let (mut whole, rest) = split_hard(piece.trim_start(), columns);
            lines.append(&mut whole);
            used = width(&rest);
            current = rest;
            continue;
        }
        if used == 0 && !lines.is_empty() && piece.trim().is_empty() {
            continue;
        }
        current.push_str(&piece);
        used += needed;
    }
    lines.push(current.trim_end().to_string());
    lines
}

/// The smallest parts that may stand on a line of their own.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut previous: Option<char> = None;
    for character in line.chars() {
        let joined = previous.is_some_and(|before| sticks(before, character));
        match pieces.last_mut() {
            Some(last) if joined => last.push(character),
            _ => pieces.push(character.to_string()),
        }
        previous = Some(character);
    }
    pieces
}

/// True when no line may be broken between the two.
fn sticks(before: char, after: char) -> bool {
    let narrow = |character: char| char_width(character) < 2 && !character.is_whitespace();
    NEVER_FIRST.contains(after)
        || NEVER_LAST.contains(before)
        || after.is_whitespace()
        || narrow(before) && narrow(after)
        // 万元 and its like are one word.
        || "千万亿".contains(before) && after == '元'
}

/// A piece that no line can hold, cut where the line is full.
fn split_hard(piece: &str, columns: usize) -> (Vec<String>, String) {
    let (mut lines, mut current, mut used) = (Vec::new(), String::new(), 0);
    for character in piece.chars() {
        if used + char_width(character) > columns {
            lines.push(std::mem::take(&mut current));
            used = 0;
        }
        current.push(character);
        used += char_width(character);
    }
    (lines, current)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_columns_and_never_begins_a_line_with_a_comma() {
        assert_eq!(width("预算51"), 6);
        let lines = wrap("收入五万一千万元，支出增加，差额为零。", 16);
        assert!(lines.iter().all(|line| width(line) <= 18), "{lines:?}");
        assert!(lines.iter().all(|line| !line.starts_with(['，', '。'])), "{lines:?}");
        assert_eq!(lines.concat(), "收入五万一千万元，支出增加，差额为零。");
    }

    #[test]
    fn latin_words_stay_whole() {
        assert_eq!(wrap("the total is not the sum", 10), ["the total", "is not the", "sum"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        assert_eq!(wrap("abcdefghijklmnopqrstuvwxyz", 10), ["abcdefghij", "klmnopqrst", "uvwxyz"]);
    }
}
