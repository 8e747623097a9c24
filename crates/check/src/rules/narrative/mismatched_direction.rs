//! A sentence says 增加 where the figures fell, or 减少 where they rose.
//!
//! ---
//! 文字说增加而数字在减少，或者说减少而数字在增加。

use crate::context::{Context, claim_term, fact_term, plain_check, unchecked};
use crate::narrative::{Movement, claim_tag, movements};
use crate::phrase::{expected, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Coordinates, Lang, Level, Measure, Reason, Role, Wording};
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
    let Some((growth, direction, _)) = movement.growth else { return };
    let key = format!("narrative.words[{}]", claim_tag(movement.at()));
    let terms = vec![claim_term(context, Role::Claim, growth), claim_term(context, Role::Other, movement.change)];
    let mut check = plain_check(key, Level::Error, direction == movement.direction, terms);
    check.expected = Some(word(movement.direction).into());
    checks.push(check);
}

/// The tables print both years.
fn against_table(context: &Context, movement: &Movement, checks: &mut Vec<Check>) -> bool {
    let at = movement.at();
    let now = context.equivalents(at);
    let before = context.equivalents(&Coordinates { year: at.year - 1, ..at.clone() });
    let (Some(now), Some(before)) = (now.first(), before.first()) else { return false };
    let rise = now.figure.atoms() - before.figure.atoms();
    let holds = rise == 0 && movement.amount.is_zero() || rise.signum() == i128::from(movement.direction.sign());
    let key = format!("narrative.direction[{}]", claim_tag(at));
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
    let (said, other) = (label(check, Role::Claim), label(check, Role::Other));
    let right = expected(check);
    let english = if right == "增加" { "rose" } else { "fell" };
    let other = if other.is_empty() { label(check, Role::Base) } else { other };
    wording(
        lang,
        [
            format!("“{said}”的增减方向不对，应为{right}"),
            format!("与“{other}”对照，数字是{right}的"),
            format!("把增减用词改为{right}，连带核对百分比"),
        ],
        [
            format!("the direction of “{said}” is wrong: the figures {english} ({right})"),
            format!("compared with “{other}” the figures {english}"),
            format!("write {right}, and check the percentage beside it"),
        ],
    )
}
