//! The parts of a report that are no tables: contents, list of tables, headings, paragraphs.

use crate::statement::{Entry, Heading};
use crate::tables::{Captions, split_number};
use crate::words::{compact, numbering};
use gouji_model::Span;
use gouji_read::{Block, Document, Row, Table};

/// The report without its tables.
#[derive(Default)]
pub(crate) struct Structure {
    pub title_lines: Vec<String>,
    pub headings: Vec<Heading>,
    pub contents: Vec<Entry>,
    pub table_list: Vec<Entry>,
    pub table_list_heading: Option<(Span, String)>,
    /// Paragraphs of prose with the heading they stand under.
    pub paragraphs: Vec<(Span, Option<usize>)>,
}

impl Structure {
    /// Sorts the paragraphs of a document.
    pub(crate) fn find(document: &Document, captions: &Captions) -> Structure {
        let mut structure = Structure::default();
        let mut lines: Vec<(Span, String)> = Vec::new();
        for (at, block) in document.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(span) if !captions.taken[at] => lines.push((*span, compact(document.slice(*span)))),
                Block::Table(table) if is_contents(document, table) => {
                    let row = |row: &Row| (row.span(), compact(document.slice(row.span())));
                    lines.extend(table.rows.iter().map(row));
                }
                _ => {}
            }
        }
        let mut at = 0;
        let mut in_contents = false;
        while at < lines.len() {
            let (span, text) = &lines[at];
            if text == "目录" {
                in_contents = true;
            } else if let Some(entry) =
                contents_entry(text, *span, in_contents).filter(|entry| !structure.begins_body(entry))
            {
                structure.contents.push(entry);
            } else if let Some(count) = list_of_tables(&lines[at..]) {
                structure.take_list(&lines, at, count);
                at += count;
                continue;
            } else {
                in_contents = false;
                structure.take_line(*span, text);
            }
            at += 1;
        }
        structure
    }

    /// An entry without a page that the contents already have is the first heading of the body.
    fn begins_body(&self, entry: &Entry) -> bool {
        entry.page.is_none() && self.contents.iter().any(|known| known.text == entry.text)
    }

    fn take_list(&mut self, lines: &[(Span, String)], at: usize, count: usize) {
        let above = at.checked_sub(1).map(|above| &lines[above]);
        if let Some((span, text)) = above.filter(|(_, text)| is_list_heading(text)) {
            self.table_list_heading = Some((*span, text.clone()));
            self.headings.retain(|heading| heading.span != *span);
            self.paragraphs.retain(|(paragraph, _)| paragraph != span);
        }
        for (span, text) in &lines[at..at + count] {
            let (_, title) = split_number(text);
            self.table_list.push(Entry { text: text.clone(), bare: bare(title), page: None, table: None, span: *span });
        }
    }

    fn take_line(&mut self, span: Span, text: &str) {
        if self.headings.is_empty() && self.paragraphs.len() < 12 {
            self.title_lines.push(text.to_string());
        }
        if let Some(heading) = read_heading(text, span) {
            self.headings.push(heading);
        } else {
            self.paragraphs.push((span, self.headings.len().checked_sub(1)));
        }
    }
}

/// Contents set as a table: headings on the left, page numbers on the right.
pub(crate) fn is_contents(document: &Document, table: &Table) -> bool {
    let text = |cell: Option<&Span>| cell.map(|cell| compact(document.slice(*cell))).unwrap_or_default();
    let is_entry = |row: &Row| {
        let (heading, page) = (text(row.cells.first()), text(row.cells.last()));
        let numbered = numbering(&heading).is_some() || heading.ends_with(['.', '…']);
        row.cells.len() <= 3
            && numbered
            && page.len() <= 3
            && !page.is_empty()
            && page.bytes().all(|b| b.is_ascii_digit())
    };
    let entries = table.rows.iter().filter(|row| is_entry(row)).count();
    entries >= 3 && entries * 5 >= table.rows.len() * 4
}

/// A heading without number, brackets in one width, for comparison.
pub(crate) fn bare(compacted: &str) -> String {
    let rest = numbering(compacted).map_or(compacted, |(_, length)| &compacted[length..]);
    rest.trim_end_matches(['.', '…', '·']).to_string()
}

fn read_heading(text: &str, span: Span) -> Option<Heading> {
    let (depth, _) = numbering(text)?;
    let length = text.chars().count();
    let clauses = text.contains([',', ';', '。']) || text.ends_with(':');
    (length <= 44 && !clauses).then(|| Heading { depth, text: text.to_string(), bare: bare(text), span })
}

/// `一、部门主要职能.....1`
fn contents_entry(text: &str, span: Span, in_contents: bool) -> Option<Entry> {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let rest = &text[..text.len() - digits];
    let heading = rest.trim_end_matches(['.', '…', '·', '-', '—']);
    let leader = rest.len() - heading.len() >= 3;
    let known =
        leader || in_contents && numbering(text).is_some() && text.chars().count() <= 44 && !text.contains([',', '。']);
    if heading.is_empty() || !known || digits > 4 || (!leader && digits == 0 && !in_contents) {
        return None;
    }
    let page = text[text.len() - digits..].parse().ok();
    Some(Entry { text: heading.to_string(), bare: bare(heading), page, table: None, span })
}

/// How many lines from here on are entries of the list of tables; at least three.
fn list_of_tables(lines: &[(Span, String)]) -> Option<usize> {
    let is_entry = |text: &str| {
        let (number, title) = split_number(text);
        number.is_some() && title.chars().count() >= 3 && title.chars().count() <= 40
    };
    let count = lines.iter().take_while(|(_, text)| is_entry(text)).count();
    (count >= 3).then_some(count)
}

/// `附表:…`, `附件`, `2019年部门预算表`
fn is_list_heading(text: &str) -> bool {
    text.chars().count() <= 30 && (text.starts_with("附") || text.ends_with('表') || text.ends_with(':'))
}
