//! A quantified indicator holds no number.
//!
//! # What it finds
//!
//! The cell of indicators of a key project without any quantity, in digits or in Chinese numerals.
//!
//! # Why it matters
//!
//! An indicator that cannot be counted is reached by everybody.
//!
//! # Basis
//!
//! 财预〔2021〕101号 (2021): indicators of output, outcome and satisfaction are set for projects.
//! 国发〔2021〕5号 (2021).
//!
//! # Example that fires
//!
//! ```text
//! 2024年银杏市文化局部门预算
//! 表十一
//! 重点项目支出绩效目标表
//! 单位：万元
//! 项目名称 | 项目金额 | 年度绩效目标 | 绩效指标
//! 公共文化服务 | 120 | 丰富群众生活 | 群众满意度明显提高
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2024年银杏市文化局部门预算
//! 表十一
//! 重点项目支出绩效目标表
//! 单位：万元
//! 项目名称 | 项目金额 | 年度绩效目标 | 绩效指标
//! 公共文化服务 | 120 | 丰富群众生活 | 群众满意度达到90%以上
//! ```
//!
//! # How to put it right
//!
//! State how much, how many, what rate or until when.
//!
//! # Limits and tolerated cases
//!
//! A warning. Years (2024年) and numbers of sessions (第十二届) are names, not quantities; 统一 and 同一
//! count nothing. Whether the quantity is ambitious is not judged.
//!
//! ---
//! 量化指标里没有数字。
//!
//! # 发现什么
//!
//! 重点项目的绩效指标一格，没有任何数量，阿拉伯数字和汉字数字都没有。
//!
//! # 为什么要紧
//!
//! 数不出来的指标，谁都能完成。
//!
//! # 依据
//!
//! 财预〔2021〕101号（2021年）：项目应当设置产出、效益、满意度等指标。
//! 国发〔2021〕5号（2021年）。
//!
//! # 会报的例子
//!
//! ```text
//! 2024年银杏市文化局部门预算
//! 表十一
//! 重点项目支出绩效目标表
//! 单位：万元
//! 项目名称 | 项目金额 | 年度绩效目标 | 绩效指标
//! 公共文化服务 | 120 | 丰富群众生活 | 群众满意度明显提高
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2024年银杏市文化局部门预算
//! 表十一
//! 重点项目支出绩效目标表
//! 单位：万元
//! 项目名称 | 项目金额 | 年度绩效目标 | 绩效指标
//! 公共文化服务 | 120 | 丰富群众生活 | 群众满意度达到90%以上
//! ```
//!
//! # 怎样改
//!
//! 写明多少、比例或时限。
//!
//! # 界限与容许
//!
//! 只作警告。年份（2024年）、届次（第十二届）是名称，不是数量；“统一”“同一”不计数。指标高低不作评价。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Role, Term, Wording};
use gouji_understand::{ColumnRole, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "PRF103",
    name: "missing-quantity",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("key-project.quantity", "key-projects")],
    find,
    say,
    source: include_str!("missing_quantity.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let Some((_, table)) = context.statement.table(TableKind::KeyProjects) else { return };
    let Some(column) = table.column(ColumnRole::Indicator) else { return };
    for row in table.rows.iter().filter(|row| row.project.is_some()) {
        let span = row.cells.get(column).map(|(_, span)| *span);
        let term = Term { role: Role::Claim, label: row.title(), figure: None, span, cell: None };
        let mut check = plain_check("key-project.quantity", Level::Warning, has_quantity(row.text(column)), vec![term]);
        check.words = vec![row.project.clone().unwrap_or_default()];
        checks.push(check);
    }
}

/// A number, with or without what it counts. 2024年 and 第二十一届 are names, not quantities.
fn has_quantity(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    characters.iter().enumerate().any(|(at, character)| {
        let next = characters.get(at + 1);
        let counts = next.is_none_or(|next| !next.is_ascii_digit() && !"年月日届号".contains(*next));
        let chinese = "一二三四五六七八九十百千万两".contains(*character)
            && next.is_some_and(|next| "个家项次场人名亿件篇套台批所条".contains(*next))
            && (at == 0 || !"第同统".contains(characters[at - 1]));
        character.is_ascii_digit() && counts || chinese
    })
}

fn say(check: &Check, lang: Lang) -> Wording {
    let project = word(check, 0);
    wording(
        lang,
        [
            format!("项目“{project}”的量化指标没有数字"),
            "量化指标要能考核：多少、到什么程度".into(),
            "写明数量、比例或时限".into(),
        ],
        [
            format!("the quantified indicator of project “{project}” holds no number"),
            "an indicator that is called quantified must say how much".into(),
            "state a quantity, a rate or a date".into(),
        ],
    )
}
