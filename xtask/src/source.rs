//! One Rust file, read once: its tokens, lines, functions, public items and test parts.
//!
//! Knows nothing of crates, laws or measures; lines count from 1.

mod lines;
mod outline;
mod tokens;

pub use lines::{Line, LineKind};
pub use outline::{Declaration, Function};
pub use tokens::Token;

use std::ops::RangeInclusive;

/// A Rust file with all that the checks and measures ask for.
pub struct Source {
    /// Path from the root of the tree, with forward slashes.
    pub path: String,
    /// What the file is for.
    pub role: Role,
    /// The lines of the file, each with its kind.
    pub lines: Vec<Line>,
    /// Every token outside comments, in order.
    pub tokens: Vec<Token>,
    /// Every function that has a body.
    pub functions: Vec<Function>,
    /// The files this file declares as its modules.
    pub declarations: Vec<Declaration>,
    /// The line of every plainly public item, fields not counted.
    pub public_items: Vec<usize>,
    test_parts: Vec<RangeInclusive<usize>>,
}

/// Whether a whole file is shipped code or a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Code, perhaps with inline tests.
    Code,
    /// A file that exists for tests only.
    Test,
}

/// Why a file could not be read as Rust.
pub struct Unparsed {
    /// The line where reading stopped.
    pub line: usize,
    /// The parser's words.
    pub reason: String,
}

impl Source {
    /// Reads a file; its role is `Code` until the tree knows better.
    pub fn parse(path: &str, text: &str) -> Result<Self, Unparsed> {
        let stream: proc_macro2::TokenStream = text.parse().map_err(|error: proc_macro2::LexError| Unparsed {
            line: error.span().start().line,
            reason: error.to_string(),
        })?;
        let (tokens, lines) = tokens::read(&stream, text);
        let syntax: syn::File = syn::parse2(stream)
            .map_err(|error| Unparsed { line: error.span().start().line, reason: error.to_string() })?;
        let outline = outline::Outline::of(&syntax);
        let mut declarations = outline.declarations;
        declarations.extend(tokens::included_files(&tokens));
        Ok(Self {
            path: path.to_owned(),
            role: Role::Code,
            lines,
            tokens,
            functions: outline.functions,
            declarations,
            public_items: outline.public_items,
            test_parts: outline.test_parts,
        })
    }

    /// Whether the line belongs to a test: a test file, an inline test module or a test function.
    pub fn in_test(&self, line: usize) -> bool {
        self.role == Role::Test || self.test_parts.iter().any(|part| part.contains(&line))
    }

    /// The lines outside tests.
    pub fn code_lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().enumerate().filter(|(index, _)| !self.in_test(index + 1)).map(|(_, line)| line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Source {
        Source::parse("crates/model/src/lib.rs", text).unwrap_or_else(|error| panic!("{}", error.reason))
    }

    #[test]
    fn inline_tests_are_told_from_code() {
        let source = parse("fn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n");
        assert!(!source.in_test(1));
        assert!(source.in_test(3) && source.in_test(6));
        assert_eq!(source.code_lines().count(), 2);
    }

    #[test]
    fn code_that_is_only_for_release_is_not_a_test() {
        assert!(!parse("#[cfg(not(test))]\nmod live {}\n").in_test(2));
    }

    #[test]
    fn broken_code_says_where() {
        let error = Source::parse("a.rs", "fn a() {}\nfn b( {\n").err().map(|error| error.line);
        assert_eq!(error, Some(2));
    }
}
