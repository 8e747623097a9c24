//! Random policies and rows, alike for a seed.

use super::oracle::Row;
use gouji_fund::Day;
use gouji_fund::evidence::Column;
use gouji_fund::policy::*;
use gouji_model::Fen;
use num_bigint::BigInt;
use num_rational::BigRational;

/// How many shapes of formula there are.
pub const SHAPES: u64 = 11;

/// SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ mixed >> 31) % sides
    }

    fn fen(&mut self) -> i64 {
        const EDGES: [i64; 6] = [0, 1, 100_000_000, 100_000_000_000, 1_000_000_000_000_000, -1_000_000_000_000_000];
        match self.roll(4) {
            0 => (EDGES[self.roll(6) as usize] + self.roll(3) as i64 - 1).clamp(-EDGES[4], EDGES[4]),
            1 => self.roll(2_000) as i64 - 200,
            2 => self.roll(10_000_000_000) as i64,
            _ => self.roll(2_000_000_000_000_001) as i64 - 1_000_000_000_000_000,
        }
    }

    fn ratio(&mut self) -> Ratio {
        const UNDER: [i64; 6] = [1, 2, 3, 100, 400, 10_000];
        let under = UNDER[self.roll(6) as usize];
        Ratio::new(self.roll(2 * under as u64 + 1) as i64, under).unwrap()
    }
}

const KINDS: [(&str, Kind); 11] = [
    ("a0", Kind::Amount),
    ("a1", Kind::Amount),
    ("a2", Kind::Amount),
    ("c0", Kind::Count),
    ("c1", Kind::Count),
    ("d0", Kind::Day),
    ("d1", Kind::Day),
    ("k0", Kind::Class),
    ("f0", Kind::Flag),
    ("f1", Kind::Flag),
    ("r0", Kind::Ratio),
];
const WORDS: [&str; 4] = ["A", "B", "C", "D"];

fn name(name: &str) -> Operand {
    Operand::Name(name.into())
}

fn amount(dice: &mut Dice) -> Operand {
    match dice.roll(5) {
        0 => Operand::Literal(Literal::Amount(Fen::new(dice.fen()))),
        other => name(["a0", "a1", "a2"][(other % 3) as usize]),
    }
}

fn value(dice: &mut Dice) -> (Value, Kind) {
    match dice.roll(6) {
        0 => (Value::Share(name("a0"), name("a1")), Kind::Ratio),
        1 => (Value::Growth(name("a0"), name("a1")), Kind::Ratio),
        2 => (Value::Share(name("c0"), name("c1")), Kind::Ratio),
        3 => (Value::Plain(name("r0")), Kind::Ratio),
        4 => (Value::Plain(name("c0")), Kind::Count),
        _ => (Value::Plain(name(["a0", "a1", "a2"][dice.roll(3) as usize])), Kind::Amount),
    }
}

fn literal(dice: &mut Dice, kind: Kind) -> Literal {
    match kind {
        Kind::Count => Literal::Count(dice.roll(12) as i64),
        Kind::Ratio => Literal::Ratio(dice.ratio()),
        _ => Literal::Amount(Fen::new(dice.fen())),
    }
}

fn side(dice: &mut Dice) -> Side {
    if dice.roll(2) == 0 { Side::Inside } else { Side::Outside }
}

fn test(dice: &mut Dice, depth: u32) -> Test {
    const HOW: [Compare; 5] = [Compare::AtLeast, Compare::Above, Compare::AtMost, Compare::Below, Compare::Equal];
    match dice.roll(if depth == 0 { 5 } else { 8 }) {
        0 | 1 => {
            let (left, kind) = value(dice);
            let right = Value::Plain(Operand::Literal(literal(dice, kind)));
            Test::Compare { left, how: HOW[dice.roll(5) as usize], right }
        }
        2 => {
            let words = WORDS[..=dice.roll(3) as usize].iter().map(|word| (*word).to_owned()).collect();
            Test::Among { left: name("k0"), words, side: side(dice) }
        }
        3 => Test::Is { left: name(["f0", "f1"][dice.roll(2) as usize]), answer: side(dice) },
        4 => {
            let how = if dice.roll(2) == 0 { Span::AtMost } else { Span::AtLeast };
            Test::Months { from: name("d0"), to: name("d1"), how, months: dice.roll(37) as i32 - 6 }
        }
        5 => Test::Not(Box::new(test(dice, depth - 1))),
        6 => Test::All((0..=dice.roll(3)).map(|_| test(dice, depth - 1)).collect()),
        _ => Test::Any((0..=dice.roll(3)).map(|_| test(dice, depth - 1)).collect()),
    }
}

fn bounds(dice: &mut Dice, kind: Kind) -> Bounds {
    let from = (dice.roll(4) > 0).then(|| literal(dice, kind));
    Bounds { from, below: (dice.roll(3) == 0).then(|| literal(dice, kind)) }
}

fn gets(dice: &mut Dice) -> Literal {
    Literal::Amount(Fen::new(dice.roll(1_000_000_000) as i64))
}

fn formula(dice: &mut Dice, shape: u64) -> Formula {
    let several = |dice: &mut Dice| (0..=dice.roll(3)).map(|_| amount(dice)).collect::<Vec<_>>();
    match shape {
        0 => Formula::Plain(amount(dice)),
        1 => Formula::Smallest(several(dice)),
        2 => Formula::Largest(several(dice)),
        3 => Formula::Sum(several(dice)),
        4 => Formula::Less(amount(dice), several(dice)),
        5 => {
            let rate = if dice.roll(3) == 0 { name("r0") } else { Operand::Literal(Literal::Ratio(dice.ratio())) };
            Formula::Rate { rate, of: amount(dice) }
        }
        6 => Formula::Each { each: Operand::Literal(gets(dice)), of: name("c0") },
        7 => {
            let mut low = 0;
            let mut bands: Vec<Band> = (0..dice.roll(3))
                .map(|_| {
                    low += 1 + dice.roll(100_000_000_000) as i64;
                    Band { up_to: Some(Fen::new(low)), rate: dice.ratio() }
                })
                .collect();
            bands.push(Band { up_to: None, rate: dice.ratio() });
            Formula::Bands { of: amount(dice), bands }
        }
        8 => {
            let (of, kind) = value(dice);
            let rows =
                (0..=dice.roll(4)).map(|_| gouji_fund::policy::Row { bounds: bounds(dice, kind), value: gets(dice) });
            Formula::Table { of, rows: rows.collect() }
        }
        9 => {
            let ((of, kind), (by, other)) = (value(dice), value(dice));
            let cell =
                |dice: &mut Dice| GridCell { of: bounds(dice, kind), by: bounds(dice, other), value: gets(dice) };
            Formula::Grid { of, by, cells: (0..=dice.roll(4)).map(|_| cell(dice)).collect() }
        }
        _ => Formula::ByClass {
            of: name("k0"),
            values: WORDS[..3].iter().map(|word| ((*word).into(), gets(dice))).collect(),
        },
    }
}

/// A policy whose amount has a shape.
pub fn policy(dice: &mut Dice, shape: u64) -> Policy {
    let binding = || Binding {
        register: "r".into(),
        column: "c".into(),
        pick: Pick::Only,
        years_back: None,
        matching: Vec::new(),
        only: None,
        absent: Absent::Unknown,
    };
    let way = [Way::HalfUp, Way::Down, Way::Up][dice.roll(3) as usize];
    let unit = Fen::new([1, 100, 10_000, 7][dice.roll(4) as usize]);
    let step = Step {
        name: "award".into(),
        clause: String::new(),
        formula: formula(dice, shape),
        when: (dice.roll(3) == 0).then(|| test(dice, 1)),
        floor: (dice.roll(4) == 0).then(|| amount(dice)),
        cap: (dice.roll(2) == 0).then(|| amount(dice)),
        rounding: Rounding { unit, way },
        line: 1,
    };
    let conditions = (0..dice.roll(12)).map(|index| Condition {
        name: format!("condition {index}"),
        clause: String::new(),
        test: test(dice, 2),
        when: (dice.roll(4) == 0).then(|| test(dice, 1)),
        failure: if dice.roll(3) == 0 { Failure::Assist } else { Failure::Refuse },
        line: 1,
    });
    let version = Version {
        id: "1".into(),
        document: "d".into(),
        from: Day::from_number(0).unwrap(),
        to: None,
        conditions: conditions.collect(),
        mode: if dice.roll(8) == 0 { Mode::Review } else { Mode::Approval },
        steps: vec![step],
        award: "award".into(),
        instalments: Instalments { parts: 1, months: 0 },
        allocation: None,
        switches: Vec::new(),
        line: 1,
    };
    let inputs = KINDS.map(|(name, kind)| Input { name: name.into(), kind, binding: binding(), line: 1 });
    let text = String::new;
    Policy {
        id: text(),
        name: text(),
        department: text(),
        project: text(),
        inputs: inputs.into(),
        versions: vec![version],
    }
}

/// Rows as columns and as the oracle reads them.
pub fn rows(dice: &mut Dice, count: usize) -> (Vec<Column>, Vec<Row>) {
    let mut columns: Vec<Column> = KINDS.iter().map(|(_, kind)| Column::new(*kind, count)).collect();
    let mut all = vec![Row::default(); count];
    // A column without unknowns takes another way through the engine.
    let doubtful: Vec<bool> = KINDS.iter().map(|_| dice.roll(2) == 0).collect();
    for (column, (name, kind)) in KINDS.iter().enumerate() {
        for row in &mut all {
            let is_unknown = doubtful[column] && dice.roll(10) == 0;
            if *kind == Kind::Class {
                let word = (!is_unknown).then(|| WORDS[dice.roll(4) as usize]);
                columns[column].push_word(word, 1);
                row.words.insert((*name).into(), word.map(str::to_owned));
                continue;
            }
            let number = match kind {
                Kind::Amount => dice.fen(),
                Kind::Count => dice.roll(14) as i64 - 1,
                Kind::Day => 17_000 + dice.roll(1_200) as i64,
                Kind::Flag => dice.roll(2) as i64,
                _ => dice.roll(2_000_000) as i64,
            };
            columns[column].push((!is_unknown).then_some(number), 1);
            let under = if *kind == Kind::Ratio { 1_000_000 } else { 1 };
            let exact = BigRational::new(BigInt::from(number), BigInt::from(under));
            row.numbers.insert((*name).into(), (!is_unknown).then_some(exact));
        }
    }
    (columns, all)
}
