//! Conditions that never fail, that nobody can meet together, and a `when` that never holds.

use super::logic::{Claim, broken, claim, is_possible, met};
use super::ranges::Ranges;
use super::{Notice, NoticeKind, Subject};
use crate::judge::Lane;
use crate::policy::{Absent, Compare, Condition, Failure, Kind, Literal, Operand, Pick, Test, Value};
use crate::probe::Seen;
use crate::program::{NO, YES};

pub(super) fn look(subject: &Subject, notices: &mut Vec<Notice>) {
    let ranges = Ranges::new(subject.rule);
    if contradiction(subject, &ranges, notices) {
        return;
    }
    dead(subject, &ranges, notices);
    dead_when(subject, &ranges, notices);
    small_thresholds(subject, notices);
    silent_absence(subject, notices);
}

fn conditions<'a>(subject: &'a Subject<'a>) -> &'a [Condition] {
    &subject.rule.version.conditions
}

/// The fewest of some conditions with which a claim is impossible.
fn core(subject: &Subject, ranges: &Ranges, mut kept: Vec<usize>, fixed: &[Claim]) -> Vec<usize> {
    let all = conditions(subject);
    for index in kept.clone().into_iter().rev() {
        let rest: Vec<usize> = kept.iter().copied().filter(|other| *other != index).collect();
        let claims: Vec<Claim> = rest.iter().map(|other| met(&all[*other])).chain(fixed.iter().cloned()).collect();
        if !is_possible(&claims, ranges) {
            kept = rest;
        }
    }
    kept
}

fn names(subject: &Subject, indexes: &[usize], mark: &str) -> String {
    let names: Vec<&str> = indexes.iter().map(|index| conditions(subject)[*index].name.as_str()).collect();
    names.join(mark)
}

fn contradiction(subject: &Subject, ranges: &Ranges, notices: &mut Vec<Notice>) -> bool {
    let all: Vec<usize> = (0..conditions(subject).len()).collect();
    let claims: Vec<Claim> = conditions(subject).iter().map(met).collect();
    if is_possible(&claims, ranges) {
        return false;
    }
    let core = core(subject, ranges, all, &[]);
    let zh = format!("条件“{}”不可能同时成立，没有人能通过；请核对门槛", names(subject, &core, "”与“"));
    let en = format!("nobody can meet `{}` together; check their thresholds", names(subject, &core, "` and `"));
    let (row, _) = subject.probe.seek(std::slice::from_ref(&subject.best), |seen| seen.unmet());
    let fails = subject.probe.see(std::slice::from_ref(&row), |seen| core.iter().any(|index| seen.to(*index, YES) > 0));
    if fails[0] {
        let line = core.last().map_or(subject.rule.version.line, |index| conditions(subject)[*index].line);
        notices.push(subject.notice(NoticeKind::Contradiction, line, &row, (zh, en)));
    }
    true
}

fn dead(subject: &Subject, ranges: &Ranges, notices: &mut Vec<Notice>) {
    let all = conditions(subject);
    let mut others: Vec<usize> = (0..all.len()).filter(|index| all[*index].failure == Failure::Refuse).collect();
    for index in (0..all.len()).rev() {
        let rest: Vec<usize> = others.iter().copied().filter(|other| *other != index).collect();
        let fails = [broken(&all[index])];
        let claims: Vec<Claim> = rest.iter().map(|other| met(&all[*other])).chain(fails.iter().cloned()).collect();
        if is_possible(&claims, ranges) {
            continue;
        }
        others = rest.clone();
        let core = core(subject, ranges, rest, &fails);
        let goal = |seen: &Seen| match core.is_empty() {
            true => seen.to(index, YES),
            false => 8 * seen.to(index, NO) + seen.unmet(),
        };
        let (row, _) = subject.probe.seek(std::slice::from_ref(&subject.best), goal);
        // Who fails it fails one of the others too.
        let shown = subject.probe.see(std::slice::from_ref(&row), |seen| {
            let fails = seen.to(index, NO) == 0 && core.iter().any(|other| seen.to(*other, YES) > 0);
            if core.is_empty() { seen.to(index, YES) == 0 } else { fails }
        });
        if shown[0] {
            let (zh, en) = match core.is_empty() {
                true => (format!("条件“{}”对谁都成立", all[index].name), format!("`{}` never fails", all[index].name)),
                false => (
                    format!(
                        "符合“{}”的，必然符合“{}”；后者多余，或门槛写错",
                        names(subject, &core, "”“"),
                        all[index].name
                    ),
                    format!("who meets `{}` meets `{}` too", names(subject, &core, "`, `"), all[index].name),
                ),
            };
            notices.push(subject.notice(NoticeKind::DeadCondition, all[index].line, &row, (zh, en)));
        }
    }
}

fn dead_when(subject: &Subject, ranges: &Ranges, notices: &mut Vec<Notice>) {
    let all = conditions(subject);
    let mut report = |name: &str, line: u32, when: &Test, besides: Option<usize>, asked: &dyn Fn(&Seen) -> bool| {
        let rest = (0..all.len()).filter(|index| Some(*index) != besides && all[*index].failure == Failure::Refuse);
        let fixed = [claim(when, true)];
        let claims: Vec<Claim> = rest.clone().map(|index| met(&all[index])).chain(fixed.iter().cloned()).collect();
        if is_possible(&claims, ranges) {
            return;
        }
        let core = core(subject, ranges, rest.collect(), &fixed);
        let goal = |seen: &Seen| 8 * u32::from(asked(seen) == core.is_empty()) + seen.unmet();
        let (row, _) = subject.probe.seek(std::slice::from_ref(&subject.best), goal);
        let shown = subject.probe.see(std::slice::from_ref(&row), |seen| match core.is_empty() {
            true => !asked(seen),
            false => asked(seen) && core.iter().any(|index| seen.to(*index, YES) > 0),
        });
        if shown[0] {
            let with = names(subject, &core, "”“");
            let zh = format!("“{name}”的 when 在符合“{with}”时从不成立；这一条不起作用");
            let en = format!("the `when` of `{name}` never holds where the conditions ({with}) are met");
            notices.push(subject.notice(NoticeKind::DeadWhen, line, &row, (zh, en)));
        }
    };
    for (index, condition) in all.iter().enumerate() {
        let Some(when) = &condition.when else { continue };
        report(&condition.name, condition.line, when, Some(index), &|seen| seen.is_asked(index));
    }
    for (index, step) in subject.rule.version.steps.iter().enumerate() {
        let Some(when) = &step.when else { continue };
        report(&step.name, step.line, when, None, &|seen| seen.applies(index));
    }
}

/// 1,000 yuan in fen.
const SMALL: i64 = 100_000;
/// From 1 yuan on means that there is any.
const ANY: i64 = 100;

/// Thresholds below 1,000 yuan of a policy that is not about small amounts.
fn small_thresholds(subject: &Subject, notices: &mut Vec<Notice>) {
    let reaches = subject.probe.see(std::slice::from_ref(&subject.best), |seen| seen.award())[0];
    for (index, condition) in conditions(subject).iter().enumerate() {
        for leaf in crate::explain::leaves(&condition.test) {
            let Test::Compare { left: Value::Plain(Operand::Name(name)), how, right } = leaf else { continue };
            let Value::Plain(Operand::Literal(Literal::Amount(limit))) = right else { continue };
            let is_lower = matches!(how, Compare::AtLeast | Compare::Above);
            if !is_lower || limit.fen() <= ANY || limit.fen() >= SMALL || reaches < 10 * SMALL {
                continue;
            }
            let Some(input) = subject.probe.input(name) else { continue };
            let mut row = subject.best.clone();
            row[input] = Some(limit.fen() + 1);
            let holds = subject.probe.see(std::slice::from_ref(&row), |seen| seen.to(index, YES) == 0);
            if holds[0] {
                let zh = format!("“{}”的门槛只有 {limit} 元，是否漏写了“万”？", condition.name);
                let en = format!("the threshold of `{}` is only {limit} yuan; is 万 missing?", condition.name);
                notices.push(subject.notice(NoticeKind::SmallThreshold, condition.line, &row, (zh, en)));
            }
        }
    }
}

/// Inputs whose missing record is read as nothing, and nothing refuses.
fn silent_absence(subject: &Subject, notices: &mut Vec<Notice>) {
    if !subject.has_passer {
        return;
    }
    for (index, input) in subject.rule.policy.inputs.iter().enumerate() {
        // Who is not on a complete list is not on it: that is what such a list is for.
        let is_list = input.binding.pick == Pick::Exists;
        if input.binding.absent != Absent::Nothing || input.kind == Kind::Class || is_list {
            continue;
        }
        let mut row = subject.best.clone();
        row[index] = Some(0);
        if subject.probe.decide(&row).0 == Lane::Refuse {
            let zh = format!(
                "“{}”没有记录时按“无”处理并因此不予资助；没有记录应交人工核实（absent = \"unknown\"）",
                input.name
            );
            let en = format!(
                "no record of `{}` would be read as nothing and refuse; write absent = \"unknown\"",
                input.name
            );
            notices.push(subject.notice(NoticeKind::SilentAbsence, input.line, &row, (zh, en)));
        }
    }
}
