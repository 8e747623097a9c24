//! One page that works offline: the report as it was read with every finding marked in
//! place, the list of findings beside it, and what became of every relation below.

mod marks;
mod pages;
mod paper;

use crate::checked::{Checked, StaleAcceptance, pick};
use crate::repair;
use crate::spot::issue_place;
use crate::view::{self, FindingView, level_word, role_word, verdict_word, with_unit};
use askama::Template;
use gouji_check::Relation;
use gouji_model::{Lang, Level, Outcome, Phase, Verdict};
use marks::Marks;
use paper::Paper;

/// Draws all reports of a run as one HTML page without any outside resource.
pub fn render_html(reports: &[Checked<'_>], lang: Lang) -> String {
    let parts = reports.iter().enumerate().map(|(index, checked)| part(checked, index + 1, lang)).collect();
    let page = Page { words: Words { lang }, reports: parts, style: include_str!("../templates/report.css") };
    page.render().expect("the template writes to a string, which cannot fail")
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    words: Words,
    reports: Vec<Part>,
    style: &'static str,
}

/// The page's own words, in the two languages, looked up where the template uses them.
struct Words {
    lang: Lang,
}

impl Words {
    fn or(&self, chinese: &'static str, english: &'static str) -> &'static str {
        pick(self.lang, chinese, english)
    }

    /// The language of the page for browsers and screen readers.
    fn code(&self) -> &'static str {
        self.or("zh-CN", "en")
    }
}

/// One report of the page.
struct Part {
    id: String,
    title: String,
    subtitle: String,
    counts: [Count; 3],
    coverage: String,
    paper: Paper,
    causes: Vec<Vec<Card>>,
    stale: Vec<Stale>,
    accepted: Vec<Card>,
    relations: Vec<Row>,
    not_checked: Vec<NotChecked>,
    issues: Vec<String>,
}

/// Number of findings of a level.
struct Count {
    class: &'static str,
    word: &'static str,
    number: usize,
}

/// A finding in the list.
struct Card {
    id: String,
    number: usize,
    class: &'static str,
    level: String,
    code: &'static str,
    rule: &'static str,
    key: String,
    message: String,
    why: String,
    cure: String,
    places: Vec<Link>,
    evidence: Vec<Evidence>,
    expected: Option<String>,
    difference: Option<String>,
    accepted: Option<String>,
    /// What would explain the whole cause; on its first card.
    repair: String,
}

/// A place with the way to its mark.
struct Link {
    href: String,
    role: &'static str,
    text: String,
}

/// A figure of the sum.
struct Evidence {
    role: &'static str,
    name: String,
    value: String,
    href: Option<String>,
}

struct Stale {
    message: String,
    why: &'static str,
    cure: &'static str,
    id: String,
}

/// A family of relations.
struct Row {
    key: String,
    code: &'static str,
    class: &'static str,
    verdict: &'static str,
    instances: usize,
    rounding: Option<[String; 3]>,
}

struct NotChecked {
    reason: String,
    keys: String,
}

fn part(checked: &Checked<'_>, number: usize, lang: Lang) -> Part {
    let id = format!("r{number}");
    let views = view::findings(checked, lang);
    let marks = Marks::new(&views, &id, lang);
    let causes = view::causes(&views);
    let card = |view: &FindingView| card(view, &id, lang);
    Part {
        title: title(checked, lang),
        subtitle: files(checked),
        counts: counts(checked, lang),
        coverage: coverage(checked, lang),
        paper: Paper::new(checked, &views, &marks, &id, lang),
        causes: causes
            .iter()
            .map(|cause| with_repair(checked, cause, cause.iter().map(|view| card(view)).collect(), lang))
            .collect(),
        stale: checked.stale.iter().map(|entry| stale(entry, lang)).collect(),
        accepted: views.iter().filter(|view| view.finding.accepted.is_some()).map(card).collect(),
        relations: rows(checked, lang),
        not_checked: not_checked(checked, lang),
        issues: issues(checked, lang),
        id,
    }
}

/// The repair stands on the first card of its cause.
fn with_repair(checked: &Checked<'_>, cause: &[&FindingView<'_>], mut cards: Vec<Card>, lang: Lang) -> Vec<Card> {
    if let (Some(view), Some(card)) = (cause.first(), cards.first_mut()) {
        card.repair = repair::line(checked, view.finding.group, lang);
    }
    cards
}

fn title(checked: &Checked<'_>, lang: Lang) -> String {
    let subject = &checked.statement.subject;
    let entity = subject.entity.clone().unwrap_or_else(|| pick(lang, "预算报告", "Budget report").to_string());
    let phase = match subject.phase {
        Phase::Budget => pick(lang, "预算", "budget"),
        Phase::Final => pick(lang, "决算", "final accounts"),
    };
    match (subject.year, lang) {
        (Some(year), Lang::Zh) => format!("{entity} {year} 年{phase}"),
        (Some(year), Lang::En) => format!("{entity} {year} {phase}"),
        (None, _) => entity,
    }
}

fn files(checked: &Checked<'_>) -> String {
    checked.document.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>().join(", ")
}

fn counts(checked: &Checked<'_>, lang: Lang) -> [Count; 3] {
    let [errors, warnings, notes] = view::counts(checked);
    let count = |level: Level, number| Count { class: level.word(), word: level_word(level, lang), number };
    [count(Level::Error, errors), count(Level::Warning, warnings), count(Level::Info, notes)]
}

fn coverage(checked: &Checked<'_>, lang: Lang) -> String {
    let coverage = &checked.report.coverage;
    let (amounts, bound) = (coverage.amounts, coverage.amounts_bound);
    let (holds, rounding, broken) = (coverage.holds, coverage.rounding, coverage.broken);
    let (tables, not_checked) = (coverage.tables, coverage.not_checked);
    let (claims, claims_bound) = (coverage.claims, coverage.claims_bound);
    match lang {
        Lang::Zh => format!(
            "读到表 {tables} 张、金额 {amounts} 个（看懂 {bound}）、说法 {claims} 处（看懂 {claims_bound}）。\
             关系：成立 {holds} 类，舍入内 {rounding}，不成立 {broken}，未检查 {not_checked}。"
        ),
        Lang::En => format!(
            "Read: {tables} tables, {amounts} amounts ({bound} understood), {claims} claims ({claims_bound} understood). \
             Families of relations: {holds} hold, {rounding} hold within rounding, {broken} broken, {not_checked} not checked."
        ),
    }
}

fn card(view: &FindingView<'_>, id: &str, lang: Lang) -> Card {
    let finding = view.finding;
    let trial = if finding.preview { pick(lang, "（试行）", " (preview)") } else { "" };
    let href = |place: usize| format!("#{}", marks::place_id(id, view.number, place));
    let figures = view.evidence.iter().map(|line| Evidence {
        role: role_word(line.term.role, lang),
        name: view.name(line, lang),
        value: with_unit(&line.figure),
        href: line.place.map(href),
    });
    // The figures below lead to their places; here stand the first one and those without a figure.
    let in_sum = |index: usize| view.evidence.iter().any(|line| line.place == Some(index));
    let shown = view.places.iter().enumerate().filter(|(index, _)| *index == 0 || !in_sum(*index));
    let places = shown.map(|(index, place)| Link {
        href: href(index),
        role: role_word(place.role, lang),
        text: match lang {
            Lang::Zh => format!("{}：{}", place.spot.text(lang), place.quote),
            Lang::En => format!("{}: {}", place.spot.text(lang), place.quote),
        },
    });
    let difference = match &finding.check.outcome {
        Outcome::Broken { difference } => difference.as_ref().map(with_unit),
        _ => None,
    };
    Card {
        id: marks::finding_id(id, view.number),
        number: view.number,
        class: finding.level.word(),
        level: format!("{}{trial}", level_word(finding.level, lang)),
        code: finding.code,
        rule: finding.rule,
        key: finding.check.key.clone(),
        message: view.wording.message.clone(),
        why: view.wording.why.clone(),
        cure: view.wording.cure.clone(),
        places: places.collect(),
        evidence: figures.collect(),
        expected: finding.check.expected.clone(),
        difference,
        accepted: finding.accepted.clone(),
        repair: String::new(),
    }
}

fn stale(entry: &StaleAcceptance, lang: Lang) -> Stale {
    Stale {
        message: entry.message(lang),
        why: StaleAcceptance::why(lang),
        cure: StaleAcceptance::cure(lang),
        id: format!("{} {}", StaleAcceptance::CODE, entry.relation),
    }
}

/// Families with something to look at first, then by key.
fn rows(checked: &Checked<'_>, lang: Lang) -> Vec<Row> {
    let rank = |verdict| match verdict {
        Verdict::Broken => 0,
        Verdict::Rounding => 1,
        Verdict::NotChecked => 2,
        Verdict::Holds => 3,
    };
    let mut relations: Vec<&Relation> = checked.report.relations.iter().collect();
    relations.sort_by_key(|relation| rank(relation.verdict));
    relations.into_iter().map(|relation| row(relation, lang)).collect()
}

fn row(relation: &Relation, lang: Lang) -> Row {
    let rounding = view::rounding(relation);
    Row {
        key: relation.key.clone(),
        code: relation.code,
        class: relation.verdict.word(),
        verdict: verdict_word(relation.verdict, lang),
        instances: relation.instances,
        rounding: rounding.map(|(n, bound, difference)| [n.to_string(), bound.grouped(), with_unit(&difference)]),
    }
}

/// Reasons in the order of their keys, with the families they concern.
fn not_checked(checked: &Checked<'_>, lang: Lang) -> Vec<NotChecked> {
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for entry in view::not_checked(checked) {
        let reason = entry.reason.text(lang);
        let key = match entry.checks.len() {
            1 => entry.key.to_string(),
            several => format!("{} ×{several}", entry.key),
        };
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, keys)) => keys.push(key),
            None => reasons.push((reason, vec![key])),
        }
    }
    let each = reasons.into_iter();
    each.map(|(reason, keys)| NotChecked { reason, keys: keys.join(pick(lang, "、", ", ")) }).collect()
}

fn issues(checked: &Checked<'_>, lang: Lang) -> Vec<String> {
    let each = checked.document.issues.iter();
    each.map(|issue| format!("{} {}", issue_place(checked.document, issue, lang), issue.text(lang))).collect()
}
