//! PDF with a text layer.

use crate::Limits;
use crate::document::{Document, SourceFile};
use crate::issue::{Issue, IssueKind};

/// Adds a PDF file to the document.
pub(crate) fn read_pdf(document: &mut Document, path: String, _bytes: Vec<u8>, _limits: &Limits) {
    let file = document.next_file();
    document.files.push(SourceFile::new(path, String::new()));
    document.issues.push(Issue { file, line: None, page: None, kind: IssueKind::Binary("PDF 文件") });
}
