//! Exact fractions. Every operation says when a number grows beyond 128 bits instead of wrapping.

use std::cmp::Ordering;

/// A fraction in lowest terms with a positive denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Ratio = Ratio::whole(0);
    /// One.
    pub const ONE: Ratio = Ratio::whole(1);

    /// A whole number.
    pub const fn whole(number: i128) -> Ratio {
        Ratio { numerator: number, denominator: 1 }
    }

    /// The number above the line.
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The number below the line, always positive.
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// True for zero.
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// 1, 0 or −1.
    pub const fn sign(self) -> i128 {
        self.numerator.signum()
    }

    fn reduced(numerator: i128, denominator: i128) -> Option<Ratio> {
        if denominator == 1 {
            return Some(Ratio::whole(numerator));
        }
        let shared = gcd(numerator, denominator)?;
        let turn = if denominator < 0 { -1 } else { 1 };
        let part = |number: i128| number.checked_div(shared)?.checked_mul(turn);
        Some(Ratio { numerator: part(numerator)?, denominator: part(denominator)? })
    }

    pub(super) fn plus(self, other: Ratio) -> Option<Ratio> {
        if self.denominator == 1 && other.denominator == 1 {
            return self.numerator.checked_add(other.numerator).map(Ratio::whole);
        }
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Ratio::reduced(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    pub(super) fn minus(self, other: Ratio) -> Option<Ratio> {
        self.plus(other.negated()?)
    }

    pub(super) fn times(self, other: Ratio) -> Option<Ratio> {
        let above = self.numerator.checked_mul(other.numerator)?;
        Ratio::reduced(above, self.denominator.checked_mul(other.denominator)?)
    }

    /// `None` for a division by zero as well.
    pub(super) fn over(self, other: Ratio) -> Option<Ratio> {
        if other.is_zero() {
            return None;
        }
        let above = self.numerator.checked_mul(other.denominator)?;
        Ratio::reduced(above, self.denominator.checked_mul(other.numerator)?)
    }

    pub(super) fn negated(self) -> Option<Ratio> {
        Some(Ratio { numerator: self.numerator.checked_neg()?, denominator: self.denominator })
    }

    pub(super) fn order(self, other: Ratio) -> Option<Ordering> {
        if self.denominator == other.denominator {
            return Some(self.numerator.cmp(&other.numerator));
        }
        let left = self.numerator.checked_mul(other.denominator)?;
        Some(left.cmp(&other.numerator.checked_mul(self.denominator)?))
    }
}

/// The greatest common divisor, at least 1.
pub(super) fn gcd(left: i128, right: i128) -> Option<i128> {
    let (mut left, mut right) = (left.checked_abs()?, right.checked_abs()?);
    while right != 0 {
        (left, right) = (right, left % right);
    }
    Some(left.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i128, denominator: i128) -> Ratio {
        Ratio::reduced(numerator, denominator).unwrap()
    }

    #[test]
    fn fractions_are_kept_in_lowest_terms() {
        assert_eq!(ratio(2, -4), ratio(-1, 2));
        assert_eq!(ratio(1, 2).plus(ratio(1, 3)), Some(ratio(5, 6)));
        assert_eq!(ratio(1, 2).times(ratio(4, 3)), Some(ratio(2, 3)));
        assert_eq!(ratio(1, 2).over(ratio(1, 4)), Some(Ratio::whole(2)));
        assert_eq!(ratio(1, 2).order(ratio(2, 3)), Some(Ordering::Less));
    }

    #[test]
    fn what_does_not_fit_is_said() {
        assert_eq!(Ratio::whole(i128::MAX).plus(Ratio::ONE), None);
        assert_eq!(Ratio::ONE.over(Ratio::ZERO), None);
    }
}
