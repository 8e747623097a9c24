use super::Share;
use gouji_model::{Fen, Lang};
use std::collections::BTreeSet;

/// What one applicant asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The number of the application; one claim for each.
    pub id: String,
    /// The entitled amount, or the eligible base in [`Basis::Eligible`]; 0 to 10^18 fen.
    pub amount: Fen,
    /// A bound of this claim's award, such as the tax paid; not negative.
    pub cap: Option<Fen>,
    /// Points of the review; they matter between units of equal rank only, where more points come first.
    pub points: i64,
}

/// What the amounts of the claims are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Entitled amounts: no award is above its claim's amount.
    Entitled,
    /// Eligible bases, as R&D expense: the rate is the budget over all bases, and only caps bound an award.
    Eligible,
}

/// What is spread, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The money there is; 0 to 10^18 fen.
    pub budget: Fen,
    /// Awards are multiples of it where something is cut: 1 fen, 1 yuan, 100 yuan …; 1 to 10^18 fen.
    pub unit: Fen,
    /// What the amounts of the claims are.
    pub basis: Basis,
    /// A bound of every award, such as 5 million yuan; not negative.
    pub cap: Option<Fen>,
}

/// Which bound an award has reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The entitled amount.
    Amount,
    /// The claim's own cap.
    OwnCap,
    /// The cap of all awards.
    CommonCap,
}

/// Why nothing can be spread.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum AllocationError {
    /// The unit is not between 1 and 10^18 fen.
    Unit(Fen),
    /// The budget is not between 0 and 10^18 fen.
    Budget(Fen),
    /// The common cap is negative.
    CommonCap(Fen),
    /// A claim's amount or cap is negative.
    Negative(String),
    /// Two claims have the same id.
    Twice(String),
    /// The amounts of all claims come to more than 10^18 fen.
    TooMuch,
}

/// A claim as the row of units sees it, in the order of the rule of ties.
pub(super) struct Entry {
    pub amount: i128,
    /// The most it may get, in fen; `None` when nothing bounds it.
    pub limit: Option<i128>,
    pub bound: Option<Limit>,
    /// Its place among the claims as given.
    pub claim: usize,
}

const MOST: i64 = 1_000_000_000_000_000_000;

/// The claims, checked, in the order of the rule of ties.
pub(super) fn entries(terms: &Terms, claims: &[Claim]) -> Result<Vec<Entry>, AllocationError> {
    check_terms(terms)?;
    let mut ids = BTreeSet::new();
    let mut sum = 0_i64;
    for claim in claims {
        if claim.amount.fen() < 0 || claim.cap.is_some_and(|cap| cap.fen() < 0) {
            return Err(AllocationError::Negative(claim.id.clone()));
        }
        if !ids.insert(claim.id.as_str()) {
            return Err(AllocationError::Twice(claim.id.clone()));
        }
        sum = sum.checked_add(claim.amount.fen()).filter(|sum| *sum <= MOST).ok_or(AllocationError::TooMuch)?;
    }
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by(|left, right| {
        let (left, right) = (&claims[*left], &claims[*right]);
        let by_merit = right.points.cmp(&left.points).then(right.amount.cmp(&left.amount));
        by_merit.then_with(|| left.id.cmp(&right.id))
    });
    Ok(order.into_iter().map(|at| entry(terms, claims, at)).collect())
}

fn check_terms(terms: &Terms) -> Result<(), AllocationError> {
    if !(1..=MOST).contains(&terms.unit.fen()) {
        return Err(AllocationError::Unit(terms.unit));
    }
    if !(0..=MOST).contains(&terms.budget.fen()) {
        return Err(AllocationError::Budget(terms.budget));
    }
    terms.cap.filter(|cap| cap.fen() < 0).map_or(Ok(()), |cap| Err(AllocationError::CommonCap(cap)))
}

fn entry(terms: &Terms, claims: &[Claim], at: usize) -> Entry {
    let claim = &claims[at];
    let amount = i128::from(claim.amount.fen());
    // A claim of nothing gets nothing, whatever its caps allow.
    let is_bounded = terms.basis == Basis::Entitled || amount == 0;
    let bounds = [
        is_bounded.then_some((claim.amount, Limit::Amount)),
        claim.cap.map(|cap| (cap, Limit::OwnCap)),
        terms.cap.map(|cap| (cap, Limit::CommonCap)),
    ];
    // The first of equal bounds is the one named.
    let least = bounds.into_iter().flatten().min_by_key(|(most, _)| *most);
    let limit = least.map(|(most, _)| i128::from(most.fen().min(MOST)));
    Entry { amount, limit, bound: least.map(|(_, bound)| bound), claim: at }
}

impl Entry {
    /// The most whole units it may get.
    pub fn most_units(&self, unit: i128) -> Option<i128> {
        self.limit.map(|limit| limit / unit)
    }

    /// The unrounded award at a rate, none above its limit in whole units.
    pub fn share(&self, rate: Share, unit: i128) -> Share {
        let free = Share { numerator: self.amount * rate.numerator, denominator: rate.denominator };
        match self.most_units(unit).map(|most| most * unit) {
            Some(most) if most * free.denominator <= free.numerator => Share { numerator: most, denominator: 1 },
            _ => free,
        }
    }
}

impl AllocationError {
    /// The reason in a language.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Unit(unit), Lang::Zh) => format!("取整单位 {unit} 元不在 0.01 元至 1 亿亿元之间"),
            (Self::Unit(unit), Lang::En) => {
                format!("the rounding unit, {unit} yuan, is not between 0.01 and 10^16 yuan")
            }
            (Self::Budget(budget), Lang::Zh) => format!("资金总额 {budget} 元不在 0 至 1 亿亿元之间"),
            (Self::Budget(budget), Lang::En) => format!("the budget, {budget} yuan, is not between 0 and 10^16 yuan"),
            (Self::CommonCap(cap), Lang::Zh) => format!("统一上限 {cap} 元为负数"),
            (Self::CommonCap(cap), Lang::En) => format!("the common cap, {cap} yuan, is negative"),
            (Self::Negative(id), Lang::Zh) => format!("申请 {id} 的金额或上限为负数"),
            (Self::Negative(id), Lang::En) => format!("application {id}: the amount or its cap is negative"),
            (Self::Twice(id), Lang::Zh) => format!("申请 {id} 出现两次"),
            (Self::Twice(id), Lang::En) => format!("application {id} stands there twice"),
            (Self::TooMuch, Lang::Zh) => "全部申请金额合计超过 1 亿亿元".to_owned(),
            (Self::TooMuch, Lang::En) => "the amounts of all applications come to more than 10^16 yuan".to_owned(),
        }
    }
}
