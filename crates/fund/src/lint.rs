//! What is suspicious in the rules of a programme, each with an applicant who shows it.
//!
//! Every applicant was judged by the engine before the notice is given. A version that does not compile is left out:
//! its faults are told by [`compile`](crate::program::compile()).

mod conditions;
mod logic;
mod names;
mod ranges;
mod reach;
mod siblings;
mod steps;
mod tables;
mod versions;
mod words;

use crate::judge::Lane;
use crate::policy::{Kind, Policy, Version};
use crate::probe::{Probe, Row};
use crate::program::{Program, compile};
use crate::{Day, Rule};
use gouji_model::{Fen, Lang};

/// Something suspicious in a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Line of the policy file, from 1.
    pub line: u32,
    /// What kind of suspicion.
    pub kind: NoticeKind,
    /// The version it is about.
    pub version: String,
    /// An applicant who shows it, judged.
    pub example: Example,
    zh: String,
    en: String,
}

impl Notice {
    /// What is suspicious and what would be right.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// An applicant with the decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Every input with its value: fen, a number, millionths, days from 1970-01-01, 1 for yes; `None` for no record.
    pub values: Vec<ExampleValue>,
    /// The day of the batch.
    pub day: Day,
    /// The lane; `None` where no version, or more than one, is in force on the day.
    pub lane: Option<Lane>,
    /// The award in fen; `None` where it is unknown or nothing was decided.
    pub award: Option<Fen>,
}

/// One value of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleValue {
    /// The input.
    pub input: String,
    /// What kind of value.
    pub kind: Kind,
    /// The value; `None` for no record.
    pub value: Option<i64>,
    /// The word of a class.
    pub word: String,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// What kind of suspicion.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum NoticeKind { $($(#[$doc])* $name,)* }
        impl NoticeKind {
            /// Every kind.
            pub const ALL: &[NoticeKind] = &[$(NoticeKind::$name,)*];
            /// Its name, such as `table-gap`.
            pub const fn code(self) -> &'static str { match self { $(NoticeKind::$name => $code,)* } }
        }
    };
}

kinds! {
    /// A value no row of a table holds, though a smaller one does.
    TableGap = "table-gap",
    /// Two rows of a table hold one value.
    TableOverlap = "table-overlap",
    /// The last band ends, and nothing is paid beyond it.
    BandsEnd = "bands-end",
    /// A condition that never fails where the others are met.
    DeadCondition = "dead-condition",
    /// Conditions that nobody can meet together.
    Contradiction = "contradiction",
    /// A `when` that never holds.
    DeadWhen = "dead-when",
    /// An amount that is ten thousand times away from its siblings.
    UnitSlip = "unit-slip",
    /// A threshold below 1,000 yuan.
    SmallThreshold = "small-threshold",
    /// A cap that can never bind.
    IdleCap = "idle-cap",
    /// A cap below the floor.
    CapBelowFloor = "cap-below-floor",
    /// A rate of a cost above 100 %.
    RateAboveWhole = "rate-above-whole",
    /// An award that falls when its base rises.
    FallingAward = "falling-award",
    /// A condition or a parameter without a clause.
    MissingClause = "missing-clause",
    /// Days between two versions without a rule.
    VersionGap = "version-gap",
    /// Two versions in force on one day.
    VersionOverlap = "version-overlap",
    /// An input that nothing uses.
    UnusedInput = "unused-input",
    /// A step that nothing uses.
    UnusedStep = "unused-step",
    /// A word that differs from another by a typo.
    WordTypo = "word-typo",
    /// Instalments that end after the version.
    LateInstalment = "late-instalment",
    /// Instalments that are all paid on one day.
    IdleInstalments = "idle-instalments",
    /// No record would be read as nothing, and that refuses.
    SilentAbsence = "silent-absence",
    /// A share or a growth of values of years that do not belong together.
    MixedYears = "mixed-years",
    /// A condition or a line whose name says another number, direction, answer or choice than its rule.
    NameDiffers = "name-differs",
    /// A row, a cell or a word that nobody who meets the conditions can have.
    UnreachableRow = "unreachable-row",
    /// A cap below every row.
    CapAlways = "cap-always",
    /// A cap or the end of a band below 10,000 yuan, or a table that gives less than 1,000 yuan at most.
    SmallCap = "small-cap",
    /// Nobody was found who meets the conditions and is paid.
    NobodyPaid = "nobody-paid",
    /// Somebody meets the conditions and gets nothing.
    PaidNothing = "paid-nothing",
    /// A list that never says no, because no record is unknown.
    NeverNo = "never-no",
    /// An input of another year than its like.
    OddYear = "odd-year",
    /// A rate ten times away from its like.
    RateSlip = "rate-slip",
    /// A condition or a line of another form than in an earlier version.
    FormDiffers = "form-differs",
    /// A switch for a batch of another time.
    StraySwitch = "stray-switch",
}

/// Everything suspicious in a policy, by line.
pub fn lint(policy: &Policy) -> Vec<Notice> {
    let compiled: Vec<(&Version, Program)> =
        policy.versions.iter().filter_map(|version| Some((version, compile(policy, version).ok()?))).collect();
    let mut notices = Vec::new();
    let mut subjects = Vec::new();
    for (version, program) in &compiled {
        let rule = Rule { policy, version, program };
        subjects.push(Subject::new(rule));
    }
    for subject in &subjects {
        conditions::look(subject, &mut notices);
        tables::look(subject, &mut notices);
        steps::look(subject, &mut notices);
        versions::look(subject, &mut notices);
        words::look(subject, &mut notices);
        names::look(subject, &mut notices);
        siblings::look(subject, &mut notices);
        reach::look(subject, &mut notices);
    }
    versions::look_between(&subjects, &mut notices);
    versions::unused_inputs(policy, &subjects, &mut notices);
    notices.sort_by(|one, other| (one.line, one.kind, &one.version).cmp(&(other.line, other.kind, &other.version)));
    notices.dedup_by(|one, other| (one.line, one.kind) == (other.line, other.kind));
    notices
}

/// A version with an applicant who passes, where there is one.
struct Subject<'a> {
    rule: Rule<'a>,
    probe: Probe<'a>,
    /// An applicant who meets every condition and is paid as much as was found; else who is nearest to it.
    best: Row,
    /// Whether `best` meets every condition.
    has_passer: bool,
}

impl<'a> Subject<'a> {
    fn new(rule: Rule<'a>) -> Subject<'a> {
        let probe = Probe::new(rule);
        let found = probe.seek(&[], |seen| 2 * seen.unmet() + u32::from(seen.award() <= 0));
        Subject { rule, best: found.0, has_passer: found.1 < 2, probe }
    }

    /// A notice about this version with an applicant, judged.
    fn notice(&self, kind: NoticeKind, line: u32, row: &Row, (zh, en): (String, String)) -> Notice {
        let (lane, award) = self.probe.decide(row);
        let example = self.example(row, self.rule.version.from, Some(lane), award);
        Notice { line, kind, version: self.rule.version.id.clone(), example, zh, en }
    }

    fn example(&self, row: &Row, day: Day, lane: Option<Lane>, award: Option<Fen>) -> Example {
        let inputs = self.rule.policy.inputs.iter().enumerate();
        let values = inputs.map(|(index, input)| ExampleValue {
            input: input.name.clone(),
            kind: input.kind,
            value: row[index],
            word: self.probe.word(index, row[index]),
        });
        Example { values: values.collect(), day, lane, award }
    }
}

impl Example {
    /// The applicant and the decision in one line.
    pub fn text(&self, lang: Lang) -> String {
        let values: Vec<String> = self.values.iter().map(|value| value.text(lang)).collect();
        let (comma, day) = (if lang == Lang::Zh { "；" } else { "; " }, self.day);
        let lane = match (self.lane, lang) {
            (None, Lang::Zh) => "无法审核",
            (None, Lang::En) => "not to be judged",
            (Some(Lane::Pass), Lang::Zh) => "通过",
            (Some(Lane::Pass), Lang::En) => "passes",
            (Some(Lane::Assist), Lang::Zh) => "人工核实",
            (Some(Lane::Assist), Lang::En) => "a person decides",
            (Some(Lane::Refuse), Lang::Zh) => "不予资助",
            (Some(Lane::Refuse), Lang::En) => "refused",
        };
        let award = self.award.map_or_else(String::new, |award| match lang {
            Lang::Zh => format!("，{award} 元"),
            Lang::En => format!(", {award} yuan"),
        });
        format!("{day} {} → {lane}{award}", values.join(comma))
    }
}

impl ExampleValue {
    fn text(&self, lang: Lang) -> String {
        let shown = match (self.value, self.kind, lang) {
            (None, _, Lang::Zh) => "无记录".into(),
            (None, _, Lang::En) => "not on record".into(),
            (Some(value), Kind::Amount, Lang::Zh) => format!("{} 元", Fen::new(value)),
            (Some(value), Kind::Amount, Lang::En) => format!("{} yuan", Fen::new(value)),
            (Some(value), Kind::Flag, Lang::Zh) => if value != 0 { "是" } else { "否" }.into(),
            (Some(value), Kind::Flag, Lang::En) => if value != 0 { "yes" } else { "no" }.into(),
            (Some(value), Kind::Day, _) => {
                i32::try_from(value).ok().and_then(Day::from_number).map_or_else(String::new, |day| day.to_string())
            }
            (Some(value), Kind::Ratio, _) => {
                crate::policy::Ratio::new(value, 1_000_000).map_or_else(|| value.to_string(), |ratio| ratio.to_string())
            }
            (Some(_), Kind::Class, _) => self.word.clone(),
            (Some(value), Kind::Count, _) => value.to_string(),
        };
        format!("{} {shown}", self.input)
    }
}
