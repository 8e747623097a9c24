//! Every format over one small report made by hand.

mod common;

use common::{fixture, span};
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
fn several_reports_end_with_a_line_each() {
    let fixture = fixture();
    let text = render_text(&[fixture.checked(), fixture.checked()], &STYLE);
    let tail: Vec<&str> = text.lines().rev().take(2).collect();
    assert!(tail.iter().all(|line| line.contains("报告.txt: 错误 2")), "{tail:?}");
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
    assert!(!render_html(&[checked], Lang::Zh).is_empty());
    assert!(!render_workbook(&[checked], Lang::Zh).unwrap().is_empty());
}
