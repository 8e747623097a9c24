//! A code stands in a table without the row of its parent, or codes stand out of order.
//!
//! # What it finds
//!
//! - A group (款) without its class (类), an item (项) without its group, in tables that print classes.
//! - Rows of codes that are not in ascending order.
//! - In procurement, an item whose code lies below that of another item in the same flat list.
//!
//! # Why it matters
//!
//! Without the level between, sums cannot be checked step by step, and a reader cannot tell whether a line was dropped.
//!
//! # Basis
//!
//! - Budget Law of the People's Republic of China, as amended in 2018, art. 46 [to be verified]: general public
//!   expenditure is published by function down to the item.
//! - 财预〔2016〕143号 of 2016-10-27: general public expenditure is published by function codes to the item.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20601 | 科学技术管理事务 | 100
//! 2060101 | 行政运行 | 100
//! 2060702 | 科普活动 | 243
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20607 | 科学技术普及 | 343
//! 2060702 | 科普活动 | 343
//! ```
//!
//! # How to put it right
//!
//! Add the row of the parent with the sum of its children, or sort the rows by code.
//!
//! # Limits and tolerated cases
//!
//! A table that prints no 款 at all leaves out a level, not a row: nothing is said.
//!
//! - A table of items only, without any class, has no level to miss.
//! - Order and procurement codes are level info: local catalogues of procurement mix depths.
//! - Whether the classes of the summary are those of the year's catalogue is named as not checked, until a complete
//!   catalogue of the year is at hand. No figures are compared, so there is no rounding.
//!
//! ---
//! 表里有下级科目而没有它的上级科目，或者科目没有按编码排列。
//!
//! # 发现什么
//!
//! - 列了类级科目的表里，有款没有类，有项没有款。
//! - 各行没有按编码从小到大排列。
//! - 政府采购同一层清单里，一个品目是另一个品目的下级。
//!
//! # 为什么要紧
//!
//! 缺了中间一级，合计就不能逐级核对，读者也看不出是不是漏了一行。
//!
//! # 依据
//!
//! - 《预算法》（2018 年修正）第四十六条 [待核]：一般公共预算支出按功能分类编列到项。
//! - 财预〔2016〕143号（2016-10-27）：一般公共预算支出按功能分类公开到项。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20601 | 科学技术管理事务 | 100
//! 2060101 | 行政运行 | 100
//! 2060702 | 科普活动 | 243
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 343
//! 206 | 科学技术支出 | 343
//! 20607 | 科学技术普及 | 343
//! 2060702 | 科普活动 | 343
//! ```
//!
//! # 怎样改
//!
//! 补列上级科目，金额为所属下级之和；或者按编码重新排列。
//!
//! # 界限与容许
//!
//! 整张表都不列款级的，是少列一级，不是漏列一行，不报。
//!
//! - 只列项级、完全没有类级的表，不存在缺上级的问题。
//! - 排列顺序和采购品目列为提示：各地采购目录深浅不一。
//! - 总表各类是否就是当年目录的各类，在有完整目录之前记为“未检查”。本规则不比较金额，没有四舍五入。

use crate::context::{Context, plain_check, unchecked};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Code, Lang, Level, Reason, Role, Term, Wording};
use gouji_understand::{RowView, TableKind, TableView};

pub(crate) static RULE: Rule = Rule {
    code: "CLS104",
    name: "missing-parent",
    dimension: Dimension::Completeness,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("codes.parents", "expenditure"), ("procurement.codes", "procurement"), ("balance.classes", "balance")],
    find,
    say,
    source: include_str!("missing_parent.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for table in &context.statement.tables {
        match table.kind {
            TableKind::Revenue
            | TableKind::Expenditure
            | TableKind::General
            | TableKind::Economic
            | TableKind::Funds => {
                parents(table, checks);
            }
            TableKind::Procurement => prefixes(table, checks),
            TableKind::Balance => {
                let reason = Reason::NeedsCatalogue(context.year());
                checks.push(unchecked("balance.classes", Level::Warning, reason, Vec::new()));
            }
            _ => {}
        }
    }
}

fn coded(table: &TableView) -> Vec<(&RowView, Code)> {
    table.rows.iter().filter_map(|row| Some((row, row.code?))).collect()
}

fn parents(table: &TableView, checks: &mut Vec<Check>) {
    let rows = coded(table);
    let has = |code: Code| rows.iter().any(|(_, other)| *other == code);
    // A table of leaves only has no parents to miss.
    if !rows.iter().any(|(_, code)| code.len() == 3) {
        return;
    }
    let whole = |code: &Code| match code.as_str().as_bytes()[0] {
        b'2' => matches!(code.len(), 5 | 7),
        b'3' => code.len() == 5,
        _ => false,
    };
    // A table that prints no 款 at all leaves out a level, not a row.
    let prints = |length: usize| rows.iter().any(|(_, code)| code.len() == length);
    for (row, code) in rows.iter().filter(|(_, code)| whole(code) && prints(code.len() - 2)) {
        let mut check = named(table, row, "codes.parents", Level::Warning, has(code.prefix(code.len() - 2)));
        check.words = vec![code.to_string(), code.prefix(code.len() - 2).to_string()];
        checks.push(check);
    }
    // A code that cannot be read has no place in the order.
    let unread = |code: &Code| code.as_str().contains(' ');
    for pair in rows.windows(2).filter(|pair| !pair.iter().any(|(_, code)| unread(code))) {
        let mut check = named(table, pair[1].0, "codes.order", Level::Info, pair[0].1 <= pair[1].1);
        check.words = vec![pair[1].1.to_string(), pair[0].1.to_string(), "order".into()];
        checks.push(check);
    }
}

/// In a flat list of items no code may lie below another: it would be counted twice.
fn prefixes(table: &TableView, checks: &mut Vec<Check>) {
    let rows: Vec<_> = coded(table).into_iter().filter(|(_, code)| code.len() > 1).collect();
    for (row, code) in &rows {
        let above = rows.iter().find(|(_, other)| other != code && code.within(other));
        let mut check = named(table, row, "procurement.codes", Level::Info, above.is_none());
        check.words =
            vec![code.to_string(), above.map(|(_, code)| code.to_string()).unwrap_or_default(), "prefix".into()];
        checks.push(check);
    }
}

/// A check of a row; a row that is in order needs no name.
fn named(table: &TableView, row: &RowView, key: &str, level: Level, holds: bool) -> Check {
    plain_check(key, level, holds, if holds { Vec::new() } else { vec![term(table, row)] })
}

fn term(table: &TableView, row: &RowView) -> Term {
    Term {
        role: Role::Claim,
        label: format!("{} {}", table.name(), row.title()),
        figure: None,
        span: Some(row.span()),
        cell: None,
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (code, other) = (word(check, 0), word(check, 1));
    match word(check, 2) {
        "order" => wording(
            lang,
            [format!("科目 {code} 排在 {other} 之后"), "科目按编码从小到大排列".into(), "调整顺序".into()],
            [
                format!("code {code} stands after {other}"),
                "codes are listed in ascending order".into(),
                "sort the rows".into(),
            ],
        ),
        "prefix" => wording(
            lang,
            [
                format!("品目 {code} 是 {other} 的下级，两行并列会重复计算"),
                "同一层品目互不包含".into(),
                "核对品目编码".into(),
            ],
            [
                format!("item {code} lies below {other}: side by side they are counted twice"),
                "items of one level do not contain each other".into(),
                "check the codes".into(),
            ],
        ),
        _ => wording(
            lang,
            [format!("表里有科目 {code}，没有它的上级 {other}"), "类、款、项逐级列示".into(), "补列上级科目".into()],
            [
                format!("the table has code {code} and not its parent {other}"),
                "classes, groups and items are listed level by level".into(),
                "add the row of the parent".into(),
            ],
        ),
    }
}
