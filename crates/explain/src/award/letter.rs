//! The letter that an applicant gets: what was decided, on which data, by which clause, and what may be done about it.

use super::{Reader, amount, lane_word, reasons};
use crate::checked::pick;
use askama::Template;
use gouji_fund::work::{Judged, NAME, NUMBER, Shared};
use gouji_fund::{Answer, Explanation, Lane, SourceRow};
use gouji_model::{Fen, Lang};

/// The style of letters and lists: no outside resource, light and dark, print.
pub const LETTER_STYLE: &str = include_str!("../../templates/award.css");

#[derive(Template)]
#[template(path = "letter.html")]
struct Letter<'a> {
    style: &'a str,
    lang: &'a str,
    zh: bool,
    title: String,
    number: &'a str,
    name: &'a str,
    office: &'a str,
    document: String,
    verdict: String,
    kind: &'a str,
    reasons: Vec<String>,
    conditions: Vec<[String; 5]>,
    steps: Vec<[String; 5]>,
    share: Option<String>,
    changes: Vec<String>,
    digest: &'a str,
}

/// The letter on one application as a page of its own; `digest` is the SHA-256 of the batch's record.
pub fn letter(judged: &Judged, at: usize, digest: &str, lang: Lang) -> String {
    let explanation = judged.explain(at, lang);
    let lane = judged.decisions.lanes[at];
    let (batch, version) = (judged.batch, judged.version);
    let document = match lang {
        Lang::Zh => format!("{}（{}版），批次 {}", version.document, version.id, batch.id),
        Lang::En => format!("{} (version {}), batch {}", version.document, version.id, batch.id),
    };
    let changes = if lane == Lane::Refuse && !judged.flags[at].iter().any(|flag| flag.refuses()) {
        judged.nearest(at).text(lang)
    } else {
        Vec::new()
    };
    let page = Letter {
        style: LETTER_STYLE,
        lang: pick(lang, "zh-CN", "en"),
        zh: lang == Lang::Zh,
        title: format!("{}{}", judged.file.policy.name, pick(lang, "申请审核意见", ": decision on an application")),
        number: judged.cell(at, NUMBER),
        name: judged.cell(at, NAME),
        office: &judged.work.office,
        document,
        verdict: verdict(judged, at, lang),
        kind: match lane {
            Lane::Pass => "pass",
            Lane::Assist => "assist",
            Lane::Refuse => "refuse",
        },
        reasons: reasons(judged, at, Reader::Applicant, lang),
        conditions: conditions(judged, &explanation, lang),
        steps: steps(judged, &explanation, lang),
        share: share(judged, at, lang),
        changes,
        digest,
    };
    page.render().expect("the template is part of the program and draws every value")
}

fn verdict(judged: &Judged, at: usize, lang: Lang) -> String {
    let award = amount(judged.payable(at).or_else(|| judged.decisions.award(at)), lang);
    match (judged.decisions.lanes[at], lang) {
        (Lane::Pass, Lang::Zh) => format!("符合全部条件，拟资助 {award}。"),
        (Lane::Pass, Lang::En) => format!("All conditions are met; the award proposed is {award}."),
        (Lane::Assist, Lang::Zh) => format!("有事项须由工作人员核实，暂未决定；按现有数据测算为 {award}。"),
        (Lane::Assist, Lang::En) => format!("Not decided yet: a person has to look. On the data at hand: {award}."),
        (Lane::Refuse, Lang::Zh) => "不符合条件，不予资助。".into(),
        (Lane::Refuse, Lang::En) => "The conditions are not met; there is no award.".into(),
    }
}

/// Where values stand: the register, its row, and as of which day.
fn sources(judged: &Judged, rows: &[SourceRow], lang: Lang) -> String {
    let said = rows.iter().map(|row| {
        let register = judged.work.registers.iter().find(|register| register.id == row.register);
        let (source, date) = match register {
            Some(register) => (register.source.as_str(), register.date.map(|date| date.to_string())),
            None => (pick(lang, "申请书", "application"), None),
        };
        let place = match (row.row, lang) {
            (0, Lang::Zh) => "无记录".to_owned(),
            (0, Lang::En) => "no record".to_owned(),
            (row, Lang::Zh) => format!("第 {row} 行"),
            (row, Lang::En) => format!("row {row}"),
        };
        match date {
            Some(date) => format!("{source} {date} {place}"),
            None => format!("{source} {place}"),
        }
    });
    let mut said: Vec<String> = said.collect();
    said.dedup();
    said.join(pick(lang, "；", "; "))
}

/// Name, clause, answer, figures, sources of each condition.
pub(super) fn conditions(judged: &Judged, explanation: &Explanation, lang: Lang) -> Vec<[String; 5]> {
    let conditions = explanation.conditions.iter().map(|condition| {
        let mut rows: Vec<SourceRow> = condition.tests.iter().flat_map(|test| test.sources.clone()).collect();
        rows.sort();
        rows.dedup();
        let answer = condition.answer.word(lang).to_owned();
        let answer = match (condition.answer, condition.refuses) {
            (Answer::No, false) => format!("{answer}{}", pick(lang, "（转人工）", " (to a person)")),
            _ => answer,
        };
        let figures = condition.text.clone();
        [condition.name.clone(), condition.clause.clone(), answer, figures, sources(judged, &rows, lang)]
    });
    conditions.collect()
}

/// Name, clause, working, result, sources of each line of the worksheet.
pub(super) fn steps(judged: &Judged, explanation: &Explanation, lang: Lang) -> Vec<[String; 5]> {
    let steps = explanation.steps.iter().map(|step| {
        let sources = sources(judged, &step.sources, lang);
        [step.name.clone(), step.clause.clone(), step.working.clone(), step.result.clone(), sources]
    });
    steps.collect()
}

/// How the budget was shared, for who got a share.
pub(super) fn share(judged: &Judged, at: usize, lang: Lang) -> Option<String> {
    let Shared::Cut(awards) = &judged.shared else { return None };
    let award = awards.get(&at)?;
    let budget = judged.batch.budget.map_or_else(String::new, Fen::grouped);
    let total: i64 = awards.values().map(|award| award.amount.fen()).sum();
    let asked: i64 = awards.keys().map(|at| judged.decisions.awards[*at]).sum();
    let (asked, total, own) = (Fen::new(asked).grouped(), Fen::new(total).grouped(), award.amount.grouped());
    let entitled = Fen::new(judged.decisions.awards[at]).grouped();
    Some(match lang {
        Lang::Zh => format!(
            "本批次预算 {budget} 元，符合条件的核定额合计 {asked} 元，分配合计 {total} 元；本申请核定 {entitled} 元，分配 {own} 元。"
        ),
        Lang::En => format!(
            "The batch has a budget of {budget} yuan; all that passed come to {asked} yuan and get {total} yuan; \
             this application comes to {entitled} yuan and gets {own} yuan."
        ),
    })
}

/// The lane with its sign, for lists.
pub(super) fn lane_mark(lane: Lane, lang: Lang) -> String {
    let sign = match lane {
        Lane::Pass => "✓",
        Lane::Assist => "?",
        Lane::Refuse => "✗",
    };
    format!("{sign} {}", lane_word(lane, lang))
}
