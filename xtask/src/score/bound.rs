//! How many of a report's amounts are bound, in tables and in prose.

use super::road::Run;
use super::share;
use crate::amounts::{Amount, Fate, Place};
use crate::words::at;
use gouji_understand::UnboundReason;

/// Where amounts stand, and how many percent of them must be bound.
const PARTS: [(&str, usize); 2] = [("tables", 97), ("prose", 95)];

/// Prints the shares of one report; returns 1 when one of them is below what is promised.
pub(super) fn print(run: &Run, amounts: &[Amount], list: bool) -> usize {
    let mut short = 0;
    for (part, (name, least)) in PARTS.iter().enumerate() {
        let here = || amounts.iter().filter(|amount| part_of(amount.place) == Some(part));
        let (all, bound) = (here().count(), here().filter(|amount| amount.fate == Fate::Bound).count());
        let miss = bound * 100 < all * least;
        short += usize::from(miss);
        let mark = if miss { format!(" MISS ({least} % asked)") } else { String::new() };
        println!("  amounts in {name}: bound {bound} of {all} ({}){mark}", share(bound, all));
        let nameless = here().filter(|amount| amount.fate == Fate::Listed(UnboundReason::Unlabelled)).count();
        if nameless > 0 {
            println!(
                "    {nameless} of them stand in rows without a label ({} of the others bound)",
                share(bound, all - nameless)
            );
        }
    }
    let words = amounts.iter().filter(|amount| part_of(amount.place).is_none()).count();
    if words > 0 {
        println!("  amounts in the words of cells: {words}");
    }
    for amount in amounts.iter().filter(|amount| list && amount.fate != Fate::Bound) {
        let why = match &amount.fate {
            Fate::Listed(reason) => format!("{reason:?}"),
            Fate::Altered(figure) => format!("ALTERED to {figure}"),
            _ => "SILENT".to_owned(),
        };
        println!("    not bound: {why} {}", at(&run.document, amount));
    }
    short.min(1)
}

fn part_of(place: Place) -> Option<usize> {
    match place {
        Place::Cell(..) => Some(0),
        Place::Prose => Some(1),
        Place::Words(..) => None,
    }
}
