//! What is missing, and who may do it.

use super::{Action, Days, Guard, Refused};
use gouji_model::Lang;

impl Guard {
    /// What has to be so.
    pub fn text(self, lang: Lang) -> String {
        let (zh, en) = match self {
            Guard::PublicityOver(Days::Working(count)) => {
                let zh = format!("公示满 {count} 个工作日且没有未答复的异议");
                return pick(lang, zh, format!("{count} working days of publicity are over and no objection is open"));
            }
            Guard::PublicityOver(Days::Calendar(count)) => {
                let zh = format!("公示满 {count} 天且没有未答复的异议");
                return pick(lang, zh, format!("{count} days of publicity are over and no objection is open"));
            }
            Guard::BudgetReserved => ("预算额度已预留", "the budget is reserved"),
            Guard::ContractSigned => ("合同已签订（不需要合同的除外）", "the contract is signed, where one is needed"),
            Guard::AccountConfirmed => ("申报单位已确认收款账户", "the applicant confirmed the account"),
            Guard::OtherThanJudge => ("不是经办此件的人", "not the person who judged"),
            Guard::ObjectionsAnswered => ("异议都已答复", "every objection is answered"),
            Guard::ObjectionOpen => ("有未答复的异议", "an objection is open"),
            Guard::ReasonGiven => ("写明理由", "a reason is written"),
            Guard::VersionFrozen => ("政策、申报材料和结论已冻结", "rules, application and decision are frozen"),
            Guard::SameAsPublished => (
                "与公示的内容一致（改动过的须重新公示）",
                "it is what was published; what was changed is published anew",
            ),
        };
        pick(lang, zh.into(), en.into())
    }
}

fn pick(lang: Lang, zh: String, en: String) -> String {
    if lang == Lang::Zh { zh } else { en }
}

impl Refused {
    /// What is missing and who may do it.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Refused::NoSuchMove { state, action, possible } => {
                let each = |(action, role): &(Action, super::Role)| {
                    let (action, role) = (action.name(lang), role.name(lang));
                    pick(lang, format!("{action}（{role}）"), format!("{action} ({role})"))
                };
                let possible: Vec<String> = possible.iter().map(each).collect();
                let (state, action) = (state.name(lang), action.name(lang));
                let zh = format!("“{state}”时不能{action}；现在可以：{}", possible.join("、"));
                pick(lang, zh, format!("`{action}` is not possible in `{state}`; possible: {}", possible.join(", ")))
            }
            Refused::WrongRole { action, may } => {
                let (may, action) = (may.name(lang), action.name(lang));
                pick(lang, format!("{action}应由{may}办理"), format!("`{action}` is done by {may}"))
            }
            Refused::Missing { action, guards, over_on } => {
                let guards: Vec<String> = guards.iter().map(|guard| guard.text(lang)).collect();
                let action = action.name(lang);
                let zh = over_on.map_or_else(String::new, |day| format!("（最早 {day}）"));
                let en = over_on.map_or_else(String::new, |day| format!(" (not before {day})"));
                let zh = format!("还不能{action}，须先满足：{}{zh}", guards.join("；"));
                pick(lang, zh, format!("`{action}` still needs: {}{en}", guards.join("; ")))
            }
            Refused::EarlierThanLast { last } => {
                let zh = format!("日期早于上一条记录（{last}）；记录只能往后加");
                pick(lang, zh, format!("the day lies before the last event ({last}); a record only grows"))
            }
        }
    }
}
