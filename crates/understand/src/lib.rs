//! A document to a [`Statement`]: facts of tables, claims of prose, and what stayed unbound.
//!
//! Understanding never fails. Words become coordinates by the lexicon (`forms/lexicon.toml`)
//! first and by a form where one is known; this crate knows no single report, compares
//! nothing and judges nothing.

mod claim;
mod statement;

pub use claim::{Claim, ClaimKind, Direction, Sentence};
pub use statement::{
    ColumnRole, ColumnView, Entry, Heading, RowView, Statement, Subject, TableKind, TableView, Unbound, UnboundReason,
};

mod forms;

pub use forms::{FormFault, Forms};

/// Understands a document by the lexicon and forms.
pub fn understand(_document: &gouji_read::Document, _forms: &Forms) -> Statement {
    Statement::default()
}
