//! A stated percentage of growth is not that of the stated amounts.
//!
//! # What it finds
//!
//! The percentage is recomputed from the amount and the change in the same sentence: change ÷ (this
//! year − change). Without a stated change the two years that the report prints are taken. It fires
//! when no amounts that round to the printed ones give the printed percentage.
//!
//! # Why it matters
//!
//! The commonest slip divides by this year instead of last year; the next one leaves an old
//! percentage beside a new amount.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): what is published is exact in content.
//!
//! # Example that fires
//!
//! ```text
//! 2021年东岗区城管局部门预算
//! 六、机关运行经费
//! 机关运行经费预算330万元，比2020年增加30万元，增长9.1%。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2021年东岗区城管局部门预算
//! 六、机关运行经费
//! 机关运行经费预算330万元，比2020年增加30万元，增长10.0%。
//! ```
//!
//! # How to put it right
//!
//! Recompute change ÷ last year and keep as many decimals as the other percentages have.
//!
//! # Limits and tolerated cases
//!
//! 360 with a change of 114 may print as anything from 46.0 % to 46.7 %. 0 % of no change holds.
//! Where last year was 0 there is no percentage; many offices write 100 %, so that is a warning.
//! Without any printed base the growth is not checked.
//!
//! ---
//! 文字里的增减百分比与所说的金额算不上。
//!
//! # 发现什么
//!
//! 按同一句的本年数和增减额重算：增减额 ÷（本年数 − 增减额）。没有写增减额的，用报告里印的两年数。
//! 凡四舍五入成这些印数的金额都得不出所写的百分比，就报。
//!
//! # 为什么要紧
//!
//! 最常见的错是除以本年数而不是上年数，其次是改了金额没有改百分比。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：公开的内容应当准确。
//!
//! # 会报的例子
//!
//! ```text
//! 2021年东岗区城管局部门预算
//! 六、机关运行经费
//! 机关运行经费预算330万元，比2020年增加30万元，增长9.1%。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2021年东岗区城管局部门预算
//! 六、机关运行经费
//! 机关运行经费预算330万元，比2020年增加30万元，增长10.0%。
//! ```
//!
//! # 怎样改
//!
//! 用增减额除以上年数重算，小数位数与其他百分比一致。
//!
//! # 界限与容许
//!
//! 本年 360、增加 114，印成 46.0% 到 46.7% 都在四舍五入之内。没有变动而写 0% 不报。
//! 上年为 0 时没有百分比可言，许多单位写 100%，只作警告。没有上年数的不检查。

use super::mismatched_change::base_of;
use crate::context::{Context, claim_term, fact_term, unchecked};
use crate::narrative::{Movement, PercentTest, claim_tag, growth_test, movements};
use crate::phrase::{expected, figure, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Coordinates, Fact, Lang, Level, Outcome, Printed, Reason, Role, Term, Wording};
use gouji_understand::{Claim, ClaimKind, Direction};

pub(crate) static RULE: Rule = Rule {
    code: "NAR103",
    name: "mismatched-growth",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.growth", "text")],
    find,
    say,
    source: include_str!("mismatched_growth.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let movements = movements(context);
    for movement in &movements {
        if let (Some((growth, _, percent)), Some((now, amount))) = (movement.growth, movement.now) {
            let test = tested(amount, movement.amount, movement.direction, percent);
            let terms = vec![
                claim_term(context, Role::Claim, growth),
                claim_term(context, Role::Base, movement.change),
                claim_term(context, Role::Other, now),
            ];
            checks.push(percent_check(key(growth), percent, &test, terms));
        }
    }
    for claim in &context.statement.claims {
        let with_change = movements.iter().any(|movement: &Movement| {
            movement.now.is_some() && movement.growth.is_some_and(|(growth, _, _)| std::ptr::eq(growth, claim))
        });
        if let (ClaimKind::Growth { direction, percent, .. }, false) = (&claim.kind, with_change) {
            checks.push(from_table(context, claim, *direction, *percent));
        }
    }
}

/// What grew by nothing grew by 0 %, base or no base.
fn tested(now: Printed, amount: Printed, direction: Direction, percent: Printed) -> PercentTest {
    let test = growth_test(now, amount, direction, percent);
    PercentTest { exact: test.exact || amount.is_zero() && percent.is_zero(), ..test }
}

/// 增长 -5 % says that it fell.
pub(super) fn turned(direction: Direction, percent: Printed) -> Direction {
    if percent.digits() < 0 { direction.opposite() } else { direction }
}

fn key(growth: &Claim) -> String {
    format!("narrative.growth[{}]", growth.at.as_ref().map_or("?".into(), claim_tag))
}

/// Growth without a stated change: from the two years the tables print.
fn from_table(context: &Context, claim: &Claim, direction: Direction, percent: Printed) -> Check {
    let terms = vec![claim_term(context, Role::Claim, claim)];
    let Some(at) = &claim.at else { return unchecked(key(claim), Level::Error, Reason::UnknownSubject, terms) };
    let before_at = match base_of(context, claim) {
        Ok(base) => base,
        Err(reason) => return unchecked(key(claim), Level::Error, reason, terms),
    };
    // The figures that the sentence itself compares come before those of the tables.
    let beside = |wanted: &Coordinates, role| {
        let near = |other: &&Claim| other.sentence == claim.sentence && other.at.as_ref() == Some(wanted);
        let mut stated = context.statement.claims.iter().filter(near).filter_map(|other| {
            let ClaimKind::Amount(figure) = other.kind else { return None };
            Some((claim_term(context, role, other), figure))
        });
        stated.next_back().or_else(|| printed(context, wanted, role))
    };
    let (Some((now, now_figure)), Some((before, before_figure))) =
        (beside(at, Role::Other), beside(&before_at, Role::Base))
    else {
        return unchecked(key(claim), Level::Error, Reason::NeedsPriorYear, terms);
    };
    let rise = now_figure.atoms() - before_figure.atoms();
    let moved = if rise < 0 { Direction::Down } else { Direction::Up };
    let test = tested(now_figure, now_figure.like(rise.abs()), moved, percent);
    let mut terms = terms;
    terms.extend([before, now]);
    let mut check = percent_check(key(claim), percent, &test, terms);
    check.words = vec!["years".into()];
    if rise != 0 && turned(direction, percent) != moved {
        check.outcome = Outcome::Broken { difference: None };
        check.words = vec!["turned".into()];
    }
    check
}

/// The figure of these coordinates, from a table or from another sentence.
fn printed(context: &Context, at: &Coordinates, role: Role) -> Option<(Term, Printed)> {
    let of_fact = |fact: &&Fact| (fact_term(context, role, fact), fact.figure);
    let stated = || {
        let mut claims = context.quantity_claims(|other| other == at);
        claims.next().map(|(claim, figure)| (claim_term(context, role, claim), figure))
    };
    let tabled = context.equivalents(at).first().map(of_fact);
    tabled.or_else(stated).or_else(|| context.in_prior(at).first().map(of_fact))
}

/// The verdict on a percentage.
pub(super) fn percent_check(key: String, percent: Printed, test: &PercentTest, terms: Vec<Term>) -> Check {
    let difference = test.point.map(|point| point.like(point.atoms() - percent.atoms().abs()));
    let outcome = if test.exact {
        Outcome::Holds
    } else if test.possible {
        let difference = difference.unwrap_or(percent.zero());
        Outcome::Rounding { addends: terms.len() - 1, bound: difference, difference }
    } else {
        Outcome::Broken { difference }
    };
    let expected = test.point.map(|point| format!("{point}%"));
    // Many offices write 100 % where last year there was nothing: a person may accept that.
    // Digits cut off instead of rounded are a matter of manner.
    let level = if test.point.is_some() && !test.cut { Level::Error } else { Level::Warning };
    Check { key, outcome, level, terms, expected, words: Vec::new() }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, printed, right) = (label(check, Role::Claim), figure(check, Role::Claim), expected(check));
    let (base, now) = (figure(check, Role::Base), figure(check, Role::Other));
    let (zh, en) = match (word(check, 0), right) {
        (_, "") => {
            ("但上年数是 0，没有基数".to_string(), ", but last year's amount is 0: there is no base".to_string())
        }
        ("turned", _) => ("而数字朝另一个方向变".into(), ", but the figures went the other way".into()),
        ("years", _) => (format!("按两年的数应为 {right}"), format!("; the figures of the two years give {right}")),
        _ => (format!("按所说的金额应为 {right}"), format!("; the stated amounts give {right}")),
    };
    let (why_zh, why_en) = match (word(check, 0), right) {
        (_, "") => ("没有基数，算不出百分比".to_string(), "without a base there is no percentage".to_string()),
        ("", _) => (
            format!("本年 {now}，增减额 {base}；增减额 ÷ 上年数 = {right}"),
            format!("this year {now}, change {base}; change ÷ last year = {right}"),
        ),
        _ => (
            format!("上年 {base}，本年 {now}；差额 ÷ 上年数 = {right}"),
            format!("last year {base}, this year {now}; difference ÷ last year = {right}"),
        ),
    };
    wording(
        lang,
        [format!("“{said}”写作 {printed}，{zh}"), why_zh, "核对增减额与百分比，改正有误的一个".into()],
        [
            format!("“{said}” says {printed}{en}"),
            why_en,
            "check the change and the percentage and correct the one that is wrong".into(),
        ],
    )
}
