//! The crates and the edges between them.

use crate::tidy::dependencies;
use crate::tree::Tree;
use std::collections::BTreeMap;

/// The graph of the crates below `crates/`; edges of tests left out.
pub(super) struct Graph {
    /// How many crates.
    pub crates: Option<usize>,
    /// How many edges between them.
    pub edges: Option<usize>,
    /// Crates on the longest way along the edges.
    pub longest_chain: Option<usize>,
}

impl Graph {
    pub(super) fn of(tree: &Tree) -> Self {
        let edges: BTreeMap<&str, Vec<String>> = tree
            .texts
            .iter()
            .filter_map(|(path, text)| {
                let name = path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
                let targets = dependencies(text).into_iter().map(|(target, _)| target).collect();
                (!name.contains('/')).then_some((name, targets))
            })
            .collect();
        Self {
            crates: Some(edges.len()),
            edges: Some(edges.values().map(Vec::len).sum()),
            longest_chain: edges.keys().map(|name| chain(&edges, name, edges.len())).max(),
        }
    }
}

/// Crates on the longest way down from `name`; the limit keeps a circle from going on for ever.
fn chain(edges: &BTreeMap<&str, Vec<String>>, name: &str, limit: usize) -> usize {
    let targets = edges.get(name).filter(|_| limit > 0).into_iter().flatten();
    1 + targets.map(|target| chain(edges, target, limit - 1)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    #[test]
    fn the_longest_chain_counts_crates() {
        let graph = Graph::of(&sample(&[
            ("crates/model/Cargo.toml", ""),
            ("crates/read/Cargo.toml", "[dependencies]\ngouji-model = \"1\"\n"),
            ("crates/check/Cargo.toml", "[dependencies]\ngouji-model = \"1\"\ngouji-read = \"1\"\n"),
        ]));
        assert_eq!((graph.crates, graph.edges, graph.longest_chain), (Some(3), Some(3), Some(3)));
    }
}
