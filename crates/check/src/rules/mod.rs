//! The rules. Written by `cargo xtask rules`; do not edit by hand.

use crate::rule::Rule;

#[path = "form/duplicate_mark.rs"]
mod duplicate_mark;
#[path = "performance/duplicate_text.rs"]
mod duplicate_text;
#[path = "narrative/mismatched_amount.rs"]
mod mismatched_amount;
#[path = "narrative/mismatched_change.rs"]
mod mismatched_change;
#[path = "classification/mismatched_code_name.rs"]
mod mismatched_code_name;
#[path = "narrative/mismatched_comparison.rs"]
mod mismatched_comparison;
#[path = "narrative/mismatched_count.rs"]
mod mismatched_count;
#[path = "narrative/mismatched_direction.rs"]
mod mismatched_direction;
#[path = "narrative/mismatched_growth.rs"]
mod mismatched_growth;
#[path = "form/mismatched_heading.rs"]
mod mismatched_heading;
#[path = "years/mismatched_last_year.rs"]
mod mismatched_last_year;
#[path = "narrative/mismatched_parts.rs"]
mod mismatched_parts;
#[path = "form/mismatched_precision.rs"]
mod mismatched_precision;
#[path = "narrative/mismatched_project_name.rs"]
mod mismatched_project_name;
#[path = "totals/mismatched_project_sum.rs"]
mod mismatched_project_sum;
#[path = "totals/mismatched_repeat.rs"]
mod mismatched_repeat;
#[path = "narrative/mismatched_share.rs"]
mod mismatched_share;
#[path = "narrative/mismatched_split.rs"]
mod mismatched_split;
#[path = "totals/mismatched_tie.rs"]
mod mismatched_tie;
#[path = "totals/mismatched_total.rs"]
mod mismatched_total;
#[path = "narrative/mismatched_unchanged.rs"]
mod mismatched_unchanged;
#[path = "classification/misplaced_amount.rs"]
mod misplaced_amount;
#[path = "classification/misplaced_project.rs"]
mod misplaced_project;
#[path = "form/missing_citation.rs"]
mod missing_citation;
#[path = "narrative/missing_class.rs"]
mod missing_class;
#[path = "performance/missing_goal.rs"]
mod missing_goal;
#[path = "performance/missing_key_project.rs"]
mod missing_key_project;
#[path = "form/missing_label.rs"]
mod missing_label;
#[path = "classification/missing_parent.rs"]
mod missing_parent;
#[path = "performance/missing_quantity.rs"]
mod missing_quantity;
#[path = "form/missing_table.rs"]
mod missing_table;
#[path = "form/stale_acceptance.rs"]
mod stale_acceptance;
#[path = "classification/stale_code_name.rs"]
mod stale_code_name;
#[path = "form/stale_template.rs"]
mod stale_template;
#[path = "form/stale_year.rs"]
mod stale_year;
#[path = "totals/unbalanced_budget.rs"]
mod unbalanced_budget;
#[path = "form/unbalanced_mark.rs"]
mod unbalanced_mark;
#[path = "narrative/unexpected_amount.rs"]
mod unexpected_amount;
#[path = "totals/unexpected_excess.rs"]
mod unexpected_excess;
#[path = "narrative/unexpected_item.rs"]
mod unexpected_item;
#[path = "totals/unexpected_joint_contradiction.rs"]
mod unexpected_joint_contradiction;
#[path = "narrative/unexpected_purchase.rs"]
mod unexpected_purchase;
#[path = "narrative/unexpected_scope.rs"]
mod unexpected_scope;
#[path = "narrative/unexplained_change.rs"]
mod unexplained_change;
#[path = "totals/unexplained_partition.rs"]
mod unexplained_partition;
#[path = "classification/unreadable_code.rs"]
mod unreadable_code;

/// Every rule, by code.
pub(crate) static RULES: &[&Rule] = &[
    &misplaced_amount::RULE,
    &misplaced_project::RULE,
    &mismatched_code_name::RULE,
    &missing_parent::RULE,
    &stale_code_name::RULE,
    &unreadable_code::RULE,
    &mismatched_heading::RULE,
    &missing_citation::RULE,
    &mismatched_precision::RULE,
    &stale_year::RULE,
    &missing_label::RULE,
    &duplicate_mark::RULE,
    &stale_template::RULE,
    &missing_table::RULE,
    &unbalanced_mark::RULE,
    &stale_acceptance::RULE,
    &mismatched_amount::RULE,
    &mismatched_direction::RULE,
    &mismatched_growth::RULE,
    &mismatched_share::RULE,
    &mismatched_change::RULE,
    &mismatched_unchanged::RULE,
    &unexpected_amount::RULE,
    &mismatched_parts::RULE,
    &mismatched_split::RULE,
    &mismatched_count::RULE,
    &unexplained_change::RULE,
    &mismatched_project_name::RULE,
    &unexpected_item::RULE,
    &unexpected_scope::RULE,
    &missing_class::RULE,
    &unexpected_purchase::RULE,
    &mismatched_comparison::RULE,
    &missing_goal::RULE,
    &duplicate_text::RULE,
    &missing_quantity::RULE,
    &missing_key_project::RULE,
    &mismatched_total::RULE,
    &unbalanced_budget::RULE,
    &mismatched_repeat::RULE,
    &mismatched_tie::RULE,
    &unexpected_excess::RULE,
    &mismatched_project_sum::RULE,
    &unexplained_partition::RULE,
    &unexpected_joint_contradiction::RULE,
    &mismatched_last_year::RULE,
];
