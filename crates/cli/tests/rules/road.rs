//! The whole way from a text to its findings.

use gouji_check::{Options, Report};
use gouji_explain::{Checked, sha256};
use gouji_model::{Finding, Lang};
use gouji_read::{Document, Limits};
use gouji_understand::{Forms, Statement};
use std::path::PathBuf;
use std::sync::OnceLock;

/// The line after which last year's report stands.
const PRIOR: &str = "━━━ 上年的报告 ━━━\n";

/// A report that has gone the whole way.
pub struct Run {
    pub document: Document,
    pub statement: Statement,
    pub report: Report,
    sha256: Vec<String>,
}

impl Run {
    /// Takes a text the whole way under the given name.
    pub fn of(name: &str, text: &str) -> Run {
        let Some((own, prior)) = text.split_once(PRIOR) else { return Run::alone(name, text) };
        let files = [(name, own), ("上年.txt", prior)].map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let mut document = gouji_read::read(files.into(), &Limits::default());
        let statement = gouji_understand::understand_with_prior(&mut document, 1, forms());
        let report = gouji_check::check(&statement, &Options::default());
        Run { document, statement, report, sha256: [own, prior].map(|text| sha256(text.as_bytes())).into() }
    }

    fn alone(name: &str, text: &str) -> Run {
        let document = gouji_read::read(vec![(name.to_owned(), text.as_bytes().to_vec())], &Limits::default());
        let statement = gouji_understand::understand(&document, forms());
        let report = gouji_check::check(&statement, &Options::default());
        Run { document, statement, report, sha256: vec![sha256(text.as_bytes())] }
    }

    /// The line on which a finding begins, 0 when it has no place.
    pub fn line(&self, finding: &Finding) -> u32 {
        let span = finding.check.terms.iter().find_map(|term| term.span);
        span.map_or(0, |span| self.document.locate(span).line)
    }

    /// A finding on one line, for messages of tests.
    pub fn told(&self, finding: &Finding) -> String {
        let message = wording(finding, Lang::Zh).message;
        let (line, level) = (self.line(finding), finding.level.word());
        format!("line {line}: {} {level} {}: {message}", finding.code, finding.check.key)
    }

    /// What the renderers draw from, with another report in place of the own one.
    pub fn checked<'a>(&'a self, report: &'a Report) -> Checked<'a> {
        Checked { document: &self.document, statement: &self.statement, report, sha256: &self.sha256, stale: &[] }
    }
}

/// The common forms and words.
pub fn forms() -> &'static Forms {
    static FORMS: OnceLock<Forms> = OnceLock::new();
    FORMS.get_or_init(Forms::standard)
}

/// What a rule says about its finding.
pub fn wording(finding: &Finding, lang: Lang) -> gouji_model::Wording {
    let rule = gouji_check::rules().iter().find(|rule| rule.code == finding.code);
    (rule.expect("a finding has the code of a rule").say)(&finding.check, lang)
}

/// The folder of the rules.
pub fn rules_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../check/src/rules")
}

/// A report kept for tests.
pub fn data(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
