//! Which Rust files the module declarations reach, and which of them only tests see.

use crate::source::{Declaration, Role, Source};
use crate::tree::Tree;
use std::collections::BTreeMap;

/// Every Rust file that a crate root reaches, with its role; a file that is missing here is dead.
pub fn roles(tree: &Tree) -> BTreeMap<String, Role> {
    let sources: BTreeMap<&str, &Source> = tree.sources.iter().map(|s| (s.path.as_str(), s)).collect();
    let mut roles = BTreeMap::new();
    let mut open = crate_roots(tree);
    while let Some((path, role)) = open.pop() {
        // A file seen by both code and tests is code: look again when the better role comes second.
        if roles.get(&path).is_some_and(|known| *known == role || *known == Role::Code) {
            continue;
        }
        roles.insert(path.clone(), role);
        let Some(source) = sources.get(path.as_str()) else { continue };
        for declaration in &source.declarations {
            let role = if declaration.only_tests { Role::Test } else { role };
            let reached = candidates(&path, is_root(tree, &path), declaration);
            open.extend(reached.into_iter().filter(|file| tree.paths.contains(file)).map(|file| (file, role)));
        }
    }
    roles
}

fn crate_roots(tree: &Tree) -> Vec<(String, Role)> {
    let files = tree.texts.keys().filter(|path| path.ends_with(".rs") && is_root(tree, path));
    files.map(|path| (path.clone(), root_role(path))).collect()
}

fn root_role(path: &str) -> Role {
    let is_test = path.split('/').any(|part| matches!(part, "tests" | "benches" | "fuzz"));
    if is_test { Role::Test } else { Role::Code }
}

fn is_root(tree: &Tree, path: &str) -> bool {
    let Some(package) = package_of(tree, path) else { return false };
    let inside = path.strip_prefix(package).unwrap_or(path).trim_start_matches('/');
    let parts: Vec<&str> = inside.split('/').collect();
    match parts.as_slice() {
        ["build.rs"] | ["src", "lib.rs" | "main.rs"] => true,
        ["src", "bin", _] | ["src", "bin", _, "main.rs"] => true,
        ["tests" | "benches" | "examples", _] => true,
        ["tests" | "benches" | "examples", _, "main.rs"] => true,
        // A target with a path of its own names that path in the manifest.
        _ => tree.texts[&join(package, "Cargo.toml")].contains(&format!("\"{inside}\"")),
    }
}

fn package_of<'path>(tree: &Tree, path: &'path str) -> Option<&'path str> {
    let folders = path.match_indices('/').rev().map(|(at, _)| &path[..at]);
    folders.chain([""]).find(|folder| tree.texts.contains_key(&join(folder, "Cargo.toml")))
}

fn candidates(file: &str, file_is_root: bool, declaration: &Declaration) -> Vec<String> {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let stem = name.trim_end_matches(".rs");
    if let (Some(path), true) = (&declaration.path, declaration.folders.is_empty()) {
        return vec![join(folder, path)];
    }
    let mut base = if file_is_root || stem == "mod" { folder.to_owned() } else { join(folder, stem) };
    for inner in &declaration.folders {
        base = join(&base, inner);
    }
    match &declaration.path {
        Some(path) => vec![join(&base, path)],
        None => {
            vec![join(&base, &format!("{}.rs", declaration.name)), join(&base, &format!("{}/mod.rs", declaration.name))]
        }
    }
}

fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    const MANIFEST: (&str, &str) = ("crates/a/Cargo.toml", "[[bin]]\npath = \"tool/start.rs\"\n");

    #[test]
    fn declared_files_are_reached_at_any_depth() {
        let tree = sample(&[
            MANIFEST,
            ("crates/a/src/lib.rs", "mod b;\nmod c { mod d; }\n#[path = \"x/y.rs\"]\nmod e;\n"),
            ("crates/a/src/b.rs", "mod f;"),
            ("crates/a/src/b/f/mod.rs", ""),
            ("crates/a/src/c/d.rs", ""),
            ("crates/a/src/x/y.rs", "include!(\"../z.rs\");"),
            ("crates/a/src/z.rs", ""),
            ("crates/a/tool/start.rs", ""),
            ("crates/a/src/dead.rs", ""),
        ]);
        let reached = roles(&tree);
        let missing: Vec<&String> = tree.texts.keys().filter(|path| !reached.contains_key(*path)).collect();
        assert_eq!(missing, ["crates/a/Cargo.toml", "crates/a/src/dead.rs"]);
    }

    #[test]
    fn only_tests_see_the_files_of_a_test_module() {
        let tree = sample(&[
            MANIFEST,
            ("crates/a/src/lib.rs", "#[cfg(test)]\nmod tests;\nmod b;\n"),
            ("crates/a/src/tests.rs", "mod deep;"),
            ("crates/a/src/tests/deep.rs", ""),
            ("crates/a/src/b.rs", ""),
            ("crates/a/tests/laws.rs", ""),
        ]);
        let roles = roles(&tree);
        assert_eq!(roles["crates/a/src/tests/deep.rs"], Role::Test);
        assert_eq!(roles["crates/a/tests/laws.rs"], Role::Test);
        assert_eq!(roles["crates/a/src/b.rs"], Role::Code);
    }
}
