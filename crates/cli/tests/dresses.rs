//! A report says the same in every format: what is broken in the plain text is broken in DOCX,
//! XLSX, HTML and OFD, and nothing else is. With `GOUJI_DRESSES=DIR` the files are kept there.

mod common;
#[path = "common/dress.rs"]
mod dress;

use common::{checked, longgang, shared};
use gouji_model::{Level, Verdict};
use std::collections::BTreeSet;

/// Broken families, and those of findings by level.
fn broken(bytes: Vec<u8>) -> (BTreeSet<String>, BTreeSet<String>) {
    let checked = checked(bytes);
    let issues: Vec<String> = checked.document.issues.iter().map(|issue| issue.text(gouji_model::Lang::En)).collect();
    assert!(issues.is_empty(), "{issues:?}");
    let relations = checked.report.relations.iter().filter(|relation| relation.verdict == Verdict::Broken);
    let errors = checked.report.findings.iter().filter(|finding| finding.level == Level::Error);
    (relations.map(|relation| relation.key.clone()).collect(), errors.map(|found| found.check.key.clone()).collect())
}

fn compare(report: &str, bytes: Vec<u8>) {
    let text = String::from_utf8(bytes.clone()).expect("the reports are UTF-8");
    let plain = broken(bytes);
    let parts = dress::parts(&text);
    let dresses = [
        ("DOCX", dress::docx(&parts)),
        ("XLSX", dress::xlsx(&parts)),
        ("HTML", dress::html(&parts)),
        ("OFD", dress::ofd(&parts)),
    ];
    for (format, dressed) in dresses {
        if let Some(folder) = std::env::var_os("GOUJI_DRESSES") {
            let path = std::path::Path::new(&folder).join(format!("{report}.{}", format.to_lowercase()));
            std::fs::write(path, &dressed).expect("the folder of GOUJI_DRESSES can be written");
        }
        let found = broken(dressed);
        println!("{report} as {format}: {} families broken, {} of them errors", found.0.len(), found.1.len());
        let missing: Vec<&String> = plain.0.difference(&found.0).collect();
        let more: Vec<&String> = found.0.difference(&plain.0).collect();
        assert!(missing.is_empty() && more.is_empty(), "{report} as {format}: missing {missing:?}, more {more:?}");
        assert_eq!(plain.1, found.1, "{report} as {format}: errors");
    }
}

#[test]
fn the_longgang_report_in_every_format() {
    let Some(bytes) = longgang() else { return };
    compare("longgang", bytes);
}

#[test]
fn the_example_of_the_project_in_every_format() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/qinghe-2024/report.txt");
    compare("qinghe", std::fs::read(path).expect("the example is in the repository"));
}

#[test]
fn the_blank_workbooks_of_a_finance_bureau_have_no_errors() {
    for name in ["department_budget_template", "unit_budget_template"] {
        let Some(bytes) = shared(&format!("corpus/forms/{name}.xlsx")) else { return };
        let checked = checked(bytes);
        let errors: Vec<&str> = checked
            .report
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .map(|finding| finding.check.key.as_str())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        assert!(checked.statement.tables.len() >= 10, "{name}: {} tables", checked.statement.tables.len());
    }
}
