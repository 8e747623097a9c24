//! The books of Longgang 2019 (`examples/longgang-2019`): what is built from them is the report
//! that was published, its faults of form apart, in every kind of file.

mod common;

use common::{Checked, checked, checked_as, longgang};
use gouji_model::Level;
use gouji_report::document::{Block, Document};
use gouji_report::form::Form;
use gouji_understand::UnboundReason;
use std::path::Path;

fn built() -> Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/longgang-2019");
    let entries = std::fs::read_dir(folder).expect("the example is part of the project");
    let files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap())
        })
        .collect();
    let books = gouji_sources::from_folder(&files).unwrap().books;
    let form = Form::standard(&books.department.form).unwrap();
    gouji_report::build(&books, &form)
}

fn as_text(document: &Document) -> Checked {
    checked(gouji_report::text::text(document).into_bytes())
}

/// Table by table, row by row: coordinates and figure of every amount. What has no amount is left out:
/// the lines of the contents of a PDF may look like a table.
fn amounts(checked: &Checked) -> Vec<Vec<String>> {
    let statement = &checked.statement;
    let of_table = |number: usize| {
        let facts = statement.facts_of(number as u16);
        facts.map(|fact| format!("{} = {} {}", fact.at, fact.figure, fact.figure.unit().word())).collect()
    };
    (0..statement.tables.len()).map(of_table).filter(|amounts: &Vec<String>| !amounts.is_empty()).collect()
}

/// Table by table: code, name and project of every row that has a code or a project.
fn lines(checked: &Checked) -> Vec<Vec<String>> {
    let named = |table: &gouji_understand::TableView| {
        let rows = table.rows.iter().filter(|row| row.code.is_some() || row.project.is_some());
        let line = |row: &gouji_understand::RowView| {
            format!("{} {} {}", row.code.unwrap_or_default(), row.label, row.project.clone().unwrap_or_default())
        };
        rows.map(line).collect()
    };
    checked.statement.tables.iter().map(named).collect()
}

/// Codes and relations of what is found.
fn findings(checked: &Checked) -> Vec<String> {
    let found = checked.report.findings.iter().filter(|finding| finding.level >= Level::Warning);
    let mut found: Vec<String> = found.map(|finding| format!("{} {}", finding.code, finding.check.key)).collect();
    found.sort();
    found
}

/// What the books of the bureau really have: a project of 42,000 without a goal, project money
/// under codes of basic expenditure, pay of retired staff under two codes.
const OF_SUBSTANCE: [&str; 6] = [
    "CLS101 function.basic-only",
    "CLS102 function.unit-type",
    "CLS102 function.unit-type",
    "PRF101 project.goal",
    "PRF104 key-project.largest",
    "SUM104 tie.retirement-pay",
];

#[test]
fn every_amount_code_and_name_of_the_fourteen_tables_is_reproduced() {
    let Some(published) = longgang() else { return };
    let (published, built) = (checked(published), as_text(&built()));
    assert_eq!(built.statement.tables.len(), 14);
    assert_eq!(published.statement.tables.len(), 14);
    // 表十 prints its nought without a label, a fault of form: no reader can say what it is.
    let (published_amounts, mut built_amounts) = (amounts(&published), amounts(&built));
    assert_eq!((published_amounts.len(), built_amounts.len()), (13, 14));
    assert!(built_amounts.remove(9).iter().all(|amount| amount.ends_with(" = 0 万元")));
    for (published, built) in published_amounts.iter().zip(&built_amounts) {
        assert_eq!(published, built);
    }
    let tables = lines(&published).into_iter().zip(lines(&built));
    for (number, (published, built)) in tables.enumerate() {
        assert_eq!(published, built, "table {}", number + 1);
    }
}

#[test]
fn the_narrative_tells_the_true_figures() {
    let text = gouji_report::text::text(&built());
    for true_ in [
        "部门预算收入51447万元（详见表二），比2018年减少5627万元，下降9.9%",
        "部门预算支出51447万元（详见表三），比2018年减少5627万元，下降9.9%",
        "共10个预算项目纳入部门预算绩效管理",
        "机关保留车辆2辆、下属事业单位实有车辆1辆",
        "公务接待费。2019年预算数0.00万元，比2018年减少2.00万元",
        "“三公”经费预算15.00万元，比2018年减少2.30万元",
    ] {
        assert!(text.contains(true_), "{true_}");
    }
}

#[test]
fn the_check_finds_only_what_the_books_really_have() {
    assert_eq!(findings(&as_text(&built())), OF_SUBSTANCE);
}

#[test]
fn every_file_says_the_same() {
    let document = built();
    let text = as_text(&document);
    let charts = document.blocks.iter().filter_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    let values = charts.flat_map(|chart| &chart.bars).flat_map(|bar| &bar.values);
    let charted: Vec<String> = values.map(|value| value.grouped()).collect();
    let files = [
        ("built.pdf", gouji_report::pdf(&document, &gouji_report::Fonts::embedded()).unwrap().bytes),
        ("built.docx", gouji_report::docx(&document).unwrap()),
        ("built.html", gouji_report::html(&document).into_bytes()),
        ("built.xlsx", gouji_report::xlsx(&document).unwrap()),
    ];
    for (name, bytes) in files {
        let file = checked_as(name, bytes);
        assert_eq!(amounts(&text), amounts(&file), "{name}");
        // A workbook holds no narrative: what only a sentence can break is not in it.
        let known = findings(&text);
        let found = findings(&file);
        assert!(found.iter().all(|finding| known.contains(finding)), "{name}: {found:?}");
        assert!(name.ends_with("xlsx") || found == known, "{name}: {found:?}");
        // The figures of a chart stand on the page of a PDF too, where no table says what they are.
        let of_chart = |unbound: &gouji_understand::Unbound| {
            name.ends_with("pdf") && unbound.reason == UnboundReason::NoUnit && charted.contains(&unbound.text)
        };
        let unbound: Vec<_> = file.statement.unbound.iter().filter(|unbound| !of_chart(unbound)).collect();
        assert!(unbound.is_empty(), "{name}: {unbound:?}");
    }
}
