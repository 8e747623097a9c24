//! Lists to books. What a cell must be has been seen to before; a cell that is wrong reads as nothing.

use crate::amount::parse_amount;
use crate::cells::{read_code, read_number, read_year};
use crate::schema::{self, Field, Words, value_of};
use crate::table::{Row, Table};
use gouji_model::books::{
    Books, BudgetUnit, CodeName, Count, Department, FreeText, Indicator, List, Posting, Project, ProjectStanding,
    Reason,
};
use gouji_model::{Code, Coordinates, Fen, Measure, Stream};

/// The books that the lists hold.
pub(crate) fn books(tables: &[Table]) -> Books {
    let rows = |list: List| tables.iter().filter(move |table| table.schema.list == list).flat_map(|table| &table.rows);
    let department = rows(List::Department).next().map(department).unwrap_or_default();
    let year = department.year;
    let projects: Vec<Project> = rows(List::Projects).map(project).collect();
    let mut postings = Vec::new();
    postings.extend(rows(List::Expenditure).map(|row| expenditure(row, year, &projects)));
    postings.extend(rows(List::CarriedOver).map(|row| carried_over(row, year)));
    postings.extend(rows(List::ThreePublic).map(|row| three_public(row, year)));
    postings.extend(rows(List::Procurement).map(|row| procurement(row, year)));
    Books {
        department,
        units: rows(List::Units).map(unit).collect(),
        projects,
        postings,
        counts: rows(List::Counts).map(count).collect(),
        reasons: rows(List::Reasons).map(reason).collect(),
        indicators: rows(List::Indicators).map(indicator).collect(),
        names: rows(List::Names).filter_map(name).collect(),
        texts: rows(List::Texts).map(text).collect(),
    }
}

impl Row {
    fn owned(&self, field: Field) -> String {
        self.text(field).to_string()
    }

    fn amount(&self, field: Field) -> Fen {
        parse_amount(self.text(field)).unwrap_or_default()
    }

    fn code(&self, field: Field) -> Code {
        read_code(self.text(field)).unwrap_or_default()
    }

    fn word<T: Copy + Default>(&self, field: Field, words: Words<T>) -> T {
        value_of(words, self.text(field)).unwrap_or_default()
    }

    fn posting(&self, at: Coordinates) -> Posting {
        Posting {
            at,
            source: Stream::All,
            amount: self.amount(Field::Now),
            previous: self.amount(Field::Before),
            assumed: self.word(Field::Assumed, schema::ASSUMPTIONS),
            origin: self.origin,
        }
    }
}

/// The item of money that the superior government transfers.
pub(crate) const TRANSFER: &str = "transfer";
/// The item of capital construction.
const CONSTRUCTION: &str = "construction";

fn item(text: &str) -> Code {
    Code::new(text).unwrap_or_default()
}

fn department(row: &Row) -> Department {
    Department {
        name: row.owned(Field::Department),
        short: row.owned(Field::Short),
        year: read_year(row.text(Field::Year)).unwrap_or_default(),
        form: row.owned(Field::Form),
        origin: row.origin,
    }
}

fn unit(row: &Row) -> BudgetUnit {
    BudgetUnit {
        name: row.owned(Field::Unit),
        short: row.owned(Field::Short),
        code: row.owned(Field::UnitCode),
        kind: row.word(Field::UnitKind, schema::UNIT_KINDS),
        origin: row.origin,
    }
}

fn project(row: &Row) -> Project {
    Project {
        unit: row.owned(Field::Unit),
        name: row.owned(Field::Project),
        number: row.owned(Field::ProjectNumber),
        standing: row.word(Field::Standing, schema::STANDINGS),
        goal: row.owned(Field::Goal),
        basis: row.owned(Field::Basis),
        benefit: row.owned(Field::Benefit),
        measure: row.owned(Field::Quantified),
        origin: row.origin,
    }
}

fn expenditure(row: &Row, year: i16, projects: &[Project]) -> Posting {
    let (unit, project) = (row.text(Field::Unit), row.text(Field::Project));
    let is_construction = projects
        .iter()
        .any(|known| known.standing == ProjectStanding::Construction && known.unit == unit && known.name == project);
    let item = match row.word(Field::Transfer, schema::TRANSFERS) {
        true => item(TRANSFER),
        false if is_construction => item(CONSTRUCTION),
        false => Code::ALL,
    };
    let at = Coordinates {
        measure: Measure::Expenditure,
        year,
        stream: Stream::Year,
        book: row.word(Field::Book, schema::BOOKS),
        nature: row.word(Field::Nature, schema::NATURES),
        function: row.code(Field::Function),
        economic: row.code(Field::Economic),
        item,
        unit: unit.to_string(),
        project: project.to_string(),
        ..Coordinates::default()
    };
    Posting { source: row.word(Field::Source, schema::SOURCES), ..row.posting(at) }
}

fn carried_over(row: &Row, year: i16) -> Posting {
    let at = Coordinates {
        measure: Measure::Expenditure,
        year,
        stream: Stream::CarriedOut,
        book: row.word(Field::Book, schema::BOOKS),
        function: row.code(Field::Function),
        unit: row.owned(Field::Unit),
        ..Coordinates::default()
    };
    Posting { source: row.word(Field::Source, schema::SOURCES), ..row.posting(at) }
}

fn three_public(row: &Row, year: i16) -> Posting {
    row.posting(public_expense(row.word(Field::Expense, schema::EXPENSES), year).at)
}

/// One of the three public expenses, without amounts.
pub(crate) fn public_expense(item: &str, year: i16) -> Posting {
    let at = Coordinates {
        measure: Measure::ThreePublic,
        year,
        item: Code::new(item).unwrap_or_default(),
        ..Coordinates::default()
    };
    Posting { at, ..Posting::default() }
}

fn procurement(row: &Row, year: i16) -> Posting {
    row.posting(Coordinates {
        measure: Measure::Procurement,
        year,
        item: row.code(Field::Item),
        unit: row.owned(Field::Unit),
        ..Coordinates::default()
    })
}

fn count(row: &Row) -> Count {
    let (measure, counted) = value_of(schema::COUNTED, row.text(Field::Counted)).unwrap_or_default();
    Count {
        at: Coordinates { measure, item: item(counted), unit: row.owned(Field::Unit), ..Coordinates::default() },
        number: read_number(row.text(Field::Number)).unwrap_or_default(),
        origin: row.origin,
    }
}

fn reason(row: &Row) -> Reason {
    Reason { subject: row.owned(Field::Subject), change: row.amount(Field::Change), origin: row.origin }
}

fn indicator(row: &Row) -> Indicator {
    Indicator {
        unit: row.owned(Field::Unit),
        project: row.owned(Field::Project),
        class: row.owned(Field::Class),
        name: row.owned(Field::Indicator),
        value: row.owned(Field::Value),
        measured_in: row.owned(Field::MeasuredIn),
        source: row.owned(Field::Evidence),
        origin: row.origin,
    }
}

fn name(row: &Row) -> Option<CodeName> {
    let scheme = value_of(schema::SCHEMES, row.text(Field::Scheme))?;
    Some(CodeName { scheme, code: row.code(Field::Code), name: row.owned(Field::Name), origin: row.origin })
}

fn text(row: &Row) -> FreeText {
    FreeText { key: row.owned(Field::Key), text: row.owned(Field::Content), origin: row.origin }
}
