//! Letters to lines of print.

use crate::document::Area;
use crate::sheet::Letter;

/// A line of print: letters on one baseline, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub letters: Vec<Letter>,
    pub area: Area,
    pub baseline: i32,
    /// The size of most of its letters.
    pub size: i32,
}

impl Line {
    fn new(mut letters: Vec<Letter>) -> Line {
        letters.sort_by_key(|letter| letter.area.left);
        let area = area_over(&letters);
        let mut sizes: Vec<i32> = letters.iter().map(|letter| letter.size).collect();
        let mut baselines: Vec<i32> = letters.iter().map(Letter::baseline).collect();
        Line { area, baseline: middle_of(&mut baselines), size: middle_of(&mut sizes), letters }
    }

    /// The letters cut where the gap is wider than so many hundredths of the size.
    pub(super) fn chunks(&self, gap: i32) -> Vec<&[Letter]> {
        let mut chunks = Vec::new();
        let mut start = 0;
        for at in 1..self.letters.len() {
            let (before, here) = (&self.letters[at - 1], &self.letters[at]);
            if (here.area.left - before.area.right) * 100 > gap * self.size {
                chunks.push(&self.letters[start..at]);
                start = at;
            }
        }
        if start < self.letters.len() {
            chunks.push(&self.letters[start..]);
        }
        chunks
    }

    /// The text without blanks.
    pub(super) fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.character).collect()
    }
}

/// The rectangle over all letters.
pub(super) fn area_over(letters: &[Letter]) -> Area {
    let first = letters.first().map(|letter| letter.area).unwrap_or_default();
    letters.iter().fold(first, |area, letter| area.over(&letter.area))
}

/// The value in the middle, 0 of none.
pub(super) fn middle_of(values: &mut [i32]) -> i32 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or(0)
}

/// The lines that letters stand on, from top to bottom.
pub(super) fn lines_of(mut letters: Vec<Letter>) -> Vec<Line> {
    letters.retain(|letter| !letter.character.is_whitespace());
    letters.sort_by_key(|letter| (letter.baseline(), letter.area.left));
    let mut lines = Vec::new();
    let mut line: Vec<Letter> = Vec::new();
    let mut level = 0;
    for letter in letters {
        let size = line.last().map_or(letter.size, |last: &Letter| last.size.min(letter.size));
        if !line.is_empty() && (letter.baseline() - level) * 10 > size * 4 {
            lines.push(Line::new(std::mem::take(&mut line)));
        }
        if line.is_empty() {
            level = letter.baseline();
        }
        line.push(letter);
    }
    if !line.is_empty() {
        lines.push(Line::new(line));
    }
    lines
}
