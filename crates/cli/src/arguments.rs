pub mod fund;

use clap::{Args, Parser, Subcommand, ValueEnum};
use gouji_model::{Lang, Level};
use std::ffi::OsString;
use std::path::PathBuf;

/// The command line; its words for people are in `help.rs`.
#[derive(Parser, Debug)]
#[command(name = "gouji", version, disable_help_subcommand = true, arg_required_else_help = false)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
    /// Language of what is printed.
    #[arg(long, global = true, value_enum, default_value = "zh")]
    pub lang: Language,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Verb {
    /// Check reports.
    Check(Check),
    /// Show what was read.
    Read(Read),
    /// Begin the books of a budget.
    New(New),
    /// Keep books the other way.
    Convert(Convert),
    /// Draft the books of a published report.
    Import(Import),
    /// Show what differs between two budgets.
    Diff(Diff),
    /// Build the report from the books.
    Build(Build),
    /// Programmes.
    Fund(fund::Fund),
    /// Explain a rule.
    Explain(Explain),
    /// Write the completions of a shell.
    Completions(Completions),
}

/// Options of `gouji check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Reports, or folders of reports.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "text")]
    pub format: CheckFormat,
    /// Where to write it.
    #[arg(long, short, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Where to write the PDF with its findings marked.
    #[arg(long, value_name = "PATH")]
    pub annotate: Option<PathBuf>,
    /// A folder of the user's own forms.
    #[arg(long, value_name = "DIR")]
    pub forms: Option<PathBuf>,
    /// The files of last year's report of the same body.
    #[arg(long, value_name = "FILE")]
    pub prior: Vec<PathBuf>,
    /// The acceptance file.
    #[arg(long, value_name = "FILE")]
    pub accept: Option<PathBuf>,
    /// The level from which the exit code is 1.
    #[arg(long, value_enum, default_value = "error", value_name = "LEVEL")]
    pub fail_on: FailOn,
    /// All files are one report.
    #[arg(long)]
    pub as_one: bool,
    /// Rules on trial show at their own level.
    #[arg(long)]
    pub preview: bool,
    /// Columns of the text form.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub width: Option<u16>,
    /// Whether the text form is coloured.
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Options of `gouji read`.
#[derive(Args, Debug)]
pub struct Read {
    /// Reports, or folders of reports.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "json")]
    pub format: ReadFormat,
    /// Where to write it.
    #[arg(long, short, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// A folder of the user's own forms.
    #[arg(long, value_name = "DIR")]
    pub forms: Option<PathBuf>,
    /// All files are one report.
    #[arg(long)]
    pub as_one: bool,
}

/// Options of `gouji new`.
#[derive(Args, Debug)]
pub struct New {
    /// The form that the report will be printed in.
    #[arg(long, value_name = "ID", required_unless_present = "from")]
    pub form: Option<String>,
    /// This year's books, of which the next year's begin.
    #[arg(long, value_name = "BOOKS")]
    pub from: Option<PathBuf>,
    /// The budget year.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(2000..=2100))]
    pub year: i16,
    /// Write a workbook, whatever the path is called.
    #[arg(long)]
    pub workbook: bool,
    /// Where to write it.
    #[arg(long, short, value_name = "PATH")]
    pub output: PathBuf,
    /// Replace what is there.
    #[arg(long)]
    pub force: bool,
}

/// Options of `gouji convert`.
#[derive(Args, Debug)]
pub struct Convert {
    /// A folder of books, or a workbook.
    #[arg(value_name = "FROM")]
    pub from: PathBuf,
    /// Where to write them.
    #[arg(value_name = "TO")]
    pub to: PathBuf,
    /// Replace what is there.
    #[arg(long)]
    pub force: bool,
}

/// Options of `gouji import`.
#[derive(Args, Debug)]
pub struct Import {
    /// The files of one report.
    #[arg(required = true, value_name = "REPORT")]
    pub files: Vec<PathBuf>,
    /// Where to write the books.
    #[arg(long, short, value_name = "PATH")]
    pub output: PathBuf,
    /// The form that the books will be printed in.
    #[arg(long, value_name = "ID")]
    pub form: Option<String>,
    /// A folder of the user's own forms.
    #[arg(long, value_name = "DIR")]
    pub forms: Option<PathBuf>,
    /// All files are one report.
    #[arg(long)]
    pub as_one: bool,
    /// Replace what is there.
    #[arg(long)]
    pub force: bool,
}

/// Options of `gouji diff`.
#[derive(Args, Debug)]
pub struct Diff {
    /// Books or a report.
    #[arg(value_name = "A")]
    pub before: PathBuf,
    /// Books or a report.
    #[arg(value_name = "B")]
    pub after: PathBuf,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "text")]
    pub format: DiffFormat,
    /// Where to write it.
    #[arg(long, short, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// A folder of the user's own forms.
    #[arg(long, value_name = "DIR")]
    pub forms: Option<PathBuf>,
    /// Columns of the text form.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub width: Option<u16>,
}

/// Form of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For the terminal.
    Text,
    /// For programs.
    Json,
    /// For a spreadsheet.
    Csv,
}

/// Options of `gouji build`.
#[derive(Args, Debug)]
pub struct Build {
    /// A folder of books, or a workbook.
    #[arg(value_name = "SOURCE")]
    pub source: PathBuf,
    /// The folder to write to.
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,
    /// Which files; all when absent.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KIND")]
    pub only: Vec<BuildFile>,
    /// Another form than the books name.
    #[arg(long, value_name = "ID")]
    pub form: Option<String>,
    /// Round otherwise than the form says.
    #[arg(long, value_enum, value_name = "HOW")]
    pub rounding: Option<RoundingWord>,
    /// Replace what is there.
    #[arg(long)]
    pub force: bool,
    /// Build again after every change.
    #[arg(long)]
    pub watch: bool,
}

/// How amounts are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoundingWord {
    /// Each amount to the nearest.
    Cells,
    /// Parts go up or down so that printed sums close.
    Controlled,
}

/// A file that is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BuildFile {
    /// For publishing.
    Pdf,
    /// For Word and WPS.
    Docx,
    /// For a spreadsheet.
    Xlsx,
    /// For a browser.
    Html,
    /// For a terminal.
    Txt,
    /// Open data.
    Data,
}

/// Options of `gouji explain`.
#[derive(Args, Debug)]
pub struct Explain {
    /// The rule; all rules when absent.
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
    /// Columns.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub width: Option<u16>,
    /// Whether the page is coloured.
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Options of `gouji completions`.
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell.
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}

/// Language of what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// 中文
    Zh,
    /// English
    En,
}

/// Form of the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For the terminal.
    Text,
    /// For programs.
    Json,
    /// One page for a browser.
    Html,
    /// The reviewer's list.
    Xlsx,
    /// For code hosts and editors.
    Sarif,
}

/// Form of the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// For programs.
    Json,
    /// For a spreadsheet.
    Csv,
}

/// The level from which the exit code is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Warnings and errors.
    Warning,
}

impl FailOn {
    /// The least level that counts.
    pub fn level(self) -> Level {
        match self {
            FailOn::Error => Level::Error,
            FailOn::Warning => Level::Warning,
        }
    }
}

/// Whether colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// When the output is a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The language asked for, before anything else is parsed, so that help and usage errors speak it too.
pub fn language(given: &[OsString]) -> Lang {
    let words: Vec<&str> = given.iter().skip(1).filter_map(|word| word.to_str()).collect();
    let chosen = words.iter().enumerate().find_map(|(index, word)| match *word {
        "--lang" => words.get(index + 1).copied(),
        other => other.strip_prefix("--lang="),
    });
    match chosen {
        Some("en") => Lang::En,
        _ => Lang::Zh,
    }
}
