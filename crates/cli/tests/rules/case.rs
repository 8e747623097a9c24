//! The cases file beside a rule: small reports with the expectation written on the line.
//!
//! ```text
//! # fires
//!
//! ## name-of-the-case
//!
//! Prose says what is tried.
//! ```
//!
//! Then one block fenced with ```` ```text ````. Marks at the end of a line: `«SUM101»` or `«SUM101 warning»` is a
//! finding that begins on this line; `«= key»`, `«≈ key»`, `«? key»` is a family that holds, holds within rounding,
//! was not checked, wherever the mark stands.

use crate::road::{Run, rules_folder};
use gouji_check::Rule;
use gouji_model::{Finding, Verdict};
use std::path::{Path, PathBuf};

/// The cases of one rule.
pub struct CasesFile {
    pub rule: &'static Rule,
    pub path: PathBuf,
    pub cases: Vec<Case>,
}

/// One small report with what is expected of it.
pub struct Case {
    pub name: String,
    pub section: Section,
    /// The report without its marks.
    pub text: String,
    marks: Vec<Mark>,
}

/// What kind of case it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Fires,
    Silent,
    Border,
    Regression,
}

enum Mark {
    Finding { line: u32, code: String, level: Option<String> },
    Family { key: String, verdict: Verdict },
}

impl CasesFile {
    /// Every cases file of the project, by path.
    pub fn all() -> Vec<CasesFile> {
        let folders = std::fs::read_dir(rules_folder()).expect("the rules are there").flatten();
        let groups = folders.map(|entry| entry.path()).filter(|path| path.is_dir());
        let files = groups.flat_map(|group| std::fs::read_dir(group).expect("a group is a folder").flatten());
        let mut paths: Vec<PathBuf> = files.map(|entry| entry.path()).filter(|path| is_cases(path)).collect();
        paths.sort();
        paths.iter().map(|path| CasesFile::read(path)).collect()
    }

    fn read(path: &Path) -> CasesFile {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let stem = stem(path);
        let name = stem.replace('_', "-");
        let rule = gouji_check::rules().iter().find(|rule| rule.name == name).copied();
        let rule = rule.unwrap_or_else(|| panic!("{}: there is no rule {name}", path.display()));
        CasesFile { rule, path: path.to_owned(), cases: parse(path, &text) }
    }

    /// The name that the three files of a rule share.
    pub fn stem(&self) -> String {
        stem(&self.path)
    }
}

fn is_cases(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.ends_with(".cases.md"))
}

fn stem(path: &Path) -> String {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.trim_end_matches(".cases.md").to_owned()
}

fn parse(path: &Path, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut section = None;
    let mut fence: Option<Vec<&str>> = None;
    for (at, line) in text.lines().enumerate() {
        let here = || format!("{}:{}", path.display(), at + 1);
        if let Some(body) = &mut fence {
            if line == "```" {
                let case = cases.last_mut().unwrap_or_else(|| panic!("{}: a block before the first case", here()));
                assert!(case.text.is_empty(), "{}: {} has a second block", here(), case.name);
                (case.text, case.marks) = read_marks(body, &here());
                fence = None;
            } else {
                body.push(line);
            }
        } else if line == "```text" {
            fence = Some(Vec::new());
        } else if let Some(name) = line.strip_prefix("## ") {
            let section = section.unwrap_or_else(|| panic!("{}: a case before the first section", here()));
            cases.push(Case { name: name.trim().into(), section, text: String::new(), marks: Vec::new() });
        } else if let Some(word) = line.strip_prefix("# ") {
            section = Some(Section::from_word(word.trim()).unwrap_or_else(|| panic!("{}: no section {word}", here())));
        }
    }
    assert!(fence.is_none(), "{}: the last block has no end", path.display());
    for case in &cases {
        assert!(!case.text.is_empty(), "{}: {} has no block fenced with ```text", path.display(), case.name);
    }
    cases
}

/// Takes the marks off the ends of the lines; blanks before a mark go, tabs stay.
fn read_marks(lines: &[&str], here: &str) -> (String, Vec<Mark>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for (at, line) in lines.iter().enumerate() {
        let mut rest = *line;
        while let Some(before) = rest.strip_suffix('»') {
            let start = before.rfind('«').unwrap_or_else(|| panic!("{here}: a mark without a beginning: {line}"));
            marks.push(Mark::read(&before[start + '«'.len_utf8()..], at as u32 + 1));
            rest = before[..start].trim_end_matches(' ');
        }
        text.push_str(rest);
        text.push('\n');
    }
    (text, marks)
}

impl Mark {
    fn read(words: &str, line: u32) -> Mark {
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        let family = |verdict| Mark::Family { key: rest.trim().to_owned(), verdict };
        match first {
            "=" => family(Verdict::Holds),
            "≈" => family(Verdict::Rounding),
            "?" => family(Verdict::NotChecked),
            code => {
                let level = (!rest.is_empty()).then(|| rest.trim().to_owned());
                Mark::Finding { line, code: code.to_owned(), level }
            }
        }
    }
}

impl Section {
    fn from_word(word: &str) -> Option<Section> {
        [Section::Fires, Section::Silent, Section::Border, Section::Regression]
            .into_iter()
            .find(|section| section.word() == word)
    }

    pub fn word(self) -> &'static str {
        match self {
            Section::Fires => "fires",
            Section::Silent => "silent",
            Section::Border => "border",
            Section::Regression => "regression",
        }
    }
}

impl Case {
    pub fn run(&self) -> Run {
        Run::of(&format!("{}.txt", self.name), &self.text)
    }

    /// How many findings of a rule the case is marked with.
    pub fn marks_of(&self, code: &str) -> usize {
        self.marks.iter().filter(|mark| matches!(mark, Mark::Finding { code: marked, .. } if marked == code)).count()
    }

    /// What is not as marked, with all findings of the report; nothing when all is.
    pub fn fault(&self, code: &str) -> Option<String> {
        let run = self.run();
        let mut faults: Vec<String> = self.marks.iter().filter_map(|mark| self.unmet(mark, &run, code)).collect();
        for finding in run.report.findings.iter().filter(|finding| finding.code == code) {
            let line = run.line(finding);
            if self.marked(line, code).count() == 0 {
                faults.push(format!("  not marked: {}", run.told(finding)));
            }
        }
        let all = run.report.findings.iter().map(|finding| format!("    {}", run.told(finding)));
        (!faults.is_empty()).then(|| {
            format!(
                "{code} {}\n{}\n  all findings:\n{}",
                self.name,
                faults.join("\n"),
                all.collect::<Vec<_>>().join("\n")
            )
        })
    }

    fn marked<'a>(&'a self, at: u32, wanted: &'a str) -> impl Iterator<Item = &'a Mark> {
        let fits =
            move |mark: &&Mark| matches!(mark, Mark::Finding { line, code, .. } if *line == at && code == wanted);
        self.marks.iter().filter(fits)
    }

    fn unmet(&self, mark: &Mark, run: &Run, own: &str) -> Option<String> {
        match mark {
            Mark::Finding { line, code, level } => {
                let here = |finding: &&Finding| finding.code == code && run.line(finding) == *line;
                let found: Vec<&Finding> = run.report.findings.iter().filter(here).collect();
                let fits = |finding: &&&Finding| level.as_ref().is_none_or(|level| finding.level.word() == level);
                let (fitting, marked) = (found.iter().filter(fits).count(), self.marked(*line, code).count());
                let shown = level.as_deref().map_or(String::new(), |level| format!(" {level}"));
                if fitting == 0 {
                    Some(format!("  line {line}: no finding «{code}{shown}»"))
                } else if code == own && found.len() != marked {
                    Some(format!("  line {line}: {} findings of {code}, {marked} marked", found.len()))
                } else {
                    None
                }
            }
            Mark::Family { key, verdict } => {
                let families: Vec<_> = run.report.relations.iter().filter(|relation| relation.key == *key).collect();
                let wrong = families.iter().find(|relation| relation.verdict != *verdict);
                match (families.first(), wrong) {
                    (None, _) => Some(format!("  no family {key}")),
                    (_, Some(other)) => Some(format!("  family {key} is {}", other.verdict.word())),
                    _ => None,
                }
            }
        }
    }
}
