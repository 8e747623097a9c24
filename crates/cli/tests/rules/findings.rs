//! Laws over all findings and verdicts that the cases bring forth.

use crate::case::{CasesFile, Section};
use crate::expect_none;
use crate::road::{Run, wording};
use gouji_model::{Finding, Lang, Level, Outcome, Printed, Role};

/// Rules whose breach at level error is a duty plainly unmet or a contradiction of words, not a difference of figures.
const WITHOUT_DIFFERENCE: &[&str] =
    &["CLS101", "CLS103", "FRM104", "FRM105", "FRM107", "FRM108", "NAR", "PRF", "SUM103", "SUM106"];

/// Every run of every case.
fn runs() -> impl Iterator<Item = (String, Run)> {
    CasesFile::all().into_iter().flat_map(|file| file.cases).map(|case| (case.name.clone(), case.run()))
}

/// Every finding of every case, with faults found in it.
fn faults_in(judge: impl Fn(&Run, &Finding) -> Option<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, run) in runs() {
        let judged = run.report.findings.iter().filter_map(|finding| judge(&run, finding));
        faults.extend(judged.map(|fault| format!("{name}: {fault}")));
    }
    faults.sort();
    faults.dedup();
    faults
}

#[test]
fn messages_are_short_and_whole() {
    expect_none(&faults_in(|run, finding| {
        let chinese = wording(finding, Lang::Zh);
        let is_long = chinese.message.chars().count() > 160;
        let odd = ["“”", "  ", "（）", "()", "《》"];
        let broken = |text: &str| text.trim().is_empty() || odd.iter().any(|odd| text.contains(odd));
        let texts = [chinese, wording(finding, Lang::En)].map(|said| [said.message, said.why, said.cure]);
        let bad = texts.iter().flatten().find(|text| broken(text));
        (is_long || bad.is_some()).then(|| format!("{} [{}]", run.told(finding), bad.map_or("too long", |text| text)))
    }));
}

#[test]
fn evidence_adds_up() {
    expect_none(&faults_in(|run, finding| {
        if finding.code != "SUM101" {
            return None;
        }
        let total = finding.check.terms.iter().find(|term| term.role == Role::Total)?.figure?;
        let parts = finding.check.terms.iter().filter(|term| term.role == Role::Part).filter_map(|term| term.figure);
        let sum: i128 = parts.map(|figure| figure.atoms()).sum();
        let expected = Printed::parse(finding.check.expected.as_deref()?, total.unit()).ok()?;
        let told = matches!(&finding.check.outcome, Outcome::Broken { difference: Some(difference) }
            if difference.atoms() == sum - total.atoms());
        (expected.atoms() != sum || !told)
            .then(|| format!("{}: the parts are {sum} in the finest unit", run.told(finding)))
    }));
}

#[test]
fn errors_are_beyond_rounding_or_a_duty_unmet() {
    expect_none(&faults_in(|run, finding| {
        if finding.level != Level::Error {
            return None;
        }
        let exempt = WITHOUT_DIFFERENCE.iter().any(|start| finding.code.starts_with(start));
        let is_fault = match &finding.check.outcome {
            Outcome::Broken { difference: Some(difference) } => difference.is_zero() || within_bound(finding),
            _ => !exempt,
        };
        is_fault.then(|| run.told(finding))
    }));
}

/// The difference of a sum could come from rounding after all.
fn within_bound(finding: &Finding) -> bool {
    let of = |role| finding.check.terms.iter().filter(move |term| term.role == role).filter_map(|term| term.figure);
    let parts: Vec<Printed> = of(Role::Part).filter(|figure| !figure.is_zero()).collect();
    let total = of(Role::Total).next();
    finding.code == "SUM101" && total.is_some_and(|total| total.test_sum(parts).possible)
}

#[test]
fn every_verdict_not_checked_has_a_reason() {
    let mut faults = Vec::new();
    for (name, run) in runs() {
        for check in run.report.relations.iter().flat_map(|family| &family.checks) {
            let Outcome::NotChecked(reason) = &check.outcome else { continue };
            let texts = [reason.text(Lang::Zh), reason.text(Lang::En)];
            if texts.iter().any(|text| text.is_empty() || text.contains("（）") || text.contains("()")) {
                faults.push(format!("{name}: {}: {texts:?}", check.key));
            }
        }
    }
    faults.dedup();
    expect_none(&faults);
}

#[test]
fn the_same_report_is_judged_the_same_twice() {
    for (name, run) in runs() {
        let again = gouji_check::check(&run.statement, &gouji_check::Options::default());
        assert_eq!(format!("{:?}", run.report), format!("{again:?}"), "{name}");
    }
}

/// A family that a duty names ends in a verdict in every report, also where nothing of it is printed.
#[test]
fn every_duty_ends_in_a_verdict() {
    let empty = Run::of("empty.txt", "某局部门预算\n");
    for rule in gouji_check::rules() {
        for (key, _) in rule.duties {
            let met =
                empty.report.relations.iter().any(|family| family.key.starts_with(key) && family.code == rule.code);
            assert!(met, "{} {key}", rule.code);
        }
    }
}

#[test]
fn border_cases_that_round_say_so() {
    let files = CasesFile::all();
    let border = files.iter().flat_map(|file| &file.cases).filter(|case| case.section == Section::Border);
    let rounded = border.filter(|case| {
        let run = case.run();
        run.report.relations.iter().any(|family| family.verdict == gouji_model::Verdict::Rounding)
    });
    assert!(rounded.count() >= 3, "the bound of rounding is shown by cases");
}
