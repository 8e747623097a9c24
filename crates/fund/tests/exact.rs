//! The engine beside an oracle of another kind, on random policies of every shape; the short form of the example `exact`.

#[path = "../examples/exact/beside.rs"]
mod beside;
#[path = "../examples/exact/oracle.rs"]
mod oracle;
#[path = "../examples/exact/policies.rs"]
mod policies;

const ROWS: usize = 150;

#[test]
fn the_engine_decides_as_the_oracle_does() {
    for (shape, name) in policies::SHAPES.iter().enumerate() {
        let (mut compiled, mut rows) = (0, 0);
        for seed in 0..60 {
            let found = beside::compare(shape, seed << 8 ^ shape as u64, ROWS);
            assert_eq!(found.differ, 0, "{name}: {}", found.first.unwrap_or_default());
            compiled += found.policies;
            rows += found.rows;
        }
        let few = format!("{name}: only {compiled} policies compile");
        assert!(compiled > 10 && rows >= compiled * ROWS, "{few}");
    }
}
