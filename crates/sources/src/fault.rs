//! What is wrong in a source, where, and what would be right.

use crate::schema::{Field, schema};
use gouji_model::books::{List, Origin};
use gouji_model::{Lang, Level};
use std::fmt;

/// One thing that is wrong in a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// An error stops the books from being made; a warning does not.
    pub level: Level,
    zh: String,
    en: String,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The list.
    pub list: List,
    /// The row as the source counts, from 1; 0 for the whole list.
    pub row: u32,
    /// The place among the columns of the list.
    column: usize,
    /// How it is written: `projects.csv:3` with the head of the column, or `项目!C3`.
    text: String,
}

/// As much of what is written as a message has room for.
pub(crate) fn clip(written: &str) -> String {
    const SHOWN: usize = 25;
    let shown: String = written.chars().take(SHOWN).collect();
    if written.chars().count() > SHOWN { format!("{shown}…") } else { shown }
}

impl Fault {
    /// An error at a field of a row.
    pub(crate) fn error(origin: Origin, field: Option<Field>, zh: String, en: String) -> Fault {
        Fault { place: Place::new(origin, field), level: Level::Error, zh, en }
    }

    /// A warning at a field of a row.
    pub(crate) fn warning(origin: Origin, field: Option<Field>, zh: String, en: String) -> Fault {
        Fault { level: Level::Warning, ..Fault::error(origin, field, zh, en) }
    }

    /// The same fault about a part of the source that is no list.
    pub(crate) fn about(mut self, part: &str) -> Fault {
        self.place.text = part.to_string();
        self
    }

    /// What is wrong and what would be right.
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl Place {
    fn new(origin: Origin, field: Option<Field>) -> Place {
        let column = field.and_then(|field| schema(origin.list).index(field)).map_or(0, |index| index + 1);
        Place { list: origin.list, row: origin.row, column, text: String::new() }
    }

    /// The column of the list, when one is meant.
    pub(crate) fn column(&self) -> Option<usize> {
        self.column.checked_sub(1)
    }

    /// Says how the source writes the place, unless that is said already.
    pub(crate) fn set_text(&mut self, text: impl Fn(&Place) -> String) {
        if self.text.is_empty() {
            self.text = text(self);
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}
