//! Sizes, comments and calls of the code in `crates/`.

use super::{Counts, ratio};
use crate::source::{Line, LineKind, Role, Source};
use crate::tree::{Tree, crate_of};

/// The longest function that still fits a screen.
const SCREEN: usize = 70;

/// What block 1 asks of the code itself; tests are counted apart.
pub(super) struct Code {
    /// Lines per file, inline tests left out.
    pub file_lines: Counts,
    /// Lines of the largest file, tests included.
    pub largest_file: Option<usize>,
    /// Lines per function.
    pub function_lines: Counts,
    /// Parameters per function, the receiver included.
    pub parameters: Counts,
    /// All crates together.
    pub all: Part,
    /// The crate `check`.
    pub check: Part,
    /// The rules within `check`.
    pub rules: Part,
    test_lines: usize,
}

/// Sums over a part of the code.
#[derive(Default)]
pub(super) struct Part {
    lines: usize,
    filled_lines: usize,
    doc_lines: usize,
    comment_lines: usize,
    public_items: usize,
    unwraps: usize,
}

impl Code {
    pub(super) fn of(tree: &Tree) -> Self {
        let files: Vec<&Source> = tree.shipped().filter(|source| source.role == Role::Code).collect();
        let functions = || {
            let functions = files.iter().flat_map(|file| file.functions.iter().map(move |function| (file, function)));
            functions.filter(|(file, function)| !file.in_test(function.line)).map(|(_, function)| function)
        };
        let part = |chosen: fn(&str) -> bool| Part::of(files.iter().copied().filter(|file| chosen(&file.path)));
        Self {
            file_lines: Counts::of(files.iter().map(|file| file.code_lines().count())),
            largest_file: tree.shipped().map(|file| file.lines.len()).max(),
            function_lines: Counts::of(functions().map(|function| function.lines)),
            parameters: Counts::of(functions().map(|function| function.parameters)),
            all: part(|_| true),
            check: part(|path| crate_of(path) == "check"),
            rules: part(|path| path.starts_with(super::rules::FOLDER)),
            test_lines: test_lines(tree),
        }
    }

    pub(super) fn share_of_long_functions(&self) -> Option<f64> {
        let long = self.function_lines.0.iter().filter(|lines| **lines > SCREEN).count();
        ratio(long, self.function_lines.0.len())
    }

    pub(super) fn test_ratio(&self) -> Option<f64> {
        ratio(self.test_lines, self.all.lines)
    }
}

impl Part {
    fn of<'tree>(files: impl Iterator<Item = &'tree Source>) -> Self {
        let mut part = Self::default();
        for file in files {
            part.add_lines(file);
            part.public_items += file.public_items.iter().filter(|line| !file.in_test(**line)).count();
            part.unwraps += unwraps(file);
        }
        part
    }

    fn add_lines(&mut self, file: &Source) {
        for kind in file.code_lines().map(Line::kind) {
            self.lines += 1;
            self.filled_lines += usize::from(kind != LineKind::Blank);
            self.doc_lines += usize::from(kind == LineKind::Doc);
            self.comment_lines += usize::from(matches!(kind, LineKind::Doc | LineKind::Comment));
        }
    }

    /// Comment lines, documentation among them, of all lines that are not blank.
    pub(super) fn comment_share(&self) -> Option<f64> {
        ratio(self.comment_lines, self.filled_lines)
    }

    pub(super) fn doc_share(&self) -> Option<f64> {
        ratio(self.doc_lines, self.filled_lines)
    }

    pub(super) fn public_items_per_thousand(&self) -> Option<f64> {
        ratio(self.public_items * 1000, self.lines)
    }

    pub(super) fn unwraps_per_thousand(&self) -> Option<f64> {
        ratio(self.unwraps * 1000, self.lines)
    }
}

fn unwraps(file: &Source) -> usize {
    let calls = file
        .tokens
        .windows(3)
        .filter(|run| run[0].text == "." && matches!(run[1].text.as_str(), "unwrap" | "expect") && run[2].text == "(");
    calls.filter(|run| !file.in_test(run[1].line)).count()
}

/// Test files and inline tests, cases, and the texts kept for tests.
fn test_lines(tree: &Tree) -> usize {
    let in_rust = tree.shipped().map(|file| file.lines.len() - file.code_lines().count());
    let texts = tree.texts.iter().filter(|(path, _)| is_test_text(path)).map(|(_, text)| text.lines().count());
    in_rust.chain(texts).sum()
}

fn is_test_text(path: &str) -> bool {
    path.starts_with("crates/") && (path.ends_with(".cases.md") || (path.ends_with(".md") && path.contains("/tests/")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    const CODE: &str =
        "//! Doc.\n\n/// Doc.\npub fn a(b: u8) {\n    // Why.\n    c.unwrap();\n    d.expect(\"e\");\n}\n";
    const TESTS: &str = "#[cfg(test)]\nmod tests {\n    pub fn a() { b.unwrap() }\n}\n";

    fn measured() -> Code {
        let file = format!("{CODE}{TESTS}");
        Code::of(&sample(&[
            ("crates/check/Cargo.toml", ""),
            ("crates/check/src/lib.rs", &file),
            ("crates/check/tests/laws.rs", "fn a() {}\nfn b() {}\n"),
            ("crates/check/src/rules/a.cases.md", "# A\n"),
            ("xtask/src/main.rs", "fn main() {}\n"),
        ]))
    }

    #[test]
    fn tests_and_tools_are_not_code() {
        let code = measured();
        assert_eq!(code.file_lines.0, [8]);
        assert_eq!(code.largest_file, Some(12));
        assert_eq!((code.function_lines.0.as_slice(), code.parameters.0.as_slice()), (&[5][..], &[1][..]));
        assert_eq!(code.test_ratio(), Some(7.0 / 8.0));
    }

    #[test]
    fn shares_leave_blank_lines_out_and_tests_too() {
        let all = measured().all;
        assert_eq!((all.comment_share(), all.doc_share()), (Some(3.0 / 7.0), Some(2.0 / 7.0)));
        assert_eq!((all.public_items, all.unwraps), (1, 2));
    }
}
