//! Decimal numbers as people write them, exactly.

/// A decimal number times a scale; `None` where that is not whole, or the text is no number.
///
/// Full-width digits and signs count as plain ones, commas between digits are left out, and there are at most ten decimals.
///
/// ```
/// use gouji_fund::scaled;
/// assert_eq!(scaled("1,234.5", 100), Some(123_450));
/// assert_eq!(scaled("0.001", 100), None);
/// ```
pub fn scaled(number: &str, scale: i64) -> Option<i64> {
    let plain: String = number.trim().chars().map(narrow).filter(|sign| *sign != ',').collect();
    let (sign, number) = plain.strip_prefix('-').map_or((1, plain.as_str()), |number| (-1, number));
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 20 || decimals.len() > 10 || !is_digits(whole) || !is_digits(decimals) {
        return None;
    }
    let divisor = 10_i128.pow(decimals.len() as u32);
    let digits: i128 = format!("{whole}{decimals}").parse().ok()?;
    let product = digits.checked_mul(i128::from(scale))?;
    let value = if product % divisor == 0 { product / divisor } else { return None };
    i64::try_from(value).ok().map(|value| sign * value)
}

/// A full-width sign as a plain one.
fn narrow(sign: char) -> char {
    match sign {
        '０'..='９' | '．' | '，' | '－' => char::from_u32(sign as u32 - 0xFEE0).unwrap_or(sign),
        '−' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_or_none() {
        for (text, scale, expected) in [
            ("1.5", 10, Some(15)),
            ("１２．５", 10, Some(125)),
            ("-0.01", 100, Some(-1)),
            ("", 1, None),
            ("1e3", 1, None),
            ("1.25", 10, None),
            ("99999999999999999999", 1, None),
        ] {
            assert_eq!(scaled(text, scale), expected, "{text}");
        }
    }
}
