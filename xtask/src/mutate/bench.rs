//! One report on the bench: the unchanged run, and what a changed text comes to.

use super::edit::Edit;
use super::imprint::{Imprint, Seen};
use crate::score::road::{Road, Run};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The report that is changed.
pub(super) struct Bench {
    road: Road,
    /// The unchanged run.
    pub run: Run,
    name: String,
    base: Imprint,
}

/// One change and what was seen of it.
pub(super) struct Trial {
    /// Where: the cell or the claim, as the report names it.
    pub place: String,
    /// What was done, in a few words.
    pub what: String,
    /// What was seen.
    pub seen: Seen,
    /// The verdict of a whole family differs.
    pub by_family: bool,
    /// The relation that has to notice.
    pub relation: String,
}

impl Bench {
    /// Walks the unchanged report.
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        let road = Road::new();
        let run = road.walk(name, bytes);
        let base = Imprint::of(&run.report);
        Self { road, run, name: name.to_owned(), base }
    }

    /// The text of the report as it was decoded.
    pub fn text(&self) -> &str {
        self.run.document.files.first().map_or("", |file| &file.text)
    }

    /// Walks the changed report and compares.
    pub fn try_edit(&self, place: String, what: String, relation: &str, edit: &Edit) -> Trial {
        let changed = edit.apply(self.text());
        let walk = || Imprint::of(&self.road.walk(&self.name, changed).report);
        let (seen, by_family) = match catch_unwind(AssertUnwindSafe(walk)) {
            Ok(imprint) => (self.base.compare(&imprint), self.base.differs_by_family(&imprint)),
            Err(_) => (Seen::Panic, false),
        };
        Trial { place, what, seen, by_family, relation: relation.to_owned() }
    }
}

impl Trial {
    /// One line of a list.
    pub fn line(&self) -> String {
        let relation = if self.relation.is_empty() { "no relation" } else { &self.relation };
        format!("{} | {} | {:?} | {relation}", self.place, self.what, self.seen)
    }
}

/// Every n-th element so that about `most` remain.
pub(super) fn sample<T>(list: Vec<T>, most: Option<usize>) -> Vec<T> {
    let stride = most.map_or(1, |most| list.len().div_ceil(most.max(1)).max(1));
    list.into_iter().step_by(stride).collect()
}
