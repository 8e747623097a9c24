//! The report between its figures and its files: what stands on the pages, in order.
//!
//! Everything here is text as it will be printed. A renderer draws it and computes nothing.

use gouji_model::{Coordinates, Printed};

/// A report, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What stands on the cover: `2025年云州市清河区科学技术局部门预算报告`.
    pub title: String,
    /// The department by its full name.
    pub entity: String,
    /// The budget year.
    pub year: i16,
    /// The blocks in the order of the pages. The contents are made from the headings and the
    /// titles of tables by whoever draws them, and stand between the title and the first block.
    pub blocks: Vec<Block>,
}

/// One block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading; level 1 is a part (第一部分), 2 a section (一、), 3 a sub-section.
    Heading {
        /// From 1.
        level: u8,
        /// With its number.
        text: String,
    },
    /// A paragraph of the narrative.
    Paragraph(Paragraph),
    /// A chart.
    Chart(Chart),
    /// A numbered table.
    Table(Table),
}

/// A paragraph with the name of the phrase that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The key of the phrase in the form: `revenue.total`.
    pub key: String,
    /// The text.
    pub text: String,
}

/// A table as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// `表一`.
    pub number: String,
    /// `部门收支总表`.
    pub title: String,
    /// The word of the form for its kind: `balance`, `economic` …
    pub kind: String,
    /// The line above it on the left: `部门：…`.
    pub entity: String,
    /// The line above it on the right: `单位：万元`.
    pub unit: String,
    /// What each column holds, from left to right.
    pub columns: Vec<ColumnKind>,
    /// The cells of the head; together they cover every column of every row of the head once.
    pub head: Vec<HeadCell>,
    /// How many rows the head has.
    pub head_rows: usize,
    /// The rows of the body, each with one cell a column.
    pub rows: Vec<Row>,
    /// What stands under it.
    pub note: Option<String>,
    /// On a page that lies on its side.
    pub landscape: bool,
}

/// What a column holds, which says how it is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Codes, which are text even where they look like numbers; centred.
    Code,
    /// Short names; flush left.
    Name,
    /// Sentences; flush left, wider.
    Text,
    /// Amounts; flush right.
    Amount,
}

/// A cell of a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadCell {
    /// The text.
    pub text: String,
    /// Its first row in the head, from 0.
    pub row: usize,
    /// Its first column, from 0.
    pub column: usize,
    /// How many rows it reaches over, at least 1.
    pub rows: usize,
    /// How many columns it reaches over, at least 1.
    pub columns: usize,
}

/// A row of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What the row is, which says how strongly it is set.
    pub kind: RowKind,
    /// One cell a column.
    pub cells: Vec<Cell>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A total of the table.
    Total,
    /// A sum with parts below it, so many levels down from the total (1 for a class).
    Group(u8),
    /// A line without parts.
    Leaf,
}

/// A cell of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is printed.
    Blank,
    /// Words or a code.
    Text(String),
    /// An amount, and what it is the amount of.
    Amount {
        /// The figure as printed; thousands are parted by commas.
        printed: Printed,
        /// Its coordinates in the books.
        at: Coordinates,
    },
}

/// A chart, as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What it shows: `2025年支出构成（万元）`.
    pub title: String,
    /// The names of its series, one or two: `2025年预算`, `2024年预算`.
    pub series: Vec<String>,
    /// Its bars from top to bottom.
    pub bars: Vec<Bar>,
    /// The same in a sentence, for who cannot see it.
    pub alternative: String,
}

/// A bar, or a pair of bars, of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// `科学技术支出`.
    pub label: String,
    /// One value a series.
    pub values: Vec<Printed>,
}

impl Cell {
    /// The cell as printed; empty for a blank one.
    pub fn text(&self) -> String {
        match self {
            Cell::Blank => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Amount { printed, .. } => printed.grouped(),
        }
    }
}
