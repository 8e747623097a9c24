//! What is kept of a batch: the evidence as it was, everything that was made of it, and the record.
//!
//! ```text
//! decisions/2019-R1/evidence/   a working folder of its own: fund.toml, the policy, the registers, the applications
//! decisions/2019-R1/letters/    a letter for each application
//! decisions/2019-R1/…           the lists
//! decisions/2019-R1/record.txt  what went in, by SHA-256, and what was decided
//! ```

use super::acts;
use super::folder::Held;
use crate::failure::{ActFailure, Failure};
use crate::files::entries;
use crate::output;
use gouji_explain::award;
use gouji_fund::lifecycle::{Action, Record};
use gouji_fund::work::{Judged, NUMBER, RULINGS_FILE, sha256};
use gouji_model::Lang;
use std::collections::BTreeMap;
use std::path::Path;

/// Where a working folder keeps its batches.
pub const DECISIONS: &str = "decisions";
/// The file of a batch that all others can be made from again, with the evidence.
pub const RECORD: &str = "record.txt";
/// Where the evidence lies as it was.
pub const EVIDENCE: &str = "evidence";
/// Where versions lie that were replaced after something of the batch was published.
pub const EARLIER: &str = "earlier";
/// Where the letters lie.
pub const LETTERS: &str = "letters";
/// So many numbers are told.
const MOST_TOLD: usize = 5;

/// Keeps a batch; nothing is written when something is there that may not be replaced, or when the lists would say
/// something else of an application than stands published.
///
/// `files` are those of the working folder `working`, which the batch was judged from. Once something of the batch was
/// published, what is replaced is not lost: it moves to `earlier`, named by the digest of its record.
pub fn write(
    judged: &Judged,
    (working, files): (&Path, &[Held]),
    target: &Path,
    may_replace: bool,
    lang: Lang,
) -> anyhow::Result<()> {
    let records = acts::records_of(working)?;
    let differs = differs(judged, &records);
    if !differs.is_empty() {
        let first = differs.iter().take(MOST_TOLD).map(|number| (*number).to_owned()).collect();
        return Err(Failure::Act(ActFailure::Published(differs.len(), first)).into());
    }
    let numbers = (0..judged.applicants.len()).map(|at| judged.cell(at, NUMBER));
    let is_published =
        numbers.filter_map(|number| records.get(number)).any(|record| record.last(Action::Publish).is_some());
    if target.exists() && !may_replace {
        return Err(Failure::WouldOverwrite(target.display().to_string()).into());
    }
    let record = judged.record();
    let made = made(judged, &record, lang)?;
    let used = judged.work.evidence(judged.batch);
    let evidence = files.iter().filter(|(name, _)| used.iter().any(|(file, _)| file == name));
    if is_published {
        set_aside(target, &record)?;
    }
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

/// The applications that stand published or approved with something else than is judged now.
pub fn differs<'j>(judged: &'j Judged, records: &BTreeMap<String, Record>) -> Vec<&'j str> {
    let applicants = (0..judged.applicants.len()).map(|at| (judged.cell(at, NUMBER), at));
    let is_other = |(number, at): &(&str, usize)| {
        let published = records.get(*number).and_then(Record::published);
        published.is_some_and(|event| event.version != judged.frozen(*at))
    };
    applicants.filter(is_other).map(|(number, _)| number).collect()
}

/// Before a list is published: it lies in the working folder, and is what is decided now.
pub fn check_current(working: &Path, judged: &Judged) -> Result<(), Failure> {
    let place = working.join(DECISIONS).join(&judged.batch.id);
    let is_current = std::fs::read(place.join(RECORD)).is_ok_and(|record| record == judged.record().as_bytes());
    let stale = || ActFailure::StaleList(working.display().to_string(), judged.batch.id.clone());
    is_current.then_some(()).ok_or_else(|| Failure::Act(stale()))
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
    let rulings = judged.work.rulings_of(judged.batch);
    if !rulings.is_empty() {
        made.push((format!("{EVIDENCE}/{RULINGS_FILE}"), rulings.into_bytes()));
    }
    made.extend((0..judged.applicants.len()).map(|at| {
        let name = format!("{LETTERS}/{}.html", judged.cell(at, NUMBER));
        (name, award::letter(judged, at, &digest, lang).into_bytes())
    }));
    Ok(made)
}

/// Moves what was kept into a folder of its own, unless it is the same as what comes.
fn set_aside(target: &Path, record: &str) -> Result<(), Failure> {
    let Ok(kept) = std::fs::read(target.join(RECORD)) else { return Ok(()) };
    if kept == record.as_bytes() {
        return Ok(());
    }
    let aside = target.join(EARLIER).join(&sha256(&kept)[..12]);
    let failed = |error| Failure::Unwritable(aside.display().to_string(), error);
    std::fs::create_dir_all(&aside).map_err(failed)?;
    for path in entries(target)? {
        let name = path.file_name().unwrap_or_default();
        if name != EARLIER {
            std::fs::rename(&path, aside.join(name)).map_err(failed)?;
        }
    }
    Ok(())
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
