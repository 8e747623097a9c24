use sha2::{Digest, Sha256};

/// Draws so many of the candidates, in the order of the draw, so that an outsider can do it again.
///
/// Publish the seed before the candidates are known, or let several parties give a part of it. Each candidate's
/// lot is the SHA-256 of seed, round and id in UTF-8 with a line feed between; the smallest lots are drawn.
/// In Python: `sorted(ids, key=lambda i: hashlib.sha256(f"{seed}\n{round}\n{i}".encode()).digest())[:count]`.
/// An id that stands twice is drawn once; the order in which the ids stand changes nothing.
pub fn drawn<'i>(seed: &str, round: u32, ids: &[&'i str], count: usize) -> Vec<&'i str> {
    let mut lots: Vec<([u8; 32], &str)> = ids.iter().map(|id| (lot(seed, round, id), *id)).collect();
    lots.sort_unstable();
    lots.dedup();
    lots.into_iter().take(count).map(|lot| lot.1).collect()
}

fn lot(seed: &str, round: u32, id: &str) -> [u8; 32] {
    Sha256::digest(format!("{seed}\n{round}\n{id}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_lines_of_python_draw_the_same() {
        let ids = ["E001", "E002", "E003", "E004", "E005", "E006", "专家七"];
        assert_eq!(drawn("龙岗2026-双色球2026123", 1, &ids, 7), VECTOR);
        let mut turned = ids;
        turned.reverse();
        assert_eq!(drawn("龙岗2026-双色球2026123", 1, &turned, 3), VECTOR[..3]);
        assert_ne!(drawn("龙岗2026-双色球2026123", 2, &ids, 7), VECTOR);
    }

    /// Printed by the line of Python in the documentation.
    const VECTOR: [&str; 7] = ["E006", "专家七", "E001", "E003", "E002", "E005", "E004"];
}
