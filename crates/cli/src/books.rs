//! Books where people keep them: a folder, or a workbook.

use crate::failure::Failure;
use crate::files::{bytes_of, entries};
use crate::output;
use gouji_model::books::Books;
use gouji_model::{Lang, Level};
use gouji_sources::{Fault, Loaded, from_folder, from_workbook, to_folder, to_workbook};
use std::path::{Path, PathBuf};

/// No list of books comes near it.
const LARGEST_FILE: u64 = 100 << 20;

/// Reads books from a folder or a workbook; warnings go to stderr, faults are the failure.
pub fn load(source: &Path, lang: Lang) -> anyhow::Result<Books> {
    let loaded =
        if source.is_dir() { from_folder(&files_of(source)?) } else { from_workbook(&bytes_of(source, LARGEST_FILE)?) };
    match loaded {
        Ok(Loaded { books, warnings }) => {
            if !warnings.is_empty() {
                output::message(&listed(source, &warnings, lang));
            }
            Ok(books)
        }
        Err(faults) => Err(Failure::Books(source.to_path_buf(), faults).into()),
    }
}

/// True when a path names a workbook.
pub fn is_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

/// Writes books to a folder or a workbook; what is there is replaced only when `may_replace` says so.
pub fn save(books: &Books, target: &Path, kept: Kept, may_replace: bool, lang: Lang) -> anyhow::Result<()> {
    let files: Vec<(PathBuf, Vec<u8>)> = match kept {
        Kept::Workbook => vec![(target.to_path_buf(), to_workbook(books, lang)?)],
        Kept::Folder => to_folder(books).into_iter().map(|(name, bytes)| (target.join(name), bytes)).collect(),
    };
    let there = files.iter().find(|(path, _)| path.exists());
    if let Some((path, _)) = there.filter(|_| !may_replace) {
        return Err(Failure::WouldOverwrite(path.display().to_string()).into());
    }
    if kept == Kept::Folder {
        let failed = |error| Failure::Unwritable(target.display().to_string(), error);
        std::fs::create_dir_all(target).map_err(failed)?;
    }
    files.iter().try_for_each(|(path, bytes)| output::write(Some(path), bytes))
}

/// How books are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In a folder of small tables.
    Folder,
    /// In a workbook.
    Workbook,
}

impl Kept {
    /// As the path says.
    pub fn at(path: &Path) -> Kept {
        if is_workbook(path) { Kept::Workbook } else { Kept::Folder }
    }
}

/// Faults, a line to each: where, how grave, what is wrong and what would be right.
pub fn listed(source: &Path, faults: &[Fault], lang: Lang) -> String {
    let lines = faults.iter().map(|fault| {
        let place = match fault.place.to_string() {
            whole if whole.is_empty() => source.display().to_string(),
            place if source.is_dir() => source.join(place).display().to_string(),
            place => format!("{}: {place}", source.display()),
        };
        let level = match (fault.level, lang) {
            (Level::Error, Lang::Zh) => "错误",
            (_, Lang::Zh) => "警告",
            (level, Lang::En) => level.word(),
        };
        format!("{place}: {level}: {}", fault.message(lang))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The tables and texts of a folder; other files are none of ours.
fn files_of(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let is_ours = |path: &PathBuf| {
        let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
        ending.is_some_and(|ending| ending == "csv" || ending == "toml") && path.is_file()
    };
    let paths = entries(folder)?.into_iter().filter(is_ours);
    paths
        .map(|path| {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            Ok((name, bytes_of(&path, LARGEST_FILE)?))
        })
        .collect()
}
