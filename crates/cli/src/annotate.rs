//! `--annotate`: the PDFs of a run with their findings marked.

use crate::failure::Failure;
use crate::output;
use crate::pipeline::Checkup;
use gouji_explain::{annotate, sha256};
use gouji_model::{FileId, Lang};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A PDF of the run.
struct Pdf<'a> {
    checkup: &'a Checkup,
    file: FileId,
    path: &'a Path,
}

/// Writes the annotated PDFs: one PDF to the file (or into the folder) named, several into the
/// folder, each under its own name. Nothing is written over a file that was checked.
pub fn write(target: &Path, checkups: &[Checkup], lang: Lang) -> anyhow::Result<()> {
    let pdfs: Vec<Pdf> = checkups.iter().flat_map(pdfs).collect();
    if pdfs.is_empty() {
        return Err(Failure::NoPdf.into());
    }
    let is_file = target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) && !target.is_dir();
    if pdfs.len() > 1 && (is_file || target.is_file()) {
        return Err(Failure::NeedsFolder(target.display().to_string(), pdfs.len()).into());
    }
    let into_folder = target.is_dir() || pdfs.len() > 1;
    if into_folder {
        let failed = |error| Failure::Unwritable(target.display().to_string(), error);
        std::fs::create_dir_all(target).map_err(failed)?;
    }
    let mut taken = BTreeSet::new();
    for pdf in &pdfs {
        let out = if into_folder { target.join(free_name(pdf.path, &mut taken)) } else { target.to_path_buf() };
        if checkups.iter().flat_map(|checkup| &checkup.paths).any(|path| is_same(path, &out)) {
            return Err(Failure::WouldReplace(out.display().to_string()).into());
        }
        output::write(Some(&out), &marked(pdf, lang)?)?;
    }
    Ok(())
}

fn pdfs(checkup: &Checkup) -> impl Iterator<Item = Pdf<'_>> {
    let files = checkup.document.files.iter().zip(&checkup.paths).take(checkup.own).enumerate();
    let paged = files.filter(|(_, (file, _))| file.page_count().is_some());
    paged.map(|(index, (_, path))| Pdf { checkup, file: index as FileId, path })
}

/// The bytes with the marks. The file is read once more, and must be the one that was checked.
fn marked(pdf: &Pdf<'_>, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let shown = pdf.path.display().to_string();
    let bytes = std::fs::read(pdf.path).map_err(|error| Failure::Unreadable(shown.clone(), error))?;
    if pdf.checkup.sha256.get(usize::from(pdf.file)) != Some(&sha256(&bytes)) {
        return Err(Failure::Changed(shown).into());
    }
    annotate(&pdf.checkup.view(), pdf.file, &bytes, lang).map_err(|error| Failure::Annotate(shown, error).into())
}

/// The file's own name, with a number where another file of the run has it already.
fn free_name(path: &Path, taken: &mut BTreeSet<PathBuf>) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let first = PathBuf::from(format!("{stem}.pdf"));
    let others = (2..).map(|number| PathBuf::from(format!("{stem}-{number}.pdf")));
    let name = std::iter::once(first).chain(others).find(|name| !taken.contains(name));
    let name = name.expect("a run has a limited number of files, and the numbers have no end");
    taken.insert(name.clone());
    name
}

fn is_same(left: &Path, right: &Path) -> bool {
    matches!((left.canonicalize(), right.canonicalize()), (Ok(left), Ok(right)) if left == right)
}
