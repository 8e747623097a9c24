//! The arrows between crates: who may depend on whom.

use super::Fault;
use crate::tree::Tree;

/// The arrows of DESIGN section 3, the planned crates among them.
///
/// `explain` may also meet `understand`: it draws the statement beside the findings.
/// `cli` meets all but `corpus`; `xtask` stands outside the table and meets all.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("read", &["model"]),
    ("understand", &["read", "model"]),
    ("check", &["understand", "model"]),
    ("explain", &["check", "understand", "fund", "read", "model"]),
    ("sources", &["understand", "fund", "model"]),
    ("report", &["model"]),
    ("fund", &["model"]),
    ("store", &["fund", "model"]),
    ("corpus", &["check", "understand", "read", "model"]),
    ("server", &["model", "read", "understand", "check", "explain", "sources", "report", "fund", "store"]),
    ("cli", &["model", "read", "understand", "check", "explain", "sources", "report", "fund", "store", "server"]),
];

/// Crates that the table does not know, and dependencies that no arrow allows.
pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let manifests = tree.texts.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
        (!name.contains('/')).then_some((path, name, text))
    });
    manifests.flat_map(|(path, name, text)| faults_of(path, name, text)).collect()
}

fn faults_of(path: &str, name: &str, manifest: &str) -> Vec<Fault> {
    let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
        let what = format!("unknown crate `{name}`; give it its arrows in DESIGN section 3 and in xtask first");
        return vec![Fault::new(path, 1, what)];
    };
    let wrong = dependencies(manifest).into_iter().filter(|(target, _)| !allowed.contains(&target.as_str()));
    wrong
        .map(|(target, line)| {
            let may = if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") };
            let what = format!("`{name}` depends on `{target}` but may depend on {may} only; move what you need down");
            Fault::new(path, line, what)
        })
        .collect()
}

/// The inner crates a manifest depends on, tests left out, each with the line that says so.
pub(crate) fn dependencies(manifest: &str) -> Vec<(String, usize)> {
    let Ok(table) = toml::from_str::<toml::Table>(manifest) else { return Vec::new() };
    let mut sections: Vec<&toml::Value> = table.get("dependencies").into_iter().collect();
    let targets = table.get("target").and_then(toml::Value::as_table);
    sections.extend(targets.into_iter().flatten().filter_map(|(_, target)| target.get("dependencies")));
    let entries = sections.into_iter().filter_map(toml::Value::as_table).flatten();
    entries
        .filter_map(|(key, value)| {
            let package = value.get("package").and_then(toml::Value::as_str).unwrap_or(key);
            let line = manifest.lines().position(|line| line.trim_start().starts_with(key.as_str()));
            Some((inner_crate(package)?, line.map_or(1, |at| at + 1)))
        })
        .collect()
}

fn inner_crate(package: &str) -> Option<String> {
    match package {
        "gouji" => Some("cli".to_owned()),
        "xtask" => Some("xtask".to_owned()),
        other => other.strip_prefix("gouji-").map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    #[test]
    fn allowed_arrows_and_arrows_of_tests_pass() {
        let text =
            "[dependencies]\ngouji-model.workspace = true\nserde = \"1\"\n[dev-dependencies]\ngouji-read = \"1\"\n";
        assert!(faults(&sample(&[("crates/report/Cargo.toml", text)])).is_empty());
    }

    #[test]
    fn an_arrow_upwards_is_a_fault_with_its_line() {
        let text = "[dependencies]\nserde = \"1\"\ngouji-check.workspace = true\n";
        let found = faults(&sample(&[("crates/read/Cargo.toml", text)]));
        assert_eq!((found.len(), found[0].line), (1, 3));
        assert!(found[0].what.contains("may depend on model only"));
    }

    #[test]
    fn renamed_and_platform_dependencies_count() {
        let text = "[target.'cfg(unix)'.dependencies]\nr = { package = \"gouji-read\", path = \"../read\" }\n";
        assert_eq!(dependencies(text), [("read".to_owned(), 2)]);
    }

    #[test]
    fn an_unknown_crate_is_a_fault() {
        assert_eq!(faults(&sample(&[("crates/misc/Cargo.toml", "")])).len(), 1);
    }
}
