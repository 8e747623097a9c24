//! The budget of a batch over those who pass.

use super::Judged;
use crate::allocation::{Award, Basis, Claim, Terms, allocate};
use crate::judge::{Lane, amounts};
use crate::policy::{Literal, Operand, Share};
use gouji_model::{Fen, Lang};
use std::collections::BTreeMap;

/// How the budget was shared.
#[derive(Clone, Debug, Default)]
pub enum Shared {
    /// Nothing is cut: there is no budget, or no rule to cut by.
    #[default]
    Whole,
    /// The award of each applicant who passes, by place among the applicants.
    Cut(BTreeMap<usize, Award>),
    /// It could not be shared, and why: Chinese, English.
    Failed([String; 2]),
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
    let passing: Vec<usize> =
        (0..judged.applicants.len()).filter(|at| judged.decisions.lanes[*at] == Lane::Pass).collect();
    let (common, own) = match &rule.cap {
        Some(Operand::Literal(Literal::Amount(fen))) => (Some(*fen), None),
        Some(Operand::Name(name)) => (None, Some(amounts(&judged.program, &judged.columns, name))),
        _ => (None, None),
    };
    let claims: Vec<Claim> = passing
        .iter()
        .map(|at| Claim {
            id: judged.cell(*at, super::NUMBER).to_owned(),
            amount: Fen::new(judged.decisions.awards[*at]),
            cap: own.as_ref().map(|own| own[*at].map_or(Fen::new(0), |fen| fen.max(Fen::new(0)))),
            points: 0,
        })
        .collect();
    let basis = match rule.share {
        Share::ProRata => Basis::Entitled,
        Share::Pure => Basis::Eligible,
    };
    match allocate(&Terms { budget, unit: rule.unit, basis, cap: common }, &claims) {
        Ok(allocation) => Shared::Cut(passing.into_iter().zip(allocation.awards).collect()),
        Err(error) => Shared::Failed([error.text(Lang::Zh), error.text(Lang::En)]),
    }
}
