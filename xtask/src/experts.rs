//! `cargo xtask experts`: conflicts planted among invented experts, the best assignment, and OR-tools on the same edges.

mod ortools;
mod sample;

use anyhow::{Context, bail, ensure};
use gouji_fund::experts::{Judging, assign, conflicts};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use sample::{Sample, Size};
use std::collections::BTreeSet;

/// Experts of each application.
const EACH: u32 = 3;

/// Measures and prints; fails when a planted conflict judges, or the total is no assignment's.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let (mut size, mut seed, mut with_rival) = (Size { applications: 5_000, experts: 400 }, 1, false);
    let mut rest = args.iter();
    while let Some(flag) = rest.next() {
        if flag == "--ortools" {
            with_rival = true;
            continue;
        }
        let value = rest.next().with_context(|| format!("{flag} needs a value"))?;
        match flag.as_str() {
            "--applications" => size.applications = value.parse()?,
            "--experts" => size.experts = value.parse()?,
            "--seed" => seed = value.parse()?,
            _ => bail!("experts knows --applications N, --experts N, --seed S, --ortools"),
        }
    }
    let sample = Sample::new(size, seed);
    let allowed = without_conflicts(&sample)?;
    // A tenth more than the mean load, so that the cap binds.
    let most = (size.applications * EACH as usize * 11).div_ceil(size.experts * 10) as u32;
    let before = micros();
    let found = assign(size.applications, EACH, most, &allowed);
    let cpu = (micros() - before) / 1000;
    let found = match found {
        Ok(found) => found,
        Err(shortage) => bail!("{}", shortage.text(gouji_model::Lang::En)),
    };
    let bad = sample.planted.iter().filter(|pair| found.experts[pair.0 as usize].contains(&pair.1)).count();
    ensure!(bad == 0, "{bad} planted conflicts judge");
    println!(
        "gouji: {} applications, {EACH} each, {} experts, at most {most}, {} edges: total {}, CPU {cpu} ms, \
         0 of {} planted conflicts judge",
        size.applications,
        size.experts,
        allowed.len(),
        found.total,
        sample.planted.len()
    );
    explain(size, most, &allowed);
    if with_rival {
        ortools::run(size, EACH, most, &allowed, found.total)?;
    }
    Ok(())
}

/// The edges without those of conflicts; every planted conflict must be found.
fn without_conflicts(sample: &Sample) -> anyhow::Result<Vec<Judging>> {
    let before = micros();
    let found = conflicts(&sample.experts, &sample.applicants, sample::RULE, sample::today());
    let cpu = (micros() - before) / 1000;
    let pairs: BTreeSet<(u32, u32)> = found.iter().map(|conflict| (conflict.application, conflict.expert)).collect();
    let missed = sample.planted.difference(&pairs).count();
    let kinds: BTreeSet<_> = found.iter().map(|conflict| conflict.relation).collect();
    println!(
        "conflicts: {} found of {} kinds, {missed} of {} planted missed, {} pairs besides, CPU {cpu} ms",
        found.len(),
        kinds.len(),
        sample.planted.len(),
        pairs.difference(&sample.planted).count()
    );
    ensure!(missed == 0, "{missed} planted conflicts were not found");
    let free = |judging: &&Judging| !pairs.contains(&(judging.application, judging.expert));
    Ok(sample.matching.iter().filter(free).copied().collect())
}

/// Leaves a hundred applications to few experts and asks for the reason.
fn explain(size: Size, most: u32, allowed: &[Judging]) {
    let hundred = 100.min(size.applications as u32);
    let few = hundred * EACH / (most + 1);
    let mut fewer: Vec<Judging> = allowed.iter().filter(|judging| judging.application >= hundred).copied().collect();
    for application in 0..hundred {
        fewer.extend((0..few).map(|expert| Judging { application, expert, score: 1 }));
    }
    let before = micros();
    if let Err(shortage) = assign(size.applications, EACH, most, &fewer) {
        let cpu = (micros() - before) / 1000;
        println!("infeasible: {}, CPU {cpu} ms", shortage.text(gouji_model::Lang::En));
    }
}

/// Microseconds of CPU this process has used.
fn micros() -> i64 {
    getrusage(UsageWho::RUSAGE_SELF)
        .map_or(0, |used| used.user_time().num_microseconds() + used.system_time().num_microseconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_form_runs() {
        run(&["--applications".into(), "600".into(), "--experts".into(), "120".into()]).unwrap();
        assert!(run(&["--loud".into()]).is_err());
    }
}
