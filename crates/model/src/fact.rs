use crate::coordinates::Coordinates;
use crate::printed::Printed;

/// The number of a file within one report, from 0.
pub type FileId = u16;

/// A place: a range of bytes in the text of one file as it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which file of the report.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// From the start of `self` to the end of `other`.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// True when `self` holds `other`.
    pub fn contains(&self, other: &Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// The cell a fact was read from: numbers of table, row and column, from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Number of the table in the report.
    pub table: u16,
    /// Row, heads included.
    pub row: u32,
    /// Column.
    pub column: u16,
}

/// One figure of a table with its coordinates and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub at: Coordinates,
    /// The figure as printed.
    pub figure: Printed,
    /// The cell.
    pub cell: Cell,
    /// Where the figure stands.
    pub span: Span,
    /// The row is there for an item of its own: a zero may be a rounded something.
    pub listed: bool,
    /// It stands under 其中: with its siblings it need not make up the whole.
    pub partial: bool,
}
