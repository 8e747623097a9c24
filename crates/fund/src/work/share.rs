//! The budget of a batch over those who pass.

use super::Judged;
use super::flags::{Flag, FlagKind};
use crate::allocation::{Award, Basis, Claim, Terms, allocate};
use crate::evidence::Column;
use crate::judge::{Decisions, Lane, amounts};
use crate::policy::{AllocationRule, Literal, Operand, Share, Version};
use crate::program::Program;
use gouji_model::{Fen, Lang};
use std::collections::BTreeMap;

/// How the budget was shared.
#[derive(Clone, Debug, Default)]
pub enum Shared {
    /// Nothing is cut: there is no budget, or no rule to cut by.
    #[default]
    Whole,
    /// It was shared.
    Cut(Division),
    /// It could not be shared, and why: Chinese, English.
    Failed([String; 2]),
}

/// A budget over those who pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// What was shared.
    pub budget: Fen,
    /// The sum of what those who pass are entitled to; of a pure share the sum of their bases.
    pub asked: Fen,
    /// What each of them gets, by place among the applicants.
    pub awards: BTreeMap<usize, Award>,
    /// Who waits for a person and has no part in it, by place: once decided, everything is shared anew.
    pub left_out: Vec<usize>,
}

/// The caps of a rule: one for all, or one for each applicant, where `None` is unknown.
enum Caps {
    None,
    Common(Fen),
    Own(Vec<Option<Fen>>),
}

impl Caps {
    fn of(rule: &AllocationRule, program: &Program, columns: &[Column]) -> Caps {
        match &rule.cap {
            Some(Operand::Literal(Literal::Amount(fen))) => Caps::Common(*fen),
            Some(Operand::Name(name)) => Caps::Own(amounts(program, columns, name)),
            _ => Caps::None,
        }
    }
}

/// Who passes, but nobody knows how much he may get at most: each is flagged, because a cap that is not on record is
/// not a cap of nothing.
pub(super) fn flag_unknown_caps(
    version: &Version,
    (program, columns): (&Program, &[Column]),
    decisions: &Decisions,
    flags: &mut [Vec<Flag>],
) {
    let Some(rule) = &version.allocation else { return };
    let Caps::Own(caps) = Caps::of(rule, program, columns) else { return };
    let name = rule.cap.as_ref().map(crate::program::shown_operand).unwrap_or_default();
    for (at, _) in caps.iter().enumerate().filter(|(_, cap)| cap.is_none()) {
        if decisions.lanes[at] == Lane::Pass {
            let zh = format!("分配上限“{name}”缺数据，算不出；须人工核实后才能参与分配");
            let en = format!("the cap `{name}` is not on record: a person decides before the budget can be shared");
            flags[at].push(Flag::new(FlagKind::CapUnknown, zh, en));
        }
    }
}

/// Shares the budget of a batch by the rule of its version.
pub(super) fn share(judged: &Judged) -> Shared {
    let Some(rule) = &judged.version.allocation else { return Shared::Whole };
    let Some(budget) = judged.batch.budget else {
        return match rule.share {
            Share::ProRata => Shared::Whole,
            // The award is a base and no money: only a budget makes it an amount.
            Share::Pure => Shared::Failed([
                "该事项按预算与全部基数之比分配；请在 fund.toml 的批次里写 budget".into(),
                "this item shares a budget over all bases; write `budget` in the batch of fund.toml".into(),
            ]),
        };
    };
    let of = |lane: Lane| -> Vec<usize> {
        (0..judged.applicants.len()).filter(|at| judged.decisions.lanes[*at] == lane).collect()
    };
    let (passing, left_out) = (of(Lane::Pass), of(Lane::Assist));
    let caps = Caps::of(rule, &judged.program, &judged.columns);
    let claim = |at: &usize| Claim {
        id: judged.cell(*at, super::NUMBER).to_owned(),
        amount: Fen::new(judged.decisions.awards[*at]),
        cap: match &caps {
            // Who has no known cap does not pass.
            Caps::Own(own) => own[*at].map(|cap| cap.max(Fen::new(0))),
            Caps::None | Caps::Common(_) => None,
        },
        points: 0,
    };
    let claims: Vec<Claim> = passing.iter().map(claim).collect();
    let basis = match rule.share {
        Share::ProRata => Basis::Entitled,
        Share::Pure => Basis::Eligible,
    };
    let common = if let Caps::Common(cap) = caps { Some(cap) } else { None };
    match allocate(&Terms { budget, unit: rule.unit, basis, cap: common }, &claims) {
        Ok(allocation) => {
            let asked = Fen::new(claims.iter().map(|claim| claim.amount.fen()).sum());
            let awards = passing.into_iter().zip(allocation.awards).collect();
            Shared::Cut(Division { budget, asked, awards, left_out })
        }
        Err(error) => Shared::Failed([error.text(Lang::Zh), error.text(Lang::En)]),
    }
}
