//! Where an application stands, who acts and what is done: the words of the table and of the log.

use gouji_model::Lang;

macro_rules! named {
    ($(#[$head:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $zh:literal $en:literal,)* }) => {
        $(#[$head])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$doc])* $name,)* }
        impl $type {
            /// Every one, in reading order.
            pub const ALL: &[$type] = &[$($type::$name,)*];
            /// Its name; the English one is also the word under which the log of acts keeps it, for ever.
            pub const fn name(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $(($type::$name, Lang::Zh) => $zh, ($type::$name, Lang::En) => $en,)*
                }
            }
            /// The one of a name in either language; `-` stands for a blank.
            pub fn read(text: &str) -> Option<$type> {
                let text = text.trim().to_lowercase().replace(['-', '_'], " ");
                let is_named = |one: &$type| [Lang::Zh, Lang::En].iter().any(|lang| one.name(*lang).to_lowercase() == text);
                $type::ALL.iter().copied().find(is_named)
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
        Applicant = "申报单位" "applicant",
        /// The administrator of the applicant.
        UnitAdmin = "申报单位管理员" "applicant's administrator",
        /// The window that receives.
        Window = "受理窗口" "receiving window",
        /// Who judges.
        Judge = "经办人" "officer in charge",
        /// Who approves.
        Approver = "审定人" "approver",
        /// The finance office.
        Finance = "财务" "finance",
        /// Anybody who objects while a list is published.
        Public = "社会公众" "public",
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
        /// Decides what registers leave open, or against what they say.
        Decide = "决定" "decide",
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
        /// Signs the contract.
        SignContract = "签订合同" "sign contract",
        /// Confirms the account that money goes to.
        ConfirmAccount = "确认账户" "confirm account",
        /// Pays a part.
        PayPart = "部分拨付" "pay part",
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
