//! The example of the guide docs/guides/write-a-form.md: what a form of one's own changes.

mod common;

use common::{checked as report_of, code, gouji, stdout};
use gouji_model::Verdict;
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

#[test]
fn a_ceiling_of_which_no_row_is_printed_is_not_checked() {
    let report = |code: &str, name: &str| {
        format!(
            "2019年某市某局部门预算\n\n表六\n一般公共预算支出表（按经济科目）\n部门：某市某局\n单位：万元\n\n\
             科目编码\t科目名称\t总计\n\t合计\t136\n{code}\t{name}\t136\n{code}01\t某项\t136\n\n\
             表九\n政府采购预算表\n部门：某市某局\n单位：万元\n\n品目编码\t品目名称\t金额\n\t合计\t150\nA\t货物类\t150\n"
        )
    };
    let verdict = |code: &str, name: &str| {
        let checked = report_of(report(code, name).into_bytes());
        let found = checked.report.relations.iter().find(|relation| relation.key == "tie.procurement-ceiling");
        found.map(|relation| relation.verdict)
    };
    assert_eq!(verdict("302", "商品和服务支出"), Some(Verdict::Broken));
    assert_eq!(verdict("301", "工资福利支出"), Some(Verdict::NotChecked));
}
