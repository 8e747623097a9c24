use crate::repair::Repair;
use gouji_model::{Check, Finding, Level, Verdict};

/// What became of every relation of one report.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Every family of relations with its verdict, by key.
    pub relations: Vec<Relation>,
    /// What is broken, gravest first, findings of one cause together.
    pub findings: Vec<Finding>,
    /// Changes that would explain what is broken, by group, the likeliest of a group first.
    pub repairs: Vec<Repair>,
    /// How much was read and decided.
    pub coverage: Coverage,
}

/// One family of relations: all its instances and the verdict over them.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The family's key.
    pub key: String,
    /// Code of the rule that decides it.
    pub code: &'static str,
    /// The level a break has.
    pub level: Level,
    /// Broken if one instance is, else within rounding if one is, else holding; not
    /// checked only when no instance could be decided.
    pub verdict: Verdict,
    /// Number of instances decided.
    pub instances: usize,
    /// The instances.
    pub checks: Vec<Check>,
}

/// How much was read and decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Tables understood.
    pub tables: usize,
    /// Amounts seen in tables and prose.
    pub amounts: usize,
    /// Amounts bound to coordinates.
    pub amounts_bound: usize,
    /// Claims read in prose.
    pub claims: usize,
    /// Claims whose subject is known.
    pub claims_bound: usize,
    /// Families that hold.
    pub holds: usize,
    /// Families that hold within rounding.
    pub rounding: usize,
    /// Families that are broken.
    pub broken: usize,
    /// Families that could not be checked.
    pub not_checked: usize,
}
