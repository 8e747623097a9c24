//! Applicants who are thought of, each judged by the engine, and the search for one who reaches a goal: from threshold to
//! threshold of one input, then of two.

use crate::Rule;
use crate::evidence::Column;
use crate::explain::leaves;
use crate::judge::{Lane, judge};
use crate::policy::{Bounds, Formula, Kind, Literal, Operand, Test, Value};
use crate::program::{CHUNK, LARGEST_AMOUNT, LARGEST_COUNT, Machine, NO, Outcome, Quotient, Source, YES};
use gouji_model::Fen;

/// An applicant: a value for every input, `None` for no record; of a class the place of its word.
pub(crate) type Row = Vec<Option<i64>>;

pub(crate) struct Probe<'a> {
    pub rule: Rule<'a>,
    words: Vec<Vec<String>>,
    /// The place of the word that stands for all those a policy does not name.
    others: Vec<usize>,
    /// The values worth trying of each input, from the smallest.
    pub candidates: Vec<Vec<i64>>,
}

/// An applicant whose slots are worked out.
pub(crate) struct Seen<'a> {
    rule: Rule<'a>,
    machine: &'a Machine<'a>,
    at: usize,
    award: Option<Fen>,
    pub lane: Lane,
}

impl Seen<'_> {
    fn outcome(&self, at: Outcome) -> u8 {
        self.machine.outcomes(at)[self.at]
    }

    /// The award in fen; below zero where it is unknown.
    pub(crate) fn award(&self) -> i64 {
        self.award.map_or(-1, Fen::fen)
    }

    /// What came out of a condition.
    pub(crate) fn answer(&self, index: usize) -> u8 {
        self.outcome(self.rule.program.conditions[index].outcome)
    }

    /// How many comparisons would have to turn for every condition to hold.
    pub(crate) fn unmet(&self) -> u32 {
        (0..self.rule.version.conditions.len()).map(|index| self.to(index, YES)).sum()
    }

    /// How many comparisons would have to turn for a condition to have an outcome.
    pub(crate) fn to(&self, index: usize, wanted: u8) -> u32 {
        let (plan, condition) = (&self.rule.program.conditions[index], &self.rule.version.conditions[index]);
        if self.outcome(plan.outcome) == wanted {
            return 0;
        }
        let mut answers = plan.leaves.iter().map(|leaf| self.outcome(*leaf));
        let tested = distance(&condition.test, wanted, &mut answers);
        let asked = condition.when.as_ref().map(|when| {
            let turned = if wanted == YES { NO } else { YES };
            distance(when, turned, &mut answers)
        });
        match (asked, wanted) {
            (None, _) => tested.max(1),
            (Some(asked), YES) => tested.min(asked).max(1),
            (Some(asked), _) => (tested + asked).max(1),
        }
    }

    /// Whether the `when` of a condition holds.
    pub(crate) fn is_asked(&self, index: usize) -> bool {
        self.rule.program.conditions[index].asked.is_none_or(|asked| self.outcome(asked) == YES)
    }

    /// Whether the `when` of a step holds.
    pub(crate) fn applies(&self, step: usize) -> bool {
        self.rule.program.steps[step].asked.is_none_or(|asked| self.outcome(asked) == YES)
    }

    /// What the formula of a step gives before floor, cap and `when`.
    pub(crate) fn raw(&self, step: usize) -> Option<(i64, i64)> {
        self.machine.quotient(self.rule.program.steps[step].raw, self.at)
    }

    /// A value as a quotient; `None` where it is unknown.
    pub(crate) fn value(&self, value: &Value) -> Option<(i128, i128)> {
        let of = |operand: &Operand| self.operand(operand).map(|(over, under)| (i128::from(over), i128::from(under)));
        match value {
            Value::Plain(operand) => of(operand),
            Value::Share(part, whole) => {
                let (part, whole) = (of(part)?.0, of(whole)?.0);
                (whole > 0).then_some((part, whole))
            }
            Value::Growth(now, before) => {
                let (now, before) = (of(now)?.0, of(before)?.0);
                (before > 0).then_some((now - before, before))
            }
        }
    }

    fn operand(&self, operand: &Operand) -> Option<(i64, i64)> {
        let at = match operand {
            Operand::Name(name) => self.rule.program.terms.get(name)?.at,
            Operand::Literal(literal) => crate::program::quotient_of(literal),
        };
        self.machine.quotient(at, self.at)
    }
}

/// How many comparisons have to turn until a test has an outcome; `answers` are theirs in reading order.
fn distance(test: &Test, wanted: u8, answers: &mut dyn Iterator<Item = u8>) -> u32 {
    match test {
        Test::Not(inside) => distance(inside, YES - wanted, answers),
        Test::All(tests) | Test::Any(tests) => {
            let each: Vec<u32> = tests.iter().map(|test| distance(test, wanted, answers)).collect();
            let every = matches!(test, Test::All(_)) == (wanted == YES);
            if every { each.iter().sum() } else { each.into_iter().min().unwrap_or(1) }
        }
        _ => u32::from(answers.next() != Some(wanted)),
    }
}

impl<'a> Probe<'a> {
    pub(crate) fn new(rule: Rule<'a>) -> Probe<'a> {
        let literals = literals_of(rule);
        let words: Vec<Vec<String>> = rule.policy.inputs.iter().map(|input| words_of(rule, &input.name)).collect();
        let inputs = rule.policy.inputs.iter().zip(&words);
        let candidates = inputs.map(|(input, words)| candidates(rule, input.kind, words.len(), &literals)).collect();
        let others = words.iter().map(|words| words.len() - 1).collect();
        Probe { rule, words, others, candidates }
    }

    /// The same with an applicant of record, whose words the policy may not know.
    pub(crate) fn beside(rule: Rule<'a>, columns: &[Column], applicant: usize) -> (Probe<'a>, Row) {
        let mut probe = Probe::new(rule);
        let values = columns.iter().enumerate().map(|(input, column)| match column.word(applicant) {
            Some(word) if column.kind == Kind::Class => Some(probe.place(input, word).unwrap_or_else(|| {
                probe.words[input].push(word.to_owned());
                probe.words[input].len() as i64 - 1
            })),
            _ => column.value(applicant),
        });
        let row = values.collect();
        (probe, row)
    }

    /// The word of a class; empty for other kinds.
    pub(crate) fn word(&self, input: usize, value: Option<i64>) -> String {
        let is_class = self.rule.policy.inputs[input].kind == Kind::Class;
        let place = value.filter(|_| is_class).and_then(|value| usize::try_from(value).ok());
        place.and_then(|place| self.words[input].get(place)).cloned().unwrap_or_default()
    }

    /// Whether a place of a class stands for every word that the policy does not name.
    pub(crate) fn stands_for_others(&self, input: usize, place: i64) -> bool {
        usize::try_from(place) == Ok(self.others[input])
    }

    /// The place of a word in an input of kind class.
    pub(crate) fn place(&self, input: usize, word: &str) -> Option<i64> {
        self.words[input].iter().position(|known| known == word).map(|place| place as i64)
    }

    /// The input of a name.
    pub(crate) fn input(&self, name: &str) -> Option<usize> {
        self.rule.policy.inputs.iter().position(|input| input.name == name)
    }

    /// Judges applicants and tells of each.
    pub(crate) fn see<T>(&self, rows: &[Row], tell: impl Fn(&Seen) -> T) -> Vec<T> {
        let columns = self.rule.policy.inputs.iter().enumerate().map(|(index, input)| {
            let mut column = Column::new(input.kind, rows.len());
            column.words = self.words[index].clone();
            rows.iter().for_each(|row| column.push(row[index], 1));
            column
        });
        let columns: Vec<Column> = columns.collect();
        let decisions = judge(self.rule.program, &columns);
        let mut machine = Machine::new(self.rule.program, &columns);
        let mut told = Vec::with_capacity(rows.len());
        for from in (0..rows.len()).step_by(CHUNK) {
            let count = CHUNK.min(rows.len() - from);
            machine.run(from, count);
            told.extend((0..count).map(|at| {
                let (award, lane) = (decisions.award(from + at), decisions.lanes[from + at]);
                tell(&Seen { rule: self.rule, machine: &machine, at, award, lane })
            }));
        }
        told
    }

    pub(crate) fn decide(&self, row: &Row) -> (Lane, Option<Fen>) {
        self.see(std::slice::from_ref(row), |seen| (seen.lane, seen.award)).remove(0)
    }

    /// The applicant who comes nearest to a goal, with what is left; 0 is reached. `starts` are tried first.
    pub(crate) fn seek(&self, starts: &[Row], goal: impl Fn(&Seen) -> u32) -> (Row, u32) {
        let mut best: Option<(Row, u32)> = None;
        for start in starts.iter().cloned().chain(self.starts()) {
            let found = self.climb(start, &goal);
            if best.as_ref().is_none_or(|(_, left)| found.1 < *left) {
                best = Some(found);
            }
            if best.as_ref().is_some_and(|(_, left)| *left == 0) {
                break;
            }
        }
        best.unwrap_or_default()
    }

    fn climb(&self, mut row: Row, goal: &impl Fn(&Seen) -> u32) -> (Row, u32) {
        let mut left = self.see(std::slice::from_ref(&row), goal)[0];
        while left > 0 {
            let better = self
                .nearest(self.around(&row), left, goal)
                .or_else(|| self.nearest(self.around_pairs(&row), left, goal));
            let Some(better) = better else { break };
            (row, left) = better;
        }
        (row, left)
    }

    fn nearest(&self, rows: Vec<Row>, than: u32, goal: &impl Fn(&Seen) -> u32) -> Option<(Row, u32)> {
        let left = self.see(&rows, goal);
        let found = rows.into_iter().zip(left).min_by_key(|(_, left)| *left)?;
        (found.1 < than).then_some(found)
    }

    fn around(&self, row: &Row) -> Vec<Row> {
        (0..row.len()).flat_map(|index| self.varied(row, index)).collect()
    }

    /// The same applicant with every value of one input, from the smallest.
    pub(crate) fn varied(&self, row: &Row, input: usize) -> Vec<Row> {
        let with = |value: &i64| {
            let mut row = row.clone();
            row[input] = Some(*value);
            row
        };
        self.candidates[input].iter().map(with).collect()
    }

    fn around_pairs(&self, row: &Row) -> Vec<Row> {
        let mut rows = Vec::new();
        for (one, other) in self.pairs() {
            // Two inputs with many values each are thinned, so that a step stays short.
            let thin = |index: usize| (self.candidates[index].len() / 60).max(1);
            for value in self.candidates[one].iter().step_by(thin(one)) {
                for also in self.candidates[other].iter().step_by(thin(other)) {
                    let mut row = row.clone();
                    (row[one], row[other]) = (Some(*value), Some(*also));
                    rows.push(row);
                }
            }
            if rows.len() > 40_000 {
                break;
            }
        }
        rows
    }

    /// Inputs that stand in one comparison or one formula.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let version = self.rule.version;
        let tests = version.conditions.iter().flat_map(|condition| leaves(&condition.test)).map(Test::operands);
        let formulas = version.steps.iter().map(|step| step.formula.operands());
        let mut pairs = Vec::new();
        for operands in tests.chain(formulas) {
            let inputs: Vec<usize> = operands.into_iter().filter_map(|operand| self.input(name_of(operand)?)).collect();
            for (index, one) in inputs.iter().enumerate() {
                pairs.extend(inputs[index + 1..].iter().filter(|other| *other != one).map(|other| (*one, *other)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Applicants to start from: middling, the largest, and some at random from a fixed seed.
    fn starts(&self) -> Vec<Row> {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let row = |pick: &mut dyn FnMut(usize) -> usize| {
            self.candidates.iter().map(|values| Some(values[pick(values.len())])).collect::<Row>()
        };
        let mut rows = vec![row(&mut |many| many / 2), row(&mut |many| many - 1), row(&mut |_| 0)];
        rows.extend((0..5).map(|_| row(&mut |many| (next() % many as u64) as usize)));
        rows
    }
}

pub(crate) fn name_of(operand: &Operand) -> Option<&str> {
    match operand {
        Operand::Name(name) => Some(name),
        Operand::Literal(_) => None,
    }
}

/// Every test of a version: of conditions, of their `when`, of the `when` of steps; with its line.
pub(crate) fn tests_of<'a>(rule: Rule<'a>) -> Vec<(&'a Test, u32)> {
    let conditions = rule.version.conditions.iter();
    let conditions =
        conditions.flat_map(|one| std::iter::once(&one.test).chain(&one.when).map(|test| (test, one.line)));
    let steps = rule.version.steps.iter().flat_map(|one| one.when.iter().map(|test| (test, one.line)));
    conditions.chain(steps).flat_map(|(test, line)| leaves(test).into_iter().map(move |leaf| (leaf, line))).collect()
}

/// The words that a version knows of a class, and one that it does not.
fn words_of(rule: Rule, input: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (test, _) in tests_of(rule) {
        if let Test::Among { left: Operand::Name(name), words: known, .. } = test
            && name == input
        {
            words.extend(known.iter().cloned());
        }
    }
    for step in &rule.version.steps {
        if let Formula::ByClass { of: Operand::Name(name), values } = &step.formula
            && name == input
        {
            words.extend(values.iter().map(|(word, _)| word.clone()));
        }
    }
    let other = if words.iter().any(|word| word == "其他") { "未列明" } else { "其他" };
    words.push(other.into());
    let mut seen: Vec<String> = Vec::new();
    words.retain(|word| {
        !seen.contains(word) && {
            seen.push(word.clone());
            true
        }
    });
    words
}

pub(crate) fn literals_of(rule: Rule) -> Vec<Literal> {
    let mut literals = Vec::new();
    let mut add = |operand: &Operand| {
        if let Operand::Literal(literal) = operand {
            literals.push(literal.clone());
        }
    };
    tests_of(rule).iter().flat_map(|(test, _)| test.operands()).for_each(&mut add);
    for step in &rule.version.steps {
        step.formula.operands().into_iter().chain(&step.floor).chain(&step.cap).for_each(&mut add);
    }
    for step in &rule.version.steps {
        literals.extend(inside(&step.formula));
    }
    literals.sort_by_key(|literal| number(literal).0);
    literals.dedup();
    literals
}

/// The literals of bands, tables and lists of words: bounds and values.
fn inside(formula: &Formula) -> Vec<Literal> {
    let of = |bounds: &Bounds| bounds.from.iter().chain(&bounds.below).cloned().collect::<Vec<_>>();
    match formula {
        Formula::Bands { bands, .. } => {
            let limits = bands.iter().filter_map(|band| band.up_to.map(Literal::Amount));
            limits.chain(bands.iter().map(|band| Literal::Ratio(band.rate))).collect()
        }
        Formula::Table { rows, .. } => {
            rows.iter().flat_map(|row| of(&row.bounds).into_iter().chain([row.value.clone()])).collect()
        }
        Formula::Grid { cells, .. } => cells
            .iter()
            .flat_map(|cell| of(&cell.of).into_iter().chain(of(&cell.by)).chain([cell.value.clone()]))
            .collect(),
        Formula::ByClass { values, .. } => values.iter().map(|(_, value)| value.clone()).collect(),
        _ => Vec::new(),
    }
}

/// A literal as a quotient.
pub(crate) fn number(literal: &Literal) -> (i128, i128) {
    match crate::program::quotient_of(literal) {
        Quotient { over: Source::Constant(over), under: Source::Constant(under) } => {
            (i128::from(over), i128::from(under))
        }
        _ => (0, 1),
    }
}

fn candidates(rule: Rule, kind: Kind, words: usize, literals: &[Literal]) -> Vec<i64> {
    let of = |wanted: Kind| literals.iter().filter(move |literal| literal.kind() == wanted).map(number);
    let mut values: Vec<i128> = match kind {
        Kind::Flag => vec![0, 1],
        Kind::Class => (0..words as i128).collect(),
        Kind::Ratio => of(kind).map(|(over, under)| over * 1_000_000 / under).chain([0, 1_000_000]).collect(),
        Kind::Day => {
            let from = i128::from(rule.version.from.number());
            let mut days: Vec<i128> = of(kind).map(|(day, _)| day).chain([from, from - 3_650]).collect();
            for (test, _) in tests_of(rule) {
                let Test::Months { months, .. } = test else { continue };
                days.extend([1, -1].map(|sign| i128::from(rule.version.from.plus_months(sign * months).number())));
            }
            days
        }
        Kind::Amount | Kind::Count => {
            let mut values: Vec<i128> = of(kind).map(|(value, _)| value).collect();
            let wholes: &[i128] = if kind == Kind::Amount {
                &[0, 100, 100_000_000, 1_000_000_000, 20_000_000_000]
            } else {
                &[0, 1, 10, 100, 1_000]
            };
            values.extend(wholes);
            let mut reached = Vec::new();
            for (over, under) in of(Kind::Ratio).filter(|(over, _)| *over > 0) {
                let of_whole = wholes.iter().flat_map(|whole| [whole * over / under, whole + whole * over / under]);
                reached.extend(of_whole);
                // The base whose rate reaches a cap or a row.
                reached.extend(values.iter().map(|value| value * under / over).take(40));
            }
            for (each, _) in of(Kind::Amount).filter(|(each, _)| kind == Kind::Count && *each > 0) {
                reached.extend(of(Kind::Amount).map(|(value, _)| value / each));
            }
            values.extend(reached);
            values
        }
    };
    if !matches!(kind, Kind::Flag | Kind::Class) {
        values = values.into_iter().flat_map(|value| [value - 1, value, value + 1]).collect();
    }
    let limit = i128::from(if kind == Kind::Amount { LARGEST_AMOUNT } else { LARGEST_COUNT });
    values.retain(|value| (kind == Kind::Day || *value >= 0) && *value <= limit);
    values.sort_unstable();
    values.dedup();
    let thin = values.len().div_ceil(600).max(1);
    values.into_iter().step_by(thin).filter_map(|value| i64::try_from(value).ok()).collect()
}
