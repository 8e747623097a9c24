//! Damaged, hostile and protected files of every format: each says what is the matter, none
//! stops the program or keeps it busy.

mod common;
#[path = "common/dress.rs"]
mod dress;

use common::{BROKEN, Folder, code, gouji, stderr, stdout, text};
use gouji_model::Lang;
use gouji_read::{Document, Limits};
use std::time::Instant;

fn read(bytes: Vec<u8>) -> Document {
    gouji_read::read(vec![("a".into(), bytes)], &Limits::default())
}

fn said(document: &Document) -> String {
    document.issues.iter().map(|issue| issue.text(Lang::En)).collect::<Vec<_>>().join("\n")
}

fn dresses() -> [(&'static str, Vec<u8>); 4] {
    let parts = dress::parts(BROKEN);
    [
        ("docx", dress::docx(&parts)),
        ("xlsx", dress::xlsx(&parts)),
        ("ofd", dress::ofd(&parts)),
        ("html", dress::html(&parts)),
    ]
}

/// A document of one body.
fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

fn docx_with(body: &str, others: &[(&str, String)]) -> Vec<u8> {
    let relations = "<R><Relationship Type=\"x/officeDocument\" Target=\"word/document.xml\"/></R>";
    let main = format!("<w:document><w:body>{body}</w:body></w:document>");
    let mut members = vec![("_rels/.rels", relations.to_string()), ("word/document.xml", main)];
    members.extend(others.iter().cloned());
    dress::package(&members)
}

/// A compound file with one empty stream of each name.
fn compound(names: &[&str]) -> Vec<u8> {
    let sector = |words: &[u32]| -> Vec<u8> {
        words.iter().copied().chain(std::iter::repeat(u32::MAX)).take(128).flat_map(u32::to_le_bytes).collect()
    };
    let mut header = vec![0_u8; 512];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[26..34].copy_from_slice(&[3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    // One sector of the table, the directory in sector 1, nothing small, no list of tables.
    for (at, value) in [(44, 1), (48, 1), (56, 4096), (60, u32::MAX - 1), (68, u32::MAX - 1), (76, 0)] {
        header[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
    }
    header[80..].fill(0xFF);
    let mut directory = Vec::new();
    for (at, name) in ["Root Entry"].iter().chain(names).enumerate() {
        let mut entry = vec![0_u8; 128];
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64] = units.len() as u8 + 2;
        entry[66] = if at == 0 { 5 } else { 2 };
        entry[116..120].copy_from_slice(&u32::to_le_bytes(u32::MAX - 1));
        directory.extend(entry);
    }
    directory.resize(512, 0);
    [header, sector(&[u32::MAX - 2, u32::MAX - 1]), directory].concat()
}

#[test]
fn a_file_cut_off_anywhere_is_read_or_refused_with_a_reason() {
    for (format, bytes) in dresses() {
        let whole = read(bytes.clone());
        assert!(whole.issues.is_empty() && !whole.blocks.is_empty(), "{format}: {}", said(&whole));
        for part in 1..40 {
            let document = read(bytes[..bytes.len() * part / 40].to_vec());
            // A page that breaks off is still a page.
            assert!(format == "html" || !document.issues.is_empty(), "{format} cut at {part}/40 says nothing");
        }
    }
}

#[test]
fn a_file_with_any_byte_changed_ends() {
    for (_, bytes) in dresses() {
        for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            for value in [0x00, 0xFF, bytes[at] ^ 0x10] {
                let mut changed = bytes.clone();
                changed[at] = value;
                read(changed);
            }
        }
    }
}

#[test]
fn what_unpacks_beyond_the_limit_is_named_with_the_limit() {
    let begun = Instant::now();
    let bomb = docx(&" ".repeat(200 << 20));
    assert!(bomb.len() < 1 << 20);
    let document = read(bomb);
    assert!(said(&document).contains("134217728"), "{}", said(&document));
    assert!(document.blocks.is_empty());
    println!("a bomb of 200 MB took {:?}", begun.elapsed());
}

#[test]
fn circles_of_references_end() {
    let style = |id: &str, base: &str| {
        format!("<w:style w:styleId=\"{id}\"><w:name w:val=\"{id}\"/><w:basedOn w:val=\"{base}\"/></w:style>")
    };
    let styles = format!("<w:styles>{}{}</w:styles>", style("a", "b"), style("b", "a"));
    let notes = "<w:footnotes><w:footnote w:id=\"1\"><w:p><w:r><w:t>注</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>\
                 </w:footnote></w:footnotes>";
    let body =
        "<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>甲</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>";
    let document = read(docx_with(body, &[("word/styles.xml", styles), ("word/footnotes.xml", notes.to_string())]));
    assert_eq!(document.files[0].text, "甲\n注\n");
}

#[test]
fn tables_of_a_million_cells_stop_at_the_limit() {
    let begun = Instant::now();
    let cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>";
    let row = format!("<w:tr>{}</w:tr>", cell.repeat(100));
    let document = read(docx(&format!("<w:tbl>{}</w:tbl>", row.repeat(10_000))));
    assert!(said(&document).contains("2000000 elements"), "{}", said(&document));
    assert!(said(&document).contains("30000 table cells"), "{}", said(&document));
    let wide =
        format!("<w:tr>{}</w:tr>", cell.replace("<w:p>", "<w:tcPr><w:gridSpan w:val=\"4000000000\"/></w:tcPr><w:p>"));
    assert!(read(docx(&format!("<w:tbl>{}</w:tbl>", wide.repeat(3)))).files[0].text.len() < 100);
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..200_000 {
        sheet.write(row, 0, "甲").unwrap().write(row, 4, row).unwrap();
    }
    let document = read(workbook.save_to_buffer().unwrap());
    assert!(said(&document).contains("30000 table cells"), "{}", said(&document));
    println!("three tables took {:?}", begun.elapsed());
}

#[test]
fn protected_files_say_so() {
    let folder = Folder::new("protected");
    let path = folder.write("加密.docx", compound(&["EncryptionInfo", "EncryptedPackage"]));
    let output = gouji(&["check", text(&path)]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("加密.docx") && stderr(&output).contains("密码"), "{}", stderr(&output));
    let output = gouji(&["check", text(&path), "--lang", "en"]);
    assert!(stderr(&output).contains("password"), "{}", stderr(&output));
}

#[test]
fn files_of_no_known_format_say_what_can_be_read() {
    for (bytes, expected) in [
        (dress::package(&[("a.txt", "甲".into())]), "a zip archive"),
        (compound(&["Something"]), "an OLE compound file"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "an image"),
    ] {
        let document = read(bytes);
        assert!(said(&document).contains(expected) && said(&document).contains("OFD"), "{}", said(&document));
        assert!(document.issues[0].is_fatal());
    }
    let damaged = read(compound(&["Workbook"]));
    assert!(said(&damaged).contains("Workbook"), "{}", said(&damaged));
}

#[test]
fn parts_in_another_encoding_are_read_or_named() {
    let main = "<?xml version=\"1.0\" encoding=\"GBK\"?><w:document><w:body><w:p><w:r><w:t>预算</w:t></w:r></w:p></w:body></w:document>";
    let (encoded, _, _) = encoding_rs::GBK.encode(main);
    let zipped = |bytes: &[u8]| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        writer.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, bytes).unwrap();
        writer.finish().unwrap().into_inner()
    };
    assert_eq!(read(zipped(&encoded)).files[0].text, "预算\n");
    let undeclared =
        encoded.iter().copied().skip("<?xml version=\"1.0\" encoding=\"GBK\"?>".len()).collect::<Vec<u8>>();
    let document = read(zipped(&undeclared));
    assert!(said(&document).contains("word/document.xml"), "{}", said(&document));
}

#[test]
fn a_folder_takes_every_format_and_passes_over_what_is_no_report() {
    let folder = Folder::new("formats");
    for (format, bytes) in dresses() {
        folder.write(&format!("报告.{format}"), bytes);
    }
    folder.write("~$报告.docx", "x");
    folder.write("._报告.docx", "x");
    folder.write("说明.md", "x");
    folder.write("以前的结果.html", "<!doctype html>\n<meta name=\"generator\" content=\"gouji\">");
    let output = gouji(&["check", text(folder.as_path()), "--format", "json"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["reports"].as_array().unwrap().len(), 4);
    let finding = |report: &serde_json::Value| report["findings"][0]["relation"].clone();
    let first: Vec<_> = json["reports"].as_array().unwrap().iter().map(finding).collect();
    assert!(first.iter().all(|relation| *relation == first[0]), "{first:?}");
}

#[test]
fn a_workbook_of_findings_is_no_report_of_the_folder() {
    let folder = Folder::new("own");
    folder.write("报告.txt", BROKEN);
    let findings = folder.path("结果.xlsx");
    let report = folder.path("报告.txt");
    assert_eq!(code(&gouji(&["check", text(&report), "--format", "xlsx", "--output", text(&findings)])), 1);
    let output = gouji(&["check", text(folder.as_path()), "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["reports"].as_array().unwrap().len(), 1);
    assert!(stderr(&output).contains("结果.xlsx") && stderr(&output).contains("已跳过"), "{}", stderr(&output));
    let output = gouji(&["check", text(folder.as_path()), "--lang", "en"]);
    assert!(stderr(&output).contains("gouji itself wrote"), "{}", stderr(&output));
}

/// The program that converts, where it is installed.
fn soffice() -> Option<std::path::PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&folders).map(|folder| folder.join("soffice")).find(|path| path.is_file());
    if found.is_none() {
        println!("skipped: LibreOffice is not installed");
    }
    found
}

#[test]
fn documents_of_older_programs_are_converted_and_keep_their_name() {
    let Some(soffice) = soffice() else { return };
    let folder = Folder::new("older");
    let parts = dress::parts(BROKEN);
    folder.write("report.docx", dress::docx(&parts));
    folder.write("table.xlsx", dress::xlsx(&parts));
    for (target, source) in [("doc", "report.docx"), ("rtf", "report.docx"), ("xls", "table.xlsx")] {
        let profile = format!("-env:UserInstallation=file://{}", text(&folder.path("profile")));
        let mut command = std::process::Command::new(&soffice);
        command.args([&profile, "--headless", "--convert-to", target, "--outdir", text(folder.as_path())]);
        let made = command.arg(folder.path(source)).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    std::fs::rename(folder.path("report.doc"), folder.path("报告.wps")).unwrap();
    for name in ["报告.wps", "report.rtf", "table.xls"] {
        let output = gouji(&["check", text(&folder.path(name))]);
        assert_eq!(code(&output), 1, "{name}: {}", stderr(&output));
        let shown = stdout(&output);
        assert!(shown.contains("错误[SUM") && shown.contains(name), "{name}: {shown}");
    }
}

#[test]
fn without_the_program_an_older_document_says_what_to_do() {
    let folder = Folder::new("unconverted");
    let path = folder.write("报告.doc", compound(&["WordDocument"]));
    let scratch = folder.path("scratch");
    std::fs::create_dir(&scratch).unwrap();
    let run = |program: &str, lang: &str| {
        let mut command = common::command();
        command
            .env("TMPDIR", &scratch)
            .env("GOUJI_SOFFICE", program)
            .args(["check", text(&path), "--lang", lang])
            .output()
            .unwrap()
    };
    let output = run("/nowhere/soffice", "zh");
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("报告.doc: 这是DOC") && stderr(&output).contains("安装 LibreOffice"),
        "{}",
        stderr(&output)
    );
    assert!(stderr(&run("/nowhere/soffice", "en")).contains("install LibreOffice"));
    if cfg!(unix) {
        let failed = run("/bin/false", "en");
        assert!(stderr(&failed).contains("converted to DOCX by LibreOffice (/bin/false)"), "{}", stderr(&failed));
        assert!(std::fs::read_dir(&scratch).unwrap().next().is_none(), "the folder of the conversion is left");
        assert_eq!(code(&failed), 2);
        assert!(stderr(&failed).contains("conversion by LibreOffice failed"), "{}", stderr(&failed));
    }
}
