use super::Moment;
use gouji_model::{Fen, Lang};

/// Why the ledger did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum Refusal {
    /// No line has this name.
    UnknownLine(String),
    /// A line of this name stands there already.
    LineExists(String),
    /// The line is closed.
    LineClosed {
        /// Since when.
        closes: Moment,
    },
    /// No award of this name stands on the line.
    UnknownAward(String),
    /// An award of this name stands on the line already.
    AwardExists(String),
    /// The line does not bear it.
    NotEnough {
        /// What it still bears.
        available: Fen,
        /// What was asked.
        asked: Fen,
    },
    /// Not between 0.01 yuan and 10^16 yuan.
    NotAnAmount(Fen),
    /// The reservation has expired, or would at once.
    Expired {
        /// Since when.
        until: Moment,
    },
    /// Nothing is held any more: released or used before.
    NothingHeld,
    /// More than is held.
    MoreThanHeld {
        /// What is held.
        held: Fen,
        /// What was asked.
        asked: Fen,
    },
    /// The award has its plan already.
    CommittedBefore,
    /// No instalment, more than 120, or not in the order of their dates.
    Plan,
    /// An instalment is due when the line is closed.
    DueAfterClose {
        /// When it is due.
        due: Moment,
        /// When the line closes.
        closes: Moment,
    },
    /// The award has no instalment of this number.
    UnknownPart(u32),
    /// The instalment is not due yet.
    TooEarly {
        /// When it is due.
        due: Moment,
    },
    /// More than is left of the instalment.
    OverPaid {
        /// What is left of it.
        left: Fen,
        /// What was asked.
        asked: Fen,
    },
    /// More comes back than was paid.
    MoreThanPaid {
        /// Paid and not yet recovered.
        left: Fen,
        /// What was asked.
        asked: Fen,
    },
    /// The key was used before, for something else.
    KeyReused(String),
    /// A name is empty, longer than 1,000 characters, or has control characters.
    Text,
}

impl Refusal {
    /// The reason in a language.
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.chinese(),
            Lang::En => self.english(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::UnknownLine(line) => format!("没有预算项目“{line}”"),
            Self::LineExists(line) => format!("预算项目“{line}”已经登记"),
            Self::LineClosed { closes } => format!("预算项目已于 {} 关闭", day(*closes)),
            Self::UnknownAward(award) => format!("该预算项目下没有资助“{award}”"),
            Self::AwardExists(award) => format!("该预算项目下已有资助“{award}”"),
            Self::NotEnough { available, asked } => format!("额度不足：申请 {asked} 元，可用 {available} 元"),
            Self::NotAnAmount(amount) => format!("金额 {amount} 元不在 0.01 元至 1 亿亿元之间"),
            Self::Expired { until } => format!("预留已于 {} 到期", day(*until)),
            Self::NothingHeld => "没有可处理的占用：已释放或已使用".to_owned(),
            Self::MoreThanHeld { held, asked } => format!("超过占用金额：申请 {asked} 元，占用 {held} 元"),
            Self::CommittedBefore => "该资助已经下达，不能重复下达".to_owned(),
            Self::Plan => "拨付计划须有 1 至 120 期，并按日期排列".to_owned(),
            Self::DueAfterClose { due, closes } => {
                format!("拨付日期 {} 晚于预算项目的关闭日期 {}", day(*due), day(*closes))
            }
            Self::UnknownPart(number) => format!("没有第 {number} 期拨付"),
            Self::TooEarly { due } => format!("未到拨付日期 {}", day(*due)),
            Self::OverPaid { left, asked } => format!("超付：申请 {asked} 元，本期尚余 {left} 元"),
            Self::MoreThanPaid { left, asked } => format!("追回超过已付：申请 {asked} 元，尚可追回 {left} 元"),
            Self::KeyReused(key) => format!("幂等键“{key}”已用于其他内容的请求"),
            Self::Text => "名称为空、超过 1000 字或含有控制字符".to_owned(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::UnknownLine(line) => format!("no budget line `{line}`"),
            Self::LineExists(line) => format!("the budget line `{line}` exists already"),
            Self::LineClosed { closes } => format!("the budget line is closed since {}", day(*closes)),
            Self::UnknownAward(award) => format!("no award `{award}` on this budget line"),
            Self::AwardExists(award) => format!("the award `{award}` exists already on this budget line"),
            Self::NotEnough { available, asked } => format!("{asked} yuan asked, {available} yuan available"),
            Self::NotAnAmount(amount) => format!("{amount} yuan is not between 0.01 and 10^16 yuan"),
            Self::Expired { until } => format!("the reservation expired on {}", day(*until)),
            Self::NothingHeld => "nothing is held any more: it was released or used".to_owned(),
            Self::MoreThanHeld { held, asked } => format!("{asked} yuan asked, {held} yuan held"),
            Self::CommittedBefore => "the award is committed already".to_owned(),
            Self::Plan => "a plan has 1 to 120 instalments in the order of their dates".to_owned(),
            Self::DueAfterClose { due, closes } => {
                format!("an instalment is due on {}, when the line, closing on {}, is closed", day(*due), day(*closes))
            }
            Self::UnknownPart(number) => format!("no instalment {number}"),
            Self::TooEarly { due } => format!("the instalment is due on {}", day(*due)),
            Self::OverPaid { left, asked } => format!("over-payment: {asked} yuan asked, {left} yuan left"),
            Self::MoreThanPaid { left, asked } => {
                format!("{asked} yuan to recover, {left} yuan paid and not recovered")
            }
            Self::KeyReused(key) => format!("the key `{key}` was used for another request"),
            Self::Text => "a name is empty, longer than 1,000 characters or has control characters".to_owned(),
        }
    }
}

/// The date in China of a moment.
fn day(moment: Moment) -> String {
    moment.day().map_or_else(|| format!("{} ms", moment.0), |date| date.to_string())
}
