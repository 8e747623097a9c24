//! `cargo xtask tidy`: the laws of the house, held by a plain test and by this verb.
//!
//! Each law is one file with one function from the tree to its faults.

mod arrows;
mod banned;
mod dead_files;
mod docs;
mod functions;
mod rule_lists;
mod texts;

use crate::tree::{self, Tree};
pub(crate) use arrows::dependencies;
use std::fmt;
use std::path::Path;

/// Prints every fault of the working tree; fails when there is one.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    anyhow::ensure!(args.is_empty(), "tidy takes no arguments");
    let faults = faults(&tree::root());
    for fault in &faults {
        println!("{fault}");
    }
    anyhow::ensure!(faults.is_empty(), "{} faults", faults.len());
    Ok(())
}

/// Every fault of the tree below `root`, each as `path:line: what, and what to write instead`.
pub fn faults(root: &Path) -> Vec<String> {
    let tree = Tree::load(root);
    let mut faults: Vec<Fault> = LAWS.iter().flat_map(|law| law(&tree)).collect();
    faults.sort();
    faults.dedup();
    faults.iter().map(Fault::to_string).collect()
}

/// Every law, as a function from the tree to its faults.
const LAWS: &[fn(&Tree) -> Vec<Fault>] = &[
    unreadable_files,
    arrows::faults,
    functions::faults,
    banned::faults,
    dead_files::faults,
    texts::faults,
    docs::faults,
    rule_lists::faults,
];

/// One breach of a law; sorted by place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fault {
    path: String,
    line: usize,
    what: String,
}

impl Fault {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// A file that cannot be read cannot be judged, which is a fault itself.
fn unreadable_files(tree: &Tree) -> Vec<Fault> {
    let broken = tree.unparsed.iter().map(|(path, error)| {
        Fault::new(path, error.line, format!("not Rust ({}); make it compile first", error.reason))
    });
    let unreadable = tree.unreadable.iter().map(|path| Fault::new(path, 1, "not UTF-8; write it as UTF-8"));
    broken.chain(unreadable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let faults = faults(&tree::root());
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    }

    #[test]
    fn a_fault_is_printed_with_its_place() {
        assert_eq!(Fault::new("a.rs", 3, "x; write y").to_string(), "a.rs:3: x; write y");
    }

    #[test]
    fn a_file_that_is_not_rust_is_a_fault() {
        let faults = unreadable_files(&tree::sample(&[("crates/model/src/lib.rs", "fn a() {}\nfn (\n")]));
        assert_eq!((faults.len(), faults[0].line), (1, 2));
    }
}
