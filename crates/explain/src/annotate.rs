//! A PDF with every finding marked on its page: the bytes of the file as they are, and behind
//! them what the PDF standard calls an incremental update with the marks.
//!
//! A mark is a highlight with a note. Whatever a viewer makes of highlights, the appearance is
//! drawn here too, and the level is told by the line under the words as well as by the colour.

mod note;
mod paint;
mod sheet;

use crate::checked::Checked;
use crate::view;
use gouji_model::{Lang, Level};
use gouji_read::Area;
use lopdf::{Document, IncrementalDocument, Object, ObjectId, dictionary};
use note::{Note, utf16};
use sheet::Sheet;
use std::collections::BTreeMap;

/// Why a file cannot be annotated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnnotateError {
    /// The file is no PDF.
    #[error("not a PDF file")]
    NoPdf,
    /// The file is encrypted: what is appended would have to be, too.
    #[error("the PDF is encrypted")]
    Encrypted,
    /// The table of contents of the file is broken, so that nothing can be appended to it.
    #[error("the PDF is damaged: {0}")]
    Damaged(String),
}

impl AnnotateError {
    /// What is the matter, and what would be right.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (AnnotateError::NoPdf, Lang::Zh) => "不是 PDF 文件，不能加批注；其他格式请用 --format html".into(),
            (AnnotateError::NoPdf, Lang::En) => "not a PDF file: only a PDF can be annotated; use --format html".into(),
            (AnnotateError::Encrypted, Lang::Zh) => "PDF 已加密，不能加批注；请先去掉密码或权限限制再另存".into(),
            (AnnotateError::Encrypted, Lang::En) => {
                "the PDF is encrypted and cannot be annotated; save it without password and restrictions first".into()
            }
            (AnnotateError::Damaged(what), Lang::Zh) => {
                format!("PDF 结构有损坏，不能加批注（{what}）；请用 PDF 软件打开后另存")
            }
            (AnnotateError::Damaged(what), Lang::En) => {
                format!(
                    "the PDF is damaged and cannot be annotated ({what}); open it in a PDF program and save it anew"
                )
            }
        }
    }
}

/// A rectangle to be marked for one end of a finding.
struct Mark {
    page: u32,
    areas: Vec<Area>,
    level: Level,
    leads: bool,
    accepted: bool,
    name: String,
    note: Note,
}

/// The bytes of a PDF with the findings of a report that stand in it; `file` is its index in
/// the report. A file without any finding is returned as it is.
pub fn annotate(checked: &Checked<'_>, file: u16, bytes: &[u8], lang: Lang) -> Result<Vec<u8>, AnnotateError> {
    if !bytes.starts_with(b"%PDF") {
        return Err(AnnotateError::NoPdf);
    }
    let document = Document::load_mem(bytes).map_err(|error| damaged(&error))?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(AnnotateError::Encrypted);
    }
    if document.xref_start == 0 {
        return Err(AnnotateError::Damaged("xref".into()));
    }
    let marks = marks(checked, file, lang);
    if marks.is_empty() {
        return Ok(bytes.to_vec());
    }
    let pages = document.get_pages();
    let mut by_page: BTreeMap<u32, Vec<Mark>> = BTreeMap::new();
    for mark in marks {
        by_page.entry(mark.page).or_default().push(mark);
    }
    let mut update = IncrementalDocument::create_from(bytes.to_vec(), document);
    let states = paint::states(&mut update.new_document);
    for (number, marks) in &mut by_page {
        // The gravest comes last: it lies on top, and its note is the one that opens.
        marks.sort_by_key(|mark| (!mark.accepted, mark.level, mark.leads));
        let fills = fills(marks);
        let page = *pages.get(number).ok_or_else(|| AnnotateError::Damaged(format!("page {number}")))?;
        let sheet = Sheet::of(update.get_prev_documents(), page);
        let each = marks.iter().zip(&fills);
        let added: Vec<Object> =
            each.map(|(mark, fills)| annotation(&mut update, mark, fills, &sheet, (page, states)).into()).collect();
        append(&mut update, page, added).map_err(|error| damaged(&error))?;
    }
    let mut out = Vec::with_capacity(bytes.len() + 4096);
    update.save_to(&mut out).map_err(|error| AnnotateError::Damaged(error.to_string()))?;
    Ok(out)
}

fn damaged(error: &lopdf::Error) -> AnnotateError {
    AnnotateError::Damaged(error.to_string())
}

/// One mark for each end of each finding on each page it stands on; what is accepted is
/// marked too, as such.
fn marks(checked: &Checked<'_>, file: u16, lang: Lang) -> Vec<Mark> {
    let mut all = Vec::new();
    for view in &view::findings(checked, lang) {
        for (index, place) in view.places.iter().enumerate().filter(|(_, place)| place.span.file == file) {
            let mut pages: BTreeMap<u32, Vec<Area>> = BTreeMap::new();
            for (page, area) in &place.areas {
                pages.entry(*page).or_default().push(*area);
            }
            all.extend(pages.into_iter().map(|(page, areas)| Mark {
                page,
                areas,
                level: view.finding.level,
                leads: index == 0,
                accepted: view.finding.accepted.is_some(),
                name: format!("gouji-{}-{}-{page}", view.number, index + 1),
                note: Note::new(checked, view, index, lang),
            }));
        }
    }
    all
}

/// Which areas of each mark are coloured: where several findings share their words the gravest
/// gives the colour, because one colour on another is mud.
fn fills(marks: &[Mark]) -> Vec<Vec<bool>> {
    let mut coloured: Vec<Area> = Vec::new();
    let mut fills: Vec<Vec<bool>> = Vec::new();
    for mark in marks.iter().rev() {
        let free = |area: &Area| !coloured.iter().any(|other| shares(area, other));
        let own: Vec<bool> = mark.areas.iter().map(free).collect();
        coloured.extend(mark.areas.iter().zip(&own).filter(|(_, fills)| **fills).map(|(area, _)| *area));
        fills.push(own);
    }
    fills.reverse();
    fills
}

/// True when the two have more than an edge in common.
fn shares(left: &Area, right: &Area) -> bool {
    let wide = left.right.min(right.right) - left.left.max(right.left);
    let high = left.bottom.min(right.bottom) - left.top.max(right.top);
    wide > 100 && 3 * high > left.height().min(right.height())
}

/// Adds the annotation and its appearance to the update.
fn annotation(
    update: &mut IncrementalDocument,
    mark: &Mark,
    fills: &[bool],
    sheet: &Sheet,
    (page, states): (ObjectId, ObjectId),
) -> ObjectId {
    let boxes: Vec<[f32; 4]> = mark.areas.iter().map(|area| sheet.place(area)).collect();
    let rect = paint::rect_around(&boxes);
    let appearance = paint::appearance(mark, &boxes, fills, sheet, states);
    let appearance = update.new_document.add_object(appearance);
    let quads: Vec<Object> = boxes.iter().flat_map(|place| sheet.quad(place)).map(Object::Real).collect();
    let colour: Vec<Object> = paint::colour(mark).into_iter().map(Object::Real).collect();
    update.new_document.add_object(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Highlight",
        "Rect" => rect.map(Object::Real).to_vec(),
        "QuadPoints" => quads,
        "C" => colour,
        "P" => page,
        // It is printed with the page.
        "F" => 4,
        "T" => Object::string_literal("gouji"),
        "NM" => Object::string_literal(mark.name.as_str()),
        "Subj" => utf16(&mark.note.subject),
        "Contents" => utf16(&mark.note.text),
        "AP" => dictionary! { "N" => appearance },
    })
}

/// Appends to the annotations of a page, wherever they are kept: in a list of their own, in
/// the page, or nowhere yet.
fn append(update: &mut IncrementalDocument, page: ObjectId, added: Vec<Object>) -> lopdf::Result<()> {
    let before = update.get_prev_documents();
    let own = before.get_dictionary(page)?.get(b"Annots").ok().cloned();
    if let Some(Object::Reference(list)) = own
        && let Ok(Object::Array(known)) = before.get_object(list)
    {
        let all = known.iter().cloned().chain(added).collect();
        update.new_document.set_object(list, Object::Array(all));
        return Ok(());
    }
    let known = match own {
        Some(Object::Array(known)) => known,
        _ => Vec::new(),
    };
    update.opt_clone_object_to_new_document(page)?;
    let page = update.new_document.get_dictionary_mut(page)?;
    page.set("Annots", Object::Array(known.into_iter().chain(added).collect()));
    Ok(())
}
