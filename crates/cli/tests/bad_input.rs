//! What cannot be read is said clearly, in the language of the run, with exit code 2.

mod common;

use common::{BROKEN, Folder, code, gouji, stderr, stdout, text};

#[test]
fn an_empty_file() {
    let folder = Folder::new("empty");
    let path = folder.write("空.txt", "");
    let output = gouji(&["check", text(&path)]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("空.txt") && stderr(&output).contains("文件是空的"), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_binary_file() {
    let folder = Folder::new("binary");
    let path = folder.write("a.txt", b"\x7FELF\n\x00\x01");
    let output = gouji(&["check", text(&path), "--lang", "en"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("binary data"), "{}", stderr(&output));
    let path = folder.write("b.pdf", b"%PDF-1.7\n\x00\x01");
    let output = gouji(&["check", text(&path), "--lang", "en"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("damaged or cut off"), "{}", stderr(&output));
}

#[test]
fn an_invalid_encoding() {
    let folder = Folder::new("encoding");
    let path = folder.write("a.txt", [0xC3, 0x28, 0xFF, 0xFF, 0x80]);
    let output = gouji(&["check", text(&path)]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("GB18030"), "{}", stderr(&output));
}

#[test]
fn a_file_beyond_the_limit_is_refused_unread() {
    let folder = Folder::new("large");
    let path = folder.write("a.txt", "");
    let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(200_000_000).unwrap();
    let output = gouji(&["check", text(&path)]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("200000000") && stderr(&output).contains("上限"), "{}", stderr(&output));
    assert!(!stderr(&output).contains("文件是空的"));
    let json = gouji(&["check", text(&path), "--format", "json"]);
    assert_eq!(code(&json), 2);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(json["reports"][0]["issues"][0]["what"].as_str().unwrap().contains("200000000"));
    assert_eq!(json["reports"][0]["files"][0]["sha256"], "");
}

#[test]
fn a_text_that_is_no_budget_report() {
    let folder = Folder::new("poem");
    let path = folder.write("a.txt", "床前明月光，疑是地上霜。\n");
    let output = gouji(&["check", text(&path)]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("部门预算报告"), "{}", stderr(&output));
    let json = gouji(&["check", text(&path), "--format", "json"]);
    assert_eq!(code(&json), 2);
    assert!(stdout(&json).contains("\"issues\""));
}

#[test]
fn a_missing_file_and_a_folder_without_reports() {
    let folder = Folder::new("missing");
    let output = gouji(&["check", text(&folder.path("没有.txt"))]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("没有这个文件"), "{}", stderr(&output));
    let output = gouji(&["check", text(folder.as_path()), "--lang", "en"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("holds no report (PDF"), "{}", stderr(&output));
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing_behind() {
    let folder = Folder::new("unwritable");
    let path = folder.write("a.txt", BROKEN);
    let target = folder.path("没有/结果.html");
    let output = gouji(&["check", text(&path), "--format", "html", "--output", text(&target)]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("写不了"), "{}", stderr(&output));
    let output = gouji(&["check", text(&path), "--output", text(folder.as_path())]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("它是文件夹"), "{}", stderr(&output));
    assert_eq!(std::fs::read_dir(folder.as_path()).unwrap().count(), 1);
}

#[test]
fn wrong_usage_in_both_languages() {
    for (arguments, chinese, english) in [
        (vec!["check"], "缺少", "required"),
        (vec!["chekc", "a"], "没有命令 chekc", "unrecognized"),
        (vec!["check", "a", "--format", "pdf"], "可以是：text、json、html、xlsx", "possible values"),
        (vec!["check", "a", "--colour"], "没有选项 --colour", "unexpected argument"),
        (vec!["check", "a", "--width", "7"], "--width", "--width"),
        (vec![], "check、read", "Usage"),
    ] {
        let output = gouji(&arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(chinese), "{arguments:?}: {}", stderr(&output));
        let output = gouji(&[arguments.as_slice(), &["--lang", "en"]].concat());
        assert_eq!(code(&output), 2, "{arguments:?}");
        let said = stderr(&output);
        assert!(said.contains(english), "{arguments:?}: {said}");
        assert!(!said.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c)), "{arguments:?}: {said}");
    }
}

#[test]
fn a_workbook_needs_a_file() {
    let folder = Folder::new("workbook");
    let path = folder.write("a.txt", BROKEN);
    let output = gouji(&["check", text(&path), "--format", "xlsx"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--output"), "{}", stderr(&output));
}

#[test]
fn one_unreadable_report_among_others_is_not_passed_over() {
    let folder = Folder::new("among");
    folder.write("a.txt", BROKEN);
    folder.write("b.txt", "");
    let output = gouji(&["check", text(folder.as_path())]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("[1/2]") && stderr(&output).contains("b.txt: 文件是空的"), "{}", stderr(&output));
    // The table at the end names it as unread, and the total does not count it as clean.
    let tail: Vec<String> = stdout(&output).lines().rev().take(2).map(str::to_string).collect();
    assert!(tail[0].contains("没有读出 1 份"), "{tail:?}");
    assert!(tail[1].contains("（没有读出）") && tail[1].ends_with("b.txt"), "{tail:?}");
}

#[test]
fn faults_of_a_form_are_reported_with_file_and_line() {
    let folder = Folder::new("forms");
    let path = folder.write("a.txt", BROKEN);
    folder.write("mine.toml", "[[[");
    let output = gouji(&["check", text(&path), "--forms", text(folder.as_path())]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("mine.toml:1"), "{}", stderr(&output));
    let output = gouji(&["check", text(&path), "--forms", text(&folder.path("没有"))]);
    assert_eq!(code(&output), 2);
}
