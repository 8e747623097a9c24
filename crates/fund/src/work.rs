//! The working folder of an office, and the decisions on a batch.

mod flags;
mod record;
mod rulings;
mod share;

use crate::Day;
use crate::evidence::{APPLICATIONS, Column, EvidenceFault, Register, gather};
use crate::explain::{Explanation, Nearest, Rule, explain, nearest};
use crate::judge::{Decisions, Lane, judge};
use crate::lifecycle::{Outcome, Table, frozen};
use crate::policy::{NoVersion, Policy, Share, Version};
use crate::program::{Program, compile};
pub use flags::{Flag, FlagKind};
use gouji_model::{Fen, Lang};
pub use record::{first_difference, sha256};
pub use rulings::{RULINGS_FILE, RULINGS_HEADS, Ruling, rulings};
pub use share::{Division, Shared};

/// The column of an application's number.
pub const NUMBER: &str = "申请编号";
/// The column of an application's batch.
pub const BATCH: &str = "批次";
/// The column of the applicant's name.
pub const NAME: &str = "企业名称";
/// The column of the day on which an application came in.
pub const DATE: &str = "申请日期";

/// Everything an office keeps for its programmes.
#[derive(Clone, Debug)]
pub struct Work {
    /// Name of the office.
    pub office: String,
    /// The batches, each of one policy.
    pub batches: Vec<Batch>,
    /// The budget lines: projects of 表十三.
    pub lines: Vec<BudgetLine>,
    /// The policies with the file and its SHA-256.
    pub policies: Vec<PolicyFile>,
    /// The registers of other offices.
    pub registers: Vec<Register>,
    /// The applications of all batches.
    pub applications: Register,
    /// What may be done with an application, by whom.
    pub lifecycles: Vec<Table>,
    /// What persons decided, the first first.
    pub rulings: Vec<Ruling>,
    /// `fund.toml` and its SHA-256 in hexadecimal.
    pub settings: (String, String),
}

/// A policy as it is kept.
#[derive(Clone, Debug)]
pub struct PolicyFile {
    /// The file.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// What it says.
    pub policy: Policy,
}

/// A budget line that pays awards: a project of 表十三.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetLine {
    /// Its short name in `fund.toml`.
    pub id: String,
    /// The unit whose budget it stands in.
    pub unit: String,
    /// The budget year.
    pub year: i32,
    /// The project as the budget names it.
    pub project: String,
    /// The approved amount.
    pub amount: Fen,
    /// Last day on which it pays.
    pub closes: Day,
}

/// A batch: one call of one programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its name, such as `2019-1`.
    pub id: String,
    /// The policy.
    pub policy: String,
    /// First day of the call; it says which version of the policy governs.
    pub opens: Day,
    /// Last day.
    pub closes: Day,
    /// What the budget line has for this batch; `None` when nothing is cut.
    pub budget: Option<Fen>,
    /// The budget line that pays; empty when none is named.
    pub pays: String,
    /// The amount that the awards are to move, such as R&D expense: a term or a step of the policy. Empty when the
    /// programme moves none.
    pub base: String,
    /// Line of `fund.toml`, from 1.
    pub line: u32,
}

/// The decisions on a batch.
#[derive(Clone, Debug)]
pub struct Judged<'w> {
    /// The folder.
    pub work: &'w Work,
    /// The batch.
    pub batch: &'w Batch,
    /// The policy with its file.
    pub file: &'w PolicyFile,
    /// The version that governs.
    pub version: &'w Version,
    /// The version, compiled.
    pub program: Program,
    /// The rows of the applications that belong to the batch.
    pub applicants: Vec<usize>,
    /// What is known of them.
    pub columns: Vec<Column>,
    /// What was decided, flags counted in.
    pub decisions: Decisions,
    /// What the office itself noticed, for each applicant.
    pub flags: Vec<Vec<Flag>>,
    /// What of the budget each who passes gets, as things stand: who waits for a person has no part in it yet.
    pub shared: Shared,
}

impl Work {
    /// The batch of a name.
    pub fn batch(&self, id: &str) -> Option<&Batch> {
        self.batches.iter().find(|batch| batch.id == id)
    }

    /// The files a decision on a batch rests on, each with its SHA-256: `fund.toml`, the policy, every register and the
    /// applications.
    pub fn evidence(&self, batch: &Batch) -> Vec<(&str, &str)> {
        let settings = [(self.settings.0.as_str(), self.settings.1.as_str())];
        let policy = self.policies.iter().filter(|file| file.policy.id == batch.policy);
        let tables = self.registers.iter().chain([&self.applications]);
        let policy = policy.map(|file| (file.file.as_str(), file.sha256.as_str()));
        let tables = tables.map(|table| (table.file.as_str(), table.sha256.as_str()));
        settings.into_iter().chain(policy).chain(tables).collect()
    }

    /// Judges a batch: evidence, conditions, amounts, flags, and the share of the budget.
    ///
    /// # Errors
    /// Everything that is wrong in the policy, the registers and the applications, each with its place.
    pub fn judge<'w>(&'w self, batch: &'w Batch) -> Result<Judged<'w>, Vec<EvidenceFault>> {
        let file = self.policies.iter().find(|file| file.policy.id == batch.policy);
        let file = file.ok_or_else(|| vec![self.unknown_policy(batch)])?;
        let version = file.policy.version_on(batch.opens).map_err(|none| vec![no_version(file, &none)])?;
        let program = compile(&file.policy, version).map_err(|faults| {
            let at = |fault: &crate::program::PolicyFault| {
                let (zh, en) = (fault.text(Lang::Zh).to_owned(), fault.text(Lang::En).to_owned());
                EvidenceFault::new(&file.file, fault.line, "", zh, en)
            };
            faults.iter().map(at).collect::<Vec<_>>()
        })?;
        let applicants = self.applicants(batch);
        let year = batch.opens.year();
        let columns = gather(&file.policy, &self.registers, &self.applications, &applicants, year)?;
        let mut decisions = judge(&program, &columns);
        let mut flags = flags::flags(self, batch, version, &applicants);
        flags::apply(&flags, &mut decisions);
        share::flag_unknown_caps(version, (&program, &columns), &decisions, &mut flags);
        flags::apply(&flags, &mut decisions);
        let mut judged = Judged {
            work: self,
            batch,
            file,
            version,
            program,
            applicants,
            columns,
            decisions,
            flags,
            shared: Shared::default(),
        };
        rulings::apply(&mut judged);
        judged.shared = share::share(&judged);
        rulings::end_late(&mut judged);
        Ok(judged)
    }

    /// The same office with every row of a register as an application of `day`: who is entitled without applying.
    ///
    /// The columns of the register stand for those of the application; each row is numbered by its place.
    pub fn unasked(&self, policy: &str, register: &Register, day: Day) -> Work {
        let own = [NUMBER, BATCH, DATE];
        let heads = own.iter().map(|head| (*head).to_owned()).chain(register.heads.iter().cloned());
        let id = format!("{policy}-{day}");
        let rows = register.rows.iter().map(|(row, cells)| {
            let mut cells = cells.clone();
            cells.resize(register.heads.len(), String::new());
            (*row, [vec![format!("{row}"), id.clone(), day.to_string()], cells].concat())
        });
        let applications =
            Register { id: APPLICATIONS.into(), heads: heads.collect(), rows: rows.collect(), ..register.clone() };
        let batch = Batch {
            id: id.clone(),
            policy: policy.into(),
            opens: day,
            closes: day,
            budget: None,
            pays: String::new(),
            base: String::new(),
            line: 0,
        };
        Work { batches: vec![batch], applications, ..self.clone() }
    }

    /// The rows of the applications of a batch.
    fn applicants(&self, batch: &Batch) -> Vec<usize> {
        let place = self.applications.column(BATCH).map_or(0, |found| found.place);
        (0..self.applications.rows.len()).filter(|row| self.applications.cell(*row, place) == batch.id).collect()
    }

    fn unknown_policy(&self, batch: &Batch) -> EvidenceFault {
        let known: Vec<&str> = self.policies.iter().map(|file| file.policy.id.as_str()).collect();
        let zh = format!("批次“{}”的政策“{}”不存在；现有：{}", batch.id, batch.policy, known.join("、"));
        let en = format!("batch `{}` names policy `{}`; there are: {}", batch.id, batch.policy, known.join(", "));
        EvidenceFault::new("fund.toml", batch.line, "", zh, en)
    }
}

fn no_version(file: &PolicyFile, none: &NoVersion) -> EvidenceFault {
    let (line, zh, en) = match none {
        NoVersion::None(day) => (
            0,
            format!("{day} 没有生效的版本；请补上那时的规定，或改批次的开始日期"),
            format!("no version is in force on {day}; add it, or change the day on which the batch opens"),
        ),
        NoVersion::Several(day, one, other) => (
            file.policy.versions.iter().find(|version| version.id == *other).map_or(0, |version| version.line),
            format!("{day} 有两个版本同时生效：“{one}”和“{other}”；请改其中一个的起止日期"),
            format!("two versions are in force on {day}, `{one}` and `{other}`; change the dates of one"),
        ),
    };
    EvidenceFault::new(&file.file, line, "", zh, en)
}

impl Judged<'_> {
    /// The conditions and the worksheet of an applicant, with every value.
    pub fn explain(&self, applicant: usize, lang: Lang) -> Explanation {
        explain(self.rule(), &self.columns, applicant, lang)
    }

    /// What would have to be otherwise for an applicant to meet every condition.
    pub fn nearest(&self, applicant: usize) -> Nearest {
        nearest(self.rule(), &self.columns, applicant)
    }

    /// The rule that was applied.
    pub fn rule(&self) -> Rule<'_> {
        Rule { policy: &self.file.policy, version: self.version, program: &self.program }
    }

    /// A cell of an application.
    pub fn cell(&self, applicant: usize, column: &str) -> &str {
        let applications = &self.work.applications;
        applications.column(column).map_or("", |found| applications.cell(self.applicants[applicant], found.place))
    }

    /// Whether the award of the worksheet is only a base, by which the budget is shared.
    pub fn is_pure_share(&self) -> bool {
        self.version.allocation.as_ref().is_some_and(|rule| rule.share == Share::Pure)
    }

    /// What is decided on an applicant: open while a person has to decide on it, or on one that shares its budget.
    pub fn outcome(&self, applicant: usize) -> Outcome {
        let is_shared_finally = !matches!(&self.shared, Shared::Cut(division) if !division.left_out.is_empty());
        match (self.decisions.lanes[applicant], self.payable(applicant)) {
            (Lane::Refuse, _) => Outcome::Refuse,
            (Lane::Pass, Some(amount)) if is_shared_finally => Outcome::Fund(amount),
            _ => Outcome::Open,
        }
    }

    /// The hash of what a decision on an applicant is made of: the rule, the application and the decision.
    pub fn frozen(&self, applicant: usize) -> String {
        let row = &self.work.applications.rows[self.applicants[applicant]].1;
        let cells: Vec<&str> = [self.file.sha256.as_str(), self.version.id.as_str()]
            .into_iter()
            .chain(row.iter().map(String::as_str))
            .collect();
        frozen(&[&frozen(&cells), &self.decision_line(applicant)])
    }

    /// What an applicant is to be paid as things stand: the share of the budget when there is one, else the award.
    /// `None` while a person has to decide, or where the budget could not be shared.
    pub fn payable(&self, applicant: usize) -> Option<Fen> {
        match self.decisions.lanes[applicant] {
            Lane::Refuse => Some(Fen::new(0)),
            Lane::Assist => None,
            Lane::Pass => match &self.shared {
                Shared::Whole => self.decisions.award(applicant),
                Shared::Cut(division) => division.awards.get(&applicant).map(|award| award.amount),
                Shared::Failed(_) => None,
            },
        }
    }
}
