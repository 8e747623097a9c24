//! Every policy of `policies/`, its worked cases, and each award once more by hand.

#[path = "policies/batches.rs"]
mod batches;
#[path = "policies/by_hand.rs"]
mod by_hand;
#[path = "policies/cases.rs"]
mod cases;
#[path = "policies/explained.rs"]
mod explained;

use cases::{Case, Facts, Given, Worked, columns, worked};
use gouji_fund::policy::{Kind, Policy, Version};
use gouji_fund::program::{Program, compile};
use gouji_fund::{Lane, judge};
use std::collections::BTreeMap;

/// How many mixtures of given values each version of a policy is judged with.
const MIXTURES: usize = 4_000;

#[test]
fn every_case_comes_out_as_worked() {
    let mut wrong = Vec::new();
    for worked in &worked() {
        for version in &worked.policy.versions {
            let cases: Vec<&Case> = worked.cases.iter().filter(|case| case.version == version.id).collect();
            assert!(cases.len() >= 5, "{} {}: {} cases, 5 needed", worked.policy.id, version.id, cases.len());
            let program = ready(&worked.policy, version);
            // All cases of a version at once, so that no case leans on another.
            let facts: Vec<&Facts> = cases.iter().map(|case| &case.facts).collect();
            let decisions = judge(&program, &columns(&worked.policy, &facts));
            for (at, case) in cases.iter().enumerate() {
                let named = |mask: u64| {
                    let conditions = version.conditions.iter().enumerate();
                    conditions.filter(move |(bit, _)| mask >> bit & 1 == 1).map(|(_, condition)| condition.name.clone())
                };
                let lane = match decisions.lanes[at] {
                    Lane::Pass => "pass",
                    Lane::Assist => "assist",
                    Lane::Refuse => "refuse",
                };
                let award = decisions.award(at).map(|fen| fen.fen());
                let failed: Vec<String> = named(decisions.failed(at)).collect();
                let unknown: Vec<String> = named(decisions.unknown(at)).collect();
                let found = (lane, award, &failed, &unknown);
                let expected = (case.lane.as_str(), case.award, &case.failed, &case.unknown);
                if found != expected {
                    let place = format!("{} {} “{}”", worked.policy.id, version.id, case.reason);
                    wrong.push(format!("{place}\n  worked  {expected:?}\n  found   {found:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_award_is_the_same_by_hand() {
    let mut compared = 0;
    for worked in &worked() {
        for case in worked.cases.iter().filter(|case| case.lane != "refuse") {
            let award = by_hand::award(&worked.policy.id, &case.version, &case.facts);
            assert_eq!(award, case.award.map(i128::from), "{} {} “{}”", worked.policy.id, case.version, case.reason);
            compared += 1;
        }
    }
    assert!(compared > 0, "no case was compared");
}

/// Values of all cases, mixed, each amount up to a fen higher or lower: the engine and the hand agree everywhere.
#[test]
fn mixtures_of_the_cases_come_out_the_same_by_hand() {
    for worked in &worked() {
        for version in &worked.policy.versions {
            let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
            let mixtures: Vec<Facts> = (0..MIXTURES).map(|_| mixture(worked, &mut dice)).collect();
            let program = ready(&worked.policy, version);
            let decisions = judge(&program, &columns(&worked.policy, &mixtures.iter().collect::<Vec<_>>()));
            let mut compared = 0;
            for (at, facts) in mixtures.iter().enumerate() {
                if decisions.lanes[at] == Lane::Refuse {
                    assert_eq!(decisions.awards[at], 0);
                    continue;
                }
                let award = decisions.award(at).map(|fen| i128::from(fen.fen()));
                let by_hand = by_hand::award(&worked.policy.id, &version.id, facts);
                assert_eq!(award, by_hand, "{} {}: {facts:?}", worked.policy.id, version.id);
                compared += 1;
            }
            assert!(compared > MIXTURES / 100, "{} {}: only {compared} compared", worked.policy.id, version.id);
        }
    }
}

#[test]
fn the_parts_of_an_award_are_as_worked() {
    let mut compared = 0;
    for worked in &worked() {
        for case in worked.cases.iter().filter(|case| !case.parts.is_empty()) {
            let version = worked.policy.versions.iter().find(|version| version.id == case.version).unwrap();
            let award = gouji_model::Fen::new(case.award.unwrap());
            let parts: Vec<i64> = version.instalments.parts_of(award).iter().map(|part| part.fen()).collect();
            assert_eq!(parts, case.parts, "{} “{}”", worked.policy.id, case.reason);
            assert_eq!(parts.iter().sum::<i64>(), award.fen());
            compared += 1;
        }
    }
    assert!(compared >= 3, "{compared} cases with parts");
}

fn ready(policy: &Policy, version: &Version) -> Program {
    let text = |fault: &gouji_fund::program::PolicyFault| {
        format!("{}:{}: {}", policy.id, fault.line, fault.text(gouji_model::Lang::En))
    };
    compile(policy, version).unwrap_or_else(|faults| panic!("{:?}", faults.iter().map(text).collect::<Vec<_>>()))
}

/// A case with up to three values taken from other cases.
fn mixture(worked: &Worked, dice: &mut Dice) -> Facts {
    let mut facts = worked.cases[dice.below(worked.cases.len())].facts.clone();
    for _ in 0..dice.below(4) {
        let input = &worked.policy.inputs[dice.below(worked.policy.inputs.len())];
        match worked.cases[dice.below(worked.cases.len())].facts.0.get(&input.name) {
            None => drop(facts.0.remove(&input.name)),
            Some(Given::Number(number)) if input.kind == Kind::Amount => {
                let moved = number + dice.below(3) as i64 - 1;
                drop(facts.0.insert(input.name.clone(), Given::Number(moved)));
            }
            Some(other) => drop(facts.0.insert(input.name.clone(), other.clone())),
        }
    }
    facts
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

/// Every policy has its cases and every file of cases its policy; the file is called as the policy is.
#[test]
fn policies_and_cases_belong_together() {
    let names = |folder: &str| -> Vec<String> { cases::files(folder).into_iter().map(|(name, _)| name).collect() };
    assert_eq!(names("policies"), names("policies/cases"));
    let mut ids = BTreeMap::new();
    for worked in worked() {
        assert_eq!(worked.name, worked.policy.id);
        assert!(ids.insert(worked.policy.id.clone(), worked.name).is_none(), "two policies have one id");
        for case in &worked.cases {
            let is_known = worked.policy.versions.iter().any(|version| version.id == case.version);
            assert!(is_known, "{}: no version {}", worked.policy.id, case.version);
        }
    }
}
