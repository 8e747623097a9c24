//! `gouji fund replay`: every decision again, from the evidence and the rule, bit for bit.

use super::folder;
use super::judge::{RECORD, judged};
use crate::arguments::fund::Replay;
use crate::failure::Failure;
use crate::{CLEAN, FOUND, output};
use gouji_fund::work::first_difference;
use gouji_model::Lang;

/// Derives the records of all batches anew and compares them with those that were kept.
pub fn replay(options: &Replay, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let decisions = options.decisions.clone().unwrap_or_else(|| options.folder.join("decisions"));
    let (mut said, mut code, mut compared) = (String::new(), CLEAN, 0);
    for batch in &work.batches {
        let path = decisions.join(&batch.id).join(RECORD);
        let shown = path.display().to_string();
        let stored = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            // A batch that was not decided yet has nothing to be compared with.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !decisions.join(&batch.id).exists() => {
                continue;
            }
            Err(error) => return Err(Failure::Unreadable(shown, error).into()),
        };
        compared += 1;
        let derived = judged(&work, batch, &options.folder)?.record();
        let same = stored == derived.as_bytes();
        let count = derived.lines().filter(|line| line.starts_with("decision ")).count();
        let stored = String::from_utf8_lossy(&stored);
        said.push_str(&match (same, lang) {
            (true, Lang::Zh) => format!("{shown}：{count} 件决定逐字节一致\n"),
            (true, Lang::En) => format!("{shown}: {count} decisions are the same, byte for byte\n"),
            (false, _) => {
                code = FOUND;
                let (line, kept, again) = first_difference(&stored, &derived).unwrap_or_default();
                match lang {
                    Lang::Zh => format!("{shown}:{line}：不一致\n  存档：{kept}\n  重算：{again}\n"),
                    Lang::En => format!("{shown}:{line}: differs\n  kept:    {kept}\n  derived: {again}\n"),
                }
            }
        });
    }
    if compared == 0 {
        return Err(Failure::Missing(decisions.display().to_string()).into());
    }
    output::to_stdout(said.as_bytes())?;
    Ok(code)
}
