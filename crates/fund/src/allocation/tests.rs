use super::*;
use gouji_model::Lang;
use proptest::prelude::*;

fn claim(id: &str, amount: i64, cap: Option<i64>, points: i64) -> Claim {
    Claim { id: id.to_owned(), amount: Fen::new(amount), cap: cap.map(Fen::new), points }
}

fn terms(budget: i64, unit: i64, basis: Basis) -> Terms {
    Terms { budget: Fen::new(budget), unit: Fen::new(unit), basis, cap: None }
}

fn amounts(allocation: &Allocation) -> Vec<i64> {
    allocation.awards.iter().map(|award| award.amount.fen()).collect()
}

#[test]
fn when_all_fit_everyone_gets_all_to_the_fen() {
    let claims = [claim("a", 12_345, None, 0), claim("b", 999, Some(500), 0)];
    let allocation = allocate(&terms(1_000_000, 10_000, Basis::Entitled), &claims).unwrap();
    assert_eq!((amounts(&allocation), allocation.outcome), (vec![12_345, 500], Outcome::AllFit));
    assert_eq!(allocation.awards[1].limit, Some(Limit::OwnCap));
}

#[test]
fn a_tie_goes_to_more_points_and_says_so() {
    let claims = [claim("a", 100, None, 1), claim("b", 100, None, 9), claim("c", 100, None, 1)];
    let allocation = allocate(&terms(200, 1, Basis::Entitled), &claims).unwrap();
    assert_eq!(amounts(&allocation), [67, 67, 66]);
    let tie = |rank| Some(Tie { rank, of: 3, given: 2 });
    assert_eq!(allocation.awards.iter().map(|award| award.tie).collect::<Vec<_>>(), [tie(2), tie(1), tie(3)]);
    assert_eq!(allocation.awards[2].share.to_string(), "200/3");
    assert_eq!(allocation.awards[2].rounded_by.to_string(), "-2/3");
    assert!(allocation.awards[2].text(Lang::Zh).contains("排第 3"), "{}", allocation.awards[2].text(Lang::Zh));
}

#[test]
fn money_that_a_cap_leaves_flows_to_the_others() {
    // Bao'an 2020: the rate is the budget over all bases; taxes paid bound the first.
    let claims = [claim("a", 1_000, Some(10), 0), claim("b", 1_000, None, 0), claim("c", 2_000, None, 0)];
    let allocation = allocate(&terms(400, 1, Basis::Eligible), &claims).unwrap();
    assert_eq!(amounts(&allocation), [10, 130, 260]);
    assert_eq!((allocation.rate.to_string().as_str(), allocation.total), ("13/100", Fen::new(400)));
    assert_eq!(allocation.awards[0].limit, Some(Limit::OwnCap));
}

#[test]
fn the_paradox_of_alabama_does_not_happen() {
    // Largest remainders give (4, 4, 2) of 10 and (5, 5, 1) of 11.
    let claims = [claim("a", 6, None, 0), claim("b", 6, None, 0), claim("c", 2, None, 0)];
    let of = |budget| amounts(&allocate(&terms(budget, 1, Basis::Eligible), &claims).unwrap());
    assert!(of(11)[2] >= of(10)[2]);
}

#[test]
fn a_unit_coarser_than_the_claims_leaves_money_rather_than_passing_a_limit() {
    let claims = [claim("a", 199, None, 0), claim("b", 199, None, 0)];
    let allocation = allocate(&terms(350, 100, Basis::Entitled), &claims).unwrap();
    assert_eq!((amounts(&allocation), allocation.outcome), (vec![100, 100], Outcome::AllFitInUnits));
    assert_eq!(allocation.unspent, Fen::new(150));
}

#[test]
fn faults_name_the_claim_in_two_languages() {
    let twice = allocate(&terms(1, 1, Basis::Entitled), &[claim("a", 1, None, 0), claim("a", 1, None, 0)]).unwrap_err();
    assert_eq!(twice.text(Lang::Zh), "申请 a 出现两次");
    let large = [claim("a", i64::MAX, None, 0)];
    assert_eq!(allocate(&terms(1, 1, Basis::Entitled), &large), Err(AllocationError::TooMuch));
    assert_eq!(allocate(&terms(1, 0, Basis::Entitled), &[]), Err(AllocationError::Unit(Fen::new(0))));
}

#[test]
fn a_hundred_thousand_claims_of_a_real_size_come_out_exactly() {
    let claims: Vec<Claim> = (0..100_000_i64)
        .map(|at| claim(&at.to_string(), 1_000_000 + at * 7_919 % 90_000_001, None, at % 100))
        .collect();
    let budget = 300_000_000_007;
    assert_eq!(allocate(&terms(budget, 1, Basis::Entitled), &claims).unwrap().total.fen(), budget);
    let coarse = allocate(&terms(budget, 10_000, Basis::Entitled), &claims).unwrap();
    assert_eq!(coarse.unspent.fen(), 7);
}

fn some_claims() -> impl Strategy<Value = Vec<Claim>> {
    let amount = prop_oneof![0..40_i64, 0..4_000_000_i64, 0..10_000_000_000_000_i64];
    let one = (amount, proptest::option::of(0..3_000_000_i64), 0..3_i64);
    proptest::collection::vec(one, 1..9).prop_map(|list| {
        let named = list.into_iter().enumerate();
        named.map(|(at, (amount, cap, points))| claim(&format!("{at}"), amount, cap, points)).collect()
    })
}

fn some_terms() -> impl Strategy<Value = Terms> {
    let budget = prop_oneof![0..60_i64, 0..9_000_000_i64, 0..40_000_000_000_000_i64];
    let unit = prop_oneof![Just(1_i64), Just(100), Just(10_000)];
    let basis = prop_oneof![Just(Basis::Entitled), Just(Basis::Eligible)];
    (budget, unit, basis, proptest::option::of(0..5_000_000_i64))
        .prop_map(|(budget, unit, basis, cap)| Terms { cap: cap.map(Fen::new), ..terms(budget, unit, basis) })
}

fn most(terms: &Terms, claim: &Claim) -> i64 {
    let bound = if terms.basis == Basis::Entitled || claim.amount.fen() == 0 { claim.amount.fen() } else { i64::MAX };
    [claim.cap, terms.cap].into_iter().flatten().map(Fen::fen).fold(bound, i64::min)
}

proptest! {
    #[test]
    fn the_sum_is_the_largest_that_can_be_reached_and_limits_are_kept(terms in some_terms(), claims in some_claims()) {
        let allocation = allocate(&terms, &claims).unwrap();
        let unit = i128::from(terms.unit.fen());
        let budget = i128::from(terms.budget.fen());
        let limits: Vec<i128> = claims.iter().map(|claim| i128::from(most(&terms, claim))).collect();
        let wanted: i128 = limits.iter().sum();
        let in_units: i128 = limits.iter().map(|limit| limit / unit * unit).sum();
        let expected = if wanted <= budget { wanted } else { in_units.min(budget / unit * unit) };
        prop_assert_eq!(i128::from(allocation.total.fen()), expected);
        prop_assert_eq!(allocation.total.fen() + allocation.unspent.fen(), terms.budget.fen());
        for (award, limit) in allocation.awards.iter().zip(&limits) {
            prop_assert!(i128::from(award.amount.fen()) <= *limit && award.amount.fen() >= 0);
        }
    }

    #[test]
    fn the_order_of_the_claims_does_not_matter(terms in some_terms(), claims in some_claims(), turn in 0..9_usize) {
        let mut turned = claims.clone();
        turned.rotate_left(turn % claims.len());
        let (left, right) = (allocate(&terms, &claims).unwrap(), allocate(&terms, &turned).unwrap());
        for award in &left.awards {
            prop_assert!(right.awards.contains(award));
        }
    }

    #[test]
    fn a_larger_budget_gives_no_one_less(terms in some_terms(), claims in some_claims(), more in 0..50_000_i64) {
        let larger = Terms { budget: Fen::new(terms.budget.fen() + more), ..terms };
        let (left, right) = (allocate(&terms, &claims).unwrap(), allocate(&larger, &claims).unwrap());
        prop_assert!(amounts(&left).iter().zip(amounts(&right)).all(|(less, more)| *less <= more));
    }

    #[test]
    fn a_larger_claim_or_more_points_get_no_less(terms in some_terms(), claims in some_claims()) {
        let uncapped: Vec<Claim> = claims.into_iter().map(|claim| Claim { cap: None, ..claim }).collect();
        let allocation = allocate(&terms, &uncapped).unwrap();
        for (left, less) in uncapped.iter().zip(&allocation.awards) {
            for (right, more) in uncapped.iter().zip(&allocation.awards) {
                if (left.amount, left.points) <= (right.amount, right.points) {
                    prop_assert!(less.amount <= more.amount);
                }
            }
        }
    }

    #[test]
    fn an_award_is_as_near_to_its_share_as_is_published(terms in some_terms(), claims in some_claims()) {
        let allocation = allocate(&terms, &claims).unwrap();
        let unit = i128::from(terms.unit.fen());
        let free: i128 = claims.iter().zip(&allocation.awards).filter(|(_, award)| award.limit.is_none())
            .map(|(claim, _)| i128::from(claim.amount.fen())).sum();
        let count = claims.len() as i128;
        for (claim, award) in claims.iter().zip(&allocation.awards) {
            if award.limit.is_none() && free > 0 {
                // |amount − share| ≤ unit · (½ + n·a ÷ 2A)
                let distance = award.rounded_by.numerator.abs();
                let whole = unit * (free + count * i128::from(claim.amount.fen()));
                prop_assert!(distance / award.rounded_by.denominator <= whole / (2 * free) + 1);
            }
        }
    }
}
