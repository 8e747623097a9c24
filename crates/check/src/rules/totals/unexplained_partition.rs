//! Relations that a published report cannot decide, named so that silence is not taken for a pass.
//!
//! # What it finds
//!
//! Nothing. It lists what would have to be compared and cannot be: how the projects divide over economic codes. Each of
//! them ends as not checked, with its reason.
//!
//! # Why it matters
//!
//! A checker that is silent about what it did not look at invites more trust than it has earned. What stays open is
//! counted beside what holds.
//!
//! # Basis
//!
//! - Budget Law of the People's Republic of China, as amended in 2018, art. 46 [to be verified]: only basic expenditure is
//!   published by economic groups, so no report prints projects by economic code.
//! - 财预〔2016〕143号 of 2016-10-27: the tables to be published do not include one of projects by economic codes.
//!
//! # Example that fires
//!
//! None: see the limits below.
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计
//! | 合计 | 136
//! 301 | 工资福利支出 | 136
//! 30113 | 住房公积金 | 124
//! 30199 | 其他工资福利支出 | 12
//! ```
//!
//! # How to put it right
//!
//! Nothing has to be put right in the report. Who keeps the books can make the comparison there.
//!
//! # Limits and tolerated cases
//!
//! The rule never fires, at any level. When the books are at hand the relations move to the rules that decide them.
//!
//! ---
//! 仅凭公开的报告不能判定的关系：逐条列出，不当作通过。
//!
//! # 发现什么
//!
//! 不报任何问题。它列出本应核对而无法核对的关系：项目在经济科目之间怎样分布。
//! 每一条都记为“未检查”，并写明原因。
//!
//! # 为什么要紧
//!
//! 没看过的不说，读者就会以为都看过。没有定论的，与成立的放在一起计数。
//!
//! # 依据
//!
//! - 《预算法》（2018 年修正）第四十六条 [待核]：只有基本支出按经济分类公开到款，报告里没有分经济科目的项目表。
//! - 财预〔2016〕143号（2016-10-27）：应当公开的表里没有这样一张表。
//!
//! # 会报的例子
//!
//! 没有，见下面的界限。
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计
//! | 合计 | 136
//! 301 | 工资福利支出 | 136
//! 30113 | 住房公积金 | 124
//! 30199 | 其他工资福利支出 | 12
//! ```
//!
//! # 怎样改
//!
//! 报告不用改。掌握账目的人可以在账上核对。
//!
//! # 界限与容许
//!
//! 本规则任何情况下都不报问题。有了账目之后，这些关系归入能够判定它们的规则。

use crate::context::{Context, unchecked};
use crate::phrase::wording;
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Reason, Wording};

pub(crate) static RULE: Rule = Rule {
    code: "SUM107",
    name: "unexplained-partition",
    dimension: Dimension::Completeness,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[],
    find,
    say,
    source: include_str!("unexplained_partition.rs"),
};

fn find(_context: &Context, checks: &mut Vec<Check>) {
    let by_project = || Reason::NeedsBooks("项目的经济分类 economic codes of projects".into());
    for key in ["books.enterprise-support", "books.project-goods", "books.project-other"] {
        checks.push(unchecked(key, Level::Info, by_project(), Vec::new()));
    }
}

fn say(_check: &Check, lang: Lang) -> Wording {
    wording(lang, Default::default(), Default::default())
}
