//! The pure values of Gouji: what a budget report says, and what may be said about it.
//!
//! This crate does no input or output, reads no clock and opens no file. Money is an
//! integer number of fen; no float ever touches an amount, a rate or a share.
//!
//! - [`Fen`], [`Printed`], [`Unit`]: money, and figures as they stand on paper;
//! - [`Coordinates`], [`Facets`]: what a figure is about;
//! - [`Fact`], [`Span`]: a figure with its coordinates and its place;
//! - [`csv_cell`]: a text as a cell of a comma-separated table;
//! - [`books`]: what a department keeps, before it is printed;
//! - [`Changes`]: what differs between two budgets;
//! - [`Catalogue`]: dated lists of codes, each with its standing;
//! - [`Check`], [`Outcome`], [`Finding`]: what became of a relation.

mod axes;
pub mod books;
mod catalogue;
mod changes;
mod code;
mod coordinates;
mod csv;
mod fact;
mod form_files;
mod money;
mod names;
mod printed;
mod verdict;

pub use axes::{Book, Measure, Nature, Phase, Stream};
pub use catalogue::{Catalogue, Entry, Standing};
pub use changes::{Change, Changes, Section, Tally};
pub use code::Code;
pub use coordinates::{Axis, Coordinates, Facets, FacetsError, PART};
pub use csv::csv_cell;
pub use fact::{Cell, Fact, FileId, Span};
pub use form_files::FORM_FILES;
pub use money::{Fen, MoneyError};
pub use names::Names;
pub use printed::{Printed, PrintedError, SumTest, Unit, parse_number};
pub use verdict::{Check, Finding, Lang, Level, Outcome, Reason, Role, Term, Verdict, Wording};
