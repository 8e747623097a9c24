//! OR-tools on the same edges, in a process of its own.

use super::sample::Size;
use anyhow::{Context, ensure};
use gouji_fund::experts::Judging;
use std::fmt::Write;
use std::process::Command;

const SCRIPT: &str = include_str!("ortools.py");

const MISSING: &str = "not installed. Install: python3 -m venv DIR && DIR/bin/pip install ortools==9.15.6755, \
                       then set GOUJI_PYTHON=DIR/bin/python";

/// Runs it, prints its figures and compares the totals; or says what is missing.
pub(super) fn run(size: Size, each: u32, most: u32, allowed: &[Judging], total: i64) -> anyhow::Result<()> {
    let python = std::env::var("GOUJI_PYTHON").unwrap_or_else(|_| "python3".into());
    let asked = Command::new(&python).args(["-c", "import ortools; print(ortools.__version__)"]).output();
    let Some(asked) = asked.ok().filter(|output| output.status.success()) else {
        println!("ortools: {MISSING}");
        return Ok(());
    };
    let version = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
    let mut text = String::new();
    for judging in allowed {
        writeln!(text, "{},{},{}", judging.application, judging.expert, judging.score)?;
    }
    let path = std::env::temp_dir().join(format!("gouji-experts-{}.csv", std::process::id()));
    std::fs::write(&path, text)?;
    let numbers =
        [size.applications as u64, size.experts as u64, each.into(), most.into()].map(|number| number.to_string());
    let output = Command::new(&python).args(["-c", SCRIPT]).arg(&path).args(numbers).output()?;
    std::fs::remove_file(&path)?;
    ensure!(output.status.success(), "OR-tools failed: {}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let best: i64 =
        said.split_whitespace().next().and_then(|word| word.parse().ok()).context("OR-tools says no total")?;
    println!("ortools {version}: total {said}; ours is {} below", best - total);
    ensure!(total * 100 >= best * 99, "our total is more than one percent below");
    Ok(())
}
