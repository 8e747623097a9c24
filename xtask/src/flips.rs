//! `xtask flips [--count N] [--seed N]`: one bit of one file of a judged district is turned, and `gouji fund replay` has to
//! notice; then the bit is turned back. Evidence (as kept and as it lies in the working folder), rules, settings, records,
//! lists and letters, each kind of file alike often.

use anyhow::{Context, ensure};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Turns bits and counts what is not noticed.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let number = |name: &str, usual: u64| -> anyhow::Result<u64> {
        match args.iter().position(|arg| arg == name) {
            Some(at) => args.get(at + 1).with_context(|| format!("{name} needs a number"))?.parse().map_err(Into::into),
            None => Ok(usual),
        }
    };
    let (count, seed) = (number("--count", 10_000)?, number("--seed", 1)?);
    let gouji = crate::binary::gouji()?;
    let parts = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let runs: Vec<_> = (0..parts)
        .map(|part| {
            let gouji = gouji.clone();
            let share = count / parts + u64::from(part < count % parts);
            std::thread::spawn(move || flips(&gouji, share, seed + part))
        })
        .collect();
    let (mut all, mut missed) = (BTreeMap::new(), Vec::new());
    for run in runs {
        let (kinds, unseen) = run.join().map_err(|_| anyhow::anyhow!("a run of flips panicked"))??;
        for (kind, count) in kinds {
            *all.entry(kind).or_insert(0) += count;
        }
        missed.extend(unseen);
    }
    for (kind, count) in &all {
        println!("{count:>8}  {kind}");
    }
    missed.iter().for_each(|line| println!("not noticed: {line}"));
    println!("{} flips, {} not noticed", all.values().sum::<u64>(), missed.len());
    ensure!(missed.is_empty(), "flips that nobody noticed");
    Ok(())
}

type Flipped = (BTreeMap<String, u64>, Vec<String>);

/// So many flips in a district of its own.
fn flips(gouji: &Path, count: u64, seed: u64) -> anyhow::Result<Flipped> {
    let folder = std::env::temp_dir().join(format!("gouji-flips-{}-{seed}", std::process::id()));
    let shown = folder.display().to_string();
    let _ = std::fs::remove_dir_all(&folder);
    let run = |arguments: &[&str]| Command::new(gouji).args(arguments).output();
    let made = run(&["fund", "demo", "--output", &shown, "--firms", "20", "--seed", &seed.to_string()])?;
    ensure!(made.status.success(), "no district: {}", String::from_utf8_lossy(&made.stderr));
    let drawn = folder.join("decisions/drawn.csv").display().to_string();
    let draw = |more: &str| run(&["fund", "experts", &shown, "--batch", "2019-R1", "--seed", "1", more, &drawn]);
    ensure!(draw("--output")?.status.success(), "no draw of experts");
    ensure!(run(&["fund", "replay", &shown])?.status.success(), "the district does not replay as it is");
    let mut files = Vec::new();
    walk(&folder, &mut files)?;
    // What nobody judges from: the list of what was planted, and the words of the proof, of which only digests count.
    files.retain(|file| !file.ends_with("planted.txt") && !file.ends_with("drawn.proof.txt"));
    // Letters are many: each kind of file is hit alike often.
    let mut by_kind: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for file in files {
        let name = file.strip_prefix(&folder)?.display().to_string();
        by_kind.entry(kind(&name)).or_default().push(file);
    }
    let by_kind: Vec<Vec<PathBuf>> = by_kind.into_values().collect();
    let (mut kinds, mut missed) = (BTreeMap::new(), Vec::new());
    let mut dice = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for _ in 0..count {
        let mut roll = |below: usize| {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            (dice % below as u64) as usize
        };
        let files = &by_kind[roll(by_kind.len())];
        let path = &files[roll(files.len())];
        let was = std::fs::read(path)?;
        if was.is_empty() {
            continue;
        }
        let (at, bit) = (roll(was.len()), roll(8));
        let mut is = was.clone();
        is[at] ^= 1 << bit;
        std::fs::write(path, &is)?;
        let name = path.strip_prefix(&folder)?.display().to_string();
        // Experts are no evidence of a decision: the draw notices.
        let is_of_draw = ["experts.csv", "relations.csv", "decisions/drawn.csv"].contains(&name.as_str());
        let told = if is_of_draw { draw("--verify")? } else { run(&["fund", "replay", &shown])? };
        std::fs::write(path, &was)?;
        let text = String::from_utf8_lossy(&told.stdout);
        // Settings that mean the same are told by name, and are no fault.
        let is_told = !told.status.success() || text.contains(&format!("  {name}"));
        if !is_told {
            missed.push(format!("seed {seed}, {name}, byte {at}, bit {bit}"));
        }
        *kinds.entry(kind(&name)).or_insert(0) += 1;
    }
    std::fs::remove_dir_all(&folder)?;
    Ok((kinds, missed))
}

/// The folder of a letter, and else the file itself.
fn kind(name: &str) -> String {
    match name.rsplit_once('/') {
        Some((folder, _)) if folder.ends_with("letters") => folder.to_owned(),
        _ => name.to_owned(),
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
