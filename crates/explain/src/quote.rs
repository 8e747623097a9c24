//! The words of the report that stand for a place: what a person searches for, and what
//! an acceptance is tied to.

use crate::view::{CellView, cell_view};
use gouji_model::{Cell, Finding, Span};
use gouji_read::Document;
use gouji_understand::Statement;
use sha2::{Digest, Sha256};

/// The longest quote from prose, in characters.
const LONGEST: usize = 60;
/// Where a clause ends.
const CLAUSE_ENDS: &str = "。；;！？，,：:\n\r\t";

/// The quote of a place: at most 60 characters of prose with the marked words inside; for
/// a cell its label, head and value; for a blank cell or a whole row the row.
pub fn quote(document: &Document, statement: &Statement, span: Span, cell: Option<Cell>) -> String {
    match cell_view(statement, span, cell) {
        Some(name) => cell_quote(document, span, &name),
        None => prose_quote(document, span),
    }
}

/// The SHA-256, in hexadecimal, of the quote of a finding's first place; what an acceptance names.
pub fn quote_sha256(document: &Document, statement: &Statement, finding: &Finding) -> String {
    sha256(first_quote(document, statement, finding).as_bytes())
}

/// The quote of a finding's first place, empty when it has none.
pub fn first_quote(document: &Document, statement: &Statement, finding: &Finding) -> String {
    let term = finding.check.terms.iter().find_map(|term| term.span.map(|span| (span, term.cell)));
    term.map_or_else(String::new, |(span, cell)| quote(document, statement, span, cell))
}

/// The SHA-256 of bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut hexadecimal = String::with_capacity(64);
    for byte in digest {
        for half in [byte >> 4, byte & 15] {
            hexadecimal.push(char::from_digit(u32::from(half), 16).expect("four bits are one hexadecimal digit"));
        }
    }
    hexadecimal
}

fn cell_quote(document: &Document, span: Span, name: &CellView) -> String {
    let value = document.quote(span);
    let parts = match &name.header {
        Some(header) if !value.is_empty() => vec![name.row.clone(), header.clone(), value],
        _ => name.cells.iter().map(|cell| document.quote(*cell)).collect(),
    };
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// The clauses that hold the span where they are short enough, else the span, else its end,
/// where the figure of a claim stands.
fn prose_quote(document: &Document, span: Span) -> String {
    let wide = collapse(document.slice(clauses_around(document, span)));
    if !wide.is_empty() && wide.chars().count() <= LONGEST {
        return wide;
    }
    let narrow = collapse(document.slice(span));
    let surplus = narrow.chars().count().saturating_sub(LONGEST);
    narrow.chars().skip(surplus).collect::<String>().trim_start().to_string()
}

/// The span, grown on both sides to the ends of its clauses, never over a line end.
fn clauses_around(document: &Document, span: Span) -> Span {
    let text = document.files.get(usize::from(span.file)).map_or("", |file| file.text.as_str());
    let (Some(before), Some(after)) = (text.get(..span.start as usize), text.get(span.end as usize..)) else {
        return span;
    };
    let ends = |(at, character): &(usize, char)| ends_clause(text, *at, *character);
    let start = before.char_indices().rev().find(ends).map_or(0, |(at, character)| at + character.len_utf8());
    let closed = document.slice(span).ends_with(|last| CLAUSE_ENDS.contains(last));
    let offset = |(at, character): (usize, char)| (at + span.end as usize, character);
    let end = after.char_indices().map(offset).find(ends).map_or(text.len(), |(at, _)| at);
    Span { file: span.file, start: start as u32, end: if closed { span.end } else { end as u32 } }
}

/// True when the character at that byte ends a clause; a separator within a number does not.
fn ends_clause(text: &str, at: usize, character: char) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let in_number = character == ',' && at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1));
    CLAUSE_ENDS.contains(character) && !in_number
}

/// Line ends and runs of blanks become one blank.
fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_read::{Limits, read};

    fn document(text: &str) -> Document {
        read(vec![("a.txt".into(), text.as_bytes().to_vec())], &Limits::default())
    }

    fn span_of(text: &str, words: &str) -> Span {
        let start = text.find(words).expect("the words stand in the text") as u32;
        Span { file: 0, start, end: start + words.len() as u32 }
    }

    fn quote_of(text: &str, words: &str) -> String {
        quote(&document(text), &Statement::default(), span_of(text, words), None)
    }

    #[test]
    fn short_words_are_quoted_with_their_clause() {
        assert_eq!(
            quote_of("支出 51447 万元，比 2018 年增加 5627 万元，增长 10%。", "增加 5627"),
            "比 2018 年增加 5627 万元"
        );
    }

    #[test]
    fn a_separator_within_a_number_ends_no_clause() {
        assert_eq!(quote_of("支出 51,447 万元,增长 10%。", "447 万元"), "支出 51,447 万元");
    }

    #[test]
    fn broken_lines_are_joined_by_one_blank() {
        assert_eq!(quote_of("卫生健康支出增加 5\n\n万元，增长。", "增加 5\n\n万元"), "卫生健康支出增加 5 万元");
    }

    #[test]
    fn a_long_claim_keeps_its_end() {
        let long = format!("{}增加 5627 万元", "某项支出说明".repeat(20));
        let quoted = quote_of(&long, &long);
        assert!(quoted.chars().count() <= 60 && quoted.ends_with("增加 5627 万元"), "{quoted}");
    }

    #[test]
    fn hashes_are_the_usual_ones() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
