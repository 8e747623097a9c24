//! How far two names agree: a slip leaves the length of a name and most of its rarer characters as they are.

use super::fields::Agreement;
use std::collections::BTreeMap;

/// What stands in many names, to tell a word from a slip.
pub(super) struct Words {
    /// Of two neighbours in a name, how often they stand in names.
    neighbours: BTreeMap<[u16; 2], u32>,
    /// Neighbours that stand in so many names are a word.
    word: u32,
}

impl Words {
    /// Counts the neighbours in names.
    pub fn new<'n>(names: impl Iterator<Item = &'n [u16]>) -> Self {
        let mut neighbours = BTreeMap::new();
        let mut count = 0;
        for name in names {
            count += 1;
            for two in name.windows(2) {
                *neighbours.entry([two[0], two[1]]).or_insert(0) += 1;
            }
        }
        // A slip makes neighbours that are seen once; a trade is seen in one name of some hundreds.
        Self { neighbours, word: 5 + count / 1_000 }
    }

    /// How far two different names agree, neither of them blank.
    pub fn compare(&self, one: &[u16], two: &[u16]) -> Agreement {
        match slips(one, two) {
            Some(Slips { exchanged, replaced: 0 }) if exchanged > 0 => Agreement::Reordered,
            _ if same_characters(one, two) => Agreement::Reordered,
            Some(Slips { exchanged: 0, replaced: 1 }) => Agreement::OneEdit,
            Some(Slips { exchanged: 1, replaced: 1 }) => Agreement::TwoEdits,
            Some(Slips { exchanged: 0, replaced: 2 })
                if one.len() > 5 && !self.differ_by_words(one, two) && !self.share_words_only(one, two) =>
            {
                Agreement::TwoEdits
            }
            _ if one[..one.len().min(2)] == two[..two.len().min(2)] => Agreement::Part,
            _ => Agreement::Different,
        }
    }

    /// Whether both say another word at the same place: another trade is another firm, and no slip.
    fn differ_by_words(&self, one: &[u16], two: &[u16]) -> bool {
        let (head, tail) = shared_ends(one, two);
        [one, two].into_iter().all(|name| self.is_word(&name[head..name.len() - tail]))
    }

    /// Whether the front is another and what follows is a word of many names: only the trade is shared.
    fn share_words_only(&self, one: &[u16], two: &[u16]) -> bool {
        let (head, tail) = shared_ends(one, two);
        head == 0
            && one[..one.len() - tail].iter().zip(two).all(|(a, b)| a != b)
            && self.is_word(&one[one.len() - tail..])
    }

    fn is_word(&self, part: &[u16]) -> bool {
        part.len() > 1 && part.windows(2).all(|two| self.neighbours.get(two).is_some_and(|&count| count >= self.word))
    }
}

/// Slips that keep the length.
struct Slips {
    /// Neighbours that changed places.
    exchanged: usize,
    /// Characters that became others.
    replaced: usize,
}

/// The slips that make one name the other, from the front; `None` when the lengths differ.
fn slips(one: &[u16], two: &[u16]) -> Option<Slips> {
    if one.len() != two.len() {
        return None;
    }
    let mut slips = Slips { exchanged: 0, replaced: 0 };
    let mut at = 0;
    while at < one.len() {
        if one[at] == two[at] {
            at += 1;
        } else if at + 1 < one.len() && one[at] == two[at + 1] && one[at + 1] == two[at] {
            slips.exchanged += 1;
            at += 2;
        } else {
            slips.replaced += 1;
            at += 1;
        }
    }
    Some(slips)
}

fn same_characters(one: &[u16], two: &[u16]) -> bool {
    let sorted = |name: &[u16]| {
        let mut letters = name.to_vec();
        letters.sort_unstable();
        letters
    };
    one.len() == two.len() && one.len() > 3 && sorted(one) == sorted(two)
}

/// How many characters two names share in front, and behind that at the end.
fn shared_ends(one: &[u16], two: &[u16]) -> (usize, usize) {
    let head = one.iter().zip(two).take_while(|(a, b)| a == b).count();
    let tail = one[head..].iter().rev().zip(two[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    (head, tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(name: &str) -> Vec<u16> {
        name.encode_utf16().collect()
    }

    #[test]
    fn a_slip_is_told_from_another_word() {
        let trades = ["软件", "电子", "智能", "光电"];
        let names: Vec<Vec<u16>> = (0..40_u8)
            .flat_map(|at| trades.map(|trade| letters(&format!("{}{trade}", char::from(b'A' + at)))))
            .collect();
        let words = Words::new(names.iter().map(Vec::as_slice));
        for (one, two, agreement) in [
            ("腾立科技", "腾立技科", Agreement::Reordered),
            ("迈智锐能", "锐迈智能", Agreement::Reordered),
            ("恒远软件", "恒达软件", Agreement::OneEdit),
            ("恒远智能软件", "远恒智能硬件", Agreement::TwoEdits),
            ("恒远软件", "恒远电子", Agreement::Part),
            ("大华宏达软件", "东方宏远电子", Agreement::Different),
        ] {
            assert_eq!(words.compare(&letters(one), &letters(two)), agreement, "{one} {two}");
        }
    }
}
