//! A sentence says that there is none where a table prints money.
//!
//! # What it finds
//!
//! 没有, 无 and 未安排 before a named kind of income or expenditure mean zero. It fires when a table
//! prints another figure for it.
//!
//! # Why it matters
//!
//! The sentence hides money from everybody who does not open the table.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): tables without data are shown empty and explained; so an explanation
//! of nothing needs an empty table.
//!
//! # Example that fires
//!
//! ```text
//! 2024年沙河县住建局部门预算
//! 三、政府性基金预算支出情况
//! 2024年没有政府性基金预算安排的支出。
//! 表八
//! 政府性基金预算支出表
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 320.00 | 0.00 | 320.00
//! 212 | 城乡社区支出 | 320.00 | 0.00 | 320.00
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2024年沙河县住建局部门预算
//! 三、政府性基金预算支出情况
//! 2024年没有政府性基金预算安排的支出。
//! 表八
//! 政府性基金预算支出表
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 0.00 | 0.00 | 0.00
//! ```
//!
//! # How to put it right
//!
//! Find out which is right: state the amount in the sentence, or empty the table.
//!
//! # Limits and tolerated cases
//!
//! The smallest printed amount counts. Dashes and blanks count as none. A report without the table
//! is not checked; nor is a sentence whose subject is not known.
//!
//! ---
//! 文字说没有某项收支，而表里有金额。
//!
//! # 发现什么
//!
//! “没有”“无”“未安排”某项收支，就是说它等于 0；表里印着别的数，就报。
//!
//! # 为什么要紧
//!
//! 不翻表的人就看不到这笔钱。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：没有数据的表应当列空表并说明；反过来，
//! 说没有就应当是空表。
//!
//! # 会报的例子
//!
//! ```text
//! 2024年沙河县住建局部门预算
//! 三、政府性基金预算支出情况
//! 2024年没有政府性基金预算安排的支出。
//! 表八
//! 政府性基金预算支出表
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 320.00 | 0.00 | 320.00
//! 212 | 城乡社区支出 | 320.00 | 0.00 | 320.00
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2024年沙河县住建局部门预算
//! 三、政府性基金预算支出情况
//! 2024年没有政府性基金预算安排的支出。
//! 表八
//! 政府性基金预算支出表
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 0.00 | 0.00 | 0.00
//! ```
//!
//! # 怎样改
//!
//! 查明哪一处对：有就写明金额，没有就改表。
//!
//! # 界限与容许
//!
//! 印出来的最小金额也算有。短横和空白算没有。没有这张表的，或者看不出说的是哪一项的，不检查。

use crate::context::{Context, claim_term, fact_term, plain_check, unchecked};
use crate::narrative::claim_tag;
use crate::phrase::{figure, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Reason, Role, Wording};
use gouji_understand::ClaimKind;

pub(crate) static RULE: Rule = Rule {
    code: "NAR107",
    name: "unexpected-amount",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.none", "text")],
    find,
    say,
    source: include_str!("unexpected_amount.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for claim in context.statement.claims.iter().filter(|claim| claim.kind == ClaimKind::Nothing) {
        let terms = vec![claim_term(context, Role::Claim, claim)];
        let Some(at) = &claim.at else {
            checks.push(unchecked("narrative.none[?]", Level::Error, Reason::UnknownSubject, terms));
            continue;
        };
        let key = format!("narrative.none[{}]", claim_tag(at));
        let facts = context.equivalents(at);
        if facts.is_empty() {
            checks.push(unchecked(key, Level::Error, Reason::NoFigure(claim_tag(at)), terms));
            continue;
        }
        let money = facts.iter().find(|fact| !fact.figure.is_zero());
        let mut terms = terms;
        let shown = money.unwrap_or(&facts[0]);
        terms.push(fact_term(context, Role::Other, shown));
        let mut check = plain_check(key, Level::Error, money.is_none(), terms);
        let title = context.statement.tables[usize::from(shown.cell.table)].title.as_ref();
        check.words = title.map(|(title, _)| title.clone()).into_iter().collect();
        checks.push(check);
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (place, printed) = (label(check, Role::Other), figure(check, Role::Other));
    let title = word(check, 0);
    let (zh, en) = if title.is_empty() || place.contains(title) {
        (String::new(), String::new())
    } else {
        (format!("（{title}）"), format!(" ({title})"))
    };
    wording(
        lang,
        [
            format!("文字说没有，而{place}{zh}印着 {printed}"),
            "说没有的，表里应当是空表或 0".into(),
            "核对这一项：有就在文字里写明金额，没有就改表".into(),
        ],
        [
            format!("the sentence says that there is none, but {place}{en} prints {printed}"),
            "where there is none the table is empty or zero".into(),
            "state the amount in the sentence, or correct the table".into(),
        ],
    )
}
