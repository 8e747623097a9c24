//! Lengths and matrices of OFD in whole numbers.

/// One millimetre, and the one of a matrix.
pub(super) const ONE: i64 = 1_000;

/// Beyond this no length is kept: ten metres, in thousandths of a millimetre.
const FARTHEST: i64 = 10_000_000;

/// A decimal number in thousandths, `-12.5` for −12,500; digits beyond the third are left off.
pub(super) fn thousandths(text: &str) -> Option<i64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    // 1.2E-5 is nothing on paper, and nobody writes a length of 1E5.
    let (rest, tiny) = match rest.split_once(['e', 'E']) {
        Some((rest, exponent)) => (rest, exponent.starts_with('-')),
        None => (rest, false),
    };
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    if tiny {
        return Some(0);
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().unwrap_or(FARTHEST) };
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    let value = whole.min(FARTHEST).saturating_mul(ONE) + fraction.parse::<i64>().unwrap_or(0);
    Some(sign * value.min(FARTHEST))
}

/// The numbers of a text, in thousandths; what is no number is passed over.
pub(super) fn numbers(text: &str) -> Vec<i64> {
    text.split_whitespace().filter_map(thousandths).collect()
}

/// Thousandths of a millimetre in hundredths of a point.
pub(super) fn hundredths(length: i64) -> i32 {
    // 72 points to 25.4 millimetres: 7,200 hundredths to 25,400 thousandths.
    let scaled = (length * 7_200 + (length.signum() * 12_700)) / 25_400;
    scaled.clamp(-100_000_000, 100_000_000) as i32
}

/// A linear map and a shift: x′ = (a·x + c·y)/1000 + e, y′ = (b·x + d·y)/1000 + f.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matrix {
    a: i64,
    b: i64,
    c: i64,
    d: i64,
    e: i64,
    f: i64,
}

impl Matrix {
    /// The matrix of an object: its own, then the corner of its boundary.
    pub(super) fn new(own: Option<&str>, corner: (i64, i64)) -> Matrix {
        let plain = [ONE, 0, 0, ONE, 0, 0];
        let [a, b, c, d, e, f] = own.and_then(|text| numbers(text).try_into().ok()).unwrap_or(plain);
        Matrix { a, b, c, d, e: e + corner.0, f: f + corner.1 }
    }

    pub(super) fn apply(&self, (x, y): (i64, i64)) -> (i64, i64) {
        ((self.a * x + self.c * y) / ONE + self.e, (self.b * x + self.d * y) / ONE + self.f)
    }

    /// How long an upright stretch becomes.
    pub(super) fn upright(&self, length: i64) -> i64 {
        ((self.c * length / ONE).pow(2) + (self.d * length / ONE).pow(2)).isqrt()
    }

    /// Quarter turns by which a text that is drawn level comes to stand.
    pub(super) fn way(&self) -> usize {
        match (self.a.abs() >= self.b.abs(), self.a >= 0, self.b >= 0) {
            (true, true, _) => 0,
            (false, _, true) => 1,
            (true, false, _) => 2,
            (false, _, false) => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_whole_numbers() {
        let read = |text: &str| thousandths(text);
        assert_eq!([read("12.5"), read("-0.3535"), read(".2"), read("7")], [12_500, -353, 200, 7_000].map(Some));
        assert_eq!([read("1e-7"), read("99999999999999999999")], [0, FARTHEST].map(Some));
        assert_eq!([read(""), read("a"), read("1.2.3")], [None; 3]);
        assert_eq!((hundredths(25_400), hundredths(-25_400)), (7_200, -7_200));
    }

    #[test]
    fn a_matrix_maps_and_the_corner_shifts() {
        let turned = Matrix::new(Some("0 1 -1 0 0 0"), (10_000, 20_000));
        assert_eq!(turned.apply((3_000, 0)), (10_000, 23_000));
        assert_eq!((turned.way(), turned.upright(5_000)), (1, 5_000));
    }
}
