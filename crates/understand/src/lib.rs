//! A document to a [`Statement`]: facts of tables, claims of prose, and what stayed unbound.
//!
//! Understanding never fails. Words become coordinates by the lexicon (`forms/lexicon.toml`)
//! first and by a form where one is known; this crate knows no single report, compares
//! nothing and judges nothing.

mod claim;
mod forms;
mod from_document;
mod lexicon;
mod prose;
mod statement;
mod structure;
mod tables;
mod words;

pub use claim::{Claim, ClaimKind, Direction, Sentence};
pub use forms::{DataRelation, FormFault, Forms, Test};
pub use from_document::{understand, understand_with_prior};
pub use statement::{
    ColumnRole, ColumnView, Entry, Heading, Record, RowView, Statement, Subject, TableKind, TableView, Unbound,
    UnboundReason,
};
