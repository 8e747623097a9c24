//! Worked cases as files: what is given, in the notation of an officer, and what has to come out.

use gouji_fund::evidence::Column;
use gouji_fund::policy::{Input, Kind, Policy};
use gouji_fund::{Day, scaled};
use gouji_model::Lang;
use std::collections::BTreeMap;
use std::path::Path;
use toml::{Table, Value};

/// A policy with its cases.
pub struct Worked {
    /// Name of the file.
    pub name: String,
    pub policy: Policy,
    pub cases: Vec<Case>,
    pub batches: Vec<Batch>,
}

/// A budget over several applicants, worked out by a person.
pub struct Batch {
    pub version: String,
    /// In fen.
    pub budget: i64,
    pub applicants: Vec<Facts>,
    /// What each is paid in fen; `None` while a person has to decide.
    pub paid: Vec<Option<i64>>,
    pub reason: String,
}

/// One applicant, worked out by a person.
pub struct Case {
    pub version: String,
    pub facts: Facts,
    /// `pass`, `assist` or `refuse`.
    pub lane: String,
    /// In fen; `None` where it is unknown.
    pub award: Option<i64>,
    /// Parts of the award in fen; empty where a case does not say.
    pub parts: Vec<i64>,
    pub failed: Vec<String>,
    pub unknown: Vec<String>,
    pub reason: String,
}

/// What is known of an applicant; a name that is missing is unknown.
#[derive(Clone, Debug, Default)]
pub struct Facts(pub BTreeMap<String, Given>);

/// A value: fen, a count, days from 1970-01-01, 1 for yes; or the word of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    Number(i64),
    Word(String),
}

/// The text that stands for what nobody knows.
const UNKNOWN: &str = "unknown";

/// Every policy with its cases.
pub fn worked() -> Vec<Worked> {
    let policies = files("policies").into_iter();
    let read = policies.map(|(name, text)| {
        let text_of =
            |fault: &gouji_fund::program::PolicyFault| format!("{name}.toml:{}: {}", fault.line, fault.text(Lang::En));
        let policy = gouji_sources::read_policy(text.as_bytes());
        let policy = policy.unwrap_or_else(|faults| panic!("{:#?}", faults.iter().map(text_of).collect::<Vec<_>>()));
        let (cases, batches) = cases(&name, &policy);
        Worked { name, policy, cases, batches }
    });
    read.collect()
}

/// The TOML files of a folder by name without the ending, in order.
pub fn files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let mut files: Vec<(String, String)> = files
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no policies in {}", folder.display());
    files
}

/// Facts as columns in the order of the inputs.
pub fn columns(policy: &Policy, applicants: &[&Facts]) -> Vec<Column> {
    let column = |input: &Input| {
        let mut column = Column::new(input.kind, applicants.len());
        for (at, facts) in applicants.iter().enumerate() {
            let row = at as u32 + 2;
            match (input.kind, facts.0.get(&input.name)) {
                (Kind::Class, Some(Given::Word(word))) => column.push_word(Some(word), row),
                (Kind::Class, None) => column.push_word(None, 0),
                (_, Some(Given::Number(number))) => column.push(Some(*number), row),
                (_, None) => column.push(None, 0),
                (kind, Some(other)) => panic!("{}: {other:?} is no {}", input.name, kind.word()),
            }
        }
        column
    };
    policy.inputs.iter().map(column).collect()
}

fn cases(name: &str, policy: &Policy) -> (Vec<Case>, Vec<Batch>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/cases").join(format!("{name}.toml"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file: Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    only(&file, &["common", "case", "batch"], name);
    let common = file["common"].as_table().unwrap();
    let tables = |key: &str| -> Vec<&Table> {
        let all = file.get(key).map_or(&[][..], |all| all.as_array().unwrap());
        all.iter().map(|each| each.as_table().unwrap()).collect()
    };
    let cases = tables("case").into_iter().map(|case| one(case, common, policy)).collect();
    let batches = tables("batch").into_iter().map(|batch| batch_of(batch, common, policy)).collect();
    (cases, batches)
}

fn one(case: &Table, common: &Table, policy: &Policy) -> Case {
    only(case, &["version", "given", "lane", "award", "parts", "failed", "unknown", "reason"], &policy.id);
    let given = case.get("given").map_or_else(Table::new, |given| given.as_table().unwrap().clone());
    Case {
        version: text(case, "version"),
        facts: facts(common, &given, policy),
        lane: text(case, "lane"),
        award: known_fen(&text(case, "award")),
        parts: texts(case, "parts").iter().map(|part| fen(part).unwrap()).collect(),
        failed: texts(case, "failed"),
        unknown: texts(case, "unknown"),
        reason: text(case, "reason"),
    }
}

fn batch_of(batch: &Table, common: &Table, policy: &Policy) -> Batch {
    only(batch, &["version", "given", "budget", "paid", "reason"], &policy.id);
    let given = batch["given"].as_array().unwrap();
    Batch {
        version: text(batch, "version"),
        budget: fen(&text(batch, "budget")).unwrap(),
        applicants: given.iter().map(|given| facts(common, given.as_table().unwrap(), policy)).collect(),
        paid: texts(batch, "paid").iter().map(|paid| known_fen(paid)).collect(),
        reason: text(batch, "reason"),
    }
}

/// What every case is given, with what this one is given instead.
fn facts(common: &Table, given: &Table, policy: &Policy) -> Facts {
    let mut facts = Facts::default();
    for (name, value) in common.iter().chain(given) {
        let input = policy.inputs.iter().find(|input| input.name == *name);
        let input = input.unwrap_or_else(|| panic!("{}: there is no input {name}", policy.id));
        if value.as_str() == Some(UNKNOWN) {
            facts.0.remove(name);
            continue;
        }
        let read = read(input.kind, value).unwrap_or_else(|| panic!("{}: {name} = {value}", policy.id));
        facts.0.insert(name.clone(), read);
    }
    facts
}

fn text(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("{key} is missing in {table}")).to_owned()
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    let all = table.get(key).map_or(&[][..], |all| all.as_array().unwrap());
    all.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn known_fen(text: &str) -> Option<i64> {
    (text != UNKNOWN).then(|| fen(text).unwrap_or_else(|| panic!("{text} is no amount")))
}

/// Fails on a key that means nothing, such as a slip of the pen.
fn only(table: &Table, known: &[&str], place: &str) {
    for key in table.keys() {
        assert!(known.contains(&key.as_str()), "{place}: {key} means nothing");
    }
}

fn read(kind: Kind, value: &Value) -> Option<Given> {
    let number = match kind {
        Kind::Amount => fen(value.as_str()?)?,
        Kind::Count => value.as_integer()?,
        Kind::Ratio => scaled(value.as_str()?.strip_suffix('%')?, 10_000)?,
        Kind::Day => i64::from(Day::read(value.as_str()?)?.number()),
        Kind::Flag => i64::from(value.as_bool()?),
        Kind::Class => return Some(Given::Word(value.as_str()?.to_owned())),
    };
    Some(Given::Number(number))
}

/// `1200万元`, `0.01元`, `1分`, `2亿元` in fen.
fn fen(text: &str) -> Option<i64> {
    let units = [("亿元", 10_000_000_000), ("万元", 1_000_000), ("元", 100), ("分", 1)];
    let (number, unit) = units.iter().find_map(|(unit, fen)| Some((text.strip_suffix(unit)?, *fen)))?;
    scaled(number, unit)
}
