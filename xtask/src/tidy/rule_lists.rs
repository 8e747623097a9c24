//! Generated lists and pages of the rules must be as `cargo xtask rules` writes them.

use super::Fault;
use crate::rules;
use crate::tree::Tree;

/// Generated files that are stale, and rule files that cannot be read.
pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    match rules::stale(tree) {
        Ok(stale) => stale.iter().map(|file| Fault::new(&file.path, 1, "stale; run `cargo xtask rules`")).collect(),
        Err(error) => vec![Fault::new("crates/check/src/rules/mod.rs", 1, format!("{error}; mend the rule file"))],
    }
}
