//! Acts on applications, each with the money that moves with it: all of it on the disk, or none.

use crate::{batch, sqlite};
use gouji_fund::ledger::Refusal;
use gouji_fund::lifecycle::{Deed, Entry, Facts, Record, Refused, Table};
use gouji_model::{Fen, Lang};
use sqlx::sqlite::SqliteConnection;
use std::collections::BTreeSet;

/// Why an act was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActRefused {
    /// The table of moves forbids it, or something is missing.
    Move(Refused),
    /// The ledger refuses the money.
    Money(Refusal),
}

impl ActRefused {
    /// What stands in the way, and what would be right.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            ActRefused::Move(refused) => refused.text(lang),
            ActRefused::Money(refusal) => refusal.text(lang),
        }
    }
}

pub(crate) type Done = Result<Entry, ActRefused>;

/// Does the deeds in order and answers each. A deed that is refused changes nothing and harms no other; an error of the
/// database leaves none of them done.
pub(crate) async fn run(
    connection: &mut SqliteConnection,
    table: &Table,
    deeds: &[Deed],
) -> Result<Vec<Done>, sqlx::Error> {
    sqlite::begin(connection).await?;
    let done = within(connection, table, deeds).await;
    sqlite::end(connection, done).await
}

async fn within(connection: &mut SqliteConnection, table: &Table, deeds: &[Deed]) -> Result<Vec<Done>, sqlx::Error> {
    let mut head = sqlite::head_of_acts(connection).await?;
    let mut answers = Vec::with_capacity(deeds.len());
    for deed in deeds {
        sqlite::begin_part(connection).await?;
        let done = one(connection, table, deed, head).await?;
        match &done {
            Ok(entry) => {
                sqlite::end_part(connection).await?;
                head = if entry.number > head.0 { (entry.number, entry.hash) } else { head };
            }
            Err(_) => sqlite::undo_part(connection).await?,
        }
        answers.push(done);
    }
    Ok(answers)
}

async fn one(
    connection: &mut SqliteConnection,
    table: &Table,
    deed: &Deed,
    head: (i64, [u8; 32]),
) -> Result<Done, sqlx::Error> {
    let entries = sqlite::acts_of(connection, &deed.application).await?;
    let mut record = Record::new(&deed.application, table.intake);
    for entry in &entries {
        record.push(entry.event.clone());
    }
    let mut facts = deed.facts.clone();
    facts.held = held(connection, &deed.line, &deed.application).await?;
    if let Some(entry) = repeated(connection, deed, &facts, &record, &entries).await? {
        return Ok(Ok(entry));
    }
    let event = match record.act(table, deed.act.clone(), &facts) {
        Ok(event) => event.clone(),
        Err(refused) => return Ok(Err(ActRefused::Move(refused))),
    };
    for answer in batch::within(connection, &deed.money).await? {
        if let Err(refusal) = answer {
            return Ok(Err(ActRefused::Money(refusal)));
        }
    }
    let mut entry = Entry {
        number: head.0 + 1,
        application: deed.application.clone(),
        step: entries.len() as i64 + 1,
        batch: deed.batch.clone(),
        table: format!("{} {}", table.id, table.sha256),
        event,
        previous: head.1,
        hash: [0; 32],
    };
    entry.hash = entry.digest();
    sqlite::add_act(connection, &entry).await?;
    Ok(Ok(entry))
}

/// The entry of a deed that is asked again. Where money moves, its keys tell: a second instalment is asked for in the
/// words of the first and is another deed all the same.
async fn repeated(
    connection: &mut SqliteConnection,
    deed: &Deed,
    facts: &Facts,
    record: &Record,
    entries: &[Entry],
) -> Result<Option<Entry>, sqlx::Error> {
    if deed.money.is_empty() {
        return Ok(record.repeated(&deed.act, facts).and(entries.last()).cloned());
    }
    let keys: BTreeSet<&str> = deed.money.iter().map(|request| request.key.as_str()).collect();
    let keys: Vec<&str> = keys.into_iter().collect();
    if sqlite::events_of_keys(connection, &keys).await?.len() < keys.len() {
        return Ok(None);
    }
    let act = &deed.act;
    let is_same = |entry: &&Entry| {
        let event = &entry.event;
        (event.action, event.role, &event.person, &event.reason) == (act.action, act.role, &act.person, &act.reason)
    };
    Ok(entries.iter().rev().find(is_same).cloned())
}

/// What the ledger holds for an award or has paid.
async fn held(connection: &mut SqliteConnection, line: &str, award: &str) -> Result<Fen, sqlx::Error> {
    let found = sqlite::awards_of(connection, &[(line.to_owned(), award.to_owned())]).await?;
    let sum = found.first().map_or(0, |(_, award)| {
        award.reserved.fen() + award.committed.fen() + award.paid.fen() - award.recovered.fen()
    });
    Ok(Fen::new(sum))
}
