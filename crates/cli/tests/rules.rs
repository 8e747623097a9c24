//! Every rule, tried on small reports in the user's notation: the cases beside the rules, the examples on their
//! pages, and the laws that hold over all rules at once.
//!
//! No test here calls a rule by hand: a report goes the whole way, read, understand, check.

#[path = "rules/case.rs"]
mod case;
#[path = "rules/findings.rs"]
mod findings;
#[path = "rules/names.rs"]
mod names;
#[path = "rules/outputs.rs"]
mod outputs;
#[path = "rules/page.rs"]
mod page;
#[path = "rules/road.rs"]
mod road;
#[path = "rules/robust.rs"]
mod robust;

use case::{CasesFile, Section};

/// Rules that no report can break, each with the reason; they need a page and no cases that fire.
const NEVER_FIRES: &[(&str, &str)] = &[
    ("SUM107", "names what paper cannot decide: all its verdicts are `not checked`"),
    ("FRM901", "speaks of the acceptance file, which the executable reads, not of the report"),
];

fn fires(code: &str) -> bool {
    NEVER_FIRES.iter().all(|(exempt, _)| *exempt != code)
}

/// Fails with all faults at once.
fn expect_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n\n{}\n", faults.len(), faults.join("\n\n"));
}

#[test]
fn every_case_meets_its_marks() {
    let files = CasesFile::all();
    let cases = files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
    expect_none(&cases.filter_map(|(file, case)| case.fault(file.rule.code)).collect::<Vec<_>>());
}

#[test]
fn names_of_cases_are_unique() {
    let mut names: Vec<String> =
        CasesFile::all().into_iter().flat_map(|file| file.cases).map(|case| case.name).collect();
    names.sort();
    let twice: Vec<String> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
    expect_none(&twice);
}

#[test]
fn every_rule_has_cases_of_all_kinds() {
    let files = CasesFile::all();
    let mut faults = Vec::new();
    for rule in gouji_check::rules() {
        let cases = files.iter().find(|file| file.rule.code == rule.code).map_or(&[][..], |file| &file.cases);
        let count = |section| cases.iter().filter(|case| case.section == section).count();
        for section in [Section::Fires, Section::Silent, Section::Border] {
            let exempt = !fires(rule.code) && section != Section::Silent;
            if count(section) == 0 && !exempt {
                faults.push(format!("{} {} has no case under `# {}`", rule.code, rule.name, section.word()));
            }
        }
        if cases.len() < 4 && fires(rule.code) {
            faults.push(format!("{} {} has {} cases, at least 4 are asked for", rule.code, rule.name, cases.len()));
        }
    }
    expect_none(&faults);
}

#[test]
fn firing_cases_fire_and_silent_ones_do_not() {
    let mut faults = Vec::new();
    for file in CasesFile::all() {
        for case in &file.cases {
            let marked = case.marks_of(file.rule.code);
            match case.section {
                Section::Fires if marked == 0 => {
                    faults.push(format!("{} stands under `# fires` without a mark", case.name))
                }
                Section::Silent if marked > 0 => {
                    faults.push(format!("{} stands under `# silent` with a mark", case.name))
                }
                _ => {}
            }
        }
    }
    expect_none(&faults);
}
