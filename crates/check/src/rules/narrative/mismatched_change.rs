//! A stated change is not the difference of the two years, or the changes of the parts miss that of the whole.
//!
//! # What it finds
//!
//! A change of so many 万元 is held against the two years that a table prints. The changes of all
//! classes must add up to that of the whole, and so must last year's amounts that they imply;
//! income and expenditure change by the same amount where nothing is carried over; the change of 三公
//! is that of its items.
//!
//! # Why it matters
//!
//! A change cannot be seen in this year's tables alone: nobody who reads the report could notice
//! the slip.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): the explanation covers the change of income and expenditure and that
//! of 三公.
//!
//! # Example that fires
//!
//! ```text
//! 2022年松岭县财政局部门预算
//! 四、“三公”经费说明
//! （二）公务接待费。2022年预算数4.00万元，比2021年减少1.50万元。
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
//! （二）公务接待费。2022年预算数4.00万元，比2021年减少2.50万元。
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
//! Take both years from the books, subtract, and write amount and word anew; then add up the
//! classes.
//!
//! # Limits and tolerated cases
//!
//! A change has an interval of its own: 17.30 to 15.00 may be told as a fall of 2. n rounded
//! changes may miss a rounded whole by ⌊n/2⌋ units. A base in another year or in 决算 is looked for
//! where the sentence says; if it is not printed, nothing is checked. Lists that leave out classes
//! are not added up.
//!
//! ---
//! 文字里的增减额不是两年之差，或者各部分的增减额加起来不等于总的增减额。
//!
//! # 发现什么
//!
//! 写明的增减额，与表里两年的差对照。各类增减之和应当等于总的增减，由此推出的上年数也应当加得起来；没有结转时，
//! 收入与支出增减相等；“三公”的增减等于各项增减之和。
//!
//! # 为什么要紧
//!
//! 只看本年的表看不出增减，读者无从发现这种错。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：应当说明收支增减变化和“三公”经费增减变化。
//!
//! # 会报的例子
//!
//! ```text
//! 2022年松岭县财政局部门预算
//! 四、“三公”经费说明
//! （二）公务接待费。2022年预算数4.00万元，比2021年减少1.50万元。
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
//! （二）公务接待费。2022年预算数4.00万元，比2021年减少2.50万元。
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
//! 从账上取两年的数相减，连同用词一起改写，再把各类加一遍。
//!
//! # 界限与容许
//!
//! 增减额有自己的取整区间：17.30 变 15.00 可以说减少 2。
//! n 个取整的增减额与总数可差 ⌊n/2⌋ 个单位。与别的年度或与决算比的，按所说的基数找；
//! 没有印出来的不检查。没有列全各类的，不加总。

use super::mismatched_amount::in_unit_of;
use crate::context::{Context, claim_term, fact_term, sum_check, unchecked};
use crate::narrative::{Movement, claim_tag, movements};
use crate::phrase::{difference, expected, figure, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{
    Book, Check, Code, Coordinates, Fact, Lang, Level, Measure, Nature, Phase, Printed, Reason, Role, Wording,
};
use gouji_understand::{Claim, ClaimKind, TableKind};
use std::collections::BTreeSet;

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

/// What a comparison starts from: the year that the sentence names, else the year before;
/// 比上年决算数 is no comparison with a budget.
pub(super) fn base_of(context: &Context, claim: &Claim) -> Result<Coordinates, Reason> {
    let at = claim.at.as_ref().ok_or(Reason::UnknownSubject)?;
    let named = match claim.kind {
        ClaimKind::Change { base_year, .. }
        | ClaimKind::Growth { base_year, .. }
        | ClaimKind::Unchanged { base_year } => base_year,
        _ => None,
    };
    // A percentage stands apart from the words that name its base.
    let sentence = context.statement.sentences[claim.sentence].text.as_str();
    let said = if matches!(claim.kind, ClaimKind::Growth { .. }) { sentence } else { claim.subject.as_str() };
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let phase = match at.phase {
        _ if says(&["决算", "执行数"]) => Phase::Final,
        Phase::Final if says(&["预算"]) => return Err(Reason::NeedsPriorYear),
        phase => phase,
    };
    let year = named.unwrap_or(at.year - 1);
    if year >= at.year && phase == at.phase {
        // The year is compared with itself: that is another rule's finding.
        return Err(Reason::NeedsPriorYear);
    }
    Ok(Coordinates { year, phase, ..at.clone() })
}

/// What the tables print for the base and for the year of a comparison; the base may be one of last year's report.
pub(super) fn base_and_now<'a>(context: &Context<'a>, claim: &Claim) -> Result<(&'a Fact, &'a Fact), Reason> {
    let at = claim.at.as_ref().ok_or(Reason::UnknownSubject)?;
    let base = base_of(context, claim)?;
    let before = context.equivalents(&base).first().copied().or_else(|| context.in_prior(&base).first().copied());
    match (before, context.equivalents(at).first()) {
        (Some(before), Some(now)) => Ok((before, now)),
        _ => Err(Reason::NeedsPriorYear),
    }
}

/// The difference of the two years that the tables print.
fn against_table(context: &Context, movement: &Movement) -> Check {
    let key = format!("narrative.change[{}]", claim_tag(movement.at()));
    let terms = vec![claim_term(context, Role::Claim, movement.change)];
    let (before, now) = match base_and_now(context, movement.change) {
        Ok(both) => both,
        Err(reason) => return unchecked(key, Level::Error, reason, terms),
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
    let mut check = sum_check("narrative.change.total".into(), Level::Error, &test, terms);
    check.words = vec!["sides".into()];
    checks.push(check);
}

/// The changes of the classes add up to that of the whole, and so do the bases they imply.
fn classes(context: &Context, movements: &[Movement], checks: &mut Vec<Check>) {
    let of_class = |movement: &&Movement| movement.at().function.len() == 3 && movement.at().nature == Nature::All;
    let mut classes: Vec<&Movement> = movements.iter().filter(of_class).collect();
    let Some(first) = classes.first() else { return };
    let frame = Coordinates { function: Code::ALL, ..first.at().clone() };
    // A report may state the change of a class in more than one section.
    let mut seen = BTreeSet::new();
    classes.retain(|movement| seen.insert((movement.at().clone(), movement.signed())));
    // A class that is said not to have changed counts as nothing.
    let still = |code: Code| {
        let of_code =
            |at: &Coordinates| at.function == code && Coordinates { function: Code::ALL, ..at.clone() } == frame;
        let mut claims = context.statement.claims.iter();
        claims.any(|claim| matches!(claim.kind, ClaimKind::Unchanged { .. }) && claim.at.as_ref().is_some_and(of_code))
    };
    let listed = |code: Code| classes.iter().any(|movement| movement.at().function == code) || still(code);
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
    // The bases follow from the changes: where those are broken there is no second fault.
    if test.possible {
        let is_class = |fact: &&Fact| {
            fact.at.function.len() == 3 && Coordinates { function: Code::ALL, ..fact.at.clone() } == frame
        };
        let stated = |code: Code| classes.iter().any(|movement| movement.at().function == code);
        let mut unchanged: Vec<&Fact> = context.statement.facts.iter().filter(is_class).collect();
        unchanged.retain(|fact| !stated(fact.at.function) && still(fact.at.function));
        unchanged.sort_by_key(|fact| fact.at.function);
        unchanged.dedup_by_key(|fact| fact.at.function);
        bases(context, whole, &classes, &unchanged, checks);
    }
}

/// Last year's amounts that the sentences imply; a class that has not changed had last year what it has now.
fn bases(context: &Context, whole: &Movement, classes: &[&Movement], unchanged: &[&Fact], checks: &mut Vec<Check>) {
    // A base is the amount less the change, and each of the two is rounded by itself.
    let base = |movement: &&Movement| movement.now.map(|(_, now)| [now, signed(movement).negated()]);
    let (Some([total, change]), Some(parts)) = (base(&whole), classes.iter().map(base).collect::<Option<Vec<_>>>())
    else {
        return;
    };
    let same = unchanged.iter().map(|fact| fact.figure);
    let addends = parts.into_iter().flatten().chain(same).chain([change.negated()]);
    let test = total.test_sum(addends.filter(|figure| !figure.is_zero()));
    let total = total.like(total.atoms() + change.atoms());
    let mut terms = vec![claim_term(context, Role::Claim, whole.change)];
    terms.extend(
        classes.iter().filter_map(|movement| movement.now).map(|(now, _)| claim_term(context, Role::Part, now)),
    );
    terms.extend(unchanged.iter().map(|fact| fact_term(context, Role::Part, fact)));
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
    let Ok((base, _)) = base_and_now(context, movement.change) else { return };
    let mut parts = Vec::new();
    let mut terms = vec![claim_term(context, Role::Claim, movement.change)];
    for item in ["overseas", "reception", "vehicles"] {
        let at = Coordinates { item: Code::new(item).unwrap_or(Code::ALL), ..whole.clone() };
        let before = Coordinates { year: base.at.year, phase: base.at.phase, ..at.clone() };
        let (Some(now), Some(before)) =
            (context.fact_in(TableKind::ThreePublic, &at), context.fact_in(TableKind::ThreePublic, &before))
        else {
            return;
        };
        // Each of the two is rounded by itself.
        parts.extend([now.figure, before.figure.negated()]);
        terms.extend([fact_term(context, Role::Part, now), fact_term(context, Role::Base, before)]);
    }
    let test = signed(movement).test_sum(parts.into_iter().filter(|figure| !figure.is_zero()));
    let mut check = sum_check("narrative.change.items".into(), Level::Error, &test, terms);
    check.words = vec!["items".into()];
    checks.push(check);
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, printed) = (label(check, Role::Claim), figure(check, Role::Claim));
    let in_unit = |amount: &str| in_unit_of(check, Role::Claim, amount);
    let (right, gap) = (in_unit(expected(check)), in_unit(&difference(check)));
    let (zh, en, [why_zh, why_en]) = others(check);
    wording(
        lang,
        [format!("“{said}”写作 {printed}，而{zh} {right}，相差 {gap}"), why_zh, "核对两年的数，改正有误的一个".into()],
        [
            format!("“{said}” is stated as {printed}, but {en} {right}: off by {gap}"),
            why_en,
            "check the figures of both years and correct the one that is wrong".into(),
        ],
    )
}

/// What a stated change was held against, and why that must agree, in both languages.
fn others(check: &Check) -> (&'static str, &'static str, [String; 2]) {
    match word(check, 0) {
        "parts" => (
            "各类增减之和是",
            "the changes of the classes add up to",
            ["各类合起来就是全部".into(), "the classes together are the whole".into()],
        ),
        "bases" => {
            let base = in_unit_of(check, Role::Claim, word(check, 1));
            (
                "由各类推出的上年数之和是",
                "last year's amounts implied by the classes add up to",
                [format!("由总数推出的上年数是 {base}"), format!("the whole implies {base} for last year")],
            )
        }
        "items" => (
            "表中各项增减之和是",
            "the changes of the items in the table add up to",
            ["各项合起来就是全部".into(), "the items together are the whole".into()],
        ),
        "sides" => (
            "收入的增减额是",
            "the change of revenue is",
            ["收支两边年年相等，增减也相等".into(), "both sides are equal every year and change alike".into()],
        ),
        _ => {
            let (place, before) = (label(check, Role::Other), figure(check, Role::Base));
            let now = figure(check, Role::Other);
            (
                "表里两年之差是",
                "the table's two years differ by",
                [format!("{place}：由 {before}变为 {now}"), format!("{place}: from {before} to {now}")],
            )
        }
    }
}
