//! Versions in time, what nothing uses, and what has no clause.

use super::{Example, Notice, NoticeKind, Subject};
use crate::Day;
use crate::policy::{Formula, NoVersion, Operand, Policy, Step, Test, Value};
use crate::probe::{Seen, name_of};
use std::collections::BTreeSet;

pub(super) fn look(subject: &Subject, notices: &mut Vec<Notice>) {
    clauses(subject, notices);
    instalments(subject, notices);
    unused_steps(subject, notices);
    years(subject, notices);
}

fn clauses(subject: &Subject, notices: &mut Vec<Notice>) {
    let version = subject.rule.version;
    let conditions = version.conditions.iter().map(|one| (&one.name, &one.clause, one.line));
    let steps = version.steps.iter().filter(|step| has_parameter(step)).map(|one| (&one.name, &one.clause, one.line));
    for (name, _, line) in conditions.chain(steps).filter(|(_, clause, _)| clause.is_empty()) {
        let zh = format!("“{name}”没有写明条款（clause）；不予资助或金额无从说明依据");
        let en = format!("`{name}` names no clause, so nobody can be told on what it rests");
        notices.push(subject.notice(NoticeKind::MissingClause, line, &subject.best, (zh, en)));
    }
}

/// A step that brings a number of its own, not only one that others gave.
fn has_parameter(step: &Step) -> bool {
    let is_literal = |operand: &&Operand| matches!(operand, Operand::Literal(_));
    let holds_numbers = matches!(
        step.formula,
        Formula::Bands { .. } | Formula::Table { .. } | Formula::Grid { .. } | Formula::ByClass { .. }
    );
    holds_numbers || step.formula.operands().into_iter().chain(&step.cap).chain(&step.floor).any(|one| is_literal(&one))
}

fn instalments(subject: &Subject, notices: &mut Vec<Notice>) {
    let version = subject.rule.version;
    if version.instalments.parts > 1 && version.instalments.months == 0 {
        let zh = format!("分 {} 期拨付，却没有间隔（months = 0）：各期同日拨付，等于不分期", version.instalments.parts);
        let en = format!("{} instalments zero months apart are all paid on one day", version.instalments.parts);
        notices.push(subject.notice(NoticeKind::IdleInstalments, version.line, &subject.best, (zh, en)));
    }
    let months = i64::from(version.instalments.parts.saturating_sub(1)) * i64::from(version.instalments.months);
    let last = version.from.plus_months(i32::try_from(months).unwrap_or(i32::MAX));
    let Some(to) = version.to.filter(|to| last > *to) else { return };
    let zh = format!("分期拨付到 {last}，本版本只到 {to}；最早的一笔也拨不完");
    let en = format!("instalments run until {last}, the version only until {to}");
    notices.push(subject.notice(NoticeKind::LateInstalment, version.line, &subject.best, (zh, en)));
}

/// Every name that a version uses.
fn used(subject: &Subject) -> BTreeSet<String> {
    let version = subject.rule.version;
    let tests = crate::probe::tests_of(subject.rule);
    let tests = tests.iter().flat_map(|(test, _)| test.operands());
    let steps =
        version.steps.iter().flat_map(|one| one.formula.operands().into_iter().chain(&one.floor).chain(&one.cap));
    let shared = version.allocation.iter().flat_map(|rule| &rule.cap);
    let names = tests.chain(steps).chain(shared).filter_map(name_of).map(str::to_owned);
    names.chain([version.award.clone()]).collect()
}

fn unused_steps(subject: &Subject, notices: &mut Vec<Notice>) {
    let used = used(subject);
    for step in subject.rule.version.steps.iter().filter(|step| !used.contains(&step.name)) {
        let zh = format!("步骤“{}”的结果没有人用", step.name);
        let en = format!("nothing uses the step `{}`", step.name);
        notices.push(subject.notice(NoticeKind::UnusedStep, step.line, &subject.best, (zh, en)));
    }
}

pub(super) fn unused_inputs(policy: &Policy, subjects: &[Subject], notices: &mut Vec<Notice>) {
    // An input that a version which does not compile may use is not blamed.
    let Some(last) = subjects.last().filter(|_| subjects.len() == policy.versions.len()) else { return };
    let used: BTreeSet<String> = subjects.iter().flat_map(used).collect();
    for (index, input) in policy.inputs.iter().enumerate().filter(|(_, input)| !used.contains(&input.name)) {
        // Whatever its value, the decision is the same.
        let rows = last.probe.varied(&last.best, index);
        let decisions = last.probe.see(&rows, |seen| (seen.lane, seen.award()));
        if decisions.windows(2).all(|pair| pair[0] == pair[1]) {
            let zh = format!("没有条件或步骤用到“{}”；请删去，或补上漏写的条款", input.name);
            let en = format!("no condition or step uses `{}`; remove it or write the clause that needs it", input.name);
            notices.push(last.notice(NoticeKind::UnusedInput, input.line, &last.best, (zh, en)));
        }
    }
}

/// A share of two years, or a growth over another year than the one before.
fn years(subject: &Subject, notices: &mut Vec<Notice>) {
    let version = subject.rule.version;
    let tests = crate::probe::tests_of(subject.rule);
    let compared = tests.into_iter().flat_map(|(test, line)| match test {
        Test::Compare { left, right, .. } => vec![(left, line), (right, line)],
        _ => Vec::new(),
    });
    let looked_up = version.steps.iter().flat_map(|step| match &step.formula {
        Formula::Table { of, .. } => vec![(of, step.line)],
        Formula::Grid { of, by, .. } => vec![(of, step.line), (by, step.line)],
        _ => Vec::new(),
    });
    let back = |operand: &Operand| {
        let name = name_of(operand)?;
        subject.rule.policy.inputs.iter().find(|input| input.name == name)?.binding.years_back
    };
    for (value, line) in compared.chain(looked_up) {
        let (one, other, apart) = match value {
            Value::Plain(_) => continue,
            Value::Share(one, other) => (one, other, 0),
            Value::Growth(one, other) => (one, other, 1),
        };
        let Some((first, second)) = back(one).zip(back(other)) else { continue };
        if second - first == apart {
            continue;
        }
        let shown = |operand: &Operand| name_of(operand).unwrap_or_default().to_owned();
        let zh = format!("“{}”取前 {first} 年，“{}”取前 {second} 年，不能这样相比", shown(one), shown(other));
        let en =
            format!("`{}` is of {first} years back, `{}` of {second}: not to be compared so", shown(one), shown(other));
        let (row, _) = subject.probe.seek(std::slice::from_ref(&subject.best), |seen: &Seen| {
            8 * u32::from(seen.value(value).is_none()) + seen.unmet()
        });
        notices.push(subject.notice(NoticeKind::MixedYears, line, &row, (zh, en)));
    }
}

/// Days without a version, and days with two.
pub(super) fn look_between(subjects: &[Subject], notices: &mut Vec<Notice>) {
    let mut sorted: Vec<&Subject> = subjects.iter().collect();
    sorted.sort_by_key(|subject| subject.rule.version.from);
    for pair in sorted.windows(2) {
        let (earlier, later) = (pair[0].rule.version, pair[1].rule.version);
        let day_after = earlier.to.and_then(|to| Day::from_number(to.number() + 1));
        let (day, kind) = match day_after {
            Some(day) if day < later.from => (day, NoticeKind::VersionGap),
            Some(day) if day == later.from => continue,
            _ => (later.from, NoticeKind::VersionOverlap),
        };
        let (zh, en) = match pair[1].rule.policy.version_on(day) {
            Err(NoVersion::None(_)) => (
                format!("{day} 起至 {} 前没有有效的版本；这期间的批次无法审核", later.from),
                format!("no version is in force from {day} until {}", later.from),
            ),
            Err(NoVersion::Several(..)) => (
                format!("{day} 同时有两个版本有效：{} 与 {}", earlier.id, later.id),
                format!("two versions are in force on {day}: {} and {}", earlier.id, later.id),
            ),
            Ok(_) => continue,
        };
        let example: Example = pair[0].example(&pair[0].best, day, None, None);
        notices.push(Notice { line: later.line, kind, version: later.id.clone(), example, zh, en });
    }
}
