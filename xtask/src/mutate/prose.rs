//! Every claim of the prose: its figure moved, its direction turned, none and unchanged denied.

use super::bench::{Bench, Trial, sample};
use super::bounds::Bounds;
use super::edit::{Edit, digits, moved, turned};
use super::imprint::Seen;
use super::tables::Group;
use crate::score::share;
use gouji_model::{Lang, Printed, Span};
use gouji_understand::{Claim, ClaimKind};

/// What was done to a claim, in the order of the report.
const KINDS: [&str; 6] = ["figure", "count", "direction", "change → none", "unchanged → change", "none → amount"];

/// What became of all changes to the prose.
#[derive(Default)]
pub(super) struct Prose {
    groups: [Group; KINDS.len()],
    /// Claims of each sort: index into the statement, and what stands in the way of a check.
    pub unchecked: Vec<(usize, String)>,
    /// Claims that were changed, by index.
    pub changed: Vec<usize>,
    /// Both direction words of a sentence turned: what one report can know of it.
    both: Group,
}

/// Changes every claim that a decided relation speaks of.
pub(super) fn try_prose(bench: &Bench, most: Option<usize>) -> Prose {
    let bounds = Bounds::of(&bench.run);
    let mut prose = Prose::default();
    let claims: Vec<(usize, &Claim)> = bench.run.statement.claims.iter().enumerate().collect();
    for (at, claim) in sample(claims, most) {
        if matches!(claim.kind, ClaimKind::Names(_) | ClaimKind::Citation(_)) {
            continue;
        }
        if !bounds.is_decided(claim.span) {
            let reason = bounds.reason(claim.span);
            let said = reason
                .map_or("no relation speaks of it".into(), |(key, reason)| format!("{key}: {}", reason.text(Lang::En)));
            prose.unchecked.push((at, said));
            continue;
        }
        prose.changed.push(at);
        try_claim(bench, &bounds, claim, &mut prose);
    }
    prose
}

fn try_claim(bench: &Bench, bounds: &Bounds, claim: &Claim, prose: &mut Prose) {
    let mark = bench.run.document.slice(claim.mark);
    let edit = |text: String| Edit { span: claim.mark, text };
    match &claim.kind {
        ClaimKind::Amount(figure) | ClaimKind::Share(figure) | ClaimKind::Completion(figure) => {
            try_figure(bench, bounds, claim, *figure, prose);
        }
        ClaimKind::Count { .. } => {
            for steps in [-1, 1] {
                let stays = digits(mark).is_some_and(|digits| digits + steps >= 0);
                if let Some(text) = moved(mark, steps).filter(|_| stays) {
                    prose.groups[1].trials.push(trial(bench, bounds, claim, &edit(text)));
                }
            }
        }
        ClaimKind::Change { amount, .. } | ClaimKind::Growth { percent: amount, .. } => {
            try_figure(bench, bounds, claim, *amount, prose);
            if let Some(text) = turned(mark).filter(|_| !amount.is_zero()) {
                prose.groups[2].trials.push(trial(bench, bounds, claim, &edit(text)));
            }
            if matches!(claim.kind, ClaimKind::Change { .. }) && !amount.is_zero() {
                prose.groups[3].trials.push(trial(bench, bounds, claim, &denied(bench, claim)));
                prose.both.trials.extend(both_turned(bench, bounds, claim));
            }
        }
        ClaimKind::Unchanged { .. } => {
            prose.groups[4].trials.push(trial(bench, bounds, claim, &edit("增加 1.00 万元".into())));
        }
        ClaimKind::Nothing => {
            prose.groups[5].trials.extend(stated(bench, claim).map(|edit| trial(bench, bounds, claim, &edit)))
        }
        ClaimKind::Names(_) | ClaimKind::Citation(_) | ClaimKind::Weighed(_) => {}
    }
}

/// The figure, one unit further than its tightest relation allows, both ways.
fn try_figure(bench: &Bench, bounds: &Bounds, claim: &Claim, figure: Printed, prose: &mut Prose) {
    let mark = bench.run.document.slice(claim.mark);
    for sign in [-1, 1] {
        let Some((step, _)) = bounds.step(claim.span, figure, sign) else { continue };
        let stays = digits(mark).is_some_and(|digits| digits + sign * step >= 0);
        if let Some(text) = moved(mark, sign * step).filter(|_| stays) {
            prose.groups[0].trials.push(trial(bench, bounds, claim, &Edit { span: claim.mark, text }));
        }
    }
}

/// 比2018年增加5万元 → 与2018年相比无增减
fn denied(bench: &Bench, claim: &Claim) -> Edit {
    let lead = Span { end: claim.mark.start, ..claim.span.to(claim.mark) };
    let words = bench.run.document.slice(lead);
    match words.rfind(['比', '较']) {
        Some(at) => {
            let base = words[at..].chars().skip(1).collect::<String>();
            let span = Span { start: lead.start + at as u32, ..claim.mark };
            Edit { span, text: format!("与{}相比无增减", base.trim_end()) }
        }
        None => Edit { span: claim.mark, text: "与上年相比无增减".into() },
    }
}

/// 无某项支出 → 某项支出 5 万元
fn stated(bench: &Bench, claim: &Claim) -> Option<Edit> {
    let rest = &bench.text()[claim.span.start as usize..];
    let end = rest.find(['。', '，', ',', '；', ';', '（', '(', '\n'])?;
    let words = &rest[..end];
    let named = ["没有", "未安排", "无"].iter().find_map(|none| words.strip_prefix(none))?;
    let span = Span { end: claim.span.start + end as u32, ..claim.span };
    Some(Edit { span, text: format!("{} 5 万元", named.trim()) })
}

/// The change and the percentage beside it turned together, as a drafter errs.
fn both_turned(bench: &Bench, bounds: &Bounds, claim: &Claim) -> Option<Trial> {
    let claims = &bench.run.statement.claims;
    let is_beside = |other: &&Claim| {
        matches!(other.kind, ClaimKind::Growth { .. })
            && other.sentence == claim.sentence
            && other.mark.start >= claim.mark.end
    };
    let growth =
        claims.iter().filter(is_beside).min_by_key(|other| other.mark.start).filter(|growth| growth.of == claim.of)?;
    let document = &bench.run.document;
    let between = Span { start: claim.mark.end, end: growth.mark.start, file: claim.mark.file };
    let text =
        [&turned(document.slice(claim.mark))?, document.slice(between), &turned(document.slice(growth.mark))?].concat();
    Some(trial(bench, bounds, claim, &Edit { span: claim.mark.to(growth.mark), text }))
}

fn trial(bench: &Bench, bounds: &Bounds, claim: &Claim, edit: &Edit) -> Trial {
    let document = &bench.run.document;
    let location = document.locate(claim.mark);
    let place = format!("{}:{} {}", location.line, location.column, document.quote(claim.span));
    let mut keys: Vec<&str> = bounds.relations(claim.span).map(|(_, check)| check.key.as_str()).collect();
    keys.dedup();
    let what =
        format!("{} → {}", document.quote(edit.span), edit.text.split_whitespace().collect::<Vec<_>>().join(" "));
    bench.try_edit(place, what, &keys.join(" "), edit)
}

/// A fault is newly seen, or one that was there is gone.
fn is_noticed(trial: &Trial) -> bool {
    matches!(trial.seen, Seen::Broken | Seen::Mended)
}

impl Prose {
    fn all(&self) -> impl Iterator<Item = &Trial> {
        self.groups.iter().flat_map(|group| &group.trials)
    }

    /// Number of changes tried.
    pub fn len(&self) -> usize {
        self.all().count() + self.both.trials.len()
    }

    /// Number of runs that came to a panic.
    pub fn panics(&self) -> usize {
        self.all().chain(&self.both.trials).filter(|trial| trial.seen == Seen::Panic).count()
    }

    /// The changes that nobody noticed.
    pub fn misses(&self) -> Vec<String> {
        let named = KINDS
            .iter()
            .zip(&self.groups)
            .flat_map(|(kind, group)| group.trials.iter().map(move |trial| (kind, trial)));
        named.filter(|(_, trial)| !is_noticed(trial)).map(|(kind, trial)| format!("{kind}: {}", trial.line())).collect()
    }

    /// At least 98 % of the changes are noticed.
    pub fn is_good(&self) -> bool {
        self.misses().len() * 100 <= self.all().count() * 2
    }

    /// Prints a row for each kind of change, and the claims that were not checked.
    pub fn print(&self, bench: &Bench, list: bool) {
        println!("prose: changes | newly broken | mended | verdict only | nothing");
        for (kind, group) in KINDS.iter().zip(&self.groups) {
            print_group(kind, group);
        }
        let (noticed, all) = (self.all().filter(|trial| is_noticed(trial)).count(), self.all().count());
        println!("  all: noticed {noticed} of {all} ({})", share(noticed, all));
        print_group("change and percentage turned together (not counted)", &self.both);
        for trial in self.both.trials.iter().filter(|trial| !is_noticed(trial)) {
            println!("    unseen: {}", trial.line());
        }
        println!("  claims changed {}, not checked {}:", self.changed.len(), self.unchecked.len());
        for (at, reason) in &self.unchecked {
            println!("    {} — {reason}", place(bench, *at));
        }
        if list {
            self.all().for_each(|trial| println!("  {}", trial.line()));
        }
    }
}

fn print_group(kind: &str, group: &Group) {
    let count = |seen: Seen| group.count(|trial| trial.seen == seen);
    let (broken, mended, verdict) = (count(Seen::Broken), count(Seen::Mended), count(Seen::Verdict));
    println!("  {kind}: {} | {broken} | {mended} | {verdict} | {}", group.trials.len(), count(Seen::Nothing));
}

/// Line, column and words of a claim.
pub(super) fn place(bench: &Bench, at: usize) -> String {
    let claim = &bench.run.statement.claims[at];
    let location = bench.run.document.locate(claim.mark);
    format!("{}:{} {}", location.line, location.column, bench.run.document.quote(claim.span))
}
