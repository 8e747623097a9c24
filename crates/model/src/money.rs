use std::fmt;

/// An exact amount of money in fen (分, a hundredth of a yuan).
///
/// Range: ±9.2 × 10^16 yuan. Arithmetic is checked; there is no division, because a
/// ratio of amounts is not an amount.
///
/// ```
/// use gouji_model::Fen;
/// let award = Fen::from_yuan(42_000).unwrap();
/// assert_eq!(award.checked_add(Fen::new(1)).unwrap().to_string(), "42000.01");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(i64);

/// Why an amount could not be formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The result lies outside ±9.2 × 10^18 fen.
    #[error("amount out of range (the limit is 9.2 × 10^16 yuan)")]
    OutOfRange,
}

impl Fen {
    /// An amount of `fen` hundredths of a yuan.
    pub const fn new(fen: i64) -> Self {
        Fen(fen)
    }

    /// An amount of whole yuan.
    pub fn from_yuan(yuan: i64) -> Result<Self, MoneyError> {
        yuan.checked_mul(100).map(Fen).ok_or(MoneyError::OutOfRange)
    }

    /// The number of fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// Yuan with two decimals, thousands parted by commas.
    pub fn grouped(self) -> String {
        let plain = self.to_string();
        let (sign, plain) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, decimals) = plain.split_once('.').unwrap_or((plain, "00"));
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        format!("{sign}{grouped}.{decimals}")
    }

    /// The sum, or an error when it is out of range.
    pub fn checked_add(self, other: Fen) -> Result<Fen, MoneyError> {
        self.0.checked_add(other.0).map(Fen).ok_or(MoneyError::OutOfRange)
    }

    /// The difference, or an error when it is out of range.
    pub fn checked_sub(self, other: Fen) -> Result<Fen, MoneyError> {
        self.0.checked_sub(other.0).map(Fen).ok_or(MoneyError::OutOfRange)
    }
}

impl fmt::Display for Fen {
    /// Yuan with two decimals.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        write!(out, "{sign}{}.{:02}", magnitude / 100, magnitude % 100)
    }
}
