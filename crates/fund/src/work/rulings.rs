//! What persons decided on cases that registers leave open, or against what they say.

use super::{Batch, Judged, NUMBER, Work};
use crate::Day;
use crate::judge::{Decisions, Lane};
use crate::lifecycle::{Entry, Event, State, Verdict};
use gouji_model::{Fen, Lang, csv_cell};

/// The file in which the rulings of a batch are kept with its evidence.
pub const RULINGS_FILE: &str = "rulings.csv";
/// Its heads.
pub const RULINGS_HEADS: [&str; 6] = ["申请编号", "决定", "金额（元）", "经办人", "日期", "理由"];

/// One decision of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The application.
    pub application: String,
    /// What was decided.
    pub verdict: Verdict,
    /// The award in fen; `None` leaves it as the worksheet has it.
    pub amount: Option<Fen>,
    /// Who decided.
    pub person: String,
    /// When.
    pub day: Day,
    /// Why.
    pub reason: String,
}

/// The rulings in a log of acts, in its order: what persons decided, and what ended an application.
pub fn rulings(entries: &[Entry]) -> Vec<Ruling> {
    let ruling = |entry: &Entry| {
        let event = &entry.event;
        Some(Ruling {
            application: entry.application.clone(),
            verdict: event.verdict.or_else(|| ending(event))?,
            amount: event.amount.filter(|_| event.verdict.is_some()),
            person: event.person.clone(),
            day: event.time.day()?,
            reason: match event.reason.is_empty() {
                // An applicant need not say why.
                true => event.action.name(Lang::Zh).to_owned(),
                false => event.reason.clone(),
            },
        })
    };
    entries.iter().filter_map(ruling).collect()
}

/// Whether an event ends an application that would otherwise be paid.
fn ending(event: &Event) -> Option<Verdict> {
    let is_late = !matches!(
        event.from,
        State::Draft
            | State::UnitReview
            | State::Submitted
            | State::Returned
            | State::Accepted
            | State::Checking
            | State::AwaitingReview
            | State::Proposed
    );
    match event.to {
        State::Withdrawn | State::NotAccepted if !is_late => Some(Verdict::Ended),
        // Before publication a rejection only says what registers and persons decided.
        State::Withdrawn | State::Rejected if is_late => Some(Verdict::EndedLate),
        _ => None,
    }
}

impl Work {
    /// The rulings on a batch as a table, in their order; empty where there are none.
    pub fn rulings_of(&self, batch: &Batch) -> String {
        let applicants = self.applicants(batch);
        let place = self.applications.column(NUMBER).map_or(0, |found| found.place);
        let numbers: std::collections::HashSet<&str> =
            applicants.iter().map(|row| self.applications.cell(*row, place)).collect();
        let mut text = String::new();
        for ruling in self.rulings.iter().filter(|ruling| numbers.contains(ruling.application.as_str())) {
            if text.is_empty() {
                text = format!("{}\n", RULINGS_HEADS.join(","));
            }
            let amount = ruling.amount.map_or_else(String::new, |amount| amount.to_string());
            let (day, verdict) = (ruling.day.to_string(), ruling.verdict.word());
            let cells = [&ruling.application, verdict, &amount, &ruling.person, &day, &ruling.reason].map(csv_cell);
            text.push_str(&format!("{}\n", cells.join(",")));
        }
        text
    }
}

impl Judged<'_> {
    /// What a person decided last on an applicant.
    pub fn ruling(&self, applicant: usize) -> Option<&Ruling> {
        let number = self.cell(applicant, NUMBER);
        self.work.rulings.iter().rev().find(|ruling| ruling.application == number)
    }

    /// The applicants whom a person decided on, and who stand as decided.
    pub fn ruled(&self, applicant: usize) -> Option<&Ruling> {
        self.ruling(applicant).filter(|ruling| {
            let stands = if ruling.verdict.funds() { Lane::Pass } else { Lane::Refuse };
            self.decisions.lanes[applicant] == stands
        })
    }
}

/// Puts what persons decided in the place of what registers leave open. A ruling that did not know what registers say by
/// now, such as an award where a condition fails that held, goes to a person again.
pub(super) fn apply(judged: &mut Judged) {
    if judged.work.rulings.is_empty() {
        return;
    }
    for at in 0..judged.applicants.len() {
        let number = judged.cell(at, NUMBER);
        let Some(ruling) = judged
            .work
            .rulings
            .iter()
            .rev()
            .find(|ruling| ruling.application == number && ruling.verdict != Verdict::EndedLate)
        else {
            continue;
        };
        let amount = ruling.amount.or_else(|| judged.decisions.award(at));
        ruled(&mut judged.decisions, at, ruling.verdict, amount);
    }
}

/// Who ended after publication gets nothing, once the budget is divided as it was published.
pub(super) fn end_late(judged: &mut Judged) {
    if judged.work.rulings.is_empty() {
        return;
    }
    for at in 0..judged.applicants.len() {
        if judged.ruling(at).is_some_and(|ruling| ruling.verdict == Verdict::EndedLate) {
            judged.decisions.refuse(at);
        }
    }
}

fn ruled(decisions: &mut Decisions, at: usize, verdict: Verdict, amount: Option<Fen>) {
    match (verdict, decisions.lanes[at]) {
        (Verdict::Fund | Verdict::FundAbove, Lane::Assist | Lane::Pass) | (Verdict::FundAgainst, _) => match amount {
            Some(amount) => decisions.pass(at, amount),
            None => decisions.lanes[at] = Lane::Assist,
        },
        (Verdict::Refuse, Lane::Assist | Lane::Refuse) | (Verdict::RefuseAgainst | Verdict::Ended, _) => {
            decisions.refuse(at);
        }
        // It keeps its place in the division of the budget; see `end_late`.
        (Verdict::EndedLate, _) => {}
        (Verdict::Fund | Verdict::FundAbove, Lane::Refuse) | (Verdict::Refuse, Lane::Pass) => {
            decisions.lanes[at] = Lane::Assist
        }
    }
}
