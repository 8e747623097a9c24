//! Every planted policy is named after its fault; clean policies give no notice.

use gouji_fund::lint::{NoticeKind, lint};
use gouji_model::Lang;
use gouji_sources::read_policy;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn policies(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    files.iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
}

/// The notices of a policy, each as `line code: text`, with its applicant.
fn told(bytes: &[u8]) -> Vec<(String, String)> {
    let policy = read_policy(bytes).unwrap();
    let faults: Vec<_> =
        policy.versions.iter().filter_map(|version| gouji_fund::program::compile(&policy, version).err()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let notices = lint(&policy);
    assert!(notices.iter().all(|notice| notice.example.values.len() == policy.inputs.len()));
    let line = |notice: &gouji_fund::lint::Notice| {
        let example = notice.example.text(Lang::Zh);
        format!("{} {}\n    {example}", notice.line, notice.text(Lang::Zh))
    };
    notices.iter().map(|notice| (notice.kind.code().to_owned(), line(notice))).collect()
}

#[test]
fn clean_policies_give_no_notice() {
    // Those that the project gives to offices too.
    for (name, bytes) in [policies("clean"), policies("../../../../policies")].concat() {
        let told = told(&bytes);
        assert!(told.is_empty(), "{name}: {told:#?}");
    }
}

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    let mut wrong = Vec::new();
    let mut kinds = BTreeSet::new();
    for (name, bytes) in policies("planted") {
        let expected = name.split('.').next().unwrap().to_owned();
        let told = told(&bytes);
        if told.iter().map(|(code, _)| code).ne([&expected]) {
            wrong.push(format!("{name}: {told:#?}"));
        }
        kinds.insert(expected);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(kinds.len(), NoticeKind::ALL.len(), "a kind without a planted policy");
}
