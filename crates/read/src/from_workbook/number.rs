//! Numbers as their decimal digits: what a workbook stores is never turned into a float
//! and back on its way to the text.

/// Digits that a spreadsheet keeps: what is stored beyond them is noise of binary fractions.
const DIGITS: usize = 15;

/// A decimal number: 0.d₁d₂d₃… × 10^point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub is_negative: bool,
    /// Each 0 to 9; the first and the last are no zeros; none for zero.
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    /// Reads `12.5`, `-1.2E-3`; `None` when it is no number or beyond what prints sensibly.
    pub(super) fn parse(text: &str) -> Option<Decimal> {
        let text = text.trim();
        let (is_negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || mantissa.len() > 400 || exponent.abs() > 400 {
            return None;
        }
        if !is_number(whole) || !is_number(fraction) {
            return None;
        }
        let digits = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        let mut decimal = Decimal { is_negative, digits, point: whole.len() as i32 + exponent };
        decimal.normalise();
        decimal.round(DIGITS as i32 - decimal.point);
        Some(decimal)
    }

    fn normalise(&mut self) {
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point -= zeros as i32;
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Times 10^places.
    pub(super) fn shift(&mut self, places: i32) {
        if !self.is_zero() {
            self.point += places;
        }
    }

    /// Rounds to so many places after the point, half away from zero.
    pub(super) fn round(&mut self, places: i32) {
        let keep = self.point + places;
        if keep < 0 {
            self.digits.clear();
        } else if (keep as usize) < self.digits.len() {
            let up = self.digits[keep as usize] >= 5;
            self.digits.truncate(keep as usize);
            if up {
                self.add_one_at_end();
            }
        }
        self.normalise();
    }

    fn add_one_at_end(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            *digit += 1;
            if *digit < 10 {
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    /// The digits before the point, without leading zeros.
    pub(super) fn whole(&self) -> Vec<u8> {
        let count = self.point.max(0) as usize;
        (0..count).map(|at| self.digits.get(at).copied().unwrap_or(0)).collect()
    }

    /// The digits after the point, without trailing zeros.
    pub(super) fn fraction(&self) -> Vec<u8> {
        let zeros = if self.is_zero() { 0 } else { (-self.point).max(0) as usize };
        let from = (self.point.max(0) as usize).min(self.digits.len());
        std::iter::repeat_n(0, zeros).chain(self.digits[from..].iter().copied()).collect()
    }

    /// In plain digits, as many as it takes.
    pub(super) fn plain(&self) -> String {
        let text = |digits: Vec<u8>| digits.into_iter().map(|digit| char::from(b'0' + digit)).collect::<String>();
        let (whole, fraction) = (text(self.whole()), text(self.fraction()));
        let sign = if self.is_negative && !self.is_zero() { "-" } else { "" };
        let whole = if whole.is_empty() { "0".to_string() } else { whole };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// It is so large or so small that a spreadsheet writes it with an exponent.
    fn is_extreme(&self) -> bool {
        self.point > 20 || self.point < -9
    }
}

/// The number as a cell without a format prints it: as many digits as it has.
pub(super) fn general(stored: &str) -> String {
    match Decimal::parse(stored) {
        Some(decimal) if !decimal.is_extreme() => decimal.plain(),
        _ => stored.trim().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_a_format_has_no_noise() {
        for (stored, expected) in [
            ("35.1", "35.1"),
            ("0.30000000000000004", "0.3"),
            ("1229.8999999999999", "1229.9"),
            ("2060101", "2060101"),
            ("1.2345E-2", "0.012345"),
            ("-0.5", "-0.5"),
            ("0", "0"),
            ("-0", "0"),
            ("5.1447E4", "51447"),
            ("999999999999999.9", "1000000000000000"),
            ("1E+99", "1E+99"),
            ("x", "x"),
        ] {
            assert_eq!(general(stored), expected, "{stored}");
        }
    }
}
