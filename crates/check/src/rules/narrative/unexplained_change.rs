//! The stated reasons do not add up to the change they explain.
//!
//! # What it finds
//!
//! The amounts in a sentence about reasons (原因) are added up and held against the change of income
//! or expenditure before it. A reason that is the only project of a class is also held against the
//! change of that class.
//!
//! # Why it matters
//!
//! A reason that covers a part of the change leaves the reader without the rest, which may be the
//! part that matters.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): the change of income and expenditure is explained. Inspections name
//! reasons that cover a part only [to be verified].
//!
//! # Example that fires
//!
//! ```text
//! 2021年青山区工信局部门预算
//! 一、部门预算收支增减变化情况
//! 2021年部门预算支出1,200万元，比2020年增加300万元。
//! 主要原因是：技术改造补助增加180万元，企业上云补助增加20万元。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2021年青山区工信局部门预算
//! 一、部门预算收支增减变化情况
//! 2021年部门预算支出1,200万元，比2020年增加300万元。
//! 主要原因是：技术改造补助增加280万元，企业上云补助增加20万元。
//! ```
//!
//! # How to put it right
//!
//! Add the other main reasons with their amounts, or say that the rest is made of small items.
//!
//! # Limits and tolerated cases
//!
//! A warning: nobody must give every reason an amount. n rounded reasons may miss a rounded change
//! by ⌊n/2⌋ units. Reasons in words only, and those of single classes, are not added up.
//!
//! ---
//! 列出的增减原因加起来，不等于要说明的增减额。
//!
//! # 发现什么
//!
//! 说明原因的句子里写了金额的，加起来与前面收入或支出的增减额对照。某一类只有一个项目的，
//! 这个项目的增减还与该类的增减对照。
//!
//! # 为什么要紧
//!
//! 原因只解释了一部分，读者不知道其余的钱去了哪里，而那可能正是要紧的部分。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：应当说明收支增减变化。
//! 检查中常指出原因只说了一部分[待核]。
//!
//! # 会报的例子
//!
//! ```text
//! 2021年青山区工信局部门预算
//! 一、部门预算收支增减变化情况
//! 2021年部门预算支出1,200万元，比2020年增加300万元。
//! 主要原因是：技术改造补助增加180万元，企业上云补助增加20万元。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2021年青山区工信局部门预算
//! 一、部门预算收支增减变化情况
//! 2021年部门预算支出1,200万元，比2020年增加300万元。
//! 主要原因是：技术改造补助增加280万元，企业上云补助增加20万元。
//! ```
//!
//! # 怎样改
//!
//! 补写其余的主要原因和金额，或者说明其余是零星项目。
//!
//! # 界限与容许
//!
//! 只作警告：不要求每个原因都有金额。n 个取整的原因与取整的增减额可差 ⌊n/2⌋ 个单位。
//! 只有文字没有金额的原因，以及单独一类的原因，不加总。

use super::mismatched_amount::in_unit_of;
use crate::context::{Context, claim_term, sum_check, unchecked};
use crate::narrative::{Movement, movements};
use crate::phrase::{difference, expected, figures, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use crate::similar::nearest;
use gouji_model::{Check, Lang, Level, Printed, Reason, Role, Wording};
use gouji_understand::{Claim, ClaimKind, Direction, TableKind};
use std::collections::BTreeMap;

pub(crate) static RULE: Rule = Rule {
    code: "NAR111",
    name: "unexplained-change",
    dimension: Dimension::Completeness,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("reasons.total", "text"), ("reasons.class", "text")],
    find,
    say,
    source: include_str!("unexplained_change.rs"),
};

/// A reason: a named thing that rose or fell by so much.
pub(super) struct Cause<'a> {
    pub claim: &'a Claim,
    pub name: String,
    pub signed: Printed,
}

/// The reasons that a paragraph about reasons states.
pub(super) fn causes<'a>(context: &Context<'a>) -> Vec<Cause<'a>> {
    let claims = context.statement.claims.iter();
    claims
        .filter_map(|claim| {
            let ClaimKind::Change { direction, amount, .. } = claim.kind else { return None };
            let sentence = &context.statement.sentences[claim.sentence];
            let said = claim.of.is_none() && sentence.text.contains("原因");
            let signed = if direction == Direction::Down { amount.negated() } else { amount };
            let name = claim.subject.trim_start_matches(['是', '主', '要', '为']).to_string();
            said.then_some(Cause { claim, name, signed })
        })
        .collect()
}

/// The reason stands after the word that announces it.
fn follows_the_word(context: &Context, cause: &Cause) -> bool {
    let text = &context.statement.sentences[cause.claim.sentence].text;
    let announced = text.find("原因").zip(text.rfind(cause.claim.subject.as_str()));
    announced.is_some_and(|(word, subject)| !cause.claim.subject.is_empty() && word < subject)
}

fn find(context: &Context, checks: &mut Vec<Check>) {
    let causes = causes(context);
    let movements = movements(context);
    let heading = |claim: &Claim| context.statement.sentences[claim.sentence].heading;
    let mut explained: BTreeMap<Option<usize>, Vec<&Cause>> = BTreeMap::new();
    // A reason that is itself a figure of the budget (人员经费增加…) is no change to be explained.
    let reasons: Vec<_> =
        causes.iter().filter(|cause| follows_the_word(context, cause)).map(|cause| cause.claim.span).collect();
    for cause in &causes {
        let before = |movement: &Movement| {
            !reasons.contains(&movement.change.span)
                && heading(movement.change) == heading(cause.claim)
                && movement.change.span.start < cause.claim.span.start
        };
        explained.entry(movements.iter().rposition(before)).or_default().push(cause);
    }
    for (nearest, causes) in &explained {
        match nearest {
            Some(nearest) if movements[*nearest].is_whole() => {
                // Reasons after revenue and expenditure explain both: the one that is not in doubt is taken.
                let earlier = *nearest > 0 && !explained.contains_key(&Some(nearest - 1));
                let first = if earlier { nearest - 1 } else { *nearest };
                checks.push(total(context, &movements[first..=*nearest], causes));
            }
            // The reasons of a class may name only the main ones.
            Some(_) => {}
            None => {
                let terms = vec![claim_term(context, Role::Claim, causes[0].claim)];
                checks.push(unchecked(
                    "reasons.total",
                    Level::Warning,
                    Reason::NoText("总的增减额 the whole change".into()),
                    terms,
                ));
            }
        }
    }
    by_class(context, &causes, &movements, checks);
}

/// The reasons against the last of these changes, or one before it that is less in doubt.
fn total(context: &Context, movements: &[Movement], causes: &[&Cause]) -> Check {
    let heading = |movement: &Movement| context.statement.sentences[movement.change.sentence].heading;
    let last = &movements[movements.len() - 1];
    let doubtful = |movement: &Movement| movement.growth_fits(movement.direction) == Some(false);
    let fits = |movement: &&Movement| movement.is_whole() && heading(movement) == heading(last) && !doubtful(movement);
    let whole = movements.iter().find(fits).unwrap_or(last);
    let amount = if whole.direction == Direction::Down { whole.amount.negated() } else { whole.amount };
    let test = amount.test_sum(causes.iter().map(|cause| cause.signed));
    let mut terms: Vec<_> = causes.iter().map(|cause| claim_term(context, Role::Claim, cause.claim)).collect();
    terms.push(claim_term(context, Role::Total, whole.change));
    let mut check = sum_check("reasons.total".into(), Level::Warning, &test, terms);
    check.words = vec![amount.to_string()];
    check
}

/// A reason that is the only project of a class changes as its class does.
fn by_class(context: &Context, causes: &[Cause], movements: &[Movement], checks: &mut Vec<Check>) {
    let Some((_, table)) = context.statement.table(TableKind::Projects) else { return };
    let projects: Vec<(&str, gouji_model::Code)> =
        table.rows.iter().filter_map(|row| Some((row.project.as_deref()?, row.code?.prefix(3)))).collect();
    for cause in causes {
        let Some(project) = nearest(&cause.name, projects.iter().map(|(name, _)| *name), 80) else { continue };
        let Some((_, class)) = projects.iter().find(|(name, _)| *name == project) else { continue };
        let alone = projects.iter().filter(|(_, other)| other == class).count() == 1;
        let movement = movements.iter().find(|movement| movement.at().function == *class);
        let (Some(movement), true) = (movement, alone) else { continue };
        let total = if movement.direction == Direction::Down { movement.amount.negated() } else { movement.amount };
        let test = total.test_sum([cause.signed]);
        let terms =
            vec![claim_term(context, Role::Claim, cause.claim), claim_term(context, Role::Total, movement.change)];
        let mut check = sum_check(format!("reasons.class[{class}]"), Level::Info, &test, terms);
        check.words = vec![total.to_string()];
        checks.push(check);
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let signed = |amount: &str, up: &str, down: &str| match amount.strip_prefix('-') {
        Some(amount) => format!("{down} {}", in_unit_of(check, Role::Total, amount)),
        None => format!("{up} {}", in_unit_of(check, Role::Total, amount)),
    };
    let zh = |amount: &str| signed(amount, "增加", "减少");
    let en = |amount: &str| signed(amount, "a rise of", "a fall of");
    let (sum, whole) = (expected(check), word(check, 0));
    let gap = in_unit_of(check, Role::Total, &difference(check));
    let (about, parts) = (label(check, Role::Total), figures(check, Role::Claim, "、"));
    wording(
        lang,
        [
            format!("写了金额的原因合计{}，要说明的变动是{}，其余 {gap}没有着落", zh(sum), zh(whole)),
            format!("原因中的金额（{parts}）合起来应能解释“{about}”"),
            "补充其余的主要原因，或改正金额".into(),
        ],
        [
            format!(
                "the reasons with amounts make {}, the change is {}: {gap} is left unexplained",
                en(sum),
                en(whole)
            ),
            format!("the amounts of the reasons ({parts}) should explain “{about}”"),
            "add the other main reasons, or correct the amounts".into(),
        ],
    )
}
