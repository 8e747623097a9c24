//! A report as open data: a CSV for each table, a description of them as a Data Package, and the whole report as JSON.
//!
//! A CSV is opened in office programs, which run a text that begins like a formula. Such a text gets an apostrophe before it, which is how
//! those programs mark a text; amounts are left alone, since a minus belongs to them. The JSON holds every text as it is.

mod json;

use crate::contents;
use crate::document::{Block, Cell, ColumnKind, Document, Table};
use gouji_model::csv_cell;
use serde::Serialize;

/// Makes office programs read the file as UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// A text that begins with one of these is taken for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
const DESCRIPTION: &str =
    "金额为不带千分位的十进制数，单位见各表 unit；以 = + - @ 开头的文字前加了一个撇号（'），以免被表格软件当作公式。";

/// The files of the report, by name and content, in the order in which they are to be listed; the same report is the same bytes.
pub fn data(document: &Document) -> Vec<(String, Vec<u8>)> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let resources: Vec<(Resource, String)> =
        tables.enumerate().map(|(index, table)| (Resource::of(table, index + 1), csv(table))).collect();
    let mut files: Vec<(String, Vec<u8>)> =
        resources.iter().map(|(resource, csv)| (resource.path.clone(), csv.clone().into_bytes())).collect();
    let package = Package {
        profile: "tabular-data-package",
        name: format!("budget-{}", document.year),
        title: &document.title,
        description: DESCRIPTION,
        resources: resources.into_iter().map(|(resource, _)| resource).collect(),
    };
    files.push(("datapackage.json".to_owned(), written(&package)));
    files.push(("report.json".to_owned(), written(&json::Report::of(document))));
    files
}

/// The form `Data Package` 1.0 of the Open Knowledge Foundation.
#[derive(Serialize)]
struct Package<'a> {
    profile: &'static str,
    name: String,
    title: &'a str,
    description: &'static str,
    resources: Vec<Resource>,
}

#[derive(Serialize)]
struct Resource {
    profile: &'static str,
    name: String,
    path: String,
    title: String,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    /// Not in the standard, which allows more properties: `万元`.
    unit: String,
    schema: Schema,
}

#[derive(Serialize)]
struct Schema {
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

impl Resource {
    fn of(table: &Table, number: usize) -> Resource {
        let kind: String = table.kind.chars().map(|letter| if letter == '_' { '-' } else { letter }).collect();
        let kind: String = kind.chars().filter(|letter| letter.is_ascii_lowercase() || *letter == '-').collect();
        let name = format!("{number:02}-{}", if kind.is_empty() { "table" } else { &kind });
        let fields =
            labels(table).into_iter().enumerate().map(|(column, name)| Field { name, kind: kind_of(table, column) });
        Resource {
            profile: "tabular-data-resource",
            path: format!("{name}.csv"),
            name,
            title: contents::title(table),
            format: "csv",
            mediatype: "text/csv",
            encoding: "utf-8",
            unit: table.unit.rsplit(['：', ':']).next().unwrap_or_default().trim().to_owned(),
            schema: Schema { fields: fields.collect() },
        }
    }
}

/// A column is one of numbers when nothing but amounts stands in it.
fn kind_of(table: &Table, column: usize) -> &'static str {
    let mut cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let has_text = cells.any(|cell| matches!(cell, Cell::Text(_)));
    if table.columns[column] == ColumnKind::Amount && !has_text { "number" } else { "string" }
}

/// One name for each column: the cells of the head above it from top to bottom, parted by `/`. A name that was used before
/// gets its number.
fn labels(table: &Table) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for column in 0..table.columns.len() {
        let mut above: Vec<_> =
            table.head.iter().filter(|cell| (cell.column..cell.column + cell.columns).contains(&column)).collect();
        above.sort_by_key(|cell| cell.row);
        let parts: Vec<String> = above.iter().map(|cell| cell.text.split_whitespace().collect()).collect();
        let label = harmless(&parts.join("/"));
        let again = (2..).map(|number| format!("{label}_{number}"));
        let free = std::iter::once(label.clone()).chain(again).find(|label| !labels.contains(label));
        labels.push(free.unwrap_or(label));
    }
    labels
}

/// The table by RFC 4180.
fn csv(table: &Table) -> String {
    let head: Vec<String> = labels(table).iter().map(|label| csv_cell(label)).collect();
    let mut out = format!("{BYTE_ORDER_MARK}{}\r\n", head.join(","));
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => csv_cell(&harmless(text)),
        Cell::Amount { printed, .. } => printed.to_string(),
    }
}

/// A text that no program takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn written(value: &impl Serialize) -> Vec<u8> {
    let mut bytes =
        serde_json::to_vec_pretty(value).expect("texts and whole numbers under fixed names are always JSON");
    bytes.push(b'\n');
    bytes
}
