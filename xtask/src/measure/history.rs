//! The last commits: how many files each one touched.

use super::Counts;
use anyhow::Context;
use std::path::Path;
use std::process::Command;

/// As many commits as were read of each anchor, merges left out.
const COMMITS: &str = "--max-count=400";
const MARK: char = '\u{1}';

/// What the history tells.
pub(super) struct History {
    /// The short name of the last commit.
    pub commit: String,
    /// Its date.
    pub date: String,
    /// Files per commit.
    pub files: Counts,
}

impl History {
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let names = log(root, &["--no-merges", COMMITS, "--name-only", "--format=%x01"])?;
        let last = log(root, &["--max-count=1", "--format=%h %cs"])?;
        let (commit, date) = last.trim().split_once(' ').context("git log prints a name and a date")?;
        Ok(Self { commit: commit.to_owned(), date: date.to_owned(), files: files_per_commit(&names) })
    }
}

fn log(root: &Path, options: &[&str]) -> anyhow::Result<String> {
    let output =
        Command::new("git").arg("-C").arg(root).arg("log").args(options).output().context("git does not start")?;
    anyhow::ensure!(output.status.success(), "git log: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A commit without files says nothing about the size of a change.
fn files_per_commit(names: &str) -> Counts {
    let commits = names.split(MARK).map(|part| part.lines().filter(|line| !line.trim().is_empty()).count());
    Counts::of(commits.filter(|files| *files > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_per_commit() {
        assert_eq!(files_per_commit("\u{1}\n\na\nb\n\u{1}\n\u{1}\n\nc\n").0, [1, 2]);
    }
}
