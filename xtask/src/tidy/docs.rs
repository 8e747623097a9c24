//! Prose drifts: a path named in a document must exist.

use super::Fault;
use crate::tree::Tree;

const NAMED: &[&str] = &["crates/", "forms/", "docs/", "xtask/", "examples/", "catalogues/"];

/// Paths in backticks that the tree does not hold.
pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let documents = tree.texts.iter().filter(|(path, _)| path.ends_with(".md") && !path.contains("/tests/"));
    let named = documents.flat_map(|(path, text)| named_paths(text).into_iter().map(move |named| (path, named)));
    named
        .filter(|(_, (_, named))| !tree.paths.contains(*named))
        .map(|(path, (line, named))| {
            Fault::new(path, line, format!("`{named}` does not exist; name the path as it is now"))
        })
        .collect()
}

/// The paths a document names, each with its line; fenced blocks are not prose.
fn named_paths(text: &str) -> Vec<(usize, &str)> {
    let mut in_fence = false;
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_fence = !in_fence;
        } else if !in_fence {
            let spans = line.split('`').skip(1).step_by(2);
            found.extend(spans.filter_map(path_of).map(|path| (at + 1, path)));
        }
    }
    found
}

/// The part of a code span that must exist: up to a place, an anchor or the first part left open.
fn path_of(span: &str) -> Option<&str> {
    NAMED.iter().find(|start| span.starts_with(**start))?;
    let word = span.split([' ', ':', '#']).next().unwrap_or(span);
    let open = word.find(['*', '{', '<', '…', '[']).unwrap_or(word.len());
    let closed = if open < word.len() { word[..open].rfind('/').map_or(word, |at| &word[..at]) } else { word };
    Some(closed.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    #[test]
    fn a_path_that_is_gone_is_a_fault() {
        let text = "See `crates/read/src/lib.rs:3` and `crates/read/`.\n\nAlso `docs/gone.md`, `other/gone.md`.\n";
        let found = faults(&sample(&[("docs/a.md", text), ("crates/read/src/lib.rs", "")]));
        assert_eq!(
            found.iter().map(Fault::to_string).collect::<Vec<_>>(),
            ["docs/a.md:3: `docs/gone.md` does not exist; name the path as it is now"]
        );
    }

    #[test]
    fn open_parts_and_fences_are_not_looked_up() {
        let text = "`crates/read/src/from_{docx,pdf}.rs` `crates/*/Cargo.toml`\n```text\n`docs/gone.md`\n```\n";
        assert_eq!(named_paths(text), [(1, "crates/read/src"), (1, "crates")]);
    }
}
