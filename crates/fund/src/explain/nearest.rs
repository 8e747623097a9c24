//! Seeks the nearest values with which every condition holds: from threshold to threshold, then back as far as it goes.
//!
//! Every applicant that is thought of is judged by the engine, so that whatever the conditions rest on – shares, growth,
//! tables, the worksheet – what is found is true.

use super::change::{Change, Nearest, Obstacle};
use super::{Rule, leaves};
use crate::evidence::Column;
use crate::policy::{Condition, Kind, Literal, Operand, Test};
use crate::probe::{Probe, Row, Seen, literals_of, name_of, number};
use crate::program::{LARGEST_AMOUNT, LARGEST_COUNT, NO, UNKNOWN, YES};

pub(super) struct Seeker<'a> {
    rule: Rule<'a>,
    probe: Probe<'a>,
    /// The applicant as on record.
    start: Row,
    /// Conditions that are unknown of him.
    unknown: u64,
    literals: Vec<Literal>,
}

/// Changes after which no detour is tried any more.
const DETOURS: usize = 6;
/// Places of one line when two inputs change at once.
const THIN: usize = 24;
/// Places looked at between two values to find where a condition turns.
const CUTS: i128 = 48;

impl<'a> Seeker<'a> {
    pub(super) fn new(rule: Rule<'a>, columns: &[Column], applicant: usize) -> Seeker<'a> {
        let (probe, start) = Probe::beside(rule, columns, applicant);
        let conditions = 0..rule.version.conditions.len();
        let unknown = probe.see(std::slice::from_ref(&start), |seen| {
            conditions
                .clone()
                .filter(|index| seen.answer(*index) == UNKNOWN)
                .fold(0_u64, |bits, index| bits | 1 << index)
        })[0];
        Seeker { rule, probe, start, unknown, literals: literals_of(rule) }
    }

    pub(super) fn nearest(&self) -> Nearest {
        let mut row = self.start.clone();
        let mut left = self.left(std::slice::from_ref(&row))[0];
        if left == 0 {
            return Nearest::Met;
        }
        let mut been = vec![row.clone()];
        while left > 0 {
            let inputs = self.inputs_of_failing(&row);
            let better = self.one_change(&row, left, &inputs, &been);
            let better = better.or_else(|| self.two_changes(&row, left, &inputs));
            // What meets one condition may break another, which a further change then meets.
            let aside = || (been.len() <= DETOURS).then(|| self.one_change(&row, left + 2, &inputs, &been)).flatten();
            let Some(found) = better.or_else(aside) else {
                return Nearest::Blocked(self.obstacles(&self.start));
            };
            (row, left) = found;
            been.push(row.clone());
        }
        self.draw_back(&mut row);
        Nearest::Changes(self.changes(&row))
    }

    /// How much is left of what fails: 0 where nothing does. What was known has to stay known.
    fn left(&self, rows: &[Row]) -> Vec<u32> {
        let count = self.rule.version.conditions.len();
        self.probe.see(rows, |seen| (0..count).map(|index| self.left_of(seen, index)).sum())
    }

    fn left_of(&self, seen: &Seen, index: usize) -> u32 {
        let was_unknown = self.unknown >> index & 1 == 1;
        if was_unknown && seen.answer(index) != NO { 0 } else { seen.to(index, YES) }
    }

    fn failing(&self, row: &Row) -> Vec<usize> {
        let count = self.rule.version.conditions.len();
        let seen = self.probe.see(std::slice::from_ref(row), |seen| {
            (0..count).filter(|index| self.left_of(seen, *index) > 0).collect::<Vec<_>>()
        });
        seen.into_iter().next().unwrap_or_default()
    }

    fn inputs_of_failing(&self, row: &Row) -> Vec<usize> {
        let conditions = &self.rule.version.conditions;
        let mut inputs: Vec<usize> =
            self.failing(row).into_iter().flat_map(|index| self.inputs_of(&conditions[index])).collect();
        inputs.sort_unstable();
        inputs.dedup();
        inputs
    }

    /// The inputs that a condition rests on, through the worksheet too.
    fn inputs_of(&self, condition: &Condition) -> Vec<usize> {
        let tests = [Some(&condition.test), condition.when.as_ref()];
        let mut todo: Vec<&Operand> = tests.into_iter().flatten().flat_map(Test::operands).collect();
        let (mut seen, mut inputs): (Vec<&str>, Vec<usize>) = (Vec::new(), Vec::new());
        while let Some(operand) = todo.pop() {
            let Some(name) = name_of(operand).filter(|name| !seen.contains(name)) else { continue };
            seen.push(name);
            inputs.extend(self.probe.input(name));
            if let Some(step) = self.rule.version.steps.iter().find(|step| step.name == name) {
                todo.extend(step.formula.operands().into_iter().chain(&step.floor).chain(&step.cap));
                todo.extend(step.when.iter().flat_map(leaves).flat_map(Test::operands));
            }
        }
        inputs.sort_unstable();
        inputs
    }

    /// The best applicant who differs in one value: who leaves the least, and of those the nearest.
    fn one_change(&self, row: &Row, than: u32, inputs: &[usize], been: &[Row]) -> Option<(Row, u32)> {
        let mut moves = Vec::new();
        for input in inputs {
            moves.extend(self.values(row, *input).into_iter().map(|value| (*input, value)));
        }
        let rows: Vec<Row> = moves.iter().map(|(input, value)| with(row, *input, *value)).collect();
        let mut left = self.left(&rows);
        rows.iter().zip(&mut left).filter(|(row, _)| been.contains(row)).for_each(|(_, left)| *left = u32::MAX);
        let least = left.iter().copied().min().filter(|least| *least < than)?;
        let good = moves.iter().zip(&left).filter(|(_, left)| **left == least).map(|(found, _)| *found);
        let (input, value) = good.min_by(|one, other| self.is_preferred(*one, *other))?;
        let mut found = with(row, input, value);
        // A detour leaves as much as before; to draw it back would undo it.
        if least < self.left(std::slice::from_ref(row))[0] {
            self.draw_back_one(&mut found, input, row[input], least);
        }
        Some((found, least))
    }

    /// The same with two values.
    fn two_changes(&self, row: &Row, than: u32, inputs: &[usize]) -> Option<(Row, u32)> {
        let thinned: Vec<(usize, Vec<i64>)> = inputs
            .iter()
            .map(|input| {
                let values = self.values(row, *input);
                let thin = values.len().div_ceil(THIN).max(1);
                (*input, values.into_iter().step_by(thin).collect())
            })
            .collect();
        let mut best: Option<(Row, u32, [usize; 2])> = None;
        for (place, (one, values)) in thinned.iter().enumerate() {
            for (other, others) in &thinned[place + 1..] {
                let both = values.iter().flat_map(|value| others.iter().map(move |other| (*value, *other)));
                let rows: Vec<Row> = both.map(|(value, also)| with(&with(row, *one, value), *other, also)).collect();
                let left = self.left(&rows);
                let Some((found, left)) = rows.into_iter().zip(left).min_by_key(|(_, left)| *left) else { continue };
                if left < best.as_ref().map_or(than, |(_, left, _)| *left) {
                    best = Some((found, left, [*one, *other]));
                }
            }
        }
        let (mut found, left, changed) = best?;
        for input in changed {
            self.draw_back_one(&mut found, input, row[input], left);
        }
        Some((found, left))
    }

    /// Values of an input worth trying: thresholds, what others on record make of them, and ever larger strides.
    fn values(&self, row: &Row, input: usize) -> Vec<i64> {
        let kind = self.rule.policy.inputs[input].kind;
        let own = row[input].map(i128::from);
        if matches!(kind, Kind::Class | Kind::Flag) {
            let all = self.probe.candidates[input].iter().copied();
            return all.filter(|value| Some(*value) != row[input]).collect();
        }
        let mut values = vec![0, 1];
        values.extend(self.probe.candidates[input].iter().map(|value| i128::from(*value)));
        values.extend(self.literals.iter().filter(|literal| literal.kind() == kind).map(|literal| match kind {
            Kind::Ratio => number(literal).0 * 1_000_000 / number(literal).1,
            _ => number(literal).0,
        }));
        let inputs = self.rule.policy.inputs.iter().zip(row);
        let known: Vec<i128> =
            inputs.filter(|(other, _)| other.kind == kind).filter_map(|(_, value)| value.map(i128::from)).collect();
        values.extend(&known);
        self.add_related(kind, &known, &mut values);
        values = values.into_iter().flat_map(|value| [value - 1, value, value + 1]).collect();
        let own = own.unwrap_or(0);
        let most = match kind {
            Kind::Amount => 50,
            Kind::Day => 16,
            _ => 30,
        };
        values.extend((0..most).flat_map(|power| [own - (1 << power), own + (1 << power)]));
        let limit = i128::from(if kind == Kind::Amount { LARGEST_AMOUNT } else { LARGEST_COUNT });
        let lowest = match kind {
            // There is no fewer than none of anything; a profit may be below zero, and a day before 1970.
            Kind::Count => own.min(0),
            Kind::Day => -200_000,
            _ => -limit,
        };
        let highest = if kind == Kind::Day { 200_000 } else { limit };
        values.retain(|value| (lowest..=highest).contains(value) && Some(*value) != row[input].map(i128::from));
        values.sort_unstable();
        values.dedup();
        values.into_iter().filter_map(|value| i64::try_from(value).ok()).collect()
    }

    /// What rates make of other values, and spans of months of other days.
    fn add_related(&self, kind: Kind, known: &[i128], values: &mut Vec<i128>) {
        if kind == Kind::Day {
            for (test, _) in crate::probe::tests_of(self.rule) {
                let Test::Months { months, .. } = test else { continue };
                let days = known.iter().filter_map(|day| crate::Day::from_number(i32::try_from(*day).ok()?));
                let moved = days.flat_map(|day| [day.plus_months(*months), day.plus_months(-months)]);
                values.extend(moved.map(|day| i128::from(day.number())));
            }
        }
        if matches!(kind, Kind::Amount | Kind::Count) {
            let rates = self.literals.iter().filter(|literal| literal.kind() == Kind::Ratio).map(number);
            for (over, under) in rates {
                for value in known {
                    values.extend([value * over / under, value + value * over / under]);
                    let turned = [(over, under), (over + under, under)].into_iter().filter(|(over, _)| *over > 0);
                    values.extend(turned.map(|(over, under)| value * under / over));
                }
            }
        }
    }

    /// Which of two changes is rather told: of a figure before that of a fact, none below zero, the nearer in proportion.
    fn is_preferred(&self, one: (usize, i64), other: (usize, i64)) -> std::cmp::Ordering {
        let rank = |(input, value): (usize, i64)| {
            let kind = self.rule.policy.inputs[input].kind;
            let is_odd = kind == Kind::Class && self.is_other_word(input, value);
            (
                u32::from(matches!(kind, Kind::Day | Kind::Flag | Kind::Class)) + u32::from(is_odd),
                value < 0 && kind != Kind::Day,
            )
        };
        let way = |(input, value): (usize, i64)| {
            let from = i128::from(self.start[input].unwrap_or(0));
            ((i128::from(value) - from).abs(), from.abs() + 1)
        };
        let ((way_of_one, size), (way_of_other, other_size)) = (way(one), way(other));
        rank(one).cmp(&rank(other)).then((way_of_one * other_size).cmp(&(way_of_other * size)))
    }

    /// Whether a place stands for any word that the policy does not name.
    fn is_other_word(&self, input: usize, value: i64) -> bool {
        self.probe.stands_for_others(input, value)
    }

    /// Takes back every change that is not needed, and each other as far as it goes.
    fn draw_back(&self, row: &mut Row) {
        for _ in 0..4 {
            let before = row.clone();
            for input in 0..row.len() {
                if row[input] != self.start[input] {
                    self.draw_back_one(row, input, self.start[input], 0);
                }
            }
            if *row == before {
                break;
            }
        }
    }

    /// Moves a value back towards what it was while no more is left than `left`.
    fn draw_back_one(&self, row: &mut Row, input: usize, towards: Option<i64>, left: u32) {
        let holds = |values: &[Option<i64>]| {
            let rows: Vec<Row> = values.iter().map(|value| with_any(row, input, *value)).collect();
            self.left(&rows).into_iter().map(|found| found <= left).collect::<Vec<bool>>()
        };
        if holds(&[towards])[0] {
            row[input] = towards;
            return;
        }
        let (Some(far), Some(near)) = (row[input], towards) else { return };
        if matches!(self.rule.policy.inputs[input].kind, Kind::Class | Kind::Flag) {
            return;
        }
        // The good end and the bad one.
        let (mut good, mut bad) = (i128::from(far), i128::from(near));
        // A threshold may lie between two values that are good: look at the candidates first.
        let (low, high) = (far.min(near), far.max(near));
        let between: Vec<i64> =
            self.values(row, input).into_iter().filter(|value| (low..high).contains(value)).collect();
        let answers = holds(&between.iter().map(|value| Some(*value)).collect::<Vec<_>>());
        let way = |value: i64| (i128::from(value) - i128::from(near)).abs();
        let nearest = between.iter().zip(&answers).filter(|(_, holds)| **holds).map(|(value, _)| *value);
        good = nearest.min_by_key(|value| way(*value)).map_or(good, i128::from);
        let nearer = between.iter().copied().filter(|value| way(*value) < (good - i128::from(near)).abs());
        bad = nearer.max_by_key(|value| way(*value)).map_or(bad, i128::from);
        while (good - bad).abs() > 1 {
            let span = good - bad;
            let cuts: Vec<i128> = (1..=CUTS).map(|cut| bad + span * cut / (CUTS + 1)).collect();
            let values: Vec<Option<i64>> = cuts.iter().map(|cut| i64::try_from(*cut).ok()).collect();
            let answers = holds(&values);
            let found = answers.iter().position(|holds| *holds).unwrap_or(cuts.len());
            good = cuts.get(found).copied().filter(|cut| *cut != bad).unwrap_or(good);
            bad = if found == 0 { bad } else { cuts[found - 1] };
        }
        row[input] = i64::try_from(good).ok();
    }

    fn changes(&self, row: &Row) -> Vec<Change> {
        let inputs = self.rule.policy.inputs.iter().enumerate();
        let changed = inputs.filter(|(index, _)| row[*index] != self.start[*index]).map(|(index, input)| {
            let is_other = row[index].is_some_and(|value| self.is_other_word(index, value));
            let word = if is_other { String::new() } else { self.probe.word(index, row[index]) };
            Change {
                input: input.name.clone(),
                kind: input.kind,
                from: self.start[index],
                to: if input.kind == Kind::Class { 0 } else { row[index].unwrap_or(0) },
                from_word: self.probe.word(index, self.start[index]),
                word,
            }
        });
        changed.collect()
    }

    fn obstacles(&self, row: &Row) -> Vec<Obstacle> {
        let failing = self.failing(row).into_iter().map(|index| {
            let condition = &self.rule.version.conditions[index];
            let inputs = self.inputs_of(condition).into_iter().map(|input| self.rule.policy.inputs[input].name.clone());
            Obstacle { condition: condition.name.clone(), inputs: inputs.collect() }
        });
        failing.collect()
    }
}

fn with(row: &Row, input: usize, value: i64) -> Row {
    with_any(row, input, Some(value))
}

fn with_any(row: &Row, input: usize, value: Option<i64>) -> Row {
    let mut row = row.clone();
    row[input] = value;
    row
}
