//! Splink on the same rows, in a process of its own.

use super::Measure;
use anyhow::{Context, ensure};
use gouji_fund::Sample;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::Command;

const SCRIPT: &str = include_str!("splink.py");

const MISSING: &str = "not installed. Install: python3 -m venv DIR && DIR/bin/pip install splink==5.0.0 duckdb==1.5.6 pandas, \
                       then set GOUJI_PYTHON=DIR/bin/python";

/// Runs it and prints its figures, or says what is missing.
pub(super) fn run(sample: &Sample, truth: &BTreeSet<(u32, u32)>) -> anyhow::Result<()> {
    let python = std::env::var("GOUJI_PYTHON").unwrap_or_else(|_| "python3".into());
    let asked = Command::new(&python)
        .args(["-c", "import splink, duckdb; print(splink.__version__, duckdb.__version__)"])
        .output();
    let Some(asked) = asked.ok().filter(|output| output.status.success()) else {
        println!("splink: {MISSING}");
        return Ok(());
    };
    let versions = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
    let folder = std::env::temp_dir().join(format!("gouji-firms-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let (rows, pairs) = (folder.join("firms.csv"), folder.join("pairs.csv"));
    std::fs::write(&rows, table(sample))?;
    let output = Command::new(&python).args(["-c", SCRIPT]).args([&rows, &pairs]).output()?;
    ensure!(output.status.success(), "Splink failed: {}", String::from_utf8_lossy(&output.stderr));
    println!("splink and duckdb {versions}: {}", last_line(&output.stdout));
    let written = std::fs::read_to_string(&pairs)?;
    for least in [0.5, 0.9, 0.99] {
        println!("{:<28}{}", format!("splink, p >= {least}"), Measure::of(truth, &above(&written, least)?));
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

fn table(sample: &Sample) -> String {
    let mut text = String::from("unique_id,name,code,phone,address,account,person\n");
    for (at, firm) in sample.firms.iter().enumerate() {
        let fields = [&firm.name, &firm.credit_code, &firm.phone, &firm.address, &firm.account, &firm.representative];
        writeln!(text, "{at},{}", fields.map(String::as_str).join(",")).expect("writing to a string does not fail");
    }
    text
}

fn above(written: &str, least: f64) -> anyhow::Result<BTreeSet<(u32, u32)>> {
    let mut pairs = BTreeSet::new();
    for line in written.lines() {
        let mut parts = line.split(',');
        let mut next = || parts.next().context("a pair of Splink lacks a part");
        let (one, two, chance): (u32, u32, f64) = (next()?.parse()?, next()?.parse()?, next()?.parse()?);
        if chance >= least {
            pairs.insert((one.min(two), one.max(two)));
        }
    }
    Ok(pairs)
}

/// DuckDB draws how far it is before the line that tells the figures.
fn last_line(said: &[u8]) -> String {
    String::from_utf8_lossy(said).trim().lines().last().unwrap_or_default().to_owned()
}
