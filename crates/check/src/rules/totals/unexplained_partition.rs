//! Relations that a published report cannot decide, named so that silence is not taken for a pass.
//!
//! ---
//! 仅凭公开的报告不能判定的关系：逐条列出，不当作通过。

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

fn find(context: &Context, checks: &mut Vec<Check>) {
    let by_project = || Reason::NeedsBooks("项目的经济分类 economic codes of projects".into());
    for key in ["books.enterprise-support", "books.project-goods", "books.project-other"] {
        checks.push(unchecked(key, Level::Info, by_project(), Vec::new()));
    }
    if !context.statement.facts.is_empty() {
        checks.push(unchecked("joint.rounding", Level::Error, Reason::NeedsJointTest, Vec::new()));
    }
}

fn say(_check: &Check, lang: Lang) -> Wording {
    wording(lang, Default::default(), Default::default())
}
