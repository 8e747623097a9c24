//! A PDF of page pictures: one issue a page, exit code 2, nothing passed over in silence.

mod common;

use common::{Folder, code, gouji, stderr, text};

/// Pages that show one grey picture each, the second with a line of real text as well.
fn pdf(pages: usize, with_text: Option<usize>) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 5 + 2 * page)).collect();
    objects.push(format!("<< /Type /Pages /Count {pages} /Kids [{}] >>", kids.join(" ")));
    objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned());
    let (head, data) = ("/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray", "abcd");
    objects.push(format!("<< {head} /BitsPerComponent 8 /Length 4 >>\nstream\n{data}\nendstream"));
    for page in 0..pages {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents {} 0 R \
             /Resources << /XObject << /P 4 0 R >> /Font << /F 3 0 R >> >> >>",
            6 + 2 * page
        ));
        let words = if with_text == Some(page) { " BT /F 12 Tf 20 200 Td (2024) Tj ET" } else { "" };
        let content = format!("q 300 0 0 400 0 0 cm /P Do Q{words}");
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let (mut bytes, mut table) = (String::from("%PDF-1.4\n"), format!("xref\n0 {}\n", objects.len() + 1));
    table.push_str("0000000000 65535 f \n");
    for (at, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let (start, size) = (bytes.len(), objects.len() + 1);
    bytes.push_str(&format!("{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    bytes.into_bytes()
}

#[test]
fn every_page_of_a_scan_is_an_issue() {
    let folder = Folder::new("scan");
    let path = folder.write("扫描.pdf", pdf(3, None));
    let output = gouji(&["check", text(&path)]);
    assert_eq!(code(&output), 2);
    assert_eq!(stderr(&output).matches("扫描图片").count(), 3, "{}", stderr(&output));
    let json = gouji(&["check", text(&path), "--format", "json"]);
    assert_eq!(code(&json), 2);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let issues = json["reports"][0]["issues"].as_array().unwrap();
    let pages: Vec<u64> = issues.iter().filter_map(|issue| issue["page"].as_u64()).collect();
    assert_eq!(pages, [1, 2, 3], "{issues:?}");
}

#[test]
fn a_scanned_page_among_others_is_told_by_its_number() {
    let folder = Folder::new("half-scan");
    let path = folder.write("a.pdf", pdf(3, Some(1)));
    let json = gouji(&["check", text(&path), "--format", "json"]);
    assert_eq!(code(&json), 2);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let issues = json["reports"][0]["issues"].as_array().unwrap();
    let pages: Vec<u64> = issues.iter().filter_map(|issue| issue["page"].as_u64()).collect();
    assert_eq!(pages, [1, 3], "{issues:?}");
}
