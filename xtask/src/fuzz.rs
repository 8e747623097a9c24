//! Runs the fuzz targets one after the other and prints what came of each.

use anyhow::{Context, bail};
use std::path::Path;
use std::process::Command;

/// Every target with the longest input: longer ones are slower and break nothing else.
const TARGETS: &[(&str, u32)] =
    &[("html", 20_000), ("text", 20_000), ("ofd", 30_000), ("docx", 30_000), ("workbook", 60_000), ("pdf", 20_000)];

/// `cargo xtask fuzz [TARGET] [--seconds N]`.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let (mut wanted, mut seconds) = (None, 600_u32);
    let mut words = args.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seconds" => seconds = words.next().context("--seconds takes a number")?.parse()?,
            name if TARGETS.iter().any(|(target, _)| *target == name) => wanted = Some(name),
            other => bail!(
                "no target `{other}`; there are {}",
                TARGETS.iter().map(|(target, _)| *target).collect::<Vec<_>>().join(", ")
            ),
        }
    }
    println!("{:<10}{:>9}{:>14}{:>10}{:>9}", "target", "seconds", "executions", "peak MB", "crashes");
    let mut crashes = 0;
    for (target, longest) in TARGETS.iter().filter(|(target, _)| wanted.is_none_or(|name| name == *target)) {
        crashes += fuzz(target, *longest, seconds)?;
    }
    if crashes > 0 {
        bail!("{crashes} inputs broke a reader: see fuzz/artifacts");
    }
    Ok(())
}

/// One target: it stops at the first input that breaks it.
fn fuzz(target: &str, longest: u32, seconds: u32) -> anyhow::Result<usize> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask stands in the repository")?;
    let mut command = Command::new("cargo");
    // The stable toolchain builds it when told so; there is no unsafe code that a sanitizer would watch.
    command.current_dir(root).env("RUSTC_BOOTSTRAP", "1").args(["fuzz", "run", "-s", "none", target, "--"]);
    command.arg(format!("-max_total_time={seconds}")).arg(format!("-max_len={longest}"));
    command.args(["-rss_limit_mb=2048", "-timeout=20", "-print_final_stats=1"]);
    let output = command.output().context("cargo cannot be run")?;
    let said = String::from_utf8_lossy(&output.stderr);
    let number = |name: &str| {
        let line = said.lines().rev().find_map(|line| line.strip_prefix(&format!("stat::{name}:")));
        line.and_then(|rest| rest.trim().parse::<u64>().ok())
    };
    let Some(executions) = number("number_of_executed_units") else {
        bail!("{target} did not run (is cargo-fuzz installed?)\n{said}");
    };
    let crashes = usize::from(!output.status.success());
    let peak = number("peak_rss_mb").unwrap_or(0);
    println!("{target:<10}{seconds:>9}{executions:>14}{peak:>10}{crashes:>9}");
    Ok(crashes)
}
