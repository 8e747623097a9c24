/// The groups that pairs of places join, each of two or more, sorted, the first by its smallest place first.
pub(crate) fn joined(places: usize, pairs: impl Iterator<Item = (u32, u32)>) -> Vec<Vec<u32>> {
    let mut parents: Vec<u32> = (0..places as u32).collect();
    for (one, two) in pairs {
        let (one, two) = (root(&mut parents, one), root(&mut parents, two));
        parents[one.max(two) as usize] = one.min(two);
    }
    let mut sorted: Vec<(u32, u32)> = (0..places as u32).map(|place| (root(&mut parents, place), place)).collect();
    sorted.sort_unstable();
    let groups = sorted.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    groups.map(|group| group.iter().map(|pair| pair.1).collect()).collect()
}

fn root(parents: &mut [u32], place: u32) -> u32 {
    let mut at = place;
    while parents[at as usize] != at {
        let above = parents[at as usize];
        parents[at as usize] = parents[above as usize];
        at = above;
    }
    at
}
