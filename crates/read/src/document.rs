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
    /// The pages, where the format has pages.
    pub pages: Vec<Page>,
    /// Where each character stands on its page, in the order of the text; empty where the
    /// format has no pages.
    pub glyphs: Vec<Glyph>,
    /// What the format itself calls a place (`表1!C7` in a workbook), by the byte where the
    /// place begins, in order; empty where the format names no places.
    pub cell_names: Vec<(u32, String)>,
    line_starts: Vec<u32>,
}

/// A rectangle in hundredths of a point, from the upper left corner of the page as shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Lower edge.
    pub bottom: i32,
}

/// A page of a file.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Width as shown, in hundredths of a point.
    pub width: i32,
    /// Height as shown, in hundredths of a point.
    pub height: i32,
    /// Straight lines drawn on the page, as thin rectangles.
    pub rulings: Vec<Area>,
}

/// A character of the text on its page.
#[derive(Clone, Copy, Debug)]
pub struct Glyph {
    /// The byte where the character begins in the text.
    pub start: u32,
    /// The page, from 1.
    pub page: u32,
    /// Where it stands.
    pub area: Area,
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
    /// The rows, heads included. A cell that reaches over others stands in its upper left
    /// place; the places it covers hold empty cells.
    pub rows: Vec<Row>,
    /// Cells that reach over several rows or columns, as far as the format tells.
    pub merges: Vec<Merge>,
}

/// A cell that reaches over several rows or columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Row of its upper left place, from 0.
    pub row: u32,
    /// Column of its upper left place, from 0.
    pub column: u32,
    /// Number of rows, at least 1.
    pub rows: u32,
    /// Number of columns, at least 1.
    pub columns: u32,
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

impl Area {
    /// The smallest rectangle over both.
    pub fn over(&self, other: &Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// `next` stands on the same line of print, not far to the right.
    fn goes_on(&self, next: &Area) -> bool {
        let middle = (next.top + next.bottom) / 2;
        let height = (next.bottom - next.top).max(100);
        (self.top..=self.bottom).contains(&middle) && next.left >= self.left && next.left - self.right <= 3 * height
    }

    /// Width, in hundredths of a point.
    pub fn width(&self) -> i32 {
        self.right - self.left
    }

    /// Height, in hundredths of a point.
    pub fn height(&self) -> i32 {
        self.bottom - self.top
    }
}

impl SourceFile {
    /// A file with its text.
    pub(crate) fn new(path: String, text: String) -> SourceFile {
        let line_starts = line_starts(&text);
        SourceFile { path, text, line_starts, pages: Vec::new(), glyphs: Vec::new(), cell_names: Vec::new() }
    }

    /// Forgets the text from a byte on.
    pub(crate) fn cut(&mut self, from: u32) {
        self.text.truncate(from as usize);
        self.text.shrink_to_fit();
        self.line_starts.retain(|start| *start <= from);
        self.line_starts.shrink_to_fit();
    }

    /// Number of pages, where the format has pages.
    pub fn page_count(&self) -> Option<u32> {
        (!self.pages.is_empty()).then_some(self.pages.len() as u32)
    }

    /// The page of a byte, from 1.
    pub fn page_of(&self, byte: u32) -> Option<u32> {
        let next = self.glyphs.partition_point(|glyph| glyph.start < byte);
        self.glyphs.get(next).or(self.glyphs.last()).map(|glyph| glyph.page)
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
        Location { line: line as u32 + 1, column: before.chars().count() as u32 + 1, page: file.page_of(span.start) }
    }

    /// What the format itself calls the place: sheet and cell of a workbook.
    pub fn cell_name(&self, span: Span) -> Option<&str> {
        let names = &self.files.get(usize::from(span.file))?.cell_names;
        let after = names.partition_point(|(start, _)| *start <= span.start);
        after.checked_sub(1).map(|at| names[at].1.as_str())
    }

    /// Where a place stands on its pages: a rectangle for each line of print, with the page.
    pub fn areas(&self, span: Span) -> Vec<(u32, Area)> {
        let Some(file) = self.files.get(usize::from(span.file)) else { return Vec::new() };
        let first = file.glyphs.partition_point(|glyph| glyph.start < span.start);
        let mut areas: Vec<(u32, Area)> = Vec::new();
        for glyph in file.glyphs[first..].iter().take_while(|glyph| glyph.start < span.end) {
            match areas.last_mut() {
                Some((page, area)) if *page == glyph.page && area.goes_on(&glyph.area) => {
                    *area = area.over(&glyph.area)
                }
                _ => areas.push((glyph.page, glyph.area)),
            }
        }
        areas
    }

    /// The text of a place on one line: line ends and runs of blanks become one blank.
    pub fn quote(&self, span: Span) -> String {
        self.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A copy in which a place reads otherwise; what stands behind it moves along.
    ///
    /// The new characters stand where the old ones stood, one for one, and what is left over on
    /// the last of them. A place that is no part of a file changes nothing.
    pub fn with_text(&self, place: Span, new: &str) -> Document {
        let mut changed = self.clone();
        let Some(file) = changed.files.get_mut(usize::from(place.file)) else { return changed };
        let (start, end) = (place.start as usize, place.end as usize);
        if file.text.get(start..end).is_none() {
            return changed;
        }
        file.text.replace_range(start..end, new);
        file.line_starts = line_starts(&file.text);
        let moved = Moved { place, length: new.len() as u32 };
        file.cell_names.iter_mut().for_each(|(start, _)| *start = moved.byte(*start));
        file.glyphs = moved.glyphs(&file.glyphs, new);
        for block in &mut changed.blocks {
            match block {
                Block::Paragraph(span) => moved.span(span),
                Block::Table(table) => {
                    table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| moved.span(cell))
                }
            }
        }
        changed
    }

    /// The number that a further file will have.
    pub(crate) fn next_file(&self) -> FileId {
        self.files.len() as FileId
    }
}

/// The bytes where the lines of a text begin.
fn line_starts(text: &str) -> Vec<u32> {
    let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
    std::iter::once(0).chain(starts).collect()
}

/// Where a byte stands after a place was given a text of another length.
struct Moved {
    place: Span,
    length: u32,
}

impl Moved {
    fn byte(&self, byte: u32) -> u32 {
        if byte >= self.place.end {
            byte - (self.place.end - self.place.start) + self.length
        } else {
            byte.min(self.place.start + self.length)
        }
    }

    fn span(&self, span: &mut Span) {
        // An empty place at either edge stays on its side: only what reaches beyond the start moves.
        if span.file == self.place.file && span.end > self.place.start {
            (span.start, span.end) = (self.byte(span.start), self.byte(span.end));
        }
    }

    fn glyphs(&self, old: &[Glyph], new: &str) -> Vec<Glyph> {
        let first = old.partition_point(|glyph| glyph.start < self.place.start);
        let after = old.partition_point(|glyph| glyph.start < self.place.end);
        let stood = &old[first..after];
        let marks = new.char_indices().filter(|(_, character)| !character.is_whitespace());
        let here = marks.enumerate().filter_map(|(at, (byte, _))| {
            let glyph = stood.get(at).or(stood.last())?;
            Some(Glyph { start: self.place.start + byte as u32, ..*glyph })
        });
        let behind = old[after..].iter().map(|glyph| Glyph { start: self.byte(glyph.start), ..*glyph });
        old[..first].iter().copied().chain(here).chain(behind).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span { file: 0, start, end }
    }

    /// Two cells of a row and a line of prose, a glyph for each character.
    fn sample() -> Document {
        let mut file = SourceFile::new("a.pdf".into(), "甲\t12\n共12元\n".into());
        let area = |at: usize| Area { left: at as i32, top: 0, right: at as i32 + 1, bottom: 1 };
        let marks = file.text.char_indices().filter(|(_, character)| !character.is_whitespace());
        file.glyphs = marks.map(|(at, _)| Glyph { start: at as u32, page: 1, area: area(at) }).collect();
        file.cell_names = vec![(0, "A1".into()), (4, "B1".into()), (7, "A2".into())];
        let row = Row { cells: vec![span(0, 3), span(4, 6)] };
        let table = Table { rows: vec![row], merges: Vec::new() };
        Document {
            files: vec![file],
            blocks: vec![Block::Table(table), Block::Paragraph(span(7, 15))],
            issues: Vec::new(),
        }
    }

    #[test]
    fn what_stands_behind_a_changed_place_moves_along() {
        for (new, glyphs) in [("1234", 9), ("7", 6), ("", 5), ("98", 7)] {
            let changed = sample().with_text(span(4, 6), new);
            let Block::Table(table) = &changed.blocks[0] else { panic!("the table is gone") };
            let Block::Paragraph(paragraph) = changed.blocks[1] else { panic!("the paragraph is gone") };
            assert_eq!(table.rows[0].cells.iter().map(|cell| changed.slice(*cell)).collect::<Vec<_>>(), ["甲", new]);
            assert_eq!(changed.slice(paragraph), "共12元");
            assert_eq!((changed.locate(paragraph).line, changed.cell_name(paragraph)), (2, Some("A2")));
            assert_eq!(changed.files[0].glyphs.len(), glyphs, "{new}");
            assert_eq!(changed.areas(paragraph), sample().areas(span(7, 15)));
        }
    }

    #[test]
    fn a_place_that_is_nowhere_changes_nothing() {
        for place in [span(4, 99), span(1, 2), Span { file: 3, ..span(0, 1) }] {
            assert_eq!(sample().with_text(place, "5").files[0].text, sample().files[0].text);
        }
    }
}
