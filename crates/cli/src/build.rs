//! `gouji build`: books to the report in every file that an office needs, checked before it is shown.

use crate::arguments::{Build, BuildFile, RoundingWord};
use crate::failure::Failure;
use crate::pipeline::{self, Checkup};
use crate::{CLEAN, FOUND, books, output, terminal};
use gouji_model::books::{Books, Posting};
use gouji_model::{Lang, Level};
use gouji_report::document::Document;
use gouji_report::form::Form;
use gouji_report::{Built, Fonts, Rounding, Unclosed};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often a watched source is looked at.
const LOOK: Duration = Duration::from_millis(400);

/// Every file that is asked for; with `--watch` again after every change of the source.
pub fn run(options: &Build, lang: Lang) -> anyhow::Result<u8> {
    if !options.watch {
        return once(options, options.force, lang);
    }
    // What an earlier round has written may be replaced by the next.
    let mut may_replace = options.force;
    let mut seen = None;
    loop {
        let now = newest(&options.source);
        if seen != Some(now) {
            seen = Some(now);
            match once(options, may_replace, lang) {
                Ok(_) => may_replace = true,
                Err(error) => output::message(&crate::explained(&error, lang)),
            }
            output::message(match lang {
                Lang::Zh => "正在等待改动；按 Ctrl+C 结束",
                Lang::En => "waiting for changes; Ctrl+C ends",
            });
        }
        std::thread::sleep(LOOK);
    }
}

fn once(options: &Build, may_replace: bool, lang: Lang) -> anyhow::Result<u8> {
    let books = books::load(&options.source, lang)?;
    let id = options.form.as_deref().unwrap_or(&books.department.form);
    let mut form = Form::standard(id).ok_or_else(|| Failure::UnknownForm(id.to_owned()))?;
    form.rounding = match options.rounding {
        None => form.rounding,
        Some(RoundingWord::Cells) => Rounding::Cells,
        Some(RoundingWord::Controlled) => Rounding::Controlled,
    };
    if let Some(posting) = form.unshown(&books) {
        output::message(&unshown(posting, &form, lang));
    }
    let Built { document, unclosed, .. } = gouji_report::build_telling(&books, &form);
    if form.rounding == Rounding::Controlled {
        unclosed.iter().for_each(|sum| output::message(&left_open(sum, lang)));
    }
    let files = files(&document, &options.only, lang)?;
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| options.output.join(name)).collect();
    if let Some(there) = paths.iter().find(|path| path.exists()).filter(|_| !may_replace) {
        return Err(Failure::WouldOverwrite(there.display().to_string()).into());
    }
    for (path, (_, bytes)) in paths.iter().zip(&files) {
        let folder = path.parent().unwrap_or(&options.output);
        std::fs::create_dir_all(folder).map_err(|error| Failure::Unwritable(folder.display().to_string(), error))?;
        output::write(Some(path), bytes)?;
    }
    let checkup = pipeline::check_built(&document)?;
    say(&books, &paths, &checkup, lang)
}

/// That a sum could not be closed by controlled rounding.
fn left_open(sum: &Unclosed, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("警告：舍入后未能闭合，按单格四舍五入列示：{}", sum.text(lang)),
        Lang::En => format!("warning: could not be closed, each cell is rounded for itself: {}", sum.text(lang)),
    }
}

/// That the form has no column for where the money of a posting comes from.
fn unshown(posting: &Posting, form: &Form, lang: Lang) -> String {
    let (book, stream) = (posting.at.book.word(), posting.source.word());
    match lang {
        Lang::Zh => {
            format!("表式“{}”没有这种资金来源的栏目（book={book} stream={stream}），表内合计可能对不上", form.name)
        }
        Lang::En => format!(
            "the form `{}` has no column for money of book={book} stream={stream}: its tables may not add up",
            form.id
        ),
    }
}

/// The names and bytes of the files asked for; all of them when none is named.
fn files(document: &Document, only: &[BuildFile], lang: Lang) -> anyhow::Result<Vec<(PathBuf, Vec<u8>)>> {
    let wanted = |kind| only.is_empty() || only.contains(&kind);
    let named = |ending: &str| PathBuf::from(format!("{}.{ending}", file_name(&document.title)));
    let mut files = Vec::new();
    if wanted(BuildFile::Pdf) {
        let pdf = gouji_report::pdf(document, &fonts())?;
        if !pdf.missing.is_empty() {
            output::message(&missing_glyphs(&pdf.missing, lang));
        }
        files.push((named("pdf"), pdf.bytes));
    }
    if wanted(BuildFile::Docx) {
        files.push((named("docx"), gouji_report::docx(document)?));
    }
    if wanted(BuildFile::Xlsx) {
        files.push((named("xlsx"), gouji_report::xlsx(document)?));
    }
    if wanted(BuildFile::Html) {
        files.push((named("html"), gouji_report::html(document).into_bytes()));
    }
    if wanted(BuildFile::Txt) {
        files.push((named("txt"), gouji_report::text::text(document).into_bytes()));
    }
    if wanted(BuildFile::Data) {
        let data = gouji_report::data(document).into_iter();
        files.extend(data.map(|(name, bytes)| (Path::new("data").join(name), bytes)));
    }
    Ok(files)
}

/// Folders of fonts are shallow; the bound ends a loop of links.
const DEPTH: usize = 6;
/// Larger than any collection of Chinese faces.
const LARGEST_FONT: u64 = 64 << 20;

/// The embedded face, and those of the system for what it lacks.
fn fonts() -> Fonts {
    let mut files = Vec::new();
    for folder in font_folders() {
        list_files(&folder, DEPTH, &mut files);
    }
    Fonts::new(files, |path| {
        let is_small = std::fs::metadata(path).is_ok_and(|metadata| metadata.len() <= LARGEST_FONT);
        is_small.then(|| std::fs::read(path).ok()).flatten()
    })
}

/// Where systems keep their fonts; a folder that is not there holds none.
fn font_folders() -> Vec<PathBuf> {
    let [home, local, windows] =
        ["HOME", "LOCALAPPDATA", "WINDIR"].map(|name| std::env::var_os(name).map(PathBuf::from));
    let known = ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts"];
    let mut folders = known.map(PathBuf::from).to_vec();
    let of_user = [".fonts", ".local/share/fonts", "Library/Fonts"];
    folders.extend(home.iter().flat_map(|home| of_user.map(|own| home.join(own))));
    folders.extend(local.map(|local| local.join("Microsoft/Windows/Fonts")));
    folders.extend(windows.map(|windows| windows.join("Fonts")));
    folders
}

fn list_files(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        match path.is_dir() {
            true if depth > 0 => list_files(&path, depth - 1, files),
            true => {}
            false => files.push(path),
        }
    }
}

/// Characters that stand as empty boxes in the PDF.
fn missing_glyphs(missing: &[char], lang: Lang) -> String {
    let characters: String = missing.iter().collect();
    match lang {
        Lang::Zh => format!("PDF 缺字：“{characters}”没有可用的字体，页面上是空框；请安装含这些字的字体后重编"),
        Lang::En => {
            format!("no font has “{characters}”: boxes stand in the PDF; install a font that has them and build again")
        }
    }
}

/// The title without what no system takes in the name of a file.
fn file_name(title: &str) -> String {
    title.chars().filter(|character| !character.is_control() && !"/\\:*?\"<>|".contains(*character)).collect()
}

/// What was written, and what the check of it found.
fn say(books: &Books, paths: &[PathBuf], checkup: &Checkup, lang: Lang) -> anyhow::Result<u8> {
    let mut text = String::new();
    for path in paths {
        text.push_str(&format!("{}\n", path.display()));
    }
    let count = |level| checkup.report.findings.iter().filter(|finding| finding.level == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    text.push_str(&match lang {
        Lang::Zh => format!(
            "\n{}年 {}：{} 个文件；自查：错误 {errors}、警告 {warnings}\n",
            books.department.year,
            books.department.name,
            paths.len()
        ),
        Lang::En => format!(
            "\n{} {}: {} files; own check: {errors} errors, {warnings} warnings\n",
            books.department.year,
            books.department.name,
            paths.len()
        ),
    });
    output::to_stdout(text.as_bytes())?;
    if errors + warnings > 0 {
        let style = terminal::style(lang, None, crate::arguments::Color::Auto);
        let found = gouji_explain::render_text(&[checkup.view()], &style);
        output::message(&found);
    }
    Ok(if errors > 0 { FOUND } else { CLEAN })
}

/// When the newest file of a source was changed.
fn newest(source: &Path) -> Option<SystemTime> {
    let changed = |path: &Path| std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    if !source.is_dir() {
        return changed(source);
    }
    let inside = std::fs::read_dir(source).ok()?.filter_map(|entry| changed(&entry.ok()?.path()));
    inside.chain(changed(source)).max()
}
