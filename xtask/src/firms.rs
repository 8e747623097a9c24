//! `cargo xtask firms`: duplicates among invented firms, with the truth beside, and Splink on the same rows.
//!
//! The sample was written before the search and stays as it is. Seeds below 100 are for tuning, those from 100 on for reports.

mod ringed;
mod splink;

use anyhow::{Context, bail};
use gouji_fund::{Duplicates, Noise, Recipe, Sample, duplicates};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use std::collections::BTreeSet;

/// What is asked for on the command line.
struct Wanted {
    firms: usize,
    seed: u64,
    noise: Noise,
    splink: Rival,
}

/// Whether the rival runs too.
#[derive(PartialEq, Eq)]
enum Rival {
    Runs,
    Rests,
}

/// Measures and prints; fails only when something does not work.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let wanted = Wanted::read(args)?;
    let recipe = Recipe { noise: wanted.noise, ..Recipe::usual(wanted.firms, wanted.seed) };
    let sample = recipe.sample();
    let truth = sample.same_pairs();
    println!("{} firms, seed {}, {:?}: {} true pairs", wanted.firms, wanted.seed, wanted.noise, truth.len());
    let before = micros();
    let found = duplicates(&sample.firms);
    let pairs: BTreeSet<_> = found.pairs.iter().map(|pair| (pair.first, pair.second)).collect();
    println!(
        "{:<28}{}  CPU {} ms, process peak {} MiB",
        "gouji, pairs",
        Measure::of(&truth, &pairs),
        (micros() - before) / 1000,
        peak()
    );
    println!("{:<28}{}", "gouji, clusters", Measure::of(&truth, &within(&found.clusters)));
    println!("{:<28}{} pairs compared, prior {} millibits", "", found.compared, found.prior);
    if std::env::var_os("GOUJI_SHOW").is_some() {
        show(&sample, &found, &truth);
    }
    ringed::run(Recipe { again: 0, ..recipe })?;
    if wanted.splink == Rival::Runs {
        splink::run(&sample, &truth)?;
    }
    Ok(())
}

impl Wanted {
    fn read(args: &[String]) -> anyhow::Result<Self> {
        let mut wanted = Self { firms: 10_000, seed: 1, noise: Noise::Middle, splink: Rival::Rests };
        let mut rest = args.iter();
        while let Some(flag) = rest.next() {
            if flag == "--splink" {
                wanted.splink = Rival::Runs;
                continue;
            }
            let value = rest.next().with_context(|| format!("{flag} needs a value"))?;
            match flag.as_str() {
                "--firms" => wanted.firms = value.parse()?,
                "--seed" => wanted.seed = value.parse()?,
                "--noise" => wanted.noise = noise(value)?,
                _ => bail!("firms knows --firms N, --seed S, --noise light|middle|heavy, --splink"),
            }
        }
        Ok(wanted)
    }
}

fn noise(name: &str) -> anyhow::Result<Noise> {
    match name {
        "light" => Ok(Noise::Light),
        "middle" => Ok(Noise::Middle),
        "heavy" => Ok(Noise::Heavy),
        _ => bail!("the noise is light, middle or heavy"),
    }
}

/// How well pairs were found.
pub(super) struct Measure {
    right: usize,
    found: usize,
    truth: usize,
}

impl Measure {
    pub(super) fn of(truth: &BTreeSet<(u32, u32)>, found: &BTreeSet<(u32, u32)>) -> Self {
        Self { right: found.intersection(truth).count(), found: found.len(), truth: truth.len() }
    }
}

impl std::fmt::Display for Measure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        write!(
            out,
            "precision {:.4}  recall {:.4}  F1 {:.4}  ({} of {} found are right)",
            share(self.right, self.found),
            share(self.right, self.truth),
            share(2 * self.right, self.found + self.truth),
            self.right,
            self.found
        )
    }
}

/// Every pair within a group.
fn within(groups: &[Vec<u32>]) -> BTreeSet<(u32, u32)> {
    let of = |group: &Vec<u32>| {
        let group = group.clone();
        (0..group.len()).flat_map(move |at| {
            let group = group.clone();
            (at + 1..group.len()).map(move |other| (group[at], group[other]))
        })
    };
    groups.iter().flat_map(of).collect()
}

/// Some of the pairs that were found wrongly or not found.
fn show(sample: &Sample, found: &Duplicates, truth: &BTreeSet<(u32, u32)>) {
    let wrong = found.pairs.iter().filter(|pair| !truth.contains(&(pair.first, pair.second)));
    for pair in wrong.take(12) {
        println!("\nwrong\n{}", pair.text(found.prior, &sample.firms, gouji_model::Lang::Zh));
    }
    let pairs: BTreeSet<_> = found.pairs.iter().map(|pair| (pair.first, pair.second)).collect();
    for &(first, second) in truth.difference(&pairs).take(40) {
        println!("\nmissed");
        for place in [first, second] {
            let firm = &sample.firms[place as usize];
            println!(
                "  {} {} {} {} {} {}",
                firm.name, firm.credit_code, firm.phone, firm.address, firm.account, firm.representative
            );
        }
    }
}

/// Microseconds of CPU this process has used.
fn micros() -> i64 {
    getrusage(UsageWho::RUSAGE_SELF)
        .map_or(0, |used| used.user_time().num_microseconds() + used.system_time().num_microseconds())
}

/// Mebibytes at the peak of this process.
fn peak() -> i64 {
    getrusage(UsageWho::RUSAGE_SELF).map_or(0, |used| used.max_rss() / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_form_runs() {
        run(&["--firms".into(), "1000".into()]).unwrap();
        assert!(run(&["--noise".into(), "loud".into()]).is_err());
    }
}
