//! The operating cost of organs names a public institution that is not said to be run like an organ.
//!
//! # What it finds
//!
//! A sentence with the amount of 机关运行经费 names a unit whose posts are all 事业编制, and the report
//! nowhere says 参公 or 参照公务员法管理.
//!
//! # Why it matters
//!
//! 机关运行经费 is compared between departments. With institutions in it the figure says something else.
//!
//! # Basis
//!
//! 机关运行经费 covers administrative units and institutions run under the law on civil servants [to be
//! verified]; 预算法 (as amended 2018) art. 14 asks for its explanation [to be verified].
//!
//! # Example that fires
//!
//! ```text
//! 2020年长桥区审计局部门预算
//! 二、人员编制情况
//! 1.长桥区审计局本级行政编制22人，实有在编20人。
//! 2.审计服务中心事业编制8人，实有在编7人。
//! 六、机关运行经费
//! 审计局本级和审计服务中心机关运行经费预算88万元。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2020年长桥区审计局部门预算
//! 二、人员编制情况
//! 1.长桥区审计局本级行政编制22人，实有在编20人。
//! 2.审计服务中心事业编制8人，实有在编7人。审计服务中心参照公务员法管理。
//! 六、机关运行经费
//! 审计局本级和审计服务中心机关运行经费预算88万元。
//! ```
//!
//! # How to put it right
//!
//! State that the unit is run like an organ, or leave it out of the amount and the sentence.
//!
//! # Limits and tolerated cases
//!
//! A warning. A unit with any 行政编制, and a unit named in another sentence, are left alone. One 参公
//! anywhere in the report is enough: which unit it speaks of is not asked.
//!
//! ---
//! 机关运行经费包含了事业单位，而报告没有写明它参照公务员法管理。
//!
//! # 发现什么
//!
//! 写机关运行经费金额的句子里，点到了只有事业编制的单位，而全文没有“参公”或“参照公务员法管理”字样。
//!
//! # 为什么要紧
//!
//! 机关运行经费要在部门之间比较，口径混进事业单位就比不成了。
//!
//! # 依据
//!
//! 机关运行经费的口径是行政单位和参照公务员法管理的事业单位[待核]；
//! 《预算法》（2018年修正）第十四条要求作出说明[待核]。
//!
//! # 会报的例子
//!
//! ```text
//! 2020年长桥区审计局部门预算
//! 二、人员编制情况
//! 1.长桥区审计局本级行政编制22人，实有在编20人。
//! 2.审计服务中心事业编制8人，实有在编7人。
//! 六、机关运行经费
//! 审计局本级和审计服务中心机关运行经费预算88万元。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2020年长桥区审计局部门预算
//! 二、人员编制情况
//! 1.长桥区审计局本级行政编制22人，实有在编20人。
//! 2.审计服务中心事业编制8人，实有在编7人。审计服务中心参照公务员法管理。
//! 六、机关运行经费
//! 审计局本级和审计服务中心机关运行经费预算88万元。
//! ```
//!
//! # 怎样改
//!
//! 写明该单位参照公务员法管理，或把它从金额和文字中去掉。
//!
//! # 界限与容许
//!
//! 只作警告。有行政编制的单位，或者写在别的句子里的单位，不报。全文有一处“参公”就不报，不追问说的是哪个单位。

use crate::context::{Context, claim_figure, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Measure, Role, Span, Term, Wording};
use gouji_understand::ClaimKind;
use std::collections::BTreeSet;

pub(crate) static RULE: Rule = Rule {
    code: "NAR114",
    name: "unexpected-scope",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("operating-cost.scope", "text")],
    find,
    say,
    source: include_str!("unexpected_scope.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let statement = context.statement;
    let run_like_organs = statement
        .sentences
        .iter()
        .any(|sentence| sentence.text.contains("参公") || sentence.text.contains("参照公务员"));
    let institutions = institutions(context);
    if institutions.is_empty() {
        return;
    }
    for claim in &statement.claims {
        let is_cost = matches!(claim.kind, ClaimKind::Amount(_))
            && claim.at.as_ref().is_some_and(|at| at.measure == Measure::OperatingCost);
        if !is_cost {
            continue;
        }
        let sentence = &statement.sentences[claim.sentence];
        let named: Vec<&str> = institutions.iter().copied().filter(|unit| sentence.text.contains(unit)).collect();
        let whole = Span { start: sentence.span.start, end: claim.span.end, ..claim.span };
        let term =
            Term { role: Role::Claim, label: claim.subject.clone(), figure: None, span: Some(whole), cell: None };
        let mut check =
            plain_check("operating-cost.scope", Level::Warning, run_like_organs || named.is_empty(), vec![term]);
        check.words = vec![named.join("、")];
        checks.push(check);
    }
}

/// Units whose posts are all of public institutions.
fn institutions<'a>(context: &Context<'a>) -> BTreeSet<&'a str> {
    let posts = |item: &str, unit: &str| -> i64 {
        context
            .quantity_claims(|at| at.measure == Measure::Posts && at.item.as_str() == item && at.unit == unit)
            .filter_map(|(claim, _)| claim_figure(claim))
            .map(|figure| figure.digits())
            .sum()
    };
    let claims = context.statement.claims.iter().filter_map(|claim| claim.at.as_ref());
    let units: BTreeSet<&str> = claims.map(|at| at.unit.as_str()).filter(|unit| !unit.is_empty()).collect();
    units.into_iter().filter(|unit| posts("admin", unit) == 0 && posts("institution", unit) > 0).collect()
}

fn say(check: &Check, lang: Lang) -> Wording {
    let unit = word(check, 0);
    wording(
        lang,
        [
            format!("机关运行经费包含{unit}，但属事业单位，报告没有写明参照公务员法管理"),
            "机关运行经费的口径是行政单位和参照公务员法管理的事业单位".into(),
            "写明该单位参照公务员法管理，或把它从口径中去掉".into(),
        ],
        [
            format!("the operating cost includes {unit}, with posts of a public institution and no word of 参公"),
            "the operating cost covers administrative units and institutions run like them only".into(),
            "state that the unit is run like an organ, or leave it out".into(),
        ],
    )
}
