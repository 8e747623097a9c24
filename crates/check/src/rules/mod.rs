//! The rules. This list is written by `cargo xtask rules`; do not edit it by hand.

use crate::rule::Rule;

/// Every rule, by code.
pub(crate) static RULES: &[&Rule] = &[];
