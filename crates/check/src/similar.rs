//! How alike two names are.

/// The length of the longest common subsequence over the length of the shorter name, in percent.
pub(crate) fn likeness(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().take(60).collect(), right.chars().take(60).collect());
    if left.is_empty() || right.is_empty() {
        return 0;
    }
    let mut row = vec![0_usize; right.len() + 1];
    for a in &left {
        let mut diagonal = 0;
        for (at, b) in right.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    100 * row[right.len()] / left.len().min(right.len())
}

/// The most alike of some names, when it is alike enough and alone in that.
pub(crate) fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>, least: usize) -> Option<&'a str> {
    let mut scored: Vec<(usize, usize, &str)> = names
        .into_iter()
        .map(|other| {
            let shared = likeness(name, other);
            let distance = name.chars().count().abs_diff(other.chars().count());
            (shared, usize::MAX - distance, other)
        })
        .filter(|(score, _, _)| *score >= least)
        .collect();
    scored.sort();
    scored.pop().map(|(_, _, other)| other)
}
