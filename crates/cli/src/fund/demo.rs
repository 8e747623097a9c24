//! `gouji fund demo`: an invented district, judged.

use super::{folder, judge, kept};
use crate::arguments::fund::Demo;
use crate::failure::Failure;
use crate::{CLEAN, output};
use gouji_explain::award;
use gouji_fund::demo::District;
use gouji_model::Lang;

/// Writes the working folder, judges it and writes the decisions.
pub fn demo(options: &Demo, lang: Lang) -> anyhow::Result<u8> {
    let folder = &options.output;
    if folder.exists() && !options.force {
        return Err(Failure::WouldOverwrite(folder.display().to_string()).into());
    }
    let failed = |path: &std::path::Path, error| Failure::Unwritable(path.display().to_string(), error);
    for (name, text) in gouji_fund::demo::demo(District { firms: options.firms as usize, seed: options.seed }) {
        let path = folder.join(name);
        let inside = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(inside).map_err(|error| failed(inside, error))?;
        output::write(Some(&path), text.as_bytes())?;
    }
    let files = folder::files_of(folder)?;
    let work = folder::read(folder, &files)?;
    for batch in &work.batches {
        let judged = judge::judged(&work, batch, folder)?;
        kept::write(&judged, (folder, &files), &folder.join(kept::DECISIONS).join(&batch.id), true, lang)?;
        output::to_stdout(award::batch_text(&judged, 80, lang).as_bytes())?;
    }
    let shown = folder.display();
    let next = match lang {
        Lang::Zh => format!(
            "\n已写到 {shown}。接着可以：\n  打开 {shown}/decisions/2019-R1/public.html（公示名单）和 letters 里的通知\n  \
             gouji fund explain {shown} R000001   看一件申请怎样得出\n  \
             gouji fund replay {shown}            由证据和规定重算，逐字节比较\n  \
             改动 policies 或 registers 里的任何一处，再运行上面两条\n"
        ),
        Lang::En => format!(
            "\nWritten to {shown}. Next:\n  open {shown}/decisions/2019-R1/public.html and the letters beside it\n  \
             gouji fund explain {shown} R000001 --lang en   how one decision came about\n  \
             gouji fund replay {shown} --lang en            all of it again, compared byte for byte\n  \
             change anything in policies or registers and run the two again\n"
        ),
    };
    output::to_stdout(next.as_bytes())?;
    Ok(CLEAN)
}
