//! The acceptance file: findings a person has looked at and keeps, with the reason.

use crate::failure::Failure;
use crate::pipeline::Checkup;
use gouji_explain::{StaleAcceptance, quote_sha256, sha256};
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One entry of the file.
#[derive(Debug)]
pub struct Acceptance {
    path: String,
    line: usize,
    code: String,
    relation: String,
    quote_sha256: String,
    reason: String,
}

/// A fault: where, and what in Chinese and English.
type Fault = (String, usize, [String; 2]);

/// The keys an entry has; one of the two quotes is enough.
const KEYS: [&str; 7] = ["code", "relation", "quote", "quote_sha256", "reason", "who", "date"];

/// Reads an acceptance file; all its faults are reported at once.
pub fn load(path: &Path) -> Result<Vec<Acceptance>, Failure> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::Missing(shown.clone()),
        _ => Failure::Unreadable(shown.clone(), error),
    })?;
    parse(&shown, &text).map_err(Failure::Faults)
}

/// Marks the findings that entries fit; entries that fit none are handed to the last report.
pub fn apply(acceptances: &[Acceptance], checkups: &mut [Checkup]) {
    let mut used = vec![false; acceptances.len()];
    for checkup in checkups.iter_mut() {
        for finding in &mut checkup.report.findings {
            let candidates = acceptances.iter().zip(&mut used);
            let mut fits =
                candidates.filter(|(entry, _)| entry.code == finding.code && entry.relation == finding.check.key);
            let hash = || quote_sha256(&checkup.document, &checkup.statement, finding);
            if let Some((entry, used)) = fits.find(|(entry, _)| entry.quote_sha256 == hash()) {
                *used = true;
                finding.accepted = Some(entry.reason.clone());
            }
        }
    }
    let Some(last) = checkups.last_mut() else { return };
    let stale = acceptances.iter().zip(used).filter(|(_, used)| !used);
    last.stale = stale
        .map(|(entry, _)| StaleAcceptance {
            path: entry.path.clone(),
            line: entry.line,
            code: entry.code.clone(),
            relation: entry.relation.clone(),
        })
        .collect();
}

fn parse(path: &str, text: &str) -> Result<Vec<Acceptance>, Vec<Fault>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut source = Source { path, text, faults: Vec::new() };
    for error in errors {
        let at = error.span().unwrap_or_default();
        let message = error.message().to_string();
        source.fault(at, format!("不是合格的 TOML：{message}"), format!("not valid TOML: {message}"));
    }
    // In a file that is no TOML anything else would be a guess.
    if !source.faults.is_empty() {
        return Err(source.faults);
    }
    let mut entries = Vec::new();
    for (key, value) in root.get_ref() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("accept", DeValue::Array(array)) => {
                entries.extend(array.iter().filter_map(|entry| source.entry(entry)));
            }
            ("accept", _) => source.fault(value.span(), "应写作 [[accept]]".into(), "write [[accept]]".into()),
            (other, _) => source.fault(
                key.span(),
                format!("没有 {other} 这一项；每条记录以 [[accept]] 开头"),
                format!("there is no {other}; every entry begins with [[accept]]"),
            ),
        }
    }
    if source.faults.is_empty() {
        return Ok(entries);
    }
    source.faults.sort();
    source.faults.dedup();
    Err(source.faults)
}

/// The file as it is read, with the faults found so far.
struct Source<'a> {
    path: &'a str,
    text: &'a str,
    faults: Vec<Fault>,
}

impl Source<'_> {
    fn line(&self, at: usize) -> usize {
        self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
    }

    fn fault(&mut self, at: Range<usize>, chinese: String, english: String) {
        self.faults.push((self.path.to_string(), self.line(at.start), [chinese, english]));
    }

    /// One `[[accept]]`, unless something is wrong with it.
    fn entry(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Acceptance> {
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(value.span(), "应写作 [[accept]]".into(), "write [[accept]]".into());
            return None;
        };
        let before = self.faults.len();
        for key in table.keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref())) {
            let (name, all) = (key.get_ref(), KEYS);
            self.fault(
                key.span(),
                format!("没有 {name} 这一项；可写的有 {}", all.join("、")),
                format!("there is no key {name}; the keys are {}", all.join(", ")),
            );
        }
        let at = value.span();
        let mut text = |key: &str| self.text_of(table, key, &at);
        let (code, relation, reason) = (text("code"), text("relation"), text("reason"));
        let (_who, _date) = (text("who"), text("date"));
        let quote_sha256 = self.quote_of(table, &at);
        if self.faults.len() > before {
            return None;
        }
        let (path, line) = (self.path.to_string(), self.line(at.start));
        Some(Acceptance { path, line, code, relation, quote_sha256, reason })
    }

    /// The text of a key that must be there.
    fn text_of(&mut self, table: &DeTable<'_>, key: &str, at: &Range<usize>) -> String {
        match table.get(key).map(|value| (value.span(), value.get_ref())) {
            Some((_, DeValue::String(text))) if !text.trim().is_empty() => text.to_string(),
            // A date may be written without quotation marks.
            Some((_, DeValue::Datetime(date))) if key == "date" => date.to_string(),
            Some((span, _)) => {
                self.fault(span, format!("{key} 要写文字"), format!("{key} must be a text"));
                String::new()
            }
            None => {
                self.fault(at.clone(), format!("缺少 {key}"), format!("{key} is missing"));
                String::new()
            }
        }
    }

    /// The hash, as given or of the quote as given.
    fn quote_of(&mut self, table: &DeTable<'_>, at: &Range<usize>) -> String {
        match (table.contains_key("quote"), table.contains_key("quote_sha256")) {
            (true, false) => sha256(self.text_of(table, "quote", at).as_bytes()),
            (false, true) => self.text_of(table, "quote_sha256", at).to_ascii_lowercase(),
            _ => {
                self.fault(
                    at.clone(),
                    "quote 和 quote_sha256 要写一个，也只写一个".into(),
                    "write one of quote and quote_sha256, and not both".into(),
                );
                String::new()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_and_its_hash_are_the_same() {
        let entry = "[[accept]]\ncode='A'\nrelation='r'\nreason='x'\nwho='y'\ndate=2026-01-15\n";
        let by_quote = parse("f", &format!("{entry}quote='abc'\n")).unwrap();
        let by_hash = parse("f", &format!("\n{entry}quote_sha256='{}'\n", sha256(b"abc").to_uppercase())).unwrap();
        assert_eq!(by_quote[0].quote_sha256, by_hash[0].quote_sha256);
        assert_eq!((by_quote[0].line, by_hash[0].line), (1, 2));
    }

    #[test]
    fn all_faults_are_reported_with_their_lines() {
        let text =
            "colour = 1\n\n[[accept]]\ncode = 5\nrelation = \"r\"\nquote = \"a\"\nquote_sha256 = \"b\"\nsize = 1\n";
        let faults = parse("f.toml", text).unwrap_err();
        let lines: Vec<usize> = faults.iter().map(|(_, line, _)| *line).collect();
        assert_eq!(lines, [1, 3, 3, 3, 3, 4, 8], "{faults:#?}");
        assert!(faults.iter().all(|(path, _, text)| path == "f.toml" && !text[0].is_empty() && !text[1].is_empty()));
    }

    #[test]
    fn broken_toml_is_a_fault_with_its_line() {
        let faults = parse("f.toml", "[[accept]]\ncode = \n").unwrap_err();
        assert_eq!(faults[0].1, 2, "{faults:?}");
    }
}
