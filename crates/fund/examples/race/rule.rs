//! The rule of the race, its applicants, and the same rule as a loop by hand.

use gouji_fund::Day;
use gouji_fund::evidence::Column;
use gouji_fund::policy::{
    Absent, Band, Binding, Bounds, Compare, Condition, Failure, Formula, Input, Instalments, Kind, Literal, Mode,
    Operand, Pick, Policy, Ratio, Rounding, Row, Side, Step, Test, Value, Version,
};
use gouji_model::Fen;

/// What is known of each applicant.
pub const INPUTS: [(&str, Kind); 10] = [
    ("营业收入", Kind::Amount),
    ("上年营业收入", Kind::Amount),
    ("研发费用", Kind::Amount),
    ("职工人数", Kind::Count),
    ("研发人数", Kind::Count),
    ("有效专利", Kind::Count),
    ("成立日期", Kind::Day),
    ("纳税信用等级", Kind::Class),
    ("注册地在本区", Kind::Flag),
    ("列入严重失信名单", Kind::Flag),
];
const GRADES: [&str; 5] = ["A", "B", "M", "C", "D"];
const TEN_THOUSAND_YUAN: i64 = 1_000_000;
const LAST_FOUNDED: i32 = 19_723;

/// The rule: ten conditions, a required share of R&D by sales (5, 4, 3 %), bands, a bonus for growth, a cap.
pub fn policy() -> Policy {
    let inputs = INPUTS.iter().map(|(name, kind)| input(name, *kind)).collect();
    let version = Version {
        id: "2026".into(),
        document: "样例".into(),
        from: Day::from_number(0).expect("1970-01-01 is a day"),
        to: None,
        mode: Mode::Approval,
        conditions: conditions(),
        steps: steps(),
        award: "资助金额".into(),
        instalments: Instalments { parts: 1, months: 0 },
        allocation: None,
        switches: Vec::new(),
        line: 1,
    };
    let (id, name) = ("race".into(), "研发资助（样例）".into());
    Policy { id, name, department: String::new(), project: String::new(), inputs, versions: vec![version] }
}

fn conditions() -> Vec<Condition> {
    let founded = Literal::Day(Day::from_number(LAST_FOUNDED).expect("2024-01-01 is a day"));
    let grade = Test::Among { left: named("纳税信用等级"), words: words(&GRADES[..3]), side: Side::Inside };
    let share = |part, whole| Value::Share(named(part), named(whole));
    let ten_percent = Value::Plain(Operand::Literal(percent(10)));
    let tests = [
        Test::Is { left: named("注册地在本区"), answer: Side::Inside },
        Test::Is { left: named("列入严重失信名单"), answer: Side::Outside },
        test(plain("成立日期"), Compare::AtMost, Value::Plain(Operand::Literal(founded))),
        test(plain("营业收入"), Compare::AtLeast, amount(200)),
        test(plain("研发费用"), Compare::AtLeast, amount(10)),
        test(share("研发费用", "营业收入"), Compare::AtLeast, plain("应有研发占比")),
        test(plain("职工人数"), Compare::AtLeast, Value::Plain(Operand::Literal(Literal::Count(10)))),
        test(share("研发人数", "职工人数"), Compare::AtLeast, ten_percent),
        test(plain("有效专利"), Compare::AtLeast, Value::Plain(Operand::Literal(Literal::Count(1)))),
        grade,
    ];
    let named = |(index, test): (usize, Test)| Condition {
        name: format!("条件{}", index + 1),
        clause: format!("第{}条", index + 1),
        test,
        when: None,
        failure: Failure::Refuse,
        line: 1,
    };
    tests.into_iter().enumerate().map(named).collect()
}

fn steps() -> Vec<Step> {
    let fen = |many: i64| Fen::new(many * TEN_THOUSAND_YUAN);
    let bound = |many: i64| Some(Literal::Amount(fen(many)));
    let row = |from, below, rate| Row { bounds: Bounds { from, below }, value: percent(rate) };
    let rows = vec![row(None, bound(5000), 5), row(bound(5000), bound(20_000), 4), row(bound(20_000), None, 3)];
    let required = Formula::Table { of: plain("营业收入"), rows };
    let band = |up_to, over| Band { up_to, rate: Ratio::new(over, 100).expect("a positive divisor") };
    let bands = vec![band(Some(fen(500)), 10), band(Some(fen(2000)), 8), band(None, 5)];
    let basic = Formula::Bands { of: named("研发费用"), bands };
    let bonus = Formula::Rate { rate: Operand::Literal(percent(2)), of: named("研发费用") };
    let twenty = Value::Plain(Operand::Literal(percent(20)));
    let grown = test(Value::Growth(named("营业收入"), named("上年营业收入")), Compare::AtLeast, twenty);
    let step = |name: &str, formula, when, cap| Step {
        name: name.into(),
        clause: "第十一条".into(),
        formula,
        when,
        floor: None,
        cap,
        rounding: Rounding::default(),
        line: 1,
    };
    let sum = Formula::Sum(vec![named("基本资助"), named("增长奖励")]);
    vec![
        step("应有研发占比", required, None, None),
        step("基本资助", basic, None, None),
        step("增长奖励", bonus, Some(grown), None),
        step("资助金额", sum, None, Some(Operand::Literal(Literal::Amount(fen(1000))))),
    ]
}

/// Applicants of a seed, column by column.
pub fn rows(seed: u64, rows: usize) -> Vec<Vec<i64>> {
    let mut state = seed;
    let mut roll = |sides: i64| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        ((u128::from(mixed) * sides as u128) >> 64) as i64
    };
    let mut columns = vec![Vec::with_capacity(rows); INPUTS.len()];
    for _ in 0..rows {
        let scale = 10_i64.pow(roll(3) as u32);
        let sales = (150 + roll(4850)) * TEN_THOUSAND_YUAN * scale / 10 + roll(TEN_THOUSAND_YUAN);
        let before = sales / 100 * (60 + roll(80)) + roll(100);
        let research = sales / 1000 * (20 + roll(150)) + roll(1000);
        let staff = 5 + roll(400);
        let patents = roll(12);
        let values = [sales, before, research, staff, staff * (6 + roll(40)) / 100, patents].into_iter().chain([
            10_957 + roll(9_000),
            roll(40) * roll(6) / 40,
            i64::from(roll(50) != 0),
            i64::from(roll(60) == 0),
        ]);
        columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value.min(LARGEST)));
    }
    columns
}

const LARGEST: i64 = 1_000_000_000_000_000;

/// The columns as evidence.
pub fn evidence(columns: &[Vec<i64>]) -> Vec<Column> {
    let filled = INPUTS.iter().zip(columns).map(|((_, kind), values)| {
        let mut column = Column::new(*kind, values.len());
        for (value, row) in values.iter().zip(2..) {
            match kind {
                Kind::Class => column.push_word(Some(GRADES[*value as usize]), row),
                _ => column.push(Some(*value), row),
            }
        }
        column
    });
    filled.collect()
}

/// The rule by hand: a mask of what fails, and the award in fen.
pub fn by_hand(columns: &[Vec<i64>], failed: &mut [u16], awards: &mut [i64]) {
    let [sales, before, research, staff, scientists, patents, founded, grade, here, listed] = columns else { return };
    for row in 0..failed.len() {
        let (income, expense) = (sales[row], research[row]);
        let share = 5 - i64::from(income >= 5000 * TEN_THOUSAND_YUAN) - i64::from(income >= 20_000 * TEN_THOUSAND_YUAN);
        let mask = u16::from(here[row] != 1)
            | u16::from(listed[row] != 0) << 1
            | u16::from(founded[row] > i64::from(LAST_FOUNDED)) << 2
            | u16::from(income < 200 * TEN_THOUSAND_YUAN) << 3
            | u16::from(expense < 10 * TEN_THOUSAND_YUAN) << 4
            | u16::from(expense * 100 < share * income) << 5
            | u16::from(staff[row] < 10) << 6
            | u16::from(scientists[row] * 10 < staff[row]) << 7
            | u16::from(patents[row] < 1) << 8
            | u16::from(grade[row] > 2) << 9;
        let (first, second) = (500 * TEN_THOUSAND_YUAN, 2000 * TEN_THOUSAND_YUAN);
        let parts = expense.min(first) * 10 + (expense.min(second) - first).max(0) * 8 + (expense - second).max(0) * 5;
        let has_grown = (income - before[row]) * 5 >= before[row];
        let bonus = if has_grown { (expense * 2 + 50) / 100 } else { 0 };
        let award = ((parts + 50) / 100 + bonus).min(1000 * TEN_THOUSAND_YUAN);
        failed[row] = mask;
        awards[row] = if mask == 0 { award } else { 0 };
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

fn named(name: &str) -> Operand {
    Operand::Name(name.into())
}

fn plain(name: &str) -> Value {
    Value::Plain(named(name))
}

fn amount(many: i64) -> Value {
    Value::Plain(Operand::Literal(Literal::Amount(Fen::new(many * TEN_THOUSAND_YUAN))))
}

fn percent(over: i64) -> Literal {
    Literal::Ratio(Ratio::new(over, 100).expect("a positive divisor"))
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn test(left: Value, how: Compare, right: Value) -> Test {
    Test::Compare { left, how, right }
}
