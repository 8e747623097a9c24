//! A stated amount of change is not the difference of the two years, or the changes of the
//! parts do not add up to that of the whole.
//!
//! ---
//! 文字里的增减额不是两年之差，或者各部分的增减额加起来不等于总的增减额。

use crate::context::{Context, claim_term, fact_term, sum_check, unchecked};
use crate::narrative::{Movement, claim_tag, movements};
use crate::phrase::{difference, expected, figure, figures, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{
    Book, Check, Code, Coordinates, Lang, Level, Measure, Nature, Outcome, Printed, Reason, Role, Wording,
};
use gouji_understand::TableKind;

pub(crate) static RULE: Rule = Rule {
    code: "NAR105",
    name: "mismatched-change",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[
        ("narrative.change", "text"),
        ("narrative.change.total", "text"),
        ("narrative.change.classes", "text"),
        ("narrative.base.classes", "text"),
        ("narrative.change.items", "text"),
    ],
    find,
    say,
    source: include_str!("mismatched_change.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    let movements = movements(context);
    for movement in &movements {
        checks.push(against_table(context, movement));
    }
    both_sides(context, &movements, checks);
    classes(context, &movements, checks);
    items(context, &movements, checks);
}

/// The difference of the two years that the tables print.
fn against_table(context: &Context, movement: &Movement) -> Check {
    let at = movement.at();
    let key = format!("narrative.change[{}]", claim_tag(at));
    let terms = vec![claim_term(context, Role::Claim, movement.change)];
    let now = context.equivalents(at);
    let before = context.equivalents(&Coordinates { year: at.year - 1, ..at.clone() });
    let (Some(now), Some(before)) = (now.first(), before.first()) else {
        return unchecked(key, Level::Error, Reason::NeedsPriorYear, terms);
    };
    let rise = now.figure.atoms() - before.figure.atoms();
    // The word is another rule's matter: here only how much.
    let parts = if rise < 0 { [before.figure, now.figure.negated()] } else { [now.figure, before.figure.negated()] };
    let test = movement.amount.test_sum(parts.into_iter().filter(|figure| !figure.is_zero()));
    let mut terms = terms;
    terms.extend([fact_term(context, Role::Base, before), fact_term(context, Role::Other, now)]);
    sum_check(key, Level::Error, &test, terms)
}

/// Revenue and expenditure are equal in both years, so they change by the same amount.
fn both_sides(context: &Context, movements: &[Movement], checks: &mut Vec<Check>) {
    let of = |measure| movements.iter().find(|movement| movement.is_whole() && movement.at().measure == measure);
    let (Some(revenue), Some(expenditure)) = (of(Measure::Revenue), of(Measure::Expenditure)) else { return };
    if !context.no_carry {
        return;
    }
    let test = expenditure.amount.test_sum([revenue.amount]);
    let terms =
        vec![claim_term(context, Role::Claim, expenditure.change), claim_term(context, Role::Other, revenue.change)];
    checks.push(sum_check("narrative.change.total".into(), Level::Error, &test, terms));
}

/// The changes of the classes add up to that of the whole, and so do the bases they imply.
fn classes(context: &Context, movements: &[Movement], checks: &mut Vec<Check>) {
    let of_class = |movement: &&Movement| movement.at().function.len() == 3 && movement.at().nature == Nature::All;
    let classes: Vec<&Movement> = movements.iter().filter(of_class).collect();
    let Some(first) = classes.first() else { return };
    let frame = Coordinates { function: Code::ALL, ..first.at().clone() };
    let listed = |code: Code| classes.iter().any(|movement| movement.at().function == code);
    let complete = context.statement.facts.iter().all(|fact| {
        let in_frame = Coordinates { function: Code::ALL, ..fact.at.clone() } == frame && fact.at.function.len() == 3;
        !in_frame || fact.figure.is_zero() || listed(fact.at.function)
    });
    let means_whole =
        |at: &Coordinates| *at == frame || context.only_general && frame.book == Book::General && is_total(at);
    let wholes: Vec<&Movement> = movements.iter().filter(|movement| means_whole(movement.at())).collect();
    if !complete || wholes.is_empty() || classes.len() < 2 {
        return;
    }
    let parts: Vec<Printed> =
        classes.iter().map(|movement| signed(movement)).filter(|figure| !figure.is_zero()).collect();
    let tests: Vec<_> = wholes.iter().map(|whole| (whole, signed(whole).test_sum(parts.iter().copied()))).collect();
    let Some((whole, test)) = tests.iter().find(|(_, test)| test.possible).or(tests.first()) else { return };
    let mut terms = vec![claim_term(context, Role::Claim, whole.change)];
    terms.extend(classes.iter().map(|movement| claim_term(context, Role::Part, movement.change)));
    let mut check = sum_check("narrative.change.classes".into(), Level::Error, test, terms.clone());
    check.words = vec!["parts".into()];
    checks.push(check);
    bases(context, whole, &classes, checks);
}

/// Last year's amounts that the sentences imply.
fn bases(context: &Context, whole: &Movement, classes: &[&Movement], checks: &mut Vec<Check>) {
    let base = |movement: &Movement| movement.now.map(|(_, now)| now.like(now.atoms() - movement.signed()));
    let (Some(total), Some(parts)) = (base(whole), classes.iter().map(|m| base(m)).collect::<Option<Vec<_>>>()) else {
        return;
    };
    let test = total.test_sum(parts.into_iter().filter(|figure| !figure.is_zero()));
    let mut terms = vec![claim_term(context, Role::Claim, whole.change)];
    terms.extend(
        classes.iter().filter_map(|movement| movement.now).map(|(now, _)| claim_term(context, Role::Part, now)),
    );
    let mut check = sum_check("narrative.base.classes".into(), Level::Error, &test, terms);
    check.words = vec!["bases".into(), total.to_string()];
    checks.push(check);
}

fn is_total(at: &Coordinates) -> bool {
    crate::narrative::is_whole(at)
}

fn signed(movement: &Movement) -> Printed {
    if movement.direction.sign() < 0 { movement.amount.negated() } else { movement.amount }
}

/// 三公: the stated change of the whole against the changes of the items in the table.
fn items(context: &Context, movements: &[Movement], checks: &mut Vec<Check>) {
    let whole = context.whole(Measure::ThreePublic);
    let Some(movement) = movements.iter().find(|movement| *movement.at() == whole) else { return };
    let mut parts = Vec::new();
    let mut terms = vec![claim_term(context, Role::Claim, movement.change)];
    for item in ["overseas", "reception", "vehicles"] {
        let at = Coordinates { item: Code::new(item).unwrap_or(Code::ALL), ..whole.clone() };
        let before = Coordinates { year: at.year - 1, ..at.clone() };
        let (Some(now), Some(before)) =
            (context.fact_in(TableKind::ThreePublic, &at), context.fact_in(TableKind::ThreePublic, &before))
        else {
            return;
        };
        parts.push(now.figure.like(now.figure.atoms() - before.figure.atoms()));
        terms.extend([fact_term(context, Role::Part, now), fact_term(context, Role::Base, before)]);
    }
    let test = signed(movement).test_sum(parts.into_iter().filter(|figure| !figure.is_zero()));
    let mut check = sum_check("narrative.change.items".into(), Level::Error, &test, terms);
    check.words = vec!["items".into()];
    checks.push(check);
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, printed, right) = (label(check, Role::Claim), figure(check, Role::Claim), expected(check));
    let gap = difference(check);
    let (why_zh, why_en) = match word(check, 0) {
        "parts" => (format!("各类增减之和是 {right}"), format!("the changes of the classes add up to {right}")),
        "bases" => (
            format!("由各类推出的上年数之和是 {right}，由总数推出的是 {}", word(check, 1)),
            format!("last year's amounts implied by the classes add up to {right}, by the total {}", word(check, 1)),
        ),
        "items" => {
            (format!("表中各项增减之和是 {right}"), format!("the changes of the items in the table add up to {right}"))
        }
        _ => {
            let (before, now) = (figures(check, Role::Base, ""), figures(check, Role::Other, ""));
            (
                format!("对照 {before} 与 {now}，差额是 {right}"),
                format!("between {before} and {now} the difference is {right}"),
            )
        }
    };
    let _ = matches!(check.outcome, Outcome::Holds);
    wording(
        lang,
        [format!("“{said}”说变动 {printed}，与其他数字相差 {gap}"), why_zh, "核对两年的数，改正有误的一个".into()],
        [
            format!("“{said}” states a change of {printed}, off the other figures by {gap}"),
            why_en,
            "check the figures of both years and correct the one that is wrong".into(),
        ],
    )
}
