//! A listed use of the operating cost has no money in the column it cites, or no such name.
//!
//! # What it finds
//!
//! The uses listed for 机关运行经费 are looked up among the rows of 302 商品和服务支出. It fires when a use is 0
//! in basic expenditure, or when its name is nearly that of a row.
//!
//! # Why it matters
//!
//! The drafter who copies every row of the table tells of costs that are paid as projects, or not
//! at all.
//!
//! # Basis
//!
//! 预算法 (as amended 2018) art. 14: the arrangement and use of 机关运行经费 is explained [to be verified].
//!
//! # Example that fires
//!
//! ```text
//! 2022年兴隆县法院部门预算
//! 六、机关运行经费
//! 机关运行经费预算30万元，主要用于办公费、物业管理费、工会经费等支出。
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 40 | 30 | 10
//! 302 | 商品和服务支出 | 40 | 30 | 10
//! 30201 | 办公费 | 14 | 14 | 0
//! 30209 | 物业管理费 | 10 | 0 | 10
//! 30228 | 工会经费 | 8 | 8 | 0
//! 30229 | 福利费 | 8 | 8 | 0
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2022年兴隆县法院部门预算
//! 六、机关运行经费
//! 机关运行经费预算30万元，主要用于办公费、工会经费、福利费等支出。
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 40 | 30 | 10
//! 302 | 商品和服务支出 | 40 | 30 | 10
//! 30201 | 办公费 | 14 | 14 | 0
//! 30209 | 物业管理费 | 10 | 0 | 10
//! 30228 | 工会经费 | 8 | 8 | 0
//! 30229 | 福利费 | 8 | 8 | 0
//! ```
//!
//! # How to put it right
//!
//! List only the uses that have money in basic expenditure, under the names of the table.
//!
//! # Limits and tolerated cases
//!
//! A warning. Uses in general words, and lists of fewer than three names, are not looked up. A
//! table without a column of basic expenditure counts as having money in every row.
//!
//! ---
//! 机关运行经费列举的用途，在所引的栏里没有金额，或者没有这个科目名称。
//!
//! # 发现什么
//!
//! 机关运行经费列举的用途，逐个在 302 商品和服务支出的各行里查找。基本支出栏是 0 的，
//! 或者名称只是相近的，就报。
//!
//! # 为什么要紧
//!
//! 把表里的行全抄下来，就会写进由项目支出负担、甚至没有安排的费用。
//!
//! # 依据
//!
//! 《预算法》（2018年修正）第十四条：应当说明机关运行经费的安排、使用情况[待核]。
//!
//! # 会报的例子
//!
//! ```text
//! 2022年兴隆县法院部门预算
//! 六、机关运行经费
//! 机关运行经费预算30万元，主要用于办公费、物业管理费、工会经费等支出。
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 40 | 30 | 10
//! 302 | 商品和服务支出 | 40 | 30 | 10
//! 30201 | 办公费 | 14 | 14 | 0
//! 30209 | 物业管理费 | 10 | 0 | 10
//! 30228 | 工会经费 | 8 | 8 | 0
//! 30229 | 福利费 | 8 | 8 | 0
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2022年兴隆县法院部门预算
//! 六、机关运行经费
//! 机关运行经费预算30万元，主要用于办公费、工会经费、福利费等支出。
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 单位：万元
//! 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
//! | 合计 | 40 | 30 | 10
//! 302 | 商品和服务支出 | 40 | 30 | 10
//! 30201 | 办公费 | 14 | 14 | 0
//! 30209 | 物业管理费 | 10 | 0 | 10
//! 30228 | 工会经费 | 8 | 8 | 0
//! 30229 | 福利费 | 8 | 8 | 0
//! ```
//!
//! # 怎样改
//!
//! 只列基本支出里有金额的用途，名称照表写。
//!
//! # 界限与容许
//!
//! 只作警告。笼统的说法、不足三个名称的列举，不查。表里没有基本支出栏的，视为各行都有金额。

use crate::context::{Context, plain_check};
use crate::phrase::{word, wording};
use crate::rule::{Dimension, Rule, Stage};
use crate::similar::nearest;
use gouji_model::{Book, Check, Coordinates, Lang, Level, Measure, Nature, Role, Span, Term, Wording};
use gouji_understand::{ClaimKind, RowView, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "NAR113",
    name: "unexpected-item",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[
        ("operating-cost.items", "economic"),
        ("basic.items[personnel]", "economic"),
        ("basic.items[public-use]", "economic"),
    ],
    find,
    say,
    source: include_str!("unexpected_item.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    basic_items(context, checks);
    let Some((_, table)) = context.statement.table(TableKind::Economic) else { return };
    let items: Vec<&RowView> =
        table.rows.iter().filter(|row| row.code.is_some_and(|code| code.as_str().starts_with("302"))).collect();
    for claim in &context.statement.claims {
        let ClaimKind::Names(names) = &claim.kind else { continue };
        if claim.at.as_ref().is_none_or(|at| at.measure != Measure::OperatingCost) || items.is_empty() {
            continue;
        }
        let mut idle: Vec<&(String, Span)> = Vec::new();
        for name in names {
            let row = items.iter().find(|row| row.label == name.0);
            match row {
                Some(row) if !has_money(context, row) => idle.push(name),
                Some(_) => checks.push(plain_check("operating-cost.items", Level::Warning, true, Vec::new())),
                None => checks.extend(misnamed(name, &items)),
            }
        }
        if let Some(first) = idle.first() {
            // Names that stand side by side make one quotation.
            let end = run_end(names, &idle);
            let mut terms = vec![term(Role::Claim, &idle_names(&idle), first.1.to(end))];
            terms.extend(
                idle.iter().filter(|name| name.1.start > end.end).map(|name| term(Role::Claim, &name.0, name.1)),
            );
            terms.extend(
                items
                    .iter()
                    .filter(|row| idle.iter().any(|name| name.0 == row.label))
                    .map(|row| term(Role::Other, &row.title(), row.span())),
            );
            let mut check = plain_check("operating-cost.items", Level::Warning, false, terms);
            check.words = vec![idle_names(&idle), String::new()];
            checks.push(check);
        }
    }
}

/// 人员经费 and 公用经费 of the basic expenditure: items named in the sentence that the table leaves blank.
fn basic_items(context: &Context, checks: &mut Vec<Check>) {
    let Some((number, table)) = context.statement.table(TableKind::Economic) else { return };
    let money = |row: &RowView| {
        let here = |cell: gouji_model::Cell| cell.row == row.row && row.columns.contains(&usize::from(cell.column));
        context.statement.facts_of(number).any(|fact| here(fact.cell) && !fact.figure.is_zero())
    };
    for claim in &context.statement.claims {
        let (ClaimKind::Names(names), Some(at)) = (&claim.kind, &claim.at) else { continue };
        let (word, classes): (&str, &[&str]) = match at.nature {
            Nature::Personnel => ("personnel", &["301", "303"]),
            Nature::PublicUse => ("public-use", &["302", "307", "309", "310", "312", "399"]),
            _ => continue,
        };
        let of_class =
            |row: &&RowView| row.code.is_some_and(|c| classes.iter().any(|class| c.as_str().starts_with(class)));
        let rows: Vec<&RowView> = table.rows.iter().filter(of_class).collect();
        // A table that prints no amount at all has its own finding.
        if !rows.iter().any(|row| money(row)) || at.measure != Measure::Expenditure {
            continue;
        }
        let blank = |name: &&(String, Span)| {
            let mut found = rows.iter().filter(|row| row.label == name.0).peekable();
            found.peek().is_some() && found.all(|row| !money(row))
        };
        let idle: Vec<&(String, Span)> = names.iter().filter(blank).collect();
        let key = format!("basic.items[{word}]");
        let Some(first) = idle.first() else {
            checks.push(plain_check(key, Level::Warning, true, Vec::new()));
            continue;
        };
        let mut terms = vec![term(Role::Claim, &idle_names(&idle), first.1.to(run_end(names, &idle)))];
        let labelled = rows.iter().filter(|row| idle.iter().any(|name| name.0 == row.label));
        terms.extend(labelled.map(|row| term(Role::Other, &row.title(), row.span())));
        let mut check = plain_check(key, Level::Warning, false, terms);
        check.words = vec![idle_names(&idle), String::new(), word.into()];
        checks.push(check);
    }
}

/// The basic column prints money for the item; an item without that column counts as having some.
fn has_money(context: &Context, row: &RowView) -> bool {
    let at = Coordinates {
        book: Book::General,
        nature: Nature::Basic,
        economic: row.code.unwrap_or_default(),
        ..context.whole(Measure::Expenditure)
    };
    context.fact_in(TableKind::Economic, &at).is_none_or(|fact| !fact.figure.is_zero())
}

/// The end of the run of idle names that starts with the first one.
fn run_end(names: &[(String, Span)], idle: &[&(String, Span)]) -> Span {
    let first = names.iter().position(|name| name == idle[0]).unwrap_or(0);
    let run = names[first..].iter().take_while(|name| idle.contains(name));
    run.last().map_or(idle[0].1, |name| name.1)
}

fn idle_names(idle: &[&(String, Span)]) -> String {
    idle.iter().map(|name| name.0.as_str()).collect::<Vec<_>>().join("、")
}

fn misnamed(name: &(String, Span), items: &[&RowView]) -> Option<Check> {
    let labels = items.iter().map(|row| row.label.as_str());
    let like =
        nearest(&name.0, labels, 75).filter(|like| like.chars().count().abs_diff(name.0.chars().count()) <= 2)?;
    let row = items.iter().find(|row| row.label == like)?;
    let terms = vec![term(Role::Claim, &name.0, name.1), term(Role::Other, &row.title(), row.span())];
    let mut check = plain_check("operating-cost.items", Level::Warning, false, terms);
    check.words = vec![name.0.clone(), like.into()];
    Some(check)
}

fn term(role: Role, label: &str, span: Span) -> Term {
    Term { role, label: label.into(), figure: None, span: Some(span), cell: None }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, like) = (word(check, 0), word(check, 1));
    if !like.is_empty() {
        return wording(
            lang,
            [format!("“{said}”应为“{like}”"), "经济科目里没有这个名称".into(), format!("改为“{like}”")],
            [
                format!("“{said}” should read “{like}”"),
                "there is no economic item of that name".into(),
                format!("write “{like}”"),
            ],
        );
    }
    if !word(check, 2).is_empty() {
        return wording(
            lang,
            [
                format!("列举的{said}在经济科目表里没有金额"),
                "文字列举的应当是表里有金额的科目".into(),
                "只列举有金额的科目，并补上漏列的".into(),
            ],
            [
                format!("the listed items {said} have no amount in the table by economic codes"),
                "a sentence lists the items that have money in the table".into(),
                "list only items that have money, and add those left out".into(),
            ],
        );
    }
    wording(
        lang,
        [
            format!("列举的{said}在基本支出栏里是 0"),
            "机关运行经费取自基本支出的商品和服务支出，这些用途不在其中".into(),
            "只列举有金额的用途".into(),
        ],
        [
            format!("the listed uses {said} are 0 in the column of basic expenditure"),
            "the operating cost is the goods and services of basic expenditure; these uses are not in it".into(),
            "list only uses that have money".into(),
        ],
    )
}
