//! The command line of `gouji fund`; its words for people are in `help/fund.rs`.

use super::Color;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Options of `gouji fund`.
#[derive(Args, Debug)]
pub struct Fund {
    /// What to do.
    #[command(subcommand)]
    pub verb: FundVerb,
}

/// What to do with programmes.
#[derive(Subcommand, Debug)]
pub enum FundVerb {
    /// Judge applications.
    Judge(Judge),
    /// Explain one decision.
    Explain(Explain),
    /// Find what is suspicious in the rules.
    Lint(Lint),
    /// Compare two rules on the same applications.
    Whatif(Whatif),
    /// Find who is entitled without applying.
    Entitle(Entitle),
    /// Show firms that look alike or belong together.
    Related(Related),
    /// Draw experts.
    Experts(Experts),
    /// Measure what a batch did.
    Performance(Performance),
    /// Put next year's line into its books.
    Export(Export),
    /// Derive decisions again.
    Replay(Replay),
    /// Decide a case.
    Decide(Decide),
    /// Do a step with applications.
    Act(Act),
    /// Show what was done with an application.
    History(History),
    /// Hold money for awards.
    Reserve(OfBatch),
    /// Make reserved money an obligation.
    Commit(OfBatch),
    /// Pay what is due.
    Pay(OfBatch),
    /// Give held money back to the line.
    Release(OfAward),
    /// Take paid money back.
    Recover(OfAward),
    /// Show the budget lines.
    Status(Status),
    /// Invent a district.
    Demo(Demo),
}

/// Options of `gouji fund judge`.
#[derive(Args, Debug)]
pub struct Judge {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// One batch only.
    #[arg(long, value_name = "ID")]
    pub batch: Option<String>,
    /// Where to write decisions, letters and lists.
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Replace what is there.
    #[arg(long)]
    pub force: bool,
    /// Columns of the text form.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub width: Option<u16>,
    /// Whether the text form is coloured.
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Options of `gouji fund explain`.
#[derive(Args, Debug)]
pub struct Explain {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The number of the application.
    #[arg(value_name = "NUMBER")]
    pub number: String,
    /// Columns of the text form.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub width: Option<u16>,
    /// Whether the text form is coloured.
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Options of `gouji fund replay`.
#[derive(Args, Debug)]
pub struct Replay {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The decisions that were kept.
    #[arg(long, value_name = "DIR")]
    pub decisions: Option<PathBuf>,
    /// Only what was kept; the working folder may have moved on.
    #[arg(long)]
    pub kept: bool,
}

/// Options of `gouji fund demo`.
#[derive(Args, Debug)]
pub struct Demo {
    /// Where to write the working folder.
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,
    /// Where the chances start.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// How many firms apply.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub firms: u32,
    /// Replace what is there.
    #[arg(long)]
    pub force: bool,
}

/// Options of `gouji fund decide`.
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["pass", "refuse", "from"])))]
pub struct Decide {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The number of the application.
    #[arg(value_name = "NUMBER")]
    pub number: Option<String>,
    /// Fund it.
    #[arg(long)]
    pub pass: bool,
    /// Do not fund it.
    #[arg(long)]
    pub refuse: bool,
    /// The award, where it is not what the worksheet gives.
    #[arg(long, value_name = "YUAN")]
    pub amount: Option<String>,
    /// A table of decisions.
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Against what the rules say.
    #[arg(long)]
    pub against: bool,
    /// Who, when, why.
    #[command(flatten)]
    pub signed: Signed,
}

/// Options of `gouji fund act`.
#[derive(Args, Debug)]
pub struct Act {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// What is done.
    #[arg(value_name = "ACTION")]
    pub action: String,
    /// The number of the application.
    #[arg(value_name = "NUMBER")]
    pub number: Option<String>,
    /// Every application of a batch.
    #[arg(long, value_name = "ID")]
    pub batch: Option<String>,
    /// In which role.
    #[arg(long = "as", value_name = "ROLE")]
    pub role: Option<String>,
    /// Who, when, why.
    #[command(flatten)]
    pub signed: Signed,
}

/// Options of `gouji fund history`.
#[derive(Args, Debug)]
pub struct History {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The number of the application.
    #[arg(value_name = "NUMBER")]
    pub number: String,
    /// Columns of the text form.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub width: Option<u16>,
}

/// What is asked of the ledger for a batch.
#[derive(Args, Debug)]
pub struct OfBatch {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The batch.
    #[arg(long, value_name = "ID")]
    pub batch: String,
    /// One application only.
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
    /// Who asks, when, why.
    #[command(flatten)]
    pub signed: Signed,
}

/// What is asked of the ledger for one award.
#[derive(Args, Debug)]
pub struct OfAward {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The batch.
    #[arg(long, value_name = "ID")]
    pub batch: String,
    /// The application.
    #[arg(long, value_name = "NUMBER")]
    pub number: String,
    /// So much.
    #[arg(long, value_name = "YUAN")]
    pub amount: String,
    /// Who asks, when, why.
    #[command(flatten)]
    pub signed: Signed,
}

/// Who asks, when and why.
#[derive(Args, Clone, Debug)]
pub struct Signed {
    /// Who asks.
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Why.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    /// The day; today when absent.
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// Options of `gouji fund status`.
#[derive(Args, Debug)]
pub struct Status {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Every award too.
    #[arg(long)]
    pub awards: bool,
    /// Where to write the lines as CSV.
    #[arg(long, short, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// Options of `gouji fund lint`.
#[derive(Args, Debug)]
pub struct Lint {
    /// Policy files, or folders of them.
    #[arg(required = true, value_name = "POLICY")]
    pub policies: Vec<PathBuf>,
}

/// Options of `gouji fund whatif`.
#[derive(Args, Debug)]
pub struct Whatif {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The batch.
    #[arg(long, value_name = "ID")]
    pub batch: String,
    /// The changed policy.
    #[arg(long, value_name = "FILE")]
    pub with: PathBuf,
    /// How many winners and losers are listed.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub most: usize,
}

/// Options of `gouji fund entitle`.
#[derive(Args, Debug)]
pub struct Entitle {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The policy.
    #[arg(long, value_name = "ID")]
    pub policy: String,
    /// The register whose rows stand for applications.
    #[arg(long, value_name = "REGISTER")]
    pub from: String,
    /// As of which day.
    #[arg(long, value_name = "DATE")]
    pub date: String,
    /// Where to write the list.
    #[arg(long, short, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// Options of `gouji fund related`.
#[derive(Args, Debug)]
pub struct Related {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The batch.
    #[arg(long, value_name = "ID")]
    pub batch: String,
}

/// Options of `gouji fund experts`.
#[derive(Args, Debug)]
pub struct Experts {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The batch.
    #[arg(long, value_name = "ID")]
    pub batch: String,
    /// What the draw starts from; announced beforehand.
    #[arg(long, value_name = "TEXT")]
    pub seed: String,
    /// How many experts judge an application.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=15))]
    pub each: u32,
    /// How many applications one judges at most.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub most: Option<u32>,
    /// The day on which relations are looked at.
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Where to write the list.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace what is there.
    #[arg(long)]
    pub force: bool,
    /// A list to be compared with the draw, done again.
    #[arg(long, value_name = "FILE")]
    pub verify: Option<PathBuf>,
}

/// Options of `gouji fund performance`.
#[derive(Args, Debug)]
pub struct Performance {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// One batch only; else every budget line.
    #[arg(long, value_name = "ID")]
    pub batch: Option<String>,
    /// How many awards next year is expected to have.
    #[arg(long, value_name = "[BATCH=]N")]
    pub expected: Vec<String>,
}

/// Options of `gouji fund export`.
#[derive(Args, Debug)]
pub struct Export {
    /// The working folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The budget line; needless when there is one only.
    #[arg(long, value_name = "ID")]
    pub line: Option<String>,
    /// The books of the line's year, or of the year after.
    #[arg(long, value_name = "BOOKS")]
    pub books: PathBuf,
    /// Where to write the books of the year after.
    #[arg(long, short, value_name = "BOOKS")]
    pub output: Option<PathBuf>,
    /// How many awards next year is expected to have.
    #[arg(long, value_name = "[BATCH=]N")]
    pub expected: Vec<String>,
    /// Replace what is there.
    #[arg(long)]
    pub force: bool,
}
