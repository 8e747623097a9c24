//! The books of a department's budget: every figure once, before it is printed anywhere.

use crate::{Book, Code, Coordinates, Fen, Measure, Nature, Stream};

/// The books of one department for one budget year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// The department itself.
    pub department: Department,
    /// Its budget units, in the order in which they are printed.
    pub units: Vec<BudgetUnit>,
    /// Its projects, in the order in which they are printed.
    pub projects: Vec<Project>,
    /// Expenditure and where its money comes from, the three public expenses, procurement
    /// and what is carried over to the next year.
    pub postings: Vec<Posting>,
    /// Posts, staff, vehicles and large equipment.
    pub counts: Vec<Count>,
    /// Why the budget changes.
    pub reasons: Vec<Reason>,
    /// Goals that can be measured, of projects.
    pub indicators: Vec<Indicator>,
    /// Names of codes that the books use.
    pub names: Vec<CodeName>,
    /// Free texts by key: `duties`, `goals` …
    pub texts: Vec<FreeText>,
}

/// The department.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Department {
    /// Full name, as on the cover.
    pub name: String,
    /// What the narrative calls it.
    pub short: String,
    /// The budget year.
    pub year: i16,
    /// The form it is printed in: `shenzhen-2019`.
    pub form: String,
    /// Where it is written.
    pub origin: Origin,
}

/// A line of a source: which of its lists, and which row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The list: a sheet of the workbook, a file of the folder.
    pub list: List,
    /// The row, from 1 as the source counts; 0 when there is none.
    pub row: u32,
}

/// The lists that books are kept in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// 部门.
    #[default]
    Department,
    /// 单位.
    Units,
    /// 项目.
    Projects,
    /// 支出.
    Expenditure,
    /// 结转.
    CarriedOver,
    /// 三公.
    ThreePublic,
    /// 采购.
    Procurement,
    /// 资产.
    Counts,
    /// 增减原因.
    Reasons,
    /// 绩效指标.
    Indicators,
    /// 科目名称.
    Names,
    /// 文字.
    Texts,
}

/// A budget unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BudgetUnit {
    /// Name, as in the tables.
    pub name: String,
    /// What the narrative calls it.
    pub short: String,
    /// Its code; may be empty.
    pub code: String,
    /// An office of government or an institution.
    pub kind: UnitKind,
    /// Where it is written.
    pub origin: Origin,
}

/// What a budget unit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// 机关.
    #[default]
    Office,
    /// 事业单位.
    Institution,
}

/// A project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// The unit that runs it, by name.
    pub unit: String,
    /// Its name; unique within its unit.
    pub name: String,
    /// Its number; may be empty.
    pub number: String,
    /// What is printed about it.
    pub standing: ProjectStanding,
    /// 绩效目标; may be empty.
    pub goal: String,
    /// 申报依据; may be empty.
    pub basis: String,
    /// 年度预期（社会、经济）效益; of key projects.
    pub benefit: String,
    /// 量化的绩效指标; of key projects.
    pub measure: String,
    /// Where it is written.
    pub origin: Origin,
}

/// Which tables a project stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProjectStanding {
    /// In no table of projects.
    Plain,
    /// Under performance management.
    #[default]
    Managed,
    /// Under performance management, and one of the key projects.
    Key,
    /// Capital construction.
    Construction,
}

/// One amount of the books, this year and last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posting {
    /// What it is for. The year is that of the department, the phase the budget; the stream
    /// of expenditure is this year's own or carried out to the next.
    pub at: Coordinates,
    /// Where the money of an expenditure comes from: this year's own revenue, carried in from
    /// last year, or the unit's own fund.
    pub source: Stream,
    /// This year's budget.
    pub amount: Fen,
    /// Last year's budget.
    pub previous: Fen,
    /// Part of what it is for was assumed, or left open: a published report did not say it.
    pub assumed: bool,
    /// Where it is written.
    pub origin: Origin,
}

/// A number of posts, people, vehicles or pieces of equipment of one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// What is counted: measure, item and unit.
    pub at: Coordinates,
    /// How many.
    pub number: i64,
    /// Where it is written.
    pub origin: Origin,
}

/// A reason why the budget changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// What it is about: `区人才发展专项资金`.
    pub subject: String,
    /// By how much; negative for less.
    pub change: Fen,
    /// Where it is written.
    pub origin: Origin,
}

/// A goal of a project that can be measured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indicator {
    /// The unit that runs the project, by name.
    pub unit: String,
    /// The project, by name.
    pub project: String,
    /// 成本, 产出, 效益 or 满意度.
    pub class: String,
    /// What is measured.
    pub name: String,
    /// The value to reach, as it is printed: `≥50`.
    pub value: String,
    /// 家, 项, % …
    pub measured_in: String,
    /// Where the value will be read.
    pub source: String,
    /// Where it is written.
    pub origin: Origin,
}

/// A name of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeName {
    /// Which classification.
    pub scheme: Scheme,
    /// The code.
    pub code: Code,
    /// Its name.
    pub name: String,
    /// Where it is written.
    pub origin: Origin,
}

/// A classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// 支出功能分类科目.
    Function,
    /// 部门预算支出经济分类科目.
    Economic,
    /// 政府采购品目.
    Procurement,
}

/// A free text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FreeText {
    /// Its key.
    pub key: String,
    /// The text; paragraphs are parted by line ends.
    pub text: String,
    /// Where it is written.
    pub origin: Origin,
}

/// Economic classes whose basic expenditure is 人员经费: 工资福利支出, 对个人和家庭的补助.
const PERSONNEL: [&str; 2] = ["301", "303"];

/// Which of the two amounts of a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// This year's.
    Now,
    /// Last year's.
    Before,
}

impl Posting {
    /// One of its amounts.
    pub const fn of(&self, which: Which) -> Fen {
        match which {
            Which::Now => self.amount,
            Which::Before => self.previous,
        }
    }

    /// The axes, with 人员经费 and 公用经费 told by the economic code: the books post basic expenditure as such.
    fn axes_within(&self, at: &Coordinates) -> bool {
        if self.at.nature != Nature::Basic || !matches!(at.nature, Nature::Personnel | Nature::PublicUse) {
            return self.at.axes_within(at);
        }
        let is_personnel = PERSONNEL.iter().any(|class| self.at.economic.as_str().starts_with(class));
        let nature = if is_personnel { Nature::Personnel } else { Nature::PublicUse };
        nature == at.nature && Coordinates { nature, ..self.at.clone() }.axes_within(at)
    }

    /// True when it is part of what is printed at `at`, whatever the year.
    pub fn counts_towards(&self, at: &Coordinates) -> bool {
        let own = &self.at;
        match (own.measure, at.measure) {
            // What is spent, or carried over, has come in.
            (Measure::Expenditure, Measure::Revenue) => self.source.is_within(at.stream) && self.axes_within(at),
            // 机关运行经费 is the goods and services of general basic expenditure.
            (Measure::Expenditure, Measure::OperatingCost) => {
                own.book == Book::General
                    && own.nature.is_basic()
                    && own.economic.as_str().starts_with("302")
                    && own.stream == Stream::Year
                    && own.economic.within(&at.economic)
                    && own.unit_within(at)
            }
            (Measure::ThreePublic | Measure::Meetings | Measure::Training, Measure::PublicMeetings) => {
                own.axes_within(at)
            }
            (one, other) => one == other && own.stream.is_within(at.stream) && self.axes_within(at),
        }
    }
}

impl Books {
    /// The year of one of the two amounts.
    pub const fn year(&self, which: Which) -> i16 {
        match which {
            Which::Now => self.department.year,
            Which::Before => self.department.year - 1,
        }
    }

    /// Which amount a year means; this year's for any other year.
    pub const fn which(&self, year: i16) -> Which {
        if year + 1 == self.department.year { Which::Before } else { Which::Now }
    }

    /// The sum of all postings that lie within `at`, in fen; the year of `at` chooses the amount.
    ///
    /// Revenue is not kept: it is what the expenditure of each source takes, and what is carried
    /// over to the next year.
    pub fn total(&self, at: &Coordinates) -> i128 {
        let which = self.which(at.year);
        self.postings
            .iter()
            .filter(|posting| posting.counts_towards(at))
            .map(|posting| i128::from(posting.of(which).fen()))
            .sum()
    }

    /// How many of what `at` names; its whole is counted over one division only.
    pub fn count(&self, at: &Coordinates) -> i64 {
        let whole =
            if at.measure == Measure::Vehicles && at.item.is_all() { Code::new("post.") } else { Some(at.item) };
        let whole = whole.unwrap_or(Code::ALL);
        let within = |count: &&Count| {
            count.at.measure == at.measure
                && count.at.item.within(&whole)
                && (at.unit.is_empty() || count.at.unit == at.unit)
        };
        self.counts.iter().filter(within).map(|count| count.number).sum()
    }

    /// True when the project has an amount this year: one that has none stands in no table.
    pub fn is_funded(&self, project: &Project) -> bool {
        let own = |posting: &&Posting| posting.at.project == project.name && posting.at.unit == project.unit;
        self.postings.iter().filter(own).any(|posting| posting.amount != Fen::new(0))
    }

    /// A free text; empty when there is none.
    pub fn text(&self, key: &str) -> &str {
        self.texts.iter().find(|text| text.key == key).map_or("", |text| text.text.as_str())
    }
}
