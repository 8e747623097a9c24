//! The Longgang report of 2019 against the 151 families of relations that were worked out for
//! it by hand (`domain.md` §1.3, §1.7). `data/domain-map.toml` says which of our relations
//! decide which family.

mod common;

use common::{Checked, checked, longgang};
use gouji_check::Relation;
use gouji_model::{Finding, Level, Outcome, Verdict};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Map {
    family: Vec<Family>,
}

/// A family of `domain.md`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    /// Its number there.
    r: String,
    /// Its key there.
    key: String,
    level: String,
    verdict: String,
    /// Our keys; one that ends in `*` stands for all with that beginning.
    keys: Vec<String>,
    /// Instances that the keys must decide together.
    #[serde(default)]
    at_least: usize,
    /// Why the row is not met yet.
    open: Option<String>,
}

impl Family {
    fn names(&self, key: &str) -> bool {
        self.keys.iter().any(|name| fits(name, key))
    }

    fn relations<'a>(&self, checked: &'a Checked) -> Vec<&'a Relation> {
        checked.report.relations.iter().filter(|relation| self.names(&relation.key)).collect()
    }

    fn findings<'a>(&self, checked: &'a Checked) -> Vec<&'a Finding> {
        checked.report.findings.iter().filter(|finding| self.names(&finding.check.key)).collect()
    }

    fn is_broken(&self) -> bool {
        self.verdict == "broken"
    }

    fn level(&self) -> Level {
        match self.level.as_str() {
            "E" => Level::Error,
            "W" => Level::Warning,
            "I" => Level::Info,
            other => panic!("{}: `{other}` is no level", self.r),
        }
    }
}

fn fits(name: &str, key: &str) -> bool {
    name.strip_suffix('*').map_or(name == key, |start| key.starts_with(start))
}

fn families() -> Vec<Family> {
    let map: Map = toml::from_str(include_str!("data/domain-map.toml")).expect("the map is tested");
    map.family
}

/// What is wrong with a family, if anything.
fn fault(family: &Family, checked: &Checked) -> Option<String> {
    let relations = family.relations(checked);
    for name in &family.keys {
        if !relations.iter().any(|relation| fits(name, &relation.key)) {
            return Some(format!("there is no relation {name}"));
        }
    }
    let verdict = relations.iter().map(|relation| relation.verdict).max().unwrap_or(Verdict::NotChecked);
    if verdict.word() != family.verdict {
        let each: Vec<String> = relations.iter().map(|r| format!("{} {}", r.key, r.verdict.word())).collect();
        return Some(format!("is {} instead of {}: {}", verdict.word(), family.verdict, each.join(", ")));
    }
    // One key that decides nothing would hide behind the others.
    if let Some(idle) = relations.iter().find(|r| r.verdict == Verdict::NotChecked && family.verdict != "not_checked") {
        return Some(format!("{} is not checked", idle.key));
    }
    let instances: usize = relations.iter().map(|relation| relation.instances).sum();
    (instances < family.at_least).then(|| format!("{instances} instances are decided, not {}", family.at_least))
}

#[test]
fn every_family_has_the_verdict_worked_out_by_hand() {
    let Some(bytes) = longgang() else { return };
    let checked = checked(bytes);
    let families = families();
    let mut wrong = Vec::new();
    for family in &families {
        match (fault(family, &checked), &family.open) {
            (Some(fault), Some(reason)) => println!("open: {} {} {fault} ({reason})", family.r, family.key),
            (Some(fault), None) => wrong.push(format!("{} {} {fault}", family.r, family.key)),
            (None, Some(reason)) => {
                wrong.push(format!("{} {} is met: take out open = {reason:?}", family.r, family.key))
            }
            (None, None) => {}
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_map_holds_151_families_111_holding_13_rounding_23_broken_4_not_checked() {
    let families = families();
    let numbers: Vec<String> = (1..=151).map(|number| format!("R{number}")).collect();
    assert_eq!(families.iter().map(|family| family.r.clone()).collect::<Vec<_>>(), numbers);
    let keys: BTreeSet<&str> = families.iter().map(|family| family.key.as_str()).collect();
    assert_eq!(keys.len(), 151, "keys are distinct");
    let count = |verdict: &str| families.iter().filter(|family| family.verdict == verdict).count();
    let counts = [count("holds"), count("rounding"), count("broken"), count("not_checked")];
    assert_eq!(counts, [111, 13, 23, 4]);
}

#[test]
fn thirteen_families_hold_within_rounding_and_say_how() {
    let Some(bytes) = longgang() else { return };
    let checked = checked(bytes);
    let mut said = 0;
    for family in families().iter().filter(|family| family.verdict == "rounding") {
        let mut within = 0;
        for check in family.relations(&checked).iter().flat_map(|relation| &relation.checks) {
            if let Outcome::Rounding { addends, bound, difference } = &check.outcome {
                within += 1;
                println!(
                    "{} {}: {} n = {addends}, bound {bound}, difference {difference}",
                    family.r, family.key, check.key
                );
                assert!(*addends > 0 && !difference.is_zero(), "{}", check.key);
                assert!(difference.atoms().abs() <= bound.atoms(), "{}: {difference} is beyond {bound}", check.key);
            }
        }
        assert!(within > 0 || family.open.is_some(), "{} says nothing of rounding", family.key);
        said += usize::from(within > 0);
        let loud: Vec<_> =
            family.findings(&checked).into_iter().filter(|finding| finding.level > Level::Info).collect();
        assert!(loud.is_empty(), "{}: {loud:?}", family.key);
    }
    println!("{said} families hold within rounding");
    assert_eq!(said, 13);
}

#[test]
fn the_five_families_of_level_e_are_errors_with_both_ends_placed() {
    let Some(bytes) = longgang() else { return };
    let checked = checked(bytes);
    let errors: Vec<Family> =
        families().into_iter().filter(|family| family.is_broken() && family.level == "E").collect();
    assert_eq!(errors.len(), 5);
    for family in &errors {
        let findings = family.findings(&checked);
        assert!(!findings.is_empty(), "{} has no finding", family.key);
        for finding in findings {
            assert_eq!(finding.level, Level::Error, "{}", family.key);
            let places: BTreeSet<_> = finding.check.terms.iter().filter_map(|term| term.span).collect();
            // The place of a blank cell is its row.
            let blank = finding.code == "PRF101";
            assert!(places.len() >= if blank { 1 } else { 2 }, "{}: {:?}", family.key, finding.check.terms);
            if blank {
                let row = checked.document.quote(*places.first().expect("the row has a place"));
                assert!(row.contains("42000") && row.contains("区经济与科技发展专项资金"), "{row}");
            }
        }
    }
    let group = |key: &str| checked.report.findings.iter().find(|finding| finding.check.key == key).map(|f| f.group);
    assert_eq!(group("narrative.direction[total]"), group("narrative.growth[expenditure]"), "one cause");
    let causes: BTreeSet<u32> =
        checked.report.findings.iter().filter(|f| f.level == Level::Error).map(|f| f.group).collect();
    assert_eq!(causes.len(), 4, "five families, four causes");
}

#[test]
fn families_of_level_w_are_warnings_and_of_level_i_are_notes() {
    let Some(bytes) = longgang() else { return };
    let checked = checked(bytes);
    let (mut warnings, mut notes) = (0, 0);
    for family in families().iter().filter(|family| family.is_broken() && family.level != "E") {
        let findings = family.findings(&checked);
        let fitting = !findings.is_empty() && findings.iter().all(|finding| finding.level == family.level());
        if !fitting {
            println!("{} {} is not shown at level {}", family.r, family.key, family.level);
        } else if family.level == "W" {
            warnings += 1;
        } else {
            notes += 1;
        }
    }
    println!("{warnings} of 15 families of level W are warnings, {notes} of 3 of level I are notes");
    assert!(warnings >= 13, "{warnings}");
    assert_eq!(notes, 3);
}

#[test]
fn nothing_is_an_error_or_a_warning_beyond_the_broken_families() {
    let Some(bytes) = longgang() else { return };
    let checked = checked(bytes);
    let families = families();
    let broken: Vec<&Family> = families.iter().filter(|family| family.is_broken()).collect();
    let beyond: Vec<String> = checked
        .report
        .findings
        .iter()
        .filter(|finding| finding.level > Level::Info)
        .filter(|finding| !broken.iter().any(|family| family.names(&finding.check.key)))
        .map(|finding| format!("{} {} at {:?}", finding.code, finding.check.key, finding.check.terms.first()))
        .collect();
    assert!(beyond.is_empty(), "\n{}", beyond.join("\n"));
}

#[test]
fn relations_beside_the_map_hold() {
    let Some(bytes) = longgang() else { return };
    let checked = checked(bytes);
    let families = families();
    let beside =
        checked.report.relations.iter().filter(|relation| !families.iter().any(|family| family.names(&relation.key)));
    let mut broken = Vec::new();
    for relation in beside {
        println!("{} {} ({} instances)", relation.verdict.word(), relation.key, relation.instances);
        if relation.verdict == Verdict::Broken {
            broken.push(relation.key.as_str());
        }
    }
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn what_the_paper_cannot_decide_says_why() {
    let Some(bytes) = longgang() else { return };
    let checked = checked(bytes);
    for family in families().iter().filter(|family| family.verdict == "not_checked") {
        for check in family.relations(&checked).iter().flat_map(|relation| &relation.checks) {
            let Outcome::NotChecked(reason) = &check.outcome else { panic!("{} is decided", check.key) };
            println!("{} {}: {}", family.r, family.key, reason.text(gouji_model::Lang::Zh));
        }
    }
}

/// A family that holds here has the level that a break of it would have; where ours differs
/// from the one of `domain.md`, it is said.
#[test]
fn levels_of_families_that_hold_are_compared() {
    let Some(bytes) = longgang() else { return };
    let checked = checked(bytes);
    for family in families().iter().filter(|family| !family.is_broken()) {
        let highest = family.relations(&checked).iter().map(|relation| relation.level).max();
        if highest != Some(family.level()) {
            println!("{} {}: level {} there, {:?} here", family.r, family.key, family.level, highest.map(Level::word));
        }
    }
}
