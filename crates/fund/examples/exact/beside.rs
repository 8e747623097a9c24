//! The engine beside the oracle on one shape.

use super::oracle::{Decided, decide};
use super::policies::Maker;
use gouji_fund::program::compile;
use gouji_fund::{Decisions, judge};

/// What came out of one policy.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Policies that compiled.
    pub policies: usize,
    /// Applicants compared.
    pub rows: usize,
    /// Applicants with an unknown condition or amount, so that it shows that they occur.
    pub unknown: usize,
    /// How many came out otherwise.
    pub differ: usize,
    /// The first of those, with its policy.
    pub first: Option<String>,
}

/// Makes one policy of a shape and compares every applicant. A policy that may pass the largest amount does not count.
pub fn compare(shape: usize, seed: u64, rows: usize) -> Found {
    let mut maker = Maker::new(seed);
    let policy = maker.policy(shape);
    let version = &policy.versions[0];
    let Ok(program) = compile(&policy, version) else { return Found::default() };
    let columns = maker.columns(rows);
    let decisions = judge(&program, &columns);
    let mut found = Found { policies: 1, rows, ..Found::default() };
    for row in 0..rows {
        let (engine, oracle) = (of(&decisions, row), decide(&policy, version, &columns, row));
        found.unknown += usize::from(oracle.unknown != 0 || oracle.is_unknown);
        if engine != oracle {
            found.differ += 1;
            found.first.get_or_insert_with(|| {
                let values: Vec<_> = columns.iter().map(|column| column.value(row)).collect();
                format!("seed {seed} row {row}\nengine {engine:?}\noracle {oracle:?}\n{values:?}\n{version:#?}")
            });
        }
    }
    found
}

fn of(decisions: &Decisions, row: usize) -> Decided {
    Decided {
        lane: decisions.lanes[row],
        award: decisions.awards[row],
        is_unknown: decisions.is_amount_unknown(row),
        failed: decisions.failed(row),
        unknown: decisions.unknown(row),
    }
}
