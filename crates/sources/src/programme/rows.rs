//! A register as rows of text: comma-separated, or the first sheet of a workbook.

use crate::csv::{self, CsvError};
use crate::from_workbook::decimal;
use crate::table::RawRow;
use calamine::{Data, Reader, Xlsx};
use gouji_fund::Day;
use gouji_fund::evidence::EvidenceFault;
use std::io::Cursor;

/// How many rows a register may have.
const MOST_ROWS: usize = 2_000_000;
/// How many columns.
const MOST_COLUMNS: usize = 200;

/// The rows of a file, each with its place from 1.
pub(super) fn rows(file: &str, bytes: &[u8]) -> Result<Vec<RawRow>, EvidenceFault> {
    let rows = if file.to_lowercase().ends_with(".xlsx") { of_workbook(file, bytes) } else { of_text(file, bytes) }?;
    let widest = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    if rows.len() > MOST_ROWS || widest > MOST_COLUMNS {
        let zh = format!("表太大：最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列");
        let en = format!("the table is too large: at most {MOST_ROWS} rows and {MOST_COLUMNS} columns");
        return Err(EvidenceFault::new(file, 0, "", zh, en));
    }
    Ok(rows)
}

fn of_text(file: &str, bytes: &[u8]) -> Result<Vec<RawRow>, EvidenceFault> {
    csv::decode(bytes).and_then(|text| csv::parse(&text)).map_err(|error| {
        let (row, zh, en) = match error {
            CsvError::Encoding => (0, "既不是 UTF-8 也不是 GB18030 编码", "neither UTF-8 nor GB18030"),
            CsvError::OpenQuote(line) => (line, "这里的引号没有闭合", "the quote that opens here is never closed"),
            CsvError::BehindQuote(line) => (line, "引号之后应为逗号", "a comma belongs behind the quote"),
        };
        EvidenceFault::new(file, row, "", zh.into(), en.into())
    })
}

fn of_workbook(file: &str, bytes: &[u8]) -> Result<Vec<RawRow>, EvidenceFault> {
    let broken = |reason: String| {
        let zh = format!("工作簿读不了（{reason}）；请用 WPS 或 Excel 另存为 .xlsx");
        EvidenceFault::new(file, 0, "", zh, format!("the workbook cannot be read ({reason}); save it anew as .xlsx"))
    };
    if crate::package::is_readable(bytes) != Some(true) {
        return Err(broken("zip".into()));
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let range = book.worksheet_range_at(0).ok_or_else(|| broken("没有工作表 no sheet".into()))?;
    let range = range.map_err(|error| broken(error.to_string()))?;
    let (first, left) = range.start().unwrap_or((0, 0));
    let rows = range.rows().enumerate().map(|(at, cells)| {
        let texts = std::iter::repeat_n(String::new(), left as usize).chain(cells.iter().map(text_of));
        (first + at as u32 + 1, texts.collect())
    });
    Ok(rows.collect())
}

/// A cell as who typed it saw it; a date as `2019-06-18`, an error as it is shown, so that it is told with its place.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => decimal(*number),
        Data::Bool(value) => if *value { "是" } else { "否" }.to_owned(),
        // Day 25569 of a spreadsheet is 1970-01-01.
        Data::DateTime(day) => {
            let day = Day::from_number(day.as_f64() as i32 - 25_569);
            day.map_or_else(|| cell.to_string(), |day| day.to_string())
        }
        Data::Error(error) => error.to_string(),
    }
}
