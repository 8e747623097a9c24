//! What stands at the end of a report: counts, what holds within rounding, what was not
//! checked and why, what was not read, what a person has accepted.

use super::TextStyle;
use crate::checked::{Checked, pick};
use crate::spot::issue_place;
use crate::view::{self, FindingView};
use crate::width::{pad_right, width, wrap};
use gouji_model::{Lang, Phase, Reason, Verdict};
use std::collections::BTreeMap;

/// Keys named behind a reason; the others are counted.
const KEYS_NAMED: usize = 8;

/// Writes the summary of one report.
pub(super) fn write(out: &mut String, checked: &Checked<'_>, views: &[FindingView<'_>], style: &TextStyle) {
    write_issues(out, checked, style);
    write_rounding(out, checked, style);
    write_not_checked(out, checked, style);
    write_accepted(out, views, style);
    let coverage = &checked.report.coverage;
    let lang = style.lang;
    add(out, &format!("{}{}", subject(checked, lang), count_line(checked, lang)), 0, style);
    let relations = match lang {
        Lang::Zh => format!(
            "关系 {} 类：成立 {}，舍入内 {}，不成立 {}，未检查 {}",
            checked.report.relations.len(),
            coverage.holds,
            coverage.rounding,
            coverage.broken,
            coverage.not_checked
        ),
        Lang::En => format!(
            "{} families of relations: {} hold, {} hold within rounding, {} broken, {} not checked",
            checked.report.relations.len(),
            coverage.holds,
            coverage.rounding,
            coverage.broken,
            coverage.not_checked
        ),
    };
    add(out, &relations, 0, style);
    let (tables, amounts, bound) = (coverage.tables, coverage.amounts, coverage.amounts_bound);
    let read = match lang {
        Lang::Zh => format!(
            "读到表 {tables} 张，金额 {amounts} 个（看懂 {bound}），说法 {} 处（看懂 {}）",
            coverage.claims, coverage.claims_bound
        ),
        Lang::En => format!(
            "read: {tables} tables, {amounts} amounts ({bound} understood), {} claims ({} understood)",
            coverage.claims, coverage.claims_bound
        ),
    };
    add(out, &read, 0, style);
    out.push('\n');
}

/// Whose report: `深圳市龙岗区科技创新局 2019 年预算：`.
fn subject(checked: &Checked<'_>, lang: Lang) -> String {
    let subject = &checked.statement.subject;
    let entity = subject.entity.clone().or_else(|| checked.document.files.first().map(|file| file.path.clone()));
    let phase = match subject.phase {
        Phase::Budget => pick(lang, "预算", "budget"),
        Phase::Final => pick(lang, "决算", "final accounts"),
    };
    let year = subject.year.map_or(String::new(), |year| match lang {
        Lang::Zh => format!(" {year} 年{phase}"),
        Lang::En => format!(" {year} {phase}"),
    });
    format!("{}{year}{}", entity.unwrap_or_default(), pick(lang, "：", ": "))
}

/// `错误 4，警告 15，提示 3`, or that nothing was read.
fn count_line(checked: &Checked<'_>, lang: Lang) -> String {
    if let Some(issue) = checked.document.issues.iter().find(|issue| issue.is_fatal())
        && checked.report.relations.is_empty()
    {
        return format!("{}{}", pick(lang, "没有检查：", "not checked: "), issue.text(lang));
    }
    let [errors, warnings, notes] = view::counts(checked);
    match lang {
        Lang::Zh => format!("错误 {errors}，警告 {warnings}，提示 {notes}"),
        Lang::En => {
            format!("{}, {}, {notes} info", counted(errors, "error"), counted(warnings, "warning"))
        }
    }
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("{number} {noun}") } else { format!("{number} {noun}s") }
}

fn write_issues(out: &mut String, checked: &Checked<'_>, style: &TextStyle) {
    if checked.document.issues.is_empty() {
        return;
    }
    heading(out, pick(style.lang, "没有读到的", "Not read"));
    for issue in &checked.document.issues {
        let place = issue_place(checked.document, issue, style.lang);
        add(out, &format!("{place}: {}", issue.text(style.lang)), 2, style);
    }
    out.push('\n');
}

fn write_rounding(out: &mut String, checked: &Checked<'_>, style: &TextStyle) {
    let families = checked.report.relations.iter().filter(|relation| relation.verdict == Verdict::Rounding);
    let rows: Vec<(&str, String)> = families
        .filter_map(|relation| view::rounding(relation).map(|found| (relation.key.as_str(), found)))
        .map(|(key, (addends, bound, difference))| {
            let (bound, unit, difference) = (bound.grouped(), difference.unit().word(), difference.grouped());
            let text = match style.lang {
                Lang::Zh => format!("n={addends}，允许 ±{bound}，相差 {difference} {unit}"),
                Lang::En => format!("n={addends}, bound ±{bound}, difference {difference} {unit}"),
            };
            (key, text.trim_end().to_string())
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    heading(out, pick(style.lang, "舍入内成立（不是问题）", "Hold within rounding (no fault)"));
    let keys = rows.iter().map(|(key, _)| width(key)).max().unwrap_or(0);
    for (key, text) in rows {
        add(out, &format!("{}  {text}", pad_right(key, keys)), 2, style);
    }
    out.push('\n');
}

/// Reasons with the families they concern; single instances of families otherwise decided apart.
fn write_not_checked(out: &mut String, checked: &Checked<'_>, style: &TextStyle) {
    let entries = view::not_checked(checked);
    for whole in [true, false] {
        let mut reasons: BTreeMap<&Reason, Vec<(&str, usize)>> = BTreeMap::new();
        for entry in entries.iter().filter(|entry| entry.whole == whole) {
            reasons.entry(entry.reason).or_default().push((entry.key, entry.checks.len()));
        }
        if reasons.is_empty() {
            continue;
        }
        heading(out, not_checked_heading(whole, style.lang));
        for (reason, keys) in reasons {
            let count = if whole { keys.len() } else { keys.iter().map(|(_, instances)| instances).sum() };
            let named: Vec<&str> = keys.iter().take(KEYS_NAMED).map(|(key, _)| *key).collect();
            let more = if keys.len() > KEYS_NAMED { " ..." } else { "" };
            let text = match style.lang {
                Lang::Zh => format!("{count}  {}：{}{more}", reason.text(style.lang), named.join("、")),
                Lang::En => format!("{count}  {}: {}{more}", reason.text(style.lang), named.join(", ")),
            };
            add(out, &text, 2, style);
        }
        out.push('\n');
    }
}

fn not_checked_heading(whole: bool, lang: Lang) -> &'static str {
    match whole {
        true => pick(lang, "未检查的关系（类数、原因）", "Not checked (families, reason)"),
        false => pick(lang, "已检查的关系中未检查的个别处（处数、原因）", "Single places not checked (number, reason)"),
    }
}

fn write_accepted(out: &mut String, views: &[FindingView<'_>], style: &TextStyle) {
    let accepted: Vec<(&FindingView, &String)> =
        views.iter().filter_map(|view| view.finding.accepted.as_ref().map(|reason| (view, reason))).collect();
    if accepted.is_empty() {
        return;
    }
    heading(out, pick(style.lang, "已接受", "Accepted"));
    for (view, reason) in accepted {
        let place = view.places.first().map_or(String::new(), |place| place.spot.text(style.lang) + " ");
        let key = &view.finding.check.key;
        let text = format!("{} {key} {place}{}", view.finding.code, pick(style.lang, "理由：", "reason: "));
        add(out, &format!("{text}{reason}"), 2, style);
    }
    out.push('\n');
}

fn heading(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// A text broken to the width, further lines set in by two more.
fn add(out: &mut String, text: &str, indent: usize, style: &TextStyle) {
    let room = style.width.saturating_sub(indent + 2);
    for (index, line) in wrap(text, room).iter().enumerate() {
        let further = if index > 0 { 2 } else { 0 };
        out.push_str(&" ".repeat(indent + further));
        out.push_str(line);
        out.push('\n');
    }
}
