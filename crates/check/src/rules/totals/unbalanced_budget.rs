//! Total revenue and total expenditure of a statement differ.
//!
//! ---
//! 收入总计与支出总计不相等。

use crate::context::{Context, fact_term, sum_check};
use crate::phrase::{difference, figure, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Coordinates, Lang, Level, Measure, Nature, Role, Stream, Wording};
use gouji_understand::TableKind;

pub(crate) static RULE: Rule = Rule {
    code: "SUM102",
    name: "unbalanced-budget",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("balance.equal", "balance"), ("appropriation.equal", "appropriation")],
    find,
    say,
    source: include_str!("unbalanced_budget.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for kind in [TableKind::Balance, TableKind::Appropriation] {
        let Some((number, _)) = context.statement.table(kind) else { continue };
        let whole = |at: &Coordinates, measure| {
            at.measure == measure && at.stream == Stream::All && at.function.is_all() && at.nature == Nature::All
        };
        for revenue in context.statement.facts_of(number).filter(|fact| whole(&fact.at, Measure::Revenue)) {
            let other_side = Coordinates { measure: Measure::Expenditure, ..revenue.at.clone() };
            let Some(expenditure) = context.fact_in(kind, &other_side) else { continue };
            let test = revenue.figure.test_sum([expenditure.figure]);
            let terms = vec![fact_term(context, Role::Total, revenue), fact_term(context, Role::Other, expenditure)];
            checks.push(sum_check(format!("{}.equal", kind.word()), Level::Error, &test, terms));
        }
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (revenue, expenditure) = (figure(check, Role::Total), figure(check, Role::Other));
    let gap = difference(check);
    wording(
        lang,
        [
            format!("收入总计 {revenue} 与支出总计 {expenditure} 不相等，相差 {gap}"),
            "收入总计与支出总计是同一笔钱的来源和去向，必须相等".into(),
            "核对两边的各项和结转，改正有误的一个".into(),
        ],
        [
            format!("total revenue {revenue} and total expenditure {expenditure} differ by {gap}"),
            "they are the sources and the uses of the same money and must be equal".into(),
            "compare the items and the carry-over of both sides and correct the one that is wrong".into(),
        ],
    )
}
