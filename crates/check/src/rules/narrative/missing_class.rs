//! The prose lists expenditure by class and leaves out a class that has money.
//!
//! # What it finds
//!
//! A section that names two or more classes of expenditure with their amounts is held against the
//! classes of the table. It fires at every class with money that is not named.
//!
//! # Why it matters
//!
//! What is left out of the list is not missed by the reader, and the shares no longer fill the
//! whole.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): general public expenditure is published by function. 预算法 (as amended
//! 2018) art. 46 [to be verified].
//!
//! # Example that fires
//!
//! ```text
//! 2023年白马县粮食局部门预算
//! 二、一般公共预算支出结构
//! 教育支出20.00万元，占10.00%。
//! 粮油物资储备支出150.00万元，占75.00%。
//! 表五
//! 一般公共预算支出表
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 200.00 | 120.00 | 80.00
//! 205 | 教育支出 | 20.00 | 0.00 | 20.00
//! 210 | 卫生健康支出 | 30.00 | 30.00 | 0.00
//! 222 | 粮油物资储备支出 | 150.00 | 90.00 | 60.00
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2023年白马县粮食局部门预算
//! 二、一般公共预算支出结构
//! 教育支出20.00万元，占10.00%。卫生健康支出30.00万元，占15.00%。
//! 粮油物资储备支出150.00万元，占75.00%。
//! 表五
//! 一般公共预算支出表
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 200.00 | 120.00 | 80.00
//! 205 | 教育支出 | 20.00 | 0.00 | 20.00
//! 210 | 卫生健康支出 | 30.00 | 30.00 | 0.00
//! 222 | 粮油物资储备支出 | 150.00 | 90.00 | 60.00
//! ```
//!
//! # How to put it right
//!
//! Add the class, or say that only the main classes are listed (其中, 主要).
//!
//! # Limits and tolerated cases
//!
//! An error only where every class named has its share, for then the list means to be complete;
//! else a warning. A list after 其中 without shares may name some classes only and is not checked.
//! Classes of 0 need not be named.
//!
//! ---
//! 文字按类列举支出，却漏了表里有金额的类。
//!
//! # 发现什么
//!
//! 一节文字点了两个以上的支出类和金额，就与表里的类对照；表里有金额而没有点到的类，逐个报出。
//!
//! # 为什么要紧
//!
//! 漏掉的类读者不会发觉，占比也凑不满 100%。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：一般公共预算支出按功能分类公开。
//! 《预算法》（2018年修正）第四十六条[待核]。
//!
//! # 会报的例子
//!
//! ```text
//! 2023年白马县粮食局部门预算
//! 二、一般公共预算支出结构
//! 教育支出20.00万元，占10.00%。
//! 粮油物资储备支出150.00万元，占75.00%。
//! 表五
//! 一般公共预算支出表
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 200.00 | 120.00 | 80.00
//! 205 | 教育支出 | 20.00 | 0.00 | 20.00
//! 210 | 卫生健康支出 | 30.00 | 30.00 | 0.00
//! 222 | 粮油物资储备支出 | 150.00 | 90.00 | 60.00
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2023年白马县粮食局部门预算
//! 二、一般公共预算支出结构
//! 教育支出20.00万元，占10.00%。卫生健康支出30.00万元，占15.00%。
//! 粮油物资储备支出150.00万元，占75.00%。
//! 表五
//! 一般公共预算支出表
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 200.00 | 120.00 | 80.00
//! 205 | 教育支出 | 20.00 | 0.00 | 20.00
//! 210 | 卫生健康支出 | 30.00 | 30.00 | 0.00
//! 222 | 粮油物资储备支出 | 150.00 | 90.00 | 60.00
//! ```
//!
//! # 怎样改
//!
//! 补写这一类，或者写明只列主要的类（其中、主要）。
//!
//! # 界限与容许
//!
//! 各类都写了占比的，说明要列全，才作错误；否则只作警告。“其中”之后没有占比的列举可以只点一部分，不检查。
//! 金额是 0 的类不必写。

use crate::context::{Context, claim_term, fact_term, plain_check, unchecked};
use crate::phrase::{figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Code, Coordinates, Lang, Level, Nature, Reason, Role, Wording};
use gouji_understand::{Claim, ClaimKind};
use std::collections::BTreeMap;

pub(crate) static RULE: Rule = Rule {
    code: "NAR115",
    name: "missing-class",
    dimension: Dimension::Completeness,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.classes", "text")],
    find,
    say,
    source: include_str!("missing_class.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let mut lists: BTreeMap<(Option<usize>, Coordinates), Vec<&Claim>> = BTreeMap::new();
    for claim in &context.statement.claims {
        let Some(at) = claim.at.as_ref().filter(|at| at.function.len() == 3 && at.nature == Nature::All) else {
            continue;
        };
        if matches!(claim.kind, ClaimKind::Amount(_)) && at.year == context.year() {
            let frame = Coordinates { function: Code::ALL, ..at.clone() };
            lists.entry((context.statement.sentences[claim.sentence].heading, frame)).or_default().push(claim);
        }
    }
    for ((_, frame), claims) in lists.into_iter().filter(|(_, claims)| claims.len() >= 2) {
        let shares = context.statement.claims.iter().filter(|claim| {
            matches!(claim.kind, ClaimKind::Share(_)) && claims.iter().any(|named| named.at == claim.at)
        });
        let shared = shares.count() >= claims.len();
        if !shared && claims.iter().all(|claim| claim.partial) {
            let reason = Reason::Ambiguous("“其中”可以只列一部分 a list after 其中 need not be complete".into());
            checks.push(unchecked(
                "narrative.classes",
                Level::Warning,
                reason,
                vec![claim_term(context, Role::Claim, claims[0])],
            ));
            continue;
        }
        let level = if shared { Level::Error } else { Level::Warning };
        let named = |code: Code| claims.iter().any(|claim| claim.at.as_ref().is_some_and(|at| at.function == code));
        let mut seen: Vec<Code> = Vec::new();
        for fact in &context.statement.facts {
            let in_frame =
                Coordinates { function: Code::ALL, ..fact.at.clone() } == frame && fact.at.function.len() == 3;
            if !in_frame || fact.figure.is_zero() || seen.contains(&fact.at.function) {
                continue;
            }
            seen.push(fact.at.function);
            let terms = vec![
                fact_term(context, Role::Missing, fact),
                claim_term(context, Role::Other, claims[claims.len() - 1]),
            ];
            checks.push(plain_check("narrative.classes", level, named(fact.at.function), terms));
        }
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (missing, amount) = (label(check, Role::Missing), figure(check, Role::Missing));
    wording(
        lang,
        [
            format!("文字按类列举支出，没有提到{missing}的 {amount}"),
            "列举的各类应当与表里有金额的类一一对应".into(),
            "补写这一类，或说明只列举主要的类".into(),
        ],
        [
            format!("the prose lists expenditure by class and leaves out {missing}: {amount}"),
            "the classes listed should be exactly those with money".into(),
            "add the class, or say that only the main classes are listed".into(),
        ],
    )
}
