//! Packages and pages made to exhaust memory or time, given to the real program with little memory:
//! what they unpack to, what their entities grow to, and tables of a million cells are bounded.

mod common;
#[path = "common/dress.rs"]
#[allow(dead_code)]
mod dress;

use common::{Folder, code, command, stderr, stdout, text};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Virtual memory of the process in kilobytes.
const MEMORY: u64 = 1_600_000;
const PATIENCE: Duration = Duration::from_secs(60);

/// Everything the program says of a file, with the findings as JSON.
fn said(name: &str, bytes: Vec<u8>) -> String {
    let folder = Folder::new(&format!("package-{}", name.replace(' ', "-")));
    let ending = name.split(' ').next().unwrap();
    let path = folder.write(&format!("a.{ending}"), bytes);
    let program = command().get_program().to_owned();
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"")).arg(program);
    let begun = Instant::now();
    let arguments = ["check", text(&path), "--lang", "en", "--format", "json"];
    let output = shell.args(arguments).stdin(Stdio::null()).output().unwrap();
    println!("{name}: {:?}, code {}", begun.elapsed(), code(&output));
    assert!(begun.elapsed() < PATIENCE, "{name} took {:?}", begun.elapsed());
    stdout(&output) + &stderr(&output)
}

/// A package of one kind whose main part is the text.
fn package(kind: &str, part: String) -> Vec<u8> {
    let workbook = r#"<workbook><sheets><sheet name="a" r:id="a"/></sheets></workbook>"#.to_string();
    let relations = r#"<R><Relationship Id="a" Type="x/worksheet" Target="a.xml"/></R>"#.to_string();
    let root = "<O><DocBody><DocRoot>d.xml</DocRoot></DocBody></O>".to_string();
    let pages = r#"<D><Pages><Page ID="1" BaseLoc="a.xml"/></Pages></D>"#.to_string();
    dress::package(&match kind {
        "docx" => vec![("word/document.xml", part)],
        "xlsx" => vec![("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relations), ("xl/a.xml", part)],
        _ => vec![("OFD.xml", root), ("d.xml", pages), ("a.xml", part)],
    })
}

#[test]
fn zip_bombs_are_refused_with_the_limit() {
    for kind in ["docx", "xlsx", "ofd"] {
        let bomb = package(kind, " ".repeat(300 << 20));
        assert!(bomb.len() < 1 << 20);
        let said = said(&format!("{kind} bomb"), bomb);
        assert!(said.contains("134217728"), "{kind}: {said}");
    }
}

#[test]
fn entities_are_never_expanded() {
    let mut entities = String::from("<!DOCTYPE a [<!ENTITY e0 \"預預預預預預預預\">");
    for at in 1..20 {
        let ten = format!("&e{};", at - 1).repeat(10);
        entities.push_str(&format!("<!ENTITY e{at} \"{ten}\">"));
    }
    for (kind, body) in [
        ("docx", "<w:document><w:body><w:p><w:r><w:t>&e19;</w:t></w:r></w:p></w:body></w:document>"),
        (
            "xlsx",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>&e19;</v></c></row></sheetData></worksheet>",
        ),
        ("ofd", "<Page><Content><Layer><TextObject><TextCode>&e19;</TextCode></TextObject></Layer></Content></Page>"),
    ] {
        let said = said(&format!("{kind} entities"), package(kind, format!("{entities}]>{body}")));
        assert!(!said.contains("預預") && said.contains("entit"), "{kind}: {said}");
    }
}

#[test]
fn a_million_cells_stop_at_the_limit() {
    let rows = |open: &str, cell: &str, close: &str| format!("{open}{}{close}", cell.repeat(100)).repeat(10_000);
    let docx = rows("<w:tr>", "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>", "</w:tr>");
    let html = format!("<html><body><table>{}</table></body></html>", rows("<tr>", "<td>1</td>", "</tr>"));
    let sheet: String =
        (1..=200_000).map(|row| format!("<row r=\"{row}\">{}</row>", "<c><v>1</v></c>".repeat(5))).collect();
    let sheet = format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>");
    for (name, bytes) in [
        ("docx cells", package("docx", format!("<w:document><w:body><w:tbl>{docx}</w:tbl></w:body></w:document>"))),
        ("html cells", html.into_bytes()),
        ("xlsx cells", package("xlsx", sheet)),
    ] {
        let said = said(name, bytes);
        assert!(said.contains("more than 30000 table cells"), "{name}: {}", &said[..said.len().min(600)]);
    }
}
