//! Names of codes: those of the books first, then the catalogues'.

use crate::books::{Books, Scheme};
use crate::{Catalogue, Code};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static FUNCTION: LazyLock<Catalogue> = LazyLock::new(Catalogue::function);
static CLASSES: LazyLock<Catalogue> = LazyLock::new(Catalogue::classes);
static ECONOMIC: LazyLock<Catalogue> = LazyLock::new(Catalogue::economic);

/// Names of codes in the year of the books.
pub struct Names<'b> {
    own: BTreeMap<(Scheme, Code), &'b str>,
    year: i16,
}

impl<'b> Names<'b> {
    /// The names that the books give, and their year.
    pub fn of(books: &'b Books) -> Names<'b> {
        let own = books.names.iter().map(|name| ((name.scheme, name.code), name.name.as_str())).collect();
        Names { own, year: books.department.year }
    }

    /// The name of a code; empty when nobody knows it.
    pub fn name(&self, scheme: Scheme, code: Code) -> String {
        if let Some(own) = self.own.get(&(scheme, code)) {
            return (*own).to_owned();
        }
        let found = match scheme {
            Scheme::Function => self.in_year(&CLASSES, code).or_else(|| self.in_year(&FUNCTION, code)),
            Scheme::Economic => self.in_year(&ECONOMIC, code),
            Scheme::Procurement => procurement_class(code).map(str::to_owned),
        };
        found.unwrap_or_default()
    }

    /// The name of that year, or that of the nearest year that is known.
    fn in_year(&self, catalogue: &Catalogue, code: Code) -> Option<String> {
        let distance = |years: &[i16]| years.iter().map(|year| (year - self.year).abs()).min().unwrap_or(i16::MAX);
        let nearest = catalogue.names(code).iter().min_by_key(|entry| distance(&entry.years))?;
        Some(nearest.name.clone())
    }
}

fn procurement_class(code: Code) -> Option<&'static str> {
    match code.as_str() {
        "A" => Some("货物类"),
        "B" => Some("工程类"),
        "C" => Some("服务类"),
        _ => None,
    }
}
