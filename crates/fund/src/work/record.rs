//! The record of a batch: what went in, by digest, and what was decided; the same input gives the same bytes.

use super::Judged;
use crate::judge::Lane;
use gouji_model::Fen;
use sha2::{Digest, Sha256};
use std::fmt::Write;

impl Judged<'_> {
    /// The record, line by line: office, batch, settings, policy and registers with their SHA-256, one line for each
    /// decision, and last the SHA-256 of all lines before it.
    ///
    /// A decision is its number, the lane, the award in fen (`?` where unknown), the conditions that fail and those that
    /// are unknown as hexadecimal bits, the first condition lowest, how many flags, and what is to be paid in
    /// fen (`?` while a person has to decide).
    pub fn record(&self) -> String {
        let mut lines = String::from("gouji-fund-record 2\n");
        let Judged { work, batch, file, version, decisions, .. } = self;
        let budget = batch.budget.map_or_else(|| "-".to_owned(), |budget| budget.fen().to_string());
        // A String takes every line.
        let _ = writeln!(lines, "office {}", work.office);
        let _ = writeln!(lines, "batch {} {} {} budget {budget}", batch.id, batch.opens, batch.closes);
        let _ = writeln!(lines, "settings {} {}", work.settings.0, work.settings.1);
        let _ = writeln!(lines, "policy {} {} version {}", file.file, file.sha256, version.id);
        // Every register, not only those the policy reads: what was handed over is part of what was known.
        for table in work.registers.iter().chain([&work.applications]) {
            let date = table.date.map_or_else(|| "-".to_owned(), |date| date.to_string());
            let _ = writeln!(lines, "register {} {} {} {date}", table.id, table.file, table.sha256);
        }
        let rulings = work.rulings_of(batch);
        if !rulings.is_empty() {
            let _ = writeln!(lines, "rulings {} {}", super::RULINGS_FILE, sha256(rulings.as_bytes()));
        }
        for at in 0..decisions.len() {
            lines.push_str(&self.decision_line(at));
            lines.push('\n');
        }
        let digest = sha256(lines.as_bytes());
        let _ = writeln!(lines, "sha256 {digest}");
        lines
    }

    /// The line of one decision in the record.
    pub(super) fn decision_line(&self, at: usize) -> String {
        let decisions = &self.decisions;
        let lane = match decisions.lanes[at] {
            Lane::Refuse => "refuse",
            Lane::Assist => "assist",
            Lane::Pass => "pass",
        };
        let fen = |amount: Option<Fen>| amount.map_or_else(|| "?".to_owned(), |amount| amount.fen().to_string());
        let (failed, unknown) = (decisions.failed(at), decisions.unknown(at));
        let (award, payable) = (fen(decisions.award(at)), fen(self.payable(at)));
        let (number, flags) = (self.cell(at, super::NUMBER), self.flags[at].len());
        format!("decision {number} {lane} {award} {failed:x} {unknown:x} {flags} {payable}")
    }
}

/// SHA-256 in hexadecimal, as registers, policies and records are named by.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The first line in which two records differ, from 1, with both lines; `None` when they are the same.
pub fn first_difference(stored: &str, derived: &str) -> Option<(usize, String, String)> {
    if stored == derived {
        return None;
    }
    let (mut stored, mut derived) = (stored.split('\n'), derived.split('\n'));
    let mut line = 1;
    loop {
        match (stored.next(), derived.next()) {
            (one, other) if one == other && one.is_some() => line += 1,
            (one, other) => return Some((line, one.unwrap_or_default().into(), other.unwrap_or_default().into())),
        }
    }
}
