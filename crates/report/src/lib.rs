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
pub use rust_xlsxwriter::XlsxError;
pub use xlsx::xlsx;

use document::{Block, Document};
use form::Form;
use gouji_model::books::Books;
use gouji_model::{Coordinates, Names};

/// The report that a form makes of the books.
pub fn build(books: &Books, form: &Form) -> Document {
    let (document, _) = build_asking(books, form);
    document
}

/// The same, and for each block all that it asked the books for: what it depends on.
pub fn build_asking(books: &Books, form: &Form) -> (Document, Vec<Vec<Coordinates>>) {
    let names = Names::of(books);
    let (mut blocks, mut asked): (Vec<Block>, Vec<Vec<Coordinates>>) =
        narrative::narrative(books, form, &names).into_iter().unzip();
    let maker = tables::Maker { books, form, names: &names };
    for table in maker.tables() {
        blocks.push(Block::Table(table));
        asked.push(Vec::new());
    }
    let title = narrative::Speaker::new(books, form, &names).say(&form.title);
    let department = &books.department;
    let document = Document { title, entity: department.name.clone(), year: department.year, blocks };
    (document, asked)
}
