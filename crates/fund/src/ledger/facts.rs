use super::Book;
use gouji_model::Fen;

/// What a line tells the next budget: execution for 表十三, results for 表十四.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFacts {
    /// The unit.
    pub unit: String,
    /// The budget year.
    pub year: i32,
    /// The project's name.
    pub project: String,
    /// Approved, amendments included.
    pub amount: Fen,
    /// Paid, less what came back to the line or to the treasury.
    pub paid: Fen,
    /// What may still be reserved.
    pub available: Fen,
    /// Execution rate: the paid amount over the approved one, in fen over fen.
    pub execution: (Fen, Fen),
    /// Awards of which something was paid and not all of it came back.
    pub payees: usize,
}

/// The facts of a line; `None` when the book does not hold it. The book must hold all its awards.
pub fn line_facts(book: &Book, line: &str) -> Option<LineFacts> {
    let state = book.lines.get(line)?;
    let paid = Fen::new(state.paid.fen() - state.recovered.fen());
    let awards = book.awards.iter().filter(|((of, _), _)| of == line);
    Some(LineFacts {
        unit: state.unit.clone(),
        year: state.year,
        project: state.project.clone(),
        amount: state.amount,
        paid,
        available: state.available(),
        execution: (paid, state.amount),
        payees: awards.filter(|(_, award)| award.paid > award.recovered).count(),
    })
}
