//! A document as the data that the template sets: which blocks share a page, and every cell with its place.

use super::PdfError;
use super::fonts::Ruler;
use super::widths::{self, Measures};
use crate::document::{Block, Cell, Chart, ColumnKind, Document, HeadCell, Row, RowKind, Table};
use serde::Serialize;

/// A table of words with no more rows may share its page with another.
const SMALL_TABLE: usize = 8;

#[derive(Serialize)]
pub(super) struct Pages {
    title: String,
    title_lines: Vec<String>,
    title_ems: f64,
    entity: String,
    sections: Vec<Section>,
}

/// Blocks that begin on a new page and run on.
#[derive(Serialize)]
struct Section {
    landscape: bool,
    blocks: Vec<Item>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Item {
    Heading { level: u8, text: String },
    Paragraph { text: String },
    Chart { path: String, alternative: String },
    Table(Grid),
}

#[derive(Serialize)]
struct Grid {
    number: String,
    title: String,
    entity: String,
    unit: String,
    note: Option<String>,
    level: u8,
    size: f64,
    widths: Vec<f64>,
    head: Vec<Head>,
    rows: Vec<Line>,
    /// Kept on one page, since it is short.
    whole: bool,
}

#[derive(Serialize)]
struct Head {
    text: String,
    x: usize,
    y: usize,
    colspan: usize,
    rowspan: usize,
    /// The width of its lines in ems, so that they are of one length: 公用/经费, not 公用经/费.
    ems: f64,
}

#[derive(Serialize)]
struct Line {
    bold: bool,
    tall: bool,
    cells: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    text: String,
    align: &'static str,
    indent: f64,
}

/// The data of a document and the charts it names, in order.
pub(super) fn pages<'a>(document: &'a Document, ruler: &Ruler) -> Result<(Pages, Vec<&'a Chart>), PdfError> {
    let mut plan = Plan::default();
    for block in &document.blocks {
        plan.add(block, ruler)?;
    }
    plan.close_headings();
    let title_lines = title_lines(document);
    let title_ems = title_lines.iter().map(|line| ruler.width(line)).fold(0.0, f64::max);
    let (title, entity) = (clean(&document.title), clean(&document.entity));
    Ok((Pages { title, title_lines, title_ems, entity, sections: plan.sections }, plan.charts))
}

/// The path under which the template finds a chart.
pub(super) fn chart_path(number: usize) -> String {
    format!("/chart-{number}.svg")
}

/// What is planned so far.
#[derive(Default)]
struct Plan<'a> {
    sections: Vec<Section>,
    /// Headings whose page is not known yet: they go where the next block goes.
    headings: Vec<Item>,
    charts: Vec<&'a Chart>,
    level: u8,
    after_small_table: bool,
}

impl<'a> Plan<'a> {
    fn add(&mut self, block: &'a Block, ruler: &Ruler) -> Result<(), PdfError> {
        let small_before = std::mem::take(&mut self.after_small_table);
        match block {
            Block::Heading { level, text } => {
                let level = (*level).max(1);
                if level == 1 {
                    self.close_headings();
                }
                self.level = level;
                self.headings.push(Item::Heading { level, text: clean(text) });
            }
            Block::Paragraph(paragraph) => self.flow(Item::Paragraph { text: clean(&paragraph.text) }),
            Block::Chart(chart) => {
                self.charts.push(chart);
                let path = chart_path(self.charts.len());
                self.flow(Item::Chart { path, alternative: clean(&chart.alternative) });
            }
            Block::Table(table) => {
                let measures = widths::measure(table, ruler);
                let shares = small_before && is_small(table) && self.headings.is_empty() && !measures.landscape;
                if !shares {
                    self.open(measures.landscape);
                }
                self.level = if self.level == 0 { 1 } else { 2 };
                let grid = grid(table, &measures, self.level, ruler)?;
                self.put(Item::Table(grid));
                self.after_small_table = is_small(table) && !measures.landscape;
            }
        }
        Ok(())
    }

    /// A block of the narrative runs on where the last one ended, except behind a part's heading or a page on its side.
    fn flow(&mut self, item: Item) {
        let starts_part = self.headings.iter().any(|heading| matches!(heading, Item::Heading { level: 1, .. }));
        if starts_part || self.sections.last().is_none_or(|section| section.landscape) {
            self.open(false);
        }
        self.put(item);
    }

    fn open(&mut self, landscape: bool) {
        self.sections.push(Section { landscape, blocks: Vec::new() });
    }

    fn put(&mut self, item: Item) {
        if let Some(section) = self.sections.last_mut() {
            section.blocks.append(&mut self.headings);
            section.blocks.push(item);
        }
    }

    /// Headings with nothing under them have a page of their own.
    fn close_headings(&mut self) {
        if !self.headings.is_empty() {
            let blocks = std::mem::take(&mut self.headings);
            self.sections.push(Section { landscape: false, blocks });
        }
    }
}

/// The lines of the cover: the year, the department, what it is, if the title is made of these.
fn title_lines(document: &Document) -> Vec<String> {
    let year = format!("{}年", document.year);
    let parts = document.title.strip_prefix(&year).and_then(|rest| {
        let (entity, rest) = (document.entity.as_str(), rest);
        rest.strip_prefix(entity).filter(|kind| !entity.is_empty() && !kind.is_empty()).map(|kind| (entity, kind))
    });
    match parts {
        Some((entity, kind)) => vec![year, clean(entity), clean(kind)],
        None => vec![clean(&document.title)],
    }
}

fn is_small(table: &Table) -> bool {
    table.rows.len() <= SMALL_TABLE && !table.columns.contains(&ColumnKind::Amount)
}

fn grid(table: &Table, measures: &Measures, level: u8, ruler: &Ruler) -> Result<Grid, PdfError> {
    check_head(table)?;
    if let Some(row) = table.rows.iter().position(|row| row.cells.len() != table.columns.len()) {
        return Err(PdfError::Row { table: table.number.clone(), row: row + 1 });
    }
    let indents = widths::indents(&table.rows);
    let lines = table.rows.iter().zip(indents).map(|(row, indent)| line(table, row, indent, measures, ruler));
    Ok(Grid {
        number: clean(&table.number),
        title: clean(&table.title),
        entity: clean(&table.entity),
        unit: clean(&table.unit),
        note: table.note.as_deref().map(clean),
        level,
        size: measures.size,
        widths: measures.widths.clone(),
        head: table.head.iter().map(|cell| head(cell, measures, ruler)).collect(),
        rows: lines.collect(),
        whole: is_small(table) && !table.rows.iter().any(|row| measures.is_tall(row, ruler)),
    })
}

/// Every cell of the head has its place to itself, inside the table.
fn check_head(table: &Table) -> Result<(), PdfError> {
    let mut taken = vec![false; table.head_rows * table.columns.len()];
    for cell in &table.head {
        let inside = cell.row + cell.rows <= table.head_rows && cell.column + cell.columns <= table.columns.len();
        if !inside || cell.rows == 0 || cell.columns == 0 {
            return Err(PdfError::Head { table: table.number.clone(), cell: cell.text.clone() });
        }
        for row in cell.row..cell.row + cell.rows {
            for column in cell.column..cell.column + cell.columns {
                let place = &mut taken[row * table.columns.len() + column];
                if std::mem::replace(place, true) {
                    return Err(PdfError::Head { table: table.number.clone(), cell: cell.text.clone() });
                }
            }
        }
    }
    Ok(())
}

fn head(cell: &HeadCell, measures: &Measures, ruler: &Ruler) -> Head {
    let ems = measures.head_ems(cell, ruler);
    Head {
        text: widths::broken(&clean(&cell.text), ems, ruler),
        x: cell.column,
        y: cell.row,
        colspan: cell.columns,
        rowspan: cell.rows,
        ems,
    }
}

fn line(table: &Table, row: &Row, indent: f64, measures: &Measures, ruler: &Ruler) -> Line {
    let indented = widths::indented_column(&table.columns);
    let field = |column: usize, cell: &Cell| {
        let indent = if indented == Some(column) { indent } else { 0.0 };
        let room = measures.room_ems(column..column + 1) - indent;
        let text = clean(&cell.text());
        let (text, align) = match table.columns[column] {
            ColumnKind::Code => (widths::broken(&text, room, ruler), "center"),
            ColumnKind::Name | ColumnKind::Text => (widths::broken(&text, room, ruler), "left"),
            ColumnKind::Amount => (text, "right"),
        };
        Field { text, align, indent }
    };
    let cells = row.cells.iter().enumerate().map(|(column, cell)| field(column, cell)).collect();
    Line { bold: row.kind == RowKind::Total, tall: measures.is_tall(row, ruler), cells }
}

/// The text with plain line breaks; other control characters, which no face has, are drawn as what cannot be shown.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .map(|character| match character {
            '\n' => '\n',
            '\t' => ' ',
            _ if character.is_control() => char::REPLACEMENT_CHARACTER,
            _ => character,
        })
        .collect()
}
