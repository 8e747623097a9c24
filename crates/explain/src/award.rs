//! The decisions on a batch: for the firm, for the office, for the public.

mod letter;
mod lists;
mod terminal;

use crate::checked::pick;
use gouji_fund::Lane;
use gouji_fund::policy::Mode;
use gouji_fund::work::Judged;
use gouji_model::{Fen, Lang};
pub use letter::{LETTER_STYLE, letter};
pub use lists::{decisions_csv, decisions_json, decisions_workbook, public_csv, public_list};
pub use terminal::{batch_text, decision_text, wrapped};

/// What a lane means for whoever reads it.
pub const fn lane_word(lane: Lane, lang: Lang) -> &'static str {
    match (lane, lang) {
        (Lane::Pass, Lang::Zh) => "自动通过",
        (Lane::Assist, Lang::Zh) => "转人工",
        (Lane::Refuse, Lang::Zh) => "不符合",
        (Lane::Pass, Lang::En) => "passed",
        (Lane::Assist, Lang::En) => "to a person",
        (Lane::Refuse, Lang::En) => "refused",
    }
}

const fn mode_word(mode: Mode, lang: Lang) -> &'static str {
    match (mode, lang) {
        (Mode::Approval, Lang::Zh) => "核准制",
        (Mode::Review, Lang::Zh) => "评审制",
        (Mode::Automatic, Lang::Zh) => "免申即享",
        (Mode::Approval, Lang::En) => "approval",
        (Mode::Review, Lang::En) => "review",
        (Mode::Automatic, Lang::En) => "without application",
    }
}

/// An amount with its unit; what is not known says so.
fn amount(amount: Option<Fen>, lang: Lang) -> String {
    match amount {
        Some(fen) => format!("{} {}", fen.grouped(), pick(lang, "元", "yuan")),
        None => pick(lang, "待定", "open").to_owned(),
    }
}

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// The office; it sees the evidence of every doubt.
    Office,
    /// The applicant; nothing of another firm is told.
    Applicant,
}

/// Why an application is where it is, in a line: the conditions that fail, those nobody can judge, the flags.
fn reasons(judged: &Judged, at: usize, reader: Reader, lang: Lang) -> Vec<String> {
    let decisions = &judged.decisions;
    let flags = judged.flags[at].iter().map(|flag| match reader {
        Reader::Office => flag.text(lang).to_owned(),
        Reader::Applicant => flag.text_for_applicant(lang).to_owned(),
    });
    let ruling = judged.ruled(at).map(|ruling| match (reader, lang) {
        (Reader::Office, Lang::Zh) => {
            format!("{}（{}，{}）：{}", ruling.verdict.text(lang), ruling.person, ruling.day, ruling.reason)
        }
        (Reader::Office, Lang::En) => {
            format!("{} ({}, {}): {}", ruling.verdict.text(lang), ruling.person, ruling.day, ruling.reason)
        }
        (Reader::Applicant, Lang::Zh) => format!("核实意见：{}", ruling.reason),
        (Reader::Applicant, Lang::En) => format!("reason: {}", ruling.reason),
    });
    let mut reasons: Vec<String> = ruling.into_iter().chain(flags).collect();
    for (index, condition) in judged.version.conditions.iter().enumerate() {
        let clause = match condition.clause.as_str() {
            "" => String::new(),
            clause => format!("{}{clause}{}", pick(lang, "（", " ("), pick(lang, "）", ")")),
        };
        if decisions.failed(at) >> index & 1 == 1 {
            reasons.push(format!("{}：{}{clause}", pick(lang, "不符合", "not met"), condition.name));
        } else if decisions.unknown(at) >> index & 1 == 1 {
            reasons.push(format!("{}：{}{clause}", pick(lang, "无记录，无法判断", "not on record"), condition.name));
        }
    }
    if decisions.is_amount_unknown(at) {
        reasons
            .push(pick(lang, "金额缺数据，无法算出", "the amount cannot be worked out: data are missing").to_owned());
    }
    if is_nothing(judged, at) {
        let zh = "符合条件，但算出的金额为 0 元：不列入拟资助名单，不拨付";
        let en = "the conditions are met, but the amount comes to 0 yuan: it is not on the list, nothing is paid";
        reasons.push(pick(lang, zh, en).to_owned());
    }
    if judged.version.mode == Mode::Review && decisions.lanes[at] == Lane::Assist {
        reasons.push(pick(lang, "评审制：须经专家评审", "experts review this item").to_owned());
    }
    reasons
}

/// Whether an application passes and nothing is to be paid, by the worksheet or by its share.
fn is_nothing(judged: &Judged, at: usize) -> bool {
    judged.decisions.lanes[at] == Lane::Pass && judged.payable(at) == Some(Fen::new(0))
}

/// How many are in each lane: pass, assist, refuse.
fn tally(judged: &Judged) -> [usize; 3] {
    let count = |lane| judged.decisions.lanes.iter().filter(|known| **known == lane).count();
    [count(Lane::Pass), count(Lane::Assist), count(Lane::Refuse)]
}

/// The sum of all that is to be paid.
fn payable(judged: &Judged) -> Fen {
    let all = (0..judged.applicants.len()).filter_map(|at| judged.payable(at));
    Fen::new(all.map(Fen::fen).sum())
}

#[cfg(test)]
mod tests;
