//! Pieces of pages to the text of a file: paragraphs and tables, also those that go on over pages.

use super::grid::Grid;
use super::ink::{Ink, is_digit, write_line};
use super::lines::Line;
use crate::Limits;
use crate::document::{Area, Block, Glyph, Merge, Row, SourceFile, Table};
use crate::issue::{Issue, IssueKind};
use crate::sheet::as_shown;
use crate::words::{begins_something, is_caption};
use gouji_model::{FileId, Span};

/// A table or a line of a page.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Table(Grid),
    Line(Line),
}

/// Which page a piece stands on: number, quarter turns, width and height as shown.
type PageOf = (u32, u8, (i32, i32));

/// A paragraph or a table as it grows.
enum Growing {
    Paragraph { lines: Vec<(PageOf, Line)>, right: i32 },
    Table { parts: Vec<(PageOf, usize)>, grid: Grid },
}

/// From where to where the running text of a page reaches.
#[derive(Clone, Copy)]
struct Body {
    left: i32,
    right: i32,
}

/// The pieces of all pages.
pub(super) struct Flow<'l> {
    file: FileId,
    limits: &'l Limits,
    pages: Vec<(PageOf, i32, Vec<Piece>)>,
}

impl<'l> Flow<'l> {
    pub(super) fn new(file: FileId, limits: &'l Limits) -> Flow<'l> {
        Flow { file, limits, pages: Vec::new() }
    }

    pub(super) fn add_page(&mut self, page: PageOf, height: i32, pieces: Vec<Piece>) {
        self.pages.push((page, height, pieces));
    }

    /// The file with its text, and its blocks.
    pub(super) fn finish(mut self, path: String, issues: &mut Vec<Issue>) -> (SourceFile, Vec<Block>) {
        let running = running_lines(&self.pages);
        let mut growing: Vec<Growing> = Vec::new();
        for (page, height, pieces) in std::mem::take(&mut self.pages) {
            let body = body_of(&pieces);
            let first = growing.len();
            for piece in pieces {
                match piece {
                    Piece::Line(line) if is_running(&line, height, &running) => {}
                    Piece::Line(line) => add_line(&mut growing, page, line, body),
                    Piece::Table(grid) => add_table(&mut growing, page, grid, first),
                }
            }
        }
        let mut writer = Writer::new(self.file, self.limits);
        for block in growing {
            if !writer.write(block) {
                let page = writer.glyphs.last().map(|glyph| glyph.page);
                let kind = IssueKind::TooManyCells { limit: self.limits.cells };
                issues.push(Issue { file: self.file, line: None, page, kind });
                break;
            }
        }
        writer.finish(path)
    }
}

/// The edges of the running text of a page, as its long lines show them.
fn body_of(pieces: &[Piece]) -> Body {
    let long = pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) if line.letters.len() >= 10 => Some(line.area),
        _ => None,
    });
    let left = long.clone().map(|area| area.left).min().unwrap_or(i32::MIN / 2);
    Body { left, right: long.map(|area| area.right).max().unwrap_or(i32::MAX) }
}

/// Lines that stand at one height on most pages: running heads.
fn running_lines(pages: &[(PageOf, i32, Vec<Piece>)]) -> Vec<(String, i32)> {
    if pages.len() < 4 {
        return Vec::new();
    }
    let mut seen: std::collections::BTreeMap<(String, i32), usize> = std::collections::BTreeMap::new();
    for (_, height, pieces) in pages {
        for piece in pieces {
            if let Piece::Line(line) = piece
                && is_at_edge(line, *height)
            {
                *seen.entry((line.text(), line.baseline / 300)).or_default() += 1;
            }
        }
    }
    seen.into_iter().filter(|(_, count)| *count >= 3 && *count * 2 > pages.len()).map(|(key, _)| key).collect()
}

/// In the upper or lower tenth of the page.
fn is_at_edge(line: &Line, height: i32) -> bool {
    line.baseline * 10 < height || line.baseline * 10 > height * 9
}

/// A running head or a page number.
fn is_running(line: &Line, height: i32, running: &[(String, i32)]) -> bool {
    if !is_at_edge(line, height) {
        return false;
    }
    let text = line.text();
    let inner: String = text.chars().filter(|c| !"-—–－_~·.第页共/|".contains(*c)).collect();
    let number = !inner.is_empty() && inner.chars().count() <= 6 && inner.chars().all(is_digit);
    let alone = text.chars().count() <= 12 && !text.contains('.');
    number && alone || running.iter().any(|(known, _)| *known == text)
}

/// Adds a line to the paragraph it goes on, or begins a new one.
fn add_line(growing: &mut Vec<Growing>, page: PageOf, line: Line, body: Body) {
    for part in parts_of(line) {
        if let Some(Growing::Paragraph { lines, right }) = growing.last_mut()
            && goes_on(lines, *right, page, &part, body.left)
        {
            lines.push((page, part));
            *right = body.right;
            continue;
        }
        growing.push(Growing::Paragraph { lines: vec![(page, part)], right: body.right });
    }
}

/// A line with very wide white in it is several: 部门：某某局          单位：万元.
fn parts_of(line: Line) -> Vec<Line> {
    let chunks = line.chunks(500);
    if chunks.len() < 2 || line.text().contains("...") || line.text().contains('…') {
        return vec![line];
    }
    chunks.into_iter().flat_map(|chunk| super::lines::lines_of(chunk.to_vec())).collect()
}

/// The paragraph was broken at the end of a full line, and this line goes on with it.
fn goes_on(lines: &[(PageOf, Line)], right: i32, page: PageOf, line: &Line, left: i32) -> bool {
    let (last_page, last) = lines.last().expect("a paragraph has a line");
    let size = last.size.max(line.size);
    let full = right - last.area.right < (size * 2).max(bracket_width(line));
    let alike = (last.size - line.size).abs() * 8 <= size;
    let text = last.text();
    let ended = text.ends_with(['。', '；', '：', '！', '？', ';', ':', '!', '?']);
    let contents = text.ends_with(is_digit) && (text.contains("...") || text.contains('…'));
    let first_left = lines[0].1.area.left;
    let indented = line.area.left > left + size && line.area.left >= first_left - size / 2;
    let starts = begins_something(&line.text()) && (ended || indented);
    let below = if last_page.0 == page.0 {
        let gap = line.area.top - last.area.bottom;
        gap <= size * 3 && line.area.left < last.area.right
    } else {
        true
    };
    let titled = is_caption(&text) || is_caption(&line.text());
    // A sentence that breaks off goes on, wherever a page or a column ends it.
    let begins = begins_something(&line.text());
    let broken = is_prose(lines) && !ended && !begins;
    // A paragraph begins with an indent: a line without one goes on with it, short as the last may be.
    let outdented = first_left > line.area.left + size * 6 / 5 && !text.ends_with(['。', '；', ';']) && !begins;
    (full || broken || outdented)
        && alike
        && below
        && !contents
        && !titled
        && !starts
        && !(indented && (ended || lines.len() > 1))
}

/// The width of a bracket that a line begins with, and of the mark behind it: they are not broken, so
/// that the line before may end early.
fn bracket_width(line: &Line) -> i32 {
    let letters = &line.letters;
    let opens = letters.first().is_some_and(|letter| matches!(letter.character, '（' | '('));
    let close = letters.iter().take(6).position(|letter| matches!(letter.character, '）' | ')'));
    let Some(close) = close.filter(|_| opens) else { return 0 };
    let marked = letters.get(close + 1).is_some_and(|letter| "。，；：、,;:".contains(letter.character));
    letters[close + usize::from(marked)].area.right - letters[0].area.left
}

/// The lines are sentences, not titles: they have clauses.
fn is_prose(lines: &[(PageOf, Line)]) -> bool {
    let marks = lines.iter().flat_map(|(_, line)| &line.letters);
    marks.filter(|letter| matches!(letter.character, '，' | ',' | '。' | '；' | ';')).count() >= 1
}

/// Adds a table, or puts it to the one that the page end broke; `first` is where the page begins.
/// Between the two parts nothing stands, or the same lines as above the first part.
fn add_table(growing: &mut Vec<Growing>, page: PageOf, grid: Grid, first: usize) {
    let repeated = growing.len() - first;
    let texts = |blocks: &[Growing]| blocks.iter().map(paragraph_text).collect::<Option<Vec<_>>>();
    let before = first.checked_sub(1).filter(|before| {
        let caption = before.checked_sub(repeated).map(|start| texts(&growing[start..*before]));
        matches!(growing[*before], Growing::Table { .. })
            && (repeated == 0 || caption.flatten().is_some_and(|lines| texts(&growing[first..]) == Some(lines)))
    });
    if let Some(before) = before
        && let Growing::Table { parts, grid: above } = &mut growing[before]
        && let Some((last, _)) = parts.last()
        && last.0 < page.0
        && let Some(columns) = same_columns(above, &grid)
    {
        append(above, grid, &columns);
        parts.push((page, above.rows.len()));
        growing.truncate(before + 1);
        return;
    }
    let rows = grid.rows.len();
    growing.push(Growing::Table { parts: vec![(page, rows)], grid });
}

/// The words of a paragraph; `None` for a table.
fn paragraph_text(block: &Growing) -> Option<String> {
    match block {
        Growing::Paragraph { lines, .. } => Some(lines.iter().map(|(_, line)| line.text()).collect()),
        Growing::Table { .. } => None,
    }
}

/// For each column of `below` the column of `above` that stands at the same place; `None` when
/// the two are no parts of one table.
fn same_columns(above: &Grid, below: &Grid) -> Option<Vec<usize>> {
    if !above.spans.is_empty() && !below.spans.is_empty() {
        return common_columns(above, below);
    }
    let wide = above.area.width().max(below.area.width());
    let shift = below.area.left - above.area.left;
    if (above.area.width() - below.area.width()).abs() * 20 > wide {
        return None;
    }
    let near = (wide / 60).max(300);
    let edge = |place: i32| above.edges.iter().position(|edge| (edge + shift - place).abs() <= near);
    let edges: Vec<usize> = below.edges.iter().map(|place| edge(*place)).collect::<Option<_>>()?;
    let rising = edges.windows(2).all(|pair| pair[0] < pair[1]);
    rising.then(|| edges[..edges.len() - 1].to_vec())
}

/// Without lines a column reaches as far as the words and numbers of its page: it is a part of the column
/// above that it has most in common with. The head is repeated, or there is none.
fn common_columns(above: &Grid, below: &Grid) -> Option<Vec<usize>> {
    let column_of = |(left, right): (i32, i32)| {
        let common = |at: &usize| above.spans[*at].1.min(right) - above.spans[*at].0.max(left);
        (0..above.spans.len()).max_by_key(common)
    };
    let columns: Vec<usize> = below.spans.iter().map(|span| column_of(*span)).collect::<Option<_>>()?;
    let texts = |rows: &[Vec<Vec<Ink>>]| -> Vec<String> {
        let cells = rows.iter().flatten().filter(|cell| !cell.is_empty());
        cells.map(|cell| cell.iter().map(|ink| ink.character).collect()).collect()
    };
    let heads = texts(&above.rows[..above.head]);
    let repeated = texts(&below.rows[..below.head]).iter().all(|text| heads.contains(text));
    let rising = columns.windows(2).all(|pair| pair[0] <= pair[1]);
    // Two columns may be parts of one as long as no row has something in both.
    let apart = below.rows[below.head..].iter().all(|row| {
        let filled: Vec<usize> = (0..row.len()).filter(|at| !row[*at].is_empty()).map(|at| columns[at]).collect();
        filled.windows(2).all(|pair| pair[0] < pair[1])
    });
    (repeated && rising && apart).then_some(columns)
}

fn append(above: &mut Grid, below: Grid, columns: &[usize]) {
    let (width, first) = (above.edges.len() - 1, above.rows.len() as u32);
    let at = |column: u32| columns.get(column as usize).copied().unwrap_or(width);
    for merge in &below.merges {
        let (start, end) = (at(merge.column), at(merge.column + merge.columns));
        above.merges.push(Merge {
            row: merge.row + first,
            column: start as u32,
            columns: (end - start).max(1) as u32,
            ..*merge
        });
    }
    for row in below.rows {
        let mut whole = vec![Vec::new(); width];
        for (cell, column) in row.into_iter().zip(columns) {
            whole[*column].extend(cell);
        }
        above.rows.push(whole);
    }
}

/// Writes blocks into the text of a file.
struct Writer<'l> {
    file: FileId,
    limits: &'l Limits,
    text: String,
    glyphs: Vec<Glyph>,
    blocks: Vec<Block>,
    cells: usize,
}

impl<'l> Writer<'l> {
    fn new(file: FileId, limits: &'l Limits) -> Writer<'l> {
        Writer { file, limits, text: String::new(), glyphs: Vec::new(), blocks: Vec::new(), cells: 0 }
    }

    /// Writes a block; false when the limit of cells is reached.
    fn write(&mut self, block: Growing) -> bool {
        match block {
            Growing::Paragraph { lines, .. } => self.write_paragraph(&lines),
            Growing::Table { parts, grid } => {
                self.cells += grid.rows.iter().map(Vec::len).sum::<usize>();
                if self.cells > self.limits.cells {
                    return false;
                }
                self.write_table(&parts, grid);
            }
        }
        true
    }

    fn write_paragraph(&mut self, lines: &[(PageOf, Line)]) {
        let start = self.text.len() as u32;
        for (index, (page, line)) in lines.iter().enumerate() {
            if index > 0 {
                self.text.push('\n');
            }
            let mut inks = Vec::with_capacity(line.letters.len());
            write_line(&line.letters, &mut inks);
            // In running text a blank between digits is only a blank.
            inks.iter_mut().filter(|ink| ink.character == super::APART).for_each(|ink| ink.character = ' ');
            self.write_inks(*page, &inks);
        }
        let end = self.text.len() as u32;
        self.blocks.push(Block::Paragraph(Span { file: self.file, start, end }));
        self.text.push('\n');
    }

    fn write_table(&mut self, parts: &[(PageOf, usize)], grid: Grid) {
        let mut table = Table { rows: Vec::with_capacity(grid.rows.len()), merges: grid.merges };
        for (number, cells) in grid.rows.iter().enumerate() {
            let part = parts.iter().find(|(_, end)| number < *end).or(parts.last());
            let page = part.expect("a table stands on a page").0;
            let mut row = Row { cells: Vec::with_capacity(cells.len()) };
            for (column, inks) in cells.iter().enumerate() {
                if column > 0 {
                    self.text.push('\t');
                }
                let start = self.text.len() as u32;
                self.write_inks(page, inks);
                row.cells.push(Span { file: self.file, start, end: self.text.len() as u32 });
            }
            self.text.push('\n');
            table.rows.push(row);
        }
        self.blocks.push(Block::Table(table));
    }

    fn write_inks(&mut self, (page, turns, size): PageOf, inks: &[Ink]) {
        for ink in inks {
            if let Some(area) = ink.area {
                let area: Area = as_shown(area, turns, turned_size(size, turns));
                self.glyphs.push(Glyph { start: self.text.len() as u32, page, area });
            }
            self.text.push(ink.character);
        }
    }

    fn finish(self, path: String) -> (SourceFile, Vec<Block>) {
        let mut source = SourceFile::new(path, self.text);
        source.glyphs = self.glyphs;
        (source, self.blocks)
    }
}

/// Width and height of the upright sheet.
fn turned_size((width, height): (i32, i32), turns: u8) -> (i32, i32) {
    if turns % 2 == 1 { (height, width) } else { (width, height) }
}
