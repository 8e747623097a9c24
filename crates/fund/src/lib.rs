//! The programmes of a science bureau: dated policies, evidence, exact decisions, fair allocation.
//!
//! Pure: no file, no clock, no database. Money is whole fen; a rate is a ratio of whole numbers.
//!
//! - [`Day`]: a date of the common calendar;
//! - [`allocation`]: a budget over many claims, pro rata, to the fen;
//! - [`ledger`]: what a budget line bears: reserve, commit, pay, release, recover.

pub mod allocation;
mod day;
pub mod ledger;

pub use day::Day;
