//! The final figure is said to be above, below or equal to the budget, or so many percent of it, and is not.
//!
//! # What it finds
//!
//! 决算数大于预算数, 小于, 等于, 持平 are held against the two amounts that the same paragraph states for
//! one subject. 完成预算的 97.3% is held against their quotient.
//!
//! # Why it matters
//!
//! The word is what a reader remembers, and the reason given for it explains the wrong thing when the
//! word is left over from last year.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): final accounts are published with an explanation of how they differ from the
//! budget.
//!
//! # Example that fires
//!
//! ```text
//! 2023年南浦区水务局部门决算
//! 五、一般公共预算支出决算说明
//! 1、农林水支出（213类）水利（03款）行政运行（01项）。年初预算为500.00万元，支出决算为480.00万元。决算数大于预算数的主要原因：人员减少。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2023年南浦区水务局部门决算
//! 五、一般公共预算支出决算说明
//! 1、农林水支出（213类）水利（03款）行政运行（01项）。年初预算为500.00万元，支出决算为480.00万元。决算数小于预算数的主要原因：人员减少。
//! ```
//!
//! # How to put it right
//!
//! Compare both amounts with the books, then correct the word or the percentage, and read the reason
//! once more.
//!
//! # Limits and tolerated cases
//!
//! 基本持平 claims no equality and is left alone. A comparison whose two amounts the paragraph does not state is
//! not checked. A percentage holds within half a unit of its last place and the rounding of both amounts.
//!
//! ---
//! 文字说决算数大于、小于或等于预算数，或者完成预算的百分之几，而两个数不是这样。
//!
//! # 发现什么
//!
//! “决算数大于预算数”“小于”“等于”“持平”，与同一段里同一事项的两个数对照；“完成预算的 97.3%”与两数之商对照。
//!
//! # 为什么要紧
//!
//! 读者记住的是这个词。词沿用了上年的，后面的原因也就解释错了。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：公开决算应当说明与预算的差异。
//!
//! # 会报的例子
//!
//! ```text
//! 2023年南浦区水务局部门决算
//! 五、一般公共预算支出决算说明
//! 1、农林水支出（213类）水利（03款）行政运行（01项）。年初预算为500.00万元，支出决算为480.00万元。决算数大于预算数的主要原因：人员减少。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2023年南浦区水务局部门决算
//! 五、一般公共预算支出决算说明
//! 1、农林水支出（213类）水利（03款）行政运行（01项）。年初预算为500.00万元，支出决算为480.00万元。决算数小于预算数的主要原因：人员减少。
//! ```
//!
//! # 怎样改
//!
//! 用账上的数核对两个金额，改正词或百分比，再读一遍原因。
//!
//! # 界限与容许
//!
//! “基本持平”不是说相等，不报。同一段里没有两个数的，不检查。百分比容许末位半个单位和两个金额的取整。

use crate::context::{Context, claim_figure, claim_term, unchecked};
use crate::narrative::{claim_tag, share_test};
use crate::phrase::{expected, figure, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Coordinates, Lang, Level, Outcome, Phase, Printed, Reason, Role, Wording};
use gouji_understand::{Claim, ClaimKind};
use std::cmp::Ordering;

pub(crate) static RULE: Rule = Rule {
    code: "NAR117",
    name: "mismatched-comparison",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.comparison", "text"), ("narrative.completion", "text")],
    find,
    say,
    source: include_str!("mismatched_comparison.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for (index, claim) in context.statement.claims.iter().enumerate() {
        match &claim.kind {
            ClaimKind::Weighed(order) => checks.push(weighed(context, index, claim, *order)),
            ClaimKind::Completion(percent) => checks.push(completed(context, index, claim, *percent)),
            _ => {}
        }
    }
}

/// An amount that a sentence states.
type Stated<'a> = (&'a Claim, Printed);

/// The budget and the final amount that the paragraph states last for the subject of a comparison.
fn both<'a>(context: &Context<'a>, index: usize, claim: &Claim) -> Option<(Stated<'a>, Stated<'a>)> {
    let at = claim.at.as_ref()?;
    let claims = &context.statement.claims[..index];
    let paragraph = |claim: &Claim| context.statement.sentences[claim.sentence].paragraph;
    let stated = |phase: Phase| {
        let wanted = Coordinates { phase, ..at.clone() };
        let found = claims.iter().rev().find(|other| {
            let states = matches!(other.kind, ClaimKind::Amount(_)) && other.at.as_ref() == Some(&wanted);
            states && paragraph(other) == paragraph(claim)
        })?;
        Some((found, claim_figure(found)?))
    };
    Some((stated(Phase::Budget)?, stated(Phase::Final)?))
}

fn weighed(context: &Context, index: usize, claim: &Claim, order: Ordering) -> Check {
    let key = format!("narrative.comparison[{}]", claim.at.as_ref().map_or("?".into(), claim_tag));
    let mut terms = vec![claim_term(context, Role::Claim, claim)];
    let Some((budget, spent)) = both(context, index, claim) else {
        return unchecked(key, Level::Error, Reason::NoFigure("预算数和决算数 budget and final amount".into()), terms);
    };
    terms.extend([claim_term(context, Role::Other, spent.0), claim_term(context, Role::Base, budget.0)]);
    let real = spent.1.atoms().cmp(&budget.1.atoms());
    let holds = real == order;
    let outcome = if holds { Outcome::Holds } else { Outcome::Broken { difference: None } };
    let words = vec![order_word(order).into(), order_word(real).into()];
    Check { key, outcome, level: Level::Error, terms, expected: Some(order_word(real).into()), words }
}

fn completed(context: &Context, index: usize, claim: &Claim, percent: Printed) -> Check {
    let key = format!("narrative.completion[{}]", claim.at.as_ref().map_or("?".into(), claim_tag));
    let mut terms = vec![claim_term(context, Role::Claim, claim)];
    let Some((budget, spent)) = both(context, index, claim) else {
        return unchecked(key, Level::Error, Reason::NoFigure("预算数和决算数 budget and final amount".into()), terms);
    };
    terms.extend([claim_term(context, Role::Other, spent.0), claim_term(context, Role::Base, budget.0)]);
    let test = share_test(spent.1, budget.1, percent);
    let mut check = super::mismatched_growth::percent_check(key, percent, &test, terms);
    check.words = vec!["percent".into()];
    check
}

/// The word of a comparison.
fn order_word(order: Ordering) -> &'static str {
    match order {
        Ordering::Less => "小于",
        Ordering::Equal => "等于",
        Ordering::Greater => "大于",
    }
}

fn english(word: &str) -> &'static str {
    match word {
        "小于" => "below",
        "等于" => "equal to",
        _ => "above",
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (spent, budget) = (figure(check, Role::Other), figure(check, Role::Base));
    if word(check, 0) == "percent" {
        let (printed, right) = (figure(check, Role::Claim), expected(check));
        return wording(
            lang,
            [
                format!("“{}”写作 {printed}，按两个数应为 {right}", label(check, Role::Claim)),
                format!("决算 {spent}，预算 {budget}；决算 ÷ 预算 = {right}"),
                "核对两个数与百分比，改正有误的一个".into(),
            ],
            [
                format!("“{}” says {printed}; the two amounts give {right}", label(check, Role::Claim)),
                format!("final {spent}, budget {budget}; final ÷ budget = {right}"),
                "check both amounts and the percentage and correct the one that is wrong".into(),
            ],
        );
    }
    let (said, real) = (word(check, 0), word(check, 1));
    wording(
        lang,
        [
            format!("文字说决算数{said}预算数，而决算 {spent} {real}预算 {budget}"),
            "比较的词应当与两个数相符".into(),
            format!("核对两个数；数没有错，就改为“{real}”，并核对原因"),
        ],
        [
            format!(
                "the text says that the final figure is {} the budget, but {spent} is {} {budget}",
                english(said),
                english(real)
            ),
            "the word of a comparison must fit the two amounts".into(),
            "check both amounts; if they are right, correct the word and read the reason again".into(),
        ],
    )
}
