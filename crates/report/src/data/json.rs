//! The whole report as JSON. Amounts are decimal texts: a reader's numbers may be floats.

use crate::document::{Bar, Block, Cell, Chart, ColumnKind, Document, HeadCell, Row, RowKind, Table};
use gouji_model::Printed;
use serde::Serialize;

/// The form of this file; a change that breaks a reader makes it one more.
const SCHEMA: u8 = 1;

#[derive(Serialize)]
pub(super) struct Report<'a> {
    schema: u8,
    title: &'a str,
    entity: &'a str,
    year: i16,
    blocks: Vec<BlockView<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "block", rename_all = "lowercase")]
enum BlockView<'a> {
    Heading { level: u8, text: &'a str },
    Paragraph { key: &'a str, text: &'a str },
    Chart { title: &'a str, series: &'a [String], bars: Vec<BarView<'a>>, alternative: &'a str },
    Table(TableView<'a>),
}

#[derive(Serialize)]
struct BarView<'a> {
    label: &'a str,
    values: Vec<Figure>,
}

#[derive(Serialize)]
struct TableView<'a> {
    number: &'a str,
    title: &'a str,
    kind: &'a str,
    entity: &'a str,
    unit: &'a str,
    columns: Vec<&'static str>,
    head_rows: usize,
    head: Vec<HeadView<'a>>,
    rows: Vec<RowView<'a>>,
    note: Option<&'a str>,
    landscape: bool,
}

#[derive(Serialize)]
struct HeadView<'a> {
    text: &'a str,
    row: usize,
    column: usize,
    rows: usize,
    columns: usize,
}

#[derive(Serialize)]
struct RowView<'a> {
    kind: &'static str,
    /// How many levels down from the total, for a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    /// Null for a blank cell.
    cells: Vec<Option<CellView<'a>>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum CellView<'a> {
    Text {
        text: &'a str,
    },
    Amount {
        #[serde(flatten)]
        figure: Figure,
        at: String,
    },
}

#[derive(Serialize)]
struct Figure {
    value: String,
    unit: &'static str,
    decimals: u8,
}

impl<'a> Report<'a> {
    pub(super) fn of(document: &'a Document) -> Report<'a> {
        Report {
            schema: SCHEMA,
            title: &document.title,
            entity: &document.entity,
            year: document.year,
            blocks: document.blocks.iter().map(block).collect(),
        }
    }
}

fn block(block: &Block) -> BlockView<'_> {
    match block {
        Block::Heading { level, text } => BlockView::Heading { level: *level, text },
        Block::Paragraph(paragraph) => BlockView::Paragraph { key: &paragraph.key, text: &paragraph.text },
        Block::Chart(Chart { title, series, bars, alternative }) => {
            let bars =
                bars.iter().map(|Bar { label, values }| BarView { label, values: values.iter().map(figure).collect() });
            BlockView::Chart { title, series, bars: bars.collect(), alternative }
        }
        Block::Table(content) => BlockView::Table(table(content)),
    }
}

fn table(table: &Table) -> TableView<'_> {
    TableView {
        number: &table.number,
        title: &table.title,
        kind: &table.kind,
        entity: &table.entity,
        unit: &table.unit,
        columns: table.columns.iter().map(|column| column_word(*column)).collect(),
        head_rows: table.head_rows,
        head: table.head.iter().map(head_cell).collect(),
        rows: table.rows.iter().map(row).collect(),
        note: table.note.as_deref(),
        landscape: table.landscape,
    }
}

fn head_cell(cell: &HeadCell) -> HeadView<'_> {
    HeadView { text: &cell.text, row: cell.row, column: cell.column, rows: cell.rows, columns: cell.columns }
}

fn column_word(column: ColumnKind) -> &'static str {
    match column {
        ColumnKind::Code => "code",
        ColumnKind::Name => "name",
        ColumnKind::Text => "text",
        ColumnKind::Amount => "amount",
    }
}

fn row(row: &Row) -> RowView<'_> {
    let (kind, level) = match row.kind {
        RowKind::Total => ("total", None),
        RowKind::Group(level) => ("group", Some(level)),
        RowKind::Leaf => ("leaf", None),
    };
    RowView { kind, level, cells: row.cells.iter().map(cell).collect() }
}

fn cell(cell: &Cell) -> Option<CellView<'_>> {
    match cell {
        Cell::Blank => None,
        Cell::Text(text) => Some(CellView::Text { text }),
        Cell::Amount { printed, at } => Some(CellView::Amount { figure: figure(printed), at: at.to_string() }),
    }
}

fn figure(printed: &Printed) -> Figure {
    Figure { value: printed.to_string(), unit: printed.unit().word(), decimals: printed.decimals() }
}
