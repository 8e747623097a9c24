//! Which files make which report.

use crate::failure::Failure;
use crate::output;
use gouji_explain::AUTHOR;
use gouji_model::{FileId, Lang};
use gouji_read::Limits;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The files of every report: each file by itself, or all of them as one.
pub fn reports(given: &[PathBuf], as_one: Grouping, lang: Lang) -> Result<Vec<Vec<PathBuf>>, Failure> {
    let mut files = Vec::new();
    for path in given {
        let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Failure::Missing(path.display().to_string()),
            _ => Failure::Unreadable(path.display().to_string(), error),
        })?;
        if metadata.is_dir() {
            files.append(&mut reports_in(path, lang)?);
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

/// The bytes of a file that has no more than `largest`.
pub fn bytes_of(path: &Path, largest: u64) -> Result<Vec<u8>, Failure> {
    let shown = || path.display().to_string();
    let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::Missing(shown()),
        _ => Failure::Unreadable(shown(), error),
    })?;
    if metadata.len() > largest {
        return Err(Failure::Unreadable(shown(), std::io::ErrorKind::FileTooLarge.into()));
    }
    std::fs::read(path).map_err(|error| Failure::Unreadable(shown(), error))
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

/// How the names of reports end.
const ENDINGS: [&str; 11] = ["txt", "pdf", "docx", "xlsx", "xls", "html", "htm", "ofd", "doc", "wps", "rtf"];

/// The reports of a folder, by name.
fn reports_in(folder: &Path, lang: Lang) -> Result<Vec<PathBuf>, Failure> {
    let shown = folder.display().to_string();
    let known = |ending: &std::ffi::OsStr| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known));
    // `~$x.docx` says that x.docx is open; what begins with a point is hidden.
    let is_passed_over = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with(['~', '.']);
    let is_report =
        |path: &PathBuf| path.extension().is_some_and(known) && !path.file_name().is_some_and(is_passed_over);
    let mut files = entries(folder)?;
    files.retain(|path| is_report(path) && path.is_file());
    files.retain(|path| {
        let is_own = is_own_page(path) || is_own_workbook(path);
        if is_own {
            let path = path.display();
            output::message(&match lang {
                Lang::Zh => format!("{path}：是 gouji 写的检查结果，不是报告，已跳过"),
                Lang::En => format!("{path}: findings that gouji itself wrote, no report; skipped"),
            });
        }
        !is_own
    });
    if files.is_empty() { Err(Failure::EmptyFolder(shown)) } else { Ok(files) }
}

/// A page of findings that Gouji itself wrote into the folder.
fn is_own_page(path: &Path) -> bool {
    let mut head = [0; 512];
    let is_page = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"));
    let mut read = || std::fs::File::open(path).and_then(|mut file| file.read(&mut head)).unwrap_or(0);
    is_page && read() > 0 && String::from_utf8_lossy(&head).contains("name=\"generator\" content=\"gouji\"")
}

/// A workbook of findings that Gouji itself wrote: it names itself as the author.
fn is_own_workbook(path: &Path) -> bool {
    let limits = Limits::default();
    let is_workbook = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let is_small = || std::fs::metadata(path).is_ok_and(|metadata| metadata.len() <= limits.bytes);
    let author = || std::fs::read(path).ok().and_then(|bytes| gouji_read::author(bytes, &limits));
    is_workbook && is_small() && author().as_deref() == Some(AUTHOR)
}

/// Everything in a folder, by name.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::Unreadable(folder.display().to_string(), error);
    let each = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths = each.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    paths.sort();
    Ok(paths)
}
