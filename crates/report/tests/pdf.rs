//! A report set as PDF says what the document says, to a reader and to our own.

mod sample;

use gouji_read::{Block as Read, Limits};
use gouji_report::document::{Block, Cell, ColumnKind, Document, RowKind};
use gouji_report::{Fonts, Pdf, PdfError, pdf};
use sample::{amount, document, head, heading, paragraph, row, table, words};

fn set(document: &Document) -> Pdf {
    pdf(document, &Fonts::embedded()).unwrap()
}

/// The text of the file, and the rows of its tables.
fn read_back(pdf: &Pdf) -> (String, Vec<Vec<String>>) {
    let read = gouji_read::read(vec![("report.pdf".to_owned(), pdf.bytes.clone())], &Limits::default());
    let text = read.files[0].text.clone();
    let mut rows = Vec::new();
    for block in &read.blocks {
        if let Read::Table(table) = block {
            rows.extend(
                table.rows.iter().map(|row| row.cells.iter().map(|&cell| read.slice(cell).to_owned()).collect()),
            );
        }
    }
    (text, rows)
}

fn with_text(text: &str) -> Document {
    use ColumnKind::{Amount, Text};
    let columns = [(Text, text), (Amount, "金额")];
    let rows = vec![row(RowKind::Leaf, vec![words(text), amount("1.00")])];
    document(vec![heading(1, text), paragraph(text), Block::Table(table("表一", text, &columns, rows))])
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let report = sample::report();
    let first = set(&report);
    assert!(first.bytes.starts_with(b"%PDF-1.7"), "{:?}", &first.bytes[..8]);
    assert!(first.bytes == set(&report).bytes, "the second file differs");
    assert_eq!(first.missing, Vec::<char>::new());
    assert!(first.accessible, "not PDF/UA-1");
    // For who wants to look at it.
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/report.pdf"), &first.bytes).unwrap();
}

#[test]
fn every_cell_reads_back_as_it_was_written() {
    let report = sample::report();
    let (_, rows) = read_back(&set(&report));
    for block in &report.blocks {
        let Block::Table(table) = block else { continue };
        for row in &table.rows {
            let cells: Vec<String> = row.cells.iter().map(Cell::text).collect();
            assert!(rows.contains(&cells), "{} {cells:?} is not in {rows:#?}", table.number);
        }
    }
}

#[test]
fn no_text_is_taken_for_markup() {
    for text in [
        "#let x = 1",
        "$x$",
        "C:\\报告",
        "“引”\"用\"",
        "*粗*_斜_",
        "@表一 <table>",
        "`原文`",
        "= 一",
        "- 二",
        "//三",
        "a--b...~c",
    ] {
        let (read, rows) = read_back(&set(&with_text(text)));
        assert!(read.matches(text).count() >= 3, "{text}: {read}");
        assert!(rows.contains(&vec![text.to_owned(), "1.00".to_owned()]), "{text}: {rows:?}");
    }
}

#[test]
fn a_glyph_that_no_font_has_is_named_and_drawn_as_a_box() {
    let odd = set(&with_text("张𠮷\u{1}\u{fe0f}"));
    assert_eq!(odd.missing, ['\u{fffd}', '𠮷']);
    assert!(!odd.accessible);
    let plain = set(&with_text("张三"));
    assert_eq!((plain.missing.len(), plain.accessible), (0, true));
}

/// Only where Debian's fonts-noto-cjk is installed: elsewhere there is nothing to find.
#[test]
fn a_glyph_of_a_font_on_the_machine_is_taken_from_there() {
    let file = std::path::PathBuf::from("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc");
    if file.exists() {
        let fonts = Fonts::new(vec!["no.otf".into(), file], |path| std::fs::read(path).ok());
        let found = pdf(&with_text("张𠮷"), &fonts).unwrap();
        assert_eq!((found.missing.len(), found.accessible), (0, true));
        assert!(read_back(&found).0.contains("张𠮷"));
    }
}

#[test]
fn the_head_of_a_long_table_stands_on_each_of_its_pages() {
    let (text, rows) = read_back(&set(&document(vec![heading(1, "部门预算表"), Block::Table(sample::long())])));
    let heads = rows.iter().filter(|row| row[0] == "编码").count();
    assert!(heads >= 4, "{heads} heads");
    assert_eq!(text.matches("采购品目").count(), heads);
    assert_eq!(rows.len(), 200 + heads);
}

#[test]
fn a_head_that_overlaps_and_a_row_that_is_short_are_refused() {
    let columns = [(ColumnKind::Name, "名称"), (ColumnKind::Amount, "金额")];
    let mut overlapping = table("表一", "甲", &columns, Vec::new());
    overlapping.head.push(head("又一", 0, 1, 1, 1));
    let refused = pdf(&document(vec![Block::Table(overlapping)]), &Fonts::embedded());
    assert_eq!(refused, Err(PdfError::Head { table: "表一".to_owned(), cell: "又一".to_owned() }));
    let short = table("表二", "乙", &columns, vec![row(RowKind::Leaf, vec![words("一")])]);
    let refused = pdf(&document(vec![Block::Table(short)]), &Fonts::embedded());
    assert_eq!(refused, Err(PdfError::Row { table: "表二".to_owned(), row: 1 }));
}

#[test]
fn a_report_of_nothing_and_headings_out_of_order_are_set() {
    assert!(set(&document(Vec::new())).bytes.len() > 1000);
    let skipped = document(vec![heading(3, "（一）"), paragraph(""), heading(1, "一"), heading(9, "九")]);
    assert!(set(&skipped).bytes.len() > 1000);
}
