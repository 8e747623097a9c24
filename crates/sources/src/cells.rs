//! What each cell must be by the kind of its column.

use crate::amount::{narrow, parse_amount};
use crate::fault::{Fault, clip};
use crate::schema::{self, Column, Field, Kind, value_of};
use crate::table::{Row, Table};
use gouji_model::books::List;
use gouji_model::{Code, Fen};

/// Every cell that is not what its column asks for.
pub(crate) fn faults(tables: &[Table]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for table in tables {
        for row in &table.rows {
            let cells = table.schema.columns.iter().zip(&row.cells);
            let cells = cells.filter(|(column, cell)| !may_be_unknown(column, cell, row));
            faults.extend(cells.filter_map(|(column, cell)| fault_of(column, cell, row)));
        }
    }
    faults
}

/// Of last year a clerk may know no more than a published report tells: a line without an amount
/// of this year may leave open what the money was for.
fn may_be_unknown(column: &Column, cell: &str, row: &Row) -> bool {
    if cell.is_empty() && is_assumed(row) {
        // A draft leaves open what the paper does not say.
        return matches!(column.kind, Kind::Unit | Kind::Code(_))
            || matches!(column.field, Field::Book | Field::Nature);
    }
    let of_last_year = row.origin.list == List::Expenditure && is_nought(row.text(Field::Now));
    of_last_year && cell.is_empty() && matches!(column.field, Field::Economic | Field::Nature)
}

/// True for a row of a draft that the paper does not say in full.
pub(crate) fn is_assumed(row: &Row) -> bool {
    value_of(schema::ASSUMPTIONS, row.text(Field::Assumed)) == Some(true)
}

fn is_nought(cell: &str) -> bool {
    parse_amount(cell).is_ok_and(|amount| amount == Fen::new(0))
}

fn fault_of(column: &Column, cell: &str, row: &Row) -> Option<Fault> {
    let (head, shown) = (column.head, clip(cell));
    let shown_en = if cell.is_empty() { "an empty cell" } else { &shown };
    let wrong = |zh: String, en: String| Some(Fault::error(row.origin, Some(column.field), zh, en));
    match column.kind {
        Kind::Needed | Kind::Unit if cell.is_empty() => {
            wrong(format!("“{head}”未填写"), format!("{head} is empty; it must be filled in"))
        }
        Kind::Text | Kind::Needed | Kind::Unit | Kind::Project => None,
        Kind::Word(words) if words().contains(&cell) => None,
        Kind::Word(words) => {
            let (zh, en) = word_messages(head, &shown, shown_en, &words());
            wrong(zh, en)
        }
        Kind::Code(_) | Kind::AnyCode if cell.is_empty() => {
            wrong(format!("“{head}”未填写；请填编码"), format!("{head} is empty; write the code"))
        }
        Kind::Code(_) | Kind::AnyCode if read_code(cell).is_none() => wrong(
            format!("“{shown}”不是编码；编码只有数字和字母，至多 16 位"),
            format!("{shown} is no code; codes are digits and letters, at most 16"),
        ),
        Kind::Code(_) | Kind::AnyCode => None,
        Kind::Amount => parse_amount(cell).err().and_then(|error| {
            let (zh, en) = error.messages(cell);
            wrong(zh, en)
        }),
        Kind::Number if read_number(cell).is_some() => None,
        Kind::Number => wrong(
            format!("“{shown}”不是数量；请填不小于 0 的整数"),
            format!("{shown_en} is no count; write a whole number from 0"),
        ),
        Kind::Year if read_year(cell).is_some() => None,
        Kind::Year => wrong(
            format!("“{shown}”不是预算年度；请填四位年份，如 2026"),
            format!("{shown_en} is no budget year; write four digits, like 2026"),
        ),
    }
}

fn word_messages(head: &str, cell: &str, cell_en: &str, words: &[&str]) -> (String, String) {
    let (zh, en) = if words.contains(&"") { ("留空或填", "nothing or ") } else { ("", "") };
    let known: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
    let what =
        if cell.is_empty() { format!("“{head}”未填写") } else { format!("“{head}”不能是“{cell}”") };
    (
        format!("{what}；应为：{zh}{}", known.join("、")),
        format!("{cell_en} is not allowed as {head}; write {en}one of: {}", known.join(", ")),
    )
}

/// A code of letters and digits; full-width signs are read as plain ones.
pub(crate) fn read_code(cell: &str) -> Option<Code> {
    let plain: String = cell.chars().map(narrow).collect();
    plain.chars().all(|sign| sign.is_ascii_alphanumeric()).then(|| Code::new(&plain)).flatten()
}

/// A whole number from 0.
pub(crate) fn read_number(cell: &str) -> Option<i64> {
    let plain: String = cell.chars().map(narrow).collect();
    // Nobody counts beyond a thousand million; a longer number would not add up safely either.
    let is_number = (1..=9).contains(&plain.len()) && plain.chars().all(|sign| sign.is_ascii_digit());
    is_number.then(|| plain.parse().ok()).flatten()
}

/// A year from 2000 to 2100.
pub(crate) fn read_year(cell: &str) -> Option<i16> {
    read_number(cell).filter(|year| (2000..=2100).contains(year)).and_then(|year| year.try_into().ok())
}
