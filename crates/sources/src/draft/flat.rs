//! The three public expenses and procurement: amounts along one list of items.

use super::figure::Figure;
use super::money::leaves;
use super::system::{Line, solve};
use crate::reading::public_expense;
use crate::schema::EXPENSES;
use gouji_model::books::{Posting, Which};
use gouji_model::{Code, Coordinates, Fen, Measure};

/// The three public expenses, in four lines.
pub(super) fn three_public(now: &[Figure], before: &[Figure], year: i16) -> Vec<Posting> {
    let mut postings: Vec<Posting> = EXPENSES.iter().map(|(_, item)| public_expense(item, year)).collect();
    fill(&mut postings, now, Which::Now);
    fill(&mut postings, before, Which::Before);
    postings
}

/// Procurement by code; the unit that buys is left open where there are several.
pub(super) fn procurement(now: &[Figure], before: &[Figure], year: i16, unit: &str) -> Vec<Posting> {
    let figures = now.iter().chain(before).filter(|figure| figure.at.measure == Measure::Procurement);
    // 面向小微企业 is a share of all, and no code.
    let is_code = |code: &Code| code.as_str().starts_with(|sign: char| sign.is_ascii_uppercase());
    let codes = figures.filter(|figure| figure.atoms != 0).map(|figure| figure.at.item);
    let codes = leaves(codes.filter(|code| is_code(code) || code.is_all()));
    let posting = |item| {
        let at =
            Coordinates { measure: Measure::Procurement, year, item, unit: unit.to_string(), ..Coordinates::default() };
        Posting { assumed: unit.is_empty() || item.is_all(), at, ..Posting::default() }
    };
    let mut postings: Vec<Posting> = codes.into_iter().map(posting).collect();
    fill(&mut postings, now, Which::Now);
    fill(&mut postings, before, Which::Before);
    postings.retain(|posting| posting.amount != Fen::new(0) || posting.previous != Fen::new(0));
    postings
}

fn fill(postings: &mut [Posting], figures: &[Figure], which: Which) {
    let members = |figure: &Figure| {
        let within = |(_, posting): &(usize, &Posting)| posting.counts_towards(&figure.at);
        postings.iter().enumerate().filter(within).map(|(index, _)| index).collect::<Vec<usize>>()
    };
    let lines: Vec<Line> =
        figures.iter().map(|figure| Line::printed(members(figure), figure.atoms, figure.tick)).collect();
    let amounts = solve(postings.len(), &lines);
    for (posting, amount) in postings.iter_mut().zip(amounts) {
        let fen = Fen::new(i64::try_from(amount).unwrap_or_default());
        match which {
            Which::Now => posting.amount = fen,
            Which::Before => posting.previous = fen,
        }
    }
}
