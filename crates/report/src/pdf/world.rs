//! All that Typst may see: our template, the data of one report, our fonts. No packages, no network, no files, no clock.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// Building the library takes longer than a small report.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// One report with all it is made from.
pub(super) struct Closed {
    template: Source,
    files: HashMap<FileId, Bytes>,
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

impl Closed {
    /// A world in which `files` are all the files there are, by their paths.
    pub(super) fn new(template: &str, files: BTreeMap<String, Vec<u8>>, fonts: Vec<Font>) -> Closed {
        Closed {
            template: Source::new(file_id("/report.typ"), template.to_owned()),
            files: files.into_iter().map(|(path, bytes)| (file_id(&path), Bytes::new(bytes))).collect(),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        }
    }

    /// The line of the template, from 1, that a complaint is about.
    pub(super) fn line(&self, at: typst::syntax::DiagSpan) -> Option<usize> {
        let range = typst::WorldExt::range(self, at)?;
        self.template.text().get(..range.start).map(|before| before.matches('\n').count() + 1)
    }
}

/// Paths are ours and the same few in every report: Typst keeps each one for the life of the process.
fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("our paths are plain names below the root");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Closed {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
