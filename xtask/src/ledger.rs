//! `cargo xtask ledger`: the laws of the appropriation ledger under load, under kill -9 and against changed bytes.

mod cuts;
mod flips;
mod kills;
mod rates;
mod rival;

use anyhow::{Context as _, bail};
use gouji_fund::ledger::{Action, Moment, Request};
use gouji_model::Fen;
use gouji_store::{Ledger, Options};
use std::path::{Path, PathBuf};

/// `kills [--attempts N] [--kills N]`, `rates [--attempts N] [--awards N]`, `flips [--flips N]`, `cuts [--cuts N]`,
/// `rival [--seconds N]`;
/// each with `--seed S`.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let Some((part, rest)) = args.split_first() else { bail!("name one of kills, rates, flips, cuts, rival") };
    match part.as_str() {
        "kills" => kills::run(rest),
        "rates" => rates::run(rest),
        "flips" => flips::run(rest),
        "cuts" => cuts::run(rest),
        "rival" => rival::run(rest),
        "writer" => kills::write(rest),
        other => bail!("no part `{other}`; name one of kills, rates, flips, cuts, rival"),
    }
}

/// The number behind a name, or another one.
pub(crate) fn number(args: &[String], name: &str, otherwise: u64) -> anyhow::Result<u64> {
    let Some(at) = args.iter().position(|arg| arg == name) else { return Ok(otherwise) };
    let text = args.get(at + 1).with_context(|| format!("{name} needs a number"))?;
    text.parse().with_context(|| format!("{name} {text} is no number"))
}

const LINE: &str = "科技专项";

/// A new folder for one run.
fn folder(name: &str) -> anyhow::Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("gouji-ledger-{name}-{}", std::process::id()));
    let _none_before = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A new ledger with one line.
fn begun(path: &Path, options: &Options, amount: i64) -> anyhow::Result<Ledger> {
    let ledger = Ledger::create(path, options)?;
    let (unit, project) = ("区科创局".to_owned(), LINE.to_owned());
    let action = Action::Open { unit, year: 2026, project, amount: Fen::new(amount), closes: Moment(1_000_000) };
    ledger.ask(request("open", 0, action))?;
    Ok(ledger)
}

fn request(key: &str, time: i64, action: Action) -> Request {
    let (key, actor, reason) = (key.to_owned(), "系统".to_owned(), "批次一".to_owned());
    Request { key, time: Moment(time), actor, reason, line: LINE.to_owned(), action }
}

fn reserve(key: &str, amount: i64) -> Request {
    request(key, 10, Action::Reserve { award: format!("资助-{key}"), amount: Fen::new(amount), until: Moment(900_000) })
}
