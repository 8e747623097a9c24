//! Decisions for the terminal.

use super::letter::{conditions, lane_mark, left_out, share, steps};
use super::lists::shown;
use super::{Reader, is_nothing, mode_word, payable, reasons, tally};
use crate::checked::pick;
use crate::width::wrap;
use gouji_fund::work::{Judged, NAME, NUMBER, Shared};
use gouji_model::Lang;

/// A batch in a few lines: how many passed, what they get, and what holds up the others.
pub fn batch_text(judged: &Judged, columns: usize, lang: Lang) -> String {
    let [pass, assist, refuse] = tally(judged);
    let (policy, batch, version) = (&judged.file.policy, judged.batch, judged.version);
    let mode = mode_word(version.mode, lang);
    let mut lines = match lang {
        Lang::Zh => vec![
            format!("{}（批次 {}，{mode}，依据 {} {}版）", policy.name, batch.id, version.document, version.id),
            format!("  申请 {} 件：自动通过 {pass}、转人工 {assist}、不符合 {refuse}", judged.applicants.len()),
        ],
        Lang::En => vec![
            format!("{} (batch {}, {mode}, {}, version {})", policy.name, batch.id, version.document, version.id),
            format!(
                "  {} applications: {pass} passed, {assist} to a person, {refuse} refused",
                judged.applicants.len()
            ),
        ],
    };
    let paid = payable(judged).grouped();
    lines.push(match (&judged.shared, batch.budget, lang) {
        (Shared::Failed(why), _, lang) => format!("  {}", why[lang as usize]),
        (_, Some(budget), Lang::Zh) => format!("  拟资助合计 {paid} 元，本批次预算 {} 元", budget.grouped()),
        (_, Some(budget), Lang::En) => format!("  proposed: {paid} yuan of {} yuan", budget.grouped()),
        (_, None, Lang::Zh) => format!("  拟资助合计 {paid} 元（本批次未设预算）"),
        (_, None, Lang::En) => format!("  proposed: {paid} yuan (the batch has no budget)"),
    });
    if let Shared::Cut(division) = &judged.shared
        && !division.left_out.is_empty()
    {
        lines.push(format!("  {}", left_out(judged, &division.left_out, Reader::Office, lang).trim_start()));
    }
    let nothing = (0..judged.applicants.len()).filter(|at| is_nothing(judged, *at)).count();
    if nothing > 0 {
        lines.push(match lang {
            Lang::Zh => format!("  自动通过的有 {nothing} 件算出金额为 0 元，不列入拟资助名单"),
            Lang::En => format!("  {nothing} of those passed come to 0 yuan and are not on the list"),
        });
    }
    let held = held_up(judged);
    if !held.is_empty() {
        lines.push(format!("  {}", pick(lang, "未通过的原因（件）：", "what holds the others up (applications):")));
        lines.extend(held.into_iter().map(|(what, failed, unknown)| match lang {
            Lang::Zh => format!("    {what}：不符合 {failed}，无记录 {unknown}"),
            Lang::En => format!("    {what}: {failed} not met, {unknown} not on record"),
        }));
    }
    wrapped(&lines, columns)
}

/// Each condition with how many fail it and how many it is unknown of, most first.
fn held_up<'a>(judged: &'a Judged<'_>) -> Vec<(&'a str, usize, usize)> {
    let decisions = &judged.decisions;
    let count = |bits: &dyn Fn(usize) -> u64, index: usize| {
        (0..decisions.len()).filter(|at| bits(*at) >> index & 1 == 1).count()
    };
    let conditions = judged.version.conditions.iter().enumerate();
    let counted = conditions.map(|(index, one)| {
        let (failed, unknown) = (|at| decisions.failed(at), |at| decisions.unknown(at));
        (one.name.as_str(), count(&failed, index), count(&unknown, index))
    });
    let mut held: Vec<_> = counted.filter(|(_, failed, unknown)| failed + unknown > 0).collect();
    held.sort_by_key(|(_, failed, unknown)| std::cmp::Reverse(failed + unknown));
    held
}

/// One decision with every condition and every line of the worksheet.
pub fn decision_text(judged: &Judged, at: usize, columns: usize, lang: Lang) -> String {
    let explanation = judged.explain(at, lang);
    let lane = lane_mark(judged, at, lang);
    let mut lines = vec![
        format!("{} {}", judged.cell(at, NUMBER), judged.cell(at, NAME)),
        format!("  {lane}  {}", shown(judged, at, lang)),
    ];
    lines.extend(reasons(judged, at, Reader::Office, lang).into_iter().map(|reason| format!("  · {reason}")));
    lines.push(pick(lang, "条件", "conditions").to_owned());
    for [name, clause, answer, figures, source] in conditions(judged, &explanation, lang) {
        lines.push(format!("  {answer}  {name} {clause}").trim_end().to_owned());
        lines.push(format!("      {figures}"));
        lines.push(format!("      {}{source}", pick(lang, "来源：", "source: ")));
    }
    lines.push(pick(lang, "金额", "amount").to_owned());
    for [name, clause, working, result, source] in steps(judged, &explanation, lang) {
        lines.push(format!("  {name} {clause} = {result}").replace("  =", " ="));
        lines.push(format!("      {working}"));
        if !source.is_empty() {
            lines.push(format!("      {}{source}", pick(lang, "来源：", "source: ")));
        }
    }
    lines.extend(share(judged, at, lang).map(|share| format!("  {share}")));
    let changes = judged.nearest(at).text(lang);
    if !changes.is_empty() {
        lines.push(pick(lang, "与条件的差距", "what is missing").to_owned());
        lines.extend(changes.iter().map(|change| format!("  {change}")));
    }
    wrapped(&lines, columns)
}

/// Each line broken so that what goes on stands under its beginning.
pub fn wrapped(lines: &[String], columns: usize) -> String {
    let mut out = String::new();
    for line in lines {
        let plain = line.trim_start();
        let indent = line.len() - plain.len();
        for (at, part) in wrap(plain, columns.max(40) - indent - 2).into_iter().enumerate() {
            let hang = if at == 0 { 0 } else { 2 };
            out.push_str(&format!("{:width$}{part}\n", "", width = indent + hang));
        }
    }
    out
}
