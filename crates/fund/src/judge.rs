//! Decisions: every condition yes, no or unknown, the amount in fen, and the lane.

use crate::evidence::Column;
use crate::policy::Kind;
use crate::program::{CHUNK, Machine, NO, Program, UNKNOWN, View};
use gouji_model::Fen;
use std::ops::Range;

/// Where an application goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Lane {
    /// A condition that refuses fails.
    Refuse = 0,
    /// A person decides: something is unknown, flagged, or reviewed.
    Assist = 1,
    /// Every condition is met on record.
    Pass = 2,
}

/// What was decided for every applicant, in columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// The lane.
    pub lanes: Vec<Lane>,
    /// The amount in fen: of who passes; as proposed, of who is assisted (0 where unknown); 0 of who is refused.
    pub awards: Vec<i64>,
    /// One bit for each condition that fails, the first condition lowest.
    pub failed: Vec<u64>,
    /// One bit for each condition whose outcome is unknown.
    pub unknown: Vec<u64>,
    /// 1 where the amount is unknown.
    pub amount_unknown: Vec<u8>,
}

impl Decisions {
    /// How many.
    pub fn len(&self) -> usize {
        self.lanes.len()
    }

    /// True when nobody applied.
    pub fn is_empty(&self) -> bool {
        self.lanes.is_empty()
    }

    /// The award of an applicant; `None` where it is unknown.
    pub fn award(&self, applicant: usize) -> Option<Fen> {
        (self.amount_unknown[applicant] == 0).then(|| Fen::new(self.awards[applicant]))
    }
}

/// Judges every applicant; the columns stand in the order of the policy's inputs and have one length.
pub fn judge(program: &Program, columns: &[Column]) -> Decisions {
    let mut decisions = Decisions::default();
    judge_into(program, columns, &mut decisions);
    decisions
}

/// The same in the room of earlier decisions, which are forgotten.
pub fn judge_into(program: &Program, columns: &[Column], decisions: &mut Decisions) {
    let rows = columns.first().map_or(0, Column::len);
    decisions.lanes.resize(rows, Lane::Refuse);
    decisions.awards.resize(rows, 0);
    decisions.failed.resize(rows, 0);
    decisions.unknown.resize(rows, 0);
    decisions.amount_unknown.resize(rows, 0);
    let mut machine = Machine::new(program, columns);
    let mut masks = Masks::default();
    for from in (0..rows).step_by(CHUNK) {
        let chunk = from..rows.min(from + CHUNK);
        machine.run(from, chunk.len());
        masks.gather(program, &machine, chunk.len());
        Masks::write(&masks.failed, &mut decisions.failed[chunk.clone()]);
        Masks::write(&masks.unknown, &mut decisions.unknown[chunk.clone()]);
        decide(program, &machine, decisions, chunk);
    }
}

/// What a term comes to for every applicant: fen for an amount; `None` where it is unknown, or no amount.
pub fn amounts(program: &Program, columns: &[Column], term: &str) -> Vec<Option<Fen>> {
    let rows = columns.first().map_or(0, Column::len);
    let Some(term) = program.terms.get(term).filter(|term| term.kind == Kind::Amount) else {
        return vec![None; rows];
    };
    let mut machine = Machine::new(program, columns);
    let mut amounts = Vec::with_capacity(rows);
    for from in (0..rows).step_by(CHUNK) {
        let count = CHUNK.min(rows - from);
        machine.run(from, count);
        amounts.extend((0..count).map(|row| machine.number(term.at.over, row).map(Fen::new)));
    }
    amounts
}

/// Bits of outcomes, eight conditions to a byte, so that a chunk is gathered byte by byte.
#[derive(Default)]
struct Masks {
    failed: Vec<[u8; CHUNK]>,
    unknown: Vec<[u8; CHUNK]>,
}

impl Masks {
    fn gather(&mut self, program: &Program, machine: &Machine, count: usize) {
        let groups = program.conditions.len().div_ceil(8);
        self.failed.resize(groups, [0; CHUNK]);
        self.unknown.resize(groups, [0; CHUNK]);
        for (index, condition) in program.conditions.iter().enumerate() {
            let (group, bit) = (index / 8, (index % 8) as u32);
            let outcomes = machine.outcomes(condition.outcome);
            let failed = self.failed[group][..count].iter_mut().zip(&mut self.unknown[group][..count]);
            for ((failed, unknown), outcome) in failed.zip(outcomes) {
                let kept = u8::from(bit > 0).wrapping_neg();
                *failed = (*failed & kept) | (u8::from(*outcome == NO) << bit);
                *unknown = (*unknown & kept) | (u8::from(*outcome == UNKNOWN) << bit);
            }
        }
    }

    fn write(groups: &[[u8; CHUNK]], out: &mut [u64]) {
        match groups.split_first() {
            None => out.fill(0),
            Some((first, _)) => out.iter_mut().zip(first).for_each(|(out, byte)| *out = u64::from(*byte)),
        }
        for (group, bytes) in groups.iter().enumerate().skip(1) {
            for (out, byte) in out.iter_mut().zip(bytes) {
                *out |= u64::from(*byte) << (8 * group);
            }
        }
    }
}

/// Lanes and awards of a chunk whose masks are written.
fn decide(program: &Program, machine: &Machine, decisions: &mut Decisions, chunk: Range<usize>) {
    let refusing = program.conditions.iter().enumerate().filter(|(_, condition)| condition.refuses);
    let refusing = refusing.fold(0_u64, |mask, (index, _)| mask | 1 << index);
    let reviewed = u64::from(program.is_reviewed);
    let (amounts, marks) = machine.column(program.award);
    let awards = &mut decisions.awards[chunk.clone()];
    match amounts {
        View::Column(amounts) => awards.iter_mut().zip(amounts).for_each(|(award, amount)| *award = (*amount).max(0)),
        View::Constant(amount) => awards.fill(amount.max(0)),
    }
    let amount_unknown = &mut decisions.amount_unknown[chunk.clone()];
    match marks.is_empty() {
        true => amount_unknown.fill(0),
        false => amount_unknown.copy_from_slice(marks),
    }
    let failed = decisions.failed[chunk.clone()].iter().zip(&decisions.unknown[chunk.clone()]);
    let paid = awards.iter_mut().zip(amount_unknown);
    for (((failed, unknown), (award, mark)), lane) in failed.zip(paid).zip(&mut decisions.lanes[chunk]) {
        let is_refused = failed & refusing != 0;
        let is_clear = (failed | unknown | u64::from(*mark) | reviewed) == 0;
        *lane = if is_clear { Lane::Pass } else { Lane::Assist };
        *lane = if is_refused { Lane::Refuse } else { *lane };
        *award = if is_refused || *mark == 1 { 0 } else { *award };
        *mark &= u8::from(!is_refused);
    }
}
