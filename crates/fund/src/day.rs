use std::fmt;

/// A date of the common calendar, counted in days from 1970-01-01.
///
/// Range: the years 1 to 9999.
///
/// ```
/// use gouji_fund::Day;
/// let published = Day::parse("2022-07-07").unwrap();
/// assert_eq!(published.plus_years(3).to_string(), "2025-07-07");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

const FIRST: i32 = -719_162;
const LAST: i32 = 2_932_896;

impl Day {
    /// The date of a number of days from 1970-01-01; `None` outside the years 1 to 9999.
    pub const fn from_number(days: i32) -> Option<Day> {
        if days < FIRST || days > LAST { None } else { Some(Day(days)) }
    }

    /// Days from 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The date of a year, month (1 to 12) and day of the month; `None` when there is no such date.
    pub fn from_parts(year: i32, month: u32, day: u32) -> Option<Day> {
        let is_date = (1..=9999).contains(&year) && (1..=12).contains(&month);
        if !is_date || day == 0 || day > days_of(year, month) {
            return None;
        }
        // March begins the counted year, so that the leap day is its last.
        let (counted, moved) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let (era, of_era) = (counted.div_euclid(400), counted.rem_euclid(400));
        let of_year = (153 * moved as i32 + 2) / 5 + day as i32 - 1;
        Some(Day(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468))
    }

    /// Reads `2022-07-07`.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let is_written_so = (year.len(), month.len(), day.len()) == (4, 2, 2) && parts.next().is_none();
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_written_so || ![year, month, day].into_iter().all(is_number) {
            return None;
        }
        Day::from_parts(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Reads a date as registers write it: `2022-07-07`, `2022/7/7`, `2022.7.7`, `2022年7月7日`, `20220707`.
    pub fn read(text: &str) -> Option<Day> {
        let text = text.trim().trim_end_matches('日');
        let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).collect();
        let (year, month, day) = match parts[..] {
            [year, month, day] => (year, month, day),
            [all] if all.len() == 8 && all.is_ascii() => (&all[..4], &all[4..6], &all[6..]),
            _ => return None,
        };
        let is_number =
            |part: &str| part.len() <= 4 && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || ![year, month, day].into_iter().all(is_number) {
            return None;
        }
        Day::from_parts(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Year, month and day of the month.
    pub fn parts(self) -> (i32, u32, u32) {
        let shifted = self.0 + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let moved = (5 * of_year + 2) / 153;
        let day = of_year - (153 * moved + 2) / 5 + 1;
        let month = if moved < 10 { moved + 3 } else { moved - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month as u32, day as u32)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.parts().0
    }

    /// The same day of the month so many months later or earlier; the last day of a month that is shorter.
    pub fn plus_months(self, months: i32) -> Day {
        let (year, month, day) = self.parts();
        let counted = year * 12 + month as i32 - 1 + months;
        let (year, month) = (counted.div_euclid(12), counted.rem_euclid(12) as u32 + 1);
        let day = day.min(days_of(year, month));
        Day::from_parts(year, month, day).unwrap_or(if months < 0 { Day(FIRST) } else { Day(LAST) })
    }

    /// The same date so many years later or earlier; 29 February becomes the 28th where there is none.
    pub fn plus_years(self, years: i32) -> Day {
        self.plus_months(years.saturating_mul(12))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

fn days_of(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_one_date_and_comes_back() {
        let mut before = None;
        for number in FIRST..=LAST {
            let day = Day(number);
            let (year, month, of_month) = day.parts();
            assert_eq!(Day::from_parts(year, month, of_month), Some(day));
            assert!(before < Some((year, month, of_month)));
            before = Some((year, month, of_month));
        }
        assert_eq!(
            (Day(0).to_string(), Day(FIRST).to_string(), Day(LAST).to_string()),
            ("1970-01-01".into(), "0001-01-01".into(), "9999-12-31".into())
        );
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in ["2019-02-29", "2019-13-01", "2019-1-01", "20190101", "2019-01-01-", "2019/01/01", "+019-01-01"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn registers_write_dates_in_many_ways() {
        let expected = Day::from_parts(2022, 7, 7);
        for text in ["2022-07-07", "2022/7/7", "2022.7.7", "2022年7月7日", "20220707", " 2022-7-07 "] {
            assert_eq!(Day::read(text), expected, "{text}");
        }
        for text in ["2022", "22-7-7", "2022-7", "2022-7-7-7", "2022-7-x", "2022-13-01", "二〇二二年七月七日"]
        {
            assert_eq!(Day::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_shorter_month_ends_earlier() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(day("2020-02-29").plus_years(1), day("2021-02-28"));
        assert_eq!(day("2019-12-31").plus_months(2), day("2020-02-29"));
        assert_eq!(day("2019-01-31").plus_months(-2), day("2018-11-30"));
    }
}
