//! What the office itself notices of an application, beside the conditions of the policy.

use super::{Batch, DATE, NAME, NUMBER, Work};
use crate::evidence::CREDIT_CODE;
use crate::judge::{Decisions, Lane};
use crate::policy::Version;
use crate::{CreditCode, Day, Firm, duplicates};
use gouji_model::Lang;
use std::collections::HashMap;

/// Something noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// What kind.
    pub kind: FlagKind,
    zh: String,
    en: String,
}

/// What kind of thing is noticed. Only the first two refuse; all others send the case to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlagKind {
    /// The item is switched off for the batch.
    SwitchedOff,
    /// The application came in before or after the call.
    OutsideCall,
    /// The credit code is not one.
    CreditCode,
    /// The day is not one.
    Date,
    /// Another application of the batch has the same credit code.
    Twice,
    /// Another application of the batch looks like the same firm.
    Alike,
    /// The most it may get of a shared budget is not on record.
    CapUnknown,
}

impl Flag {
    pub(super) fn new(kind: FlagKind, zh: String, en: String) -> Flag {
        Flag { kind, zh, en }
    }

    /// What was noticed, with the evidence.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// What was noticed, without anything about another applicant: for the letter.
    pub fn text_for_applicant(&self, lang: Lang) -> &str {
        match (self.kind, lang) {
            (FlagKind::Twice, Lang::Zh) => "同一信用代码在本批次不止一件申请，须核实",
            (FlagKind::Twice, Lang::En) => "this credit code applies more than once in this batch",
            (FlagKind::Alike, Lang::Zh) => "登记信息与本批次另一件申请高度相近，须核实是否为同一企业重复申请",
            (FlagKind::Alike, Lang::En) => {
                "what is on record is close to another application of this batch: one firm or two?"
            }
            _ => self.text(lang),
        }
    }

    /// True when it refuses.
    pub fn refuses(&self) -> bool {
        matches!(self.kind, FlagKind::SwitchedOff | FlagKind::OutsideCall)
    }
}

/// What is noticed of each applicant.
pub(super) fn flags(work: &Work, batch: &Batch, version: &Version, applicants: &[usize]) -> Vec<Vec<Flag>> {
    let cell = |row: usize, name: &str| {
        work.applications.column(name).map_or("", |found| work.applications.cell(row, found.place))
    };
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for row in applicants {
        holders.entry(cell(*row, CREDIT_CODE)).or_default().push(*row);
    }
    let switch = version.switches.iter().find(|switch| switch.batch == batch.id);
    let mut all: Vec<Vec<Flag>> = applicants
        .iter()
        .map(|row| {
            let mut flags = Vec::new();
            if let Some(switch) = switch {
                let zh = format!("本批次暂停受理该事项：{}", switch.reason);
                flags.push(Flag::new(
                    FlagKind::SwitchedOff,
                    zh,
                    format!("switched off for this batch: {}", switch.reason),
                ));
            }
            flags.extend(of_date(batch, cell(*row, DATE)));
            let code = cell(*row, CREDIT_CODE);
            if let Err(fault) = CreditCode::parse(code) {
                flags.push(Flag::new(FlagKind::CreditCode, fault.text(Lang::Zh), fault.text(Lang::En)));
            }
            let others = holders[code].iter().filter(|other| *other != row).map(|other| cell(*other, NUMBER));
            let others: Vec<&str> = others.collect();
            if !others.is_empty() && !code.is_empty() {
                let zh = format!("同一信用代码在本批次还有申请：{}", others.join("、"));
                let en = format!("the same credit code applies again in this batch: {}", others.join(", "));
                flags.push(Flag::new(FlagKind::Twice, zh, en));
            }
            flags
        })
        .collect();
    let firms: Vec<Firm> = applicants.iter().map(|row| firm(|name| cell(*row, name))).collect();
    let numbers: Vec<&str> = applicants.iter().map(|row| cell(*row, NUMBER)).collect();
    alike(&firms, &numbers, &mut all);
    all
}

fn of_date(batch: &Batch, written: &str) -> Option<Flag> {
    let Some(day) = Day::read(written) else {
        let zh = format!("申请日期“{written}”读不出来；请写如 2019-06-18");
        return Some(Flag::new(
            FlagKind::Date,
            zh,
            format!("the day `{written}` cannot be read; write it like 2019-06-18"),
        ));
    };
    let (opens, closes) = (batch.opens, batch.closes);
    (day < opens || day > closes).then(|| {
        let zh = format!("申请日期 {day} 不在申报期 {opens} 至 {closes} 内");
        Flag::new(FlagKind::OutsideCall, zh, format!("{day} lies outside the call, {opens} to {closes}"))
    })
}

fn firm<'w>(cell: impl Fn(&str) -> &'w str) -> Firm {
    Firm {
        name: cell(NAME).into(),
        credit_code: cell(CREDIT_CODE).into(),
        phone: cell("联系电话").into(),
        address: cell("地址").into(),
        account: cell("银行账号").into(),
        representative: cell("法定代表人").into(),
        contact: cell("联系人").into(),
        shareholders: Vec::new(),
    }
}

/// Pairs of firms under different codes that look like one.
fn alike(firms: &[Firm], numbers: &[&str], all: &mut [Vec<Flag>]) {
    let found = duplicates(firms);
    for pair in &found.pairs {
        let (first, second) = (pair.first as usize, pair.second as usize);
        if firms[first].credit_code == firms[second].credit_code {
            continue;
        }
        for (own, other) in [(first, second), (second, first)] {
            let evidence = |lang| pair.text(found.prior, firms, lang);
            let (zh, en) = (evidence(Lang::Zh), evidence(Lang::En));
            let zh = format!("疑与 {}（{}）为同一企业：{zh}", numbers[other], firms[other].name);
            let en = format!("may be the same firm as {} ({}): {en}", numbers[other], firms[other].name);
            all[own].push(Flag::new(FlagKind::Alike, zh, en));
        }
    }
}

/// Flags move an application to a person, or refuse it.
pub(super) fn apply(flags: &[Vec<Flag>], decisions: &mut Decisions) {
    for (at, flags) in flags.iter().enumerate() {
        if flags.iter().any(Flag::refuses) {
            decisions.refuse(at);
        } else if !flags.is_empty() {
            decisions.lanes[at] = decisions.lanes[at].min(Lane::Assist);
        }
    }
}
