//! The whole working tree in memory: its paths, its texts, its Rust files.
//!
//! Every check and measure takes a [`Tree`], so a test can hand it a few lines instead of a folder.

use crate::modules;
use crate::source::{Role, Source, Unparsed};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The files of the workspace, without what is built or fetched.
#[derive(Default)]
pub struct Tree {
    /// Every file and folder, as a path from the root with forward slashes.
    pub paths: BTreeSet<String>,
    /// The files that people write as text, by path.
    pub texts: BTreeMap<String, String>,
    /// The Rust files, in order of path.
    pub sources: Vec<Source>,
    /// The Rust files that could not be parsed.
    pub unparsed: Vec<(String, Unparsed)>,
    /// Text files that are not UTF-8 or could not be opened.
    pub unreadable: Vec<String>,
}

impl Tree {
    /// Reads the working tree below `root`.
    pub fn load(root: &Path) -> Self {
        let mut paths = BTreeSet::new();
        collect(root, "", &mut paths);
        let (mut texts, mut unreadable) = (BTreeMap::new(), Vec::new());
        for path in paths.iter().filter(|path| is_text(path) && root.join(path).is_file()) {
            match std::fs::read_to_string(root.join(path)) {
                Ok(text) => drop(texts.insert(path.clone(), text)),
                Err(_) => unreadable.push(path.clone()),
            }
        }
        Self { paths, unreadable, ..Self::of(texts) }
    }

    /// A tree of the given files only.
    pub fn of(texts: BTreeMap<String, String>) -> Self {
        let paths = texts.keys().flat_map(|path| with_parents(path)).collect();
        let (mut sources, mut unparsed) = (Vec::new(), Vec::new());
        for (path, text) in texts.iter().filter(|(path, _)| path.ends_with(".rs")) {
            match Source::parse(path, text) {
                Ok(source) => sources.push(source),
                Err(error) => unparsed.push((path.clone(), error)),
            }
        }
        let mut tree = Self { paths, texts, sources, unparsed, unreadable: Vec::new() };
        let roles = modules::roles(&tree);
        for source in &mut tree.sources {
            source.role = roles.get(&source.path).copied().unwrap_or(Role::Code);
        }
        tree
    }

    /// The Rust files of the shipped crates, tests included.
    pub fn shipped(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| source.path.starts_with("crates/"))
    }
}

/// The folder that holds the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask stands in the root of the workspace").to_owned()
}

/// The name of the crate that owns a path: the folder below `crates/`, or `xtask`.
pub fn crate_of(path: &str) -> &str {
    let mut parts = path.split('/');
    match (parts.next(), parts.next()) {
        (Some("crates"), Some(name)) => name,
        (Some(first), _) => first,
        (None, _) => "",
    }
}

fn collect(root: &Path, folder: &str, paths: &mut BTreeSet<String>) {
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else { return };
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        if is_skipped(&name) {
            continue;
        }
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if root.join(&path).is_dir() {
            collect(root, &path, paths);
        }
        paths.insert(path);
    }
}

fn is_skipped(name: &str) -> bool {
    let is_hidden = name.starts_with('.') && !matches!(name, ".cargo" | ".ci" | ".github");
    is_hidden || matches!(name, "target" | "node_modules")
}

fn is_text(path: &str) -> bool {
    [".rs", ".toml", ".md", ".csv"].iter().any(|ending| path.ends_with(ending))
}

fn with_parents(path: &str) -> Vec<String> {
    let folders = path.match_indices('/').map(|(at, _)| path[..at].to_owned());
    folders.chain([path.to_owned()]).collect()
}

/// A tree of a few short files, for the tests of the checks.
#[cfg(test)]
pub fn sample(files: &[(&str, &str)]) -> Tree {
    Tree::of(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_a_file_are_paths_too() {
        let tree = sample(&[("crates/model/src/lib.rs", "")]);
        assert!(tree.paths.contains("crates/model") && tree.paths.contains("crates/model/src/lib.rs"));
    }

    #[test]
    fn a_path_belongs_to_one_crate() {
        assert_eq!(crate_of("crates/read/src/lib.rs"), "read");
        assert_eq!(crate_of("xtask/src/main.rs"), "xtask");
    }

    #[test]
    fn the_tree_on_disk_holds_this_file() {
        let tree = Tree::load(&root());
        assert!(tree.sources.iter().any(|source| source.path == "xtask/src/tree.rs"));
        assert!(!tree.paths.contains("target"));
    }
}
