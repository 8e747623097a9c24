//! The claims that careful reading lists, each with whether one report can decide it, against
//! what was changed and what was not checked.

use super::bench::Bench;
use super::prose::{Prose, place};
use anyhow::Context;
use gouji_understand::{Claim, ClaimKind, Statement};
use regex::Regex;

const LIST: &str = include_str!("../../data/prose-claims.toml");

/// A row of the list.
struct Row {
    name: String,
    /// `table`, `prose`: one report decides it; `prior`, `outside`: it does not.
    basis: String,
    /// Fits the label of a claim.
    pattern: Regex,
    /// How many claims it fits, at least.
    least: usize,
}

/// Compares the list with what was done, prints it, and returns the rows that do not agree.
pub(super) fn compare(bench: &Bench, prose: &Prose, show: bool) -> anyhow::Result<Vec<String>> {
    let statement = &bench.run.statement;
    let labels: Vec<(usize, String)> = statement
        .claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| !matches!(claim.kind, ClaimKind::Names(_) | ClaimKind::Citation(_)))
        .map(|(at, claim)| (at, label(bench, statement, claim)))
        .collect();
    let (mut faults, mut taken) = (Vec::new(), Vec::new());
    for row in rows()? {
        let fitting: Vec<usize> =
            labels.iter().filter(|(_, label)| row.pattern.is_match(label)).map(|(at, _)| *at).collect();
        let decidable = ["table", "prose"].contains(&row.basis.as_str());
        let among =
            if decidable { &prose.changed } else { &prose.unchecked.iter().map(|(at, _)| *at).collect::<Vec<_>>() };
        let strays: Vec<usize> = fitting.iter().copied().filter(|at| !among.contains(at)).collect();
        let verdict = match (fitting.len() < row.least, strays.is_empty()) {
            (true, _) => format!("{} claims, {} wanted", fitting.len(), row.least),
            (false, true) => "as listed".to_owned(),
            (false, false) if decidable => "NOT CHECKED".to_owned(),
            (false, false) => "checked, though listed as not decidable".to_owned(),
        };
        println!("  {} | {} | {} claims | {verdict}", row.name, row.basis, fitting.len());
        if verdict != "as listed" && (decidable || fitting.len() < row.least) {
            let places: Vec<String> = strays.iter().map(|at| place(bench, *at)).collect();
            faults.push(format!("{}: {verdict}: {}", row.name, places.join("; ")));
        }
        taken.extend(fitting);
    }
    for (at, label) in labels.iter().filter(|(at, _)| !taken.contains(at)) {
        println!("  in no row of the list: {} [{label}]", place(bench, *at));
    }
    if show {
        labels.iter().for_each(|(_, label)| println!("  label: {label}"));
    }
    Ok(faults)
}

/// The list is of this report.
pub(super) fn is_of(path: &str) -> anyhow::Result<bool> {
    let table: toml::Table = toml::from_str(LIST)?;
    let report = table.get("report").and_then(toml::Value::as_str).context("the list of claims names no report")?;
    Ok(path.ends_with(report))
}

fn rows() -> anyhow::Result<Vec<Row>> {
    let table: toml::Table = toml::from_str(LIST)?;
    let rows = table.get("row").and_then(toml::Value::as_array).context("the list of claims has no row")?;
    let read = |row: &toml::Value| {
        let field = |name: &str| {
            let text = row.get(name).and_then(toml::Value::as_str).map(str::to_owned);
            text.with_context(|| format!("a row of the list of claims lacks `{name}`: {row}"))
        };
        let least = row.get("claims").and_then(toml::Value::as_integer).and_then(|count| usize::try_from(count).ok());
        Ok(Row {
            name: field("name")?,
            basis: field("basis")?,
            pattern: Regex::new(&field("label")?)?,
            least: least.unwrap_or(1),
        })
    };
    rows.iter().map(read).collect()
}

/// Heading, kind, coordinates and words of a claim, blanks taken out.
fn label(bench: &Bench, statement: &Statement, claim: &Claim) -> String {
    let heading = statement.sentences[claim.sentence].heading.map_or("", |at| statement.headings[at].bare.as_str());
    let kind = match claim.kind {
        ClaimKind::Amount(_) => "amount",
        ClaimKind::Count { .. } => "count",
        ClaimKind::Change { .. } => "change",
        ClaimKind::Growth { .. } => "growth",
        ClaimKind::Share(_) => "share",
        ClaimKind::Unchanged { .. } => "unchanged",
        ClaimKind::Nothing => "none",
        ClaimKind::Completion(_) => "completion",
        ClaimKind::Weighed(_) => "comparison",
        ClaimKind::Names(_) | ClaimKind::Citation(_) => "words",
    };
    let about = claim.at.as_ref().map_or("?".to_owned(), ToString::to_string);
    let words: String = bench.run.document.slice(claim.span).split_whitespace().collect();
    format!("{heading}｜{kind}｜{about}｜{words}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_read() {
        let rows = rows().unwrap();
        assert!(rows.iter().all(|row| ["table", "prose", "prior", "outside"].contains(&row.basis.as_str())));
        assert!(rows.len() > 40);
    }
}
