//! `xtask/data/wanli-cells.toml`: who is right where the parsed tables and `read` differ.

use super::rows::{Difference, folded};
use crate::tree;
use anyhow::{Context, bail};

/// The side that prints what the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The table that somebody else parsed.
    Parsed,
    /// `read`.
    Read,
    /// The page can be taken both ways.
    Both,
}

impl Side {
    pub fn word(self) -> &'static str {
        match self {
            Side::Parsed => "the parsed table is right",
            Side::Read => "read is right",
            Side::Both => "both say what the page shows",
        }
    }
}

/// One decision: it fits all differences of a table that look alike.
pub(super) struct Decision {
    table: String,
    parsed: String,
    read: String,
    pub right: Side,
    pub reason: String,
}

impl Decision {
    /// Both texts are the ones decided on; `*` stands for any.
    pub fn fits(&self, table: &str, difference: &Difference) -> bool {
        let same = |decided: &str, text: &str| decided == "*" || folded(decided) == text;
        same(&self.table, table) && same(&self.parsed, &difference.parsed) && same(&self.read, &difference.read)
    }
}

/// Reads the list.
pub(super) fn read() -> anyhow::Result<Vec<Decision>> {
    let path = tree::root().join("xtask/data/wanli-cells.toml");
    let content = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let table: toml::Table = toml::from_str(&content)?;
    let entries = table.get("difference").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    entries.iter().map(decision).collect()
}

fn decision(entry: &toml::Value) -> anyhow::Result<Decision> {
    let field = |name: &str| {
        let text = entry.get(name).and_then(toml::Value::as_str).map(str::to_owned);
        text.with_context(|| format!("a decision lacks `{name}`: {entry}"))
    };
    let right = match field("right")?.as_str() {
        "parsed" => Side::Parsed,
        "read" => Side::Read,
        "both" => Side::Both,
        other => bail!("no side `{other}`; write parsed, read or both"),
    };
    Ok(Decision {
        table: field("table")?,
        parsed: field("parsed")?,
        read: field("read")?,
        right,
        reason: field("reason")?,
    })
}
