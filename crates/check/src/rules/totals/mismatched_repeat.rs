//! Two tables print one fact with different figures.
//!
//! # What it finds
//!
//! A class, a total, a source of money that stands in several tables: the summary against the detailed table, the table
//! by function against the table by economic codes, revenue of a code against its expenditure when nothing is carried
//! over, the three budgets against the whole. A class with money that the detailed table does not list is reported too.
//!
//! # Why it matters
//!
//! Readers take a figure from the table they happen to open. Two printings make two budgets, and nobody outside the
//! office can tell which of them was approved.
//!
//! # Basis
//!
//! - Budget Law of the People's Republic of China, as amended in 2018, art. 14 [to be verified]: the budget as approved is
//!   what is published, so there is one figure for one fact.
//! - 财预〔2016〕143号 of 2016-10-27: three summary tables and five tables of appropriations show the same money.
//! - Two printings agree exactly. If one of them is the exact sum of n printed parts, the other may be the rounded true
//!   sum and differ by at most ⌊n/2⌋ units of the last digit.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表五
//! 一般公共预算支出表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 合计
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计
//! | 合计 | 890
//! 302 | 商品和服务支出 | 890
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表五
//! 一般公共预算支出表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 合计
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计
//! | 合计 | 900
//! 302 | 商品和服务支出 | 900
//! ```
//!
//! # How to put it right
//!
//! Compare both places with the books and correct the one that is wrong. A class that is missing below is added there, or
//! its amount above is taken out.
//!
//! # Limits and tolerated cases
//!
//! - Revenue and expenditure of a code are compared only when nothing is carried in or out and no unit fund is used.
//! - The whole equals the sum of the three budgets only when all money is appropriated; otherwise it is not checked.
//! - Lists of projects and of procurement have rules of their own: SUM106 and SUM104.
//!
//! ---
//! 同一个数在两张表里印得不一样。
//!
//! # 发现什么
//!
//! 同一类级科目、同一合计、同一资金来源印在几张表里的，两两核对：总表与明细表，按功能科目的表与按经济科目的表；
//! 没有结转时，同一科目的收入与支出；三本预算之和与全部支出。总表有金额而明细表没有这一科目的，也报。
//!
//! # 为什么要紧
//!
//! 读者翻到哪张表就用哪张表的数。一个数印成两样，等于有两份预算，外人无从知道批复的是哪一份。
//!
//! # 依据
//!
//! - 《预算法》（2018 年修正）第十四条 [待核]：公开的是经批复的预算，一个事项只有一个数。
//! - 财预〔2016〕143号（2016-10-27）：三张收支总体表与五张财政拨款表反映的是同一笔资金。
//! - 两处必须完全一致。其中一处恰为 n 个所印分项之和的，另一处可以是真实合计的四舍五入，差额最多为末位 ⌊n/2⌋ 个单位。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表五
//! 一般公共预算支出表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 合计
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计
//! | 合计 | 890
//! 302 | 商品和服务支出 | 890
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 表五
//! 一般公共预算支出表（按功能科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 合计
//! | 合计 | 900
//! 206 | 科学技术支出 | 900
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计
//! | 合计 | 900
//! 302 | 商品和服务支出 | 900
//! ```
//!
//! # 怎样改
//!
//! 用账上的数核对两处，改正有误的一处。明细表漏列科目的，补列，或者去掉总表里的金额。
//!
//! # 界限与容许
//!
//! - 同一科目的收入与支出，只在没有结转、没有动用事业基金时比较。
//! - 三本预算之和等于全部支出，只在资金全部来自财政拨款时成立，否则不检查。
//! - 项目清单和采购清单另有规则，见 SUM106、SUM104。

use crate::context::{Context, counted, fact_term, plain_check, sum_check, sum_terms, title_term, unchecked};
use crate::phrase::{difference, figure, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{
    Book, Check, Coordinates, Fact, Lang, Level, Measure, Nature, Outcome, Reason, Role, Stream, Wording,
};
use gouji_understand::TableKind;

pub(crate) static RULE: Rule = Rule {
    code: "SUM103",
    name: "mismatched-repeat",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[
        ("same.balance.revenue", "revenue"),
        ("same.balance.expenditure", "expenditure"),
        ("same.balance.appropriation", "appropriation"),
        ("same.general.economic", "economic"),
        ("same.revenue.expenditure[function]", "revenue"),
        ("books.expenditure", "expenditure"),
    ],
    find,
    say,
    source: include_str!("mismatched_repeat.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    printed_twice(context, checks);
    both_sides(context, checks);
    absent_is_zero(context, checks);
    books_add_up(context, checks);
}

/// Facts that stand in two tables with the same coordinates, or with coordinates that mean
/// the same in this report.
fn printed_twice(context: &Context, checks: &mut Vec<Check>) {
    for fact in &context.statement.facts {
        let kind = context.kind_of(fact);
        if is_list(kind) || !context.speaks(fact) {
            continue;
        }
        for other in context.equivalents(&fact.at) {
            let other_kind = context.kind_of(other);
            if other.cell.table > fact.cell.table && !is_list(other_kind) && other_kind != kind {
                checks.push(compare(context, fact, other, pair_key(kind, other_kind, &fact.at)));
            }
        }
    }
}

fn is_list(kind: TableKind) -> bool {
    matches!(kind, TableKind::Projects | TableKind::KeyProjects | TableKind::Procurement | TableKind::Construction)
}

fn pair_key(left: TableKind, right: TableKind, at: &Coordinates) -> String {
    let axis = if !at.function.is_all() {
        "function"
    } else if !at.economic.is_all() {
        "economic"
    } else if at.nature != Nature::All {
        "nature"
    } else if at.book != Book::All && at.measure == Measure::Revenue || !matches!(at.stream, Stream::All | Stream::Year)
    {
        "source"
    } else {
        "total"
    };
    format!("same.{}.{}[{axis}]", left.word(), right.word())
}

/// Two printings of one fact agree exactly, unless one of them is the sum of its printed
/// parts and the other can be the rounded true sum.
fn compare(context: &Context, left: &Fact, right: &Fact, key: String) -> Check {
    let test = left.figure.test_sum([right.figure]);
    let terms = sum_terms(context, test.exact, left, &[right], Role::Other);
    if !test.possible {
        for (sum, other) in [(left, right), (right, left)] {
            let parts = parts_below(context, sum);
            let total = sum.figure.test_sum(parts.iter().copied());
            let against = other.figure.test_sum(parts.iter().copied());
            if parts.len() >= 2 && total.exact && against.possible {
                let outcome = Outcome::Rounding {
                    addends: against.addends,
                    bound: against.bound,
                    difference: against.difference,
                };
                return Check { key, outcome, level: Level::Error, terms, expected: None, words: Vec::new() };
            }
        }
    }
    sum_check(key, Level::Error, &test, terms)
}

/// The printed leaves below a fact in its own column.
fn parts_below(context: &Context, whole: &Fact) -> Vec<gouji_model::Printed> {
    let column: Vec<&Fact> = context
        .statement
        .facts_of(whole.cell.table)
        .filter(|fact| fact.cell.column == whole.cell.column && fact.at.part_along(&whole.at).is_some())
        .collect();
    let is_leaf = |fact: &&Fact| !column.iter().any(|other| other.at.within(&fact.at) && other.at != fact.at);
    counted(column.iter().copied().filter(is_leaf))
}

/// 收入总表 by function and 支出总表: with nothing carried over, each code spends what it receives.
fn both_sides(context: &Context, checks: &mut Vec<Check>) {
    for fact in &context.statement.facts {
        let total = fact.at.measure == Measure::Revenue && fact.at.stream == Stream::All && fact.at.book == Book::All;
        if !total || context.kind_of(fact) != TableKind::Revenue || !context.speaks(fact) {
            continue;
        }
        let spent = Coordinates { measure: Measure::Expenditure, stream: Stream::Year, ..fact.at.clone() };
        let Some(other) = context.fact_in(TableKind::Expenditure, &spent) else { continue };
        let key = "same.revenue.expenditure[function]".to_string();
        if context.no_carry {
            checks.push(compare(context, fact, other, key));
        } else {
            checks.push(unchecked(key, Level::Error, Reason::Ambiguous("结转 carry-over".into()), Vec::new()));
        }
    }
    fund_sides(context, checks);
}

/// 政府性基金: what the book receives is what its table spends.
fn fund_sides(context: &Context, checks: &mut Vec<Check>) {
    for (kind, book) in [(TableKind::Funds, Book::Funds), (TableKind::StateCapital, Book::StateCapital)] {
        let spent = Coordinates { book, ..context.whole(Measure::Expenditure) };
        let Some(fact) = context.fact_in(kind, &spent) else { continue };
        for source in [TableKind::Balance, TableKind::Appropriation] {
            let received = Coordinates { measure: Measure::Revenue, ..spent.clone() };
            let Some(other) = context.fact_in(source, &received) else { continue };
            let key = format!("same.{}.{}[total]", source.word(), kind.word());
            if context.no_carry {
                checks.push(compare(context, other, fact, key));
            } else {
                checks.push(unchecked(key, Level::Error, Reason::Ambiguous("结转 carry-over".into()), Vec::new()));
            }
        }
    }
}

/// A class that the summary prints and the detailed table does not have must be zero there.
fn absent_is_zero(context: &Context, checks: &mut Vec<Check>) {
    let pairs = [(TableKind::Balance, TableKind::Expenditure), (TableKind::Appropriation, TableKind::General)];
    for (summary, detail) in pairs {
        let detailed =
            context.statement.table(detail).is_some_and(|(_, table)| table.rows.iter().any(|row| row.code.is_some()));
        if !detailed || detail == TableKind::General && !context.only_general {
            continue;
        }
        for fact in context.statement.facts.iter().filter(|fact| context.kind_of(fact) == summary) {
            let class = fact.at.measure == Measure::Expenditure
                && fact.at.function.len() == 3
                && fact.at.year == context.year();
            let found = context.equivalents(&fact.at).iter().any(|other| context.kind_of(other) == detail);
            if class && !found {
                let mut terms = vec![fact_term(context, Role::Total, fact)];
                terms.extend(title_term(context, detail));
                let mut check =
                    plain_check(pair_key(summary, detail, &fact.at), Level::Error, fact.figure.is_zero(), terms);
                check.expected = Some("0".into());
                check.words = vec![detail.name().into(), detail.word().into()];
                checks.push(check);
            }
        }
    }
}

/// 支出总表 = 一般公共预算 + 政府性基金 + 国有资本经营, line by line, when all money is appropriated.
fn books_add_up(context: &Context, checks: &mut Vec<Check>) {
    let books = [
        (TableKind::General, Book::General),
        (TableKind::Funds, Book::Funds),
        (TableKind::StateCapital, Book::StateCapital),
    ];
    let present: Vec<_> = books.into_iter().filter(|(kind, _)| context.statement.table(*kind).is_some()).collect();
    let Some((number, _)) = context.statement.table(TableKind::Expenditure) else { return };
    if present.first().is_none_or(|(kind, _)| *kind != TableKind::General) {
        return;
    }
    for whole in context.statement.facts_of(number).filter(|fact| fact.at.book == Book::All) {
        let parts = present
            .iter()
            .filter_map(|(kind, book)| context.fact_in(*kind, &Coordinates { book: *book, ..whole.at.clone() }));
        let parts: Vec<&Fact> = parts.collect();
        let key = "books.expenditure".to_string();
        if !(context.only_appropriation && context.no_carry) {
            checks.push(unchecked(
                key,
                Level::Error,
                Reason::Ambiguous("非财政拨款或结转 other sources".into()),
                Vec::new(),
            ));
            return;
        }
        // A table that does not divide by nature says nothing about its parts.
        let divided = |kind: TableKind| {
            let facts = context.statement.table(kind).map(|(number, _)| context.statement.facts_of(number));
            facts.into_iter().flatten().any(|fact| fact.at.nature == whole.at.nature)
        };
        if parts.is_empty() && !present.iter().any(|(kind, _)| divided(*kind)) {
            let reason = Reason::NoFigure(TableKind::General.name().into());
            checks.push(unchecked(key, Level::Error, reason, Vec::new()));
            continue;
        }
        let test = whole.figure.test_sum(counted(parts.iter().copied()));
        let mut terms = sum_terms(context, test.exact, whole, &parts, Role::Other);
        if parts.is_empty() && !test.exact {
            terms.extend(title_term(context, TableKind::General));
        }
        let mut check = sum_check(key, Level::Error, &test, terms);
        if parts.is_empty() {
            check.words = vec![TableKind::General.name().into(), TableKind::General.word().into()];
        }
        checks.push(check);
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (left, right) = (label(check, Role::Total), label(check, Role::Other));
    let (first, second) = (figure(check, Role::Total), figure(check, Role::Other));
    if !check.words.is_empty() {
        let table = crate::phrase::word(check, if lang == Lang::Zh { 0 } else { 1 });
        return wording(
            lang,
            [
                format!("{left} 印作 {first}，而{table}没有这一科目"),
                "明细表没有列的科目，总表应当是 0".into(),
                "在明细表补列这一科目，或把总表的数改为 0".into(),
            ],
            [
                format!("{left} is printed as {first}, but the table `{table}` has no such code"),
                "a code that the detailed table does not list is zero".into(),
                "add the code to the detailed table, or print 0 in the summary".into(),
            ],
        );
    }
    let gap = difference(check);
    wording(
        lang,
        [
            format!("{left} 是 {first}，{right} 是 {second}，相差 {gap}"),
            "两处说的是同一个数，印出来必须一致".into(),
            "核对账上的数，改正有误的一处".into(),
        ],
        [
            format!("{left} says {first}, {right} says {second}: a difference of {gap}"),
            "both places state the same fact and must agree".into(),
            "compare both with the books and correct the one that is wrong".into(),
        ],
    )
}
