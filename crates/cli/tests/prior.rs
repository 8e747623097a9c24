//! `gouji check --prior`: last year's report beside this one.

mod common;

use common::{Folder, code, gouji, shared, stderr, stdout, text};
use std::path::PathBuf;

/// A report of a year with one table; a row for the year before and one for the year.
fn report(body: &str, year: i16, before: &str, now: &str) -> String {
    let last = year - 1;
    format!(
        "{year}年{body}部门预算\n\n表八\n一般公共预算“三公”经费支出表\n部门：{body}\n单位：万元\n\n\
         年度\t合计\t因公出国（境）费\t公务接待费\n{last}年\t{before}\t0.00\t{before}\n{year}年\t{now}\t0.00\t{now}\n"
    )
}

fn json(arguments: &[&str]) -> serde_json::Value {
    let output = gouji(arguments);
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("the output is JSON");
    json["reports"][0].clone()
}

fn names(report: &serde_json::Value, list: &str) -> Vec<String> {
    let each = report[list].as_array().into_iter().flatten();
    each.filter_map(|one| one["code"].as_str().map(str::to_owned)).collect()
}

#[test]
fn an_altered_base_is_placed_in_both_reports() {
    let folder = Folder::new("prior-altered");
    let now = folder.write("2024.txt", report("某市档案局", 2024, "7.00", "6.00"));
    let prior = folder.write("2023.txt", report("某市档案局", 2023, "9.00", "8.00"));
    let plain = json(&["check", text(&now), "--format", "json"]);
    assert!(names(&plain, "findings").is_empty());
    let found = json(&["check", text(&now), "--prior", text(&prior), "--format", "json"]);
    assert_eq!(names(&found, "findings"), ["YOY101", "YOY101"]);
    let first = &found["findings"][0];
    assert_eq!((first["level"].as_str(), first["group"].as_str()), (Some("warning"), Some("c1")));
    let files: Vec<&str> = found["files"].as_array().unwrap().iter().filter_map(|file| file["path"].as_str()).collect();
    assert_eq!(files, [text(&now), text(&prior)]);
    let places: Vec<(u64, u64)> = first["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| (place["file"].as_u64().unwrap(), place["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(places, [(0, 9), (1, 10)]);
    let sarif = stdout(&gouji(&["check", text(&now), "--prior", text(&prior), "--format", "sarif"]));
    assert!(sarif.contains("2023.txt") && sarif.contains("2024.txt"));
    let shown = stdout(&gouji(&["check", text(&now), "--prior", text(&prior)]));
    assert!(shown.contains("2023.txt:10:") && shown.contains("上年报告 表八 2023年 合计"));
}

#[test]
fn a_base_as_published_is_silent() {
    let folder = Folder::new("prior-silent");
    let now = folder.write("2024.txt", report("某市档案局", 2024, "8.00", "6.00"));
    let prior = folder.write("2023.txt", report("某市档案局", 2023, "9.00", "8.00"));
    let found = json(&["check", text(&now), "--prior", text(&prior), "--format", "json"]);
    assert!(names(&found, "findings").is_empty());
}

#[test]
fn another_year_another_body_or_several_reports_are_refused() {
    let folder = Folder::new("prior-refused");
    let now = folder.write("2024.txt", report("某市档案局", 2024, "8.00", "6.00"));
    let same_year = folder.write("again.txt", report("某市档案局", 2024, "8.00", "6.00"));
    let other_body = folder.write("other.txt", report("某市水务局", 2023, "9.00", "8.00"));
    for (prior, zh, en) in [(&same_year, "2023 年", "the report of 2023"), (&other_body, "同一单位", "the same body")]
    {
        let output = gouji(&["check", text(&now), "--prior", text(prior)]);
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains(zh), "{}", stderr(&output));
        let output = gouji(&["check", text(&now), "--prior", text(prior), "--lang", "en"]);
        assert!(stderr(&output).contains(en), "{}", stderr(&output));
    }
    let output = gouji(&["check", text(&now), text(&same_year), "--prior", text(&other_body)]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--as-one"));
}

/// Text and tables of an office of Jiangsu in a year, as files of a folder.
fn office(folder: &Folder, body: &str, year: i16) -> Option<[PathBuf; 2]> {
    let [one, two] = ["text", "tables"].map(|part| {
        let name = format!("{body}-{year}-{part}.pdf");
        Some(folder.write(&name, shared(&format!("corpus/jiangsu/{name}"))?))
    });
    Some([one?, two?])
}

/// What needs last year's report is checked with it. One body compared its whole revenue of 2018 with the appropriation of 2017.
#[test]
fn relations_that_need_last_year_are_checked() {
    let folder = Folder::new("prior-jiangsu");
    for (body, year, codes) in [
        ("cppcc-office", 2019, [].as_slice()),
        ("party-committee-office", 2018, ["NAR105", "NAR103"].as_slice()),
        ("party-committee-office", 2019, [].as_slice()),
    ] {
        let (Some(now), Some(prior)) = (office(&folder, body, year), office(&folder, body, year - 1)) else { return };
        let [now, prior] = [now, prior].map(|files| files.map(|path| text(&path).to_owned()));
        let mut arguments = vec!["check", "--as-one", "--format", "json", now[0].as_str(), now[1].as_str()];
        let plain = json(&arguments);
        arguments.extend(["--prior", prior[0].as_str(), "--prior", prior[1].as_str()]);
        let with_prior = json(&arguments);
        let unchecked =
            |report: &serde_json::Value| report["coverage"]["relations"]["not_checked"].as_u64().unwrap_or(0);
        assert!(unchecked(&with_prior) + 20 <= unchecked(&plain), "{body} {year}");
        let mut new = names(&with_prior, "findings");
        for known in names(&plain, "findings") {
            new.iter().position(|code| *code == known).map(|at| new.remove(at));
        }
        assert_eq!(new, codes, "{body} {year}");
    }
}
