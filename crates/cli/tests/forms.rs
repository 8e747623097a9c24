//! The example of the guide docs/guides/write-a-form.md: what a form of one's own changes.

mod common;

use common::{code, gouji, stdout};
use std::collections::BTreeSet;

fn checked(with_form: &[&str]) -> (i32, serde_json::Value) {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/lanchuan-2025");
    let (report, forms) = (format!("{root}/report.txt"), format!("{root}/forms"));
    let mut arguments = vec!["check", report.as_str(), "--format", "json"];
    arguments.extend(with_form);
    if !with_form.is_empty() {
        arguments.push(&forms);
    }
    let output = gouji(&arguments);
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    (code(&output), json["reports"][0].clone())
}

#[test]
fn a_form_of_ones_own_makes_the_report_readable_and_adds_its_rule() {
    let (plain_code, plain) = checked(&[]);
    assert_eq!((plain_code, plain["findings"].as_array().unwrap().len()), (0, 0));
    let (form_code, report) = checked(&["--forms"]);
    assert_eq!((form_code, report["subject"]["form"].as_str()), (1, Some("lanchuan-2025")));
    let coverage = &report["coverage"];
    assert_eq!(coverage["amounts"], coverage["amounts_bound"], "every amount is understood");
    let errors = report["findings"].as_array().unwrap().iter().filter(|finding| finding["level"] == "error");
    let relations: BTreeSet<&str> = errors.map(|finding| finding["relation"].as_str().unwrap()).collect();
    // The three faults planted, two of which break two relations each.
    let planted = [
        "expenditure.group[basic]",
        "expenditure.row",
        "narrative.amount[expenditure.project]",
        "narrative.parts[expenditure]",
        "tie.lanchuan-procurement",
    ];
    assert_eq!(relations, BTreeSet::from(planted));
}
