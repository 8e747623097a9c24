//! From the books to the published report: tables, narrative, and the files they become.

pub mod document;

mod chart;
mod columns;
mod contents;
mod docx;
mod escape;
mod html;

pub use chart::svg;
pub use docx::{DocxError, docx};
pub use html::html;
