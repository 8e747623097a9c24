//! The worksheet suffices: every result is worked out again from the printed line alone, in fractions.

#[path = "../examples/exact/policies.rs"]
mod policies;

use gouji_fund::program::compile;
use gouji_fund::{Day, Rule, StepLine, explain};
use gouji_model::Lang;

/// A fraction with a positive divisor; `None` for what is not on record.
type Number = Option<(i128, i128)>;

#[test]
fn every_step_follows_from_its_printed_line() {
    let (mut decisions, mut lines) = (0, 0);
    for shape in 0..policies::SHAPES.len() {
        for seed in 0..10 {
            let mut maker = policies::Maker::new(seed << 8 ^ shape as u64);
            let policy = maker.policy(shape);
            let version = &policy.versions[0];
            let Ok(program) = compile(&policy, version) else { continue };
            let columns = maker.columns(20);
            let rule = Rule { policy: &policy, version, program: &program };
            for row in 0..20 {
                let told = explain(rule, &columns, row, Lang::En);
                decisions += 1;
                for line in &told.steps {
                    lines += 1;
                    check(line);
                }
            }
        }
    }
    assert!(decisions > 2_000, "only {decisions} decisions and {lines} lines were checked");
}

fn check(line: &StepLine) {
    let (working, when) = line.working.split_once("; only when “").unwrap_or((&line.working, "”: holds"));
    let (working, cap) = limit(working, ", no more than ");
    let (working, floor) = limit(working, ", no less than ");
    let (working, raw) = working.rsplit_once(" = ").map_or((working, None), |(working, raw)| (working, Some(raw)));
    if operand(working).is_err() && is_plain(working) {
        // A class is passed on as its word.
        assert!(working.ends_with(&line.result), "{line:?}");
        return;
    }
    let mut number = formula(working);
    if let Some(raw) = raw {
        assert!(same(number, value(raw)), "{number:?} is not what stands before a limit: {line:?}");
    }
    if let Some(floor) = floor {
        number = fold(vec![number, value(floor)], |one, other| if less(one, other) { other } else { one });
    }
    if let Some(cap) = cap {
        number = fold(vec![number, value(cap)], |one, other| if less(one, other) { one } else { other });
    }
    number = match when.rsplit_once("”: ").expect("a condition has an outcome").1 {
        "holds" => number,
        "does not hold: 0" => Some((0, 1)),
        _ => None,
    };
    assert!(same(number, value(&line.result)), "{number:?} is not the result: {line:?}");
}

fn limit<'t>(working: &'t str, word: &str) -> (&'t str, Option<&'t str>) {
    working.rsplit_once(word).map_or((working, None), |(working, limit)| (working, Some(limit)))
}

fn is_plain(working: &str) -> bool {
    !working.contains([':', '×', '+', '−', '÷'])
}

fn formula(text: &str) -> Number {
    if let Some((head, rows)) = text.split_once(", by the table: ") {
        return table(head, rows);
    }
    let chosen = |all: &str, largest: bool| {
        let all = all.split("; ").map(value).collect();
        fold(all, |one, other| if less(one, other) == largest { other } else { one })
    };
    if let Some(all) = text.strip_prefix("the smallest of: ") {
        return chosen(all, false);
    }
    if let Some(all) = text.strip_prefix("the largest of: ") {
        return chosen(all, true);
    }
    if let Some(all) = text.strip_suffix(" (no less than 0)") {
        let rest = fold(all.split(" − ").map(value).collect(), |one, other| plus(one, (-other.0, other.1)));
        return rest.map(|rest| (rest.0.max(0), rest.1));
    }
    for (way, added) in [(" (half up to ", 1), (" (down to ", 0), (" (up to ", 2)] {
        if let Some((product, unit)) = text.split_once(way) {
            let parts = product.split_once(": ").map_or(product, |(_, parts)| parts);
            let unit = value(unit.trim_end_matches(')'))?;
            return sum(parts).map(|number| (rounded(number, unit.0, added), 1));
        }
    }
    sum(text)
}

/// A sum of products.
fn sum(text: &str) -> Number {
    let product = |text: &str| {
        fold(text.split(" × ").map(value).collect(), |one, other| reduced((one.0 * other.0, one.1 * other.1)))
    };
    fold(text.split(" + ").map(product).collect(), plus)
}

fn table(head: &str, rows: &str) -> Number {
    let heads: Vec<&str> = head.split(" × ").collect();
    let mut found = Some((0, 1));
    for row in rows.split("; ") {
        let (bounds, paid) = row.split_once(" → ").expect("a row has a value");
        let mut is_hit = true;
        for (head, bounds) in heads.iter().zip(bounds.split(" × ")) {
            is_hit &= match operand(head) {
                Err(word) if bounds.chars().all(|sign| sign.is_ascii_uppercase()) => word == bounds,
                _ => is_inside(value(head)?, bounds),
            };
        }
        if is_hit {
            found = fold(vec![found, value(paid)], |one, other| if less(one, other) { other } else { one });
        }
    }
    found
}

fn is_inside(number: (i128, i128), bounds: &str) -> bool {
    let reaches = |bound: &str| !less(number, value(bound).expect("a bound is a literal"));
    if let Some(bounds) = bounds.strip_prefix('[') {
        let (from, below) = bounds.trim_end_matches(')').split_once(", ").expect("two bounds");
        return reaches(from) && !reaches(below);
    }
    match (bounds.strip_prefix("≥ "), bounds.strip_prefix("< ")) {
        (Some(from), _) => reaches(from),
        (_, Some(below)) => !reaches(below),
        _ => true,
    }
}

/// A term with its value, a literal, a share or a growth.
fn value(text: &str) -> Number {
    let divided =
        |over: (i128, i128), under: (i128, i128)| (under.0 > 0).then(|| reduced((over.0 * under.1, over.1 * under.0)));
    if let Some(growth) = text.strip_prefix("((") {
        let (change, before) = growth.strip_suffix(')')?.split_once(") ÷ ")?;
        let (now, _) = change.split_once(" − ")?;
        let (now, before) = (value(now)?, value(before)?);
        return divided(plus(now, (-before.0, before.1)), before);
    }
    if let Some((part, whole)) = text.split_once(" ÷ ") {
        return divided(value(part.strip_prefix('(')?)?, value(whole.strip_suffix(')')?)?);
    }
    operand(text).unwrap_or_else(|word| panic!("`{word}` is no number"))
}

/// A number; a word as the fault.
fn operand(text: &str) -> Result<Number, &str> {
    let is_name = |name: &str| name.starts_with(['i', 's']) && name[1..].bytes().all(|sign| sign.is_ascii_digit());
    let text = text.split_once(' ').filter(|(name, _)| is_name(name)).map_or(text, |(_, text)| text);
    let decimal = |text: &str, under: i128| {
        let text = text.replace(',', "");
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let digits: Option<i128> = text.replace('.', "").parse().ok();
        digits.map(|digits| reduced((digits, under * 10_i128.pow(decimals as u32))))
    };
    let number = match text {
        "(not on record)" => return Ok(None),
        "yes" => Some((1, 1)),
        "no" => Some((0, 1)),
        _ => match (text.strip_suffix(" yuan"), text.strip_suffix('%'), text.split_once('/')) {
            (Some(yuan), ..) => decimal(yuan, 1).map(|(over, under)| reduced((over * 100, under))),
            (_, Some(percent), _) => decimal(percent, 100),
            (.., Some((over, under))) => {
                over.parse().ok().zip(under.parse().ok()).map(|(over, under)| reduced((over, under)))
            }
            _ => Day::parse(text).map(|day| (i128::from(day.number()), 1)).or_else(|| decimal(text, 1)),
        },
    };
    number.map(Some).ok_or(text)
}

fn fold(all: Vec<Number>, join: impl Fn((i128, i128), (i128, i128)) -> (i128, i128)) -> Number {
    let all: Option<Vec<_>> = all.into_iter().collect();
    all?.into_iter().reduce(join)
}

fn plus(one: (i128, i128), other: (i128, i128)) -> (i128, i128) {
    reduced((one.0 * other.1 + other.0 * one.1, one.1 * other.1))
}

fn less(one: (i128, i128), other: (i128, i128)) -> bool {
    one.0 * other.1 < other.0 * one.1
}

fn same(one: Number, other: Number) -> bool {
    one.map(reduced) == other.map(reduced)
}

/// `added` half-units before cutting off: 1 for half up, 2 for up.
fn rounded((over, under): (i128, i128), unit: i128, added: i128) -> i128 {
    let divisor = 2 * under * unit;
    let extra = if added == 2 { divisor - 1 } else { added * under * unit };
    over.signum() * ((2 * over.abs() + extra) / divisor * unit)
}

fn reduced((over, under): (i128, i128)) -> (i128, i128) {
    let (mut one, mut other) = (over.abs(), under);
    while other != 0 {
        (one, other) = (other, one % other);
    }
    (over / one.max(1), under / one.max(1))
}
