//! `cargo xtask joint [--cases N] [--repairs] [--stride N] [--list] [FILE…]`.

mod repair;

use crate::tree;
use anyhow::{Context, bail, ensure};
use std::path::PathBuf;

/// Prints what was proved and what was repaired; fails where less is than the project promises.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let asked = Asked::parse(args)?;
    let mut reports = Vec::new();
    for path in &asked.files {
        let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        reports.push((name, std::fs::read(path).with_context(|| path.display().to_string())?));
    }
    let tally = repair::measure(&reports, asked.stride, asked.list);
    ensure!(tally.is_good(), "the right cell comes first too seldom");
    Ok(())
}

struct Asked {
    stride: usize,
    list: bool,
    files: Vec<PathBuf>,
}

impl Asked {
    fn parse(args: &[String]) -> anyhow::Result<Self> {
        let mut asked = Self { stride: 1, list: false, files: Vec::new() };
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            match arg.as_str() {
                "--list" => asked.list = true,
                "--stride" => {
                    asked.stride = rest
                        .next()
                        .and_then(|value| value.parse().ok())
                        .filter(|n| *n > 0)
                        .context("--stride wants a number")?
                }
                flag if flag.starts_with('-') => bail!("no flag `{flag}`"),
                file => asked.files.push(file.into()),
            }
        }
        if asked.files.is_empty() {
            asked.files = usual_files();
        }
        Ok(asked)
    }
}

/// The reports of the tests, and the one the project was begun with where it is at hand.
fn usual_files() -> Vec<PathBuf> {
    let data = tree::root().join("crates/cli/tests/data");
    let shared = tree::root().join("../shared/corpus/longgang/sti-bureau-2019-budget.txt");
    let all = [shared, data.join("yunzhou-2019-clean.txt"), data.join("qinghe-2024-clean.txt")];
    all.into_iter().filter(|path| path.exists()).collect()
}
