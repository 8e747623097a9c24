//! A small table that a person wrote: its heads are fixed.

use crate::failure::{ActFailure, Failure};
use crate::files::bytes_of;
use std::path::Path;

/// A table of decisions is no larger.
const LARGEST: u64 = 64 << 20;

/// The rows under the heads, each with as many cells as there are heads.
pub fn read(path: &Path, heads: &[&str]) -> Result<Vec<Vec<String>>, Failure> {
    let name = path.display().to_string();
    let rows = gouji_sources::table_rows(&name, &bytes_of(path, LARGEST)?)
        .map_err(|fault| Failure::Work(std::path::PathBuf::new(), vec![fault]))?;
    let mut rows = rows.into_iter().map(|(_, cells)| cells);
    let first: Vec<String> = rows.next().unwrap_or_default().iter().map(|head| head.trim().to_owned()).collect();
    if first != heads {
        return Err(Failure::Act(ActFailure::Heads(name, heads.iter().map(|head| (*head).to_owned()).collect())));
    }
    let filled = rows.filter(|cells| cells.iter().any(|cell| !cell.trim().is_empty()));
    Ok(filled
        .map(|mut cells| {
            cells.resize(heads.len(), String::new());
            cells.iter().map(|cell| cell.trim().to_owned()).collect()
        })
        .collect())
}
