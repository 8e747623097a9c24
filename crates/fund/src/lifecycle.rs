//! The life of an application, from draft to recovery: a dated table of moves, and the record of what was done.
//!
//! The table is data: another office, or a later rule, has another one; [`DISTRICT`] is the one that comes with the
//! program. A [`Record`] only grows by moves that the table allows; the [`Entry`]s of all records stand in one log in
//! which each holds the hash of the one before, so that whoever keeps the last hash can see that nothing was changed.

mod log;
mod names;
mod record;
mod table;
mod words;

pub use log::{Deed, Entry, records};
pub use names::{Action, Role, State};
pub use record::{Act, Event, Lack, Record, Refused};
pub use table::{Move, NoTable, Table, TableNotice, in_force, lint_table, markdown};

use crate::Day;
use gouji_model::Fen;
use sha2::{Digest, Sha256};

/// The table of a district's science bureau, as TOML: what holds where a working folder has none of its own.
pub const DISTRICT: &str = include_str!("lifecycle/district.toml");

/// What has to be so before a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Guard {
    /// The table's days have passed since the publication, none counted twice, and no objection is open.
    PublicityOver,
    /// The ledger holds exactly the amount decided on.
    BudgetReserved,
    /// The contract is signed, where the item needs one.
    ContractSigned,
    /// The applicant confirmed the account.
    AccountConfirmed,
    /// Who judged does not do this.
    OtherThanJudge,
    /// Every objection is answered.
    ObjectionsAnswered,
    /// An objection is open.
    ObjectionOpen,
    /// A reason is written.
    ReasonGiven,
    /// What is decided upon is frozen: rules, application and decision.
    VersionFrozen,
    /// It is what was published; whoever changed something publishes anew.
    SameAsPublished,
    /// The decision is to fund, and its amount is final.
    DecidedToFund,
    /// The decision is not to fund.
    DecidedNotToFund,
}

/// A period after a day that is not counted itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// 工作日.
    Working(u32),
    /// 日历日.
    Calendar(u32),
}

impl Days {
    /// How many.
    pub const fn count(self) -> u32 {
        match self {
            Days::Working(count) | Days::Calendar(count) => count,
        }
    }

    /// The last day of the period. A working day is none of the weekend and none of the holidays, or one of the days
    /// on which offices are open against the week (调休).
    pub fn last(self, from: Day, calendar: &Calendar) -> Day {
        let (mut day, mut left) = (from, self.count());
        while left > 0 {
            let following = next(day);
            if following == day {
                return day;
            }
            day = following;
            left -= u32::from(self.counts(day, calendar));
        }
        day
    }

    /// How many days of the period come after `today`.
    pub fn left(self, from: Day, today: Day, calendar: &Calendar) -> u32 {
        let (mut day, last) = (today.max(from), self.last(from, calendar));
        let mut left = 0;
        while day < last {
            day = next(day);
            left += u32::from(self.counts(day, calendar));
        }
        left
    }

    fn counts(self, day: Day, calendar: &Calendar) -> bool {
        matches!(self, Days::Calendar(_)) || calendar.is_working(day)
    }
}

/// The day after; the last day there is has none and is its own.
fn next(day: Day) -> Day {
    Day::from_number(day.number() + 1).unwrap_or(day)
}

/// Days on which offices are closed, or open, against the week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Closed though it may be a weekday.
    pub holidays: Vec<Day>,
    /// Open though it may be a weekend.
    pub workdays: Vec<Day>,
}

impl Calendar {
    /// Whether offices are open.
    pub fn is_working(&self, day: Day) -> bool {
        // 1970-01-01 was a Thursday: days 2 and 3 of its count are Saturday and Sunday.
        let is_weekend = matches!(day.number().rem_euclid(7), 2 | 3);
        self.workdays.contains(&day) || !(is_weekend || self.holidays.contains(&day))
    }

    /// Whether the holidays of a year are known; where they are not, only the week counts.
    pub fn knows(&self, year: i32) -> bool {
        self.holidays.iter().any(|day| day.year() == year)
    }
}

/// What is known outside the record when a move is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What the ledger holds for the award or has paid; the store fills it in.
    pub held: Fen,
    /// What is decided as things stand.
    pub outcome: Outcome,
    /// True where the item needs a contract before it is paid.
    pub needs_contract: bool,
    /// The hash of what is frozen: rules, application and decision; empty where nothing is.
    pub version: String,
}

/// What is decided on an application as things stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing yet: a person has to look, or the share of the budget is not final.
    #[default]
    Open,
    /// It gets so much.
    Fund(Fen),
    /// It gets nothing.
    Refuse,
}

impl Outcome {
    /// The amount, where it is to be funded.
    pub const fn amount(self) -> Option<Fen> {
        match self {
            Outcome::Fund(amount) => Some(amount),
            Outcome::Open | Outcome::Refuse => None,
        }
    }
}

/// What a person decided, or what a person's act comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// To fund what registers leave open.
    Fund,
    /// Not to fund what registers leave open.
    Refuse,
    /// To fund against a condition that refuses.
    FundAgainst,
    /// To fund with more than the worksheet gives.
    FundAbove,
    /// Not to fund though every condition is met.
    RefuseAgainst,
    /// It ended before its list was published: withdrawn or not accepted. It has no part in the budget.
    Ended,
    /// It ended after its list was published: withdrawn, or an objection was found right. It is paid nothing, and the
    /// shares of the others stay as they were published.
    EndedLate,
}

impl Verdict {
    /// Every one.
    pub const ALL: [Verdict; 7] = [
        Verdict::Fund,
        Verdict::Refuse,
        Verdict::FundAgainst,
        Verdict::FundAbove,
        Verdict::RefuseAgainst,
        Verdict::Ended,
        Verdict::EndedLate,
    ];

    /// True when there is an award.
    pub const fn funds(self) -> bool {
        matches!(self, Verdict::Fund | Verdict::FundAgainst | Verdict::FundAbove)
    }

    /// True when it goes against what the rules say by themselves.
    pub const fn is_against(self) -> bool {
        matches!(self, Verdict::FundAgainst | Verdict::FundAbove | Verdict::RefuseAgainst)
    }

    /// The word under which the log keeps it, for ever.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Fund => "fund",
            Verdict::Refuse => "refuse",
            Verdict::FundAgainst => "fund against",
            Verdict::FundAbove => "fund above",
            Verdict::RefuseAgainst => "refuse against",
            Verdict::Ended => "ended",
            Verdict::EndedLate => "ended late",
        }
    }
}

/// SHA-256 of texts, each with its length, in lower-case hex.
pub fn frozen(parts: &[&str]) -> String {
    let text: String = parts.iter().map(|part| format!("{}:{part}\n", part.len())).collect();
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_period_counts_working_days_or_all() {
        let festival = Calendar { holidays: vec![day("2019-06-07")], workdays: vec![day("2019-06-09")] };
        assert_eq!(Days::Working(5).last(day("2019-06-03"), &festival), day("2019-06-10"));
        assert_eq!(Days::Calendar(7).last(day("2019-06-03"), &festival), day("2019-06-10"));
        let left = |today| Days::Working(5).left(day("2019-06-03"), day(today), &festival);
        assert_eq!((left("2019-06-01"), left("2019-06-06"), left("2019-06-09"), left("2019-06-10")), (5, 2, 1, 0));
        assert!(festival.knows(2019) && !festival.knows(2020));
    }

    #[test]
    fn words_are_read_in_both_languages() {
        assert_eq!(Action::read("公示"), Some(Action::Publish));
        assert_eq!(Action::read("Pay-Part"), Some(Action::PayPart));
        assert_eq!(Role::read("officer in charge"), Some(Role::Judge));
        assert_eq!(State::read("已拨付（部分）"), Some(State::PartlyPaid));
        assert_eq!(Action::read("放行"), None);
        assert_ne!(frozen(&["ab", "c"]), frozen(&["a", "bc"]));
    }
}
