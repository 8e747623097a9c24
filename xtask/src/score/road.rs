//! The whole road from the bytes of a text to its report, as `gouji check` walks it.

use gouji_check::{Options, Report, check};
use gouji_read::{Document, Limits, read};
use gouji_understand::{Forms, Statement, understand};

/// What does not change from run to run.
pub(crate) struct Road {
    forms: Forms,
    limits: Limits,
}

/// One report at every station of the road.
pub(crate) struct Run {
    /// As read.
    pub document: Document,
    /// As understood.
    pub statement: Statement,
    /// As checked.
    pub report: Report,
}

impl Road {
    /// The lexicon and forms that come with Gouji, and the usual limits.
    pub fn new() -> Self {
        Self { forms: Forms::standard(), limits: Limits::default() }
    }

    /// Reads, understands and checks one file.
    pub fn walk(&self, name: &str, bytes: Vec<u8>) -> Run {
        self.walk_all(vec![(name.to_owned(), bytes)])
    }

    /// Reads, understands and checks files that are one report.
    pub fn walk_all(&self, files: Vec<(String, Vec<u8>)>) -> Run {
        self.walk_document(read(files, &self.limits))
    }

    /// Understands and checks what was read, or changed after reading.
    pub fn walk_document(&self, document: Document) -> Run {
        let statement = understand(&document, &self.forms);
        let report = check(&statement, &Options::default());
        Run { document, statement, report }
    }
}
