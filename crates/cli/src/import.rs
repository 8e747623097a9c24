//! `gouji import`: a published report to a draft of the books behind it.

use crate::arguments::Import;
use crate::books::{self, Kept};
use crate::failure::Failure;
use crate::files::Grouping;
use crate::pipeline::{self, Way};
use crate::{CLEAN, FAILED, output};
use gouji_model::Lang;
use gouji_report::form::Form;
use gouji_sources::{Draft, Unknown};
use std::path::{Path, PathBuf};

/// The form of a draft whose report has none that can be built.
const USUAL_FORM: &str = "shenzhen-2019";

/// Writes the draft and says what is not known.
pub fn run(options: &Import, lang: Lang) -> anyhow::Result<u8> {
    let grouping = Grouping::from_option(options.as_one);
    let way = Way::plain(&options.files, grouping, options.forms.as_deref());
    let checkups = pipeline::run(&way, lang)?;
    let [checkup] = &checkups[..] else { return Err(Failure::OneReport(checkups.len()).into()) };
    if checkup.is_unreadable() {
        return Ok(FAILED);
    }
    let own = checkup.statement.subject.form.as_deref().filter(|id| Form::standard(id).is_some());
    let form = options.form.as_deref().or(own).unwrap_or(USUAL_FORM);
    Form::standard(form).ok_or_else(|| Failure::UnknownForm(form.to_owned()))?;
    let draft = gouji_sources::draft(&checkup.statement, form);
    books::save(&draft.books, &options.output, Kept::at(&options.output), options.force, lang)?;
    let beside = unknown_path(&options.output);
    output::write(Some(&beside), csv(&draft.unknown, lang).as_bytes())?;
    output::to_stdout(said(&draft, &[&options.output, &beside], lang).as_bytes())?;
    Ok(CLEAN)
}

/// Within the folder, or beside the workbook.
fn unknown_path(books: &Path) -> PathBuf {
    match Kept::at(books) {
        Kept::Folder => books.join(gouji_sources::UNKNOWN),
        Kept::Workbook => books.with_extension(gouji_sources::UNKNOWN),
    }
}

/// The list for a spreadsheet.
fn csv(unknown: &[Unknown], lang: Lang) -> String {
    let mut text = String::from(match lang {
        Lang::Zh => "\u{feff}列表,类别,内容\n",
        Lang::En => "\u{feff}list,kind,what\n",
    });
    for entry in unknown {
        let message = entry.message(lang).replace('"', "\"\"");
        text.push_str(&format!("{},{},\"{message}\"\n", entry.list, kind(entry, lang)));
    }
    text
}

fn kind(entry: &Unknown, lang: Lang) -> &'static str {
    match (entry.is_contradiction, lang) {
        (true, Lang::Zh) => "不一致",
        (true, Lang::En) => "contradiction",
        (false, Lang::Zh) => "待填",
        (false, Lang::En) => "unknown",
    }
}

fn said(draft: &Draft, paths: &[&Path], lang: Lang) -> String {
    let mut text: String = paths.iter().map(|path| format!("{}\n", path.display())).collect();
    let (books, unknown) = (&draft.books, &draft.unknown);
    let (rows, assumed) = (books.postings.len(), books.postings.iter().filter(|posting| posting.assumed).count());
    let odd = unknown.iter().filter(|entry| entry.is_contradiction).count();
    let (name, year, projects) = (&books.department.name, books.department.year, books.projects.len());
    text.push_str(&match lang {
        Lang::Zh => format!(
            "\n{year}年 {name}：金额 {rows} 行（推定 {assumed} 行）、项目 {projects} 个；不一致 {odd} 处、待填 {} 项\n",
            unknown.len() - odd
        ),
        Lang::En => format!(
            "\n{year} {name}: {rows} rows of amounts ({assumed} assumed), {projects} projects; {odd} contradictions, {} unknown\n",
            unknown.len() - odd
        ),
    });
    for entry in unknown {
        text.push_str(&format!("  {} {}: {}\n", kind(entry, lang), entry.list, entry.message(lang)));
    }
    text
}
