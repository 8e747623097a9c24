//! The acceptance file: what it folds, what it leaves, what is wrong with it.

mod common;

use common::{BROKEN, Folder, code, gouji, stderr, stdout, text};
use std::path::Path;

/// The findings of a report as JSON.
fn findings(path: &Path, more: &[&str]) -> Vec<serde_json::Value> {
    let output = gouji(&[&["check", "--format", "json", text(path)], more].concat());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    json["reports"][0]["findings"].as_array().unwrap().clone()
}

/// An entry for every finding.
fn entries(findings: &[serde_json::Value]) -> String {
    let entry = |finding: &serde_json::Value| {
        format!(
            "[[accept]]\ncode = {}\nrelation = {}\nquote_sha256 = {}\nreason = \"已另文说明\"\nwho = \"张三\"\ndate = \"2026-01-15\"\n\n",
            finding["code"], finding["relation"], finding["quote_sha256"]
        )
    };
    findings.iter().map(entry).collect()
}

#[test]
fn accepted_findings_fold_and_do_not_count() {
    let folder = Folder::new("accepted");
    let report = folder.write("a.txt", BROKEN);
    let found = findings(&report, &[]);
    assert!(!found.is_empty());
    let accept = folder.write("接受.toml", entries(&found));
    let output = gouji(&["check", text(&report), "--accept", text(&accept), "--fail-on", "warning"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    assert!(stdout(&output).contains("已接受") && stdout(&output).contains("已另文说明"), "{}", stdout(&output));
    assert!(!stdout(&output).contains("错误["), "{}", stdout(&output));
    let accepted = findings(&report, &["--accept", text(&accept)]);
    assert!(accepted.iter().all(|finding| finding["accepted"] == "已另文说明"));
}

#[test]
fn an_entry_that_fits_nothing_is_a_warning() {
    let folder = Folder::new("stale");
    let report = folder.write("a.txt", BROKEN);
    let mut all = entries(&findings(&report, &[]));
    let lines = all.lines().count();
    all.push_str(
        "[[accept]]\ncode = \"NAR999\"\nrelation = \"gone\"\nquote = \"没有了\"\nreason = \"x\"\nwho = \"y\"\ndate = 2026-01-15\n",
    );
    let accept = folder.write("接受.toml", all);
    let output = gouji(&["check", text(&report), "--accept", text(&accept)]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    let place = format!("接受.toml:{}", lines + 1);
    assert!(stdout(&output).contains("警告[FRM901 gone]") && stdout(&output).contains(&place), "{}", stdout(&output));
    let strict = gouji(&["check", text(&report), "--accept", text(&accept), "--fail-on", "warning"]);
    assert_eq!(code(&strict), 1);
    let last = findings(&report, &["--accept", text(&accept)]).pop().unwrap();
    assert_eq!((last["code"].as_str(), last["rule"].as_str()), (Some("FRM901"), Some("stale-acceptance")));
    assert_eq!(last["places"][0]["line"], lines + 1);
}

#[test]
fn another_quote_is_another_finding() {
    let folder = Folder::new("quote");
    let report = folder.write("a.txt", BROKEN);
    let changed = entries(&findings(&report, &[])).replace("quote_sha256 = \"", "quote_sha256 = \"0");
    let accept = folder.write("接受.toml", changed);
    assert_eq!(code(&gouji(&["check", text(&report), "--accept", text(&accept)])), 1);
}

#[test]
fn all_faults_are_reported_at_once_with_file_and_line() {
    let folder = Folder::new("faults");
    let report = folder.write("a.txt", BROKEN);
    let accept = folder.write("接受.toml", "[[accept]]\ncode = 7\ncolour = \"red\"\n");
    let output = gouji(&["check", text(&report), "--accept", text(&accept)]);
    assert_eq!(code(&output), 2);
    let said = stderr(&output);
    assert!(said.contains("接受.toml:2: code") && said.contains("接受.toml:3: 没有 colour"), "{said}");
    assert!(said.contains("缺少 reason") && said.contains("缺少 who"), "{said}");
    let output = gouji(&["check", text(&report), "--accept", text(&folder.path("没有.toml"))]);
    assert_eq!(code(&output), 2);
}
