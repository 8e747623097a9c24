//! The printed facts as sums of the smallest pieces of the books that they tell apart.
//!
//! Postings that stand in the same printed facts are one *atom*. Whole units are given to atoms, and a
//! fact is what its atoms have: so every sum of facts closes at once, in all tables and along both axes.

use super::Figure;
use super::settle::{Node, settled};
use gouji_model::books::Books;
use gouji_model::{Coordinates, Measure};
use std::collections::BTreeMap;

/// Economic codes whose amounts are printed a second time, as three public expenses and as equipment to be bought:
/// 因公出国（境）费用, 公务接待费, 公务用车运行维护费, 公务用车购置, 办公设备购置.
const TWINS: [&str; 5] = ["30212", "30217", "30231", "31013", "31002"];

/// The postings of a figure, one bit each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Members {
    /// The year chooses which amount of a posting is meant.
    pub year: i16,
    bits: Vec<u64>,
}

impl Members {
    /// The postings with an amount within any of the coordinates; `None` when they do not make up the figure.
    pub(super) fn of(books: &Books, figure: &Figure) -> Option<Members> {
        let which = books.which(figure.at.year);
        let mut bits = vec![0_u64; books.postings.len().div_ceil(64)];
        let mut sum = 0;
        let own: &[Coordinates] =
            if figure.parts.is_empty() { std::slice::from_ref(&figure.at) } else { &figure.parts };
        for (index, posting) in books.postings.iter().enumerate() {
            let fen = i128::from(posting.of(which).fen());
            if fen != 0 && own.iter().any(|at| posting.counts_towards(at)) {
                bits[index / 64] |= 1 << (index % 64);
                sum += fen;
            }
        }
        let is_all = sum == figure.fen && bits.iter().any(|word| *word != 0);
        is_all.then_some(Members { year: books.year(which), bits })
    }

    /// True when every posting of `self` is one of `whole`.
    pub(super) fn within(&self, whole: &Members) -> bool {
        self.year == whole.year && self.bits.iter().zip(&whole.bits).all(|(own, all)| own & !all == 0)
    }

    /// True when no posting is in both.
    pub(super) fn is_apart(&self, other: &Members) -> bool {
        self.year != other.year || self.bits.iter().zip(&other.bits).all(|(own, more)| own & more == 0)
    }

    /// Takes in the postings of another of the same year.
    pub(super) fn add(&mut self, other: &Members) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(own, more)| *own |= more);
    }

    fn has(&self, index: usize) -> bool {
        self.bits[index / 64] >> (index % 64) & 1 == 1
    }

    fn count(&self) -> u32 {
        self.bits.iter().map(|word| word.count_ones()).sum()
    }
}

/// What each figure amounts to in print, in fen. Those that fit into no lattice are left out: they are the nearest.
pub(super) fn settle(books: &Books, figures: &[Figure]) -> BTreeMap<Figure, i128> {
    let mut finest: BTreeMap<u8, i128> = BTreeMap::new();
    for figure in figures {
        let least = finest.entry(family(figure.at.measure)).or_insert(i128::MAX);
        *least = (*least).min(figure.place());
    }
    // What is printed more finely elsewhere could come to contradict it: it stays the nearest.
    let is_finest = |figure: &&Figure| finest.get(&family(figure.at.measure)) == Some(&figure.place());
    let mut lattices: BTreeMap<(i128, i16), BTreeMap<Members, Vec<&Figure>>> = BTreeMap::new();
    for figure in figures.iter().filter(is_finest) {
        if let Some(members) = Members::of(books, figure) {
            let lattice = lattices.entry((figure.place(), members.year)).or_default();
            lattice.entry(members).or_default().push(figure);
        }
    }
    let mut out = BTreeMap::new();
    for ((place, _), lattice) in lattices {
        let nodes = nodes(books, &lattice, place);
        for (figures, value) in lattice.values().zip(settled(&nodes.0, &nodes.1, place)) {
            out.extend(figures.iter().map(|figure| ((*figure).clone(), value)));
        }
    }
    out
}

/// Amounts of the three public expenses, and those that must agree with an amount of another list.
fn is_public(at: &Coordinates) -> bool {
    at.measure == Measure::ThreePublic || TWINS.iter().any(|twin| at.economic.as_str().starts_with(twin))
}

/// Measures that share postings, as one number.
fn family(measure: Measure) -> u8 {
    match measure {
        Measure::Revenue | Measure::Expenditure | Measure::OperatingCost => 0,
        Measure::Procurement => 1,
        _ => 2,
    }
}

/// The facts, and what each atom is in fen; a fact knows its atoms.
fn nodes(books: &Books, lattice: &BTreeMap<Members, Vec<&Figure>>, place: i128) -> (Vec<Node>, Vec<i128>) {
    let sets: Vec<&Members> = lattice.keys().collect();
    let mut by_size: Vec<usize> = (0..sets.len()).collect();
    by_size.sort_by_key(|index| (std::cmp::Reverse(sets[*index].count()), *index));
    let mut atoms: BTreeMap<Vec<usize>, i128> = BTreeMap::new();
    let year = sets.first().map_or(0, |set| set.year);
    for (posting, entry) in books.postings.iter().enumerate() {
        // Ranks instead of facts: atoms of one large fact come to stand beside each other.
        let ranks = by_size.iter().enumerate().filter(|(_, node)| sets[**node].has(posting));
        let ranks: Vec<usize> = ranks.map(|(rank, _)| rank).collect();
        if !ranks.is_empty() {
            *atoms.entry(ranks).or_default() += i128::from(entry.of(books.which(year)).fen());
        }
    }
    let is_part =
        |own: &Members| sets.iter().any(|whole| own != *whole && own.count() < whole.count() && own.within(whole));
    let mut nodes: Vec<Node> = lattice
        .iter()
        .map(|(members, figures)| {
            let is_public = figures.iter().any(|figure| is_public(&figure.at));
            let fen = figures[0].fen;
            Node { fen, is_held: is_public || fen % place == 0 || !is_part(members), atoms: Vec::new() }
        })
        .collect();
    for (atom, ranks) in atoms.keys().enumerate() {
        ranks.iter().for_each(|rank| nodes[by_size[*rank]].atoms.push(atom));
    }
    (nodes, atoms.into_values().collect())
}
