//! The table is sound, and the record holds.

use super::*;
use gouji_model::Lang;
use std::collections::BTreeSet;

fn reached(from: BTreeSet<State>, backwards: bool) -> BTreeSet<State> {
    let mut reached = from;
    loop {
        let next: Vec<State> = LONGGANG
            .moves
            .iter()
            .map(|step| if backwards { (step.to, step.from) } else { (step.from, step.to) })
            .filter(|(from, to)| reached.contains(from) && !reached.contains(to))
            .map(|(_, to)| to)
            .collect();
        if next.is_empty() {
            return reached;
        }
        reached.extend(next);
    }
}

#[test]
fn every_state_is_reached_and_none_is_a_trap() {
    let all: BTreeSet<State> = State::ALL.iter().copied().collect();
    assert_eq!(reached(BTreeSet::from([State::Draft]), false), all);
    let finals = all.iter().copied().filter(|state| state.is_final()).collect();
    assert_eq!(reached(finals, true), all, "from every state a final one is reached");
    for state in State::ALL.iter().filter(|state| !state.is_final()) {
        assert!(LONGGANG.moves.iter().any(|step| step.from == *state && step.to != *state), "{state:?} is a trap");
    }
    for (index, step) in LONGGANG.moves.iter().enumerate() {
        let is_same = |other: &Move| (other.from, other.action, other.role) == (step.from, step.action, step.role);
        assert!(!LONGGANG.moves[..index].iter().any(is_same), "{step:?} is written twice");
    }
    assert_eq!(markdown(&LONGGANG, Lang::Zh).lines().count(), LONGGANG.moves.len() + 2);
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn ready() -> Facts {
    let version = "a".repeat(64);
    Facts {
        budget: Standing::Done,
        contract: Standing::NotNeeded,
        account: Standing::Done,
        version,
        ..Facts::default()
    }
}

fn act(action: Action, role: Role, person: &str, on: &str) -> Act {
    Act { action, role, person: person.into(), day: day(on), reason: "理由".into() }
}

fn published() -> Record {
    let mut record = Record::new("2019-001");
    for (action, role, person, on) in [
        (Action::HandIn, Role::Applicant, "申报员", "2019-06-03"),
        (Action::Submit, Role::UnitAdmin, "管理员", "2019-06-03"),
        (Action::Accept, Role::Window, "窗口", "2019-06-04"),
        (Action::Check, Role::Judge, "甲", "2019-06-05"),
        (Action::Propose, Role::Judge, "甲", "2019-06-06"),
        (Action::Publish, Role::Approver, "乙", "2019-06-10"),
    ] {
        record.act(&LONGGANG, act(action, role, person, on), &ready()).unwrap();
    }
    record
}

#[test]
fn publicity_counts_working_days() {
    let festival = Calendar { holidays: vec![day("2019-06-07")], workdays: Vec::new() };
    assert_eq!(Days::Working(5).over_on(day("2019-06-03"), &festival), day("2019-06-12"));
    assert_eq!(Days::Calendar(7).over_on(day("2019-06-03"), &festival), day("2019-06-11"));
    let mut record = published();
    let refused =
        record.act(&LONGGANG, act(Action::Approve, Role::Approver, "乙", "2019-06-17"), &ready()).unwrap_err();
    assert_eq!(refused.text(Lang::Zh), "还不能审定，须先满足：公示满 5 个工作日且没有未答复的异议（最早 2019-06-18）");
    record.act(&LONGGANG, act(Action::Approve, Role::Approver, "乙", "2019-06-18"), &ready()).unwrap();
}

#[test]
fn who_judged_does_not_approve_and_money_is_there_first() {
    let mut record = published();
    let missing = Facts { budget: Standing::Missing, ..ready() };
    let refused =
        record.act(&LONGGANG, act(Action::Approve, Role::Approver, "甲", "2019-07-01"), &missing).unwrap_err();
    let Refused::Missing { guards, .. } = &refused else { panic!("{refused:?}") };
    assert_eq!(guards, &[Guard::BudgetReserved, Guard::OtherThanJudge]);
    assert!(refused.text(Lang::En).contains("not the person who judged"));
    let refused = record.act(&LONGGANG, act(Action::Approve, Role::Judge, "甲", "2019-07-01"), &ready()).unwrap_err();
    assert_eq!(refused.text(Lang::Zh), "审定应由审定人办理");
    let refused = record.act(&LONGGANG, act(Action::Pay, Role::Finance, "丙", "2019-07-01"), &ready()).unwrap_err();
    assert!(refused.text(Lang::Zh).contains("提出异议（社会公众）"), "{}", refused.text(Lang::Zh));
}

#[test]
fn an_objection_is_answered_before_anything_is_approved() {
    let mut record = published();
    let mut next = |action, role, person, on| record.act(&LONGGANG, act(action, role, person, on), &ready());
    assert_eq!(next(Action::Object, Role::Public, "丁", "2019-06-12"), Ok(State::Objected));
    assert!(next(Action::Uphold, Role::Approver, "乙", "2019-06-13").is_err());
    assert_eq!(next(Action::Answer, Role::Judge, "甲", "2019-06-13"), Ok(State::Objected));
    assert_eq!(next(Action::Uphold, Role::Approver, "乙", "2019-06-14"), Ok(State::Published));
    assert_eq!(next(Action::Approve, Role::Approver, "乙", "2019-06-18"), Ok(State::Approved));
}

#[test]
fn any_change_of_the_record_shows() {
    let record = published();
    for index in 0..record.events().len() {
        let mut events = record.events().to_vec();
        events[index].person.push('!');
        assert_eq!(Record::from_events("2019-001", events).unwrap_err(), Tampered(index + 1));
        let mut events = record.events().to_vec();
        events.remove(index);
        let is_last = index + 1 == record.events().len();
        assert_eq!(Record::from_events("2019-001", events).is_err(), !is_last, "who keeps the head sees the last");
    }
    assert_eq!(Record::from_events("2019-002", record.events().to_vec()).unwrap_err(), Tampered(1));
    assert_eq!(Record::from_events("2019-001", record.events().to_vec()).unwrap(), record);
}

#[test]
fn what_was_changed_after_publication_is_published_anew() {
    let mut record = published();
    let changed = Facts { version: frozen(&["policy", "application", "decision, edited"]), ..ready() };
    let refused =
        record.act(&LONGGANG, act(Action::Approve, Role::Approver, "乙", "2019-07-01"), &changed).unwrap_err();
    assert!(matches!(&refused, Refused::Missing { guards, .. } if guards == &[Guard::SameAsPublished]), "{refused:?}");
    for (action, role, person, on) in [
        (Action::Return, Role::Approver, "乙", "2019-07-01"),
        (Action::Propose, Role::Judge, "甲", "2019-07-02"),
        (Action::Publish, Role::Approver, "乙", "2019-07-03"),
        (Action::Approve, Role::Approver, "乙", "2019-07-11"),
    ] {
        record.act(&LONGGANG, act(action, role, person, on), &changed).unwrap();
    }
    assert_ne!(frozen(&["ab", "c"]), frozen(&["a", "bc"]));
}
