//! DOCX: paragraphs, tables with their merged cells, text boxes and notes, as a reader sees
//! them: numbering written out, fields by their results, deleted text left out.

mod numbering;
mod paragraph;

use crate::Limits;
use crate::compose::{Composer, refuse};
use crate::document::Document;
use crate::issue::IssueKind;
use crate::nested::{COLUMNS, Flow, FlowCell, FlowTable, lay_out};
use crate::package::{Package, folder_of, resolve};
use crate::xml::{Element, parse};
use numbering::Numbering;
use paragraph::Fields;
use std::collections::BTreeMap;

/// Adds a DOCX file to the document; `main` is the name of its main part.
pub(crate) fn read_docx(document: &mut Document, path: String, mut package: Package, main: &str, limits: &Limits) {
    let mut composer = Composer::new(document.next_file(), limits);
    let bytes = match package.bytes(main) {
        Some(Ok(bytes)) => bytes,
        Some(Err(kind)) => return refuse(document, path, kind),
        None => return refuse(document, path, IssueKind::PartDamaged { part: main.to_string() }),
    };
    let (root, issues) = parse(bytes, main, limits);
    issues.into_iter().for_each(|kind| composer.report(kind));
    let mut part = |name: &str| {
        let name = resolve(folder_of(main), name);
        let (root, issues) = match package.bytes(&name) {
            Some(Ok(bytes)) => parse(bytes, &name, limits),
            Some(Err(kind)) => (Element::default(), vec![kind]),
            None => (Element::default(), Vec::new()),
        };
        issues.into_iter().for_each(|kind| composer.report(kind));
        root
    };
    let styles = part("styles.xml");
    let numbering = Numbering::new(&part("numbering.xml"), &styles);
    let notes = [part("footnotes.xml"), part("endnotes.xml")];
    let mut reader = Reader { numbering, ..Reader::default() };
    let mut flows = root.child("body").map(|body| reader.flows(body)).unwrap_or_default();
    // A note stands after the text that refers to it, in the order of the references.
    for (kind, id) in std::mem::take(&mut reader.notes) {
        let note = notes[kind as usize].elements().find(|note| note.attribute("id") == Some(&id));
        flows.extend(note.map(|note| reader.flows(note)).unwrap_or_default());
    }
    reader.flush(&mut flows);
    lay_out(&mut composer, flows);
    reader.report(&mut composer);
    composer.finish(document, path);
}

/// Which kind of note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoteKind {
    Foot,
    End,
}

/// What is remembered while the text is read.
#[derive(Default)]
struct Reader {
    numbering: Numbering,
    fields: Fields,
    /// Notes that the text refers to, by kind and number.
    notes: Vec<(NoteKind, String)>,
    inserted: usize,
    deleted: usize,
    hidden: usize,
    pictures: usize,
    /// Text of a paragraph whose mark was deleted: it belongs to the next one.
    carried: String,
}

impl Reader {
    fn report(&self, composer: &mut Composer) {
        if self.inserted + self.deleted > 0 {
            composer.report(IssueKind::Revisions { inserted: self.inserted, deleted: self.deleted });
        }
        if self.hidden > 0 {
            composer.report(IssueKind::HiddenText { count: self.hidden });
        }
        if composer.is_empty() && self.pictures > 0 {
            composer.report(IssueKind::ImagesOnly { count: self.pictures });
        }
    }

    /// What a body, a cell, a text box or a note holds.
    fn flows(&mut self, container: &Element) -> Vec<Flow> {
        let mut flows = Vec::new();
        for element in container.elements() {
            match &*element.name {
                "p" => self.add_paragraph(element, &mut flows),
                "tbl" => {
                    let table = self.table(element);
                    flows.push(Flow::Table(table));
                }
                "del" | "moveFrom" => self.deleted += 1,
                "ins" | "moveTo" => {
                    self.inserted += 1;
                    flows.extend(self.flows(element));
                }
                "sdt" | "sdtContent" | "customXml" | "smartTag" => flows.extend(self.flows(element)),
                "AlternateContent" => flows.extend(alternative(element).map(|one| self.flows(one)).unwrap_or_default()),
                _ => {}
            }
        }
        flows
    }

    /// What is left of a paragraph that found no next one.
    fn flush(&mut self, flows: &mut Vec<Flow>) {
        if !self.carried.is_empty() {
            flows.push(Flow::Paragraph(std::mem::take(&mut self.carried)));
        }
    }

    fn table(&mut self, table: &Element) -> FlowTable {
        let mut grid = Rows::default();
        let mut rows = Vec::new();
        gather(table, "tr", &mut rows, 0);
        for row in rows {
            let properties = row.child("trPr");
            let has = |name: &str| properties.is_some_and(|properties| properties.child(name).is_some());
            if has("del") {
                self.deleted += 1;
                continue;
            }
            self.inserted += usize::from(has("ins"));
            if properties.is_some_and(|properties| properties.is_on("hidden")) {
                self.hidden += 1;
                continue;
            }
            let before = properties.and_then(|properties| properties.child("gridBefore"));
            grid.begin_row(before.and_then(|before| before.number("val")).unwrap_or(0));
            let mut cells = Vec::new();
            gather(row, "tc", &mut cells, 0);
            for cell in cells {
                let mut content = self.flows(cell);
                self.flush(&mut content);
                grid.add(cell.child("tcPr"), content);
            }
            grid.row += 1;
        }
        grid.table
    }
}

/// The rows of a table, the cells of a row: directly within, or in a wrapper.
fn gather<'a>(container: &'a Element, name: &str, found: &mut Vec<&'a Element>, depth: usize) {
    for element in container.elements() {
        if &*element.name == name {
            found.push(element);
        } else if depth < 8 && matches!(&*element.name, "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo") {
            gather(element, name, found, depth + 1);
        }
    }
}

/// The branch of an alternative that is read: the first, else what stands in for it.
fn alternative(element: &Element) -> Option<&Element> {
    element.child("Choice").filter(|choice| !choice.children.is_empty()).or_else(|| element.child("Fallback"))
}

/// A table as its rows are read.
#[derive(Default)]
struct Rows {
    table: FlowTable,
    row: u32,
    column: u32,
    /// By column, the cell (by index) that reaches down so far.
    open: BTreeMap<u32, usize>,
}

impl Rows {
    fn begin_row(&mut self, before: u32) {
        self.column = before.min(COLUMNS);
    }

    fn add(&mut self, properties: Option<&Element>, content: Vec<Flow>) {
        let property = |name: &str| properties.and_then(|properties| properties.child(name));
        let columns =
            property("gridSpan").and_then(|span| span.number::<u32>("val")).unwrap_or(1).clamp(1, COLUMNS + 1);
        // Without a value, the mark says that the cell goes on.
        let goes_on = |name: &str| property(name).is_some_and(|merge| merge.attribute("val") != Some("restart"));
        let column = self.column;
        self.column = (column + columns).min(2 * COLUMNS);
        if goes_on("hMerge")
            && let Some(left) = self.table.cells.last_mut().filter(|left| left.row == self.row)
        {
            left.columns = (left.columns + columns).min(COLUMNS + 1);
            return;
        }
        let above = self.open.get(&column).copied();
        if goes_on("vMerge")
            && let Some(above) = above
        {
            let above = &mut self.table.cells[above];
            if above.row + above.rows == self.row {
                above.rows += 1;
                return;
            }
        }
        if property("vMerge").is_some() {
            self.open.insert(column, self.table.cells.len());
        } else {
            self.open.remove(&column);
        }
        self.table.cells.push(FlowCell { row: self.row, column, rows: 1, columns, content });
    }
}

#[cfg(test)]
mod tests;
