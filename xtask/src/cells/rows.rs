//! Two lists of rows matched in order, and their cells compared.

use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// A cell, or a whole row, that the two do not have alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// Row of the parsed table, from 1; that of the row before where it has none.
    pub row: usize,
    /// Column in the parsed table, from 1; 0 for a whole row.
    pub column: usize,
    /// The cell, or the cells joined with `|`, as parsed.
    pub parsed: String,
    /// The same as read.
    pub read: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (row, column) = (self.row, self.column);
        if column == 0 {
            write!(out, "row {row}")?
        } else {
            write!(out, "row {row} column {column}")?
        }
        write!(out, ": parsed “{}”, read “{}”", self.parsed, self.read)
    }
}

/// NFKC without white space: both sides write widths and line ends in their own way.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|character| !character.is_whitespace()).collect()
}

/// The number of cells that are the same, and what differs.
///
/// The parsed tables pack the cells of a row to the left where the class or item of a code is
/// blank, so cells are matched in their order, without the blank ones.
pub(super) fn differences(parsed: &[Vec<String>], read: &[Vec<String>], list: bool) -> (usize, Vec<Difference>) {
    let (left, right) = (packed(parsed), packed(read));
    let (mut same, mut found) = (0, Vec::new());
    let mut row = 0;
    for (one, other) in matched(&left, &right, &|one: &Vec<String>, other: &Vec<String>| in_common(one, other)) {
        row = one.map_or(row, |at| at + 1);
        let cells = |rows: &[Vec<String>], at: Option<usize>| at.map_or_else(Vec::new, |at| rows[at].clone());
        let (parsed, read) = (cells(&left, one), cells(&right, other));
        if list {
            println!("    {} = {}", parsed.join("|"), read.join("|"));
        }
        if one.is_none() || other.is_none() {
            found.push(Difference { row, column: 0, parsed: parsed.join("|"), read: read.join("|") });
            continue;
        }
        let (alike, differing) = differing_cells(row, &parsed, &read);
        same += alike;
        found.extend(differing);
    }
    (same, found)
}

/// The cells of two rows matched in order; neighbours that differ are one difference.
fn differing_cells(row: usize, parsed: &[String], read: &[String]) -> (usize, Vec<Difference>) {
    let mut found: Vec<Difference> = Vec::new();
    let (mut same, mut goes_on, mut column) = (0, false, 0);
    for (one, other) in matched(parsed, read, &|a: &String, b: &String| usize::from(a == b)) {
        column = one.map_or(column, |at| at + 1);
        if one.is_some() && other.is_some() {
            (same, goes_on) = (same + 1, false);
            continue;
        }
        if !std::mem::replace(&mut goes_on, true) {
            found.push(Difference { row, column, parsed: String::new(), read: String::new() });
        }
        let last = found.last_mut().expect("a difference was begun");
        for (text, cell) in [(&mut last.parsed, one.map(|at| &parsed[at])), (&mut last.read, other.map(|at| &read[at]))]
        {
            let Some(cell) = cell else { continue };
            if !text.is_empty() {
                text.push('|');
            }
            text.push_str(cell);
        }
    }
    (same, found)
}

/// The cells that hold something, of rows that have one.
fn packed(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let full = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>();
    rows.iter().map(full).filter(|row| !row.is_empty()).collect()
}

/// How many cells two rows have in common, in order.
fn in_common(one: &[String], other: &[String]) -> usize {
    matched(one, other, &|a: &String, b: &String| usize::from(a == b))
        .iter()
        .filter(|(a, b)| a.is_some() && b.is_some())
        .count()
}

/// Two lists matched in order so that they are as like as possible; what is not alike has no partner.
fn matched<T>(left: &[T], right: &[T], like: &dyn Fn(&T, &T) -> usize) -> Vec<(Option<usize>, Option<usize>)> {
    let likeness: Vec<Vec<usize>> =
        left.iter().map(|one| right.iter().map(|other| like(one, other)).collect()).collect();
    let mut best = vec![vec![0; right.len() + 1]; left.len() + 1];
    for one in (0..left.len()).rev() {
        for other in (0..right.len()).rev() {
            let pair = best[one + 1][other + 1] + likeness[one][other];
            best[one][other] = pair.max(best[one + 1][other]).max(best[one][other + 1]);
        }
    }
    let (mut one, mut other, mut pairs) = (0, 0, Vec::new());
    while one < left.len() || other < right.len() {
        let pair = one < left.len() && other < right.len() && likeness[one][other] > 0;
        if pair && best[one][other] == best[one + 1][other + 1] + likeness[one][other] {
            pairs.push((Some(one), Some(other)));
            (one, other) = (one + 1, other + 1);
        } else if one < left.len() && (other == right.len() || best[one][other] == best[one + 1][other]) {
            pairs.push((Some(one), None));
            one += 1;
        } else {
            pairs.push((None, Some(other)));
            other += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('|').map(folded).collect()).collect()
    }

    #[test]
    fn cells_are_compared_in_matched_rows() {
        let parsed = rows("表|\n项目|金额\n一、教育|1,200\n二、科技|30");
        let read = rows("项目||金额\n一、教育||1,2 00\n二、科技||31\n三、其他||4");
        let (same, found) = differences(&parsed, &read, false);
        assert_eq!(same, 5);
        let shown: Vec<String> = found.iter().map(Difference::to_string).collect();
        assert_eq!(
            shown,
            [
                "row 1: parsed “表”, read “”",
                "row 4 column 2: parsed “30”, read “31”",
                "row 4: parsed “”, read “三、其他|4”"
            ]
        );
    }
}
