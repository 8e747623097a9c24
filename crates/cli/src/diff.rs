//! `gouji diff`: what changed between two budgets, each kept as books or printed in a report.

use crate::arguments::{Color, Diff, DiffFormat};
use crate::books;
use crate::failure::Failure;
use crate::files::Grouping;
use crate::pipeline::{self, Checkup, Way};
use crate::{CLEAN, FAILED, output, terminal};
use gouji_explain::{Titles, changes_csv, changes_json, changes_text};
use gouji_model::books::Books;
use gouji_model::{Change, Changes, Lang};
use gouji_sources::{compare_books, compare_report, compare_reports};
use std::path::{Path, PathBuf};

/// One of the two.
enum Side {
    Books(Box<Books>),
    Report(Box<Checkup>),
}

/// Compares the two and draws what differs.
pub fn run(options: &Diff, lang: Lang) -> anyhow::Result<u8> {
    let (before, after) = (side(&options.before, options, lang)?, side(&options.after, options, lang)?);
    let unreadable = |side: &Side| matches!(side, Side::Report(checkup) if checkup.is_unreadable());
    if unreadable(&before) || unreadable(&after) {
        return Ok(FAILED);
    }
    let changes = match (&before, &after) {
        (Side::Books(before), Side::Books(after)) => compare_books(before, after),
        (Side::Report(report), Side::Books(books)) => compare_report(&report.statement, books),
        (Side::Books(books), Side::Report(report)) => turned(compare_report(&report.statement, books)),
        (Side::Report(before), Side::Report(after)) => compare_reports(&before.statement, &after.statement),
    };
    let titles = Titles { before: title(&options.before, &before, lang), after: title(&options.after, &after, lang) };
    let text = match options.format {
        DiffFormat::Text => changes_text(&changes, &titles, &terminal::style(lang, options.width, Color::Never)),
        DiffFormat::Json => changes_json(&changes, &titles, lang),
        DiffFormat::Csv => changes_csv(&changes, lang),
    };
    output::write(options.output.as_deref(), text.as_bytes())?;
    Ok(CLEAN)
}

/// The same comparison seen from the other side.
fn turned(changes: Changes) -> Changes {
    let turn = |line: Change| Change { before: line.after, after: line.before, ..line };
    Changes { lines: changes.lines.into_iter().map(turn).collect(), ..changes }
}

/// A folder with `books.toml` and a workbook with the list of departments are books; all else is a report.
fn side(path: &Path, options: &Diff, lang: Lang) -> anyhow::Result<Side> {
    if !path.exists() {
        return Err(Failure::Missing(path.display().to_string()).into());
    }
    if is_books(path) {
        return Ok(Side::Books(Box::new(books::load(path, lang)?)));
    }
    let given: Vec<PathBuf> = vec![path.to_path_buf()];
    // The files of a folder are those of one report.
    let grouping = Grouping::from_option(path.is_dir());
    let way = Way::plain(&given, grouping, options.forms.as_deref());
    let mut checkups = pipeline::run(&way, lang)?;
    Ok(Side::Report(Box::new(checkups.remove(0))))
}

fn is_books(path: &Path) -> bool {
    match path.is_dir() {
        true => path.join("books.toml").is_file(),
        false if books::is_workbook(path) => {
            let sheets = std::fs::read(path).map(|bytes| gouji_sources::is_workbook_of_books(&bytes));
            sheets.unwrap_or(false)
        }
        false => false,
    }
}

fn title(path: &Path, side: &Side, lang: Lang) -> String {
    let (year, name, kind) = match side {
        Side::Books(books) => {
            let kind = match lang {
                Lang::Zh => "数据",
                Lang::En => "books",
            };
            (Some(books.department.year), books.department.name.clone(), kind)
        }
        Side::Report(checkup) => {
            let subject = &checkup.statement.subject;
            let kind = match lang {
                Lang::Zh => "报告",
                Lang::En => "report",
            };
            (subject.year, subject.entity.clone().unwrap_or_default(), kind)
        }
    };
    let year = year.map_or_else(String::new, |year| year.to_string());
    match lang {
        Lang::Zh => format!("{}（{year}年 {name}，{kind}）", path.display()),
        Lang::En => format!("{} ({kind} {year}, {name})", path.display()),
    }
}
