//! The fields of a firm as they are compared: spellings that mean the same become the same.

use super::names::Words;
use crate::firm::Firm;
use std::collections::BTreeMap;

/// A field that two applications are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The name without region, legal form, brackets and blanks.
    Name,
    /// The unified social credit code.
    CreditCode,
    /// The digits of the telephone number.
    Phone,
    /// The address without province, city, district.
    Address,
    /// The digits of the bank account.
    Account,
    /// The legal representative.
    Representative,
}

impl Field {
    /// Every field, in the order of the evidence.
    pub const ALL: [Field; 6] =
        [Self::Name, Self::CreditCode, Self::Phone, Self::Address, Self::Account, Self::Representative];
}

/// How far two values of a field agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// One of the two is blank: says nothing.
    Blank,
    /// The same when spellings that mean the same are put aside.
    Equal,
    /// Of a name: the same characters in another order.
    Reordered,
    /// One character more, less or other, or two neighbours exchanged; of a name, one character other.
    OneEdit,
    /// Two such changes.
    TwoEdits,
    /// A part agrees: the trade name of a name, the house of an address.
    Part,
    /// Different.
    Different,
}

impl Agreement {
    /// So many kinds there are.
    pub(super) const COUNT: usize = 7;
}

/// One field of all firms, each value as a row of characters and as a number that equal values share.
pub(crate) struct Column {
    letters: Vec<u16>,
    starts: Vec<u32>,
    /// Of each firm, the number of its value.
    pub values: Vec<u32>,
    /// Of each value, how many firms have it.
    pub counts: Vec<u32>,
}

impl Column {
    /// The values of a field, as they are meant.
    pub fn new(firms: &[Firm], field: Field) -> Self {
        let mut column = Self { letters: Vec::new(), starts: vec![0], values: Vec::new(), counts: Vec::new() };
        let mut known: BTreeMap<Vec<u16>, u32> = BTreeMap::new();
        for firm in firms {
            let meant = meant(firm, field);
            column.letters.extend_from_slice(&meant);
            column.starts.push(column.letters.len() as u32);
            let next = known.len() as u32;
            let value = *known.entry(meant).or_insert(next);
            if value == next {
                column.counts.push(0);
            }
            column.counts[value as usize] += 1;
            column.values.push(value);
        }
        column
    }

    /// The characters of a firm's value.
    pub fn letters(&self, firm: u32) -> &[u16] {
        let at = firm as usize;
        &self.letters[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// How many firms have the value of this one.
    pub fn count(&self, firm: u32) -> u32 {
        self.counts[self.values[firm as usize] as usize]
    }
}

/// All fields of all firms.
pub(super) struct Columns {
    columns: Vec<Column>,
    words: Words,
}

impl Columns {
    pub fn new(firms: &[Firm]) -> Self {
        let columns: Vec<Column> = Field::ALL.iter().map(|&field| Column::new(firms, field)).collect();
        let names = &columns[Field::Name as usize];
        let words = Words::new((0..firms.len() as u32).map(|firm| names.letters(firm)));
        Self { columns, words }
    }

    pub fn of(&self, field: Field) -> &Column {
        &self.columns[field as usize]
    }

    /// How far each field of two firms agrees.
    pub fn compare(&self, first: u32, second: u32) -> [Agreement; 6] {
        Field::ALL.map(|field| self.compare_field(field, first, second))
    }

    fn compare_field(&self, field: Field, first: u32, second: u32) -> Agreement {
        let column = self.of(field);
        let (one, two) = (column.letters(first), column.letters(second));
        if one.is_empty() || two.is_empty() {
            return Agreement::Blank;
        }
        if column.values[first as usize] == column.values[second as usize] {
            return Agreement::Equal;
        }
        match field {
            Field::Name => self.words.compare(one, two),
            Field::Address if house(one) == house(two) => Agreement::Part,
            Field::Address => Agreement::Different,
            // Of a short value, two changes leave too little to recognise.
            _ => match edits(one, two, if one.len().min(two.len()) >= 6 { 2 } else { 1 }) {
                Some(0 | 1) => Agreement::OneEdit,
                Some(_) => Agreement::TwoEdits,
                None => Agreement::Different,
            },
        }
    }
}

/// An address up to its building; where none is named, up to the first number behind which a number follows.
pub(super) fn house(letters: &[u16]) -> &[u16] {
    let building = letters.iter().position(|&letter| letter == u16::from(b'#'));
    &letters[..building.unwrap_or(letters.len().saturating_sub(4))]
}

/// The fewest changes that make one text the other, when there are not more than `most`.
///
/// A change adds, drops or replaces a character, or exchanges two neighbours.
pub(super) fn edits(one: &[u16], two: &[u16], most: usize) -> Option<usize> {
    let same = one.iter().zip(two).take_while(|(a, b)| a == b).count();
    let (one, two) = (&one[same..], &two[same..]);
    if one.is_empty() && two.is_empty() {
        return Some(0);
    }
    if most == 0 || one.len().abs_diff(two.len()) > most {
        return None;
    }
    let mut least = None;
    let mut try_rest = |one: &[u16], two: &[u16]| {
        let more = edits(one, two, most - 1).map(|count| count + 1);
        least = least.into_iter().chain(more).min();
    };
    if !one.is_empty() && !two.is_empty() {
        try_rest(&one[1..], &two[1..]);
    }
    if !one.is_empty() {
        try_rest(&one[1..], two);
    }
    if !two.is_empty() {
        try_rest(one, &two[1..]);
    }
    if one.len() > 1 && two.len() > 1 && one[0] == two[1] && one[1] == two[0] {
        try_rest(&one[2..], &two[2..]);
    }
    least
}

fn meant(firm: &Firm, field: Field) -> Vec<u16> {
    match field {
        Field::Name => of_name(&firm.name),
        Field::CreditCode => plain(&firm.credit_code),
        Field::Phone => last_digits(&firm.phone, 11),
        Field::Address => of_address(&firm.address),
        Field::Account => last_digits(&firm.account, 30),
        Field::Representative => plain(&firm.representative),
    }
}

/// Half width, capital, simplified; letters, digits and ideographs only.
fn plain(text: &str) -> Vec<u16> {
    text.chars().map(super::han::plain).filter(|letter| letter.is_alphanumeric()).map(|letter| letter as u16).collect()
}

fn last_digits(text: &str, most: usize) -> Vec<u16> {
    let mut digits = plain(text);
    digits.retain(|letter| (u16::from(b'0')..=u16::from(b'9')).contains(letter));
    let from = digits.len().saturating_sub(most);
    digits.split_off(from)
}

fn without(text: &str, words: &[&str]) -> String {
    words
        .iter()
        .fold(text.to_owned(), |text, word| if text.len() > word.len() { text.replacen(word, "", 1) } else { text })
}

fn of_name(name: &str) -> Vec<u16> {
    let text: String = name.chars().map(super::han::plain).filter(|letter| letter.is_alphanumeric()).collect();
    let bare = without(&text, &["广东省", "深圳市", "深圳", "龙岗区", "龙岗"]);
    let bare = ["股份有限公司", "有限责任公司", "有限公司"]
        .iter()
        .find_map(|form| bare.strip_suffix(form))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(&bare);
    bare.chars().map(|letter| letter as u16).collect()
}

/// The building begins with `#`, however it is called.
fn of_address(address: &str) -> Vec<u16> {
    let text: String = address.chars().map(super::han::plain).filter(|letter| letter.is_alphanumeric()).collect();
    let bare = without(&text, &["广东省", "深圳市", "深圳", "龙岗区", "街道"]);
    let mut letters: Vec<u16> = Vec::new();
    for letter in bare.chars() {
        match letter {
            '栋' | '座' | '幢' => {
                let before = letters.iter().rev().take_while(|&&letter| letter < 128).count();
                letters.insert(letters.len() - before, u16::from(b'#'));
                letters.push('栋' as u16);
            }
            '层' | '樓' => letters.push('楼' as u16),
            '室' | '房' | '第' => {}
            _ => letters.push(letter as u16),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        let meant = |name: &str| of_name(name);
        let plain = meant("深圳市华创智能科技有限公司");
        for other in [
            "华创智能科技（深圳）有限公司",
            "华创智能科技(深圳)有限责任公司",
            "深圳市龙岗区华创智能科技有限公司",
            "深 圳市華創智能科技有限公司",
        ] {
            assert_eq!(meant(other), plain, "{other}");
        }
        assert_ne!(meant("深圳市华创电子有限公司"), plain);
    }

    #[test]
    fn changes_are_counted_up_to_the_bound() {
        let row = |text: &str| text.chars().map(|letter| letter as u16).collect::<Vec<_>>();
        for (one, two, count) in [
            ("abcd", "abcd", Some(0)),
            ("abcd", "acbd", Some(1)),
            ("abcd", "abd", Some(1)),
            ("abcd", "xbcy", Some(2)),
            ("abcd", "badc", Some(2)),
            ("abcd", "dcba", None),
        ] {
            assert_eq!(edits(&row(one), &row(two), 2), count, "{one} {two}");
        }
    }
}
