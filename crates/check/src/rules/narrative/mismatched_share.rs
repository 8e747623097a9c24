//! A stated share is not that of the stated amounts, or the shares of a list do not add up to 100 %.
//!
//! # What it finds
//!
//! A share beside an amount is recomputed from that amount and the whole that the tables print. A
//! list that names every class with money must fill 100 %.
//!
//! # Why it matters
//!
//! Shares are read without their amounts. A list of 101 % shows that somebody typed over a formula.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): what is published is exact in content. The structure of expenditure
//! is part of the explanation of income and expenditure.
//!
//! # Example that fires
//!
//! ```text
//! 2021年平湖区民族局部门预算
//! 二、支出结构
//! 教育支出130万元，占15%。
//! 表三
//! 部门支出总表
//! 单位：万元
//! 科目编码 | 科目名称 | 支出合计 | 基本支出 | 项目支出
//! | 合计 | 650 | 400 | 250
//! 205 | 教育支出 | 130 | 100 | 30
//! 210 | 卫生健康支出 | 520 | 300 | 220
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2021年平湖区民族局部门预算
//! 二、支出结构
//! 教育支出130万元，占20%。
//! 表三
//! 部门支出总表
//! 单位：万元
//! 科目编码 | 科目名称 | 支出合计 | 基本支出 | 项目支出
//! | 合计 | 650 | 400 | 250
//! 205 | 教育支出 | 130 | 100 | 30
//! 210 | 卫生健康支出 | 520 | 300 | 220
//! ```
//!
//! # How to put it right
//!
//! Divide each amount by the whole again; if the shares are right one by one and miss 100 % by
//! rounding, leave them.
//!
//! # Limits and tolerated cases
//!
//! Each share may be half a unit of its last place off, so n shares may miss 100 % by n/2 units:
//! three thirds of 33.3 % hold. Without a table of the whole, a share is not checked. Lists that
//! leave out classes are not added up.
//!
//! ---
//! 文字里的占比与金额算不上，或者一组占比加起来不是 100%。
//!
//! # 发现什么
//!
//! 金额旁边的占比，用这笔金额和表里的总数重算。一组占比如果点到了每一个有金额的类，加起来应当是 100%。
//!
//! # 为什么要紧
//!
//! 占比常常离开金额单独被引用；加起来是 101%，说明有人手工改过数。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：公开的内容应当准确。支出结构是收支说明的一部分。
//!
//! # 会报的例子
//!
//! ```text
//! 2021年平湖区民族局部门预算
//! 二、支出结构
//! 教育支出130万元，占15%。
//! 表三
//! 部门支出总表
//! 单位：万元
//! 科目编码 | 科目名称 | 支出合计 | 基本支出 | 项目支出
//! | 合计 | 650 | 400 | 250
//! 205 | 教育支出 | 130 | 100 | 30
//! 210 | 卫生健康支出 | 520 | 300 | 220
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2021年平湖区民族局部门预算
//! 二、支出结构
//! 教育支出130万元，占20%。
//! 表三
//! 部门支出总表
//! 单位：万元
//! 科目编码 | 科目名称 | 支出合计 | 基本支出 | 项目支出
//! | 合计 | 650 | 400 | 250
//! 205 | 教育支出 | 130 | 100 | 30
//! 210 | 卫生健康支出 | 520 | 300 | 220
//! ```
//!
//! # 怎样改
//!
//! 用总数逐项重算；逐项都对、只因四舍五入凑不满 100% 的，可以不改。
//!
//! # 界限与容许
//!
//! 每个占比可差末位的半个单位，n 个占比合起来可差 n/2 个单位，所以三个 33.3% 不报。
//! 没有总数表的不检查。没有列全各类的，不加总。

use super::mismatched_growth::percent_check;
use crate::context::{Context, claim_figure, claim_term, fact_term, sum_check, unchecked};
use crate::narrative::{claim_tag, share_test};
use crate::phrase::{difference, expected, figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{
    Book, Check, Code, Coordinates, Lang, Level, Measure, Nature, Printed, Reason, Role, Stream, Term, Unit, Wording,
};
use gouji_understand::{Claim, ClaimKind};
use std::collections::BTreeMap;

pub(crate) static RULE: Rule = Rule {
    code: "NAR104",
    name: "mismatched-share",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.share", "text"), ("narrative.shares.sum", "text")],
    find,
    say,
    source: include_str!("mismatched_share.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let claims = &context.statement.claims;
    let mut lists: BTreeMap<(usize, Coordinates), Vec<(&Claim, Printed)>> = BTreeMap::new();
    for claim in claims {
        let ClaimKind::Share(percent) = claim.kind else { continue };
        let amount = claim.of.and_then(|of| Some((&claims[of], claim_figure(&claims[of])?)));
        let key = format!("narrative.share[{}]", claim.at.as_ref().map_or("?".into(), claim_tag));
        let listed = amount.and_then(|(said, _)| whole_in_list(context, said));
        let tabled = claim.at.as_ref().map(|at| wholes_of(context, at)).unwrap_or_default();
        let mut wholes = listed.into_iter().chain(tabled).peekable();
        // 占总支出 may mean the total with what is carried over, or without: any of them will do.
        let first = wholes.peek().cloned();
        let fits = |whole: &Term| {
            let test = |(_, part): (&Claim, Printed)| Some(share_test(part, whole.figure?, percent).possible);
            amount.and_then(test) == Some(true)
        };
        let whole = wholes.find(fits).or(first);
        let (Some((said, part)), Some(whole)) = (amount, whole) else {
            let reason = claim.at.as_ref().map_or(Reason::UnknownSubject, |_| Reason::NoFigure("合计 total".into()));
            checks.push(unchecked(key, Level::Error, reason, vec![claim_term(context, Role::Claim, claim)]));
            continue;
        };
        let mut test = share_test(part, whole.figure.expect("a whole has a figure"), percent);
        // Nothing is 0 % of anything, of nothing as well.
        test.exact |= part.is_zero() && percent.is_zero();
        let terms = vec![claim_term(context, Role::Claim, claim), claim_term(context, Role::Base, said), whole];
        checks.push(percent_check(key, percent, &test, terms));
        let heading = context.statement.sentences[claim.sentence].heading.unwrap_or(usize::MAX);
        if let Some(at) = claim.at.as_ref().filter(|at| at.function.len() == 3) {
            let frame = Coordinates { function: Code::ALL, ..at.clone() };
            lists.entry((heading, frame)).or_default().push((claim, percent));
        }
    }
    for ((_, frame), shares) in lists {
        if shares.len() >= 2 && covers_classes(context, &frame, &shares) {
            checks.push(add_up(context, &shares));
        }
    }
}

/// 收入合计甲万元,其中:财政拨款乙万元,占…: the amount whose list the share stands in.
fn whole_in_list(context: &Context, said: &Claim) -> Option<Term> {
    let whole = &context.statement.claims[said.of?];
    claim_figure(whole).map(|_| claim_term(context, Role::Other, whole))
}

/// What a share is a share of: the same frame without its function code, or the revenue's or
/// expenditure's whole.
fn wholes_of(context: &Context, at: &Coordinates) -> Vec<Term> {
    let whole = if !at.function.is_all() {
        Coordinates { function: Code::ALL, ..at.clone() }
    } else if at.nature != Nature::All {
        Coordinates { nature: Nature::All, economic: Code::ALL, ..at.clone() }
    } else if at.measure == Measure::Revenue && (at.book != Book::All || at.stream != Stream::All) {
        Coordinates { book: Book::All, stream: Stream::All, ..at.clone() }
    } else {
        return Vec::new();
    };
    context.meant(&whole).into_iter().map(|fact| fact_term(context, Role::Other, fact)).collect()
}

/// The list names every class that has money.
fn covers_classes(context: &Context, frame: &Coordinates, shares: &[(&Claim, Printed)]) -> bool {
    let mut classes = context.statement.facts.iter().filter(|fact| {
        fact.at.function.len() == 3
            && !fact.figure.is_zero()
            && Coordinates { function: Code::ALL, ..fact.at.clone() } == *frame
    });
    let named = |code: Code| shares.iter().any(|(claim, _)| claim.at.as_ref().is_some_and(|at| at.function == code));
    classes.all(|fact| named(fact.at.function))
}

fn add_up(context: &Context, shares: &[(&Claim, Printed)]) -> Check {
    let hundred = Printed::new(100, 0, Unit::Percent).expect("a hundred percent fits");
    let mut test = hundred.test_sum(shares.iter().map(|(_, percent)| *percent));
    // The hundred is exact: only the shares are rounded.
    let slack: i128 = shares.iter().map(|(_, percent)| percent.tick()).sum();
    test.possible = test.exact || 2 * test.difference.atoms().abs() <= slack;
    let terms = shares.iter().map(|(claim, _)| claim_term(context, Role::Part, claim)).collect();
    let mut check = sum_check("narrative.shares.sum".into(), Level::Error, &test, terms);
    check.words = vec!["sum".into(), test.sum.to_string()];
    check.expected = check.expected.map(|_| "100%".into());
    check
}

fn say(check: &Check, lang: Lang) -> Wording {
    let right = expected(check);
    if crate::phrase::word(check, 0) == "sum" {
        let right = crate::phrase::word(check, 1);
        let gap = difference(check);
        return wording(
            lang,
            [
                format!("各类占比加起来是 {right}%，与 100% 相差 {gap} 个百分点"),
                "各类合起来就是全部，占比之和应为 100%".into(),
                "按金额重算各类占比".into(),
            ],
            [
                format!("the shares add up to {right}%, off 100% by {gap} points"),
                "the classes together are the whole".into(),
                "recompute the shares from the amounts".into(),
            ],
        );
    }
    let (said, printed) = (label(check, Role::Claim), figure(check, Role::Claim));
    let (part, whole) = (figure(check, Role::Base), figure(check, Role::Other));
    let (zh, en, equals) = if right.is_empty() {
        ("而总数是 0".to_string(), ", but the whole is 0".to_string(), String::new())
    } else {
        (format!("按金额应为 {right}"), format!("; the amounts give {right}"), format!(" = {right}"))
    };
    wording(
        lang,
        [
            format!("“{said}”写作 {printed}，{zh}"),
            format!("{part} ÷ {whole}{equals}"),
            "核对金额与占比，改正有误的一个".into(),
        ],
        [
            format!("“{said}” says {printed}{en}"),
            format!("{part} ÷ {whole}{equals}"),
            "check the amount and the share and correct the one that is wrong".into(),
        ],
    )
}
