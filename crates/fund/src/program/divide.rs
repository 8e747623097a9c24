//! Division by a number that stays the same for all rows.

/// A positive divisor with its reciprocal, exact for every number below 2^63.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Divisor {
    value: u64,
    /// 2^(63 + bits) ÷ value, rounded up.
    magic: u64,
    shift: u32,
}

impl Divisor {
    /// The reciprocal of a positive number up to 2^62.
    pub(crate) fn new(value: u64) -> Divisor {
        let bits = 64 - (value - 1).leading_zeros();
        let shift = 63 + bits;
        // The magic is below 2^64, because the value is more than 2^(bits - 1).
        let magic = (1_u128 << shift).div_ceil(u128::from(value)) as u64;
        Divisor { value, magic, shift }
    }

    /// The divisor.
    pub(crate) const fn value(self) -> u64 {
        self.value
    }

    /// `number` ÷ the divisor, rounded down; `number` is below 2^63.
    #[inline(always)]
    pub(crate) const fn divide(self, number: u64) -> u64 {
        ((number as u128 * self.magic as u128) >> self.shift) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn it_divides(number in 0..(1_u64 << 63), value in 1..(1_u64 << 62), narrow in 0_u32..62, by in 0_u32..63) {
            let (number, value) = (number >> by, (value >> narrow).max(1));
            let divisor = Divisor::new(value);
            prop_assert_eq!(divisor.divide(number), number / value);
            // The edges of each quotient are where a wrong reciprocal shows.
            let edge = number / value * value;
            prop_assert_eq!(divisor.divide(edge), edge / value);
            if edge > 0 {
                prop_assert_eq!(divisor.divide(edge - 1), (edge - 1) / value);
            }
        }
    }
}
