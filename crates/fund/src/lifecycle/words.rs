//! What is missing, what would be right, and who may do it.

use super::{Action, Days, Guard, Lack, NoTable, Outcome, Refused, Role, Verdict};
use gouji_model::Lang;

impl Guard {
    /// Every one, with the words by which tables name it: Chinese, English.
    pub const NAMES: [(Guard, &'static str, &'static str); 12] = [
        (Guard::PublicityOver, "公示期满", "publicity-over"),
        (Guard::BudgetReserved, "预算已预留", "budget-reserved"),
        (Guard::ContractSigned, "合同已签", "contract-signed"),
        (Guard::AccountConfirmed, "账户已确认", "account-confirmed"),
        (Guard::OtherThanJudge, "经办回避", "other-than-judge"),
        (Guard::ObjectionsAnswered, "异议已答复", "objections-answered"),
        (Guard::ObjectionOpen, "有未答复异议", "objection-open"),
        (Guard::ReasonGiven, "写明理由", "reason-given"),
        (Guard::VersionFrozen, "版本已冻结", "version-frozen"),
        (Guard::SameAsPublished, "与公示一致", "same-as-published"),
        (Guard::DecidedToFund, "结论为资助", "decided-to-fund"),
        (Guard::DecidedNotToFund, "结论为不资助", "decided-not-to-fund"),
    ];

    /// The guard of a name in either language.
    pub fn read(text: &str) -> Option<Guard> {
        Guard::NAMES.iter().find(|(_, zh, en)| text == *zh || text == *en).map(|(guard, _, _)| *guard)
    }

    /// What has to be so.
    pub const fn text(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Guard::PublicityOver => ("公示期满且没有未答复的异议", "the publicity is over and no objection is open"),
            Guard::BudgetReserved => ("台账已按决定的金额预留", "the ledger holds the amount decided on"),
            Guard::ContractSigned => ("合同已签订（不需要合同的除外）", "the contract is signed, where one is needed"),
            Guard::AccountConfirmed => (
                "申报单位已确认收款账户（动作：确认账户）",
                "the applicant confirmed the account (action: confirm account)",
            ),
            Guard::OtherThanJudge => ("不是经办此件的人", "not the person who judged"),
            Guard::ObjectionsAnswered => {
                ("异议都已答复（动作：答复异议）", "every objection is answered (action: answer)")
            }
            Guard::ObjectionOpen => ("有未答复的异议", "an objection is open"),
            Guard::ReasonGiven => ("写明理由（--reason）", "a reason is written (--reason)"),
            Guard::VersionFrozen => ("结论已定，可以冻结", "the decision is final and can be frozen"),
            Guard::SameAsPublished => (
                "与公示的内容一致；规定、材料或结论改动过的，须退回、重新公示",
                "it is what was published; where rule, application or decision changed, return it and publish anew",
            ),
            Guard::DecidedToFund => ("结论是资助，金额已定", "the decision is to fund, and its amount is final"),
            Guard::DecidedNotToFund => ("结论是不予资助", "the decision is not to fund"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl Days {
    /// How many, with their unit.
    pub fn text(self, lang: Lang) -> String {
        days(self, self.count(), lang)
    }
}

fn days(kind: Days, count: u32, lang: Lang) -> String {
    match (kind, lang) {
        (Days::Working(_), Lang::Zh) => format!("{count} 个工作日"),
        (Days::Calendar(_), Lang::Zh) => format!("{count} 天"),
        (Days::Working(_), Lang::En) => format!("{count} working day{}", plural(count)),
        (Days::Calendar(_), Lang::En) => format!("{count} day{}", plural(count)),
    }
}

const fn plural(count: u32) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn pick(lang: Lang, zh: String, en: String) -> String {
    if lang == Lang::Zh { zh } else { en }
}

impl Verdict {
    /// What was decided.
    pub const fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Verdict::Fund, Lang::Zh) => "资助",
            (Verdict::Refuse, Lang::Zh) => "不予资助",
            (Verdict::FundAgainst, Lang::Zh) => "资助（突破硬性条件）",
            (Verdict::FundAbove, Lang::Zh) => "资助（高于按规定算出的金额）",
            (Verdict::FundAbove, Lang::En) => "to fund, with more than the rule gives",
            (Verdict::RefuseAgainst, Lang::Zh) => "不予资助（推翻自动通过）",
            (Verdict::Ended, Lang::Zh) => "已终结（撤销或不予受理）",
            (Verdict::EndedLate, Lang::Zh) => "公示后终结（撤销或异议成立）",
            (Verdict::Ended, Lang::En) => "ended: withdrawn or not accepted",
            (Verdict::EndedLate, Lang::En) => "ended after publication: withdrawn, or an objection was right",
            (Verdict::Fund, Lang::En) => "to fund",
            (Verdict::Refuse, Lang::En) => "not to fund",
            (Verdict::FundAgainst, Lang::En) => "to fund, against a condition that refuses",
            (Verdict::RefuseAgainst, Lang::En) => "not to fund, though every condition is met",
        }
    }
}

impl Lack {
    /// What is missing and what would be right.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Lack::Of(Guard::SameAsPublished) => pick(
                lang,
                "与公示的内容不一致：规定、材料或结论改动过；请先退回，再重新公示".into(),
                "it is not what was published: rule, application or decision changed; return it, then publish anew"
                    .into(),
            ),
            Lack::Of(guard) => {
                let text = guard.text(lang);
                pick(lang, format!("未满足“{text}”"), format!("this is not so yet: {text}"))
            }
            Lack::Publicity { left: 0, last, .. } => pick(
                lang,
                format!("今天是公示期最后一天（{last}），明天起可以"),
                format!("today is the last day of the publicity ({last}): from tomorrow on"),
            ),
            Lack::Publicity { days: kind, left, last } => {
                let left = days(*kind, *left, lang);
                pick(
                    lang,
                    format!("公示期还有 {left}，到 {last}"),
                    format!("the publicity goes on for {left}, to {last}"),
                )
            }
            Lack::Money { decided, held } => {
                let (decided, held) = (decided.grouped(), held.grouped());
                let zh = format!("决定 {decided} 元，台账上为此件预留 {held} 元；请先 gouji fund reserve");
                let en =
                    format!("{decided} yuan are decided on, the ledger holds {held}; gouji fund reserve comes first");
                pick(lang, zh, en)
            }
            Lack::Judged(person) => pick(
                lang,
                format!("{person} 经办过此件，须由别人办"),
                format!("{person} judged it: somebody else does this"),
            ),
            Lack::Outcome(Outcome::Open) => pick(
                lang,
                "结论未定：此件或同批次的件还待人工决定（gouji fund decide）".into(),
                "nothing is decided: this case, or one that shares its budget, waits for a person (gouji fund decide)"
                    .into(),
            ),
            Lack::Outcome(Outcome::Refuse) => pick(lang, "结论是不予资助".into(), "the decision is not to fund".into()),
            Lack::Outcome(Outcome::Fund(amount)) => {
                let amount = amount.grouped();
                pick(lang, format!("结论是资助 {amount} 元"), format!("the decision is to fund with {amount} yuan"))
            }
        }
    }
}

impl Refused {
    /// What is missing and who may do it.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Refused::NoSuchMove { state, action, possible } => {
                let each = |(action, role): &(Action, Role)| {
                    let (action, role) = (action.name(lang), role.name(lang));
                    pick(lang, format!("{action}（{role}）"), format!("{action} ({role})"))
                };
                let possible: Vec<String> = possible.iter().map(each).collect();
                let (state, action) = (state.name(lang), action.name(lang));
                if possible.is_empty() {
                    let zh = format!("现在是“{state}”，不能{action}；此件已经办结");
                    return pick(lang, zh, format!("it is `{state}`: `{action}` is not possible, nothing is any more"));
                }
                let zh = format!("现在是“{state}”，不能{action}；可以：{}", possible.join("、"));
                pick(
                    lang,
                    zh,
                    format!("it is `{state}`: `{action}` is not possible; possible: {}", possible.join(", ")),
                )
            }
            Refused::WrongRole { action, may } => {
                let (may, action) = (may.name(lang), action.name(lang));
                pick(
                    lang,
                    format!("{action}由{may}办理（--as {may}）"),
                    format!("`{action}` is done by the {may} (--as \"{may}\")"),
                )
            }
            Refused::Missing { action, lacks } => {
                let lacks: Vec<String> = lacks.iter().map(|lack| lack.text(lang)).collect();
                let action = action.name(lang);
                pick(
                    lang,
                    format!("还不能{action}：{}", lacks.join("；")),
                    format!("`{action}` has to wait: {}", lacks.join("; ")),
                )
            }
            Refused::EarlierThanLast { last } => {
                let zh = format!("日期早于上一条记录（{last}）；记录只能往后加");
                pick(lang, zh, format!("the day lies before the last event ({last}); a record only grows"))
            }
            Refused::Text => pick(
                lang,
                "姓名不能为空；姓名和理由最多 1000 字，不能含换行等控制字符".into(),
                "a name is not empty; names and reasons have at most 1,000 characters and no line breaks".into(),
            ),
        }
    }
}

impl NoTable {
    /// What is wrong with the tables, and what would be right.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            NoTable::None(day) => {
                let zh = format!("{day} 没有生效的办理流程；请在 lifecycle 里补上那时的流程");
                pick(lang, zh, format!("no life-cycle table is in force on {day}; add that of the time to lifecycle"))
            }
            NoTable::Several(day, one, other) => {
                let zh = format!("{day} 有两个办理流程同时生效：“{one}”和“{other}”；请改其中一个的起止日期");
                pick(
                    lang,
                    zh,
                    format!("two tables are in force on {day}, `{one}` and `{other}`; change the dates of one"),
                )
            }
        }
    }
}
