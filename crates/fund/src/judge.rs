//! Decisions: every condition yes, no or unknown, the amount in fen, and the lane.

use crate::evidence::Column;
use crate::marks::Marks;
use crate::policy::Kind;
use crate::program::{CHUNK, Machine, NO, Program, UNKNOWN, View};
use fearless_simd::{Level, dispatch};
use gouji_model::Fen;

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
///
/// Eleven bytes each for a version of ten conditions: what the results take is what they cost to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// The lane.
    pub lanes: Vec<Lane>,
    /// The amount in fen: of who passes; as proposed, of who is assisted (0 where unknown); 0 of who is refused.
    pub awards: Vec<i64>,
    /// One bit for each condition that fails, eight conditions to a byte, the first lowest.
    failed: Vec<Marks>,
    /// One bit for each condition whose outcome is unknown.
    unknown: Vec<Marks>,
    /// 1 where the amount is unknown.
    amount_unknown: Marks,
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
        (!self.is_amount_unknown(applicant)).then(|| Fen::new(self.awards[applicant]))
    }

    /// One bit for each condition that fails, the first condition lowest.
    pub fn failed(&self, applicant: usize) -> u64 {
        bits(&self.failed, applicant)
    }

    /// One bit for each condition whose outcome is unknown, the first condition lowest.
    pub fn unknown(&self, applicant: usize) -> u64 {
        bits(&self.unknown, applicant)
    }

    /// Whether nobody can say the amount; never of who is refused.
    pub fn is_amount_unknown(&self, applicant: usize) -> bool {
        self.amount_unknown.at(applicant) == 1
    }

    /// Refuses an applicant for what stands beside the conditions.
    pub(crate) fn refuse(&mut self, applicant: usize) {
        self.lanes[applicant] = Lane::Refuse;
        self.awards[applicant] = 0;
        self.amount_unknown.set(applicant, 0);
    }

    /// Lets an applicant pass with an award, as a person decided.
    pub(crate) fn pass(&mut self, applicant: usize, award: Fen) {
        self.lanes[applicant] = Lane::Pass;
        self.awards[applicant] = award.fen();
        self.amount_unknown.set(applicant, 0);
    }

    /// Forgets every decision and keeps the room; `rows` and `groups` of eight conditions are to come.
    fn clear(&mut self, rows: usize, groups: usize) {
        self.lanes.clear();
        self.lanes.reserve_exact(rows);
        self.awards.clear();
        self.awards.reserve_exact(rows);
        for masks in [&mut self.failed, &mut self.unknown] {
            masks.resize(groups, Marks::default());
            masks.iter_mut().for_each(Marks::clear);
        }
        // Hardly any batch has nobody who fails; what is unknown may be nothing.
        self.failed.iter_mut().for_each(|group| group.reserve(rows));
        self.amount_unknown.clear();
    }
}

fn bits(groups: &[Marks], applicant: usize) -> u64 {
    groups.iter().rev().fold(0, |bits, group| bits << 8 | u64::from(group.at(applicant)))
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
    let mut bench = Bench::new(program);
    decisions.clear(rows, bench.refusing.len());
    let mut machine = Machine::new(program, columns);
    for from in (0..rows).step_by(CHUNK) {
        let count = CHUNK.min(rows - from);
        machine.run(from, count);
        bench.gather(program, &machine, count);
        bench.decide(program, &machine, count);
        bench.hand_over(from, count, decisions);
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

/// Where the decisions of one chunk are made, before they are handed over.
struct Bench {
    /// For every eight conditions the bits of those that refuse.
    refusing: Vec<u8>,
    /// 1 for a version whose amount a person always confirms.
    reviewed: u8,
    failed: Vec<[u8; CHUNK]>,
    unknown: Vec<[u8; CHUNK]>,
    /// Not 0 where a condition that refuses fails.
    refused: [u8; CHUNK],
    /// Not 0 where something keeps an applicant from passing.
    held: [u8; CHUNK],
    lanes: [Lane; CHUNK],
    awards: [i64; CHUNK],
    amount_unknown: [u8; CHUNK],
}

impl Bench {
    fn new(program: &Program) -> Bench {
        let groups = program.conditions.chunks(8).map(|group| {
            let refusing = group.iter().enumerate().filter(|(_, condition)| condition.refuses);
            refusing.fold(0, |bits, (bit, _)| bits | 1 << bit)
        });
        let refusing: Vec<u8> = groups.collect();
        let groups = refusing.len();
        Bench {
            refusing,
            reviewed: u8::from(program.is_reviewed),
            failed: vec![[0; CHUNK]; groups],
            unknown: vec![[0; CHUNK]; groups],
            refused: [0; CHUNK],
            held: [0; CHUNK],
            lanes: [Lane::Refuse; CHUNK],
            awards: [0; CHUNK],
            amount_unknown: [0; CHUNK],
        }
    }

    /// The bits of what fails and of what is unknown.
    fn gather(&mut self, program: &Program, machine: &Machine, count: usize) {
        for (group, conditions) in program.conditions.chunks(8).enumerate() {
            let (failed, unknown) = (&mut self.failed[group][..count], &mut self.unknown[group][..count]);
            let mut outcomes: [&[u8]; 8] = [&[]; 8];
            for (place, condition) in outcomes.iter_mut().zip(conditions) {
                *place = machine.outcomes(condition.outcome);
            }
            dispatch!(Level::new(), _wide => mark(failed, unknown, &outcomes[..conditions.len()]));
        }
    }

    /// Lanes and awards; what is not paid is taken off.
    fn decide(&mut self, program: &Program, machine: &Machine, count: usize) {
        let (amounts, marks) = machine.column(program.award);
        match marks.is_empty() {
            true => self.amount_unknown[..count].fill(0),
            false => self.amount_unknown[..count].copy_from_slice(marks),
        }
        dispatch!(Level::new(), _wide => self.settle(amounts, count));
    }

    #[inline(always)]
    fn settle(&mut self, amounts: View, count: usize) {
        let (refused, held) = (&mut self.refused[..count], &mut self.held[..count]);
        refused.fill(0);
        held.fill(self.reviewed);
        for (group, refusing) in self.refusing.iter().enumerate() {
            let (failed, unknown) = (&self.failed[group][..count], &self.unknown[group][..count]);
            for ((refused, held), (failed, unknown)) in
                refused.iter_mut().zip(&mut *held).zip(failed.iter().zip(unknown))
            {
                *refused |= failed & refusing;
                *held |= failed | unknown;
            }
        }
        let (lanes, marks) = (&mut self.lanes[..count], &mut self.amount_unknown[..count]);
        for ((refused, held), (lane, mark)) in refused.iter().zip(&mut *held).zip(lanes.iter_mut().zip(marks)) {
            let open = if *held | *mark == 0 { Lane::Pass } else { Lane::Assist };
            *lane = if *refused == 0 { open } else { Lane::Refuse };
            // From here on what keeps an award from standing: a refusal, or that the amount is unknown.
            *held = *refused | *mark;
            *mark = if *refused == 0 { *mark } else { 0 };
        }
        let awards = self.awards[..count].iter_mut().zip(held);
        let kept = |amount: i64, held: u8| if held == 0 { amount.max(0) } else { 0 };
        match amounts {
            View::Column(amounts) => {
                awards.zip(amounts).for_each(|((award, held), amount)| *award = kept(*amount, *held));
            }
            View::Constant(amount) => awards.for_each(|(award, held)| *award = kept(amount, *held)),
        }
    }

    fn hand_over(&self, from: usize, count: usize, decisions: &mut Decisions) {
        decisions.lanes.extend_from_slice(&self.lanes[..count]);
        decisions.awards.extend_from_slice(&self.awards[..count]);
        for (group, bits) in self.failed.iter().enumerate() {
            decisions.failed[group].extend(from, &bits[..count]);
        }
        for (group, bits) in self.unknown.iter().enumerate() {
            decisions.unknown[group].extend(from, &bits[..count]);
        }
        decisions.amount_unknown.extend(from, &self.amount_unknown[..count]);
    }
}

/// The bits of up to eight conditions.
#[inline(always)]
fn mark(failed: &mut [u8], unknown: &mut [u8], outcomes: &[&[u8]]) {
    failed.fill(0);
    unknown.fill(0);
    for (bit, outcomes) in outcomes.iter().enumerate() {
        let bit = 1_u8 << bit;
        for ((failed, unknown), outcome) in failed.iter_mut().zip(&mut *unknown).zip(*outcomes) {
            *failed |= if *outcome == NO { bit } else { 0 };
            *unknown |= if *outcome == UNKNOWN { bit } else { 0 };
        }
    }
}
