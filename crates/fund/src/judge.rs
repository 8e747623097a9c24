//! Decisions: every condition yes, no or unknown, the amount in fen, and the lane.

use crate::evidence::Column;
use crate::policy::Kind;
use crate::program::{CHUNK, Machine, NO, Program, UNKNOWN, View};
use fearless_simd::{Level, dispatch};
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
    let rows = columns.first().map_or(0, Column::len);
    let mut decisions = Decisions {
        lanes: vec![Lane::Refuse; rows],
        awards: vec![0; rows],
        failed: vec![0; rows],
        unknown: vec![0; rows],
        amount_unknown: vec![0; rows],
    };
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
            let (failed, unknown) = (&mut self.failed[group][..count], &mut self.unknown[group][..count]);
            dispatch!(Level::new(), _wide => mark(failed, unknown, outcomes, bit));
        }
    }

    fn write(groups: &[[u8; CHUNK]], out: &mut [u64]) {
        match groups.split_first() {
            None => out.fill(0),
            Some((first, _)) => out.iter_mut().zip(first).for_each(|(out, byte)| *out = u64::from(*byte)),
        }
        for (group, bytes) in groups.iter().enumerate().skip(1) {
            let shifted = |(out, byte): (&mut u64, &u8)| *out |= u64::from(*byte) << (8 * group);
            out.iter_mut().zip(bytes).for_each(shifted);
        }
    }
}

/// Sets the bit of a condition in a group; the first of a group forgets what was there.
#[inline(always)]
fn mark(failed: &mut [u8], unknown: &mut [u8], outcomes: &[u8], bit: u32) {
    let kept = u8::from(bit > 0).wrapping_neg();
    let (no, doubt) = (1 << bit, 1 << bit);
    for ((failed, unknown), outcome) in failed.iter_mut().zip(unknown).zip(outcomes) {
        *failed = (*failed & kept) | if *outcome == NO { no } else { 0 };
        *unknown = (*unknown & kept) | if *outcome == UNKNOWN { doubt } else { 0 };
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
    let masks = (&decisions.failed[chunk.clone()], &decisions.unknown[chunk.clone()]);
    let lanes = &mut decisions.lanes[chunk];
    dispatch!(Level::new(), _wide => settle(masks, (refusing, reviewed), lanes, awards, amount_unknown));
}

/// Lanes by the masks of what fails and what is unknown; what is not paid is taken off the awards.
#[inline(always)]
fn settle(
    (failed, unknown): (&[u64], &[u64]),
    (refusing, reviewed): (u64, u64),
    lanes: &mut [Lane],
    awards: &mut [i64],
    marks: &mut [u8],
) {
    let rows = failed.len();
    let (unknown, lanes, awards, marks) =
        (&unknown[..rows], &mut lanes[..rows], &mut awards[..rows], &mut marks[..rows]);
    for row in 0..rows {
        let (mark, is_refused) = (marks[row], failed[row] & refusing != 0);
        let is_clear = (failed[row] | unknown[row] | u64::from(mark) | reviewed) == 0;
        let open = if is_clear { Lane::Pass } else { Lane::Assist };
        lanes[row] = if is_refused { Lane::Refuse } else { open };
        awards[row] = if is_refused || mark == 1 { 0 } else { awards[row] };
        marks[row] = if is_refused { 0 } else { mark };
    }
}
