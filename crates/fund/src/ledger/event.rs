use super::{Action, Destination, Held, Moment, Part, Request};
use crate::canonical::{number, text};
use gouji_model::Fen;
use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// An accepted request in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// From 1, without gaps.
    pub number: i64,
    /// What was asked.
    pub request: Request,
    /// What the line bore afterwards.
    pub available: Fen,
    /// The hash of the event before; zeros before the first.
    pub previous: Hash,
    /// SHA-256 of the canonical bytes.
    pub hash: Hash,
}

/// An action as the log keeps it: plain columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The kind of action, as `reserve`.
    pub kind: &'static str,
    /// The award; empty when there is none.
    pub award: String,
    /// The amount in fen; 0 when there is none.
    pub amount: i64,
    /// What else belongs to the kind, its parts by lines.
    pub detail: String,
}

impl Event {
    /// The event that follows another.
    pub fn following(number: i64, previous: Hash, request: Request, available: Fen) -> Self {
        let mut event = Event { number, request, available, previous, hash: [0; 32] };
        event.hash = event.digest();
        event
    }

    /// The hash that the contents call for.
    pub fn digest(&self) -> Hash {
        Sha256::digest(self.canonical_bytes()).into()
    }

    /// The bytes that are hashed.
    ///
    /// `gouji-ledger-1`, the previous hash (32 bytes), then number, key, time, actor, reason, line, kind, award, amount,
    /// detail, available: a number as eight bytes, highest first; a text as its length in bytes, eight bytes, and its UTF-8.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let record = Record::of(&self.request.action);
        let mut bytes = b"gouji-ledger-1".to_vec();
        bytes.extend(self.previous);
        number(&mut bytes, self.number);
        text(&mut bytes, &self.request.key);
        number(&mut bytes, self.request.time.0);
        for part in [&self.request.actor, &self.request.reason, &self.request.line] {
            text(&mut bytes, part);
        }
        text(&mut bytes, record.kind);
        text(&mut bytes, &record.award);
        number(&mut bytes, record.amount);
        text(&mut bytes, &record.detail);
        number(&mut bytes, self.available.fen());
        bytes
    }
}

impl Record {
    /// The columns of an action.
    pub fn of(action: &Action) -> Record {
        let (kind, amount, detail) = match action {
            Action::Open { unit, year, project, amount, closes } => {
                ("open", amount.fen(), format!("{unit}\n{year}\n{project}\n{}", closes.0))
            }
            Action::Amend { change } => ("amend", change.fen(), String::new()),
            Action::Reserve { amount, until, .. } => ("reserve", amount.fen(), until.0.to_string()),
            Action::Commit { plan, .. } => {
                let parts: Vec<String> =
                    plan.iter().map(|part| format!("{} {}", part.due.0, part.amount.fen())).collect();
                ("commit", plan.iter().map(|part| part.amount.fen()).fold(0, i64::saturating_add), parts.join("\n"))
            }
            Action::Pay { part, amount, .. } => ("pay", amount.fen(), part.to_string()),
            Action::Release { amount, from, .. } => ("release", amount.fen(), held(*from).to_owned()),
            Action::Recover { amount, to, .. } => ("recover", amount.fen(), destination(*to).to_owned()),
            Action::Close => ("close", 0, String::new()),
        };
        Record { kind, award: action.award().unwrap_or_default().to_owned(), amount, detail }
    }

    /// The action of columns; `None` when they are not exactly what [`Record::of`] writes for one.
    pub fn action(kind: &str, award: &str, amount: i64, detail: &str) -> Option<Action> {
        let award_name = award.to_owned();
        let fen = Fen::new(amount);
        let action = match kind {
            "open" => {
                let mut parts = detail.split('\n');
                let (unit, year, project) = (parts.next()?, parts.next()?, parts.next()?);
                let closes = Moment(parts.next()?.parse().ok()?);
                let (unit, project) = (unit.to_owned(), project.to_owned());
                Action::Open { unit, year: year.parse().ok()?, project, amount: fen, closes }
            }
            "amend" => Action::Amend { change: fen },
            "reserve" => Action::Reserve { award: award_name, amount: fen, until: Moment(detail.parse().ok()?) },
            "commit" => Action::Commit { award: award_name, plan: plan(detail)? },
            "pay" => Action::Pay { award: award_name, part: detail.parse().ok()?, amount: fen },
            "release" => {
                let from = [Held::Reserved, Held::Committed].into_iter().find(|from| held(*from) == detail)?;
                Action::Release { award: award_name, amount: fen, from }
            }
            "recover" => {
                let all = [Destination::Treasury, Destination::Line];
                let to = all.into_iter().find(|to| destination(*to) == detail)?;
                Action::Recover { award: award_name, amount: fen, to }
            }
            "close" => Action::Close,
            _ => return None,
        };
        // `+5` or `05` for 5, or an award where none belongs, would be another text of the same action.
        let again = Record::of(&action);
        let is_exact =
            (again.kind, again.award.as_str(), again.amount, again.detail.as_str()) == (kind, award, amount, detail);
        is_exact.then_some(action)
    }
}

fn plan(detail: &str) -> Option<Vec<Part>> {
    let parts = detail.split('\n').map(|line| {
        let (due, amount) = line.split_once(' ')?;
        Some(Part { due: Moment(due.parse().ok()?), amount: Fen::new(amount.parse().ok()?) })
    });
    parts.collect()
}

fn held(from: Held) -> &'static str {
    match from {
        Held::Reserved => "reserved",
        Held::Committed => "committed",
    }
}

fn destination(to: Destination) -> &'static str {
    match to {
        Destination::Treasury => "treasury",
        Destination::Line => "line",
    }
}
