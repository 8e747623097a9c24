use crate::{Block, Document, IssueKind, Limits};
use std::io::Write;

fn read(page: &str, others: &[(&str, &str)]) -> Document {
    let root = "<ofd:OFD><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>";
    let main = r#"<ofd:Document><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>
        <ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/></ofd:CommonData>
        <ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>"#;
    let page = format!("<ofd:Page>{page}</ofd:Page>");
    let mut members =
        vec![("OFD.xml", root), ("Doc_0/Document.xml", main), ("Doc_0/Pages/Page_0/Content.xml", page.as_str())];
    members.extend(others);
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    crate::read(vec![("a.ofd".into(), writer.finish().unwrap().into_inner())], &Limits::default())
}

fn text(x: u32, y: u32, text: &str) -> String {
    format!(
        r#"<ofd:TextObject Boundary="{x} {y} 100 5" Size="3.5">
           <ofd:TextCode X="0" Y="3.5" DeltaX="g {} 3.5">{text}</ofd:TextCode></ofd:TextObject>"#,
        text.chars().count() - 1
    )
}

fn layer(inner: &str) -> String {
    format!("<ofd:Content><ofd:Layer>{inner}</ofd:Layer></ofd:Content>")
}

#[test]
fn ruled_tables_and_lines_have_their_places() {
    let line = |from: (u32, u32), to: (u32, u32)| {
        format!(
            r#"<ofd:PathObject Boundary="20 40 90 20" LineWidth="0.2">
               <ofd:AbbreviatedData>M {} {} L {} {}</ofd:AbbreviatedData></ofd:PathObject>"#,
            from.0, from.1, to.0, to.1
        )
    };
    let mut inner = text(20, 20, "部门支出总表");
    for y in [0, 10, 20] {
        inner += &line((0, y), (90, y));
    }
    for x in [0, 45, 90] {
        inner += &line((x, 0), (x, 20));
    }
    for (x, y, word) in [(22, 42, "项目"), (67, 42, "金额"), (22, 52, "合计"), (67, 52, "51447")] {
        inner += &text(x, y, word);
    }
    let document = read(&layer(&inner), &[]);
    assert!(document.issues.is_empty(), "{:?}", document.issues);
    let [Block::Paragraph(title), Block::Table(table)] = document.blocks.as_slice() else {
        panic!("{:?}", document.files[0].text)
    };
    assert_eq!(document.slice(*title), "部门支出总表");
    let cells: Vec<&str> = table.rows.iter().flat_map(|row| &row.cells).map(|cell| document.slice(*cell)).collect();
    assert_eq!(cells, ["项目", "金额", "合计", "51447"]);
    let (page, area) = document.areas(*title)[0];
    assert_eq!((page, area.left, area.width()), (1, 5_669, 6 * 992 + 1));
}

#[test]
fn templates_are_drawn_and_pictures_reported() {
    let template = format!("<ofd:Page><ofd:Template TemplateID=\"9\"/>{}</ofd:Page>", layer(&text(20, 20, "某局")));
    let document = read(&format!("<ofd:Template TemplateID=\"9\"/>{}", layer("")), &[("Doc_0/Tpls/T.xml", &template)]);
    assert_eq!(document.files[0].text.trim(), "某局");
    let document = read(&layer("<ofd:ImageObject/>"), &[]);
    assert_eq!((document.issues[0].page, &document.issues[0].kind), (Some(1), &IssueKind::Scanned));
}

#[test]
fn invisible_and_unread_objects_are_reported() {
    let clear = text(20, 30, "密密").replace("<ofd:TextCode", "<ofd:FillColor Alpha=\"0\"/><ofd:TextCode");
    let document = read(&layer(&(text(20, 20, "明") + &clear + "<ofd:CompositeObject/>")), &[]);
    assert_eq!(document.files[0].text.trim(), "明");
    let kinds: Vec<&IssueKind> = document.issues.iter().map(|issue| &issue.kind).collect();
    assert_eq!(kinds, [&IssueKind::InvisibleText { count: 2 }, &IssueKind::UnreadObjects { count: 1 }]);
}
