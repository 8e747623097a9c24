//! The closed lists along which a figure of a budget is placed. Each is a small tree.

/// What is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Not said.
    #[default]
    Unknown,
    /// 收入
    Revenue,
    /// 支出
    Expenditure,
    /// “三公”经费
    ThreePublic,
    /// 政府采购
    Procurement,
    /// 机关运行经费
    OperatingCost,
    /// 会议费
    Meetings,
    /// 培训费
    Training,
    /// “三公”经费, 会议费 and 培训费 together
    PublicMeetings,
    /// 人员编制
    Posts,
    /// 实有人数
    Staff,
    /// 离退休人员
    Retired,
    /// 雇员, 临聘员额: outside the authorised posts
    Contract,
    /// 车辆
    Vehicles,
    /// 设备
    Equipment,
    /// 预算单位
    Units,
    /// 项目个数
    Projects,
    /// 绩效管理涉及的资金
    ManagedFunds,
}

/// Budget or final accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// 预算
    #[default]
    Budget,
    /// 决算
    Final,
}

/// Where a sum stands in the year: the whole, this year's own, or carried over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// 总计: this year's and what is carried over
    #[default]
    All,
    /// 本年
    Year,
    /// 用事业基金弥补收支差额, 使用非财政拨款结余
    UnitFund,
    /// 上年结转
    CarriedIn,
    /// 结转下年
    CarriedOut,
}

/// Which of the budgets, or which source of revenue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Book {
    /// All of them.
    #[default]
    All,
    /// 财政拨款
    Appropriation,
    /// 一般公共预算
    General,
    /// 政府性基金预算
    Funds,
    /// 国有资本经营预算
    StateCapital,
    /// 社会保险基金预算
    SocialInsurance,
    /// 财政专户管理资金
    SpecialAccount,
    /// 经营及其他收入, 单位资金
    Own,
    /// 事业收入
    Institutional,
    /// 事业单位经营收入
    Operating,
    /// 上级补助收入
    Superior,
    /// 附属单位上缴收入
    Affiliate,
    /// 其他收入
    Other,
    /// 债务资金
    Debt,
}

/// Basic or project expenditure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// Both.
    #[default]
    All,
    /// 基本支出
    Basic,
    /// 人员经费
    Personnel,
    /// 公用经费
    PublicUse,
    /// 项目支出
    Project,
    /// 单位预留机动经费
    Reserve,
    /// 事业单位经营支出
    Operating,
    /// 上缴上级支出
    ToSuperior,
    /// 对附属单位补助支出
    ToAffiliate,
}

/// A list of values that form a tree.
pub(crate) trait Tree: Copy + PartialEq + Default {
    /// The next larger value; `None` for the whole.
    fn parent(self) -> Option<Self>;

    /// `self` is `whole` or lies below it.
    fn within(self, whole: Self) -> bool {
        self == whole || self.parent().is_some_and(|parent| parent.within(whole))
    }

    /// The smaller of the two where one holds the other.
    fn meet(self, other: Self) -> Option<Self> {
        if self.within(other) {
            Some(self)
        } else if other.within(self) {
            Some(other)
        } else {
            None
        }
    }
}

impl Tree for Measure {
    fn parent(self) -> Option<Self> {
        (self != Measure::Unknown).then_some(Measure::Unknown)
    }
}

impl Tree for Stream {
    fn parent(self) -> Option<Self> {
        (self != Stream::All).then_some(Stream::All)
    }
}

impl Tree for Book {
    fn parent(self) -> Option<Self> {
        match self {
            Book::All => None,
            Book::General | Book::Funds | Book::StateCapital | Book::SocialInsurance => Some(Book::Appropriation),
            Book::Institutional | Book::Operating | Book::Superior | Book::Affiliate | Book::Other | Book::Debt => {
                Some(Book::Own)
            }
            Book::Appropriation | Book::SpecialAccount | Book::Own => Some(Book::All),
        }
    }
}

impl Tree for Nature {
    fn parent(self) -> Option<Self> {
        match self {
            Nature::All => None,
            Nature::Personnel | Nature::PublicUse => Some(Nature::Basic),
            _ => Some(Nature::All),
        }
    }
}

/// The words of an axis in lexicon files, both ways.
macro_rules! words {
    ($type:ident: $($word:literal => $value:ident),* $(,)?) => {
        impl $type {
            /// Reads the word a lexicon or form uses.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($type::$value),)* _ => None }
            }

            /// The word a lexicon or form uses.
            pub fn word(self) -> &'static str {
                match self { $($type::$value => $word,)* }
            }
        }
    };
}

words!(Measure: "unknown" => Unknown, "revenue" => Revenue, "expenditure" => Expenditure,
    "three-public" => ThreePublic, "procurement" => Procurement, "operating-cost" => OperatingCost,
    "meetings" => Meetings, "training" => Training, "public-meetings" => PublicMeetings,
    "posts" => Posts, "staff" => Staff, "retired" => Retired, "contract" => Contract,
    "vehicles" => Vehicles, "equipment" => Equipment, "units" => Units, "projects" => Projects,
    "managed-funds" => ManagedFunds);
words!(Phase: "budget" => Budget, "final" => Final);
words!(Stream: "all" => All, "year" => Year, "unit-fund" => UnitFund, "carried-in" => CarriedIn,
    "carried-out" => CarriedOut);
words!(Book: "all" => All, "appropriation" => Appropriation, "general" => General, "funds" => Funds,
    "state-capital" => StateCapital, "social-insurance" => SocialInsurance,
    "special-account" => SpecialAccount, "own" => Own, "institutional" => Institutional,
    "operating" => Operating, "superior" => Superior, "affiliate" => Affiliate, "other" => Other,
    "debt" => Debt);
words!(Nature: "all" => All, "basic" => Basic, "personnel" => Personnel, "public-use" => PublicUse,
    "project" => Project, "reserve" => Reserve, "operating" => Operating, "to-superior" => ToSuperior,
    "to-affiliate" => ToAffiliate);

impl Stream {
    /// True when `self` is `whole` or a part of it.
    pub fn is_within(self, whole: Stream) -> bool {
        self.within(whole)
    }
}

impl Nature {
    /// True for basic expenditure and its parts.
    pub const fn is_basic(self) -> bool {
        matches!(self, Nature::Basic | Nature::Personnel | Nature::PublicUse)
    }
}

impl Book {
    /// What reports call the budget or source.
    pub const fn name(self) -> &'static str {
        match self {
            Book::All => "全部资金",
            Book::Appropriation => "财政拨款",
            Book::General => "一般公共预算",
            Book::Funds => "政府性基金预算",
            Book::StateCapital => "国有资本经营预算",
            Book::SocialInsurance => "社会保险基金预算",
            Book::SpecialAccount => "财政专户拨款",
            Book::Own => "经营及其他收入",
            Book::Institutional => "事业收入",
            Book::Operating => "经营收入",
            Book::Superior => "上级补助收入",
            Book::Affiliate => "附属单位上缴收入",
            Book::Other => "其他收入",
            Book::Debt => "债务收入",
        }
    }
}
