//! The files of a working folder.

use crate::failure::Failure;
use crate::files::{bytes_of, entries};
use gouji_fund::work::Work;
use gouji_sources::from_working_folder;
use std::path::Path;

/// No register of a district comes near it.
const LARGEST_FILE: u64 = 1 << 30;
/// Where files of a working folder lie.
const FOLDERS: [&str; 3] = ["", "policies", "registers"];

/// Reads a working folder.
pub fn load(folder: &Path) -> anyhow::Result<Work> {
    read(folder, &files_of(folder)?)
}

/// The office that the files of a folder make.
pub fn read(folder: &Path, files: &[Held]) -> anyhow::Result<Work> {
    from_working_folder(files).map_err(|faults| Failure::Work(folder.to_path_buf(), faults).into())
}

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
