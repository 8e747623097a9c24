//! A project stands on a function code that does not fit the kind of its unit.
//!
//! # What it finds
//!
//! The kind of each unit is read from its posts: 行政编制 make an administrative unit, 事业编制 alone a public institution.
//! A project of an administrative unit on 机构运行, or of an institution on 行政运行 or 一般行政管理事务, is reported.
//!
//! # Why it matters
//!
//! Those codes tell readers how much government itself costs and how much its institutions cost. A project on the wrong
//! side makes both sums wrong without changing any total.
//!
//! # Basis
//!
//! - Classification of government revenue and expenditure (政府收支分类科目) of the year of the report: 行政运行 and
//!   一般行政管理事务 are defined for administrative units, 机构运行 for institutions [to be verified].
//! - 财预〔2016〕143号 of 2016-10-27: expenditure is published by function codes to the item.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 第一部分 部门概况
//!
//! 一、机构设置及人员编制情况
//!
//! 1. 某市科技局本级行政编制数 33 人，实有在编人数 31 人。
//!
//! 表十三
//! 部门预算绩效管理项目情况表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 项目名称 | 项目金额 | 绩效目标 | 申报依据
//! 某市科技局本级 | | | 151
//! 2060501 | 机构运行 | 综合业务管理 | 151 | 业务有序开展 | 年度计划
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 第一部分 部门概况
//!
//! 一、机构设置及人员编制情况
//!
//! 1. 某市科技局本级行政编制数 33 人，实有在编人数 31 人。
//!
//! 表十三
//! 部门预算绩效管理项目情况表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 项目名称 | 项目金额 | 绩效目标 | 申报依据
//! 某市科技局本级 | | | 151
//! 2060102 | 一般行政管理事务 | 综合业务管理 | 151 | 业务有序开展 | 年度计划
//! ```
//!
//! # How to put it right
//!
//! Move the project to the item for the kind of its unit, or to the item for its purpose.
//!
//! # Limits and tolerated cases
//!
//! - Institutions run like administrative units (参公) may be budgeted as such; accept the finding with that reason.
//! - Local practice differs: a warning where the form of the place is known, otherwise info.
//! - A unit whose posts the text does not state is not checked. No figures are compared, so there is no rounding.
//!
//! ---
//! 项目所列的功能科目，与所属单位的性质不符。
//!
//! # 发现什么
//!
//! 单位性质从编制看：有行政编制的是行政单位，只有事业编制的是事业单位。行政单位的项目列在“机构运行”，
//! 或者事业单位的项目列在“行政运行”“一般行政管理事务”，就报。
//!
//! # 为什么要紧
//!
//! 这几个科目告诉读者机关本身花多少、事业单位花多少。项目放错一边，合计不变，两边的数却都错了。
//!
//! # 依据
//!
//! - 报告当年的《政府收支分类科目》：行政运行、一般行政管理事务用于行政单位，机构运行用于事业单位 [待核]。
//! - 财预〔2016〕143号（2016-10-27）：支出按功能分类公开到项。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 第一部分 部门概况
//!
//! 一、机构设置及人员编制情况
//!
//! 1. 某市科技局本级行政编制数 33 人，实有在编人数 31 人。
//!
//! 表十三
//! 部门预算绩效管理项目情况表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 项目名称 | 项目金额 | 绩效目标 | 申报依据
//! 某市科技局本级 | | | 151
//! 2060501 | 机构运行 | 综合业务管理 | 151 | 业务有序开展 | 年度计划
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 第一部分 部门概况
//!
//! 一、机构设置及人员编制情况
//!
//! 1. 某市科技局本级行政编制数 33 人，实有在编人数 31 人。
//!
//! 表十三
//! 部门预算绩效管理项目情况表
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 项目名称 | 项目金额 | 绩效目标 | 申报依据
//! 某市科技局本级 | | | 151
//! 2060102 | 一般行政管理事务 | 综合业务管理 | 151 | 业务有序开展 | 年度计划
//! ```
//!
//! # 怎样改
//!
//! 把项目改列到适合单位性质的项级科目，或者按用途列到相应科目。
//!
//! # 界限与容许
//!
//! - 参照公务员法管理的事业单位可按行政单位编列，写明这一理由予以接受即可。
//! - 各地做法不同：认得当地格式时列为警告，否则列为提示。
//! - 文字里没有写编制的单位不检查。本规则不比较金额，没有四舍五入。

use crate::context::{Context, claim_figure, plain_check, unchecked};
use crate::phrase::{label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Measure, Reason, Role, Term, Wording};
use gouji_understand::TableKind;

pub(crate) static RULE: Rule = Rule {
    code: "CLS102",
    name: "misplaced-project",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("function.unit-type", "projects")],
    find,
    say,
    source: include_str!("misplaced_project.rs"),
};

/// What kind of unit it is, as its posts tell.
#[derive(Clone, Copy, PartialEq)]
enum UnitType {
    Administrative,
    Institution,
}

fn find(context: &Context, checks: &mut Vec<Check>) {
    let Some((_, table)) = context.statement.table(TableKind::Projects) else { return };
    let level = context.level_declared("function.unit-type");
    let mut unknown = false;
    for row in table.rows.iter().filter(|row| row.project.is_some()) {
        let barred = match row.label.as_str() {
            "机构运行" => UnitType::Administrative,
            "行政运行" | "一般行政管理事务" => UnitType::Institution,
            _ => continue,
        };
        let Some(kind) = row.unit.as_deref().and_then(|unit| unit_type(context, unit)) else {
            unknown = true;
            continue;
        };
        let term = Term { role: Role::Claim, label: row.title(), figure: None, span: Some(row.span()), cell: None };
        let mut check = plain_check("function.unit-type", level, kind != barred, vec![term]);
        check.words = vec![
            row.unit.clone().unwrap_or_default(),
            row.label.clone(),
            if kind == UnitType::Administrative { "行政单位" } else { "事业单位" }.into(),
            if kind == UnitType::Administrative { "an administrative unit" } else { "a public institution" }.into(),
        ];
        checks.push(check);
    }
    if unknown {
        checks.push(unchecked("function.unit-type", level, Reason::NoText("单位性质 kind of unit".into()), Vec::new()));
    }
}

/// The kind of a unit by its posts; names in tables are longer than in the text.
fn unit_type(context: &Context, unit: &str) -> Option<UnitType> {
    let tail = |name: &str| unit.ends_with(name) || name.ends_with(unit);
    let posts = |item: &str| -> i64 {
        context
            .quantity_claims(|at| {
                at.measure == Measure::Posts && at.item.as_str() == item && !at.unit.is_empty() && tail(&at.unit)
            })
            .filter_map(|(claim, _)| claim_figure(claim))
            .map(|figure| figure.digits())
            .sum()
    };
    match (posts("admin"), posts("institution")) {
        (0, 0) => None,
        (0, _) => Some(UnitType::Institution),
        _ => Some(UnitType::Administrative),
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (unit, code) = (word(check, 0), word(check, 1));
    let project = label(check, Role::Claim);
    wording(
        lang,
        [
            format!("{unit}是{}，项目“{project}”却列在{code}", word(check, 2)),
            "机构运行用于事业单位，行政运行和一般行政管理事务用于行政单位".into(),
            "核对功能科目，改列适当的科目".into(),
        ],
        [
            format!("{unit} is {}, yet its project “{project}” stands on {code}", word(check, 3)),
            "机构运行 is for institutions, 行政运行 and 一般行政管理事务 are for administrative units".into(),
            "check the function code and move the project".into(),
        ],
    )
}
