//! Rulings to grids: which cells the lines of a table enclose, and how far each reaches.

use crate::document::Area;

/// Lines whose places differ by less are one line.
const SNAP: i32 = 200;
/// Lines that are drawn in pieces with smaller gaps are one line.
const JOIN: i32 = 300;
/// Lines that miss each other by less meet.
const MEET: i32 = 300;
/// More lines on a page than that rule no table of a report.
const MOST: usize = 3_000;

/// The cells that the lines of one table enclose.
#[derive(Clone, Debug)]
pub(super) struct Lattice {
    /// Edges of the columns from left to right, of the rows from top to bottom.
    pub columns: Vec<i32>,
    pub rows: Vec<i32>,
    /// By place (row × columns + column): the cell that covers it, if any does.
    pub covered: Vec<Option<usize>>,
    pub cells: Vec<Reach>,
}

/// How far a cell reaches, in places of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
}

impl Lattice {
    /// Number of columns.
    pub(super) fn width(&self) -> usize {
        self.columns.len() - 1
    }

    /// Number of rows.
    pub(super) fn height(&self) -> usize {
        self.rows.len() - 1
    }

    pub(super) fn area(&self) -> Area {
        let last = |edges: &[i32]| edges[edges.len() - 1];
        Area { left: self.columns[0], top: self.rows[0], right: last(&self.columns), bottom: last(&self.rows) }
    }

    /// The cell in which a point lies.
    pub(super) fn cell_at(&self, x: i32, y: i32) -> Option<usize> {
        let column = self.columns.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.rows.partition_point(|edge| *edge <= y).checked_sub(1)?;
        if column >= self.width() || row >= self.height() {
            return None;
        }
        self.covered[row * self.width() + column]
    }

    /// Where a cell stands on the page.
    pub(super) fn area_of(&self, cell: usize) -> Area {
        let reach = self.cells[cell];
        Area {
            left: self.columns[reach.column],
            right: self.columns[reach.column + reach.columns],
            top: self.rows[reach.row],
            bottom: self.rows[reach.row + reach.rows],
        }
    }
}

/// A straight line: where it lies across, and from where to where along.
#[derive(Clone, Copy, Debug)]
struct Stroke {
    at: i32,
    from: i32,
    to: i32,
}

/// The tables that the rulings of a page draw.
pub(super) fn lattices(rulings: &[Area], most_cells: usize) -> Vec<Lattice> {
    let level = |area: &&Area| area.width() >= area.height();
    let across = |area: &Area| Stroke { at: (area.top + area.bottom) / 2, from: area.left, to: area.right };
    let along = |area: &Area| Stroke { at: (area.left + area.right) / 2, from: area.top, to: area.bottom };
    let levels = joined(rulings.iter().filter(level).map(across).collect());
    let uprights = joined(rulings.iter().filter(|area| !level(area)).map(along).collect());
    if levels.len() > MOST || uprights.len() > MOST {
        return Vec::new();
    }
    let groups = meeting(&levels, &uprights);
    groups.into_iter().filter_map(|(levels, uprights)| lattice(levels, uprights, most_cells)).collect()
}

/// Strokes at nearly one place moved to it, and pieces of one line put together.
fn joined(mut strokes: Vec<Stroke>) -> Vec<Stroke> {
    strokes.sort_by_key(|stroke| (stroke.at, stroke.from));
    let mut lines: Vec<Stroke> = Vec::new();
    let mut start = 0;
    while start < strokes.len() {
        let first = strokes[start].at;
        let end = start + strokes[start..].iter().take_while(|stroke| stroke.at - first <= SNAP).count();
        let group = &mut strokes[start..end];
        let at = (group.iter().map(|stroke| i64::from(stroke.at)).sum::<i64>() / group.len() as i64) as i32;
        group.sort_by_key(|stroke| stroke.from);
        let mut line = Stroke { at, ..group[0] };
        for stroke in group.iter().skip(1) {
            if stroke.from <= line.to + JOIN {
                line.to = line.to.max(stroke.to);
            } else {
                lines.push(line);
                line = Stroke { at, ..*stroke };
            }
        }
        lines.push(line);
        start = end;
    }
    lines
}

fn meets(level: &Stroke, upright: &Stroke) -> bool {
    level.from - MEET <= upright.at
        && upright.at <= level.to + MEET
        && upright.from - MEET <= level.at
        && level.at <= upright.to + MEET
}

/// Sets of lines that hang together.
fn meeting(levels: &[Stroke], uprights: &[Stroke]) -> Vec<(Vec<Stroke>, Vec<Stroke>)> {
    let mut taken = (vec![false; levels.len()], vec![false; uprights.len()]);
    let mut groups = Vec::new();
    for first in 0..levels.len() {
        if std::mem::replace(&mut taken.0[first], true) {
            continue;
        }
        let mut group = (vec![levels[first]], Vec::new());
        let mut todo = vec![(true, first)];
        while let Some((is_level, at)) = todo.pop() {
            let others = if is_level { uprights.len() } else { levels.len() };
            for other in 0..others {
                let (level, upright) = if is_level { (at, other) } else { (other, at) };
                let known = if is_level { &mut taken.1[other] } else { &mut taken.0[other] };
                if *known || !meets(&levels[level], &uprights[upright]) {
                    continue;
                }
                *known = true;
                if is_level {
                    group.1.push(uprights[other])
                } else {
                    group.0.push(levels[other])
                }
                todo.push((!is_level, other));
            }
        }
        groups.push(group);
    }
    groups
}

/// Different places of lines, in order.
fn places(strokes: &[Stroke]) -> Vec<i32> {
    let mut places: Vec<i32> = strokes.iter().map(|stroke| stroke.at).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The grid of lines that hang together; `None` when they enclose no two cells.
fn lattice(mut levels: Vec<Stroke>, mut uprights: Vec<Stroke>, most_cells: usize) -> Option<Lattice> {
    if levels.len() < 2 || uprights.is_empty() {
        return None;
    }
    close_sides(&mut levels, &mut uprights);
    let (columns, rows) = (places(&uprights), places(&levels));
    let (width, height) = (columns.len().checked_sub(1)?, rows.len().checked_sub(1)?);
    if width * height < 2 || width * height > most_cells {
        return None;
    }
    let mut regions = Regions::new(width, height);
    let crosses = |strokes: &[Stroke], at: i32, along: i32| {
        strokes.iter().any(|stroke| stroke.at == at && stroke.from - MEET <= along && along <= stroke.to + MEET)
    };
    for row in 0..height {
        let middle = (rows[row] + rows[row + 1]) / 2;
        for column in 0..=width {
            if !crosses(&uprights, columns[column], middle) {
                regions.open_sideways(row, column);
            }
        }
    }
    for column in 0..width {
        let middle = (columns[column] + columns[column + 1]) / 2;
        for row in 0..=height {
            if !crosses(&levels, rows[row], middle) {
                regions.open_downwards(row, column);
            }
        }
    }
    let (covered, cells) = regions.cells();
    (cells.len() >= 2).then_some(Lattice { columns, rows, covered, cells })
}

/// A table without lines at its outer sides is closed where the other lines end.
fn close_sides(levels: &mut Vec<Stroke>, uprights: &mut Vec<Stroke>) {
    let ends = |strokes: &[Stroke]| {
        let from = strokes.iter().map(|stroke| stroke.from).min().unwrap_or(0);
        let to = strokes.iter().map(|stroke| stroke.to).max().unwrap_or(0);
        (from, to)
    };
    let span = |strokes: &[Stroke]| {
        let from = strokes.iter().map(|stroke| stroke.at).min().unwrap_or(0);
        let to = strokes.iter().map(|stroke| stroke.at).max().unwrap_or(0);
        (from, to)
    };
    let ((left, right), (first, last)) = (ends(levels), span(uprights));
    let (top, bottom) = span(levels);
    for at in [(left < first - 500).then_some(left), (right > last + 500).then_some(right)].into_iter().flatten() {
        uprights.push(Stroke { at, from: top, to: bottom });
    }
    let ((above, below), (top, bottom)) = (ends(uprights), span(levels));
    let (left, right) = span(uprights);
    for at in [(above < top - 500).then_some(above), (below > bottom + 500).then_some(below)].into_iter().flatten() {
        levels.push(Stroke { at, from: left, to: right });
    }
}

/// Places of a grid put together where no line parts them.
struct Regions {
    width: usize,
    height: usize,
    /// Union-find over the places; the last one is what lies outside.
    parent: Vec<usize>,
}

impl Regions {
    fn new(width: usize, height: usize) -> Regions {
        Regions { width, height, parent: (0..=width * height).collect() }
    }

    fn outside(&self) -> usize {
        self.width * self.height
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The outside keeps its number.
        let (low, high) = (a.min(b), a.max(b));
        self.parent[low] = high;
    }

    /// No line to the left of this column in this row.
    fn open_sideways(&mut self, row: usize, column: usize) {
        let place = |column: usize| row * self.width + column;
        let left = if column == 0 { self.outside() } else { place(column - 1) };
        let right = if column == self.width { self.outside() } else { place(column) };
        self.join(left, right);
    }

    /// No line above this row in this column.
    fn open_downwards(&mut self, row: usize, column: usize) {
        let place = |row: usize| row * self.width + column;
        let above = if row == 0 { self.outside() } else { place(row - 1) };
        let below = if row == self.height { self.outside() } else { place(row) };
        self.join(above, below);
    }

    /// The cells: rectangles of places. A region of another shape falls into one cell a row.
    fn cells(mut self) -> (Vec<Option<usize>>, Vec<Reach>) {
        let count = self.width * self.height;
        let outside = self.root(count);
        let roots: Vec<usize> = (0..count).map(|place| self.root(place)).collect();
        let mut bounds: Vec<Option<(Reach, usize)>> = vec![None; count + 1];
        for (place, root) in roots.iter().enumerate() {
            let (row, column) = (place / self.width, place % self.width);
            let (reach, places) = bounds[*root].get_or_insert((Reach { row, column, rows: 1, columns: 1 }, 0));
            let right = (reach.column + reach.columns).max(column + 1);
            reach.column = reach.column.min(column);
            reach.columns = right - reach.column;
            reach.rows = row + 1 - reach.row;
            *places += 1;
        }
        let mut covered = vec![None; count];
        let mut cells: Vec<Reach> = Vec::new();
        for place in 0..count {
            let root = roots[place];
            if root == outside || covered[place].is_some() {
                continue;
            }
            let (row, column) = (place / self.width, place % self.width);
            let (bound, places) = bounds[root].expect("every place is counted in its region");
            let reach = if bound.rows * bound.columns == places {
                bound
            } else {
                let run = (column..self.width).take_while(|other| roots[row * self.width + other] == root).count();
                Reach { row, column, rows: 1, columns: run }
            };
            for down in reach.row..reach.row + reach.rows {
                for right in reach.column..reach.column + reach.columns {
                    covered[down * self.width + right] = Some(cells.len());
                }
            }
            cells.push(reach);
        }
        (covered, cells)
    }
}
