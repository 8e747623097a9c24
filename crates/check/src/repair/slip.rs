//! How likely a hand turns one figure into another.

use gouji_model::Printed;

/// How one figure becomes another, likeliest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slip {
    /// By nothing that a hand does.
    None,
    /// One digit more or less.
    Dropped,
    /// The point or the unit is off by a power of ten.
    Shifted,
    /// The sign.
    Sign,
    /// One digit, or two that changed places.
    Digit,
}

/// The slip between two figures of one precision.
pub(super) fn slip(old: &Printed, new: &Printed) -> Slip {
    let (left, right) = (old.digits(), new.digits());
    if left == -right {
        return Slip::Sign;
    }
    if left.signum() * right.signum() < 0 {
        return Slip::None;
    }
    let (a, b) = (left.unsigned_abs().to_string(), right.unsigned_abs().to_string());
    if a.len() == b.len() {
        let apart: Vec<usize> = (0..a.len()).filter(|at| a.as_bytes()[*at] != b.as_bytes()[*at]).collect();
        return match apart.as_slice() {
            [_] => Slip::Digit,
            [x, y] if y - x == 1 && a.as_bytes()[*x] == b.as_bytes()[*y] && a.as_bytes()[*y] == b.as_bytes()[*x] => {
                Slip::Digit
            }
            _ => Slip::None,
        };
    }
    if left != 0 && right != 0 && a.trim_end_matches('0') == b.trim_end_matches('0') {
        return Slip::Shifted;
    }
    let (shorter, longer) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    let without = |at: usize| format!("{}{}", &longer[..at], &longer[at + 1..]);
    let one_more = longer.len() == shorter.len() + 1 && (0..longer.len()).any(|at| without(at) == *shorter);
    if one_more { Slip::Dropped } else { Slip::None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_model::Unit;

    #[test]
    fn slips_of_a_hand_are_told_apart() {
        let of = |old, new| {
            let figure = |text| Printed::parse(text, Unit::TenThousand).unwrap();
            slip(&figure(old), &figure(new))
        };
        assert_eq!(of("173", "713"), Slip::Digit);
        assert_eq!(of("173", "183"), Slip::Digit);
        assert_eq!(of("173", "1730"), Slip::Shifted);
        assert_eq!(of("-173", "173"), Slip::Sign);
        assert_eq!(of("173", "1773"), Slip::Dropped);
        assert_eq!(of("173", "264"), Slip::None);
        assert_eq!(of("173", "317"), Slip::None);
    }
}
