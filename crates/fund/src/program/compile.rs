//! From a version of a policy to operations: names are found, kinds and sizes are checked.

use super::divide::Divisor;
use super::{
    BandPlan, CellPlan, ConditionPlan, Fits, LARGEST_AMOUNT, LARGEST_COUNT, MOST_CONDITIONS, Operation, Outcome,
    Program, Quotient, Rounded, Source, StepPlan, Term,
};
use crate::policy::{
    Band, Bounds, Condition, Failure, Formula, Kind, Literal, Mode, Operand, Policy, Ratio, Rounding, Step, Value,
    Version, Way,
};
use gouji_model::Lang;
use std::collections::HashMap;

/// What is wrong in a policy, and on which line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyFault {
    /// Line of the policy file, from 1.
    pub line: u32,
    zh: String,
    en: String,
}

impl PolicyFault {
    /// A fault on a line, said in Chinese and in English.
    pub fn new(line: u32, zh: impl Into<String>, en: impl Into<String>) -> PolicyFault {
        PolicyFault { line, zh: zh.into(), en: en.into() }
    }

    /// What is wrong and what would be right.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Makes a version ready to judge, or tells everything that is wrong with it.
pub fn compile(policy: &Policy, version: &Version) -> Result<Program, Vec<PolicyFault>> {
    let mut compiler = Compiler::new(policy);
    if version.conditions.len() > MOST_CONDITIONS {
        compiler.fault(
            version.line,
            format!("一个版本最多 {MOST_CONDITIONS} 个条件，这里有 {} 个", version.conditions.len()),
            format!("a version has at most {MOST_CONDITIONS} conditions; there are {} here", version.conditions.len()),
        );
    }
    // A condition may use what the worksheet works out.
    let steps: Vec<StepPlan> = version.steps.iter().map(|step| compiler.step(step)).collect();
    let conditions = version.conditions.iter().map(|condition| compiler.condition(condition)).collect();
    compiler.unique_conditions(version);
    let award = match compiler.terms.get(&version.award) {
        Some(term) if term.kind == Kind::Amount => term.at.over,
        _ => {
            compiler.fault(
                version.line,
                format!("award 写的“{}”不是前面算出的金额；请写某一步的名称", version.award),
                format!("award names `{}`, which is no amount of a step; name a step", version.award),
            );
            Source::Constant(0)
        }
    };
    if !compiler.faults.is_empty() {
        compiler.faults.sort();
        compiler.faults.dedup();
        return Err(compiler.faults);
    }
    Ok(Program {
        inputs: policy.inputs.len(),
        slots: compiler.bounds.len(),
        outcomes: compiler.outcomes,
        operations: compiler.operations,
        terms: compiler.terms,
        conditions,
        steps,
        award,
        is_reviewed: version.mode == Mode::Review,
    })
}

/// What stands so far.
pub(super) struct Compiler {
    pub terms: HashMap<String, Term>,
    pub operations: Vec<Operation>,
    /// The largest magnitude that each slot can hold.
    bounds: Vec<i128>,
    pub outcomes: usize,
    faults: Vec<PolicyFault>,
}

impl Compiler {
    fn new(policy: &Policy) -> Compiler {
        let mut compiler = Compiler {
            terms: HashMap::new(),
            operations: Vec::new(),
            bounds: Vec::new(),
            outcomes: 0,
            faults: Vec::new(),
        };
        for input in &policy.inputs {
            let slot = compiler.bounds.len();
            compiler.bounds.push(match input.kind {
                Kind::Amount => i128::from(LARGEST_AMOUNT),
                Kind::Day => 10_000_000,
                Kind::Flag => 1,
                Kind::Count | Kind::Class | Kind::Ratio => i128::from(LARGEST_COUNT),
            });
            // A ratio of a register is kept in millionths.
            let under = if input.kind == Kind::Ratio { 1_000_000 } else { 1 };
            let at = Quotient { over: Source::Slot(slot), under: Source::Constant(under) };
            compiler.name(&input.name, Term { kind: input.kind, at }, input.line);
        }
        compiler
    }

    pub(super) fn fault(&mut self, line: u32, zh: String, en: String) {
        self.faults.push(PolicyFault::new(line, zh, en));
    }

    fn name(&mut self, name: &str, term: Term, line: u32) {
        if self.terms.insert(name.to_owned(), term).is_some() {
            let zh = format!("“{name}”用了两次；每个事项、步骤的名称只能用一次");
            self.fault(line, zh, format!("`{name}` is defined twice; every input and step needs a name of its own"));
        }
    }

    fn unique_conditions(&mut self, version: &Version) {
        for (index, condition) in version.conditions.iter().enumerate() {
            if version.conditions[..index].iter().any(|earlier| earlier.name == condition.name) {
                let zh = format!("条件“{}”写了两次；请改名或删去一个", condition.name);
                let en = format!("condition `{}` is written twice; rename or remove one", condition.name);
                self.fault(condition.line, zh, en);
            }
        }
    }

    fn bound(&self, source: Source) -> i128 {
        match source {
            Source::Slot(slot) => self.bounds[slot],
            Source::Constant(value) => i128::from(value).abs(),
        }
    }

    /// A new slot that holds up to `bound`; a fault when that may not fit.
    fn slot(&mut self, bound: i128, line: u32) -> usize {
        if bound > i128::from(i64::MAX / 4) {
            self.fault(
                line,
                "这一步的结果可能超出可表示的金额（922 亿亿分）；请先用 cap 限额".into(),
                "this step may pass the largest amount (9.2 × 10^18 fen); cap what goes in first".into(),
            );
        }
        self.bounds.push(bound.min(i128::from(i64::MAX / 4)));
        self.bounds.len() - 1
    }

    pub(super) fn outcome(&mut self) -> Outcome {
        self.outcomes += 1;
        self.outcomes - 1
    }

    /// The term of an operand.
    pub(super) fn operand(&mut self, operand: &Operand, line: u32) -> Term {
        match operand {
            Operand::Literal(literal) => Term { kind: literal.kind(), at: quotient(literal) },
            Operand::Name(name) => match self.terms.get(name) {
                Some(term) => *term,
                None => {
                    let zh = format!("没有名为“{name}”的事项或前面的步骤；请检查写法，或在 [[evidence]] 里声明");
                    let en =
                        format!("no input or earlier step is called `{name}`; check it or declare it in [[evidence]]");
                    self.fault(line, zh, en);
                    Term { kind: Kind::Amount, at: Quotient::whole(Source::Constant(0)) }
                }
            },
        }
    }

    /// The term of an operand that has to be of one kind.
    fn of_kind(&mut self, operand: &Operand, kinds: &[Kind], line: u32) -> Term {
        let term = self.operand(operand, line);
        if !kinds.contains(&term.kind) {
            let shown = shown(operand);
            let wanted: Vec<&str> = kinds.iter().map(|kind| kind.chinese()).collect();
            let zh = format!("“{shown}”是{}，这里要的是{}", term.kind.chinese(), wanted.join("或"));
            let wanted: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
            let en = format!("`{shown}` is of kind {}; {} is needed here", term.kind.word(), wanted.join(" or "));
            self.fault(line, zh, en);
        }
        term
    }

    pub(super) fn input_of(&mut self, operand: &Operand, kind: Kind, line: u32) -> usize {
        match self.of_kind(operand, &[kind], line).at.over {
            Source::Slot(slot) => slot,
            Source::Constant(_) => 0,
        }
    }

    pub(super) fn day(&mut self, operand: &Operand, line: u32) -> Source {
        self.of_kind(operand, &[Kind::Day], line).at.over
    }

    pub(super) fn months_after(&mut self, from: Source, months: i32, line: u32) -> Source {
        let out = self.slot(10_000_000, line);
        self.operations.push(Operation::AddMonths(from, months, out));
        Source::Slot(out)
    }

    /// A value with its kind.
    pub(super) fn value(&mut self, value: &Value, line: u32) -> Term {
        match value {
            Value::Plain(operand) => self.operand(operand, line),
            Value::Share(part, whole) => {
                let (part, whole) = self.alike(part, whole, line);
                Term { kind: Kind::Ratio, at: Quotient { over: part, under: whole } }
            }
            Value::Growth(now, before) => {
                let (now, before) = self.alike(now, before, line);
                let out = self.slot(self.bound(now) + self.bound(before), line);
                self.operations.push(Operation::Less(now, before, out));
                Term { kind: Kind::Ratio, at: Quotient { over: Source::Slot(out), under: before } }
            }
        }
    }

    fn alike(&mut self, one: &Operand, other: &Operand, line: u32) -> (Source, Source) {
        let first = self.of_kind(one, &[Kind::Amount, Kind::Count], line);
        let second = self.of_kind(other, &[first.kind], line);
        (first.at.over, second.at.over)
    }

    /// Whether the cross products of two quotients fit 64 bits.
    pub(super) fn fits(&self, left: Quotient, right: Quotient) -> Fits {
        let products = [(left.over, right.under), (right.over, left.under)];
        let fits = products.iter().all(|(one, other)| self.bound(*one) * self.bound(*other) <= i128::from(i64::MAX));
        if fits { Fits::Narrow } else { Fits::Wide }
    }

    fn condition(&mut self, condition: &Condition) -> ConditionPlan {
        let mut leaves = Vec::new();
        let tested = self.test(&condition.test, condition.line, &mut leaves);
        let asked = condition.when.as_ref().map(|when| self.test(when, condition.line, &mut leaves));
        let outcome = match asked {
            None => tested,
            Some(asked) => {
                // What is not asked is met.
                let (free, out) = (self.outcome(), self.outcome());
                self.operations.push(Operation::Not(asked, free));
                self.operations.push(Operation::Any(vec![free, tested], out));
                out
            }
        };
        ConditionPlan { outcome, asked, leaves, refuses: condition.failure == Failure::Refuse }
    }

    fn step(&mut self, step: &Step) -> StepPlan {
        let raw = self.formula(&step.formula, &step.rounding, step.line);
        let mut bounded = raw;
        for (limit, is_cap) in [(&step.floor, false), (&step.cap, true)] {
            let Some(limit) = limit else { continue };
            let limit = self.of_kind(limit, &[raw.kind], step.line);
            if raw.kind == Kind::Ratio {
                let zh = "比例不能设上下限；请对金额设 cap 或 floor".into();
                self.fault(step.line, zh, "a ratio has no cap or floor; put it on an amount".into());
                continue;
            }
            let (value, limit) = (bounded.at.over, limit.at.over);
            let bound = self.bound(value).max(self.bound(limit));
            let out = self.slot(bound, step.line);
            self.operations.push(match is_cap {
                true => Operation::Smallest(value, limit, out),
                false => Operation::Largest(value, limit, out),
            });
            bounded.at.over = Source::Slot(out);
        }
        if raw.kind == Kind::Class && (step.when.is_some() || step.floor.is_some() || step.cap.is_some()) {
            let zh = "类别没有“零”和大小；这一步不能写 when、floor、cap".into();
            self.fault(step.line, zh, "a class has no zero and no size: no when, floor or cap here".into());
        }
        let asked = step.when.as_ref().map(|when| self.test(when, step.line, &mut Vec::new()));
        let mut result = bounded;
        if let Some(when) = asked {
            let out = self.slot(self.bound(bounded.at.over), step.line);
            self.operations.push(Operation::Select { when, of: bounded.at.over, out });
            result.at.over = Source::Slot(out);
        }
        self.name(&step.name, result, step.line);
        StepPlan { raw: raw.at, asked }
    }

    fn formula(&mut self, formula: &Formula, rounding: &Rounding, line: u32) -> Term {
        match formula {
            Formula::Plain(operand) => self.operand(operand, line),
            Formula::Smallest(all) => self.fold(all, line, |bounds| bounds.0.max(bounds.1), Operation::Smallest),
            Formula::Largest(all) => self.fold(all, line, |bounds| bounds.0.max(bounds.1), Operation::Largest),
            Formula::Sum(all) => {
                let sum = self.fold(all, line, |bounds| bounds.0 + bounds.1, Operation::Add);
                if sum.kind == Kind::Day {
                    self.fault(line, "日期不能相加".into(), "days cannot be added".into());
                }
                sum
            }
            Formula::Less(first, others) => self.less(first, others, line),
            Formula::Rate { rate, of } => self.rate(rate, of, rounding, line),
            Formula::Each { each, of } => {
                let each = self.of_kind(each, &[Kind::Amount], line).at.over;
                let count = self.of_kind(of, &[Kind::Count], line).at.over;
                let out = self.slot(self.bound(each) * self.bound(count), line);
                self.operations.push(Operation::Product(each, count, out));
                amount(out)
            }
            Formula::Bands { of, bands } => self.bands(of, bands, rounding, line),
            Formula::Table { of, rows } => {
                let cells: Vec<_> = rows.iter().map(|row| (&row.bounds, &EVERYTHING, &row.value)).collect();
                self.table(of, None, &cells, line)
            }
            Formula::Grid { of, by, cells } => {
                let cells: Vec<_> = cells.iter().map(|cell| (&cell.of, &cell.by, &cell.value)).collect();
                self.table(of, Some(by), &cells, line)
            }
            Formula::ByClass { of, values } => {
                let input = self.input_of(of, Kind::Class, line);
                let (kind, under) = self.values_of(values.iter().map(|(_, value)| value), line);
                let values =
                    values.iter().map(|(word, value)| (word.clone(), scaled(value, under))).collect::<Vec<_>>();
                let bound = values.iter().map(|(_, value)| i128::from(*value)).max().unwrap_or(0);
                let out = self.slot(bound, line);
                self.operations.push(Operation::ByClass { input, values, out });
                Term { kind, at: Quotient { over: Source::Slot(out), under: Source::Constant(under) } }
            }
        }
    }

    fn fold(
        &mut self,
        all: &[Operand],
        line: u32,
        bound: impl Fn((i128, i128)) -> i128,
        operation: impl Fn(Source, Source, usize) -> Operation,
    ) -> Term {
        let Some((first, others)) = all.split_first() else {
            self.fault(line, "这里至少要写一项".into(), "at least one term is needed here".into());
            return Term { kind: Kind::Amount, at: Quotient::whole(Source::Constant(0)) };
        };
        let first = self.of_kind(first, &[Kind::Amount, Kind::Count, Kind::Day], line);
        let mut so_far = first.at.over;
        for other in others {
            let other = self.of_kind(other, &[first.kind], line).at.over;
            let out = self.slot(bound((self.bound(so_far), self.bound(other))), line);
            self.operations.push(operation(so_far, other, out));
            so_far = Source::Slot(out);
        }
        Term { kind: first.kind, at: Quotient::whole(so_far) }
    }

    fn less(&mut self, first: &Operand, others: &[Operand], line: u32) -> Term {
        let term = self.of_kind(first, &[Kind::Amount, Kind::Count], line);
        let taken: Vec<Operand> = others.to_vec();
        let taken = self.fold(&taken, line, |bounds| bounds.0 + bounds.1, Operation::Add);
        if taken.kind != term.kind {
            let zh = "相减的两项种类不同".into();
            self.fault(line, zh, "what is taken away is of another kind".into());
        }
        let out = self.slot(self.bound(term.at.over) + self.bound(taken.at.over), line);
        self.operations.push(Operation::LessHeldAboveZero(term.at.over, taken.at.over, out));
        Term { kind: term.kind, at: Quotient::whole(Source::Slot(out)) }
    }

    fn rate(&mut self, rate: &Operand, of: &Operand, rounding: &Rounding, line: u32) -> Term {
        let rate = self.of_kind(rate, &[Kind::Ratio], line).at;
        let of = self.of_kind(of, &[Kind::Amount], line).at.over;
        let unit = rounding.unit.fen();
        let Source::Constant(under) = rate.under else {
            return Term { kind: Kind::Amount, at: Quotient::whole(Source::Constant(0)) };
        };
        // The quotient is at most the product, whatever the divisor.
        let bound = self.bound(of) * self.bound(rate.over) / i128::from(under.max(1)) + i128::from(unit);
        let out = self.slot(bound, line);
        let operation = match rate.over {
            Source::Constant(over) => {
                let divide = self.rounded(self.bound(of) * i128::from(over).abs(), under, rounding, line);
                Operation::Scale { of, over, divide, out }
            }
            Source::Slot(_) => Operation::ScaleBy { of, rate, unit, way: rounding.way, out },
        };
        self.operations.push(operation);
        amount(out)
    }

    /// Division by `under` of a number up to `bound`.
    fn rounded(&mut self, bound: i128, under: i64, rounding: &Rounding, line: u32) -> Rounded {
        let unit = rounding.unit.fen();
        let product = i128::from(under) * i128::from(unit);
        if product > LARGEST_DIVISOR {
            let zh = "取整单位乘以比例的分母过大；请改用较小的取整单位".into();
            self.fault(line, zh, "the unit of rounding is too large for this rate; take a smaller one".into());
        }
        let divisor = product.clamp(1, LARGEST_DIVISOR) as u64;
        let added = match rounding.way {
            Way::HalfUp => divisor / 2,
            Way::Down => 0,
            Way::Up => divisor - 1,
        };
        let fits = if bound + i128::from(added) <= i128::from(i64::MAX) { Fits::Narrow } else { Fits::Wide };
        Rounded { divisor: Divisor::new(divisor), added, unit, fits }
    }

    fn bands(&mut self, of: &Operand, bands: &[Band], rounding: &Rounding, line: u32) -> Term {
        let of = self.of_kind(of, &[Kind::Amount], line).at.over;
        let under = self.common(bands.iter().map(|band| band.rate), line);
        let mut low = 0;
        let mut plans = Vec::new();
        for (index, band) in bands.iter().enumerate() {
            let high = band.up_to.map_or(i64::MAX / 4, |fen| fen.fen());
            if high <= low || (band.up_to.is_none() && index + 1 != bands.len()) {
                let zh = "累进各段的上限要依次变大，只有最后一段可以不写 up-to".into();
                let en = "upper bounds of bands must grow, and only the last band may have none".into();
                self.fault(line, zh, en);
            }
            plans.push(BandPlan { low, high, over: band.rate.over() * (under / band.rate.under()) });
            low = high;
        }
        let largest = plans.iter().map(|plan| i128::from(plan.over).abs()).max().unwrap_or(0);
        let most = self.bound(of) * largest;
        let divide = self.rounded(most, under, rounding, line);
        let out = self.slot(most / i128::from(under) + i128::from(rounding.unit.fen()), line);
        self.operations.push(Operation::Bands { of, bands: plans, divide, out });
        amount(out)
    }

    /// The least common divisor of rates; a fault when it grows too large.
    fn common(&mut self, rates: impl Iterator<Item = Ratio>, line: u32) -> i64 {
        let mut under = 1_i64;
        for rate in rates {
            let step = Ratio::new(under, rate.under()).map_or(1, Ratio::over);
            under = step.saturating_mul(rate.under());
            if under > Ratio::LIMIT {
                let zh = "这些比例没有足够小的公分母；请写成百分数".into();
                self.fault(line, zh, "these rates have no small common divisor; write them as percentages".into());
                return 1;
            }
        }
        under
    }

    fn table(&mut self, of: &Value, by: Option<&Value>, cells: &[(&Bounds, &Bounds, &Literal)], line: u32) -> Term {
        let term = self.value(of, line);
        let by = by.map(|by| self.value(by, line));
        let (kind, under) = self.values_of(cells.iter().map(|(.., value)| *value), line);
        let mut plans = Vec::new();
        for (of_bounds, by_bounds, value) in cells {
            let of = self.bounds_of(of_bounds, term.kind, line);
            let by = by.map_or((None, None), |by| self.bounds_of(by_bounds, by.kind, line));
            plans.push(CellPlan { of, by, value: scaled(value, under) });
        }
        let at = by.map_or(Quotient::whole(Source::Constant(0)), |by| by.at);
        let fits = self.table_fits(term.at, at, &plans);
        let bound = plans.iter().map(|plan| i128::from(plan.value)).max().unwrap_or(0);
        let out = self.slot(bound, line);
        self.operations.push(Operation::Table { of: term.at, by: at, cells: plans, fits, out });
        Term { kind, at: Quotient { over: Source::Slot(out), under: Source::Constant(under) } }
    }

    fn table_fits(&self, of: Quotient, by: Quotient, cells: &[CellPlan]) -> Fits {
        let pairs = cells.iter().flat_map(|cell| {
            let of = [cell.of.0, cell.of.1].into_iter().flatten().map(move |bound| (of, bound));
            of.chain([cell.by.0, cell.by.1].into_iter().flatten().map(move |bound| (by, bound)))
        });
        let mut all = pairs.map(|(value, (over, under))| {
            self.fits(value, Quotient { over: Source::Constant(over), under: Source::Constant(under) })
        });
        if all.all(|fits| fits == Fits::Narrow) { Fits::Narrow } else { Fits::Wide }
    }

    fn bounds_of(&mut self, bounds: &Bounds, kind: Kind, line: u32) -> (super::Bound, super::Bound) {
        for bound in [&bounds.from, &bounds.below].into_iter().flatten() {
            if bound.kind() != kind {
                let zh = format!("表的界限是{}，查的是{}；单位要一致", bound.kind().chinese(), kind.chinese());
                let en = format!("a bound is of kind {}, looked up is {}", bound.kind().word(), kind.word());
                self.fault(line, zh, en);
            }
        }
        let of = |bound: &Option<Literal>| {
            bound.as_ref().map(|bound| match quotient(bound) {
                Quotient { over: Source::Constant(over), under: Source::Constant(under) } => (over, under),
                _ => (0, 1),
            })
        };
        (of(&bounds.from), of(&bounds.below))
    }

    /// The kind of the values of a table and their common divisor.
    fn values_of<'l>(&mut self, values: impl Iterator<Item = &'l Literal>, line: u32) -> (Kind, i64) {
        let values: Vec<&Literal> = values.collect();
        let kind = values.first().map_or(Kind::Amount, |value| value.kind());
        if values.is_empty() || values.iter().any(|value| value.kind() != kind || !is_payable(value)) {
            let zh = "表里的值要同为金额或同为比例，且不小于零".into();
            self.fault(line, zh, "values of a table are all amounts or all ratios, and none is below zero".into());
            return (kind, 1);
        }
        let ratios = values.iter().filter_map(|value| match value {
            Literal::Ratio(ratio) => Some(*ratio),
            _ => None,
        });
        let ratios: Vec<Ratio> = ratios.collect();
        (kind, self.common(ratios.into_iter(), line))
    }
}

/// The largest number that amounts are divided by.
const LARGEST_DIVISOR: i128 = 1 << 62;
const EVERYTHING: Bounds = Bounds { from: None, below: None };

fn amount(slot: usize) -> Term {
    Term { kind: Kind::Amount, at: Quotient::whole(Source::Slot(slot)) }
}

fn is_payable(value: &Literal) -> bool {
    match value {
        Literal::Amount(fen) => fen.fen() >= 0,
        Literal::Ratio(ratio) => ratio.over() >= 0,
        Literal::Count(_) | Literal::Day(_) => false,
    }
}

/// Where a literal stands.
pub(crate) fn quotient(literal: &Literal) -> Quotient {
    match literal {
        Literal::Amount(fen) => Quotient::whole(Source::Constant(fen.fen())),
        Literal::Count(count) => Quotient::whole(Source::Constant(*count)),
        Literal::Day(day) => Quotient::whole(Source::Constant(i64::from(day.number()))),
        Literal::Ratio(ratio) => {
            Quotient { over: Source::Constant(ratio.over()), under: Source::Constant(ratio.under()) }
        }
    }
}

/// A literal as a number over a common divisor.
fn scaled(literal: &Literal, under: i64) -> i64 {
    match literal {
        Literal::Amount(fen) => fen.fen(),
        Literal::Count(count) => *count,
        Literal::Day(day) => i64::from(day.number()),
        Literal::Ratio(ratio) => ratio.over() * (under / ratio.under()),
    }
}

/// An operand as the policy writes it.
pub(crate) fn shown(operand: &Operand) -> String {
    match operand {
        Operand::Name(name) => name.clone(),
        Operand::Literal(Literal::Amount(fen)) => format!("{fen} 元"),
        Operand::Literal(Literal::Count(count)) => count.to_string(),
        Operand::Literal(Literal::Ratio(ratio)) => ratio.to_string(),
        Operand::Literal(Literal::Day(day)) => day.to_string(),
    }
}
