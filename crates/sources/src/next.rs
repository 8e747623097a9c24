//! The books of the next year: what was this year's is last year's now.

use gouji_model::Fen;
use gouji_model::Measure;
use gouji_model::books::Books;

/// What moving on to the next year did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Rows whose amount became last year's.
    pub amounts: usize,
    /// Rows that had no amount, and were left out.
    pub left_out: usize,
    /// Reasons that were emptied: they explain the year that is over.
    pub reasons: usize,
    /// Texts that were emptied, as they explain a change of that year.
    pub texts: usize,
    /// Indicators whose value was emptied.
    pub indicators: usize,
}

/// Books of the year after: amounts move back by one, reasons and targets are emptied, the rest is kept.
pub fn next_year(books: &Books) -> (Books, Moved) {
    let mut next = books.clone();
    let mut moved = Moved::default();
    next.department.year += 1;
    for posting in &mut next.postings {
        posting.previous = posting.amount;
        posting.amount = Fen::default();
        posting.at.year = next.department.year;
    }
    // Every department has the four lines of the public expenses, with or without an amount.
    next.postings.retain(|posting| posting.previous != Fen::default() || posting.at.measure == Measure::ThreePublic);
    moved.amounts = next.postings.iter().filter(|posting| posting.previous != Fen::default()).count();
    moved.left_out = books.postings.len() - next.postings.len();
    moved.reasons = next.reasons.drain(..).count();
    for text in next.texts.iter_mut().filter(|text| text.key.ends_with("-reason") && !text.text.is_empty()) {
        text.text.clear();
        moved.texts += 1;
    }
    for indicator in next.indicators.iter_mut().filter(|indicator| !indicator.value.is_empty()) {
        indicator.value.clear();
        moved.indicators += 1;
    }
    (next, moved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_model::books::{FreeText, Indicator, Posting, Reason};

    #[test]
    fn amounts_move_back_and_what_belongs_to_the_year_is_emptied() {
        let posting =
            |amount, previous| Posting { amount: Fen::new(amount), previous: Fen::new(previous), ..Posting::default() };
        let text = |key: &str| FreeText { key: key.into(), text: "x".into(), ..FreeText::default() };
        let mut books = Books { postings: vec![posting(7, 5), posting(0, 3)], ..Books::default() };
        books.department.year = 2025;
        books.reasons.push(Reason::default());
        books.texts = vec![text("duties"), text("reception-reason")];
        books.indicators.push(Indicator { value: "≥50".into(), name: "家数".into(), ..Indicator::default() });
        let (next, moved) = next_year(&books);
        assert_eq!(next.department.year, 2026);
        assert_eq!(next.postings.len(), 1);
        assert_eq!((next.postings[0].amount, next.postings[0].previous), (Fen::new(0), Fen::new(7)));
        assert_eq!((next.text("duties"), next.text("reception-reason")), ("x", ""));
        assert_eq!((next.indicators[0].name.as_str(), next.indicators[0].value.as_str()), ("家数", ""));
        assert_eq!(moved, Moved { amounts: 1, left_out: 1, reasons: 1, texts: 1, indicators: 1 });
    }
}
