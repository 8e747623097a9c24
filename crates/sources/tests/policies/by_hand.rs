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
        ("baoan-research", _) => Some(given.fen("研发费用")?.min(given.fen("纳税总额")?).clamp(0, 500 * WAN)),
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
        ("longgang-recognition", version) => recognition(version, given.word("认定类别")?),
        ("longgang-research", version) => research(version, given),
        ("longgang-platform", version) => platform(version, given),
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

fn recognition(version: &str, kind: &str) -> Option<i128> {
    let wan = match (version, kind) {
        ("2018", "首次认定") => 30,
        ("2020", "首次认定") => 20,
        ("2018" | "2020", "重新认定") | ("2022", "首次认定") => 10,
        ("2022", "重新认定") => 5,
        _ => 0,
    };
    Some(wan * WAN)
}

fn research(version: &str, given: &Given) -> Option<i128> {
    let base = given.fen("研发费用")?.max(0);
    let share = |percent: i128, wan: i128| half_up(base * percent, 100).min(wan * WAN);
    let mut best = share(5, 50);
    for (class, wan) in [("国高培育入库", 50), ("国家高新技术企业", 100), ("中国五百强", 500), ("世界五百强", 1000)]
    {
        if given.0.get(class)?.as_bool()? {
            best = best.max(share(10, wan));
        }
    }
    let is_certified = version == "2022" && given.0.get("海关高级认证")?.as_bool()?;
    // Dates as written sort like dates; a year later is another year in front.
    let is_old = |date: &str| {
        let (year, rest) = date.split_at(4);
        format!("{}{rest}", year.parse::<i32>().unwrap() + 1).as_str() <= given.word("受理日期").unwrap()
    };
    if is_certified && is_old(given.word("海关认证日期")?) {
        best = best.max(share(30, 300));
    }
    Some(best)
}

fn platform(version: &str, given: &Given) -> Option<i128> {
    let cap = if given.word("平台级别")? == "国家级" { 3000 } else { 500 };
    let half = half_up(given.fen("上级资助")?, 2).min(cap * WAN);
    let had = if version == "2019" { 0 } else { given.fen("区级已资助")? };
    Some((half - had).max(0))
}
