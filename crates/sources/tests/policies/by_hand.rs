//! The amounts of the policies worked out again by hand, in fen, with nothing of the engine.

use toml::{Table, Value};

/// What a case gives, with the reader of amounts.
pub struct Given<'a>(pub &'a Table, pub &'a dyn Fn(&str) -> i64);

impl Given<'_> {
    fn fen(&self, name: &str) -> Option<i128> {
        self.0.get(name).map(|value| i128::from((self.1)(value.as_str().unwrap())))
    }

    fn word(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }
}

const WAN: i128 = 1_000_000;

/// Half up; only for sums that are not below zero.
fn half_up(over: i128, under: i128) -> i128 {
    assert!(over >= 0);
    (2 * over + under) / (2 * under)
}

/// The amount of the first pass for who is not refused; `None` where it is unknown.
pub fn award(id: &str, version: &str, given: &Given) -> Option<i64> {
    let fen = match (id, version) {
        ("shenzhen-research", _) => shenzhen_research(given),
        ("baoan-research", _) => Some(given.fen("研发费用")?.min(given.fen("纳税总额")?).min(500 * WAN).max(0)),
        ("nanshan-growth", _) => nanshan(given),
        ("longgang-specialised", _) => {
            let due = match given.word("认定级别")? {
                "创新型中小企业" => 20 * WAN,
                "专精特新" => 50 * WAN,
                "小巨人" => 200 * WAN,
                _ => 0,
            };
            Some((due - given.fen("已获认定奖励")?).max(0))
        }
        ("longgang-specialised-research", _) => specialised_research(given),
        _ => panic!("{id} {version} is not worked out by hand"),
    };
    fen.map(|fen| i64::try_from(fen).unwrap())
}

fn shenzhen_research(given: &Given) -> Option<i128> {
    let least = given.fen("自行申报")?.min(given.fen("专项审计核定")?).min(given.fen("税务加计扣除")?);
    let base = (least - given.fen("集成电路已核定")?).max(0);
    let (below, above) = (base.min(1000 * WAN), (base - 1000 * WAN).max(0));
    Some(half_up(below * 350 + above * 175, 10_000).min(1000 * WAN))
}

fn nanshan(given: &Given) -> Option<i128> {
    let (sales, before, research) = (given.fen("营业收入")?, given.fen("上年营业收入")?, given.fen("研发费用")?);
    if sales <= 0 || before <= 0 {
        return None;
    }
    let grows = |percent: i128| (sales - before) * 100 >= percent * before;
    let spends = |percent: i128| research * 100 >= percent * sales;
    let wan = match (grows(100) && spends(100), grows(50), grows(20), spends(20), spends(5)) {
        (true, ..) => 100,
        (_, true, _, true, _) => 40,
        (_, true, _, _, true) => 25,
        (_, _, true, true, _) => 20,
        (_, _, true, _, true) => 15,
        _ => 0,
    };
    Some(wan * WAN)
}

fn specialised_research(given: &Given) -> Option<i128> {
    let (research, level) = (given.fen("研发费用")?, given.word("企业级别")?);
    let tiers = [(300, 5), (1_000, 10), (3_000, 30), (6_000, 50), (10_000, 100), (100_000, 200)];
    let reached = tiers.iter().rev().find(|(from, _)| research >= from * WAN).map_or(0, |(_, wan)| *wan);
    let (half_steps, cap) = match level {
        "普通" => (2, 200),
        "省专精特新" => (3, 300),
        "小巨人" => (4, 400),
        _ => (0, 0),
    };
    Some((reached * WAN * half_steps / 2).min(cap * WAN))
}
