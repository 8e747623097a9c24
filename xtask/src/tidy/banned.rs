//! Words and calls that have no place in a crate, each with what to write instead.

use super::Fault;
use crate::source::{Source, Token};
use crate::tree::{Tree, crate_of};

/// Every use of a banned word or call.
pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    tree.sources.iter().flat_map(faults_of).collect()
}

/// The list. To ban one thing more, add a row.
const BANS: &[Ban] = &[
    Ban { what: Pattern::Word("f32"), place: EXACT, tests: Tests::Too, instead: NO_FLOAT },
    Ban { what: Pattern::Word("f64"), place: EXACT, tests: Tests::Too, instead: NO_FLOAT },
    Ban { what: Pattern::FloatLiteral, place: EXACT, tests: Tests::Too, instead: NO_FLOAT },
    Ban { what: Pattern::Macro("println"), place: SILENT, tests: Tests::Too, instead: NO_PRINT },
    Ban { what: Pattern::Macro("print"), place: SILENT, tests: Tests::Too, instead: NO_PRINT },
    Ban { what: Pattern::Macro("eprintln"), place: SILENT, tests: Tests::Too, instead: NO_PRINT },
    Ban { what: Pattern::Macro("eprint"), place: SILENT, tests: Tests::Too, instead: NO_PRINT },
    Ban { what: Pattern::Macro("dbg"), place: SILENT, tests: Tests::Too, instead: NO_PRINT },
    Ban { what: Pattern::Std("time"), place: SILENT, tests: Tests::May, instead: NO_CLOCK },
    Ban { what: Pattern::Word("SystemTime"), place: SILENT, tests: Tests::May, instead: NO_CLOCK },
    Ban { what: Pattern::Word("Instant"), place: SILENT, tests: Tests::May, instead: NO_CLOCK },
    Ban { what: Pattern::Std("env"), place: SILENT, tests: Tests::May, instead: NO_ENVIRONMENT },
    Ban { what: Pattern::Std("fs"), place: SILENT, tests: Tests::May, instead: NO_FILE },
    Ban {
        what: Pattern::Word("HashMap"),
        place: ORDERED,
        tests: Tests::Too,
        instead: "write BTreeMap: no map order in a result",
    },
    Ban {
        what: Pattern::Word("HashSet"),
        place: ORDERED,
        tests: Tests::Too,
        instead: "write BTreeSet: no map order in a result",
    },
    Ban {
        what: Pattern::Call("unwrap"),
        place: ALL,
        tests: Tests::May,
        instead: "write `expect` with the invariant that makes it safe",
    },
    Ban { what: Pattern::Macro("todo"), place: ALL, tests: Tests::Too, instead: NOT_LEFT_BEHIND },
    Ban { what: Pattern::Macro("unimplemented"), place: ALL, tests: Tests::Too, instead: NOT_LEFT_BEHIND },
];

const NO_FLOAT: &str = "use integers, or end the line with `// tidy: float because` and the reason";
const NO_PRINT: &str = "return the text; only `cli` prints";
const NO_CLOCK: &str = "take the date as an argument; only `cli` reads the clock";
const NO_ENVIRONMENT: &str = "take the value as an argument; only `cli` reads the environment";
const NO_FILE: &str = "take the bytes as an argument; only `cli` opens files";
const NOT_LEFT_BEHIND: &str = "write it, or return what could not be done";

const EXACT: Place = Place::Only(&["model", "read", "understand", "check"]);
const ORDERED: Place = Place::Only(&["check", "explain"]);
const SILENT: Place = Place::AllBut(&["cli", "xtask"]);
const ALL: Place = Place::AllBut(&[]);

/// The comment that allows a float on its line, or on the line below it.
const FLOAT_ALLOWED: &str = "// tidy: float because ";

/// The comment at the head of a file that allows floats in all of it.
const FILE_ALLOWED: &str = "// tidy: float in this file because ";

struct Ban {
    what: Pattern,
    place: Place,
    tests: Tests,
    instead: &'static str,
}

enum Pattern {
    Word(&'static str),
    Macro(&'static str),
    Call(&'static str),
    Std(&'static str),
    FloatLiteral,
}

enum Place {
    Only(&'static [&'static str]),
    AllBut(&'static [&'static str]),
}

/// Whether a ban holds in tests too, or tests may do it: they read cases from files.
#[derive(PartialEq)]
enum Tests {
    Too,
    May,
}

fn faults_of(source: &Source) -> Vec<Fault> {
    // A build script and an example of a crate are tools of the developer, as xtask is; neither is shipped.
    let is_tool = source.path.ends_with("/build.rs") || source.path.contains("/examples/");
    let owner = if is_tool { "xtask" } else { crate_of(&source.path) };
    let bans = BANS.iter().filter(|ban| ban.place.holds_in(owner));
    bans.flat_map(|ban| {
        let lines = ban.what.lines_in(&source.tokens);
        lines
            .into_iter()
            .filter(|line| !is_excused(source, ban, *line))
            .map(|line| Fault::new(&source.path, line, format!("{}; {}", ban.what.name(), ban.instead)))
    })
    .collect()
}

fn is_excused(source: &Source, ban: &Ban, line: usize) -> bool {
    let by_test = ban.tests == Tests::May && source.in_test(line);
    by_test || (ban.instead == NO_FLOAT && has_reason_for_float(source, line))
}

fn has_reason_for_float(source: &Source, line: usize) -> bool {
    // A file at the border to a library that measures in floats says so once, above its first item.
    let head = source.lines.iter().take_while(|line| line.text.trim_start().starts_with("//") || line.text.is_empty());
    if head.into_iter().any(|line| line.text.strip_prefix(FILE_ALLOWED).is_some_and(|why| !why.trim().is_empty())) {
        return true;
    }
    let comment = |index: usize| source.lines.get(index).map_or("", |line| line.comment());
    let above = line.checked_sub(2).filter(|index| source.lines[*index].text.trim_start().starts_with("//"));
    let comments = [comment(line - 1), above.map_or("", comment)];
    comments.iter().any(|text| text.split_once(FLOAT_ALLOWED).is_some_and(|(_, reason)| !reason.trim().is_empty()))
}

impl Place {
    fn holds_in(&self, owner: &str) -> bool {
        match self {
            Self::Only(names) => names.contains(&owner),
            Self::AllBut(names) => !names.contains(&owner),
        }
    }
}

impl Pattern {
    fn name(&self) -> String {
        match self {
            Self::Word(word) => format!("`{word}`"),
            Self::Macro(name) => format!("`{name}!`"),
            Self::Call(name) => format!("`.{name}()`"),
            Self::Std(module) => format!("`std::{module}`"),
            Self::FloatLiteral => "a number with a fraction".to_owned(),
        }
    }

    fn lines_in(&self, tokens: &[Token]) -> Vec<usize> {
        match self {
            Self::Word(word) => lines_of_run(tokens, &[word]),
            // With its bracket, or `print != other` would be a macro too.
            Self::Macro(name) => {
                ["(", "[", "{"].iter().flat_map(|open| lines_of_run(tokens, &[name, "!", open])).collect()
            }
            Self::Call(name) => lines_of_run(tokens, &[".", name, "(", ")"]),
            Self::Std(module) => lines_of_module(tokens, module),
            Self::FloatLiteral => lines_of_floats(tokens),
        }
    }
}

fn lines_of_run(tokens: &[Token], run: &[&str]) -> Vec<usize> {
    let starts =
        tokens.windows(run.len()).filter(|window| window.iter().zip(run).all(|(token, text)| token.text == *text));
    starts.map(|window| window[0].line).collect()
}

/// The places that name a module of `std`, alone or in the braces of a `use`.
fn lines_of_module(tokens: &[Token], module: &str) -> Vec<usize> {
    let mut lines = lines_of_run(tokens, &["std", "::", module]);
    for start in 0..tokens.len() {
        if tokens[start..].iter().take(3).map(|token| token.text.as_str()).eq(["std", "::", "{"]) {
            lines.extend(
                first_words_of_group(&tokens[start + 2..]).filter(|token| token.text == module).map(|token| token.line),
            );
        }
    }
    lines
}

/// The tokens that start an entry of the braces which the list begins with.
fn first_words_of_group(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    let mut depth = 0;
    let inside = tokens.windows(2).map_while(move |pair| {
        match pair[0].text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        (depth > 0).then_some((depth, pair))
    });
    inside.filter(|(depth, pair)| *depth == 1 && matches!(pair[0].text.as_str(), "{" | ",")).map(|(_, pair)| &pair[1])
}

/// Numbers with a fraction or an exponent; `pair.0.1` looks like one and is not.
fn lines_of_floats(tokens: &[Token]) -> Vec<usize> {
    let before = std::iter::once(None).chain(tokens.iter().map(Some));
    let pairs = before.zip(tokens).filter(|(before, _)| before.is_none_or(|token| token.text != "."));
    pairs.map(|(_, token)| token).filter(|token| is_float(&token.text)).map(|token| token.line).collect()
}

fn is_float(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
        && matches!(syn::parse_str::<syn::Lit>(text), Ok(syn::Lit::Float(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        faults(&sample(&[(path, text)])).iter().map(|fault| fault.line).collect()
    }

    #[test]
    fn floats_are_banned_where_amounts_live() {
        let text = "fn a(b: f64) {\n    let c = 1.5;\n    d.0.1;\n    e(1e3, 2);\n}\n";
        assert_eq!(lines("crates/model/src/lib.rs", text), [1, 2, 4]);
        assert!(lines("crates/explain/src/lib.rs", text).is_empty());
    }

    #[test]
    fn a_float_with_a_reason_passes() {
        let text = "fn a(b: f64) {} // tidy: float because the page is measured in points\n";
        assert!(lines("crates/read/src/lib.rs", text).is_empty());
        let above = "// tidy: float because of points\nfn a(b: f64) {}\n";
        assert!(lines("crates/read/src/lib.rs", above).is_empty());
        assert_eq!(lines("crates/read/src/lib.rs", "fn a(b: f64) {} // tidy: float because \n"), [1]);
        let file = "//! Draws.\n// tidy: float in this file because of points\n\nfn a(b: f64) {}\n";
        assert!(lines("crates/read/src/lib.rs", file).is_empty());
    }

    #[test]
    fn only_cli_prints() {
        let text = "fn a() {\n    println!(\"println!\");\n    eprintln!();\n    dbg!(1);\n    writeln!(f, \"\");\n    print != 1\n}\n";
        assert_eq!(lines("crates/check/src/lib.rs", text), [2, 3, 4]);
        assert_eq!(lines("crates/check/src/lib.rs", "fn a() { println!{} print!() }"), [1, 1]);
        assert!(lines("crates/cli/src/main.rs", text).is_empty());
    }

    #[test]
    fn clock_environment_and_files_belong_to_cli_and_tests() {
        let text = "use std::{collections::env, fs::File};\nfn a() { std::env::var(\"X\"); }\nuse std::time::Instant;\nuse other::fs;\n";
        assert_eq!(lines("crates/read/src/lib.rs", text), [3, 3, 2, 1]);
        assert!(lines("crates/read/build.rs", text).is_empty());
        let tests = format!("#[cfg(test)]\nmod tests {{\n{text}}}\n");
        assert!(lines("crates/read/src/lib.rs", &tests).is_empty());
    }

    #[test]
    fn unwrap_is_for_tests_also_within_macros() {
        let text = "fn a() {\n    assert!(b.unwrap());\n    b.unwrap_or(1);\n}\n#[test]\nfn c() { b.unwrap(); }\n";
        assert_eq!(lines("crates/model/src/lib.rs", text), [2]);
    }

    #[test]
    fn hashed_maps_are_banned_where_results_are_made() {
        let text = "use std::collections::{BTreeMap, HashMap};\n";
        assert_eq!(lines("crates/check/src/lib.rs", text), [1]);
        assert!(lines("crates/read/src/lib.rs", text).is_empty());
    }

    #[test]
    fn unwritten_code_is_a_fault_but_not_its_name_in_a_string() {
        assert_eq!(lines("xtask/src/main.rs", "fn a() { todo!() }\nconst B: &str = \"todo!()\";\n"), [1]);
    }
}
