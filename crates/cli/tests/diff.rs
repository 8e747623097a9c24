//! What differs between two budgets: books of two years, and a report against its books.

mod common;

use common::{Folder, code, gouji, stderr, stdout, text};
use std::path::Path;

const BOOKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/longgang-2019");

/// The example with one project cut and another one put in its place.
fn changed(folder: &Folder) -> std::path::PathBuf {
    let target = folder.path("changed");
    std::fs::create_dir_all(&target).expect("the folder of the test can be written");
    for entry in std::fs::read_dir(BOOKS).expect("the example is in the repository") {
        let path = entry.expect("it can be listed").path();
        let name = path.file_name().expect("files have names").to_string_lossy().into_owned();
        let mut content = std::fs::read_to_string(&path).expect("it is text");
        if name == "expenditure.csv" || name == "projects.csv" {
            content = content.replace(",科技交流合作,", ",科技招商,");
        }
        if name == "expenditure.csv" {
            content = content.replace(",2060101,30101,基本支出,,,1119000,", ",2060101,30101,基本支出,,,2119000,");
        }
        if name == "counts.csv" {
            content = content.replace(",行政编制,33", ",行政编制,35");
        }
        std::fs::write(target.join(name), content).expect("the folder of the test can be written");
    }
    target
}

fn diff(before: &Path, after: &Path, more: &[&str]) -> std::process::Output {
    gouji(&[&["diff", text(before), text(after)], more].concat())
}

#[test]
fn changes_are_told_by_unit_code_project_and_staff_with_totals() {
    let folder = Folder::new("diff-books");
    let (books, changed) = (Path::new(BOOKS), changed(&folder));
    for (lang, words) in [
        (
            "zh",
            [
                "本年支出由 514,469,500.00 元增加到 515,469,500.00 元，多 1,000,000.00 元",
                "行政编制",
                "合计（含相同项）",
            ],
        ),
        (
            "en",
            [
                "expenditure rises from 514,469,500.00 to 515,469,500.00 yuan",
                "行政编制",
                "total, with what is the same",
            ],
        ),
    ] {
        for width in ["80", "120"] {
            let output = diff(books, &changed, &["--lang", lang, "--width", width]);
            assert_eq!(code(&output), 0, "{}", stderr(&output));
            let said = stdout(&output).replace('\n', "");
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            assert!(words.iter().all(|word| bare(&said).contains(&bare(word))), "{}", stdout(&output));
            assert!(said.contains("科技招商") && said.contains("+1,581,000.00") && said.contains("30101"), "{said}");
        }
    }
    let same = diff(books, books, &[]);
    assert!(stdout(&same).contains("没有变动"), "{}", stdout(&same));
}

#[test]
fn programs_get_the_same_as_json_and_csv() {
    let folder = Folder::new("diff-formats");
    let (books, changed) = (Path::new(BOOKS), changed(&folder));
    let json = folder.path("changes.json");
    let output = diff(books, &changed, &["--format", "json", "--output", text(&json)]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(json).expect("the file is written")).expect("it is JSON");
    let sections = json["sections"].as_array().expect("there are sections");
    let of = |name: &str| sections.iter().find(|section| section["section"] == name).expect("the section is there");
    assert_eq!(of("function")["total"][2], "1000000.00");
    assert_eq!(of("project")["changed"], 2);
    assert_eq!(of("project")["total"][2], "0.00");
    assert_eq!(of("count")["lines"][0]["change"], "2");
    let csv = stdout(&diff(books, &changed, &["--format", "csv"]));
    assert!(csv.contains("economic,30101,\"基本工资\",1569000.00,2569000.00,1000000.00\n"), "{csv}");
}

#[test]
fn a_report_is_compared_with_books_cell_by_cell() {
    let folder = Folder::new("diff-report");
    let out = folder.path("out");
    assert!(code(&gouji(&["build", BOOKS, "--output", text(&out), "--only", "txt"])) < 2);
    let report = out.join("2019年深圳市龙岗区科技创新局部门预算报告.txt");
    let same = diff(&report, Path::new(BOOKS), &[]);
    assert!(stdout(&same).contains("没有变动"), "{}", stdout(&same));
    let changed = changed(&folder);
    for output in [diff(&report, &changed, &["--format", "csv"]), diff(&changed, &report, &["--format", "csv"])] {
        let csv = stdout(&output);
        assert!(csv.contains("economic,30101,") && csv.contains("1570000.00") && csv.contains("2569000.00"), "{csv}");
    }
    // A workbook of books is told from a workbook of a report.
    let workbook = folder.path("books.xlsx");
    assert_eq!(code(&gouji(&["convert", BOOKS, text(&workbook)])), 0);
    assert!(stdout(&diff(&workbook, Path::new(BOOKS), &[])).contains("没有变动"));
    assert!(stdout(&diff(&report, &report, &[])).contains("没有变动"));
    assert_eq!(code(&diff(Path::new("/nowhere"), Path::new(BOOKS), &[])), 2);
}
