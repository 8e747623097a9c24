//! A policy as dated data: what it needs to know, and clause by clause what it asks and pays.
//!
//! The vocabulary is closed: a condition is a test, a step is a formula over what stands before it.
//! There are no loops and no names that refer forward, so every policy ends and can be printed as a worksheet.

use crate::Day;
use gouji_model::Fen;
use std::fmt;

/// One programme with all its versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Short name for files and commands, such as `longgang-research`.
    pub id: String,
    /// Name of the item as the guide prints it.
    pub name: String,
    /// The office that decides.
    pub department: String,
    /// The project line of the budget that pays.
    pub project: String,
    /// What has to be known of an applicant.
    pub inputs: Vec<Input>,
    /// The rule as it was at each time.
    pub versions: Vec<Version>,
}

/// Something that has to be known of an applicant, and where it is on record.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The term that conditions and steps use.
    pub name: String,
    /// What kind of value.
    pub kind: Kind,
    /// Which register, and how a row of it is found.
    pub binding: Binding,
    /// Line of the policy file, from 1.
    pub line: u32,
}

/// What kind of value a term stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Money in fen.
    Amount,
    /// A number of persons, patents, months …
    Count,
    /// A quotient of two whole numbers.
    Ratio,
    /// A date.
    Day,
    /// One word of a list, such as a tax grade.
    Class,
    /// Yes or no.
    Flag,
}

impl Kind {
    /// The word a policy file uses.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Amount => "amount",
            Kind::Count => "count",
            Kind::Ratio => "ratio",
            Kind::Day => "day",
            Kind::Class => "class",
            Kind::Flag => "flag",
        }
    }

    /// The word for a reader of Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Kind::Amount => "金额",
            Kind::Count => "数量",
            Kind::Ratio => "比例",
            Kind::Day => "日期",
            Kind::Class => "类别",
            Kind::Flag => "是否",
        }
    }
}

/// How the value of an input is found in a register.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// The register; `application` is the application itself.
    pub register: String,
    /// The column; empty for [`Pick::Exists`] and [`Pick::Number`].
    pub column: String,
    /// How many rows of one applicant become one value.
    pub pick: Pick,
    /// Only rows of this year before the year of the batch: 0 for the same year, 1 for the last.
    pub years_back: Option<i32>,
    /// Only rows whose column equals a column of the application: (column of the register, column of the application).
    pub matching: Vec<(String, String)>,
    /// Only rows whose column holds one of these words.
    pub only: Option<(String, Vec<String>)>,
    /// What no row means.
    pub absent: Absent,
}

/// How many rows of one applicant become one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// There may be one row only; two rows that differ make the value unknown.
    Only,
    /// The sum.
    Sum,
    /// The largest amount, the latest day.
    Largest,
    /// The smallest amount, the earliest day.
    Smallest,
    /// Whether there is a row.
    Exists,
    /// How many rows.
    Number,
}

/// What it means that a register has no row of an applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Nobody knows: a person has to look. The rule unless a policy says otherwise.
    Unknown,
    /// The register is complete: no row is nothing, zero, no.
    Nothing,
}

/// A policy as it was in force from a day to a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its name, such as `2019`.
    pub id: String,
    /// Number of the document.
    pub document: String,
    /// First day on which a batch opens under it.
    pub from: Day,
    /// Last such day; `None` while it is in force.
    pub to: Option<Day>,
    /// How it is decided.
    pub mode: Mode,
    /// What is asked.
    pub conditions: Vec<Condition>,
    /// How the amount is worked out.
    pub steps: Vec<Step>,
    /// The step whose value is the award.
    pub award: String,
    /// How the award is paid.
    pub instalments: Instalments,
    /// What happens when the budget is too small.
    pub allocation: Option<AllocationRule>,
    /// Batches for which the item is switched off.
    pub switches: Vec<Switch>,
    /// Line of the policy file, from 1.
    pub line: u32,
}

/// How an item is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// 核准制: who meets the conditions gets the amount by standard.
    Approval,
    /// 评审制: experts score; nobody passes without a person.
    Review,
    /// 免申即享: no application; who is entitled is found.
    Automatic,
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Short name.
    pub name: String,
    /// Article of the document.
    pub clause: String,
    /// The test.
    pub test: Test,
    /// Asked only when this holds.
    pub when: Option<Test>,
    /// What a failure does.
    pub failure: Failure,
    /// Line of the policy file, from 1.
    pub line: u32,
}

/// What it does that a condition fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The application is refused.
    Refuse,
    /// A person decides.
    Assist,
}

/// A test with the outcome yes, no or unknown.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Two values of one kind.
    Compare {
        /// What is tested.
        left: Value,
        /// How.
        how: Compare,
        /// Against what.
        right: Value,
    },
    /// A class among words, or outside them.
    Among {
        /// The class.
        left: Operand,
        /// The words.
        words: Vec<String>,
        /// Inside or outside.
        side: Side,
    },
    /// A flag.
    Is {
        /// The flag.
        left: Operand,
        /// What it has to be.
        answer: Side,
    },
    /// Months from one day to another: `to` is at most, or at least, so many months after `from`. At most holds only
    /// where `to` is not before `from`: what comes after the end is not within a span that leads to it.
    Months {
        /// The earlier day.
        from: Operand,
        /// The later day.
        to: Operand,
        /// At most or at least.
        how: Span,
        /// So many months.
        months: i32,
    },
    /// Every one holds.
    All(Vec<Test>),
    /// One at least holds.
    Any(Vec<Test>),
    /// It does not hold.
    Not(Box<Test>),
}

/// Inside or outside, yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Inside; yes.
    Inside,
    /// Outside; no.
    Outside,
}

/// At most or at least so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// No longer.
    AtMost,
    /// No shorter.
    AtLeast,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// ≥
    AtLeast,
    /// >
    Above,
    /// ≤
    AtMost,
    /// <
    Below,
    /// =
    Equal,
}

impl Compare {
    /// The sign.
    pub const fn sign(self) -> &'static str {
        match self {
            Compare::AtLeast => "≥",
            Compare::Above => ">",
            Compare::AtMost => "≤",
            Compare::Below => "<",
            Compare::Equal => "=",
        }
    }
}

/// An operand or a quotient of operands.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// As it is.
    Plain(Operand),
    /// Part ÷ whole; unknown when the whole is not positive.
    Share(Operand, Operand),
    /// (now − before) ÷ before; unknown when before is not positive.
    Growth(Operand, Operand),
}

/// A term or a literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// An input or an earlier step.
    Name(String),
    /// A literal.
    Literal(Literal),
}

/// A literal of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// Money.
    Amount(Fen),
    /// A number.
    Count(i64),
    /// A quotient.
    Ratio(Ratio),
    /// A date.
    Day(Day),
}

impl Literal {
    /// What kind of value it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Literal::Amount(_) => Kind::Amount,
            Literal::Count(_) => Kind::Count,
            Literal::Ratio(_) => Kind::Ratio,
            Literal::Day(_) => Kind::Day,
        }
    }
}

/// An exact quotient with a positive divisor, in lowest terms. Both parts stay below 10^9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    over: i64,
    under: i64,
}

impl Ratio {
    /// The largest part a quotient of a policy may have.
    pub const LIMIT: i64 = 1_000_000_000;

    /// `over` ÷ `under`; `None` unless `under` is positive and both are small enough.
    pub fn new(over: i64, under: i64) -> Option<Ratio> {
        if under <= 0 {
            return None;
        }
        let divisor = common_divisor(over.unsigned_abs(), under.unsigned_abs()) as i64;
        let (over, under) = (over / divisor, under / divisor);
        (over.abs() <= Ratio::LIMIT && under <= Ratio::LIMIT).then_some(Ratio { over, under })
    }

    /// What is divided.
    pub const fn over(self) -> i64 {
        self.over
    }

    /// What it is divided by; positive.
    pub const fn under(self) -> i64 {
        self.under
    }
}

impl fmt::Display for Ratio {
    /// As a percentage where that is exact with up to four decimals, as a fraction otherwise.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scaled = self.over * 1_000_000;
        if scaled % self.under != 0 {
            return write!(out, "{}/{}", self.over, self.under);
        }
        let parts = scaled / self.under;
        let sign = if parts < 0 { "-" } else { "" };
        let (whole, rest) = (parts.abs() / 10_000, parts.abs() % 10_000);
        let decimals = format!("{rest:04}");
        let decimals = decimals.trim_end_matches('0');
        let point = if decimals.is_empty() { "" } else { "." };
        write!(out, "{sign}{whole}{point}{decimals}%")
    }
}

const fn common_divisor(mut left: u64, mut right: u64) -> u64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    if left == 0 { 1 } else { left }
}

/// One line of the worksheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The term that later lines use.
    pub name: String,
    /// Article of the document.
    pub clause: String,
    /// What is worked out.
    pub formula: Formula,
    /// Zero unless this holds.
    pub when: Option<Test>,
    /// No less than this.
    pub floor: Option<Operand>,
    /// No more than this.
    pub cap: Option<Operand>,
    /// To what a quotient of money is rounded.
    pub rounding: Rounding,
    /// Line of the policy file, from 1.
    pub line: u32,
}

/// To what a product with a rate is rounded, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// A multiple of this amount; 1 fen or more.
    pub unit: Fen,
    /// How.
    pub way: Way,
}

impl Default for Rounding {
    /// Half up, to the fen.
    fn default() -> Self {
        Rounding { unit: Fen::new(1), way: Way::HalfUp }
    }
}

/// How a remainder is rounded. Amounts below zero are rounded as their negatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// 四舍五入: from a half on, up.
    HalfUp,
    /// 舍去: down.
    Down,
    /// 进一: up.
    Up,
}

/// What a step works out.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A value as it is.
    Plain(Operand),
    /// The smallest.
    Smallest(Vec<Operand>),
    /// The largest.
    Largest(Vec<Operand>),
    /// The sum.
    Sum(Vec<Operand>),
    /// The first less all others, and no less than zero.
    Less(Operand, Vec<Operand>),
    /// A rate of an amount.
    Rate {
        /// The rate: a literal or a step that is a ratio.
        rate: Operand,
        /// Of what amount.
        of: Operand,
    },
    /// So much for each.
    Each {
        /// The amount for one.
        each: Operand,
        /// How many.
        of: Operand,
    },
    /// Rates of the parts of an amount that lie between bounds (超额累进), rounded once.
    Bands {
        /// Of what amount.
        of: Operand,
        /// The bands from below.
        bands: Vec<Band>,
    },
    /// The value of the row that holds the operand; nothing where no row does; the largest where several do.
    Table {
        /// What is looked up.
        of: Value,
        /// The rows.
        rows: Vec<Row>,
    },
    /// The value of the cell that holds both operands; nothing where no cell does; the largest where several do.
    Grid {
        /// What is looked up in the first bounds.
        of: Value,
        /// What is looked up in the second bounds.
        by: Value,
        /// The cells.
        cells: Vec<GridCell>,
    },
    /// The value for the word that a class is; nothing for another word.
    ByClass {
        /// The class.
        of: Operand,
        /// The words with their values.
        values: Vec<(String, Literal)>,
    },
}

/// One band of a marginal scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Its upper bound; the last band has none.
    pub up_to: Option<Fen>,
    /// The rate of the part inside.
    pub rate: Ratio,
}

/// Bounds: `from` belongs to them, `below` does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The smallest value inside.
    pub from: Option<Literal>,
    /// The smallest value above.
    pub below: Option<Literal>,
}

/// One row of a table of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// For which values.
    pub bounds: Bounds,
    /// What they get.
    pub value: Literal,
}

/// One cell of a table in two dimensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCell {
    /// Bounds of the first operand.
    pub of: Bounds,
    /// Bounds of the second.
    pub by: Bounds,
    /// What they get.
    pub value: Literal,
}

/// How an award is paid: equal parts so many months apart; what does not divide comes with the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instalments {
    /// How many; 1 or more.
    pub parts: u32,
    /// Months between two.
    pub months: u32,
}

impl Instalments {
    /// Each part of an award in fen.
    pub fn parts_of(&self, award: Fen) -> Vec<Fen> {
        let parts = i64::from(self.parts.max(1));
        let each = award.fen() / parts;
        let last = award.fen() - each * (parts - 1);
        (1..=parts).map(|part| Fen::new(if part == parts { last } else { each })).collect()
    }
}

/// What happens to awards when their sum passes the budget.
#[derive(Clone, Debug, PartialEq)]
pub struct AllocationRule {
    /// How the budget is shared.
    pub share: Share,
    /// No applicant gets more than this: a step, an input or an amount.
    pub cap: Option<Operand>,
    /// Awards are multiples of this.
    pub unit: Fen,
}

/// How a budget is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// 按比例核减: awards are cut in proportion when they do not fit.
    ProRata,
    /// The award is the share itself: budget ÷ sum of all bases.
    Pure,
}

/// A batch for which an item is switched off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// The batch.
    pub batch: String,
    /// Why, with the document.
    pub reason: String,
}

/// Why no version governs a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoVersion {
    /// None is in force.
    None(Day),
    /// Two are, by name.
    Several(Day, String, String),
}

impl Policy {
    /// The version under which a batch that opens on a day is judged.
    pub fn version_on(&self, day: Day) -> Result<&Version, NoVersion> {
        let mut valid = self.versions.iter().filter(|version| version.is_in_force(day));
        match (valid.next(), valid.next()) {
            (Some(only), None) => Ok(only),
            (Some(one), Some(other)) => Err(NoVersion::Several(day, one.id.clone(), other.id.clone())),
            (None, _) => Err(NoVersion::None(day)),
        }
    }
}

impl Version {
    /// True on the first and the last day too.
    pub fn is_in_force(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }
}

impl Test {
    /// Every operand of the test, in reading order.
    pub fn operands(&self) -> Vec<&Operand> {
        match self {
            Test::Compare { left, right, .. } => left.operands().into_iter().chain(right.operands()).collect(),
            Test::Among { left, .. } | Test::Is { left, .. } => vec![left],
            Test::Months { from, to, .. } => vec![from, to],
            Test::All(tests) | Test::Any(tests) => tests.iter().flat_map(Test::operands).collect(),
            Test::Not(test) => test.operands(),
        }
    }
}

impl Value {
    /// The operands in reading order.
    pub fn operands(&self) -> Vec<&Operand> {
        match self {
            Value::Plain(one) => vec![one],
            Value::Share(one, other) | Value::Growth(one, other) => vec![one, other],
        }
    }
}

impl Formula {
    /// The operands in reading order.
    pub fn operands(&self) -> Vec<&Operand> {
        match self {
            Formula::Plain(one) => vec![one],
            Formula::Smallest(all) | Formula::Largest(all) | Formula::Sum(all) => all.iter().collect(),
            Formula::Less(first, others) => std::iter::once(first).chain(others).collect(),
            Formula::Rate { rate: first, of } | Formula::Each { each: first, of } => vec![first, of],
            Formula::Bands { of, .. } | Formula::ByClass { of, .. } => vec![of],
            Formula::Table { of, .. } => of.operands(),
            Formula::Grid { of, by, .. } => of.operands().into_iter().chain(by.operands()).collect(),
        }
    }
}
