//! One decision, said so that it can be worked out again by hand.

mod change;
mod nearest;
mod words;

use crate::evidence::Column;
use crate::judge::{Lane, judge};
use crate::policy::{Condition, Failure, Formula, Input, Kind, Operand, Policy, Step, Test, Value, Version};
use crate::program::{Machine, NO, Program, Quotient, Source, Term, UNKNOWN, YES};
pub use change::{Change, Nearest, Obstacle, nearest};
use gouji_model::{Fen, Lang};
use words::Say;

/// A decision with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The lane.
    pub lane: Lane,
    /// The award; `None` where it is unknown.
    pub award: Option<Fen>,
    /// Every condition in the order of the policy.
    pub conditions: Vec<ConditionLine>,
    /// Every line of the worksheet in the order of the policy.
    pub steps: Vec<StepLine>,
}

/// A condition with what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionLine {
    /// Its name.
    pub name: String,
    /// Article of the document.
    pub clause: String,
    /// What came out.
    pub answer: Answer,
    /// True when a failure refuses, false when a person decides.
    pub refuses: bool,
    /// The whole condition with every value, joined as the policy joins them; the answer follows from it alone.
    pub text: String,
    /// Each comparison inside, with both values.
    pub tests: Vec<TestLine>,
}

/// A comparison with both values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestLine {
    /// Such as `研发费用 12,000.00 元，应 ≥ 8,000.00 元`.
    pub text: String,
    /// What came out.
    pub answer: Answer,
    /// Where the values stand.
    pub sources: Vec<SourceRow>,
}

/// A row of a register that a value was read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceRow {
    /// The input.
    pub input: String,
    /// The register.
    pub register: String,
    /// Its row from 1, the head counted; 0 when there is none.
    pub row: u32,
}

/// A line of the worksheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    /// Its name.
    pub name: String,
    /// Article of the document.
    pub clause: String,
    /// How the result is worked out, with every value.
    pub working: String,
    /// The result with its unit.
    pub result: String,
    /// Where the values stand.
    pub sources: Vec<SourceRow>,
}

/// What came out of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// Something it needs is not on record.
    Unknown,
    /// It was not asked, because its `when` does not hold.
    NotAsked,
}

impl Answer {
    /// The word for it.
    pub const fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Answer::Yes, Lang::Zh) => "符合",
            (Answer::No, Lang::Zh) => "不符合",
            (Answer::Unknown, Lang::Zh) => "无法判断",
            (Answer::NotAsked, Lang::Zh) => "不适用",
            (Answer::Yes, Lang::En) => "met",
            (Answer::No, Lang::En) => "not met",
            (Answer::Unknown, Lang::En) => "unknown",
            (Answer::NotAsked, Lang::En) => "does not apply",
        }
    }

    const fn of(outcome: u8) -> Answer {
        match outcome {
            NO => Answer::No,
            UNKNOWN => Answer::Unknown,
            _ => Answer::Yes,
        }
    }
}

/// A version that was compiled, with the policy it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The version.
    pub version: &'a Version,
    /// The version, compiled.
    pub program: &'a Program,
}

/// Explains the decision on one applicant.
pub fn explain(rule: Rule, columns: &[Column], applicant: usize, lang: Lang) -> Explanation {
    let row: Vec<Column> = columns.iter().map(|column| column.row(applicant)).collect();
    let decisions = judge(rule.program, &row);
    let mut machine = Machine::new(rule.program, &row);
    machine.run(0, 1);
    let teller = Teller { rule, row: &row, machine: &machine, say: Say(lang) };
    let conditions = rule.version.conditions.iter().enumerate();
    Explanation {
        lane: decisions.lanes[0],
        award: decisions.award(0),
        conditions: conditions.map(|(index, condition)| teller.condition(index, condition)).collect(),
        steps: rule.version.steps.iter().enumerate().map(|(index, step)| teller.step(index, step)).collect(),
    }
}

/// Tells of one applicant whose slots are worked out.
struct Teller<'a> {
    rule: Rule<'a>,
    row: &'a [Column],
    machine: &'a Machine<'a>,
    say: Say,
}

impl Teller<'_> {
    fn condition(&self, index: usize, condition: &Condition) -> ConditionLine {
        let plan = &self.rule.program.conditions[index];
        let is_asked = plan.asked.is_none_or(|asked| self.machine.outcomes(asked)[0] != NO);
        let answer = if is_asked { Answer::of(self.machine.outcomes(plan.outcome)[0]) } else { Answer::NotAsked };
        let leaves = leaves(&condition.test).into_iter().chain(condition.when.iter().flat_map(leaves));
        let tests = leaves.zip(&plan.leaves).map(|(leaf, outcome)| TestLine {
            text: self.leaf(leaf),
            answer: Answer::of(self.machine.outcomes(*outcome)[0]),
            sources: self.sources(leaf.operands()),
        });
        ConditionLine {
            name: condition.name.clone(),
            clause: condition.clause.clone(),
            answer,
            refuses: condition.failure == Failure::Refuse,
            text: self.whole(condition),
            tests: tests.collect(),
        }
    }

    /// A condition with its `when`.
    fn whole(&self, condition: &Condition) -> String {
        let when = condition.when.as_ref().map_or_else(String::new, |when| self.say.asked_only(&self.test(when)));
        format!("{}{when}", self.test(&condition.test))
    }

    /// A test with every value; what is joined stands in brackets.
    fn test(&self, test: &Test) -> String {
        let each = |tests: &[Test]| tests.iter().map(|test| self.test(test)).collect::<Vec<_>>();
        match test {
            Test::All(tests) => self.say.all(&each(tests)),
            Test::Any(tests) => self.say.any(&each(tests)),
            Test::Not(test) => self.say.not(&self.test(test)),
            leaf => self.leaf(leaf),
        }
    }

    fn leaf(&self, test: &Test) -> String {
        match test {
            Test::Compare { left, how, right } => {
                format!("{}{}{} {}", self.value(left), self.say.should(), how.sign(), self.value(right))
            }
            Test::Among { left, words, side } => self.say.among(&self.operand(left), words, *side),
            Test::Is { left, answer } => self.say.flag(&self.operand(left), *answer),
            Test::Months { from, to, how, months } => {
                self.say.months(&self.operand(from), &self.operand(to), *how, *months)
            }
            Test::All(_) | Test::Any(_) | Test::Not(_) => String::new(),
        }
    }

    fn value(&self, value: &Value) -> String {
        match value {
            Value::Plain(operand) => self.operand(operand),
            Value::Share(part, whole) => self.say.share(&self.operand(part), &self.operand(whole)),
            Value::Growth(now, before) => self.say.growth(&self.operand(now), &self.operand(before)),
        }
    }

    /// A term with its value, or a literal.
    fn operand(&self, operand: &Operand) -> String {
        match operand {
            Operand::Literal(literal) => self.say.literal(literal),
            Operand::Name(name) => format!("{name} {}", self.named(name)),
        }
    }

    fn named(&self, name: &str) -> String {
        self.rule.program.terms.get(name).map_or_else(String::new, |term| self.shown(*term))
    }

    /// A value with its unit; of a class the word.
    fn shown(&self, term: Term) -> String {
        let word = match (term.kind, term.at.over) {
            (Kind::Class, Source::Slot(slot)) => self.row.get(slot).and_then(|column| column.word(0)),
            _ => None,
        };
        word.map_or_else(|| self.say.number(term.kind, self.machine.quotient(term.at, 0)), str::to_owned)
    }

    fn sources(&self, operands: Vec<&Operand>) -> Vec<SourceRow> {
        let names = operands.into_iter().filter_map(|operand| match operand {
            Operand::Name(name) => Some(name),
            Operand::Literal(_) => None,
        });
        let mut sources: Vec<SourceRow> = names
            .filter_map(|name| {
                let index = self.rule.policy.inputs.iter().position(|input| input.name == *name)?;
                let input: &Input = &self.rule.policy.inputs[index];
                let (input, register) = (name.clone(), input.binding.register.clone());
                Some(SourceRow { input, register, row: self.row[index].rows[0] })
            })
            .collect();
        sources.sort();
        sources.dedup();
        sources
    }

    fn step(&self, index: usize, step: &Step) -> StepLine {
        let plan = &self.rule.program.steps[index];
        let mut operands = step.formula.operands();
        let mut working = self.formula(&step.formula, step);
        let Some(term) = self.rule.program.terms.get(&step.name) else {
            return StepLine { working, ..StepLine::empty(step) };
        };
        let has_working = !matches!(step.formula, Formula::Plain(_));
        if has_working && (step.floor.is_some() || step.cap.is_some()) {
            working.push_str(&format!(" = {}", self.shown(Term { at: plan.raw, ..*term })));
        }
        for (limit, is_cap) in [(&step.floor, false), (&step.cap, true)] {
            let Some(limit) = limit else { continue };
            working.push_str(&self.say.limit(&self.operand(limit), is_cap));
            operands.push(limit);
        }
        if let (Some(when), Some(asked)) = (&step.when, plan.asked) {
            operands.extend(when.operands());
            let outcome = self.machine.outcomes(asked)[0];
            working.push_str(&self.say.only_when(&self.test(when), outcome == YES, outcome == UNKNOWN));
        }
        StepLine { working, result: self.shown(*term), sources: self.sources(operands), ..StepLine::empty(step) }
    }

    fn formula(&self, formula: &Formula, step: &Step) -> String {
        let all = |operands: &[Operand]| operands.iter().map(|one| self.operand(one)).collect::<Vec<_>>();
        match formula {
            Formula::Plain(operand) => self.operand(operand),
            Formula::Smallest(operands) => self.say.smallest(&all(operands)),
            Formula::Largest(operands) => self.say.largest(&all(operands)),
            Formula::Sum(operands) => all(operands).join(" + "),
            Formula::Less(first, others) => {
                self.say.less(&format!("{} − {}", self.operand(first), all(others).join(" − ")))
            }
            Formula::Rate { rate, of } => {
                let product = format!("{} × {}", self.operand(rate), self.operand(of));
                format!("{product}{}", self.say.rounding(&step.rounding))
            }
            Formula::Each { each, of } => format!("{} × {}", self.operand(each), self.operand(of)),
            Formula::Bands { of, bands } => {
                let amount = self.machine.quotient(self.at(of), 0).map(|(amount, _)| amount);
                let scale = self.say.bands(bands, amount);
                format!("{}{}{scale}{}", self.operand(of), self.say.colon(), self.say.rounding(&step.rounding))
            }
            Formula::Table { of, rows } => {
                let rows: Vec<_> = rows.iter().map(|row| self.say.row(&row.bounds, &row.value)).collect();
                self.say.table(&self.value(of), &rows)
            }
            Formula::Grid { of, by, cells } => {
                let cells: Vec<_> = cells.iter().map(|cell| self.say.cell(&cell.of, &cell.by, &cell.value)).collect();
                self.say.table(&format!("{} × {}", self.value(of), self.value(by)), &cells)
            }
            Formula::ByClass { of, values } => {
                let rows: Vec<_> =
                    values.iter().map(|(word, value)| format!("{word} → {}", self.say.literal(value))).collect();
                self.say.table(&self.operand(of), &rows)
            }
        }
    }

    fn at(&self, operand: &Operand) -> Quotient {
        match operand {
            Operand::Name(name) => {
                self.rule.program.terms.get(name).map_or(Quotient::whole(Source::Constant(0)), |term| term.at)
            }
            Operand::Literal(literal) => crate::program::quotient_of(literal),
        }
    }
}

impl StepLine {
    fn empty(step: &Step) -> StepLine {
        StepLine {
            name: step.name.clone(),
            clause: step.clause.clone(),
            working: String::new(),
            result: String::new(),
            sources: Vec::new(),
        }
    }
}

/// The comparisons inside a test, in reading order.
pub(crate) fn leaves(test: &Test) -> Vec<&Test> {
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().flat_map(leaves).collect(),
        Test::Not(test) => leaves(test),
        leaf => vec![leaf],
    }
}
