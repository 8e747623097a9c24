//! A fund or project named in the reasons has another name in the table of projects.
//!
//! # What it finds
//!
//! A name in a sentence about reasons that is nearly, but not quite, that of a project is shown
//! beside it.
//!
//! # Why it matters
//!
//! One fund under two names cannot be followed from the explanation to the table, nor from year to
//! year.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): content fit to be understood. 预算法 (as amended 2018) art. 32: budgets
//! rest on projects with their performance [to be verified].
//!
//! # Example that fires
//!
//! ```text
//! 2021年丰泽县科技局部门预算
//! 一、部门预算收支增减变化情况
//! 2021年部门预算支出900万元，比2020年增加300万元。
//! 主要原因是：县科技发展专项资金增加300万元。
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 700
//! 县科学技术发展专项资金 | 2060499 | 700 | 支持企业60家 | 县科技发展办法
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2021年丰泽县科技局部门预算
//! 一、部门预算收支增减变化情况
//! 2021年部门预算支出900万元，比2020年增加300万元。
//! 主要原因是：县科学技术发展专项资金增加300万元。
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 700
//! 县科学技术发展专项资金 | 2060499 | 700 | 支持企业60家 | 县科技发展办法
//! ```
//!
//! # How to put it right
//!
//! Use the name of the table everywhere.
//!
//! # Limits and tolerated cases
//!
//! A warning. Names count as alike when eight in ten characters of the shorter one stand in the
//! other in the same order; a name that is like none is not checked.
//!
//! ---
//! 原因说明里的资金或项目名称，与项目表里的名称不一样。
//!
//! # 发现什么
//!
//! 说明原因的句子里，名称与某个项目只差几个字的，两个名称一并列出。
//!
//! # 为什么要紧
//!
//! 一笔资金两个名称，从说明找不到表，也没法逐年跟踪。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：公开的形式应当便于理解。
//! 《预算法》（2018年修正）第三十二条：预算按项目和绩效编制[待核]。
//!
//! # 会报的例子
//!
//! ```text
//! 2021年丰泽县科技局部门预算
//! 一、部门预算收支增减变化情况
//! 2021年部门预算支出900万元，比2020年增加300万元。
//! 主要原因是：县科技发展专项资金增加300万元。
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 700
//! 县科学技术发展专项资金 | 2060499 | 700 | 支持企业60家 | 县科技发展办法
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2021年丰泽县科技局部门预算
//! 一、部门预算收支增减变化情况
//! 2021年部门预算支出900万元，比2020年增加300万元。
//! 主要原因是：县科学技术发展专项资金增加300万元。
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 700
//! 县科学技术发展专项资金 | 2060499 | 700 | 支持企业60家 | 县科技发展办法
//! ```
//!
//! # 怎样改
//!
//! 全文统一用项目表里的名称。
//!
//! # 界限与容许
//!
//! 只作警告。较短的名称有八成的字按同样的顺序出现在另一个名称里，才算相近；没有相近项目的名称不检查。

use super::unexplained_change::causes;
use crate::context::{Context, plain_check, unchecked};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use crate::similar::nearest;
use gouji_model::{Check, Lang, Level, Reason, Role, Term, Wording};
use gouji_understand::{RowView, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "NAR112",
    name: "mismatched-project-name",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("reasons.name", "text")],
    find,
    say,
    source: include_str!("mismatched_project_name.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let Some((_, table)) = context.statement.table(TableKind::Projects) else { return };
    let rows: Vec<(&RowView, &str)> =
        table.rows.iter().filter_map(|row| Some((row, row.project.as_deref()?))).collect();
    for cause in causes(context).into_iter().filter(|cause| cause.claim.at.is_none()) {
        let claim = Term {
            role: Role::Claim,
            label: cause.name.clone(),
            figure: None,
            span: Some(cause.claim.span),
            cell: None,
        };
        if rows.iter().any(|(_, project)| *project == cause.name) {
            checks.push(plain_check("reasons.name", Level::Warning, true, vec![claim]));
            continue;
        }
        let Some(project) = nearest(&cause.name, rows.iter().map(|(_, name)| *name), 80) else {
            let reason = Reason::NoFigure(format!("{}：没有相近的项目 no similar project", cause.name));
            checks.push(unchecked("reasons.name", Level::Warning, reason, vec![claim]));
            continue;
        };
        let row = rows.iter().find(|(_, name)| *name == project).map(|(row, _)| row.span());
        let other = Term { role: Role::Other, label: project.into(), figure: None, span: row, cell: None };
        let mut check = plain_check("reasons.name", Level::Warning, false, vec![claim, other]);
        check.words = vec![cause.name.clone(), project.into()];
        checks.push(check);
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, listed) = (word(check, 0), word(check, 1));
    wording(
        lang,
        [
            format!("原因里写“{said}”，项目表里是“{listed}”"),
            "同一笔资金用两个名称，读者无从对照".into(),
            "统一用项目表里的名称".into(),
        ],
        [
            format!("the reasons say “{said}”, the table of projects “{listed}”"),
            "one fund under two names cannot be traced".into(),
            "use the name of the table".into(),
        ],
    )
}
