//! `cargo xtask allocate`: spreads random budgets over random claims and compares with naive calculations.
//!
//! Every case is judged by a certificate (no unit not given outranks one that was given); a case of few units
//! also by giving them out one by one, as the published rule reads.

use crate::dice::Dice;
use anyhow::{Context as _, ensure};
use gouji_fund::allocation::{Allocation, Basis, Claim, Terms, allocate};
use gouji_model::Fen;
use std::cmp::Ordering;
use std::time::Instant;

/// Cases are spread and compared: `[--cases N] [--seed S]`.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let number = |name: &str, otherwise| crate::ledger::number(args, name, otherwise);
    println!("{}", compare(number("--cases", 100_000)?, number("--seed", 1)?)?);
    let mut dice = Dice::new(1);
    let claims: Vec<Claim> = (0..100_000).map(|at| one_claim(&mut dice, at.to_string(), 500_000_000)).collect();
    let terms = Terms { budget: Fen::new(4_200_000_000_007), unit: Fen::new(1), basis: Basis::Entitled, cap: None };
    let start = Instant::now();
    let allocation = allocate(&terms, &claims)?;
    println!("100000 claims in {} ms, {} fen unspent", start.elapsed().as_millis(), allocation.unspent.fen());
    Ok(())
}

/// What the cases gave; an error at the first that differs.
fn compare(cases: u64, seed: u64) -> anyhow::Result<String> {
    let mut dice = Dice::new(seed);
    let (mut one_by_one, mut cut, mut naive_over, mut naive_worst) = (0, 0, 0, 0);
    for case in 0..cases {
        let (terms, claims) = (some_terms(&mut dice), some_claims(&mut dice));
        let allocation = allocate(&terms, &claims)?;
        judge(&terms, &claims, &allocation, &mut one_by_one)
            .with_context(|| format!("case {case} of seed {seed}: {terms:?} {claims:?} {allocation:?}"))?;
        cut += u64::from(
            claims.iter().zip(&allocation.awards).any(|(claim, award)| award.amount.fen() < limit(&terms, claim)),
        );
        let over = rounded_each(&terms, &claims, &allocation) - terms.budget.fen();
        naive_over += u64::from(over > 0);
        naive_worst = naive_worst.max(over);
    }
    Ok(format!(
        "{cases} cases of seed {seed}: 0 differ ({cut} with a cut; {one_by_one} also given out one unit at a time)\n\
         the same shares rounded each by itself: over the budget in {naive_over} cases, at worst by {naive_worst} fen"
    ))
}

fn some_terms(dice: &mut Dice) -> Terms {
    let unit = *dice.choose(&[1, 1, 1, 7, 100, 10_000]);
    let most = *dice.choose(&[40, 40, 3_000, 10_000_000_000]);
    let budget = dice.between(0, most * unit.min(1_000_000));
    let basis = *dice.choose(&[Basis::Entitled, Basis::Eligible]);
    let cap = (dice.roll(3) == 0).then(|| Fen::new(dice.between(0, most * unit / 2)));
    Terms { budget: Fen::new(budget), unit: Fen::new(unit), basis, cap }
}

fn some_claims(dice: &mut Dice) -> Vec<Claim> {
    let count = dice.between(1, 7);
    let most = *dice.choose(&[6, 50, 90_000, 5_000_000_000]);
    let names = dice.shuffled(count as usize);
    let claims = names.into_iter().map(|name| one_claim(dice, name.to_string(), most));
    claims.collect()
}

fn one_claim(dice: &mut Dice, id: String, most: i64) -> Claim {
    let amount = Fen::new(dice.between(0, most));
    let cap = (dice.roll(3) == 0).then(|| Fen::new(dice.between(0, most)));
    Claim { id, amount, cap, points: dice.between(0, 2) }
}

fn limit(terms: &Terms, claim: &Claim) -> i64 {
    let own = if terms.basis == Basis::Entitled || claim.amount.fen() == 0 { claim.amount.fen() } else { i64::MAX };
    own.min(claim.cap.map_or(i64::MAX, Fen::fen)).min(terms.cap.map_or(i64::MAX, Fen::fen))
}

fn judge(terms: &Terms, claims: &[Claim], allocation: &Allocation, one_by_one: &mut u64) -> anyhow::Result<()> {
    let awards: Vec<i64> = allocation.awards.iter().map(|award| award.amount.fen()).collect();
    let limits: Vec<i64> = claims.iter().map(|claim| limit(terms, claim)).collect();
    ensure!(awards.iter().zip(&limits).all(|(award, limit)| (0..=*limit).contains(award)), "a limit is passed");
    let (budget, unit) = (terms.budget.fen(), terms.unit.fen());
    let sum: i128 = awards.iter().map(|award| i128::from(*award)).sum();
    if limits.iter().map(|limit| i128::from(*limit)).sum::<i128>() <= i128::from(budget) {
        ensure!(awards == limits, "all fit and someone does not get all");
        return Ok(());
    }
    let most: i128 = limits.iter().map(|limit| i128::from(limit / unit * unit)).sum();
    ensure!(sum == most.min(i128::from(budget / unit * unit)), "the sum is not the largest that can be reached");
    ensure!(awards.iter().all(|award| award % unit == 0), "an award is no whole number of units");
    let units: Vec<i64> = awards.iter().map(|award| award / unit).collect();
    for given in (0..claims.len()).filter(|at| units[*at] > 0) {
        for free in
            (0..claims.len()).filter(|at| (units[*at] + 1).checked_mul(unit).is_some_and(|next| next <= limits[*at]))
        {
            let outranks = before((&claims[free], units[free]), (&claims[given], units[given] - 1));
            ensure!(given == free || claims[free].amount.fen() == 0 || !outranks, "a unit was given out of its turn");
        }
    }
    if budget / unit <= 60 {
        *one_by_one += 1;
        ensure!(units == given_out(claims, &limits, unit, budget / unit), "one unit at a time gives others");
    }
    Ok(())
}

/// The rule as published: each unit to the claim whose next unit stands first.
fn given_out(claims: &[Claim], limits: &[i64], unit: i64, count: i64) -> Vec<i64> {
    let mut units = vec![0_i64; claims.len()];
    for _ in 0..count {
        let mut first: Option<usize> = None;
        for at in 0..claims.len() {
            let has_room = claims[at].amount.fen() > 0 && (units[at] + 1) * unit <= limits[at];
            if has_room && first.is_none_or(|first| before((&claims[at], units[at]), (&claims[first], units[first]))) {
                first = Some(at);
            }
        }
        let Some(first) = first else { break };
        units[first] += 1;
    }
    units
}

/// Whether the unit after so many units of a claim stands before that of another.
fn before((left, left_units): (&Claim, i64), (right, right_units): (&Claim, i64)) -> bool {
    let rank = |of: &Claim, other_units: i64| i128::from(of.amount.fen()) * (2 * i128::from(other_units) + 1);
    let by_rank = rank(left, right_units).cmp(&rank(right, left_units));
    let by_merit = by_rank.then(left.points.cmp(&right.points)).then(left.amount.cmp(&right.amount));
    by_merit.then_with(|| right.id.cmp(&left.id)) == Ordering::Greater
}

/// The sum when each unrounded share is rounded half up to the unit by itself.
fn rounded_each(terms: &Terms, claims: &[Claim], allocation: &Allocation) -> i64 {
    let unit = i128::from(terms.unit.fen());
    let shares = claims.iter().zip(&allocation.awards).map(|(_, award)| {
        let share = award.share;
        (2 * share.numerator + unit * share.denominator) / (2 * unit * share.denominator) * unit
    });
    let is_cut = allocation.awards.iter().any(|award| award.rounded_by.numerator != 0);
    if is_cut { i64::try_from(shares.sum::<i128>()).unwrap_or(i64::MAX) } else { 0 }
}

#[cfg(test)]
mod tests {
    #[test]
    fn random_cases_agree_with_the_naive_calculation() {
        let text = super::compare(5_000, 7).unwrap();
        assert!(text.starts_with("5000 cases of seed 7: 0 differ"), "{text}");
    }
}
