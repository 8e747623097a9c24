//! Runs a program over a chunk of rows.

use super::kernels::{self, Pair, View, change, compare, compare_quotients, join, look_up, round, round_narrow};
use super::{BandPlan, Fits, NO, Operation, Outcome, Program, Quotient, Rounded, Source, UNKNOWN, YES};
use crate::Day;
use crate::evidence::Column;

/// The slots of one chunk, and what was looked up once for all chunks.
pub(crate) struct Machine<'a> {
    program: &'a Program,
    columns: &'a [Column],
    /// For each operation over words: the answer or the value for each word of the column.
    words: Vec<Vec<i64>>,
    /// The rows of this chunk.
    from: usize,
    rows: usize,
    numbers: Vec<Vec<i64>>,
    /// 1 where a number is unknown; empty where all are known.
    unknown: Vec<Vec<u8>>,
    outcomes: Vec<Vec<u8>>,
}

/// How many rows are worked on at once: the slots of a usual policy stay in the nearest cache.
pub(crate) const CHUNK: usize = 512;

impl<'a> Machine<'a> {
    /// A machine for columns in the order of the inputs.
    pub(crate) fn new(program: &'a Program, columns: &'a [Column]) -> Machine<'a> {
        let words = program.operations.iter().map(|operation| words_of(operation, columns)).collect();
        let numbers = (0..program.slots).map(|slot| if slot < program.inputs { Vec::new() } else { vec![0; CHUNK] });
        Machine {
            program,
            columns,
            words,
            from: 0,
            rows: 0,
            numbers: numbers.collect(),
            unknown: vec![Vec::new(); program.slots],
            outcomes: vec![vec![NO; CHUNK]; program.outcomes],
        }
    }

    /// Works out every slot for the rows from `from` on; at most [`CHUNK`].
    pub(crate) fn run(&mut self, from: usize, rows: usize) {
        (self.from, self.rows) = (from, rows.min(CHUNK));
        for (slot, column) in self.columns.iter().enumerate() {
            self.unknown[slot].clear();
            self.unknown[slot].extend_from_slice(column.unknown.range(from..from + self.rows));
        }
        let program = self.program;
        for (index, operation) in program.operations.iter().enumerate() {
            self.step(index, operation);
        }
    }

    /// The outcomes of a slot.
    pub(crate) fn outcomes(&self, outcome: Outcome) -> &[u8] {
        &self.outcomes[outcome][..self.rows]
    }

    /// The number of a row of the chunk; `None` where it is unknown.
    pub(crate) fn number(&self, source: Source, row: usize) -> Option<i64> {
        match source {
            Source::Constant(value) => Some(value),
            Source::Slot(slot) => {
                let is_known = self.unknown[slot].get(row).is_none_or(|unknown| *unknown == 0);
                is_known.then(|| self.view(source).at(row))
            }
        }
    }

    /// The quotient of a row of the chunk; `None` where it is unknown.
    pub(crate) fn quotient(&self, at: Quotient, row: usize) -> Option<(i64, i64)> {
        let (over, under) = (self.number(at.over, row)?, self.number(at.under, row)?);
        (under > 0).then_some((over, under))
    }

    /// The numbers of a source with their unknown marks; no marks when all are known.
    pub(crate) fn column(&self, source: Source) -> (View<'_>, &[u8]) {
        let marks = match source {
            Source::Slot(slot) => self.unknown[slot].as_slice(),
            Source::Constant(_) => &[],
        };
        (self.view(source), marks)
    }

    fn view(&self, source: Source) -> View<'_> {
        match source {
            Source::Constant(value) => View::Constant(value),
            Source::Slot(slot) if slot < self.program.inputs => {
                View::Column(&self.columns[slot].values[self.from..self.from + self.rows])
            }
            Source::Slot(slot) => View::Column(&self.numbers[slot][..self.rows]),
        }
    }

    fn views(&self, at: Quotient) -> (View<'_>, View<'_>) {
        (self.view(at.over), self.view(at.under))
    }

    /// Takes the slot that an operation writes, so that others can be read meanwhile.
    fn write(&mut self, out: usize, inputs: &[Source], work: impl FnOnce(&Self, &mut [i64])) {
        let mut numbers = std::mem::take(&mut self.numbers[out]);
        work(self, &mut numbers[..self.rows]);
        self.numbers[out] = numbers;
        self.spread(out, inputs);
    }

    /// What is worked out of something unknown is unknown.
    fn spread(&mut self, out: usize, inputs: &[Source]) {
        let mut marks = std::mem::take(&mut self.unknown[out]);
        marks.clear();
        for input in inputs {
            let Source::Slot(slot) = input else { continue };
            self.add_marks(&mut marks, *slot);
        }
        self.unknown[out] = marks;
    }

    fn add_marks(&self, marks: &mut Vec<u8>, slot: usize) {
        let others = &self.unknown[slot];
        if marks.is_empty() {
            marks.extend_from_slice(others);
        } else {
            marks.iter_mut().zip(others).for_each(|(mark, other)| *mark |= other);
        }
    }

    fn step(&mut self, index: usize, operation: &Operation) {
        match operation {
            Operation::Smallest(one, other, out) => self.join(*one, *other, *out, |one, other| one.min(other)),
            Operation::Largest(one, other, out) => self.join(*one, *other, *out, |one, other| one.max(other)),
            Operation::Add(one, other, out) => self.join(*one, *other, *out, |one, other| one + other),
            Operation::Less(one, other, out) => self.join(*one, *other, *out, |one, other| one - other),
            Operation::LessHeldAboveZero(one, other, out) => {
                self.join(*one, *other, *out, |one, other| (one - other).max(0));
            }
            Operation::Product(one, other, out) => self.join(*one, *other, *out, |one, other| one * other),
            Operation::AddMonths(of, months, out) => {
                self.join(*of, Source::Constant(0), *out, |day, _| months_after(day, *months));
            }
            Operation::Scale { of, over, divide, out } => self.scale(*of, *over, *divide, *out),
            Operation::ScaleBy { of, rate, unit, way, out } => {
                let inputs = [*of, rate.over, rate.under];
                self.write(*out, &inputs, |machine, numbers| {
                    let (of, (over, under)) = (machine.view(*of), machine.views(*rate));
                    for (row, number) in numbers.iter_mut().enumerate() {
                        *number = kernels::scale(of.at(row), over.at(row), under.at(row), *unit, *way);
                    }
                });
            }
            Operation::Bands { of, bands, divide, out } => self.bands(*of, bands, *divide, *out),
            Operation::Table { of, by, cells, fits, out } => {
                let inputs = [of.over, of.under, by.over, by.under];
                self.write(*out, &inputs, |machine, numbers| {
                    look_up(machine.views(*of), machine.views(*by), cells, *fits, numbers);
                });
                self.mark_divisors(*out, [of.under, by.under]);
            }
            Operation::ByClass { input, out, .. } => {
                self.write(*out, &[Source::Slot(*input)], |machine, numbers| {
                    machine.by_word(index, *input, numbers, |value| value);
                });
            }
            Operation::Select { when, of, out } => self.select(*when, *of, *out),
            tested => self.test(index, tested),
        }
    }

    fn join(&mut self, one: Source, other: Source, out: usize, work: impl Fn(i64, i64) -> i64 + Copy) {
        self.write(out, &[one, other], |machine, numbers| join(machine.view(one), machine.view(other), numbers, work));
    }

    fn scale(&mut self, of: Source, over: i64, divide: Rounded, out: usize) {
        match divide.fits {
            Fits::Narrow => self.join(of, Source::Constant(over), out, |of, over| round_narrow(of * over, divide)),
            Fits::Wide => {
                self.join(of, Source::Constant(over), out, |of, over| round(i128::from(of) * i128::from(over), divide))
            }
        }
    }

    fn bands(&mut self, of: Source, bands: &[BandPlan], divide: Rounded, out: usize) {
        let inside = |of: i64, band: &BandPlan| (of - band.low).clamp(0, band.high - band.low);
        if divide.fits == Fits::Wide {
            return self.join(of, Source::Constant(0), out, |of, _| {
                let parts = bands.iter().map(|band| i128::from(inside(of, band)) * i128::from(band.over));
                round(parts.sum(), divide)
            });
        }
        // Band by band over the whole chunk: a loop inside a loop of three turns would cost more than its work.
        self.write(out, &[of], |machine, numbers| {
            numbers.fill(0);
            for band in bands {
                let (low, width, over) = (band.low, band.high - band.low, band.over);
                let part = |of: i64| (of - low).max(0).min(width) * over;
                match machine.view(of) {
                    View::Column(of) => change(numbers, of, |sum, of| sum + part(of)),
                    View::Constant(of) => numbers.iter_mut().for_each(|sum| *sum += part(of)),
                }
            }
            numbers.iter_mut().for_each(|number| *number = round_narrow(*number, divide));
        });
    }

    /// A quotient whose divisor is not positive is unknown.
    fn mark_divisors(&mut self, out: usize, divisors: [Source; 2]) {
        for divisor in divisors {
            if matches!(divisor, Source::Constant(1..)) {
                continue;
            }
            let mut marks = std::mem::take(&mut self.unknown[out]);
            marks.resize(self.rows, 0);
            let values = self.view(divisor);
            marks.iter_mut().enumerate().for_each(|(row, mark)| *mark |= u8::from(values.at(row) <= 0));
            self.unknown[out] = marks;
        }
    }

    /// What does not apply is zero, and known, whatever it would have been.
    fn select(&mut self, when: Outcome, of: Source, out: usize) {
        let mut numbers = std::mem::take(&mut self.numbers[out]);
        let mut marks = std::mem::take(&mut self.unknown[out]);
        marks.clear();
        let (values, others) = self.column(of);
        let outcomes = &self.outcomes[when][..self.rows];
        for (row, (number, outcome)) in numbers.iter_mut().zip(outcomes).enumerate() {
            *number = if *outcome == YES { values.at(row) } else { 0 };
        }
        if !others.is_empty() || outcomes.contains(&UNKNOWN) {
            marks.extend(outcomes.iter().enumerate().map(|(row, outcome)| match *outcome {
                NO => 0,
                UNKNOWN => 1,
                _ => others.get(row).copied().unwrap_or(0),
            }));
        }
        self.numbers[out] = numbers;
        self.unknown[out] = marks;
    }

    /// Translates each word of a column by what was looked up for the operation.
    fn by_word<T>(&self, index: usize, input: usize, out: &mut [T], value: impl Fn(i64) -> T) {
        let (table, column) = (&self.words[index], &self.columns[input].values);
        for (out, word) in out.iter_mut().zip(&column[self.from..]) {
            *out = value(table.get(*word as usize).copied().unwrap_or(0));
        }
    }

    fn test(&mut self, index: usize, operation: &Operation) {
        match operation {
            Operation::Compare { left, how, right, fits, out } => {
                let inputs = [left.over, left.under, right.over, right.under];
                let whole = |at: &Quotient| at.under == Source::Constant(1);
                self.answer(*out, &inputs, |machine, outcomes| match (whole(left), whole(right)) {
                    (true, true) => compare(machine.view(left.over), *how, machine.view(right.over), outcomes),
                    _ => {
                        let pair = Pair { left: machine.views(*left), right: machine.views(*right) };
                        compare_quotients(pair, *how, *fits, outcomes);
                    }
                });
            }
            Operation::Among { input, inside, out, .. } => {
                self.answer(*out, &[Source::Slot(*input)], |machine, outcomes| {
                    machine.by_word(index, *input, outcomes, |found| if found == 1 { *inside } else { YES - *inside });
                });
            }
            Operation::IsSet { of, inside, out } => self.answer(*out, &[*of], |machine, outcomes| {
                let no = YES - *inside;
                join(machine.view(*of), View::Constant(0), outcomes, |value, _| if value != 0 { *inside } else { no });
            }),
            Operation::All(inside, out) => self.fold(inside, *out, |one, other| one.min(other)),
            Operation::Any(inside, out) => self.fold(inside, *out, |one, other| one.max(other)),
            Operation::Not(of, out) => {
                let mut outcomes = std::mem::take(&mut self.outcomes[*out]);
                let inside = &self.outcomes[*of][..self.rows];
                outcomes.iter_mut().zip(inside).for_each(|(outcome, inside)| *outcome = YES - inside);
                self.outcomes[*out] = outcomes;
            }
            _ => {}
        }
    }

    /// Writes outcomes; where an input is unknown, so is the outcome.
    fn answer(&mut self, out: Outcome, inputs: &[Source], work: impl FnOnce(&Self, &mut [u8])) {
        let mut outcomes = std::mem::take(&mut self.outcomes[out]);
        work(self, &mut outcomes[..self.rows]);
        for input in inputs {
            let Source::Slot(slot) = input else { continue };
            for (outcome, unknown) in outcomes.iter_mut().zip(&self.unknown[*slot]) {
                *outcome = if *unknown == 1 { UNKNOWN } else { *outcome };
            }
        }
        self.outcomes[out] = outcomes;
    }

    fn fold(&mut self, inside: &[Outcome], out: Outcome, join: impl Fn(u8, u8) -> u8) {
        let mut outcomes = std::mem::take(&mut self.outcomes[out]);
        for (index, other) in inside.iter().enumerate() {
            let others = &self.outcomes[*other][..self.rows];
            if index == 0 {
                outcomes[..self.rows].copy_from_slice(others);
            } else {
                outcomes.iter_mut().zip(others).for_each(|(outcome, other)| *outcome = join(*outcome, *other));
            }
        }
        self.outcomes[out] = outcomes;
    }
}

/// For an operation over words: what each word of the column gives.
fn words_of(operation: &Operation, columns: &[Column]) -> Vec<i64> {
    match operation {
        Operation::Among { input, words, .. } => {
            let known = &columns[*input].words;
            known.iter().map(|word| i64::from(words.contains(word))).collect()
        }
        Operation::ByClass { input, values, .. } => {
            let value = |word: &String| values.iter().find(|(known, _)| known == word).map_or(0, |(_, value)| *value);
            columns[*input].words.iter().map(value).collect()
        }
        _ => Vec::new(),
    }
}

/// A date so many months later, both as days from 1970-01-01.
fn months_after(day: i64, months: i32) -> i64 {
    let date = i32::try_from(day).ok().and_then(Day::from_number);
    date.map_or(day, |date| i64::from(date.plus_months(months).number()))
}
