//! Literals of a policy: `50万元`, `1500元`, `1亿元`, `3.5%`, `1/3`, `2019-01-01`.

use gouji_fund::policy::{Literal, Ratio};
use gouji_fund::{Day, scaled};
use gouji_model::Fen;

/// Why a text that begins like a literal is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotLiteral;

/// A literal; `Ok(None)` for a text that begins like a name.
pub(super) fn literal(text: &str) -> Result<Option<Literal>, NotLiteral> {
    let begins = text.strip_prefix('-').unwrap_or(text).starts_with(|first: char| first.is_ascii_digit());
    if !begins {
        return Ok(None);
    }
    if let Some(day) = Day::parse(text) {
        return Ok(Some(Literal::Day(day)));
    }
    for (unit, fen) in [("亿元", 10_000_000_000), ("万元", 1_000_000), ("元", 100), ("分", 1)] {
        if let Some(number) = text.strip_suffix(unit) {
            return scaled(number.trim_end(), fen).map(|fen| Some(Literal::Amount(Fen::new(fen)))).ok_or(NotLiteral);
        }
    }
    if let Some(number) = text.strip_suffix('%') {
        let parts = scaled(number.trim_end(), 10_000).ok_or(NotLiteral)?;
        return Ratio::new(parts, 1_000_000).map(|ratio| Some(Literal::Ratio(ratio))).ok_or(NotLiteral);
    }
    if let Some((over, under)) = text.split_once('/') {
        let ratio =
            Ratio::new(over.trim().parse().map_err(|_| NotLiteral)?, under.trim().parse().map_err(|_| NotLiteral)?);
        return ratio.map(|ratio| Some(Literal::Ratio(ratio))).ok_or(NotLiteral);
    }
    text.parse().map(|count| Some(Literal::Count(count))).map_err(|_| NotLiteral)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_exact() {
        let amount = |fen| Ok(Some(Literal::Amount(Fen::new(fen))));
        let ratio = |over, under| Ok(Ratio::new(over, under).map(Literal::Ratio));
        for (text, expected) in [
            ("50万元", amount(50_000_000)),
            ("1.5亿元", amount(15_000_000_000)),
            ("1,500.05 元", amount(150_005)),
            ("1分", amount(1)),
            ("3.5%", ratio(7, 200)),
            ("150%", ratio(3, 2)),
            ("1/3", ratio(1, 3)),
            ("12", Ok(Some(Literal::Count(12)))),
            ("2019-02-28", Ok(Day::parse("2019-02-28").map(Literal::Day))),
            ("研发费用", Ok(None)),
            ("0.001元", Err(NotLiteral)),
            ("3..5%", Err(NotLiteral)),
            ("1/0", Err(NotLiteral)),
            ("12人", Err(NotLiteral)),
        ] {
            assert_eq!(literal(text), expected, "{text}");
        }
    }
}
