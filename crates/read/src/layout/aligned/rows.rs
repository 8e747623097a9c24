//! The rows of a table without lines: numbers in one column are rows of their own, and what stands at
//! their height belongs to them.

use super::chunk::Chunk;
use super::columns::{Column, over};
use crate::layout::lines::middle_of;
use crate::words::begins_something;

/// The lines of a cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub column: usize,
    /// How many columns it reaches over.
    pub reach: usize,
    pub lines: Vec<Chunk>,
}

impl Cell {
    fn is_number(&self) -> bool {
        self.lines.iter().all(|line| line.number)
    }

    /// A number or 一、 is never the rest of a name.
    fn begins_row(&self) -> bool {
        self.is_number() || begins_something(&self.lines[0].text())
    }

    /// It begins where its column does.
    fn at_left_of(&self, columns: &[Column]) -> bool {
        self.lines[0].left - columns[self.column].left < self.lines[0].size * 2
    }

    fn top(&self) -> i32 {
        self.lines[0].baseline
    }

    fn bottom(&self) -> i32 {
        self.lines.last().map_or(0, |line| line.baseline)
    }

    fn middle(&self) -> i32 {
        (self.top() + self.bottom()) / 2
    }
}

/// A row as it grows.
struct Row {
    /// The height of its first cell.
    level: i32,
    top: i32,
    bottom: i32,
    cells: Vec<Cell>,
}

impl Row {
    /// The height of what stands beside the first column.
    fn level_beside(&self) -> i32 {
        let mut levels: Vec<i32> = self.cells.iter().filter(|cell| cell.column > 0).map(Cell::middle).collect();
        middle_of(&mut levels)
    }
}

/// The cells of the body by row, from top to bottom.
pub(super) fn rows_of(columns: &[Column], edges: &[i32], body: &[Chunk]) -> Vec<Vec<Cell>> {
    let placed = placed(columns, body);
    let right = |column: usize| {
        let here = || placed.iter().filter(|cell| cell.column == column && cell.reach == 1).map(|cell| &cell.lines[0]);
        let same = |line: &&Chunk| here().filter(|other| (other.right - line.right).abs() * 2 <= line.size).count();
        // Where lines are broken many end close to the next column; what runs over it is no measure.
        let next = columns.get(column + 1);
        let is_near = |line: &Chunk| next.is_some_and(|next| next.left - line.right < line.size * 3);
        let broken = |line: &&Chunk| !line.number && same(line) > 2 && is_near(line);
        let usual = here().filter(broken).map(|line| line.right).max();
        usual.or(here().map(|line| line.right).max()).unwrap_or(i32::MAX)
    };
    let rights: Vec<i32> = (0..columns.len()).map(right).collect();
    let pitch = pitch_of(&rights, &placed);
    let mut cells: Vec<Cell> = Vec::new();
    for cell in &placed {
        match cells.last_mut() {
            Some(last) if last.column == cell.column && goes_on(last, cell, rights[cell.column], pitch, &placed) => {
                last.lines.extend_from_slice(&cell.lines);
            }
            _ => cells.push(cell.clone()),
        }
    }
    cells.sort_by_key(|cell| (cell.middle(), cell.column));
    let mut rows: Vec<Row> = Vec::new();
    for cell in cells {
        add(&mut rows, cell, pitch);
    }
    for row in &mut rows {
        row.cells = labelled(columns, edges, std::mem::take(&mut row.cells));
    }
    lift_groups(columns, &mut rows);
    rows.into_iter().map(|row| row.cells).collect()
}

/// Every chunk as a cell of one line, by column and from top to bottom; chunks that share a place are one.
fn placed(columns: &[Column], body: &[Chunk]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for chunk in body {
        let reached = over(columns, chunk);
        let middle = |at: usize| ((columns[at].left + columns[at].right) / 2 - chunk.middle()).abs();
        let common = |at: usize| columns[at].right.min(chunk.right) - columns[at].left.max(chunk.left);
        let column = match reached[..] {
            [] => (0..columns.len()).min_by_key(|at| middle(*at)).unwrap_or(0),
            [first, ..] if !chunk.number => first,
            _ => reached.iter().copied().max_by_key(|at| common(*at)).unwrap_or(0),
        };
        let reach = if chunk.number { 1 } else { reached.len().max(1) };
        let shares = |cell: &&mut Cell| {
            let other = &cell.lines[0];
            cell.column == column && (other.baseline - chunk.baseline).abs() * 10 < chunk.size * 4
        };
        match cells.iter_mut().rev().take(columns.len() * 2).find(shares) {
            Some(cell) => {
                cell.reach = cell.reach.max(reach);
                cell.lines[0].extend(chunk);
            }
            None => cells.push(Cell { column, reach, lines: vec![chunk.clone()] }),
        }
    }
    cells.sort_by_key(|cell| (cell.column, cell.lines[0].baseline));
    cells
}

/// The distance of rows that stand close: of what begins a row for sure below what else its column has.
fn pitch_of(rights: &[i32], placed: &[Cell]) -> i32 {
    let mut steps = Vec::new();
    for pair in placed.windows(2).filter(|pair| pair[0].column == pair[1].column) {
        let (above, below) = (&pair[0].lines[0], &pair[1].lines[0]);
        let full = !above.number && is_full(above, below, rights[pair[0].column]);
        let step = below.baseline - above.baseline;
        if step > below.size / 2 && (below.number || begins_something(&below.text()) || !full) {
            steps.push(step);
        }
    }
    steps.sort_unstable();
    let mut sizes: Vec<i32> = placed.iter().map(|cell| cell.lines[0].size).collect();
    steps.get(steps.len() / 4).copied().unwrap_or(middle_of(&mut sizes) * 2)
}

/// The line has no room for the first letter of the next one.
fn is_full(line: &Chunk, next: &Chunk, right: i32) -> bool {
    line.right + next.letters[0].area.width() + line.size / 4 > right
}

/// The line goes on with the words of the cell above it in its column: the line was full, or it stands
/// closer than rows do, and the numbers beside the two are those of one row.
fn goes_on(cell: &Cell, next: &Cell, right: i32, pitch: i32, placed: &[Cell]) -> bool {
    let (last, line) = (&cell.lines[cell.lines.len() - 1], &next.lines[0]);
    let step = line.baseline - last.baseline;
    if cell.is_number() || line.number || step > last.size * 2 || begins_something(&line.text()) {
        return false;
    }
    let beside = |from: i32, to: i32| -> Vec<usize> {
        let near = |other: &&Cell| other.column != cell.column && other.is_number();
        let here = placed.iter().filter(near).filter(|other| (from..=to).contains(&other.lines[0].baseline));
        here.map(|other| other.column).collect()
    };
    // Two numbers of one column, one beside the words so far and one beside the line: they are two rows.
    let edge = last.size / 4;
    let own = beside(line.baseline - edge, line.baseline + edge);
    if beside(cell.top() - edge, last.baseline + edge).iter().any(|column| own.contains(column)) {
        return false;
    }
    let all = beside(last.baseline - step / 2 + 1, line.baseline + step / 2 - 1);
    if all.windows(2).any(|pair| pair[0] == pair[1]) {
        return false;
    }
    let between = !beside(last.baseline + step * 3 / 10, line.baseline - step * 3 / 10).is_empty();
    let full = is_full(last, line, right);
    let close = step * 100 < pitch * 96;
    if between {
        return full || close;
    }
    if close && (full || step * 10 < pitch * 7) {
        return true;
    }
    // Every row has numbers, or its name is numbered: what has neither goes on with a full line.
    let above = !beside(last.baseline - step / 3, last.baseline + step / 3).is_empty() || cell.lines.len() > 1;
    let below = !beside(line.baseline - step / 3, line.baseline + step / 3).is_empty();
    let in_column = || placed.iter().filter(|other| other.column == cell.column).map(|other| &other.lines[0]);
    let fulls = in_column().filter(|other| !other.number && (right - other.right) * 2 < other.size * 3).count();
    let lefts = in_column().map(|other| other.left).min().unwrap_or(last.left);
    let wide = (last.right - last.left) * 4 >= (right - lefts) * 3;
    full && wide && above && !below && fulls >= 2
}

/// Puts a cell to the last row when it stands at its height and finds its column free.
fn add(rows: &mut Vec<Row>, cell: Cell, pitch: i32) {
    let edge = cell.lines[0].size / 8;
    if let Some(row) = rows.last_mut() {
        let near = (cell.middle() - row.level) * 100 < pitch * 52;
        let many = cell.lines.len() > 1 || row.cells.iter().any(|other| other.lines.len() > 1);
        let across = many && cell.top() <= row.bottom + edge && row.top <= cell.bottom() + edge;
        let taken = row.cells.iter_mut().find(|other| other.column == cell.column);
        match taken {
            None if near || across => {
                (row.top, row.bottom) = (row.top.min(cell.top()), row.bottom.max(cell.bottom()));
                row.cells.push(cell);
                return;
            }
            Some(other) if near && !other.is_number() && !cell.begins_row() => {
                row.bottom = row.bottom.max(cell.bottom());
                other.lines.extend(cell.lines);
                return;
            }
            _ => {}
        }
    }
    rows.push(Row { level: cell.middle(), top: cell.top(), bottom: cell.bottom(), cells: vec![cell] });
}

/// A first column of words may name groups of rows, each in the middle of its rows. Where the names divide all
/// rows so, they belong to the first row of their group.
fn lift_groups(columns: &[Column], rows: &mut Vec<Row>) {
    let Some(groups) = groups_of(columns, rows) else { return };
    let mut names: Vec<Cell> = Vec::new();
    for row in rows.iter_mut() {
        names.extend(row.cells.extract_if(.., |cell| cell.column == 0));
    }
    rows.retain(|row| !row.cells.is_empty() || names.is_empty());
    for (name, first) in names.into_iter().zip(groups) {
        rows[first].cells.push(name);
    }
}

/// For each name of the first column the first row of its group, when the groups are more than single rows.
fn groups_of(columns: &[Column], rows: &[Row]) -> Option<Vec<usize>> {
    let named = |cell: &&Cell| cell.column == 0 && !cell.is_number();
    let names: Vec<&Cell> = rows.iter().flat_map(|row| &row.cells).filter(named).collect();
    let others = || rows.iter().filter(|row| row.cells.iter().any(|cell| cell.column > 0));
    let levels: Vec<i32> = others().map(|row| row.level_beside()).collect();
    if columns.first().is_none_or(|column| column.numeric) || names.len() < 2 || names.len() == levels.len() {
        return None;
    }
    // The sum of all may stand above the groups.
    (0..3).find_map(|first| groups_from(first, &names, &levels))
}

fn groups_from(mut start: usize, names: &[&Cell], levels: &[i32]) -> Option<Vec<usize>> {
    let mut groups = Vec::new();
    for name in names {
        let end = (start..levels.len()).find(|end| {
            let middle = (levels[start] + levels[*end]) / 2;
            (middle - name.middle()).abs() * 10 <= name.lines[0].size * 4
        })?;
        groups.push(start);
        start = end + 1;
    }
    (start == levels.len()).then_some(groups)
}

/// The label of a sum may stand in the middle of columns that its row leaves free: it belongs to the first
/// of them, and over a column of amounts to the first column of words before it.
fn labelled(columns: &[Column], edges: &[i32], mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.sort_by_key(|cell| cell.column);
    for at in 0..cells.len() {
        let free = at.checked_sub(1).map_or(0, |before| cells[before].column + cells[before].reach);
        let end = cells.get(at + 1).map_or(columns.len(), |next| next.column);
        let cell = &mut cells[at];
        if !cell.is_number() {
            let lost = columns[cell.column].numeric;
            let words = (free..cell.column).rev().find(|before| lost && !columns[*before].numeric);
            let first = words.unwrap_or(cell.column);
            let line = &cell.lines[0];
            let off = |(first, end): (usize, usize)| (line.middle() - (edges[first] + edges[end]) / 2).abs();
            let own = (first, cell.column + cell.reach);
            let firsts = (free..=first).filter(|first| !columns[*first].numeric);
            let ranges = firsts.flat_map(|first| (own.1..=end).map(move |end| (first, end)));
            let best = ranges.min_by_key(|range| off(*range) * 2 / line.size).unwrap_or(own);
            let moved = words.is_some() || off(own) > line.size * 3 && !cell.at_left_of(columns);
            let (first, end) = if moved && off(best) * 2 <= line.size { best } else { own };
            (cell.column, cell.reach) = (first, end - first);
        }
        let cell = &mut cells[at];
        cell.reach = cell.reach.min(end.saturating_sub(cell.column)).max(1);
    }
    cells
}
