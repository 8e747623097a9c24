//! Random policies of one shape each, and random applicants whose values lie at the bounds of the policy.

use gouji_fund::Day;
use gouji_fund::evidence::Column;
use gouji_fund::policy::{
    Absent, Band, Binding, Bounds, Compare, Condition, Failure, Formula, GridCell, Input, Instalments, Kind, Literal,
    Mode, Operand, Pick, Policy, Ratio, Rounding, Row, Side, Span, Step, Test, Value, Version, Way,
};
use gouji_model::Fen;

/// What each policy has at least once.
pub const SHAPES: [&str; 23] = [
    "plain",
    "smallest",
    "largest",
    "sum",
    "less",
    "rate",
    "rate of record",
    "rate of table",
    "each",
    "bands",
    "table",
    "table of share",
    "table of growth",
    "grid",
    "by class",
    "compare",
    "compare shares",
    "compare growth",
    "among",
    "is",
    "months",
    "all any not",
    "when",
];

const WORDS: [&str; 5] = ["A", "B", "C", "D", "M"];
const KINDS: [Kind; 15] = [
    Kind::Amount,
    Kind::Amount,
    Kind::Amount,
    Kind::Amount,
    Kind::Count,
    Kind::Count,
    Kind::Count,
    Kind::Ratio,
    Kind::Ratio,
    Kind::Day,
    Kind::Day,
    Kind::Class,
    Kind::Class,
    Kind::Flag,
    Kind::Flag,
];

/// Numbers that look random and follow from a seed: SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn roll(&mut self, sides: usize) -> usize {
        ((u128::from(self.number()) * sides as u128) >> 64) as usize
    }

    fn happens(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    fn choose<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.roll(list.len())].clone()
    }

    /// Small and large alike, up to a limit; below zero one time in six.
    fn size(&mut self, limit: i64) -> i64 {
        let bits = 1 + self.roll(51) as u32;
        let value = (self.number() >> (64 - bits)) as i64 % (limit + 1);
        if self.roll(6) == 0 { -value } else { value }
    }
}

/// A policy in the making.
pub struct Maker {
    /// Where chance comes from.
    pub dice: Dice,
    terms: Vec<(String, Kind)>,
    steps: Vec<Step>,
    /// Bounds the policy names, in the parts a column holds.
    bounds: Vec<(Kind, i64)>,
    ratios: Vec<Ratio>,
}

impl Maker {
    /// A maker with the inputs alone.
    pub fn new(seed: u64) -> Maker {
        let terms = KINDS.iter().enumerate().map(|(index, kind)| (format!("i{index}"), *kind)).collect();
        Maker { dice: Dice(seed), terms, steps: Vec::new(), bounds: Vec::new(), ratios: Vec::new() }
    }

    /// A policy that has the shape; not every one compiles, because some may pass the largest amount.
    pub fn policy(&mut self, shape: usize) -> Policy {
        let inputs = self.terms.iter().map(|(name, kind)| input(name, *kind)).collect();
        for _ in 0..self.dice.roll(3) {
            let shape = self.dice.roll(15);
            self.step(shape);
        }
        let own = if shape < 15 { shape } else { self.dice.roll(15) };
        self.step(own);
        let last = self.steps[self.steps.len() - 1].name.clone();
        let kind = self.terms[self.terms.len() - 1].1;
        let formula = match kind {
            Kind::Amount => Formula::Plain(Operand::Name(last)),
            Kind::Count => {
                Formula::Each { each: Operand::Literal(Literal::Amount(Fen::new(7))), of: Operand::Name(last) }
            }
            Kind::Ratio => Formula::Rate { rate: Operand::Name(last), of: self.operand(Kind::Amount) },
            _ => Formula::Plain(self.operand(Kind::Amount)),
        };
        self.finish(formula, Kind::Amount, false);
        let mut conditions = Vec::new();
        for index in 0..1 + self.dice.roll(4) {
            let shape = if index == 0 && shape >= 15 { shape } else { 15 + self.dice.roll(8) };
            let test = self.test(shape, 0);
            let is_asked_of_some = shape == 22 || self.dice.happens(15);
            let when = is_asked_of_some.then(|| self.any_test());
            let failure = self.dice.choose(&[Failure::Refuse, Failure::Assist]);
            let name = format!("c{index}");
            conditions.push(Condition { name, clause: String::new(), test, when, failure, line: 1 });
        }
        let mode = self.dice.choose(&[Mode::Approval, Mode::Approval, Mode::Review, Mode::Automatic]);
        let award = self.steps[self.steps.len() - 1].name.clone();
        Policy {
            id: "random".into(),
            name: "random".into(),
            department: String::new(),
            project: String::new(),
            inputs,
            versions: vec![Version {
                id: "1".into(),
                document: String::new(),
                from: Day::from_number(0).expect("1970-01-01 is a day"),
                to: None,
                mode,
                conditions,
                steps: std::mem::take(&mut self.steps),
                award,
                instalments: Instalments { parts: 1, months: 0 },
                allocation: None,
                switches: Vec::new(),
                line: 1,
            }],
        }
    }

    fn step(&mut self, shape: usize) {
        let (formula, kind) = self.formula(shape);
        self.finish(formula, kind, true);
    }

    fn finish(&mut self, formula: Formula, kind: Kind, may_be_bounded: bool) {
        let is_bounded = may_be_bounded && matches!(kind, Kind::Amount | Kind::Count | Kind::Day);
        let floor = (is_bounded && self.dice.happens(15)).then(|| self.operand(kind));
        let cap = (is_bounded && self.dice.happens(40)).then(|| self.operand(kind));
        let when = (kind != Kind::Class && self.dice.happens(30)).then(|| self.any_test());
        let unit = self.dice.choose(&[1, 1, 1, 3, 100, 10_000, 1_000_000, 10_000_000_000]);
        let rounding = Rounding { unit: Fen::new(unit), way: self.dice.choose(&[Way::HalfUp, Way::Down, Way::Up]) };
        let name = format!("s{}", self.steps.len());
        self.terms.push((name.clone(), kind));
        self.steps.push(Step { name, clause: String::new(), formula, when, floor, cap, rounding, line: 1 });
    }

    fn name(&mut self, kind: Kind) -> Operand {
        let fitting: Vec<_> = self.terms.iter().filter(|term| term.1 == kind).map(|term| term.0.clone()).collect();
        Operand::Name(self.dice.choose(&fitting))
    }

    /// A class that is an input, or one passed on.
    fn operand(&mut self, kind: Kind) -> Operand {
        let is_named = matches!(kind, Kind::Class | Kind::Flag) || self.dice.happens(70);
        if is_named { self.name(kind) } else { Operand::Literal(self.literal(kind)) }
    }

    fn literal(&mut self, kind: Kind) -> Literal {
        let literal = match kind {
            Kind::Count => Literal::Count(self.count()),
            Kind::Ratio => Literal::Ratio(self.ratio()),
            Kind::Day => Literal::Day(Day::from_number(self.day() as i32).expect("a day of two centuries")),
            _ => Literal::Amount(Fen::new(self.amount())),
        };
        match &literal {
            Literal::Amount(fen) => self.bounds.push((kind, fen.fen())),
            Literal::Count(count) => self.bounds.push((kind, *count)),
            Literal::Day(day) => self.bounds.push((kind, i64::from(day.number()))),
            Literal::Ratio(ratio) => self.ratios.push(*ratio),
        }
        literal
    }

    fn amount(&mut self) -> i64 {
        match self.dice.roll(4) {
            0 => self.dice.choose(&[0, 1, -1, 100, 1_000_000_000_000_000, 999_999_999_999_999]),
            1 => 10_i64.pow(self.dice.roll(16) as u32),
            _ => self.dice.size(1_000_000_000_000_000),
        }
    }

    fn count(&mut self) -> i64 {
        let small = self.dice.happens(70);
        self.dice.size(if small { 300 } else { 1_000_000_000 })
    }

    fn ratio(&mut self) -> Ratio {
        let under = self.dice.choose(&[1, 2, 3, 7, 100, 100, 100, 1000, 10_000, 999_983]);
        let over = self.dice.roll(under as usize * 3 / 2 + 2) as i64;
        let over = if self.dice.roll(12) == 0 { -over } else { over };
        Ratio::new(over, under).expect("a positive divisor")
    }

    fn day(&mut self) -> i64 {
        self.dice.roll(40_000) as i64 - 10_000
    }

    fn ratio_value(&mut self) -> Literal {
        let under = self.dice.choose(&[1, 20, 100, 1000]);
        Literal::Ratio(Ratio::new(self.dice.roll(under + 1) as i64, under as i64).expect("a positive divisor"))
    }

    fn operands(&mut self, kind: Kind) -> Vec<Operand> {
        (0..1 + self.dice.roll(3)).map(|_| self.operand(kind)).collect()
    }

    fn number_kind(&mut self) -> Kind {
        self.dice.choose(&[Kind::Amount, Kind::Amount, Kind::Count])
    }

    fn formula(&mut self, shape: usize) -> (Formula, Kind) {
        let kind = self.number_kind();
        let amount = Kind::Amount;
        match shape {
            0 => {
                let kind = self.dice.choose(&[amount, Kind::Count, Kind::Ratio, Kind::Day, Kind::Class, Kind::Flag]);
                (Formula::Plain(self.operand(kind)), kind)
            }
            1 | 2 => {
                let kind = self.dice.choose(&[kind, kind, Kind::Day]);
                let all = self.operands(kind);
                (if shape == 1 { Formula::Smallest(all) } else { Formula::Largest(all) }, kind)
            }
            3 => (Formula::Sum(self.operands(kind)), kind),
            4 => (Formula::Less(self.operand(kind), self.operands(kind)), kind),
            5 => {
                let rate = Operand::Literal(self.literal(Kind::Ratio));
                (Formula::Rate { rate, of: self.operand(amount) }, amount)
            }
            6 => (Formula::Rate { rate: Operand::Name("i7".into()), of: self.operand(amount) }, amount),
            7 => {
                let shape = 10 + self.dice.roll(5);
                let (formula, kind) = self.table(shape, Kind::Ratio);
                self.finish(formula, kind, true);
                let rate = Operand::Name(self.steps[self.steps.len() - 1].name.clone());
                (Formula::Rate { rate, of: self.operand(amount) }, amount)
            }
            8 => {
                let fen = self.dice.size(1_000_000_000);
                let each = Operand::Literal(Literal::Amount(Fen::new(fen)));
                (Formula::Each { each, of: self.operand(Kind::Count) }, amount)
            }
            9 => (self.bands(), amount),
            _ => {
                let paid = self.dice.choose(&[amount, amount, Kind::Ratio]);
                self.table(shape, paid)
            }
        }
    }

    fn bands(&mut self) -> Formula {
        let mut ups: Vec<i64> = (0..self.dice.roll(4)).map(|_| self.amount().abs() + 1).collect();
        ups.sort_unstable();
        ups.dedup();
        self.bounds.extend(ups.iter().map(|up| (Kind::Amount, *up)));
        let is_open = ups.is_empty() || self.dice.happens(70);
        let mut rate = || Ratio::new(self.dice.roll(120) as i64 - 10, 100).expect("a positive divisor");
        let mut bands: Vec<Band> = ups.iter().map(|up| Band { up_to: Some(Fen::new(*up)), rate: rate() }).collect();
        if is_open {
            bands.push(Band { up_to: None, rate: rate() });
        }
        Formula::Bands { of: self.operand(Kind::Amount), bands }
    }

    fn table(&mut self, shape: usize, paid: Kind) -> (Formula, Kind) {
        let value = |maker: &mut Maker| match paid {
            Kind::Ratio => maker.ratio_value(),
            _ => Literal::Amount(Fen::new(maker.amount().abs())),
        };
        let formula = match shape {
            14 => {
                let many = 1 + self.dice.roll(WORDS.len());
                let values = WORDS[..many].iter().map(|word| ((*word).to_owned(), value(self))).collect();
                Formula::ByClass { of: self.name(Kind::Class), values }
            }
            13 => {
                let ((of, one), (by, other)) = (self.any_value(), self.any_value());
                let cells = (0..1 + self.dice.roll(5))
                    .map(|_| GridCell { of: self.within(one), by: self.within(other), value: value(self) })
                    .collect();
                Formula::Grid { of, by, cells }
            }
            _ => {
                let (of, kind) = match shape {
                    11 => (self.share(), Kind::Ratio),
                    12 => (self.growth(), Kind::Ratio),
                    _ => {
                        let kind = self.dice.choose(&[Kind::Amount, Kind::Count, Kind::Ratio, Kind::Day]);
                        (Value::Plain(self.operand(kind)), kind)
                    }
                };
                let rows =
                    (0..1 + self.dice.roll(5)).map(|_| Row { bounds: self.within(kind), value: value(self) }).collect();
                Formula::Table { of, rows }
            }
        };
        (formula, paid)
    }

    fn within(&mut self, kind: Kind) -> Bounds {
        let from = self.dice.happens(75).then(|| self.literal(kind));
        let below = self.dice.happens(55).then(|| self.literal(kind));
        Bounds { from, below }
    }

    fn any_value(&mut self) -> (Value, Kind) {
        match self.dice.roll(4) {
            0 => (self.share(), Kind::Ratio),
            1 => (self.growth(), Kind::Ratio),
            _ => {
                let kind = self.dice.choose(&[Kind::Amount, Kind::Count, Kind::Ratio, Kind::Day]);
                (Value::Plain(self.operand(kind)), kind)
            }
        }
    }

    fn share(&mut self) -> Value {
        let kind = self.number_kind();
        Value::Share(self.operand(kind), self.operand(kind))
    }

    fn growth(&mut self) -> Value {
        let kind = self.number_kind();
        Value::Growth(self.operand(kind), self.operand(kind))
    }

    fn any_test(&mut self) -> Test {
        let shape = 15 + self.dice.roll(6);
        self.test(shape, 1)
    }

    fn test(&mut self, shape: usize, depth: usize) -> Test {
        let how =
            self.dice.choose(&[Compare::AtLeast, Compare::Above, Compare::AtMost, Compare::Below, Compare::Equal]);
        let side = self.dice.choose(&[Side::Inside, Side::Outside]);
        match shape {
            15 => {
                let kind = self.dice.choose(&[Kind::Amount, Kind::Amount, Kind::Count, Kind::Ratio, Kind::Day]);
                Test::Compare { left: Value::Plain(self.operand(kind)), how, right: Value::Plain(self.operand(kind)) }
            }
            16 | 17 => {
                let left = if shape == 16 { self.share() } else { self.growth() };
                let right = match self.dice.roll(4) {
                    0 => self.share(),
                    1 => self.growth(),
                    _ => Value::Plain(self.operand(Kind::Ratio)),
                };
                Test::Compare { left, how, right }
            }
            18 => {
                let words = WORDS.iter().filter(|_| self.dice.happens(50)).map(|word| (*word).to_owned()).collect();
                Test::Among { left: self.name(Kind::Class), words, side }
            }
            19 => Test::Is { left: self.name(Kind::Flag), answer: side },
            20 => Test::Months {
                from: self.operand(Kind::Day),
                to: self.operand(Kind::Day),
                how: self.dice.choose(&[Span::AtMost, Span::AtLeast]),
                months: self.dice.roll(80) as i32 - 5,
            },
            21 if depth < 3 => {
                let mut inside = || {
                    let shape = 15 + self.dice.roll(7);
                    self.test(shape, depth + 1)
                };
                let tests = vec![inside(), inside(), inside()];
                match self.dice.roll(3) {
                    0 => Test::All(tests),
                    1 => Test::Any(tests),
                    _ => Test::Not(Box::new(tests.into_iter().next().expect("three tests"))),
                }
            }
            _ => self.any_test(),
        }
    }

    /// So many applicants.
    pub fn columns(&mut self, rows: usize) -> Vec<Column> {
        let mut columns: Vec<Column> = KINDS.iter().map(|kind| Column::new(*kind, rows)).collect();
        // Some columns know everything, as most registers do.
        let gaps: Vec<bool> = KINDS.iter().map(|_| self.dice.happens(60)).collect();
        for _ in 0..rows {
            let mut row: Vec<i64> = Vec::new();
            for (index, kind) in KINDS.iter().enumerate() {
                let value = self.number(*kind, &row);
                row.push(value);
                let is_known = !(gaps[index] && self.dice.happens(8));
                match kind {
                    Kind::Class => {
                        let word = self.dice.choose(&WORDS);
                        columns[index].push_word(is_known.then_some(word), 1);
                    }
                    _ => columns[index].push(is_known.then_some(value), 1),
                }
            }
        }
        columns
    }

    fn number(&mut self, kind: Kind, row: &[i64]) -> i64 {
        let near = self.dice.roll(3) as i64 - 1;
        let limit = if kind == Kind::Amount { 1_000_000_000_000_000 } else { 1_000_000_000 };
        let named: Vec<i64> = self.bounds.iter().filter(|bound| bound.0 == kind).map(|bound| bound.1).collect();
        let value = match self.dice.roll(10) {
            0..4 if !named.is_empty() => self.dice.choose(&named) + near,
            4 | 5 if !self.ratios.is_empty() => self.near_ratio(kind, row) + near,
            6 => near,
            _ => match kind {
                Kind::Amount => self.amount(),
                Kind::Day => self.day(),
                Kind::Ratio => self.dice.size(2_000_000),
                _ => self.count(),
            },
        };
        match kind {
            Kind::Flag => value & 1,
            Kind::Day => value.clamp(-30_000, 60_000),
            _ => value.clamp(-limit, limit),
        }
    }

    /// A share of an earlier value, or that value grown, by a ratio the policy names.
    fn near_ratio(&mut self, kind: Kind, row: &[i64]) -> i64 {
        let ratio = self.dice.choose(&self.ratios);
        let earlier: Vec<i64> = row.iter().zip(KINDS).filter(|(_, of)| *of == kind).map(|(value, _)| *value).collect();
        let base = match (kind, earlier.is_empty()) {
            (Kind::Ratio, _) => 1_000_000,
            (_, true) => 1_000,
            _ => self.dice.choose(&earlier),
        };
        let part = i128::from(base) * i128::from(ratio.over()) / i128::from(ratio.under());
        let grown = self.dice.happens(50) && kind != Kind::Ratio;
        (part as i64).saturating_add(if grown { base } else { 0 })
    }
}

fn input(name: &str, kind: Kind) -> Input {
    let binding = Binding {
        register: "application".into(),
        column: name.into(),
        pick: Pick::Only,
        years_back: None,
        matching: Vec::new(),
        only: None,
        absent: Absent::Unknown,
    };
    Input { name: name.into(), kind, binding, line: 1 }
}
