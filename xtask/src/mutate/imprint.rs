//! What a report came to, so that two of them can be compared whatever the places of their words.

use gouji_check::{Relation, Report};
use gouji_model::{Check, Outcome, Unit};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// Hashes of what a report says, each list sorted.
pub(super) struct Imprint {
    /// Every broken instance with its difference.
    broken: Vec<u64>,
    /// Every instance with its verdict.
    instances: Vec<u64>,
    /// Every family with its verdict.
    families: Vec<u64>,
}

/// What was seen of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seen {
    /// The run came to a panic.
    Panic,
    /// Nothing at all.
    Nothing,
    /// An instance has another verdict, but none is newly broken.
    Verdict,
    /// An instance that was broken is not any more, and none is newly broken.
    Mended,
    /// An instance is newly broken, or broken by another difference.
    Broken,
}

impl Imprint {
    /// The imprint of a report.
    pub fn of(report: &Report) -> Self {
        let (mut broken, mut instances, mut families) = (Vec::new(), Vec::new(), Vec::new());
        for relation in report.relations.iter().filter(|relation| counts(relation)) {
            families.push(hash(&(&relation.key, relation.code, relation.verdict)));
            for check in &relation.checks {
                let name = name(relation, check);
                instances.push(hash(&(name, check.outcome.verdict())));
                if let Outcome::Broken { difference } = &check.outcome {
                    let difference = difference.map(|figure| figure.atoms());
                    // A count is broken without a difference: the number itself tells two breaks apart.
                    let counts: Vec<i128> = check
                        .terms
                        .iter()
                        .filter_map(|term| {
                            term.figure.filter(|figure| figure.unit() == Unit::Count && difference.is_none())
                        })
                        .map(|figure| figure.atoms())
                        .collect();
                    broken.push(hash(&(name, difference, counts)));
                }
            }
        }
        broken.sort_unstable();
        instances.sort_unstable();
        families.sort_unstable();
        Self { broken, instances, families }
    }

    /// What `changed` shows that `self` does not.
    pub fn compare(&self, changed: &Imprint) -> Seen {
        if has_more(&changed.broken, &self.broken) {
            Seen::Broken
        } else if has_more(&self.broken, &changed.broken) {
            Seen::Mended
        } else if changed.instances != self.instances {
            Seen::Verdict
        } else {
            Seen::Nothing
        }
    }

    /// A family has another verdict than in `changed`.
    pub fn differs_by_family(&self, changed: &Imprint) -> bool {
        self.families != changed.families
    }
}

/// How figures are written is no matter here; that a row has no label is.
fn counts(relation: &Relation) -> bool {
    !relation.code.starts_with("FRM") || relation.key == "form.labels"
}

/// An instance by its family and the operand that claims. Direction words are taken out:
/// they may be what was changed.
fn name(relation: &Relation, check: &Check) -> u64 {
    let first = check.terms.first().map(|term| {
        let label =
            ["增加", "减少", "增长", "下降"].iter().fold(term.label.clone(), |label, word| label.replace(word, ""));
        (label, term.cell)
    });
    hash(&(relation.code, &check.key, first))
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// One of two sorted lists has an element more often than the other.
fn has_more(left: &[u64], right: &[u64]) -> bool {
    let mut rest = right.iter().peekable();
    left.iter().any(|value| {
        while rest.next_if(|other| *other < value).is_some() {}
        rest.next_if(|other| *other == value).is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_compared_as_multisets() {
        assert!(!has_more(&[1, 2, 2], &[1, 2, 2, 3]));
        assert!(has_more(&[1, 2, 2], &[1, 2, 3]));
        assert!(has_more(&[4], &[]));
        assert!(!has_more(&[], &[4]));
    }
}
