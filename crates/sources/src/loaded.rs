//! Lists to books or faults: the way that folder and workbook share.

use crate::fault::{Fault, Place};
use crate::links::Named;
use crate::table::Table;
use crate::{cells, codes, links, reading, sums};
use gouji_model::Level;
use gouji_model::books::Books;

/// Books that could be made, and what to look at again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The books.
    pub books: Books,
    /// Faults at level warning.
    pub warnings: Vec<Fault>,
}

/// Makes books of lists; all faults in order of place when one of them is an error.
///
/// `text_of` says how the source writes a place.
pub(crate) fn load(
    tables: &[Table],
    mut faults: Vec<Fault>,
    text_of: impl Fn(&Place) -> String,
) -> Result<Loaded, Vec<Fault>> {
    let named = Named::gather(tables);
    faults.extend(cells::faults(tables));
    faults.extend(links::faults(tables, &named));
    faults.extend(codes::faults(tables, &named));
    let books = reading::books(tables);
    // Sums of amounts that could not be read would say nothing.
    if faults.iter().all(|fault| fault.level != Level::Error) {
        faults.extend(sums::doubts(&books));
    }
    for fault in &mut faults {
        fault.place.set_text(&text_of);
    }
    faults.sort();
    faults.dedup();
    if faults.iter().any(|fault| fault.level == Level::Error) {
        return Err(faults);
    }
    Ok(Loaded { books, warnings: faults })
}
