//! What an officer is told of each case: the same lane, amount and answers as judged, and changes that truly are the nearest.

use super::cases::{Facts, Given, Worked, columns, worked};
use super::ready;
use gouji_fund::policy::{Kind, Version};
use gouji_fund::program::Program;
use gouji_fund::{Answer, Change, Rule, explain, judge, nearest};
use gouji_model::Lang;

#[test]
fn every_case_is_explained_as_it_was_judged() {
    each_version(|worked, version, program| {
        let rule = Rule { policy: &worked.policy, version, program };
        let cases: Vec<_> = worked.cases.iter().filter(|case| case.version == version.id).collect();
        let columns = columns(&worked.policy, &cases.iter().map(|case| &case.facts).collect::<Vec<_>>());
        for (at, case) in cases.iter().enumerate() {
            let told = explain(rule, &columns, at, Lang::Zh);
            let named = |answer: Answer| -> Vec<String> {
                let lines = told.conditions.iter().filter(|line| line.answer == answer);
                lines.map(|line| line.name.clone()).collect()
            };
            let found = (told.award.map(|fen| fen.fen()), named(Answer::No), named(Answer::Unknown));
            let expected = (case.award, case.failed.clone(), case.unknown.clone());
            assert_eq!(found, expected, "{} “{}”", worked.name, case.reason);
            assert_eq!(told.steps.len(), version.steps.len());
            assert!(told.steps.iter().all(|step| !step.working.is_empty() && !step.result.is_empty()), "{told:#?}");
        }
    });
}

/// With the changes nothing fails any more; with one of them a fen, a day or a piece short, something does.
#[test]
fn nearest_changes_are_the_nearest() {
    let (mut changed, mut silent) = (0, 0);
    each_version(|worked, version, program| {
        let rule = Rule { policy: &worked.policy, version, program };
        for case in worked.cases.iter().filter(|case| case.version == version.id && !case.failed.is_empty()) {
            let place = format!("{} {} “{}”", worked.name, version.id, case.reason);
            let found = nearest(rule, &columns(&worked.policy, &[&case.facts]), 0);
            let changes = found.changes().to_vec();
            if changes.is_empty() {
                silent += 1;
                continue;
            }
            changed += 1;
            let failed = |facts: &Facts| judge(program, &columns(&worked.policy, &[facts])).failed(0);
            assert_eq!(failed(&with(&case.facts, &changes)), 0, "{place}: {changes:?}");
            for (at, change) in changes.iter().enumerate() {
                let Some(from) = change.from else { continue };
                if !matches!(change.kind, Kind::Amount | Kind::Count | Kind::Day) || from == change.to {
                    continue;
                }
                let mut short = changes.clone();
                short[at].to -= (change.to - from).signum();
                assert_ne!(failed(&with(&case.facts, &short)), 0, "{place}: {change:?} is not the nearest");
            }
        }
    });
    assert!(silent * 50 <= changed, "{changed} cases with changes, {silent} without");
}

fn each_version(mut work: impl FnMut(&Worked, &Version, &Program)) {
    for worked in &worked() {
        for version in &worked.policy.versions {
            work(worked, version, &ready(&worked.policy, version));
        }
    }
}

/// Facts in which some are otherwise.
fn with(facts: &Facts, changes: &[Change]) -> Facts {
    let mut facts = facts.clone();
    for change in changes {
        let value = match change.kind {
            Kind::Class => Given::Word(change.word.clone()),
            _ => Given::Number(change.to),
        };
        facts.0.insert(change.input.clone(), value);
    }
    facts
}
