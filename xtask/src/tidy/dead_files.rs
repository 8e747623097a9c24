//! Rust files that no module declares: the compiler never sees them.

use super::Fault;
use crate::modules;
use crate::tree::Tree;

/// Files that no crate root reaches.
pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let reached = modules::roles(tree);
    let files = tree.texts.keys().filter(|path| path.ends_with(".rs") && !reached.contains_key(*path));
    files.map(|path| Fault::new(path, 1, "no module declares this file; declare it or delete it")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    #[test]
    fn an_undeclared_file_is_dead() {
        let found = faults(&sample(&[
            ("crates/read/Cargo.toml", ""),
            ("crates/read/src/lib.rs", "mod used;\n"),
            ("crates/read/src/used.rs", ""),
            ("crates/read/src/lost.rs", ""),
        ]));
        assert_eq!(found.iter().map(|fault| fault.path.as_str()).collect::<Vec<_>>(), ["crates/read/src/lost.rs"]);
    }
}
