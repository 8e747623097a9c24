//! The last part of a code has one digit where two belong, so that it can be read as another code.
//!
//! # What it finds
//!
//! - A row whose 款 or 项 column holds `2` among `01`, `03` and `08`: the code could be 3012 or 30102.
//! - Where the catalogue knows the name beside it, the code is read by that name, and the finding says so.
//!
//! # Why it matters
//!
//! A sheet that took the code for a number dropped its zero. A reader, or a program, then adds up the wrong rows.
//!
//! # Basis
//!
//! - 政府收支分类科目 of the Ministry of Finance [to be verified]: 类 has three digits, 款 and 项 have two more each.
//! - 财预〔2016〕143号 of 2016-10-27: what a department publishes must be exact.
//!
//! # Example that fires
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一般公共预算基本支出表（按经济科目）
//! 部门：某市档案局
//! 单位：万元
//!
//! 科目编码 | 科目编码 | 科目名称 | 2024年预算数
//! | | 合计 | 90
//! 301 | | 工资福利支出 | 90
//! 301 | 01 | 基本工资 | 50
//! 301 | 2 | 津贴补贴 | 40
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一般公共预算基本支出表（按经济科目）
//! 部门：某市档案局
//! 单位：万元
//!
//! 科目编码 | 科目编码 | 科目名称 | 2024年预算数
//! | | 合计 | 90
//! 301 | | 工资福利支出 | 90
//! 301 | 01 | 基本工资 | 50
//! 301 | 02 | 津贴补贴 | 40
//! ```
//!
//! # How to put it right
//!
//! Give the column of codes the format of text, and write the code with its zero.
//!
//! # Limits and tolerated cases
//!
//! - Only tables with codes in several columns are looked at, where other rows print two digits. A table that prints
//!   all its parts with one digit has a manner of its own and is not checked.
//! - No figures are compared. A code that stays unknown counts as a part of its class.
//!
//! ---
//! 科目编码末段应为两位，只印了一位，可以读成别的科目。
//!
//! # 发现什么
//!
//! - 款或项一栏在“01”“03”“08”之间印着“2”：编码可以读作 3012，也可以读作 30102。
//! - 旁边的名称在科目目录里有的，按名称确定编码，并在问题里写明。
//!
//! # 为什么要紧
//!
//! 电子表格把编码当成数字，丢了前面的 0。读者或程序会因此加错行。
//!
//! # 依据
//!
//! - 财政部《政府收支分类科目》[待核]：类三位，款、项各加两位。
//! - 财预〔2016〕143号（2016-10-27）：公开的内容应当准确。
//!
//! # 会报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一般公共预算基本支出表（按经济科目）
//! 部门：某市档案局
//! 单位：万元
//!
//! 科目编码 | 科目编码 | 科目名称 | 2024年预算数
//! | | 合计 | 90
//! 301 | | 工资福利支出 | 90
//! 301 | 01 | 基本工资 | 50
//! 301 | 2 | 津贴补贴 | 40
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2024年某市档案局部门预算
//!
//! 一般公共预算基本支出表（按经济科目）
//! 部门：某市档案局
//! 单位：万元
//!
//! 科目编码 | 科目编码 | 科目名称 | 2024年预算数
//! | | 合计 | 90
//! 301 | | 工资福利支出 | 90
//! 301 | 01 | 基本工资 | 50
//! 301 | 02 | 津贴补贴 | 40
//! ```
//!
//! # 怎样改
//!
//! 把编码一栏设为文本格式，补上 0。
//!
//! # 界限与容许
//!
//! - 只看编码分列多栏的表，而且其他行印的是两位。整张表都印一位的，是另一种写法，不检查。
//! - 本规则不比较金额。仍然不能确定的编码，算作所在类的一部分。

use crate::context::{Context, plain_check, unchecked};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Reason, Role, Term, Wording};
use gouji_understand::{RowView, TableView};

pub(crate) static RULE: Rule = Rule {
    code: "CLS106",
    name: "unreadable-code",
    dimension: Dimension::Clarity,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("codes.digits", "expenditure")],
    find,
    say,
    source: include_str!("unreadable_code.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for table in &context.statement.tables {
        let whole = |row: &&RowView| row.short_code.is_none() && row.code.is_some_and(|code| code.len() >= 5);
        let neighbours = table.rows.iter().filter(whole).count();
        let mut short = table.rows.iter().filter(|row| row.short_code.is_some()).peekable();
        match (neighbours, short.peek()) {
            (0, None) => {}
            (0, Some(row)) => {
                let how = "全表的款、项都印一位 all parts are printed with one digit";
                let reason = Reason::Ambiguous(how.into());
                checks.push(unchecked("codes.digits", Level::Warning, reason, vec![term(table, row)]));
            }
            (_, None) => checks.push(plain_check("codes.digits", Level::Warning, true, Vec::new())),
            _ => short.for_each(|row| checks.push(broken(table, row))),
        }
    }
}

/// Words: as printed, the one reading, the other, the name, and whether the name decides.
fn broken(table: &TableView, row: &RowView) -> Check {
    let printed = row.short_code.as_deref().unwrap_or_default();
    let decided = row.code.is_some_and(|code| code.as_str() != printed);
    let mut check = plain_check("codes.digits", Level::Warning, false, vec![term(table, row)]);
    check.words = vec![printed.into(), printed.replace(' ', ""), printed.replace(' ', "0"), row.label.clone()];
    check.words.extend(decided.then(|| "decided".into()));
    check
}

fn term(table: &TableView, row: &RowView) -> Term {
    let label = format!("{} {}", table.name(), row.title());
    Term { role: Role::Claim, label, figure: None, span: Some(row.span()), cell: None }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let [printed, one, other, name] = [0, 1, 2, 3].map(|at| word(check, at));
    let why = match word(check, 4) {
        "decided" => [
            format!("款、项应为两位；按名称“{name}”读作 {other}"),
            format!("each part has two digits; by its name “{name}” it is read as {other}"),
        ],
        _ => [
            "款、项应为两位；名称对不上科目目录，编码存疑".into(),
            "each part has two digits; its name does not decide, so the code stays unknown".into(),
        ],
    };
    let [why_zh, why_en] = why;
    wording(
        lang,
        [
            format!("科目编码印作“{printed}”，可读作 {one} 或 {other}（{name}）"),
            why_zh,
            format!("补上 0，印作 {other}，或改正编码"),
        ],
        [
            format!("the code is printed “{printed}”: {one} or {other} ({name})"),
            why_en,
            format!("print {other} with its zero, or correct the code"),
        ],
    )
}
