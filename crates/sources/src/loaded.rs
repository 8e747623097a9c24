//! Lists to books or faults: the way that folder and workbook share.

use crate::fault::{Fault, Place};
use crate::table::Table;
use crate::{cells, reading};
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
    faults.extend(cells::faults(tables));
    for fault in &mut faults {
        fault.place.set_text(&text_of);
    }
    faults.sort();
    faults.dedup();
    if faults.iter().any(|fault| fault.level == Level::Error) {
        return Err(faults);
    }
    Ok(Loaded { books: reading::books(tables), warnings: faults })
}
