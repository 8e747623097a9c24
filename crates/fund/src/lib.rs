//! The programmes of a science bureau: dated policies, evidence, exact decisions, fair allocation.
//!
//! Pure: no file, no clock, no database. Money is whole fen; a rate is a ratio of whole numbers.
//!
//! - [`Day`]: a date of the common calendar.

mod credit_code;
mod day;
mod dice;
mod duplicates;
pub mod experts;
mod firm;
mod groups;
mod rings;
mod sample;

pub use credit_code::{CreditCode, CreditCodeChange, CreditCodeFault, CreditCodeRepair};
pub use day::Day;
pub use duplicates::{Agreement, DuplicatePair, Duplicates, Field, FieldEvidence, duplicates};
pub use firm::{Firm, Shareholder};
pub use rings::{RingTie, Rings, TieEvidence, TieKind, rings};
pub use sample::{Noise, Recipe, Sample};
