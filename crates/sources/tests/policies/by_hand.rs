//! Every award once more, written from the rules of each programme and not from the policy files.
//!
//! Whole fractions of fen; `None` where something that the amount needs is unknown.

use super::cases::{Facts, Given};
use gouji_fund::Day;

/// Ten thousand yuan in fen.
const WAN: i128 = 1_000_000;
/// A hundred million yuan in fen.
const YI: i128 = 10_000 * WAN;

/// The award of a policy in fen, whatever its conditions say.
pub fn award(policy: &str, version: &str, facts: &Facts) -> Option<i128> {
    let award = match policy {
        "baoan-research" => baoan_research(facts),
        "city-research" => city_research(facts),
        "longgang-high-tech" => high_tech(version, facts),
        "longgang-platforms" => platforms(facts),
        "longgang-research" => research(version, facts),
        "longgang-specialised-recognition" => specialised_recognition(facts),
        "longgang-specialised-research" => specialised_research(facts),
        "longgang-tenant-rent" => tenant_rent(facts),
        "longhua-incubators" => incubators(facts),
        "nanshan-growth" => nanshan_growth(facts),
        other => panic!("nobody has worked out {other} by hand"),
    };
    award.map(|fen| fen.max(0))
}

fn high_tech(version: &str, facts: &Facts) -> Option<i128> {
    let (first, renewed) = match version {
        "2018" => (30, 10),
        "2020" => (20, 10),
        _ => (10, 5),
    };
    Some(match facts.word("认定类型")? {
        "首次认定" => first * WAN,
        "重新认定" => renewed * WAN,
        _ => 0,
    })
}

fn research(version: &str, facts: &Facts) -> Option<i128> {
    let base = facts.number("税务加计扣除研发费用")?;
    let part = |percent: i128, most: i128| half_up(base * percent, 100).min(most * WAN);
    let mut best = part(5, 50);
    for (class, most) in [("国高培育库企业", 50), ("国高企业", 100), ("中国五百强", 500), ("世界五百强", 1000)]
    {
        if facts.flag(class)? {
            best = best.max(part(10, most));
        }
    }
    if version == "2022" && is_certified_for_a_year(facts)? {
        best = best.max(part(30, 300));
    }
    Some(best)
}

/// Whether the customs certified the firm a year or longer before it applied.
fn is_certified_for_a_year(facts: &Facts) -> Option<bool> {
    let days = facts.date("海关认证日期").zip(facts.date("申请日期"));
    let is_a_year = days.map(|((year, month, day), applied)| {
        // No year after a leap year has a 29 February.
        let day = if (month, day) == (2, 29) { 28 } else { day };
        applied >= (year + 1, month, day)
    });
    both(facts.flag("海关高级认证企业"), is_a_year)
}

fn city_research(facts: &Facts) -> Option<i128> {
    let declared = facts.number("申报研发费用")?;
    let audited = facts.number("专项审计研发费用")?;
    let deducted = facts.number("税务加计扣除研发费用")?;
    let recognised = facts.number("集成电路专项已认定费用")?;
    let base = (declared.min(audited).min(deducted) - recognised).max(0);
    // 3.5 % is 350 of ten thousand, 1.75 % is 175.
    let below = base.min(1000 * WAN) * 350;
    let above = (base - 1000 * WAN).max(0) * 175;
    Some(half_up(below + above, 10_000).min(1000 * WAN))
}

fn baoan_research(facts: &Facts) -> Option<i128> {
    Some(facts.number("申报研发费用")?.min(facts.number("税务加计扣除研发费用")?))
}

fn nanshan_growth(facts: &Facts) -> Option<i128> {
    let (revenue, before) = (facts.number("营业收入")?, facts.number("上年营业收入")?);
    let spent = facts.number("研发费用")?;
    if revenue <= 0 || before <= 0 {
        return None;
    }
    let grew = |percent: i128| 100 * (revenue - before) >= percent * before;
    let spends = |percent: i128| 100 * spent >= percent * revenue;
    let amount = if grew(100) && spends(100) {
        100
    } else if grew(50) {
        if spends(20) { 40 } else { 25 }
    } else if grew(20) {
        if spends(20) { 20 } else { 15 }
    } else {
        0
    };
    Some(if spends(5) { amount * WAN } else { 0 })
}

fn platforms(facts: &Facts) -> Option<i128> {
    Some(half_up(facts.number("上级资助金额")?, 2).min(3000 * WAN))
}

fn specialised_research(facts: &Facts) -> Option<i128> {
    let (spent, class) = (facts.number("研发费用")?, facts.word("梯度类别")?);
    let tier = match spent {
        spent if spent > 10 * YI => 200,
        spent if spent >= YI => 100,
        spent if spent >= 6000 * WAN => 50,
        spent if spent >= 3000 * WAN => 30,
        spent if spent >= 1000 * WAN => 10,
        spent if spent >= 300 * WAN => 5,
        _ => 0,
    };
    let (halves, most) = match class {
        "小巨人" => (4, 400),
        "省专精特新" => (3, 300),
        "创新型中小企业" => (2, 200),
        _ => (0, 0),
    };
    Some((tier * WAN * halves / 2).min(most * WAN))
}

fn specialised_recognition(facts: &Facts) -> Option<i128> {
    let standard = match facts.word("梯度类别")? {
        "小巨人" => 200,
        "省专精特新" => 50,
        "创新型中小企业" => 20,
        _ => 0,
    };
    Some(standard * WAN - facts.number("已获认定奖励")?)
}

fn tenant_rent(facts: &Facts) -> Option<i128> {
    let rent = facts.number("上年实缴租金")?;
    let place = facts.word("载体类型");
    let is_young = both(facts.flag("初创企业"), place.map(|place| place == "孵化器"))?;
    let is_high = both(facts.flag("国高企业"), place.map(|place| place == "加速器" || place == "产业园"))?;
    let is_other = either(facts.flag("大赛获奖"), facts.flag("港澳团队"))?;
    let classes = [(is_young, 10), (is_high, 20), (is_other, 10)];
    let of_class = |(is_one, most): &(bool, i128)| if *is_one { half_up(rent, 2).min(most * WAN) } else { 0 };
    classes.iter().map(of_class).max()
}

fn incubators(facts: &Facts) -> Option<i128> {
    let levels = [facts.number("国家级资助金额")?, facts.number("省级资助金额")?, facts.number("市级资助金额")?];
    let half = |level: usize, most: i128| half_up(levels[level], 2).min(most * WAN);
    let matching = match facts.word("载体类型")? {
        "众创空间" => half(0, 200).max(half(1, 100)).max(half(2, 100)),
        "孵化器" => half(0, 300).max(half(1, 300)).max(half(2, 300)),
        _ => 0,
    };
    Some(matching.max(0) - facts.number("本区已配套金额")?)
}

/// A quotient rounded to the whole, halves away from zero.
fn half_up(over: i128, under: i128) -> i128 {
    let magnitude = (2 * over.abs() + under) / (2 * under);
    if over < 0 { -magnitude } else { magnitude }
}

/// A no settles it, whatever the other is.
fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// A yes settles it, whatever the other is.
fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    both(one.map(|one| !one), other.map(|other| !other)).map(|neither| !neither)
}

impl Facts {
    fn number(&self, name: &str) -> Option<i128> {
        match self.0.get(name)? {
            Given::Number(number) => Some(i128::from(*number)),
            Given::Word(_) => None,
        }
    }

    fn flag(&self, name: &str) -> Option<bool> {
        self.number(name).map(|number| number == 1)
    }

    fn word(&self, name: &str) -> Option<&str> {
        match self.0.get(name)? {
            Given::Word(word) => Some(word),
            Given::Number(_) => None,
        }
    }

    /// Year, month and day.
    fn date(&self, name: &str) -> Option<(i32, u32, u32)> {
        Day::from_number(i32::try_from(self.number(name)?).ok()?).map(Day::parts)
    }
}
