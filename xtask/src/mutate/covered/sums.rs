//! The sums of a table that hold as printed: along its rows, by its codes, and down its columns.

use super::grid::Grid;
use super::{Amount, Tie};

/// Steps after which the search for the parts of one total is given up.
const STEPS: usize = 20_000;

/// Figures that may be passed over between a total and the last of its parts.
const SKIPS: usize = 2;

/// Every sum that holds.
pub(super) fn sums(grids: &[Grid], amounts: &[Amount]) -> Vec<Tie> {
    let mut found = Vec::new();
    for grid in grids {
        by_columns(grid, amounts, &mut found);
        for column in &grid.columns {
            by_codes(grid, *column, amounts, &mut found);
            let is_total = |row: usize| grid.label(row, *column).1.contains('计');
            let down = (0..grid.height()).filter_map(|row| Some((grid.at(row, *column)?, is_total(row))));
            in_line(&down.collect::<Vec<_>>(), amounts, &mut found);
        }
        for row in 0..grid.height() {
            let is_total = |column: usize| grid.head(column).contains('计');
            let along = grid.columns.iter().filter_map(|column| Some((grid.at(row, *column)?, is_total(*column))));
            in_line(&along.collect::<Vec<_>>(), amounts, &mut found);
        }
    }
    found
}

fn tie(total: usize, parts: Vec<usize>, amounts: &[Amount]) -> Tie {
    let sum: i128 = parts.iter().map(|part| amounts[*part].value).sum();
    let apart = (sum - amounts[total].value).abs();
    Tie { of: std::iter::once(total).chain(parts).collect(), apart, is_sum: true }
}

/// 合计 = the columns beside it, in (nearly) every row of the table.
fn by_columns(grid: &Grid, amounts: &[Amount], found: &mut Vec<Tie>) {
    let columns = &grid.columns;
    for total in 0..columns.len() {
        let after = (total + 3..=columns.len()).map(|end| total + 1..end);
        let before = (0..total.saturating_sub(1)).map(|start| start..total);
        for parts in after.chain(before) {
            let of_row = |row: usize| {
                let total = grid.at(row, columns[total])?;
                let parts: Vec<usize> = parts.clone().filter_map(|part| grid.at(row, columns[part])).collect();
                (!parts.is_empty()).then(|| tie(total, parts, amounts))
            };
            let rows: Vec<Tie> = (0..grid.height()).filter_map(of_row).collect();
            let (holding, failing): (Vec<Tie>, Vec<Tie>) = rows.into_iter().partition(|tie| tie.holds(amounts));
            let nonzero = |tie: &Tie| tie.of[1..].iter().filter(|part| amounts[**part].value != 0).count();
            let is_sum = holding.iter().any(|tie| nonzero(tie) >= 2);
            if is_sum && failing.len() * 5 <= holding.len() {
                found.extend(holding);
            }
        }
    }
}

/// A code is the sum of the codes right below it; 合计 is the sum of the outermost codes.
fn by_codes(grid: &Grid, column: usize, amounts: &[Amount], found: &mut Vec<Tie>) {
    let rows: Vec<(String, String, Option<usize>)> = (0..grid.height())
        .map(|row| {
            let (code, words) = grid.label(row, column);
            (code, words, grid.at(row, column))
        })
        .collect();
    for (at, (code, words, total)) in rows.iter().enumerate() {
        let Some(total) = total else { continue };
        let parts = if code.is_empty() {
            if !words.contains('计') {
                continue;
            }
            let after = outermost(&rows[at + 1..], "");
            if after.is_empty() { outermost(&rows[..at], "") } else { after }
        } else {
            outermost(&rows[at + 1..], code)
        };
        if !parts.is_empty() {
            found.extend(Some(tie(*total, parts, amounts)).filter(|tie| tie.holds(amounts)));
        }
    }
}

/// The amounts of the rows that stand right below a code, as long as its rows go on.
fn outermost(rows: &[(String, String, Option<usize>)], above: &str) -> Vec<usize> {
    let mut parts = Vec::new();
    let mut last: Option<&str> = None;
    for (code, words, amount) in rows {
        if code.is_empty() {
            if words.contains('计') && !parts.is_empty() {
                break;
            }
            continue;
        }
        if !code.starts_with(above) || code.len() <= above.len() {
            break;
        }
        if last.is_none_or(|last| !code.starts_with(last) || code.len() <= last.len()) {
            last = Some(code);
            parts.extend(*amount);
        }
    }
    parts
}

/// A figure is the sum of those that follow it, or of those before it, with at most a few between
/// them that are parts of a part. Two parts alone may fit by chance unless it is named a total.
fn in_line(line: &[(usize, bool)], amounts: &[Amount], found: &mut Vec<Tie>) {
    if line.iter().any(|(at, _)| amounts[*at].value < 0) {
        return;
    }
    for (at, (total, is_total)) in line.iter().enumerate() {
        let after: Vec<usize> = line[at + 1..].iter().map(|(at, _)| *at).collect();
        let before: Vec<usize> = line[..at].iter().rev().map(|(at, _)| *at).collect();
        for list in [after, before] {
            let least = if *is_total { 2 } else { 3 };
            let mut search = Search { list: &list, amounts, taken: Vec::new(), steps: 0, least };
            if amounts[*total].value > 0 && search.fill(0, amounts[*total].value, SKIPS) {
                let last = search.taken.last().copied().unwrap_or(0);
                let is_part = |place: &usize| search.taken.contains(place) || amounts[list[*place]].value == 0;
                let parts = (0..=last).filter(is_part).map(|place| list[place]).collect();
                found.push(tie(*total, parts, amounts));
            }
        }
    }
}

/// The search for the parts of a total among the figures of a line.
struct Search<'a> {
    list: &'a [usize],
    amounts: &'a [Amount],
    taken: Vec<usize>,
    steps: usize,
    /// So many parts it must have.
    least: usize,
}

impl Search<'_> {
    fn value(&self, at: usize) -> i128 {
        self.amounts[self.list[at]].value
    }

    /// Takes figures from a place on until nothing of the total is left.
    fn fill(&mut self, from: usize, left: i128, skips: usize) -> bool {
        self.steps += 1;
        if left == 0 {
            return self.taken.iter().filter(|at| self.value(**at) > 0).count() >= self.least;
        }
        if from >= self.list.len() || self.steps > STEPS {
            return false;
        }
        let value = self.value(from);
        if value == 0 {
            return self.fill(from + 1, left, skips);
        }
        if value <= left {
            self.taken.push(from);
            let below = self.end_of_parts(from);
            if below.is_some_and(|end| self.fill(end, left - value, skips)) || self.fill(from + 1, left - value, skips)
            {
                return true;
            }
            self.taken.pop();
        }
        skips > 0 && self.fill(from + 1, left, skips - 1)
    }

    /// Behind the figures that follow a figure and add up to it, their own parts passed over.
    fn end_of_parts(&mut self, at: usize) -> Option<usize> {
        self.end_of(at + 1, self.value(at))
    }

    fn end_of(&mut self, from: usize, left: i128) -> Option<usize> {
        self.steps += 1;
        if left == 0 {
            return Some(from);
        }
        if from >= self.list.len() || self.value(from) > left || self.steps > STEPS {
            return None;
        }
        let rest = left - self.value(from);
        let below = if self.value(from) > 0 { self.end_of_parts(from) } else { None };
        below.and_then(|end| self.end_of(end, rest)).or_else(|| self.end_of(from + 1, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_model::{Printed, Span, Unit};

    #[test]
    fn a_total_is_found_over_the_parts_of_its_parts() {
        let amount = |(at, digits): (usize, &i64)| {
            let figure = Printed::new(*digits, 2, Unit::TenThousand).unwrap();
            Amount::new(Span { file: 0, start: at as u32, end: at as u32 + 1 }, figure, false, false).unwrap()
        };
        // 1,656.86 = 675.10 + 884.16 + 97.60, and 675.10 = 106.00 + 156.60 + 412.50.
        let digits = [165_686, 67_510, 10_600, 15_660, 15_660, 41_250, 88_416, 9_760];
        let amounts: Vec<Amount> = digits.iter().enumerate().map(amount).collect();
        let mut found = Vec::new();
        in_line(&(0..digits.len()).map(|at| (at, at == 0)).collect::<Vec<_>>(), &amounts, &mut found);
        let of: Vec<Vec<usize>> = found.into_iter().map(|tie| tie.of).collect();
        assert!(of.contains(&vec![0, 1, 6, 7]), "{of:?}");
    }
}
