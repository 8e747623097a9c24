//! What Gouji writes it reads: the invented report of `gouji-report`, drawn and read back, has the same cells.

#[path = "../../report/tests/common/mod.rs"]
mod invented;

use gouji_read::{Block, Limits, read};
use gouji_report::document::{self, Document, Table};

/// The rows of a table as printed, the head with each text in the first place that it reaches over.
fn printed(table: &Table) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new(); table.columns.len()]; table.head_rows];
    for cell in &table.head {
        rows[cell.row][cell.column].clone_from(&cell.text);
    }
    rows.extend(table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text().trim().to_owned()).collect()));
    rows
}

fn tables(document: &Document) -> Vec<Vec<Vec<String>>> {
    let table = |block: &document::Block| match block {
        document::Block::Table(table) => Some(printed(table)),
        _ => None,
    };
    document.blocks.iter().filter_map(table).collect()
}

/// The tables of a file as read, without rows above the head.
fn read_back(name: &str, bytes: Vec<u8>, expected: &[Vec<Vec<String>>]) -> Vec<Vec<Vec<String>>> {
    let document = read(vec![(name.to_owned(), bytes)], &Limits::default());
    assert!(document.issues.is_empty(), "{:?}", document.issues);
    let rows = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => {
            let cells =
                |row: &gouji_read::Row| row.cells.iter().map(|cell| document.slice(*cell).trim().to_owned()).collect();
            Some(table.rows.iter().map(cells).collect::<Vec<Vec<String>>>())
        }
        Block::Paragraph(_) => None,
    });
    let rows: Vec<_> = rows.collect();
    assert_eq!(rows.len(), expected.len(), "{name}: {rows:#?}");
    rows
}

fn assert_same(name: &str, bytes: Vec<u8>, expected: &[Vec<Vec<String>>]) {
    for (found, expected) in read_back(name, bytes, expected).iter().zip(expected) {
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn html_is_read_back() {
    let document = invented::document();
    assert_same("a.html", gouji_report::html(&document).into_bytes(), &tables(&document));
}

#[test]
fn docx_is_read_back() {
    let document = invented::document();
    assert_same("a.docx", gouji_report::docx(&document).unwrap(), &tables(&document));
}

#[test]
fn xlsx_is_read_back() {
    let document = invented::document();
    let mut expected = tables(&document);
    // On a sheet an empty row is no row.
    expected.iter_mut().for_each(|rows| rows.retain(|row| row.iter().any(|cell| !cell.is_empty())));
    assert_same("a.xlsx", gouji_report::xlsx(&document).unwrap(), &expected);
}
