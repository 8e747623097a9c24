//! A record is enough: on random policies the explanation from it is the explanation of the decision.

#[path = "../examples/exact/policies.rs"]
mod policies;

use gouji_fund::program::compile;
use gouji_fund::{Kept, KeptFault, Rule, explain, explain_kept, judge};
use gouji_model::Lang;

const ROWS: usize = 40;

#[test]
fn a_record_alone_gives_the_full_explanation() {
    let mut explained = 0;
    for shape in 0..policies::SHAPES.len() {
        for seed in 0..6 {
            let mut maker = policies::Maker::new(seed << 8 ^ shape as u64);
            let policy = maker.policy(shape);
            let version = &policy.versions[0];
            let Ok(program) = compile(&policy, version) else { continue };
            let columns = maker.columns(ROWS);
            let rule = Rule { policy: &policy, version, program: &program };
            let decisions = judge(&program, &columns);
            let kept = Kept::of(&columns, &decisions);
            for row in 0..ROWS {
                let record = kept.record(row);
                let told = explain_kept(rule, record, kept.layout(), Lang::Zh);
                assert_eq!(told.as_ref(), Ok(&explain(rule, &columns, row, Lang::Zh)), "shape {shape} seed {seed}");
                assert_eq!(
                    explain_kept(rule, &record[..record.len() / 2], kept.layout(), Lang::Zh),
                    Err(KeptFault::Shape)
                );
                // Another lane is found out.
                let mut changed = record.to_vec();
                changed[0] = (changed[0] & !3) | (((changed[0] & 3) + 1) % 3);
                assert_eq!(explain_kept(rule, &changed, kept.layout(), Lang::Zh), Err(KeptFault::Otherwise));
                explained += 1;
            }
        }
    }
    assert!(explained > 2_000, "only {explained} were explained");
}
