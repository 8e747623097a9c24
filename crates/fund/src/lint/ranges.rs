//! The range of values that each step can have, from below.

use super::logic::{Bound, Range, order};
use crate::Rule;
use crate::policy::{Formula, Kind, Operand, Step, Value};
use crate::probe::number;
use crate::program::{LARGEST_AMOUNT, LARGEST_COUNT};
use std::cmp::Ordering;
use std::collections::BTreeMap;

type Number = (i128, i128);

/// The smallest and the largest value of each term.
pub(super) struct Ranges(BTreeMap<String, (Number, Number)>);

impl Ranges {
    pub(super) fn new(rule: Rule) -> Ranges {
        let mut ranges = Ranges(BTreeMap::new());
        for input in &rule.policy.inputs {
            let range = match input.kind {
                Kind::Amount => ((-i128::from(LARGEST_AMOUNT), 1), (i128::from(LARGEST_AMOUNT), 1)),
                Kind::Count => ((0, 1), (i128::from(LARGEST_COUNT), 1)),
                _ => continue,
            };
            ranges.0.insert(input.name.clone(), range);
        }
        for step in &rule.version.steps {
            if let Some((low, high)) = ranges.step(step) {
                let low = if step.when.is_some() { least(low, (0, 1)) } else { low };
                let high = if step.when.is_some() { most(high, (0, 1)) } else { high };
                ranges.0.insert(step.name.clone(), (low, high));
            }
        }
        ranges
    }

    /// The range of a value; without bounds where it is not known.
    pub(super) fn of_value(&self, value: &Value) -> Range {
        let Value::Plain(operand) = value else { return Range::default() };
        let Some((low, high)) = self.of(operand) else { return Range::default() };
        let closed = |at| Some(Bound { at, is_closed: true });
        Range { low: closed(low), high: closed(high) }
    }

    pub(super) fn of(&self, operand: &Operand) -> Option<(Number, Number)> {
        match operand {
            Operand::Name(name) => self.0.get(name).copied(),
            Operand::Literal(literal) => Some((number(literal), number(literal))),
        }
    }

    fn step(&self, step: &Step) -> Option<(Number, Number)> {
        let (mut low, mut high) = self.formula(step)?;
        if let Some((floor, floor_high)) = step.floor.as_ref().and_then(|floor| self.of(floor)) {
            (low, high) = (most(low, floor), most(high, floor_high));
        }
        if let Some((cap_low, cap)) = step.cap.as_ref().and_then(|cap| self.of(cap)) {
            (low, high) = (least(low, cap_low), least(high, cap));
        }
        Some((low, high))
    }

    /// The range of a formula before floor and cap.
    pub(super) fn formula(&self, step: &Step) -> Option<(Number, Number)> {
        let all = |operands: &[Operand]| operands.iter().map(|one| self.of(one)).collect::<Option<Vec<_>>>();
        let fold = |operands: &[Operand], join: fn(Number, Number) -> Number| {
            let ranges = all(operands)?;
            let low = ranges.iter().map(|range| range.0).reduce(join)?;
            Some((low, ranges.iter().map(|range| range.1).reduce(join)?))
        };
        match &step.formula {
            Formula::Plain(operand) => self.of(operand),
            Formula::Smallest(operands) => fold(operands, least),
            Formula::Largest(operands) => fold(operands, most),
            Formula::Sum(operands) => fold(operands, |one, other| (one.0 + other.0, 1)),
            Formula::Less(first, others) => {
                let (first, taken) = (self.of(first)?, all(others)?);
                let sum = |pick: fn(&(Number, Number)) -> i128| taken.iter().map(pick).sum::<i128>();
                let low = first.0.0 - sum(|range| range.1.0);
                let high = first.1.0 - sum(|range| range.0.0);
                Some(((low.max(0), 1), (high.max(0), 1)))
            }
            Formula::Rate { rate: one, of } | Formula::Each { each: one, of } => {
                let (one, of) = (self.of(one)?, self.of(of)?);
                let ends =
                    [one.0, one.1].into_iter().flat_map(|one| [of.0, of.1].map(|of| (one.0 * of.0, one.1 * of.1)));
                let ends: Vec<Number> = ends.collect();
                let unit = step.rounding.unit.fen();
                let low = ends.iter().copied().reduce(least)?;
                let high = ends.iter().copied().reduce(most)?;
                // What is rounded may come one unit beyond.
                let is_rate = i128::from(matches!(step.formula, Formula::Rate { .. })) * i128::from(unit);
                Some(((low.0.div_euclid(low.1) - is_rate, 1), (high.0.div_euclid(high.1) + is_rate, 1)))
            }
            Formula::Bands { .. } => None,
            Formula::Table { rows, .. } => values(rows.iter().map(|row| number(&row.value))),
            Formula::Grid { cells, .. } => values(cells.iter().map(|cell| number(&cell.value))),
            Formula::ByClass { values: words, .. } => values(words.iter().map(|(_, value)| number(value))),
        }
    }
}

/// From nothing, for what no row holds, to the largest.
fn values(values: impl Iterator<Item = Number>) -> Option<(Number, Number)> {
    Some(((0, 1), values.reduce(most)?))
}

fn least(one: Number, other: Number) -> Number {
    if order(one, other) == Ordering::Greater { other } else { one }
}

fn most(one: Number, other: Number) -> Number {
    if order(one, other) == Ordering::Less { other } else { one }
}
