//! What a policy says of one applicant, found another way: names are looked up row by row, numbers are fractions of
//! any size. Nothing here is shared with the engine but the policy itself.

use gouji_fund::Lane;
use gouji_fund::evidence::Column;
use gouji_fund::policy::{
    Bounds, Compare, Failure, Formula, Kind, Literal, Mode, Operand, Policy, Rounding, Side, Span, Step, Test, Value,
    Version, Way,
};
use num_bigint::BigInt;
use std::cmp::Ordering;
use std::collections::HashMap;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Refused, assisted or passed.
    pub lane: Lane,
    /// In fen; 0 where refused or unknown.
    pub award: i64,
    /// True when the amount is unknown and the application is not refused.
    pub is_unknown: bool,
    /// The conditions that fail, the first lowest.
    pub failed: u64,
    /// The conditions whose outcome is unknown.
    pub unknown: u64,
}

/// What the policy says of one applicant.
pub fn decide(policy: &Policy, version: &Version, columns: &[Column], applicant: usize) -> Decided {
    let mut known = Known(HashMap::new());
    for (input, column) in policy.inputs.iter().zip(columns) {
        let under = if input.kind == Kind::Ratio { 1_000_000 } else { 1 };
        let found = match input.kind {
            Kind::Class => column.word(applicant).map(|word| Found::Word(word.to_owned())),
            _ => column.value(applicant).map(|value| Found::Number(Fraction::new(value, under))),
        };
        known.0.insert(&input.name, found);
    }
    for step in &version.steps {
        let found = known.step(step);
        known.0.insert(&step.name, found);
    }
    let (mut failed, mut unknown, mut is_refused) = (0_u64, 0_u64, false);
    for (index, condition) in version.conditions.iter().enumerate() {
        let asked = condition.when.as_ref().map_or(Some(true), |when| known.test(when));
        // Who is not asked meets the condition.
        let answer = any([asked.map(|asked| !asked), known.test(&condition.test)].into_iter());
        failed |= u64::from(answer == Some(false)) << index;
        unknown |= u64::from(answer.is_none()) << index;
        is_refused |= answer == Some(false) && condition.failure == Failure::Refuse;
    }
    let award = known.number(&Operand::Name(version.award.clone()));
    let lane = if is_refused {
        Lane::Refuse
    } else if failed != 0 || unknown != 0 || award.is_none() || version.mode == Mode::Review {
        Lane::Assist
    } else {
        Lane::Pass
    };
    let paid = award.as_ref().filter(|_| !is_refused).map_or(0, |award| award.whole().max(0));
    Decided { lane, award: paid, is_unknown: award.is_none() && !is_refused, failed, unknown }
}

/// What is known of an applicant by name; `None` is on the list, but unknown.
struct Known<'a>(HashMap<&'a str, Option<Found>>);

#[derive(Clone)]
enum Found {
    Number(Fraction),
    Word(String),
}

impl Known<'_> {
    fn found(&self, operand: &Operand) -> Option<Found> {
        match operand {
            Operand::Name(name) => self.0.get(name.as_str()).expect("a compiled policy knows its names").clone(),
            Operand::Literal(literal) => Some(Found::Number(number_of(literal))),
        }
    }

    fn number(&self, operand: &Operand) -> Option<Fraction> {
        match self.found(operand)? {
            Found::Number(number) => Some(number),
            Found::Word(_) => None,
        }
    }

    fn value(&self, value: &Value) -> Option<Fraction> {
        match value {
            Value::Plain(operand) => self.number(operand),
            Value::Share(part, whole) => self.number(part)?.over(&self.number(whole)?),
            Value::Growth(now, before) => {
                let (now, before) = (self.number(now)?, self.number(before)?);
                now.less(&before).over(&before)
            }
        }
    }

    fn test(&self, test: &Test) -> Option<bool> {
        match test {
            Test::Compare { left, how, right } => {
                let order = self.value(left)?.cmp(&self.value(right)?);
                Some(match how {
                    Compare::AtLeast => order != Ordering::Less,
                    Compare::Above => order == Ordering::Greater,
                    Compare::AtMost => order != Ordering::Greater,
                    Compare::Below => order == Ordering::Less,
                    Compare::Equal => order == Ordering::Equal,
                })
            }
            Test::Among { left, words, side } => match self.found(left)? {
                Found::Word(word) => Some(words.contains(&word) == (*side == Side::Inside)),
                Found::Number(_) => None,
            },
            Test::Is { left, answer } => Some((self.number(left)?.whole() != 0) == (*answer == Side::Inside)),
            Test::Months { from, to, how, months } => {
                let (from, to) = (self.number(from)?.whole(), self.number(to)?.whole());
                let limit = months_after(from, i64::from(*months));
                Some(if *how == Span::AtMost { from <= to && to <= limit } else { to >= limit })
            }
            Test::All(tests) => any(tests.iter().map(|test| self.test(test).map(|holds| !holds))).map(|any| !any),
            Test::Any(tests) => any(tests.iter().map(|test| self.test(test))),
            Test::Not(test) => self.test(test).map(|holds| !holds),
        }
    }

    fn step(&self, step: &Step) -> Option<Found> {
        if let Some(when) = &step.when
            && !self.test(when)?
        {
            return Some(Found::Number(Fraction::new(0, 1)));
        }
        let mut number = match (&step.formula, &step.floor, &step.cap) {
            (Formula::Plain(operand), None, None) => return self.found(operand),
            (formula, ..) => self.formula(formula, &step.rounding)?,
        };
        if let Some(floor) = &step.floor {
            number = number.max(self.number(floor)?);
        }
        if let Some(cap) = &step.cap {
            number = number.min(self.number(cap)?);
        }
        Some(Found::Number(number))
    }

    fn all(&self, operands: &[Operand]) -> Option<Vec<Fraction>> {
        operands.iter().map(|operand| self.number(operand)).collect()
    }

    fn formula(&self, formula: &Formula, rounding: &Rounding) -> Option<Fraction> {
        let zero = || Fraction::new(0, 1);
        Some(match formula {
            Formula::Plain(operand) => self.number(operand)?,
            Formula::Smallest(all) => self.all(all)?.into_iter().min()?,
            Formula::Largest(all) => self.all(all)?.into_iter().max()?,
            Formula::Sum(all) => self.all(all)?.iter().fold(zero(), |sum, one| sum.plus(one)),
            Formula::Less(first, others) => {
                self.all(others)?.iter().fold(self.number(first)?, |rest, one| rest.less(one)).max(zero())
            }
            Formula::Rate { rate, of } => self.number(rate)?.times(&self.number(of)?).rounded(rounding),
            Formula::Each { each, of } => self.number(each)?.times(&self.number(of)?),
            Formula::Bands { of, bands } => {
                let (of, mut low, mut sum) = (self.number(of)?, zero(), zero());
                for band in bands {
                    let high = band.up_to.map_or_else(|| of.clone(), |fen| Fraction::new(fen.fen(), 1));
                    let inside = of.clone().min(high.clone()).less(&low).max(zero());
                    sum = sum.plus(&inside.times(&Fraction::new(band.rate.over(), band.rate.under())));
                    low = high;
                }
                sum.rounded(rounding)
            }
            Formula::Table { of, rows } => {
                let of = self.value(of)?;
                let hit = rows.iter().filter(|row| is_inside(&of, &row.bounds)).map(|row| number_of(&row.value));
                hit.max().unwrap_or_else(zero)
            }
            Formula::Grid { of, by, cells } => {
                let (of, by) = (self.value(of)?, self.value(by)?);
                let hit = cells.iter().filter(|cell| is_inside(&of, &cell.of) && is_inside(&by, &cell.by));
                hit.map(|cell| number_of(&cell.value)).max().unwrap_or_else(zero)
            }
            Formula::ByClass { of, values } => match self.found(of)? {
                Found::Word(word) => {
                    let value = values.iter().find(|(known, _)| *known == word);
                    value.map_or_else(zero, |(_, value)| number_of(value))
                }
                Found::Number(_) => return None,
            },
        })
    }
}

fn is_inside(of: &Fraction, bounds: &Bounds) -> bool {
    bounds.from.as_ref().is_none_or(|from| *of >= number_of(from))
        && bounds.below.as_ref().is_none_or(|below| *of < number_of(below))
}

/// Yes when one is yes; unknown when none is yes and one unknown.
fn any(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all_known = true;
    for answer in answers {
        match answer {
            Some(true) => return Some(true),
            Some(false) => {}
            None => all_known = false,
        }
    }
    all_known.then_some(false)
}

fn number_of(literal: &Literal) -> Fraction {
    match literal {
        Literal::Amount(fen) => Fraction::new(fen.fen(), 1),
        Literal::Count(count) => Fraction::new(*count, 1),
        Literal::Ratio(ratio) => Fraction::new(ratio.over(), ratio.under()),
        Literal::Day(day) => Fraction::new(i64::from(day.number()), 1),
    }
}

/// A fraction with a positive divisor; not reduced.
#[derive(Clone, Debug)]
struct Fraction(BigInt, BigInt);

impl Fraction {
    fn new(over: i64, under: i64) -> Fraction {
        Fraction(over.into(), under.into())
    }

    fn plus(&self, other: &Fraction) -> Fraction {
        Fraction(&self.0 * &other.1 + &other.0 * &self.1, &self.1 * &other.1)
    }

    fn less(&self, other: &Fraction) -> Fraction {
        Fraction(&self.0 * &other.1 - &other.0 * &self.1, &self.1 * &other.1)
    }

    fn times(&self, other: &Fraction) -> Fraction {
        Fraction(&self.0 * &other.0, &self.1 * &other.1)
    }

    /// The quotient; unknown unless the other is positive.
    fn over(&self, other: &Fraction) -> Option<Fraction> {
        (other.0 > BigInt::ZERO).then(|| Fraction(&self.0 * &other.1, &self.1 * &other.0))
    }

    /// A multiple of the unit; below zero as the negative.
    fn rounded(&self, rounding: &Rounding) -> Fraction {
        let unit = BigInt::from(rounding.unit.fen());
        let is_negative = self.0 < BigInt::ZERO;
        let magnitude = if is_negative { -&self.0 } else { self.0.clone() };
        let divisor = &self.1 * &unit;
        let (whole, rest) = (&magnitude / &divisor, &magnitude % &divisor);
        let is_up = match rounding.way {
            Way::Down => false,
            Way::Up => rest > BigInt::ZERO,
            Way::HalfUp => rest * 2 >= divisor,
        };
        let rounded = (whole + i32::from(is_up)) * unit;
        Fraction(if is_negative { -rounded } else { rounded }, 1.into())
    }

    /// A number that is whole.
    fn whole(&self) -> i64 {
        i64::try_from(&self.0 / &self.1).expect("what is asked for whole fits")
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        if self.1 == other.1 {
            return self.0.cmp(&other.0);
        }
        (&self.0 * &other.1).cmp(&(&other.0 * &self.1))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Fraction) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

/// The same day of a later month, or its last; counted month by month from 1970-01-01.
fn months_after(day: i64, months: i64) -> i64 {
    let (mut month, mut rest) = (0_i64, day);
    while rest < 0 {
        month -= 1;
        rest += length(month);
    }
    while rest >= length(month) {
        rest -= length(month);
        month += 1;
    }
    let first = day - rest;
    let target = month + months;
    let span: i64 = (month.min(target)..month.max(target)).map(length).sum();
    let start = if target >= month { first + span } else { first - span };
    start + rest.min(length(target) - 1)
}

/// Days of a month, numbered from January 1970.
fn length(month: i64) -> i64 {
    let year = 1970 + month.div_euclid(12);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month.rem_euclid(12) {
        1 => 28 + i64::from(is_leap),
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}
