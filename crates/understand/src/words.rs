//! Small things about words: blanks, widths, numbering.

use gouji_model::Span;

/// The text without blanks, digits and punctuation in one width: brackets, commas, colons
/// and semicolons become half width, quotation marks stay as they are.
pub(crate) fn compact(text: &str) -> String {
    text.chars().filter_map(fold).collect()
}

/// One character in its common form; `None` for a blank.
pub(crate) fn fold(character: char) -> Option<char> {
    Some(match character {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '（' => '(',
        '）' => ')',
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '％' => '%',
        '．' => '.',
        '－' => '-',
        // It parts two numbers that stand in one cell: they are no single number.
        '\u{2028}' => character,
        _ if character.is_whitespace() || character == '\u{feff}' || character == '\u{200b}' => return None,
        other => other,
    })
}

/// A text in common form that still knows where each of its bytes came from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    /// The text in common form.
    pub text: String,
    /// For each byte of `text`, the byte where its character begins in the source.
    origin: Vec<u32>,
    /// One past the last byte of the source that was folded in.
    end: u32,
}

impl Folded {
    /// Folds the text that starts at byte `start` of its file.
    pub(crate) fn new(source: &str, start: u32) -> Folded {
        let mut folded = Folded {
            text: String::with_capacity(source.len()),
            origin: Vec::with_capacity(source.len() + 1),
            end: start,
        };
        for (at, character) in source.char_indices() {
            if let Some(character_folded) = fold(character) {
                folded.text.push(character_folded);
                let place = start + at as u32;
                folded.origin.extend(std::iter::repeat_n(place, character_folded.len_utf8()));
                folded.end = place + character.len_utf8() as u32;
            }
        }
        folded
    }

    /// Where the characters of a range of the common form begin in the source, for each of its bytes.
    pub(crate) fn origins(&self, range: std::ops::Range<usize>) -> Vec<u32> {
        self.origin.get(range).unwrap_or_default().to_vec()
    }

    /// The byte of the common form that came from a byte of the source.
    pub(crate) fn position(&self, byte: u32) -> Option<usize> {
        self.origin
            .binary_search(&byte)
            .ok()
            .map(|found| self.origin[..found].iter().rposition(|origin| *origin != byte).map_or(0, |before| before + 1))
    }

    /// Where a range of the common form stands in the source.
    pub(crate) fn span(&self, file: u16, range: std::ops::Range<usize>, source: &str, base: u32) -> Span {
        let start = self.origin.get(range.start).copied().unwrap_or(self.end);
        let end = if range.end > range.start {
            let last = self.origin[range.end - 1];
            let width = source[(last - base) as usize..].chars().next().map_or(0, char::len_utf8);
            last + width as u32
        } else {
            start
        };
        Span { file, start, end }
    }
}

/// The numbering a label begins with: its depth and the number of bytes it takes.
///
/// Depth 1 is 第一部分, 2 is 一、, 3 is （一）, 4 is 1., 5 is (1). The text must be compact.
pub(crate) fn numbering(compacted: &str) -> Option<(u8, usize)> {
    let numerals = |text: &str| -> usize {
        text.chars().take_while(|c| "〇零一二三四五六七八九十百".contains(*c)).map(char::len_utf8).sum()
    };
    let digits = |text: &str| -> usize { text.bytes().take_while(u8::is_ascii_digit).count() };
    if let Some(rest) = compacted.strip_prefix('第') {
        let count = numerals(rest);
        let after = &rest[count..];
        let unit = ["部分", "章", "篇", "节"].into_iter().find(|unit| after.starts_with(unit));
        return unit.filter(|_| count > 0).map(|unit| (1, '第'.len_utf8() + count + unit.len()));
    }
    if let Some(rest) = compacted.strip_prefix('(') {
        let (count, depth) = match (numerals(rest), digits(rest)) {
            (0, 0) => return None,
            (0, count) => (count, 5),
            (count, _) => (count, 3),
        };
        return rest[count..].starts_with(')').then_some((depth, 2 + count));
    }
    let count = numerals(compacted);
    if count > 0 {
        return compacted[count..].starts_with('、').then_some((2, count + '、'.len_utf8()));
    }
    let count = digits(compacted);
    let after = &compacted[count..];
    if count == 0 || count > 2 {
        return None;
    }
    let mark = ["、", "."].into_iter().find(|mark| after.starts_with(mark))?;
    let next = after[mark.len()..].bytes().next();
    (!next.is_some_and(|byte| byte.is_ascii_digit())).then_some((4, count + mark.len()))
}

/// The label without its numbering and without 其中:, 加:, 减:.
pub(crate) fn bare_label(compacted: &str) -> (&str, bool) {
    let rest = numbering(compacted).map_or(compacted, |(_, length)| &compacted[length..]);
    for lead in ["其中:", "加:", "减:", "其中"] {
        if let Some(inner) = rest.strip_prefix(lead) {
            let inner = numbering(inner).map_or(inner, |(_, length)| &inner[length..]);
            return (inner, lead.starts_with("其中"));
        }
    }
    (rest, false)
}

/// The year written at the start of a text: `2019年`, `2019`.
pub(crate) fn leading_year(compacted: &str) -> Option<i16> {
    let year = compacted.get(..4)?;
    let after = compacted.as_bytes().get(4);
    let plausible =
        year.bytes().all(|byte| byte.is_ascii_digit()) && (year.starts_with("19") || year.starts_with("20"));
    if plausible && !after.is_some_and(u8::is_ascii_digit) { year.parse().ok() } else { None }
}

/// The first `20xx年` in a text.
pub(crate) fn find_year(compacted: &str) -> Option<i16> {
    compacted.match_indices('年').find_map(|(at, _)| compacted.get(at.checked_sub(4)?..at).and_then(leading_year))
}
