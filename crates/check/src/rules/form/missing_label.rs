//! An amount stands in a row without a label, or a table does not say its unit or whose it is.
//!
//! # What it finds
//!
//! - Amounts other than zero in rows whose label is blank.
//! - A table without a unit of money among tables that state theirs.
//! - A table of another body than the other tables of the report.
//!
//! # Why it matters
//!
//! An amount without a name or a unit is no information: it can neither be compared nor added, and 元 read for 万元 is
//! wrong by four places.
//!
//! # Basis
//!
//! - 财预〔2016〕143号 of 2016-10-27: what is published is exact in content and fit in form.
//! - Budget Law of the People's Republic of China, as amended in 2018, art. 46 [to be verified]: expenditure is listed by
//!   class, group and item.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表一
//! 部门收支总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 收入项目 | 2019年预算 | 支出项目 | 2019年预算
//! 一、财政拨款收入 | 900 | 一、科学技术支出 | 865
//! （一）一般公共预算 | 900 |  | 35
//! 本年收入合计 | 900 | 本年支出合计 | 900
//! 收入总计 | 900 | 支出总计 | 900
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表一
//! 部门收支总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 收入项目 | 2019年预算 | 支出项目 | 2019年预算
//! 一、财政拨款收入 | 900 | 一、科学技术支出 | 865
//! （一）一般公共预算 | 900 | 二、卫生健康支出 | 35
//! 本年收入合计 | 900 | 本年支出合计 | 900
//! 收入总计 | 900 | 支出总计 | 900
//! ```
//!
//! # How to put it right
//!
//! Label the row or take the amount out; write 部门：… and 单位：万元 above every table.
//!
//! # Limits and tolerated cases
//!
//! - A zero without a label is tolerated: printed forms have lines to spare.
//! - If no table states a unit, none is blamed: the reading may have lost the lines.
//! - Only the missing unit is an error, since without it the table cannot be checked. No figures are compared, so there is
//!   no rounding.
//!
//! ---
//! 金额所在的行没有名称，或者表头没有写明单位、部门。
//!
//! # 发现什么
//!
//! - 行名为空，金额不为零。
//! - 其他表都写了金额单位，这张表没有写。
//! - 表头的部门与其他表不同。
//!
//! # 为什么要紧
//!
//! 没有名称、没有单位的金额等于没说：不能比较，不能相加；把“元”当“万元”看，会差四位。
//!
//! # 依据
//!
//! - 财预〔2016〕143号（2016-10-27）：公开的内容应当准确，形式应当规范。
//! - 《预算法》（2018 年修正）第四十六条 [待核]：支出按类、款、项列示。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表一
//! 部门收支总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 收入项目 | 2019年预算 | 支出项目 | 2019年预算
//! 一、财政拨款收入 | 900 | 一、科学技术支出 | 865
//! （一）一般公共预算 | 900 |  | 35
//! 本年收入合计 | 900 | 本年支出合计 | 900
//! 收入总计 | 900 | 支出总计 | 900
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表一
//! 部门收支总表
//! 部门：某市科技局
//! 单位：万元
//!
//! 收入项目 | 2019年预算 | 支出项目 | 2019年预算
//! 一、财政拨款收入 | 900 | 一、科学技术支出 | 865
//! （一）一般公共预算 | 900 | 二、卫生健康支出 | 35
//! 本年收入合计 | 900 | 本年支出合计 | 900
//! 收入总计 | 900 | 支出总计 | 900
//! ```
//!
//! # 怎样改
//!
//! 补写行名，或者删去金额；每张表上方写明“部门：…”“单位：万元”。
//!
//! # 界限与容许
//!
//! - 没有名称的零不报：固定表格常有空行。
//! - 所有表都没有单位的，不报，可能是没有读到。
//! - 只有缺单位列为错误，因为这张表无法核对。本规则不比较金额，没有四舍五入。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Role, Term, Wording};
use gouji_understand::UnboundReason;

pub(crate) static RULE: Rule = Rule {
    code: "FRM105",
    name: "missing-label",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("form.labels", "balance"), ("form.unit", "balance")],
    find,
    say,
    source: include_str!("missing_label.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let statement = context.statement;
    for unbound in statement.unbound.iter().filter(|unbound| unbound.reason == UnboundReason::Unlabelled) {
        let zero = unbound.text.chars().all(|c| "0.,-".contains(c));
        let label = unbound.cell.map(|cell| statement.cell_label(cell)).unwrap_or_default();
        let term = Term {
            role: Role::Claim,
            label: label.clone(),
            figure: None,
            span: Some(unbound.span),
            cell: unbound.cell,
        };
        let mut check = plain_check("form.labels", Level::Warning, zero, vec![term]);
        check.words = vec![unbound.text.clone(), label, "label".into()];
        checks.push(check);
    }
    let with_unit = statement.tables.iter().filter(|table| table.unit.is_some()).count();
    for table in statement.tables.iter().filter(|table| table.columns.iter().any(|column| column.facets.is_some())) {
        let span = table.title.as_ref().map_or(table.span, |(_, span)| *span);
        let term = |text: &str| {
            vec![Term { role: Role::Missing, label: text.into(), figure: None, span: Some(span), cell: None }]
        };
        let mut check =
            plain_check("form.unit", Level::Error, table.unit.is_some() || with_unit == 0, term(&table.name()));
        check.words = vec![table.name(), String::new(), "unit".into()];
        checks.push(check);
        if let (Some((name, span)), Some(known)) = (&table.entity, &statement.subject.entity) {
            let term = Term { role: Role::Claim, label: name.clone(), figure: None, span: Some(*span), cell: None };
            let mut check = plain_check("form.unit", Level::Warning, name == known, vec![term]);
            check.words = vec![table.name(), format!("{name}|{known}"), "entity".into()];
            checks.push(check);
        }
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (first, second) = (word(check, 0), word(check, 1));
    match word(check, 2) {
        "unit" => wording(
            lang,
            [
                format!("{first}没有写明金额单位"),
                "其他表都写了单位；没有单位的金额无法核对".into(),
                "补写“单位：万元”".into(),
            ],
            [
                format!("{first} states no unit of money"),
                "the other tables do; amounts without a unit cannot be checked".into(),
                "add the unit".into(),
            ],
        ),
        "entity" => {
            let (name, known) = second.split_once('|').unwrap_or((second, ""));
            wording(
                lang,
                [
                    format!("{first}的部门写作“{name}”，其他表是“{known}”"),
                    "同一报告的部门名称应当一致".into(),
                    "统一名称".into(),
                ],
                [
                    format!("{first} is of “{name}”, the other tables of “{known}”"),
                    "one report has one body".into(),
                    "use one name".into(),
                ],
            )
        }
        _ => wording(
            lang,
            [
                format!("{second}的金额 {first} 所在的行没有名称"),
                "没有名称的金额不知道是什么".into(),
                "补写该行的名称，或删去金额".into(),
            ],
            [
                format!("the amount {first} ({second}) stands in a row without a label"),
                "an amount without a label says nothing".into(),
                "label the row, or remove the amount".into(),
            ],
        ),
    }
}
