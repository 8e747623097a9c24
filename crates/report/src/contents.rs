//! The contents of a report: its headings and the titles of its tables, each with a name to jump to.

use crate::document::{Block, Document, Table};

/// One line of the contents.
pub(crate) struct Entry {
    /// The block it leads to.
    pub block: usize,
    /// From 1, as for headings; a table counts as a section.
    pub level: u8,
    pub text: String,
    /// A name that no other entry has: `part3`.
    pub anchor: String,
}

/// The lines of the contents in the order of the pages.
pub(crate) fn entries(document: &Document) -> Vec<Entry> {
    let named = document.blocks.iter().enumerate().filter_map(|(block, content)| match content {
        Block::Heading { level, text } => Some((block, (*level).clamp(1, 3), text.clone())),
        Block::Table(table) => Some((block, 2, title(table))),
        Block::Paragraph(_) | Block::Chart(_) => None,
    });
    let entry = |(index, (block, level, text))| Entry { block, level, text, anchor: format!("part{}", index + 1) };
    named.enumerate().map(entry).collect()
}

/// The number and the title of a table, as both stand above it.
pub(crate) fn title(table: &Table) -> String {
    [table.number.as_str(), table.title.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether each block stands on a page that lies on its side: tables that ask for it, and the headings right before them,
/// which would stand alone on a page otherwise.
pub(crate) fn lying(document: &Document) -> Vec<bool> {
    let mut lying = vec![false; document.blocks.len()];
    let mut below = false;
    for (index, block) in document.blocks.iter().enumerate().rev() {
        below = match block {
            Block::Table(table) => table.landscape,
            Block::Heading { .. } => below,
            Block::Paragraph(_) | Block::Chart(_) => false,
        };
        lying[index] = below;
    }
    lying
}

#[cfg(test)]
mod tests {
    use super::{entries, lying};
    use crate::document::{Block, Document, Table};

    #[test]
    fn a_heading_lies_with_the_table_below_it() {
        let table = Table {
            number: "表一".into(),
            title: "项目表".into(),
            kind: String::new(),
            entity: String::new(),
            unit: String::new(),
            columns: Vec::new(),
            head: Vec::new(),
            head_rows: 0,
            rows: Vec::new(),
            note: None,
            landscape: true,
        };
        let heading = |text: &str| Block::Heading { level: 1, text: text.into() };
        let blocks = vec![heading("一"), heading("二"), Block::Table(table), heading("三")];
        let document = Document { title: String::new(), entity: String::new(), year: 2025, blocks };
        assert_eq!(lying(&document), [true, true, true, false]);
        let lines: Vec<(String, u8)> = entries(&document).into_iter().map(|entry| (entry.text, entry.level)).collect();
        assert_eq!(lines[2], ("表一 项目表".to_owned(), 2));
    }
}
