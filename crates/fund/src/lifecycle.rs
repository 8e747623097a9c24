//! The life of an application, from draft to recovery, as one table of moves; and the record of what was done.
//!
//! The table is dated data: another office, or a later rule, has another one. The record only grows; each event holds
//! the hash of the one before, so that whoever keeps the last hash can see that nothing was changed afterwards.

mod record;
mod table;
mod words;

pub use record::{Act, Event, Record, Refused, Tampered, frozen};
pub use table::{LONGGANG, Move, Table, markdown};

use crate::Day;

macro_rules! named {
    ($(#[$head:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $zh:literal $en:literal,)* }) => {
        $(#[$head])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$doc])* $name,)* }
        impl $type {
            /// Every one, in reading order.
            pub const ALL: &[$type] = &[$($type::$name,)*];
            /// Its name.
            pub const fn name(self, lang: gouji_model::Lang) -> &'static str {
                match (self, lang) {
                    $(($type::$name, gouji_model::Lang::Zh) => $zh, ($type::$name, gouji_model::Lang::En) => $en,)*
                }
            }
        }
    };
}

named! {
    /// Where an application stands.
    State {
        /// 草稿.
        Draft = "草稿" "draft",
        /// 单位审核.
        UnitReview = "单位审核" "unit review",
        /// 已提交.
        Submitted = "已提交" "submitted",
        /// 退回补正.
        Returned = "退回补正" "returned to be completed",
        /// 受理.
        Accepted = "受理" "accepted",
        /// 不受理; final.
        NotAccepted = "不受理" "not accepted",
        /// 核查中.
        Checking = "核查中" "being checked",
        /// 待评审.
        AwaitingReview = "待评审" "awaiting review",
        /// 不予资助; final.
        Rejected = "不予资助" "rejected",
        /// 拟资助.
        Proposed = "拟资助" "proposed",
        /// 公示.
        Published = "公示" "published",
        /// 公示异议.
        Objected = "公示异议" "objected to",
        /// 已审定.
        Approved = "已审定" "approved",
        /// 已下达.
        Issued = "已下达" "issued",
        /// 已拨付（部分）.
        PartlyPaid = "已拨付（部分）" "partly paid",
        /// 已拨付.
        Paid = "已拨付" "paid",
        /// 执行中.
        Running = "执行中" "running",
        /// 验收; final unless money has to come back.
        Concluded = "验收" "concluded",
        /// 终止.
        Stopped = "终止" "stopped",
        /// 撤销; final.
        Withdrawn = "撤销" "withdrawn",
        /// 追回; final.
        Recovered = "追回" "recovered",
    }
}

impl State {
    /// Where an application may stay for good.
    pub const fn is_final(self) -> bool {
        use State::{Concluded, NotAccepted, Paid, Recovered, Rejected, Stopped, Withdrawn};
        matches!(self, NotAccepted | Rejected | Paid | Concluded | Stopped | Withdrawn | Recovered)
    }
}

named! {
    /// Who acts.
    Role {
        /// The applicant.
        Applicant = "申报单位" "the applicant",
        /// The administrator of the applicant.
        UnitAdmin = "申报单位管理员" "the applicant's administrator",
        /// The window that receives.
        Window = "受理窗口" "the receiving window",
        /// Who judges.
        Judge = "经办人" "the officer in charge",
        /// Who approves.
        Approver = "审定人" "the approver",
        /// The finance office.
        Finance = "财务" "finance",
        /// Anybody who objects while a list is published.
        Public = "社会公众" "the public",
    }
}

named! {
    /// What is done.
    Action {
        /// Hands in to the administrator.
        HandIn = "送单位审核" "hand in",
        /// Submits.
        Submit = "提交" "submit",
        /// Returns to be completed.
        Return = "退回" "return",
        /// Accepts.
        Accept = "受理" "accept",
        /// Does not accept.
        Decline = "不予受理" "decline",
        /// Begins to check.
        Check = "核查" "check",
        /// Sends to experts.
        SendToReview = "送评审" "send to review",
        /// Proposes.
        Propose = "拟资助" "propose",
        /// Rejects.
        Reject = "不予资助" "reject",
        /// Publishes.
        Publish = "公示" "publish",
        /// Objects.
        Object = "提出异议" "object",
        /// Answers the last open objection.
        Answer = "答复异议" "answer",
        /// Goes on with what was published.
        Uphold = "维持" "uphold",
        /// Approves.
        Approve = "审定" "approve",
        /// Issues.
        Issue = "下达" "issue",
        /// Pays a part.
        PayPart = "部分拨付" "pay a part",
        /// Pays what is left.
        Pay = "拨付" "pay",
        /// Begins the work.
        Begin = "开始执行" "begin",
        /// Concludes.
        Conclude = "验收" "conclude",
        /// Stops.
        Stop = "终止" "stop",
        /// Withdraws.
        Withdraw = "撤销" "withdraw",
        /// Takes money back.
        Recover = "追回" "recover",
    }
}

/// What has to be so before a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// So many days since the publication, none counted twice, and no objection open.
    PublicityOver(Days),
    /// Money of the budget line is reserved.
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
    /// The first day on which the period is over. A working day is none of the weekend and none of `holidays`,
    /// or one of `workdays` (调休).
    pub fn over_on(self, from: Day, calendar: &Calendar) -> Day {
        let (count, every) = match self {
            Days::Working(count) => (count, false),
            Days::Calendar(count) => (count, true),
        };
        let (mut day, mut left) = (from, count);
        let next = |day: Day| Day::from_number(day.number() + 1).unwrap_or(day);
        while left > 0 {
            let following = next(day);
            if following == day {
                return day;
            }
            day = following;
            left -= u32::from(every || calendar.is_working(day));
        }
        next(day)
    }
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
}

/// What is known outside the record when a move is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Money of the budget line is reserved.
    pub budget: Standing,
    /// The contract.
    pub contract: Standing,
    /// The applicant's account.
    pub account: Standing,
    /// What [`frozen`] gives for the rules, the application and the decision; empty while they are not frozen.
    pub version: String,
    /// The days on which offices are open.
    pub calendar: Calendar,
}

/// Whether something that a move needs is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// It is not.
    #[default]
    Missing,
    /// It is.
    Done,
    /// The item does not need it.
    NotNeeded,
}

#[cfg(test)]
mod tests;
