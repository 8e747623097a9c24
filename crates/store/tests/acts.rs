//! What persons do with applications, in a real file: guards, money, repetition, two at once, kills, changed bytes.

mod common;

use common::{place, tamper};
use gouji_fund::Day;
use gouji_fund::ledger::{Action as Money, Moment, Part, Request};
use gouji_fund::lifecycle::{
    Act, Action, Calendar, Days, Deed, Facts, Guard, Move, Outcome, Role, State, Table, Verdict,
};
use gouji_model::{Fen, Lang};
use gouji_store::{ActRefused, Fault, Ledger, Options, StoreError, examine};
use std::path::{Path, PathBuf};
use std::process::Command;

const DAY: i64 = 86_400_000;
const AWARD: Fen = Fen::new(300);

/// A short life: judged, published for a day, approved, issued, paid in parts.
fn table() -> Table {
    let step =
        |from, action, role, guards: &[Guard], to| Move { from, action, role, guards: guards.into(), to, line: 1 };
    use Guard::{BudgetReserved, OtherThanJudge, PublicityOver, ReasonGiven, SameAsPublished, VersionFrozen};
    let moves = vec![
        step(State::Submitted, Action::Accept, Role::Window, &[], State::Checking),
        step(State::Checking, Action::Decide, Role::Judge, &[ReasonGiven, VersionFrozen], State::Checking),
        step(State::Checking, Action::Propose, Role::Judge, &[VersionFrozen], State::Proposed),
        step(State::Proposed, Action::Publish, Role::Approver, &[BudgetReserved, VersionFrozen], State::Published),
        step(
            State::Published,
            Action::Approve,
            Role::Approver,
            &[PublicityOver, BudgetReserved, OtherThanJudge, SameAsPublished],
            State::Approved,
        ),
        step(State::Approved, Action::Issue, Role::Approver, &[BudgetReserved], State::Issued),
        step(State::Issued, Action::PayPart, Role::Finance, &[BudgetReserved], State::Issued),
    ];
    Table {
        id: "t".into(),
        file: "t.toml".into(),
        sha256: "0".repeat(64),
        from: Day::parse("2019-01-01").unwrap(),
        to: None,
        intake: State::Submitted,
        publicity: Days::Calendar(1),
        calendar: Calendar::default(),
        contracts: Vec::new(),
        moves,
        line: 1,
    }
}

fn deed(number: &str, action: Action, role: Role, person: &str, day: i64) -> Deed {
    let facts =
        Facts { held: Fen::new(0), outcome: Outcome::Fund(AWARD), needs_contract: false, version: "a".repeat(64) };
    let (person, reason, time) = (person.to_owned(), "理由".to_owned(), Moment(day * DAY));
    let act = Act { action, role, person, time, reason, verdict: None, amount: None };
    Deed { application: number.into(), batch: "B".into(), act, facts, line: "L".into(), money: Vec::new() }
}

fn money(key: &str, day: i64, action: Money) -> Request {
    let (key, actor, line) = (key.to_owned(), "财务".to_owned(), "L".to_owned());
    Request { key, time: Moment(day * DAY), actor, reason: String::new(), line, action }
}

fn reserve(number: &str, amount: Fen) -> Request {
    money(&format!("reserve/{number}"), 1, Money::Reserve { award: number.into(), amount, until: Moment(90 * DAY) })
}

fn begun(name: &str) -> (PathBuf, Ledger) {
    let path = place(&format!("acts-{name}"));
    let ledger = Ledger::create(&path, &Options::default()).unwrap();
    let (unit, project) = ("区科创局".to_owned(), "科技专项".to_owned());
    let open = Money::Open { unit, year: 2026, project, amount: Fen::new(100_000), closes: Moment(365 * DAY) };
    ledger.ask(money("open", 1, open)).unwrap();
    (path, ledger)
}

/// Brings an application to publication on day 3.
fn published(ledger: &Ledger, number: &str) {
    ledger.ask(reserve(number, AWARD)).unwrap();
    for (action, role, person, day) in [
        (Action::Accept, Role::Window, "窗口", 1),
        (Action::Propose, Role::Judge, "甲", 2),
        (Action::Publish, Role::Approver, "乙", 3),
    ] {
        done(ledger, deed(number, action, role, person, day)).unwrap();
    }
}

fn done(ledger: &Ledger, deed: Deed) -> Result<State, String> {
    let answers = ledger.act(vec![deed], &table()).unwrap();
    let answer = answers.into_iter().next().unwrap();
    answer.map(|entry| entry.event.to).map_err(|refused: ActRefused| refused.text(Lang::Zh))
}

#[test]
fn money_is_looked_up_in_the_ledger_of_the_same_file() {
    let (_path, ledger) = begun("money");
    for (action, role, person) in [(Action::Accept, Role::Window, "窗口"), (Action::Propose, Role::Judge, "甲")] {
        done(&ledger, deed("R1", action, role, person, 2)).unwrap();
    }
    let publish = || deed("R1", Action::Publish, Role::Approver, "乙", 3);
    let refused = done(&ledger, publish()).unwrap_err();
    assert!(refused.contains("决定 3.00 元，台账上为此件预留 0.00 元"), "{refused}");
    // What the caller says of the ledger does not count.
    let boast = Deed { facts: Facts { held: AWARD, ..publish().facts }, ..publish() };
    assert!(done(&ledger, boast).is_err());
    ledger.ask(reserve("R1", AWARD)).unwrap();
    assert_eq!(done(&ledger, publish()), Ok(State::Published));
}

#[test]
fn an_act_and_its_money_are_done_together_and_once() {
    let (_path, ledger) = begun("together");
    published(&ledger, "R1");
    done(&ledger, deed("R1", Action::Approve, Role::Approver, "乙", 5)).unwrap();
    let half = |due: i64| Part { due: Moment(due * DAY), amount: Fen::new(150) };
    let plan = vec![half(6), half(7)];
    let issue = |plan: Vec<Part>| Deed {
        money: vec![money("commit/R1", 6, Money::Commit { award: "R1".into(), plan })],
        ..deed("R1", Action::Issue, Role::Approver, "乙", 6)
    };
    // Money that the ledger refuses takes the act back with it.
    assert!(done(&ledger, issue(Vec::new())).is_err());
    assert_eq!(ledger.acts().unwrap().last().unwrap().event.to, State::Approved);
    assert_eq!(done(&ledger, issue(plan.clone())), Ok(State::Issued));
    assert_eq!(done(&ledger, issue(plan)), Ok(State::Issued), "asked again");
    let pay = |part: u32, day: i64| Deed {
        money: vec![money(&format!("pay/{part}"), day, Money::Pay { award: "R1".into(), part, amount: Fen::new(150) })],
        ..deed("R1", Action::PayPart, Role::Finance, "财务", day)
    };
    for (part, day, paid) in [(1, 6, 150), (1, 6, 150), (2, 7, 300), (2, 7, 300), (1, 8, 300)] {
        assert_eq!(done(&ledger, pay(part, day)), Ok(State::Issued), "part {part}");
        assert_eq!(ledger.line("L").unwrap().unwrap().paid, Fen::new(paid), "part {part}");
    }
    let parts = ledger.acts().unwrap().iter().filter(|entry| entry.event.action == Action::PayPart).count();
    assert_eq!(parts, 2, "two instalments in the same words are two payments, and no more");
}

#[test]
fn a_refused_act_harms_no_other_of_its_batch() {
    let (_path, ledger) = begun("others");
    published(&ledger, "R1");
    published(&ledger, "R2");
    let approve = |number: &str, person: &str| deed(number, Action::Approve, Role::Approver, person, 5);
    let answers = ledger.act(vec![approve("R1", "甲"), approve("R2", "乙")], &table()).unwrap();
    assert_eq!(answers.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, true], "甲 judged");
    assert_eq!(ledger.verify().unwrap().fault, None);
}

#[test]
fn of_two_who_approve_at_once_one_wins() {
    let (path, ledger) = begun("two");
    let numbers: Vec<String> = (0..20).map(|at| format!("R{at}")).collect();
    numbers.iter().for_each(|number| published(&ledger, number));
    let persons = ["乙", "丙", "丁"];
    let ledgers: Vec<Ledger> = persons.iter().map(|_| Ledger::open(&path, &Options::default()).unwrap()).collect();
    let won: Vec<Vec<bool>> = std::thread::scope(|scope| {
        let each = |(ledger, person): (&Ledger, &&str)| {
            let one = |number: &String| done(ledger, deed(number, Action::Approve, Role::Approver, person, 5)).is_ok();
            numbers.iter().map(one).collect::<Vec<_>>()
        };
        let started: Vec<_> = ledgers.iter().zip(&persons).map(|pair| scope.spawn(move || each(pair))).collect();
        started.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for (at, number) in numbers.iter().enumerate() {
        assert_eq!(won.iter().filter(|won| won[at]).count(), 1, "{number} is approved once");
    }
    let verified = ledger.verify().unwrap();
    assert_eq!((verified.acts, verified.fault), (4 * 20, None));
}

/// The process that the test below kills: it does acts with their money until it falls.
#[test]
fn writer_for_kills() {
    let Ok(path) = std::env::var("GOUJI_ACTS_WRITER") else { return };
    let ledger = Ledger::open(Path::new(&path), &Options::default()).unwrap();
    let round = ledger.acts().unwrap().len();
    for at in 0.. {
        let deeds = (0..8).map(|part| {
            let number = format!("K{round}-{at}-{part}");
            Deed {
                money: vec![reserve(&number, Fen::new(1))],
                ..deed(&number, Action::Accept, Role::Window, "窗口", 1)
            }
        });
        assert!(ledger.act(deeds.collect(), &table()).unwrap().iter().all(Result::is_ok));
    }
}

#[test]
fn a_kill_in_the_middle_leaves_an_act_with_its_money_or_neither() {
    let (path, ledger) = begun("kills");
    drop(ledger);
    for round in 0..6_u64 {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "writer_for_kills"])
            .env("GOUJI_ACTS_WRITER", &path)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(60 + 23 * round));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let ledger = Ledger::open(&path, &Options::default()).unwrap();
        let verified = ledger.verify().unwrap();
        assert_eq!(verified.fault, None);
        // The opening of the line is the one event without an act; eight deeds are one transaction.
        assert_eq!(verified.events - 1, verified.acts, "round {round}");
        assert_eq!(verified.acts % 8, 0, "round {round}");
        assert_eq!(ledger.line("L").unwrap().unwrap().reserved, Fen::new(verified.acts));
    }
    assert!(examine(&path).unwrap().acts > 0, "the writer was killed before it did anything");
}

#[test]
fn a_full_disk_leaves_nothing_by_halves() {
    let (path, ledger) = begun("full");
    drop(ledger);
    let ledger = Ledger::open(&path, &Options { most_pages: Some(40), ..Options::default() }).unwrap();
    let full = (0..400).find_map(|at| {
        let deeds: Vec<Deed> = (0..20)
            .map(|part| {
                let number = format!("F{at}-{part}");
                Deed {
                    money: vec![reserve(&number, Fen::new(1))],
                    ..deed(&number, Action::Accept, Role::Window, "窗口", 1)
                }
            })
            .collect();
        ledger.act(deeds, &table()).err()
    });
    assert_eq!(full, Some(StoreError::Full(path.clone())));
    drop(ledger);
    let verified = examine(&path).unwrap();
    assert_eq!((verified.fault, verified.events - 1, verified.acts % 20), (None, verified.acts, 0));
}

#[test]
fn the_database_guards_the_log_of_acts_and_whoever_gets_past_is_found() {
    let all = "number, application, step, batch, lifecycle, time, person, role, action, reason, before, after, verdict, \
               amount, version, previous, hash";
    let again = |changes: &[(&str, &str)]| {
        let columns = changes.iter().fold(all.to_owned(), |columns, (from, to)| columns.replacen(from, to, 1));
        format!("INSERT OR REPLACE INTO act SELECT {columns} FROM act WHERE number = 2")
    };
    let (path, ledger) = begun("guards");
    published(&ledger, "R1");
    drop(ledger);
    let forbidden = [
        "UPDATE act SET reason = ''".to_owned(),
        "DELETE FROM act".to_owned(),
        again(&[]),
        again(&[("number", "4")]),
        again(&[("number", "4"), ("step", "4")]),
        again(&[("number", "4"), ("application", "'R9'"), ("step", "1")]),
    ];
    for sql in &forbidden {
        assert!(tamper(&path, sql).is_err(), "{sql}");
    }
    assert_eq!(examine(&path).unwrap().fault, None);
    let drops = "DROP TRIGGER act_is_never_changed; DROP TRIGGER act_is_never_deleted;";
    for (at, (change, number)) in [
        ("UPDATE act SET person = '甲 ' WHERE number = 2", 2),
        ("UPDATE act SET amount = 299 WHERE number = 3", 3),
        ("UPDATE act SET amount = NULL WHERE number = 3", 3),
        ("UPDATE act SET role = 'Approver' WHERE number = 3", 3),
        ("UPDATE act SET before = '公示' WHERE number = 1", 1),
        ("UPDATE act SET version = replace(version, 'a', 'b') WHERE number = 3", 3),
        ("UPDATE act SET previous = zeroblob(32) WHERE number = 2", 2),
        ("DELETE FROM act WHERE number = 2", 2),
        ("UPDATE act SET number = 4 WHERE number = 3", 3),
    ]
    .into_iter()
    .enumerate()
    {
        let (path, ledger) = begun(&format!("past-{at}"));
        published(&ledger, "R1");
        drop(ledger);
        tamper(&path, &format!("{drops} {change}")).unwrap();
        assert_eq!(examine(&path).unwrap().fault, Some(Fault::Act(number)), "{change}");
        let read = Ledger::open(&path, &Options::default()).unwrap().acts();
        assert_eq!(
            read,
            Err(StoreError::Changed { path, fault: Fault::Act(number) }),
            "{change}: is read all the same"
        );
    }
}

#[test]
fn every_flipped_byte_of_the_log_is_found() {
    let (path, ledger) = begun("flips");
    published(&ledger, "R1");
    let decide = Deed {
        act: Act {
            verdict: Some(Verdict::Fund),
            amount: Some(Fen::new(77)),
            ..deed("R2", Action::Decide, Role::Judge, "经办张三", 4).act
        },
        ..deed("R2", Action::Decide, Role::Judge, "经办张三", 4)
    };
    done(&ledger, deed("R2", Action::Accept, Role::Window, "窗口", 4)).unwrap();
    done(&ledger, decide).unwrap();
    drop(ledger);
    let whole = std::fs::read(&path).unwrap();
    // The last row of the log, from its first text to the end of its hash.
    let name = "经办张三".as_bytes();
    let at = whole.windows(name.len()).position(|window| window == name).unwrap();
    let row = at - 100..at + 160;
    let text = |part: &[u8]| whole[row.clone()].windows(part.len()).any(|window| window == part);
    assert!(text(b"decide") && text(b"being checked") && text(&[b'a'; 64]), "the row lies there in one piece");
    for at in (at - 8..at + 160).chain(at - 70..at - 60) {
        for bit in [0x01, 0x20, 0x80] {
            let mut changed = whole.clone();
            changed[at] ^= bit;
            std::fs::write(&path, changed).unwrap();
            let outcome = examine(&path);
            assert!(
                !matches!(&outcome, Ok(verified) if verified.fault.is_none()),
                "byte {at}, bit {bit:#x}: {outcome:?}"
            );
        }
    }
    std::fs::write(&path, whole).unwrap();
    assert_eq!(examine(&path).unwrap().fault, None);
}

#[test]
fn a_ledger_of_the_first_version_gets_its_log_of_acts() {
    let path = place("older");
    let first = include_str!("../migrations/sqlite/0001_ledger.sql");
    tamper(&path, &format!("{first}; PRAGMA application_id = {}; PRAGMA user_version = 1", 0x474F_554A)).unwrap();
    let (unit, project) = ("区科创局".to_owned(), "科技专项".to_owned());
    assert_eq!(
        examine(&path).map(|verified| (verified.acts, verified.fault)),
        Ok((0, None)),
        "before it is written to"
    );
    let ledger = Ledger::open(&path, &Options::default()).unwrap();
    let open = Money::Open { unit, year: 2026, project, amount: Fen::new(1_000), closes: Moment(365 * DAY) };
    ledger.ask(money("open", 1, open)).unwrap();
    published(&ledger, "R1");
    let verified = ledger.verify().unwrap();
    assert_eq!((verified.events, verified.acts, verified.fault), (2, 3, None));
}

#[test]
fn a_log_whose_end_was_cut_off_has_lost_its_guard() {
    let (path, ledger) = begun("cut");
    published(&ledger, "甲");
    assert_eq!(ledger.verify().unwrap().fault, None);
    drop(ledger);
    tamper(&path, "DROP TRIGGER act_is_never_deleted; DELETE FROM act WHERE number > 1").unwrap();
    let verified = Ledger::open(&path, &Options::default()).unwrap().verify().unwrap();
    assert_eq!(verified.fault, Some(Fault::Unguarded("act_is_never_deleted".into())));
}
