//! Bytes to a [`Document`]: the text of a report with the place of every paragraph and cell.
//!
//! Reading never fails. What could not be read is an [`Issue`] in the result, digits are
//! never guessed or repaired. One file per format; this crate knows nothing of budgets.

mod decode;
mod document;
mod from_pdf;
mod from_text;
mod issue;
mod layout;
mod sheet;
mod words;

pub use document::{Area, Block, Document, Glyph, Location, Merge, Page, Row, SourceFile, Table};
pub use issue::{Issue, IssueKind};

/// How much is read before reading stops with an issue that names the limit.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one file.
    pub bytes: u64,
    /// Bytes of one line.
    pub line_bytes: usize,
    /// Lines of one file.
    pub lines: usize,
    /// Cells of all tables of one report.
    pub cells: usize,
    /// Pages of one file.
    pub pages: usize,
    /// Characters of one file that has pages.
    pub letters: usize,
    /// Characters, lines and pictures of one page.
    pub page_marks: usize,
    /// Bytes of the unpacked instructions of one page.
    pub page_bytes: usize,
}

impl Default for Limits {
    /// 64 MiB a file, 64 KiB a line, 40,000 lines, 30,000 cells, 3,000 pages of 200,000 marks: some ten
    /// times the largest report seen, and so few that a file of 10 MB stays within three times its size in memory.
    fn default() -> Self {
        Limits { bytes: 64 << 20, line_bytes: 64 << 10, lines: 40_000, cells: 30_000, pages: 3_000, letters: 1_500_000, page_marks: 200_000, page_bytes: 32 << 20 }
    }
}

/// Reads the files of one report, in the order given.
pub fn read(files: Vec<(String, Vec<u8>)>, limits: &Limits) -> Document {
    let mut document = Document::default();
    for (path, bytes) in files {
        if bytes.starts_with(b"%PDF") {
            from_pdf::read_pdf(&mut document, path, bytes, limits);
        } else {
            from_text::read_text(&mut document, path, bytes, limits);
        }
    }
    document
}
