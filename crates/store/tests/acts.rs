//! Acts on applications in a real file: kept, verified, with their money or not at all.

use gouji_fund::Day;
use gouji_fund::ledger::{Action as Money, Moment, Request};
use gouji_fund::lifecycle::{Act, Action, Calendar, Days, Deed, Facts, Move, Outcome, Refused, Role, State, Table};
use gouji_model::Fen;
use gouji_store::{ActRefused, Fault, Ledger, Options};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};
use std::path::{Path, PathBuf};

fn place(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("acts-{name}-{}", std::process::id()));
    let _none_before = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder.join("ledger.db")
}

/// 已提交 → 受理 → 核查中 → 已审定, the last with money.
fn table() -> Table {
    let step = |from, action, role, to| Move { from, action, role, guards: Vec::new(), to, line: 1 };
    Table {
        id: "short".into(),
        file: "short.toml".into(),
        sha256: "0".repeat(64),
        from: Day::read("2019-01-01").unwrap(),
        to: None,
        intake: State::Submitted,
        publicity: Days::Working(5),
        calendar: Calendar::default(),
        contracts: Vec::new(),
        moves: vec![
            step(State::Submitted, Action::Accept, Role::Window, State::Accepted),
            step(State::Accepted, Action::Check, Role::Judge, State::Checking),
            step(State::Checking, Action::Approve, Role::Approver, State::Approved),
        ],
        line: 1,
    }
}

fn deed(application: &str, action: Action, role: Role, person: &str) -> Deed {
    let facts = Facts { outcome: Outcome::Fund(Fen::new(5)), version: "a".repeat(64), ..Facts::default() };
    let (person, reason) = (person.to_owned(), "因".to_owned());
    let act = Act { action, role, person, time: Moment(1), reason, verdict: None, amount: None };
    let (application, batch, line) = (application.to_owned(), "B".to_owned(), "L".to_owned());
    Deed { application, batch, act, facts, line, money: Vec::new() }
}

fn started(name: &str) -> (PathBuf, Ledger) {
    let path = place(name);
    let ledger = Ledger::create(&path, &Options::default()).unwrap();
    let (unit, project) = ("区科创局".to_owned(), "科技专项".to_owned());
    let open = Money::Open { unit, year: 2026, project, amount: Fen::new(100), closes: Moment(1_000) };
    ledger.ask(request("open", open)).unwrap();
    (path, ledger)
}

fn request(key: &str, action: Money) -> Request {
    let (key, actor, line) = (key.to_owned(), "李工".to_owned(), "L".to_owned());
    Request { key, time: Moment(1), actor, reason: String::new(), line, action }
}

fn tamper(path: &Path, sql: &str) -> Result<(), sqlx::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut connection: SqliteConnection = SqliteConnectOptions::new().filename(path).connect().await?;
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.map(drop)
    })
}

#[test]
fn acts_are_kept_in_order_and_a_changed_one_is_found() {
    let (path, ledger) = started("kept");
    let deeds = vec![
        deed("甲", Action::Accept, Role::Window, "赵"),
        deed("乙", Action::Accept, Role::Window, "赵"),
        deed("甲", Action::Check, Role::Judge, "张"),
        deed("乙", Action::Approve, Role::Approver, "李"),
    ];
    let answers = ledger.act(deeds, &table()).unwrap();
    assert!(answers[..3].iter().all(Result::is_ok), "{answers:?}");
    assert!(matches!(answers[3], Err(ActRefused::Move(Refused::NoSuchMove { .. }))));
    // Asked again, nothing is done again.
    let again = ledger.act(vec![deed("甲", Action::Check, Role::Judge, "张")], &table()).unwrap();
    assert_eq!(again[0], answers[2]);
    drop(ledger);
    let ledger = Ledger::open(&path, &Options::default()).unwrap();
    assert_eq!(ledger.acts().unwrap().len(), 3);
    assert_eq!(ledger.verify().unwrap().acts, 3);
    drop(ledger);
    for sql in [
        "UPDATE act SET person = '王'",
        "DELETE FROM act",
        "INSERT OR REPLACE INTO act SELECT * FROM act WHERE number = 3",
    ] {
        assert!(tamper(&path, sql).is_err(), "{sql}");
    }
    for change in
        ["person = '王'", "amount = 7", "version = 'b'", "after = 'accepted'", "hash = zeroblob(32)", "step = 9"]
    {
        let copy = path.with_file_name("copy.db");
        std::fs::copy(&path, &copy).unwrap();
        tamper(&copy, &format!("DROP TRIGGER act_is_never_changed; UPDATE act SET {change} WHERE number = 3")).unwrap();
        let verified = Ledger::open(&copy, &Options::default()).unwrap().verify().unwrap();
        assert_eq!(verified.fault, Some(Fault::Act(3)), "{change}");
    }
}

#[test]
fn an_act_without_its_money_is_not_done() {
    let (_, ledger) = started("money");
    let mut act = deed("甲", Action::Accept, Role::Window, "赵");
    let too_much = Money::Reserve { award: "甲".into(), amount: Fen::new(101), until: Moment(500) };
    act.money = vec![request("r", too_much)];
    let other = deed("乙", Action::Accept, Role::Window, "赵");
    let answers = ledger.act(vec![act.clone(), other], &table()).unwrap();
    assert!(matches!(answers[0], Err(ActRefused::Money(_))) && answers[1].is_ok(), "{answers:?}");
    act.money = vec![request("r", Money::Reserve { award: "甲".into(), amount: Fen::new(100), until: Moment(500) })];
    assert!(ledger.act(vec![act], &table()).unwrap()[0].is_ok());
    assert_eq!(ledger.line("L").unwrap().unwrap().available(), Fen::new(0));
    let verified = ledger.verify().unwrap();
    assert_eq!((verified.events, verified.acts, verified.fault), (2, 2, None));
}

#[test]
fn of_two_who_approve_at_once_one_does() {
    let (path, ledger) = started("race");
    let both = [deed("甲", Action::Accept, Role::Window, "赵"), deed("甲", Action::Check, Role::Judge, "张")];
    assert!(ledger.act(both.to_vec(), &table()).unwrap().iter().all(Result::is_ok));
    let approve = |person: &'static str, path: PathBuf| {
        std::thread::spawn(move || {
            let ledger = Ledger::open(&path, &Options::default()).unwrap();
            ledger.act(vec![deed("甲", Action::Approve, Role::Approver, person)], &table()).unwrap().remove(0).is_ok()
        })
    };
    let tries = [approve("李", path.clone()), approve("王", path)];
    let done = tries.into_iter().map(|one| one.join().unwrap()).filter(|done| *done).count();
    assert_eq!(done, 1);
    assert_eq!(ledger.verify().unwrap().acts, 3);
}

#[test]
fn a_ledger_of_the_first_version_is_brought_to_this_one() {
    let (path, ledger) = started("old");
    drop(ledger);
    tamper(&path, "DROP TABLE act; PRAGMA user_version = 1").unwrap();
    let ledger = Ledger::open(&path, &Options::default()).unwrap();
    assert!(ledger.act(vec![deed("甲", Action::Accept, Role::Window, "赵")], &table()).unwrap()[0].is_ok());
    assert_eq!(ledger.verify().unwrap().fault, None);
}
