//! What would have to be otherwise for a refused or assisted application to pass.

use super::{Rule, leaves};
use crate::evidence::Column;
use crate::judge::{Lane, judge};
use crate::policy::{Compare, Input, Kind, Operand, Side, Span, Test, Value};
use crate::program::{Machine, NO, Quotient, YES};
use crate::{Day, policy::Condition};
use gouji_model::{Fen, Lang};

/// One value that would have to be otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The input.
    pub input: String,
    /// What kind of value.
    pub kind: Kind,
    /// What is on record: fen, a number, days from 1970-01-01, 1 for yes; `None` for nothing.
    pub from: Option<i64>,
    /// The nearest value that meets the condition; for a class a word.
    pub to: i64,
    /// The word of a class.
    pub word: String,
}

impl Change {
    /// As a sentence.
    pub fn text(&self, lang: Lang) -> String {
        let shown = |value: i64| match self.kind {
            Kind::Amount => {
                format!("{} {}", Fen::new(value).grouped(), if lang == Lang::Zh { "元" } else { "yuan" })
            }
            Kind::Day => {
                i32::try_from(value).ok().and_then(Day::from_number).map_or_else(String::new, |day| day.to_string())
            }
            Kind::Flag => match (value != 0, lang) {
                (true, Lang::Zh) => "是".into(),
                (false, Lang::Zh) => "否".into(),
                (true, Lang::En) => "yes".into(),
                (false, Lang::En) => "no".into(),
            },
            _ => value.to_string(),
        };
        let to = if self.kind == Kind::Class { self.word.clone() } else { shown(self.to) };
        match (lang, self.from.filter(|_| self.kind != Kind::Class)) {
            (Lang::Zh, Some(from)) => format!("{}由 {} 变为 {to}", self.input, shown(from)),
            (Lang::Zh, None) => format!("{}为 {to}", self.input),
            (Lang::En, Some(from)) => format!("{} {to} instead of {}", self.input, shown(from)),
            (Lang::En, None) => format!("{} {to}", self.input),
        }
    }
}

/// The nearest values, one for each condition that fails, with which no condition fails any more; empty when
/// nothing fails, when a condition rests on a figure that is worked out, or when one change would break another condition.
pub fn nearest_changes(rule: Rule, columns: &[Column], applicant: usize) -> Vec<Change> {
    let mut row: Vec<Column> = columns.iter().map(|column| column.row(applicant)).collect();
    let mut changes: Vec<Change> = Vec::new();
    for (index, condition) in rule.version.conditions.iter().enumerate() {
        let mut machine = Machine::new(rule.program, &row);
        machine.run(0, 1);
        let plan = &rule.program.conditions[index];
        if machine.outcomes(plan.outcome)[0] != NO {
            continue;
        }
        let seeker = Seeker { rule, row: &row, machine: &machine };
        let Some(found) = seeker.meet(condition, &plan.leaves) else { return Vec::new() };
        for change in found {
            let index = rule.policy.inputs.iter().position(|input| input.name == change.input);
            let index = index.expect("a change names an input of the policy");
            row[index].set(0, change.to, &change.word);
            changes.retain(|earlier| earlier.input != change.input);
            changes.push(Change { from: columns[index].value(applicant), ..change });
        }
    }
    let decisions = judge(rule.program, &row);
    if decisions.failed(0) != 0 || decisions.lanes[0] == Lane::Refuse { Vec::new() } else { changes }
}

struct Seeker<'a> {
    rule: Rule<'a>,
    row: &'a [Column],
    machine: &'a Machine<'a>,
}

impl Seeker<'_> {
    /// Changes that make a condition hold.
    fn meet(&self, condition: &Condition, outcomes: &[usize]) -> Option<Vec<Change>> {
        let mut answers = leaves(&condition.test).into_iter().zip(outcomes);
        self.make(&condition.test, YES, &mut answers.by_ref().map(|(_, outcome)| self.machine.outcomes(*outcome)[0]))
    }

    /// Changes that give a test the wanted outcome; `answers` are those of its comparisons, in reading order.
    fn make(&self, test: &Test, wanted: u8, answers: &mut dyn Iterator<Item = u8>) -> Option<Vec<Change>> {
        match test {
            Test::Not(inside) => self.make(inside, YES - wanted, answers),
            Test::All(tests) | Test::Any(tests) => {
                let each: Vec<_> = tests.iter().map(|test| self.make(test, wanted, answers)).collect();
                let every = matches!((test, wanted), (Test::All(_), YES) | (Test::Any(_), NO));
                match every {
                    true => {
                        each.into_iter().collect::<Option<Vec<_>>>().map(|each| each.into_iter().flatten().collect())
                    }
                    // One is enough: the one with the fewest changes, the nearest of those, the first of those.
                    false => each
                        .into_iter()
                        .flatten()
                        .reduce(|best, other| if is_nearer(&other, &best) { other } else { best }),
                }
            }
            leaf => match answers.next() {
                Some(answer) if answer == wanted => Some(Vec::new()),
                _ => self.leaf(leaf, wanted).map(|change| vec![change]),
            },
        }
    }

    fn leaf(&self, test: &Test, wanted: u8) -> Option<Change> {
        match test {
            Test::Compare { left, how, right } => self.compare(left, turned(*how, wanted), right),
            Test::Is { left, answer } => {
                let input = self.input(left)?;
                Some(self.change(input, i64::from((*answer == Side::Inside) == (wanted == YES))))
            }
            Test::Among { left, words, side } => {
                let input = self.input(left)?;
                let is_inside = (*side == Side::Inside) == (wanted == YES);
                // Which word outside a list is right nobody can say.
                let word = words.first().filter(|_| is_inside)?;
                Some(Change { word: word.clone(), ..self.change(input, 0) })
            }
            Test::Months { from, to, how, months } => {
                let limit = |operand| self.known(operand);
                let is_late = (*how == Span::AtMost) == (wanted == YES);
                let input = self.input(to)?;
                let from = Day::from_number(i32::try_from(limit(from)?.0).ok()?)?;
                let edge = i64::from(from.plus_months(*months).number());
                let within = if wanted == YES {
                    edge
                } else if is_late {
                    edge - 1
                } else {
                    edge + 1
                };
                Some(self.change(input, within))
            }
            Test::All(_) | Test::Any(_) | Test::Not(_) => None,
        }
    }

    /// The smallest change of the left side, if it is an input or a share of one.
    fn compare(&self, left: &Value, how: Compare, right: &Value) -> Option<Change> {
        let Value::Plain(bound) = right else { return None };
        let (over, under) = self.known(bound)?;
        let (part, whole) = match left {
            Value::Plain(operand) => (operand, self.divisor(operand)?),
            Value::Share(part, whole) => (part, self.known(whole)?.0),
            Value::Growth(..) => return None,
        };
        // The part has to reach the bound times the whole.
        let product = i128::from(over) * i128::from(whole);
        let under = i128::from(under);
        let (down, up) = (product.div_euclid(under), -(-product).div_euclid(under));
        let to = match how {
            Compare::AtLeast => up,
            Compare::Above => down + 1,
            Compare::AtMost => down,
            Compare::Below => up - 1,
            Compare::Equal if down == up => up,
            Compare::Equal => return None,
        };
        Some(self.change(self.input(part)?, i64::try_from(to).ok()?))
    }

    /// What an input is kept in parts of: millionths for a ratio, 1 for all others.
    fn divisor(&self, operand: &Operand) -> Option<i64> {
        Some(if self.input(operand)?.kind == Kind::Ratio { 1_000_000 } else { 1 })
    }

    fn change(&self, input: &Input, to: i64) -> Change {
        let index = self.rule.policy.inputs.iter().position(|known| known.name == input.name);
        let from = index.and_then(|index| self.row[index].value(0));
        Change { input: input.name.clone(), kind: input.kind, from, to, word: String::new() }
    }

    fn input(&self, operand: &Operand) -> Option<&Input> {
        let Operand::Name(name) = operand else { return None };
        self.rule.policy.inputs.iter().find(|input| input.name == *name)
    }

    fn known(&self, operand: &Operand) -> Option<(i64, i64)> {
        match operand {
            Operand::Name(name) => self.machine.quotient(self.rule.program.terms.get(name)?.at, 0),
            Operand::Literal(literal) => {
                let at: Quotient = crate::program::quotient_of(literal);
                self.machine.quotient(at, 0)
            }
        }
    }
}

/// Whether changes are fewer than others, or one smaller change of the same input; other inputs cannot be measured.
fn is_nearer(changes: &[Change], others: &[Change]) -> bool {
    let distance = |change: &Change| change.from.map(|from| from.abs_diff(change.to));
    match (changes, others) {
        ([one], [other]) if one.input == other.input => {
            distance(one).zip(distance(other)).is_some_and(|(one, other)| one < other)
        }
        _ => changes.len() < others.len(),
    }
}

/// The comparison whose *yes* is wanted.
const fn turned(how: Compare, wanted: u8) -> Compare {
    if wanted == YES {
        return how;
    }
    match how {
        Compare::AtLeast => Compare::Below,
        Compare::Above => Compare::AtMost,
        Compare::AtMost => Compare::Above,
        Compare::Below => Compare::AtLeast,
        // Anything else is unequal; the nearest is one above.
        Compare::Equal => Compare::Above,
    }
}
