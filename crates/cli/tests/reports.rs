//! Whole reports of invented bureaus: true ones stay quiet, planted faults are found in their lines.

mod common;

use gouji_model::{Finding, Level};
use std::collections::BTreeSet;

/// Findings at warning or error with the lines of all their places.
fn grave(path: &str) -> Vec<(Finding, BTreeSet<u32>)> {
    let bytes = std::fs::read(path).expect("the report is in the repository");
    let common::Checked { document, report, .. } = common::checked(bytes);
    let lines = |finding: &Finding| {
        let spans = finding.check.terms.iter().filter_map(|term| term.span);
        spans.map(|span| document.locate(span).line).collect()
    };
    let findings = report.findings.iter().filter(|finding| finding.level >= Level::Warning);
    findings.map(|finding| (finding.clone(), lines(finding))).collect()
}

fn assert_quiet(path: &str) {
    let found: Vec<String> =
        grave(path).iter().map(|(finding, lines)| format!("{} {lines:?}", finding.check.key)).collect();
    assert!(found.is_empty(), "{path} is true, but: {found:#?}");
}

/// Every planted line is a place of a finding of one of its rules, and every finding touches a planted line.
fn assert_found(path: &str, planted: &[(u32, &str)]) {
    let found = grave(path);
    for (line, code) in planted {
        let hit = found.iter().any(|(finding, lines)| finding.code == *code && lines.contains(line));
        assert!(hit, "{path}:{line}: no {code}");
    }
    for (finding, lines) in &found {
        let known = planted.iter().any(|(line, _)| lines.contains(line));
        assert!(known, "{path}: {} {} at {lines:?} is no planted fault", finding.code, finding.check.key);
    }
}

#[test]
fn a_true_report_of_the_national_form_is_quiet() {
    assert_quiet("tests/data/qinghe-2024-clean.txt");
}

#[test]
fn a_true_report_of_the_form_of_shenzhen_is_quiet() {
    assert_quiet("tests/data/yunzhou-2019-clean.txt");
}

#[test]
fn the_twelve_faults_of_the_example_are_found() {
    let planted = [
        (19, "FRM101"),
        (36, "NAR108"),
        (70, "NAR102"),
        (96, "NAR103"),
        (102, "NAR104"),
        (114, "NAR107"),
        (128, "NAR106"),
        (140, "NAR108"),
        (146, "NAR110"),
        (283, "SUM101"),
        (395, "SUM104"),
        (463, "PRF101"),
    ];
    assert_found("../../examples/qinghe-2024/report.txt", &planted);
}

#[test]
fn the_ten_faults_of_another_bureau_are_found() {
    let planted = [
        (58, "NAR101"),
        (62, "NAR103"),
        (78, "NAR102"),
        (80, "NAR106"),
        (100, "NAR110"),
        (104, "NAR108"),
        (194, "SUM101"),
        (348, "SUM101"),
        (523, "PRF101"),
        (531, "SUM101"),
    ];
    assert_found("tests/data/yunzhou-2019-planted.txt", &planted);
}
