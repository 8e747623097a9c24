//! Amounts of a wrong unit, caps that never bind, rates above the whole, awards that fall when their base rises.

use super::ranges::Ranges;
use super::{Notice, NoticeKind, Subject};
use crate::judge::Lane;
use crate::policy::{Compare, Formula, Kind, Literal, Operand, Step, Test, Value};
use crate::probe::{Seen, name_of};
use std::collections::BTreeSet;

pub(super) fn look(subject: &Subject, notices: &mut Vec<Notice>) {
    let ranges = Ranges::new(subject.rule);
    for (index, step) in subject.rule.version.steps.iter().enumerate() {
        limits(subject, &ranges, (index, step), notices);
        rate_above_whole(subject, (index, step), notices);
        unit_slips(subject, (index, step), notices);
    }
    threshold_slips(subject, notices);
    falling_award(subject, notices);
}

fn applied(subject: &Subject, index: usize) -> super::Row {
    let goal = |seen: &Seen| {
        8 * u32::from(!seen.applies(index) || seen.raw(index).is_none_or(|raw| raw.0 <= 0)) + seen.unmet()
    };
    subject.probe.seek(std::slice::from_ref(&subject.best), goal).0
}

fn limits(subject: &Subject, ranges: &Ranges, (index, step): (usize, &Step), notices: &mut Vec<Notice>) {
    let Some((cap_low, cap)) = step.cap.as_ref().and_then(|cap| ranges.of(cap)) else { return };
    let floor = step.floor.as_ref().and_then(|floor| ranges.of(floor));
    if floor.is_some_and(|(floor, _)| cap.0 * floor.1 < floor.0 * cap.1) {
        let zh = format!("“{}”的上限低于下限，结果总是上限", step.name);
        let en = format!("the cap of `{}` lies below its floor, so that the cap is always the result", step.name);
        notices.push(subject.notice(NoticeKind::CapBelowFloor, step.line, &applied(subject, index), (zh, en)));
        return;
    }
    let Some((_, high)) = ranges.formula(step) else { return };
    if high.0 * cap_low.1 < cap_low.0 * high.1 {
        let most = high.0 / high.1;
        let goal = |seen: &Seen| {
            let raw = seen.raw(index).map_or(0, |raw| i128::from(raw.0));
            u32::try_from((most - raw).clamp(0, i128::from(u32::MAX >> 5))).unwrap_or(u32::MAX >> 5) + seen.unmet()
        };
        let (row, _) = subject.probe.seek(std::slice::from_ref(&subject.best), goal);
        let zh =
            format!("“{}”最多算到 {} 元，上限不会起作用；请核对单位", step.name, gouji_model::Fen::new(most as i64));
        let en =
            format!("`{}` never passes {} yuan, so its cap never binds", step.name, gouji_model::Fen::new(most as i64));
        notices.push(subject.notice(NoticeKind::IdleCap, step.line, &row, (zh, en)));
    }
}

/// A rate above 100 % of what somebody spent. Of an award it is a multiplier.
fn rate_above_whole(subject: &Subject, (index, step): (usize, &Step), notices: &mut Vec<Notice>) {
    let is_above = |literal: &Literal| matches!(literal, Literal::Ratio(rate) if rate.over() > rate.under());
    let (above, of) = match &step.formula {
        Formula::Rate { rate: Operand::Literal(rate), of } => (is_above(rate), of),
        Formula::Rate { rate: Operand::Name(name), of } => {
            let given = subject.rule.version.steps.iter().find(|step| step.name == *name);
            (given.is_some_and(|step| values_of(&step.formula).into_iter().any(is_above)), of)
        }
        Formula::Bands { of, bands } => (bands.iter().any(|band| band.rate.over() > band.rate.under()), of),
        _ => return,
    };
    if above && is_base(subject, of) {
        let of = Value::Plain(of.clone());
        let goal = |seen: &Seen| {
            let more = seen.raw(index).zip(seen.value(&of)).is_some_and(|(raw, of)| i128::from(raw.0) > of.0);
            8 * u32::from(!more) + seen.unmet()
        };
        let (row, left) = subject.probe.seek(std::slice::from_ref(&subject.best), goal);
        if left < 8 {
            let zh = format!("“{}”的比例超过 100%，资助多于基数", step.name);
            let en = format!("the rate of `{}` is above 100 %: more is paid than was spent", step.name);
            notices.push(subject.notice(NoticeKind::RateAboveWhole, step.line, &row, (zh, en)));
        }
    }
}

/// The literals that a table, a grid or a list of words gives.
fn values_of(formula: &Formula) -> Vec<&Literal> {
    match formula {
        Formula::Table { rows, .. } => rows.iter().map(|row| &row.value).collect(),
        Formula::Grid { cells, .. } => cells.iter().map(|cell| &cell.value).collect(),
        Formula::ByClass { values, .. } => values.iter().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    }
}

/// Whether a term is worked out of evidence alone, without a rate or a table.
fn is_base(subject: &Subject, operand: &Operand) -> bool {
    let Some(name) = name_of(operand) else { return false };
    match subject.rule.version.steps.iter().find(|step| step.name == name) {
        None => true,
        Some(step) => match &step.formula {
            Formula::Plain(_) | Formula::Smallest(_) | Formula::Largest(_) | Formula::Sum(_) | Formula::Less(..) => {
                step.formula.operands().into_iter().all(|operand| is_base(subject, operand))
            }
            _ => false,
        },
    }
}

/// A number ten thousand times away from where its siblings are.
fn slips(number: i64, siblings: &[i64]) -> bool {
    let others = siblings.iter().copied().filter(|other| *other > 0);
    let (Some(low), Some(high)) = (others.clone().min(), others.max()) else { return false };
    let (number, low, high) = (i128::from(number), i128::from(low), i128::from(high));
    let fits = |number: i128| number * 10 >= low && number <= high * 10;
    let is_small = number > 0 && number * 100 < low && fits(number * 10_000);
    is_small || (number > high * 100 && fits(number / 10_000))
}

fn fen(literal: &Literal) -> Option<i64> {
    match literal {
        Literal::Amount(fen) => Some(fen.fen()),
        _ => None,
    }
}

fn operand_fen(operand: &Operand) -> Option<i64> {
    match operand {
        Operand::Literal(literal) => fen(literal),
        Operand::Name(_) => None,
    }
}

/// 10^10 yuan: no district pays so much to one.
const BEYOND_REASON: i64 = 1_000_000_000_000;

fn unit_slips(subject: &Subject, (index, step): (usize, &Step), notices: &mut Vec<Notice>) {
    let values: Vec<i64> = values_of(&step.formula).into_iter().filter_map(fen).collect();
    let versions = subject.rule.policy.versions.iter();
    let same = versions.flat_map(|version| version.steps.iter().filter(|other| other.name == step.name));
    let same: Vec<&Step> = same.filter(|other| other.line != step.line).collect();
    let cap = step.cap.as_ref().and_then(operand_fen);
    let mut found = None;
    for (place, value) in values.iter().enumerate() {
        let mut siblings = values.clone();
        siblings.remove(place);
        siblings.extend(same.iter().flat_map(|other| values_of(&other.formula)).filter_map(fen));
        found = found.or(slips(*value, &siblings).then_some(*value));
    }
    // All values of a list may have slipped together.
    let theirs: Vec<i64> = same.iter().flat_map(|other| values_of(&other.formula)).filter_map(fen).collect();
    if values.iter().all(|value| slips(*value, &theirs)) {
        found = found.or(values.first().copied());
    }
    if let Some(cap) = cap {
        let caps = subject.rule.version.steps.iter().filter(|other| other.line != step.line);
        let caps = caps.chain(same.iter().copied()).filter_map(|other| operand_fen(other.cap.as_ref()?));
        let siblings: Vec<i64> = caps.chain(values.iter().copied()).collect();
        found = found.or((slips(cap, &siblings) || cap >= BEYOND_REASON).then_some(cap));
    }
    for bounds in bounds_of(&step.formula) {
        for (place, bound) in bounds.iter().enumerate() {
            let mut siblings = bounds.clone();
            siblings.remove(place);
            found = found.or(slips(*bound, &siblings).then_some(*bound));
        }
    }
    if let Some(amount) = found {
        let amount = gouji_model::Fen::new(amount);
        let zh = format!("“{}”里的 {amount} 元与同类数相差约一万倍；元、万元是否写错？", step.name);
        let en = format!("{amount} yuan in `{}` is ten thousand times away from its like: 元 or 万元?", step.name);
        notices.push(subject.notice(NoticeKind::UnitSlip, step.line, &applied(subject, index), (zh, en)));
    }
}

/// The amounts among the bounds of a table or of bands.
fn bounds_of(formula: &Formula) -> Vec<Vec<i64>> {
    let sorted = |mut all: Vec<i64>| {
        all.sort_unstable();
        all.dedup();
        all
    };
    match formula {
        Formula::Bands { bands, .. } => vec![bands.iter().filter_map(|band| band.up_to.map(|fen| fen.fen())).collect()],
        Formula::Table { rows, .. } => {
            let bounds = rows.iter().flat_map(|row| row.bounds.from.iter().chain(&row.bounds.below));
            vec![sorted(bounds.filter_map(fen).collect())]
        }
        _ => Vec::new(),
    }
}

/// Thresholds of one condition that differ ten thousand times between versions.
fn threshold_slips(subject: &Subject, notices: &mut Vec<Notice>) {
    for condition in &subject.rule.version.conditions {
        let versions = subject.rule.policy.versions.iter();
        let same = versions.flat_map(|version| &version.conditions);
        let same = same.filter(|other| other.name == condition.name && other.line != condition.line);
        let siblings: Vec<i64> = same.flat_map(|other| thresholds(&other.test)).collect();
        let mine = thresholds(&condition.test);
        let Some(slip) = mine.into_iter().find(|one| slips(*one, &siblings)) else { continue };
        let slip = gouji_model::Fen::new(slip);
        let zh = format!("“{}”的门槛 {slip} 元与其他版本相差约一万倍", condition.name);
        let en =
            format!("the threshold {slip} yuan of `{}` is ten thousand times away from other versions", condition.name);
        notices.push(subject.notice(NoticeKind::UnitSlip, condition.line, &subject.best, (zh, en)));
    }
}

fn thresholds(test: &Test) -> Vec<i64> {
    let leaves = crate::explain::leaves(test);
    let amounts = leaves.into_iter().filter_map(|leaf| match leaf {
        Test::Compare { how: Compare::AtLeast | Compare::Above | Compare::AtMost | Compare::Below, right, .. } => {
            Some(right)
        }
        _ => None,
    });
    amounts.flat_map(Value::operands).filter_map(operand_fen).collect()
}

/// Two applicants who pass and differ in the base alone, and the larger base gets less.
fn falling_award(subject: &Subject, notices: &mut Vec<Notice>) {
    // A gap or a slip makes awards fall too; its cause is told already.
    let is_cause = |notice: &Notice| {
        let version = &subject.rule.version.id;
        matches!(notice.kind, NoticeKind::TableGap | NoticeKind::UnitSlip) && notice.version == *version
    };
    if !subject.has_passer || notices.iter().any(is_cause) {
        return;
    }
    let mut starts = vec![subject.best.clone()];
    for (index, input) in subject.rule.policy.inputs.iter().enumerate() {
        if matches!(input.kind, Kind::Class | Kind::Flag) {
            starts.extend(subject.probe.varied(&subject.best, index));
        }
    }
    for name in bases(subject) {
        let Some(input) = subject.probe.input(&name) else { continue };
        for start in &starts {
            let rows = subject.probe.varied(start, input);
            let seen = subject.probe.see(&rows, |seen| (seen.lane != Lane::Refuse && seen.unmet() == 0, seen.award()));
            let mut before: Option<(usize, i64)> = None;
            for (place, (passes, award)) in seen.iter().enumerate() {
                if !passes || *award <= 0 {
                    continue;
                }
                if let Some((earlier, more)) = before.filter(|(_, more)| more > award) {
                    let shown = |place: usize| rows[place][input].map_or(0, |value| value);
                    let (low, high) = (said(subject, input, shown(earlier)), said(subject, input, shown(place)));
                    let (more, less) = (gouji_model::Fen::new(more), gouji_model::Fen::new(*award));
                    let zh = format!("“{name}”从 {low} 增到 {high}，资助反而由 {more} 元降到 {less} 元");
                    let en =
                        format!("when `{name}` rises from {low} to {high}, the award falls from {more} to {less} yuan");
                    let line = subject.rule.version.steps.iter().find(|step| step.name == subject.rule.version.award);
                    let line = line.map_or(subject.rule.version.line, |step| step.line);
                    notices.push(subject.notice(NoticeKind::FallingAward, line, &rows[place], (zh, en)));
                    return;
                }
                before = Some((place, *award));
            }
        }
    }
}

fn said(subject: &Subject, input: usize, value: i64) -> String {
    match subject.rule.policy.inputs[input].kind {
        Kind::Amount => format!("{}元", gouji_model::Fen::new(value)),
        _ => value.to_string(),
    }
}

/// Inputs of which an award is a part, and that nothing takes away.
fn bases(subject: &Subject) -> BTreeSet<String> {
    let (mut bases, mut taken) = (BTreeSet::new(), BTreeSet::new());
    let mut todo = vec![(subject.rule.version.award.clone(), false)];
    let mut seen = BTreeSet::new();
    while let Some((name, is_taken)) = todo.pop() {
        if !seen.insert((name.clone(), is_taken)) {
            continue;
        }
        let Some(step) = subject.rule.version.steps.iter().find(|step| step.name == name) else {
            if is_taken {
                taken.insert(name)
            } else {
                bases.insert(name)
            };
            continue;
        };
        let mut add = |operand: &Operand, turned: bool| {
            todo.extend(name_of(operand).map(|name| (name.to_owned(), is_taken != turned)));
        };
        match &step.formula {
            Formula::Plain(one) | Formula::Bands { of: one, .. } | Formula::Rate { of: one, .. } => add(one, false),
            Formula::Smallest(all) | Formula::Largest(all) | Formula::Sum(all) => {
                all.iter().for_each(|one| add(one, false))
            }
            Formula::Less(first, others) => {
                add(first, false);
                others.iter().for_each(|one| add(one, true));
            }
            Formula::Each { of, .. } => add(of, false),
            Formula::Table { of: Value::Plain(of), rows } if rows.iter().all(|row| fen(&row.value).is_some()) => {
                add(of, false)
            }
            _ => {}
        }
    }
    bases.retain(|name| !taken.contains(name));
    bases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_ten_thousand_times_away() {
        let wan = 1_000_000;
        assert!(slips(30 * 100, &[5 * wan, 10 * wan, 50 * wan]));
        assert!(slips(30 * wan * 10_000, &[5 * wan, 10 * wan, 50 * wan]));
        assert!(!slips(wan, &[5 * wan, 1_000 * wan]));
        assert!(!slips(wan, &[]));
    }
}
