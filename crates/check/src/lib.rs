//! Relations and rules: a statement to verdicts and findings. Pure: no input or output.

mod engine;
mod report;
mod rule;
mod rules;

pub use engine::{Options, check};
pub use report::{Coverage, Relation, Report};
pub use rule::{Dimension, Rule, Stage};

/// Every rule, by code.
pub fn rules() -> &'static [&'static Rule] {
    rules::RULES
}
