use crate::issue::Issue;
use gouji_model::{FileId, Span};

/// A report as it was read: its files, its blocks in reading order, and what was not read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The files.
    pub files: Vec<SourceFile>,
    /// Paragraphs and tables in reading order.
    pub blocks: Vec<Block>,
    /// What could not be read.
    pub issues: Vec<Issue>,
}

/// One file of a report.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as given.
    pub path: String,
    /// The text as read.
    pub text: String,
    /// Number of pages, where the format has pages.
    pub pages: Option<u32>,
    line_starts: Vec<u32>,
}

/// A paragraph or a table.
#[derive(Clone, Debug)]
pub enum Block {
    /// Running text; it may go over several lines.
    Paragraph(Span),
    /// A table.
    Table(Table),
}

/// A table: rows of cells, each a place in the text.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The rows, heads included.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The cells; an empty one has an empty span.
    pub cells: Vec<Span>,
}

impl Row {
    /// The place of the whole row.
    pub fn span(&self) -> Span {
        let first = self.cells.first().copied().unwrap_or_default();
        self.cells.last().map_or(first, |last| first.to(*last))
    }
}

/// Where a span stands, as a person would say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The page, from 1, where the format has pages.
    pub page: Option<u32>,
}

impl SourceFile {
    /// A file with its text.
    pub(crate) fn new(path: String, text: String) -> SourceFile {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        let line_starts = std::iter::once(0).chain(starts).collect();
        SourceFile { path, text, pages: None, line_starts }
    }

    /// Forgets the text from a byte on.
    pub(crate) fn cut(&mut self, from: u32) {
        self.text.truncate(from as usize);
        self.text.shrink_to_fit();
        self.line_starts.retain(|start| *start <= from);
        self.line_starts.shrink_to_fit();
    }

    /// The line of a byte, from 0.
    fn line_of(&self, byte: u32) -> usize {
        self.line_starts.partition_point(|start| *start <= byte) - 1
    }

    /// The text of a line, from 0, without its end.
    pub fn line(&self, index: usize) -> &str {
        let start = self.line_starts.get(index).copied().unwrap_or(self.text.len() as u32) as usize;
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |next| *next as usize - 1);
        self.text[start..end.max(start)].trim_end_matches('\r')
    }

    /// Number of lines.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The byte where a line begins; lines are counted from 0.
    pub fn line_start(&self, index: usize) -> u32 {
        self.line_starts[index]
    }
}

impl Document {
    /// The text of a place as it was read.
    pub fn slice(&self, span: Span) -> &str {
        self.files
            .get(usize::from(span.file))
            .and_then(|file| file.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }

    /// Line and column of the start of a place.
    pub fn locate(&self, span: Span) -> Location {
        let Some(file) = self.files.get(usize::from(span.file)) else {
            return Location { line: 1, column: 1, page: None };
        };
        let line = file.line_of(span.start);
        let before = &file.text[file.line_starts[line] as usize..span.start as usize];
        Location { line: line as u32 + 1, column: before.chars().count() as u32 + 1, page: None }
    }

    /// The text of a place on one line: line ends and runs of blanks become one blank.
    pub fn quote(&self, span: Span) -> String {
        self.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The number that a further file will have.
    pub(crate) fn next_file(&self) -> FileId {
        self.files.len() as FileId
    }
}
