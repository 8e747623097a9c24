//! Conflicts of interest: every relation of an expert to an applicant that the rule knows, found by what they share.

use crate::Day;
use gouji_model::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// An expert, with what is known of the relations. Units and persons are named by keys that are the same for the
/// same unit or person (a credit code, an identity number or its hash); a blank key means nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expert {
    /// The key of the expert as a person.
    pub person: String,
    /// Where the expert works and worked.
    pub employments: Vec<Employment>,
    /// Units the expert holds shares of.
    pub shares: Vec<String>,
    /// Units the expert is the legal representative of.
    pub represents: Vec<String>,
    /// Relatives the expert named.
    pub relatives: Vec<String>,
    /// Advisers and students of the expert.
    pub advisers_and_students: Vec<String>,
    /// Papers and patents with others.
    pub works: Vec<JointWork>,
    /// Projects the expert took part in, by their numbers, each with its last day.
    pub projects: Vec<(String, Day)>,
    /// Units that paid the expert, with the last day they did.
    pub payers: Vec<(String, Day)>,
    /// The address of the household.
    pub household: String,
    /// Units and persons the expert declared to be in conflict with.
    pub declared: Vec<String>,
}

/// A time of work for a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employment {
    /// The unit.
    pub unit: String,
    /// The last day; `None` while it lasts.
    pub until: Option<Day>,
}

/// A paper or a patent of several persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointWork {
    /// Title or number.
    pub title: String,
    /// When it was published or applied for.
    pub day: Day,
    /// Who made it.
    pub persons: Vec<String>,
}

/// An application as far as conflicts are concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applicant {
    /// The unit that applies, those that hold it, and those that take part.
    pub units: Vec<String>,
    /// Legal representative, leader and members of the project.
    pub persons: Vec<String>,
    /// Addresses of units and persons.
    pub addresses: Vec<String>,
    /// Numbers of projects that the units or persons took part in.
    pub projects: Vec<String>,
}

/// How long a relation counts after it ended, in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConflictRule {
    /// After the last day of employment.
    pub employment: i32,
    /// After a joint paper, patent or project.
    pub joint_work: i32,
    /// After the last payment.
    pub payment: i32,
}

/// A relation that excludes an expert from an application.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The place of the application.
    pub application: u32,
    /// The place of the expert.
    pub expert: u32,
    /// The relation.
    pub relation: Relation,
    /// What both have: the unit, the person, the title, the address.
    pub through: String,
}

/// Kinds of relations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Works for a unit of the application, or did within the rule's years.
    Employer,
    /// Holds shares of a unit.
    Shareholder,
    /// Is the legal representative of a unit.
    Representative,
    /// Is one of the persons.
    Applies,
    /// Named one of the persons as a relative.
    Relative,
    /// Was adviser or student of one of the persons.
    AdviserOrStudent,
    /// Wrote or invented with one of the persons within the rule's years.
    JointWork,
    /// Took part in one project within the rule's years.
    JointProject,
    /// Was paid by a unit within the rule's years.
    Paid,
    /// Lives at an address of the application.
    Household,
    /// Declared it.
    Declared,
}

/// What an applicant and an expert may have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shared {
    Unit,
    Person,
    Address,
    Project,
}

type Index<'e> = BTreeMap<(Shared, &'e str), Vec<(u32, Relation, &'e str)>>;

/// Every conflict of every expert with every application, sorted, each once. What is blank is no relation.
pub fn conflicts(experts: &[Expert], applicants: &[Applicant], rule: ConflictRule, today: Day) -> Vec<Conflict> {
    let index = index(experts, rule, today);
    let mut found = BTreeSet::new();
    for (application, applicant) in applicants.iter().enumerate() {
        let lists = [
            (Shared::Unit, &applicant.units),
            (Shared::Person, &applicant.persons),
            (Shared::Address, &applicant.addresses),
            (Shared::Project, &applicant.projects),
        ];
        for (shared, key) in lists.into_iter().flat_map(|(shared, keys)| keys.iter().map(move |key| (shared, key))) {
            for &(expert, relation, through) in index.get(&(shared, key.trim())).into_iter().flatten() {
                let through = through.to_owned();
                found.insert(Conflict { application: application as u32, expert, relation, through });
            }
        }
    }
    found.into_iter().collect()
}

fn index(experts: &[Expert], rule: ConflictRule, today: Day) -> Index<'_> {
    let mut index = Index::new();
    for (place, expert) in experts.iter().enumerate() {
        for (shared, key, relation, through) in facts(expert, rule, today) {
            if !key.trim().is_empty() {
                index.entry((shared, key.trim())).or_default().push((place as u32, relation, through));
            }
        }
    }
    index
}

/// What an expert shares with whom it would be a conflict, and through what.
fn facts(expert: &Expert, rule: ConflictRule, today: Day) -> Vec<(Shared, &str, Relation, &str)> {
    let counts = |last: Day, years: i32| today <= last.plus_years(years);
    let mut facts: Vec<(Shared, &str, Relation, &str)> = vec![
        (Shared::Person, &expert.person, Relation::Applies, &expert.person),
        (Shared::Address, &expert.household, Relation::Household, &expert.household),
    ];
    let employers =
        expert.employments.iter().filter(|work| work.until.is_none_or(|last| counts(last, rule.employment)));
    facts.extend(employers.map(|work| (Shared::Unit, work.unit.as_str(), Relation::Employer, work.unit.as_str())));
    let payers = expert.payers.iter().filter(|(_, last)| counts(*last, rule.payment));
    facts.extend(payers.map(|(unit, _)| (Shared::Unit, unit.as_str(), Relation::Paid, unit.as_str())));
    let projects = expert.projects.iter().filter(|(_, last)| counts(*last, rule.joint_work));
    facts.extend(projects.map(|(one, _)| (Shared::Project, one.as_str(), Relation::JointProject, one.as_str())));
    for work in expert.works.iter().filter(|work| counts(work.day, rule.joint_work)) {
        let others = work.persons.iter().filter(|person| **person != expert.person);
        facts.extend(others.map(|person| (Shared::Person, person.as_str(), Relation::JointWork, work.title.as_str())));
    }
    let plain = [
        (Shared::Unit, &expert.shares, Relation::Shareholder),
        (Shared::Unit, &expert.represents, Relation::Representative),
        (Shared::Person, &expert.relatives, Relation::Relative),
        (Shared::Person, &expert.advisers_and_students, Relation::AdviserOrStudent),
        (Shared::Unit, &expert.declared, Relation::Declared),
        (Shared::Person, &expert.declared, Relation::Declared),
    ];
    for (shared, keys, relation) in plain {
        facts.extend(keys.iter().map(|key| (shared, key.as_str(), relation, key.as_str())));
    }
    facts
}

impl Conflict {
    /// Why the expert may not judge the application.
    pub fn text(&self, lang: Lang) -> String {
        format!("{}{}{}", self.relation.text(lang), if lang == Lang::Zh { "：" } else { ": " }, self.through)
    }
}

impl Relation {
    /// The relation in words.
    pub fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Employer, Lang::Zh) => "现任或近年曾任职于申报相关单位",
            (Self::Employer, Lang::En) => "works, or lately worked, for a unit of the application",
            (Self::Shareholder, Lang::Zh) => "持有申报相关单位股份",
            (Self::Shareholder, Lang::En) => "holds shares of a unit of the application",
            (Self::Representative, Lang::Zh) => "担任申报相关单位法定代表人",
            (Self::Representative, Lang::En) => "is the legal representative of a unit of the application",
            (Self::Applies, Lang::Zh) => "本人为申报项目人员",
            (Self::Applies, Lang::En) => "is a person of the application",
            (Self::Relative, Lang::Zh) => "与申报项目人员有亲属关系",
            (Self::Relative, Lang::En) => "is a relative of a person of the application",
            (Self::AdviserOrStudent, Lang::Zh) => "与申报项目人员有师生关系",
            (Self::AdviserOrStudent, Lang::En) => "was adviser or student of a person of the application",
            (Self::JointWork, Lang::Zh) => "近年与申报项目人员合著论文或共有专利",
            (Self::JointWork, Lang::En) => "lately wrote or invented with a person of the application",
            (Self::JointProject, Lang::Zh) => "近年与申报方共同承担项目",
            (Self::JointProject, Lang::En) => "lately took part in one project with the applicants",
            (Self::Paid, Lang::Zh) => "近年从申报相关单位取得报酬",
            (Self::Paid, Lang::En) => "was lately paid by a unit of the application",
            (Self::Household, Lang::Zh) => "住址与申报方地址相同",
            (Self::Household, Lang::En) => "lives at an address of the application",
            (Self::Declared, Lang::Zh) => "专家本人声明回避",
            (Self::Declared, Lang::En) => "declared it",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: ConflictRule = ConflictRule { employment: 3, joint_work: 5, payment: 3 };

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn relations(expert: Expert) -> Vec<Relation> {
        let strings = |text: &str| vec![text.to_owned()];
        let applicant =
            Applicant { units: strings("U"), persons: strings("P"), addresses: strings("A"), projects: strings("J") };
        let found = conflicts(&[expert], &[applicant], RULE, day("2026-06-30"));
        assert!(found.iter().all(|one| !one.text(Lang::Zh).is_empty() && !one.text(Lang::En).is_empty()));
        found.into_iter().map(|conflict| conflict.relation).collect()
    }

    #[test]
    fn each_kind_is_found_alone() {
        let some = |text: &str| vec![text.to_owned()];
        let work = |day| JointWork { title: "T".into(), day, persons: vec!["E".into(), "P".into()] };
        let blank = Expert { person: "E".into(), ..Expert::default() };
        let employed = |until| vec![Employment { unit: "U".into(), until }];
        for (expert, relation) in [
            (Expert { employments: employed(None), ..blank.clone() }, Relation::Employer),
            (Expert { employments: employed(Some(day("2023-06-30"))), ..blank.clone() }, Relation::Employer),
            (Expert { shares: some("U"), ..blank.clone() }, Relation::Shareholder),
            (Expert { represents: some("U"), ..blank.clone() }, Relation::Representative),
            (Expert { person: "P".into(), ..blank.clone() }, Relation::Applies),
            (Expert { relatives: some("P"), ..blank.clone() }, Relation::Relative),
            (Expert { advisers_and_students: some("P"), ..blank.clone() }, Relation::AdviserOrStudent),
            (Expert { works: vec![work(day("2021-06-30"))], ..blank.clone() }, Relation::JointWork),
            (Expert { projects: vec![("J".into(), day("2022-01-01"))], ..blank.clone() }, Relation::JointProject),
            (Expert { payers: vec![("U".into(), day("2024-01-01"))], ..blank.clone() }, Relation::Paid),
            (Expert { household: "A".into(), ..blank.clone() }, Relation::Household),
            (Expert { declared: some("P"), ..blank.clone() }, Relation::Declared),
        ] {
            assert_eq!(relations(expert), [relation]);
        }
        let past = Expert {
            employments: employed(Some(day("2023-06-29"))),
            works: vec![work(day("2021-06-29"))],
            payers: vec![("U".into(), day("2023-01-01"))],
            relatives: some(" "),
            ..blank
        };
        assert_eq!(relations(past), []);
    }
}
