//! Findings, rule pages and decisions to text, JSON, SARIF, HTML, a workbook and an annotated PDF.
//!
//! One file per format, one function each over one neutral input, [`Checked`]. This crate
//! only draws: it never prints, opens no file, reads no clock and does no arithmetic with
//! amounts. What a rule says is said by the rule; where it stands, by the document.

mod annotate;
pub mod award;
mod changes;
mod checked;
mod html;
mod json;
mod page;
mod quote;
mod repair;
mod sarif;
mod spot;
mod statement;
mod text;
mod view;
mod width;
mod workbook;

pub use annotate::{AnnotateError, annotate};
pub use changes::{Titles, changes_csv, changes_json, changes_text};
pub use checked::{Checked, StaleAcceptance};
pub use html::render_html;
pub use json::render_json;
pub use page::{UnknownCode, render_index, render_page};
pub use quote::{first_quote, quote, quote_sha256, sha256};
pub use sarif::render_sarif;
pub use statement::{statement_csv, statement_json};
pub use text::{Colour, TextStyle, render_text};
pub use workbook::{AUTHOR, render_workbook};
