//! The files of a working folder.

use super::kept::{DECISIONS, EVIDENCE};
use crate::failure::{ActFailure, Failure};
use crate::files::{bytes_of, entries};
use gouji_fund::lifecycle::Entry;
use gouji_fund::work::{RULINGS_FILE, Work, rulings};
use gouji_sources::from_working_folder;
use gouji_store::{Ledger, Options, StoreError};
use std::path::Path;

/// No register of a district comes near it.
const LARGEST_FILE: u64 = 1 << 30;
/// Where files of a working folder lie.
const FOLDERS: [&str; 4] = ["", "policies", "registers", "lifecycle"];

/// Reads a working folder.
pub fn load(folder: &Path) -> anyhow::Result<Work> {
    read(folder, &files_of(folder)?)
}

/// The office that the files of a folder make.
pub fn read(folder: &Path, files: &[Held]) -> anyhow::Result<Work> {
    let mut work = from_working_folder(files).map_err(|faults| Failure::Work(folder.to_path_buf(), faults))?;
    // What is kept with the evidence of a batch has its rulings in a table; in an office they stand in the log of acts.
    if folder.join(LEDGER).exists() {
        work.rulings = rulings(&acts(folder)?);
    } else if has_rulings(folder) {
        return Err(Failure::Act(ActFailure::NoLedger(folder.join(LEDGER).display().to_string())).into());
    }
    Ok(work)
}

/// Whether persons' decisions are kept with a batch of the folder.
fn has_rulings(folder: &Path) -> bool {
    let batches = entries(&folder.join(DECISIONS)).unwrap_or_default();
    batches.iter().any(|batch| batch.join(EVIDENCE).join(RULINGS_FILE).exists())
}

/// Everything that was done with applications; nothing before a ledger was begun.
pub fn acts(folder: &Path) -> Result<Vec<Entry>, Failure> {
    let path = folder.join(LEDGER);
    if !path.exists() {
        return Ok(Vec::new());
    }
    match Ledger::open(&path, &Options::default()) {
        Err(StoreError::NotBegun(_)) => Ok(Vec::new()),
        opened => opened.and_then(|ledger| ledger.acts()).map_err(Failure::Store),
    }
}

/// The file of the ledger in the working folder; the log of acts stands in it too.
pub const LEDGER: &str = "ledger.db";

/// A file with its path inside the working folder.
pub type Held = (String, Vec<u8>);

/// The tables and rules of a working folder, with their paths inside it.
pub fn files_of(folder: &Path) -> Result<Vec<Held>, Failure> {
    if !folder.is_dir() {
        return Err(Failure::Missing(folder.display().to_string()));
    }
    let mut files = Vec::new();
    for inside in FOLDERS {
        let folder = if inside.is_empty() { folder.to_path_buf() } else { folder.join(inside) };
        if !folder.is_dir() {
            continue;
        }
        for path in entries(&folder)?.into_iter().filter(|path| is_ours(path)) {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let name = if inside.is_empty() { name } else { format!("{inside}/{name}") };
            files.push((name, bytes_of(&path, LARGEST_FILE)?));
        }
    }
    Ok(files)
}

fn is_ours(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    let is_open_elsewhere = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['~', '.']));
    let is_known = ending.is_some_and(|ending| ending == "csv" || ending == "toml" || ending == "xlsx");
    is_known && !is_open_elsewhere && path.is_file()
}
