//! What is kept of every decision: lane, award, reasons and the values they rest on, in a few dozen bytes each.
//!
//! A record is one byte with the lane (bits 0 and 1) and whether the amount is unknown (bit 2); then fields at fixed
//! places: the bits of what fails and of what is unknown, the award in fen, and for each input its value and its row in
//! the register less the row of the input before. The [`Layout`] of a batch says for each field the smallest number in
//! the batch and in how many bytes, from the lowest on, a record holds what it is above that. A field that is the same
//! for everybody takes no byte.

use crate::evidence::Column;
use crate::explain::{Explanation, Rule, explain};
use crate::judge::{Decisions, Lane, judge};
use crate::program::CHUNK;
use fearless_simd::{Level, dispatch};
use gouji_model::Lang;
use std::ops::Range;

/// The decisions on a batch with what each rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    layout: Layout,
    /// How many records.
    count: usize,
    bytes: Vec<u8>,
}

/// What all records of a batch have in common; a record cannot be read without it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The words of every input's class, in the order of the inputs; empty for other kinds.
    words: Vec<Vec<String>>,
    fields: Vec<Field>,
    /// Bytes of a record.
    length: usize,
}

/// One number of each record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Field {
    /// The smallest number of the batch.
    low: i64,
    /// Where it stands in a record.
    at: usize,
    /// In how many bytes, 0 to 8.
    width: usize,
    /// 1 where 0 stands for what is unknown, and the smallest number is 1; else 0.
    unknown: u64,
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

impl Kept {
    /// Keeps every decision; the columns are those it rests on.
    pub fn of(columns: &[Column], decisions: &Decisions) -> Kept {
        let mut kept = Kept::default();
        kept.fill(columns, decisions);
        kept
    }

    /// The same in the room of earlier records, which are forgotten.
    pub fn fill(&mut self, columns: &[Column], decisions: &Decisions) {
        self.layout = Layout::of(columns, decisions);
        self.count = decisions.len();
        let length = self.layout.length;
        self.bytes.resize(length * self.count, 0);
        // Field by field, but only over so many records as stay in the nearest cache.
        for (from, records) in (0..self.count).step_by(CHUNK).zip(self.bytes.chunks_mut(length * CHUNK)) {
            let rows = from..self.count.min(from + CHUNK);
            self.layout.write(records, columns, decisions, rows);
        }
    }

    /// How many decisions.
    pub fn len(&self) -> usize {
        self.count
    }

    /// True when nobody applied.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many bytes all records take.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The record of one applicant.
    pub fn record(&self, applicant: usize) -> &[u8] {
        &self.bytes[applicant * self.layout.length..][..self.layout.length]
    }

    /// What all records have in common.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }
}

/// Explains a decision from its record and the layout of its batch. A record that the version does not decide in the
/// same way is a fault.
pub fn explain_kept(rule: Rule, record: &[u8], layout: &Layout, lang: Lang) -> Result<Explanation, KeptFault> {
    let (decided, columns) = layout.read(rule, record).ok_or(KeptFault::Shape)?;
    let again = judge(rule.program, &columns);
    if Decided::of(&again, 0) != decided {
        return Err(KeptFault::Otherwise);
    }
    Ok(explain(rule, &columns, 0, lang))
}

/// The decision of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decided {
    lane: Lane,
    is_amount_unknown: bool,
    failed: u64,
    unknown: u64,
    award: i64,
}

impl Decided {
    fn of(decisions: &Decisions, applicant: usize) -> Decided {
        Decided {
            lane: decisions.lanes[applicant],
            is_amount_unknown: decisions.is_amount_unknown(applicant),
            failed: decisions.failed(applicant),
            unknown: decisions.unknown(applicant),
            award: decisions.awards[applicant],
        }
    }
}

impl Layout {
    fn of(columns: &[Column], decisions: &Decisions) -> Layout {
        let mut layout = Layout { length: 1, ..Layout::default() };
        layout.words = columns.iter().map(|column| column.words.clone()).collect();
        let bits = |bits: &dyn Fn(usize) -> u64| extent((0..decisions.len()).map(|row| bits(row) as i64));
        layout.add(bits(&|row| decisions.failed(row)), 0);
        layout.add(bits(&|row| decisions.unknown(row)), 0);
        layout.add(numbers(&decisions.awards), 0);
        let mut before: &[u32] = &[];
        for column in columns {
            let has_unknown = !column.unknown.range(0..column.len()).is_empty();
            layout.add(numbers(&column.values), u64::from(has_unknown));
            layout.add(sources(&column.rows, before), 0);
            before = &column.rows;
        }
        layout
    }

    fn add(&mut self, (low, high): (i64, i64), unknown: u64) {
        let most = (high.wrapping_sub(low) as u64).saturating_add(unknown);
        let width = (71 - most.leading_zeros() as usize) / 8;
        self.fields.push(Field { low, at: self.length, width, unknown });
        self.length += width;
    }

    fn write(&self, records: &mut [u8], columns: &[Column], decisions: &Decisions, rows: Range<usize>) {
        for (record, row) in records.chunks_exact_mut(self.length).zip(rows.clone()) {
            record[0] = decisions.lanes[row] as u8 | u8::from(decisions.is_amount_unknown(row)) << 2;
        }
        let [failed, unknown, award, inputs @ ..] = self.fields.as_slice() else { return };
        self.put(records, *failed, rows.clone().map(|row| decisions.failed(row) as i64));
        self.put(records, *unknown, rows.clone().map(|row| decisions.unknown(row) as i64));
        self.put(records, *award, decisions.awards[rows.clone()].iter().copied());
        let mut before: &[u32] = &[];
        for (column, fields) in columns.iter().zip(inputs.chunks_exact(2)) {
            self.put(records, fields[0], column.values[rows.clone()].iter().copied());
            if fields[0].unknown == 1 {
                self.mark(records, fields[0], column, rows.clone());
            }
            if fields[1].width > 0 {
                let source =
                    |row: usize| i64::from(column.rows[row]) - before.get(row).map_or(0, |row| i64::from(*row));
                self.put(records, fields[1], rows.clone().map(source));
            }
            before = &column.rows;
        }
    }

    /// Puts a field into every record.
    fn put(&self, records: &mut [u8], field: Field, numbers: impl Iterator<Item = i64>) {
        // A width that is known when this is compiled makes each a store or two.
        match field.width {
            0 => {}
            1 => self.put_wide::<1>(records, field, numbers),
            2 => self.put_wide::<2>(records, field, numbers),
            3 => self.put_wide::<3>(records, field, numbers),
            4 => self.put_wide::<4>(records, field, numbers),
            5 => self.put_wide::<5>(records, field, numbers),
            6 => self.put_wide::<6>(records, field, numbers),
            7 => self.put_wide::<7>(records, field, numbers),
            _ => self.put_wide::<8>(records, field, numbers),
        }
    }

    fn put_wide<const WIDTH: usize>(&self, records: &mut [u8], field: Field, numbers: impl Iterator<Item = i64>) {
        let low = field.low.wrapping_sub(field.unknown as i64);
        for (record, number) in records.chunks_exact_mut(self.length).zip(numbers) {
            let above = number.wrapping_sub(low).to_le_bytes();
            record[field.at..field.at + WIDTH].copy_from_slice(&above[..WIDTH]);
        }
    }

    /// Puts 0 where nothing is known.
    fn mark(&self, records: &mut [u8], field: Field, column: &Column, rows: Range<usize>) {
        let marks = column.unknown.range(rows);
        for (record, _) in records.chunks_exact_mut(self.length).zip(marks).filter(|(_, mark)| **mark == 1) {
            record[field.at..field.at + field.width].fill(0);
        }
    }

    /// The decision and the values of a record.
    fn read(&self, rule: Rule, record: &[u8]) -> Option<(Decided, Vec<Column>)> {
        let inputs = &rule.policy.inputs;
        if record.len() != self.length || self.fields.len() != HEAD + 2 * inputs.len() {
            return None;
        }
        let number = |field: &Field| {
            let mut above = [0; 8];
            above[..field.width].copy_from_slice(&record[field.at..field.at + field.width]);
            let above = u64::from_le_bytes(above).checked_sub(field.unknown)?;
            Some(field.low.wrapping_add(above as i64))
        };
        let [failed, unknown, award, fields @ ..] = self.fields.as_slice() else { return None };
        let decided = Decided {
            lane: [Lane::Refuse, Lane::Assist, Lane::Pass].get(usize::from(record[0] & 3)).copied()?,
            is_amount_unknown: record[0] >> 2 == 1,
            failed: number(failed)? as u64,
            unknown: number(unknown)? as u64,
            award: number(award)?,
        };
        let (mut columns, mut row) = (Vec::new(), 0);
        for ((input, words), fields) in inputs.iter().zip(&self.words).zip(fields.chunks_exact(2)) {
            row = number(&fields[1])?.checked_add(row)?;
            let mut column = Column::new(input.kind, 1);
            column.words.clone_from(words);
            column.push(number(&fields[0]), u32::try_from(row).ok()?);
            columns.push(column);
        }
        (columns.len() == inputs.len()).then_some((decided, columns))
    }
}

/// The smallest and the largest number; 0 and 0 of none.
fn numbers(all: &[i64]) -> (i64, i64) {
    dispatch!(Level::new(), _wide => extent(all.iter().copied()))
}

/// The smallest and the largest difference of rows from those of the input before.
fn sources(rows: &[u32], before: &[u32]) -> (i64, i64) {
    match before.is_empty() {
        true => extent(rows.iter().map(|row| i64::from(*row))),
        false if rows == before => (0, 0),
        false => extent(rows.iter().zip(before).map(|(row, before)| i64::from(*row) - i64::from(*before))),
    }
}

#[inline(always)]
fn extent(numbers: impl Iterator<Item = i64>) -> (i64, i64) {
    let none = (i64::MAX, i64::MIN);
    let found = numbers.fold(none, |(low, high), number| (low.min(number), high.max(number)));
    if found == none { (0, 0) } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Kind;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_field_gives_back_every_number(all in proptest::collection::vec(proptest::option::of(any::<i64>()), 1..40)) {
            // Amounts of a policy stay far inside 64 bits; bits of conditions fill them, but none of those is unknown.
            let all: Vec<Option<i64>> = all.into_iter().map(|number| number.map(|number| number / 8_192)).collect();
            let mut column = Column::new(Kind::Amount, all.len());
            all.iter().zip(1..).for_each(|(number, row)| column.push(*number, row));
            let mut layout = Layout { length: 1, ..Layout::default() };
            let has_unknown = !column.unknown.range(0..column.len()).is_empty();
            layout.add(numbers(&column.values), u64::from(has_unknown));
            let mut records = vec![0; layout.length * all.len()];
            let field = layout.fields[0];
            layout.put(&mut records, field, column.values.iter().copied());
            layout.mark(&mut records, field, &column, 0..all.len());
            for (row, record) in records.chunks_exact(layout.length).enumerate() {
                let mut above = [0; 8];
                above[..field.width].copy_from_slice(&record[field.at..]);
                let above = u64::from_le_bytes(above).checked_sub(field.unknown);
                prop_assert_eq!(above.map(|above| field.low.wrapping_add(above as i64)), column.value(row));
            }
        }

        #[test]
        fn bits_of_sixty_four_conditions_have_an_extent(all in proptest::collection::vec(any::<u64>(), 1..9)) {
            let mut layout = Layout { length: 1, ..Layout::default() };
            layout.add(extent(all.iter().map(|bits| *bits as i64)), 0);
            let field = layout.fields[0];
            for bits in all {
                let above = (bits as i64).wrapping_sub(field.low) as u64;
                prop_assert!(field.width == 8 || above >> (8 * field.width) == 0);
            }
        }
    }
}
