//! The truth list: what careful reading found in a report, line by line.

use anyhow::{Context, bail};
use gouji_model::Level;
use serde_json::Value;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// One fault of the list.
pub(super) struct Line {
    /// The report, as a path below the corpus.
    pub doc: String,
    /// Its name in the list: `L01`.
    pub id: String,
    /// The page, where the format has pages.
    pub page: Option<u64>,
    /// The least level a finding must have.
    pub level: Level,
    /// Words that must stand in the quote of one of its places, folded.
    pub words: String,
    /// What is wrong.
    pub what: String,
    /// The first line of the same cause, itself where there is none.
    pub cause: String,
}

/// Two printings that differ by rounding only.
pub(super) struct Quiet {
    /// The report.
    pub doc: String,
    /// The figures of both printings.
    pub figures: Vec<String>,
    /// How the list calls the pair.
    pub name: String,
}

impl Line {
    /// The line speaks of this file, or of another printing of the same report.
    pub(super) fn is_of(&self, doc: &str) -> bool {
        is_of(&self.doc, doc)
    }
}

/// The list names the file, or the text that was taken from it.
pub(super) fn is_of(listed: &str, doc: &str) -> bool {
    listed == doc || listed.strip_suffix(".txt").is_some_and(|stem| doc.strip_suffix(".pdf") == Some(stem))
}

/// Reads `truth.jsonl`.
pub(super) fn read_lines(path: &Path) -> anyhow::Result<Vec<Line>> {
    let mut lines: Vec<Line> = Vec::new();
    for value in read_values(path)? {
        let what = text(&value, "what")?;
        let id = text(&value, "id")?;
        // "same cause as L01" may itself name a line that follows another.
        let named = what
            .split("same cause as ")
            .nth(1)
            .map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect());
        let first = |name: &String| lines.iter().find(|line| line.id == *name).map(|line| line.cause.clone());
        let cause = named.as_ref().and_then(first).unwrap_or_else(|| id.clone());
        let level = match text(&value, "level")?.as_str() {
            "error" => Level::Error,
            "warn" => Level::Warning,
            "info" => Level::Info,
            other => bail!("{}: line {id}: no level `{other}`; write error, warn or info", path.display()),
        };
        let page = value.get("page").and_then(Value::as_u64);
        let words = folded(&text(&value, "match")?);
        lines.push(Line { doc: text(&value, "doc")?, id, page, level, words, what, cause });
    }
    Ok(lines)
}

/// Reads `quiet.jsonl`, which stands beside the truth list.
pub(super) fn read_quiet(path: &Path) -> anyhow::Result<Vec<Quiet>> {
    let mut pairs = Vec::new();
    if !path.exists() {
        return Ok(pairs);
    }
    for value in read_values(path)? {
        let (shown, other) = (text(&value, "shown")?, text(&value, "other")?);
        let figures = numbers(&shown).into_iter().chain(numbers(&other)).collect();
        pairs.push(Quiet { doc: text(&value, "doc")?, figures, name: format!("{shown} / {other}") });
    }
    Ok(pairs)
}

fn read_values(path: &Path) -> anyhow::Result<Vec<Value>> {
    let content = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let full = content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    full.map(|(at, line)| serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), at + 1)))
        .collect()
}

fn text(value: &Value, field: &str) -> anyhow::Result<String> {
    let found = value.get(field).and_then(Value::as_str).map(str::to_owned);
    found.with_context(|| format!("a line has no text `{field}`: {value}"))
}

/// NFKC without white space, as both sides of a match are compared.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|character| !character.is_whitespace()).collect()
}

/// The numbers in a text, without separators.
fn numbers(text: &str) -> Vec<String> {
    let plain: String = text.chars().filter(|character| *character != ',').collect();
    let parts = plain.split(|character: char| !character.is_ascii_digit() && character != '.');
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_blanks_do_not_count() {
        assert_eq!(folded("共 ８ 个，见（表三）"), "共8个,见(表三)");
    }

    #[test]
    fn figures_of_a_pair_lose_their_separators() {
        assert_eq!(numbers("1,211 + 665"), ["1211", "665"]);
        assert_eq!(numbers("减少 2 万元"), ["2"]);
    }
}
