//! The programmes of a science bureau: dated policies, evidence, exact decisions, fair allocation.
//!
//! Pure: no file, no clock, no database. Money is whole fen; a rate is a ratio of whole numbers.
//!
//! - [`Day`]: a date of the common calendar.

mod day;

pub use day::Day;
