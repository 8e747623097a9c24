use crate::fact::Span;
use crate::printed::Printed;

/// The language of what a user reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing.
    Info,
    /// A person may accept it with a reason.
    Warning,
    /// Beyond rounding, or a duty of law plainly unmet.
    Error,
}

impl Level {
    /// The word used in JSON and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// What became of a relation. There is no fifth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It could not be checked; the reason is given.
    NotChecked,
    /// It holds as printed.
    Holds,
    /// The printed figures differ by no more than rounding explains.
    Rounding,
    /// It does not hold.
    Broken,
}

impl Verdict {
    /// The word used in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Rounding => "rounding",
            Verdict::Broken => "broken",
            Verdict::NotChecked => "not_checked",
        }
    }
}

/// Why a relation was not checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The report has no such table (named by its kind).
    NoTable(String),
    /// The report has no such section or sentence.
    NoText(String),
    /// The table has no such row, column or cell.
    NoFigure(String),
    /// What the sentence is about could not be made out.
    UnknownSubject,
    /// Needs last year's report.
    NeedsPriorYear,
    /// Needs what no report prints (named).
    NeedsBooks(String),
    /// Needs a complete catalogue of the year.
    NeedsCatalogue(i16),
    /// The figures may be read in more than one way (said how).
    Ambiguous(String),
    /// There are more of them than are looked at.
    TooMany {
        /// How many there are.
        found: usize,
        /// How many are looked at.
        limit: usize,
    },
}

impl Reason {
    /// The reason as a phrase.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Reason::NoTable(kind), Lang::Zh) => format!("报告中没有这张表（{kind}）"),
            (Reason::NoTable(kind), Lang::En) => format!("the report has no such table ({kind})"),
            (Reason::NoText(what), Lang::Zh) => format!("报告中没有这段文字（{}）", half(what, lang)),
            (Reason::NoText(what), Lang::En) => format!("the report has no such text ({})", half(what, lang)),
            (Reason::NoFigure(what), Lang::Zh) => format!("报告中没有可对照的数（{}）", half(what, lang)),
            (Reason::NoFigure(what), Lang::En) => {
                format!("the report prints no figure to compare with ({})", half(what, lang))
            }
            (Reason::UnknownSubject, Lang::Zh) => "看不出这个数说的是什么".into(),
            (Reason::UnknownSubject, Lang::En) => "what the figure is about could not be made out".into(),
            (Reason::NeedsPriorYear, Lang::Zh) => "需要上一年度的报告".into(),
            (Reason::NeedsPriorYear, Lang::En) => "needs last year's report".into(),
            (Reason::NeedsBooks(what), Lang::Zh) => format!("报告不公布所需的明细（{}）", half(what, lang)),
            (Reason::NeedsBooks(what), Lang::En) => {
                format!("needs detail that no report prints ({})", half(what, lang))
            }
            (Reason::NeedsCatalogue(year), Lang::Zh) => format!("缺 {year} 年完整的科目目录"),
            (Reason::NeedsCatalogue(year), Lang::En) => format!("no complete catalogue of {year} is at hand"),
            (Reason::TooMany { found, limit }, Lang::Zh) => format!("共 {found} 项，超过上限 {limit}"),
            (Reason::TooMany { found, limit }, Lang::En) => format!("there are {found}, over the limit of {limit}"),
            (Reason::Ambiguous(how), Lang::Zh) => format!("读法不唯一（{}）", half(how, lang)),
            (Reason::Ambiguous(how), Lang::En) => format!("can be read in more than one way ({})", half(how, lang)),
        }
    }
}

/// A detail written `中文 English`: the half of the language; a detail of one half serves both.
fn half(detail: &str, lang: Lang) -> &str {
    let cut = detail
        .char_indices()
        .find(|(at, c)| *c == ' ' && detail[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()));
    match (cut, lang) {
        (Some((at, _)), Lang::Zh) if at > 0 => &detail[..at],
        (Some((at, _)), Lang::En) => &detail[at + 1..],
        _ => detail,
    }
}

/// What became of one instance of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds as printed.
    Holds,
    /// The difference is within what rounding explains.
    Rounding {
        /// Number of parts that are not structurally zero.
        addends: usize,
        /// The largest difference that rounding explains.
        bound: Printed,
        /// Sum less total.
        difference: Printed,
    },
    /// It does not hold; the difference where there is one.
    Broken {
        /// Computed less printed.
        difference: Option<Printed>,
    },
    /// It could not be checked.
    NotChecked(Reason),
}

impl Outcome {
    /// The verdict.
    pub const fn verdict(&self) -> Verdict {
        match self {
            Outcome::Holds => Verdict::Holds,
            Outcome::Rounding { .. } => Verdict::Rounding,
            Outcome::Broken { .. } => Verdict::Broken,
            Outcome::NotChecked(_) => Verdict::NotChecked,
        }
    }
}

/// What an operand is in its relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// What the report claims.
    Claim,
    /// The total.
    Total,
    /// A part of the total.
    Part,
    /// The other printing of the same fact.
    Other,
    /// A figure the claim is computed from.
    Base,
    /// Where something is missing.
    Missing,
}

impl Role {
    /// The word used in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Role::Claim => "claim",
            Role::Total => "total",
            Role::Part => "part",
            Role::Other => "other",
            Role::Base => "base",
            Role::Missing => "missing",
        }
    }
}

/// One operand of a relation: what it is called in the report, its figure, its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it is in the relation.
    pub role: Role,
    /// How the report names it, short.
    pub label: String,
    /// The figure, where there is one.
    pub figure: Option<Printed>,
    /// Where it stands; `None` for a computed value.
    pub span: Option<Span>,
    /// The cell, when it stands in a table.
    pub cell: Option<crate::fact::Cell>,
}

/// One instance of a relation and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The family: `expenditure.row`, `narrative.class[206]`.
    pub key: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The level a break of it has.
    pub level: Level,
    /// The operands; the one that claims comes first.
    pub terms: Vec<Term>,
    /// What would be right, where that is known.
    pub expected: Option<String>,
    /// Words the message needs besides the operands, in an order that the rule states.
    pub words: Vec<String>,
}

/// What a finding says, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// What is wrong, with the figures of this report.
    pub message: String,
    /// Why it cannot be so.
    pub why: String,
    /// What to do.
    pub cure: String,
}

/// A broken relation as it is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Code of the rule.
    pub code: &'static str,
    /// Name of the rule.
    pub rule: &'static str,
    /// The instance.
    pub check: Check,
    /// The level it is shown at (a rule on trial shows at info).
    pub level: Level,
    /// The rule is on trial (试行).
    pub preview: bool,
    /// Findings of one cause share a group, numbered from 1.
    pub group: u32,
    /// A person has accepted it, with this reason.
    pub accepted: Option<String>,
    /// How many more of the rule are not listed, because the limit was reached.
    pub folded: usize,
}
