//! A policy file: a programme's rules as dated data, in TOML.
//!
//! Everything that is wrong is told in one run, each with its line.

pub(crate) mod fields;
mod literal;

use fields::{Fields, Reader};
use gouji_fund::policy::{
    Absent, AllocationRule, Band, Binding, Bounds, Condition, Failure, Formula, GridCell, Input, Instalments, Kind,
    Literal, Mode, Operand, Pick, Policy, Rounding, Row, Share, Side, Span, Step, Switch, Test, Value, Version, Way,
};
use gouji_fund::policy::{Compare, Compare as How};
use gouji_fund::program::PolicyFault;
use gouji_model::Fen;

/// The most bytes a policy file may have.
pub const LARGEST_POLICY: usize = 1 << 20;

/// Reads a policy file.
pub fn read_policy(bytes: &[u8]) -> Result<Policy, Vec<PolicyFault>> {
    let reader = Reader::new(text_of(bytes)?);
    let policy = reader.root().map(|root| policy(&root));
    match (policy, reader.into_faults()) {
        (Some(policy), faults) if faults.is_empty() => Ok(policy),
        (_, faults) => Err(faults),
    }
}

/// The text of a file that is not too large.
pub(crate) fn text_of(bytes: &[u8]) -> Result<&str, Vec<PolicyFault>> {
    if bytes.len() > LARGEST_POLICY {
        let zh = format!("政策文件超过 {LARGEST_POLICY} 字节");
        return Err(vec![PolicyFault::new(1, zh, format!("a policy file has at most {LARGEST_POLICY} bytes"))]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_start_matches('\u{feff}')),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
            let fault = PolicyFault::new(line, "文件不是 UTF-8 编码；请另存为 UTF-8", "not UTF-8; save it as UTF-8");
            Err(vec![fault])
        }
    }
}

fn policy(root: &Fields) -> Policy {
    let head = root.table("policy");
    let word = |key: &str| head.as_ref().map_or_else(String::new, |head| head.text(key));
    let policy = Policy {
        id: word("id"),
        name: word("name"),
        department: word("department"),
        project: word("project"),
        inputs: root.tables("evidence").iter().map(input).collect(),
        versions: root.tables("version").iter().map(version).collect(),
    };
    if let Some(head) = head {
        head.finish();
    }
    if policy.versions.is_empty() {
        root.fault("至少要有一个 [[version]]", "at least one [[version]] is needed");
    }
    root.finish();
    policy
}

const KINDS: &[(&str, Kind)] = &[
    ("amount", Kind::Amount),
    ("count", Kind::Count),
    ("ratio", Kind::Ratio),
    ("day", Kind::Day),
    ("class", Kind::Class),
    ("flag", Kind::Flag),
];

const PICKS: &[(&str, Pick)] = &[
    ("only", Pick::Only),
    ("sum", Pick::Sum),
    ("largest", Pick::Largest),
    ("smallest", Pick::Smallest),
    ("exists", Pick::Exists),
    ("number", Pick::Number),
];

pub(crate) fn input(fields: &Fields) -> Input {
    let kind = fields.word("kind", KINDS);
    let pick = fields.word_or("pick", PICKS, Pick::Only);
    let needs_column = !matches!(pick, Pick::Exists | Pick::Number);
    let matching = fields.table("matching").map_or_else(Vec::new, |matching| matching.pairs());
    let only = fields.table("only").and_then(|only| {
        let key = only.keys().into_iter().next()?;
        Some((key.clone(), only.texts(&key)))
    });
    let fits = match pick {
        Pick::Sum => matches!(kind, Kind::Amount | Kind::Count),
        Pick::Largest | Pick::Smallest => !matches!(kind, Kind::Class | Kind::Flag),
        Pick::Exists => kind == Kind::Flag,
        Pick::Number => kind == Kind::Count,
        Pick::Only => true,
    };
    if !fits {
        let zh = format!("kind = \"{}\" 不能这样取值（pick）", kind.word());
        fields.fault(&zh, &format!("kind = \"{}\" does not go with this pick", kind.word()));
    }
    let absent = [("unknown", Absent::Unknown), ("nothing", Absent::Nothing)];
    let input = Input {
        name: fields.name("name"),
        kind,
        binding: Binding {
            register: fields.text("register"),
            column: if needs_column { fields.text("column") } else { fields.text_or("column", "") },
            pick,
            years_back: fields.whole("years-back").map(|years| years as i32),
            matching,
            only,
            absent: fields.word_or("absent", &absent, Absent::Unknown),
        },
        line: fields.line(),
    };
    fields.finish();
    input
}

fn version(fields: &Fields) -> Version {
    let modes = [("approval", Mode::Approval), ("review", Mode::Review), ("automatic", Mode::Automatic)];
    let from = fields.day("from");
    let to = fields.has("to").then(|| fields.day("to"));
    if to.is_some_and(|to| to < from) {
        fields.fault("to 早于 from", "`to` lies before `from`");
    }
    let version = Version {
        id: fields.text("id"),
        document: fields.text("document"),
        from,
        to,
        mode: fields.word_or("mode", &modes, Mode::Approval),
        conditions: fields.tables("condition").iter().map(condition).collect(),
        steps: fields.tables("step").iter().map(step).collect(),
        award: fields.text("award"),
        instalments: fields
            .table("instalments")
            .map_or(Instalments { parts: 1, months: 0 }, |parts| instalments(&parts)),
        allocation: fields.table("allocation").map(|rule| allocation(&rule)),
        switches: fields.tables("switch").iter().map(switch).collect(),
        line: fields.line(),
    };
    fields.finish();
    version
}

fn instalments(fields: &Fields) -> Instalments {
    let (parts, months) = (fields.needed_whole("parts"), fields.needed_whole("months"));
    if !(1..=60).contains(&parts) || !(0..=120).contains(&months) {
        fields.fault("parts 应为 1 至 60，months 应为 0 至 120", "parts is 1 to 60 and months 0 to 120");
    }
    fields.finish();
    Instalments { parts: parts.clamp(1, 60) as u32, months: months.clamp(0, 120) as u32 }
}

fn allocation(fields: &Fields) -> AllocationRule {
    let share = fields.word("share", &[("pro-rata", Share::ProRata), ("pure", Share::Pure)]);
    let (unit, cap) = (unit_of(fields, "unit"), fields.operand("cap"));
    fields.finish();
    AllocationRule { share, cap, unit }
}

/// An amount of at least a fen; one fen when the key is absent.
fn unit_of(fields: &Fields, key: &str) -> Fen {
    match fields.operand(key) {
        None => Fen::new(1),
        Some(Operand::Literal(Literal::Amount(fen))) if fen > Fen::new(0) => fen,
        Some(_) => {
            let zh = format!("{key} 应为大于零的金额，如 \"1元\"");
            fields.fault(&zh, &format!("{key} is an amount above zero, such as \"1元\""));
            Fen::new(1)
        }
    }
}

fn switch(fields: &Fields) -> Switch {
    let switch = Switch { batch: fields.text("batch"), reason: fields.text("reason") };
    fields.finish();
    switch
}

fn condition(fields: &Fields) -> Condition {
    let failures = [("refuse", Failure::Refuse), ("assist", Failure::Assist)];
    let condition = Condition {
        name: fields.text("name"),
        clause: fields.text_or("clause", ""),
        test: test(fields),
        when: fields.table("when").map(|when| whole_test(&when)),
        failure: fields.word_or("failure", &failures, Failure::Refuse),
        line: fields.line(),
    };
    fields.finish();
    condition
}

/// A table that holds a test and nothing else.
fn whole_test(fields: &Fields) -> Test {
    let test = test(fields);
    fields.finish();
    test
}

const COMPARISONS: [(&str, How); 5] = [
    ("at-least", How::AtLeast),
    ("above", How::Above),
    ("at-most", How::AtMost),
    ("below", How::Below),
    ("equals", How::Equal),
];

fn test(fields: &Fields) -> Test {
    if fields.has("all") {
        return Test::All(fields.tables("all").iter().map(whole_test).collect());
    }
    if fields.has("any") {
        return Test::Any(fields.tables("any").iter().map(whole_test).collect());
    }
    if let Some(inside) = fields.table("not") {
        return Test::Not(Box::new(whole_test(&inside)));
    }
    let Some(left) = fields.needed_operand("value") else { return nothing() };
    if let Some(to) = fields.operand("until") {
        let (how, months) = match (fields.whole("at-most-months"), fields.whole("at-least-months")) {
            (Some(months), None) => (Span::AtMost, months),
            (None, Some(months)) => (Span::AtLeast, months),
            _ => {
                let zh = "until 要配 at-most-months 或 at-least-months 之一";
                fields.fault(zh, "`until` goes with one of at-most-months and at-least-months");
                return nothing();
            }
        };
        return Test::Months { from: left, to, how, months: months.clamp(-1_200, 1_200) as i32 };
    }
    for (key, side) in [("one-of", Side::Inside), ("none-of", Side::Outside)] {
        if fields.has(key) {
            return Test::Among { left, words: fields.texts(key), side };
        }
    }
    if let Some(answer) = fields.flag("is") {
        return Test::Is { left, answer: if answer { Side::Inside } else { Side::Outside } };
    }
    compared(fields, left)
}

fn compared(fields: &Fields, left: Operand) -> Test {
    let left = value_of(fields, left);
    let mut found = COMPARISONS.iter().filter(|(key, _)| fields.has(key));
    match (found.next(), found.next()) {
        (Some((key, how)), None) => {
            let right = fields.needed_operand(key).unwrap_or(Operand::Literal(Literal::Count(0)));
            Test::Compare { left, how: *how, right: Value::Plain(right) }
        }
        (Some((key, how)), Some((other, also))) => {
            // Two bounds of one value are two tests that both hold.
            let bound = |key: &str, how: Compare| {
                let right = fields.needed_operand(key).unwrap_or(Operand::Literal(Literal::Count(0)));
                Test::Compare { left: left.clone(), how, right: Value::Plain(right) }
            };
            Test::All(vec![bound(key, *how), bound(other, *also)])
        }
        (None, _) => {
            let zh = "缺少判断：请写 at-least、above、at-most、below、equals、one-of、none-of、is 或 until 之一";
            let en = "no test: write one of at-least, above, at-most, below, equals, one-of, none-of, is and until";
            fields.fault(zh, en);
            nothing()
        }
    }
}

/// The value alone, its share of another, or its growth over another.
fn value_of(fields: &Fields, value: Operand) -> Value {
    match (fields.operand("share-of"), fields.operand("growth-over")) {
        (Some(whole), None) => Value::Share(value, whole),
        (None, Some(before)) => Value::Growth(value, before),
        (None, None) => Value::Plain(value),
        (Some(_), Some(_)) => {
            fields.fault("share-of 与 growth-over 只能写一个", "write one of share-of and growth-over");
            Value::Plain(value)
        }
    }
}

/// Stands for a test that could not be read; the fault is told already.
fn nothing() -> Test {
    Test::Any(Vec::new())
}

fn step(fields: &Fields) -> Step {
    let ways = [("half-up", Way::HalfUp), ("down", Way::Down), ("up", Way::Up)];
    let step = Step {
        name: fields.name("name"),
        clause: fields.text_or("clause", ""),
        formula: formula(fields),
        when: fields.table("when").map(|when| whole_test(&when)),
        floor: fields.operand("floor"),
        cap: fields.operand("cap"),
        rounding: Rounding { unit: unit_of(fields, "round-to"), way: fields.word_or("rounding", &ways, Way::HalfUp) },
        line: fields.line(),
    };
    fields.finish();
    step
}

fn formula(fields: &Fields) -> Formula {
    let zero = || Operand::Literal(Literal::Amount(Fen::new(0)));
    let of = || fields.needed_operand("of").unwrap_or_else(zero);
    if fields.has("smallest") {
        return Formula::Smallest(fields.operands("smallest"));
    }
    if fields.has("largest") {
        return Formula::Largest(fields.operands("largest"));
    }
    if fields.has("sum") {
        return Formula::Sum(fields.operands("sum"));
    }
    if let Some(rate) = fields.operand("rate") {
        return Formula::Rate { rate, of: of() };
    }
    if let Some(each) = fields.operand("each") {
        return Formula::Each { each, of: of() };
    }
    if fields.has("bands") {
        return Formula::Bands { of: of(), bands: fields.tables("bands").iter().map(band).collect() };
    }
    if fields.has("table") {
        let rows = fields.tables("table").iter().map(row).collect();
        return Formula::Table { of: value_of(fields, of()), rows };
    }
    if fields.has("grid") {
        let by = fields.table("by").map_or_else(|| Value::Plain(zero()), |by| whole_value(&by));
        let cells = fields.tables("grid").iter().map(cell).collect();
        return Formula::Grid { of: value_of(fields, of()), by, cells };
    }
    if let Some(values) = fields.table("by-class") {
        let values = values.keys().iter().filter_map(|word| Some((word.clone(), values.literal(word)?))).collect();
        return Formula::ByClass { of: of(), values };
    }
    let Some(value) = fields.operand("value") else {
        let zh = "缺少算法：请写 value、rate、each、smallest、largest、sum、bands、table、grid 或 by-class 之一";
        let en = "no formula: write one of value, rate, each, smallest, largest, sum, bands, table, grid and by-class";
        fields.fault(zh, en);
        return Formula::Plain(zero());
    };
    if fields.has("less") {
        return Formula::Less(value, fields.operands("less"));
    }
    Formula::Plain(value)
}

/// A table that holds a value and nothing else.
fn whole_value(fields: &Fields) -> Value {
    let value = fields.needed_operand("value").unwrap_or(Operand::Literal(Literal::Count(0)));
    let value = value_of(fields, value);
    fields.finish();
    value
}

fn band(fields: &Fields) -> Band {
    let up_to = fields.literal_of("up-to", Kind::Amount).map(|literal| match literal {
        Literal::Amount(fen) => fen,
        _ => Fen::new(0),
    });
    let rate = match fields.needed_literal_of("rate", Kind::Ratio) {
        Some(Literal::Ratio(ratio)) => ratio,
        _ => gouji_fund::policy::Ratio::new(0, 1).expect("nothing over one is a ratio"),
    };
    fields.finish();
    Band { up_to, rate }
}

fn row(fields: &Fields) -> Row {
    let row = Row { bounds: bounds(fields, "from", "below"), value: gets(fields) };
    fields.finish();
    row
}

fn cell(fields: &Fields) -> GridCell {
    let cell = GridCell {
        of: bounds(fields, "from", "below"),
        by: bounds(fields, "by-from", "by-below"),
        value: gets(fields),
    };
    fields.finish();
    cell
}

fn bounds(fields: &Fields, from: &str, below: &str) -> Bounds {
    Bounds { from: fields.literal(from), below: fields.literal(below) }
}

/// What a row or a cell gives.
fn gets(fields: &Fields) -> Literal {
    fields.literal("gets").unwrap_or_else(|| {
        fields.fault("缺少 gets（这一档的金额或比例）", "`gets` is missing: the amount or rate of this row");
        Literal::Amount(Fen::new(0))
    })
}
