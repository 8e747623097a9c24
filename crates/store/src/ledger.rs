use crate::acts::{self, Done};
use crate::batch;
use crate::error::{AskError, StoreError};
use crate::sqlite::{self, IsNew, Kind};
use crate::verify::{self, Verified};
use core::time::Duration;
use gouji_fund::ledger::{Award, Book, Event, Line, Moment, Refusal, Request};
use gouji_fund::lifecycle::{Deed, Entry, Table};
use gouji_model::Fen;
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;

/// An open ledger. Threads may share it; every call blocks until its answer is there.
///
/// Dropping it finishes what was asked before.
pub struct Ledger {
    jobs: Option<Sender<Job>>,
    writer: Option<JoinHandle<()>>,
    path: PathBuf,
}

/// How a ledger is kept open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How long to wait for another process that is writing.
    pub wait: Duration,
    /// How many requests one transaction takes at most; at 1 each has its own.
    pub most_per_transaction: usize,
    /// A bound of the file in pages of 4,096 bytes, reached as a full disk is.
    pub most_pages: Option<u32>,
}

/// The answer to an accepted request; the same whenever the request is repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The number of its event.
    pub number: i64,
    /// When it was first asked.
    pub time: Moment,
    /// What the line bore afterwards.
    pub available: Fen,
    /// The hash of its event.
    pub hash: [u8; 32],
}

/// A request on its way.
pub struct Ticket {
    answer: Receiver<Result<Receipt, AskError>>,
    path: PathBuf,
}

enum Job {
    Ask(Request, Sender<Result<Receipt, AskError>>),
    Line(String, Sender<Result<Option<Line>, StoreError>>),
    Book(Sender<Result<Book, StoreError>>),
    Award(String, String, Sender<Result<Option<Award>, StoreError>>),
    Events(i64, i64, Sender<Result<Vec<Event>, StoreError>>),
    Acts(Vec<Deed>, Box<Table>, Sender<Result<Vec<Done>, StoreError>>),
    Log(Sender<Result<Vec<Entry>, StoreError>>),
    Verify(Sender<Result<Verified, StoreError>>),
}

impl Default for Options {
    /// Half a minute, 512 requests, no bound.
    fn default() -> Self {
        Options { wait: Duration::from_secs(30), most_per_transaction: 512, most_pages: None }
    }
}

impl Ledger {
    /// Begins a ledger where no file is, or an empty one, such as a full disk leaves behind.
    pub fn create(path: &Path, options: &Options) -> Result<Self, StoreError> {
        Self::start(path, options, IsNew::Yes)
    }

    /// Opens a ledger, or begins it where no file is, or an empty one.
    pub fn open_or_create(path: &Path, options: &Options) -> Result<Self, StoreError> {
        match Self::create(path, options) {
            Err(StoreError::Exists(_)) => Self::open(path, options),
            other => other,
        }
    }

    /// Opens a ledger; one of an older version is brought to this one.
    pub fn open(path: &Path, options: &Options) -> Result<Self, StoreError> {
        Self::start(path, options, IsNew::No)
    }

    /// Asks and waits until the answer is on the disk.
    pub fn ask(&self, request: Request) -> Result<Receipt, AskError> {
        self.submit(request).wait()
    }

    /// Asks without waiting, so that many requests may share a transaction; they are done in the order in which one
    /// thread asks them.
    pub fn submit(&self, request: Request) -> Ticket {
        let (sender, answer) = mpsc::channel();
        self.send(Job::Ask(request, sender));
        Ticket { answer, path: self.path.clone() }
    }

    /// A line as it stands.
    pub fn line(&self, name: &str) -> Result<Option<Line>, StoreError> {
        self.read(|sender| Job::Line(name.to_owned(), sender))
    }

    /// An award as it stands.
    pub fn award(&self, line: &str, name: &str) -> Result<Option<Award>, StoreError> {
        self.read(|sender| Job::Award(line.to_owned(), name.to_owned(), sender))
    }

    /// All lines and awards as they stand.
    pub fn book(&self) -> Result<Book, StoreError> {
        self.read(Job::Book)
    }

    /// Does what a table allows with applications, and answers each deed in its order: the act and its money are on the
    /// disk, or neither is.
    pub fn act(&self, deeds: Vec<Deed>, table: &Table) -> Result<Vec<Done>, StoreError> {
        let table = Box::new(table.clone());
        self.read(|sender| Job::Acts(deeds, table, sender))
    }

    /// Everything that was done with applications, the first first; a log in which anything was changed is an error.
    pub fn acts(&self) -> Result<Vec<Entry>, StoreError> {
        self.read(Job::Log)
    }

    /// Up to `count` events after a number.
    pub fn events(&self, after: i64, count: i64) -> Result<Vec<Event>, StoreError> {
        self.read(|sender| Job::Events(after, count, sender))
    }

    /// Recomputes every hash and balance and names the first thing that does not fit.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        self.read(Job::Verify)
    }

    fn start(path: &Path, options: &Options, is_new: IsNew) -> Result<Self, StoreError> {
        let (jobs, received) = mpsc::channel();
        let (opened, outcome) = mpsc::channel();
        let (path, options) = (path.to_path_buf(), options.clone());
        let place = path.clone();
        let writer = std::thread::spawn(move || work(&place, &options, is_new, &opened, &received));
        let outcome = outcome.recv().unwrap_or_else(|_| Err(stopped(&path)));
        outcome.map(|()| Ledger { jobs: Some(jobs), writer: Some(writer), path })
    }

    fn send(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // A writer that has stopped drops the job, and the waiting end says so.
            let _stopped = jobs.send(job);
        }
    }

    fn read<T>(&self, job: impl FnOnce(Sender<Result<T, StoreError>>) -> Job) -> Result<T, StoreError> {
        let (sender, answer) = mpsc::channel();
        self.send(job(sender));
        answer.recv().unwrap_or_else(|_| Err(stopped(&self.path)))
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(writer) = self.writer.take() {
            let _panicked = writer.join();
        }
    }
}

impl Ticket {
    /// Waits until the answer is on the disk.
    pub fn wait(self) -> Result<Receipt, AskError> {
        self.answer.recv().unwrap_or_else(|_| Err(AskError::Store(stopped(&self.path))))
    }
}

impl Receipt {
    pub(crate) fn of(event: &Event) -> Self {
        let (number, time) = (event.number, event.request.time);
        Receipt { number, time, available: event.available, hash: event.hash }
    }
}

/// Verifies a ledger without writing to it.
pub fn examine(path: &Path) -> Result<Verified, StoreError> {
    let error = |error: sqlx::Error| StoreError::of(path, &error);
    runtime(path)?.block_on(async {
        let outcome = examined(path, sqlite::connect(path, None, IsNew::No).await.map_err(error)).await;
        match outcome {
            // In a folder that may only be read the database cannot keep its notes beside the file. Where nothing waits
            // to be written, the file itself is whole.
            Err(StoreError::ReadOnly(_) | StoreError::CannotOpen(_)) if path.is_file() && is_settled(path) => {
                examined(path, sqlite::connect_settled(path).await.map_err(error)).await
            }
            outcome => outcome,
        }
    })
}

async fn examined(path: &Path, opened: Result<SqliteConnection, StoreError>) -> Result<Verified, StoreError> {
    let error = |error: sqlx::Error| StoreError::of(path, &error);
    let mut connection = opened?;
    check_kind(path, sqlite::kind(&mut connection).await.map_err(error)?)?;
    let verified = verify::verify(&mut connection).await.map_err(error);
    let _failed = connection.close().await;
    verified
}

/// True when no write-ahead log with events lies beside the file.
fn is_settled(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    Path::new(&log).metadata().map_or(true, |log| log.len() == 0)
}

fn runtime(path: &Path) -> Result<tokio::runtime::Runtime, StoreError> {
    let built = tokio::runtime::Builder::new_current_thread().build();
    built.map_err(|error| StoreError::Failed { path: path.to_path_buf(), detail: error.to_string() })
}

fn stopped(path: &Path) -> StoreError {
    StoreError::Failed { path: path.to_path_buf(), detail: "the writer has stopped".to_owned() }
}

/// The version of a ledger's tables that can be worked with.
fn check_kind(path: &Path, kind: Kind) -> Result<i64, StoreError> {
    let path = path.to_path_buf();
    match kind {
        Kind::Empty => Err(StoreError::NotBegun(path)),
        Kind::Foreign => Err(StoreError::NotALedger(path)),
        Kind::Ledger(found) if found > sqlite::VERSION => {
            Err(StoreError::Newer { path, found, known: sqlite::VERSION })
        }
        Kind::Ledger(found) => Ok(found),
    }
}

/// The writer: opens the file, says how that went, then works until nobody can ask any more.
fn work(path: &Path, options: &Options, is_new: IsNew, opened: &Sender<Result<(), StoreError>>, jobs: &Receiver<Job>) {
    let started = runtime(path).and_then(|runtime| {
        let connection = runtime.block_on(prepared(path, options, is_new))?;
        Ok((runtime, connection))
    });
    let (runtime, connection) = match started {
        Ok(started) => started,
        Err(error) => return drop(opened.send(Err(error))),
    };
    if opened.send(Ok(())).is_ok() {
        runtime.block_on(Writer { path, options, connection }.serve(jobs));
    }
}

async fn prepared(path: &Path, options: &Options, is_new: IsNew) -> Result<SqliteConnection, StoreError> {
    let error = |error: sqlx::Error| StoreError::of(path, &error);
    let mut connection = sqlite::connect(path, Some(options), is_new).await.map_err(error)?;
    let version = match (sqlite::kind(&mut connection).await.map_err(error)?, is_new) {
        (Kind::Empty, IsNew::Yes) => 0,
        (_, IsNew::Yes) => return Err(StoreError::Exists(path.to_path_buf())),
        (kind, _) => check_kind(path, kind)?,
    };
    if version < sqlite::VERSION {
        sqlite::migrate(&mut connection, version).await.map_err(error)?;
    }
    // A file that may only be read, or that is held by another, is found here and not at the first payment.
    sqlite::begin(&mut connection).await.map_err(error)?;
    sqlite::rollback(&mut connection).await;
    Ok(connection)
}

struct Writer<'w> {
    path: &'w Path,
    options: &'w Options,
    connection: SqliteConnection,
}

impl Writer<'_> {
    /// Takes what lies there, up to the bound, into one transaction: while it is written, the next gathers.
    async fn serve(mut self, jobs: &Receiver<Job>) {
        let mut waiting = None;
        while let Some(job) = waiting.take().or_else(|| jobs.recv().ok()) {
            match job {
                Job::Ask(request, answer) => {
                    let (mut requests, mut answers) = (vec![request], vec![answer]);
                    while requests.len() < self.options.most_per_transaction {
                        match jobs.try_recv() {
                            Ok(Job::Ask(request, answer)) => {
                                requests.push(request);
                                answers.push(answer);
                            }
                            other => {
                                waiting = other.ok();
                                break;
                            }
                        }
                    }
                    let outcomes = self.done(&requests).await;
                    for (answer, outcome) in answers.into_iter().zip(outcomes) {
                        // Who asked may have gone; the event stands all the same.
                        let _gone = answer.send(outcome);
                    }
                }
                job => self.show(job).await,
            }
        }
        // Closing brings the write-ahead log into the file; what was answered is durable without it.
        let _failed = self.connection.close().await;
    }

    async fn done(&mut self, requests: &[Request]) -> Vec<Result<Receipt, AskError>> {
        match batch::run(&mut self.connection, requests).await {
            Ok(answers) => answers.into_iter().map(|answer| answer.map_err(AskError::Refused)).collect(),
            Err(error) => {
                let error = self.error(&error);
                if requests.len() == 1 || !is_of_one(&error) {
                    return requests.iter().map(|_| Err(AskError::Store(error.clone()))).collect();
                }
                // One of them meets a guard of the database: alone, it harms nobody else.
                let mut outcomes = Vec::with_capacity(requests.len());
                for request in requests {
                    let alone = batch::run(&mut self.connection, std::slice::from_ref(request)).await;
                    let alone = alone.map_err(|error| AskError::Store(self.error(&error)));
                    outcomes.push(alone.and_then(|answers| only(answers).map_err(AskError::Refused)));
                }
                outcomes
            }
        }
    }

    async fn show(&mut self, job: Job) {
        let path = self.path;
        let error = |error: sqlx::Error| StoreError::of(path, &error);
        let connection = &mut self.connection;
        // Who asked may have gone, which is no fault.
        let _gone = match job {
            Job::Ask(..) => return,
            Job::Line(name, answer) => answer.send(sqlite::line(connection, &name).await.map_err(error)).is_err(),
            Job::Award(line, name, answer) => {
                let found = sqlite::awards_of(connection, &[(line, name)]).await;
                answer.send(found.map(|found| found.into_iter().next().map(|(_, award)| award)).map_err(error)).is_err()
            }
            Job::Book(answer) => answer.send(book(connection).await.map_err(error)).is_err(),
            Job::Events(after, count, answer) => {
                let rows = sqlite::events_after(connection, after, count).await;
                let events = rows.and_then(|rows| rows.into_iter().map(|(_, event)| event).collect());
                answer.send(events.map_err(error)).is_err()
            }
            Job::Acts(deeds, table, answer) => {
                answer.send(acts::run(connection, &table, &deeds).await.map_err(error)).is_err()
            }
            Job::Log(answer) => {
                let read = verify::chained_acts(connection).await.map_err(error);
                let entries = read.and_then(|(entries, fault)| match fault {
                    None => Ok(entries),
                    Some(fault) => Err(StoreError::Changed { path: path.to_path_buf(), fault }),
                });
                answer.send(entries).is_err()
            }
            Job::Verify(answer) => answer.send(verify::verify(connection).await.map_err(error)).is_err(),
        };
    }

    fn error(&self, error: &sqlx::Error) -> StoreError {
        match error {
            // The conditional update found no line that bears it.
            sqlx::Error::RowNotFound => {
                let detail = "the line does not bear what its row says".to_owned();
                StoreError::Guarded { path: self.path.to_path_buf(), detail }
            }
            error => StoreError::of(self.path, error),
        }
    }
}

/// Whether the fault is of one request, and not of the file.
fn is_of_one(error: &StoreError) -> bool {
    matches!(error, StoreError::Guarded { .. })
}

fn only(answers: Vec<Result<Receipt, Refusal>>) -> Result<Receipt, Refusal> {
    answers.into_iter().next().expect("one request has one answer")
}

async fn book(connection: &mut SqliteConnection) -> Result<Book, sqlx::Error> {
    sqlite::begin_reading(connection).await?;
    let mut book = Book::default();
    let (lines, awards) = (sqlite::lines(connection).await, sqlite::all_awards(connection).await);
    sqlite::rollback(connection).await;
    book.lines.extend(lines?);
    book.awards.extend(awards?);
    Ok(book)
}
