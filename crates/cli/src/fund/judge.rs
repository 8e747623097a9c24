//! `gouji fund judge` and `gouji fund explain`.

use super::{acts, folder, kept};
use crate::arguments::Color;
use crate::arguments::fund::{Entitle, Explain, Judge};
use crate::failure::Failure;
use crate::{CLEAN, FOUND, output, terminal};
use gouji_explain::award;
use gouji_fund::Day;
use gouji_fund::work::{Batch, Judged, NUMBER, Work};
use gouji_model::Lang;
use std::path::Path;

/// Judges every batch, or one, and writes decisions, letters and lists.
pub fn judge(options: &Judge, lang: Lang) -> anyhow::Result<u8> {
    let files = folder::files_of(&options.folder)?;
    let work = folder::read(&options.folder, &files)?;
    let records = acts::records_of(&options.folder)?;
    let columns = terminal::style(lang, options.width, options.color).width;
    for batch in batches(&work, options.batch.as_deref())? {
        let judged = judged(&work, batch, &options.folder)?;
        output::to_stdout(award::batch_text(&judged, columns, lang).as_bytes())?;
        let differs = kept::differs(&judged, &records);
        if !differs.is_empty() && options.output.is_none() {
            output::to_stdout(other_than_published(&differs, lang).as_bytes())?;
        }
        if let Some(target) = &options.output {
            kept::write(&judged, (&options.folder, &files), &target.join(&batch.id), options.force, lang)?;
        }
    }
    Ok(CLEAN)
}

/// Shows one decision with every value.
pub fn explain(options: &Explain, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let columns = terminal::style(lang, options.width, options.color).width;
    for batch in &work.batches {
        let judged = judged(&work, batch, &options.folder)?;
        let found = (0..judged.applicants.len()).find(|at| judged.cell(*at, NUMBER) == options.number);
        if let Some(at) = found {
            output::to_stdout(award::decision_text(&judged, at, columns, lang).as_bytes())?;
            let records = acts::records_of(&options.folder)?;
            if kept::differs(&judged, &records).contains(&options.number.as_str()) {
                output::to_stdout(other_than_published(&[&options.number], lang).as_bytes())?;
            }
            return Ok(if judged.payable(at).is_some() { CLEAN } else { FOUND });
        }
    }
    Err(Failure::NoApplication(options.number.clone()).into())
}

/// What is shown is worked out now; what was published or approved stands.
fn other_than_published(numbers: &[&str], lang: Lang) -> String {
    let (count, first) = (numbers.len(), numbers[0]);
    match lang {
        Lang::Zh => {
            format!("注意：{count} 件（{first}…）与公示或审定的不同；以公示、审定的为准，见 gouji fund history\n")
        }
        Lang::En => {
            format!("note: {count} ({first} …) differ from what stands published or approved; see gouji fund history\n")
        }
    }
}

/// Finds who is entitled without applying.
pub fn entitle(options: &Entitle, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let day = Day::read(&options.date).ok_or_else(|| Failure::NotReadable(options.date.clone()))?;
    let register = work.registers.iter().find(|register| register.id == options.from).ok_or_else(|| {
        let known = work.registers.iter().map(|register| register.id.clone()).collect();
        Failure::NoRegister(options.from.clone(), known)
    })?;
    let unasked = work.unasked(&options.policy, register, day);
    let judged = judged(&unasked, &unasked.batches[0], &options.folder)?;
    output::to_stdout(award::batch_text(&judged, terminal::style(lang, None, Color::Never).width, lang).as_bytes())?;
    if let Some(path) = &options.output {
        output::write(Some(path), award::decisions_csv(&judged, lang).as_bytes())?;
    }
    Ok(CLEAN)
}

/// The batch of a name, or all.
pub fn batches<'w>(work: &'w Work, id: Option<&str>) -> anyhow::Result<Vec<&'w Batch>> {
    match id {
        None => Ok(work.batches.iter().collect()),
        Some(id) => match work.batch(id) {
            Some(batch) => Ok(vec![batch]),
            None => {
                let known = work.batches.iter().map(|batch| batch.id.clone()).collect();
                Err(Failure::NoBatch(id.to_owned(), known).into())
            }
        },
    }
}

/// A batch judged; faults of the folder are the failure.
pub fn judged<'w>(work: &'w Work, batch: &'w Batch, folder: &Path) -> anyhow::Result<Judged<'w>> {
    work.judge(batch).map_err(|faults| Failure::Work(folder.to_path_buf(), faults).into())
}
