//! Paragraphs and tables as documents and pages nest them, laid out one after the other:
//! which tables are tables, and which only arrange the page.

use crate::compose::{Composer, DraftCell, DraftTable};
use crate::document::Merge;
use crate::issue::IssueKind;
use crate::layout::APART;
use crate::words::is_caption;

/// Columns of one table: no table of a report has a tenth of them.
pub(crate) const COLUMNS: u32 = 1_000;

/// A paragraph or a table.
#[derive(Debug)]
pub(crate) enum Flow {
    Paragraph(String),
    Table(FlowTable),
}

/// A table whose cells know their place.
#[derive(Debug, Default)]
pub(crate) struct FlowTable {
    pub cells: Vec<FlowCell>,
}

/// A cell with its upper left place and how far it reaches.
#[derive(Debug)]
pub(crate) struct FlowCell {
    pub row: u32,
    pub column: u32,
    pub rows: u32,
    pub columns: u32,
    pub content: Vec<Flow>,
}

/// Adds everything to the file in reading order.
pub(crate) fn lay_out(composer: &mut Composer, flows: Vec<Flow>) {
    for flow in flows {
        if composer.is_full() {
            return;
        }
        match flow {
            Flow::Paragraph(text) => composer.add_paragraph(&text, None),
            Flow::Table(table) if table.only_arranges() => {
                table.cells.into_iter().for_each(|cell| lay_out(composer, cell.content));
            }
            Flow::Table(table) => {
                if let Some(draft) = table.draft(composer) {
                    lay_table(composer, draft);
                }
            }
        }
    }
}

impl FlowTable {
    fn rows(&self) -> u32 {
        self.cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0)
    }

    fn columns(&self) -> u32 {
        self.cells.iter().map(|cell| cell.column + cell.columns).max().unwrap_or(0)
    }

    /// A table that only arranges the page: of one column, of one row without figures, or
    /// with a table of figures in a cell.
    fn only_arranges(&self) -> bool {
        let is_figure = |text: &str| !text.trim().is_empty() && text.chars().all(|c| "0123456789.,-%，． ".contains(c));
        let figures = || self.cells.iter().any(|cell| is_figure(&text_of(&cell.content)));
        let holds_table = |cell: &FlowCell| {
            cell.content.iter().any(|flow| match flow {
                Flow::Table(inner) => (inner.rows() > 1 && inner.columns() > 1) || inner.only_arranges(),
                Flow::Paragraph(_) => false,
            })
        };
        let filled: std::collections::BTreeSet<u32> = self
            .cells
            .iter()
            .filter(|cell| !text_of(&cell.content).trim().is_empty())
            .map(|cell| cell.column)
            .collect();
        filled.len() <= 1 || self.rows() <= 1 && !figures() || self.cells.iter().any(holds_table)
    }

    /// Leaves out the columns in which no cell begins: a document's grid has more lines than
    /// its table shows, and a cell may claim to reach over any number of columns.
    fn close_up(&mut self) {
        let mut starts: Vec<u32> = self.cells.iter().map(|cell| cell.column).collect();
        starts.sort_unstable();
        starts.dedup();
        let rank = |column: u32| starts.partition_point(|start| *start < column) as u32;
        for cell in &mut self.cells {
            let end = rank(cell.column.saturating_add(cell.columns));
            cell.column = rank(cell.column);
            cell.columns = end - cell.column;
        }
    }

    /// The table as rows of text, within the limits.
    fn draft(mut self, composer: &mut Composer) -> Option<DraftTable> {
        self.close_up();
        let columns = self.columns().min(COLUMNS);
        if self.columns() > COLUMNS {
            composer.report(IssueKind::TooManyColumns { limit: COLUMNS });
        }
        let rows_that_fit = (composer.cells_left() / columns.max(1) as usize) as u32 + 1;
        let rows = self.rows().min(rows_that_fit);
        let mut draft = DraftTable {
            rows: vec![vec![DraftCell::default(); columns as usize]; rows as usize],
            ..DraftTable::default()
        };
        for cell in self.cells.into_iter().filter(|cell| cell.row < rows && cell.column < columns) {
            draft.rows[cell.row as usize][cell.column as usize].text = text_of(&cell.content);
            let merge = Merge {
                row: cell.row,
                column: cell.column,
                rows: cell.rows.min(rows - cell.row).max(1),
                columns: cell.columns.min(columns - cell.column).max(1),
            };
            if merge.rows > 1 || merge.columns > 1 {
                draft.merges.push(merge);
            }
        }
        (rows > 0 && columns > 0).then_some(draft)
    }
}

/// The text of a cell; what stands in tables within it follows in reading order.
fn text_of(content: &[Flow]) -> String {
    let mut text = String::new();
    for flow in content {
        let part = match flow {
            Flow::Paragraph(part) => part.clone(),
            Flow::Table(table) => table.cells.iter().map(|cell| text_of(&cell.content)).collect::<Vec<_>>().join(" "),
        };
        if !text.is_empty() && !part.is_empty() {
            // Two numbers in one cell stay two: nobody may read them as one.
            let numbers = text.ends_with(is_of_number) && part.starts_with(is_of_number);
            text.push(if numbers { APART } else { '\n' });
        }
        text.push_str(&part);
    }
    text
}

fn is_of_number(character: char) -> bool {
    crate::words::is_digit(character) || matches!(character, '.' | ',' | '-')
}

/// Adds a table: the lines of its title and below it become paragraphs, what is blank at its
/// edges goes.
pub(crate) fn lay_table(composer: &mut Composer, mut draft: DraftTable) {
    draft.drop_covered_columns();
    draft.trim_edges();
    let above = draft.title_rows();
    let below = draft.note_rows(above);
    let end = draft.rows.len() - below;
    let paragraphs = |composer: &mut Composer, rows: &[Vec<DraftCell>]| {
        for cell in rows.iter().flatten().filter(|cell| !is_blank(cell)) {
            composer.add_paragraph(&cell.text, cell.name.as_deref());
        }
    };
    paragraphs(composer, &draft.rows[..above]);
    let notes: Vec<Vec<DraftCell>> = draft.rows.drain(end..).collect();
    draft.cut_above(above);
    draft.trim_edges();
    draft.merges.retain(|merge| (merge.row + merge.rows) as usize <= draft.rows.len());
    if !draft.rows.is_empty() {
        composer.add_table(&draft);
    }
    paragraphs(composer, &notes);
}

fn is_blank(cell: &DraftCell) -> bool {
    cell.text.trim().is_empty()
}

impl DraftTable {
    /// Drops the columns in which no cell begins: the grid of a document has more lines than
    /// the table shows.
    fn drop_covered_columns(&mut self) {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut covered = vec![0_usize; width];
        for merge in &self.merges {
            for column in merge.column as usize + 1..(merge.column + merge.columns) as usize {
                if let Some(count) = covered.get_mut(column) {
                    *count += merge.rows as usize;
                }
            }
        }
        for column in (0..width).rev() {
            let is_empty = self.rows.iter().all(|row| row.get(column).is_none_or(is_blank));
            if covered[column] >= self.rows.len() && is_empty {
                self.drop_column(column);
            }
        }
    }

    fn drop_column(&mut self, column: usize) {
        for row in self.rows.iter_mut().filter(|row| row.len() > column) {
            row.remove(column);
        }
        let column = column as u32;
        for merge in &mut self.merges {
            if merge.column > column {
                merge.column -= 1;
            } else if merge.column + merge.columns > column {
                merge.columns -= 1;
            }
        }
        self.merges.retain(|merge| merge.columns > 0 && (merge.columns > 1 || merge.rows > 1));
    }

    /// Drops blank rows and columns at the edges; all rows become equally long.
    fn trim_edges(&mut self) {
        while self.rows.last().is_some_and(|row| row.iter().all(is_blank)) {
            self.rows.pop();
        }
        let blank_above = self.rows.iter().take_while(|row| row.iter().all(is_blank)).count();
        self.cut_above(blank_above);
        let used = |row: &Vec<DraftCell>| row.iter().rposition(|cell| !is_blank(cell)).map_or(0, |at| at + 1);
        let width = self.rows.iter().map(used).max().unwrap_or(0);
        self.rows.iter_mut().for_each(|row| row.resize(width, DraftCell::default()));
        let blank_left =
            self.rows.iter().map(|row| row.iter().take_while(|cell| is_blank(cell)).count()).min().unwrap_or(0);
        for _ in 0..blank_left {
            self.drop_column(0);
        }
        let width = (width - blank_left) as u32;
        for merge in &mut self.merges {
            merge.columns = merge.columns.min(width.saturating_sub(merge.column));
        }
        self.merges.retain(|merge| merge.columns > 1 || merge.columns == 1 && merge.rows > 1);
    }

    /// Takes away rows from above; cells that reach beyond the cut are merged no longer.
    fn cut_above(&mut self, rows: usize) {
        self.rows.drain(..rows);
        self.merges.retain(|merge| merge.row as usize >= rows);
        self.merges.iter_mut().for_each(|merge| merge.row -= rows as u32);
    }

    /// How many rows at the top are no part of the table: title, number, body, unit.
    fn title_rows(&self) -> usize {
        let mut count = 0;
        for row in &self.rows {
            let filled: Vec<&str> = row.iter().filter(|cell| !is_blank(cell)).map(|cell| cell.text.trim()).collect();
            let is_figure = |text: &&str| text.chars().all(|c| "0123456789.,-%".contains(c));
            let captions = filled.iter().filter(|text| is_caption(text) || is_unit(text)).count();
            let is_title = match filled.len() {
                0 => true,
                1 => !is_figure(&filled[0]) && filled[0] != "合计",
                2..=4 => captions > 0 && !filled.iter().any(is_figure),
                _ => false,
            };
            if !is_title {
                break;
            }
            count += 1;
        }
        count
    }

    /// How many rows at the bottom are notes.
    fn note_rows(&self, above: usize) -> usize {
        let is_note = |row: &&Vec<DraftCell>| {
            let mut filled = row.iter().filter(|cell| !is_blank(cell)).map(|cell| cell.text.trim());
            let Some(first) = filled.next() else { return true };
            let leads = ["注", "备注：", "备注:", "说明：", "说明:", "填报说明", "填表说明", "*", "※"];
            filled.next().is_none()
                && (leads.iter().any(|lead| first.starts_with(lead))
                    || first.chars().count() > 24 && first.ends_with('。'))
        };
        self.rows[above..].iter().rev().take_while(is_note).count()
    }
}

/// `单位：万元` in any of its forms, in brackets too.
fn is_unit(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = compact.trim_start_matches(['(', '（']).trim_end_matches([')', '）']);
    let leads = ["单位", "金额单位", "计量单位", "货币单位"];
    bare.chars().count() <= 12 && bare.ends_with('元') && leads.iter().any(|lead| bare.starts_with(lead))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_in_a_cell_stay_two() {
        let parts = |texts: [&str; 2]| text_of(&texts.map(|text| Flow::Paragraph(text.into())));
        assert_eq!(parts(["12", "34"]), format!("12{APART}34"));
        assert_eq!(parts(["合计", "34"]), "合计\n34");
    }
}
