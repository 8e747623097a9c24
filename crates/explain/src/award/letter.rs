//! The letter that an applicant gets: what was decided, on which data, by which clause, and what may be done about it.

use super::lists::shown;
use super::{Reader, is_nothing, lane_word, reasons};
use crate::checked::pick;
use askama::Template;
use gouji_fund::lifecycle::Verdict;
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
    let award = shown(judged, at, lang);
    let ruling = judged.ruled(at);
    if ruling.is_some_and(|ruling| matches!(ruling.verdict, Verdict::Ended | Verdict::EndedLate)) {
        return pick(lang, "此件已终结，不予资助。", "This application has ended; there is no award.").to_owned();
    }
    let is_ruled = ruling.is_some();
    match (judged.decisions.lanes[at], lang) {
        (Lane::Pass, Lang::Zh) if is_ruled => format!("经核实，决定拟资助 {award}。"),
        (Lane::Pass, Lang::En) if is_ruled => format!("Looked at by a person; the award proposed is {award}."),
        (Lane::Refuse, Lang::Zh) if is_ruled => "经核实，决定不予资助。".into(),
        (Lane::Refuse, Lang::En) if is_ruled => "Looked at by a person; there is no award.".into(),
        (Lane::Pass, Lang::Zh) if is_nothing(judged, at) => {
            "符合全部条件，但算出的金额为 0 元：不列入拟资助名单，不拨付。".into()
        }
        (Lane::Pass, Lang::En) if is_nothing(judged, at) => {
            "All conditions are met, but the amount comes to 0 yuan: it is not on the list, and nothing is paid.".into()
        }
        (Lane::Pass, Lang::Zh) if judged.payable(at).is_none() => format!("符合全部条件，资助额尚未确定：{award}。"),
        (Lane::Pass, Lang::En) if judged.payable(at).is_none() => {
            format!("All conditions are met; the award is not settled yet: {award}.")
        }
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

/// How the budget was shared, for who got a share: base or entitlement, share, award, and who is not counted yet.
pub(super) fn share(judged: &Judged, at: usize, lang: Lang) -> Option<String> {
    let Shared::Cut(division) = &judged.shared else { return None };
    // Who ended after publication keeps a place in the division and has no share any more.
    let award = division.awards.get(&at).filter(|_| judged.decisions.lanes[at] == Lane::Pass)?;
    let (budget, asked) = (division.budget.grouped(), division.asked.grouped());
    let own = Fen::new(judged.decisions.awards[at]).grouped();
    let parts = match (judged.is_pure_share(), lang) {
        (true, Lang::Zh) => format!(
            "按基数分配预算：本批次预算 {budget} 元，符合条件的基数合计 {asked} 元；本申请基数 {own} 元（基数不是资助额）。"
        ),
        (true, Lang::En) => format!(
            "The budget is shared by bases: {budget} yuan over bases of {asked} yuan in all; \
             the base of this application is {own} yuan, which is not its award. "
        ),
        (false, Lang::Zh) => {
            format!("本批次预算 {budget} 元，符合条件的核定额合计 {asked} 元；本申请核定 {own} 元。")
        }
        (false, Lang::En) => format!(
            "The batch has a budget of {budget} yuan; all that passed come to {asked} yuan, this application to {own} yuan. "
        ),
    };
    Some(format!("{parts}{}{}", award.text(lang), left_out(judged, &division.left_out, Reader::Applicant, lang)))
}

/// Who waits for a person and is not counted in the share.
pub(super) fn left_out(judged: &Judged, waiting: &[usize], reader: Reader, lang: Lang) -> String {
    if waiting.is_empty() {
        return String::new();
    }
    let numbers: Vec<&str> = waiting.iter().take(NAMED).map(|at| judged.cell(*at, NUMBER)).collect();
    let (count, numbers) = (waiting.len(), numbers.join(pick(lang, "、", ", ")));
    let more = if count > NAMED { pick(lang, " 等", " …") } else { "" };
    let named = match (reader, lang) {
        (Reader::Applicant, _) => String::new(),
        (Reader::Office, Lang::Zh) => format!("（{numbers}{more}）"),
        (Reader::Office, Lang::En) => format!(" ({numbers}{more})"),
    };
    match lang {
        Lang::Zh => format!("另有 {count} 件待人工核实，尚未计入{named}；核实后重新分配。"),
        Lang::En => format!(" {count} that wait for a person are not counted yet{named}; then all is shared anew."),
    }
}

/// How many numbers are named of those who wait.
const NAMED: usize = 10;

/// The lane with its sign, for lists; of what a person decided, the decision.
pub(super) fn lane_mark(judged: &Judged, at: usize, lang: Lang) -> String {
    let lane = judged.decisions.lanes[at];
    let sign = match lane {
        Lane::Pass => "✓",
        Lane::Assist => "?",
        Lane::Refuse => "✗",
    };
    match judged.ruled(at) {
        Some(ruling) => format!("{sign} {}{}", pick(lang, "人工决定：", "decided: "), ruling.verdict.text(lang)),
        None => format!("{sign} {}", lane_word(lane, lang)),
    }
}
