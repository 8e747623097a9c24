//! The programmes of a science bureau: dated policies, evidence, exact decisions, fair allocation.
//!
//! Pure: no file, no clock, no database. Money is whole fen; a rate is a ratio of whole numbers.
//!
//! - [`Day`], [`scaled`], [`CreditCode`]: dates, decimal numbers and credit codes, exactly;
//! - [`policy`]: a programme's rules as dated data;
//! - [`program`]: a version of a policy, checked and ready to judge;
//! - [`evidence`]: registers of other offices, and what they tell of the applicants, as columns;
//! - [`judge()`](judge()), [`explain()`](explain()): decisions, each to be worked out again by hand;
//! - [`Kept`], [`explain_kept()`](explain_kept()): decisions with what they rest on, a few dozen bytes each;
//! - [`allocation`]: a budget over many claims, pro rata, to the fen;
//! - [`ledger`]: what a budget line bears: reserve, commit, pay, release, recover;
//! - [`lifecycle`]: from draft to recovery, and the record of what was done;
//! - [`duplicates()`](duplicates()), [`rings()`](rings()): one firm twice, and many firms of one hand;
//! - [`experts`]: who may judge what, and who does;
//! - [`performance`]: what a programme did in a year, and the line of the year after;
//! - [`carriers`]: incubators and platforms, graded every year;
//! - [`work`]: the working folder of an office, and the decisions on a batch;
//! - [`demo`]: an invented district, to try all of it.

pub mod allocation;
mod canonical;
pub mod carriers;
mod credit_code;
mod day;
mod decimal;
pub mod demo;
mod dice;
mod duplicates;
pub mod evidence;
pub mod experts;
mod explain;
mod firm;
mod groups;
mod judge;
mod kept;
pub mod ledger;
pub mod lifecycle;
pub mod lint;
mod marks;
pub mod performance;
pub mod policy;
mod probe;
pub mod program;
mod rings;
mod sample;
#[cfg(test)]
mod samples;
pub mod whatif;
pub mod work;

pub use credit_code::{CreditCode, CreditCodeChange, CreditCodeFault, CreditCodeRepair};
pub use day::Day;
pub use decimal::scaled;
pub use duplicates::{Agreement, DuplicatePair, Duplicates, Field, FieldEvidence, duplicates};
pub use explain::{
    Answer, Change, ConditionLine, Explanation, Nearest, Obstacle, Rule, SourceRow, StepLine, TestLine, explain,
    nearest,
};
pub use firm::{Firm, Shareholder};
pub use judge::{Decisions, Lane, judge, judge_into};
pub use kept::{Kept, KeptFault, Layout, explain_kept};
pub use rings::{RingTie, Rings, TieEvidence, TieKind, rings};
pub use sample::{Noise, Recipe, Sample};
