//! A report as a Word document.
//!
//! The few parts of the package are written here: no library at hand draws charts or leaves out its own dates.

mod body;
mod chart;
mod package;
mod styles;
mod table;

use crate::document::Document;

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// The parts could not be put together.
    #[error("the parts of the document cannot be packed")]
    Package(#[from] zip::result::ZipError),
    /// A part is larger than memory or the package allows.
    #[error("a part of the document cannot be written")]
    Part(#[from] std::io::Error),
}

/// The report as the bytes of one `.docx` file; the same report is the same bytes.
pub fn docx(document: &Document) -> Result<Vec<u8>, DocxError> {
    let body::Body { xml, charts } = body::of(document);
    package::pack(document, xml, charts)
}
