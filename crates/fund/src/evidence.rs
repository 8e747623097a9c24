//! What is known of the applicants, as columns.

mod gather;
mod register;

use crate::marks::Marks;
use crate::policy::Kind;
use crate::program::{LARGEST_AMOUNT, LARGEST_COUNT};
use crate::{Day, scaled};
pub use gather::gather;
pub use register::{APPLICATIONS, CREDIT_CODE, EvidenceFault, Register, YEAR};

/// The values of one input for every applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What kind of value.
    pub kind: Kind,
    /// Fen, counts, days from 1970-01-01, places in `words`, 1 for yes; ratios in millionths.
    /// 0 where unknown.
    pub(crate) values: Vec<i64>,
    /// 1 where nothing is on record, or not one thing.
    pub(crate) unknown: Marks,
    /// The words of a class.
    pub(crate) words: Vec<String>,
    /// For every applicant the row of the register the value was read from, from 1; 0 where there is none.
    pub(crate) rows: Vec<u32>,
}

impl Column {
    /// An empty column with room for so many applicants.
    pub fn new(kind: Kind, applicants: usize) -> Column {
        Column {
            kind,
            values: Vec::with_capacity(applicants),
            unknown: Marks::default(),
            words: Vec::new(),
            rows: Vec::with_capacity(applicants),
        }
    }

    /// Adds an applicant's value, with its row in the register. A value beyond what a policy can
    /// reckon with (10^13 yuan, 10^9 pieces) is unknown.
    pub fn push(&mut self, value: Option<i64>, row: u32) {
        let limit = if self.kind == Kind::Amount { LARGEST_AMOUNT } else { LARGEST_COUNT };
        let value = value.filter(|value| (-limit..=limit).contains(value));
        self.unknown.push(self.values.len(), u8::from(value.is_none()));
        self.values.push(value.unwrap_or(0));
        self.rows.push(row);
    }

    /// Adds an applicant's word, with its row in the register.
    pub fn push_word(&mut self, word: Option<&str>, row: u32) {
        let place = word.map(|word| self.place(word) as i64);
        self.push(place, row);
    }

    /// One applicant alone.
    pub(crate) fn row(&self, applicant: usize) -> Column {
        let (words, mut row) = (self.words.clone(), Column::new(self.kind, 1));
        row.words = words;
        row.push(self.value(applicant), self.rows[applicant]);
        row
    }

    fn place(&mut self, word: &str) -> usize {
        match self.words.iter().position(|known| known == word) {
            Some(place) => place,
            None => {
                self.words.push(word.to_owned());
                self.words.len() - 1
            }
        }
    }

    /// A value; `None` where it is unknown.
    pub fn value(&self, applicant: usize) -> Option<i64> {
        (self.unknown.at(applicant) == 0).then(|| self.values[applicant])
    }

    /// The row of the register a value was read from, from 1; 0 where there is none.
    pub fn source_row(&self, applicant: usize) -> u32 {
        self.rows[applicant]
    }

    /// The word of a class; `None` where it is unknown.
    pub fn word(&self, applicant: usize) -> Option<&str> {
        let place = usize::try_from(self.value(applicant)?).ok()?;
        self.words.get(place).map(String::as_str)
    }

    /// How many applicants.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// True without applicants.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// A cell as a value of a kind; `fen` is what the unit of its column is worth. `None` for what is no such value.
pub(crate) fn scaled_value(kind: Kind, cell: &str, fen: i64) -> Option<i64> {
    match kind {
        Kind::Amount => scaled(cell, fen).filter(|value| value.abs() <= LARGEST_AMOUNT),
        Kind::Count => scaled(cell, 1).filter(|value| value.abs() <= LARGEST_COUNT),
        Kind::Ratio => match cell.strip_suffix(['%', '％']) {
            Some(percent) => scaled(percent, 10_000),
            None => scaled(cell, 1_000_000),
        },
        Kind::Day => Day::read(cell).map(|day| i64::from(day.number())),
        Kind::Flag => match cell {
            "是" | "有" | "1" | "true" => Some(1),
            "否" | "无" | "0" | "false" => Some(0),
            _ => None,
        },
        Kind::Class => None,
    }
}
