use crate::{Block, Document, IssueKind, Limits, Merge};

fn read(html: impl AsRef<[u8]>) -> Document {
    crate::read(vec![("a.html".into(), html.as_ref().to_vec())], &Limits::default())
}

fn text(html: &str) -> String {
    read(html).files[0].text.clone()
}

#[test]
fn cells_that_reach_over_others_are_merged() {
    let html = "<table border=1><caption>部门支出总表</caption><thead><tr><th rowspan=2>科目<th colspan=2>支出\
                <tr><th>基本<th>项目</thead><tr><td>206<td>1.00<td>2.00</table>";
    let document = read(html);
    assert_eq!(document.files[0].text, "部门支出总表\n科目\t支出\t\n\t基本\t项目\n206\t1.00\t2.00\n");
    let Block::Table(table) = &document.blocks[1] else { panic!("{:?}", document.blocks) };
    let merge = |row, column, rows, columns| Merge { row, column, rows, columns };
    assert_eq!(table.merges, [merge(0, 0, 2, 1), merge(0, 1, 1, 2)]);
}

#[test]
fn a_table_that_lays_out_the_page_is_none() {
    let html = "<html><table><tr><td>导航<td><p>一、概况</p><table><tr><td>项目<td>金额<tr><td>甲<td>1</table></table>";
    assert_eq!(text(html), "导航\n一、概况\n项目\t金额\n甲\t1\n");
}

#[test]
fn scripts_navigation_and_hidden_elements_are_passed_over() {
    let html = "<!DOCTYPE html><head><title>题</title><style>p{}</style><body><nav><div>菜单</div></nav>\
                <script>document.write('<p>x')</script><p style='display: none'>密</p><p>甲&nbsp;乙&amp;丙<br>丁。</p>";
    let document = read(html);
    assert_eq!(document.files[0].text, "甲\u{a0}乙&丙\n丁。\n");
    assert_eq!(document.issues[0].kind, IssueKind::HiddenText { count: 1 });
}

#[test]
fn encodings_are_told_by_declaration_and_content() {
    let html = "<html><meta charset=gb2312><p>预算公开㐀</p>";
    let (bytes, _, _) = encoding_rs::GB18030.encode(html);
    assert_eq!(read(&bytes).files[0].text, "预算公开㐀\n");
    // Declared as GB 2312 and saved as UTF-8.
    assert_eq!(read(html).files[0].text, "预算公开㐀\n");
    let document = read(b"<html><meta charset=utf-8><p>\xB2\xC6\xD5\xFE\xFF</p>");
    assert_eq!(document.files[0].text, "财政\u{fffd}\n");
    assert_eq!(document.issues[0].kind, IssueKind::UnknownCharacters { count: 1 });
}

#[test]
fn huge_spans_and_deep_nesting_are_bounded() {
    let wide = "<table><tr><td colspan=1000000 rowspan=1000000>部门支出总表</td></tr>\
                <tr><td>项目</td><td>金额</td></tr><tr><td>甲</td><td>1</td></tr></table>";
    assert!(text(wide).len() < 200, "{}", text(wide).len());
    let deep = read("<table><tr><td>".repeat(50_000));
    assert_eq!(deep.issues[0].kind, IssueKind::TooDeep { limit: Limits::default().depth });
    let nested = read("<div><b>".repeat(100_000));
    assert_eq!(nested.issues[0].kind, IssueKind::Empty);
    let attributes: String = (0..100_000).map(|at| format!(" a{at}=1")).collect();
    let many = read(format!("<p>甲</p><p{attributes}>乙</p>"));
    assert_eq!(many.files[0].text, "甲\n");
    assert_eq!(many.issues[0].kind, IssueKind::TooManyNodes { limit: 2_000 });
    let cells = read(format!("<table>{}</table>", "<tr><td>1<td>2".repeat(50_000)));
    assert_eq!(cells.issues[0].kind, IssueKind::TooManyCells { limit: Limits::default().cells });
}
