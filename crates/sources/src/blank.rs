//! Books ready to be filled in.

use crate::reading;
use crate::schema;
use gouji_model::books::{Books, Department, FreeText};

/// The texts that forms print.
const KEYS: [&str; 7] =
    ["duties", "goals", "other-notes", "overseas-reason", "reception-reason", "vehicles-reason", "operating-uses"];

/// Books of a year in a form, empty but for the lines that every department has.
pub fn blank(form: &str, year: i16) -> Books {
    Books {
        department: Department { form: form.to_string(), year, ..Department::default() },
        postings: schema::EXPENSES.iter().map(|(_, item)| reading::public_expense(item, year)).collect(),
        texts: KEYS.iter().map(|key| FreeText { key: key.to_string(), ..FreeText::default() }).collect(),
        ..Books::default()
    }
}
