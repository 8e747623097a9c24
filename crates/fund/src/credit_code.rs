//! The unified social credit code of GB 32100-2015, with the organisation code of GB 11714 inside.

use gouji_model::Lang;
use std::fmt;

/// A valid code of eighteen characters: both check characters hold.
///
/// The first names the registering office, the second the kind of unit, the third to eighth the region,
/// the ninth to seventeenth are the organisation code with its own check character, the last checks all.
///
/// ```
/// use gouji_fund::CreditCode;
/// let code = CreditCode::made("440307", 1).unwrap();
/// assert_eq!(CreditCode::parse(code.text()), Ok(code));
/// assert_eq!(code.region(), "440307");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode([u8; LENGTH]);

/// The characters of a code in the order of their values: digits and letters without I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The registering offices that the standard and its amendments name.
const OFFICES: &[u8] = b"123456789ANY";

const LENGTH: usize = 18;

/// The weights of the eight characters of an organisation code.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Letters that hands and readers of pictures confuse; the second of each pair may stand in a code.
const CONFUSED: &[(u8, u8)] = &[
    (b'O', b'0'),
    (b'I', b'1'),
    (b'Z', b'2'),
    (b'S', b'5'),
    (b'V', b'U'),
    (b'B', b'8'),
    (b'8', b'B'),
    (b'D', b'0'),
    (b'Q', b'0'),
    (b'G', b'6'),
    (b'6', b'G'),
    (b'L', b'1'),
    (b'1', b'L'),
    (b'U', b'W'),
];

impl CreditCode {
    /// Reads a code; blanks around it, small letters and full-width characters are taken for what they mean.
    ///
    /// Fails with the first fault from the left.
    pub fn parse(text: &str) -> Result<CreditCode, CreditCodeFault> {
        let bytes = spelled(text)?;
        match fault_of(&bytes) {
            None => Ok(CreditCode(bytes)),
            Some(fault) => Err(fault),
        }
    }

    /// A valid code of a firm (office 9, kind 1) of a region of six digits; one number below 31^5 = 28,629,151, one code.
    ///
    /// For examples and demonstrations: no register gave it. `None` when the region is no region or the number too great.
    pub fn made(region: &str, number: u32) -> Option<CreditCode> {
        let is_region = region.len() == 6 && region.bytes().all(|byte| byte.is_ascii_digit());
        if !is_region || number >= 31_u32.pow(5) {
            return None;
        }
        let mut bytes = *b"91000000MA50000000";
        bytes[2..8].copy_from_slice(region.as_bytes());
        let mut rest = number;
        for place in (11..16).rev() {
            bytes[place] = ALPHABET[(rest % 31) as usize];
            rest /= 31;
        }
        bytes[16] = organisation_check(&bytes);
        bytes[17] = whole_check(&bytes);
        Some(CreditCode(bytes))
    }

    /// The eighteen characters.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a code is ASCII")
    }

    /// The six digits of the region.
    pub fn region(&self) -> &str {
        &self.text()[2..8]
    }

    /// The nine characters of the organisation code.
    pub fn organisation(&self) -> &str {
        &self.text()[8..17]
    }

    /// Valid codes that differ from a text in one character or in two neighbours that changed places.
    ///
    /// The likelier first: exchanged neighbours, characters that look alike, then from the left.
    /// Suggestions for a person only: nothing may be repaired in silence. Empty when the text is valid or
    /// has not eighteen characters.
    pub fn repairs(text: &str) -> Vec<CreditCodeRepair> {
        let Some(bytes) = characters(text) else { return Vec::new() };
        if fault_of(&bytes).is_none() {
            return Vec::new();
        }
        let mut found: Vec<CreditCodeRepair> = swaps(&bytes).chain(replacements(&bytes)).collect();
        found.sort_by_key(|repair| (repair.change.rank(), repair.code));
        found
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.text())
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CreditCode({})", self.text())
    }
}

/// Why a text is no credit code. Places count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditCodeFault {
    /// Not eighteen characters, but so many.
    Length(usize),
    /// A character that stands in no code.
    Character {
        /// Its place, 1 to 18.
        place: usize,
        /// The character.
        found: char,
    },
    /// A first character that names no registering office.
    Office(char),
    /// A character of the region that is no digit.
    Region {
        /// Its place, 3 to 8.
        place: usize,
        /// The character.
        found: char,
    },
    /// The seventeenth character does not check the organisation code.
    OrganisationCheck {
        /// What stands there.
        found: char,
        /// What the eight before it ask for.
        expected: char,
    },
    /// The last character does not check the code.
    Check {
        /// What stands there.
        found: char,
        /// What the seventeen before it ask for.
        expected: char,
    },
}

impl CreditCodeFault {
    /// The fault in a sentence for the applicant.
    pub fn text(&self, lang: Lang) -> String {
        match (*self, lang) {
            (Self::Length(count), Lang::Zh) => format!("统一社会信用代码应为 18 位，此处为 {count} 位"),
            (Self::Length(count), Lang::En) => format!("a credit code has 18 characters, this one {count}"),
            (Self::Character { place, found }, Lang::Zh) => {
                format!("第 {place} 位“{found}”不是代码字符（不使用 I、O、S、V、Z）")
            }
            (Self::Character { place, found }, Lang::En) => {
                format!("character {place}, {found:?}, stands in no code (I, O, S, V, Z are not used)")
            }
            (Self::Office(found), Lang::Zh) => format!("第 1 位“{found}”不是登记管理部门代码"),
            (Self::Office(found), Lang::En) => format!("character 1, {found:?}, names no registering office"),
            (Self::Region { place, found }, Lang::Zh) => format!("第 {place} 位“{found}”应为行政区划数字"),
            (Self::Region { place, found }, Lang::En) => {
                format!("character {place}, {found:?}, should be a digit of the region")
            }
            (Self::OrganisationCheck { found, expected }, Lang::Zh) => {
                format!("第 17 位（组织机构代码校验位）为“{found}”，按第 9 至 16 位应为“{expected}”")
            }
            (Self::OrganisationCheck { found, expected }, Lang::En) => format!(
                "character 17, the check of the organisation code, is {found:?}; characters 9 to 16 ask for {expected:?}"
            ),
            (Self::Check { found, expected }, Lang::Zh) => {
                format!("第 18 位（校验位）为“{found}”，按前 17 位应为“{expected}”")
            }
            (Self::Check { found, expected }, Lang::En) => {
                format!("character 18, the check, is {found:?}; the 17 before it ask for {expected:?}")
            }
        }
    }
}

/// A valid code near a text that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditCodeRepair {
    /// The valid code.
    pub code: CreditCode,
    /// What was changed.
    pub change: CreditCodeChange,
}

/// One change of a code. Places count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditCodeChange {
    /// One character was replaced.
    Character {
        /// Its place.
        place: usize,
        /// What stood there.
        from: char,
        /// What stands there now.
        to: char,
    },
    /// The characters at a place and the next changed places.
    Swap {
        /// The first of the two places.
        place: usize,
    },
}

impl CreditCodeChange {
    /// The change as a suggestion.
    pub fn text(&self, lang: Lang) -> String {
        match (*self, lang) {
            (Self::Character { place, from, to }, Lang::Zh) => format!("第 {place} 位“{from}”或为“{to}”"),
            (Self::Character { place, from, to }, Lang::En) => {
                format!("character {place}, {from:?}, may be {to:?}")
            }
            (Self::Swap { place }, Lang::Zh) => format!("第 {place} 位与第 {} 位或已颠倒", place + 1),
            (Self::Swap { place }, Lang::En) => {
                format!("characters {place} and {} may have changed places", place + 1)
            }
        }
    }

    fn rank(&self) -> (u8, usize) {
        match *self {
            Self::Swap { place } => (0, place),
            Self::Character { place, from, to } => {
                let looks_alike = CONFUSED.iter().any(|&(a, b)| (char::from(a), char::from(b)) == (from, to));
                (if looks_alike { 1 } else { 2 }, place)
            }
        }
    }
}

/// The characters as meant: half width, capital, without blanks around. `None` when there are not eighteen of ASCII.
fn characters(text: &str) -> Option<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    let mut count = 0;
    for letter in text.trim().chars() {
        *bytes.get_mut(count)? = u8::try_from(meant(letter)).ok().filter(u8::is_ascii)?;
        count += 1;
    }
    (count == LENGTH).then_some(bytes)
}

/// The characters, or why they cannot be those of a code.
fn spelled(text: &str) -> Result<[u8; LENGTH], CreditCodeFault> {
    let count = text.trim().chars().count();
    if count != LENGTH {
        return Err(CreditCodeFault::Length(count));
    }
    for (at, letter) in text.trim().chars().enumerate() {
        let found = meant(letter);
        if !u8::try_from(found).is_ok_and(|byte| ALPHABET.contains(&byte)) {
            return Err(CreditCodeFault::Character { place: at + 1, found });
        }
    }
    Ok(characters(text).expect("eighteen characters of the alphabet were counted"))
}

fn meant(letter: char) -> char {
    let half = match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(letter as u32 - 0xFEE0).expect("the full-width row lies over ASCII"),
        _ => letter,
    };
    half.to_ascii_uppercase()
}

fn fault_of(bytes: &[u8; LENGTH]) -> Option<CreditCodeFault> {
    for (at, byte) in bytes.iter().enumerate() {
        if !ALPHABET.contains(byte) {
            return Some(CreditCodeFault::Character { place: at + 1, found: char::from(*byte) });
        }
    }
    if !OFFICES.contains(&bytes[0]) {
        return Some(CreditCodeFault::Office(char::from(bytes[0])));
    }
    if let Some(at) = (2..8).find(|&at| !bytes[at].is_ascii_digit()) {
        return Some(CreditCodeFault::Region { place: at + 1, found: char::from(bytes[at]) });
    }
    let (inner, whole) = (organisation_check(bytes), whole_check(bytes));
    if bytes[16] != inner {
        return Some(CreditCodeFault::OrganisationCheck { found: bytes[16].into(), expected: inner.into() });
    }
    (bytes[17] != whole).then(|| CreditCodeFault::Check { found: bytes[17].into(), expected: whole.into() })
}

/// The character that checks the eight before it: letters count 10 to 35, the remainder 10 is written X.
fn organisation_check(bytes: &[u8; LENGTH]) -> u8 {
    let value = |byte: u8| if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' + 10 };
    let sum: u32 =
        ORGANISATION_WEIGHTS.iter().zip(&bytes[8..16]).map(|(weight, &b)| weight * u32::from(value(b))).sum();
    match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    }
}

/// The character that checks the seventeen before it, weighted with the powers of three modulo 31.
fn whole_check(bytes: &[u8; LENGTH]) -> u8 {
    let mut weight = 1;
    let mut sum = 0;
    for byte in &bytes[..17] {
        sum += weight * ALPHABET.iter().position(|known| known == byte).unwrap_or(0);
        weight = weight * 3 % 31;
    }
    ALPHABET[(31 - sum % 31) % 31]
}

fn swaps(bytes: &[u8; LENGTH]) -> impl Iterator<Item = CreditCodeRepair> {
    let bytes = *bytes;
    (0..LENGTH - 1).filter_map(move |at| {
        let mut other = bytes;
        other.swap(at, at + 1);
        let change = CreditCodeChange::Swap { place: at + 1 };
        fault_of(&other).is_none().then_some(CreditCodeRepair { code: CreditCode(other), change })
    })
}

fn replacements(bytes: &[u8; LENGTH]) -> impl Iterator<Item = CreditCodeRepair> {
    let bytes = *bytes;
    (0..LENGTH).flat_map(move |at| {
        ALPHABET.iter().filter_map(move |&to| {
            let mut other = bytes;
            other[at] = to;
            let change = CreditCodeChange::Character { place: at + 1, from: bytes[at].into(), to: to.into() };
            fault_of(&other).is_none().then_some(CreditCodeRepair { code: CreditCode(other), change })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Codes that large units show on their public pages.
    const REAL: &[&str] = &[
        "9144030071526726XG",
        "914403001922038216",
        "91440300708461136T",
        "91110000802100433B",
        "91330100799655058B",
        "91110108551385082Q",
    ];

    #[test]
    fn codes_of_known_units_hold() {
        for text in REAL {
            assert_eq!(CreditCode::parse(text).map(|code| code.to_string()), Ok((*text).to_owned()));
        }
    }

    proptest! {
        #[test]
        fn a_made_code_is_valid_and_its_neighbours_lead_back(number in 0..28_629_151_u32, at in 0..17_usize, to in 0..31_usize) {
            let code = CreditCode::made("440307", number).unwrap();
            prop_assert_eq!(CreditCode::parse(&format!(" {} ", code.text().to_lowercase())), Ok(code));
            let mut changed = *b"000000000000000000";
            changed.copy_from_slice(code.text().as_bytes());
            changed[at] = ALPHABET[to];
            let text = String::from_utf8(changed.to_vec()).unwrap();
            // One wrong character is always noticed, and the true code is among the suggestions.
            if text != code.text() {
                prop_assert!(CreditCode::parse(&text).is_err());
                prop_assert!(CreditCode::repairs(&text).iter().any(|repair| repair.code == code));
            }
            changed.copy_from_slice(code.text().as_bytes());
            changed.swap(at, at + 1);
            let text = String::from_utf8(changed.to_vec()).unwrap();
            if text != code.text() {
                prop_assert!(CreditCode::parse(&text).is_err());
                prop_assert!(CreditCode::repairs(&text).iter().any(|repair| repair.code == code));
            }
        }
    }

    #[test]
    fn each_fault_names_its_place() {
        let code = CreditCode::made("440307", 7).unwrap();
        let with = |at: usize, letter: &str| {
            let mut text = code.text().to_owned();
            text.replace_range(at - 1..at, letter);
            CreditCode::parse(&text).unwrap_err()
        };
        assert_eq!(with(12, "O"), CreditCodeFault::Character { place: 12, found: 'O' });
        assert_eq!(with(1, "B"), CreditCodeFault::Office('B'));
        assert_eq!(with(4, "A"), CreditCodeFault::Region { place: 4, found: 'A' });
        assert!(matches!(with(10, "B"), CreditCodeFault::OrganisationCheck { .. }));
        assert!(matches!(with(2, "2"), CreditCodeFault::Check { .. }));
        assert_eq!(CreditCode::parse("91"), Err(CreditCodeFault::Length(2)));
        assert_eq!(CreditCode::made("44030", 1), None);
        for lang in [Lang::Zh, Lang::En] {
            assert!(with(2, "2").text(lang).contains("18"));
        }
    }

    #[test]
    fn a_letter_read_for_a_digit_is_the_first_suggestion() {
        let code = CreditCode::made("440307", 31).unwrap();
        let text = code.text().replacen("440307", "44O307", 1);
        let repair = CreditCode::repairs(&text)[0];
        assert_eq!((repair.code, repair.change.text(Lang::En)), (code, "character 5, 'O', may be '0'".to_owned()));
        assert!(CreditCode::repairs(code.text()).is_empty());
    }
}
