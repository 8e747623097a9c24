//! The files that a report becomes: whole, harmless, and the same bytes each time.

mod common;

use gouji_report::document::{Block, Cell, Document, Table};
use gouji_report::{data, docx, html, svg, xlsx};
use quick_xml::events::Event;
use std::io::{Cursor, Read};

fn tables(document: &Document) -> Vec<&Table> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

/// The parts of a package by name.
fn parts(package: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let parts = 0..archive.len();
    let part = |index| {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    parts.map(part).collect()
}

/// Reads the markup to its end; every element that begins must end.
fn assert_well_formed(name: &str, xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{name}: {error}"),
        }
    }
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let (first, second) = (common::document(), common::document());
    assert_eq!(html(&first), html(&second));
    assert_eq!(docx(&first).unwrap(), docx(&second).unwrap());
    assert_eq!(xlsx(&first).unwrap(), xlsx(&second).unwrap());
    assert_eq!(data(&first), data(&second));
}

#[test]
fn every_part_is_well_formed_and_dated_alike() {
    let document = common::document();
    let packed = [parts(docx(&document).unwrap()), parts(xlsx(&document).unwrap())];
    for (name, xml) in packed.iter().flatten() {
        assert_well_formed(name, xml);
    }
    for parts in &packed {
        let (_, core) = parts.iter().find(|(name, _)| name == "docProps/core.xml").unwrap();
        assert!(core.contains("2000-01-01T00:00:00Z") && !core.contains("2026"), "{core}");
    }
    for block in &document.blocks {
        if let Block::Chart(chart) = block {
            assert_well_formed("chart", &svg(chart));
        }
    }
}

#[test]
fn odd_letters_stay_letters() {
    let document = common::document();
    let page = html(&document);
    assert!(page.contains("文字中的 &lt;尖括号&gt;、A&amp;B、&quot;双引号&quot;、&#39;单引号&#39; 和表情😀"), "{page}");
    assert!(!page.contains("<尖括号>") && !page.contains("<平台>"));
    let parts = parts(docx(&document).unwrap());
    let (_, body) = parts.iter().find(|(name, _)| name == "word/document.xml").unwrap();
    assert!(body.contains("科技创新服务&lt;平台&gt;A&amp;B"));
}

#[test]
fn cells_of_a_head_cover_each_column_once_in_word() {
    let document = common::document();
    let parts = parts(docx(&document).unwrap());
    let (_, body) = parts.iter().find(|(name, _)| name == "word/document.xml").unwrap();
    let drawn: Vec<&str> = body.split("<w:tbl>").skip(1).collect();
    assert_eq!(drawn.len(), tables(&document).len());
    for (xml, table) in drawn.iter().zip(tables(&document)) {
        let xml = xml.split("</w:tbl>").next().unwrap();
        assert_eq!(xml.matches("<w:tblHeader/>").count(), table.head_rows);
        for row in xml.split("<w:tr>").skip(1) {
            let spans = row.split("<w:tc>").skip(1).map(|cell| match cell.split_once("<w:gridSpan w:val=\"") {
                Some((_, rest)) => rest.split('"').next().unwrap().parse().unwrap(),
                None => 1,
            });
            assert_eq!(spans.sum::<usize>(), table.columns.len(), "{row}");
        }
    }
}

#[test]
fn a_csv_gives_back_the_cells() {
    let document = common::document();
    let files = data(&document);
    assert_eq!(
        files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>()[4..],
        ["datapackage.json", "report.json"]
    );
    let package: serde_json::Value = serde_json::from_slice(&files[4].1).unwrap();
    for (index, table) in tables(&document).into_iter().enumerate() {
        assert_eq!(package["resources"][index]["path"], files[index].0.as_str());
        let text = std::str::from_utf8(&files[index].1).unwrap().strip_prefix('\u{feff}').unwrap();
        let mut lines = parse_csv(text).into_iter();
        let head = lines.next().unwrap();
        let fields = package["resources"][index]["schema"]["fields"].as_array().unwrap();
        assert_eq!(head, fields.iter().map(|field| field["name"].as_str().unwrap()).collect::<Vec<_>>());
        for (line, row) in lines.by_ref().zip(&table.rows) {
            assert_eq!(line, row.cells.iter().map(plain).collect::<Vec<_>>());
        }
        assert_eq!(lines.next(), None);
    }
}

/// A cell as open data has it.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if text.starts_with('=') => format!("'{text}"),
        Cell::Amount { printed, .. } => printed.to_string(),
        other => other.text(),
    }
}

/// Lines of cells by the letter of RFC 4180.
fn parse_csv(text: &str) -> Vec<Vec<String>> {
    let mut lines = vec![vec![String::new()]];
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        let line = lines.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => line.last_mut().unwrap().push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(String::new()),
            '\r' if !quoted => assert_eq!(letters.next(), Some('\n')),
            other => line.last_mut().unwrap().push(other),
        }
        if letter == '\r' && !quoted && letters.peek().is_some() {
            lines.push(vec![String::new()]);
        }
    }
    lines
}

#[test]
fn the_json_holds_amounts_as_texts_with_what_they_are() {
    let files = data(&common::document());
    let (_, bytes) = files.iter().find(|(name, _)| name == "report.json").unwrap();
    let report: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    assert_eq!((report["schema"].as_u64(), report["year"].as_u64()), (Some(1), Some(2025)));
    let table = report["blocks"].as_array().unwrap().iter().find(|block| block["number"] == "表三").unwrap();
    assert_eq!(table["block"], "table");
    let row = &table["rows"][3];
    assert_eq!((&row["kind"], &row["cells"][0]["text"]), (&"leaf".into(), &"2060101".into()));
    assert_eq!(
        row["cells"][2],
        serde_json::json!({"value": "50222", "unit": "万元", "decimals": 0, "at": "expenditure 2025 budget function=2060101"})
    );
    assert!(row["cells"][6].is_null());
}

#[test]
fn a_report_without_anything_is_still_a_file() {
    let empty = Document { title: String::new(), entity: String::new(), year: 0, blocks: Vec::new() };
    assert!(html(&empty).ends_with("</html>\n"));
    assert!(parts(docx(&empty).unwrap()).len() > 5);
    assert!(!xlsx(&empty).unwrap().is_empty());
    assert_eq!(data(&empty).len(), 2);
}

#[test]
fn a_small_report_as_html() {
    let mut document = common::document();
    document.blocks.retain(|block| match block {
        Block::Heading { level, .. } => *level == 1,
        Block::Table(table) => table.number == "表十",
        Block::Chart(chart) => chart.series.len() == 1,
        Block::Paragraph(paragraph) => paragraph.key == "odd",
    });
    let page = html(&document);
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    insta::assert_snapshot!(format!("{before}{after}"));
}
