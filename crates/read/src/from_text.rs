//! Plain text: paragraphs, and tables whose columns are separated by tabs.
//!
//! Published texts are cut by page ends and line ends anywhere. A table goes on over blank
//! lines and page numbers; a paragraph goes on when its line does not end a sentence and
//! the next one does not begin something.

use crate::Limits;
use crate::decode::decode;
use crate::document::{Block, Document, Row, SourceFile, Table};
use crate::issue::{Issue, IssueKind};
use crate::words::{begins_something, is_caption, is_digit};
use gouji_model::{FileId, Span};

/// Adds a text file to the document.
pub(crate) fn read_text(document: &mut Document, path: String, bytes: Vec<u8>, limits: &Limits) {
    let file = document.next_file();
    let size = bytes.len() as u64;
    let decoded = if size > limits.bytes {
        Err(IssueKind::FileTooLarge { bytes: size, limit: limits.bytes })
    } else {
        decode(bytes)
    };
    let (text, problem) = match decoded {
        Ok(text) => (text, None),
        Err(kind) => (String::new(), Some(kind)),
    };
    document.files.push(SourceFile::new(path, text));
    if let Some(kind) = problem {
        document.issues.push(Issue { file, line: None, page: None, kind });
        return;
    }
    let mut builder = Builder { blocks: Vec::new(), issues: Vec::new(), gap: false, in_contents: false, cells: 0 };
    let source = &mut document.files[usize::from(file)];
    if let Some(cut) = builder.read_lines(source, file, limits) {
        // What lies beyond a limit is not kept: it is not read.
        source.cut(cut);
    }
    document.blocks.append(&mut builder.blocks);
    document.issues.append(&mut builder.issues);
}

/// The blocks of one file as they grow.
struct Builder {
    blocks: Vec<Block>,
    issues: Vec<Issue>,
    /// A blank line stands since the last block.
    gap: bool,
    /// The last line was of the table of contents.
    in_contents: bool,
    cells: usize,
}

impl Builder {
    /// Reads line after line; returns where reading stopped when a limit was reached.
    fn read_lines(&mut self, source: &SourceFile, file: FileId, limits: &Limits) -> Option<u32> {
        for index in 0..source.line_count() {
            let line = source.line(index);
            if index >= limits.lines {
                self.report(file, index, IssueKind::TooManyLines { limit: limits.lines });
                return Some(source.line_start(index));
            }
            if line.len() > limits.line_bytes {
                self.report(file, index, IssueKind::LineTooLong { bytes: line.len(), limit: limits.line_bytes });
                continue;
            }
            let start = source.line_start(index);
            let whole = Span { file, start, end: start + line.len() as u32 };
            if line.contains('\t') && !self.is_contents_line(line) {
                self.cells += line.matches('\t').count() + 1;
                if self.cells > limits.cells {
                    self.report(file, index, IssueKind::TooManyCells { limit: limits.cells });
                    return Some(start);
                }
                self.add_row(source, whole, line);
            } else if trim(line).is_empty() {
                self.gap = true;
            } else if !is_page_number(line) {
                self.add_line(source, trimmed_span(whole, line), trim(line));
            }
        }
        None
    }

    fn report(&mut self, file: FileId, index: usize, kind: IssueKind) {
        self.issues.push(Issue { file, line: Some(index as u32 + 1), page: None, kind });
    }

    /// A line of the contents: heading, leader dots, page number.
    fn is_contents_line(&self, line: &str) -> bool {
        let Some((heading, page)) = line.trim_end().rsplit_once('\t') else { return false };
        let numbered = !page.trim().is_empty() && page.trim().chars().all(is_digit);
        let leader = heading.trim_end().ends_with(['.', '…', '·', '．']);
        numbered && !heading.contains('\t') && (leader || self.in_contents && begins_something(heading.trim()))
    }

    fn add_row(&mut self, source: &SourceFile, whole: Span, line: &str) {
        let mut start = whole.start;
        let mut row = Row::default();
        for cell in line.split('\t') {
            row.cells.push(trimmed_span(Span { file: whole.file, start, end: start + cell.len() as u32 }, cell));
            start += cell.len() as u32 + 1;
        }
        let gap = std::mem::take(&mut self.gap);
        self.in_contents = false;
        match self.blocks.last_mut() {
            Some(Block::Table(table)) if !gap || goes_on(source, table, &row) => table.rows.push(row),
            _ => self.blocks.push(Block::Table(Table { rows: vec![row], merges: Vec::new() })),
        }
    }

    fn add_line(&mut self, source: &SourceFile, span: Span, line: &str) {
        self.gap = false;
        let contents_line =
            line.ends_with(is_digit) && (line.contains("...") || line.contains('…') || line.contains('\t'));
        let starts_contents = line.chars().filter(|c| !c.is_whitespace()).eq("目录".chars());
        let joins = !contents_line && !self.in_contents && !begins_something(line) && !is_caption(line);
        self.in_contents = contents_line || starts_contents;
        if let Some(Block::Paragraph(last)) = self.blocks.last_mut() {
            let before = &source.text[last.start as usize..last.end as usize];
            if joins && is_open(before) {
                *last = last.to(span);
                return;
            }
        }
        self.blocks.push(Block::Paragraph(span));
    }
}

/// A table goes on after a blank line when the row has as many cells and does not look
/// like the head of another table.
fn goes_on(source: &SourceFile, table: &Table, row: &Row) -> bool {
    let text = |cell: &Span| &source.text[cell.start as usize..cell.end as usize];
    let first = &table.rows[0];
    if first.cells.len() != row.cells.len() {
        return false;
    }
    let has_digit = |row: &Row| row.cells.iter().any(|cell| text(cell).chars().any(is_digit));
    let repeated = first.cells.iter().zip(&row.cells).all(|(a, b)| text(a) == text(b));
    let filled = row.cells.iter().filter(|cell| cell.start < cell.end).count();
    let looks_like_head = filled >= 2 && filled == row.cells.len();
    let data_before = table.rows.iter().skip(1).any(has_digit);
    repeated || has_digit(row) || !looks_like_head || !data_before
}

/// The paragraph has not come to the end of a sentence and is no heading.
pub(crate) fn is_open(paragraph: &str) -> bool {
    let last_line = paragraph.rsplit('\n').next().unwrap_or(paragraph).trim();
    let ended = paragraph.trim_end().ends_with(['。', '；', '：', '！', '？', ';', ':', '!', '?']);
    let is_one_line = !paragraph.contains('\n');
    let closed = ended || is_caption(last_line) || is_one_line && is_heading(last_line);
    !closed
}

/// A heading: it has no clauses, and it begins with a number or ends like a title.
fn is_heading(line: &str) -> bool {
    let length = line.chars().count();
    let clauses = line.contains(['，', ',', '；', ';', '。']);
    let titles = ["报告", "目录", "说明", "情况", "概况", "表", "部分", "预算", "决算", "公开", "局", "委", "办"];
    let titled = length <= 22 && titles.iter().any(|end| line.ends_with(end));
    !clauses && (titled || length <= 44 && begins_something(line))
}

/// A page number on a line of its own: `12`, `- 12 -`, `—12—`, `第 12 页`.
fn is_page_number(line: &str) -> bool {
    let inner = line.trim().trim_matches(|c: char| "-—–－ 第页/".contains(c) || c.is_whitespace());
    !inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || character == '\u{feff}' || character == '\u{a0}'
}

pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The span without the blanks at both ends of its text.
fn trimmed_span(span: Span, text: &str) -> Span {
    let front = text.len() - text.trim_start_matches(is_blank).len();
    let body = trim(text).len();
    Span { file: span.file, start: span.start + front as u32, end: span.start + (front + body) as u32 }
}
