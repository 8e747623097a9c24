//! The text and the blocks of a file whose format is no text of its own: each paragraph
//! and each row of a table on a line, the cells of a row parted by tabs.

use crate::Limits;
use crate::document::{Block, Document, Merge, Row, SourceFile, Table};
use crate::from_text::{is_open, trim};
use crate::issue::{Issue, IssueKind};
use crate::words::{begins_something, is_caption};
use gouji_model::{FileId, Span};

/// A cell before it has a place.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftCell {
    pub text: String,
    /// What the format calls its place.
    pub name: Option<String>,
}

/// A table before it has a place. The places that a cell reaches over hold empty cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftTable {
    pub rows: Vec<Vec<DraftCell>>,
    pub merges: Vec<Merge>,
}

/// The file as it grows.
pub(crate) struct Composer {
    file: FileId,
    text: String,
    blocks: Vec<Block>,
    issues: Vec<IssueKind>,
    names: Vec<(u32, String)>,
    lines: usize,
    cells: usize,
    full: bool,
    limits: Limits,
}

impl Composer {
    /// An empty file.
    pub(crate) fn new(file: FileId, limits: &Limits) -> Composer {
        Composer {
            file,
            text: String::new(),
            blocks: Vec::new(),
            issues: Vec::new(),
            names: Vec::new(),
            lines: 0,
            cells: 0,
            full: false,
            limits: *limits,
        }
    }

    /// Notes what could not be read; the same is noted once.
    pub(crate) fn report(&mut self, kind: IssueKind) {
        if !self.issues.contains(&kind) {
            self.issues.push(kind);
        }
    }

    /// What was noted first.
    pub(crate) fn first_issue(&self) -> Option<IssueKind> {
        self.issues.first().cloned()
    }

    /// No more is taken: a limit was reached.
    pub(crate) fn is_full(&self) -> bool {
        self.full
    }

    /// Table cells that may still be added.
    pub(crate) fn cells_left(&self) -> usize {
        self.limits.cells - self.cells
    }

    /// True when there is no text yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds a paragraph. A line end within it is one of the author's: what goes on after it
    /// belongs to the paragraph only when the line before is not finished.
    pub(crate) fn add_paragraph(&mut self, text: &str, name: Option<&str>) {
        let mut is_first = true;
        for line in text.split('\n').map(trim).filter(|line| !line.is_empty()) {
            let Some(span) = self.add_line(line) else { return };
            if let Some(name) = name {
                self.names.push((span.start, name.to_string()));
            }
            let goes_on = !is_first && !begins_something(line) && !is_caption(line);
            is_first = false;
            match self.blocks.last_mut() {
                Some(Block::Paragraph(last))
                    if goes_on && is_open(&self.text[last.start as usize..last.end as usize]) =>
                {
                    *last = last.to(span);
                }
                _ => self.blocks.push(Block::Paragraph(span)),
            }
        }
    }

    fn add_line(&mut self, line: &str) -> Option<Span> {
        if !self.has_room(line.len(), 0) {
            return None;
        }
        let start = self.text.len() as u32;
        self.text.extend(line.chars().filter(|c| *c != '\r'));
        let end = self.text.len() as u32;
        self.text.push('\n');
        Some(Span { file: self.file, start, end })
    }

    /// Adds a table as it is.
    pub(crate) fn add_table(&mut self, draft: &DraftTable) {
        let mut table = Table { rows: Vec::new(), merges: Vec::new() };
        for draft_row in &draft.rows {
            let bytes = draft_row.iter().map(|cell| cell.text.len() + 1).sum();
            if !self.has_room(bytes, draft_row.len()) {
                break;
            }
            let mut row = Row::default();
            for (at, cell) in draft_row.iter().enumerate() {
                if at > 0 {
                    self.text.push('\t');
                }
                let start = self.text.len() as u32;
                push_on_one_line(&mut self.text, &cell.text);
                if let Some(name) = &cell.name {
                    self.names.push((start, name.clone()));
                }
                row.cells.push(Span { file: self.file, start, end: self.text.len() as u32 });
            }
            self.text.push('\n');
            table.rows.push(row);
        }
        let rows = table.rows.len() as u32;
        table.merges = draft.merges.iter().filter(|merge| merge.row + merge.rows <= rows).copied().collect();
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// Counts a line and its cells; false when a limit forbids it.
    fn has_room(&mut self, bytes: usize, cells: usize) -> bool {
        if self.full {
            return false;
        }
        if bytes > self.limits.line_bytes {
            self.report(IssueKind::LineTooLong { bytes, limit: self.limits.line_bytes });
            return false;
        }
        self.lines += 1;
        self.cells += cells;
        let limit = if self.lines > self.limits.lines {
            Some(IssueKind::TooManyLines { limit: self.limits.lines })
        } else if self.cells > self.limits.cells {
            Some(IssueKind::TooManyCells { limit: self.limits.cells })
        } else if (self.text.len() + bytes) as u64 > self.limits.bytes {
            Some(IssueKind::TooManyLines { limit: self.lines })
        } else {
            None
        };
        if let Some(kind) = limit {
            self.full = true;
            self.cells = self.cells.min(self.limits.cells);
            self.report(kind);
        }
        !self.full
    }

    /// Adds the file to the document.
    pub(crate) fn finish(mut self, document: &mut Document, path: String) {
        if self.blocks.is_empty() && self.issues.is_empty() {
            self.report(IssueKind::Empty);
        }
        let mut source = SourceFile::new(path, self.text);
        source.cell_names = self.names;
        document.files.push(source);
        document.blocks.append(&mut self.blocks);
        let file = self.file;
        document.issues.extend(self.issues.into_iter().map(|kind| Issue { file, line: None, page: None, kind }));
    }
}

/// Adds a file of which nothing could be read.
pub(crate) fn refuse(document: &mut Document, path: String, kind: IssueKind) {
    let file = document.next_file();
    document.files.push(SourceFile::new(path, String::new()));
    document.issues.push(Issue { file, line: None, page: None, kind });
}

/// The text of a cell on one line: runs of blanks and line ends become one blank.
fn push_on_one_line(out: &mut String, text: &str) {
    let mut blank = false;
    for character in trim(text).chars() {
        if matches!(character, '\n' | '\r' | '\t' | ' ' | '\u{b}' | '\u{c}') {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) {
            out.push(' ');
        }
        out.push(character);
    }
}
