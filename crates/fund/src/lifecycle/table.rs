//! Which moves there are.

use super::{Action, Days, Guard, Role, State};
use gouji_model::Lang;

/// The moves that are allowed from a day on.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub id: &'static str,
    /// Year, month and day from which it holds.
    pub from: (i32, u32, u32),
    /// Every move.
    pub moves: &'static [Move],
}

/// One move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Where the application stands.
    pub from: State,
    /// What is done.
    pub action: Action,
    /// By whom.
    pub role: Role,
    /// What has to be so.
    pub guards: &'static [Guard],
    /// Where it stands then.
    pub to: State,
}

const fn row(from: State, action: Action, role: Role, guards: &'static [Guard], to: State) -> Move {
    Move { from, action, role, guards, to }
}

use Action as A;
use Guard as G;
use Role as R;
use State as S;

const REASON: &[Guard] = &[G::ReasonGiven];
const PUBLISHED: &[Guard] =
    &[G::PublicityOver(Days::Working(5)), G::BudgetReserved, G::OtherThanJudge, G::VersionFrozen, G::SameAsPublished];
const PAYABLE: &[Guard] =
    &[G::BudgetReserved, G::ContractSigned, G::AccountConfirmed, G::OtherThanJudge, G::SameAsPublished];

/// The flow of a district's science bureau, with five working days of publicity.
pub const LONGGANG: Table = Table {
    id: "district-science-2019",
    from: (2019, 1, 1),
    moves: &[
        row(S::Draft, A::HandIn, R::Applicant, &[], S::UnitReview),
        row(S::Draft, A::Withdraw, R::Applicant, &[], S::Withdrawn),
        row(S::UnitReview, A::Return, R::UnitAdmin, REASON, S::Draft),
        row(S::UnitReview, A::Submit, R::UnitAdmin, &[], S::Submitted),
        row(S::Submitted, A::Return, R::Window, REASON, S::Returned),
        row(S::Submitted, A::Accept, R::Window, &[], S::Accepted),
        row(S::Submitted, A::Decline, R::Window, REASON, S::NotAccepted),
        row(S::Submitted, A::Withdraw, R::Applicant, &[], S::Withdrawn),
        row(S::Returned, A::Submit, R::UnitAdmin, &[], S::Submitted),
        row(S::Returned, A::Decline, R::Window, REASON, S::NotAccepted),
        row(S::Returned, A::Withdraw, R::Applicant, &[], S::Withdrawn),
        row(S::Accepted, A::Check, R::Judge, &[], S::Checking),
        row(S::Accepted, A::Withdraw, R::Applicant, &[], S::Withdrawn),
        row(S::Checking, A::SendToReview, R::Judge, &[], S::AwaitingReview),
        row(S::Checking, A::Propose, R::Judge, &[G::VersionFrozen], S::Proposed),
        row(S::Checking, A::Reject, R::Judge, REASON, S::Rejected),
        row(S::Checking, A::Withdraw, R::Applicant, &[], S::Withdrawn),
        row(S::AwaitingReview, A::Propose, R::Judge, &[G::VersionFrozen], S::Proposed),
        row(S::AwaitingReview, A::Reject, R::Judge, REASON, S::Rejected),
        row(S::AwaitingReview, A::Withdraw, R::Applicant, &[], S::Withdrawn),
        row(
            S::Proposed,
            A::Publish,
            R::Approver,
            &[G::OtherThanJudge, G::BudgetReserved, G::VersionFrozen],
            S::Published,
        ),
        row(S::Proposed, A::Return, R::Approver, REASON, S::Checking),
        row(S::Proposed, A::Withdraw, R::Applicant, &[], S::Withdrawn),
        row(S::Published, A::Object, R::Public, REASON, S::Objected),
        row(S::Published, A::Approve, R::Approver, PUBLISHED, S::Approved),
        row(S::Published, A::Return, R::Approver, REASON, S::Checking),
        row(S::Published, A::Withdraw, R::Applicant, &[], S::Withdrawn),
        row(S::Objected, A::Object, R::Public, REASON, S::Objected),
        row(S::Objected, A::Answer, R::Judge, &[G::ObjectionOpen, G::ReasonGiven], S::Objected),
        row(S::Objected, A::Uphold, R::Approver, &[G::ObjectionsAnswered, G::OtherThanJudge], S::Published),
        row(
            S::Objected,
            A::Reject,
            R::Approver,
            &[G::ObjectionsAnswered, G::OtherThanJudge, G::ReasonGiven],
            S::Rejected,
        ),
        row(S::Objected, A::Withdraw, R::Applicant, &[], S::Withdrawn),
        row(S::Approved, A::Issue, R::Approver, &[G::OtherThanJudge, G::BudgetReserved], S::Issued),
        row(S::Approved, A::Withdraw, R::Approver, REASON, S::Withdrawn),
        row(S::Issued, A::PayPart, R::Finance, PAYABLE, S::PartlyPaid),
        row(S::Issued, A::Pay, R::Finance, PAYABLE, S::Paid),
        row(S::Issued, A::Withdraw, R::Approver, REASON, S::Withdrawn),
        row(S::PartlyPaid, A::PayPart, R::Finance, PAYABLE, S::PartlyPaid),
        row(S::PartlyPaid, A::Pay, R::Finance, PAYABLE, S::Paid),
        row(S::PartlyPaid, A::Begin, R::Applicant, &[], S::Running),
        row(S::PartlyPaid, A::Stop, R::Approver, REASON, S::Stopped),
        row(S::Paid, A::Begin, R::Applicant, &[], S::Running),
        row(S::Paid, A::Recover, R::Finance, REASON, S::Recovered),
        row(S::Running, A::PayPart, R::Finance, PAYABLE, S::Running),
        row(S::Running, A::Conclude, R::Judge, REASON, S::Concluded),
        row(S::Running, A::Stop, R::Approver, REASON, S::Stopped),
        row(S::Concluded, A::Recover, R::Finance, REASON, S::Recovered),
        row(S::Stopped, A::Recover, R::Finance, REASON, S::Recovered),
    ],
};

/// A table of moves for the documentation, one row each.
pub fn markdown(table: &Table, lang: Lang) -> String {
    let mut out = String::from(match lang {
        Lang::Zh => "| 从 | 动作 | 谁 | 前提 | 到 |\n|---|---|---|---|---|\n",
        Lang::En => "| From | Action | Who | Needs | To |\n|---|---|---|---|---|\n",
    });
    for row in table.moves {
        let guards: Vec<String> = row.guards.iter().map(|guard| guard.text(lang)).collect();
        let comma = if lang == Lang::Zh { "；" } else { "; " };
        let (from, action, role, to) =
            (row.from.name(lang), row.action.name(lang), row.role.name(lang), row.to.name(lang));
        out.push_str(&format!("| {from} | {action} | {role} | {} | {to} |\n", guards.join(comma)));
    }
    out
}
