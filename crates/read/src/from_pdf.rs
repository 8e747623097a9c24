//! PDF with a text layer: each page is drawn onto a [`Sheet`], and the sheets are laid out.
//!
//! What a page shows is what is read: text outside the page or its clip is left out, and
//! characters struck twice for weight count once. A page that shows a picture only, a character
//! without a meaning in Unicode, and text that is drawn but invisible are issues.

mod device;
mod guard;
mod objects;
mod tree;
mod unpack;

use crate::Limits;
use crate::QUIET_THREAD;
use crate::document::Document;
use crate::issue::{Excess, Issue, IssueKind};
use crate::layout::lay_out;
use crate::sheet::Sheet;
use device::{Drawn, Recorder};
use gouji_model::FileId;
use guard::Guard;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, InterpreterWarning, interpret_page};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Memory for calls within calls, which is taken only when they are made.
const STACK: usize = 256 << 20;

/// Adds a PDF file to the document.
pub(crate) fn read_pdf(document: &mut Document, path: String, bytes: Vec<u8>, limits: &Limits) {
    let file = document.next_file();
    let size = bytes.len() as u64;
    let mut reader = PdfReader { file, issues: Vec::new(), sheets: Vec::new(), limits, letters: 0 };
    if size > limits.bytes {
        reader.report(None, IssueKind::FileTooLarge { bytes: size, limit: limits.bytes });
    } else {
        // The library is young and files are hostile: a fault of it costs the file, not the run. It calls
        // itself for objects within objects, for which a thread has no room unless it is given some.
        let read = std::thread::scope(|scope| {
            let read = || catch_unwind(AssertUnwindSafe(|| reader.read(bytes)));
            let builder = std::thread::Builder::new().name(QUIET_THREAD.to_string());
            let thread = builder.stack_size(STACK).spawn_scoped(scope, read);
            thread.is_ok_and(|thread| matches!(thread.join(), Ok(Ok(()))))
        });
        if !read {
            reader.report(None, IssueKind::Damaged);
        }
    }
    let PdfReader { mut issues, sheets, .. } = reader;
    let source = lay_out(document, path, sheets, limits, &mut issues);
    document.files.push(source);
    document.issues.append(&mut issues);
}

/// Reads the pages of one file.
struct PdfReader<'l> {
    file: FileId,
    issues: Vec<Issue>,
    sheets: Vec<Sheet>,
    limits: &'l Limits,
    letters: usize,
}

impl PdfReader<'_> {
    fn report(&mut self, page: Option<u32>, kind: IssueKind) {
        self.issues.push(Issue { file: self.file, line: None, page, kind });
    }

    fn read(&mut self, mut bytes: Vec<u8>) {
        let mut guard = match Guard::look(&mut bytes, self.limits) {
            Ok(guard) => guard,
            Err(kind) => return self.report(None, kind),
        };
        let pdf = match Pdf::new(bytes) {
            Ok(pdf) => pdf,
            Err(LoadPdfError::Decryption(error)) => {
                let asks = matches!(error, DecryptionError::PasswordProtected);
                return self.report(None, if asks { IssueKind::Encrypted } else { IssueKind::UnknownEncryption });
            }
            Err(LoadPdfError::Invalid) => return self.report(None, IssueKind::Damaged),
        };
        if let Err(kind) = guard.look_again(&pdf) {
            return self.report(None, kind);
        }
        for object in &guard.unknown {
            self.report(None, IssueKind::UnknownPacking { object: *object });
        }
        if pdf.pages().is_empty() {
            return self.report(None, IssueKind::Damaged);
        }
        self.read_pages(&pdf, &guard);
    }

    fn read_pages(&mut self, pdf: &Pdf, guard: &Guard) {
        let cache = InterpreterCache::new();
        let unread_fonts = Arc::new(AtomicUsize::new(0));
        let settings = settings(unread_fonts.clone());
        let mut instructions = 0;
        for (index, page) in pdf.pages().iter().enumerate() {
            let number = index as u32 + 1;
            if index >= self.limits.pages {
                return self.report(Some(number), IssueKind::TooManyPages { limit: self.limits.pages });
            }
            let checked = catch_unwind(AssertUnwindSafe(|| guard.check_page(page)));
            match checked.unwrap_or(Err(IssueKind::PageDamaged)) {
                Ok(bytes) => instructions += bytes,
                Err(kind) => {
                    self.report(Some(number), kind);
                    self.keep(number, Drawn::default(), page);
                    continue;
                }
            }
            let limit = self.limits.streams_bytes;
            if instructions > limit {
                let kind = IssueKind::Excess { object: None, what: Excess::Instructions, limit };
                return self.report(Some(number), kind);
            }
            let mut recorder = Recorder::new(page, self.limits.page_marks, self.limits.is_over);
            let drawn = catch_unwind(AssertUnwindSafe(|| {
                let mut context =
                    Context::new(recorder.transform(), recorder.bounds(), &cache, pdf.xref(), settings.clone());
                interpret_page(page, &mut context, &mut recorder);
            }));
            let (is_full, is_late) = (recorder.is_full(), recorder.is_late());
            let drawing = recorder.finish();
            if is_late {
                return self.report(Some(number), IssueKind::TooSlow);
            } else if is_full {
                self.report(Some(number), IssueKind::PageTooFull { limit: self.limits.page_marks });
            } else if drawn.is_err() {
                self.report(Some(number), IssueKind::PageDamaged);
            }
            if unread_fonts.swap(0, Ordering::Relaxed) > 0 {
                self.report(Some(number), IssueKind::UnreadFont);
            }
            self.report_page(number, &drawing);
            self.letters += drawing.letters.len();
            self.keep(number, drawing, page);
            if self.letters > self.limits.letters {
                return self.report(Some(number), IssueKind::TooManyCharacters { limit: self.limits.letters });
            }
        }
    }

    /// What of a page could not be read.
    fn report_page(&mut self, number: u32, drawn: &Drawn) {
        if drawn.letters.is_empty() {
            if drawn.pictures > 0 {
                self.report(Some(number), IssueKind::Scanned);
            } else if drawn.curves > 200 {
                self.report(Some(number), IssueKind::Outlined);
            }
        }
        if drawn.unknown > 0 {
            self.report(Some(number), IssueKind::UnknownCharacters { count: drawn.unknown });
        }
        if drawn.invisible > 0 {
            self.report(Some(number), IssueKind::InvisibleText { count: drawn.invisible });
        }
    }

    fn keep(&mut self, number: u32, drawn: Drawn, page: &Page<'_>) {
        let (width, height) = device::size_of(page);
        self.sheets.push(Sheet {
            number,
            width,
            height,
            letters: drawn.letters,
            rulings: drawn.rulings,
            turns: drawn.turns,
        });
    }
}

/// Fonts that are not in the file are taken from the library's own fourteen; a font that it cannot
/// read is counted, because its text is missing.
fn settings(unread_fonts: Arc<AtomicUsize>) -> InterpreterSettings {
    InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                unread_fonts.fetch_add(1, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    }
}
