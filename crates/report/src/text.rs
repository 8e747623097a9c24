//! A report as plain text: cells are parted by tabs. For reading in a terminal, for diffs, and
//! for the check that every built report goes through.

use crate::document::{Block, Document, Table};

/// The report as plain text.
pub fn text(document: &Document) -> String {
    let mut out = format!("{}\n\n目录\n\n", document.title);
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } => out.push_str(&format!("{text}\n")),
            Block::Table(table) if table.number.is_empty() => out.push_str(&format!("{}\n", table.title)),
            Block::Table(table) => out.push_str(&format!("{}：{}\n", table.number, table.title)),
            Block::Paragraph(_) | Block::Chart(_) => {}
        }
    }
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading { text, .. } => out.push_str(text),
            Block::Paragraph(paragraph) => out.push_str(&paragraph.text),
            // A chart shows again what a table says; its words are for who cannot see it.
            Block::Chart(_) => continue,
            Block::Table(table) => push_table(table, &mut out),
        }
        out.push('\n');
    }
    out
}

fn push_table(table: &Table, out: &mut String) {
    let lines = [&table.number, &table.title, &table.entity, &table.unit];
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        out.push_str(&format!("{line}\n\n"));
    }
    for row in 0..table.head_rows {
        let mut cells = vec![String::new(); table.columns.len()];
        for cell in table.head.iter().filter(|cell| cell.row == row) {
            cells[cell.column] = one_line(&cell.text);
        }
        out.push_str(&format!("{}\n", cells.join("\t")));
    }
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| one_line(&cell.text())).collect();
        out.push_str(&format!("{}\n", cells.join("\t")));
    }
    if let Some(note) = &table.note {
        out.push_str(&format!("{note}\n"));
    }
}

/// Tabs and line ends part cells and rows; within a cell they become blanks.
fn one_line(text: &str) -> String {
    text.split(['\t', '\n', '\r']).collect::<Vec<_>>().join(" ")
}
