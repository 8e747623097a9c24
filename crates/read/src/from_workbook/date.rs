//! Days of a workbook, which are stored as numbers.

/// From when days are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900.
    #[default]
    From1900,
    /// Day 0 is 1 January 1904.
    From1904,
}

/// A day and a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
}

impl Moment {
    /// The moment of a whole day and the seconds within it.
    pub(super) fn new(day: i64, seconds: i64, epoch: Epoch) -> Option<Moment> {
        if !(0..=2_958_465).contains(&day) {
            return None;
        }
        // Spreadsheets hold 1900 for a leap year: days before March are counted from one later.
        let since_1970 = match epoch {
            Epoch::From1904 => day - 24_107,
            Epoch::From1900 if day < 60 => day - 25_568,
            Epoch::From1900 => day - 25_569,
        };
        let (year, month, day) = civil(since_1970);
        Some(Moment { year, month, day, hour: seconds / 3600, minute: seconds / 60 % 60, second: seconds % 60 })
    }
}

/// Year, month and day of a day counted from 1 January 1970.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_both_epochs() {
        let date = |day, epoch| Moment::new(day, 0, epoch).map(|m| (m.year, m.month, m.day));
        assert_eq!(date(1, Epoch::From1900), Some((1900, 1, 1)));
        assert_eq!(date(61, Epoch::From1900), Some((1900, 3, 1)));
        assert_eq!(date(43_466, Epoch::From1900), Some((2019, 1, 1)));
        assert_eq!(date(42_004, Epoch::From1904), Some((2019, 1, 1)));
        assert_eq!(date(-1, Epoch::From1900), None);
    }
}
