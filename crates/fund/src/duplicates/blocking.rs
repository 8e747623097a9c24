//! Which pairs are looked at: those that share a key. Each field gives several keys, and most survive a slip.

use super::fields::{Columns, Field, house};

/// A key that more firms than this share says too little: it is left to keys that join two fields.
const MOST_FIRMS: usize = 40;

/// Every pair of firms that shares a key, the smaller place first, sorted, each once.
pub(super) fn candidates(columns: &Columns, firms: usize) -> Vec<(u32, u32)> {
    let mut pairs: Vec<u64> = Vec::new();
    let mut keyed: Vec<(u64, u32)> = Vec::new();
    for (number, family) in FAMILIES.iter().enumerate() {
        keyed.clear();
        for firm in 0..firms as u32 {
            family(columns, firm, &mut |key: u64| keyed.push((mixed(key ^ number as u64), firm)));
        }
        keyed.sort_unstable();
        keyed.dedup();
        for group in keyed.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() <= MOST_FIRMS) {
            for (at, first) in group.iter().enumerate() {
                pairs.extend(group[at + 1..].iter().map(|second| u64::from(first.1) << 32 | u64::from(second.1)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
    }
    pairs.into_iter().map(|pair| ((pair >> 32) as u32, pair as u32)).collect()
}

/// Tells the keys of a firm.
type Family = fn(&Columns, u32, &mut dyn FnMut(u64));

const FAMILIES: &[Family] = &[name, code, phone, account, address, two_characters_and_more];

fn name(columns: &Columns, firm: u32, tell: &mut dyn FnMut(u64)) {
    near(columns.of(Field::Name).letters(firm), tell);
}

fn code(columns: &Columns, firm: u32, tell: &mut dyn FnMut(u64)) {
    let letters = columns.of(Field::CreditCode).letters(firm);
    near(letters, tell);
    for span in [8..13, 10..14, 12..16, 14..18] {
        if letters.len() == 18 {
            tell(hash(&letters[span.clone()]) ^ span.start as u64);
        }
    }
}

fn phone(columns: &Columns, firm: u32, tell: &mut dyn FnMut(u64)) {
    near(columns.of(Field::Phone).letters(firm), tell);
}

/// Parts of six digits that overlap, counted from the end: the head is the bank's.
fn account(columns: &Columns, firm: u32, tell: &mut dyn FnMut(u64)) {
    let letters = columns.of(Field::Account).letters(firm);
    if letters.is_empty() {
        return;
    }
    tell(hash(letters));
    for end in [0, 3, 6] {
        if letters.len() >= end + 6 {
            tell(hash(&letters[letters.len() - end - 6..letters.len() - end]) ^ (end as u64 + 1));
        }
    }
}

fn address(columns: &Columns, firm: u32, tell: &mut dyn FnMut(u64)) {
    let letters = columns.of(Field::Address).letters(firm);
    if !letters.is_empty() {
        tell(hash(letters));
        let person = columns.of(Field::Representative).letters(firm);
        if !person.is_empty() {
            tell(mixed(hash(house(letters))) ^ hash(person));
        }
    }
}

/// Two neighbours of the name with what a disguise often leaves: the person, the house, the trades of the name,
/// the end of the telephone number, of the account, of the code.
fn two_characters_and_more(columns: &Columns, firm: u32, tell: &mut dyn FnMut(u64)) {
    let name = columns.of(Field::Name).letters(firm);
    let person = columns.of(Field::Representative).letters(firm);
    let address = columns.of(Field::Address).letters(firm);
    let ends = [Field::Phone, Field::Account, Field::CreditCode].map(|field| tail(columns.of(field).letters(firm), 4));
    for two in name.windows(2) {
        let two = mixed(hash(two));
        for (number, other) in [person, house(address), ends[0], ends[1], ends[2]].into_iter().enumerate() {
            if !other.is_empty() {
                tell(two ^ hash(other).rotate_left(number as u32 + 1));
            }
        }
    }
}

fn tail(letters: &[u16], most: usize) -> &[u16] {
    &letters[letters.len().saturating_sub(most)..]
}

/// The value and the value without each of its characters: two values one slip apart share one of these.
fn near(letters: &[u16], tell: &mut dyn FnMut(u64)) {
    if letters.len() < 3 || letters.len() > 24 {
        return;
    }
    tell(hash(letters));
    for gap in 0..letters.len() {
        tell(hash_of(letters[..gap].iter().chain(&letters[gap + 1..])));
    }
}

fn hash(letters: &[u16]) -> u64 {
    hash_of(letters.iter())
}

fn hash_of<'l>(letters: impl Iterator<Item = &'l u16>) -> u64 {
    letters.fold(0xCBF2_9CE4_8422_2325, |hash, &letter| (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01B3))
}

fn mixed(key: u64) -> u64 {
    let mut mixed = key.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed ^ (mixed >> 29)
}
