//! The stated reasons do not add up to the change they explain.
//!
//! ---
//! 列出的增减原因加起来，不等于要说明的增减额。

use crate::context::{Context, claim_term, sum_check, unchecked};
use crate::narrative::{Movement, movements};
use crate::phrase::{difference, expected, figures, label, wording};
use crate::rule::{Dimension, Rule, Stage};
use crate::similar::nearest;
use gouji_model::{Check, Lang, Level, Printed, Reason, Role, Wording};
use gouji_understand::{Claim, ClaimKind, Direction, TableKind};

pub(crate) static RULE: Rule = Rule {
    code: "NAR111",
    name: "unexplained-change",
    dimension: Dimension::Completeness,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("reasons.total", "text"), ("reasons.class", "text")],
    find,
    say,
    source: include_str!("unexplained_change.rs"),
};

/// A reason: a named thing that rose or fell by so much.
pub(super) struct Cause<'a> {
    pub claim: &'a Claim,
    pub name: String,
    pub signed: Printed,
}

/// The reasons that a paragraph about reasons states.
pub(super) fn causes<'a>(context: &Context<'a>) -> Vec<Cause<'a>> {
    let claims = context.statement.claims.iter();
    claims
        .filter_map(|claim| {
            let ClaimKind::Change { direction, amount, .. } = claim.kind else { return None };
            let sentence = &context.statement.sentences[claim.sentence];
            let said = claim.of.is_none() && sentence.text.contains("原因");
            let signed = if direction == Direction::Down { amount.negated() } else { amount };
            let name = claim.subject.trim_start_matches(['是', '主', '要', '为']).to_string();
            said.then_some(Cause { claim, name, signed })
        })
        .collect()
}

fn find(context: &Context, checks: &mut Vec<Check>) {
    let causes = causes(context);
    let Some(first) = causes.first() else { return };
    let movements = movements(context);
    let heading = |claim: &Claim| context.statement.sentences[claim.sentence].heading;
    let wholes: Vec<&Movement> = movements
        .iter()
        .filter(|movement| movement.is_whole() && heading(movement.change) == heading(first.claim))
        .collect();
    let parts: Vec<Printed> = causes.iter().map(|cause| cause.signed).collect();
    let doubtful = |movement: &&&Movement| movement.growth_fits(movement.direction) == Some(false);
    let whole = wholes.iter().find(|movement| !doubtful(movement)).or(wholes.first());
    if let Some(whole) = whole {
        let total = if whole.direction == Direction::Down { whole.amount.negated() } else { whole.amount };
        let test = total.test_sum(parts);
        let mut terms: Vec<_> = causes.iter().map(|cause| claim_term(context, Role::Claim, cause.claim)).collect();
        terms.push(claim_term(context, Role::Total, whole.change));
        let mut check = sum_check("reasons.total".into(), Level::Warning, &test, terms);
        check.words = vec![total.to_string()];
        checks.push(check);
    } else {
        let terms = vec![claim_term(context, Role::Claim, first.claim)];
        checks.push(unchecked(
            "reasons.total",
            Level::Warning,
            Reason::NoText("总的增减额 the whole change".into()),
            terms,
        ));
    }
    by_class(context, &causes, &movements, checks);
}

/// A reason that is the only project of a class changes as its class does.
fn by_class(context: &Context, causes: &[Cause], movements: &[Movement], checks: &mut Vec<Check>) {
    let Some((_, table)) = context.statement.table(TableKind::Projects) else { return };
    let projects: Vec<(&str, gouji_model::Code)> =
        table.rows.iter().filter_map(|row| Some((row.project.as_deref()?, row.code?.prefix(3)))).collect();
    for cause in causes {
        let Some(project) = nearest(&cause.name, projects.iter().map(|(name, _)| *name), 80) else { continue };
        let Some((_, class)) = projects.iter().find(|(name, _)| *name == project) else { continue };
        let alone = projects.iter().filter(|(_, other)| other == class).count() == 1;
        let movement = movements.iter().find(|movement| movement.at().function == *class);
        let (Some(movement), true) = (movement, alone) else { continue };
        let total = if movement.direction == Direction::Down { movement.amount.negated() } else { movement.amount };
        let test = total.test_sum([cause.signed]);
        let terms =
            vec![claim_term(context, Role::Claim, cause.claim), claim_term(context, Role::Total, movement.change)];
        let mut check = sum_check(format!("reasons.class[{class}]"), Level::Info, &test, terms);
        check.words = vec![total.to_string()];
        checks.push(check);
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (sum, gap) = (expected(check), difference(check));
    let total = crate::phrase::word(check, 0);
    let whole = label(check, Role::Total);
    let parts = figures(check, Role::Claim, "、");
    wording(
        lang,
        [
            format!("列出的原因合计 {sum}，要说明的变动是 {total}，还有 {gap} 没有说明"),
            format!("原因中的金额（{parts}）合起来应能解释“{whole}”"),
            "补充其余的主要原因，或改正金额".into(),
        ],
        [
            format!("the reasons add up to {sum}, the change is {total}: {gap} is left unexplained"),
            format!("the amounts of the reasons ({parts}) should explain “{whole}”"),
            "add the other main reasons, or correct the amounts".into(),
        ],
    )
}
