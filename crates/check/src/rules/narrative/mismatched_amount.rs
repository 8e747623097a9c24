//! A sentence states an amount that the tables print otherwise.
//!
//! # What it finds
//!
//! An amount of the prose whose subject is known is looked up in the tables: income, expenditure,
//! 三公, procurement, operating cost. It fires when the two printings cannot be roundings of one
//! value, when a category of procurement that no table lists has money, and when two sentences
//! count the same staff or vehicles differently.
//!
//! # Why it matters
//!
//! Readers quote the sentence and auditors add up the table. Two values of one fact make both
//! worthless.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): what is published is exact in content. 预算法 (as amended 2018) art. 14:
//! budgets are published and explained [to be verified].
//!
//! # Example that fires
//!
//! ```text
//! 2022年松岭县财政局部门预算
//! 四、“三公”经费说明
//! （二）公务接待费。2022年预算数4.50万元。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | “三公”经费合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置和运行维护费
//! 2021年 | 9.50 | 0.00 | 6.50 | 3.00
//! 2022年 | 7.00 | 0.00 | 4.00 | 3.00
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2022年松岭县财政局部门预算
//! 四、“三公”经费说明
//! （二）公务接待费。2022年预算数4.00万元。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | “三公”经费合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置和运行维护费
//! 2021年 | 9.50 | 0.00 | 6.50 | 3.00
//! 2022年 | 7.00 | 0.00 | 4.00 | 3.00
//! ```
//!
//! # How to put it right
//!
//! Ask the books which figure is right, correct the other, and look for the same figure further on.
//!
//! # Limits and tolerated cases
//!
//! 35 against 35.10 is rounding and holds. A figure in 元 is compared with a table in 万元 by value. A
//! figure whose subject cannot be made out, or that belongs to another year, is not checked.
//!
//! ---
//! 文字里的金额与表里印的不一致。
//!
//! # 发现什么
//!
//! 文字里说得清对象的金额，逐一与表对照：收入、支出、“三公”、采购、机关运行经费。
//! 两个印数不可能是同一个数四舍五入而来的，就报；采购表没有列的类却写了金额，或者前后两句写的人数、车辆数不同，
//! 也报。
//!
//! # 为什么要紧
//!
//! 读者引用文字，审计汇总表格；一个数有两个写法，两处都不可信。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：公开的内容应当准确。
//! 《预算法》（2018年修正）第十四条：预算应当公开并作说明[待核]。
//!
//! # 会报的例子
//!
//! ```text
//! 2022年松岭县财政局部门预算
//! 四、“三公”经费说明
//! （二）公务接待费。2022年预算数4.50万元。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | “三公”经费合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置和运行维护费
//! 2021年 | 9.50 | 0.00 | 6.50 | 3.00
//! 2022年 | 7.00 | 0.00 | 4.00 | 3.00
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2022年松岭县财政局部门预算
//! 四、“三公”经费说明
//! （二）公务接待费。2022年预算数4.00万元。
//! 表七
//! “三公”经费支出预算表
//! 单位：万元
//! 年度 | “三公”经费合计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置和运行维护费
//! 2021年 | 9.50 | 0.00 | 6.50 | 3.00
//! 2022年 | 7.00 | 0.00 | 4.00 | 3.00
//! ```
//!
//! # 怎样改
//!
//! 以账上的数为准改正另一处，并查看后文有没有同一个数。
//!
//! # 界限与容许
//!
//! 35 与 35.10 属于四舍五入，不报。文字用元、表用万元，按金额比较。看不出对象的数、
//! 说的是别的年度的数，只记“未检查”。

use crate::context::{Context, claim_figure, claim_term, fact_term, plain_check, sum_check, title_term, unchecked};
use crate::narrative::claim_tag;
use crate::phrase::{difference, figure, label, term, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Book, Check, Coordinates, Fact, Lang, Level, Measure, Printed, Reason, Role, Wording};
use gouji_understand::{Claim, ClaimKind, ColumnRole, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "NAR101",
    name: "mismatched-amount",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("narrative.amount[revenue]", "text"), ("narrative.amount[expenditure]", "text")],
    find,
    say,
    source: include_str!("mismatched_amount.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let claims = &context.statement.claims;
    for (index, claim) in claims.iter().enumerate() {
        let Some(printed) = claim_figure(claim) else { continue };
        let is_money = matches!(claim.kind, ClaimKind::Amount(_));
        match &claim.at {
            None if is_money => checks.push(unchecked(
                "narrative.amount[unknown]",
                Level::Error,
                Reason::UnknownSubject,
                vec![claim_term(context, Role::Claim, claim)],
            )),
            None => {}
            Some(at) => {
                let facts = context.meant(at);
                if is_money {
                    checks.extend(stated_before(context, index, claim, printed));
                }
                if !facts.is_empty() && is_money {
                    checks.push(against_tables(context, claim, printed, &facts));
                } else if let Some(blank) = blank_table(context, at).filter(|_| is_money && !printed.is_zero()) {
                    let key = format!("narrative.amount[{}]", claim_tag(at));
                    let terms = vec![claim_term(context, Role::Claim, claim), blank];
                    let mut check = plain_check(key, Level::Error, false, terms);
                    check.words = vec!["blank".into()];
                    checks.push(check);
                } else if is_money && is_absent_category(context, at) {
                    let key = format!("narrative.amount[{}]", claim_tag(at));
                    let mut check = plain_check(
                        key,
                        Level::Error,
                        printed.is_zero(),
                        vec![claim_term(context, Role::Claim, claim)],
                    );
                    check.expected = Some("0".into());
                    checks.push(check);
                } else {
                    elsewhere(context, index, claim, printed, is_money, checks);
                }
            }
        }
    }
}

/// The paragraph of one 项 states its amount twice: in the heading and in the sentence.
fn stated_before(context: &Context, index: usize, claim: &Claim, printed: Printed) -> Option<Check> {
    let at = claim.at.as_ref().filter(|at| at.function.len() == 7 && !claim.partial)?;
    let paragraph = |claim: &Claim| context.statement.sentences[claim.sentence].paragraph;
    let before = context.statement.claims[..index].iter().rev().find(|other| {
        let states = matches!(other.kind, ClaimKind::Amount(_)) && !other.partial;
        states && other.at.as_ref() == Some(at) && paragraph(other) == paragraph(claim)
    })?;
    let figure = claim_figure(before)?;
    let test = printed.test_sum([figure]);
    let terms = vec![claim_term(context, Role::Claim, claim), claim_term(context, Role::Other, before)];
    Some(sum_check(format!("narrative.repeat[{}]", claim_tag(at)), Level::Error, &test, terms))
}

/// The table that would print the figure when it is there and all its amounts are blank.
fn blank_table(context: &Context, at: &Coordinates) -> Option<gouji_model::Term> {
    let kind = match (at.measure, at.book) {
        (Measure::ThreePublic, _) => TableKind::ThreePublic,
        (Measure::Procurement, _) => TableKind::Procurement,
        (Measure::Expenditure, Book::Funds) => TableKind::Funds,
        (Measure::Expenditure, Book::StateCapital) => TableKind::StateCapital,
        _ => return None,
    };
    let this_year = at.year == context.year();
    let (number, table) = context.statement.table(kind)?;
    let amounts = table.columns.iter().any(|column| column.role == ColumnRole::Amount);
    let digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let any = context.statement.facts_of(number).next().is_some()
        || table.rows.iter().any(|row| row.cells.iter().any(|(text, _)| digit(text)));
    let only = context.statement.tables.iter().filter(|table| table.kind == kind).count() == 1;
    (this_year && amounts && !any && only).then(|| title_term(context, kind)).flatten()
}

/// The nearest printing in the tables: another rule compares the tables with each other.
fn against_tables(context: &Context, claim: &Claim, printed: Printed, facts: &[&Fact]) -> Check {
    let key = format!("narrative.amount[{}]", claim.at.as_ref().map(claim_tag).unwrap_or_default());
    let same_precision = |fact: &&&Fact| fact.figure.meets(&printed);
    let nearest =
        facts.iter().find(|fact| fact.figure.atoms() == printed.atoms()).or_else(|| facts.iter().find(same_precision));
    let fact = nearest.unwrap_or(&facts[0]);
    let test = printed.test_sum([fact.figure]);
    let mut check = sum_check(
        key,
        Level::Error,
        &test,
        vec![claim_term(context, Role::Claim, claim), fact_term(context, Role::Other, fact)],
    );
    check.expected = Some(fact.figure.to_string());
    if is_cut_off(printed, fact.figure) {
        // Digits cut off instead of rounded: a matter of manner, not of truth.
        check.level = Level::Info;
    }
    check
}

/// 78.21万元 for 782,164元: the finer figure without its last digits.
fn is_cut_off(printed: Printed, finer: Printed) -> bool {
    let rest = finer.atoms() - printed.atoms();
    finer.tick() < printed.tick() && rest * 2 >= printed.tick() && rest < printed.tick()
}

/// 货物, 工程 or 服务 that the table of procurement does not list: it is zero there.
fn is_absent_category(context: &Context, at: &Coordinates) -> bool {
    let listed = |item: &str| {
        context
            .statement
            .facts
            .iter()
            .any(|fact| fact.at.measure == Measure::Procurement && fact.at.item.as_str() == item)
    };
    at.measure == Measure::Procurement
        && at.year == context.year()
        && at.item.len() == 1
        && ["A", "B", "C"].into_iter().any(listed)
}

/// A number of persons or vehicles stated in another section; an amount that no table prints
/// stays unchecked, because two sentences may mean it of different bodies.
fn elsewhere(
    context: &Context,
    index: usize,
    claim: &Claim,
    printed: Printed,
    is_money: bool,
    checks: &mut Vec<Check>,
) {
    let at = claim.at.as_ref().expect("the caller has seen the subject");
    if is_money {
        let before = context.in_prior(at);
        if !before.is_empty() {
            checks.push(against_tables(context, claim, printed, &before));
            return;
        }
        let reason = if at.year < context.year() { Reason::NeedsPriorYear } else { Reason::NoFigure(claim_tag(at)) };
        let key = format!("narrative.amount[{}]", claim_tag(at));
        checks.push(unchecked(key, Level::Error, reason, vec![claim_term(context, Role::Claim, claim)]));
        return;
    }
    if matches!(at.measure, Measure::Projects | Measure::Units) {
        return;
    }
    let mut others = context.statement.claims[..index].iter().rev().filter(|other| other.at.as_ref() == Some(at));
    if let Some((other, before)) = others.find_map(|other| Some((other, claim_figure(other)?))) {
        let test = printed.test_sum([before]);
        let terms = vec![claim_term(context, Role::Claim, claim), claim_term(context, Role::Other, other)];
        checks.push(sum_check(format!("narrative.repeat[{}]", claim_tag(at)), Level::Error, &test, terms));
    } else if matches!(at.measure, Measure::Contract | Measure::Equipment) {
        let reason = Reason::NeedsBooks("人事和资产台账 registers of staff and assets".into());
        let key = format!("narrative.count[{}]", claim_tag(at));
        checks.push(unchecked(key, Level::Error, reason, vec![claim_term(context, Role::Claim, claim)]));
    }
}

/// An amount that was computed, in the unit of the figure it was computed for.
pub(super) fn in_unit_of(check: &Check, role: Role, amount: &str) -> String {
    let unit = term(check, role).and_then(|term| term.figure).map_or("", |figure| figure.unit().word());
    if unit.is_empty() || unit == "%" { format!("{amount}{unit}") } else { format!("{amount} {unit}") }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, stated) = (label(check, Role::Claim), figure(check, Role::Claim));
    let (place, printed) = (label(check, Role::Other), figure(check, Role::Other));
    let gap = in_unit_of(check, Role::Claim, &difference(check));
    if crate::phrase::word(check, 0) == "blank" {
        return wording(
            lang,
            [
                format!("“{said}”写作 {stated}，而{place}是空表"),
                "文字有金额，表里就应当印出这个金额".into(),
                "补齐表里的金额，或改正文字".into(),
            ],
            [
                format!("“{said}” is stated as {stated}, but {place} is blank"),
                "an amount that the text states must stand in its table".into(),
                "fill in the table, or correct the sentence".into(),
            ],
        );
    }
    if place.is_empty() {
        return wording(
            lang,
            [
                format!("“{said}”写作 {stated}，而表里没有列这一类"),
                "表里没有列的类应当是 0".into(),
                "在表里补列，或改正文字".into(),
            ],
            [
                format!("“{said}” is stated as {stated}, but the table does not list this category"),
                "a category that the table does not list is zero".into(),
                "add it to the table, or correct the sentence".into(),
            ],
        );
    }
    if term(check, Role::Other).is_some_and(|other| other.cell.is_none()) {
        return wording(
            lang,
            [
                format!("“{said}”前后写了两个数：前面是 {printed}，这里是 {stated}，相差 {gap}"),
                "两处说的是同一个数，印出来必须一致".into(),
                "以账上的数为准，改正有误的一处".into(),
            ],
            [
                format!("“{said}” is {printed} in an earlier sentence and {stated} here: a difference of {gap}"),
                "both sentences state the same fact and must agree".into(),
                "correct the one that is wrong after the books".into(),
            ],
        );
    }
    wording(
        lang,
        [
            format!("“{said}”写作 {stated}，而{place}是 {printed}，相差 {gap}"),
            "两处说的是同一个数，印出来必须一致".into(),
            "以账上的数为准，改正文字或表格".into(),
        ],
        [
            format!("“{said}” is stated as {stated}, but {place} says {printed}: a difference of {gap}"),
            "both places state the same fact and must agree".into(),
            "correct the sentence or the table after the books".into(),
        ],
    )
}
