//! Real output of every format: exit codes, the schema, the same bytes twice.

mod common;

use common::{BROKEN, Folder, code, command, gouji, stderr, stdout, text};
use std::io::Read;
use std::process::Stdio;

#[test]
fn findings_of_the_level_asked_for_give_exit_code_1() {
    let folder = Folder::new("exit");
    let path = folder.write("a.txt", BROKEN);
    let output = gouji(&["check", text(&path)]);
    assert_eq!(code(&output), 1, "{}", stdout(&output));
    assert!(stdout(&output).contains("错误[SUM"), "{}", stdout(&output));
    assert!(stderr(&output).is_empty(), "{}", stderr(&output));
}

#[test]
fn json_fits_the_published_schema() {
    let schema = include_str!("../../../docs/schema/check-1.schema.json");
    let validator = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let folder = Folder::new("schema");
    let path = folder.write("a.txt", BROKEN);
    let empty = folder.write("b.txt", "");
    for files in [vec![text(&path)], vec![text(&empty)], vec![text(&path), text(&empty)]] {
        for lang in ["zh", "en"] {
            let output = gouji(&[&["check", "--format", "json", "--lang", lang], files.as_slice()].concat());
            let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            let faults: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
            assert!(faults.is_empty(), "{faults:#?}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = Folder::new("bytes");
    let path = folder.write("a.txt", BROKEN);
    for format in ["text", "json", "html", "xlsx", "sarif"] {
        let once = |name: &str| {
            let target = folder.path(name);
            let output = gouji(&["check", text(&path), "--format", format, "--output", text(&target)]);
            assert_eq!(code(&output), 1, "{}", stderr(&output));
            assert!(output.stdout.is_empty());
            std::fs::read(target).unwrap()
        };
        let first = once("first");
        // A zip archive keeps times by two seconds: a clock that is read would show by then.
        std::thread::sleep(std::time::Duration::from_millis(if format == "xlsx" { 2100 } else { 0 }));
        assert!(first == once("second"), "{format} differs");
        assert!(!first.is_empty());
    }
    for format in ["json", "csv"] {
        let first = gouji(&["read", text(&path), "--format", format]);
        assert_eq!((code(&first), first.stdout.is_empty()), (0, false));
        assert_eq!(first.stdout, gouji(&["read", text(&path), "--format", format]).stdout);
    }
}

#[test]
fn a_folder_is_a_report_for_each_file_and_one_with_as_one() {
    let folder = Folder::new("folder");
    folder.write("b.txt", BROKEN);
    folder.write("a.txt", BROKEN);
    folder.write("note.md", "no report");
    let reports = |arguments: &[&str]| {
        let output = gouji(&[&["check", "--format", "json", text(folder.as_path())], arguments].concat());
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        json["reports"].as_array().unwrap().clone()
    };
    let each = reports(&[]);
    assert_eq!(each.len(), 2);
    assert!(each[0]["files"][0]["path"].as_str().unwrap().ends_with("a.txt"));
    let one = reports(&["--as-one"]);
    assert_eq!((one.len(), one[0]["files"].as_array().unwrap().len()), (1, 2));
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let folder = Folder::new("pipe");
    let path = folder.write("a.txt", BROKEN.repeat(30));
    let mut child = command()
        .args(["check", text(&path), "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    let status = child.wait().unwrap();
    assert!(said.is_empty() && status.code().is_some(), "{said} {status}");
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = Folder::new("colour");
    let path = folder.write("a.txt", BROKEN);
    assert!(!stdout(&gouji(&["check", text(&path)])).contains('\u{1b}'));
    assert!(stdout(&gouji(&["check", text(&path), "--color", "always"])).contains('\u{1b}'));
}

#[test]
fn help_speaks_both_languages_and_shows_an_example() {
    let verbs = ["check", "read", "new", "convert", "explain", "completions"];
    for verb in verbs.iter().map(|verb| vec![*verb]).chain([vec![]]) {
        let chinese = gouji(&[verb.as_slice(), &["--help"]].concat());
        assert_eq!(code(&chinese), 0);
        assert!(stdout(&chinese).contains("例子") && stdout(&chinese).contains("用法"), "{}", stdout(&chinese));
        assert!(!stdout(&chinese).contains("Options:"), "{}", stdout(&chinese));
        let english = stdout(&gouji(&[verb.as_slice(), &["--help", "--lang", "en"]].concat()));
        assert!(english.contains("Example") && english.contains("Usage"), "{english}");
        let foreign = stdout(&chinese).lines().any(|line| line.contains("[OPTIONS]") || line.contains("Print help"));
        assert!(!foreign, "{}", stdout(&chinese));
    }
}

#[test]
fn completions_are_written_for_every_shell_in_both_languages() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let chinese = gouji(&["completions", shell]);
        assert_eq!(code(&chinese), 0, "{}", stderr(&chinese));
        assert!(stdout(&chinese).contains("fail-on"), "{}", stdout(&chinese));
        let english = gouji(&["completions", shell, "--lang", "en"]);
        // bash shows no help beside the words.
        if shell != "bash" {
            assert!(stdout(&chinese).contains("接受记录"), "{}", stdout(&chinese));
            assert!(!stdout(&chinese).contains("Errors only"), "{}", stdout(&chinese));
            assert!(stdout(&english).contains("findings in it are folded"), "{}", stdout(&english));
        }
    }
    let wrong = gouji(&["completions", "tcsh"]);
    assert_eq!(code(&wrong), 2);
    assert!(stderr(&wrong).contains("bash"), "{}", stderr(&wrong));
}

#[test]
fn rules_are_listed_and_explained() {
    let list = gouji(&["explain"]);
    assert_eq!(code(&list), 0);
    assert!(stdout(&list).contains("SUM101"), "{}", stdout(&list));
    for lang in ["zh", "en"] {
        let page = gouji(&["explain", "sum101", "--lang", lang]);
        assert_eq!(code(&page), 0);
        assert!(stdout(&page).starts_with("SUM101 ") && stdout(&page).lines().count() > 2, "{}", stdout(&page));
    }
    let unknown = gouji(&["explain", "SUM999"]);
    assert_eq!(code(&unknown), 2);
    assert!(stderr(&unknown).contains("SUM"), "{}", stderr(&unknown));
}
