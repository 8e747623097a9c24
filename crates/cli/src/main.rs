//! The executable `gouji`: the only part that prints, reads the environment and opens files.

mod accept;
mod annotate;
mod arguments;
mod books;
mod build;
mod check;
mod convert;
mod diff;
mod failure;
mod files;
mod forms;
mod fund;
mod help;
mod import;
mod keep;
mod output;
mod patience;
mod pipeline;
mod progress;
mod read;
mod terminal;

use arguments::{Arguments, Verb};
use clap::FromArgMatches;
use clap::error::ErrorKind;
use failure::Failure;
use gouji_model::Lang;
use std::process::ExitCode;

/// Nothing broken at the level asked for.
const CLEAN: u8 = 0;
/// Findings at the level asked for.
const FOUND: u8 = 1;
/// Wrong usage, or nothing could be read.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    quieten_readers();
    let given: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let lang = arguments::language(&given);
    let code = match run(given, lang) {
        Ok(code) => code,
        Err(error) => {
            output::message(&explained(&error, lang));
            FAILED
        }
    };
    ExitCode::from(code)
}

/// A fault of the PDF library is caught and told as an issue of the file; its own words would only alarm.
fn quieten_readers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(gouji_read::QUIET_THREAD) {
            usual(panic);
        }
    }));
}

fn run(given: Vec<std::ffi::OsString>, lang: Lang) -> anyhow::Result<u8> {
    let parsed = help::command(lang).try_get_matches_from(given);
    let matches = match parsed {
        Ok(matches) => matches,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            output::to_stdout(error.to_string().as_bytes())?;
            return Ok(CLEAN);
        }
        Err(error) => {
            output::message(&help::usage_error(&error, lang));
            return Ok(FAILED);
        }
    };
    match Arguments::from_arg_matches(&matches)?.verb {
        Verb::Check(options) => check::run(&options, lang),
        Verb::Read(options) => read::run(&options, lang),
        Verb::New(options) => keep::new(&options, lang),
        Verb::Convert(options) => keep::convert(&options, lang),
        Verb::Import(options) => import::run(&options, lang),
        Verb::Diff(options) => diff::run(&options, lang),
        Verb::Build(options) => build::run(&options, lang),
        Verb::Fund(options) => fund::run(&options, lang),
        Verb::Explain(options) => explain(&options, lang),
        Verb::Completions(options) => completions(&options, lang),
    }
}

/// `gouji explain`: one rule's page, or the list of all.
fn explain(options: &arguments::Explain, lang: Lang) -> anyhow::Result<u8> {
    let style = terminal::style(lang, options.width, options.color);
    let text = match &options.code {
        None => gouji_explain::render_index(&style),
        Some(code) => gouji_explain::render_page(code, &style).map_err(Failure::UnknownCode)?,
    };
    output::to_stdout(text.as_bytes())?;
    Ok(CLEAN)
}

/// `gouji completions`: the script of a shell, with the help of the language asked for.
fn completions(options: &arguments::Completions, lang: Lang) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut help::for_completions(lang), "gouji", &mut script);
    output::to_stdout(&script)?;
    Ok(CLEAN)
}

/// An error in the language of the run: our own in full, the system's with what was tried.
fn explained(error: &anyhow::Error, lang: Lang) -> String {
    match error.downcast_ref::<Failure>() {
        Some(failure) => failure.text(lang),
        None => format!("{error:#}"),
    }
}
