//! `gouji fund replay`: every decision again from the evidence as it was kept, bit for bit; and what of the working
//! folder is no longer as it was.

use super::folder::{self, Held};
use super::judge::judged;
use super::kept::{DECISIONS, EVIDENCE, LETTERS, RECORD, made};
use crate::arguments::fund::Replay;
use crate::failure::Failure;
use crate::files::entries;
use crate::{CLEAN, FOUND, output};
use gouji_fund::work::{Batch, RULINGS_FILE, Work, first_difference, sha256};
use gouji_model::Lang;
use std::path::Path;

/// Derives everything kept of every batch anew, compares, and looks whether the working folder still says the same.
pub fn replay(options: &Replay, lang: Lang) -> anyhow::Result<u8> {
    if !options.folder.is_dir() {
        return Err(Failure::Missing(options.folder.display().to_string()).into());
    }
    let decisions = options.decisions.clone().unwrap_or_else(|| options.folder.join(DECISIONS));
    if !decisions.is_dir() {
        return Err(Failure::Missing(decisions.display().to_string()).into());
    }
    let batches: Vec<_> = entries(&decisions)?.into_iter().filter(|path| path.is_dir()).collect();
    if batches.is_empty() {
        return Err(Failure::Missing(decisions.join("*").join(RECORD).display().to_string()).into());
    }
    let files = if options.kept { Vec::new() } else { folder::files_of(&options.folder)? };
    let today = (!options.kept).then(|| folder::read(&options.folder, &files));
    let mut told = Told::default();
    if let Some(Err(failure)) = &today {
        // What was kept is looked at all the same.
        told.fault(failure.downcast_ref::<Failure>().map_or_else(|| failure.to_string(), |known| known.text(lang)));
    }
    let work = today.and_then(Result::ok);
    for batch in batches {
        let Some(kept) = of_batch(&batch, &mut told, lang)? else { continue };
        if !options.kept {
            since(&kept, &files, work.as_ref(), &mut told, lang);
            rulings_since(&kept, work.as_ref(), &mut told, lang);
        }
    }
    output::to_stdout(told.text.as_bytes())?;
    Ok(if told.faults == 0 { CLEAN } else { FOUND })
}

/// What is said, and how much of it is wrong.
#[derive(Default)]
struct Told {
    text: String,
    faults: usize,
}

impl Told {
    fn fault(&mut self, text: String) {
        self.faults += 1;
        self.note(&text);
    }

    fn note(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }
}

/// The evidence of a batch as it was kept.
struct Kept {
    batch: String,
    work: Work,
    files: Vec<Held>,
}

/// Compares a batch with what its evidence gives; `None` where the evidence cannot be read any more.
fn of_batch(folder: &Path, told: &mut Told, lang: Lang) -> anyhow::Result<Option<Kept>> {
    let shown = |name: &str| folder.join(name).display().to_string();
    let (record, evidence) = (folder.join(RECORD), folder.join(EVIDENCE));
    if !record.is_file() || !evidence.is_dir() {
        told.fault(match lang {
            Lang::Zh => format!("{}：没有 {RECORD} 或 {EVIDENCE}；这个批次没有写完，请重新审核", folder.display()),
            Lang::En => format!("{}: no {RECORD} or no {EVIDENCE}: never finished, judge again", folder.display()),
        });
        return Ok(None);
    }
    let stored = std::fs::read(&record).map_err(|error| Failure::Unreadable(shown(RECORD), error))?;
    let files = folder::files_of(&evidence)?;
    let work = match folder::read(&evidence, &files) {
        Ok(work) => work,
        Err(failure) => {
            told.fault(failure.downcast_ref::<Failure>().map_or_else(|| failure.to_string(), |known| known.text(lang)));
            return Ok(None);
        }
    };
    let id = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let Some(batch) = work.batch(&id) else {
        told.fault(match lang {
            Lang::Zh => format!("{}：存档的 fund.toml 里没有批次 {id}", shown(EVIDENCE)),
            Lang::En => format!("{}: the fund.toml kept there has no batch {id}", shown(EVIDENCE)),
        });
        return Ok(None);
    };
    let before = told.faults;
    let judged = judged(&work, batch, &evidence)?;
    let derived = judged.record();
    if stored != derived.as_bytes() {
        let text = String::from_utf8_lossy(&stored);
        let (line, kept, again) = first_difference(&text, &derived).unwrap_or_default();
        told.fault(differs(&shown(RECORD), line, &kept, &again, lang));
    }
    let is_english = std::fs::read_to_string(folder.join("public.html")).is_ok_and(|page| page.contains("lang=\"en\""));
    let made = made(&judged, &derived, if is_english { Lang::En } else { Lang::Zh })?;
    for (name, bytes) in &made {
        match std::fs::read(folder.join(name)) {
            Ok(there) if there == *bytes => {}
            Ok(_) => told.fault(match lang {
                Lang::Zh => format!("{}：与由存档证据重新生成的不一致", shown(name)),
                Lang::En => format!("{}: differs from what the kept evidence gives", shown(name)),
            }),
            Err(error) => told.fault(Failure::Unreadable(shown(name), error).text(lang)),
        }
    }
    let letters = entries(&folder.join(LETTERS)).unwrap_or_default();
    let strange = letters.iter().filter(|path| {
        let name = path.file_name().map_or_else(String::new, |name| format!("{LETTERS}/{}", name.to_string_lossy()));
        !made.iter().any(|(known, _)| *known == name)
    });
    for path in strange {
        told.fault(match lang {
            Lang::Zh => format!("{}：不是审核生成的文件", path.display()),
            Lang::En => format!("{}: no file that judging made", path.display()),
        });
    }
    if told.faults == before {
        let (count, files) = (judged.applicants.len(), made.len());
        told.note(&match lang {
            Lang::Zh => format!("{id}：由存档证据重算 {count} 件决定，逐字节一致；名单和通知 {files} 个文件一致"),
            Lang::En => format!("{id}: {count} decisions and {files} lists and letters are the same, byte for byte"),
        });
    }
    Ok(Some(Kept { batch: id, work, files }))
}

fn differs(shown: &str, line: usize, kept: &str, again: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{shown}:{line}：不一致\n  存档：{kept}\n  重算：{again}"),
        Lang::En => format!("{shown}:{line}: differs\n  kept:    {kept}\n  derived: {again}"),
    }
}

/// What persons decided on a batch, against what they have decided by now.
fn rulings_since(kept: &Kept, work: Option<&Work>, told: &mut Told, lang: Lang) {
    let Some((work, batch)) = work.and_then(|work| Some((work, work.batch(&kept.batch)?))) else { return };
    let was = kept.work.batch(&kept.batch).map_or_else(String::new, |batch| kept.work.rulings_of(batch));
    let is = work.rulings_of(batch);
    if was == is {
        return;
    }
    match (is.strip_prefix(&was), lang) {
        (Some(more), _) => {
            let count = more.lines().count() - usize::from(was.is_empty());
            told.note(&match lang {
                Lang::Zh => {
                    format!("  审核之后又有 {count} 件人工决定；请重新审核批次 {}（gouji fund judge）", kept.batch)
                }
                Lang::En => {
                    format!("  {count} cases were decided since; judge batch {} again (gouji fund judge)", kept.batch)
                }
            });
        }
        (None, Lang::Zh) => told.fault(format!("  {RULINGS_FILE}：与办理记录里的人工决定不一致")),
        (None, Lang::En) => told.fault(format!("  {RULINGS_FILE}: differs from what the log of acts says")),
    }
}

/// Whether the working folder still holds what a batch was judged from. Files may grow at their end, a register may be
/// there of a later day, and `fund.toml` may say more than it did; anything else was changed behind the decisions.
fn since(kept: &Kept, files: &[Held], work: Option<&Work>, told: &mut Told, lang: Lang) {
    for (name, was) in kept.files.iter().filter(|(name, _)| name != RULINGS_FILE) {
        let is = files.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes);
        let has_grown = |is: &Vec<u8>| {
            let more = is.strip_prefix(was.as_slice());
            more.is_some_and(|more| was.ends_with(b"\n") || more.starts_with(b"\n") || more.starts_with(b"\r\n"))
        };
        if is.is_some_and(|is| is == was || has_grown(is)) {
            continue;
        }
        let moved_on = work.and_then(|work| {
            if *name == kept.work.settings.0 {
                means_the_same(kept, work, lang)
            } else {
                is_newer(&kept.work, work, name, lang)
            }
        });
        match (moved_on, is) {
            (Some(text), _) => told.note(&text),
            (None, Some(is)) => told.fault(changed(name, was, is, lang)),
            (None, None) => told.fault(match lang {
                Lang::Zh => format!("  {name}：工作文件夹里没有了；存档的还在，决定以存档为准"),
                Lang::En => format!("  {name}: gone from the working folder; the decisions rest on what was kept"),
            }),
        }
    }
}

fn changed(name: &str, was: &[u8], is: &[u8], lang: Lang) -> String {
    let (was_text, is_text) = (String::from_utf8_lossy(was), String::from_utf8_lossy(is));
    let (line, kept, now) = match first_difference(&was_text, &is_text) {
        // A workbook has no lines worth showing.
        Some((line, kept, now)) if !name.ends_with(".xlsx") && kept != now => (format!(":{line}"), kept, now),
        _ => (String::new(), format!("SHA-256 {}", sha256(was)), format!("SHA-256 {}", sha256(is))),
    };
    match lang {
        Lang::Zh => format!("  {name}{line}：审核之后改动过\n    存档：{kept}\n    现在：{now}"),
        Lang::En => format!("  {name}{line}: changed since it was judged from\n    kept: {kept}\n    now:  {now}"),
    }
}

/// What to say of a register that another day brought.
fn is_newer(was: &Work, is: &Work, name: &str, lang: Lang) -> Option<String> {
    let old = was.registers.iter().find(|register| register.file == name)?;
    let new = is.registers.iter().find(|register| register.id == old.id && register.date > old.date)?;
    let (old, new) = (old.date?, new.date?);
    Some(match lang {
        Lang::Zh => format!("  {name}：已有 {new} 的数据；这批决定以存档的 {old} 的数据为准"),
        Lang::En => format!("  {name}: of {new} by now; these decisions rest on that of {old}, which is kept"),
    })
}

/// What to say of settings in which nothing of the batch was changed: its own table, its budget line and the registers,
/// but for the days of those that were brought anew.
fn means_the_same(kept: &Kept, is: &Work, lang: Lang) -> Option<String> {
    let was = &kept.work;
    let (old, new) = (was.batch(&kept.batch)?, is.batch(&kept.batch)?);
    let line = |work: &Work| work.lines.iter().find(|line| line.id == old.pays).cloned();
    let same_batch = Batch { line: 0, ..old.clone() } == Batch { line: 0, ..new.clone() } && line(was) == line(is);
    let same_registers = was.registers.iter().all(|old| {
        let new = is.registers.iter().find(|new| new.id == old.id);
        new.is_some_and(|new| (&new.source, &new.key) == (&old.source, &old.key) && new.date >= old.date)
    });
    let same_file = was.applications.file == is.applications.file;
    (was.office == is.office && same_batch && same_registers && same_file).then(|| match lang {
        Lang::Zh => format!("  {}：改动过，但与批次 {} 有关的内容没有变", was.settings.0, kept.batch),
        Lang::En => format!("  {}: changed, but nothing in it that concerns batch {}", was.settings.0, kept.batch),
    })
}
