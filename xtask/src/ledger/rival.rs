//! The way others do it: read the sum, compare, insert, each by itself.

use super::{folder, number};
use crate::dice::Dice;
use anyhow::Context as _;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use std::path::Path;
use std::time::{Duration, Instant};

const BUDGET: i64 = 100_000_000;

/// Three runs of eight connections, each until nothing fits or the time is up.
pub(super) fn run(args: &[String]) -> anyhow::Result<()> {
    let (seconds, seed) = (number(args, "--seconds", 20)?, number(args, "--seed", 1)?);
    let folder = folder("rival")?;
    for turn in 0..3 {
        let path = folder.join(format!("{turn}.db"));
        let start = Instant::now();
        one(&path, "CREATE TABLE award (amount INTEGER NOT NULL)")?;
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..8)
                .map(|at| (at, &path))
                .map(|(at, path)| scope.spawn(move || write(path, seed + turn * 8 + at, seconds)))
                .collect();
            writers.into_iter().try_for_each(|writer| writer.join().expect("a writer does not panic"))
        })?;
        let sum = one(&path, "SELECT sum(amount) FROM award")?;
        let over = (sum - BUDGET).max(0);
        println!(
            "read, compare, insert: run {turn}: {sum} of {BUDGET} fen in {} s, {over} fen over",
            start.elapsed().as_secs()
        );
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// The number that one statement gives; 0 when it gives none.
fn one(path: &Path, sql: &'static str) -> anyhow::Result<i64> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let number = runtime.block_on(async {
        let mut connection = open(path).await?;
        sqlx::query_scalar::<_, i64>(sql).fetch_optional(&mut connection).await
    });
    Ok(number?.unwrap_or(0))
}

async fn open(path: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).disable_statement_logging();
    let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    options.busy_timeout(Duration::from_secs(30)).connect().await
}

async fn total(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT coalesce(sum(amount), 0) FROM award").fetch_one(connection).await
}

/// Awards of 100,000 to 200,000 fen until one does not fit.
fn write(path: &Path, seed: u64, seconds: u64) -> anyhow::Result<()> {
    let mut dice = Dice::new(seed);
    let end = Instant::now() + Duration::from_secs(seconds);
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let written = runtime.block_on(async {
        let mut connection = open(path).await?;
        while Instant::now() < end {
            let amount = dice.between(100_000, 200_000);
            if total(&mut connection).await? + amount > BUDGET {
                break;
            }
            sqlx::query("INSERT INTO award VALUES (?)").bind(amount).execute(&mut connection).await?;
        }
        Ok::<(), sqlx::Error>(())
    });
    written.context("the rival failed")
}
