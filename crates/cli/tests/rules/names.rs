//! Codes and names of rules.

use crate::expect_none;
use std::collections::BTreeSet;

/// Kinds of fault.
const LETTERS: [&str; 8] = ["SUM", "CLS", "NAR", "YOY", "DIS", "PRF", "FRM", "FND"];

/// How the name of a fault may begin; the list is closed.
const BEGINNINGS: [&str; 9] = [
    "missing-",
    "unexpected-",
    "mismatched-",
    "unbalanced-",
    "duplicate-",
    "unexplained-",
    "misplaced-",
    "stale-",
    "unreadable-",
];

#[test]
fn codes_are_three_known_letters_and_three_digits() {
    let fits = |code: &str| {
        let (letters, digits) = code.split_at_checked(3).unwrap_or((code, ""));
        LETTERS.contains(&letters) && digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let odd = gouji_check::rules().iter().filter(|rule| !fits(rule.code));
    expect_none(&odd.map(|rule| rule.code.to_owned()).collect::<Vec<_>>());
}

#[test]
fn rules_are_listed_by_code_and_no_code_or_name_occurs_twice() {
    let codes: Vec<&str> = gouji_check::rules().iter().map(|rule| rule.code).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    let names: BTreeSet<&str> = gouji_check::rules().iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), codes.len());
}

#[test]
fn names_say_the_fault() {
    let plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let fits = |name: &str| {
        plain(name) && BEGINNINGS.iter().any(|start| name.strip_prefix(start).is_some_and(|rest| !rest.is_empty()))
    };
    let odd = gouji_check::rules().iter().filter(|rule| !fits(rule.name));
    expect_none(&odd.map(|rule| format!("{} {}", rule.code, rule.name)).collect::<Vec<_>>());
}

#[test]
fn code_and_name_lead_to_each_other() {
    for rule in gouji_check::rules() {
        let by_code = gouji_check::rules().iter().find(|other| other.code == rule.code).expect("the rule itself");
        let by_name = gouji_check::rules().iter().find(|other| other.name == by_code.name).expect("the rule itself");
        assert_eq!(by_name.code, rule.code);
    }
}

/// The source that a rule includes for its page is its own.
#[test]
fn a_rule_carries_its_own_source() {
    let own = |rule: &gouji_check::Rule| rule.source.contains(&format!("code: \"{}\"", rule.code));
    let odd = gouji_check::rules().iter().filter(|rule| !own(rule));
    expect_none(&odd.map(|rule| rule.code.to_owned()).collect::<Vec<_>>());
}
