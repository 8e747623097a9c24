//! How amounts are rounded: each for itself, or so that printed sums close.
//!
//! Whoever prints an amount asks [`Figures`] what it amounts to. It keeps what was asked, so that a second
//! round can print what the first has settled: one fact has one printed value, wherever it stands.

mod closing;
mod lattice;
mod settle;

pub(crate) use closing::unclosed;
pub use closing::{Along, Unclosed};

use crate::figures::place;
use gouji_model::books::Books;
use gouji_model::{Coordinates, Unit};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How a form rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// Every amount for itself, to the nearest; printed sums may differ from their parts by the last place.
    #[default]
    Cells,
    /// Parts go up or down, by less than one unit of the last place, so that printed sums close. What nothing printed
    /// adds up further, and every amount of the three public expenses, stays the nearest.
    Controlled,
}

impl Rounding {
    /// By its word in a form: `cells` or `controlled`.
    pub fn of_word(word: &str) -> Option<Rounding> {
        match word {
            "cells" => Some(Rounding::Cells),
            "controlled" => Some(Rounding::Controlled),
            _ => None,
        }
    }
}

/// An amount that is printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Figure {
    /// What it is the amount of, as the cell says.
    pub at: Coordinates,
    /// What it adds up, where that is not simply all that lies within `at`.
    pub parts: Vec<Coordinates>,
    /// What that is in fen.
    pub fen: i128,
    pub unit: Unit,
    pub decimals: u8,
}

impl Figure {
    /// The last printed place, in fen.
    fn place(&self) -> i128 {
        place(self.unit, self.decimals)
    }
}

/// What was asked for, and what the figures amount to where that is settled.
#[derive(Default)]
pub(crate) struct Figures {
    asked: RefCell<BTreeMap<Figure, ()>>,
    settled: BTreeMap<Figure, i128>,
}

impl Figures {
    /// What the figure amounts to in print, in fen: a multiple of its place where it is settled, else as it is.
    pub(crate) fn fen(&self, figure: Figure) -> i128 {
        let fen = self.settled.get(&figure).copied().unwrap_or(figure.fen);
        self.asked.borrow_mut().entry(figure).or_default();
        fen
    }

    /// True when every figure asked for is a multiple of its place: nothing is rounded.
    pub(crate) fn is_exact(&self) -> bool {
        self.asked.borrow().keys().all(|figure| figure.fen % figure.place() == 0)
    }

    /// The figures asked for, settled so that their sums close where that is possible.
    pub(crate) fn settle(&self, books: &Books) -> Figures {
        let figures: Vec<Figure> = self.asked.borrow().keys().cloned().collect();
        Figures { settled: lattice::settle(books, &figures), asked: RefCell::default() }
    }

    /// The figures asked for at these coordinates.
    fn at(&self, at: &Coordinates, unit: Unit, decimals: u8) -> Vec<Figure> {
        let asked = self.asked.borrow();
        let least = Figure { at: at.clone(), parts: Vec::new(), fen: i128::MIN, unit: Unit::Yuan, decimals: 0 };
        let own = asked.range(least..).map(|(figure, ())| figure).take_while(|figure| figure.at == *at);
        own.filter(|figure| (figure.unit, figure.decimals) == (unit, decimals)).cloned().collect()
    }
}
