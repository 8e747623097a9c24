//! Invented experts and applications with planted conflicts of every kind.

use crate::dice::Dice;
use gouji_fund::Day;
use gouji_fund::experts::{Applicant, ConflictRule, Employment, Expert, JointWork, Judging};
use std::collections::BTreeSet;

/// How many.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub applications: usize,
    pub experts: usize,
}

/// The years of the rule.
pub(super) const RULE: ConflictRule = ConflictRule { employment: 3, joint_work: 5, payment: 3 };

/// Fields of science; an expert knows three.
const FIELDS: u64 = 30;

/// Who may judge what, before conflicts.
pub(super) struct Sample {
    pub experts: Vec<Expert>,
    pub applicants: Vec<Applicant>,
    /// Every pair of one field, with its score.
    pub matching: Vec<Judging>,
    /// Pairs, the application first, that were given a conflict.
    pub planted: BTreeSet<(u32, u32)>,
}

pub(super) fn today() -> Day {
    Day::parse("2026-06-30").expect("a date")
}

impl Sample {
    /// Of three fields of an expert, one is an application's: about a tenth of all pairs match.
    pub fn new(size: Size, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let experts: Vec<Expert> = (0..size.experts).map(expert).collect();
        let applicants = (0..size.applications).map(applicant).collect();
        let known: Vec<Vec<u64>> = (0..size.experts).map(|_| (0..3).map(|_| dice.roll(FIELDS)).collect()).collect();
        let mut sample = Self { experts, applicants, matching: Vec::new(), planted: BTreeSet::new() };
        for application in 0..size.applications {
            let field = dice.roll(FIELDS);
            for (expert, known) in known.iter().enumerate() {
                if let Some(rank) = known.iter().position(|one| *one == field) {
                    let score = 100 - 20 * rank as i32 - dice.roll(20) as i32;
                    sample.matching.push(Judging { application: application as u32, expert: expert as u32, score });
                }
            }
        }
        for number in 0..size.applications / 2 {
            let judging = *dice.choose(&sample.matching);
            sample.plant(judging, number % 10);
        }
        sample
    }

    fn plant(&mut self, judging: Judging, kind: usize) {
        let applicant = &mut self.applicants[judging.application as usize];
        let expert = &mut self.experts[judging.expert as usize];
        let (unit, person) = (applicant.units[0].clone(), applicant.persons[1].clone());
        let last = today().plus_months(-20);
        match kind {
            0 => expert.employments.push(Employment { unit, until: Some(last) }),
            1 => expert.shares.push(unit),
            2 => expert.relatives.push(person),
            3 => expert.advisers_and_students.push(person),
            4 => expert.works.push(JointWork {
                title: format!("论文{}", judging.application),
                day: last,
                persons: vec![expert.person.clone(), person],
            }),
            5 => expert.projects.push((applicant.projects[0].clone(), last)),
            6 => expert.declared.push(unit),
            7 => expert.represents.push(unit),
            8 => applicant.addresses.push(expert.household.clone()),
            _ => expert.payers.push((unit, last)),
        }
        self.planted.insert((judging.application, judging.expert));
    }
}

/// With relations that are over or lead to no applicant.
fn expert(number: usize) -> Expert {
    let long_ago = today().plus_years(-9);
    Expert {
        person: format!("专家{number}"),
        employments: vec![
            Employment { unit: format!("高校{}", number % 40), until: None },
            Employment { unit: format!("企业{number}"), until: Some(long_ago) },
        ],
        payers: vec![(format!("企业{}", number + 1), long_ago)],
        household: format!("小区{number}"),
        ..Expert::default()
    }
}

fn applicant(number: usize) -> Applicant {
    Applicant {
        units: vec![format!("企业{number}")],
        persons: vec![format!("法人{number}"), format!("负责人{number}")],
        addresses: vec![format!("园区{number}")],
        projects: vec![format!("项目{number}")],
    }
}
