//! What a change of the rules would have done to applications that are on record.

use crate::Rule;
use crate::evidence::Column;
use crate::judge::{Decisions, Lane, judge};
use gouji_model::Fen;

/// Two rules over the same applications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    /// Under the rule as it is.
    pub before: Outcome,
    /// Under the rule as it would be.
    pub after: Outcome,
    /// Applicants who would get more, the largest gain first.
    pub winners: Vec<Difference>,
    /// Applicants who would get less, the largest loss first.
    pub losers: Vec<Difference>,
    /// Applicants whose amount is unknown under one of the rules, so that nobody can say what they gain.
    pub open: usize,
    /// Every condition of either rule with how many it fails, by name in the order of the rules.
    pub conditions: Vec<ConditionShift>,
}

/// What one rule does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many pass.
    pub pass: usize,
    /// How many go to a person.
    pub assist: usize,
    /// How many are refused.
    pub refuse: usize,
    /// Fen for those who pass.
    pub cost: i128,
    /// Fen for those who pass and, as proposed, for those who go to a person.
    pub most: i128,
    /// What is left of the budget when all who pass are paid; below zero what is missing; `None` without a budget.
    pub left: Option<i128>,
    /// The same when all who go to a person are paid too.
    pub least_left: Option<i128>,
}

/// One applicant under two rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which applicant, from 0.
    pub applicant: usize,
    /// Fen before.
    pub before: i64,
    /// Fen after.
    pub after: i64,
    /// The lanes before and after.
    pub lanes: (Lane, Lane),
}

impl Difference {
    /// Fen more; below zero for less.
    pub const fn gain(&self) -> i64 {
        self.after - self.before
    }
}

/// How many a condition fails under two rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionShift {
    /// The condition.
    pub name: String,
    /// How many it failed; `None` where the rule did not have it.
    pub before: Option<usize>,
    /// How many it would fail; `None` where the rule would not have it.
    pub after: Option<usize>,
    /// For whom it would newly be a reason.
    pub newly_failed: usize,
    /// For whom it would no longer be one.
    pub no_longer: usize,
}

/// A rule with the evidence in the order of its inputs.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The rule.
    pub rule: Rule<'a>,
    /// One column for each input of its policy.
    pub columns: &'a [Column],
}

/// Compares two rules over the same applications; `budget` is in fen. Two versions of one policy share their
/// columns; two policies each have their own, of the same applicants in the same order: what is longer is left out.
pub fn what_if(before: Side, after: Side, budget: Option<Fen>) -> Impact {
    let (old, new) = (judge(before.rule.program, before.columns), judge(after.rule.program, after.columns));
    let count = old.len().min(new.len());
    let mut changed = Vec::new();
    let mut open = 0;
    for applicant in 0..count {
        if old.is_amount_unknown(applicant) || new.is_amount_unknown(applicant) {
            open += 1;
            continue;
        }
        let amounts = (old.awards[applicant], new.awards[applicant]);
        if amounts.0 != amounts.1 {
            let lanes = (old.lanes[applicant], new.lanes[applicant]);
            changed.push(Difference { applicant, before: amounts.0, after: amounts.1, lanes });
        }
    }
    let (mut winners, mut losers): (Vec<_>, Vec<_>) = changed.into_iter().partition(|one| one.gain() > 0);
    winners.sort_unstable_by_key(|one| (-one.gain(), one.applicant));
    losers.sort_unstable_by_key(|one| (one.gain(), one.applicant));
    Impact {
        before: outcome(&old, count, budget),
        after: outcome(&new, count, budget),
        winners,
        losers,
        open,
        conditions: shifts((before.rule, &old), (after.rule, &new), count),
    }
}

fn outcome(decisions: &Decisions, count: usize, budget: Option<Fen>) -> Outcome {
    let mut outcome = Outcome::default();
    for (lane, award) in decisions.lanes.iter().zip(&decisions.awards).take(count) {
        let award = i128::from(*award);
        match lane {
            Lane::Pass => (outcome.pass, outcome.cost) = (outcome.pass + 1, outcome.cost + award),
            Lane::Assist => outcome.assist += 1,
            Lane::Refuse => outcome.refuse += 1,
        }
        outcome.most += award;
    }
    outcome.left = budget.map(|budget| i128::from(budget.fen()) - outcome.cost);
    outcome.least_left = budget.map(|budget| i128::from(budget.fen()) - outcome.most);
    outcome
}

fn shifts(before: (Rule, &Decisions), after: (Rule, &Decisions), count: usize) -> Vec<ConditionShift> {
    let mut names: Vec<&str> = Vec::new();
    for condition in before.0.version.conditions.iter().chain(&after.0.version.conditions) {
        if !names.contains(&condition.name.as_str()) {
            names.push(&condition.name);
        }
    }
    let masks = |(rule, decisions): (Rule, &'_ Decisions), name: &str| {
        let place = rule.version.conditions.iter().position(|condition| condition.name == name)?;
        Some((0..count).map(|at| decisions.failed(at) >> place & 1 == 1).collect::<Vec<bool>>())
    };
    let shift = |name: &str| {
        let (old, new) = (masks(before, name), masks(after, name));
        let number =
            |fails: &Option<Vec<bool>>| fails.as_ref().map(|fails| fails.iter().filter(|fails| **fails).count());
        let fails = |fails: &Option<Vec<bool>>, index: usize| fails.as_ref().is_some_and(|fails| fails[index]);
        let both = (0..count).map(|index| (fails(&old, index), fails(&new, index)));
        ConditionShift {
            name: name.to_owned(),
            before: number(&old),
            after: number(&new),
            newly_failed: both.clone().filter(|(old, new)| !old && *new).count(),
            no_longer: both.filter(|(old, new)| *old && !new).count(),
        }
    };
    names.into_iter().map(shift).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Kind;
    use crate::program::compile;
    use crate::samples::{amount_input, policy, version};

    #[test]
    fn who_gains_and_who_loses_is_counted_to_the_fen() {
        // 10 % up to 50 000 yuan from 1,000 yuan on; then 20 % up to 20 000 yuan from 2,000 yuan on.
        let inputs = vec![amount_input("研发费用")];
        let policy = policy(inputs, vec![version("旧", 10, 5_000_000, 100_000), version("新", 20, 2_000_000, 200_000)]);
        let programs: Vec<_> = policy.versions.iter().map(|version| compile(&policy, version).unwrap()).collect();
        let mut column = Column::new(Kind::Amount, 5);
        for value in [Some(50_000), Some(100_000), Some(1_000_000), Some(100_000_000), None] {
            column.push(value, 1);
        }
        let columns = [column];
        let side = |index: usize| Side {
            rule: Rule { policy: &policy, version: &policy.versions[index], program: &programs[index] },
            columns: &columns,
        };
        let impact = what_if(side(0), side(1), Some(Fen::new(2_200_000)));
        let sums = |one: &Outcome| (one.pass, one.assist, one.refuse, one.cost, one.left);
        assert_eq!(sums(&impact.before), (3, 1, 1, 10_000 + 100_000 + 5_000_000, Some(-2_910_000)));
        assert_eq!(sums(&impact.after), (2, 1, 2, 200_000 + 2_000_000, Some(0)));
        assert_eq!(impact.winners.iter().map(|one| (one.applicant, one.gain())).collect::<Vec<_>>(), [(2, 100_000)]);
        let losers: Vec<_> = impact.losers.iter().map(|one| (one.applicant, one.gain())).collect();
        assert_eq!(losers, [(3, -3_000_000), (1, -10_000)]);
        assert_eq!((impact.open, impact.conditions[0].newly_failed, impact.conditions[0].no_longer), (1, 1, 0));
        assert_eq!((impact.conditions[0].before, impact.conditions[0].after), (Some(1), Some(2)));
    }

    #[test]
    fn a_rule_against_itself_changes_nothing() {
        let policy = policy(vec![amount_input("研发费用")], vec![version("旧", 10, 5_000_000, 100_000)]);
        let program = compile(&policy, &policy.versions[0]).unwrap();
        let mut column = Column::new(Kind::Amount, 2_000);
        (0..2_000).for_each(|row| column.push(Some(row * 7_919), 1));
        let columns = [column];
        let side =
            Side { rule: Rule { policy: &policy, version: &policy.versions[0], program: &program }, columns: &columns };
        let impact = what_if(side, side, None);
        assert_eq!(impact.before, impact.after);
        assert!(impact.winners.is_empty() && impact.losers.is_empty() && impact.before.pass > 0);
    }

    #[test]
    fn a_hundred_thousand_applications_are_compared_by_hand_too() {
        let versions = vec![version("旧", 10, 5_000_000, 100_000), version("新", 12, 4_000_000, 150_000)];
        let policy = policy(vec![amount_input("研发费用")], versions);
        let programs: Vec<_> = policy.versions.iter().map(|version| compile(&policy, version).unwrap()).collect();
        let values: Vec<i64> = (0..100_000_i64).map(|row| row * 7_919 % 90_000_000).collect();
        let mut column = Column::new(Kind::Amount, values.len());
        values.iter().for_each(|value| column.push(Some(*value), 1));
        let columns = [column];
        let side = |index: usize| Side {
            rule: Rule { policy: &policy, version: &policy.versions[index], program: &programs[index] },
            columns: &columns,
        };
        let impact = what_if(side(0), side(1), None);
        let award = |value: i64, percent: i64, cap: i64, from: i64| {
            if value < from { 0 } else { ((value * percent + 50) / 100).min(cap) }
        };
        let old = |value: i64| award(value, 10, 5_000_000, 100_000);
        let new = |value: i64| award(value, 12, 4_000_000, 150_000);
        assert_eq!(impact.before.cost, values.iter().map(|value| i128::from(old(*value))).sum());
        assert_eq!(impact.after.cost, values.iter().map(|value| i128::from(new(*value))).sum());
        assert_eq!(impact.winners.len(), values.iter().filter(|value| new(**value) > old(**value)).count());
        assert_eq!(impact.losers.len(), values.iter().filter(|value| new(**value) < old(**value)).count());
    }
}
