//! Tables without lines: columns that are told by the white between them.

mod chunk;
mod columns;
mod heads;
mod rows;

use super::grid::Grid;
use super::ink::{APART, Ink, is_number, is_of_number, write_line};
use super::lines::{Line, middle_of};
use crate::document::Merge;
use crate::sheet::Letter;
use chunk::Chunk;
use columns::{Column, columns_of, cut, edges_of};
use heads::titles_of;
use rows::rows_of;

/// White that parts two cells of a line, in hundredths of the size of its letters.
const GAP: i32 = 60;
/// Lines of a head above the first row of numbers that are looked at.
const HEAD_LINES: usize = 14;

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
        let letters = &self.line.letters;
        letters.iter().enumerate().any(|(at, letter)| {
            // 其中：基本支出 stands in tables.
            let among = at >= 2 && letters[at - 2].character == '其' && letters[at - 1].character == '中';
            matches!(letter.character, '：' | ':') && !among
        })
    }

    /// 一、一般公共服务支出 is a name in a row, 1,234.56 an amount: neither is a head.
    fn is_item(&self) -> bool {
        let text = |chunk: &&[Letter]| chunk.iter().map(|letter| letter.character).collect::<String>();
        let amount = |chunk: &&[Letter]| is_number(chunk) && chunk.iter().any(|letter| ".,".contains(letter.character));
        self.chunks.iter().any(|chunk| crate::words::begins_something(&text(chunk)) || amount(chunk))
    }

    /// 收入预算总表
    fn is_title(&self) -> bool {
        self.chunks.len() == 1 && crate::words::is_caption(&self.line.text())
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
        // 2024年 is one word.
        let turns =
            is_of_number(before.character) != is_of_number(here.character) && !"年月日".contains(here.character);
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
            let names = (start..at).find(|line| parted[*line].is_item()).unwrap_or(at);
            let names = if is_names(&parted[start..names], &parted[names..last]) { start } else { names };
            let (start, head) = match names - start {
                0 => (names_start(&parted, floor, start, last), 0),
                head => (start, head),
            };
            grids.push(grid_of(&parted[start..last], head));
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
        let far = gap > 6 * here.line.size && !is_under(&parted[start..end], here);
        if here.is_caption() || here.ends_sentence() || wide || far || here.has_leader() {
            break;
        }
        if here.is_row() {
            last = end;
        }
        end += 1;
    }
    last + 1
}

/// Below empty rows the sum stands far away from the others, but its numbers end where theirs do.
fn is_under(above: &[Parted], row: &Parted) -> bool {
    let rights = |parted: &Parted| -> Vec<i32> {
        let numbers = parted.chunks.iter().filter(|chunk| is_number(chunk));
        numbers.filter_map(|chunk| chunk.last()).map(|letter| letter.area.right).collect()
    };
    let known: Vec<i32> = above.iter().flat_map(rights).collect();
    let near = |right: &i32| known.iter().any(|other| (right - other).abs() * 2 <= row.line.size);
    row.is_row() && rights(row).iter().any(near)
}

/// Lines above the first row that are heads: of several parts, close together.
fn head_start(parted: &[Parted], floor: usize, first: usize) -> usize {
    let (mut start, mut sure) = (first, None);
    while start > floor && first - start < HEAD_LINES {
        let (here, below) = (&parted[start - 1], &parted[start]);
        let gap = below.line.area.top - here.line.area.bottom;
        let single = here.chunks.len() == 1 && here.line.letters.len() > 12;
        let above = here.is_caption() || here.is_title() || here.ends_sentence() || here.has_leader();
        if above || gap > 4 * below.line.size {
            break;
        }
        sure = sure.or(single.then_some(start));
        start -= 1;
    }
    // What stands alone at the top is the title, not a head, unless it stands under a caption.
    let captioned = start > floor && (parted[start - 1].is_caption() || parted[start - 1].is_title());
    let mut start = sure.filter(|_| !captioned).unwrap_or(start);
    while !captioned && start < first && parted[start].chunks.len() == 1 {
        start += 1;
    }
    start
}

/// Lines above amounts that begin where the names beside them begin are no head.
fn is_names(lines: &[Parted], below: &[Parted]) -> bool {
    let words = |lines: &[Parted]| -> Vec<(i32, i32)> {
        let chunks = lines.iter().flat_map(|line| line.chunks.iter().filter(|chunk| !is_number(chunk)));
        chunks.map(|chunk| (chunk[0].area.left, chunk[0].size)).collect()
    };
    let known = words(below);
    words(lines).iter().all(|(left, size)| known.iter().any(|(other, _)| (left - other).abs() * 3 <= *size))
}

/// A page may begin with names that have no amounts: they stand at the left of their column as those below do.
fn names_start(parted: &[Parted], floor: usize, start: usize, end: usize) -> usize {
    let lefts: Vec<i32> = parted[start..end]
        .iter()
        .flat_map(|line| line.chunks.iter().filter(|chunk| !is_number(chunk)))
        .filter_map(|chunk| chunk.first())
        .map(|letter| letter.area.left)
        .collect();
    let mut first = start;
    while first > floor {
        let (here, below) = (&parted[first - 1], &parted[first]);
        let size = here.line.size;
        let known = |left: i32| {
            lefts.iter().filter(|other| (left - **other).abs() * 3 <= size).count()
                >= if here.is_item() { 1 } else { 2 }
        };
        let aligned = here.chunks.iter().all(|chunk| chunk.len() <= 20 && known(chunk[0].area.left));
        let near = below.line.baseline - here.line.baseline <= size * 2;
        if !aligned || !near || here.is_caption() || here.is_title() || here.is_sentence() || here.has_leader() {
            break;
        }
        first -= 1;
    }
    first
}

/// Lines below the last row that belong to it: the rest of a name that was broken.
fn tail_end(parted: &[Parted], rows: &[usize], end: usize) -> usize {
    let pitch = pitch_of(parted, rows);
    let mut last = end;
    while last < parted.len() {
        let here = &parted[last];
        let near = here.line.baseline - parted[last - 1].line.baseline <= pitch * 5 / 4;
        let short = here.chunks.iter().all(|chunk| chunk.len() <= 20) && !here.is_sentence();
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
    // The sum may stand alone on the last page.
    let sum = rows.len() == 1 && numbers >= 3;
    sum || rows.len() >= 3 || rows.len() == 2 && numbers >= 2 || head >= 1 && numbers >= 2
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
    let chunks = |lines: &[Parted]| -> Vec<Chunk> {
        lines.iter().flat_map(|parted| parted.chunks.iter().map(|chunk| Chunk::new(chunk))).collect()
    };
    let (head, body) = (chunks(&zone[..head]), cut(chunks(&zone[head..])));
    let head: Vec<Chunk> = head.into_iter().flat_map(Chunk::words).collect();
    let columns = columns_of(&head, &body);
    let area = zone.iter().skip(1).fold(zone[0].line.area, |area, parted| area.over(&parted.line.area));
    let edges = edges_of(&columns, area.left, area.right);
    let spans = columns.iter().map(Column::span).collect();
    let mut grid = Grid { area, edges, spans, ..Grid::default() };
    let titles = titles_of(&columns, &grid.edges, &head, &body);
    let first = titles.iter().map(|title| title.row + 1).max().unwrap_or(0);
    grid.head = first;
    let rows = rows_of(&columns, &grid.edges, &body);
    grid.rows = vec![vec![Vec::new(); columns.len()]; first + rows.len()];
    for title in titles {
        write_cell(&mut grid, title.row, title.first, title.last + 1 - title.first, &title.lines);
    }
    for (number, row) in rows.into_iter().enumerate() {
        for cell in row {
            write_cell(&mut grid, first + number, cell.column, cell.reach, &cell.lines);
        }
    }
    grid
}

fn write_cell(grid: &mut Grid, row: usize, column: usize, reach: usize, lines: &[Chunk]) {
    let cell = &mut grid.rows[row][column];
    for line in lines {
        let digits = |ink: Option<char>| ink.is_some_and(is_of_number);
        if digits(cell.last().map(|ink| ink.character)) && digits(line.letters.first().map(|letter| letter.character)) {
            cell.push(Ink::added(APART));
        }
        write_line(&line.letters, cell);
    }
    if reach > 1 {
        grid.merges.push(Merge { row: row as u32, column: column as u32, rows: 1, columns: reach as u32 });
    }
}

#[cfg(test)]
mod tests;
