//! The ledger in a real file: requests, faults of the file, and changes from outside.

mod common;

use common::{place, tamper};
use gouji_fund::ledger::{Action, Destination, Held, Moment, Part, Refusal, Request};
use gouji_model::{Fen, Lang};
use gouji_store::{AskError, Fault, Ledger, Options, StoreError, examine};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::Duration;

fn request(key: &str, action: Action) -> Request {
    let (key, actor, line) = (key.to_owned(), "李工".to_owned(), "L".to_owned());
    Request { key, time: Moment(10), actor, reason: String::new(), line, action }
}

fn open_line(amount: i64) -> Request {
    let (unit, project) = ("区科创局".to_owned(), "科技专项".to_owned());
    request("open", Action::Open { unit, year: 2026, project, amount: Fen::new(amount), closes: Moment(1_000) })
}

fn reserve(key: &str, award: &str, amount: i64) -> Request {
    request(key, Action::Reserve { award: award.to_owned(), amount: Fen::new(amount), until: Moment(500) })
}

fn started(name: &str, amount: i64) -> (PathBuf, Ledger) {
    let path = place(&format!("ledger-{name}"));
    let ledger = Ledger::create(&path, &Options::default()).unwrap();
    ledger.ask(open_line(amount)).unwrap();
    (path, ledger)
}

#[test]
fn a_life_is_kept_and_verified_after_opening_again() {
    let (path, ledger) = started("life", 1_000);
    let award = || "甲".to_owned();
    let plan = vec![Part { due: Moment(5), amount: Fen::new(300) }, Part { due: Moment(10), amount: Fen::new(300) }];
    let steps = [
        reserve("1", "甲", 700),
        request("2", Action::Commit { award: award(), plan }),
        request("3", Action::Release { award: award(), amount: Fen::new(100), from: Held::Reserved }),
        request("4", Action::Pay { award: award(), part: 1, amount: Fen::new(300) }),
        request("5", Action::Pay { award: award(), part: 2, amount: Fen::new(200) }),
        request("6", Action::Recover { award: award(), amount: Fen::new(50), to: Destination::Line }),
        request("7", Action::Amend { change: Fen::new(500) }),
    ];
    // All under way at once: one transaction, in the order asked.
    let tickets: Vec<_> = steps.iter().map(|step| ledger.submit(step.clone())).collect();
    let available: Vec<i64> = tickets.into_iter().map(|ticket| ticket.wait().unwrap().available.fen()).collect();
    assert_eq!(available, [300, 300, 400, 400, 400, 450, 950]);
    drop(ledger);
    let ledger = Ledger::open(&path, &Options::default()).unwrap();
    let verified = ledger.verify().unwrap();
    assert_eq!((verified.events, verified.fault), (8, None));
    assert_eq!(examine(&path).unwrap().head, verified.head);
    assert_eq!(ledger.line("L").unwrap().unwrap().paid, Fen::new(500));
    assert_eq!(ledger.award("L", "甲").unwrap().unwrap().parts[1].paid, Fen::new(200));
}

#[test]
fn a_key_is_answered_the_same_and_never_used_for_another_request() {
    let (_path, ledger) = started("keys", 1_000);
    let first = ledger.ask(reserve("k", "a", 10)).unwrap();
    let again = Request { time: Moment(900), ..reserve("k", "a", 10) };
    assert_eq!(ledger.ask(again), Ok(first));
    let other = ledger.ask(reserve("k", "a", 11)).unwrap_err();
    assert_eq!(other, AskError::Refused(Refusal::KeyReused("k".to_owned())));
    assert_eq!(other.text(Lang::Zh), "幂等键“k”已用于其他内容的请求");
}

#[test]
fn a_refused_request_does_not_harm_the_others_of_its_transaction() {
    let (_path, ledger) = started("others", 100);
    let amounts = [60, 50, 30, 20, 10];
    let tickets: Vec<_> = amounts
        .iter()
        .map(|amount| ledger.submit(reserve(&format!("{amount}"), &format!("{amount}"), *amount)))
        .collect();
    let accepted: Vec<bool> = tickets.into_iter().map(|ticket| ticket.wait().is_ok()).collect();
    assert_eq!(accepted, [true, false, true, false, true]);
    assert_eq!(ledger.line("L").unwrap().unwrap().available(), Fen::new(0));
}

#[test]
fn files_that_are_no_ledger_say_so_with_their_path() {
    let path = place("ledger-faults");
    let open = || Ledger::open(&path, &Options::default()).map(drop).unwrap_err();
    let create = || Ledger::create(&path, &Options::default()).map(drop);
    assert_eq!(open(), StoreError::CannotOpen(path.clone()));
    std::fs::write(&path, "这不是数据库。".repeat(500)).unwrap();
    assert_eq!(open(), StoreError::NotADatabase(path.clone()));
    assert!(open().text(Lang::Zh).ends_with("ledger.db：文件不是数据库"));
    assert_eq!(create(), Err(StoreError::NotADatabase(path.clone())));
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, "").unwrap();
    assert_eq!(open(), StoreError::NotBegun(path.clone()));
    assert_eq!(create(), Ok(()));
    assert_eq!(create(), Err(StoreError::Exists(path.clone())));
    std::fs::remove_file(&path).unwrap();
    tamper(&path, "CREATE TABLE other (a)").unwrap();
    assert_eq!(open(), StoreError::NotALedger(path.clone()));
}

#[test]
fn a_newer_ledger_is_left_alone() {
    let (path, ledger) = started("newer", 100);
    drop(ledger);
    tamper(&path, "PRAGMA user_version = 9").unwrap();
    let newer = Ledger::open(&path, &Options::default()).map(drop).unwrap_err();
    assert_eq!(newer, StoreError::Newer { path: path.clone(), found: 9, known: 2 });
    assert!(newer.text(Lang::En).ends_with("written by a newer version of Gouji (version 9, known here: 2)"));
}

#[test]
fn a_read_only_ledger_is_told_at_once_and_can_be_examined() {
    let (path, ledger) = started("read-only", 100);
    drop(ledger);
    let folder = path.parent().unwrap();
    let set = |read_only: u32| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666 & read_only)).unwrap();
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777 & read_only)).unwrap();
    };
    set(0o555);
    // The superuser may write all the same; then there is nothing to see.
    if std::fs::OpenOptions::new().append(true).open(&path).is_err() {
        let opened = Ledger::open(&path, &Options::default()).map(drop);
        assert_eq!(opened, Err(StoreError::ReadOnly(path.clone())));
        assert_eq!(examine(&path).map(|verified| verified.fault), Ok(None));
    }
    set(0o777);
}

#[test]
fn a_locked_ledger_says_so_and_loses_nothing() {
    let (path, ledger) = started("locked", 100);
    drop(ledger);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let held = SqliteConnectOptions::new().filename(&path);
    let mut holder = runtime.block_on(held.connect()).unwrap();
    let options = Options { wait: Duration::from_millis(50), ..Options::default() };
    let ledger = Ledger::open(&path, &options).unwrap();
    runtime.block_on(sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut holder)).unwrap();
    assert_eq!(ledger.ask(reserve("k", "a", 1)), Err(AskError::Store(StoreError::Locked(path.clone()))));
    assert_eq!(Ledger::open(&path, &options).map(drop), Err(StoreError::Locked(path.clone())));
    runtime.block_on(sqlx::raw_sql("COMMIT").execute(&mut holder)).unwrap();
    assert_eq!(ledger.ask(reserve("k", "a", 1)).unwrap().number, 2);
}

#[test]
fn a_full_disk_writes_nothing_by_halves() {
    let (path, ledger) = started("full", 1_000_000);
    drop(ledger);
    let options = Options { most_pages: Some(40), ..Options::default() };
    let ledger = Ledger::open(&path, &options).unwrap();
    let tickets: Vec<_> = (0..2_000).map(|at| ledger.submit(reserve(&format!("{at}"), &format!("{at}"), 1))).collect();
    let answers: Vec<_> = tickets.into_iter().map(gouji_store::Ticket::wait).collect();
    let accepted = answers.iter().filter(|answer| answer.is_ok()).count() as i64;
    assert!(answers.contains(&Err(AskError::Store(StoreError::Full(path.clone())))));
    drop(ledger);
    let ledger = Ledger::open(&path, &Options::default()).unwrap();
    let verified = ledger.verify().unwrap();
    assert_eq!((verified.events, verified.fault), (accepted + 1, None));
    assert_eq!(ledger.line("L").unwrap().unwrap().reserved, Fen::new(accepted));
    assert!(ledger.ask(reserve("1999", "1999", 1)).is_ok());
}

#[test]
fn the_database_guards_the_log_and_the_balance() {
    let (path, ledger) = started("guards", 100);
    ledger.ask(reserve("1", "a", 60)).unwrap();
    drop(ledger);
    let forbidden = [
        "UPDATE event SET amount = 1",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT 3, key, time, actor, reason, line, kind, award, amount, detail, available, \
         hash, hash FROM event WHERE number = 2",
        "INSERT OR REPLACE INTO event SELECT number, 'other', time, actor, reason, line, kind, award, amount, detail, \
         available, previous, hash FROM event WHERE number = 2",
        "UPDATE line SET reserved = 101",
        "UPDATE line SET reserved = -1",
        "DELETE FROM line",
    ];
    for sql in forbidden {
        assert!(tamper(&path, sql).is_err(), "{sql}");
    }
    assert_eq!(examine(&path).unwrap().fault, None);
}

#[test]
fn whoever_gets_past_the_guards_is_found() {
    let changes = [
        ("UPDATE event SET amount = 59 WHERE number = 2", Fault::Hash(2)),
        ("UPDATE event SET kind = 'gift' WHERE number = 2", Fault::Unreadable(2)),
        ("UPDATE event SET previous = zeroblob(32) WHERE number = 3", Fault::Chain(3)),
        ("DELETE FROM event WHERE number = 2", Fault::Missing(2)),
        ("DELETE FROM event WHERE number = 3", Fault::Line("L".to_owned())),
        ("UPDATE line SET reserved = 0", Fault::Line("L".to_owned())),
        ("UPDATE award SET until = 501 WHERE name = 'a'", Fault::Award("L".to_owned(), "a".to_owned())),
    ];
    for (at, (sql, fault)) in changes.into_iter().enumerate() {
        let (path, ledger) = started(&format!("past-{at}"), 100);
        ledger.ask(reserve("1", "a", 60)).unwrap();
        ledger.ask(reserve("2", "b", 30)).unwrap();
        drop(ledger);
        let drops = "DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted;";
        tamper(&path, &format!("{drops} {sql}")).unwrap();
        assert_eq!(examine(&path).unwrap().fault, Some(fault), "{sql}");
    }
}

#[test]
fn a_balance_changed_from_outside_stops_payments_and_harms_no_other_line() {
    let (path, ledger) = started("outside", 100);
    let other = Request { line: "M".to_owned(), key: "m".to_owned(), ..open_line(100) };
    ledger.ask(other).unwrap();
    let trigger =
        "CREATE TRIGGER outside BEFORE UPDATE ON line WHEN NEW.name = 'L' BEGIN SELECT RAISE(ABORT, 'no'); END";
    tamper(&path, trigger).unwrap();
    let on_other = Request { line: "M".to_owned(), ..reserve("2", "b", 5) };
    let tickets = [ledger.submit(reserve("1", "a", 5)), ledger.submit(on_other)];
    let [guarded, fine] = tickets.map(gouji_store::Ticket::wait);
    assert!(matches!(guarded, Err(AskError::Store(StoreError::Guarded { .. }))), "{guarded:?}");
    assert!(fine.is_ok());
    assert_eq!(ledger.verify().unwrap().fault, None);
}
