//! Functions fit a screen; the known longer ones may only shrink.

use super::Fault;
use crate::source::{Function, Source};
use crate::tree::Tree;
use std::collections::BTreeMap;

/// The most lines a function may have.
pub(crate) const LIMIT: usize = 70;
const LIMIT_IN_TESTS: usize = 120;
const RATCHET: &str = "xtask/tidy-ratchet.toml";

/// Functions over the limit that the ratchet does not excuse, and entries of the ratchet that fit nothing.
pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let text = tree.texts.get(RATCHET).map_or("", String::as_str);
    let entries = match entries(text) {
        Ok(entries) => entries,
        Err(reason) => return vec![Fault::new(RATCHET, 1, format!("unreadable ({reason}); write \"key\" = lines"))],
    };
    let long = long_functions(tree);
    let mut faults = Vec::new();
    for (key, (path, function, limit)) in &long {
        let allowed = entries.get(key).copied().unwrap_or(*limit);
        if function.lines > allowed {
            let what = format!("function `{key}` has {} lines, {allowed} allowed; split it", function.lines);
            faults.push(Fault::new(path, function.line, what));
        }
    }
    for (key, allowed) in &entries {
        let line = text.lines().position(|line| line.contains(key.as_str())).map_or(1, |at| at + 1);
        let length = long.get(key).map(|(_, function, _)| function.lines);
        let what = match length {
            None => format!("`{key}` is not too long any more; remove the entry"),
            Some(length) if length < *allowed => format!("`{key}` has shrunk; write {length}"),
            Some(_) => continue,
        };
        faults.push(Fault::new(RATCHET, line, what));
    }
    faults
}

/// The functions over their limit by key; of two with one key, the longer.
fn long_functions(tree: &Tree) -> BTreeMap<String, (&str, &Function, usize)> {
    let mut long: BTreeMap<String, (&str, &Function, usize)> = BTreeMap::new();
    for source in &tree.sources {
        for function in &source.functions {
            let limit = limit_for(source, function);
            let key = format!("{}::{}", source.path, function.name);
            let is_longest = long.get(&key).is_none_or(|(_, known, _)| known.lines < function.lines);
            if function.lines > limit && is_longest {
                long.insert(key, (source.path.as_str(), function, limit));
            }
        }
    }
    long
}

fn limit_for(source: &Source, function: &Function) -> usize {
    if source.in_test(function.line) { LIMIT_IN_TESTS } else { LIMIT }
}

fn entries(text: &str) -> Result<BTreeMap<String, usize>, String> {
    let table: toml::Table = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let Some(functions) = table.get("functions") else { return Ok(BTreeMap::new()) };
    let functions = functions.as_table().ok_or("`functions` is not a table")?;
    functions
        .iter()
        .map(|(key, value)| {
            let lines = value.as_integer().and_then(|lines| usize::try_from(lines).ok());
            lines.map(|lines| (key.clone(), lines)).ok_or_else(|| format!("`{key}` has no number of lines"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    const PATH: &str = "crates/read/src/lib.rs";

    fn function_of(lines: usize) -> String {
        format!("fn long() {{\n{}}}\n", "    a();\n".repeat(lines - 2))
    }

    fn with_ratchet(lines: usize, ratchet: &str) -> Vec<String> {
        let code = function_of(lines);
        let tree = sample(&[(PATH, code.as_str()), (RATCHET, ratchet)]);
        faults(&tree).iter().map(Fault::to_string).collect()
    }

    #[test]
    fn a_screen_is_the_limit() {
        assert!(with_ratchet(70, "").is_empty());
        let found = with_ratchet(71, "");
        assert_eq!(found, [format!("{PATH}:1: function `{PATH}::long` has 71 lines, 70 allowed; split it")]);
    }

    #[test]
    fn tests_may_be_longer() {
        let code = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", function_of(120));
        assert!(faults(&sample(&[(PATH, code.as_str())])).is_empty());
    }

    #[test]
    fn the_ratchet_only_turns_one_way() {
        let entry = |lines: usize| format!("[functions]\n\"{PATH}::long\" = {lines}\n");
        assert!(with_ratchet(80, &entry(80)).is_empty());
        assert!(with_ratchet(81, &entry(80))[0].contains("80 allowed"));
        assert!(with_ratchet(75, &entry(80))[0].ends_with("write 75"));
        assert_eq!(with_ratchet(70, &entry(80)).len(), 1);
        assert!(with_ratchet(70, &entry(80))[0].starts_with("xtask/tidy-ratchet.toml:2: "));
    }

    #[test]
    fn a_broken_ratchet_is_a_fault() {
        assert_eq!(with_ratchet(3, "[functions]\na = \"b\"\n").len(), 1);
    }
}
