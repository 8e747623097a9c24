use crate::{Block, Document, IssueKind, Limits, Merge};
use std::io::Write;

fn package(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read_with(body: &str, others: &[(&str, &str)]) -> Document {
    let main = format!("<w:document><w:body>{body}</w:body></w:document>");
    let rels =
        r#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let mut members = vec![("_rels/.rels", rels), ("word/document.xml", main.as_str())];
    members.extend(others);
    crate::read(vec![("a.docx".into(), package(&members))], &Limits::default())
}

fn read(body: &str) -> Document {
    read_with(body, &[])
}

fn lines(document: &Document) -> Vec<&str> {
    document.files[0].text.lines().collect()
}

#[test]
fn merged_cells_stand_in_their_upper_left_place() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let wide = r#"<w:gridSpan w:val="2"/>"#;
    let (down, on) = (r#"<w:vMerge w:val="restart"/>"#, "<w:vMerge/>");
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell(down, "科目"),
        cell(wide, "支出"),
        cell(on, ""),
        cell("", "基本"),
        cell("", "项目"),
        cell("", "206"),
        cell("", "1.00"),
        cell("", "2.00"),
    );
    let document = read(&body);
    assert_eq!(lines(&document), ["科目\t支出\t", "\t基本\t项目", "206\t1.00\t2.00"]);
    let [Block::Table(table)] = document.blocks.as_slice() else { panic!("one table") };
    let merge = |row, column, rows, columns| Merge { row, column, rows, columns };
    assert_eq!(table.merges, [merge(0, 0, 2, 1), merge(0, 1, 1, 2)]);
    assert!(document.issues.is_empty());
}

#[test]
fn deleted_text_is_left_out_and_revisions_are_reported() {
    let document = read(
        "<w:p><w:r><w:t>预算</w:t></w:r><w:del><w:r><w:delText>100</w:delText></w:r></w:del>\
         <w:ins><w:r><w:t>200</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r></w:p>",
    );
    assert_eq!(lines(&document), ["预算200万元"]);
    assert_eq!(document.issues[0].kind, IssueKind::Revisions { inserted: 1, deleted: 1 });
}

#[test]
fn automatic_numbers_are_written_out() {
    let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
        </w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let paragraph = |level: u8, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
        )
    };
    let body: String = [(0, "甲"), (1, "乙"), (1, "丙"), (0, "丁"), (1, "戊")]
        .iter()
        .map(|(level, text)| paragraph(*level, text))
        .collect();
    let document = read_with(&body, &[("word/numbering.xml", numbering)]);
    assert_eq!(lines(&document), ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"]);
}

#[test]
fn fields_show_their_results_and_contents_their_leaders() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let body = format!(
        "<w:p><w:r><w:t>一、概况</w:t></w:r><w:r><w:tab/></w:r>{}<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>{}\
         <w:r><w:t>3</w:t></w:r>{}</w:p><w:p><w:r><w:t>部门：某局</w:t><w:tab/><w:t>单位：万元</w:t></w:r></w:p>",
        field("begin"),
        field("separate"),
        field("end")
    );
    assert_eq!(lines(&read(&body)), ["一、概况.....\t3", "部门：某局 单位：万元"]);
}

#[test]
fn an_alternative_is_read_once_and_text_boxes_are_read() {
    let boxed =
        "<w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>某局</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict>";
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice>{boxed}</mc:Choice><mc:Fallback>{boxed}</mc:Fallback>\
         </mc:AlternateContent></w:r></w:p>"
    );
    assert_eq!(lines(&read(&body)), ["某局"]);
}

#[test]
fn hidden_text_and_pictures_are_reported() {
    let document = read("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:t>明</w:t></w:r></w:p>");
    assert_eq!(lines(&document), ["明"]);
    assert_eq!(document.issues[0].kind, IssueKind::HiddenText { count: 1 });
    let document = read("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>");
    assert_eq!(document.issues[0].kind, IssueKind::ImagesOnly { count: 1 });
}

#[test]
fn a_table_that_holds_a_table_only_arranges() {
    let cell = |content: &str| format!("<w:tc>{content}</w:tc>");
    let text = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|c| cell(&text(c))).collect::<String>());
    let inner = format!("<w:tbl>{}{}</w:tbl>", row(&["项目", "金额"]), row(&["甲", "1.00"]));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell(&text("左")),
        cell(&text("右")),
        cell(&(text("表一") + &inner)),
        cell(&text("尾"))
    );
    assert_eq!(lines(&read(&body)), ["左", "右", "表一", "项目\t金额", "甲\t1.00", "尾"]);
}
