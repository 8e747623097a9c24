//! Workbooks, new (XLSX) and old (XLS): every sheet with the lines above its table, its
//! numbers as their cells print them, its merged cells, and the name of every cell.

mod date;
mod number;
mod number_format;
mod xls;
mod xlsx;

use crate::compose::{Composer, DraftCell, DraftTable};
use crate::document::Merge;
use crate::issue::IssueKind;
use crate::nested::{COLUMNS, lay_table};
use crate::words::is_caption;
use std::collections::{BTreeMap, BTreeSet};
pub(crate) use xls::read_xls;
pub(crate) use xlsx::read_xlsx;

/// A sheet as far as it holds text.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    is_hidden: bool,
    /// By row and column, from 0: what the cell prints.
    cells: BTreeMap<(u32, u32), String>,
    merges: Vec<Merge>,
    hidden_rows: BTreeSet<u32>,
    /// First and last column.
    hidden_columns: Vec<(u32, u32)>,
}

/// Notes what is the matter with cells, each kind once with the place where it occurs first.
#[derive(Default)]
struct Troubles {
    formats: BTreeMap<String, String>,
    without_result: usize,
    first_without_result: String,
}

impl Troubles {
    fn unknown_format(&mut self, place: String, format: &str) {
        if self.formats.len() < 10 {
            self.formats.entry(format.chars().take(60).collect()).or_insert(place);
        }
    }

    fn no_result(&mut self, place: String) {
        if self.without_result == 0 {
            self.first_without_result = place;
        }
        self.without_result += 1;
    }

    fn report(self, composer: &mut Composer) {
        for (format, place) in self.formats {
            composer.report(IssueKind::NumberFormat { place, format });
        }
        if self.without_result > 0 {
            composer.report(IssueKind::NoResult { place: self.first_without_result, count: self.without_result });
        }
    }
}

/// What prints in a cell that holds a number.
fn shown_number(stored: &str, format: &str, epoch: date::Epoch) -> (String, bool) {
    match number_format::shown(stored, format, epoch) {
        Some(text) => (text, true),
        None => (number::general(stored), false),
    }
}

/// Adds the sheets in their order.
fn lay_sheets(composer: &mut Composer, sheets: Vec<Sheet>) {
    for sheet in sheets {
        if composer.is_full() {
            return;
        }
        sheet.report(composer);
        sheet.lay_out(composer);
    }
}

/// `C7` for row 6, column 2.
fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row + 1)
}

impl Sheet {
    fn place(&self, row: u32, column: u32) -> String {
        format!("{}!{}", self.name, cell_name(row, column))
    }

    fn report(&self, composer: &mut Composer) {
        if self.cells.is_empty() {
            return;
        }
        if self.is_hidden {
            composer.report(IssueKind::HiddenSheet { sheet: self.name.clone() });
        }
        let used_rows: BTreeSet<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        let used_columns: BTreeSet<u32> = self.cells.keys().map(|(_, column)| *column).collect();
        let rows = self.hidden_rows.intersection(&used_rows).count();
        let is_hidden = |column: &&u32| self.hidden_columns.iter().any(|(first, last)| (first..=last).contains(column));
        let columns = used_columns.iter().filter(is_hidden).count();
        if rows + columns > 0 {
            composer.report(IssueKind::HiddenCells { sheet: self.name.clone(), rows, columns });
        }
    }

    fn lay_out(&self, composer: &mut Composer) {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        let mut first = 0;
        for at in 0..rows.len() {
            let is_last = at + 1 == rows.len();
            if is_last || self.begins_table(rows[at], rows[at + 1]) {
                self.lay_part(composer, &rows[first..=at], first == 0);
                first = at + 1;
            }
        }
    }

    /// Row `next` is the first line above a further table on the sheet.
    fn begins_table(&self, row: u32, next: u32) -> bool {
        let filled: Vec<(&(u32, u32), &String)> = self.cells.range((next, 0)..(next + 1, 0)).collect();
        let above = self.cells.range((row, 0)..(row + 1, 0)).count();
        let gap = next > row + 1;
        let [(place, text)] = filled.as_slice() else { return false };
        let is_wide = self.merges.iter().any(|merge| (merge.row, merge.column) == **place && merge.columns > 2);
        // Below a title, number and unit go on with it.
        above > 1 && (gap && is_wide || is_caption(text) && !text.contains("单位"))
    }

    /// The rows between two titles: the lines above a table, and the table.
    fn lay_part(&self, composer: &mut Composer, rows: &[u32], is_first: bool) {
        let (Some(top), Some(bottom)) = (rows.first(), rows.last()) else { return };
        let part = || self.cells.range((*top, 0)..(bottom + 1, 0));
        let width = part().map(|((_, column), _)| column + 1).max().unwrap_or(0);
        if width > COLUMNS {
            composer.report(IssueKind::TooManyColumns { limit: COLUMNS });
        }
        let width = width.min(COLUMNS);
        let fitting = composer.cells_left() / width.max(1) as usize + 1;
        let rows = &rows[..rows.len().min(fitting)];
        let mut draft = DraftTable::default();
        for row in rows {
            let cell = |column: u32| DraftCell {
                text: self.cells.get(&(*row, column)).cloned().unwrap_or_default(),
                name: Some(self.place(*row, column)),
            };
            draft.rows.push((0..width).map(cell).collect());
        }
        for merge in self.merges.iter().filter(|merge| merge.column < width) {
            let Ok(at) = rows.binary_search(&merge.row) else { continue };
            let reached = rows[at..].iter().take_while(|row| **row < merge.row.saturating_add(merge.rows)).count();
            let columns = merge.columns.min(width - merge.column);
            if reached > 1 || columns > 1 {
                draft.merges.push(Merge { row: at as u32, column: merge.column, rows: reached as u32, columns });
            }
        }
        // The name on the tab is a title where the sheet prints none.
        let begins_at_once = part().take_while(|((row, _), _)| row == top).count() > 1;
        if is_first && begins_at_once && self.name.contains('表') {
            composer.add_paragraph(&self.name, Some(&self.name));
        }
        lay_table(composer, draft);
    }
}

#[cfg(test)]
mod tests;
