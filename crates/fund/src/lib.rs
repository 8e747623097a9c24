//! The programmes of a science bureau: dated policies, evidence, exact decisions, fair allocation.
//!
//! Pure: no file, no clock, no database. Money is whole fen; a rate is a ratio of whole numbers.
//!
//! - [`Day`]: a date of the common calendar;
//! - [`policy`]: a programme's rules as dated data;
//! - [`program`]: a version of a policy, checked and ready to judge;
//! - [`evidence`]: what is known of the applicants, as columns;
//! - [`judge()`](judge()): decisions;
//! - [`lint`]: what is suspicious in the rules, with an applicant who shows it;
//! - [`whatif`]: what a change of the rules would have done;
//! - [`lifecycle`]: from draft to recovery, and the record of what was done;
//! - [`performance`]: what a programme did in a year, and the line of the year after;
//! - [`carriers`]: incubators and platforms, graded every year;
//! - [`explain()`](explain()): one decision, to be worked out again by hand.

pub mod carriers;
mod day;
pub mod evidence;
mod explain;
mod judge;
pub mod lifecycle;
pub mod lint;
pub mod performance;
pub mod policy;
pub mod program;
#[cfg(test)]
mod samples;
pub mod whatif;

pub use day::Day;
pub use explain::{
    Answer, Change, ConditionLine, Explanation, Rule, SourceRow, StepLine, TestLine, explain, nearest_changes,
};
pub use judge::{Decisions, Lane, judge};
