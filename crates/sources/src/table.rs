//! A list as it stands in a source: rows of text, its columns found by their heads.

use crate::fault::{Fault, clip};
use crate::schema::{Column, Field, Schema};
use gouji_model::books::{List, Origin};

/// A list, its cells in the order of the schema.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its schema.
    pub schema: &'static Schema,
    /// Its rows without the heads; empty rows are left out.
    pub rows: Vec<Row>,
}

/// A row of a list.
#[derive(Debug)]
pub(crate) struct Row {
    /// Where it stands.
    pub origin: Origin,
    schema: &'static Schema,
    /// One text to a column of the schema.
    pub cells: Vec<String>,
}

/// A row as the source has it: its number and its cells from the first column on.
pub(crate) type RawRow = (u32, Vec<String>);

impl Row {
    /// A row; a cell that is missing is empty.
    pub(crate) fn new(schema: &'static Schema, row: u32, mut cells: Vec<String>) -> Row {
        cells.resize(schema.columns.len(), String::new());
        Row { origin: Origin { list: schema.list, row }, schema, cells }
    }

    /// The text of a field.
    pub(crate) fn text(&self, field: Field) -> &str {
        self.schema.index(field).map_or("", |index| &self.cells[index])
    }
}

/// Columns of the source, one to a column of the schema.
pub(crate) struct Heads {
    /// Where each column of the schema stands in the source; `None` for one that is missing.
    pub columns: Vec<Option<usize>>,
    /// Their row, from 1; 0 when there are none.
    pub row: u32,
}

/// Rows above the heads that may hold a title or sums.
const ROWS_ABOVE: usize = 10;

impl Table {
    /// Reads rows of which the first that looks like heads says the heads.
    pub(crate) fn read(schema: &'static Schema, raw: Vec<RawRow>, faults: &mut Vec<Fault>) -> (Table, Heads) {
        let raw = raw.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
        let mut raw: Vec<RawRow> = raw.collect();
        let looks_like_heads = |(_, cells): &RawRow| 2 * known_heads(schema, cells) >= schema.columns.len();
        // Where no row does, the first is taken for the heads, and what is wrong with it is told.
        let above = raw.iter().take(ROWS_ABOVE).position(looks_like_heads).unwrap_or(0);
        let mut raw = raw.drain(above.min(raw.len())..);
        let Some((head_row, heads)) = raw.next() else {
            let columns = vec![None; schema.columns.len()];
            return (Table { schema, rows: Vec::new() }, Heads { columns, row: 0 });
        };
        let rest: Vec<RawRow> = raw.collect();
        let heads = Heads::find(schema, head_row, &heads, faults);
        stray_cells(schema, &heads, head_row, &rest, faults);
        let rows = rest
            .into_iter()
            .map(|(row, cells)| {
                let cell = |at: &Option<usize>| at.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
                Row::new(schema, row, heads.columns.iter().map(|at| cell(at).to_string()).collect())
            })
            .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
            .collect();
        (Table { schema, rows }, heads)
    }
}

impl Heads {
    /// Finds every column of the schema among the heads; the order is free.
    fn find(schema: &'static Schema, row: u32, heads: &[String], faults: &mut Vec<Fault>) -> Heads {
        let mut columns: Vec<Option<usize>> = vec![None; schema.columns.len()];
        let origin = Origin { list: schema.list, row };
        for (at, written) in heads.iter().enumerate() {
            let plain = plain_head(written);
            if plain.is_empty() {
                continue;
            }
            let Some(known) = schema.columns.iter().position(|column| plain_head(column.head) == plain) else {
                faults.push(unknown_head(schema, origin, written));
                continue;
            };
            if columns[known].replace(at).is_some() {
                let head = schema.columns[known].head;
                faults.push(Fault::error(
                    origin,
                    Some(schema.columns[known].field),
                    format!("表头“{head}”出现两次；请只保留一列"),
                    format!("the head {head} stands twice; keep one of the columns"),
                ));
            }
        }
        let missing =
            schema.columns.iter().zip(&columns).filter(|(column, at)| at.is_none() && !column.may_be_absent());
        for (column, _) in missing {
            let head = column.head;
            faults.push(Fault::error(
                origin,
                None,
                format!("缺少“{head}”列；没有内容也请保留表头"),
                format!("the column {head} is missing; keep its head even when nothing stands below it"),
            ));
        }
        Heads { columns, row }
    }
}

/// How many cells are heads of the schema.
fn known_heads(schema: &Schema, cells: &[String]) -> usize {
    let is_head = |cell: &&String| schema.columns.iter().any(|column| plain_head(column.head) == plain_head(cell));
    cells.iter().filter(is_head).count()
}

fn unknown_head(schema: &Schema, origin: Origin, written: &str) -> Fault {
    let known: Vec<&str> = schema.columns.iter().map(|column| column.head).collect();
    let written = clip(written.trim());
    Fault::error(
        origin,
        None,
        format!("表头“{}”不认识；应为：{}", written, known.join("、")),
        format!("the head {} is not known; heads are: {}", written, known.join(", ")),
    )
}

/// Text right of the heads or below an empty head belongs to no column.
fn stray_cells(schema: &Schema, heads: &Heads, head_row: u32, rows: &[RawRow], faults: &mut Vec<Fault>) {
    // Without all its heads the list has no order yet, and every cell would be complained of.
    let is_missing = |(column, at): (&Column, &Option<usize>)| at.is_none() && !column.may_be_absent();
    if schema.columns.iter().zip(&heads.columns).any(is_missing)
        || faults.iter().any(|fault| is_at_head(fault, schema.list, head_row))
    {
        return;
    }
    for (row, cells) in rows {
        let stray =
            cells.iter().enumerate().find(|(at, cell)| !cell.trim().is_empty() && !heads.columns.contains(&Some(*at)));
        if let Some((at, cell)) = stray.map(|(at, cell)| (at, clip(cell.trim()))) {
            faults.push(Fault::error(
                Origin { list: schema.list, row: *row },
                None,
                format!("第 {} 列的“{}”没有表头；请移到应在的列，含逗号的内容请加双引号", at + 1, cell),
                format!(
                    "{} in column {} stands below no head; move it, or quote text with commas",
                    cell.trim(),
                    at + 1
                ),
            ));
        }
    }
}

fn is_at_head(fault: &Fault, list: List, row: u32) -> bool {
    fault.place.list == list && fault.place.row == row
}

/// A head without blanks and with brackets of one width.
fn plain_head(text: &str) -> String {
    let kept = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '\u{feff}');
    kept.map(|sign| match sign {
        '（' => '(',
        '）' => ')',
        sign => sign,
    })
    .collect()
}
