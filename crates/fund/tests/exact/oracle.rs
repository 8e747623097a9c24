//! The policy read row by row over big rationals, with three-valued logic of its own; nothing of the engine.

use gouji_fund::policy::*;
use gouji_fund::{Day, Lane};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::collections::HashMap;

/// An exact number; `None` is unknown.
pub type Number = Option<BigRational>;

/// What is known of one applicant: numbers in fen, pieces, days, quotients; words.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub numbers: HashMap<String, Number>,
    pub words: HashMap<String, Option<String>>,
}

/// Lane, award in fen, failed and unknown conditions.
pub type Outcome = (Lane, Option<i64>, u64, u64);

pub fn whole(value: i64) -> BigRational {
    BigRational::from_integer(BigInt::from(value))
}

fn quotient(ratio: Ratio) -> BigRational {
    BigRational::new(BigInt::from(ratio.over()), BigInt::from(ratio.under()))
}

fn literal(literal: &Literal) -> BigRational {
    match literal {
        Literal::Amount(fen) => whole(fen.fen()),
        Literal::Count(count) => whole(*count),
        Literal::Ratio(ratio) => quotient(*ratio),
        Literal::Day(day) => whole(i64::from(day.number())),
    }
}

fn operand(row: &Row, operand: &Operand) -> Number {
    match operand {
        Operand::Literal(known) => Some(literal(known)),
        Operand::Name(name) => row.numbers[name].clone(),
    }
}

fn word<'r>(row: &'r Row, operand: &Operand) -> Option<&'r str> {
    let Operand::Name(name) = operand else { panic!("a class is a name") };
    row.words[name].as_deref()
}

fn value(row: &Row, value: &Value) -> Number {
    let divided = |over: BigRational, under: BigRational| (under > whole(0)).then(|| over / under);
    match value {
        Value::Plain(one) => operand(row, one),
        Value::Share(part, all) => divided(operand(row, part)?, operand(row, all)?),
        Value::Growth(now, before) => {
            let (now, before) = (operand(row, now)?, operand(row, before)?);
            divided(now - before.clone(), before)
        }
    }
}

fn day(number: &BigRational) -> Day {
    Day::from_number(i32::try_from(i64::try_from(number.to_integer()).unwrap()).unwrap()).unwrap()
}

fn test(row: &Row, asked: &Test) -> Option<bool> {
    match asked {
        Test::Compare { left, how, right } => {
            let (left, right) = (value(row, left)?, value(row, right)?);
            Some(match how {
                Compare::AtLeast => left >= right,
                Compare::Above => left > right,
                Compare::AtMost => left <= right,
                Compare::Below => left < right,
                Compare::Equal => left == right,
            })
        }
        Test::Among { left, words, side } => {
            let found = word(row, left)?;
            Some(words.iter().any(|known| known == found) == (*side == Side::Inside))
        }
        Test::Is { left, answer } => Some((operand(row, left)? != whole(0)) == (*answer == Side::Inside)),
        Test::Months { from, to, how, months } => {
            let (from, to) = (day(&operand(row, from)?), day(&operand(row, to)?));
            let limit = from.plus_months(*months);
            Some(if *how == Span::AtMost { to <= limit } else { to >= limit })
        }
        Test::All(tests) => joined(tests.iter().map(|inside| test(row, inside)), false),
        Test::Any(tests) => joined(tests.iter().map(|inside| test(row, inside)), true),
        Test::Not(inside) => test(row, inside).map(|answer| !answer),
    }
}

/// One answer of the deciding kind decides; otherwise one unknown leaves it open.
fn joined(answers: impl Iterator<Item = Option<bool>>, deciding: bool) -> Option<bool> {
    let answers: Vec<Option<bool>> = answers.collect();
    if answers.contains(&Some(deciding)) {
        Some(deciding)
    } else if answers.contains(&None) {
        None
    } else {
        Some(!deciding)
    }
}

fn rounded(number: BigRational, rounding: Rounding) -> BigRational {
    let (zero, unit) = (whole(0), whole(rounding.unit.fen()));
    let is_negative = number < zero;
    let units = (if is_negative { -number } else { number }) / unit.clone();
    let units = match rounding.way {
        Way::HalfUp => (units + BigRational::new(1.into(), 2.into())).floor(),
        Way::Down => units.floor(),
        Way::Up => units.ceil(),
    };
    let amount = units * unit;
    if is_negative { -amount } else { amount }
}

fn inside(bounds: &Bounds, number: &BigRational) -> bool {
    bounds.from.as_ref().is_none_or(|from| *number >= literal(from))
        && bounds.below.as_ref().is_none_or(|below| *number < literal(below))
}

fn all(row: &Row, operands: &[Operand]) -> Option<Vec<BigRational>> {
    operands.iter().map(|one| operand(row, one)).collect()
}

fn formula(row: &Row, step: &Step) -> Number {
    match &step.formula {
        Formula::Plain(one) => operand(row, one),
        Formula::Smallest(operands) => all(row, operands)?.into_iter().min(),
        Formula::Largest(operands) => all(row, operands)?.into_iter().max(),
        Formula::Sum(operands) => all(row, operands).map(|numbers| numbers.into_iter().sum()),
        Formula::Less(first, others) => {
            let rest = all(row, others)?.into_iter().sum::<BigRational>();
            Some((operand(row, first)? - rest).max(whole(0)))
        }
        Formula::Rate { rate, of } => Some(rounded(operand(row, rate)? * operand(row, of)?, step.rounding)),
        Formula::Each { each, of } => Some(operand(row, each)? * operand(row, of)?),
        Formula::Bands { of, bands } => {
            let (amount, mut low, mut sum) = (operand(row, of)?, whole(0), whole(0));
            for band in bands {
                let high = band.up_to.map(|fen| whole(fen.fen()));
                let top = high.clone().map_or(amount.clone(), |high| amount.clone().min(high));
                sum += (top - low).max(whole(0)) * quotient(band.rate);
                low = high.unwrap_or_else(|| whole(0));
            }
            Some(rounded(sum, step.rounding))
        }
        Formula::Table { of, rows } => {
            let number = value(row, of)?;
            let found = rows.iter().filter(|each| inside(&each.bounds, &number)).map(|each| literal(&each.value));
            Some(found.max().unwrap_or_else(|| whole(0)))
        }
        Formula::Grid { of, by, cells } => {
            let (of, by) = (value(row, of)?, value(row, by)?);
            let found = cells.iter().filter(|cell| inside(&cell.of, &of) && inside(&cell.by, &by));
            Some(found.map(|cell| literal(&cell.value)).max().unwrap_or_else(|| whole(0)))
        }
        Formula::ByClass { of, values } => {
            let found = word(row, of)?;
            Some(values.iter().find(|(known, _)| known == found).map_or_else(|| whole(0), |(_, value)| literal(value)))
        }
    }
}

fn step(row: &Row, step: &Step) -> Number {
    let asked = step.when.as_ref().map_or(Some(true), |when| test(row, when))?;
    if !asked {
        return Some(whole(0));
    }
    let mut number = formula(row, step)?;
    if let Some(floor) = &step.floor {
        number = number.max(operand(row, floor)?);
    }
    if let Some(cap) = &step.cap {
        number = number.min(operand(row, cap)?);
    }
    Some(number)
}

/// The decision on one row.
pub fn decide(version: &Version, row: &Row) -> Outcome {
    let mut row = row.clone();
    for each in &version.steps {
        let number = step(&row, each);
        row.numbers.insert(each.name.clone(), number);
    }
    let (mut failed, mut unknown, mut is_refused) = (0, 0, false);
    for (index, condition) in version.conditions.iter().enumerate() {
        let free = condition.when.as_ref().map(|when| test(&row, when).map(|asked| !asked));
        match joined(free.into_iter().chain([test(&row, &condition.test)]), true) {
            Some(true) => {}
            Some(false) => {
                failed |= 1 << index;
                is_refused |= condition.failure == Failure::Refuse;
            }
            None => unknown |= 1 << index,
        }
    }
    let award = row.numbers[&version.award].clone().map(|fen| i64::try_from(fen.max(whole(0)).to_integer()).unwrap());
    let is_open = failed | unknown != 0 || award.is_none() || version.mode == Mode::Review;
    match (is_refused, is_open) {
        (true, _) => (Lane::Refuse, Some(0), failed, unknown),
        (false, true) => (Lane::Assist, award, failed, unknown),
        (false, false) => (Lane::Pass, award, failed, unknown),
    }
}
