//! An amount stands where its row and column have nothing in common, or under a code that cannot carry it.
//!
//! # What it finds
//!
//! - In the table by economic codes, money in a cell whose row and column name different classes, such as a row of 302 in
//!   the column of 301.
//! - 301 (pay) with project expenditure; 310, 312 and 399 with basic expenditure.
//! - 行政运行 and 机构运行, which are basic expenditure by their definition, with project expenditure.
//!
//! # Why it matters
//!
//! Nobody can say what such an amount paid for. Money of projects on a code of running costs also hides how much the
//! office itself costs.
//!
//! # Basis
//!
//! - Classification of government revenue and expenditure (政府收支分类科目) of the year of the report: each code is
//!   defined by what is booked on it.
//! - Budget Law of the People's Republic of China, as amended in 2018, art. 46 [to be verified]: basic expenditure is
//!   published by economic nature to the group.
//! - 财预〔2016〕143号 of 2016-10-27: what a department publishes must be exact.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计 | 工资福利支出 | 商品和服务支出
//! | 合计 | 450 | 400 | 50
//! 301 | 工资福利支出 | 400 | 400 | 0
//! 302 | 商品和服务支出 | 70 | 20 | 50
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计 | 工资福利支出 | 商品和服务支出
//! | 合计 | 450 | 400 | 50
//! 301 | 工资福利支出 | 400 | 400 | 0
//! 302 | 商品和服务支出 | 50 | 0 | 50
//! ```
//!
//! # How to put it right
//!
//! Look up the voucher or the line of the draft: either the amount belongs one column further, or the row has a wrong
//! code. If a place uses a code more widely, say so in the text.
//!
//! # Limits and tolerated cases
//!
//! - Only a cell of excluding row and column is an error; no rounding is involved, any amount but zero is too much.
//! - What is barred besides depends on local practice: a warning where the form of the place is known, otherwise info.
//! - A blank cell and a printed zero are the same.
//!
//! ---
//! 金额落在行与列互不相容的格子里，或者落在不该有它的科目上。
//!
//! # 发现什么
//!
//! - 按经济科目的表里，行与列分属不同类而格子里有钱，例如 302 的行、301 的列。
//! - 301 工资福利支出列了项目支出；310、312、399 列了基本支出。
//! - 行政运行、机构运行按定义只列基本支出，却有项目支出。
//!
//! # 为什么要紧
//!
//! 这样的金额说不清花在哪里。项目的钱放在运转科目上，还会让人看不出机关本身要花多少。
//!
//! # 依据
//!
//! - 报告当年的《政府收支分类科目》：每个科目核算什么，目录里有说明。
//! - 《预算法》（2018 年修正）第四十六条 [待核]：基本支出按经济性质分类编列到款。
//! - 财预〔2016〕143号（2016-10-27）：公开的内容应当准确。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计 | 工资福利支出 | 商品和服务支出
//! | 合计 | 450 | 400 | 50
//! 301 | 工资福利支出 | 400 | 400 | 0
//! 302 | 商品和服务支出 | 70 | 20 | 50
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计 | 工资福利支出 | 商品和服务支出
//! | 合计 | 450 | 400 | 50
//! 301 | 工资福利支出 | 400 | 400 | 0
//! 302 | 商品和服务支出 | 50 | 0 | 50
//! ```
//!
//! # 怎样改
//!
//! 查凭证或编制底稿：要么金额应在旁边一列，要么这一行的科目不对。当地另有用法的，在说明里写明。
//!
//! # 界限与容许
//!
//! - 行列互不相容的才列为错误；这里没有四舍五入，只要不是零就报。
//! - 其余各项与当地做法有关：认得当地格式时列为警告，否则列为提示。
//! - 空格与零一样看待。

use crate::context::{Context, fact_term, plain_check};
use crate::phrase::{figure, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Fact, Lang, Level, Nature, Role, Wording};
use gouji_understand::TableKind;

pub(crate) static RULE: Rule = Rule {
    code: "CLS101",
    name: "misplaced-amount",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[
        ("economic.diagonal", "economic"),
        ("economic.pay-not-project", "economic"),
        ("economic.capital-not-basic", "economic"),
        ("function.basic-only", "expenditure"),
    ],
    find,
    say,
    source: include_str!("misplaced_amount.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for fact in &context.statement.disjoint {
        let kind = context.kind_of(fact);
        let key =
            if kind == TableKind::Economic { "economic.diagonal".into() } else { format!("{}.diagonal", kind.word()) };
        checks.push(zero(context, key, Level::Error, fact, "行与列互不相容", "row and column exclude each other"));
    }
    // Places agree on the diagonal; what else is barred is a matter of the form.
    let Some((number, _)) = context.statement.table(TableKind::Economic) else {
        return basic_only(context, checks);
    };
    for fact in context.statement.facts_of(number) {
        let code = fact.at.economic.as_str();
        if code.starts_with("301") && fact.at.nature == Nature::Project {
            checks.push(zero(
                context,
                "economic.pay-not-project".into(),
                context.level_declared("economic.pay-not-project"),
                fact,
                "工资福利属于基本支出",
                "pay is basic expenditure",
            ));
        }
        let capital = ["310", "312", "399"].iter().any(|class| code.starts_with(class));
        if capital && fact.at.nature == Nature::Basic {
            let (zh, en) = ("这类支出属于项目支出", "this class is project expenditure");
            let level = context.level_declared("economic.capital-not-basic");
            checks.push(zero(context, "economic.capital-not-basic".into(), level, fact, zh, en));
        }
    }
    basic_only(context, checks);
}

/// 行政运行 and 机构运行 are basic expenditure by the definition of the catalogue.
fn basic_only(context: &Context, checks: &mut Vec<Check>) {
    let Some((number, table)) = context.statement.table(TableKind::Expenditure) else { return };
    for row in table.rows.iter().filter(|row| row.code.is_some_and(|code| code.len() == 7)) {
        if row.label != "行政运行" && row.label != "机构运行" {
            continue;
        }
        let project = context
            .statement
            .facts_of(number)
            .find(|fact| fact.cell.row == row.row && fact.at.nature == Nature::Project);
        if let Some(fact) = project {
            let (zh, en) = ("该科目按定义只列基本支出", "the code is basic expenditure by definition");
            let level = context.level_declared("function.basic-only");
            checks.push(zero(context, "function.basic-only".into(), level, fact, zh, en));
        }
    }
}

fn zero(context: &Context, key: String, level: Level, fact: &Fact, zh: &str, en: &str) -> Check {
    let mut check = plain_check(key, level, fact.figure.is_zero(), vec![fact_term(context, Role::Claim, fact)]);
    check.expected = Some("0".into());
    check.words = vec![zh.into(), en.into()];
    check
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (place, printed) = (label(check, Role::Claim), figure(check, Role::Claim));
    wording(
        lang,
        [
            format!("{place} 有 {printed}，这里不应有金额"),
            word(check, 0).into(),
            "核对科目归集，把金额移到适当的科目，或说明原因".into(),
        ],
        [
            format!("{place} prints {printed} where there should be nothing"),
            word(check, 1).into(),
            "move the amount to the code it belongs to, or state the reason".into(),
        ],
    )
}
