//! Books on the command line: begun, moved between folder and workbook, and refused with every fault.

mod common;

use common::{Folder, code, gouji, stderr};
use std::path::Path;

fn text(path: &Path) -> &str {
    path.to_str().expect("the folder of the test has a plain name")
}

fn new(output: &Path) -> std::process::Output {
    gouji(&["new", "--form", "shenzhen-2019", "--year", "2026", "--output", text(output)])
}

#[test]
fn books_that_are_begun_ask_for_the_department_only() {
    let folder = Folder::new("books-new");
    for (name, place) in [("预算.xlsx", "预算.xlsx: 部门!A3: "), ("预算", "预算/books.toml:2:name: ")] {
        let path = folder.path(name);
        assert_eq!(code(&new(&path)), 0);
        let converted = gouji(&["convert", text(&path), text(&folder.path("other"))]);
        assert_eq!(code(&converted), 2);
        let told = stderr(&converted);
        let lines: Vec<&str> = told.lines().collect();
        assert!(lines.len() == 1 && lines[0].ends_with(&format!("{place}错误: “部门名称”未填写")), "{told}");
        assert!(!folder.path("other").exists(), "nothing is written of books that cannot be made");
    }
}

#[test]
fn books_go_to_a_workbook_and_back_unchanged_and_nothing_is_written_over() {
    let folder = Folder::new("books-convert");
    let (first, book, second) = (folder.path("甲"), folder.path("甲.xlsx"), folder.path("乙"));
    assert_eq!(code(&new(&first)), 0);
    std::fs::write(
        first.join("books.toml"),
        "[department]\nname = \"虚构区气象局\"\nshort = \"气象局\"\nyear = 2026\nform = \"shenzhen-2019\"\n\n[texts]\n",
    )
    .expect("the folder of the test can be written");
    std::fs::write(first.join("units.csv"), "单位名称,单位类型,简称,单位编码\n观测站,事业单位,,0012\n")
        .expect("the folder of the test can be written");
    assert_eq!(code(&gouji(&["convert", text(&first), text(&book)])), 0);
    assert_eq!(code(&gouji(&["convert", text(&book), text(&second)])), 0);
    let units = std::fs::read_to_string(second.join("units.csv")).expect("the list of units is written");
    assert_eq!(units, "\u{feff}单位名称,简称,单位编码,单位类型\n观测站,,0012,事业单位\n");

    let again = gouji(&["convert", text(&first), text(&book)]);
    assert_eq!(code(&again), 2);
    assert!(stderr(&again).contains("已经存在，没有写入；要替换请加 --force"), "{}", stderr(&again));
    assert_eq!(code(&gouji(&["convert", text(&first), text(&book), "--force"])), 0);
    let over = gouji(&["new", "--form", "jiangsu-2019", "--year", "2026", "--output", text(&second), "--lang", "en"]);
    assert_eq!(code(&over), 2);
    assert!(stderr(&over).contains("is there already and was not written"), "{}", stderr(&over));
}

#[test]
fn every_fault_is_told_with_its_place_in_the_language_asked_for() {
    let folder = Folder::new("books-faults");
    folder.write("books.toml", "[department]\nname = \"局\"\nyear = 2026\nform = \"f\"\n");
    folder.write("units.csv", "单位名称,简称,单位编码,单位类型\n站,,,公司\n");
    folder.write("reasons.csv", "事项,增减额\n疏浚,\"3,5\"\n");
    folder.write("notes.csv", "随手记\n");
    folder.write("读我.md", "与数据无关");
    let told = gouji(&["convert", text(folder.as_path()), text(&folder.path("to.xlsx")), "--lang", "en"]);
    assert_eq!(code(&told), 2);
    let shown = stderr(&told).replace(text(folder.as_path()), "");
    assert_eq!(
        shown,
        "/notes.csv: warning: notes.csv is no list and was not read; name the files as gouji new does\n\
         /units.csv:2:单位类型: error: 公司 is not allowed as 单位类型; write one of: 机关, 事业单位\n\
         /reasons.csv:2:增减额: error: 3,5 has a comma out of place; write decimals behind a point and thousands like \
         1,234.56\n"
    );
    let missing = gouji(&["convert", text(&folder.path("nowhere")), text(&folder.path("to"))]);
    assert_eq!(code(&missing), 2);
    assert!(stderr(&missing).contains("没有这个文件或文件夹"), "{}", stderr(&missing));
}

#[test]
fn the_next_year_begins_with_what_was_this_years() {
    let folder = Folder::new("books-next");
    let from = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/longgang-2019");
    let next = folder.path("2020");
    let run = |year: &str, lang: &str| {
        gouji(&["new", "--from", from, "--year", year, "--output", text(&next), "--force", "--lang", lang])
    };
    let output = run("2020", "en");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = common::stdout(&output);
    assert!(said.contains("kept: 2 units, 10 projects") && said.contains("emptied: 2 reasons, 3 texts"), "{said}");
    assert!(common::stdout(&run("2020", "zh")).contains("转作上年预算"));
    let spent = std::fs::read_to_string(next.join("expenditure.csv")).expect("the list is written");
    assert!(spent.lines().skip(1).all(|line| line.contains(",0.00,")), "this year's are empty: {spent}");
    assert!(spent.contains(",2060101,30101,基本支出,,,0.00,1119000.00,"), "{spent}");
    assert_eq!(code(&gouji(&["convert", text(&next), text(&folder.path("2020.xlsx"))])), 0);
    let wrong = run("2022", "zh");
    assert_eq!(code(&wrong), 2);
    assert!(stderr(&wrong).contains("--year 请写 2020"), "{}", stderr(&wrong));
    let neither = gouji(&["new", "--year", "2020", "--output", text(&folder.path("x"))]);
    assert_eq!(code(&neither), 2);
}
