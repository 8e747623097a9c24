//! Bytes to a [`Document`]: the text of a report with the place of every paragraph and cell.
//!
//! Reading never fails. What could not be read is an [`Issue`] in the result, digits are
//! never guessed or repaired. One file per format; this crate knows nothing of budgets.

mod compose;
mod compound;
mod decode;
mod document;
mod format;
mod from_docx;
mod from_html;
mod from_ofd;
mod from_pdf;
mod from_text;
mod from_workbook;
mod issue;
mod layout;
mod nested;
mod package;
mod sheet;
mod words;
mod xml;

use compose::refuse;
pub use document::{Area, Block, Document, Glyph, Location, Merge, Page, Row, SourceFile, Table};
use format::{Format, format_of};
pub use format::{Legacy, legacy_format};
use gouji_model::FileId;
pub use issue::{Excess, Issue, IssueKind};
use package::Package;

/// The name of the thread that reads a PDF. Panics there are caught and become issues: a program may
/// leave them unsaid.
pub const QUIET_THREAD: &str = "gouji-pdf";

/// How much is read before reading stops with an issue that names the limit.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one file.
    pub bytes: u64,
    /// Bytes of one line.
    pub line_bytes: usize,
    /// Lines of one file.
    pub lines: usize,
    /// Cells of all tables of one report.
    pub cells: usize,
    /// Pages of one file.
    pub pages: usize,
    /// Characters of one file that has pages.
    pub letters: usize,
    /// Characters, lines and pictures of one page.
    pub page_marks: usize,
    /// Bytes of the unpacked instructions of one page.
    pub page_bytes: usize,
    /// Bytes of one stream of a PDF when unpacked, pictures apart: they are never unpacked.
    pub stream_bytes: u64,
    /// Bytes of all streams of a PDF when unpacked, and of the instructions of all its pages.
    pub streams_bytes: u64,
    /// Tells whether drawing the pages of a PDF has taken long enough. This crate reads no clock: who
    /// reads files of strangers gives one, for forms that draw each other go on within all other limits.
    pub is_over: fn() -> bool,
    /// Bytes of one package when unpacked.
    pub unpacked_bytes: u64,
    /// Elements within elements.
    pub depth: usize,
    /// Elements and texts of one part of a package.
    pub nodes: usize,
}

impl Default for Limits {
    /// 64 MiB a file, 64 KiB a line, 40,000 lines, 30,000 cells, 3,000 pages of 200,000 marks: some ten
    /// times the largest report seen, and so few that a file of 10 MB stays within three times its size in memory.
    /// A stream of a PDF may unpack to 64 MiB, twice the largest Chinese font, all of them to 256 MiB.
    /// A package may unpack to 128 MiB of what is read; 128 levels and 2 million elements are four
    /// times what word processors write for the largest reports.
    fn default() -> Self {
        Limits {
            bytes: 64 << 20,
            line_bytes: 64 << 10,
            lines: 40_000,
            cells: 30_000,
            pages: 3_000,
            letters: 1_500_000,
            page_marks: 200_000,
            page_bytes: 32 << 20,
            stream_bytes: 64 << 20,
            streams_bytes: 256 << 20,
            is_over: || false,
            unpacked_bytes: 128 << 20,
            depth: 128,
            nodes: 2_000_000,
        }
    }
}

/// The author that a package names in its properties.
pub fn author(bytes: Vec<u8>, limits: &Limits) -> Option<String> {
    let part = "docProps/core.xml";
    let bytes = Package::open(bytes, limits).ok()?.bytes(part)?.ok()?;
    let (root, _) = xml::parse(bytes, part, limits);
    Some(root.all("creator").next()?.text())
}

/// Reads the files of one report, in the order given.
pub fn read(files: Vec<(String, Vec<u8>)>, limits: &Limits) -> Document {
    let mut document = Document::default();
    for (path, bytes) in files {
        let (blocks, issues) = (document.blocks.len(), document.issues.len());
        read_file(&mut document, path, bytes, limits);
        // Nothing was found and nothing was said: blank pages, say.
        if document.blocks.len() == blocks && document.issues.len() == issues {
            let file = (document.files.len() - 1) as FileId;
            document.issues.push(Issue { file, line: None, page: None, kind: IssueKind::Empty });
        }
    }
    document
}

fn read_file(document: &mut Document, path: String, bytes: Vec<u8>, limits: &Limits) {
    let size = bytes.len() as u64;
    if size > limits.bytes {
        return refuse(document, path, IssueKind::FileTooLarge { bytes: size, limit: limits.bytes });
    }
    match format_of(&bytes) {
        Format::Pdf => from_pdf::read_pdf(document, path, bytes, limits),
        Format::Package => read_package(document, path, bytes, limits),
        Format::Encrypted => refuse(document, path, IssueKind::Encrypted),
        Format::Legacy(legacy) => refuse(document, path, IssueKind::NeedsConversion(legacy.name())),
        Format::OtherCompound => refuse(document, path, IssueKind::Binary("旧式复合文档")),
        Format::OldWorkbook => from_workbook::read_xls(document, path, bytes, limits),
        Format::Html => from_html::read_html(document, path, bytes, limits),
        Format::Text => from_text::read_text(document, path, bytes, limits),
    }
}

/// A zip package, by the part that it says is its main one.
fn read_package(document: &mut Document, path: String, bytes: Vec<u8>, limits: &Limits) {
    let mut package = match Package::open(bytes, limits) {
        Ok(package) => package,
        Err(kind) => return refuse(document, path, kind),
    };
    if package.has(from_ofd::ROOT) {
        return from_ofd::read_ofd(document, path, package, limits);
    }
    let main = main_part(&mut package, limits);
    let is_of =
        |folder: &str, name: &str| main.as_deref().is_some_and(|main| main.starts_with(folder) || main.contains(name));
    match main.as_deref() {
        Some(main) if is_of("word/", "document") => from_docx::read_docx(document, path, package, main, limits),
        Some(main) if is_of("xl/", "workbook") => from_workbook::read_xlsx(document, path, package, main, limits),
        _ => refuse(document, path, IssueKind::Binary("压缩包")),
    }
}

/// The main part of an OOXML package: what the relations name, else the usual name.
fn main_part(package: &mut Package, limits: &Limits) -> Option<String> {
    let named = package.bytes("_rels/.rels").and_then(Result::ok).and_then(|bytes| {
        let (root, _) = xml::parse(bytes, "_rels/.rels", limits);
        let is_main =
            |relation: &&xml::Element| relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
        let target = root.all("Relationship").find(is_main)?.attribute("Target")?;
        Some(package::resolve("", target))
    });
    let usual = ["word/document.xml", "xl/workbook.xml"].map(str::to_string);
    named.into_iter().chain(usual).find(|name| package.has(name))
}
