use super::*;
use gouji_model::Lang;
use proptest::prelude::*;

fn request(key: usize, time: i64, action: Action) -> Request {
    let (key, actor) = (format!("k{key}"), "王工".to_owned());
    Request { key, time: Moment(time), actor, reason: "批次一".to_owned(), line: "科技专项".to_owned(), action }
}

fn fen(amount: i64) -> Fen {
    Fen::new(amount)
}

fn opened(amount: i64) -> Book {
    let mut book = Book::default();
    let (unit, project) = ("区科创局".to_owned(), "科技专项".to_owned());
    let open = Action::Open { unit, year: 2026, project, amount: fen(amount), closes: Moment(1_000) };
    book.apply(&request(0, 0, open)).unwrap();
    book
}

fn reserve(award: &str, amount: i64) -> Action {
    Action::Reserve { award: award.to_owned(), amount: fen(amount), until: Moment(500) }
}

fn commit(award: &str, parts: &[(i64, i64)]) -> Action {
    let plan = parts.iter().map(|(due, amount)| Part { due: Moment(*due), amount: fen(*amount) }).collect();
    Action::Commit { award: award.to_owned(), plan }
}

fn pay(award: &str, part: u32, amount: i64) -> Action {
    Action::Pay { award: award.to_owned(), part, amount: fen(amount) }
}

fn release(award: &str, amount: i64, from: Held) -> Action {
    Action::Release { award: award.to_owned(), amount: fen(amount), from }
}

fn recover(award: &str, amount: i64, to: Destination) -> Action {
    Action::Recover { award: award.to_owned(), amount: fen(amount), to }
}

#[test]
fn what_was_given_back_whole_is_reserved_anew_with_another_amount() {
    let mut book = opened(1_000);
    let rows: &[(Action, Result<i64, &str>)] = &[
        (reserve("甲", 600), Ok(400)),
        (release("甲", 599, Held::Reserved), Ok(999)),
        (reserve("甲", 700), Err("该预算项目下已有资助“甲”")),
        (release("甲", 1, Held::Reserved), Ok(1_000)),
        (reserve("甲", 700), Ok(300)),
        (commit("甲", &[(30, 700)]), Ok(300)),
        (release("甲", 700, Held::Committed), Ok(1_000)),
        // It was an obligation once: another one needs another award.
        (reserve("甲", 1), Err("该预算项目下已有资助“甲”")),
    ];
    for (at, (action, expected)) in rows.iter().enumerate() {
        let answer = book.apply(&request(at + 1, 10, action.clone()));
        let answer = answer.map(Fen::fen).map_err(|refusal| refusal.text(Lang::Zh));
        assert_eq!(answer, expected.map_err(str::to_owned), "row {at}");
    }
}

/// One life of an award; each row: time, action, what is then available or the refusal in Chinese.
#[test]
fn the_life_of_an_award() {
    let mut book = opened(1_000);
    let rows: &[(i64, Action, Result<i64, &str>)] = &[
        (10, reserve("甲", 600), Ok(400)),
        (10, reserve("乙", 401), Err("额度不足：申请 4.01 元，可用 4.00 元")),
        (10, reserve("甲", 1), Err("该预算项目下已有资助“甲”")),
        (20, commit("甲", &[(30, 200), (40, 301)]), Ok(400)),
        (20, commit("甲", &[(30, 1)]), Err("该资助已经下达，不能重复下达")),
        (25, pay("甲", 1, 200), Err("未到拨付日期 1970-01-01")),
        (30, pay("甲", 1, 201), Err("超付：申请 2.01 元，本期尚余 2.00 元")),
        (30, pay("甲", 1, 200), Ok(400)),
        (30, pay("甲", 3, 1), Err("没有第 3 期拨付")),
        (30, release("甲", 99, Held::Reserved), Ok(499)),
        (30, release("甲", 99, Held::Reserved), Err("没有可处理的占用：已释放或已使用")),
        (30, release("甲", 1, Held::Committed), Ok(500)),
        (40, pay("甲", 2, 301), Err("超付：申请 3.01 元，本期尚余 3.00 元")),
        (40, pay("甲", 2, 300), Ok(500)),
        (50, recover("甲", 501, Destination::Treasury), Err("追回超过已付：申请 5.01 元，尚可追回 5.00 元")),
        (50, recover("甲", 100, Destination::Treasury), Ok(500)),
        (50, recover("甲", 50, Destination::Line), Ok(550)),
        (499, reserve("乙", 550), Ok(0)),
        (500, commit("乙", &[(600, 550)]), Err("预留已于 1970-01-01 到期")),
        (500, release("乙", 550, Held::Reserved), Ok(550)),
        (1_000, reserve("丙", 1), Err("预算项目已于 1970-01-01 关闭")),
        (1_000, recover("甲", 1, Destination::Line), Err("预算项目已于 1970-01-01 关闭")),
        (1_000, recover("甲", 1, Destination::Treasury), Ok(550)),
    ];
    for (key, (time, action, expected)) in rows.iter().enumerate() {
        let outcome = book.apply(&request(key, *time, action.clone()));
        let outcome = outcome.map(Fen::fen).map_err(|refusal| refusal.text(Lang::Zh));
        assert_eq!(outcome, expected.map_err(str::to_owned), "row {key}: {action:?}");
    }
    let facts = line_facts(&book, "科技专项").unwrap();
    assert_eq!((facts.paid, facts.payees, facts.execution), (fen(349), 1, (fen(349), fen(1_000))));
}

#[test]
fn a_plan_lies_within_the_line_and_a_line_shrinks_no_further_than_it_is_free() {
    let mut book = opened(1_000);
    book.apply(&request(1, 1, reserve("a", 900))).unwrap();
    let late = book.apply(&request(2, 2, commit("a", &[(1_000, 900)])));
    assert_eq!(late, Err(Refusal::DueAfterClose { due: Moment(1_000), closes: Moment(1_000) }));
    let shrunk = book.apply(&request(3, 2, Action::Amend { change: fen(-101) }));
    assert_eq!(shrunk, Err(Refusal::NotEnough { available: fen(100), asked: fen(101) }));
    assert_eq!(book.apply(&request(4, 2, Action::Amend { change: fen(-100) })), Ok(fen(0)));
    book.apply(&request(5, 3, Action::Close)).unwrap();
    assert_eq!(book.apply(&request(6, 3, Action::Close)), Err(Refusal::LineClosed { closes: Moment(3) }));
}

#[test]
fn the_canonical_bytes_are_as_written_down() {
    let event = Event::following(1, [0; 32], request(1, 7, Action::Close), fen(5));
    let bytes = event.canonical_bytes();
    assert_eq!(&bytes[..14], b"gouji-ledger-1");
    assert_eq!(&bytes[46..64], [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, b'k', b'1']);
    assert_eq!(bytes[bytes.len() - 8..], 5_i64.to_be_bytes());
    assert_eq!(event.hash, event.digest());
}

fn some_action() -> impl Strategy<Value = Action> {
    let award = prop_oneof![Just("a"), Just("b"), Just("c")];
    (0..7_u8, award, -5..400_i64, 0..900_i64, 0..3_u32).prop_map(|(kind, award, amount, due, part)| match kind {
        0 => reserve(award, amount),
        1 => commit(award, &[(due, amount), (due + 50, 7)]),
        2 => pay(award, part, amount),
        3 => release(award, amount, Held::Reserved),
        4 => release(award, amount, Held::Committed),
        5 => recover(award, amount, if part == 0 { Destination::Line } else { Destination::Treasury }),
        _ => Action::Amend { change: fen(amount - 200) },
    })
}

proptest! {
    #[test]
    fn a_line_is_the_sum_of_its_awards_and_never_over(actions in proptest::collection::vec((0..60_i64, some_action()), 1..60)) {
        let mut book = opened(1_000);
        let mut time = 0;
        for (key, (passed, action)) in actions.into_iter().enumerate() {
            time += passed / 4;
            let before = book.clone();
            if book.apply(&request(key, time, action)).is_err() {
                prop_assert_eq!(&before, &book);
            }
            let line = &book.lines["科技专项"];
            let sum = |of: fn(&Award) -> Fen| book.awards.values().map(|award| of(award).fen()).sum::<i64>();
            prop_assert!(line.available().fen() >= 0);
            prop_assert_eq!(line.reserved.fen(), sum(|award| award.reserved));
            prop_assert_eq!(line.committed.fen(), sum(|award| award.committed));
            prop_assert_eq!(line.paid.fen(), sum(|award| award.paid));
            prop_assert_eq!(line.recovered.fen(), sum(|award| award.recovered));
            for award in book.awards.values() {
                let left: i64 = award.parts.iter().map(|part| part.amount.fen() - part.paid.fen()).sum();
                prop_assert_eq!(award.committed.fen(), left);
            }
        }
    }

    #[test]
    fn an_action_comes_back_from_its_columns(action in some_action()) {
        let record = Record::of(&action);
        prop_assert_eq!(Record::action(record.kind, &record.award, record.amount, &record.detail), Some(action));
    }
}
