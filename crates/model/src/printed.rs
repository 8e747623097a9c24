use std::fmt;

/// The unit a figure is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 元
    Yuan,
    /// 千元
    Thousand,
    /// 万元
    TenThousand,
    /// 亿元
    HundredMillion,
    /// 百分比
    Percent,
    /// A number of things or persons: exact, never rounded.
    Count,
}

impl Unit {
    /// How many of the finest parts one unit holds: fen for money, millionths of a
    /// percent for percentages, one for counts.
    const fn atoms(self) -> i128 {
        match self {
            Unit::Yuan => 100,
            Unit::Thousand => 100_000,
            Unit::TenThousand => 1_000_000,
            Unit::HundredMillion => 10_000_000_000,
            Unit::Percent => 1_000_000,
            Unit::Count => 1,
        }
    }

    /// The word a Chinese report prints.
    pub const fn word(self) -> &'static str {
        match self {
            Unit::Yuan => "元",
            Unit::Thousand => "千元",
            Unit::TenThousand => "万元",
            Unit::HundredMillion => "亿元",
            Unit::Percent => "%",
            Unit::Count => "",
        }
    }

    /// True for the units of money.
    pub const fn is_money(self) -> bool {
        !matches!(self, Unit::Percent | Unit::Count)
    }
}

/// A figure as it stands on paper: its digits, how many of them are decimals, its unit.
///
/// A rounded figure v stands for the half-open interval [v − u/2, v + u/2), where u is one
/// unit of the last printed digit; a negative one mirrors it. A count stands for itself.
///
/// ```
/// use gouji_model::{Printed, Unit};
/// let total = Printed::parse("51,447", Unit::TenThousand).unwrap();
/// assert_eq!(total.to_string(), "51447");
/// let exact = Printed::parse("35.10", Unit::TenThousand).unwrap();
/// let rough = Printed::parse("35", Unit::TenThousand).unwrap();
/// assert!(rough.meets(&exact));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Printed {
    digits: i64,
    decimals: u8,
    unit: Unit,
}

/// Why a text is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintedError {
    /// Something else than digits, separators, a sign and a decimal point.
    #[error("not a number")]
    NotANumber,
    /// More than fifteen digits.
    #[error("more than 15 digits")]
    TooLong,
    /// Finer than a fen (or a millionth of a percent).
    #[error("more decimals than the unit has")]
    TooFine,
}

impl Printed {
    /// Reads a figure: optional sign, digits with or without thousand separators, decimals.
    pub fn parse(text: &str, unit: Unit) -> Result<Printed, PrintedError> {
        let (digits, decimals) = parse_number(text)?;
        Printed::new(digits, decimals, unit)
    }

    /// A figure of `digits` units of its last place, of which `decimals` are decimals.
    pub fn new(digits: i64, decimals: u8, unit: Unit) -> Result<Printed, PrintedError> {
        let fits = decimals <= 12 && unit.atoms() % 10_i128.pow(u32::from(decimals)) == 0;
        if fits { Ok(Printed { digits, decimals, unit }) } else { Err(PrintedError::TooFine) }
    }

    /// A count of things.
    pub const fn count(number: i64) -> Printed {
        Printed { digits: number, decimals: 0, unit: Unit::Count }
    }

    /// Zero in the unit and precision of `self`.
    pub const fn zero(&self) -> Printed {
        Printed { digits: 0, decimals: self.decimals, unit: self.unit }
    }

    /// The figure's number in units of its last printed place.
    pub const fn digits(&self) -> i64 {
        self.digits
    }

    /// How many decimals are printed.
    pub const fn decimals(&self) -> u8 {
        self.decimals
    }

    /// The unit.
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// True when every printed digit is zero.
    pub const fn is_zero(&self) -> bool {
        self.digits == 0
    }

    /// The printed value in the finest parts of its unit (fen for money).
    pub fn atoms(&self) -> i128 {
        i128::from(self.digits) * self.place()
    }

    /// One unit of the last printed place, in the finest parts.
    fn place(&self) -> i128 {
        self.unit.atoms() / 10_i128.pow(u32::from(self.decimals))
    }

    /// The width of the interval in the finest parts: one unit of the last place, nothing for a count.
    pub fn tick(&self) -> i128 {
        if self.unit == Unit::Count { 0 } else { self.place() }
    }

    /// True when both can be roundings of one value.
    pub fn meets(&self, other: &Printed) -> bool {
        let distance = (self.atoms() - other.atoms()).abs();
        distance == 0 || 2 * distance < self.tick() + other.tick()
    }

    /// The same figure with another sign.
    pub const fn negated(&self) -> Printed {
        Printed { digits: -self.digits, decimals: self.decimals, unit: self.unit }
    }

    /// `atoms` written at the precision of `self` where that is exact, finer where it is not.
    pub fn like(&self, atoms: i128) -> Printed {
        let mut decimals = self.decimals;
        loop {
            let place = self.unit.atoms() / 10_i128.pow(u32::from(decimals));
            if atoms % place == 0 || place == 1 {
                let digits = i64::try_from(atoms / place).unwrap_or(i64::MAX);
                return Printed { digits, decimals, unit: self.unit };
            }
            decimals += 1;
        }
    }

    /// Tests whether `self` can be the total of `parts`.
    ///
    /// Only parts that are not structurally zero may be handed in; a difference is allowed
    /// below half a unit of the last place for each figure that takes part, which for n
    /// parts of equal precision is ⌊n/2⌋ units, and none at all for one part.
    pub fn test_sum(&self, parts: impl IntoIterator<Item = Printed>) -> SumTest {
        let (mut sum, mut slack, mut count) = (0_i128, self.tick(), 0_usize);
        // Differences are shown in the unit of the total, at the finest precision.
        let (mut finest, mut finest_place) = (*self, self.place());
        for part in parts {
            sum += part.atoms();
            slack += part.tick();
            count += 1;
            finest_place = finest_place.min(part.place());
            if part.decimals > finest.decimals && part.unit == finest.unit {
                finest = part;
            }
        }
        let difference = sum - self.atoms();
        // The largest difference on the grid of the finest figure that is still below the slack.
        let grid = finest_place.max(1);
        let bound = ((slack + 1) / 2 - 1).max(0) / grid * grid;
        SumTest {
            addends: count,
            sum: finest.like(sum),
            difference: finest.like(difference),
            bound: finest.like(bound),
            exact: difference == 0,
            possible: difference == 0 || 2 * difference.abs() < slack,
        }
    }
}

/// What became of the comparison of a total with its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SumTest {
    /// Number of parts counted.
    pub addends: usize,
    /// The sum of the printed parts.
    pub sum: Printed,
    /// The sum less the printed total.
    pub difference: Printed,
    /// The largest difference that rounding explains.
    pub bound: Printed,
    /// No difference at all.
    pub exact: bool,
    /// The difference, if any, can come from rounding.
    pub possible: bool,
}

impl Printed {
    /// The figure with a comma between thousands, as reports print it: `-1,234.50`.
    pub fn grouped(&self) -> String {
        let plain = self.to_string();
        let (sign, rest) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, fraction) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
        let mut out = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out + fraction
    }
}

impl fmt::Display for Printed {
    /// The number without separators and without its unit.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let magnitude = self.digits.unsigned_abs();
        let scale = 10_u64.pow(u32::from(self.decimals));
        write!(out, "{sign}{}", magnitude / scale)?;
        if self.decimals > 0 {
            write!(out, ".{:0width$}", magnitude % scale, width = usize::from(self.decimals))?;
        }
        Ok(())
    }
}

/// Reads a number as printed: digits and how many of them are decimals.
///
/// Accepts full-width digits and signs, thousand separators at thousands, blanks between
/// digits (reports have them where a line was broken) and brackets for a negative number.
pub fn parse_number(text: &str) -> Result<(i64, u8), PrintedError> {
    // Most cells are words: they are told by their first character.
    let begins = |first: char| {
        first.is_ascii_digit() || first.is_whitespace() || "-(０１２３４５６７８９－−–—（".contains(first)
    };
    // A line separator parts two numbers that stand in one cell.
    if !text.starts_with(begins) || text.contains('\u{2028}') {
        return Err(PrintedError::NotANumber);
    }
    if let Some(plain) = plain_number(text) {
        return plain;
    }
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '０'..='９' => plain.push((b'0' + (character as u32 - '０' as u32) as u8) as char),
            '，' => plain.push(','),
            '．' => plain.push('.'),
            '－' | '−' | '–' | '—' => plain.push('-'),
            '（' => plain.push('('),
            '）' => plain.push(')'),
            blank if blank.is_whitespace() => {}
            other => plain.push(other),
        }
    }
    let bracketed = plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (negative, body) = match (bracketed, plain.strip_prefix('-')) {
        (Some(inner), _) => (true, inner),
        (None, Some(rest)) => (true, rest),
        (None, None) => (false, plain.as_str()),
    };
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    if body.ends_with('.') || !separators_fit(whole) || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PrintedError::NotANumber);
    }
    let digits: String = whole.chars().filter(|c| *c != ',').chain(fraction.chars()).collect();
    if digits.len() > 15 {
        return Err(PrintedError::TooLong);
    }
    let value: i64 = digits.parse().map_err(|_| PrintedError::NotANumber)?;
    Ok((if negative { -value } else { value }, fraction.len() as u8))
}

/// The usual case without a copy: digits, with a point or without.
fn plain_number(text: &str) -> Option<Result<(i64, u8), PrintedError>> {
    let (mut value, mut digits, mut decimals) = (0_i64, 0_usize, None);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' if digits < 15 => {
                value = value * 10 + i64::from(byte - b'0');
                digits += 1;
                decimals = decimals.map(|count: u8| count + 1);
            }
            b'.' if decimals.is_none() && digits > 0 => decimals = Some(0),
            _ => return None,
        }
    }
    (digits > 0 && decimals != Some(0)).then_some(Ok((value, decimals.unwrap_or(0))))
}

/// Digits, with commas only before full groups of three.
fn separators_fit(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let plain = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    plain(first) && groups.all(|group| group.len() == 3 && plain(group)) && (first.len() <= 3 || !whole.contains(','))
}
