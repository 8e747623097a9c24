//! Many requests in one transaction.

use crate::ledger::Receipt;
use crate::sqlite;
use gouji_fund::ledger::{Action, Book, Event, Refusal, Request};
use sqlx::sqlite::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};

type Answers = Vec<Result<Receipt, Refusal>>;

/// Does the requests in order and answers each, all on the disk or, with an error, none.
///
/// A request that the rules refuse changes nothing, so that it cannot harm the others.
pub(crate) async fn run(connection: &mut SqliteConnection, requests: &[Request]) -> Result<Answers, sqlx::Error> {
    sqlite::begin(connection).await?;
    let done = within(connection, requests).await;
    sqlite::end(connection, done).await
}

/// The same inside a transaction that goes on.
pub(crate) async fn within(connection: &mut SqliteConnection, requests: &[Request]) -> Result<Answers, sqlx::Error> {
    let mut work = Work::load(connection, requests).await?;
    let answers = requests.iter().map(|request| work.answer(request)).collect();
    work.save(connection).await?;
    Ok(answers)
}

/// What the requests speak of, as it was and as it becomes.
struct Work {
    before: Book,
    book: Book,
    /// Events by key, those of this transaction among them.
    known: BTreeMap<String, Event>,
    added: Vec<Event>,
    head: (i64, [u8; 32]),
}

impl Work {
    async fn load(connection: &mut SqliteConnection, requests: &[Request]) -> Result<Self, sqlx::Error> {
        let keys: BTreeSet<&str> = requests.iter().map(|request| request.key.as_str()).collect();
        let keys: Vec<&str> = keys.into_iter().collect();
        let events = sqlite::events_of_keys(connection, &keys).await?;
        let mut before = Book::default();
        let names: BTreeSet<&String> = requests.iter().map(|request| &request.line).collect();
        for name in names {
            if let Some(line) = sqlite::line(connection, name).await? {
                before.lines.insert(name.clone(), line);
            }
        }
        let named =
            requests.iter().filter_map(|request| Some((request.line.clone(), request.action.award()?.to_owned())));
        let places: BTreeSet<(String, String)> = named.collect();
        let places: Vec<(String, String)> = places.into_iter().collect();
        before.awards.extend(sqlite::awards_of(connection, &places).await?);
        let known = events.into_iter().map(|event| (event.request.key.clone(), event)).collect();
        let head = sqlite::head(connection).await?;
        Ok(Work { book: before.clone(), before, known, added: Vec::new(), head })
    }

    fn answer(&mut self, request: &Request) -> Result<Receipt, Refusal> {
        if let Some(event) = self.known.get(&request.key) {
            let is_same = event.request.is_same_as(request);
            return if is_same { Ok(Receipt::of(event)) } else { Err(Refusal::KeyReused(request.key.clone())) };
        }
        let available = self.book.apply(request)?;
        let event = Event::following(self.head.0 + 1, self.head.1, request.clone(), available);
        self.head = (event.number, event.hash);
        self.known.insert(request.key.clone(), event.clone());
        let receipt = Receipt::of(&event);
        self.added.push(event);
        Ok(receipt)
    }

    async fn save(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        for (name, line) in &self.book.lines {
            let Some(before) = self.before.lines.get(name) else {
                let opening = self.added.iter().find(|event| is_opening(&event.request, name));
                let mut fresh = Book::default();
                let applied = opening.and_then(|event| fresh.apply(&event.request).ok());
                applied.expect("a line that was not there was opened by an event of this transaction");
                let opened = &fresh.lines[name];
                sqlite::add_line(connection, name, opened).await?;
                sqlite::move_line(connection, name, opened, line).await?;
                continue;
            };
            if before != line {
                sqlite::move_line(connection, name, before, line).await?;
            }
        }
        let changed = self.book.awards.iter().filter(|(place, award)| self.before.awards.get(place) != Some(award));
        sqlite::put_awards(connection, &changed.collect::<Vec<_>>()).await?;
        sqlite::add_events(connection, &self.added).await
    }
}

fn is_opening(request: &Request, name: &str) -> bool {
    request.line == name && matches!(request.action, Action::Open { .. })
}
