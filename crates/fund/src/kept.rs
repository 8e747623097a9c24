//! What is kept of every decision: lane, award, reasons and the values they rest on, in a few dozen bytes each.
//!
//! A record is one byte with the lane (bits 0 and 1) and whether the amount is unknown (bit 2); then a length of half
//! a byte for each field; then the fields from the lowest byte on, each as long as its length says. The fields are the
//! bits of what fails and of what is unknown, the award in fen, and for each input its value and its row in the
//! register less the row of the input before. Numbers that may be below zero are folded: 0, −1, 1, −2 … The length 15
//! is that of an unknown value.

use crate::evidence::Column;
use crate::explain::{Explanation, Rule, explain};
use crate::judge::{Decisions, Lane, judge};
use gouji_model::Lang;

/// The decisions on a batch with what each rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    bytes: Vec<u8>,
    /// Where each record ends.
    ends: Vec<u64>,
    words: Vec<Vec<String>>,
}

/// Why a record explains nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptFault {
    /// It is cut off, or no record of this policy.
    Shape,
    /// The version decides otherwise on the values that were kept.
    Otherwise,
}

impl KeptFault {
    /// What is wrong and what would be right.
    pub fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (KeptFault::Shape, Lang::Zh) => "存档记录不完整，或不属于这个政策；请核对文件",
            (KeptFault::Shape, Lang::En) => "the record is cut off or belongs to another policy; check the file",
            (KeptFault::Otherwise, Lang::Zh) => {
                "按存档的数值重新计算，结论不同：记录被改动，或政策版本不对；请用当时的版本"
            }
            (KeptFault::Otherwise, Lang::En) => {
                "the values kept lead to another decision: the record was changed, or the version is another; \
                 take the version of that time"
            }
        }
    }
}

/// Fields before those of the inputs: what fails, what is unknown, the award.
const HEAD: usize = 3;
const UNKNOWN_LENGTH: u8 = 15;
/// Records between two looks at the room that is left.
const BATCH: usize = 512;

impl Kept {
    /// Keeps every decision; the columns are those it rests on.
    pub fn of(columns: &[Column], decisions: &Decisions) -> Kept {
        let mut kept = Kept::default();
        kept.fill(columns, decisions);
        kept
    }

    /// The same in the room of earlier records, which are forgotten.
    pub fn fill(&mut self, columns: &[Column], decisions: &Decisions) {
        self.words = columns.iter().map(|column| column.words.clone()).collect();
        self.ends.clear();
        self.ends.reserve(decisions.len());
        let longest = 1 + lengths(columns.len()) + 8 * (HEAD + 2 * columns.len());
        let mut at = 0;
        for from in (0..decisions.len()).step_by(BATCH) {
            let rows = from..decisions.len().min(from + BATCH);
            let room = at + longest * rows.len();
            if self.bytes.len() < room {
                self.bytes.resize(room, 0);
            }
            for row in rows {
                at += write(&mut self.bytes[at..at + longest], columns, decisions, row);
                self.ends.push(at as u64);
            }
        }
        self.bytes.truncate(at);
    }

    /// How many decisions.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True when nobody applied.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many bytes all records take, with the place of each.
    pub fn size(&self) -> usize {
        self.bytes.len() + self.ends.len() * size_of::<u64>()
    }

    /// The record of one applicant.
    pub fn record(&self, applicant: usize) -> &[u8] {
        let from = if applicant == 0 { 0 } else { self.ends[applicant - 1] };
        &self.bytes[from as usize..self.ends[applicant] as usize]
    }

    /// The words of every input's class, in the order of the inputs; empty for other kinds.
    pub fn words(&self) -> &[Vec<String>] {
        &self.words
    }
}

/// Explains a decision from its record alone; `words` are those of [`Kept::words`]. A record that the version does not
/// decide in the same way is a fault.
pub fn explain_kept(rule: Rule, record: &[u8], words: &[Vec<String>], lang: Lang) -> Result<Explanation, KeptFault> {
    let (decided, columns) = read(rule, record, words).ok_or(KeptFault::Shape)?;
    if judge(rule.program, &columns) != decided {
        return Err(KeptFault::Otherwise);
    }
    Ok(explain(rule, &columns, 0, lang))
}

/// The decision and the values of a record.
fn read(rule: Rule, record: &[u8], words: &[Vec<String>]) -> Option<(Decisions, Vec<Column>)> {
    let inputs = &rule.policy.inputs;
    let (first, rest) = record.split_first()?;
    let (lengths, mut fields) = rest.split_at_checked(lengths(inputs.len()))?;
    let mut place = 0;
    // `None` for a record cut off, `Some(None)` for an unknown value.
    let mut next = || {
        let length = lengths.get(place / 2)? >> (4 * (place % 2)) & 15;
        place += 1;
        if length == UNKNOWN_LENGTH {
            return Some(None);
        }
        let (field, rest) = fields.split_at_checked(usize::from(length))?;
        fields = rest;
        let mut number = [0; 8];
        number.get_mut(..field.len())?.copy_from_slice(field);
        Some(Some(u64::from_le_bytes(number)))
    };
    let decided = Decisions {
        lanes: vec![[Lane::Refuse, Lane::Assist, Lane::Pass].get(usize::from(first & 3)).copied()?],
        failed: vec![next()??],
        unknown: vec![next()??],
        awards: vec![unfolded(next()??)],
        amount_unknown: vec![first >> 2],
    };
    let (mut columns, mut row) = (Vec::new(), 0);
    for (input, words) in inputs.iter().zip(words) {
        let value = next()?.map(unfolded);
        row += unfolded(next()??);
        let mut column = Column::new(input.kind, 1);
        column.words.clone_from(words);
        column.push(value, u32::try_from(row).ok()?);
        columns.push(column);
    }
    (columns.len() == inputs.len() && fields.is_empty()).then_some((decided, columns))
}

/// Writes the record of a row from the start of `out`; how long it is.
fn write(out: &mut [u8], columns: &[Column], decisions: &Decisions, row: usize) -> usize {
    let (head, fields) = out.split_at_mut(1 + lengths(columns.len()));
    head[0] = decisions.lanes[row] as u8 | decisions.amount_unknown[row] << 2;
    let mut at = 0;
    let mut put = |number: u64| {
        let length = (71 - number.leading_zeros()) / 8;
        fields[at..at + 8].copy_from_slice(&number.to_le_bytes());
        at += length as usize;
        length as u8
    };
    let (failed, unknown) = (put(decisions.failed[row]), put(decisions.unknown[row]));
    head[1] = failed | unknown << 4;
    let mut left = put(folded(decisions.awards[row]));
    let mut before = 0;
    for (column, place) in columns.iter().zip(2..) {
        let source = i64::from(column.rows[row]);
        let value = if column.unknown[row] == 1 { UNKNOWN_LENGTH } else { put(folded(column.values[row])) };
        head[place] = left | value << 4;
        left = put(folded(source - before));
        before = source;
    }
    head[columns.len() + 2] = left;
    head.len() + at
}

/// Bytes of the lengths of all fields.
const fn lengths(inputs: usize) -> usize {
    (HEAD + 2 * inputs).div_ceil(2)
}

const fn folded(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

const fn unfolded(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_unfolds_to_itself(number in any::<i64>()) {
            prop_assert_eq!(unfolded(folded(number)), number);
        }
    }
}
