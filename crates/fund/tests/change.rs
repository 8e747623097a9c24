//! The nearest change does what it says: with it no condition fails.

#[path = "../examples/exact/policies.rs"]
mod policies;

use gouji_fund::evidence::Column;
use gouji_fund::policy::{Kind, Policy};
use gouji_fund::program::compile;
use gouji_fund::{Change, Rule, judge, nearest_changes};

const ROWS: usize = 60;

#[test]
fn the_nearest_changes_remove_every_failing_condition() {
    let (mut offered, mut failing) = (0, 0);
    for shape in 0..policies::SHAPES.len() {
        for seed in 0..12 {
            let mut maker = policies::Maker::new(seed << 8 ^ shape as u64);
            let policy = maker.policy(shape);
            let version = &policy.versions[0];
            let Ok(program) = compile(&policy, version) else { continue };
            let columns = maker.columns(ROWS);
            let rule = Rule { policy: &policy, version, program: &program };
            let decisions = judge(&program, &columns);
            for row in 0..ROWS {
                let changes = nearest_changes(rule, &columns, row);
                failing += usize::from(decisions.failed(row) != 0);
                if changes.is_empty() {
                    continue;
                }
                assert_ne!(decisions.failed(row), 0, "a change where nothing fails");
                offered += 1;
                let after = judge(&program, &with(&policy, &columns, row, &changes));
                assert_eq!(after.failed(0), 0, "shape {shape} seed {seed} row {row}: {changes:?}");
            }
        }
    }
    assert!(offered > 500, "only {offered} of {failing} that fail are offered a change");
}

/// The applicant's values with the changes put in.
fn with(policy: &Policy, columns: &[Column], row: usize, changes: &[Change]) -> Vec<Column> {
    let changed = policy.inputs.iter().zip(columns).map(|(input, old)| {
        let mut column = Column::new(input.kind, 1);
        let change = changes.iter().find(|change| change.input == input.name);
        match (input.kind, change) {
            (Kind::Class, Some(change)) => column.push_word(Some(&change.word), 1),
            (Kind::Class, None) => column.push_word(old.word(row), 1),
            (_, Some(change)) => column.push(Some(change.to), 1),
            (_, None) => column.push(old.value(row), 1),
        }
        column
    });
    changed.collect()
}
