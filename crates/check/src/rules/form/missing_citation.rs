//! A section does not cite its table, a table is never cited, or a citation points to a table that is not there.
//!
//! # What it finds
//!
//! - A citation of a table number that the report does not have.
//! - In a report that cites its tables: sections that state something about a table without citing one, and numbered
//!   tables that no section cites. They are shown together, as one finding.
//!
//! # Why it matters
//!
//! A citation lets a reader find the cell behind a sentence. A wrong number sends him to another table or to none.
//!
//! # Basis
//!
//! - 财预〔2016〕143号 of 2016-10-27: figures are published with explanations that make them understood.
//! - No article prescribes citations: this rule speaks of clarity, not of duty.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 一、部门预算收支总体情况
//!
//! 2019 年某市科技局部门预算支出 900 万元（详见表四）。
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 一、部门预算收支总体情况
//!
//! 2019 年某市科技局部门预算支出 900 万元（详见表三）。
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//! ```
//!
//! # How to put it right
//!
//! Correct the number of the table, or add （详见表…） to the sentence that states the figure.
//!
//! # Limits and tolerated cases
//!
//! - A citation without target is a warning; sections and tables left out are level info.
//! - Below three cited tables a report has no habit of citing and owes nothing.
//! - Tables without numbers cannot be cited by number: such citations are not checked. No figures are compared, so there
//!   is no rounding.
//!
//! ---
//! 说明没有引所依据的表，或者引的表号不存在、不是那张表。
//!
//! # 发现什么
//!
//! - 引用的表号在报告里没有。
//! - 有引表习惯的报告：某一节说了表里的事却没有引表，或者某张有号的表没有一节引它；合成一条列出。
//!
//! # 为什么要紧
//!
//! 引了表号，读者就能找到一句话背后的格子。表号写错，读者找到的是另一张表，或者什么也找不到。
//!
//! # 依据
//!
//! - 财预〔2016〕143号（2016-10-27）：公开数字的同时应当作出说明，便于理解。
//! - 没有条文规定必须引表；本规则说的是清楚，不是义务。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 一、部门预算收支总体情况
//!
//! 2019 年某市科技局部门预算支出 900 万元（详见表四）。
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 一、部门预算收支总体情况
//!
//! 2019 年某市科技局部门预算支出 900 万元（详见表三）。
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//! ```
//!
//! # 怎样改
//!
//! 改正表号，或在写这个数的句子后补“（详见表…）”。
//!
//! # 界限与容许
//!
//! - 引了不存在的表，列为警告；没有引到的节和表，列为提示。
//! - 引用的表不足三张的，视为没有引表的习惯，不作要求。
//! - 表没有编号的，不检查。本规则不比较金额，没有四舍五入。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Role, Term, Wording};
use gouji_understand::{Claim, ClaimKind};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) static RULE: Rule = Rule {
    code: "FRM102",
    name: "missing-citation",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("citations.target", "text"), ("citations.cover", "text")],
    find,
    say,
    source: include_str!("missing_citation.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let statement = context.statement;
    let numbers: BTreeSet<&str> = statement.tables.iter().filter_map(|table| table.number.as_deref()).collect();
    let mut cited: BTreeSet<&str> = BTreeSet::new();
    for claim in &statement.claims {
        let ClaimKind::Citation(number) = &claim.kind else { continue };
        cited.insert(number);
        if numbers.is_empty() {
            continue;
        }
        let term = Term { role: Role::Claim, label: number.clone(), figure: None, span: Some(claim.span), cell: None };
        let mut check = plain_check("citations.target", Level::Warning, numbers.contains(number.as_str()), vec![term]);
        check.words = vec![number.clone(), "target".into()];
        checks.push(check);
    }
    // Reports that do not cite tables at all owe nothing here.
    if cited.len() >= 3 && !numbers.is_empty() {
        cover(context, &cited, checks);
    }
}

/// Sections that state something about a table and cite none; tables that nobody cites.
fn cover(context: &Context, cited: &BTreeSet<&str>, checks: &mut Vec<Check>) {
    let statement = context.statement;
    let uncited: Vec<&str> = statement
        .tables
        .iter()
        .filter_map(|table| table.number.as_deref())
        .filter(|number| !cited.contains(number))
        .collect();
    let mut terms = Vec::new();
    for (cites, states) in sections(context).into_values() {
        if let (false, Some(claim)) = (cites, states) {
            let span = statement.sentences[claim.sentence].span;
            terms.push(Term {
                role: Role::Missing,
                label: claim.subject.clone(),
                figure: None,
                span: Some(span),
                cell: None,
            });
        }
    }
    for table in
        statement.tables.iter().filter(|table| table.number.as_deref().is_some_and(|number| uncited.contains(&number)))
    {
        if let Some((title, span)) = &table.title {
            terms.push(Term { role: Role::Other, label: title.clone(), figure: None, span: Some(*span), cell: None });
        }
    }
    let mut check = plain_check("citations.cover", Level::Info, terms.is_empty(), terms);
    check.words = vec![uncited.join("、"), "cover".into()];
    checks.push(check);
}

/// By heading: whether the section cites a table, and its first statement about one.
fn sections<'a>(context: &Context<'a>) -> BTreeMap<Option<usize>, (bool, Option<&'a Claim>)> {
    let mut sections: BTreeMap<Option<usize>, (bool, Option<&Claim>)> = BTreeMap::new();
    for claim in &context.statement.claims {
        let (cites, states) = sections.entry(context.statement.sentences[claim.sentence].heading).or_default();
        *cites |= matches!(claim.kind, ClaimKind::Citation(_));
        let tabled = || claim.at.as_ref().is_some_and(|at| !context.equivalents(at).is_empty());
        if states.is_none() && matches!(claim.kind, ClaimKind::Amount(_) | ClaimKind::Nothing) && tabled() {
            *states = Some(claim);
        }
    }
    sections
}

fn say(check: &Check, lang: Lang) -> Wording {
    let number = word(check, 0);
    if word(check, 1) == "target" {
        return wording(
            lang,
            [format!("引用了{number}，报告里没有这张表"), "引用的表应当在报告里".into(), "改正表号".into()],
            [
                format!("{number} is cited and the report has no such table"),
                "a cited table must be there".into(),
                "correct the number".into(),
            ],
        );
    }
    wording(
        lang,
        [
            if number.is_empty() {
                "有的说明没有注明依据哪张表".into()
            } else {
                format!("从未被文字引用的表：{number}；有的说明没有注明依据哪张表")
            },
            "其他各节都注明了“详见表×”，读者据此对照".into(),
            "补注“详见表×”".into(),
        ],
        [
            if number.is_empty() {
                "a section cites no table".into()
            } else {
                format!("tables never cited: {number}; some sections cite no table")
            },
            "the other sections say which table to look at".into(),
            "add the citation".into(),
        ],
    )
}
