//! The appropriation ledger: what a budget line (a project of 表十三) still bears, in whole fen.
//!
//! `reserve → commit → pay`, with `release` from either and `recover` (追回) afterwards; nothing is ever changed or
//! deleted, only added. For every line, always:
//!
//! ```text
//! available = amount − reserved − committed − paid + restored  ≥ 0
//! ```
//!
//! Money recovered goes to the treasury and does not become available again, unless it is said to go
//! back to the line ([`Destination::Line`]), as a refund within the same year does.
//!
//! A plan of instalments lies within the line's year: an award paid over three years is one commitment on each
//! year's line. A refused request changes nothing and is not kept, so asking again under the same key is a new question; an accepted
//! one is answered the same for ever. Two requests are the same when all but their time is equal.

mod event;
mod facts;
mod refusal;
mod rules;

pub use event::{Event, Hash, Record};
pub use facts::{LineFacts, line_facts};
pub use refusal::Refusal;

use crate::Day;
use gouji_model::Fen;
use std::collections::BTreeMap;

/// A moment: milliseconds from 1970-01-01 in universal time, given by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// The date in China; `None` outside the years 1 to 9999.
    pub fn day(self) -> Option<Day> {
        const EAST: i64 = 8 * 3_600_000;
        let days = self.0.saturating_add(EAST).div_euclid(86_400_000);
        i32::try_from(days).ok().and_then(Day::from_number)
    }

    /// The first moment of a date in universal time; in China it is eight in the morning of it.
    pub fn of(day: Day) -> Moment {
        Moment(i64::from(day.number()) * 86_400_000)
    }
}

/// What somebody asks of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Chosen by the caller, once for each intention; asking again with it is answered as before.
    pub key: String,
    /// When it is asked.
    pub time: Moment,
    /// Who asks.
    pub actor: String,
    /// Why; may be empty.
    pub reason: String,
    /// The budget line, by the caller's name for it.
    pub line: String,
    /// What is to happen.
    pub action: Action,
}

/// What is to happen on a line. Amounts are above zero, but for [`Action::Amend`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The line begins, with the approved amount of its project.
    Open {
        /// The unit whose budget it stands in.
        unit: String,
        /// The budget year.
        year: i32,
        /// The project's name in 表十三.
        project: String,
        /// The approved amount.
        amount: Fen,
        /// From this moment nothing is reserved, committed or paid any more.
        closes: Moment,
    },
    /// The approved amount grows or shrinks (追加, 调减).
    Amend {
        /// What is added; negative when it shrinks.
        change: Fen,
    },
    /// Money is held for an award, up to a moment.
    Reserve {
        /// The award.
        award: String,
        /// What is held.
        amount: Fen,
        /// From this moment it can only be released.
        until: Moment,
    },
    /// Reserved money becomes an obligation with its instalments.
    Commit {
        /// The award.
        award: String,
        /// The instalments.
        plan: Vec<Part>,
    },
    /// An instalment, or a piece of it, is paid.
    Pay {
        /// The award.
        award: String,
        /// The instalment, from 1.
        part: u32,
        /// What is paid.
        amount: Fen,
    },
    /// Held money becomes available again.
    Release {
        /// The award.
        award: String,
        /// What is released; of a commitment the last instalments first.
        amount: Fen,
        /// Where it was held.
        from: Held,
    },
    /// Money paid comes back (追回).
    Recover {
        /// The award.
        award: String,
        /// What came back.
        amount: Fen,
        /// Where it goes.
        to: Destination,
    },
    /// The line is closed before its time.
    Close,
}

/// One dated instalment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Not paid before this moment.
    pub due: Moment,
    /// Its amount.
    pub amount: Fen,
}

/// Where money is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// By a reservation.
    Reserved,
    /// By a commitment.
    Committed,
}

/// Where recovered money goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Destination {
    /// To the treasury; the line does not bear it again.
    #[default]
    Treasury,
    /// Back to the line, while it is open.
    Line,
}

/// A budget line as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The unit whose budget it stands in.
    pub unit: String,
    /// The budget year.
    pub year: i32,
    /// The project's name in 表十三.
    pub project: String,
    /// Approved, amendments included.
    pub amount: Fen,
    /// Held by reservations.
    pub reserved: Fen,
    /// Held by commitments, not yet paid.
    pub committed: Fen,
    /// Paid, what came back not taken off.
    pub paid: Fen,
    /// Came back, to the treasury or to the line.
    pub recovered: Fen,
    /// Came back to the line.
    pub restored: Fen,
    /// When it closes, or was closed.
    pub closes: Moment,
}

/// An award on a line as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// Held by its reservation.
    pub reserved: Fen,
    /// Held by its commitment, not yet paid.
    pub committed: Fen,
    /// Paid, what came back not taken off.
    pub paid: Fen,
    /// Came back.
    pub recovered: Fen,
    /// When its reservation expires.
    pub until: Moment,
    /// Its instalments; empty before it is committed.
    pub parts: Vec<PartState>,
}

/// An instalment as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartState {
    /// Not paid before this moment.
    pub due: Moment,
    /// Its amount, less what was released.
    pub amount: Fen,
    /// Paid of it.
    pub paid: Fen,
}

/// Lines and awards, as the events so far leave them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// The lines by name.
    pub lines: BTreeMap<String, Line>,
    /// The awards by line and name.
    pub awards: BTreeMap<(String, String), Award>,
}

impl Line {
    /// What may still be reserved; never negative in a book that only [`Book::apply`] has changed.
    pub fn available(&self) -> Fen {
        let held = self.reserved.fen() + self.committed.fen() + self.paid.fen();
        Fen::new(self.amount.fen() - held + self.restored.fen())
    }
}

impl Request {
    /// Whether it asks the same as another; their times may differ, as those of a repeated request do.
    pub fn is_same_as(&self, other: &Request) -> bool {
        let other_texts = (&other.key, &other.actor, &other.reason, &other.line);
        (&self.key, &self.actor, &self.reason, &self.line) == other_texts && self.action == other.action
    }
}

impl Action {
    /// The award it is about.
    pub fn award(&self) -> Option<&str> {
        match self {
            Action::Reserve { award, .. }
            | Action::Commit { award, .. }
            | Action::Pay { award, .. }
            | Action::Release { award, .. }
            | Action::Recover { award, .. } => Some(award),
            Action::Open { .. } | Action::Amend { .. } | Action::Close => None,
        }
    }
}

#[cfg(test)]
mod tests;
