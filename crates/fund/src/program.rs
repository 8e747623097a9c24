//! A version of a policy as a straight list of operations over columns.
//!
//! There is one engine: it judges a million applications in chunks, and one application with every value kept.

mod compile;
mod divide;
pub(crate) mod kernels;
mod run;
mod tests_of;

use crate::policy::{Compare, Kind, Way};
pub use compile::{PolicyFault, compile};
pub(crate) use compile::{quotient as quotient_of, shown as shown_operand};
pub(crate) use kernels::View;
pub(crate) use run::{CHUNK, Machine};
use std::collections::HashMap;

/// How many conditions a version may have.
pub const MOST_CONDITIONS: usize = 64;
/// The largest amount that evidence may hold: 10^13 yuan in fen.
pub const LARGEST_AMOUNT: i64 = 1_000_000_000_000_000;
/// The largest number that evidence may hold.
pub const LARGEST_COUNT: i64 = 1_000_000_000;

/// A version of a policy, ready to judge.
#[derive(Clone, Debug)]
pub struct Program {
    /// How many inputs the policy has; they are the first slots.
    pub(crate) inputs: usize,
    /// The kind of every slot of numbers.
    pub(crate) slots: usize,
    /// How many slots of outcomes there are.
    pub(crate) outcomes: usize,
    pub(crate) operations: Vec<Operation>,
    /// Where every term stands.
    pub(crate) terms: HashMap<String, Term>,
    /// Every condition in the order of the policy.
    pub(crate) conditions: Vec<ConditionPlan>,
    /// Every step in the order of the policy.
    pub(crate) steps: Vec<StepPlan>,
    /// The award before it is held above zero.
    pub(crate) award: Source,
    /// True for a version whose amount a person always confirms.
    pub(crate) is_reviewed: bool,
}

/// A term: what kind it is and where its value stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    pub kind: Kind,
    pub at: Quotient,
}

/// Where the outcomes of a condition stand.
#[derive(Clone, Debug)]
pub(crate) struct ConditionPlan {
    /// The condition with its `when`.
    pub outcome: Outcome,
    /// Whether it is asked.
    pub asked: Option<Outcome>,
    /// The tests inside that compare something, in reading order; then those of `when`.
    pub leaves: Vec<Outcome>,
    /// True when a failure refuses.
    pub refuses: bool,
}

/// Where the values of a step stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StepPlan {
    /// The formula alone.
    pub raw: Quotient,
    /// Whether it applies.
    pub asked: Option<Outcome>,
}

/// A slot of outcomes.
pub(crate) type Outcome = usize;

/// No, unknown and yes: the smaller of two is *and*, the larger is *or*.
pub(crate) const NO: u8 = 0;
pub(crate) const UNKNOWN: u8 = 1;
pub(crate) const YES: u8 = 2;

/// A column of numbers or one number for all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Slot(usize),
    Constant(i64),
}

/// A number, or a quotient of two; unknown where the divisor is not positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotient {
    pub over: Source,
    pub under: Source,
}

impl Quotient {
    /// A number.
    pub(crate) const fn whole(over: Source) -> Quotient {
        Quotient { over, under: Source::Constant(1) }
    }
}

/// A bound of a table: the quotient and whether the arithmetic fits 64 bits.
pub(crate) type Bound = Option<(i64, i64)>;

/// One operation; it writes one slot.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Smallest(Source, Source, usize),
    Largest(Source, Source, usize),
    Add(Source, Source, usize),
    /// The difference.
    Less(Source, Source, usize),
    /// The difference, no less than zero.
    LessHeldAboveZero(Source, Source, usize),
    Product(Source, Source, usize),
    AddMonths(Source, i32, usize),
    /// An amount times a fixed rate.
    Scale {
        of: Source,
        over: i64,
        divide: Rounded,
        out: usize,
    },
    /// An amount times a rate of its own.
    ScaleBy {
        of: Source,
        rate: Quotient,
        unit: i64,
        way: Way,
        out: usize,
    },
    Bands {
        of: Source,
        bands: Vec<BandPlan>,
        divide: Rounded,
        out: usize,
    },
    Table {
        of: Quotient,
        by: Quotient,
        cells: Vec<CellPlan>,
        fits: Fits,
        out: usize,
    },
    /// The value for the word of an input.
    ByClass {
        input: usize,
        values: Vec<(String, i64)>,
        out: usize,
    },
    /// Zero unless the outcome is yes.
    Select {
        when: Outcome,
        of: Source,
        out: usize,
    },
    Compare {
        left: Quotient,
        how: Compare,
        right: Quotient,
        fits: Fits,
        out: Outcome,
    },
    Among {
        input: usize,
        words: Vec<String>,
        inside: u8,
        out: Outcome,
    },
    /// Yes where the number is not zero.
    IsSet {
        of: Source,
        inside: u8,
        out: Outcome,
    },
    All(Vec<Outcome>, Outcome),
    Any(Vec<Outcome>, Outcome),
    Not(Outcome, Outcome),
}

/// Whether every product of an operation fits 64 bits, by the bounds of what goes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fits {
    Narrow,
    Wide,
}

/// A division by a fixed number that is rounded to a multiple of a unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rounded {
    pub divisor: divide::Divisor,
    /// Added before dividing: 0, half the divisor, or the divisor less one.
    pub added: u64,
    pub unit: i64,
    pub fits: Fits,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct BandPlan {
    pub low: i64,
    pub high: i64,
    pub over: i64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct CellPlan {
    pub of: (Bound, Bound),
    pub by: (Bound, Bound),
    pub value: i64,
}
