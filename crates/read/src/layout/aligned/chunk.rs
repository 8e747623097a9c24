//! A piece of a line of print: a cell, or a line of one.

use crate::layout::ink::{is_number, is_of_number};
use crate::layout::lines::{area_over, middle_of};
use crate::sheet::Letter;

/// Letters that white parts from the others of their line.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub letters: Vec<Letter>,
    pub left: i32,
    pub right: i32,
    pub baseline: i32,
    pub size: i32,
    /// It writes a number and nothing else.
    pub number: bool,
}

impl Chunk {
    pub(super) fn new(letters: &[Letter]) -> Chunk {
        let area = area_over(letters);
        let mut baselines: Vec<i32> = letters.iter().map(Letter::baseline).collect();
        let mut sizes: Vec<i32> = letters.iter().map(|letter| letter.size).collect();
        Chunk {
            letters: letters.to_vec(),
            left: area.left,
            right: area.right,
            baseline: middle_of(&mut baselines),
            size: middle_of(&mut sizes).max(1),
            number: is_number(letters),
        }
    }

    /// The middle from left to right.
    pub(super) fn middle(&self) -> i32 {
        (self.left + self.right) / 2
    }

    pub(super) fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.character).collect()
    }

    /// Both have a place in common from left to right.
    pub(super) fn is_over(&self, (left, right): (i32, i32)) -> bool {
        self.left < right && left < self.right
    }

    /// Both stand at one height, so that neither can stand over the other.
    pub(super) fn is_beside(&self, other: &Chunk) -> bool {
        (self.baseline - other.baseline).abs() * 10 < self.size.max(other.size) * 9
    }

    /// Both stand on one line.
    pub(super) fn is_level_with(&self, other: &Chunk) -> bool {
        (self.baseline - other.baseline).abs() * 10 < self.size.max(other.size) * 4
    }

    /// Titles set large nearly touch those beside them: cut where white is between words that have none.
    pub(super) fn words(self) -> Vec<Chunk> {
        let gaps: Vec<i32> =
            self.letters.windows(2).map(|pair| (pair[1].area.left - pair[0].area.right) * 100 / self.size).collect();
        let wide: Vec<usize> = (0..gaps.len()).filter(|at| gaps[*at] > 10).map(|at| at + 1).collect();
        let is_word = |letter: &Letter| !is_of_number(letter.character) && !"()（）".contains(letter.character);
        match wide[..] {
            [at] if gaps[at - 1] >= 30
                && at >= 2
                && self.letters.len() - at >= 2
                && is_word(&self.letters[at - 1])
                && is_word(&self.letters[at]) =>
            {
                vec![Chunk::new(&self.letters[..at]), Chunk::new(&self.letters[at..])]
            }
            _ => vec![self],
        }
    }

    /// More of the same line.
    pub(super) fn extend(&mut self, other: &Chunk) {
        self.letters.extend_from_slice(&other.letters);
        self.letters.sort_by_key(|letter| letter.area.left);
        (self.left, self.right) = (self.left.min(other.left), self.right.max(other.right));
        self.number = is_number(&self.letters);
    }
}
