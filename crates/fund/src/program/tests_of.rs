//! From tests to outcomes.

use super::compile::{Compiler, shown};
use super::{NO, Operation, Outcome, Quotient, Source, YES};
use crate::policy::{Compare, Kind, Side, Span, Test, Value};

impl Compiler {
    /// The outcome of a test; the slots of its comparisons are added to `leaves` in reading order.
    pub(super) fn test(&mut self, test: &Test, line: u32, leaves: &mut Vec<Outcome>) -> Outcome {
        match test {
            Test::All(tests) | Test::Any(tests) => {
                if tests.is_empty() {
                    self.fault(line, "all、any 里至少要有一个条件".into(), "all and any need a test inside".into());
                }
                let inside = tests.iter().map(|test| self.test(test, line, leaves)).collect();
                let out = self.outcome();
                self.operations.push(match test {
                    Test::All(_) => Operation::All(inside, out),
                    _ => Operation::Any(inside, out),
                });
                out
            }
            Test::Not(test) => {
                let inside = self.test(test, line, leaves);
                let out = self.outcome();
                self.operations.push(Operation::Not(inside, out));
                out
            }
            leaf => {
                let out = self.leaf(leaf, line);
                leaves.push(out);
                out
            }
        }
    }

    fn leaf(&mut self, test: &Test, line: u32) -> Outcome {
        let operation = match test {
            Test::Compare { left, how, right } => {
                let (left, right) = self.pair(left, right, line);
                let (fits, out) = (self.fits(left, right), self.outcome());
                Operation::Compare { left, how: *how, right, fits, out }
            }
            Test::Among { left, words, side } => {
                let input = self.input_of(left, Kind::Class, line);
                Operation::Among { input, words: words.clone(), inside: inside(*side), out: self.outcome() }
            }
            Test::Is { left, answer } => {
                let of = Source::Slot(self.input_of(left, Kind::Flag, line));
                Operation::IsSet { of, inside: inside(*answer), out: self.outcome() }
            }
            Test::Months { from, to, how, months } => {
                let (from, to) = (self.day(from, line), self.day(to, line));
                let limit = self.months_after(from, *months, line);
                match how {
                    Span::AtLeast => return self.compare_days(to, Compare::AtLeast, limit),
                    // A certificate dated after the application is not "within two years" before it.
                    Span::AtMost => {
                        let both = [(Compare::AtMost, limit), (Compare::AtLeast, from)];
                        let both = both.map(|(how, limit)| self.compare_days(to, how, limit));
                        Operation::All(both.to_vec(), self.outcome())
                    }
                }
            }
            Test::All(_) | Test::Any(_) | Test::Not(_) => return self.outcome(),
        };
        self.operations.push(operation);
        self.outcomes - 1
    }

    fn compare_days(&mut self, left: Source, how: Compare, right: Source) -> Outcome {
        let (left, right) = (Quotient::whole(left), Quotient::whole(right));
        let (fits, out) = (self.fits(left, right), self.outcome());
        self.operations.push(Operation::Compare { left, how, right, fits, out });
        out
    }

    /// Two values of one kind.
    fn pair(&mut self, left: &Value, right: &Value, line: u32) -> (Quotient, Quotient) {
        let (one, other) = (self.value(left, line), self.value(right, line));
        let is_ordered = matches!(one.kind, Kind::Amount | Kind::Count | Kind::Ratio | Kind::Day);
        if one.kind != other.kind || !is_ordered {
            let names: Vec<String> = left.operands().into_iter().chain(right.operands()).map(shown).collect();
            let names = names.join("、");
            let (one, other) = (one.kind, other.kind);
            let zh = format!("{names}：{}不能与{}比较；请检查单位（元、万元、人、%）", one.chinese(), other.chinese());
            let en = format!("{names}: {} cannot be compared with {}; check the units", one.word(), other.word());
            self.fault(line, zh, en);
        }
        (one.at, other.at)
    }
}

const fn inside(side: Side) -> u8 {
    match side {
        Side::Inside => YES,
        Side::Outside => NO,
    }
}
