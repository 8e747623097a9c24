use crate::{Block, Document, IssueKind, Limits, Merge};
use std::io::Write;

/// A workbook of one sheet: rows as written in XML, and the formats of styles 1, 2, …
fn workbook(rows: &str, after: &str, formats: &[&str]) -> Vec<u8> {
    let format = |(at, code): (usize, &&str)| format!(r#"<numFmt numFmtId="{}" formatCode="{code}"/>"#, 170 + at);
    let own: String = formats.iter().enumerate().map(format).collect();
    let styles: String = (0..formats.len()).map(|at| format!(r#"<xf numFmtId="{}"/>"#, 170 + at)).collect();
    let members = [
        ("_rels/.rels", r#"<R><Relationship Type="x/officeDocument" Target="/xl/workbook.xml"/></R>"#.to_string()),
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="表一" r:id="a"/></sheets></workbook>"#.to_string()),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<R><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
               <Relationship Id="b" Type="x/styles" Target="styles.xml"/></R>"#
                .to_string(),
        ),
        ("xl/styles.xml", format!(r#"<s><numFmts>{own}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></s>"#)),
        ("xl/worksheets/sheet1.xml", format!("<worksheet>{after}<sheetData>{rows}</sheetData></worksheet>")),
    ];
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read(bytes: Vec<u8>) -> Document {
    crate::read(vec![("a.xlsx".into(), bytes)], &Limits::default())
}

fn text(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn number(place: &str, value: &str, style: usize) -> String {
    format!(r#"<c r="{place}" s="{style}"><v>{value}</v></c>"#)
}

fn row(cells: &[String]) -> String {
    format!("<row>{}</row>", cells.concat())
}

#[test]
fn lines_above_the_table_are_paragraphs_and_cells_have_names() {
    let rows = [
        row(&[text("A1", "表一")]),
        row(&[text("A2", "部门支出总表")]),
        row(&[text("A3", "部门：某局"), text("C3", "单位：万元")]),
        row(&[text("A4", "科目"), text("B4", "支出")]),
        row(&[text("B5", "基本"), text("C5", "项目")]),
        row(&[number("A6", "206", 0), number("B6", "35.1", 1), number("C6", "0.30000000000000004", 0)]),
        row(&[text("A8", "注：本表不含上年结转")]),
    ];
    let merges = r#"<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A4:A5"/><mergeCell ref="B4:C4"/></mergeCells>"#;
    let document = read(workbook(&rows.concat(), merges, &["#,##0.00"]));
    let expected = "表一\n部门支出总表\n部门：某局\n单位：万元\n科目\t支出\t\n\t基本\t项目\n206\t35.10\t0.3\n注：本表不含上年结转\n";
    assert_eq!(document.files[0].text, expected);
    let Block::Table(table) = &document.blocks[4] else { panic!("{:?}", document.blocks) };
    let merge = |row, column, rows, columns| Merge { row, column, rows, columns };
    assert_eq!(table.merges, [merge(0, 0, 2, 1), merge(0, 1, 1, 2)]);
    assert_eq!(document.cell_name(table.rows[2].cells[2]), Some("表一!C6"));
    assert_eq!(document.cell_name(table.rows[1].cells[0]), Some("表一!A5"));
    let Block::Paragraph(unit) = &document.blocks[3] else { panic!("{:?}", document.blocks) };
    assert_eq!(document.cell_name(*unit), Some("表一!C3"));
    assert!(document.issues.is_empty(), "{:?}", document.issues);
}

#[test]
fn hidden_rows_unknown_formats_and_missing_results_are_reported() {
    let rows = format!(
        r#"{}<row r="2" hidden="1">{}{}</row><row r="3">{}<c r="B3"><f>SUM(B1:B2)</f></c></row>"#,
        row(&[text("A1", "项目"), text("B1", "金额")]),
        text("A2", "甲"),
        number("B2", "12", 1),
        text("A3", "乙"),
    );
    let document = read(workbook(&rows, r#"<cols><col min="2" max="5" hidden="1"/></cols>"#, &["[DBNum1]0"]));
    let kinds: Vec<&IssueKind> = document.issues.iter().map(|issue| &issue.kind).collect();
    assert_eq!(
        kinds,
        [
            &IssueKind::HiddenCells { sheet: "表一".into(), rows: 1, columns: 1 },
            &IssueKind::NumberFormat { place: "表一!B2".into(), format: "[DBNum1]0".into() },
            &IssueKind::NoResult { place: "表一!B3".into(), count: 1 },
        ]
    );
    assert!(document.files[0].text.contains("甲\t12\n"));
}

#[test]
fn a_cell_at_the_far_end_of_a_sheet_costs_nothing() {
    let rows = row(&[text("A1", "甲")]) + &row(&[text("XFD1048576", "乙")]);
    let document = read(workbook(&rows, "", &[]));
    assert!(document.files[0].text.len() < 100, "{}", document.files[0].text.len());
    assert_eq!(document.issues[0].kind, IssueKind::TooManyColumns { limit: 1_000 });
}

#[test]
fn zeros_that_the_sheet_hides_are_blank() {
    let rows = row(&[text("A1", "项目"), text("B1", "金额")]) + &row(&[text("A2", "甲"), number("B2", "0", 0)]);
    let view = r#"<sheetViews><sheetView showZeros="0"/></sheetViews>"#;
    assert_eq!(read(workbook(&rows, view, &[])).files[0].text, "表一\n项目\t金额\n甲\t\n");
    assert_eq!(read(workbook(&rows, "", &[])).files[0].text, "表一\n项目\t金额\n甲\t0\n");
}
