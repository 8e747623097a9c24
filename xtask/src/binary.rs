//! The executable `gouji`, built as it is shipped, and what a run of it came to.

use crate::tree;
use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Builds `gouji` in the profile of this tool and returns where it stands.
pub(crate) fn gouji() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe().context("where this tool stands is not known")?;
    let folder = own.parent().context("this tool stands in no folder")?;
    let mut arguments = vec!["build", "--quiet", "--bin", "gouji"];
    if folder.ends_with("release") {
        arguments.push("--release");
    }
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let status = Command::new(cargo).args(&arguments).current_dir(tree::root()).status()?;
    ensure!(status.success(), "cargo {} failed", arguments.join(" "));
    let path = folder.join(format!("gouji{}", std::env::consts::EXE_SUFFIX));
    ensure!(path.exists(), "{} was not built", path.display());
    Ok(path)
}

/// Runs `gouji check` on a file.
pub(crate) fn check(gouji: &Path, file: &Path, arguments: &[&str]) -> anyhow::Result<Output> {
    let run = Command::new(gouji).arg("check").args(arguments).arg(file).output();
    run.with_context(|| format!("{} could not be started", gouji.display()))
}

/// A folder for files of this run, taken away with the value.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// A new folder among the temporary files.
    pub fn new(name: &str) -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("gouji-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).with_context(|| path.display().to_string())?;
        Ok(Self(path))
    }

    /// A file with a content.
    pub fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<PathBuf> {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).with_context(|| path.display().to_string())?;
        Ok(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be taken away is left to the system.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
