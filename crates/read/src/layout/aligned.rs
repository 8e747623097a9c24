//! Tables without lines: columns that are told by the white between them.

use super::grid::Grid;
use super::ink::{Ink, is_number, is_of_number, write_line};
use super::lines::{Line, area_over, middle_of};
use crate::document::{Area, Merge};
use crate::sheet::Letter;

/// White that parts two cells of a line, in hundredths of the size of its letters.
const GAP: i32 = 60;
/// Lines of a head above the first row of numbers that are looked at.
const HEAD_LINES: usize = 6;

/// A line of print with its parts.
struct Parted<'a> {
    line: &'a Line,
    chunks: Vec<&'a [Letter]>,
    numbers: usize,
}

impl<'a> Parted<'a> {
    fn new(line: &'a Line) -> Parted<'a> {
        let chunks = line.chunks(GAP).into_iter().flat_map(apart).collect::<Vec<_>>();
        let numbers = chunks.iter().filter(|chunk| is_number(chunk)).count();
        Parted { line, chunks, numbers }
    }

    /// A row of a table: words or numbers beside a number.
    fn is_row(&self) -> bool {
        self.numbers >= 1 && self.chunks.len() >= 2 && !self.has_leader() && !self.is_sentence()
    }

    /// Running text has commas and full stops; the cells of a table hardly ever.
    fn is_sentence(&self) -> bool {
        self.line.letters.iter().any(|letter| matches!(letter.character, '，' | '。'))
    }

    /// A line of the contents has dots up to its number.
    fn has_leader(&self) -> bool {
        let text = self.line.text();
        text.contains("....") || text.contains("……") || text.contains("····") || text.contains("．．．")
    }

    /// 部门：某某局    单位：万元 stands above a table and is no head of it.
    fn is_caption(&self) -> bool {
        self.line.letters.iter().any(|letter| matches!(letter.character, '：' | ':'))
    }

    fn ends_sentence(&self) -> bool {
        self.line.letters.last().is_some_and(|letter| matches!(letter.character, '。' | '；' | ';'))
    }
}

/// A number and words that nearly touch are two cells: amounts stand at the right of theirs, labels
/// at the left.
fn apart(chunk: &[Letter]) -> Vec<&[Letter]> {
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 1..chunk.len() {
        let (before, here) = (&chunk[at - 1], &chunk[at]);
        let gap = here.area.left - before.area.right;
        let turns = is_of_number(before.character) != is_of_number(here.character);
        let number =
            is_number(&chunk[start..at]) && at - start >= 3 || is_number(&chunk[at..]) && chunk.len() - at >= 3;
        if turns && number && gap * 100 > 15 * here.size {
            parts.push(&chunk[start..at]);
            start = at;
        }
    }
    parts.push(&chunk[start..]);
    parts
}

/// The tables among the lines of a page, and the lines that are in none.
pub(super) fn aligned(lines: Vec<Line>) -> (Vec<Grid>, Vec<Line>) {
    let parted: Vec<Parted> = lines.iter().map(Parted::new).collect();
    let mut grids = Vec::new();
    let mut in_table = vec![false; lines.len()];
    let mut at = 0;
    while at < parted.len() {
        if !parted[at].is_row() {
            at += 1;
            continue;
        }
        let end = zone_end(&parted, at);
        let rows: Vec<usize> = (at..end).filter(|row| parted[*row].is_row()).collect();
        let floor = in_table.iter().rposition(|taken| *taken).map_or(0, |last| last + 1);
        let start = head_start(&parted, floor, at);
        if is_table(&parted, &rows, at - start) {
            let last = tail_end(&parted, &rows, end);
            grids.push(grid_of(&parted[start..last], at - start));
            in_table[start..last].iter_mut().for_each(|taken| *taken = true);
            at = last;
        } else {
            at = end;
        }
    }
    drop(parted);
    let mut kept = in_table.iter();
    let mut rest = lines;
    rest.retain(|_| kept.next().is_some_and(|taken| !taken));
    (grids, rest)
}

/// Where the run of rows ends: before a sentence, a caption, or too much that is no row.
fn zone_end(parted: &[Parted], start: usize) -> usize {
    let (mut end, mut last) = (start + 1, start);
    while end < parted.len() && end - last <= 12 {
        let here = &parted[end];
        let gap = here.line.area.top - parted[end - 1].line.area.bottom;
        let wide = here.chunks.len() == 1 && here.line.letters.len() > 40;
        if here.is_caption() || here.ends_sentence() || wide || gap > 6 * here.line.size || here.has_leader() {
            break;
        }
        if here.is_row() {
            last = end;
        }
        end += 1;
    }
    last + 1
}

/// Lines above the first row that are heads: of several parts, close together.
fn head_start(parted: &[Parted], floor: usize, first: usize) -> usize {
    let mut start = first;
    while start > floor && first - start < HEAD_LINES {
        let (here, below) = (&parted[start - 1], &parted[start]);
        let gap = below.line.area.top - here.line.area.bottom;
        let single = here.chunks.len() == 1 && here.line.letters.len() > 12;
        if here.is_caption() || here.ends_sentence() || here.has_leader() || gap > 4 * below.line.size || single {
            break;
        }
        start -= 1;
    }
    // What stands alone at the top is the title, not a head.
    while start < first && parted[start].chunks.len() == 1 {
        start += 1;
    }
    start
}

/// Lines below the last row that belong to it: the rest of a name that was broken.
fn tail_end(parted: &[Parted], rows: &[usize], end: usize) -> usize {
    let pitch = pitch_of(parted, rows);
    let mut last = end;
    while last < parted.len() {
        let here = &parted[last];
        let near = here.line.baseline - parted[last - 1].line.baseline <= pitch * 5 / 4;
        let short = here.chunks.len() == 1 && here.line.letters.len() <= 20;
        if !near || !short || here.is_caption() || here.ends_sentence() {
            break;
        }
        last += 1;
    }
    last
}

/// Rows that make a table: not the contents, not a sentence that holds a number by itself.
fn is_table(parted: &[Parted], rows: &[usize], head: usize) -> bool {
    let of = |row: &usize| &parted[*row];
    let numbers: usize = rows.iter().map(|row| of(row).numbers).sum();
    let page_numbers = rows.iter().all(|row| {
        let last = of(row).chunks.last().expect("a row has parts");
        of(row).numbers == 1 && last.len() <= 3 && last.iter().all(|letter| letter.character.is_ascii_digit())
    });
    if page_numbers && rows.len() >= 2 && head == 0 {
        return false;
    }
    rows.len() >= 3 || rows.len() == 2 && numbers >= 2 || head >= 1 && numbers >= 2
}

/// The usual distance between lines from the first row to the last.
fn pitch_of(parted: &[Parted], rows: &[usize]) -> i32 {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return 0 };
    let mut steps: Vec<i32> =
        parted[*first..=*last].windows(2).map(|pair| pair[1].line.baseline - pair[0].line.baseline).collect();
    if steps.is_empty() { parted[*first].line.size * 2 } else { middle_of(&mut steps) }
}

/// The grid of a zone whose first `head` lines are the head.
fn grid_of(zone: &[Parted], head: usize) -> Grid {
    let columns = columns_of(zone, head);
    let rows: Vec<usize> = (head..zone.len()).filter(|row| zone[*row].is_row()).collect();
    let pitch = pitch_of(zone, &rows);
    let lines = zone.iter().map(|parted| parted.line);
    let area = lines.clone().skip(1).fold(zone[0].line.area, |area, line| area.over(&line.area));
    let mut grid = Grid { area, edges: edges_of(&columns, area), ..Grid::default() };
    let mut base = i32::MIN;
    for (at, parted) in zone.iter().enumerate() {
        let cells = cells_of(&columns, parted);
        let joins = at > head && !parted.is_row() && {
            let to_last = parted.line.baseline - base;
            let to_next = zone[at + 1..]
                .iter()
                .find(|next| next.is_row())
                .map_or(i32::MAX, |next| next.line.baseline - parted.line.baseline);
            to_last < to_next && to_last * 100 < pitch * 70
        };
        let waits = at >= head && !parted.is_row() && !joins && {
            zone.get(at + 1)
                .is_some_and(|next| next.is_row() && (next.line.baseline - parted.line.baseline) * 100 < pitch * 70)
        };
        if joins {
            let row = grid.rows.last_mut().expect("there is a row above");
            append(row, cells);
            continue;
        }
        let after_waiting = grid.rows.last().is_some() && base == i32::MAX;
        if after_waiting {
            let row = grid.rows.last_mut().expect("the row that waits");
            append(row, cells);
        } else {
            let mut row = vec![Vec::new(); columns.len()];
            let number = grid.rows.len() as u32;
            for (first, count, inks) in cells {
                if count > 1 {
                    grid.merges.push(Merge { row: number, column: first as u32, rows: 1, columns: count as u32 });
                }
                write_cell(&mut row[first], inks);
            }
            grid.rows.push(row);
        }
        base = if waits { i32::MAX } else { parted.line.baseline };
    }
    grid
}

fn append(row: &mut [Vec<Ink>], cells: Vec<(usize, usize, Vec<Ink>)>) {
    for (first, _, inks) in cells {
        write_cell(&mut row[first], inks);
    }
}

fn write_cell(cell: &mut Vec<Ink>, inks: Vec<Ink>) {
    let digits = |ink: Option<&Ink>| ink.is_some_and(|ink| super::ink::is_of_number(ink.character));
    if digits(cell.last()) && digits(inks.first()) {
        cell.push(Ink::added(super::ink::APART));
    }
    cell.extend(inks);
}

/// From where to where each column reaches: what the parts of the rows cover, put together;
/// a head that stands over no column has one of its own.
fn columns_of(zone: &[Parted], head: usize) -> Vec<(i32, i32)> {
    let rows = zone[head..].iter().filter(|parted| parted.is_row());
    let mut spans: Vec<(i32, i32)> = rows.flat_map(|parted| parted.chunks.iter().map(|chunk| span(chunk))).collect();
    let mut columns = put_together(&mut spans);
    for parted in zone[..head].iter().rev() {
        let over = |column: &(i32, i32), chunk: &[Letter]| span(chunk).0 < column.1 && column.0 < span(chunk).1;
        for chunk in &parted.chunks {
            if columns.iter().any(|column| over(column, chunk)) {
                continue;
            }
            let (left, right) = span(chunk);
            // A head in the middle of its column misses amounts that stand at the right of theirs.
            let bare = |column: &&mut (i32, i32)| !parted.chunks.iter().any(|other| over(column, other));
            let away = |column: &(i32, i32)| (column.0 - right).max(left - column.1);
            let near = columns.iter_mut().filter(bare).min_by_key(|column| away(column));
            match near.filter(|column| away(column) < 8 * parted.line.size) {
                Some(column) => *column = (column.0.min(left), column.1.max(right)),
                None => columns.push((left, right)),
            }
            columns.sort_unstable();
        }
    }
    put_together(&mut columns)
}

fn span(chunk: &[Letter]) -> (i32, i32) {
    let area = area_over(chunk);
    (area.left, area.right)
}

fn put_together(spans: &mut [(i32, i32)]) -> Vec<(i32, i32)> {
    spans.sort_unstable();
    let mut columns: Vec<(i32, i32)> = Vec::new();
    for (left, right) in spans.iter() {
        match columns.last_mut() {
            Some((_, end)) if *left < *end => *end = (*end).max(*right),
            _ => columns.push((*left, *right)),
        }
    }
    columns
}

/// Edges of columns: half way between them.
fn edges_of(columns: &[(i32, i32)], area: Area) -> Vec<i32> {
    let between = columns.windows(2).map(|pair| (pair[0].1 + pair[1].0) / 2);
    std::iter::once(area.left).chain(between).chain([area.right]).collect()
}

/// The parts of a line by column: first column, how many it reaches over, text.
fn cells_of(columns: &[(i32, i32)], parted: &Parted) -> Vec<(usize, usize, Vec<Ink>)> {
    let mut cells: Vec<(usize, usize, Vec<Letter>)> = Vec::new();
    for chunk in &parted.chunks {
        let (left, right) = span(chunk);
        let under = |(from, to): &(i32, i32)| left < *to && *from < right;
        let first = columns.iter().position(under).unwrap_or_else(|| nearest(columns, (left + right) / 2));
        let count = columns[first..].iter().take_while(|column| under(column)).count().max(1);
        match cells.last_mut() {
            Some((known, reach, letters)) if first < *known + *reach => {
                *reach = (*reach).max(first + count - *known);
                letters.extend_from_slice(chunk);
            }
            _ => cells.push((first, count, chunk.to_vec())),
        }
    }
    let write = |(first, count, letters): (usize, usize, Vec<Letter>)| {
        let mut inks = Vec::new();
        write_line(&letters, &mut inks);
        (first, count, inks)
    };
    cells.into_iter().map(write).collect()
}

fn nearest(columns: &[(i32, i32)], middle: i32) -> usize {
    let away = |(from, to): &(i32, i32)| ((from + to) / 2 - middle).abs();
    (0..columns.len()).min_by_key(|at| away(&columns[*at])).unwrap_or(0)
}
