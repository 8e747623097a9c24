//! Every statement for SQLite.

use crate::ledger::Options;
use gouji_fund::ledger::{Award, Event, Line, Moment, PartState, Record, Request};
use gouji_fund::lifecycle::{self, Action, Entry, Role, State, Verdict};
use gouji_model::{Fen, Lang};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Row};
use std::path::Path;

type Result<T> = std::result::Result<T, sqlx::Error>;

/// The folder of migrations; the version of a file is how many of them it has seen.
const MIGRATIONS: &[&str] =
    &[include_str!("../migrations/sqlite/0001_ledger.sql"), include_str!("../migrations/sqlite/0002_acts.sql")];

/// `GOUJ`: whose file it is.
const APPLICATION: i64 = 0x474F_554A;

/// Rows written or looked up by one statement; two sizes, so that few statements are prepared.
const CHUNK: usize = 64;

const EVENT_COLUMNS: &str =
    "number, key, time, actor, reason, line, kind, award, amount, detail, available, previous, hash";

/// What a file says of itself.
pub(crate) enum Kind {
    Empty,
    Foreign,
    Ledger(i64),
}

/// The newest version of the tables.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Opens a file; `options` of `None` is for reading only.
pub(crate) async fn connect(path: &Path, options: Option<&Options>, is_new: IsNew) -> Result<SqliteConnection> {
    let chosen = SqliteConnectOptions::new().filename(path).disable_statement_logging();
    let chosen = match options {
        None => chosen.read_only(true),
        Some(options) => {
            let chosen = chosen.create_if_missing(matches!(is_new, IsNew::Yes)).foreign_keys(true);
            chosen.synchronous(SqliteSynchronous::Full).busy_timeout(options.wait)
        }
    };
    let mut connection = chosen.connect().await?;
    if let Some(pages) = options.and_then(|options| options.most_pages) {
        sqlx::query(AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"))).execute(&mut connection).await?;
    }
    Ok(connection)
}

/// Opens a file that nobody writes, for reading, without notes beside it.
pub(crate) async fn connect_settled(path: &Path) -> Result<SqliteConnection> {
    let chosen = SqliteConnectOptions::new().filename(path).disable_statement_logging();
    chosen.read_only(true).immutable(true).connect().await
}

/// Whether a file is to begin.
#[derive(Clone, Copy)]
pub(crate) enum IsNew {
    Yes,
    No,
}

pub(crate) async fn kind(connection: &mut SqliteConnection) -> Result<Kind> {
    let application: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *connection).await?;
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await?;
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut *connection).await?;
    Ok(match (application, version, tables) {
        (APPLICATION, version, _) => Kind::Ledger(version),
        (0, 0, 0) => Kind::Empty,
        _ => Kind::Foreign,
    })
}

/// Brings the tables from a version to the newest, in one transaction.
pub(crate) async fn migrate(connection: &mut SqliteConnection, from: i64) -> Result<()> {
    sqlx::query("PRAGMA journal_mode = WAL").execute(&mut *connection).await?;
    begin(connection).await?;
    for migration in &MIGRATIONS[usize::try_from(from).unwrap_or(0)..] {
        sqlx::raw_sql(*migration).execute(&mut *connection).await?;
    }
    let marks = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}");
    sqlx::raw_sql(AssertSqlSafe(marks)).execute(&mut *connection).await?;
    commit(connection).await
}

/// The first trigger that the tables of this file's version should have and have not.
pub(crate) async fn missing_guard(connection: &mut SqliteConnection) -> Result<Option<String>> {
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await?;
    let there: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetch_all(&mut *connection).await?;
    let seen = MIGRATIONS.iter().take(usize::try_from(version).unwrap_or(0));
    let named = seen.flat_map(|migration| migration.lines().filter_map(|line| line.strip_prefix("CREATE TRIGGER ")));
    let mut names = named.filter_map(|line| line.split(' ').next());
    Ok(names.find(|name| !there.iter().any(|known| known == name)).map(str::to_owned))
}

/// Begins a transaction that may write at once, so that what it reads stays true until it commits.
pub(crate) async fn begin(connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query("BEGIN IMMEDIATE").execute(connection).await.map(drop)
}

/// Begins a transaction that sees one state and writes nothing.
pub(crate) async fn begin_reading(connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query("BEGIN").execute(connection).await.map(drop)
}

/// Ends a transaction as what was done in it came out: all of it is on the disk or, with an error, none.
pub(crate) async fn end<T>(connection: &mut SqliteConnection, done: Result<T>) -> Result<T> {
    let ended = match done {
        Ok(answer) => commit(connection).await.map(|()| answer),
        Err(error) => Err(error),
    };
    if ended.is_err() {
        rollback(connection).await;
    }
    ended
}

pub(crate) async fn commit(connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query("COMMIT").execute(connection).await.map(drop)
}

/// Ends a transaction that failed; SQLite may have ended it itself, which is as well.
pub(crate) async fn rollback(connection: &mut SqliteConnection) {
    let _ended_before = sqlx::query("ROLLBACK").execute(connection).await;
}

/// Begins a part of a transaction that may be undone alone.
pub(crate) async fn begin_part(connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query("SAVEPOINT part").execute(connection).await.map(drop)
}

pub(crate) async fn end_part(connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query("RELEASE part").execute(connection).await.map(drop)
}

pub(crate) async fn undo_part(connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query("ROLLBACK TO part").execute(&mut *connection).await?;
    end_part(connection).await
}

/// Whether the file has a log of acts; one of the first version has none until it is written to.
pub(crate) async fn has_acts(connection: &mut SqliteConnection) -> Result<bool> {
    let tables = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'act'";
    sqlx::query_scalar::<_, i64>(tables).fetch_one(connection).await.map(|count| count > 0)
}

/// Number and hash of the last act.
pub(crate) async fn head_of_acts(connection: &mut SqliteConnection) -> Result<(i64, [u8; 32])> {
    let row =
        sqlx::query("SELECT number, hash FROM act ORDER BY number DESC LIMIT 1").fetch_optional(connection).await?;
    row.map_or(Ok((0, [0; 32])), |row| Ok((row.try_get(0)?, hash(&row, 1)?)))
}

/// What was done with an application, the first first.
pub(crate) async fn acts_of(connection: &mut SqliteConnection, application: &str) -> Result<Vec<Entry>> {
    let query = sqlx::query("SELECT * FROM act WHERE application = ? ORDER BY step").bind(application);
    query.fetch_all(connection).await?.iter().map(act).collect()
}

/// Up to `count` acts after a number; an act that cannot be read is its error.
pub(crate) async fn acts_after(
    connection: &mut SqliteConnection,
    number: i64,
    count: i64,
) -> Result<Vec<(i64, Result<Entry>)>> {
    let query = sqlx::query("SELECT * FROM act WHERE number > ? ORDER BY number LIMIT ?").bind(number).bind(count);
    query.fetch_all(connection).await?.iter().map(|row| Ok((row.try_get("number")?, act(row)))).collect()
}

pub(crate) async fn add_act(connection: &mut SqliteConnection, entry: &Entry) -> Result<()> {
    let event = &entry.event;
    let row = sqlx::query("INSERT INTO act VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    let row = row.bind(entry.number).bind(&entry.application).bind(entry.step).bind(&entry.batch).bind(&entry.table);
    let row = row.bind(event.time.0).bind(&event.person).bind(event.role.name(Lang::En));
    let row = row.bind(event.action.name(Lang::En)).bind(&event.reason).bind(event.from.name(Lang::En));
    let row = row.bind(event.to.name(Lang::En)).bind(event.verdict.map_or("", Verdict::word));
    let row = row.bind(event.amount.map(Fen::fen)).bind(&event.version);
    row.bind(&entry.previous[..]).bind(&entry.hash[..]).execute(connection).await.map(drop)
}

fn act(row: &SqliteRow) -> Result<Entry> {
    // Exactly as written: another spelling of a name would be a change that no hash shows.
    fn word<T: Copy>(row: &SqliteRow, column: &str, all: &[T], name: fn(T, Lang) -> &'static str) -> Result<T> {
        let text: String = row.try_get(column)?;
        let found = all.iter().copied().find(|one| name(*one, Lang::En) == text);
        found.ok_or_else(|| sqlx::Error::Decode(format!("no {column} of an act: {text}").into()))
    }
    let verdict: String = row.try_get("verdict")?;
    let known = Verdict::ALL.into_iter().find(|known| known.word() == verdict);
    if known.is_none() && !verdict.is_empty() {
        return Err(sqlx::Error::Decode("no verdict of an act".into()));
    }
    let amount: Option<i64> = row.try_get("amount")?;
    let event = lifecycle::Event {
        action: word(row, "action", Action::ALL, Action::name)?,
        role: word(row, "role", Role::ALL, Role::name)?,
        person: row.try_get("person")?,
        time: Moment(row.try_get("time")?),
        reason: row.try_get("reason")?,
        from: word(row, "before", State::ALL, State::name)?,
        to: word(row, "after", State::ALL, State::name)?,
        verdict: known,
        amount: amount.map(Fen::new),
        version: row.try_get("version")?,
    };
    Ok(Entry {
        number: row.try_get("number")?,
        application: row.try_get("application")?,
        step: row.try_get("step")?,
        batch: row.try_get("batch")?,
        table: row.try_get("lifecycle")?,
        event,
        previous: hash(row, 15)?,
        hash: hash(row, 16)?,
    })
}

/// Number and hash of the last event.
pub(crate) async fn head(connection: &mut SqliteConnection) -> Result<(i64, [u8; 32])> {
    let row =
        sqlx::query("SELECT number, hash FROM event ORDER BY number DESC LIMIT 1").fetch_optional(connection).await?;
    row.map_or(Ok((0, [0; 32])), |row| Ok((row.try_get(0)?, hash(&row, 1)?)))
}

/// The events that have one of the keys.
pub(crate) async fn events_of_keys(connection: &mut SqliteConnection, keys: &[&str]) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    for chunk in keys.chunks(CHUNK) {
        let size = if chunk.len() == 1 { 1 } else { CHUNK };
        let sql = format!("SELECT {EVENT_COLUMNS} FROM event WHERE key IN ({})", marks("?", size));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for at in 0..size {
            query = query.bind(chunk[at.min(chunk.len() - 1)]);
        }
        for row in query.fetch_all(&mut *connection).await? {
            events.push(event(&row)?);
        }
    }
    Ok(events)
}

/// Up to `count` events after a number; an event that cannot be read is its error.
pub(crate) async fn events_after(
    connection: &mut SqliteConnection,
    number: i64,
    count: i64,
) -> Result<Vec<(i64, Result<Event>)>> {
    let sql = format!("SELECT {EVENT_COLUMNS} FROM event WHERE number > ? ORDER BY number LIMIT ?");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(number).bind(count).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, event(row)))).collect()
}

pub(crate) async fn line(connection: &mut SqliteConnection, name: &str) -> Result<Option<Line>> {
    let row = sqlx::query("SELECT * FROM line WHERE name = ?").bind(name).fetch_optional(connection).await?;
    row.as_ref().map(line_of).transpose()
}

pub(crate) async fn lines(connection: &mut SqliteConnection) -> Result<Vec<(String, Line)>> {
    let rows = sqlx::query("SELECT * FROM line ORDER BY name").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get("name")?, line_of(row)?))).collect()
}

/// The awards of the given lines and names that there are.
pub(crate) async fn awards_of(
    connection: &mut SqliteConnection,
    places: &[(String, String)],
) -> Result<Vec<((String, String), Award)>> {
    let mut awards = Vec::new();
    for chunk in places.chunks(CHUNK) {
        let size = if chunk.len() == 1 { 1 } else { CHUNK };
        let sql = format!("SELECT * FROM award WHERE (line, name) IN (VALUES {})", marks("(?, ?)", size));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for at in 0..size {
            let (line, name) = &chunk[at.min(chunk.len() - 1)];
            query = query.bind(line).bind(name);
        }
        for row in query.fetch_all(&mut *connection).await? {
            awards.push(award_of(&row)?);
        }
    }
    Ok(awards)
}

pub(crate) async fn all_awards(connection: &mut SqliteConnection) -> Result<Vec<((String, String), Award)>> {
    let rows = sqlx::query("SELECT * FROM award ORDER BY line, name").fetch_all(connection).await?;
    rows.iter().map(award_of).collect()
}

pub(crate) async fn add_line(connection: &mut SqliteConnection, name: &str, line: &Line) -> Result<()> {
    let query = sqlx::query("INSERT INTO line VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0, ?)");
    let query = query.bind(name).bind(&line.unit).bind(line.year).bind(&line.project);
    query.bind(line.amount.fen()).bind(line.closes.0).execute(connection).await.map(drop)
}

/// Moves a line by what differs, on the condition that it is not over afterwards.
pub(crate) async fn move_line(connection: &mut SqliteConnection, name: &str, from: &Line, to: &Line) -> Result<()> {
    let query = sqlx::query(
        "UPDATE line SET amount = amount + ?1, reserved = reserved + ?2, committed = committed + ?3, paid = paid + ?4, \
         recovered = recovered + ?5, restored = restored + ?6, closes = ?7 WHERE name = ?8 \
         AND amount + ?1 - reserved - ?2 - committed - ?3 - paid - ?4 + restored + ?6 >= 0",
    );
    let moved = |of: fn(&Line) -> Fen| of(to).fen() - of(from).fen();
    let query = query.bind(moved(|line| line.amount)).bind(moved(|line| line.reserved));
    let query = query.bind(moved(|line| line.committed)).bind(moved(|line| line.paid));
    let query = query.bind(moved(|line| line.recovered)).bind(moved(|line| line.restored));
    let done = query.bind(to.closes.0).bind(name).execute(connection).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}

pub(crate) async fn put_awards(
    connection: &mut SqliteConnection,
    awards: &[(&(String, String), &Award)],
) -> Result<()> {
    for chunk in sized(awards) {
        let sql = format!(
            "INSERT INTO award VALUES {} ON CONFLICT (line, name) DO UPDATE SET reserved = excluded.reserved, \
             committed = excluded.committed, paid = excluded.paid, recovered = excluded.recovered, parts = excluded.parts",
            marks("(?, ?, ?, ?, ?, ?, ?, ?)", chunk.len())
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for ((line, name), award) in chunk {
            query = query.bind(line).bind(name).bind(award.reserved.fen()).bind(award.committed.fen());
            query = query.bind(award.paid.fen()).bind(award.recovered.fen()).bind(award.until.0).bind(parts(award));
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

pub(crate) async fn add_events(connection: &mut SqliteConnection, events: &[Event]) -> Result<()> {
    for chunk in sized(events) {
        let row = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let sql = format!("INSERT INTO event VALUES {}", marks(row, chunk.len()));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for event in chunk {
            let (request, record) = (&event.request, Record::of(&event.request.action));
            query = query.bind(event.number).bind(&request.key).bind(request.time.0).bind(&request.actor);
            query = query.bind(&request.reason).bind(&request.line).bind(record.kind).bind(record.award);
            query = query.bind(record.amount).bind(record.detail).bind(event.available.fen());
            query = query.bind(&event.previous[..]).bind(&event.hash[..]);
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Whole chunks, then pieces of eight, then one by one: three statements stay prepared.
fn sized<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let whole = rows.len() / CHUNK * CHUNK;
    let eights = whole + (rows.len() - whole) / 8 * 8;
    let large = rows[..whole].chunks(CHUNK).chain(rows[whole..eights].chunks(8));
    large.chain(rows[eights..].chunks(1))
}

fn marks(one: &str, count: usize) -> String {
    vec![one; count].join(", ")
}

fn event(row: &SqliteRow) -> Result<Event> {
    let (kind, award): (String, String) = (row.try_get("kind")?, row.try_get("award")?);
    let (amount, detail): (i64, String) = (row.try_get("amount")?, row.try_get("detail")?);
    let action = Record::action(&kind, &award, amount, &detail);
    let action = action.ok_or_else(|| sqlx::Error::Decode("no action of the ledger".into()))?;
    let time = Moment(row.try_get("time")?);
    let (key, actor, reason) = (row.try_get("key")?, row.try_get("actor")?, row.try_get("reason")?);
    let request = Request { key, time, actor, reason, line: row.try_get("line")?, action };
    let (number, available) = (row.try_get("number")?, Fen::new(row.try_get("available")?));
    Ok(Event { number, request, available, previous: hash(row, 11)?, hash: hash(row, 12)? })
}

fn hash(row: &SqliteRow, column: usize) -> Result<[u8; 32]> {
    let bytes: Vec<u8> = row.try_get(column)?;
    bytes.try_into().map_err(|_| sqlx::Error::Decode("a hash has 32 bytes".into()))
}

fn line_of(row: &SqliteRow) -> Result<Line> {
    let amount = |column: &str| row.try_get(column).map(Fen::new);
    Ok(Line {
        unit: row.try_get("unit")?,
        year: row.try_get("year")?,
        project: row.try_get("project")?,
        amount: amount("amount")?,
        reserved: amount("reserved")?,
        committed: amount("committed")?,
        paid: amount("paid")?,
        recovered: amount("recovered")?,
        restored: amount("restored")?,
        closes: Moment(row.try_get("closes")?),
    })
}

fn award_of(row: &SqliteRow) -> Result<((String, String), Award)> {
    let amount = |column: &str| row.try_get(column).map(Fen::new);
    let text: String = row.try_get("parts")?;
    let parts = text.lines().map(part_of).collect::<Option<Vec<_>>>();
    let award = Award {
        reserved: amount("reserved")?,
        committed: amount("committed")?,
        paid: amount("paid")?,
        recovered: amount("recovered")?,
        until: Moment(row.try_get("until")?),
        parts: parts.ok_or_else(|| sqlx::Error::Decode("no instalments of an award".into()))?,
    };
    Ok(((row.try_get("line")?, row.try_get("name")?), award))
}

/// One line for each instalment: due, amount, paid.
fn parts(award: &Award) -> String {
    let lines = award.parts.iter().map(|part| format!("{} {} {}\n", part.due.0, part.amount.fen(), part.paid.fen()));
    lines.collect()
}

fn part_of(line: &str) -> Option<PartState> {
    let mut numbers = line.split(' ').map(|number| number.parse::<i64>().ok());
    let mut next = || numbers.next().flatten();
    Some(PartState { due: Moment(next()?), amount: Fen::new(next()?), paid: Fen::new(next()?) })
}
