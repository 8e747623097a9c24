//! Names of codes: those of the books first, then the catalogues'.

use gouji_model::books::{Books, Scheme};
use gouji_model::{Book, Catalogue, Code};
use std::collections::BTreeMap;

/// Names of codes in one year.
pub(crate) struct Names<'b> {
    own: BTreeMap<(Scheme, Code), &'b str>,
    function: Catalogue,
    classes: Catalogue,
    economic: Catalogue,
    year: i16,
}

impl<'b> Names<'b> {
    pub(crate) fn new(books: &'b Books) -> Names<'b> {
        Names {
            own: books.names(),
            function: Catalogue::function(),
            classes: Catalogue::classes(),
            economic: Catalogue::economic(),
            year: books.department.year,
        }
    }

    /// The name of a code; empty when nobody knows it.
    pub(crate) fn of(&self, scheme: Scheme, code: Code) -> String {
        if let Some(own) = self.own.get(&(scheme, code)) {
            return (*own).to_owned();
        }
        let found = match scheme {
            Scheme::Function => self.in_year(&self.classes, code).or_else(|| self.in_year(&self.function, code)),
            Scheme::Economic => self.in_year(&self.economic, code),
            Scheme::Procurement => procurement_class(code).map(str::to_owned),
        };
        found.unwrap_or_default()
    }

    /// The name of a class of function codes.
    pub(crate) fn function_class(&self, code: Code) -> Option<String> {
        Some(self.of(Scheme::Function, code)).filter(|name| !name.is_empty())
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

/// The name of a budget or source.
pub(crate) fn book(book: Book) -> &'static str {
    match book {
        Book::All => "全部资金",
        Book::Appropriation => "财政拨款",
        Book::General => "一般公共预算",
        Book::Funds => "政府性基金预算",
        Book::StateCapital => "国有资本经营预算",
        Book::SocialInsurance => "社会保险基金预算",
        Book::SpecialAccount => "财政专户拨款",
        Book::Own => "经营及其他收入",
        Book::Institutional => "事业收入",
        Book::Operating => "经营收入",
        Book::Superior => "上级补助收入",
        Book::Affiliate => "附属单位上缴收入",
        Book::Other => "其他收入",
        Book::Debt => "债务收入",
    }
}
