//! Findings on a PDF made by hand: the bytes before, the marks behind them, the notes.

mod common;

use common::on_paper;
use gouji_explain::{AnnotateError, annotate};
use gouji_model::Lang;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// How the page and its annotations are written in the file.
#[derive(Clone, Copy, PartialEq)]
enum Made {
    Plain,
    Turned,
    OwnList,
    ObjectStreams,
}

/// A PDF of one page, 200 wide and 400 high.
fn pdf(made: Made) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let note = document.add_object(Dictionary::from_iter([
        ("Type", Object::from("Annot")),
        ("Subtype", "Text".into()),
        ("Rect", vec![0.into(), 0.into(), 9.into(), 9.into()].into()),
    ]));
    let mut page = Dictionary::from_iter([
        ("Type", Object::from("Page")),
        ("Parent", pages.into()),
        ("Contents", document.add_object(lopdf::Stream::new(Dictionary::new(), b"0 0 m".to_vec())).into()),
    ]);
    if made == Made::OwnList {
        let list = document.add_object(Object::Array(vec![note.into()]));
        page.set("Annots", list);
    }
    let page = document.add_object(page);
    let turn = if made == Made::Turned { 90 } else { 0 };
    document.set_object(
        pages,
        Dictionary::from_iter([
            ("Type", Object::from("Pages")),
            ("Kids", vec![page.into()].into()),
            ("Count", 1.into()),
            ("MediaBox", vec![0.into(), 0.into(), 200.into(), 400.into()].into()),
            ("Rotate", turn.into()),
        ]),
    );
    let catalog = document
        .add_object(Dictionary::from_iter([("Type", Object::from("Catalog")), ("Pages", Object::Reference(pages))]));
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    if made == Made::ObjectStreams {
        let options = lopdf::SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
        document.save_with_options(&mut bytes, options).unwrap();
    } else {
        document.save_to(&mut bytes).unwrap();
    }
    bytes
}

/// The annotations of the only page.
fn annotations(bytes: &[u8]) -> Vec<Dictionary> {
    let document = Document::load_mem(bytes).unwrap();
    let page: ObjectId = document.get_pages()[&1];
    let annots = document.get_dictionary(page).unwrap().get(b"Annots").unwrap();
    let list = document.dereference(annots).unwrap().1.as_array().unwrap();
    list.iter().map(|item| document.dereference(item).unwrap().1.as_dict().unwrap().clone()).collect()
}

fn text(annotation: &Dictionary, key: &[u8]) -> String {
    let bytes = annotation.get(key).unwrap().as_str().unwrap();
    let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    assert_eq!(units[0], 0xfeff);
    String::from_utf16(&units[1..]).unwrap()
}

#[test]
fn the_bytes_stay_and_the_marks_stand_behind_them() {
    for made in [Made::Plain, Made::Turned, Made::OwnList, Made::ObjectStreams] {
        let (before, fixture) = (pdf(made), on_paper());
        let after = annotate(&fixture.checked(), 0, &before, Lang::Zh).unwrap();
        assert!(after.starts_with(&before) && after.len() > before.len());
        assert!(after == annotate(&fixture.checked(), 0, &before, Lang::Zh).unwrap());
        let all = annotations(&after);
        let marks: Vec<&Dictionary> =
            all.iter().filter(|one| one.get(b"Subtype").unwrap() == &"Highlight".into()).collect();
        // Eight places of five findings; what was there before stays.
        assert_eq!((marks.len(), all.len() - marks.len()), (8, usize::from(made == Made::OwnList)));
        for mark in marks {
            assert!(mark.get(b"M").is_err() && mark.get(b"AP").is_ok() && mark.get(b"NM").is_ok());
            let quads = mark.get(b"QuadPoints").unwrap().as_array().unwrap();
            assert!(!quads.is_empty() && quads.len().is_multiple_of(8));
        }
    }
}

#[test]
fn a_note_names_the_other_end_in_the_language_asked_for() {
    let fixture = on_paper();
    let first = |lang| {
        let all = annotations(&annotate(&fixture.checked(), 0, &pdf(Made::Plain), lang).unwrap());
        let lead = all.iter().find(|one| one.get(b"NM").unwrap().as_str().unwrap() == b"gouji-1-1-1").unwrap().clone();
        text(&lead, b"Contents")
    };
    let chinese = first(Lang::Zh);
    assert!(chinese.starts_with("错误 ZZZ001 narrative.direction\n"), "{chinese}");
    assert!(chinese.contains("另一处（第 1 页）：比 2018 年减少 5627 万元"), "{chinese}");
    assert!(first(Lang::En).contains("other end (page 1): 比 2018 年减少 5627 万元"));
}

#[test]
fn marks_stand_where_the_words_are_on_a_turned_page_too() {
    let fixture = on_paper();
    let start = fixture.document.files[0].text.find("比 2018 年增加").unwrap() as u32;
    let area = fixture.document.files[0].glyphs.iter().find(|glyph| glyph.start == start).unwrap().area;
    let corner = |made| {
        let all = annotations(&annotate(&fixture.checked(), 0, &pdf(made), Lang::Zh).unwrap());
        let lead = all.iter().find(|one| one.get(b"NM").unwrap().as_str().unwrap() == b"gouji-1-1-1").unwrap().clone();
        let quads = lead.get(b"QuadPoints").unwrap().as_array().unwrap().clone();
        (quads[0].as_float().unwrap() as i32, quads[1].as_float().unwrap() as i32)
    };
    assert_eq!(corner(Made::Plain), (area.left / 100, 400 - area.top / 100));
    assert_eq!(corner(Made::Turned), (area.top / 100, area.left / 100));
}

#[test]
fn what_cannot_be_annotated_says_why() {
    let fixture = on_paper();
    let refused = |bytes: &[u8]| annotate(&fixture.checked(), 0, bytes, Lang::Zh).unwrap_err();
    assert_eq!(refused(b"PK\x03\x04"), AnnotateError::NoPdf);
    assert!(matches!(refused(b"%PDF-1.7\nnothing"), AnnotateError::Damaged(_)));
    let mut locked = Document::load_mem(&pdf(Made::Plain)).unwrap();
    locked.trailer.set("ID", Object::Array(vec![Object::string_literal("a"), Object::string_literal("a")]));
    let version = lopdf::EncryptionVersion::V2 {
        document: &locked,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    locked.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    locked.save_to(&mut bytes).unwrap();
    assert_eq!(refused(&bytes), AnnotateError::Encrypted);
    for lang in [Lang::Zh, Lang::En] {
        assert!(!AnnotateError::Encrypted.text(lang).is_empty());
    }
}

#[test]
fn a_damaged_file_is_refused_and_never_a_panic() {
    let (bytes, fixture) = (pdf(Made::ObjectStreams), on_paper());
    for at in 0..bytes.len() {
        let mut broken = bytes.clone();
        broken[at] ^= 0x11;
        let _ = annotate(&fixture.checked(), 0, &broken, Lang::Zh);
        let _ = annotate(&fixture.checked(), 0, &bytes[..at], Lang::Zh);
    }
}

#[test]
fn a_report_without_findings_is_the_same_file() {
    let (mut fixture, bytes) = (on_paper(), pdf(Made::Plain));
    fixture.report.findings.clear();
    assert!(annotate(&fixture.checked(), 0, &bytes, Lang::Zh).unwrap() == bytes);
}
