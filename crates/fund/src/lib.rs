//! The programmes of a science bureau: dated policies, evidence, exact decisions, fair allocation.
//!
//! Pure: no file, no clock, no database. Money is whole fen; a rate is a ratio of whole numbers.
//!
//! - [`Day`]: a date of the common calendar;
//! - [`scaled`]: a decimal number as people write it, exactly;
//! - [`policy`]: a programme's rules as dated data;
//! - [`program`]: a version of a policy, checked and ready to judge;
//! - [`evidence`]: what is known of the applicants, as columns;
//! - [`judge()`](judge()): decisions;
//! - [`explain()`](explain()): one decision, to be worked out again by hand.
//! - [`allocation`]: a budget over many claims, pro rata, to the fen;
//! - [`ledger`]: what a budget line bears: reserve, commit, pay, release, recover.

pub mod allocation;
mod day;
mod decimal;
pub mod evidence;
mod explain;
mod judge;
pub mod policy;
pub mod program;
pub mod ledger;
mod credit_code;
mod day;
mod dice;
mod duplicates;
mod firm;
mod groups;
mod rings;
mod sample;

pub use credit_code::{CreditCode, CreditCodeChange, CreditCodeFault, CreditCodeRepair};
pub use day::Day;
pub use decimal::scaled;
pub use explain::{
    Answer, Change, ConditionLine, Explanation, Rule, SourceRow, StepLine, TestLine, explain, nearest_changes,
};
pub use judge::{Decisions, Lane, judge};
pub use duplicates::{Agreement, DuplicatePair, Duplicates, Field, FieldEvidence, duplicates};
pub use firm::{Firm, Shareholder};
pub use rings::{RingTie, Rings, TieEvidence, TieKind, rings};
pub use sample::{Noise, Recipe, Sample};
