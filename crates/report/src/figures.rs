//! Fen to figures as printed: rounded half away from zero (四舍五入), never cut.

use gouji_model::{Printed, Unit};

/// How many decimals a figure in the narrative may take until it is not nought.
const FINEST: u8 = 6;

/// Fen in a unit with so many decimals.
pub(crate) fn money(fen: i128, unit: Unit, decimals: u8) -> Printed {
    let place = place(unit, decimals);
    let digits = round_half_up(fen, place);
    Printed::new(i64::try_from(digits).unwrap_or(i64::MAX), decimals, unit)
        .expect("the decimals of a form and the finest of a sentence are those of the unit")
}

/// The same, with as many more decimals as it takes to show an amount that is not nought.
pub(crate) fn visible_money(fen: i128, unit: Unit, decimals: u8) -> Printed {
    let finest = if unit == Unit::Yuan { 2 } else { FINEST };
    (decimals..=finest)
        .map(|more| money(fen, unit, more))
        .find(|figure| !figure.is_zero())
        .unwrap_or(money(fen, unit, decimals))
}

/// `part` of `whole` in percent with one decimal, or with as many as it takes to show it.
///
/// `None` when the whole is nought.
pub(crate) fn percent(part: i128, whole: i128) -> Option<Printed> {
    if whole == 0 {
        return None;
    }
    let shown = (1..=4).map(|decimals| {
        let scale = 100 * 10_i128.pow(decimals);
        let digits = round_half_up(part * scale * whole.signum(), whole.abs());
        Printed::new(i64::try_from(digits).unwrap_or(i64::MAX), decimals as u8, Unit::Percent)
            .expect("a percentage has at most six decimals")
    });
    let shown: Vec<Printed> = shown.collect();
    shown.iter().find(|figure| !figure.is_zero()).or(shown.first()).copied()
}

/// The last printed place, in fen.
pub(crate) fn place(unit: Unit, decimals: u8) -> i128 {
    let fen = match unit {
        Unit::Yuan => 100,
        Unit::Thousand => 100_000,
        Unit::TenThousand => 1_000_000,
        Unit::HundredMillion => 10_000_000_000,
        Unit::Percent | Unit::Count => 1,
    };
    fen / 10_i128.pow(u32::from(decimals))
}

/// To whole places.
pub(crate) fn round_half_up(value: i128, place: i128) -> i128 {
    let rounded = (2 * value.abs() + place) / (2 * place);
    rounded * value.signum()
}

const NUMERALS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// 1 to 99 as 一 to 九十九.
pub(crate) fn ordinal(number: usize) -> String {
    let (tens, ones) = (number / 10 % 10, number % 10);
    let mut out = String::new();
    if tens > 1 {
        out.push_str(NUMERALS[tens]);
    }
    if tens > 0 {
        out.push('十');
    }
    if ones > 0 || tens == 0 {
        out.push_str(NUMERALS[ones]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_unit_goes_away_from_zero() {
        for (fen, decimals, expected) in [
            (500_000, 0, "1"),
            (499_999, 0, "0"),
            (-500_000, 0, "-1"),
            (-499_999, 0, "0"),
            (1_234_567, 2, "1.23"),
            (1_235_000, 2, "1.24"),
        ] {
            assert_eq!(money(fen, Unit::TenThousand, decimals).to_string(), expected, "{fen}");
        }
    }

    #[test]
    fn what_is_not_nought_is_seen() {
        assert_eq!(visible_money(300_000, Unit::TenThousand, 0).to_string(), "0.3");
        assert_eq!(visible_money(1, Unit::TenThousand, 0).to_string(), "0.000001");
        assert_eq!(visible_money(0, Unit::TenThousand, 0).to_string(), "0");
        assert_eq!(percent(1, 3).unwrap().to_string(), "33.3");
        assert_eq!(percent(1, 2000).unwrap().to_string(), "0.1");
        assert_eq!(percent(1, 5000).unwrap().to_string(), "0.02");
        assert_eq!(percent(1, 0), None);
    }

    #[test]
    fn ordinals_are_chinese() {
        let said: Vec<String> = [1, 10, 11, 20, 24].into_iter().map(ordinal).collect();
        assert_eq!(said, ["一", "十", "十一", "二十", "二十四"]);
    }
}
