//! The printed explanation suffices: every condition, every line of the worksheet, the lane and the award are worked out
//! again from the words alone, in fractions, in Chinese as in English.

#[path = "told/fraction.rs"]
mod fraction;
#[path = "../examples/exact/policies.rs"]
mod policies;
#[path = "told/reader.rs"]
mod reader;
#[path = "told/words.rs"]
mod words;

use gouji_fund::program::compile;
use gouji_fund::{Rule, explain};
use gouji_model::Lang;
use reader::Reader;

#[test]
fn every_decision_follows_from_its_printed_chinese() {
    follows(Lang::Zh, Reader(words::CHINESE));
}

#[test]
fn every_decision_follows_from_its_printed_english() {
    follows(Lang::En, Reader(words::ENGLISH));
}

fn follows(lang: Lang, reader: Reader) {
    let (mut decisions, mut conditions, mut lines) = (0, 0, 0);
    for shape in 0..policies::SHAPES.len() {
        for seed in 0..10 {
            let mut maker = policies::Maker::new(seed << 8 ^ shape as u64);
            let policy = maker.policy(shape);
            let version = &policy.versions[0];
            let Ok(program) = compile(&policy, version) else { continue };
            let columns = maker.columns(20);
            let rule = Rule { policy: &policy, version, program: &program };
            for row in 0..20 {
                let told = explain(rule, &columns, row, lang);
                decisions += 1;
                conditions += told.conditions.len();
                lines += told.steps.len();
                told.conditions.iter().for_each(|line| reader.condition(line));
                told.steps.iter().for_each(|line| reader.step(line));
                reader.decision(version, &told);
            }
        }
    }
    let told = format!("{decisions} decisions, {conditions} conditions, {lines} lines");
    assert!(decisions > 2_000 && conditions > 2_000 && lines > 2_000, "only {told} were checked");
}
