//! The unit of extension: rule files and their cases.

use super::{Counts, ratio};
use crate::source::{LineKind, Source};
use crate::tree::Tree;

/// Where the rules live.
pub(super) const FOLDER: &str = "crates/check/src/rules/";

/// What a heading says of a case that must fire, and of one that must stay silent.
const FIRES: &[&str] = &["fires", "fire"];
const STAYS_SILENT: &[&str] = &["silent"];

/// What block 2 asks of the rules.
pub(super) struct Rules {
    /// Lines per rule file, inline tests left out.
    pub lines: Counts,
    /// Doc lines per rule file.
    pub doc_lines: Counts,
    /// Cases per rule.
    pub cases: Counts,
    /// The rules that do not show both halves.
    pub without_both_halves: Vec<String>,
}

impl Rules {
    pub(super) fn of(tree: &Tree) -> Self {
        let rules: Vec<&Source> = tree.sources.iter().filter(|source| is_rule(tree, source)).collect();
        let cases = |rule: &Source| tree.texts.get(&cases_path(rule)).map_or("", String::as_str);
        let doc_lines = |rule: &&Source| rule.code_lines().filter(|line| line.kind() == LineKind::Doc).count();
        Self {
            lines: Counts::of(rules.iter().map(|rule| rule.code_lines().count())),
            doc_lines: Counts::of(rules.iter().map(doc_lines)),
            cases: Counts::of(rules.iter().map(|rule| headings(cases(rule), "## ").count())),
            without_both_halves: rules
                .iter()
                .filter(|rule| !shows_both_halves(cases(rule)))
                .map(|rule| rule.path.clone())
                .collect(),
        }
    }

    pub(super) fn share_with_both_halves(&self) -> Option<f64> {
        let all = self.lines.0.len();
        ratio(all - self.without_both_halves.len(), all)
    }
}

/// A rule has cases beside it, or stands in a group and names a public code; helpers do neither.
fn is_rule(tree: &Tree, source: &Source) -> bool {
    let Some(inside) = source.path.strip_prefix(FOLDER) else { return false };
    let names_code = || source.tokens.iter().any(|token| is_code(&token.text) && !source.in_test(token.line));
    let is_in_group = inside.contains('/') && !inside.ends_with("/mod.rs");
    tree.texts.contains_key(&cases_path(source)) || (is_in_group && names_code())
}

fn cases_path(rule: &Source) -> String {
    format!("{}.cases.md", rule.path.trim_end_matches(".rs"))
}

/// Whether a token is a public code in quotes: three letters, three digits.
fn is_code(token: &str) -> bool {
    let Some(text) = token.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else { return false };
    let bytes = text.as_bytes();
    bytes.len() == 6 && bytes[..3].iter().all(u8::is_ascii_uppercase) && bytes[3..].iter().all(u8::is_ascii_digit)
}

fn shows_both_halves(cases: &str) -> bool {
    let says = |words: &[&str]| headings(cases, "#").any(|heading| has_word(heading, words));
    says(FIRES) && says(STAYS_SILENT)
}

fn headings<'text>(text: &'text str, start: &'static str) -> impl Iterator<Item = &'text str> {
    text.lines().filter(move |line| line.starts_with(start))
}

fn has_word(heading: &str, words: &[&str]) -> bool {
    heading.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    const CASES: &str = "# SUM101\n\n## fires: one more\n\n## stays silent: equal\n\n## border: half a unit\n";

    #[test]
    fn rules_are_told_from_helpers() {
        let rules = Rules::of(&sample(&[
            ("crates/check/src/rules/totals/mismatched_total.rs", "//! Doc.\n//! Doc.\nfn a() {}\n"),
            ("crates/check/src/rules/totals/mismatched_total.cases.md", CASES),
            ("crates/check/src/rules/totals/missing_total.rs", "const CODE: &str = \"SUM102\";\n"),
            ("crates/check/src/rules/totals/helper.rs", "fn a() {}\n"),
            ("crates/check/src/rules/mod.rs", "const ALL: &str = \"SUM102\";\n"),
        ]));
        assert_eq!((rules.lines.0, rules.doc_lines.0), (vec![1, 3], vec![0, 2]));
        assert_eq!(rules.cases.0, [0, 3]);
        assert_eq!(rules.without_both_halves, ["crates/check/src/rules/totals/missing_total.rs"]);
    }

    #[test]
    fn both_halves_may_be_headings_of_groups() {
        assert!(shows_both_halves("# Fires\n## a\n# Stays silent\n## b\n"));
        assert!(!shows_both_halves("## fires: a\n## border: b\nsilent\n"));
    }
}
