//! A standard for incubators, makerspaces and platforms, in TOML; every fault with its line.

use crate::policy::fields::{Fields, Reader};
use crate::policy::{input, text_of};
use gouji_fund::carriers::{Criterion, Direction, Grade, MoveRule, PointStep, Standard, Support};
use gouji_fund::policy::{Input, Kind, Literal};
use gouji_fund::program::PolicyFault;
use gouji_model::Fen;

/// Reads the standard of an assessment of carriers.
pub fn read_carriers(bytes: &[u8]) -> Result<Standard, Vec<PolicyFault>> {
    let reader = Reader::new(text_of(bytes)?);
    let standard = reader.root().map(|root| standard(&root));
    match (standard, reader.into_faults()) {
        (Some(standard), faults) if faults.is_empty() => Ok(standard),
        (_, faults) => Err(faults),
    }
}

fn standard(root: &Fields) -> Standard {
    let head = root.table("standard");
    let word = |key: &str| head.as_ref().map_or_else(String::new, |head| head.text(key));
    let first = gouji_fund::Day::from_number(0).expect("1970-01-01 is a day");
    let inputs: Vec<Input> = root.tables("evidence").iter().map(input).collect();
    let standard = Standard {
        id: word("id"),
        document: word("document"),
        from: head.as_ref().map_or(first, |head| head.day("from")),
        to: head.as_ref().filter(|head| head.has("to")).map(|head| head.day("to")),
        criteria: root.tables("criterion").iter().map(|fields| criterion(fields, &inputs)).collect(),
        grades: root.tables("grade").iter().map(grade).collect(),
        levels: head.as_ref().map_or_else(Vec::new, |head| head.texts("levels")),
        moves: root.tables("move").iter().map(move_rule).collect(),
        inputs,
    };
    match head {
        Some(head) => head.finish(),
        None => root.fault("缺少 [standard]", "[standard] is missing"),
    }
    let falls = standard.grades.windows(2).all(|pair| pair[0].from > pair[1].from);
    if !falls || standard.grades.last().is_none_or(|last| last.from != 0) {
        root.fault("[[grade]] 要从高到低写，最后一档 from = 0", "write [[grade]] from the best; the last is from = 0");
    }
    for grade in standard.moves.iter().flat_map(|rule| &rule.grades) {
        if !standard.grades.iter().any(|known| known.name == *grade) {
            root.fault(&format!("没有名为“{grade}”的等次"), &format!("no grade is called `{grade}`"));
        }
    }
    if standard.levels.is_empty() {
        root.fault("levels 至少写一级，从低到高", "levels names at least one, from the lowest");
    }
    root.finish();
    standard
}

fn criterion(fields: &Fields, inputs: &[Input]) -> Criterion {
    let name = fields.text("value");
    let place = inputs.iter().position(|input| input.name == name);
    let kind = place.map(|place| inputs[place].kind);
    let is_number = kind.is_none_or(|kind| matches!(kind, Kind::Amount | Kind::Count | Kind::Ratio));
    if place.is_none() || !is_number {
        let zh = format!("“{name}”不是 [[evidence]] 里的金额、数量或比例");
        fields.fault(&zh, &format!("`{name}` is no amount, count or ratio of [[evidence]]"));
    }
    let steps: Vec<PointStep> = fields.tables("steps").iter().map(|step| point_step(step, kind)).collect();
    let falls = steps.windows(2).all(|pair| is_above(&pair[0].at_least, &pair[1].at_least));
    if steps.is_empty() || !falls {
        fields.fault("steps 要从高到低写", "write steps from the highest threshold");
    }
    let criterion = Criterion {
        name: fields.text("name"),
        clause: fields.text("clause"),
        input: place.unwrap_or(0),
        steps,
        is_needed: fields.flag("needed").unwrap_or(false),
        line: fields.line(),
    };
    fields.finish();
    criterion
}

fn point_step(fields: &Fields, kind: Option<Kind>) -> PointStep {
    let at_least = fields.needed_literal_of("at-least", kind.unwrap_or(Kind::Count)).unwrap_or(Literal::Count(0));
    let step = PointStep { at_least, points: points(fields, "points") };
    fields.finish();
    step
}

fn is_above(one: &Literal, other: &Literal) -> bool {
    match (one, other) {
        (Literal::Amount(one), Literal::Amount(other)) => one > other,
        (Literal::Count(one), Literal::Count(other)) => one > other,
        (Literal::Ratio(one), Literal::Ratio(other)) => {
            i128::from(one.over()) * i128::from(other.under()) > i128::from(other.over()) * i128::from(one.under())
        }
        _ => true,
    }
}

/// Whole points from 0 to 1,000.
fn points(fields: &Fields, key: &str) -> u32 {
    let points = fields.needed_whole(key);
    if !(0..=1_000).contains(&points) {
        fields.fault(&format!("{key} 应为 0 至 1000"), &format!("{key} is 0 to 1000"));
    }
    points.clamp(0, 1_000) as u32
}

fn grade(fields: &Fields) -> Grade {
    let support = match (fields.literal("amount"), fields.has("percent")) {
        (Some(Literal::Amount(fen)), false) => Support::Amount(fen),
        (None, true) => Support::Percent(points(fields, "percent")),
        _ => {
            fields.fault("请写 amount（金额）或 percent 之一", "write one of amount and percent");
            Support::Amount(Fen::new(0))
        }
    };
    let grade =
        Grade { name: fields.text("name"), from: points(fields, "from"), clause: fields.text("clause"), support };
    fields.finish();
    grade
}

fn move_rule(fields: &Fields) -> MoveRule {
    let directions =
        [("up", Direction::Up), ("stay", Direction::Stay), ("down", Direction::Down), ("out", Direction::Out)];
    let years = fields.needed_whole("years");
    if !(1..=20).contains(&years) {
        fields.fault("years 应为 1 至 20", "years is 1 to 20");
    }
    let rule = MoveRule {
        grades: fields.texts("grades"),
        years: years.clamp(1, 20) as u32,
        direction: fields.word("to", &directions),
        clause: fields.text("clause"),
    };
    fields.finish();
    rule
}
