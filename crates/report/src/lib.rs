//! From the books to the published report: tables, narrative, and the files they become.

pub mod document;

mod chart;
mod columns;
mod contents;
mod data;
mod docx;
mod escape;
mod html;
mod xlsx;

pub use chart::svg;
pub use data::data;
pub use docx::{DocxError, docx};
pub use html::html;
pub use rust_xlsxwriter::XlsxError;
pub use xlsx::xlsx;
