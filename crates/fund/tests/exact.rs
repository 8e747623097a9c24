//! The engine against an interpreter of another kind, on random policies and rows.

#[path = "exact/oracle.rs"]
mod oracle;
#[path = "exact/random.rs"]
mod random;

use gouji_fund::judge;
use gouji_fund::program::compile;

/// Compares rows of one shape; (rows compared, policies that were refused as too large).
fn compare(shape: u64, seed: u64, policies: usize, count: usize) -> (usize, usize) {
    let mut dice = random::Dice(seed.wrapping_mul(1_000_003) + shape);
    let (mut compared, mut refused) = (0, 0);
    for number in 0..policies {
        let policy = random::policy(&mut dice, shape);
        // Some lists are longer than a chunk of the engine.
        let (columns, rows) = random::rows(&mut dice, if number % 10 == 0 { 1_100 } else { count });
        let Ok(program) = compile(&policy, &policy.versions[0]) else {
            refused += 1;
            continue;
        };
        let decisions = judge(&program, &columns);
        for (index, row) in rows.iter().enumerate() {
            let award = decisions.award(index).map(|award| award.fen());
            let found = (decisions.lanes[index], award, decisions.failed[index], decisions.unknown[index]);
            let expected = oracle::decide(&policy.versions[0], row);
            assert_eq!(found, expected, "shape {shape}, seed {seed}: {row:?}\n{:#?}", policy.versions[0]);
            compared += 1;
        }
    }
    (compared, refused)
}

#[test]
fn every_shape_of_rule_is_exact() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (seed, policies) = (number("EXACT_SEED", 20_261_124), number("EXACT_POLICIES", 30) as usize);
    for shape in 0..random::SHAPES {
        let (compared, refused) = compare(shape, seed, policies, 60);
        println!("shape {shape}: {compared} rows bit for bit the same, {refused} policies too large");
        assert!(compared > 0, "shape {shape} never compiled");
    }
}
