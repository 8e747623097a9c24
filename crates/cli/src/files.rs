//! Which files make which report.

use crate::failure::Failure;
use gouji_model::FileId;
use std::path::{Path, PathBuf};

/// The files of every report: each file by itself, or all of them as one.
pub fn reports(given: &[PathBuf], as_one: Grouping) -> Result<Vec<Vec<PathBuf>>, Failure> {
    let mut files = Vec::new();
    for path in given {
        let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Failure::Missing(path.display().to_string()),
            _ => Failure::Unreadable(path.display().to_string(), error),
        })?;
        if metadata.is_dir() {
            files.append(&mut reports_in(path)?);
        } else {
            files.push(path.clone());
        }
    }
    match as_one {
        Grouping::Each => Ok(files.into_iter().map(|file| vec![file]).collect()),
        Grouping::AsOne if files.len() > usize::from(FileId::MAX) => Err(Failure::TooManyFiles(FileId::MAX.into())),
        Grouping::AsOne => Ok(vec![files]),
    }
}

/// How files make reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Each file is a report.
    Each,
    /// All files are one report.
    AsOne,
}

impl Grouping {
    /// As the option `--as-one` says.
    pub fn from_option(as_one: bool) -> Grouping {
        if as_one { Grouping::AsOne } else { Grouping::Each }
    }
}

/// The .txt files of a folder, by name.
fn reports_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let shown = folder.display().to_string();
    let is_report = |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt"));
    let mut files = entries(folder)?;
    files.retain(|path| is_report(path) && path.is_file());
    if files.is_empty() { Err(Failure::EmptyFolder(shown)) } else { Ok(files) }
}

/// Everything in a folder, by name.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::Unreadable(folder.display().to_string(), error);
    let each = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths = each.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    paths.sort();
    Ok(paths)
}
