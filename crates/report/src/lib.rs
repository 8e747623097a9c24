//! From the books to the published report: tables, narrative, and the files they become.

pub mod document;

mod chart;
mod escape;

pub use chart::svg;
