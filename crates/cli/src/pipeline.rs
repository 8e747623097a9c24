//! Files → document → statement → report, for every report of a run.

use crate::failure::Failure;
use crate::files::{self, Grouping};
use crate::progress::Progress;
use crate::{convert, forms, output, patience};
use gouji_check::{Options, Report};
use gouji_explain::{Checked, StaleAcceptance, sha256};
use gouji_model::{FileId, Lang};
use gouji_read::{Document, Issue, IssueKind, Limits};
use gouji_understand::{Forms, Statement};
use std::path::{Path, PathBuf};

/// One report through the whole pipeline.
pub struct Checkup {
    /// As read.
    pub document: Document,
    /// As understood.
    pub statement: Statement,
    /// As checked; empty when nothing could be read.
    pub report: Report,
    /// The files, in the order of `document.files`.
    pub paths: Vec<PathBuf>,
    /// Hashes of the files.
    pub sha256: Vec<String>,
    /// How many of the files are of this report; the others are last year's.
    pub own: usize,
    /// Acceptances of the run that fit nothing; with the last report only.
    pub stale: Vec<StaleAcceptance>,
}

impl Checkup {
    /// What the renderers draw from.
    pub fn view(&self) -> Checked<'_> {
        Checked {
            document: &self.document,
            statement: &self.statement,
            report: &self.report,
            sha256: &self.sha256,
            stale: &self.stale,
        }
    }

    /// Nothing of the report could be used.
    pub fn is_unreadable(&self) -> bool {
        let no_report = |issue: &Issue| issue.kind == IssueKind::NoBudgetReport;
        self.document.blocks.is_empty() || self.document.issues.iter().any(no_report)
    }
}

/// How a report is taken through the pipeline.
pub struct Way<'a> {
    /// Files and folders as given.
    pub given: &'a [PathBuf],
    /// How files make reports.
    pub grouping: Grouping,
    /// The user's own forms.
    pub forms: Option<&'a Path>,
    /// The files of last year's report.
    pub prior: &'a [PathBuf],
    /// How rules on trial are shown.
    pub options: Options,
}

impl<'a> Way<'a> {
    /// Files as they are read by who asks for nothing more.
    pub fn plain(given: &'a [PathBuf], grouping: Grouping, forms: Option<&'a Path>) -> Way<'a> {
        Way { given, grouping, forms, prior: &[], options: Options::default() }
    }
}

/// Takes every report of a run through the pipeline; issues that leave nothing to use go to stderr.
pub fn run(way: &Way<'_>, lang: Lang) -> anyhow::Result<Vec<Checkup>> {
    let reports = files::reports(way.given, way.grouping, lang)?;
    if reports.len() > 1 && !way.prior.is_empty() {
        return Err(Failure::PriorOfSeveral(reports.len()).into());
    }
    let forms = forms::load(way.forms)?;
    let progress = Progress::new(reports.len());
    let mut checkups = Vec::new();
    for (index, paths) in reports.iter().enumerate() {
        progress.begin(index, &paths[0]);
        let checkup = check_one(paths, way, &forms, lang)?;
        // Where nothing could be used, every issue may be the reason.
        let unread = checkup.document.issues.iter().any(|issue| issue.is_fatal()) || checkup.document.blocks.is_empty();
        for issue in checkup.document.issues.iter().filter(|issue| unread || issue.is_fatal()) {
            let path = checkup.document.files.get(usize::from(issue.file)).map_or("", |file| file.path.as_str());
            output::message(&format!("{path}: {}", issue.text(lang)));
        }
        checkups.push(checkup);
    }
    progress.end();
    Ok(checkups)
}

/// Checks a report that was just built, as anyone would who reads it.
pub fn check_built(built: &gouji_report::document::Document) -> anyhow::Result<Checkup> {
    let bytes = gouji_report::text::text(built).into_bytes();
    let path = format!("{}.txt", built.title);
    let hashes = vec![sha256(&bytes)];
    let document = gouji_read::read(vec![(path.clone(), bytes)], &Limits::default());
    judge(document, vec![PathBuf::from(path)], 1, hashes, &forms::load(None)?, &Options::default()).map_err(Into::into)
}

fn check_one(paths: &[PathBuf], way: &Way<'_>, forms: &Forms, lang: Lang) -> Result<Checkup, Failure> {
    let all = [paths, way.prior].concat();
    if all.len() > usize::from(FileId::MAX) {
        return Err(Failure::TooManyFiles(FileId::MAX.into()));
    }
    let (document, hashes) = read(&all, lang)?;
    judge(document, all, paths.len(), hashes, forms, &way.options)
}

/// Understands and checks what was read.
fn judge(
    mut document: Document,
    paths: Vec<PathBuf>,
    own: usize,
    sha256: Vec<String>,
    forms: &Forms,
    options: &Options,
) -> Result<Checkup, Failure> {
    let mut statement = Statement::default();
    let mut report = Report::default();
    if !document.blocks.is_empty() {
        if own < paths.len() {
            statement = gouji_understand::understand_with_prior(&mut document, own as FileId, forms);
            fits_prior(&statement)?;
        } else {
            statement = gouji_understand::understand(&document, forms);
        }
        document.issues.append(&mut statement.issues);
        if statement.facts.is_empty() && statement.claims.is_empty() {
            document.issues.push(Issue { file: 0, line: None, page: None, kind: IssueKind::NoBudgetReport });
        } else {
            report = gouji_check::check(&statement, options);
        }
    }
    Ok(Checkup { document, statement, report, paths, own, sha256, stale: Vec::new() })
}

/// Last year's report is that of the year before and of the same body.
fn fits_prior(statement: &Statement) -> Result<(), Failure> {
    let Some(prior) = &statement.prior else { return Ok(()) };
    let wanted = statement.subject.year.map(|year| year - 1);
    if wanted.is_none() || prior.subject.year != wanted {
        return Err(Failure::PriorYear(prior.subject.year, wanted));
    }
    let plain = |name: &String| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let names = |of: &Statement| of.subject.entity.iter().chain(&of.own_names).map(plain).collect::<Vec<String>>();
    let (own, other) = (names(statement), names(prior));
    // 中共某省委办公厅 calls itself 某省委办公厅, too.
    let alike = |one: &String, other: &String| one.ends_with(other.as_str()) || other.ends_with(one.as_str());
    let is_same = own.iter().any(|one| other.iter().any(|two| alike(one, two)));
    // A report that names no body may be of any.
    if is_same || own.is_empty() || other.is_empty() {
        return Ok(());
    }
    Err(Failure::PriorBody(own[0].clone(), other[0].clone()))
}

/// Reads the files of one report. One beyond the limit is refused by its size, unread; one of an
/// older program is converted first.
fn read(paths: &[PathBuf], lang: Lang) -> Result<(Document, Vec<String>), Failure> {
    let limits = Limits { is_over: patience::is_over, ..Limits::default() };
    let (mut contents, mut hashes, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (index, path) in paths.iter().enumerate() {
        let shown = path.display().to_string();
        let failed = |error| Failure::Unreadable(shown.clone(), error);
        let size = std::fs::metadata(path).map_err(failed)?.len();
        let mut refuse = |kind| refused.push((index as FileId, kind));
        if size > limits.bytes {
            refuse(IssueKind::FileTooLarge { bytes: size, limit: limits.bytes });
            hashes.push(String::new());
            contents.push((shown, Vec::new()));
            continue;
        }
        let mut bytes = std::fs::read(path).map_err(failed)?;
        hashes.push(sha256(&bytes));
        if let Some(format) = gouji_read::legacy_format(&bytes) {
            bytes = convert::to_docx(&bytes, format, limits.bytes, &shown, lang).unwrap_or_else(|kind| {
                refuse(kind);
                Vec::new()
            });
        }
        contents.push((shown, bytes));
    }
    // Conversions have a limit of their own.
    patience::begin();
    let mut document = gouji_read::read(contents, &limits);
    for (file, kind) in refused {
        // The reader was handed no bytes and says that the file is empty: this is the reason.
        document.issues.retain(|issue| issue.file != file);
        document.issues.push(Issue { file, line: None, page: None, kind });
    }
    document.issues.sort_by_key(|issue| (issue.file, issue.line));
    Ok((document, hashes))
}
