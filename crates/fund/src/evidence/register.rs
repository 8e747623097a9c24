//! Registers: tables of other offices, each with its source, date and digest.

use crate::Day;
use gouji_model::Lang;
use std::collections::HashMap;
use std::fmt;

/// The register that holds the applications themselves.
pub const APPLICATIONS: &str = "application";
/// The column that tells whose row it is, unless a register says otherwise.
pub const CREDIT_CODE: &str = "统一社会信用代码";
/// The column of the year, for inputs that look back.
pub const YEAR: &str = "年度";

/// A table as it was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Its short name, which policies use.
    pub id: String,
    /// Who keeps it.
    pub source: String,
    /// As of which day.
    pub date: Option<Day>,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The file, as messages name it.
    pub file: String,
    /// The heads of the columns, units in brackets.
    pub heads: Vec<String>,
    /// The cells as text, each row with its place in the file from 1.
    pub rows: Vec<(u32, Vec<String>)>,
    /// The head of the column that tells whose row it is.
    pub key: String,
}

/// What is wrong in a register or between a register and a policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EvidenceFault {
    /// The file.
    pub file: String,
    /// The row from 1; 0 for the whole file.
    pub row: u32,
    /// The head of the column; empty for the whole row.
    pub column: String,
    zh: String,
    en: String,
}

impl EvidenceFault {
    /// A fault of a cell, a row (`column` empty) or a file (`row` 0).
    pub fn new(file: &str, row: u32, column: &str, zh: String, en: String) -> EvidenceFault {
        EvidenceFault { file: file.to_owned(), row, column: column.to_owned(), zh, en }
    }

    /// What is wrong and what would be right.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl fmt::Display for EvidenceFault {
    /// The place: `registers/tax.csv:12 [税务信用等级]`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.file)?;
        if self.row > 0 {
            write!(out, ":{}", self.row)?;
        }
        if !self.column.is_empty() {
            write!(out, " [{}]", self.column)?;
        }
        Ok(())
    }
}

/// A column of a register, with what its numbers are multiplied by to give fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub place: usize,
    /// Fen in one of the unit that the head names; 0 when it names none.
    pub fen: i64,
}

impl Register {
    /// The column with a name, whatever unit its head adds in brackets.
    pub(crate) fn column(&self, name: &str) -> Option<Found> {
        self.heads.iter().enumerate().find_map(|(place, head)| {
            let (plain, unit) = parted(head);
            (plain == name || head == name).then(|| Found { place, fen: fen_of(unit) })
        })
    }

    /// A cell; empty when the row is shorter than the head.
    pub fn cell(&self, row: usize, place: usize) -> &str {
        self.rows[row].1.get(place).map_or("", |cell| cell.trim())
    }

    /// The rows of each holder.
    pub(crate) fn by_holder(&self) -> HashMap<&str, Vec<usize>> {
        let mut rows: HashMap<&str, Vec<usize>> = HashMap::new();
        if let Some(key) = self.column(&self.key) {
            for row in 0..self.rows.len() {
                rows.entry(self.cell(row, key.place)).or_default().push(row);
            }
        }
        rows
    }
}

/// A head and the unit in its brackets.
fn parted(head: &str) -> (&str, &str) {
    let head = head.trim();
    let inside = head.strip_suffix(['）', ')']).and_then(|head| head.rsplit_once(['（', '(']));
    inside.map_or((head, ""), |(name, unit)| (name.trim(), unit.trim()))
}

fn fen_of(unit: &str) -> i64 {
    match unit {
        "元" => 100,
        "万元" => 1_000_000,
        "亿元" => 10_000_000_000,
        "分" => 1,
        _ => 0,
    }
}
