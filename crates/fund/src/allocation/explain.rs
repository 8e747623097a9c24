use super::claims::{Claim, Entry, Limit, Terms};
use super::{Allocation, Rank, Row};
use gouji_model::{Fen, Lang};
use std::fmt;

/// An exact number: numerator ÷ denominator, the denominator above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Above the line.
    pub numerator: i128,
    /// Below the line.
    pub denominator: i128,
}

/// What one claim gets, with what explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// The number of the application.
    pub id: String,
    /// What it gets.
    pub amount: Fen,
    /// What it would get unrounded, in fen, none above its limit.
    pub share: Share,
    /// Amount − share, in fen: what rounding gave or took.
    pub rounded_by: Share,
    /// The bound that the award has reached.
    pub limit: Option<Limit>,
    /// Its place among the claims whose last unit was given by the rule of ties, when some of them got none.
    pub tie: Option<Tie>,
}

/// A place among claims that only the rule of ties parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// From 1; the first got the unit.
    pub rank: usize,
    /// How many claims stood there.
    pub of: usize,
    /// How many of them got the unit.
    pub given: usize,
}

/// How an allocation came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every claim gets its limit to the fen.
    AllFit,
    /// Every claim gets its limit in whole units; what is left is less than a unit for each claim.
    AllFitInUnits,
    /// Reduced pro rata to the budget in whole units.
    Cut,
}

/// Every entry gets its limit.
pub(super) fn whole(terms: &Terms, claims: &[Claim], entries: &[Entry]) -> Allocation {
    let mut awards: Vec<(usize, Award)> = Vec::with_capacity(entries.len());
    for entry in entries {
        let limit = entry.limit.unwrap_or(0);
        let share = Share { numerator: limit, denominator: 1 };
        awards.push((entry.claim, award(claims, entry, (limit, 1), share, None)));
    }
    finished(terms, awards, Outcome::AllFit, Share { numerator: 1, denominator: 1 })
}

/// Every entry gets its units before the cut of the row.
pub(super) fn cut(terms: &Terms, claims: &[Claim], row: &Row<'_>, rate: Share) -> Allocation {
    let ties = Ties::at_the_cut(row);
    let mut awards: Vec<(usize, Award)> = Vec::with_capacity(row.entries.len());
    for (at, entry) in row.entries.iter().enumerate() {
        let (amount, share) = (row.units[at] * row.unit, entry.share(rate, row.unit));
        awards.push((entry.claim, award(claims, entry, (amount, row.unit), share, ties.of(at))));
    }
    let is_full = row.entries.iter().zip(&row.units).all(|(entry, units)| entry.most_units(row.unit) == Some(*units));
    finished(terms, awards, if is_full { Outcome::AllFitInUnits } else { Outcome::Cut }, rate)
}

fn award(claims: &[Claim], entry: &Entry, (amount, unit): (i128, i128), share: Share, tie: Option<Tie>) -> Award {
    let rounded_by = Share { numerator: amount * share.denominator - share.numerator, denominator: share.denominator };
    // In whole units a limit is reached when one unit more would pass it.
    let limit = entry.bound.filter(|_| entry.limit.is_some_and(|limit| amount + unit > limit));
    Award { id: claims[entry.claim].id.clone(), amount: fen(amount), share, rounded_by, limit, tie }
}

fn finished(terms: &Terms, mut awards: Vec<(usize, Award)>, outcome: Outcome, rate: Share) -> Allocation {
    awards.sort_unstable_by_key(|(claim, _)| *claim);
    let awards: Vec<Award> = awards.into_iter().map(|(_, award)| award).collect();
    let total: i64 = awards.iter().map(|award| award.amount.fen()).sum();
    Allocation { awards, total: Fen::new(total), unspent: Fen::new(terms.budget.fen() - total), outcome, rate }
}

fn fen(amount: i128) -> Fen {
    Fen::new(i64::try_from(amount).expect("an award is at most the budget, which is an i64"))
}

/// The entries that only the rule of ties parts at the cut.
struct Ties {
    /// In the order of the rule.
    members: Vec<usize>,
    given: usize,
}

impl Ties {
    fn at_the_cut(row: &Row<'_>) -> Self {
        let places = 0..row.entries.len();
        let none = Ties { members: Vec::new(), given: 0 };
        let last = places.clone().filter_map(|at| row.last(at)).min();
        let next = places.clone().filter_map(|at| row.next(at)).max();
        let Some((last, next)) = last.zip(next).filter(|(last, next)| last.ties_with(next)) else { return none };
        let stands = |at: &usize| last.is_in(row.next(*at), row.last(*at));
        let given = places.clone().filter(|at| row.last(*at).is_some_and(|rank| rank.ties_with(&next))).count();
        Ties { members: places.filter(stands).collect(), given }
    }

    fn of(&self, at: usize) -> Option<Tie> {
        let rank = self.members.binary_search(&at).ok()? + 1;
        Some(Tie { rank, of: self.members.len(), given: self.given })
    }
}

impl Rank {
    /// Whether the entry has a unit of this rank, given or not.
    fn is_in(&self, next: Option<Rank>, last: Option<Rank>) -> bool {
        [next, last].into_iter().flatten().any(|rank| rank.ties_with(self))
    }
}

impl Share {
    /// Whether it is above, at or below a whole number.
    pub fn cmp_whole(&self, whole: i128) -> std::cmp::Ordering {
        self.numerator.cmp(&(whole * self.denominator))
    }
}

impl fmt::Display for Share {
    /// A whole number, or `numerator/denominator` in lowest terms.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let common = divisor(self.numerator.unsigned_abs(), self.denominator.unsigned_abs()).max(1) as i128;
        let (numerator, denominator) = (self.numerator / common, self.denominator / common);
        if denominator == 1 { write!(out, "{numerator}") } else { write!(out, "{numerator}/{denominator}") }
    }
}

/// The greatest number that divides both.
fn divisor(left: u128, right: u128) -> u128 {
    if right == 0 { left } else { divisor(right, left % right) }
}

impl Allocation {
    /// The rule, as it is published with the list.
    pub fn rule(&self, lang: Lang) -> &'static str {
        match (self.outcome, lang) {
            (Outcome::AllFit, Lang::Zh) => "资金足额，各申请按应得金额全额安排。",
            (Outcome::AllFit, Lang::En) => "The budget suffices: every application gets its amount in full.",
            (Outcome::AllFitInUnits, Lang::Zh) => {
                "各申请均达到上限（按取整单位舍去尾数），余额不足以再各安排一个单位。"
            }
            (Outcome::AllFitInUnits, Lang::En) => "Every application gets its limit in whole units.",
            (Outcome::Cut, Lang::Zh) => {
                "总额控制，按比例核减：各申请的第 k 个单位以“金额÷(2k−1)”排序，由高到低安排至资金用完；\
                 次序相同的，先评分高者，再金额大者，再申请编号小者；任何申请不超过其上限。"
            }
            (Outcome::Cut, Lang::En) => {
                "Total control, reduced pro rata: the k-th unit of an application ranks by amount ÷ (2k − 1); units are given \
                 from the highest rank until the budget is used; of equal ranks first more points, then the larger amount, then \
                 the smaller number; no application gets more than its limit."
            }
        }
    }
}

impl Award {
    /// What explains the award, as a sentence for its applicant.
    pub fn text(&self, lang: Lang) -> String {
        let (amount, share) = (self.amount, self.share);
        let mut text = match lang {
            Lang::Zh => format!("安排 {amount} 元；未取整应得 {share} 分。"),
            Lang::En => format!("{amount} yuan; the share before rounding is {share} fen."),
        };
        text.push_str(match (self.limit, lang) {
            (None, _) => "",
            (Some(Limit::Amount), Lang::Zh) => "已达应得金额。",
            (Some(Limit::Amount), Lang::En) => " It is the entitled amount.",
            (Some(Limit::OwnCap), Lang::Zh) => "已达本申请上限。",
            (Some(Limit::OwnCap), Lang::En) => " It is the cap of this application.",
            (Some(Limit::CommonCap), Lang::Zh) => "已达统一上限。",
            (Some(Limit::CommonCap), Lang::En) => " It is the cap of all applications.",
        });
        if let Some(Tie { rank, of, given }) = self.tie {
            text.push_str(&match lang {
                Lang::Zh => format!("最后一个单位有 {of} 份申请次序相同，按公布的规则排第 {rank}，前 {given} 名获得。"),
                Lang::En => {
                    format!(" {of} applications tied for the last unit; this is number {rank}, {given} got it.")
                }
            });
        }
        text
    }
}
