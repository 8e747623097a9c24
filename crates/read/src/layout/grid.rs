//! Letters into the cells of a table.

use super::ink::{APART, Ink, is_number, is_of_number, write_line};
use super::lattice::Lattice;
use super::lines::{Line, area_over, lines_of};
use crate::document::{Area, Merge};
use crate::sheet::Letter;

/// A table of one page: its cells as text with places.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub area: Area,
    /// Edges of the columns.
    pub edges: Vec<i32>,
    /// From where to where the cells of each column reach, where no line tells it.
    pub spans: Vec<(i32, i32)>,
    /// Rows of the head, where no line tells how the table goes on.
    pub head: usize,
    /// By row and column: the text of the cell.
    pub rows: Vec<Vec<Vec<Ink>>>,
    pub merges: Vec<Merge>,
}

/// The letters of one cell on one line.
#[derive(Clone, Debug)]
struct CellLine {
    letters: Vec<Letter>,
    area: Area,
    baseline: i32,
}

/// A table of ruled cells; letters that lie in none of them are given back.
pub(super) fn ruled(lattice: &Lattice, letters: Vec<Letter>) -> (Grid, Vec<Letter>) {
    let mut cells: Vec<Vec<CellLine>> = vec![Vec::new(); lattice.cells.len()];
    let mut outside = Vec::new();
    for line in lines_of(letters) {
        for (cell, run) in runs(lattice, &line) {
            match cell {
                Some(cell) => add_run(&mut cells[cell], run, line.baseline),
                None => outside.extend(run),
            }
        }
    }
    let mut grid = Grid { area: lattice.area(), edges: lattice.columns.clone(), ..Grid::default() };
    let mut first_rows = Vec::with_capacity(lattice.height() + 1);
    for row in 0..lattice.height() {
        first_rows.push(grid.rows.len());
        add_row(&mut grid, lattice, &cells, row);
    }
    first_rows.push(grid.rows.len());
    for reach in &lattice.cells {
        let (row, end) = (first_rows[reach.row], first_rows[reach.row + reach.rows]);
        if reach.columns > 1 || reach.rows > 1 {
            grid.merges.push(Merge {
                row: row as u32,
                column: reach.column as u32,
                rows: (end - row) as u32,
                columns: reach.columns as u32,
            });
        }
    }
    (grid, outside)
}

fn add_run(lines: &mut Vec<CellLine>, run: Vec<Letter>, baseline: i32) {
    match lines.last_mut() {
        Some(last) if last.baseline == baseline => {
            last.letters.extend(run);
            last.area = area_over(&last.letters);
        }
        _ => lines.push(CellLine { area: area_over(&run), letters: run, baseline }),
    }
}

/// The letters of a line cut by cell. A number that runs over a line of the table stays whole
/// and belongs to the cell that holds most of it.
fn runs(lattice: &Lattice, line: &Line) -> Vec<(Option<usize>, Vec<Letter>)> {
    let mut runs: Vec<(Option<usize>, Vec<Letter>)> = Vec::new();
    let mut run: Vec<(Option<usize>, Letter)> = Vec::new();
    for letter in &line.letters {
        let cell = lattice.cell_at(letter.middle(), (letter.area.top + letter.area.bottom) / 2);
        let goes_on = run.last().is_none_or(|(last_cell, last)| {
            let numbers = is_of_number(last.character) && is_of_number(letter.character);
            let gap = letter.area.left - last.area.right;
            *last_cell == cell || numbers && gap * 100 <= 8 * letter.size
        });
        if !goes_on {
            runs.push(of_most(std::mem::take(&mut run)));
        }
        run.push((cell, *letter));
    }
    if !run.is_empty() {
        runs.push(of_most(run));
    }
    runs
}

/// A run with the cell that holds most of its letters.
fn of_most(run: Vec<(Option<usize>, Letter)>) -> (Option<usize>, Vec<Letter>) {
    let count = |cell: Option<usize>| run.iter().filter(|(other, _)| *other == cell).count();
    let cell = run.iter().map(|(cell, _)| *cell).max_by_key(|cell| count(*cell)).flatten();
    (cell, run.into_iter().map(|(_, letter)| letter).collect())
}

/// Adds a row of the lattice: several rows when its numbers stand on several lines.
fn add_row(grid: &mut Grid, lattice: &Lattice, cells: &[Vec<CellLine>], row: usize) {
    let begins = |at: &usize| lattice.cells[*at].row == row;
    let here: Vec<usize> = (0..lattice.cells.len()).filter(begins).collect();
    let levels = levels_of(lattice, cells, &here);
    let first = grid.rows.len();
    grid.rows.extend(std::iter::repeat_n(vec![Vec::new(); lattice.width()], levels.len().max(1)));
    for at in here {
        let (reach, area) = (lattice.cells[at], lattice.area_of(at));
        if levels.len() < 2 || reach.rows > 1 {
            grid.rows[first][reach.column] = join_lines(area, &cells[at]);
            continue;
        }
        let nearest =
            |line: &CellLine| (0..levels.len()).min_by_key(|level| (levels[*level] - line.baseline).abs()).unwrap_or(0);
        for level in 0..levels.len() {
            let lines: Vec<CellLine> = cells[at].iter().filter(|line| nearest(line) == level).cloned().collect();
            grid.rows[first + level][reach.column] = join_lines(area, &lines);
        }
    }
}

/// The baselines of the rows that share one row of the lattice: a column has several numbers
/// below each other, each on a line of its own that has room for more.
fn levels_of(lattice: &Lattice, cells: &[Vec<CellLine>], here: &[usize]) -> Vec<i32> {
    let mut levels: Vec<i32> = Vec::new();
    let mut divided = false;
    for at in here.iter().filter(|at| lattice.cells[**at].rows == 1) {
        let area = lattice.area_of(*at);
        let numbers: Vec<&CellLine> = cells[*at].iter().filter(|line| is_number(&line.letters)).collect();
        divided |= numbers.len() >= 2
            && numbers.len() == cells[*at].len()
            && numbers.windows(2).all(|pair| !is_wrapped(area, pair[0], pair[1]));
        levels.extend(numbers.iter().map(|line| line.baseline));
    }
    levels.sort_unstable();
    levels.dedup_by(|a, b| (*a - *b).abs() <= 200);
    if divided { levels } else { Vec::new() }
}

/// The line was full: the next one goes on where it broke off.
fn is_wrapped(area: Area, line: &CellLine, next: &CellLine) -> bool {
    let (size, width) = next.letters.first().map_or((0, 0), |letter| (letter.size, letter.area.width()));
    line.area.width() + width + size * 60 / 100 > area.width()
}

/// The lines of a cell as one text.
fn join_lines(area: Area, lines: &[CellLine]) -> Vec<Ink> {
    let mut inks = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).map(|before| &lines[before]) {
            let (last, first) = (before.letters.last(), line.letters.first());
            let both = |test: &dyn Fn(char) -> bool| {
                last.is_some_and(|letter| test(letter.character)) && first.is_some_and(|letter| test(letter.character))
            };
            if both(&is_of_number) && !is_wrapped(area, before, line) {
                inks.push(Ink::added(APART));
            } else if both(&|c: char| c.is_ascii_alphabetic()) {
                inks.push(Ink::added(' '));
            }
        }
        write_line(&line.letters, &mut inks);
    }
    inks
}
