//! From the books to the published report: tables, narrative, and the files they become.

pub mod document;

mod chart;
mod contents;
mod escape;
mod html;

pub use chart::svg;
pub use html::html;
