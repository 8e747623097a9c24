//! The log against itself, and the lines against the log.

use crate::sqlite;
use gouji_fund::ledger::{Book, Event};
use gouji_fund::lifecycle::{Entry, records};
use gouji_model::Lang;
use sqlx::sqlite::SqliteConnection;

/// How many events are read at once.
const PAGE: i64 = 1_000;

/// What became of a walk over the whole log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The number of events that fit.
    pub events: i64,
    /// The hash of the last of them: publish it, and nobody can change the log up to it unseen.
    pub head: [u8; 32],
    /// The number of acts on applications that fit.
    pub acts: i64,
    /// The hash of the last of them.
    pub head_of_acts: [u8; 32],
    /// The first thing that does not fit.
    pub fault: Option<Fault>,
}

/// The first thing that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The event of this number is missing.
    Missing(i64),
    /// The columns of this event are none that the ledger writes.
    Unreadable(i64),
    /// The contents of this event do not have its hash.
    Hash(i64),
    /// This event does not name the hash of the one before.
    Chain(i64),
    /// The rules would not have allowed this event, or the balance it names is another.
    Rule(i64),
    /// The line does not stand as its events leave it.
    Line(String),
    /// The award of this line and name does not stand as its events leave it.
    Award(String, String),
    /// The act of this number is missing, was changed, or does not go on from where its application stood.
    Act(i64),
    /// This trigger is gone: without it entries can be changed or cut off.
    Unguarded(String),
}

/// Recomputes every hash and every balance, in one state of the database.
pub(crate) async fn verify(connection: &mut SqliteConnection) -> Result<Verified, sqlx::Error> {
    sqlite::begin_reading(connection).await?;
    let verified = walk(connection).await;
    sqlite::rollback(connection).await;
    verified
}

async fn walk(connection: &mut SqliteConnection) -> Result<Verified, sqlx::Error> {
    let mut book = Book::default();
    let mut verified = Verified { events: 0, head: [0; 32], acts: 0, head_of_acts: [0; 32], fault: None };
    loop {
        let page = sqlite::events_after(connection, verified.events, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for (number, event) in page {
            let expected = verified.events + 1;
            let fault = match event {
                _ if number != expected => Some(Fault::Missing(expected)),
                Err(_) => Some(Fault::Unreadable(number)),
                Ok(event) => fault_of(&event, &mut verified, &mut book),
            };
            if fault.is_some() {
                return Ok(Verified { fault, ..verified });
            }
        }
    }
    let fault = match standing_fault(connection, &book).await? {
        Some(fault) => Some(fault),
        None => match walk_acts(connection, &mut verified).await? {
            Some(fault) => Some(fault),
            None => sqlite::missing_guard(connection).await?.map(Fault::Unguarded),
        },
    };
    Ok(Verified { fault, ..verified })
}

async fn walk_acts(connection: &mut SqliteConnection, verified: &mut Verified) -> Result<Option<Fault>, sqlx::Error> {
    if !sqlite::has_acts(connection).await? {
        return Ok(None);
    }
    let (entries, fault) = chained_acts(connection).await?;
    if let Some(last) = entries.last() {
        (verified.acts, verified.head_of_acts) = (last.number, last.hash);
    }
    Ok(fault)
}

/// Every act up to the first that does not fit: the hash of each is worked out again, and whether it goes on from where
/// its application stood.
pub(crate) async fn chained_acts(
    connection: &mut SqliteConnection,
) -> Result<(Vec<Entry>, Option<Fault>), sqlx::Error> {
    let (mut entries, mut head) = (Vec::new(), [0; 32]);
    for (number, entry) in sqlite::acts_after(connection, 0, i64::MAX).await? {
        let expected = entries.len() as i64 + 1;
        match entry {
            _ if number != expected => return Ok((entries, Some(Fault::Act(expected)))),
            Ok(entry) if entry.previous == head && entry.hash == entry.digest() => {
                head = entry.hash;
                entries.push(entry);
            }
            _ => return Ok((entries, Some(Fault::Act(number)))),
        }
    }
    let fault = records(&entries).err().map(Fault::Act);
    Ok((entries, fault))
}

fn fault_of(event: &Event, verified: &mut Verified, book: &mut Book) -> Option<Fault> {
    let number = event.number;
    if event.previous != verified.head {
        return Some(Fault::Chain(number));
    }
    if event.hash != event.digest() {
        return Some(Fault::Hash(number));
    }
    if book.apply(&event.request) != Ok(event.available) {
        return Some(Fault::Rule(number));
    }
    (verified.events, verified.head) = (number, event.hash);
    None
}

/// Lines and awards as kept, against those that the events make.
async fn standing_fault(connection: &mut SqliteConnection, book: &Book) -> Result<Option<Fault>, sqlx::Error> {
    let mut kept = Book::default();
    kept.lines.extend(sqlite::lines(connection).await?);
    kept.awards.extend(sqlite::all_awards(connection).await?);
    let lines = book.lines.keys().chain(kept.lines.keys());
    if let Some(name) = lines.into_iter().find(|name| book.lines.get(*name) != kept.lines.get(*name)) {
        return Ok(Some(Fault::Line(name.clone())));
    }
    let mut awards = book.awards.keys().chain(kept.awards.keys());
    let place = awards.find(|place| book.awards.get(*place) != kept.awards.get(*place));
    Ok(place.map(|(line, name)| Fault::Award(line.clone(), name.clone())))
}

impl Fault {
    /// What does not fit, in a language.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Missing(number), Lang::Zh) => format!("缺少第 {number} 条记录"),
            (Self::Missing(number), Lang::En) => format!("event {number} is missing"),
            (Self::Unreadable(number), Lang::Zh) => format!("第 {number} 条记录无法读取"),
            (Self::Unreadable(number), Lang::En) => format!("event {number} cannot be read"),
            (Self::Hash(number), Lang::Zh) => format!("第 {number} 条记录的内容与其校验值不符"),
            (Self::Hash(number), Lang::En) => format!("event {number} does not have its hash"),
            (Self::Chain(number), Lang::Zh) => format!("第 {number} 条记录与上一条不相衔接"),
            (Self::Chain(number), Lang::En) => format!("event {number} does not follow the one before"),
            (Self::Rule(number), Lang::Zh) => format!("第 {number} 条记录不合规则或余额不符"),
            (Self::Rule(number), Lang::En) => format!("event {number} breaks the rules or names another balance"),
            (Self::Act(number), Lang::Zh) => format!("第 {number} 条办理记录缺失、被改动或与前后不相衔接"),
            (Self::Act(number), Lang::En) => format!("act {number} is missing, was changed or does not follow"),
            (Self::Unguarded(name), Lang::Zh) => format!("数据库的保护“{name}”被去掉了；记录可能被删改过"),
            (Self::Unguarded(name), Lang::En) => format!("the guard `{name}` is gone: entries may have been removed"),
            (Self::Line(name), Lang::Zh) => format!("预算项目“{name}”的余额与记录不符"),
            (Self::Line(name), Lang::En) => format!("the line `{name}` does not stand as its events leave it"),
            (Self::Award(line, name), Lang::Zh) => format!("预算项目“{line}”下资助“{name}”与记录不符"),
            (Self::Award(line, name), Lang::En) => {
                format!("the award `{name}` of the line `{line}` does not stand as its events leave it")
            }
        }
    }
}
