//! Amounts as people type them, to exact fen.

use crate::fault::clip;
use gouji_model::Fen;

/// No budget of a department comes near ten thousand billion yuan: a larger amount is a slip.
const LARGEST_FEN: i64 = 1_000_000_000_000_000;

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AmountError {
    /// No number in yuan.
    Shape,
    /// A comma where the decimal point belongs, or out of its place between thousands.
    Comma,
    /// More than two decimals.
    Decimals,
    /// Beyond ±10^15 fen.
    Range,
}

impl AmountError {
    /// What is wrong and what would be right, in Chinese and English.
    pub(crate) fn messages(self, written: &str) -> (String, String) {
        let (zh, en) = match self {
            AmountError::Shape => {
                ("不是金额；请只写数字，单位为元，如 1234.56", "is no amount; write digits only, in yuan, like 1234.56")
            }
            AmountError::Comma => (
                "中的逗号位置不对；小数点请写“.”，千位分隔如 1,234.56",
                "has a comma out of place; write decimals behind a point and thousands like 1,234.56",
            ),
            AmountError::Decimals => (
                "的小数多于两位；金额以元为单位，精确到分",
                "has more than two decimals; amounts are in yuan, down to the fen",
            ),
            AmountError::Range => {
                ("超出范围（±10 万亿元）；请核对单位是否为元", "is out of range (±10^13 yuan); see that it is in yuan")
            }
        };
        let shown = clip(written);
        (format!("“{shown}”{zh}"), format!("{shown} {en}"))
    }
}

/// Reads yuan with up to two decimals; the empty text is nothing.
///
/// Full-width signs are read as plain ones, and commas between thousands are left out.
pub(crate) fn parse_amount(written: &str) -> Result<Fen, AmountError> {
    let plain: String = written.trim().chars().map(narrow).collect();
    if plain.is_empty() {
        return Ok(Fen::default());
    }
    let (is_negative, digits) = match plain.strip_prefix(['-', '+']) {
        Some(rest) => (plain.starts_with('-'), rest),
        None => (false, plain.as_str()),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = without_commas(whole, decimals)?;
    if !decimals.chars().all(|sign| sign.is_ascii_digit()) || (whole.is_empty() && decimals.is_empty()) {
        return Err(AmountError::Shape);
    }
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > 2 {
        return Err(AmountError::Decimals);
    }
    // Longer numbers are out of range, and would not fit the integer.
    let whole = whole.trim_start_matches('0');
    if whole.len() > 15 {
        return Err(AmountError::Range);
    }
    let fen: i64 = format!("{whole}{decimals:0<2}").parse().map_err(|_| AmountError::Shape)?;
    if fen > LARGEST_FEN {
        return Err(AmountError::Range);
    }
    Ok(Fen::new(if is_negative { -fen } else { fen }))
}

/// The whole yuan without the commas between thousands.
fn without_commas(whole: &str, decimals: &str) -> Result<String, AmountError> {
    let is_number = |text: &str| text.chars().all(|sign| sign.is_ascii_digit());
    // `1.234,56` has its comma behind the point.
    if is_number(&whole.replace(',', "")) && decimals.contains(',') && is_number(&decimals.replace(',', "")) {
        return Err(AmountError::Comma);
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    if !is_number(first) || !rest.iter().all(|group| is_number(group)) {
        return Err(AmountError::Shape);
    }
    let is_in_place = rest.iter().all(|group| group.len() == 3) && (1..=3).contains(&first.len());
    if !rest.is_empty() && !is_in_place { Err(AmountError::Comma) } else { Ok(whole.replace(',', "")) }
}

/// The plain sign for a full-width one.
pub(crate) fn narrow(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '−' | '–' => '-',
        _ => sign,
    }
}
