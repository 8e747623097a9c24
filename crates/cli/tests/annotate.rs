//! `--annotate` on PDFs made by hand: what is written, and what is refused.

mod common;

use common::{BROKEN, Folder, code, gouji, stderr, stdout, text};

/// A PDF of one page: lines of text, and rows of a table in a grid where a line has tabs.
fn pdf(report: &str) -> Vec<u8> {
    let mut drawing = String::from("0.5 w\n");
    let mut top = 800;
    for line in report.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        for (column, cell) in cells.iter().enumerate() {
            let left = 40 + 105 * column;
            let units: String = cell.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            drawing.push_str(&format!("BT /F 10 Tf {} {} Td <{units}> Tj ET\n", left + 4, top + 5));
            if cells.len() > 1 {
                drawing.push_str(&format!("{left} {top} 105 18 re S\n"));
            }
        }
        top -= 18;
    }
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_string(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
            .to_string(),
        format!("<< /Length {} >>\nstream\n{drawing}endstream", drawing.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>"
            .to_string(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 7 0 R \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
            .to_string(),
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /Ascent 880 \
         /Descent -120 /ItalicAngle 0 /StemV 80 /CapHeight 700 >>"
            .to_string(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (index, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out.push_str(&format!(
        "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ));
    out.into_bytes()
}

#[test]
fn one_pdf_is_written_to_the_file_named_with_its_own_bytes_first() {
    let folder = Folder::new("annotate-one");
    let (report, out) = (folder.write("报告.pdf", pdf(BROKEN)), folder.path("批注.pdf"));
    let output = gouji(&["check", text(&report), "--annotate", text(&out)]);
    assert_eq!(code(&output), 1, "{}{}", stdout(&output), stderr(&output));
    assert!(stdout(&output).contains("报告.pdf 第 1 页"), "{}", stdout(&output));
    let (before, after) = (std::fs::read(&report).unwrap(), std::fs::read(&out).unwrap());
    assert!(after.starts_with(&before) && after.len() > before.len());
    assert!(after.windows(10).any(|bytes| bytes == b"/Highlight"));
    assert_eq!(before, pdf(BROKEN), "the original is not touched");
}

#[test]
fn several_pdfs_are_written_to_a_folder_each_under_its_name() {
    let folder = Folder::new("annotate-several");
    std::fs::create_dir_all(folder.path("甲")).unwrap();
    std::fs::create_dir_all(folder.path("乙")).unwrap();
    let files = [folder.write("甲/报告.pdf", pdf(BROKEN)), folder.write("乙/报告.pdf", pdf(BROKEN))];
    let refused = gouji(&["check", text(&files[0]), text(&files[1]), "--annotate", text(&folder.path("批注.pdf"))]);
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("2 个 PDF") && stderr(&refused).contains("文件夹"), "{}", stderr(&refused));
    let out = folder.path("批注");
    let output = gouji(&["check", text(&files[0]), text(&files[1]), "--annotate", text(&out)]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(out.join("报告.pdf").is_file() && out.join("报告-2.pdf").is_file());
}

#[test]
fn the_original_is_never_replaced_and_a_text_is_no_pdf() {
    let folder = Folder::new("annotate-refused");
    let report = folder.write("报告.pdf", pdf(BROKEN));
    for target in [report.as_path(), folder.as_path()] {
        let output = gouji(&["check", text(&report), "--annotate", text(target)]);
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains("不能覆盖"), "{}", stderr(&output));
        assert_eq!(std::fs::read(&report).unwrap(), pdf(BROKEN));
    }
    let plain = folder.write("报告.txt", BROKEN);
    let output = gouji(&["check", text(&plain), "--annotate", text(&folder.path("批注.pdf")), "--lang", "en"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no PDF to annotate"), "{}", stderr(&output));
    assert!(!folder.path("批注.pdf").exists());
}
