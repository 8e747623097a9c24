//! Relations and rules: a statement to verdicts and findings. Pure: no input or output.

mod context;
mod derive;
mod engine;
pub mod joint;
mod narrative;
mod phrase;
mod repair;
mod report;
mod rule;
mod rules;
mod similar;

pub use context::Context;
pub use engine::{Options, check};
pub use repair::{Change, Repair};
pub use report::{Coverage, Relation, Report};
pub use rule::{Dimension, Rule, Stage};

/// Every rule, by code.
pub fn rules() -> &'static [&'static Rule] {
    rules::RULES
}
