//! A unit has more staff than authorised posts, or pays retirement to nobody.
//!
//! # What it finds
//!
//! - Staff within the establishment (实有在编) above the authorised posts (编制) of one unit and one kind of post.
//! - Pay for 离休 or 退休 staff (30301, 30302) while the text counts none.
//!
//! # Why it matters
//!
//! Posts are a ceiling that pay is budgeted on. A count above it is either a slip in one of two numbers or a matter that
//! the report has to explain.
//!
//! # Basis
//!
//! - Pay and running costs are budgeted per authorised post; the approval of posts (机构编制) lies outside the budget
//!   [to be verified].
//! - Classification of government revenue and expenditure: 30301 离休费 and 30302 退休费 are paid to these staff.
//! - 财预〔2016〕143号 of 2016-10-27: a report describes the organisation of the department.
//!
//! # Example that fires
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 第一部分 部门概况
//!
//! 一、机构设置及人员编制情况
//!
//! 1. 某市科技局本级行政编制数 28 人，实有在编人数 30 人；离休 0 人，退休 11 人。
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 第一部分 部门概况
//!
//! 一、机构设置及人员编制情况
//!
//! 1. 某市科技局本级行政编制数 28 人，实有在编人数 27 人；离休 0 人，退休 11 人。
//! ```
//!
//! # How to put it right
//!
//! Check both counts with the personnel office as of the same day. If posts are in fact exceeded, write the reason beside
//! the count.
//!
//! # Limits and tolerated cases
//!
//! - As many staff as posts are in order. Counts are exact: no rounding is allowed for.
//! - Contract and temporary staff (雇员, 临聘) stand outside the establishment and are not compared.
//! - Without a count of retired staff their pay is not checked.
//!
//! ---
//! 单位的实有人数超过编制，或者有离退休费而没有离退休人员。
//!
//! # 发现什么
//!
//! - 同一单位、同一类编制，实有在编人数大于编制数。
//! - 经济科目列了离休费（30301）或退休费（30302），文字里的离休或退休人数却是零。
//!
//! # 为什么要紧
//!
//! 编制是核定人员经费的上限。实有人数超出，要么两个数有一个写错，要么是报告必须说明的事。
//!
//! # 依据
//!
//! - 人员经费和公用经费按编制核定；编制由机构编制部门批准，不由预算规定 [待核]。
//! - 《政府收支分类科目》：30301 离休费、30302 退休费发给相应人员。
//! - 财预〔2016〕143号（2016-10-27）：公开内容包括部门的机构设置情况。
//!
//! # 会报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 第一部分 部门概况
//!
//! 一、机构设置及人员编制情况
//!
//! 1. 某市科技局本级行政编制数 28 人，实有在编人数 30 人；离休 0 人，退休 11 人。
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2019年某市科技局部门预算
//!
//! 第一部分 部门概况
//!
//! 一、机构设置及人员编制情况
//!
//! 1. 某市科技局本级行政编制数 28 人，实有在编人数 27 人；离休 0 人，退休 11 人。
//! ```
//!
//! # 怎样改
//!
//! 按同一时点与人事部门核对两个数。确实超编的，在人数旁写明原因。
//!
//! # 界限与容许
//!
//! - 实有人数等于编制数，不报。人数是准数，没有四舍五入。
//! - 雇员、临聘人员不占编制，不参加比较。
//! - 文字里没有离退休人数的，不检查离退休费。

use crate::context::{Context, claim_figure, claim_term, fact_term, plain_check, unchecked};
use crate::phrase::{figure, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Book, Check, Code, Coordinates, Lang, Level, Measure, Reason, Role, Wording};
use gouji_understand::TableKind;

pub(crate) static RULE: Rule = Rule {
    code: "SUM105",
    name: "unexpected-excess",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("staff.within-posts", "text"), ("staff.retirement-pay", "economic")],
    find,
    say,
    source: include_str!("unexpected_excess.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    within_posts(context, checks);
    retirement_pay(context, checks);
}

fn within_posts(context: &Context, checks: &mut Vec<Check>) {
    for (staff, actual) in context.quantity_claims(|at| at.measure == Measure::Staff) {
        let at = staff.at.as_ref().expect("chosen by its subject");
        let of_post = Coordinates { measure: Measure::Posts, ..at.clone() };
        let Some((posts, authorised)) = context.quantity_claims(|other| *other == of_post).next() else { continue };
        let terms = vec![claim_term(context, Role::Claim, staff), claim_term(context, Role::Other, posts)];
        checks.push(plain_check("staff.within-posts", Level::Warning, actual.digits() <= authorised.digits(), terms));
    }
}

/// 30301 is paid to 离休 staff and 30302 to 退休 staff: money needs heads.
fn retirement_pay(context: &Context, checks: &mut Vec<Check>) {
    if context.statement.table(TableKind::Economic).is_none() {
        return;
    }
    for (code, item, name) in [("30301", "veteran", "离休"), ("30302", "pensioner", "退休")] {
        let heads: Vec<_> =
            context.quantity_claims(|at| at.measure == Measure::Retired && at.item.as_str() == item).collect();
        let at = Coordinates {
            book: Book::General,
            economic: Code::new(code).unwrap_or_default(),
            ..context.whole(Measure::Expenditure)
        };
        let Some((first, _)) = heads.first() else {
            let reason = Reason::NoText(format!("{name}人数"));
            checks.push(unchecked("staff.retirement-pay", Level::Warning, reason, Vec::new()));
            continue;
        };
        let count: i64 = heads.iter().filter_map(|(claim, _)| claim_figure(claim)).map(|figure| figure.digits()).sum();
        let mut terms = vec![claim_term(context, Role::Claim, first)];
        let paid = context.fact_in(TableKind::Economic, &at);
        terms.extend(paid.map(|fact| fact_term(context, Role::Other, fact)));
        let holds = count > 0 || paid.is_none_or(|fact| fact.figure.is_zero());
        let mut check = plain_check("staff.retirement-pay", Level::Warning, holds, terms);
        check.words = vec![name.into()];
        checks.push(check);
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, stated) = (label(check, Role::Claim), figure(check, Role::Claim));
    let (other, limit) = (label(check, Role::Other), figure(check, Role::Other));
    let kind = word(check, 0);
    if !kind.is_empty() {
        return wording(
            lang,
            [
                format!("{other}列 {limit}，而报告写{kind}人数为 0"),
                format!("{kind}费发给{kind}人员"),
                "核对离退休人数与经济科目".into(),
            ],
            [
                format!("{other} prints {limit}, but the report counts no {kind} staff"),
                format!("this pay goes to {kind} staff"),
                "check the number of retired staff and the economic code".into(),
            ],
        );
    }
    wording(
        lang,
        [
            format!("“{said}”为 {stated} 人，超过“{other}”的 {limit} 人"),
            "实有在编人数不应超过编制数".into(),
            "核对编制与实有人数，超编的写明原因".into(),
        ],
        [
            format!("“{said}” is {stated}, more than the {limit} of “{other}”"),
            "staff within the establishment cannot exceed the authorised posts".into(),
            "check posts and staff, or state why they are exceeded".into(),
        ],
    )
}
