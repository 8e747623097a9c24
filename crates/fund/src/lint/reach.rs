//! What nobody reaches: rows of tables, an award at all; and what everybody meets: a cap, a person.

use super::logic::{Claim, claim, is_possible, met};
use super::ranges::Ranges;
use super::{Notice, NoticeKind, Subject};
use crate::judge::Lane;
use crate::policy::{Absent, Bounds, Compare, Failure, Formula, Kind, Literal, Operand, Pick, Side, Step, Test, Value};
use crate::probe::{Seen, number};

pub(super) fn look(subject: &Subject, notices: &mut Vec<Notice>) {
    let ranges = Ranges::new(subject.rule);
    // A word with a typo is out of reach for that alone.
    let has_typo = is_told(subject, notices, &[NoticeKind::WordTypo]);
    for (index, step) in subject.rule.version.steps.iter().enumerate() {
        if !has_typo {
            unreachable_rows(subject, &ranges, step, notices);
        }
        cap_always(subject, (index, step), notices);
        small_cap(subject, (index, step), notices);
    }
    nobody_paid(subject, notices);
    paid_nothing(subject, notices);
    never_automatic(subject, notices);
}

/// Whether a notice of one of some kinds is given about the version.
fn is_told(subject: &Subject, notices: &[Notice], kinds: &[NoticeKind]) -> bool {
    notices.iter().any(|notice| notice.version == subject.rule.version.id && kinds.contains(&notice.kind))
}

/// Rows, cells and words that no applicant who meets the conditions can have.
fn unreachable_rows(subject: &Subject, ranges: &Ranges, step: &Step, notices: &mut Vec<Notice>) {
    let conditions = &subject.rule.version.conditions;
    let mut held: Vec<Claim> = conditions.iter().filter(|one| one.failure == Failure::Refuse).map(met).collect();
    held.extend(step.when.iter().map(|when| claim(when, true)));
    if !is_possible(&held, ranges) {
        return;
    }
    for (name, tests) in rows_of(&step.formula) {
        let claims = held.iter().cloned().chain(tests.iter().map(|test| claim(test, true)));
        if is_possible(&claims.collect::<Vec<_>>(), ranges) {
            continue;
        }
        let inside = |seen: &Seen| tests.iter().all(|test| holds(seen, test));
        let goal = |seen: &Seen| 8 * u32::from(!inside(seen)) + seen.unmet();
        let (mut row, left) = subject.probe.seek(std::slice::from_ref(&subject.best), goal);
        if let [Test::Among { left: Operand::Name(input), words, .. }] = tests.as_slice()
            && let Some(input) = subject.probe.input(input)
        {
            row = subject.best.clone();
            row[input] = subject.probe.place(input, &words[0]);
        } else if left >= 8 {
            continue;
        }
        let zh = format!("“{}”的“{name}”一档没有人够得着：符合条件的都不在其中；请核对界限或条件", step.name);
        let en = format!("nobody who meets the conditions is in the row `{name}` of `{}`", step.name);
        notices.push(subject.notice(NoticeKind::UnreachableRow, step.line, &row, (zh, en)));
    }
}

/// Each row with its name and the tests that hold inside.
fn rows_of(formula: &Formula) -> Vec<(String, Vec<Test>)> {
    let inside = |of: &Value, bounds: &Bounds| {
        let one = |literal: &Literal, how| Test::Compare {
            left: of.clone(),
            how,
            right: Value::Plain(Operand::Literal(literal.clone())),
        };
        let from = bounds.from.iter().map(|from| one(from, Compare::AtLeast));
        from.chain(bounds.below.iter().map(|below| one(below, Compare::Below))).collect::<Vec<_>>()
    };
    match formula {
        Formula::Table { of, rows } => {
            let rows = rows.iter().zip(1..);
            rows.map(|(row, number)| (format!("第 {number} 档"), inside(of, &row.bounds))).collect()
        }
        Formula::Grid { of, by, cells } => {
            let cells = cells.iter().zip(1..);
            cells
                .map(|(cell, number)| {
                    (format!("第 {number} 格"), [inside(of, &cell.of), inside(by, &cell.by)].concat())
                })
                .collect()
        }
        Formula::ByClass { of, values } => values
            .iter()
            .map(|(word, _)| {
                let test = Test::Among { left: of.clone(), words: vec![word.clone()], side: Side::Inside };
                (word.clone(), vec![test])
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether a comparison of a value with a literal holds.
fn holds(seen: &Seen, test: &Test) -> bool {
    let Test::Compare { left, how, right: Value::Plain(Operand::Literal(literal)) } = test else { return false };
    let Some(value) = seen.value(left) else { return false };
    let order = super::logic::order(value, number(literal));
    if *how == Compare::AtLeast { order.is_ge() } else { order.is_lt() }
}

/// The values that a table gives, in fen.
fn paid(formula: &Formula) -> Vec<i64> {
    let literals: Vec<&Literal> = match formula {
        Formula::Table { rows, .. } => rows.iter().map(|row| &row.value).collect(),
        Formula::Grid { cells, .. } => cells.iter().map(|cell| &cell.value).collect(),
        Formula::ByClass { values, .. } => values.iter().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    };
    let amounts = literals.into_iter().filter_map(|literal| match literal {
        Literal::Amount(fen) => Some(fen.fen()),
        _ => None,
    });
    amounts.filter(|fen| *fen > 0).collect()
}

/// A cap below every value of its table, so that all get the cap.
fn cap_always(subject: &Subject, (index, step): (usize, &Step), notices: &mut Vec<Notice>) {
    let Some(Operand::Literal(Literal::Amount(cap))) = &step.cap else { return };
    let Some(least) = paid(&step.formula).into_iter().min().filter(|least| cap.fen() < *least) else { return };
    let goal = |seen: &Seen| 8 * u32::from(seen.raw(index).is_none_or(|raw| raw.0 < least)) + seen.unmet();
    let (row, left) = subject.probe.seek(std::slice::from_ref(&subject.best), goal);
    if left < 8 {
        let zh = format!("“{}”的上限 {cap} 元低于每一档，各档都得上限；请核对单位", step.name);
        let en = format!("the cap of `{}`, {cap} yuan, lies below every row, so that all get the cap", step.name);
        notices.push(subject.notice(NoticeKind::CapAlways, step.line, &row, (zh, en)));
    }
}

/// 10,000 yuan in fen: who writes a smaller cap of costs has left out 万.
const SMALL_CAP: i64 = 1_000_000;
/// 1,000 yuan in fen.
const SMALL_VALUE: i64 = 100_000;

/// Amounts that are small for what they bound.
fn small_cap(subject: &Subject, (index, step): (usize, &Step), notices: &mut Vec<Notice>) {
    let literal = |operand: &Operand| match operand {
        Operand::Literal(Literal::Amount(fen)) => Some(fen.fen()),
        _ => None,
    };
    let cap = step.cap.as_ref().and_then(literal);
    let small = match &step.formula {
        Formula::Rate { .. } => cap.filter(|cap| *cap < SMALL_CAP),
        Formula::Bands { bands, .. } => {
            let ends = bands.iter().filter_map(|band| band.up_to.map(|end| end.fen()));
            ends.chain(cap).min().filter(|least| *least < SMALL_CAP)
        }
        // The smaller of a figure and an amount is that figure with a cap.
        Formula::Smallest(all) if all.len() > 1 => all.iter().find_map(literal).filter(|cap| *cap < SMALL_CAP),
        Formula::Each { .. } => cap.filter(|cap| *cap < SMALL_VALUE),
        formula if !is_for_each(subject, &step.name) => {
            paid(formula).into_iter().max().filter(|most| *most < SMALL_VALUE)
        }
        _ => None,
    };
    let Some(small) = small.filter(|small| *small > 0) else { return };
    let goal = |seen: &Seen| 8 * u32::from(seen.raw(index).is_none_or(|raw| raw.0 < small)) + seen.unmet();
    let (row, left) = subject.probe.seek(std::slice::from_ref(&subject.best), goal);
    if left < 8 {
        let small = gouji_model::Fen::new(small);
        let zh = format!("“{}”里的限额只有 {small} 元，是否漏写了“万”？", step.name);
        let en = format!("`{}` is bounded by {small} yuan only; is 万 missing?", step.name);
        notices.push(subject.notice(NoticeKind::SmallCap, step.line, &row, (zh, en)));
    }
}

/// Whether what a line gives is paid for each piece.
fn is_for_each(subject: &Subject, name: &str) -> bool {
    subject.rule.version.steps.iter().any(|step| match &step.formula {
        Formula::Each { each: Operand::Name(each), .. } => each == name,
        _ => false,
    })
}

/// No applicant was found who meets every condition and is paid, and no contradiction tells why.
fn nobody_paid(subject: &Subject, notices: &mut Vec<Notice>) {
    let version = subject.rule.version;
    let cause = [NoticeKind::Contradiction, NoticeKind::DeadWhen, NoticeKind::UnreachableRow];
    let is_told = is_told(subject, notices, &cause);
    let seen = subject.probe.see(std::slice::from_ref(&subject.best), |seen| (seen.unmet(), seen.award()))[0];
    if is_told || (seen.0 == 0 && seen.1 > 0) {
        return;
    }
    let line = version.steps.iter().find(|step| step.name == version.award).map_or(version.line, |step| step.line);
    let zh = match seen.0 {
        0 => "符合全部条件的也得不到资助：没有找到金额大于零的情形；请核对测算表和 award".to_owned(),
        _ => "没有找到能符合全部条件的申请人；请核对各条件的门槛和方向".to_owned(),
    };
    let en = match seen.0 {
        0 => "nobody was found who meets the conditions and is paid more than nothing".to_owned(),
        _ => "nobody was found who meets all conditions; check thresholds and directions".to_owned(),
    };
    notices.push(subject.notice(NoticeKind::NobodyPaid, line, &subject.best, (zh, en)));
}

/// Who meets every condition and gets nothing for a word, a flag or a count alone.
fn paid_nothing(subject: &Subject, notices: &mut Vec<Notice>) {
    let version = subject.rule.version;
    let cause = [NoticeKind::TableGap, NoticeKind::NobodyPaid, NoticeKind::WordTypo];
    let is_told = is_told(subject, notices, &cause);
    if is_told || !subject.has_passer {
        return;
    }
    let inputs = subject.rule.policy.inputs.iter().enumerate();
    let turned: Vec<usize> =
        inputs.filter(|(_, input)| matches!(input.kind, Kind::Class | Kind::Flag)).map(|(index, _)| index).collect();
    let mut rows: Vec<super::Row> = Vec::new();
    for (place, one) in turned.iter().enumerate() {
        for row in subject.probe.varied(&subject.best, *one) {
            turned[place + 1..].iter().for_each(|other| rows.extend(subject.probe.varied(&row, *other)));
            rows.push(row);
        }
    }
    for (index, step) in version.steps.iter().enumerate() {
        // Outside a grid nothing is often meant: its first bounds are conditions.
        if matches!(step.formula, Formula::Table { .. } | Formula::ByClass { .. }) {
            let goal = |seen: &Seen| {
                let is_nothing = seen.raw(index).is_some_and(|raw| raw.0 == 0) && seen.award() == 0;
                8 * u32::from(!is_nothing) + seen.unmet()
            };
            rows.push(subject.probe.seek(std::slice::from_ref(&subject.best), goal).0);
        }
    }
    let found = subject.probe.see(&rows, |seen| seen.lane == Lane::Pass && seen.award() == 0);
    let Some(row) = rows.iter().zip(found).find(|(_, is_nothing)| *is_nothing).map(|(row, _)| row) else { return };
    let line = version.steps.iter().find(|step| step.name == version.award).map_or(version.line, |step| step.line);
    let zh = "有人符合全部条件，算出的资助却是 0 元；是缺一档、缺一个类别，还是缺一个条件？".to_owned();
    let en = "somebody meets every condition and gets 0 yuan: is a row, a word or a condition missing?".to_owned();
    notices.push(subject.notice(NoticeKind::PaidNothing, line, row, (zh, en)));
}

/// A list of which no record is unknown never says no.
fn never_automatic(subject: &Subject, notices: &mut Vec<Notice>) {
    for (index, input) in subject.rule.policy.inputs.iter().enumerate() {
        if input.binding.pick != Pick::Exists || input.binding.absent != Absent::Unknown || !subject.has_passer {
            continue;
        }
        let mut row = subject.best.clone();
        row[index] = None;
        if subject.probe.decide(&row).0 == Lane::Assist {
            let zh = format!(
                "“{}”只会是“是”或“无记录”，永远不会是“否”：不在名单上的都要转人工；名单完整的，请写 absent = \"nothing\"",
                input.name
            );
            let en = format!(
                "`{}` is yes or not on record, never no: write absent = \"nothing\" if the list is complete",
                input.name
            );
            notices.push(subject.notice(NoticeKind::NeverNo, input.line, &row, (zh, en)));
        }
    }
}
