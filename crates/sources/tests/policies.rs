//! Every policy of `policies/` compiles in every version, and every worked case comes out as the case says.

use gouji_fund::evidence::Column;
use gouji_fund::policy::{Kind, Policy};
use gouji_fund::program::{Program, compile};
use gouji_fund::{Day, Lane, judge};
use gouji_model::Lang;
use gouji_sources::read_policy;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

#[path = "policies/by_hand.rs"]
mod by_hand;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")
}

fn policy_of(id: &str) -> Policy {
    let bytes = std::fs::read(folder().join(format!("{id}.toml"))).unwrap();
    let faults = |faults: Vec<gouji_fund::program::PolicyFault>| {
        faults.iter().map(|fault| format!("{id}:{} {}", fault.line, fault.text(Lang::En))).collect::<Vec<_>>()
    };
    read_policy(&bytes).map_err(faults).unwrap()
}

fn ids(of: &Path) -> Vec<String> {
    let files = std::fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path());
    let policies = files.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let mut ids: Vec<String> = policies.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

fn compiled(policy: &Policy, version: &str) -> Program {
    let found = policy.versions.iter().find(|known| known.id == version).unwrap();
    let faults = |faults: Vec<gouji_fund::program::PolicyFault>| {
        faults.iter().map(|fault| format!("{}:{} {}", policy.id, fault.line, fault.text(Lang::En))).collect::<Vec<_>>()
    };
    compile(policy, found).map_err(faults).unwrap()
}

/// `1,200万元`, `12.5元` or `1亿元` in fen; not the reader of the crate, but written again.
fn fen(written: &str) -> i64 {
    let units = [("亿元", 10_000_000_000_i64), ("万元", 1_000_000), ("元", 100), ("分", 1)];
    let (number, scale) =
        units.iter().find_map(|(unit, scale)| written.strip_suffix(unit).map(|rest| (rest, *scale))).unwrap();
    let digits: String = number.chars().filter(|digit| digit.is_ascii_digit() || *digit == '-').collect();
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len() as u32);
    let (product, divisor) = (digits.parse::<i64>().unwrap() * scale, 10_i64.pow(decimals));
    assert_eq!(product % divisor, 0, "{written}");
    product / divisor
}

fn column(kind: Kind, value: Option<&Value>) -> Column {
    let mut column = Column::new(kind, 1);
    match (kind, value) {
        (Kind::Class, word) => column.push_word(word.map(|word| word.as_str().unwrap()), 1),
        (_, None) => column.push(None, 0),
        (Kind::Amount, Some(value)) => column.push(Some(fen(value.as_str().unwrap())), 1),
        (Kind::Flag, Some(value)) => column.push(Some(i64::from(value.as_bool().unwrap())), 1),
        (Kind::Day, Some(value)) => {
            let day = Day::parse(&value.to_string().replace('"', "")).unwrap();
            column.push(Some(i64::from(day.number())), 1);
        }
        (Kind::Count | Kind::Ratio, Some(value)) => column.push(Some(value.as_integer().unwrap()), 1),
    }
    column
}

fn names(case: &Table, key: &str) -> Vec<String> {
    let list = case.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    list.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// Lane, award in fen (`None` where unknown), failed and unknown conditions.
type Outcome = (Lane, Option<i64>, Vec<String>, Vec<String>);

fn engine(policy: &Policy, case: &Table) -> Outcome {
    let version = case["version"].as_str().unwrap();
    let program = compiled(policy, version);
    let given = case["given"].as_table().unwrap();
    for name in given.keys() {
        assert!(policy.inputs.iter().any(|input| input.name == *name), "{}: no input {name}", policy.id);
    }
    let columns: Vec<Column> = policy.inputs.iter().map(|input| column(input.kind, given.get(&input.name))).collect();
    let decisions = judge(&program, &columns);
    let conditions = &policy.versions.iter().find(|known| known.id == version).unwrap().conditions;
    let named = |mask: u64| {
        let marked = conditions.iter().enumerate().filter(|(index, _)| mask >> index & 1 == 1);
        marked.map(|(_, condition)| condition.name.clone()).collect::<Vec<_>>()
    };
    let award = decisions.award(0).map(|award| award.fen());
    (decisions.lanes[0], award, named(decisions.failed[0]), named(decisions.unknown[0]))
}

fn expected(case: &Table) -> Outcome {
    let lane = match case["lane"].as_str().unwrap() {
        "pass" => Lane::Pass,
        "assist" => Lane::Assist,
        "refuse" => Lane::Refuse,
        other => panic!("no lane {other}"),
    };
    (lane, case.get("award").map(|award| fen(award.as_str().unwrap())), names(case, "failed"), names(case, "unknown"))
}

#[test]
fn every_policy_compiles_in_every_version_and_no_two_overlap() {
    for id in ids(&folder()) {
        let policy = policy_of(&id);
        assert_eq!(policy.id, id);
        for version in &policy.versions {
            compiled(&policy, &version.id);
            assert!(policy.version_on(version.from).is_ok(), "{id} {}", version.id);
        }
    }
}

#[test]
fn every_case_comes_out_as_written_by_the_engine_and_by_hand() {
    for id in ids(&folder().join("cases")) {
        let policy = policy_of(&id);
        let text = std::fs::read_to_string(folder().join("cases").join(format!("{id}.toml"))).unwrap();
        let cases = text.parse::<Table>().unwrap();
        let cases = cases["case"].as_array().unwrap().clone();
        assert!(cases.len() >= 5, "{id} has {} cases", cases.len());
        for case in cases {
            let case = case.as_table().unwrap();
            let why = case["why"].as_str().unwrap();
            assert_eq!(engine(&policy, case), expected(case), "engine, {id}: {why}");
            let given = by_hand::Given(case["given"].as_table().unwrap(), &fen);
            let award = by_hand::award(&id, case["version"].as_str().unwrap(), &given);
            if case["lane"].as_str() != Some("refuse") {
                assert_eq!(award, expected(case).1, "by hand, {id}: {why}");
            }
        }
    }
}
