//! What is kept of a batch: the evidence as it was, everything that was made of it, and the record.
//!
//! ```text
//! decisions/2019-R1/evidence/   a working folder of its own: fund.toml, the policy, the registers, the applications
//! decisions/2019-R1/letters/    a letter for each application
//! decisions/2019-R1/…           the lists
//! decisions/2019-R1/record.txt  what went in, by SHA-256, and what was decided
//! ```

use super::folder::Held;
use crate::failure::Failure;
use crate::files::entries;
use crate::output;
use gouji_explain::award;
use gouji_fund::work::{Judged, NUMBER, sha256};
use gouji_model::Lang;
use std::path::Path;

/// The file of a batch that all others can be made from again, with the evidence.
pub const RECORD: &str = "record.txt";
/// Where the evidence lies as it was.
pub const EVIDENCE: &str = "evidence";
/// Where the letters lie.
pub const LETTERS: &str = "letters";

/// Keeps a batch; nothing is written when something is there that may not be replaced.
///
/// `files` are those of the working folder the batch was judged from.
pub fn write(judged: &Judged, files: &[Held], target: &Path, may_replace: bool, lang: Lang) -> anyhow::Result<()> {
    if target.exists() && !may_replace {
        return Err(Failure::WouldOverwrite(target.display().to_string()).into());
    }
    let record = judged.record();
    let made = made(judged, &record, lang)?;
    let used = judged.work.evidence(judged.batch);
    let evidence = files.iter().filter(|(name, _)| used.iter().any(|(file, _)| file == name));
    // Where the record is, everything is: the old one goes first and the new one comes last.
    remove(&target.join(RECORD))?;
    for (folder, inside) in [(LETTERS, ""), (EVIDENCE, ""), (EVIDENCE, "policies"), (EVIDENCE, "registers")] {
        clear(&target.join(folder).join(inside))?;
    }
    let made = made.iter().map(|(name, bytes)| (target.join(name), bytes));
    let evidence = evidence.map(|(name, bytes)| (target.join(EVIDENCE).join(name), bytes));
    for (path, bytes) in evidence.chain(made) {
        let inside = path.parent().unwrap_or(target);
        std::fs::create_dir_all(inside).map_err(|error| Failure::Unwritable(inside.display().to_string(), error))?;
        output::write(Some(&path), bytes)?;
    }
    output::write(Some(&target.join(RECORD)), record.as_bytes())
}

/// Every list and letter of a batch, with its path inside the folder of the batch.
pub fn made(judged: &Judged, record: &str, lang: Lang) -> anyhow::Result<Vec<Held>> {
    let digest = sha256(record.as_bytes());
    let mut made = vec![
        ("decisions.csv".to_owned(), award::decisions_csv(judged, lang).into_bytes()),
        ("decisions.xlsx".to_owned(), award::decisions_workbook(judged, lang)?),
        ("decisions.json".to_owned(), award::decisions_json(judged, &digest, lang).into_bytes()),
        ("public.html".to_owned(), award::public_list(judged, &digest, lang).into_bytes()),
        ("public.csv".to_owned(), award::public_csv(judged, lang).into_bytes()),
    ];
    made.extend((0..judged.applicants.len()).map(|at| {
        let name = format!("{LETTERS}/{}.html", judged.cell(at, NUMBER));
        (name, award::letter(judged, at, &digest, lang).into_bytes())
    }));
    Ok(made)
}

/// Removes the files of a folder; what lies in folders inside stays.
fn clear(folder: &Path) -> Result<(), Failure> {
    if !folder.is_dir() {
        return Ok(());
    }
    entries(folder)?.iter().filter(|path| path.is_file()).try_for_each(|path| remove(path))
}

fn remove(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::Unwritable(path.display().to_string(), error))
        }
        _ => Ok(()),
    }
}
