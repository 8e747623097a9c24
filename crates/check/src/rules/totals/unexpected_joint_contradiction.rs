//! Sums that are each within rounding, and cannot all be true at once.
//!
//! # What it finds
//!
//! A set of sums, repeats and ties of one report. Each of them alone is explained by rounding. Together they ask for a
//! figure that none of the printed ones can stand for. The set is as small as can be: without any one of its relations the
//! others could be true.
//!
//! # Why it matters
//!
//! Rounding errors are small and go both ways. A report in which they would all have to go one way, and further than they
//! can, was not rounded from one set of books: a figure was changed in one place only, or a table comes from other data.
//!
//! # Basis
//!
//! - Budget Law of the People's Republic of China, as amended in 2018, art. 14 [to be verified]: the budget as approved is
//!   what is published, so there is one set of figures behind all tables.
//! - A printed figure stands for [v − u/2, v + u/2), u being one unit of its last digit; a negative one mirrors it.
//! - A total that is the exact sum of its printed parts may be as far from the truth as all its parts together.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 35
//! 206 | 科学技术支出 | 15
//! 20601 | 科学技术管理事务 | 7
//! 2060101 | 行政运行 | 3
//! 2060102 | 一般行政管理事务 | 3
//! 20607 | 科学技术普及 | 7
//! 2060702 | 科普活动 | 3
//! 2060799 | 其他科学技术普及支出 | 3
//! 208 | 社会保障和就业支出 | 20
//! 20805 | 行政事业单位离退休 | 20
//! 2080501 | 归口管理的行政单位离退休 | 10
//! 2080505 | 机关事业单位基本养老保险缴费支出 | 10
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 34
//! 206 | 科学技术支出 | 14
//! 20601 | 科学技术管理事务 | 7
//! 2060101 | 行政运行 | 3
//! 2060102 | 一般行政管理事务 | 3
//! 20607 | 科学技术普及 | 7
//! 2060702 | 科普活动 | 3
//! 2060799 | 其他科学技术普及支出 | 3
//! 208 | 社会保障和就业支出 | 20
//! 20805 | 行政事业单位离退休 | 20
//! 2080501 | 归口管理的行政单位离退休 | 10
//! 2080505 | 机关事业单位基本养老保险缴费支出 | 10
//! ```
//!
//! # How to put it right
//!
//! Compare the named figures with the books in one go. Most often a subtotal was typed over, or taken from another version
//! of the table.
//!
//! # Limits and tolerated cases
//!
//! - Relations that are broken alone are left out: they are reported by their own rules.
//! - Totals may be the rounded true sum or the sum of the printed parts: neither is a contradiction.
//! - A report with more than 10,000 amounts, 4,000 figures or 3,000 relations that hang together is not checked.
//! - At most five sets are shown.
//!
//! ---
//! 每一处加总都在四舍五入范围之内，合起来却不能同时成立。
//!
//! # 发现什么
//!
//! 报告里的一组加总、重复和勾稽关系。单看每一个，差额都可以用四舍五入解释；合在一起，就要求一个印出来的数不可能代表的值。
//! 这一组已经缩到最小：去掉其中任何一个，其余的都可以同时成立。
//!
//! # 为什么要紧
//!
//! 四舍五入的误差很小，有正有负。如果全部误差必须偏向一边、而且超出可能的范围，这些表就不是从同一套账上舍入来的：
//! 要么只改了一处，要么有一张表取自别的数据。
//!
//! # 依据
//!
//! - 《预算法》（2018 年修正）第十四条 [待核]：公开的是经批复的预算，各表背后是同一套数。
//! - 印出来的数 v 代表区间 [v − u/2, v + u/2)，u 是末位的一个单位；负数取镜像。
//! - 合计恰为所印分项之和的，它离真实合计的距离可以是各分项误差之和。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 35
//! 206 | 科学技术支出 | 15
//! 20601 | 科学技术管理事务 | 7
//! 2060101 | 行政运行 | 3
//! 2060102 | 一般行政管理事务 | 3
//! 20607 | 科学技术普及 | 7
//! 2060702 | 科普活动 | 3
//! 2060799 | 其他科学技术普及支出 | 3
//! 208 | 社会保障和就业支出 | 20
//! 20805 | 行政事业单位离退休 | 20
//! 2080501 | 归口管理的行政单位离退休 | 10
//! 2080505 | 机关事业单位基本养老保险缴费支出 | 10
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表三
//! 部门支出总表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 支出合计
//! | 合计 | 34
//! 206 | 科学技术支出 | 14
//! 20601 | 科学技术管理事务 | 7
//! 2060101 | 行政运行 | 3
//! 2060102 | 一般行政管理事务 | 3
//! 20607 | 科学技术普及 | 7
//! 2060702 | 科普活动 | 3
//! 2060799 | 其他科学技术普及支出 | 3
//! 208 | 社会保障和就业支出 | 20
//! 20805 | 行政事业单位离退休 | 20
//! 2080501 | 归口管理的行政单位离退休 | 10
//! 2080505 | 机关事业单位基本养老保险缴费支出 | 10
//! ```
//!
//! # 怎样改
//!
//! 把列出的几个数一起与账核对。常见的原因是小计被单独改过，或者取自另一版的表。
//!
//! # 界限与容许
//!
//! - 单独就不成立的关系不参加，由各自的规则报。
//! - 合计可以是真实合计的四舍五入，也可以是所印分项之和，两种都不算矛盾。
//! - 金额超过 10000 个，或者连在一起的数超过 4000 个、关系超过 3000 个的，不检查。
//! - 最多列出五组。

use crate::context::Context;
use crate::phrase::{short, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Wording};

pub(crate) static RULE: Rule = Rule {
    code: "SUM108",
    name: "unexpected-joint-contradiction",
    dimension: Dimension::Consistency,
    stage: Stage::Preview { since: "0.1.0" },
    duties: &[],
    find,
    say,
    source: include_str!("unexpected_joint_contradiction.rs"),
};

/// The joint test needs what all other rules have found: the engine runs it after them.
fn find(_context: &Context, _checks: &mut Vec<Check>) {}

fn say(check: &Check, lang: Lang) -> Wording {
    let count = word(check, 0);
    // After the count stand a key and a sum for each relation.
    let pairs: Vec<(&str, &str)> =
        check.words[1..].chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
    let keys = listed(pairs.iter().map(|(key, _)| *key), "、", 4, 76);
    let sums = listed(pairs.iter().map(|(_, sum)| *sum), "；", 5, 110);
    wording(
        lang,
        [
            format!("这 {count} 个关系各自都在四舍五入范围内，合起来却不能同时成立：{keys}"),
            format!("{sums}。没有一组真实的数能舍入成这些数"),
            "把这几个数一起与账核对，找出单独改过的一个".into(),
        ],
        [
            format!("these {count} relations are each within rounding and cannot all be true: {keys}"),
            format!("{sums}; no true figures round to all of these"),
            "compare these figures with the books in one go and find the one that was changed alone".into(),
        ],
    )
}

/// The first of some words, as many as fit, and how many more there are.
fn listed<'a>(words: impl Iterator<Item = &'a str>, joint: &str, most: usize, room: usize) -> String {
    let words: Vec<String> = words.map(short).collect();
    let mut shown = String::new();
    for (at, word) in words.iter().enumerate() {
        let longer = shown.chars().count() + word.chars().count() + joint.chars().count();
        if at == most || at > 0 && longer > room {
            return format!("{shown}{joint}… (+{})", words.len() - at);
        }
        if at > 0 {
            shown.push_str(joint);
        }
        shown.push_str(word);
    }
    shown
}
