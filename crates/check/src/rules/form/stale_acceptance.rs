//! An entry of the acceptance file fits no finding any more.
//!
//! # What it finds
//!
//! Each entry of the file given with `--accept` names a rule, a relation and the hash of a quotation. When no finding of the
//! run has all three, the entry is reported with its file and line.
//!
//! # Why it matters
//!
//! An acceptance without its finding may hide a new fault later.
//!
//! # Basis
//!
//! The acceptance file is this tool's own: an acceptance is a decision about one finding, with who, when and why.
//!
//! # Example that fires
//!
//! None: it speaks of the acceptance file, not of the report.
//!
//! # Example that passes
//!
//! ```text
//! 2021年某某局部门预算报告
//! 一、收支总体情况
//! 2021年部门预算收入500万元。
//! ```
//!
//! # How to put it right
//!
//! Delete the entry; or, when the sentence was changed and the finding is still there, accept it anew.
//!
//! # Limits and tolerated cases
//!
//! With several reports in one run an entry needs to fit a finding of any of them.
//!
//! ---
//! 认可记录里的一条，已经对不上任何问题。
//!
//! # 发现什么
//!
//! `--accept` 文件的每一条写明规则、关系和原文的散列。本次检查没有一个问题与三者都相符时，报出该条的文件和行号。
//!
//! # 为什么要紧
//!
//! 对不上的认可记录留着，日后可能遮住新的问题。
//!
//! # 依据
//!
//! 认可文件是本工具自己的约定：一条认可是对一个问题的决定，写明何人、何时、何因。
//!
//! # 会报的例子
//!
//! 没有：它说的是认可文件，不是报告。
//!
//! # 不报的例子
//!
//! ```text
//! 2021年某某局部门预算报告
//! 一、收支总体情况
//! 2021年部门预算收入500万元。
//! ```
//!
//! # 怎样改
//!
//! 删去这一条；如果只是改了原文而问题还在，就重新认可。
//!
//! # 界限与容许
//!
//! 一次检查多份报告时，对得上其中任何一份的问题即可。

use crate::context::Context;
use crate::phrase::wording;
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Wording};

pub(crate) static RULE: Rule = Rule {
    code: "FRM901",
    name: "stale-acceptance",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[],
    find,
    say,
    source: include_str!("stale_acceptance.rs"),
};

/// The executable reads the acceptance file and reports its stale entries itself.
fn find(_context: &Context, _checks: &mut Vec<Check>) {}

fn say(_check: &Check, lang: Lang) -> Wording {
    wording(lang, Default::default(), Default::default())
}
