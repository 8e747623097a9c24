//! Every format over one small report made by hand.

mod common;

use common::{fixture, on_paper, span};
use gouji_explain::*;
use gouji_model::{Cell, Lang};

const STYLE: TextStyle = TextStyle { lang: Lang::Zh, width: 80, colour: Colour::Plain };

/// Columns of a line; Chinese characters take two.
fn columns(line: &str) -> usize {
    line.chars().map(|character| if character >= '\u{2e80}' { 2 } else { 1 }).sum()
}

#[test]
fn text_shows_the_line_the_other_end_and_the_sum() {
    let fixture = fixture();
    let text = render_text(&[fixture.checked()], &STYLE);
    for wanted in [
        "错误[ZZZ001 narrative.direction]",
        "报告.txt:7:",
        "^^^^",
        "比 2018 年减少 5627 万元",
        "同因: 错误[ZZZ001 narrative.growth]",
        "≠ 51,447 万元",
        "-3 万元",
        "（空）",
        "警告[FRM901 narrative.gone]",
        "接受.toml:9",
        "已另文说明",
        "n=2，允许 ±1，相差 -1 万元",
        "需要上一年度的报告：revenue.total",
        "错误 2，警告 2，提示 1",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in\n{text}");
    }
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn text_keeps_the_width() {
    let fixture = fixture();
    for width in [60, 80, 120] {
        for lang in [Lang::Zh, Lang::En] {
            let text = render_text(&[fixture.checked()], &TextStyle { lang, width, ..STYLE });
            for line in text.lines() {
                assert!(columns(line) <= width, "{} columns of {width}: {line}", columns(line));
            }
        }
    }
}

#[test]
fn underlines_stand_under_their_words() {
    let mut fixture = fixture();
    let claim = &mut fixture.report.findings[0].check;
    claim.terms[1].span = Some(span("基本支出 2364 万元"));
    let text = render_text(&[fixture.checked()], &TextStyle { width: 120, ..STYLE });
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains('^')).expect("the claim is underlined");
    let (words, marks) = (lines[at - 1], lines[at]);
    for (word, sign) in [("比 2018 年增加", "^"), ("基本支出 2364", "-")] {
        let above = columns(words.split(word).next().unwrap());
        assert_eq!(above, columns(marks.split(sign).next().unwrap()), "{word}\n{words}\n{marks}");
    }
}

#[test]
fn colour_adds_nothing_but_escapes() {
    let fixture = fixture();
    let plain = render_text(&[fixture.checked()], &STYLE);
    let coloured = render_text(&[fixture.checked()], &TextStyle { colour: Colour::Ansi, ..STYLE });
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, behind)) = rest.split_once('\u{1b}') {
        bare.push_str(before);
        rest = behind.split_once('m').map_or("", |(_, behind)| behind);
    }
    bare.push_str(rest);
    assert_ne!(plain, coloured);
    assert_eq!(plain, bare);
}

#[test]
fn several_reports_end_with_a_line_each_and_a_total() {
    let fixture = fixture();
    let unread = gouji_read::read(vec![("空的报告.txt".into(), Vec::new())], &gouji_read::Limits::default());
    let (statement, report) = Default::default();
    let empty = Checked { document: &unread, statement: &statement, report: &report, sha256: &[], stale: &[] };
    for width in [80, 120] {
        let text = render_text(&[fixture.checked(), fixture.checked(), empty], &TextStyle { width, ..STYLE });
        let tail: Vec<&str> = text.lines().skip_while(|line| *line != "各份报告").collect();
        let words: Vec<Vec<&str>> = tail.iter().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(words[1], ["单位", "年度", "错误", "警告", "未检查", "文件"]);
        assert_eq!(words[2], ["某局", "2019", "2", "2", "1", "报告.txt"]);
        assert_eq!(words[2], words[3]);
        assert_eq!(words[4], ["（没有读出）", "-", "-", "-", "-", "空的报告.txt"]);
        assert_eq!(words[5], ["共", "3", "份", "4", "4", "2", "没有读出", "1", "份"]);
        // Numbers end in the same column under double-width names.
        let end_of = |line: &str, word: &str| columns(&line[..line.find(word).unwrap() + word.len()]);
        assert_eq!(end_of(tail[1], "年度"), end_of(tail[2], "2019"));
        assert!(tail.iter().all(|line| columns(line) <= width), "{tail:#?}");
    }
}

#[test]
fn long_names_and_paths_keep_the_width_of_the_overview() {
    let mut fixture = fixture();
    fixture.statement.subject.entity = Some("某某省某某自治州某某自治县农业农村和水利综合行政执法局".into());
    fixture.document.files[0].path = format!("{}/部门预算.txt", "很长的文件夹名".repeat(12));
    for width in [60, 80, 120] {
        for lang in [Lang::Zh, Lang::En] {
            let style = TextStyle { lang, width, ..STYLE };
            let text = render_text(&[fixture.checked(), fixture.checked()], &style);
            let tail: Vec<&str> = text.lines().rev().take(4).collect();
            assert!(tail.iter().all(|line| columns(line) <= width), "{width}: {tail:#?}");
            assert!(tail[1].ends_with("部门预算.txt") || width == 60, "{tail:#?}");
        }
    }
}

#[test]
fn json_fits_the_published_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../docs/schema/check-1.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let fixture = fixture();
    for lang in [Lang::Zh, Lang::En] {
        let json: serde_json::Value = serde_json::from_str(&render_json(&[fixture.checked()], lang)).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&json).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        let finding = &json["reports"][0]["findings"][0];
        assert_eq!(finding["evidence"][1]["value"], "-5627");
        assert_eq!(finding["evidence"][1]["place"], 1);
        assert_eq!(finding["group"], "c1");
        assert_eq!(finding["places"][0]["line"], 7);
        let last = json["reports"][0]["findings"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((last["code"].as_str(), last["level"].as_str()), (Some("FRM901"), Some("warning")));
    }
}

#[test]
fn sarif_fits_the_official_schema() {
    // One of its patterns has a bracket too many, which the validator's dialect wants escaped.
    let schema = include_str!("data/sarif-schema-2.1.0.json").replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}\\\\]?$");
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let fixture = fixture();
    for lang in [Lang::Zh, Lang::En] {
        let log: serde_json::Value =
            serde_json::from_str(&render_sarif(&[fixture.checked(), fixture.checked()], lang)).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&log).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        assert_eq!(log["runs"][0]["artifacts"][0]["location"]["uri"], "%E6%8A%A5%E5%91%8A.txt");
        assert_eq!(log["runs"][0]["tool"]["driver"]["language"], if lang == Lang::Zh { "zh-CN" } else { "en" });
    }
}

#[test]
fn sarif_says_where_the_other_ends_are_and_what_was_accepted() {
    let fixture = fixture();
    let log: serde_json::Value = serde_json::from_str(&render_sarif(&[fixture.checked()], Lang::Zh)).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let first = &results[0];
    assert_eq!((first["level"].as_str(), first["ruleId"].as_str()), (Some("error"), Some("ZZZ001")));
    let region = &first["locations"][0]["physicalLocation"]["region"];
    // The words are one line long: the last column is the first one and as many characters on.
    let words = region["snippet"]["text"].as_str().unwrap();
    assert_eq!(words, "比 2018 年增加 5627 万元");
    let (from, to) = (region["startColumn"].as_u64().unwrap(), region["endColumn"].as_u64().unwrap());
    assert_eq!((to - from, region["startLine"].as_u64()), (words.chars().count() as u64, Some(7)));
    assert_eq!(first["relatedLocations"][0]["message"]["text"], "另一处：比 2018 年减少 5627 万元");
    assert_eq!(first["suppressions"].as_array().unwrap().len(), 0);
    let kept = results.iter().find(|result| result["ruleId"] == "ZZZ004").unwrap();
    assert_eq!(kept["suppressions"][0]["justification"], "已另文说明");
    assert_eq!(results.iter().find(|result| result["ruleId"] == "ZZZ003").unwrap()["level"], "note");
    let stale = results.last().unwrap();
    let index = stale["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], "FRM901");
    let fingerprint = |lang| {
        let log: serde_json::Value = serde_json::from_str(&render_sarif(&[fixture.checked()], lang)).unwrap();
        log["runs"][0]["results"][0]["partialFingerprints"]["gouji/v1"].clone()
    };
    assert_eq!(fingerprint(Lang::Zh), fingerprint(Lang::En));
}

#[test]
fn the_schema_is_a_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../docs/schema/check-1.schema.json")).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
}

#[test]
fn cells_are_quoted_with_label_and_head_and_blank_ones_by_their_row() {
    let fixture = fixture();
    let cell = |row, column| {
        let view = fixture.statement.tables[0].rows.iter().find(|view| view.row == row).unwrap();
        let span = view.cells[usize::from(column)].1;
        quote(&fixture.document, &fixture.statement, span, Some(Cell { table: 0, row, column }))
    };
    assert_eq!(cell(3, 1), "项目支出 支出合计 49,080");
    assert_eq!(cell(2, 2), "基本支出 2,364");
    let prose = quote(&fixture.document, &fixture.statement, span("增加 5627 万元"), None);
    assert_eq!(prose, "比 2018 年增加 5627 万元");
}

#[test]
fn html_marks_every_place_and_every_link_has_a_target() {
    let fixture = fixture();
    let html = render_html(&[fixture.checked()], Lang::Zh);
    let targets = |attribute: &str| -> Vec<String> {
        let parts = html.split(attribute).skip(1);
        parts.filter_map(|part| part.split('"').next()).map(str::to_string).collect()
    };
    let ids = targets(" id=\"");
    for link in targets("href=\"#") {
        assert!(ids.contains(&link), "no target for #{link}");
    }
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an id is there twice");
    for (finding, count) in [(1, 2), (2, 1), (3, 3), (4, 1), (5, 1)] {
        for place in 0..count {
            assert!(ids.contains(&format!("r1-p{finding}-{place}")), "finding {finding} place {place} is not marked");
        }
    }
}

#[test]
fn html_shows_the_pages_of_a_pdf_with_every_finding_in_place() {
    let mut fixture = on_paper();
    // Nine more pages without a finding are folded into one.
    let page = fixture.document.files[0].pages[0].clone();
    fixture.document.files[0].pages.extend(vec![page; 9]);
    let html = render_html(&[fixture.checked()], Lang::Zh);
    assert_eq!(
        (html.matches("<svg viewBox=\"0 0 200 400\"").count(), html.matches("<details class=\"folded\"").count()),
        (10, 1)
    );
    assert!(html.contains("第 2–10 页") && html.contains("textLength=") && html.contains("&#60;script&#62;"));
    for (finding, count) in [(1, 2), (2, 1), (3, 3), (4, 1), (5, 1)] {
        for place in 0..count {
            let id = format!("<a id=\"r1-p{finding}-{place}\" href=\"#r1-f{finding}\"");
            assert_eq!(html.matches(&id).count(), 1, "finding {finding} place {place}");
        }
    }
    assert!(html.contains("aria-label=\"1 错误："));
}

#[test]
fn places_on_pages_have_their_page_and_box() {
    let fixture = on_paper();
    let text = render_text(&[fixture.checked()], &STYLE);
    assert!(text.contains("报告.txt 第 1 页\n") && !text.contains("第 7 行"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&render_json(&[fixture.checked()], Lang::Zh)).unwrap();
    let place = &json["reports"][0]["findings"][0]["places"][0];
    assert_eq!((place["page"].as_u64(), place["cell"].is_null()), (Some(1), true));
    let edges: Vec<f64> = place["bbox"].as_array().unwrap().iter().map(|edge| edge.as_f64().unwrap()).collect();
    let areas = fixture.document.areas(span("比 2018 年增加 5627 万元"));
    assert_eq!(edges[1], f64::from(areas.iter().map(|(_, area)| area.top).min().unwrap()) / 100.0);
    assert!(edges[0] < edges[2] && edges[1] < edges[3]);
    let log: serde_json::Value = serde_json::from_str(&render_sarif(&[fixture.checked()], Lang::Zh)).unwrap();
    let location = &log["runs"][0]["results"][0]["locations"][0];
    assert_eq!(location["properties"]["page"], 1);
    assert!(location["physicalLocation"]["region"]["startLine"].is_null());
    assert!(location["physicalLocation"]["region"]["charOffset"].is_u64());
}

#[test]
fn cells_of_a_workbook_are_named_as_the_workbook_names_them() {
    let mut fixture = fixture();
    let start = span("项目支出\t49,080").start;
    fixture.document.files[0].cell_names =
        vec![(0, "正文!A1".into()), (start, "表三!A4".into()), (start + 13, "表三!B4".into())];
    let text = render_text(&[fixture.checked()], &STYLE);
    assert!(text.contains("表三!B4"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&render_json(&[fixture.checked()], Lang::Zh)).unwrap();
    let places = json["reports"][0]["findings"][2]["places"].as_array().unwrap().clone();
    assert_eq!(places[2]["cell"], "表三!B4");
    let log: serde_json::Value = serde_json::from_str(&render_sarif(&[fixture.checked()], Lang::Zh)).unwrap();
    let logical = &log["runs"][0]["results"][2]["relatedLocations"][1]["logicalLocations"];
    assert_eq!((logical[0]["name"].as_str(), logical[0]["fullyQualifiedName"].as_str()), (Some("B4"), Some("表三!B4")));
}

#[test]
fn html_is_one_file_and_escapes_the_report() {
    let fixture = fixture();
    let html = render_html(&[fixture.checked()], Lang::En);
    assert!(html.contains("lang=\"en\"") && html.contains("&#60;script&#62;"));
    for outside in ["<script", "http:", "https:", "url(", "@import", "<link", "<img"] {
        assert!(!html.contains(outside), "{outside} is in the page");
    }
    assert!(html.contains("<th scope=\"row\">") && html.contains("<th scope=\"col\">"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let fixture = fixture();
    let all = || {
        let checked = [fixture.checked()];
        let text = [render_text(&checked, &STYLE), render_json(&checked, Lang::Zh), render_html(&checked, Lang::Zh)];
        (text, render_workbook(&checked, Lang::Zh).unwrap())
    };
    assert!(all() == all());
}

#[test]
fn a_workbook_is_a_zip_archive_in_both_languages() {
    let fixture = fixture();
    for lang in [Lang::Zh, Lang::En] {
        assert!(render_workbook(&[fixture.checked()], lang).unwrap().starts_with(b"PK"));
    }
}

#[test]
fn the_statement_has_one_csv_row_for_each_entry() {
    let fixture = fixture();
    let csv = statement_csv(&[fixture.checked()], Lang::Zh);
    assert_eq!(csv.lines().count(), 1 + fixture.statement.facts.len());
    let json: serde_json::Value = serde_json::from_str(&statement_json(&[fixture.checked()], Lang::Zh)).unwrap();
    assert_eq!(json["statements"][0]["tables"][0]["kind"], "expenditure");
}

#[test]
fn a_report_of_nothing_is_drawn_in_every_format() {
    let (document, statement, report) = Default::default();
    let checked = Checked { document: &document, statement: &statement, report: &report, sha256: &[], stale: &[] };
    assert!(!render_text(&[checked], &STYLE).is_empty());
    assert!(!render_json(&[checked], Lang::Zh).is_empty());
    assert!(!render_sarif(&[checked], Lang::Zh).is_empty());
    assert!(!render_html(&[checked], Lang::Zh).is_empty());
    assert!(!render_workbook(&[checked], Lang::Zh).unwrap().is_empty());
}
