//! What the report gives as last year's figure is not what last year's report printed.
//!
//! # What it finds
//!
//! - A figure of a table for the year before that differs, beyond rounding, from the budget figure of the report of that year.
//!
//! # Why it matters
//!
//! Changes and percentages start from last year's figure: one that was altered afterwards makes all of them untrue, and nobody who holds
//! only one of the two reports can see it.
//!
//! # Basis
//!
//! - Notice on the disclosure of departmental budgets, 财预〔2016〕143号: changes against the year before are stated and explained.
//! - Comparability of what is published from year to year, Budget Law art. 14 [to be verified].
//!
//! # Example that fires
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 表八
//! 一般公共预算“三公”经费支出表
//! 部门：某市档案局
//! 单位：万元
//!
//! 年度 | 合计 | 因公出国（境）费 | 公务接待费
//! 2023年 | 7.00 | 0.00 | 7.00
//! 2024年 | 6.00 | 0.00 | 6.00
//!
//! ━━━ 上年的报告 ━━━
//!
//! 2023年某市档案局部门预算
//!
//! 表八
//! 一般公共预算“三公”经费支出表
//! 部门：某市档案局
//! 单位：万元
//!
//! 年度 | 合计 | 因公出国（境）费 | 公务接待费
//! 2022年 | 9.00 | 0.00 | 9.00
//! 2023年 | 8.00 | 0.00 | 8.00
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 表八
//! 一般公共预算“三公”经费支出表
//! 部门：某市档案局
//! 单位：万元
//!
//! 年度 | 合计 | 因公出国（境）费 | 公务接待费
//! 2023年 | 8.00 | 0.00 | 8.00
//! 2024年 | 6.00 | 0.00 | 6.00
//!
//! ━━━ 上年的报告 ━━━
//!
//! 2023年某市档案局部门预算
//!
//! 表八
//! 一般公共预算“三公”经费支出表
//! 部门：某市档案局
//! 单位：万元
//!
//! 年度 | 合计 | 因公出国（境）费 | 公务接待费
//! 2022年 | 9.00 | 0.00 | 9.00
//! 2023年 | 8.00 | 0.00 | 8.00
//! ```
//!
//! # How to put it right
//!
//! Take last year's figure from the published budget; where the base was restated, say so and why.
//!
//! # Limits and tolerated cases
//!
//! - Checked only with `--prior`. Figures for which last year's report has no counterpart are told as not checked.
//! - A restated base is lawful where it is explained: it is a warning, not an error.
//! - Figures of final accounts are not compared with those of a budget.
//!
//! ---
//! 本报告写的上年数，与上年的报告不一致。
//!
//! # 发现什么
//!
//! - 表里的上年数，与上年报告印出的同一个预算数不同，差额超出舍入。
//!
//! # 为什么要紧
//!
//! 增减额和增减幅度都从上年数算起：上年数事后改过，增减就都不实；只拿一份报告的人看不出来。
//!
//! # 依据
//!
//! - 财预〔2016〕143号：公开部门预算要说明与上年相比的增减情况。
//! - 《预算法》第十四条：公开的信息前后年度可比 [待核]。
//!
//! # 会报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 表八
//! 一般公共预算“三公”经费支出表
//! 部门：某市档案局
//! 单位：万元
//!
//! 年度 | 合计 | 因公出国（境）费 | 公务接待费
//! 2023年 | 7.00 | 0.00 | 7.00
//! 2024年 | 6.00 | 0.00 | 6.00
//!
//! ━━━ 上年的报告 ━━━
//!
//! 2023年某市档案局部门预算
//!
//! 表八
//! 一般公共预算“三公”经费支出表
//! 部门：某市档案局
//! 单位：万元
//!
//! 年度 | 合计 | 因公出国（境）费 | 公务接待费
//! 2022年 | 9.00 | 0.00 | 9.00
//! 2023年 | 8.00 | 0.00 | 8.00
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 表八
//! 一般公共预算“三公”经费支出表
//! 部门：某市档案局
//! 单位：万元
//!
//! 年度 | 合计 | 因公出国（境）费 | 公务接待费
//! 2023年 | 8.00 | 0.00 | 8.00
//! 2024年 | 6.00 | 0.00 | 6.00
//!
//! ━━━ 上年的报告 ━━━
//!
//! 2023年某市档案局部门预算
//!
//! 表八
//! 一般公共预算“三公”经费支出表
//! 部门：某市档案局
//! 单位：万元
//!
//! 年度 | 合计 | 因公出国（境）费 | 公务接待费
//! 2022年 | 9.00 | 0.00 | 9.00
//! 2023年 | 8.00 | 0.00 | 8.00
//! ```
//!
//! # 怎样改
//!
//! 上年数取自上年公开的预算；口径有调整的，写明并说明原因。
//!
//! # 界限与容许
//!
//! - 只有用 --prior 给出上年的报告才检查；上年报告里找不到的数，列为未检查。
//! - 调整口径并有说明是允许的，所以是警告，不是错误。
//! - 决算数不与预算数相比。

use crate::context::{Context, fact_term, sum_check, tag, unchecked};
use crate::phrase::{difference, figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Fact, Lang, Level, Reason, Role, Wording};

pub(crate) static RULE: Rule = Rule {
    code: "YOY101",
    name: "mismatched-last-year",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[],
    find,
    say,
    source: include_str!("mismatched_last_year.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    if !context.has_prior() {
        return;
    }
    let of_last_year = |fact: &&Fact| fact.at.year + 1 == context.year() && context.speaks(fact);
    for fact in context.statement.facts.iter().filter(of_last_year) {
        let key = format!("last-year.{}", context.kind_of(fact).word());
        let own = fact_term(context, Role::Claim, fact);
        let before = context.in_prior(&fact.at);
        // One of several printings of last year's report will do: whether they agree is its own matter.
        let fits = |other: &&&Fact| fact.figure.test_sum([other.figure]).possible;
        let Some(other) = before.iter().find(fits).or(before.first()) else {
            // What is not printed and is nothing agrees.
            if !fact.figure.is_zero() {
                checks.push(unchecked(key, Level::Warning, Reason::NoFigure(tag(&fact.at)), vec![own]));
            }
            continue;
        };
        let test = fact.figure.test_sum([other.figure]);
        let mut check = sum_check(key, Level::Warning, &test, vec![own, fact_term(context, Role::Other, other)]);
        check.expected = Some(other.figure.to_string());
        checks.push(check);
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (place, printed) = (label(check, Role::Claim), figure(check, Role::Claim));
    let (other, before, gap) = (label(check, Role::Other), figure(check, Role::Other), difference(check));
    wording(
        lang,
        [
            format!("{place} 的上年数是 {printed}，上年的报告是 {before}，相差 {gap}"),
            format!("上年数应当就是上年公开的预算数（{other}）"),
            "按上年公开的预算改正；口径有调整的，写明并说明原因".into(),
        ],
        [
            format!("{place} gives {printed} for last year, last year's report {before}: off by {gap}"),
            format!("last year's figure is the budget that was published then ({other})"),
            "take the figure of the published budget; where the base was restated, say so and why".into(),
        ],
    )
}
