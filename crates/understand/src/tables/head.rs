//! The head of a table: how many rows it has, and the path of heads over each column.

use super::{Grid, is_number};
use gouji_read::Merge;

/// The head of a table.
pub(crate) struct Head {
    /// Number of rows.
    pub rows: usize,
    /// Over each column the heads from outermost to innermost, without repeats.
    pub paths: Vec<Vec<String>>,
    /// The column has a head of its own, not only one that reaches over it.
    pub own: Vec<bool>,
}

/// Finds the head: the rows before the first one with data.
pub(crate) fn find_head(grid: &Grid, merges: &[Merge]) -> Head {
    let rows = (0..grid.rows.len()).find(|row| is_data(grid, *row)).unwrap_or(grid.rows.len());
    let reaching: Vec<&Merge> = merges.iter().filter(|merge| (merge.row as usize) < rows).collect();
    if reaching.iter().any(|merge| merge.columns > 1) {
        return told_by_merges(grid, rows, &reaching);
    }
    let mut paths = vec![Vec::new(); grid.width];
    let mut own = vec![false; grid.width];
    // For each column the number of the head that covers it in the row above.
    let mut above = vec![0_usize; grid.width];
    let mut next = 1;
    for row in (0..rows).filter(|row| !is_numbering(grid, *row)) {
        let mut here = vec![0_usize; grid.width];
        for column in 0..grid.width {
            let text = grid.text(row, column);
            if !text.is_empty() {
                here[column] = next;
                next += 1;
                own[column] = true;
                push(&mut paths[column], text);
            } else if column > 0
                && above[column] == above[column - 1]
                && here[column - 1] != 0
                && here[column - 1] != above[column - 1]
            {
                here[column] = here[column - 1];
                let inherited = paths[column - 1].last().cloned().unwrap_or_default();
                push(&mut paths[column], &inherited);
            } else {
                here[column] = above[column];
            }
        }
        above = here;
    }
    Head { rows, paths, own }
}

/// The format tells how far each head reaches.
fn told_by_merges(grid: &Grid, rows: usize, merges: &[&Merge]) -> Head {
    let mut paths = vec![Vec::new(); grid.width];
    let mut own = vec![false; grid.width];
    for row in (0..rows).filter(|row| !is_numbering(grid, *row)) {
        for column in 0..grid.width {
            let covers = |merge: &&&Merge| {
                let (first, left) = (merge.row as usize, merge.column as usize);
                (first..first + merge.rows as usize).contains(&row)
                    && (left..left + merge.columns as usize).contains(&column)
            };
            let (from, at) = match merges.iter().find(covers) {
                Some(merge) => (merge.row as usize, merge.column as usize),
                None => (row, column),
            };
            let text = grid.text(from, at);
            if !text.is_empty() {
                own[column] = true;
                push(&mut paths[column], text);
            }
        }
    }
    Head { rows, paths, own }
}

fn push(path: &mut Vec<String>, text: &str) {
    if path.last().is_none_or(|last| last != text) {
        path.push(text.to_string());
    }
}

/// A row with data: it holds a number that is no year and no column number, or it is a
/// total whose amounts are blank.
fn is_data(grid: &Grid, row: usize) -> bool {
    if is_numbering(grid, row) {
        return false;
    }
    let cells = &grid.rows[row];
    let number = |text: &str| is_number(text) && crate::words::leading_year(text).is_none();
    if cells.iter().any(|(text, _)| number(text)) {
        return true;
    }
    let mut filled = cells.iter().filter(|(text, _)| !text.is_empty());
    let only = filled.next();
    only.is_some_and(|(text, _)| ["合计", "总计", "无"].contains(&text.as_str())) && filled.next().is_none()
}

/// A row that numbers the columns: 栏次 1 2 3 4.
fn is_numbering(grid: &Grid, row: usize) -> bool {
    let numbers: Vec<i64> = grid.rows[row].iter().filter_map(|(text, _)| text.parse().ok()).collect();
    let texts = grid.rows[row].iter().filter(|(text, _)| !text.is_empty()).count();
    numbers.len() >= 3
        && texts <= numbers.len() + 3
        && numbers[0] <= 2
        && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}
