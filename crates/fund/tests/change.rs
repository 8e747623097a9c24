//! The nearest change does what it says: with it the decision is no refusal, and of a single one nothing less will do.

#[path = "../examples/exact/policies.rs"]
mod policies;

use gouji_fund::evidence::Column;
use gouji_fund::policy::{Kind, Policy};
use gouji_fund::program::compile;
use gouji_fund::{Change, Lane, Nearest, Rule, judge, nearest};

const ROWS: usize = 15;

#[test]
fn the_nearest_changes_turn_the_decision() {
    let (mut offered, mut blocked, mut possible) = (0, 0, 0);
    for shape in 0..policies::SHAPES.len() {
        for seed in 0..4 {
            let mut maker = policies::Maker::new(seed << 8 ^ shape as u64);
            let policy = maker.policy(shape);
            let version = &policy.versions[0];
            let Ok(program) = compile(&policy, version) else { continue };
            let columns = maker.columns(ROWS);
            let rule = Rule { policy: &policy, version, program: &program };
            let decisions = judge(&program, &columns);
            // What nobody of many meets may be met by nobody: conditions made by chance contradict each other.
            let many = judge(&program, &maker.columns(10_000));
            let is_possible = (0..many.len()).any(|at| many.failed(at) | many.unknown(at) == 0);
            for row in 0..ROWS {
                let place = format!("shape {shape} seed {seed} row {row}");
                match nearest(rule, &columns, row) {
                    Nearest::Met => assert_eq!(decisions.failed(row), 0, "{place}: something fails"),
                    Nearest::Blocked(obstacles) => {
                        assert!(!obstacles.is_empty() && decisions.failed(row) != 0, "{place}");
                        blocked += 1;
                        possible += usize::from(is_possible);
                    }
                    Nearest::Changes(changes) => {
                        offered += 1;
                        assert_ne!(decisions.failed(row), 0, "{place}: a change where nothing fails");
                        let decide = |changes: &[Change]| judge(&program, &with(&policy, &columns, row, changes));
                        let after = decide(&changes);
                        assert_eq!(after.failed(0), 0, "{place}: {changes:?}");
                        assert_ne!(after.lanes[0], Lane::Refuse, "{place}: {changes:?}");
                        assert_eq!(
                            after.unknown(0) & !decisions.unknown(row),
                            0,
                            "{place}: {changes:?} hides a condition"
                        );
                        for left_out in 0..changes.len() {
                            let mut fewer = changes.clone();
                            fewer.remove(left_out);
                            let less = decide(&fewer);
                            let is_needed = less.failed(0) != 0 || less.unknown(0) & !decisions.unknown(row) != 0;
                            assert!(is_needed, "{place}: {changes:?} holds more than is needed");
                        }
                    }
                }
            }
        }
    }
    let told = format!("{offered} of {} that fail are offered a change; {possible} more might be", offered + blocked);
    assert!(offered > 500 && offered * 100 >= (offered + possible) * 93, "{told}");
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
