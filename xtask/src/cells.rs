//! `cargo xtask cells [--list]`: nine tables that somebody else parsed, against the same PDF as read.
//!
//! Rows are matched in order, then cell by cell. Each difference must be decided by somebody who
//! looked at the page: `xtask/data/wanli-cells.toml` names the side that is right, and why.

mod decisions;
mod items;
mod rows;

use crate::corpus;
use crate::score::road::Road;
use anyhow::{Context, bail, ensure};
use decisions::{Decision, Side};
use gouji_read::{Block, Document, Table};
use rows::{Difference, differences};
use serde_json::Value;
use std::path::Path;

/// The report whose tables were parsed.
const REPORT: &str = "shanghai/putuo-wanli-2024-budget";

/// Prints every difference with the side that is right; fails when one is undecided or `read` is wrong.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let list = match args {
        [] => false,
        [flag] if flag == "--list" => true,
        _ => bail!("there is --list only: print the matched rows too"),
    };
    let folder = corpus::usual_folder();
    let pdf = folder.join(format!("{REPORT}.pdf"));
    let bytes = std::fs::read(&pdf).with_context(|| pdf.display().to_string())?;
    let document = Road::new().walk(REPORT, bytes).document;
    let value = parsed_value(&folder.join(format!("{REPORT}.tables.json")))?;
    let parsed = parsed_tables(&value)?;
    let decisions = decisions::read()?;
    let (mut cells, mut open, mut wrong, mut used) = (0, 0, 0, vec![false; decisions.len()]);
    for table in &parsed {
        let read = read_rows(&document, &table.pages);
        let (same, found) = differences(&table.rows, &read, list);
        cells += same;
        let (lines, misplaced) = items::misplaced(&value, &table.key, &read);
        println!("{} (pages {:?}): {same} cells the same, {} different", table.title, table.pages, found.len());
        println!("  {} of {lines} named lines have every part in its column", lines - misplaced.len());
        misplaced.iter().for_each(|line| println!("  NOT IN ITS COLUMNS {line}"));
        wrong += misplaced.len();
        for difference in found {
            let at = decisions.iter().position(|decision| decision.fits(&table.key, &difference));
            at.into_iter().for_each(|at| used[at] = true);
            let decision = at.map(|at| &decisions[at]);
            print_difference(&difference, decision);
            open += usize::from(decision.is_none());
            wrong += usize::from(decision.is_some_and(|decision| decision.right == Side::Parsed));
        }
    }
    let stale = used.iter().filter(|used| !**used).count();
    println!("{cells} cells the same");
    ensure!(
        open + wrong + stale == 0,
        "{open} differences undecided, {wrong} where read is wrong, {stale} decisions that fit nothing"
    );
    Ok(())
}

fn print_difference(difference: &Difference, decision: Option<&Decision>) {
    let verdict = match decision {
        None => "UNDECIDED".to_owned(),
        Some(decision) => format!("{}: {}", decision.right.word(), decision.reason),
    };
    println!("  {difference} — {verdict}");
}

/// A table as somebody else parsed it.
struct Parsed {
    key: String,
    title: String,
    pages: Vec<u32>,
    rows: Vec<Vec<String>>,
}

fn parsed_value(path: &Path) -> anyhow::Result<Value> {
    let content = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&content).with_context(|| path.display().to_string())
}

fn parsed_tables(value: &Value) -> anyhow::Result<Vec<Parsed>> {
    let tables = value.get("tables").and_then(Value::as_array).context("no tables")?;
    let text = |table: &Value, field: &str| table.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let cell = |cell: &Value| rows::folded(cell.as_str().unwrap_or_default());
    let row = |row: &Value| row.as_array().map_or_else(Vec::new, |cells| cells.iter().map(cell).collect());
    let parsed = tables.iter().map(|table| Parsed {
        key: text(table, "table_key"),
        title: text(table, "table_title"),
        pages: text(table, "page_numbers").trim_matches(['{', '}']).split(',').flat_map(str::parse).collect(),
        rows: table
            .get("data_json")
            .and_then(Value::as_array)
            .map_or_else(Vec::new, |rows| rows.iter().map(row).collect()),
    });
    Ok(parsed.collect())
}

/// The rows of all tables that stand on some pages, in order.
fn read_rows(document: &Document, pages: &[u32]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        if page_of(document, table).is_some_and(|page| pages.contains(&page)) {
            let texts =
                table.rows.iter().map(|row| row.cells.iter().map(|cell| rows::folded(document.slice(*cell))).collect());
            rows.extend(texts);
        }
    }
    rows
}

fn page_of(document: &Document, table: &Table) -> Option<u32> {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    cells.filter(|cell| cell.start < cell.end).find_map(|cell| document.locate(*cell).page)
}

#[cfg(test)]
mod tests {
    /// The whole verb takes a second; without the shared reports there is nothing to compare.
    #[test]
    fn the_parsed_tables_agree_with_the_page_as_read() {
        if crate::corpus::usual_folder().exists() {
            super::run(&[]).unwrap();
        }
    }
}
