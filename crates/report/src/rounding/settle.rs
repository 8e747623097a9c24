//! Whole units for atoms, so that every fact is its true value rounded up or down.
//!
//! A first round goes along the atoms and rounds their running sum, which is right for every fact whose atoms stand
//! beside each other. What is still off is mended step by step; the last steps are barred for a while, so that
//! the search does not walk in circles. There is no chance in it.

/// So many times as much as what is allowed weighs what is not.
const OFF: i128 = 64;
/// Steps for each fact.
const STEPS: usize = 24;
/// A prime, so that the turn comes to every fact.
const TURN: usize = 7_919;
/// How long an atom that was moved stays.
const BARRED: usize = 9;

/// A fact that is printed.
pub(super) struct Node {
    /// Its true value.
    pub fen: i128,
    /// It is printed as the nearest, whatever happens.
    pub is_held: bool,
    /// The atoms that it is made of.
    pub atoms: Vec<usize>,
}

impl Node {
    /// The nearest multiple of the place, half away from zero.
    fn nearest(&self, place: i128) -> i128 {
        crate::figures::round_half_up(self.fen, place) * place
    }

    /// How far a value is from what may be printed; 0 where it may.
    fn off(&self, value: i128, place: i128) -> i128 {
        if self.is_held { (value - self.nearest(place)).abs() } else { ((value - self.fen).abs() - place + 1).max(0) }
    }

    fn weight(&self, value: i128, place: i128) -> i128 {
        let off = self.off(value, place);
        let apart = if self.is_held { 0 } else { value - self.fen };
        (OFF * off).saturating_mul(off).saturating_add(apart.saturating_mul(apart))
    }
}

/// What each fact is printed as, in fen. Where no way was found it is the nearest, and sums with it may not close.
pub(super) fn settled(nodes: &[Node], atoms: &[i128], place: i128) -> Vec<i128> {
    let mut search = Search::new(nodes, atoms, place);
    let mut best = search.values.clone();
    let mut least = search.count_off();
    for step in 0..STEPS * nodes.len() {
        if least == 0 || !search.step(step) {
            break;
        }
        let off = search.count_off();
        if off < least {
            least = off;
            best.clone_from(&search.values);
        }
    }
    let printed = nodes.iter().zip(best);
    printed.map(|(node, value)| if node.off(value, place) == 0 { value } else { node.nearest(place) }).collect()
}

struct Search<'n> {
    nodes: &'n [Node],
    place: i128,
    /// The facts that each atom is part of.
    facts: Vec<Vec<usize>>,
    /// What the atoms of each fact have, in fen.
    values: Vec<i128>,
    /// The step until which each atom is barred.
    barred: Vec<usize>,
}

impl<'n> Search<'n> {
    fn new(nodes: &'n [Node], atoms: &[i128], place: i128) -> Search<'n> {
        let mut facts = vec![Vec::new(); atoms.len()];
        for (fact, node) in nodes.iter().enumerate() {
            node.atoms.iter().for_each(|atom| facts[*atom].push(fact));
        }
        let mut values = vec![0; nodes.len()];
        let (mut sum, mut given) = (0, 0);
        for (atom, fen) in atoms.iter().enumerate() {
            sum += fen;
            let whole = crate::figures::round_half_up(sum, place) * place;
            facts[atom].iter().for_each(|fact| values[*fact] += whole - given);
            given = whole;
        }
        Search { nodes, place, facts, values, barred: vec![0; atoms.len()] }
    }

    fn count_off(&self) -> usize {
        self.nodes.iter().zip(&self.values).filter(|(node, value)| node.off(**value, self.place) > 0).count()
    }

    /// Moves the atom by one unit that makes the most of one of the facts that are off, each in its turn; false when
    /// nothing may be moved.
    fn step(&mut self, step: usize) -> bool {
        let is_off = |fact: &usize| self.nodes[*fact].off(self.values[*fact], self.place) > 0;
        let off: Vec<usize> = (0..self.nodes.len()).filter(is_off).collect();
        let Some(worst) = off.get(step.wrapping_mul(TURN) % off.len().max(1)).copied() else { return false };
        let node = &self.nodes[worst];
        let wanted = if node.is_held { node.nearest(self.place) } else { node.fen };
        let unit = if self.values[worst] < wanted { self.place } else { -self.place };
        let free = node.atoms.iter().filter(|atom| self.barred[**atom] <= step);
        let Some(atom) = free.copied().min_by_key(|atom| (self.cost(*atom, unit), *atom)) else {
            // All are barred: they are freed, and the next step goes on.
            node.atoms.iter().for_each(|atom| self.barred[*atom] = 0);
            return !node.atoms.is_empty();
        };
        for fact in &self.facts[atom] {
            self.values[*fact] += unit;
        }
        self.barred[atom] = step + 1 + BARRED.min(node.atoms.len() / 2);
        true
    }

    /// How much heavier everything gets when an atom is moved.
    fn cost(&self, atom: usize, unit: i128) -> i128 {
        let change = |fact: &usize| {
            let (node, value) = (&self.nodes[*fact], self.values[*fact]);
            node.weight(value + unit, self.place) - node.weight(value, self.place)
        };
        self.facts[atom].iter().map(change).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, settled};

    fn node(fen: i128, is_held: bool, atoms: &[usize]) -> Node {
        Node { fen, is_held, atoms: atoms.to_vec() }
    }

    #[test]
    fn both_ways_of_a_table_close_under_a_total_that_is_held() {
        // 1.4 1.4 | 2.8 over 1.4 1.4 | 2.8 makes 2.8 2.8 | 5.6, all in tenths: cell by cell nothing closes.
        let atoms = [14; 4];
        let mut nodes: Vec<Node> = (0..4).map(|atom| node(14, false, &[atom])).collect();
        nodes.extend([[0, 1], [2, 3], [0, 2], [1, 3]].map(|line| node(28, false, &line)));
        nodes.push(node(56, true, &[0, 1, 2, 3]));
        let values = settled(&nodes, &atoms, 10);
        assert_eq!(values[8], 60);
        assert_eq!(values[4] + values[5], 60);
        for (line, [one, other]) in [(4, [0, 1]), (5, [2, 3]), (6, [0, 2]), (7, [1, 3])] {
            assert_eq!(values[line], values[one] + values[other]);
        }
        assert!(values.iter().zip(&nodes).all(|(value, node)| (value - node.fen).abs() < 10));
    }

    #[test]
    fn what_cannot_close_is_the_nearest() {
        // Three held parts of 0.4 under a held sum of 1.2.
        let nodes = [node(4, true, &[0]), node(4, true, &[1]), node(4, true, &[2]), node(12, true, &[0, 1, 2])];
        assert_eq!(settled(&nodes, &[4; 3], 10), [0, 0, 0, 10]);
    }
}
