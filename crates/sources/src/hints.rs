//! What the workbook says to who fills it in, in both languages.

use crate::schema::{Column, Field, Kind};
use gouji_model::Lang;
use gouji_model::books::List;

/// Chinese and English.
type Both = [&'static str; 2];

/// One of two languages.
pub(crate) fn pick<T>([zh, en]: [T; 2], lang: Lang) -> T {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// What a list holds.
pub(crate) fn of_list(list: List) -> Both {
    match list {
        List::Department => ["部门全称、简称、预算年度和表式，只填一行", "the department and its year, in one row"],
        List::Units => ["部门本级和各预算单位，一行一个", "the department's own office and its units, a row to each"],
        List::Expenditure => [
            "每笔支出一行：谁花、钱从哪来、按什么科目、哪个项目、多少元；收入表由此汇总",
            "a row to each expenditure; revenue is the sum of where its money comes from",
        ],
        List::Projects => {
            ["支出中用到的项目及其绩效文字，一行一个", "projects that expenditure names, and their texts"]
        }
        List::CarriedOver => ["结转下年的资金；没有可不填", "money carried over to the next year, if any"],
        List::ThreePublic => ["“三公”经费财政拨款预算，四项", "the three public expenses, in four lines"],
        List::Procurement => ["政府采购预算，按单位和品目", "procurement by unit and item"],
        List::Counts => ["编制、在编、离退休、车辆、设备的数量", "posts, staff, pensioners, vehicles and equipment"],
        List::Reasons => ["预算比上年增减的原因，减少填负数", "why the budget changes; less is negative"],
        List::Indicators => ["项目的绩效指标，一行一个", "goals of projects that can be measured"],
        List::Names => ["科目参考中没有、或名称不同的编码", "codes that the reference lacks or names differently"],
        List::Texts => {
            ["印在报告中的文字，键如 duties（职责）、goals（年度任务）", "texts of the report by key: duties, goals …"]
        }
    }
}

/// What stands in a column.
pub(crate) fn of_column(column: &Column, lang: Lang) -> String {
    let own = match column.field {
        Field::Project => {
            ["先在项目表填写；基本支出不填", "enter it in the list of projects first; none for basic expenditure"]
        }
        Field::Standing => [
            "绩效管理：列入绩效表；重点：并列入重点项目表；基本建设：列入基建表；不列：都不列入",
            "which tables of projects it stands in: managed, key, construction or none",
        ],
        Field::Form => ["报告的表式编号，如 shenzhen-2019", "the form of the report, like shenzhen-2019"],
        Field::Source => [
            "钱是本年的、上年结转的，还是用事业基金弥补的",
            "this year's money, carried in from last year, or the unit's own fund",
        ],
        Field::Nature => [
            "分得清时填人员经费或公用经费，分不清填基本支出",
            "人员经费 or 公用经费 where they are told apart, else 基本支出",
        ],
        Field::Transfer => ["上级转移支付的资金填“是”，其他留空", "是 for money that a superior government transfers"],
        Field::Assumed => [
            "“是”表示由已公开的报告推得，报告没有写明；核对补全后请清空",
            "是 where a published report did not say all of the row; clear it once you have seen to it",
        ],
        Field::Key => [
            "duties 职责，goals 任务，other-notes 其他说明，overseas-reason、reception-reason、vehicles-reason 增减原因，operating-uses 运行经费用途",
            "duties, goals, other-notes, overseas-reason, reception-reason, vehicles-reason, operating-uses, or your own",
        ],
        Field::Content => ["分段请在格内换行（Alt+Enter）", "paragraphs are parted by line ends (Alt+Enter)"],
        Field::Change => ["单位：元；减少填负数", "in yuan; less is negative"],
        Field::Counted => ["“购置”开头的是本年计划购置的数量", "what begins with 购置 is to be bought this year"],
        _ => of_kind(column.kind),
    };
    pick(own, lang).to_string()
}

fn of_kind(kind: Kind) -> Both {
    match kind {
        Kind::Text => ["可不填", "may be empty"],
        Kind::Needed => ["必填", "must be filled in"],
        Kind::Word(_) => ["从下拉列表中选", "choose from the list"],
        Kind::Unit => ["从单位表的名称中选", "choose one of the list of units"],
        Kind::Project => ["从项目表的名称中选", "choose one of the list of projects"],
        Kind::Code(_) => {
            ["填编码，见“科目参考”；没有的请在“科目名称”补上", "a code; see 科目参考, or name it in 科目名称"]
        }
        Kind::AnyCode => {
            ["功能 3、5、7 位，经济 3、5 位，采购如 A020101", "function 3, 5, 7 digits; economic 3, 5; like A020101"]
        }
        Kind::Amount => ["单位：元，最多两位小数；留空为 0", "in yuan, at most two decimals; empty is 0"],
        Kind::Number => ["不小于 0 的整数", "a whole number from 0"],
        Kind::Year => ["四位年份，如 2026", "four digits, like 2026"],
    }
}

/// How the workbook is filled in, step by step.
pub(crate) const STEPS: [Both; 8] = [
    [
        "先填“部门”和“单位”，再填“项目”，然后填“支出”和其他各表。",
        "Fill in 部门 and 单位 first, then 项目, then 支出 and the rest.",
    ],
    [
        "每张表从表头下一行开始填；表头不要改名，列的次序可以变，空行没有关系。",
        "Rows begin below the heads. Keep the heads; their order is free, and empty rows do no harm.",
    ],
    [
        "金额单位一律为元，最多两位小数；报告需要万元时由程序换算。",
        "Amounts are in yuan with at most two decimals; the program converts.",
    ],
    ["不要合并单元格；公式可以用，程序读取其结果。", "Merge no cells. Formulas are fine: their results are read."],
    [
        "有下拉列表的格请从中选择；鼠标停在表头上可看说明。",
        "Choose from the lists where there are any; the heads have notes.",
    ],
    ["第一行的合计随填随算，只供核对，不必填写。", "The sums in the first row are for comparison only."],
    [
        "工作表有保护但没有密码，只为防止误改表头；需要时可在“审阅”中撤销。",
        "The sheets are protected without a password, against slips; lift it where needed.",
    ],
    [
        "填好后运行 gouji build；每个问题都会指出工作表和单元格。",
        "Then run gouji build; every fault is told with its sheet and cell.",
    ],
];
