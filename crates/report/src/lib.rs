//! From the books to the published report: tables, narrative, and the files they become.
//!
//! The form says what is printed, the books what it amounts to; nothing is typed twice, so a
//! sentence cannot say what a table does not. Renderers draw a [`document::Document`] and
//! compute nothing.

mod chart;
mod columns;
mod contents;
mod data;
pub mod document;
mod docx;
mod escape;
mod figures;
pub mod form;
mod html;
mod narrative;
#[cfg(feature = "pdf")]
mod pdf;
mod rounding;
mod tables;
pub mod template;
pub mod text;
mod xlsx;

pub use chart::svg;
pub use data::data;
pub use docx::{DocxError, docx};
pub use html::html;
#[cfg(feature = "pdf")]
pub use pdf::{Fonts, Open, Pdf, PdfError, pdf};
pub use rounding::{Along, Rounding, Unclosed};
pub use rust_xlsxwriter::XlsxError;
pub use xlsx::xlsx;

use document::{Block, Document};
use form::Form;
use gouji_model::books::Books;
use gouji_model::{Coordinates, Names};
use rounding::Figures;

/// The report that a form makes of the books.
pub fn build(books: &Books, form: &Form) -> Document {
    build_telling(books, form).document
}

/// A report with what lies behind it.
#[derive(Clone, Debug)]
pub struct Built {
    /// The report.
    pub document: Document,
    /// For each block all that it asked the books for: what it depends on. Tables ask for everything and tell nothing.
    pub asked: Vec<Vec<Coordinates>>,
    /// Sums of tables that do not close in print, in the order of the pages; none is looked for where the form neither
    /// controls its rounding nor prints a note.
    pub unclosed: Vec<Unclosed>,
}

/// The same report, and what lies behind it.
pub fn build_telling(books: &Books, form: &Form) -> Built {
    let mut figures = Figures::default();
    let (mut document, mut asked) = draw(books, form, &figures);
    let mut unclosed = Vec::new();
    let is_looked_at = form.rounding == Rounding::Controlled || !form.rounding_note.is_empty();
    if is_looked_at && !figures.is_exact() {
        if form.rounding == Rounding::Controlled {
            figures = figures.settle(books);
            (document, asked) = draw(books, form, &figures);
        }
        unclosed = rounding::unclosed(books, &figures, &document);
    }
    if !unclosed.is_empty() && !form.rounding_note.is_empty() {
        let note = narrative::Speaker::new(books, form, &Names::of(books)).say(&form.rounding_note);
        let first = document.blocks.iter_mut().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        first.into_iter().for_each(|table| table.note = Some(note.clone()));
    }
    Built { document, asked, unclosed }
}

fn draw(books: &Books, form: &Form, figures: &Figures) -> (Document, Vec<Vec<Coordinates>>) {
    let names = Names::of(books);
    let (mut blocks, mut asked): (Vec<Block>, Vec<Vec<Coordinates>>) =
        narrative::narrative(books, form, &names, figures).into_iter().unzip();
    let maker = tables::Maker { books, form, names: &names, figures };
    for table in maker.tables() {
        blocks.push(Block::Table(table));
        asked.push(Vec::new());
    }
    let title = narrative::Speaker::new(books, form, &names).say(&form.title);
    let department = &books.department;
    let document = Document { title, entity: department.name.clone(), year: department.year, blocks };
    (document, asked)
}
