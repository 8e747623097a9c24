//! Planted rings with decoys: the search, and plain connected components beside it.

use super::{Measure, micros, within};
use gouji_fund::{Firm, Recipe, Rings, Sample, rings};
use std::collections::{BTreeMap, BTreeSet};

/// Measures both on the firms of a recipe.
pub(super) fn run(recipe: Recipe) -> anyhow::Result<()> {
    let sample = recipe.sample();
    let truth = sample.ring_pairs();
    let planted = planted(&sample);
    println!("{} firms with {} planted rings of {} pairs", sample.firms.len(), planted.len(), truth.len());
    let before = micros();
    let found = rings(&sample.firms);
    let cpu = (micros() - before) / 1000;
    println!("{:<28}{}  CPU {cpu} ms", "gouji, pairs of rings", Measure::of(&truth, &within(&found.rings)));
    println!("{:<28}{}", "gouji, rings", of_rings(&planted, &found.rings));
    if std::env::var_os("GOUJI_SHOW").is_some() {
        show(&sample, &found);
    }
    let plain = components(&sample.firms);
    let largest = plain.iter().map(Vec::len).max().unwrap_or(0);
    println!("{:<28}{}  largest {largest} firms", "components, pairs", of_pairs(&sample, &truth, &plain));
    println!("{:<28}{}", "components, rings", of_rings(&planted, &plain));
    Ok(())
}

fn planted(sample: &Sample) -> Vec<Vec<u32>> {
    let mut rings: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (place, ring) in sample.rings.iter().enumerate() {
        if let Some(ring) = ring {
            rings.entry(*ring).or_default().push(place as u32);
        }
    }
    rings.into_values().collect()
}

/// Rings that were found to more than half: of both together, more than half are in both.
fn of_rings(planted: &[Vec<u32>], found: &[Vec<u32>]) -> String {
    let ring_of: BTreeMap<u32, usize> =
        planted.iter().enumerate().flat_map(|(ring, firms)| firms.iter().map(move |&firm| (firm, ring))).collect();
    let (mut right, mut whole) = (0, 0);
    for group in found {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        group.iter().filter_map(|firm| ring_of.get(firm)).for_each(|&ring| *shared.entry(ring).or_default() += 1);
        let Some((&ring, &both)) = shared.iter().max_by_key(|pair| pair.1) else { continue };
        let either = group.len() + planted[ring].len() - both;
        right += usize::from(2 * both > either);
        whole += usize::from(both == either);
    }
    let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
    format!(
        "precision {:.4}  recall {:.4}  ({} of {} found are right to more than half, {whole} exactly)",
        share(right, found.len()),
        share(right, planted.len()),
        right,
        found.len()
    )
}

/// Counts the pairs within groups without listing them: a group may hold most firms.
fn of_pairs(sample: &Sample, truth: &BTreeSet<(u32, u32)>, groups: &[Vec<u32>]) -> Measure {
    let mut group_of = vec![usize::MAX; sample.firms.len()];
    for (number, group) in groups.iter().enumerate() {
        group.iter().for_each(|&firm| group_of[firm as usize] = number);
    }
    let together = |pair: &&(u32, u32)| {
        group_of[pair.0 as usize] == group_of[pair.1 as usize] && group_of[pair.0 as usize] != usize::MAX
    };
    Measure {
        right: truth.iter().filter(together).count(),
        found: groups.iter().map(|group| group.len() * (group.len() - 1) / 2).sum(),
        truth: truth.len(),
    }
}

/// Firms joined by any account, telephone, address, representative or unit among the shareholders.
fn components(firms: &[Firm]) -> Vec<Vec<u32>> {
    let mut parents: Vec<usize> = (0..firms.len()).collect();
    let mut first: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for (place, firm) in firms.iter().enumerate() {
        let units =
            firm.shareholders.iter().map(|holder| holder.credit_code.as_str()).chain([firm.credit_code.as_str()]);
        let fields = [&firm.account, &firm.phone, &firm.address, &firm.representative];
        let keys = fields.into_iter().map(String::as_str).enumerate().chain(units.map(|unit| (9, unit)));
        for key in keys.filter(|key| !key.1.is_empty()) {
            let other = *first.entry(key).or_insert(place);
            let (one, two) = (root(&mut parents, place), root(&mut parents, other));
            parents[one] = two;
        }
    }
    let mut groups: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for place in 0..firms.len() {
        groups.entry(root(&mut parents, place)).or_default().push(place as u32);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

fn root(parents: &mut [usize], place: usize) -> usize {
    let mut at = place;
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

/// Ties that were found wrongly, and pairs of rings that no ties join.
fn show(sample: &Sample, found: &Rings) {
    let truth = sample.ring_pairs();
    for tie in found.ties.iter().filter(|tie| !truth.contains(&(tie.first, tie.second))).take(12) {
        println!("\nwrong {}\n{}", tie.weight, tie.text(&sample.firms, gouji_model::Lang::Zh));
    }
    for (first, second) in truth.difference(&within(&found.rings)).take(25) {
        println!("\nmissed");
        for place in [first, second] {
            println!("  {:?}", sample.firms[*place as usize]);
        }
    }
}
