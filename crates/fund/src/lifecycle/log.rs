//! The log of all acts: each entry holds the hash of the one before.

use super::{Act, Event, Facts, Record, State, Verdict};
use crate::canonical::{number, text};
use crate::ledger::{Hash, Request};
use gouji_model::{Fen, Lang};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// An event in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From 1, without gaps, over all applications.
    pub number: i64,
    /// The application.
    pub application: String,
    /// From 1, without gaps, within the application.
    pub step: i64,
    /// The batch of the application.
    pub batch: String,
    /// The table that allowed it: its name and the SHA-256 of its file.
    pub table: String,
    /// What was done.
    pub event: Event,
    /// The hash of the entry before; zeros before the first.
    pub previous: Hash,
    /// SHA-256 of the canonical bytes.
    pub hash: Hash,
}

/// An act on an application, with what is known outside its record, and the money that moves with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The application.
    pub application: String,
    /// Its batch.
    pub batch: String,
    /// What is done.
    pub act: Act,
    /// What is known outside the record.
    pub facts: Facts,
    /// The budget line that pays; empty where none does.
    pub line: String,
    /// What is asked of the ledger in the same breath; all of it is done with the act, or none.
    pub money: Vec<Request>,
}

impl Entry {
    /// The hash that the contents call for.
    pub fn digest(&self) -> Hash {
        Sha256::digest(self.canonical_bytes()).into()
    }

    /// The bytes that are hashed.
    ///
    /// `gouji-acts-1`, the previous hash (32 bytes), then number, application, step, batch, table, time, person, role,
    /// action, reason, from, to, verdict, amount, version: a number as eight bytes, highest first; a text as its
    /// length in bytes, eight bytes, and its UTF-8; names in English; a verdict or an amount that is not there as an empty
    /// text, an amount that is there as its fen in decimal figures.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let event = &self.event;
        let mut bytes = b"gouji-acts-1".to_vec();
        bytes.extend(self.previous);
        number(&mut bytes, self.number);
        text(&mut bytes, &self.application);
        number(&mut bytes, self.step);
        text(&mut bytes, &self.batch);
        text(&mut bytes, &self.table);
        number(&mut bytes, event.time.0);
        text(&mut bytes, &event.person);
        text(&mut bytes, event.role.name(Lang::En));
        text(&mut bytes, event.action.name(Lang::En));
        text(&mut bytes, &event.reason);
        text(&mut bytes, event.from.name(Lang::En));
        text(&mut bytes, event.to.name(Lang::En));
        text(&mut bytes, event.verdict.map_or("", Verdict::word));
        text(&mut bytes, &event.amount.map_or_else(String::new, |amount: Fen| amount.fen().to_string()));
        text(&mut bytes, &event.version);
        bytes
    }
}

/// The record of every application that something was done with. An error names the first entry that does not go on
/// from where its application stood.
pub fn records(entries: &[Entry]) -> Result<BTreeMap<String, Record>, i64> {
    let mut records: BTreeMap<String, Record> = BTreeMap::new();
    for entry in entries {
        let first: State = entry.event.from;
        let record = records.entry(entry.application.clone()).or_insert_with(|| Record::new(&entry.application, first));
        let is_next = entry.step == record.events().len() as i64 + 1;
        if !record.push(entry.event.clone()) || !is_next {
            return Err(entry.number);
        }
    }
    Ok(records)
}
