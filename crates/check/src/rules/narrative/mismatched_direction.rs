//! A sentence says 增加 where the figures fell, or 减少 where they rose.
//!
//! # What it finds
//!
//! The word is held against the two years of the table, against the percentage in the same
//! sentence, and, for the whole of income and expenditure, against the other side: where nothing is
//! carried over both are equal in every year and change alike.
//!
//! # Why it matters
//!
//! The direction is what a reader remembers. A wrong one turns the message of the report round.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): income, expenditure and 三公 are published with an explanation of their
//! change.
//!
//! # Example that fires
//!
//! ```text
//! 2022年松岭县财政局部门预算
//! 四、“三公”经费说明
//! （二）公务接待费。2022年预算数4.00万元，较上年增加2.50万元。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | “三公”经费合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置和运行维护费
//! 2021年 | 9.50 | 0.00 | 6.50 | 3.00
//! 2022年 | 7.00 | 0.00 | 4.00 | 3.00
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2022年松岭县财政局部门预算
//! 四、“三公”经费说明
//! （二）公务接待费。2022年预算数4.00万元，较上年减少2.50万元。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | “三公”经费合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置和运行维护费
//! 2021年 | 9.50 | 0.00 | 6.50 | 3.00
//! 2022年 | 7.00 | 0.00 | 4.00 | 3.00
//! ```
//!
//! # How to put it right
//!
//! Subtract last year from this year and write the word that fits; then check the percentage beside
//! it.
//!
//! # Limits and tolerated cases
//!
//! A change of 0 has no direction. 增减变化 is a heading, not a claim. 增长-5% counts as a fall. A
//! percentage that fits both ways proves nothing. A comparison with 决算 is not held against a
//! budget.
//!
//! ---
//! 文字说增加而数字在减少，或者说减少而数字在增加。
//!
//! # 发现什么
//!
//! 增减用词与表里两年的数对照，与同一句的百分比对照；收入与支出的总额还互相对照：没有结转时，收支年年相等，
//! 增减必定同向。
//!
//! # 为什么要紧
//!
//! 读者记住的往往只是“增”还是“减”，写反了，整段说明就反了。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：公开收支和“三公”经费时应当说明增减变化。
//!
//! # 会报的例子
//!
//! ```text
//! 2022年松岭县财政局部门预算
//! 四、“三公”经费说明
//! （二）公务接待费。2022年预算数4.00万元，较上年增加2.50万元。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | “三公”经费合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置和运行维护费
//! 2021年 | 9.50 | 0.00 | 6.50 | 3.00
//! 2022年 | 7.00 | 0.00 | 4.00 | 3.00
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2022年松岭县财政局部门预算
//! 四、“三公”经费说明
//! （二）公务接待费。2022年预算数4.00万元，较上年减少2.50万元。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | “三公”经费合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置和运行维护费
//! 2021年 | 9.50 | 0.00 | 6.50 | 3.00
//! 2022年 | 7.00 | 0.00 | 4.00 | 3.00
//! ```
//!
//! # 怎样改
//!
//! 用本年数减上年数，按结果改用词，再核对旁边的百分比。
//!
//! # 界限与容许
//!
//! 变动为 0 时不论方向。“增减变化”是标题用语，不算断言。“增长-5%”按下降看。百分比两个方向都合得上的，
//! 不作证据。与决算数比的，不拿预算表对照。

use super::mismatched_change::base_and_now;
use super::mismatched_growth::turned;
use crate::context::{Context, claim_term, fact_term, plain_check, unchecked};
use crate::narrative::{Movement, claim_tag, movements};
use crate::phrase::{expected, figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Measure, Reason, Role, Wording};
use gouji_understand::Direction;

pub(crate) static RULE: Rule = Rule {
    code: "NAR102",
    name: "mismatched-direction",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.direction", "text")],
    find,
    say,
    source: include_str!("mismatched_direction.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let movements = movements(context);
    let wholes: Vec<&Movement> = movements.iter().filter(|movement| movement.is_whole()).collect();
    for movement in &movements {
        against_words(context, movement, checks);
        let found = against_table(context, movement, checks);
        if !found && !movement.is_whole() {
            let key = format!("narrative.direction[{}]", claim_tag(movement.at()));
            against_growth(context, movement, key, checks);
        }
    }
    both_sides(context, &movements, &wholes, checks);
}

/// 增加5万元，下降2%: change and percentage of one sentence.
fn against_words(context: &Context, movement: &Movement, checks: &mut Vec<Check>) {
    let Some((growth, direction, percent)) = movement.growth else { return };
    let key = format!("narrative.words[{}]", claim_tag(movement.at()));
    let terms = vec![claim_term(context, Role::Claim, growth), claim_term(context, Role::Other, movement.change)];
    let mut check = plain_check(key, Level::Error, turned(direction, percent) == movement.direction, terms);
    check.expected = Some(word(movement.direction).into());
    checks.push(check);
}

/// The tables print both years.
fn against_table(context: &Context, movement: &Movement, checks: &mut Vec<Check>) -> bool {
    let Ok((before, now)) = base_and_now(context, movement.change) else { return false };
    let rise = now.figure.atoms() - before.figure.atoms();
    let holds = rise == 0 && movement.amount.is_zero() || rise.signum() == i128::from(movement.direction.sign());
    let key = format!("narrative.direction[{}]", claim_tag(movement.at()));
    let terms = vec![
        claim_term(context, Role::Claim, movement.change),
        fact_term(context, Role::Base, before),
        fact_term(context, Role::Other, now),
    ];
    // Without any rise the amount is at fault, not the word.
    let mut check = plain_check(key, Level::Error, holds || rise == 0, terms);
    check.expected = Some(word(if rise > 0 { Direction::Up } else { Direction::Down }).into());
    checks.push(check);
    true
}

/// The percentage beside the change fits only the other direction.
fn against_growth(context: &Context, movement: &Movement, key: String, checks: &mut Vec<Check>) {
    let (Some(as_said), Some(turned)) =
        (movement.growth_fits(movement.direction), movement.growth_fits(movement.direction.opposite()))
    else {
        let terms = vec![claim_term(context, Role::Claim, movement.change)];
        checks.push(unchecked(key, Level::Error, Reason::NeedsPriorYear, terms));
        return;
    };
    let mut terms = vec![claim_term(context, Role::Claim, movement.change)];
    terms.extend(movement.growth.map(|(growth, _, _)| claim_term(context, Role::Other, growth)));
    terms.extend(movement.now.map(|(now, _)| claim_term(context, Role::Base, now)));
    let mut check = plain_check(key, Level::Error, as_said || !turned, terms);
    check.expected = Some(word(movement.direction.opposite()).into());
    checks.push(check);
}

/// Revenue and expenditure are equal in every year, so they change alike.
fn both_sides(context: &Context, movements: &[Movement], wholes: &[&Movement], checks: &mut Vec<Check>) {
    let of = |measure| wholes.iter().find(|movement| movement.at().measure == measure);
    let key = "narrative.direction[total]".to_string();
    let (Some(revenue), Some(expenditure)) = (of(Measure::Revenue), of(Measure::Expenditure)) else {
        for movement in wholes {
            against_growth(context, movement, key.clone(), checks);
        }
        return;
    };
    let same_total = match (revenue.now, expenditure.now) {
        (Some((_, left)), Some((_, right))) => left.meets(&right),
        _ => false,
    };
    // With the same total and the same amount of change there is one year before, too.
    if !same_total || !(context.no_carry || revenue.amount.meets(&expenditure.amount)) {
        for movement in wholes {
            against_growth(context, movement, key.clone(), checks);
        }
        return;
    }
    let (wrong, right) = culprit(revenue, expenditure, movements);
    let mut terms =
        vec![claim_term(context, Role::Claim, wrong.change), claim_term(context, Role::Other, right.change)];
    let classes: Vec<_> = class_changes(movements).collect();
    let supports = classes.iter().map(|movement| movement.signed()).sum::<i128>() == right.signed();
    if supports {
        terms.extend(classes.iter().map(|movement| claim_term(context, Role::Base, movement.change)));
    }
    let mut check = plain_check(key, Level::Error, wrong.direction == right.direction, terms);
    check.expected = Some(word(right.direction).into());
    checks.push(check);
}

/// Which of the two to doubt: the one whose percentage fits only the other direction, or
/// that the changes of the classes contradict; without evidence, the expenditure.
fn culprit<'m, 'a>(
    revenue: &'m Movement<'a>,
    expenditure: &'m Movement<'a>,
    movements: &[Movement],
) -> (&'m Movement<'a>, &'m Movement<'a>) {
    let doubts = |movement: &Movement| {
        let by_growth = movement.growth_fits(movement.direction) == Some(false);
        let classes: i128 = class_changes(movements).map(Movement::signed).sum();
        let by_classes = classes != 0 && classes.signum() != i128::from(movement.direction.sign());
        usize::from(by_growth) + usize::from(by_classes)
    };
    if doubts(revenue) > doubts(expenditure) { (revenue, expenditure) } else { (expenditure, revenue) }
}

/// The changes of the classes of function codes.
fn class_changes<'m, 'a>(movements: &'m [Movement<'a>]) -> impl Iterator<Item = &'m Movement<'a>> {
    movements
        .iter()
        .filter(|movement| movement.at().function.len() == 3 && movement.at().nature == gouji_model::Nature::All)
}

fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "增加",
        Direction::Down => "减少",
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, amount, right) = (label(check, Role::Claim), figure(check, Role::Claim), expected(check));
    let (other, beside) = (label(check, Role::Other), figure(check, Role::Other));
    let (base, rose) = (figure(check, Role::Base), if right == "增加" { "rose" } else { "fell" });
    let by_table = crate::phrase::term(check, Role::Other).is_some_and(|term| term.cell.is_some());
    let (why_zh, why_en) = if by_table {
        (format!("{other}：由 {base}变为 {beside}"), format!("{other}: from {base} to {beside}"))
    } else if beside.ends_with('%') {
        (
            format!("本年 {base}，只有{right} {amount}才合得上 {beside}"),
            format!("with {base} this year only a change the other way by {amount} gives {beside}"),
        )
    } else if check.key == "narrative.direction[total]" {
        (
            format!("收支两边相等，增减应当同向：“{other} {beside}”"),
            format!("both sides are equal and change alike: “{other} {beside}”"),
        )
    } else {
        (format!("同一句里说“{other} {beside}”"), format!("the same sentence says “{other} {beside}”"))
    };
    wording(
        lang,
        [format!("“{said} {amount}”的增减方向不对，应为{right}"), why_zh, format!("核对后改为{right}，连带核对百分比")],
        [
            format!("the direction of “{said} {amount}” is wrong: the figures {rose} ({right})"),
            why_en,
            format!("check and write {right}, and check the percentage beside it"),
        ],
    )
}
