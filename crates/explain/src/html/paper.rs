//! The report as it was read: paragraphs, headings and tables with their marks.

use super::marks::{Marks, Piece};
use super::pages::{Stretch, stretches};
use crate::checked::{Checked, pick};
use crate::view::FindingView;
use gouji_model::{Lang, Span};
use gouji_read::{Block, Document, Row, Table};
use gouji_understand::ColumnRole;
use std::collections::{BTreeMap, BTreeSet};

/// The blocks of a report.
pub(super) struct Paper {
    pub blocks: Vec<Part>,
}

/// A paragraph or a table.
pub(super) enum Part {
    /// Running text.
    Paragraph {
        /// `heading1`, `entry`, `caption` or nothing.
        class: String,
        /// The depth of a heading for screen readers; 0 for text.
        depth: u8,
        pieces: Vec<Piece>,
    },
    /// The pages of a PDF.
    Pages {
        /// The file, named where the report has several.
        path: Option<String>,
        stretches: Vec<Stretch>,
    },
    /// A table.
    Table {
        /// What a screen reader calls it.
        name: String,
        head: Vec<Vec<Cell>>,
        body: Vec<Vec<Cell>>,
    },
}

/// A cell of a drawn table.
pub(super) struct Cell {
    pub pieces: Vec<Piece>,
    pub columns: usize,
    pub rows: usize,
    /// It labels its row.
    pub labels: bool,
    /// A figure, set to the right.
    pub figure: bool,
}

/// What the statement knows of the paper's lines: by first byte.
struct Known {
    headings: BTreeMap<(u16, u32), u8>,
    entries: BTreeSet<(u16, u32)>,
    captions: BTreeSet<(u16, u32)>,
    /// 表一, 表二 …, as the report prints them above its tables.
    numbers: BTreeSet<String>,
    /// First byte of a row below the head → its table.
    rows: BTreeMap<(u16, u32), usize>,
}

impl Paper {
    /// Draws the document with the marks on it: the pages of the files that have pages, the
    /// blocks of the others.
    pub fn new(checked: &Checked<'_>, views: &[FindingView<'_>], marks: &Marks, id: &str, lang: Lang) -> Paper {
        let known = Known::new(checked);
        let mut context = None;
        let mut blocks = Vec::new();
        let files = &checked.document.files;
        for (index, file) in files.iter().enumerate().map(|(index, file)| (index as u16, file)) {
            if !file.pages.is_empty() {
                let path = (files.len() > 1).then(|| file.path.clone());
                blocks.push(Part::Pages { path, stretches: stretches((index, file), views, id, lang) });
                continue;
            }
            let own = checked.document.blocks.iter().filter(|block| file_of(block) == Some(index));
            blocks.extend(own.map(|block| match block {
                Block::Paragraph(span) => paragraph(checked.document, marks, &known, *span),
                Block::Table(table) => drawn_table(checked, marks, &known, table, &mut context, lang),
            }));
        }
        Paper { blocks }
    }
}

/// The file that a block is of.
fn file_of(block: &Block) -> Option<u16> {
    match block {
        Block::Paragraph(span) => Some(span.file),
        Block::Table(table) => table.rows.first().and_then(|row| row.cells.first()).map(|cell| cell.file),
    }
}

impl Known {
    fn new(checked: &Checked<'_>) -> Known {
        let statement = checked.statement;
        let key = |span: Span| (span.file, span.start);
        let entries = statement.contents.iter().chain(&statement.table_list);
        let captions = statement.tables.iter().flat_map(|table| {
            let title = table.title.as_ref().map(|(_, span)| *span);
            let entity = table.entity.as_ref().map(|(_, span)| *span);
            [title, entity, table.unit.map(|(_, span)| span)].into_iter().flatten()
        });
        let mut rows = BTreeMap::new();
        for (index, table) in statement.tables.iter().enumerate() {
            for row in &table.rows {
                rows.insert(key(row.span()), index);
            }
        }
        Known {
            headings: statement.headings.iter().map(|heading| (key(heading.span), heading.depth)).collect(),
            entries: entries.map(|entry| key(entry.span)).collect(),
            captions: captions.map(key).collect(),
            numbers: statement.tables.iter().filter_map(|table| table.number.clone()).collect(),
            rows,
        }
    }
}

fn paragraph(document: &Document, marks: &Marks, known: &Known, span: Span) -> Part {
    let key = (span.file, span.start);
    let within =
        |set: &BTreeSet<(u16, u32)>| set.range(key..(span.file, span.end.max(span.start + 1))).next().is_some();
    let heading = known.headings.get(&key).copied();
    let class = match heading {
        Some(depth) => format!("heading{}", depth.min(3)),
        None if known.numbers.contains(&document.quote(span)) => "number".to_string(),
        None if within(&known.entries) => "entry".to_string(),
        None if within(&known.captions) => "caption".to_string(),
        None => String::new(),
    };
    Part::Paragraph { class, depth: heading.map_or(0, |depth| depth.min(3) + 2), pieces: marks.pieces(document, span) }
}

fn drawn_table(
    checked: &Checked<'_>,
    marks: &Marks,
    known: &Known,
    table: &Table,
    context: &mut Option<usize>,
    lang: Lang,
) -> Part {
    let view_of = |row: &Row| known.rows.get(&(row.span().file, row.span().start)).copied();
    // A table cut by a page end goes on without a head: the rows above the first known row
    // are heads only where they stand over a table that was not begun yet.
    let first = table.rows.iter().position(|row| view_of(row).is_some());
    let view = first.and_then(|at| view_of(&table.rows[at])).or(*context);
    let heads = first.unwrap_or(usize::from(view.is_none())).min(table.rows.len());
    *context = view;
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let roles: Vec<ColumnRole> = view
        .and_then(|index| checked.statement.tables.get(index))
        .map_or_else(Vec::new, |view| view.columns.iter().map(|column| column.role).collect());
    let body = table.rows[heads..].iter().map(|row| body_row(checked.document, marks, row, columns, &roles));
    let name = view.and_then(|index| checked.statement.tables.get(index)).map(|view| view.name());
    Part::Table {
        name: name.unwrap_or_else(|| pick(lang, "表", "table").to_string()),
        head: head_rows(checked.document, marks, &table.rows[..heads], columns),
        body: body.collect(),
    }
}

fn body_row(document: &Document, marks: &Marks, row: &Row, columns: usize, roles: &[ColumnRole]) -> Vec<Cell> {
    let label = row.cells.iter().position(|span| !document.quote(*span).is_empty());
    let cell = |column: usize| {
        let span = row.cells.get(column).copied();
        let text = span.map_or(String::new(), |span| document.quote(span));
        let named = matches!(roles.get(column), Some(ColumnRole::Name | ColumnRole::Label | ColumnRole::Project));
        Cell {
            pieces: span.map_or_else(Vec::new, |span| marks.pieces(document, span)),
            columns: 1,
            rows: 1,
            figure: is_figure(&text) && roles.get(column) != Some(&ColumnRole::Code),
            labels: !text.is_empty() && (named || roles.is_empty() && label == Some(column) && !is_figure(&text)),
        }
    };
    (0..columns).map(cell).collect()
}

/// Heads of several rows: a blank cell belongs to the head on its left where there are
/// heads below it, else to the head above it.
fn head_rows(document: &Document, marks: &Marks, rows: &[Row], columns: usize) -> Vec<Vec<Cell>> {
    let mut grid = HeadGrid::new(document, rows, columns);
    let mut drawn = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut cells = Vec::new();
        for column in 0..columns {
            if let Some((columns, rows)) = grid.take(index, column) {
                let span = row.cells.get(column).copied();
                let pieces = span.map_or_else(Vec::new, |span| marks.pieces(document, span));
                cells.push(Cell { pieces, columns, rows, labels: false, figure: false });
            }
        }
        drawn.push(cells);
    }
    drawn
}

/// Which cells of a head are blank, and which are covered by a head on their left or above.
struct HeadGrid {
    blank: Vec<Vec<bool>>,
    covered: BTreeSet<(usize, usize)>,
}

impl HeadGrid {
    fn new(document: &Document, rows: &[Row], columns: usize) -> HeadGrid {
        let blank = |row: &Row, column: usize| row.cells.get(column).is_none_or(|s| document.quote(*s).is_empty());
        let each = rows.iter().map(|row| (0..columns).map(|column| blank(row, column)).collect());
        HeadGrid { blank: each.collect(), covered: BTreeSet::new() }
    }

    /// How many columns and rows the cell covers; nothing when it is covered itself.
    fn take(&mut self, row: usize, column: usize) -> Option<(usize, usize)> {
        if self.covered.contains(&(row, column)) {
            return None;
        }
        let (mut wide, mut high) = (1, 1);
        if !self.blank[row][column] {
            let columns = self.blank[row].len();
            wide += (column + 1..columns).take_while(|next| self.joins(row, *next)).count();
            high = if wide == 1 && self.blank_below(row, column) { self.blank.len() - row } else { 1 };
        }
        self.covered.extend((row..row + high).flat_map(|r| (column..column + wide).map(move |c| (r, c))));
        Some((wide, high))
    }

    /// A blank cell that no head covers yet and that has heads of its own below it.
    fn joins(&self, row: usize, column: usize) -> bool {
        let last = row + 1 == self.blank.len();
        let free = self.blank[row][column] && !self.covered.contains(&(row, column));
        free && (last || !self.blank_below(row, column))
    }

    fn blank_below(&self, row: usize, column: usize) -> bool {
        self.blank[row + 1..].iter().all(|below| below[column])
    }
}

/// Digits with separators, sign and per-cent sign only.
fn is_figure(text: &str) -> bool {
    let fits =
        |character: char| character.is_ascii_digit() || "０１２３４５６７８９,.，．-－−%％ ()（）".contains(character);
    text.chars().any(char::is_numeric) && text.chars().all(fits)
}
