//! Number formats: how a cell prints the number it holds.

use super::date::{Epoch, Moment};
use super::number::{Decimal, general};

/// What a format is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    General,
    /// A letter of a date, and how often it stands.
    Date(char, usize),
}

/// The number as the format prints it; `None` when the format is not known.
pub(super) fn shown(stored: &str, format: &str, epoch: Epoch) -> Option<String> {
    let decimal = Decimal::parse(stored)?;
    if format.trim().is_empty() || format.eq_ignore_ascii_case("general") || format.trim() == "@" {
        return Some(general(stored));
    }
    let sections: Vec<Vec<Token>> = sections(format).iter().map(|section| tokens(section)).collect::<Option<_>>()?;
    let (section, has_own) = match (sections.len(), decimal.is_negative && !decimal.is_zero(), decimal.is_zero()) {
        (2.., true, _) => (&sections[1], true),
        (3.., _, true) => (&sections[2], true),
        _ => (&sections[0], false),
    };
    let text = if section.iter().any(|token| matches!(token, Token::Date(..))) {
        date(&decimal, section, epoch)?
    } else {
        number(&decimal, section)
    };
    let is_negative = decimal.is_negative && text.chars().any(|c| ('1'..='9').contains(&c));
    // A negative amount that only its colour tells from a positive one keeps its sign.
    let is_signed = has_own && text.contains(['-', '(', '（', '△', '▲', '－', '负']);
    let sign = if is_negative && !is_signed { "-" } else { "" };
    Some(format!("{sign}{}", text.trim()))
}

/// The parts of a format that `;` separates.
fn sections(format: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut characters = format.chars();
    let (mut quoted, mut bracketed) = (false, false);
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            _ => {}
        }
        if character == ';' && !quoted && !bracketed {
            parts.push(String::new());
            continue;
        }
        let part = parts.last_mut().expect("there is always a part");
        part.push(character);
        if matches!(character, '\\' | '_' | '*') && !quoted {
            part.extend(characters.next());
        }
    }
    parts
}

/// The tokens of a section; `None` when one of them is not known.
fn tokens(section: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = section.chars().peekable();
    if section.eq_ignore_ascii_case("general") {
        return Some(vec![Token::General]);
    }
    while let Some(character) = rest.next() {
        match character {
            '"' => tokens.push(Token::Literal(rest.by_ref().take_while(|c| *c != '"').collect())),
            '\\' => tokens.extend(rest.next().map(|c| Token::Literal(c.to_string()))),
            // A blank as wide as the next character, or that character as filling.
            '_' | '*' => {
                rest.next();
            }
            '[' => tokens.extend(bracketed(&rest.by_ref().take_while(|c| *c != ']').collect::<String>())?),
            '0' | '#' | '?' => tokens.push(Token::Digit(character)),
            '.' => tokens.push(Token::Point),
            ',' => tokens.push(Token::Comma),
            '%' => tokens.push(Token::Percent),
            '@' => tokens.push(Token::General),
            'G' | 'g' => {
                let word: String = std::iter::once(character).chain(rest.by_ref().take(6)).collect();
                if !word.eq_ignore_ascii_case("general") {
                    return None;
                }
                tokens.push(Token::General);
            }
            'E' | 'e' if matches!(rest.peek(), Some('+' | '-')) => return None,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' => {
                let letter = character.to_ascii_lowercase();
                let mut count = 1;
                while rest.next_if(|c| c.eq_ignore_ascii_case(&letter)).is_some() {
                    count += 1;
                }
                tokens.push(Token::Date(letter, count));
            }
            '/' if tokens.iter().any(|token| matches!(token, Token::Digit(_))) => return None,
            letter if letter.is_ascii_alphabetic() => return None,
            other => tokens.push(Token::Literal(other.to_string())),
        }
    }
    Some(tokens)
}

/// `[Red]`, `[$¥-804]`; `None` for conditions, elapsed time and numerals of other scripts.
fn bracketed(inner: &str) -> Option<Option<Token>> {
    if let Some(currency) = inner.strip_prefix('$') {
        let sign = currency.split('-').next().unwrap_or("");
        return Some((!sign.is_empty()).then(|| Token::Literal(sign.to_string())));
    }
    let lower = inner.to_lowercase();
    let colours =
        ["black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "color", "黑", "蓝", "红", "绿"];
    let is_locale = lower.starts_with("enu") || lower.starts_with("chs");
    (colours.iter().any(|colour| lower.starts_with(colour)) || is_locale).then_some(None)
}

/// The magnitude of a number in a section.
fn number(decimal: &Decimal, section: &[Token]) -> String {
    let mut value = decimal.clone();
    value.is_negative = false;
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let percents = section.iter().filter(|token| **token == Token::Percent).count();
    value.shift(2 * percents.min(10) as i32);
    let point = section.iter().position(|token| *token == Token::Point).unwrap_or(section.len());
    let (before, after) = section.split_at(point);
    let last_digit = before.iter().rposition(is_digit);
    let first_digit = before.iter().position(is_digit);
    // A comma among the digits groups them; each after the last one divides by 1,000.
    let commas = |tokens: &[Token]| tokens.iter().filter(|token| **token == Token::Comma).count();
    let grouped = first_digit.zip(last_digit).is_some_and(|(first, last)| commas(&before[first..last]) > 0);
    let after_last = |tokens: &[Token]| tokens.iter().rposition(is_digit).map_or(0, |last| commas(&tokens[last..]));
    let thousands = (after_last(before) + after_last(after)).min(10);
    value.shift(-3 * thousands as i32);
    let places = after.iter().filter(|token| is_digit(token)).count();
    if section.iter().any(is_digit) {
        value.round(places as i32);
    }
    let mut out = whole_part(&value, before, first_digit, grouped);
    out.push_str(&fraction_part(&value, after));
    out
}

/// The tokens before the point, filled from the right.
fn whole_part(value: &Decimal, tokens: &[Token], first_digit: Option<usize>, grouped: bool) -> String {
    let mut left = value.whole();
    let mut reversed = String::new();
    let mut count = 0;
    let mut push = |reversed: &mut String, digit: u8| {
        if grouped && count > 0 && count % 3 == 0 {
            reversed.push(',');
        }
        reversed.push(char::from(b'0' + digit));
        count += 1;
    };
    for (at, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Digit(sign) => {
                match left.pop() {
                    Some(digit) => push(&mut reversed, digit),
                    None if *sign == '0' => push(&mut reversed, 0),
                    None => {}
                }
                if Some(at) == first_digit {
                    while let Some(digit) = left.pop() {
                        push(&mut reversed, digit);
                    }
                }
            }
            Token::Literal(text) => reversed.extend(text.chars().rev()),
            Token::Percent => reversed.push('%'),
            Token::General => reversed.extend(value.plain().chars().rev()),
            Token::Point | Token::Comma | Token::Date(..) => {}
        }
    }
    reversed.chars().rev().collect()
}

/// The point and what follows it.
fn fraction_part(value: &Decimal, tokens: &[Token]) -> String {
    let digits = value.fraction();
    let signs: Vec<char> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Digit(sign) => Some(*sign),
            _ => None,
        })
        .collect();
    // Digits that must print: up to the last 0 of the format, up to the last of the number.
    let needed = signs.iter().rposition(|sign| *sign == '0').map_or(0, |at| at + 1).max(digits.len());
    let mut out = String::new();
    let mut at = 0;
    for token in tokens {
        match token {
            Token::Point if !signs.is_empty() && needed == 0 => {}
            Token::Point => out.push('.'),
            Token::Digit(_) => {
                if at < needed {
                    out.push(char::from(b'0' + digits.get(at).copied().unwrap_or(0)));
                }
                at += 1;
            }
            Token::Literal(text) => out.push_str(text),
            Token::Percent => out.push('%'),
            Token::General | Token::Comma | Token::Date(..) => {}
        }
    }
    out
}

/// A day or a time in a section.
fn date(decimal: &Decimal, section: &[Token], epoch: Epoch) -> Option<String> {
    if decimal.is_negative {
        return None;
    }
    let digits = |digits: Vec<u8>| digits.into_iter().fold(0_i64, |sum, digit| sum * 10 + i64::from(digit));
    let whole = decimal.whole();
    if whole.len() > 7 {
        return None;
    }
    let mut fraction = decimal.clone();
    fraction.round(9);
    let mut billionths = fraction.fraction();
    billionths.resize(9, 0);
    let seconds = (digits(billionths) * 86_400 + 500_000_000) / 1_000_000_000;
    let moment = Moment::new(digits(whole) + seconds / 86_400, seconds % 86_400, epoch)?;
    let mut out = String::new();
    let mut after_hour = false;
    for (at, token) in section.iter().enumerate() {
        let before_second = || {
            let next = section[at + 1..].iter().find(|token| matches!(token, Token::Date(..)));
            matches!(next, Some(Token::Date('s', _)))
        };
        let (value, width) = match token {
            Token::Date('y' | 'e', 2) => (moment.year % 100, 2),
            Token::Date('y' | 'e', _) => (moment.year, 4),
            Token::Date('m', count) if after_hour || before_second() => (moment.minute, *count),
            Token::Date('m', count) if *count <= 2 => (moment.month, *count),
            Token::Date('d', count) if *count <= 2 => (moment.day, *count),
            Token::Date('h', count) => (moment.hour, *count),
            Token::Date('s', count) => (moment.second, *count),
            Token::Date(..) => return None,
            Token::Literal(text) => {
                out.push_str(text);
                continue;
            }
            Token::Point => {
                out.push('.');
                continue;
            }
            _ => continue,
        };
        after_hour = matches!(token, Token::Date('h', _));
        out.push_str(&format!("{value:0width$}"));
    }
    Some(out)
}

/// The format of a number that a workbook does not write down.
pub(super) fn built_in(number: u32) -> &'static str {
    match number {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "\"¥\"#,##0;\"¥\"-#,##0",
        7 | 8 => "\"¥\"#,##0.00;\"¥\"-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 | 13 => "# ?/?",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 | 20 | 32 => "h:mm",
        19 | 21 | 33 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        34 | 55 => "h\"时\"mm\"分\"",
        35 | 56 => "h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 | 42 => "#,##0;-#,##0;\"-\"",
        43 | 44 => "#,##0.00;-#,##0.00;\"-\"??",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        _ => "General",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(stored: &str, format: &str) -> String {
        shown(stored, format, Epoch::From1900).unwrap_or_else(|| "?".into())
    }

    #[test]
    fn numbers_as_the_cell_prints_them() {
        for (stored, format, expected) in [
            ("35.1", "0.00", "35.10"),
            ("1234567.891", "#,##0.00", "1,234,567.89"),
            ("51447", "#,##0", "51,447"),
            ("0", "#,##0.00", "0.00"),
            ("0", "#,###.##", ""),
            ("0.005", "0.00", "0.01"),
            ("1.0049999999999999", "0.00", "1.01"),
            ("999.995", "#,##0.00", "1,000.00"),
            ("-35.1", "0.00", "-35.10"),
            ("-0.001", "0.00", "0.00"),
            ("-1234.5", "#,##0.00_);(#,##0.00)", "(1,234.50)"),
            ("-12.3", "0.00;[Red]0.00", "-12.30"),
            ("0", built_in(43), "-"),
            ("1234.5", "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "1,234.50"),
            ("0.6323", "0.00%", "63.23%"),
            ("0.1", "0%", "10%"),
            ("12345678", "#,##0.00,,", "12.35"),
            ("51447", "0\"万元\"", "51447万元"),
            ("2060101", "General", "2060101"),
            ("206", "@", "206"),
            ("7", "000", "007"),
            ("12.5", "[$¥-804]#,##0.00", "¥12.50"),
            ("0.5", ".00", ".50"),
            ("12", "0.##", "12"),
            ("12.5", "[DBNum1]0", "?"),
            ("12.5", "[>10]0;0.0", "?"),
            ("0.5", "# ?/?", "?"),
        ] {
            assert_eq!(show(stored, format), expected, "{stored} as {format}");
        }
    }

    #[test]
    fn days_as_the_cell_prints_them() {
        for (stored, format, expected) in [
            ("43466", "yyyy/m/d", "2019/1/1"),
            ("43466", "yyyy\"年\"m\"月\"d\"日\";@", "2019年1月1日"),
            ("43466.75", "yyyy-mm-dd hh:mm:ss", "2019-01-01 18:00:00"),
            ("43466.999999999", "yyyy-mm-dd hh:mm", "2019-01-02 00:00"),
            ("43466", "[$-804]yyyy\\-mm", "2019-01"),
        ] {
            assert_eq!(show(stored, format), expected, "{stored} as {format}");
        }
    }
}
