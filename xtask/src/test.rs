//! `cargo xtask test`: everything a change must pass: format, lints, tests, the laws of the house.

use anyhow::{Context, bail};
use std::process::Command;

/// Runs every check in turn and stops at the first that fails.
pub fn run(_args: &[String]) -> anyhow::Result<()> {
    step("format", &["fmt", "--all", "--check"])?;
    step("lints", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])?;
    // The laws of the house (`tidy`) are one of the tests.
    step("tests", &["test", "--workspace", "--quiet"])
}

fn step(name: &str, arguments: &[&str]) -> anyhow::Result<()> {
    println!("== {name}: cargo {}", arguments.join(" "));
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let status =
        Command::new(cargo).args(arguments).status().with_context(|| format!("{name}: cargo could not be started"))?;
    if !status.success() {
        bail!("{name} failed ({status}); run `cargo {}` to see it alone", arguments.join(" "));
    }
    Ok(())
}
