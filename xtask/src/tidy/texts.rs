//! The look of a text: its size, its lines, its blanks, and reminders left behind.

use super::Fault;
use crate::source::Source;
use crate::tree::Tree;

const MOST_LINES: usize = 900;
const WIDEST_LINE: usize = 140;

/// Files too long, lines too wide, stray blanks, missing line ends, reminders.
pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts.iter().filter(|(path, _)| !is_test_data(path)) {
        faults.extend(missing_line_end(path, text));
        if !path.ends_with(".csv") {
            faults.extend(trailing_blanks(path, text));
        }
        if path.ends_with(".rs") {
            faults.extend(long_file(path, text));
            faults.extend(wide_lines(path, text));
            faults.extend(tabs(path, text));
        }
        if path.ends_with(".toml") {
            faults.extend(reminders_in_toml(path, text));
        }
    }
    faults.extend(tree.sources.iter().flat_map(reminders));
    faults
}

/// A report kept for a test is shown as it was found.
fn is_test_data(path: &str) -> bool {
    !path.ends_with(".rs") && path.split('/').any(|part| part == "tests")
}

fn missing_line_end(path: &str, text: &str) -> Option<Fault> {
    let is_missing = !text.is_empty() && !text.ends_with('\n');
    is_missing.then(|| Fault::new(path, text.lines().count(), "no line end at the end of the file; add one"))
}

fn trailing_blanks(path: &str, text: &str) -> Vec<Fault> {
    // `split` and not `lines`: a carriage return is a trailing blank too.
    let lines = text.split('\n').enumerate().filter(|(_, line)| line.ends_with([' ', '\t', '\r']));
    lines.map(|(at, _)| Fault::new(path, at + 1, "blanks at the end of the line; remove them")).collect()
}

fn tabs(path: &str, text: &str) -> Vec<Fault> {
    let lines = text.lines().enumerate().filter(|(_, line)| line.contains('\t'));
    lines.map(|(at, _)| Fault::new(path, at + 1, "a tab; write blanks, or \\t in a string")).collect()
}

fn long_file(path: &str, text: &str) -> Option<Fault> {
    let lines = text.lines().count();
    let what = format!("{lines} lines, {MOST_LINES} allowed; split the file by what it knows");
    (lines > MOST_LINES).then(|| Fault::new(path, lines, what))
}

/// Lines that hold Chinese are left alone: their sentences are data.
fn wide_lines(path: &str, text: &str) -> Vec<Fault> {
    let lines = text.lines().enumerate().filter(|(_, line)| line.is_ascii() && line.len() > WIDEST_LINE);
    lines
        .map(|(at, line)| {
            let what = format!("{} columns, {WIDEST_LINE} allowed; break the line", line.len());
            Fault::new(path, at + 1, what)
        })
        .collect()
}

fn reminders(source: &Source) -> Vec<Fault> {
    let comments = source.lines.iter().map(|line| line.comment());
    reminders_in(&source.path, comments)
}

fn reminders_in_toml(path: &str, text: &str) -> Vec<Fault> {
    let comments = text.lines().map(|line| line.split_once('#').map_or("", |(_, comment)| comment));
    reminders_in(path, comments)
}

fn reminders_in<'text>(path: &str, comments: impl Iterator<Item = &'text str>) -> Vec<Fault> {
    let lines = comments.enumerate().filter(|(_, comment)| is_reminder(comment));
    lines.map(|(at, _)| Fault::new(path, at + 1, "a reminder left behind; do it, or write it in the plan")).collect()
}

/// A longer run of the letter X is a blank in a Chinese sample text, so the third word needs its blank.
fn is_reminder(comment: &str) -> bool {
    let has_word =
        |word: &str| comment.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).any(|part| part == word);
    has_word("TODO") || has_word("FIXME") || (has_word("XXX") && comment.contains("XXX "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        faults(&sample(&[(path, text)])).iter().map(|fault| fault.line).collect()
    }

    #[test]
    fn blanks_tabs_and_line_ends() {
        assert_eq!(lines("docs/a.md", "a \nb\r\nc"), [3, 1, 2]);
        assert_eq!(lines("crates/model/src/lib.rs", "fn a() {\n\tb();\n}\n"), [2]);
        assert!(lines("crates/read/tests/data/a.md", "a \nb").is_empty());
    }

    #[test]
    fn a_file_has_a_greatest_length() {
        assert!(lines("xtask/src/a.rs", &"// a\n".repeat(900)).is_empty());
        assert_eq!(lines("xtask/src/a.rs", &"// a\n".repeat(901)), [901]);
    }

    #[test]
    fn a_wide_line_is_a_fault_unless_it_holds_chinese() {
        assert_eq!(lines("xtask/src/a.rs", &format!("// {}\n", "a".repeat(138))), [1]);
        assert!(lines("xtask/src/a.rs", &format!("// {}\n", "a".repeat(137))).is_empty());
        assert!(lines("xtask/src/a.rs", &format!("// {}\n", "支".repeat(138))).is_empty());
    }

    #[test]
    fn reminders_are_found_in_comments_only() {
        let text =
            "// TODO: a\nfn b() {} // FIXME\nconst C: &str = \"TODO XXX 局\"; // the XXX局\n/// XXX see\nfn d() {}\n";
        assert_eq!(lines("crates/model/src/lib.rs", text), [1, 2, 4]);
        assert_eq!(lines("forms/a.toml", "a = 1 # TODO\nb = 2\n"), [1]);
    }
}
