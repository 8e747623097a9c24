//! A published report to a draft of the books behind it, as far as the paper goes.
//!
//! Every printed cell that books can keep is reproduced; where that takes more than the paper
//! says (which economic code a project is paid under, which unit a salary belongs to), the posting
//! is marked as assumed and the gap is listed. Figures that contradict each other are listed too:
//! a draft repairs nothing.

mod figure;
mod flat;
mod frame;
mod money;
mod prose;
mod system;
mod unknown;

use figure::{Figure, implied_before, of_prose, of_tables};
use gouji_model::books::{Books, Posting, Which};
use gouji_understand::Statement;
pub(crate) use system::interval;
pub use unknown::Unknown;

/// The books of a published report, and what they do not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The books.
    pub books: Books,
    /// What the paper does not say, and what it says in two ways.
    pub unknown: Vec<Unknown>,
}

/// Makes a draft; `form` is the form that the books are to be printed in.
pub fn draft(statement: &Statement, form: &str) -> Draft {
    let department = frame::department(statement, form);
    let year = department.year;
    let units = frame::units(statement, &department);
    let only_unit = if let [only] = &units[..] { only.name.clone() } else { String::new() };
    let (projects, named) = frame::projects(statement, &only_unit);

    let mut now = of_tables(statement, year);
    now.extend(of_prose(statement, year, &now));
    let blanks = figure::of_blanks(statement, &now, year);
    let mut before = of_tables(statement, year - 1);
    let told = before.len();
    let implied = implied_before(statement, &now);
    before.extend(
        implied.into_iter().filter(|figure| !before.iter().any(|known| known.at == figure.at)).collect::<Vec<_>>(),
    );

    now.extend(figure::of_public_codes(&now));
    let labels = frame::labels(statement);
    let at = |which, projects| money::Frame { year, which, unit: only_unit.clone(), projects, names: &labels };
    let mut postings = money::postings(&[&now[..], &blanks].concat(), &at(Which::Now, &named));
    // What the year before was spent on may be known less finely, in rows of its own.
    merge(&mut postings, money::postings(&before, &at(Which::Before, &[])));
    let (counts, guessed) = prose::counts(statement, &units);
    postings.extend(flat::three_public(&now, &before, year));
    postings.extend(flat::procurement(&now, &before, year, &only_unit));

    let names = frame::names(&labels);
    let reasons = prose::reasons(statement);
    let mut books = Books { department, units, projects, postings, counts, reasons, names, ..Books::default() };
    prose::texts(statement, &mut books);
    let unknown = unknown::list(&books, &now, &before, told, &guessed);
    Draft { books, unknown }
}

/// Adds last year's amounts, in the row of the same money where there is one.
fn merge(postings: &mut Vec<Posting>, before: Vec<Posting>) {
    for posting in before {
        match postings.iter_mut().find(|known| known.at == posting.at && known.source == posting.source) {
            Some(known) => {
                known.previous = posting.previous;
                known.assumed |= posting.assumed;
            }
            None => postings.push(posting),
        }
    }
}

/// Books print every one of these figures.
fn not_reproduced<'f>(books: &'f Books, figures: &'f [Figure]) -> impl Iterator<Item = &'f Figure> {
    figures.iter().filter(|figure| !figure.is_reproduced(books))
}
