//! Comma-separated text, as RFC 4180 has it.

use crate::table::RawRow;
use encoding_rs::GB18030;
use gouji_model::csv_cell;

/// Why bytes are no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CsvError {
    /// Neither UTF-8 nor GB18030.
    Encoding,
    /// The quote that opens on this line is never closed.
    OpenQuote(u32),
    /// Behind a closing quote on this line stands something else than a comma.
    BehindQuote(u32),
}

/// The text of a file: UTF-8 with or without a mark, else GB18030, which spreadsheets of
/// Chinese Windows write.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, CsvError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_string());
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(|text| text.into_owned()).ok_or(CsvError::Encoding)
}

/// Parts text into rows, each with the line on which it begins.
pub(crate) fn parse(text: &str) -> Result<Vec<RawRow>, CsvError> {
    let mut rows: Vec<RawRow> = Vec::new();
    let mut signs = text.chars().peekable();
    let mut line = 1;
    while signs.peek().is_some() {
        let begin = line;
        let mut cells = Vec::new();
        loop {
            let (cell, end) = parse_cell(&mut signs, &mut line)?;
            cells.push(cell);
            if end != End::Cell {
                break;
            }
        }
        rows.push((begin, cells));
    }
    Ok(rows)
}

/// What a cell ends.
#[derive(PartialEq, Eq)]
enum End {
    Cell,
    Row,
}

type Signs<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn parse_cell(signs: &mut Signs<'_>, line: &mut u32) -> Result<(String, End), CsvError> {
    let mut cell = String::new();
    let is_quoted = signs.next_if_eq(&'"').is_some();
    if is_quoted {
        parse_quoted(signs, line, &mut cell)?;
    }
    loop {
        match signs.next() {
            Some(',') => return Ok((cell, End::Cell)),
            Some('\n') => {
                *line += 1;
                return Ok((cell, End::Row));
            }
            None => return Ok((cell, End::Row)),
            Some('\r') if matches!(signs.peek(), Some('\n') | None) => {}
            Some(sign) if is_quoted && sign.is_whitespace() => {}
            Some(_) if is_quoted => return Err(CsvError::BehindQuote(*line)),
            Some(sign) => cell.push(sign),
        }
    }
}

fn parse_quoted(signs: &mut Signs<'_>, line: &mut u32, cell: &mut String) -> Result<(), CsvError> {
    let begin = *line;
    loop {
        match signs.next() {
            None => return Err(CsvError::OpenQuote(begin)),
            Some('"') if signs.next_if_eq(&'"').is_some() => cell.push('"'),
            Some('"') => return Ok(()),
            // A line end within a cell is one sign, whatever system wrote it.
            Some('\r') if signs.peek() == Some(&'\n') => {}
            Some(sign) => {
                *line += u32::from(sign == '\n');
                cell.push(sign);
            }
        }
    }
}

/// Writes rows as text that ends with a line end.
pub(crate) fn write<'a>(rows: impl Iterator<Item = Vec<&'a str>>) -> String {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row.into_iter().map(csv_cell).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}
