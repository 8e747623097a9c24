//! From the books to the published report: tables, narrative, and the files they become.

pub mod document;

mod chart;
mod escape;
#[cfg(feature = "pdf")]
mod pdf;

pub use chart::svg;
#[cfg(feature = "pdf")]
pub use pdf::{Fonts, Open, Pdf, PdfError, pdf};
