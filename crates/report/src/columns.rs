//! How wide the columns of a table are, from what stands in them.
//!
//! Widths are counted in half squares, the width of a digit: a Chinese character takes two.

use crate::document::{ColumnKind, Table};

/// White on both sides of a cell's text.
const PADDING: u64 = 2;

/// What a column would like, and what it can live with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub least: u64,
    pub natural: u64,
}

/// What each column of a table wants. Amounts and codes are never broken; names and sentences may be.
pub(crate) fn wanted(table: &Table) -> Vec<Wanted> {
    let of = |(column, kind): (usize, &ColumnKind)| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
        let body = cells.map(|cell| width(&cell.text())).max().unwrap_or(0);
        let head = table.head.iter().filter(|cell| cell.column == column && cell.columns == 1);
        // The text of a head may stand on two lines, and on more where room is short.
        let head = head.map(|cell| width(&cell.text)).max().unwrap_or(0);
        let (least, natural) = match kind {
            // Nobody knows the font: bold digits may be two fifths wider than those of Times.
            ColumnKind::Code | ColumnKind::Amount => (body.max(4) * 7 / 5, (body * 7 / 5).max(head / 2 + 2).max(6)),
            ColumnKind::Name => (body.clamp(6, 14), body.clamp(8, 44).max(head.min(12))),
            ColumnKind::Text => (body.clamp(8, 20), body.clamp(20, 60)),
        };
        Wanted { least: least + PADDING, natural: natural.max(least) + PADDING }
    };
    table.columns.iter().enumerate().map(of).collect()
}

/// Divides `total` among the columns, without rest: first what each needs, then what each would like, then in proportion.
pub(crate) fn divide(wanted: &[Wanted], total: u64) -> Vec<u64> {
    let least: u64 = wanted.iter().map(|column| column.least).sum();
    let natural: u64 = wanted.iter().map(|column| column.natural).sum();
    let mut widths: Vec<u64> = wanted
        .iter()
        .map(|column| match total {
            _ if total >= natural => total * column.natural / natural.max(1),
            _ if total >= least => {
                column.least + (total - least) * (column.natural - column.least) / (natural - least).max(1)
            }
            _ => total * column.least / least.max(1),
        })
        .collect();
    let given: u64 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += total - given;
    }
    widths
}

/// The width of the longest line of a text.
pub(crate) fn width(text: &str) -> u64 {
    let line = |line: &str| line.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum();
    text.lines().map(line).max().unwrap_or(0)
}

/// The format that office programs print a figure of so many decimals with.
pub(crate) fn number_format(decimals: u8) -> String {
    match decimals {
        0 => "#,##0".to_owned(),
        _ => format!("#,##0.{}", "0".repeat(decimals.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, divide, width};

    #[test]
    fn nothing_is_left_over_and_needs_come_first() {
        let columns = [Wanted { least: 10, natural: 10 }, Wanted { least: 10, natural: 40 }];
        assert_eq!(divide(&columns, 100), [20, 80]);
        assert_eq!(divide(&columns, 30), [10, 20]);
        assert_eq!(divide(&columns, 11), [5, 6]);
        assert_eq!(divide(&[], 11), Vec::<u64>::new());
    }

    #[test]
    fn a_chinese_character_is_two_digits_wide() {
        assert_eq!(width("合计12\n一"), 6);
    }
}
