//! The life-cycle table that comes with the program: sound, read with its faults, and kept by every record.

use gouji_fund::Day;
use gouji_fund::demo::{District, demo};
use gouji_fund::ledger::Moment;
use gouji_fund::lifecycle::{
    Act, Action, DISTRICT, Event, Facts, Guard, Outcome, Record, Refused, Role, State, Table, Verdict, in_force,
    lint_table, markdown,
};
use gouji_model::{Fen, Lang};
use gouji_sources::{district_lifecycle, from_working_folder, read_lifecycle};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

const AWARD: Fen = Fen::new(30_000_000);

fn read(text: &str) -> Table {
    read_lifecycle("lifecycle/t.toml", text.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Everything outside the record is there.
fn ready(version: char) -> Facts {
    let version = version.to_string().repeat(64);
    Facts { held: AWARD, outcome: Outcome::Fund(AWARD), needs_contract: false, version }
}

fn act(action: Action, role: Role, person: &str, on: &str) -> Act {
    let (person, reason) = (person.to_owned(), "理由".to_owned());
    Act { action, role, person, time: Moment::of(day(on)), reason, verdict: None, amount: None }
}

/// An application that 甲 judged and 乙 published on Monday, 2019-06-10.
fn published(table: &Table) -> Record {
    let mut record = Record::new("R000001", table.intake);
    for (action, role, person, on) in [
        (Action::Accept, Role::Window, "窗口", "2019-06-04"),
        (Action::Check, Role::Judge, "甲", "2019-06-05"),
        (Action::Propose, Role::Judge, "甲", "2019-06-06"),
        (Action::Publish, Role::Approver, "乙", "2019-06-10"),
    ] {
        record.act(table, act(action, role, person, on), &ready('a')).unwrap();
    }
    record
}

fn told(record: &mut Record, table: &Table, act: Act, facts: &Facts) -> String {
    record.act(table, act, facts).unwrap_err().text(Lang::Zh)
}

#[test]
fn the_table_built_in_is_sound_and_tells_of_itself() {
    let table = district_lifecycle();
    assert_eq!(lint_table(&table), []);
    for lang in [Lang::Zh, Lang::En] {
        assert_eq!(markdown(&table, lang).lines().count(), table.moves.len() + 2);
    }
    let is_named = |state: &State| table.moves.iter().any(|step| step.from == *state || step.to == *state);
    assert_eq!(State::ALL.iter().find(|state| !is_named(state)), None, "a state that the table forgets");
    assert_eq!(in_force(std::slice::from_ref(&table), day("2019-06-18")), Ok(&table));
    assert!(in_force(std::slice::from_ref(&table), day("2016-12-31")).is_err());
    assert_eq!(DISTRICT.matches("[[move]]").count(), table.moves.len());
}

#[test]
fn names_are_read_in_english_too() {
    let mut english = DISTRICT.to_owned();
    for (guard, zh, name) in Guard::NAMES {
        assert_eq!((Guard::read(zh), Guard::read(name)), (Some(guard), Some(guard)));
        english = english.replace(&format!("\"{zh}\""), &format!("\"{name}\""));
    }
    for state in State::ALL {
        for key in ["from", "to", "intake"] {
            let written = |lang| format!("{key} = \"{}\"", state.name(lang));
            english = english.replace(&written(Lang::Zh), &written(Lang::En));
        }
    }
    for (key, zh, en) in Action::ALL
        .iter()
        .map(|one| ("action", one.name(Lang::Zh), one.name(Lang::En)))
        .chain(Role::ALL.iter().map(|one| ("by", one.name(Lang::Zh), one.name(Lang::En))))
    {
        english = english.replace(&format!("{key} = \"{zh}\""), &format!("{key} = \"{en}\""));
    }
    assert!(!english.lines().any(|line| line.starts_with("needs") && !line.is_ascii()), "a name is left in Chinese");
    assert_eq!(read(&english).moves, district_lifecycle().moves);
}

#[test]
fn everything_wrong_is_told_in_one_run_with_its_line() {
    let faults = |changes: &[(&str, &str)]| {
        let mut text = DISTRICT.to_owned();
        for (from, to) in changes {
            assert!(text.contains(from), "{from} is not in the table any more");
            text = text.replacen(from, to, 1);
        }
        let faults = read_lifecycle("t.toml", text.as_bytes()).unwrap_err();
        let line = |part: &str| text.lines().position(|line| line.contains(part)).map_or(0, |at| at as u32 + 1);
        (faults.iter().map(|fault| (fault.line, fault.text(Lang::Zh).to_owned())).collect::<Vec<_>>(), line("公示吧"))
    };
    let (found, line) = faults(&[
        ("intake = \"已提交\"", "intake = \"已交\""),
        ("working-days = 5", "working-days = 0"),
        ("2019-02-02, 2019-02-03", "2019-02-04"),
        ("action = \"公示\"", "action = \"公示吧\""),
        ("\"公示期满\"", "\"公示结束\""),
        ("by = \"财务\"", "by = \"会计\""),
    ]);
    let texts = found.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n");
    for part in ["没有“已交”", "1 至 365", "2019-02-04 既写在", "没有“公示吧”", "没有“公示结束”", "没有“会计”"]
    {
        assert!(texts.contains(part), "{part} is missing in:\n{texts}");
    }
    let at = found.iter().find(|(_, text)| text.contains("公示吧")).map(|(line, _)| *line);
    assert!(at.is_some_and(|at| at.abs_diff(line) <= 2), "{at:?} is not near {line}");
    let twice = format!("{DISTRICT}\n[[move]]\nfrom = \"草稿\"\naction = \"撤销\"\nby = \"申报单位\"\nto = \"撤销\"\n");
    let twice = read_lifecycle("t.toml", twice.as_bytes()).unwrap_err();
    assert!(twice[0].text(Lang::Zh).contains("已经写过"), "{twice:?}");
}

#[test]
fn two_tables_of_one_day_are_a_fault_of_the_folder() {
    let folder = |second: &str| {
        let mut files: Vec<(String, Vec<u8>)> = demo(District { firms: 5, seed: 1 })
            .into_iter()
            .map(|(name, text)| (name, text.into_bytes()))
            .filter(|(name, _)| !name.starts_with("lifecycle/"))
            .collect();
        files.push(("lifecycle/old.toml".into(), DISTRICT.replace("# to = 2026-12-31", "to = 2026-12-31").into()));
        files.push(("lifecycle/new.toml".into(), DISTRICT.replace("from = 2017-01-01", second).into()));
        from_working_folder(&files)
    };
    let wrong = folder("from = 2026-12-31").unwrap_err();
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert!(wrong[0].text(Lang::Zh).contains("2026-12-31 与 lifecycle/old.toml"), "{wrong:?}");
    assert_eq!(folder("from = 2027-01-01").unwrap().lifecycles.len(), 2);
}

#[test]
fn tables_with_a_trap_a_short_cut_or_a_judge_who_approves_are_told() {
    let notices = |from: &str, to: &str| {
        assert!(DISTRICT.contains(from), "{from} is not in the table any more");
        let notices = lint_table(&read(&DISTRICT.replace(from, to)));
        notices.iter().map(|notice| notice.text(Lang::Zh).to_owned()).collect::<Vec<_>>().join("\n")
    };
    let short_cut = notices("\"公示期满\", ", "");
    assert!(short_cut.contains("不经公示期满就能下达") && short_cut.contains("不经公示期满就能拨付"), "{short_cut}");
    let approves = notices("\"经办回避\", ", "");
    assert!(approves.contains("经办人自己就能审定") && approves.contains("经办人自己就能拨付"), "{approves}");
    let unreached = notices("to = \"退回补正\"", "to = \"已提交\"");
    assert!(unreached.contains("到不了“退回补正”"), "{unreached}");
    let head = "[lifecycle]\nid = \"t\"\nfrom = 2019-01-01\nintake = \"已提交\"\npublicity = { days = 7 }\n";
    let step = "[[move]]\nfrom = \"已提交\"\naction = \"受理\"\nby = \"受理窗口\"\nto = \"受理\"\n";
    let trap = lint_table(&read(&format!("{head}{step}")));
    assert_eq!(
        trap.iter().map(|notice| (notice.line, notice.text(Lang::Zh))).collect::<Vec<_>>(),
        [(6, "到了“受理”就出不来，而它不是终点")]
    );
}

#[test]
fn what_stands_in_the_way_is_told_with_what_would_be_right() {
    let table = district_lifecycle();
    let mut record = published(&table);
    let approve = |person: &str, on: &str| act(Action::Approve, Role::Approver, person, on);
    let refused = told(&mut record, &table, approve("乙", "2019-06-12"), &ready('a'));
    assert_eq!(refused, "还不能审定：公示期还有 3 个工作日，到 2019-06-17");
    let refused = told(&mut record, &table, approve("甲", "2019-06-18"), &Facts { held: Fen::new(0), ..ready('a') });
    assert!(refused.contains("决定 300,000.00 元，台账上为此件预留 0.00 元"), "{refused}");
    assert!(refused.contains("甲 经办过此件"), "{refused}");
    let refused = told(&mut record, &table, act(Action::Approve, Role::Judge, "甲", "2019-06-18"), &ready('a'));
    assert!(refused.contains("由审定人办理"), "{refused}");
    let refused = told(&mut record, &table, act(Action::Pay, Role::Finance, "丙", "2019-06-18"), &ready('a'));
    assert!(refused.contains("提出异议（社会公众）"), "{refused}");
    let refused = told(&mut record, &table, approve("乙", "2019-06-18"), &ready('b'));
    assert!(refused.contains("请先退回，再重新公示"), "{refused}");
    let early = record.act(&table, approve("乙", "2019-06-09"), &ready('a')).unwrap_err();
    assert_eq!(early, Refused::EarlierThanLast { last: day("2019-06-10") });
    for act in [approve(" ", "2019-06-18"), Act { reason: "一\n二".into(), ..approve("乙", "2019-06-18") }] {
        assert_eq!(record.act(&table, act, &ready('a')).map(drop), Err(Refused::Text));
    }
    assert_eq!(record.act(&table, approve("乙", "2019-06-18"), &ready('a')).map(|event| event.to), Ok(State::Approved));
    // What was approved stands, whatever registers say later.
    let later = act(Action::Issue, Role::Approver, "乙", "2019-06-19");
    let issued: &Event = record.act(&table, later, &ready('c')).unwrap();
    assert_eq!((issued.version.as_str(), issued.amount), (&*"a".repeat(64), Some(AWARD)));
}

#[test]
fn an_objection_is_answered_before_anything_is_approved() {
    let table = district_lifecycle();
    let mut record = published(&table);
    let mut next =
        |action, role, person, on| record.act(&table, act(action, role, person, on), &ready('a')).map(|event| event.to);
    assert_eq!(next(Action::Object, Role::Public, "丁", "2019-06-12"), Ok(State::Objected));
    assert!(next(Action::Uphold, Role::Approver, "乙", "2019-06-13").is_err());
    assert_eq!(next(Action::Answer, Role::Judge, "甲", "2019-06-13"), Ok(State::Objected));
    assert!(next(Action::Uphold, Role::Approver, "甲", "2019-06-14").is_err(), "who judged upholds nothing");
    assert_eq!(next(Action::Uphold, Role::Approver, "乙", "2019-06-14"), Ok(State::Published));
    assert_eq!(next(Action::Approve, Role::Approver, "乙", "2019-06-18"), Ok(State::Approved));
}

#[test]
fn an_act_asked_twice_is_one_and_the_same_words_on_other_facts_are_another() {
    let table = district_lifecycle();
    let mut record = published(&table);
    let again = act(Action::Publish, Role::Approver, "乙", "2019-06-11");
    assert_eq!(record.repeated(&again, &ready('a')), record.events().last());
    assert_eq!(record.repeated(&Act { person: "丙".into(), ..again }, &ready('a')), None);
    record.act(&table, act(Action::Return, Role::Approver, "乙", "2019-06-11"), &ready('a')).unwrap();
    let decide = Act {
        verdict: Some(Verdict::Fund),
        amount: Some(AWARD),
        ..act(Action::Decide, Role::Judge, "甲", "2019-06-12")
    };
    record.act(&table, decide.clone(), &ready('a')).unwrap();
    assert!(record.repeated(&decide, &ready('a')).is_some());
    assert_eq!(record.repeated(&decide, &ready('b')), None);
    assert_eq!(record.repeated(&Act { amount: Some(Fen::new(1)), ..decide }, &ready('a')), None);
}

/// An act of a random walk: which move, who, how many days later, which facts, and how far from the usual road.
type Wish = (prop::sample::Index, usize, i32, usize, u8);

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize, 0..6, 0..4_usize, any::<u8>()), 1..60)
}

const PERSONS: [&str; 3] = ["甲", "乙", "丙"];

/// Walks by wishes that the table may or may not grant. Most moves are tried from where the record stands, lead on, and
/// have the usual person and everything they need, so that walks get far; any of it may be otherwise.
fn walk(table: &Table, wishes: &[Wish]) -> Record {
    let mut record = Record::new("R000001", table.intake);
    let mut today = day("2019-06-03").number();
    let others = [
        ready('b'),
        Facts { held: Fen::new(1), ..ready('a') },
        Facts { outcome: Outcome::Refuse, ..ready('a') },
        Facts { outcome: Outcome::Open, ..ready('a') },
    ];
    for (index, person, later, which, off) in wishes {
        today += later;
        let is_back = |action| matches!(action, Action::Withdraw | Action::Return | Action::Decline | Action::Reject);
        let goes_back = off % 8 == 0;
        let here: Vec<_> = record.possible(table).filter(|step| goes_back || !is_back(step.action)).collect();
        let is_anywhere = here.is_empty() || off % 16 == 1;
        let step = if is_anywhere { index.get(&table.moves) } else { here[index.index(here.len())] };
        let usual = usize::from(step.role != Role::Judge);
        let person = PERSONS[if off / 8 % 4 == 0 { *person } else { usual }].to_owned();
        let facts = if off / 32 % 8 == 0 { others[*which].clone() } else { ready('a') };
        let (time, reason) = (Moment::of(Day::from_number(today).unwrap()), "理由".to_owned());
        let act = Act { action: step.action, role: step.role, person, time, reason, verdict: None, amount: None };
        let _granted_or_not = record.act(table, act, &facts);
    }
    record
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// No way leads to money past the publication, an open objection, or a change after it.
    #[test]
    fn nothing_is_approved_or_paid_past_the_publication(wishes in wishes()) {
        let table = district_lifecycle();
        let record = walk(&table, &wishes);
        let events = record.events();
        for (at, event) in events.iter().enumerate() {
            if !matches!(event.action, Action::Approve | Action::Issue | Action::PayPart | Action::Pay) {
                continue;
            }
            let before = &events[..at];
            let published = before.iter().rposition(|event| event.action == Action::Publish);
            let published = published.expect("nothing is approved or paid that was never published");
            let count = |action: Action| before.iter().filter(|event| event.action == action).count();
            prop_assert!(count(Action::Object) <= count(Action::Answer));
            prop_assert_eq!(&event.version, &before[published].version);
            let (from, today) = (before[published].time.day().unwrap(), event.time.day().unwrap());
            let passed = (from.number() + 1..today.number())
                .filter(|number| table.calendar.is_working(Day::from_number(*number).unwrap()))
                .count();
            prop_assert!(passed >= 5, "approved on {today}, published on {from}");
            let approved = before[published..].iter().any(|event| event.action == Action::Approve);
            prop_assert!(event.action == Action::Approve || approved, "paid without approval");
        }
    }

    /// Nobody publishes, approves, issues or pays what he judged.
    #[test]
    fn nobody_approves_what_he_judged(wishes in wishes()) {
        let table = district_lifecycle();
        let record = walk(&table, &wishes);
        for (at, event) in record.events().iter().enumerate() {
            let judged = record.events()[..at].iter().any(|one| one.role == Role::Judge && one.person == event.person);
            let decides = [Action::Publish, Action::Approve, Action::Uphold, Action::Issue, Action::PayPart, Action::Pay];
            prop_assert!(!(judged && decides.contains(&event.action)), "{event:?}");
        }
    }
}

/// The laws above are worth something only where walks get that far.
#[test]
fn walks_get_as_far_as_payment() {
    let table = district_lifecycle();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..4_000 {
        let wishes = wishes().new_tree(&mut runner).unwrap().current();
        reached.extend(walk(&table, &wishes).events().iter().map(|event| event.action));
    }
    for action in [Action::Publish, Action::Object, Action::Approve, Action::Issue, Action::Pay] {
        assert!(reached.contains(&action), "no walk reaches {action:?}");
    }
}
