//! Key projects leave out the largest project, or differ from the list of projects in name or amount.
//!
//! # What it finds
//!
//! Every key project is looked up in the list of projects: it must be there with the same amount.
//! It fires as well when the key projects are less than a tenth of the project money and the
//! largest project is not among them.
//!
//! # Why it matters
//!
//! Key projects are shown so that the public sees where most of the money goes.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): goals of key projects are published step by step. 国发〔2021〕5号 (2021)
//! asks for wider disclosure.
//!
//! # Example that fires
//!
//! ```text
//! 2021年河口区科技局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 1,060
//! 产业扶持资金 | 2060499 | 1,000 | 扶持企业80家 | 区产业办法
//! 科普活动 | 2060702 | 60 | 讲座40场 | 科普法
//! 表十一
//! 重点项目支出绩效目标表
//! 单位：万元
//! 项目名称 | 项目金额 | 年度绩效目标 | 绩效指标
//! 科普活动 | 60 | 提升科学素质 | 讲座40场
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2021年河口区科技局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 1,060
//! 产业扶持资金 | 2060499 | 1,000 | 扶持企业80家 | 区产业办法
//! 科普活动 | 2060702 | 60 | 讲座40场 | 科普法
//! 表十一
//! 重点项目支出绩效目标表
//! 单位：万元
//! 项目名称 | 项目金额 | 年度绩效目标 | 绩效指标
//! 产业扶持资金 | 1,000 | 扶持企业 | 扶持80家
//! ```
//!
//! # How to put it right
//!
//! Make the largest project a key project or state why it is none; correct name and amount.
//!
//! # Limits and tolerated cases
//!
//! A tenth of the money is enough, the largest project alone as well; otherwise a warning. 86
//! against 86.45 is rounding. One name in several units is compared with each of them.
//!
//! ---
//! 重点项目漏了金额最大的项目，或者名称、金额与项目表不一致。
//!
//! # 发现什么
//!
//! 每个重点项目都要在项目表里，金额相同。重点项目合计不到项目支出的十分之一，而金额最大的项目又不在其中，也报。
//!
//! # 为什么要紧
//!
//! 公开重点项目，就是要让公众看到大部分钱花在哪里。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：重点项目绩效目标逐步公开。
//! 国发〔2021〕5号（2021年）要求扩大公开范围。
//!
//! # 会报的例子
//!
//! ```text
//! 2021年河口区科技局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 1,060
//! 产业扶持资金 | 2060499 | 1,000 | 扶持企业80家 | 区产业办法
//! 科普活动 | 2060702 | 60 | 讲座40场 | 科普法
//! 表十一
//! 重点项目支出绩效目标表
//! 单位：万元
//! 项目名称 | 项目金额 | 年度绩效目标 | 绩效指标
//! 科普活动 | 60 | 提升科学素质 | 讲座40场
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2021年河口区科技局部门预算
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 1,060
//! 产业扶持资金 | 2060499 | 1,000 | 扶持企业80家 | 区产业办法
//! 科普活动 | 2060702 | 60 | 讲座40场 | 科普法
//! 表十一
//! 重点项目支出绩效目标表
//! 单位：万元
//! 项目名称 | 项目金额 | 年度绩效目标 | 绩效指标
//! 产业扶持资金 | 1,000 | 扶持企业 | 扶持80家
//! ```
//!
//! # 怎样改
//!
//! 把最大的项目列为重点项目，或说明理由；改正名称和金额。
//!
//! # 界限与容许
//!
//! 达到十分之一就够，包含最大的项目也够；否则只作警告。86 与 86.45 属于四舍五入。
//! 几个单位有同名项目的，与其中任何一个相同即可。

use super::mismatched_amount::in_unit_of;
use crate::context::{Context, claim_term, fact_term, plain_check, sum_check};
use crate::phrase::{difference, figure, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Fact, Lang, Level, Measure, Role, Wording};
use gouji_understand::{ClaimKind, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "PRF104",
    name: "missing-key-project",
    dimension: Dimension::Completeness,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("key-project.amount", "key-projects"), ("key-project.largest", "key-projects")],
    find,
    say,
    source: include_str!("missing_key_project.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let (Some((keys, _)), Some((all, _))) =
        (context.statement.table(TableKind::KeyProjects), context.statement.table(TableKind::Projects))
    else {
        return;
    };
    let of =
        |table| context.statement.facts_of(table).filter(|fact| !fact.at.project.is_empty()).collect::<Vec<&Fact>>();
    let (keys, projects) = (of(keys), of(all));
    for key in &keys {
        let mut named = projects.iter().filter(|project| project.at.project == key.at.project).peekable();
        if named.peek().is_none() {
            let mut check =
                plain_check("key-project.amount", Level::Error, false, vec![fact_term(context, Role::Claim, key)]);
            check.words = vec![key.at.project.clone(), "name".into()];
            checks.push(check);
            continue;
        }
        // One name may stand for projects of several units: any of them, or all together.
        let figures: Vec<&&Fact> = named.collect();
        let project = figures.iter().find(|project| project.figure.meets(&key.figure)).unwrap_or(&figures[0]);
        let test = key.figure.test_sum([project.figure]);
        let terms = vec![fact_term(context, Role::Claim, key), fact_term(context, Role::Other, project)];
        let mut check = sum_check("key-project.amount".into(), Level::Error, &test, terms);
        check.words = vec![key.at.project.clone(), String::new()];
        checks.push(check);
    }
    largest(context, &keys, &projects, checks);
}

/// Key projects under a tenth of the project money, without the largest project.
fn largest(context: &Context, keys: &[&Fact], projects: &[&Fact], checks: &mut Vec<Check>) {
    let Some(largest) = projects.iter().max_by_key(|fact| fact.figure.atoms()) else { return };
    let sum = |facts: &[&Fact]| facts.iter().map(|fact| fact.figure.atoms()).sum::<i128>();
    let (covered, whole) = (sum(keys), sum(projects));
    let among = keys.iter().any(|key| key.at.project == largest.at.project);
    let counted = context.statement.claims.iter().find(|claim| {
        matches!(&claim.kind, ClaimKind::Count { noun, .. } if noun.contains("重点"))
            && claim.at.as_ref().is_some_and(|at| at.measure == Measure::Projects)
    });
    let mut terms: Vec<_> = counted.map(|claim| claim_term(context, Role::Claim, claim)).into_iter().collect();
    terms.push(fact_term(context, Role::Other, largest));
    terms.extend(keys.iter().map(|key| fact_term(context, Role::Part, key)));
    let mut check = plain_check("key-project.largest", Level::Warning, among || covered * 10 >= whole, terms);
    let share = if whole > 0 { (covered * 10_000 + whole / 2) / whole } else { 0 };
    check.words = vec![largest.at.project.clone(), "largest".into(), format!("{}.{:02}%", share / 100, share % 100)];
    checks.push(check);
}

fn say(check: &Check, lang: Lang) -> Wording {
    let project = word(check, 0);
    let (here, there) = (figure(check, Role::Claim), figure(check, Role::Other));
    let gap = in_unit_of(check, Role::Claim, &difference(check));
    match word(check, 1) {
        "name" => wording(
            lang,
            [
                format!("重点项目“{project}”（{here}）不在项目表里"),
                "重点项目是项目表中的项目".into(),
                "核对项目名称".into(),
            ],
            [
                format!("key project “{project}” ({here}) is not in the list of projects"),
                "key projects are chosen from the list".into(),
                "check the name".into(),
            ],
        ),
        "largest" => wording(
            lang,
            [
                format!("重点项目只占项目支出的 {}，最大的项目“{project}”（{there}）不在其中", word(check, 2)),
                "重点项目应当覆盖金额最大、影响最大的项目".into(),
                "把最大的项目列为重点项目，或说明理由".into(),
            ],
            [
                format!(
                    "the key projects are {} of the project money; the largest, “{project}” ({there}), is not one",
                    word(check, 2)
                ),
                "key projects should cover the largest money".into(),
                "make the largest project a key project, or state why not".into(),
            ],
        ),
        _ => wording(
            lang,
            [
                format!("重点项目“{project}”是 {here}，项目表里是 {there}，相差 {gap}"),
                format!("{}：同一个项目只有一个金额", label(check, Role::Other)),
                "核对项目金额，改正有误的一处".into(),
            ],
            [
                format!("key project “{project}” is {here} here and {there} in the list: a difference of {gap}"),
                format!("{}: one project has one amount", label(check, Role::Other)),
                "check the amount and correct the one that is wrong".into(),
            ],
        ),
    }
}
