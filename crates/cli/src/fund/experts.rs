//! `gouji fund experts`: who may not judge what, and who does, by a draw that an outsider can repeat.

use super::{folder, judge};
use crate::arguments::fund::Experts;
use crate::failure::Failure;
use crate::files::bytes_of;
use crate::{CLEAN, FOUND, output};
use gouji_fund::evidence::CREDIT_CODE;
use gouji_fund::experts::{Applicant, Assignment, Conflict, ConflictRule, Judging, assign, conflicts, drawn};
use gouji_fund::work::{Judged, NAME, NUMBER, first_difference, sha256};
use gouji_fund::{Day, Lane};
use gouji_model::Lang;
use gouji_sources::{EXPERTS_FILE, OfficeExpert, RELATIONS_FILE, read_experts};
use std::path::{Path, PathBuf};

/// No table of experts comes near it.
const LARGEST: u64 = 64 << 20;
/// So many conflicts are told one by one.
const MOST_TOLD: usize = 30;
/// Years after which work, joint work and payments no longer count.
const RULE: ConflictRule = ConflictRule { employment: 3, joint_work: 3, payment: 3 };
/// Columns of an application in which persons are named.
const PERSONS: [&str; 4] = ["法定代表人", "项目负责人", "项目负责人证件号", "联系人"];
/// Columns in which the field of an application stands.
const FIELDS: [&str; 2] = ["专业领域", "行业"];
/// One field in common is worth more than any place in the draw.
const FIELD_WORTH: i32 = 1_000_000;

/// Draws experts for every application of a batch that is not refused.
pub fn experts(options: &Experts, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let batch = judge::batches(&work, Some(&options.batch))?[0];
    let judged = judge::judged(&work, batch, &options.folder)?;
    let (path, relations) = (options.folder.join(EXPERTS_FILE), options.folder.join(RELATIONS_FILE));
    let tables = (bytes_of(&path, LARGEST)?, relations.exists().then(|| bytes_of(&relations, LARGEST)).transpose()?);
    let experts = read_experts(&tables.0, tables.1.as_deref())
        .map_err(|faults| Failure::Work(PathBuf::from(&options.folder), faults))?;
    let today =
        options.date.as_deref().map(|text| Day::read(text).ok_or_else(|| Failure::NotReadable(text.to_owned())));
    let today = today.transpose()?.unwrap_or(batch.closes);
    let waiting: Vec<usize> =
        (0..judged.applicants.len()).filter(|at| judged.decisions.lanes[*at] != Lane::Refuse).collect();
    let applicants: Vec<Applicant> = waiting.iter().map(|at| applicant(&judged, *at)).collect();
    let persons: Vec<_> = experts.iter().map(|expert| expert.expert.clone()).collect();
    let found = conflicts(&persons, &applicants, RULE, today);
    let allowed = allowed(&judged, &waiting, &experts, &found, &options.seed);
    let most = options.most.unwrap_or_else(|| balanced(waiting.len(), options.each, experts.len()));
    let assigned = assign(waiting.len(), options.each, most, &allowed);
    let mut text = told(&judged, &waiting, &experts, &found, lang);
    let assignment = match assigned {
        Ok(assignment) => assignment,
        Err(shortage) => {
            let numbers = shortage.applications.iter().take(MOST_TOLD);
            let numbers: Vec<&str> = numbers.map(|at| judged.cell(waiting[*at as usize], NUMBER)).collect();
            text.push_str(&format!("{}\n  {}\n", shortage.text(lang), numbers.join(" ")));
            output::to_stdout(text.as_bytes())?;
            return Ok(FOUND);
        }
    };
    let list = list(&judged, &waiting, &experts, &assignment);
    let digests = digests(&judged, &tables, &list);
    let proof = proof(options, (most, today), &digests, lang);
    text.push_str(&proof);
    if let Some(path) = &options.verify {
        let differs = verified(path, &list, &digests, lang)?;
        let is_same = differs.is_empty();
        text.push_str(match (is_same, lang) {
            (false, _) => &differs,
            (true, Lang::Zh) => "名单和所用文件都与抽取时一致\n",
            (true, Lang::En) => "the list and the files it was drawn from are the same\n",
        });
        output::to_stdout(text.as_bytes())?;
        return Ok(if is_same { CLEAN } else { FOUND });
    }
    output::to_stdout(text.as_bytes())?;
    let Some(path) = &options.output else { return output::to_stdout(list.as_bytes()).map(|()| CLEAN) };
    let beside = proof_of(path);
    if let Some(there) = [path, &beside].into_iter().find(|path| path.exists() && !options.force) {
        return Err(Failure::WouldOverwrite(there.display().to_string()).into());
    }
    output::write(Some(&beside), proof.as_bytes())?;
    output::write(Some(path), list.as_bytes()).map(|()| CLEAN)
}

/// The file that tells how a list was drawn, beside it.
fn proof_of(list: &Path) -> PathBuf {
    list.with_extension("proof.txt")
}

/// What of a list, or of the files it was drawn from, is not as it was; empty where all is.
fn verified(path: &Path, list: &str, digests: &[(String, String)], lang: Lang) -> Result<String, Failure> {
    let read = |path: &Path| bytes_of(path, LARGEST).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let (kept, proof) = (read(path)?, read(&proof_of(path))?);
    let mut text = String::new();
    if let Some((line, kept, again)) = first_difference(&kept, list) {
        text.push_str(&match lang {
            Lang::Zh => format!("{}:{line}：不一致\n  名单：{kept}\n  重抽：{again}\n", path.display()),
            Lang::En => format!("{}:{line}: differs\n  list:  {kept}\n  again: {again}\n", path.display()),
        });
    }
    for (file, digest) in
        digests.iter().filter(|(file, digest)| !proof.lines().any(|line| line == line_of(file, digest)))
    {
        text.push_str(&match lang {
            Lang::Zh => format!("{file}：现在是 {digest}，抽取之后改动过\n"),
            Lang::En => format!("{file}: it is {digest} now, and was changed since the draw\n"),
        });
    }
    Ok(text)
}

fn line_of(file: &str, digest: &str) -> String {
    format!("  {file}  {digest}")
}

/// A tenth above the mean load, and one more: enough room for conflicts, and nobody far above the others.
fn balanced(applications: usize, each: u32, experts: usize) -> u32 {
    let judgings = applications * each as usize * 11;
    u32::try_from(judgings.div_ceil(10 * experts.max(1)) + 1).unwrap_or(u32::MAX)
}

/// What an application has that an expert may have too.
fn applicant(judged: &Judged, at: usize) -> Applicant {
    let own = judged.cell(at, CREDIT_CODE);
    let held = judged.work.registers.iter().filter_map(|register| {
        let place = |head: &str| register.heads.iter().position(|known| known == head);
        Some((register, place(&register.key)?, place("股东信用代码")?))
    });
    let holders = held.flat_map(|(register, key, holder)| {
        let rows = (0..register.rows.len()).filter(move |row| register.cell(*row, key) == own);
        rows.map(move |row| register.cell(row, holder).to_owned())
    });
    let cells = |heads: &[&str]| -> Vec<String> {
        heads.iter().map(|head| judged.cell(at, head).to_owned()).filter(|cell| !cell.is_empty()).collect()
    };
    Applicant {
        units: std::iter::once(own.to_owned()).chain(holders).filter(|unit| !unit.is_empty()).collect(),
        persons: cells(&PERSONS),
        addresses: cells(&["地址"]),
        projects: cells(&["项目编号"]),
    }
}

/// Who may judge what; the more fields in common the better, and among equals the draw decides.
fn allowed(
    judged: &Judged,
    waiting: &[usize],
    experts: &[OfficeExpert],
    found: &[Conflict],
    seed: &str,
) -> Vec<Judging> {
    let barred: std::collections::HashSet<(u32, u32)> =
        found.iter().map(|conflict| (conflict.application, conflict.expert)).collect();
    let ids: Vec<&str> = experts.iter().map(|expert| expert.id.as_str()).collect();
    let mut allowed = Vec::new();
    for (application, at) in waiting.iter().enumerate() {
        let application = application as u32;
        let lots = drawn(&format!("{seed}\n{}", judged.cell(*at, NUMBER)), 0, &ids, ids.len());
        let wanted: Vec<&str> =
            FIELDS.iter().flat_map(|head| judged.cell(*at, head).split(['、', ';', '；'])).collect();
        for (expert, one) in experts.iter().enumerate() {
            let place = lots.iter().position(|id| *id == one.id).unwrap_or(ids.len());
            let fields = one.fields.iter().filter(|field| wanted.contains(&field.as_str())).count();
            let expert = expert as u32;
            if !barred.contains(&(application, expert)) {
                let score = fields as i32 * FIELD_WORTH + (ids.len() - place) as i32;
                allowed.push(Judging { application, expert, score });
            }
        }
    }
    allowed
}

fn told(judged: &Judged, waiting: &[usize], experts: &[OfficeExpert], found: &[Conflict], lang: Lang) -> String {
    let (applications, count) = (waiting.len(), experts.len());
    let mut text = match lang {
        Lang::Zh => format!("申请 {applications} 件，专家 {count} 名，须回避 {} 项\n", found.len()),
        Lang::En => format!("{applications} applications, {count} experts, {} conflicts\n", found.len()),
    };
    for conflict in found.iter().take(MOST_TOLD) {
        let (at, expert) = (waiting[conflict.application as usize], &experts[conflict.expert as usize]);
        let (number, name) = (judged.cell(at, NUMBER), judged.cell(at, NAME));
        text.push_str(&format!("  {} {}  {number} {name}\n      {}\n", expert.id, expert.name, conflict.text(lang)));
    }
    if found.len() > MOST_TOLD {
        let more = found.len() - MOST_TOLD;
        text.push_str(&match lang {
            Lang::Zh => format!("  ……另有 {more} 项\n"),
            Lang::En => format!("  … and {more} more\n"),
        });
    }
    text
}

/// The list of the draw; experts by number only.
fn list(judged: &Judged, waiting: &[usize], experts: &[OfficeExpert], assignment: &Assignment) -> String {
    let mut text = String::from("申请编号,专家编号\n");
    for (place, at) in waiting.iter().enumerate() {
        for expert in &assignment.experts[place] {
            text.push_str(&format!("{},{}\n", judged.cell(*at, NUMBER), experts[*expert as usize].id));
        }
    }
    text
}

/// What a draw rests on, and the list, by their SHA-256.
fn digests(judged: &Judged, tables: &(Vec<u8>, Option<Vec<u8>>), list: &str) -> Vec<(String, String)> {
    let relations = tables.1.as_ref().map_or_else(|| "-".to_owned(), |bytes| sha256(bytes));
    let named = [
        (EXPERTS_FILE, sha256(&tables.0)),
        (RELATIONS_FILE, relations),
        // The record names every register, the policy and the applications by their digests.
        ("record", sha256(judged.record().as_bytes())),
        ("list", sha256(list.as_bytes())),
    ];
    named.map(|(file, digest)| (file.to_owned(), digest)).to_vec()
}

/// What is needed to repeat the draw.
fn proof(options: &Experts, (most, today): (u32, Day), digests: &[(String, String)], lang: Lang) -> String {
    let (seed, each) = (&options.seed, options.each);
    let mut text = match lang {
        Lang::Zh => format!(
            "抽取种子“{seed}”，每件 {each} 名，每名至多 {most} 件，关系看 {today}；领域相同者优先，其余按 SHA-256\
             （种子、申请编号、0、专家编号，各以换行相接，UTF-8）的次序，总次序最优\n"
        ),
        Lang::En => format!(
            "seed `{seed}`, {each} for each, at most {most} for one, relations of {today}; equal fields first, then the order of \
             SHA-256 of seed, application, 0, expert, joined by line feeds in UTF-8, the best in all\n"
        ),
    };
    for (file, digest) in digests {
        text.push_str(&format!("{}\n", line_of(file, digest)));
    }
    text.push_str(match lang {
        Lang::Zh => "有同样的文件和种子的人再运行一次（--verify 名单），应得到同样的名单\n",
        Lang::En => "whoever has the same files and the seed gets the same list (--verify LIST)\n",
    });
    text
}
