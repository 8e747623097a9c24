//! The lists that books are kept in: their columns and their words, declared once for the
//! folder and the workbook, for reading and writing.

use gouji_model::books::{List, ProjectStanding, Scheme, UnitKind};
use gouji_model::{Book, Measure, Nature, Stream};

/// A list: a file of the folder, a sheet of the workbook.
#[derive(Debug)]
pub(crate) struct Schema {
    /// Which list.
    pub list: List,
    /// Its file in the folder.
    pub file: &'static str,
    /// Its sheet in the workbook.
    pub sheet: &'static str,
    /// Its columns in the order in which they are written.
    pub columns: &'static [Column],
}

/// A column of a list.
#[derive(Debug)]
pub(crate) struct Column {
    /// What it holds.
    pub field: Field,
    /// Its head.
    pub head: &'static str,
    /// What may stand in it.
    pub kind: Kind,
}

impl Column {
    /// True for a column of money, which adds up.
    pub(crate) fn kind_is_amount(&self) -> bool {
        matches!(self.kind, Kind::Amount)
    }

    /// True for a column that a list may do without: books that were never drafted have none.
    pub(crate) fn may_be_absent(&self) -> bool {
        self.field == Field::Assumed
    }
}

/// What may stand in a column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Any text, also none.
    Text,
    /// Any text that is not empty.
    Needed,
    /// One word of a closed list; empty where the list has an empty word.
    Word(fn() -> Vec<&'static str>),
    /// The name of a unit.
    Unit,
    /// The name of a project.
    Project,
    /// A code of a classification.
    Code(Scheme),
    /// A code of the classification that stands in the same row.
    AnyCode,
    /// Yuan with up to two decimals; empty is nothing.
    Amount,
    /// A whole number that is not negative.
    Number,
    /// A year of the common calendar.
    Year,
}

/// What a column holds. The lists share the fields that mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// 名称 of the department, the form it is printed in, and the key of a text.
    Department,
    Year,
    Form,
    Key,
    Content,
    /// 单位名称 in every list.
    Unit,
    Short,
    UnitCode,
    UnitKind,
    Project,
    ProjectNumber,
    Standing,
    Goal,
    Basis,
    Benefit,
    Quantified,
    Book,
    Source,
    Function,
    Economic,
    Nature,
    Transfer,
    Assumed,
    Now,
    Before,
    Expense,
    Item,
    Counted,
    Number,
    Subject,
    Change,
    Class,
    Indicator,
    Value,
    MeasuredIn,
    Evidence,
    Scheme,
    Code,
    Name,
}

const fn column(field: Field, head: &'static str, kind: Kind) -> Column {
    Column { field, head, kind }
}

const UNIT: Column = column(Field::Unit, "单位名称", Kind::Unit);
const BOOK: Column = column(Field::Book, "资金来源", Kind::Word(|| words(BOOKS)));
const SOURCE: Column = column(Field::Source, "收入性质", Kind::Word(|| words(SOURCES)));
const FUNCTION: Column = column(Field::Function, "功能科目", Kind::Code(Scheme::Function));
const NOW: Column = column(Field::Now, "本年预算", Kind::Amount);
const BEFORE: Column = column(Field::Before, "上年预算", Kind::Amount);
const ASSUMED: Column = column(Field::Assumed, "推定", Kind::Word(|| words(ASSUMPTIONS)));

/// All lists in the order of the workbook.
pub(crate) const SCHEMAS: [Schema; 12] = [
    Schema {
        list: List::Department,
        file: "books.toml",
        sheet: "部门",
        columns: &[
            column(Field::Department, "部门名称", Kind::Needed),
            column(Field::Short, "简称", Kind::Text),
            column(Field::Year, "预算年度", Kind::Year),
            column(Field::Form, "表式", Kind::Needed),
        ],
    },
    Schema {
        list: List::Units,
        file: "units.csv",
        sheet: "单位",
        columns: &[
            column(Field::Unit, "单位名称", Kind::Needed),
            column(Field::Short, "简称", Kind::Text),
            column(Field::UnitCode, "单位编码", Kind::Text),
            column(Field::UnitKind, "单位类型", Kind::Word(|| words(UNIT_KINDS))),
        ],
    },
    Schema {
        list: List::Expenditure,
        file: "expenditure.csv",
        sheet: "支出",
        columns: &[
            UNIT,
            BOOK,
            SOURCE,
            FUNCTION,
            column(Field::Economic, "经济科目", Kind::Code(Scheme::Economic)),
            column(Field::Nature, "支出性质", Kind::Word(|| words(NATURES))),
            column(Field::Project, "项目名称", Kind::Project),
            column(Field::Transfer, "上级转移支付", Kind::Word(|| words(TRANSFERS))),
            NOW,
            BEFORE,
            ASSUMED,
        ],
    },
    Schema {
        list: List::Projects,
        file: "projects.csv",
        sheet: "项目",
        columns: &[
            UNIT,
            column(Field::Project, "项目名称", Kind::Needed),
            column(Field::ProjectNumber, "项目编号", Kind::Text),
            column(Field::Standing, "列入", Kind::Word(|| words(STANDINGS))),
            column(Field::Goal, "绩效目标", Kind::Text),
            column(Field::Basis, "申报依据", Kind::Text),
            column(Field::Benefit, "年度预期效益", Kind::Text),
            column(Field::Quantified, "量化指标", Kind::Text),
        ],
    },
    Schema {
        list: List::CarriedOver,
        file: "carried-over.csv",
        sheet: "结转",
        columns: &[UNIT, BOOK, SOURCE, FUNCTION, NOW, BEFORE, ASSUMED],
    },
    Schema {
        list: List::ThreePublic,
        file: "three-public.csv",
        sheet: "三公",
        columns: &[column(Field::Expense, "费用", Kind::Word(|| words(EXPENSES))), NOW, BEFORE],
    },
    Schema {
        list: List::Procurement,
        file: "procurement.csv",
        sheet: "采购",
        columns: &[UNIT, column(Field::Item, "品目编码", Kind::Code(Scheme::Procurement)), NOW, BEFORE, ASSUMED],
    },
    Schema {
        list: List::Counts,
        file: "counts.csv",
        sheet: "资产",
        columns: &[
            UNIT,
            column(Field::Counted, "项目", Kind::Word(|| words(COUNTED))),
            column(Field::Number, "数量", Kind::Number),
        ],
    },
    Schema {
        list: List::Reasons,
        file: "reasons.csv",
        sheet: "增减原因",
        columns: &[column(Field::Subject, "事项", Kind::Needed), column(Field::Change, "增减额", Kind::Amount)],
    },
    Schema {
        list: List::Indicators,
        file: "indicators.csv",
        sheet: "绩效指标",
        columns: &[
            UNIT,
            column(Field::Project, "项目名称", Kind::Project),
            column(Field::Class, "类别", Kind::Text),
            column(Field::Indicator, "指标", Kind::Needed),
            column(Field::Value, "指标值", Kind::Text),
            column(Field::MeasuredIn, "计量单位", Kind::Text),
            column(Field::Evidence, "数据来源", Kind::Text),
        ],
    },
    Schema {
        list: List::Names,
        file: "names.csv",
        sheet: "科目名称",
        columns: &[
            column(Field::Scheme, "分类", Kind::Word(|| words(SCHEMES))),
            column(Field::Code, "编码", Kind::AnyCode),
            column(Field::Name, "名称", Kind::Needed),
        ],
    },
    Schema {
        list: List::Texts,
        file: "books.toml",
        sheet: "文字",
        columns: &[column(Field::Key, "键", Kind::Needed), column(Field::Content, "内容", Kind::Text)],
    },
];

/// The schema of a list.
pub(crate) fn schema(list: List) -> &'static Schema {
    SCHEMAS.iter().find(|schema| schema.list == list).expect("every list has a schema")
}

impl Schema {
    /// The head of the column of a field; empty when the list has no such column.
    pub(crate) fn head(&self, field: Field) -> &'static str {
        self.index(field).map_or("", |index| self.columns[index].head)
    }

    /// Where the column of a field stands among the columns.
    pub(crate) fn index(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == field)
    }
}

/// Words of a closed list, each with its value.
pub(crate) type Words<T> = &'static [(&'static str, T)];

/// The words alone.
fn words<T>(list: Words<T>) -> Vec<&'static str> {
    list.iter().map(|(word, _)| *word).collect()
}

/// What a word means.
pub(crate) fn value_of<T: Copy>(list: Words<T>, word: &str) -> Option<T> {
    list.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

/// The word for a value; empty for a value that has none.
pub(crate) fn word_of<T: PartialEq>(list: Words<T>, value: &T) -> &'static str {
    word_where(list, |known| known == value)
}

/// The first word whose value answers; empty when none does.
pub(crate) fn word_where<T>(list: Words<T>, answers: impl Fn(&T) -> bool) -> &'static str {
    list.iter().find(|(_, known)| answers(known)).map_or("", |(word, _)| *word)
}

pub(crate) const UNIT_KINDS: Words<UnitKind> = &[("机关", UnitKind::Office), ("事业单位", UnitKind::Institution)];

pub(crate) const STANDINGS: Words<ProjectStanding> = &[
    ("绩效管理", ProjectStanding::Managed),
    ("重点", ProjectStanding::Key),
    ("基本建设", ProjectStanding::Construction),
    ("不列", ProjectStanding::Plain),
];

pub(crate) const BOOKS: Words<Book> = &[
    ("一般公共预算", Book::General),
    ("政府性基金预算", Book::Funds),
    ("国有资本经营预算", Book::StateCapital),
    ("财政专户拨款", Book::SpecialAccount),
    ("事业收入", Book::Institutional),
    ("经营收入", Book::Operating),
    ("上级补助收入", Book::Superior),
    ("附属单位上缴收入", Book::Affiliate),
    ("其他收入", Book::Other),
    ("经营及其他收入", Book::Own),
];

pub(crate) const SOURCES: Words<Stream> =
    &[("本年", Stream::Year), ("上年结转", Stream::CarriedIn), ("事业基金", Stream::UnitFund)];

pub(crate) const NATURES: Words<Nature> = &[
    ("基本支出", Nature::Basic),
    ("项目支出", Nature::Project),
    ("人员经费", Nature::Personnel),
    ("公用经费", Nature::PublicUse),
    ("预留机动经费", Nature::Reserve),
    ("事业单位经营支出", Nature::Operating),
    ("上缴上级支出", Nature::ToSuperior),
    ("对附属单位补助支出", Nature::ToAffiliate),
];

/// 是 marks money that the superior government transfers; nothing else is written.
pub(crate) const TRANSFERS: Words<bool> = &[("", false), ("是", true)];

/// 是 marks a row of a draft: the paper does not say all that the row says, or leaves open.
pub(crate) const ASSUMPTIONS: Words<bool> = &[("", false), ("是", true)];

pub(crate) const EXPENSES: Words<&str> = &[
    ("因公出国（境）费", "overseas"),
    ("公务接待费", "reception"),
    ("公务用车购置费", "vehicles.buy"),
    ("公务用车运行维护费", "vehicles.run"),
];

pub(crate) const SCHEMES: Words<Scheme> =
    &[("功能", Scheme::Function), ("经济", Scheme::Economic), ("采购", Scheme::Procurement)];

pub(crate) const COUNTED: Words<(Measure, &str)> = &[
    ("行政编制", (Measure::Posts, "admin")),
    ("事业编制", (Measure::Posts, "institution")),
    ("行政在编", (Measure::Staff, "admin")),
    ("事业在编", (Measure::Staff, "institution")),
    ("离休", (Measure::Retired, "veteran")),
    ("退休", (Measure::Retired, "pensioner")),
    ("雇员", (Measure::Contract, "employee")),
    ("临聘", (Measure::Contract, "temporary")),
    ("定编车辆", (Measure::Vehicles, "post.with")),
    ("非定编车辆", (Measure::Vehicles, "post.without")),
    ("一般公务用车", (Measure::Vehicles, "kind.general")),
    ("一般执法执勤用车", (Measure::Vehicles, "kind.duty")),
    ("特种专业技术用车", (Measure::Vehicles, "kind.special")),
    ("其他用车", (Measure::Vehicles, "kind.other")),
    ("通用设备", (Measure::Equipment, "common")),
    ("专用设备", (Measure::Equipment, "special")),
    ("购置一般公务用车", (Measure::Vehicles, "buy.general")),
    ("购置一般执法执勤用车", (Measure::Vehicles, "buy.duty")),
    ("购置特种专业技术用车", (Measure::Vehicles, "buy.special")),
    ("购置其他用车", (Measure::Vehicles, "buy.other")),
    ("购置通用设备", (Measure::Equipment, "buy.common")),
    ("购置专用设备", (Measure::Equipment, "buy.special")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn is_one_to_one<T: PartialEq>(list: Words<T>) -> bool {
        let distinct: BTreeSet<&str> = list.iter().map(|(word, _)| *word).collect();
        distinct.len() == list.len() && list.iter().all(|(word, value)| word_of(list, value) == *word)
    }

    #[test]
    fn every_word_has_one_value_and_every_value_one_word() {
        assert!(is_one_to_one(UNIT_KINDS) && is_one_to_one(STANDINGS) && is_one_to_one(BOOKS));
        assert!(is_one_to_one(SOURCES) && is_one_to_one(NATURES) && is_one_to_one(TRANSFERS));
        assert!(is_one_to_one(EXPENSES) && is_one_to_one(SCHEMES) && is_one_to_one(COUNTED));
    }

    #[test]
    fn every_list_has_columns_that_differ_and_words_that_fit_a_drop_down_list() {
        for schema in &SCHEMAS {
            let heads: BTreeSet<&str> = schema.columns.iter().map(|column| column.head).collect();
            assert_eq!(heads.len(), schema.columns.len(), "{}", schema.sheet);
            for column in schema.columns {
                // Spreadsheets take at most 255 signs.
                if let Kind::Word(words) = column.kind {
                    assert!(words().join(",").chars().count() <= 255, "{}", column.head);
                }
            }
        }
    }
}
