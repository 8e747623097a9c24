//! Two lines that account for the same money under different codes differ.
//!
//! # What it finds
//!
//! Some expenditure has a function code and an economic code that mean the same thing: contributions to pensions and to
//! the housing fund, the running of vehicles, reception, travel abroad. The pairs are rows of data with their basis; a
//! form may add pairs of its own, such as procurement of goods against office equipment.
//!
//! # Why it matters
//!
//! When 2210201 and 30113 differ, one of the two tables puts money on the wrong code, and a comparison over years or
//! offices goes wrong with it.
//!
//! # Basis
//!
//! - Classification of government revenue and expenditure (政府收支分类科目) of the year of the report, which defines
//!   both codes of each pair [to be verified].
//! - 财预〔2016〕143号 of 2016-10-27, for the three public expenses: overseas travel, vehicles (bought, run), reception.
//! - Two single figures agree exactly; against n parts that are not zero the bound is ⌊n/2⌋ units of the last digit.
//!   Figures of different precision are compared as roundings of one amount.
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
//! | 合计 | 136
//! 221 | 住房保障支出 | 136
//! 22102 | 住房改革支出 | 136
//! 2210201 | 住房公积金 | 136
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计
//! | 合计 | 136
//! 301 | 工资福利支出 | 136
//! 30113 | 住房公积金 | 124
//! 30199 | 其他工资福利支出 | 12
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
//! | 合计 | 136
//! 221 | 住房保障支出 | 136
//! 22102 | 住房改革支出 | 136
//! 2210201 | 住房公积金 | 136
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计
//! | 合计 | 136
//! 301 | 工资福利支出 | 136
//! 30113 | 住房公积金 | 136
//! 30199 | 其他工资福利支出 | 0
//! ```
//!
//! # How to put it right
//!
//! Check on which code each amount was booked. If the difference is real, for instance pensions paid under two functions,
//! say so in the text.
//!
//! # Limits and tolerated cases
//!
//! - A row that a table does not print counts as zero when the table is there; a table that is not there leaves the pair
//!   not checked.
//! - Pairs on trial, and pairs that the form of the place does not declare, are shown at level info.
//! - Of a ceiling, each side must print a row: where a side prints none, the pair is not checked.
//! - A pair may be a ceiling (at most) or a rounding (to the precision of the other side) where its data say so.
//!
//! ---
//! 不同科目核算的同一笔钱，两边的数不一致。
//!
//! # 发现什么
//!
//! 有些支出在功能科目和经济科目两边各有一个编码，说的是同一件事：养老保险和职业年金缴费、住房公积金、公务用车
//! 运行维护、公务接待、因公出国（境）。哪些科目成对，写在数据里并注明依据；地方格式可以另加，例如政府采购货物
//! 与办公设备购置。
//!
//! # 为什么要紧
//!
//! 2210201 与 30113 对不上，说明两张表中有一张把钱归错了科目，跨年、跨单位的比较也会跟着出错。
//!
//! # 依据
//!
//! - 报告当年的《政府收支分类科目》：成对的两个科目在其中各有说明 [待核]。
//! - 财预〔2016〕143号（2016-10-27）：“三公”经费分因公出国（境）、公务用车购置及运行、公务接待列示。
//! - 两边各只有一个数的，必须相等；一边是 n 个不为零的数之和的，差额最多为末位 ⌊n/2⌋ 个单位；小数位数不同的，看是否可能是同一个数。
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
//! | 合计 | 136
//! 221 | 住房保障支出 | 136
//! 22102 | 住房改革支出 | 136
//! 2210201 | 住房公积金 | 136
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计
//! | 合计 | 136
//! 301 | 工资福利支出 | 136
//! 30113 | 住房公积金 | 124
//! 30199 | 其他工资福利支出 | 12
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
//! | 合计 | 136
//! 221 | 住房保障支出 | 136
//! 22102 | 住房改革支出 | 136
//! 2210201 | 住房公积金 | 136
//!
//! 表六
//! 一般公共预算支出表（按经济科目）
//! 部门：某市科技局
//! 单位：万元
//!
//! 科目编码 | 科目名称 | 总计
//! | 合计 | 136
//! 301 | 工资福利支出 | 136
//! 30113 | 住房公积金 | 136
//! 30199 | 其他工资福利支出 | 0
//! ```
//!
//! # 怎样改
//!
//! 核对两边各归入哪个科目。确有差额的（例如退休费分列在几个功能科目），在说明里写明。
//!
//! # 界限与容许
//!
//! - 表在而没有这一行的，按零算；没有这张表的，不检查。
//! - 上限关系的每一边至少要印有一行：一边一行也没有的，不检查。
//! - 试行的对应关系，以及当地格式没有声明的对应关系，列为提示。
//! - 数据里注明“不超过”或“四舍五入后相等”的，按所注明的办法比较。

use crate::context::{Context, claim_term, fact_term, sum_check, unchecked};
use crate::phrase::{difference, figures, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{
    Check, Code, Coordinates, Facets, Lang, Level, Measure, Nature, Printed, Reason, Role, Term, Wording,
};
use gouji_understand::{ClaimKind, DataRelation, TableKind, Test};

pub(crate) static RULE: Rule = Rule {
    code: "SUM104",
    name: "mismatched-tie",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[],
    find,
    say,
    source: include_str!("mismatched_tie.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for relation in &context.statement.relations {
        checks.push(test(context, relation));
    }
}

/// The operands of one side, or the reason why they cannot be had.
fn side(context: &Context, terms: &[(TableKind, Facets)], role: Role) -> Result<Vec<Term>, Reason> {
    let mut found = Vec::new();
    for (kind, facets) in terms {
        let at = place(context, *kind, facets);
        if context.statement.table(*kind).is_none() {
            found.push(prose(context, &at, role).ok_or_else(|| Reason::NoTable(kind.name().into()))?);
            continue;
        }
        if !prints_frame(context, *kind, &at) {
            return Err(Reason::NoFigure(kind.name().into()));
        }
        let fact = context.fact_in(*kind, &at);
        if fact.is_none() && *kind == TableKind::ThreePublic {
            // Rows may be left out where there is nothing; a column that is not there says nothing.
            return Err(Reason::NoFigure(kind.name().into()));
        }
        found.extend(fact.map(|fact| fact_term(context, role, fact)));
    }
    Ok(found)
}

/// A quantity that only the prose states.
fn prose(context: &Context, at: &Coordinates, role: Role) -> Option<Term> {
    let of_amount = |kind: &ClaimKind| matches!(kind, ClaimKind::Amount(_));
    let mut claims = context.statement.claims.iter();
    claims
        .find(|claim| of_amount(&claim.kind) && claim.at.as_ref() == Some(at))
        .map(|claim| claim_term(context, role, claim))
}

/// The full coordinates of an operand: those of the table's figures with the facets set.
fn place(context: &Context, kind: TableKind, facets: &Facets) -> Coordinates {
    let shared = match kind {
        TableKind::ThreePublic => context.whole(Measure::ThreePublic),
        TableKind::Procurement => context.whole(Measure::Procurement),
        TableKind::OperatingCost => context.whole(Measure::OperatingCost),
        TableKind::Economic | TableKind::General => {
            Coordinates { book: gouji_model::Book::General, ..context.whole(Measure::Expenditure) }
        }
        _ => context.whole(Measure::Expenditure),
    };
    shared.with(facets)
}

/// The table prints figures of this frame down to codes of this depth: then an absent row is zero.
fn prints_frame(context: &Context, kind: TableKind, at: &Coordinates) -> bool {
    context.statement.facts.iter().any(|fact| {
        let deep = |own: Code, other: Code| own.is_all() || own.len() <= other.len();
        context.kind_of(fact) == kind
            && (fact.at.year, fact.at.nature, fact.at.measure, fact.at.phase)
                == (at.year, at.nature, at.measure, at.phase)
            && deep(at.function, fact.at.function)
            && deep(at.economic, fact.at.economic)
    })
}

fn test(context: &Context, relation: &DataRelation) -> Check {
    let level = if relation.declared { relation.level } else { Level::Info };
    let left = side(context, &relation.left, Role::Total);
    let sides = left.clone().and_then(|left| side(context, &relation.right, Role::Other).map(|right| (left, right)));
    match (sides, left) {
        // Nothing is at most anything: a side of which no row is printed proves nothing.
        (Ok((left, right)), _) if relation.test == Test::AtMost && (left.is_empty() || right.is_empty()) => {
            let missing = if left.is_empty() { &relation.left } else { &relation.right };
            let kind = missing.first().map_or("", |(kind, _)| kind.name());
            unchecked(&relation.key, level, Reason::NoFigure(kind.into()), [left, right].concat())
        }
        (Ok((left, right)), _) => compare(context, relation, level, left, right),
        (Err(_), Ok(left)) if relation.test == Test::Equal => basic_part(context, relation, level, left),
        (Err(reason), _) => unchecked(&relation.key, level, reason, Vec::new()),
    }
}

/// Where the economic table prints basic expenditure only: that part cannot exceed the whole.
fn basic_part(context: &Context, relation: &DataRelation, level: Level, left: Vec<Term>) -> Check {
    let narrowed = |(kind, facets): &(TableKind, Facets)| {
        (*kind, Facets { nature: facets.nature.or((*kind == TableKind::Economic).then_some(Nature::Basic)), ..*facets })
    };
    let terms: Vec<_> = relation.right.iter().map(narrowed).collect();
    let right = match side(context, &terms, Role::Other) {
        Ok(right) => right,
        Err(reason) => return unchecked(&relation.key, level, reason, Vec::new()),
    };
    let mut check = compare(context, relation, level, left.clone(), right.clone());
    let sum = |terms: &[Term]| terms.iter().filter_map(|term| term.figure).map(|figure| figure.atoms()).sum::<i128>();
    if matches!(check.outcome, gouji_model::Outcome::Broken { .. }) && sum(&right) < sum(&left) {
        let reason = Reason::Ambiguous("表中只有基本支出 the table prints basic expenditure only".into());
        return unchecked(&relation.key, level, reason, check.terms);
    }
    // A part that happens to be as large as the whole says no more than that it is not larger.
    if let Some(mode) = check.words.first_mut() {
        *mode = "basic".into();
    }
    check
}

fn compare(context: &Context, relation: &DataRelation, level: Level, left: Vec<Term>, right: Vec<Term>) -> Check {
    let Some(unit) = left.iter().chain(&right).find_map(|term| term.figure) else {
        return crate::context::plain_check(&relation.key, level, true, Vec::new());
    };
    let figures = |terms: &[Term]| -> Vec<Printed> {
        let counted =
            terms.iter().filter(|term| !term.figure.is_some_and(|figure| figure.is_zero()) || is_listed(context, term));
        counted.filter_map(|term| term.figure).collect()
    };
    let (left_figures, right_figures) = (figures(&left), figures(&right));
    let (whole, parts) = match left_figures.split_first() {
        Some((first, rest)) => {
            let moved = rest.iter().map(Printed::negated).chain(right_figures);
            (*first, moved.collect::<Vec<_>>())
        }
        None => (unit.zero(), right_figures),
    };
    let sum = whole.test_sum(parts);
    let mut terms = left;
    terms.extend(right);
    let mut check = sum_check(relation.key.clone(), level, &sum, terms);
    let at_most = relation.test == Test::AtMost && sum.difference.digits() >= 0;
    let rounded =
        relation.test == Test::Rounded && sum.possible && left_figures.len() == 1 && rounds_to(whole, &check.terms);
    if at_most || rounded {
        check.outcome = gouji_model::Outcome::Holds;
    } else if relation.test == Test::Rounded && !sum.possible {
        // 货物 may hold more than office equipment: only agreement says something.
        let reason = Reason::Ambiguous("左右口径可能不同 the scopes may differ".into());
        check.outcome = gouji_model::Outcome::NotChecked(reason);
    }
    check.expected = None;
    let mode = if relation.test == Test::AtMost { "at-most".into() } else { String::new() };
    check.words = vec![mode, row_names(&relation.left), row_names(&relation.right)];
    check
}

/// A nought in a row that is there for an item of its own may be a rounded something.
fn is_listed(context: &Context, term: &Term) -> bool {
    let own = |cell| context.statement.facts.iter().any(|fact| fact.cell == cell && fact.listed);
    term.cell.is_some_and(own)
}

/// What a side is called when the report prints no row of it.
fn row_names(terms: &[(TableKind, Facets)]) -> String {
    let code = |facets: &Facets| [facets.function, facets.economic, facets.item].into_iter().flatten().next();
    let name = |(kind, facets): &(TableKind, Facets)| match code(facets) {
        Some(code) => format!("{} {code}", kind.name()),
        None => kind.name().into(),
    };
    terms.iter().map(name).collect::<Vec<_>>().join("、")
}

/// The left figure, rounded to the precision of the right one, is the right one.
fn rounds_to(left: Printed, terms: &[Term]) -> bool {
    let right = terms.iter().find(|term| term.role == Role::Other).and_then(|term| term.figure);
    right.is_some_and(|right| right.decimals() < left.decimals() && right.meets(&left))
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (left, right) = (figures(check, Role::Total, " + "), figures(check, Role::Other, " + "));
    let named =
        |role, at| Some(label(check, role)).filter(|label| !label.is_empty()).unwrap_or_else(|| word(check, at).into());
    let (names, others): (String, String) = (named(Role::Total, 1), named(Role::Other, 2));
    let gap = difference(check);
    if word(check, 0) == "at-most" {
        return wording(
            lang,
            [
                format!("{names}（{left}）超过了{others}等（{right}），超出 {gap}"),
                "部分不能大于它所属的支出".into(),
                "核对两边的口径，改正有误的一处或写明原因".into(),
            ],
            [
                format!("{names} ({left}) exceeds {others} and its kin ({right}) by {gap}"),
                "a part cannot exceed the expenditure it belongs to".into(),
                "compare the scope of both and correct the one that is wrong, or state the reason".into(),
            ],
        );
    }
    if word(check, 0) == "basic" {
        return wording(
            lang,
            [
                format!("{others}（基本支出 {right}）大于{names}（全部 {left}），多出 {gap}"),
                "基本支出只是全部的一部分，不能更大".into(),
                "核对两张表，改正有误的一处".into(),
            ],
            [
                format!("{others} (basic expenditure {right}) exceeds {names} (all of it, {left}) by {gap}"),
                "the basic part cannot exceed the whole".into(),
                "compare both tables and correct the one that is wrong".into(),
            ],
        );
    }
    wording(
        lang,
        [
            format!("{names}（{left}）与{others}（{right}）应是同一笔钱，相差 {gap}"),
            "两个科目核算的是同一笔支出，报告没有说明差额".into(),
            "核对两边的科目归集；确有差额的，在说明中写明原因".into(),
        ],
        [
            format!("{names} ({left}) and {others} ({right}) account for the same money and differ by {gap}"),
            "both codes account for one expenditure, and the report does not explain the difference".into(),
            "check how the amounts were assigned; if the difference is real, explain it in the text".into(),
        ],
    )
}
