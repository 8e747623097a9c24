//! Books to lists: the way back of `reading`.

use crate::reading::TRANSFER;
use crate::schema::{self, Field, Schema, word_of, word_where};
use crate::table::{Row, Table};
use gouji_model::books::{Books, List, Posting};
use gouji_model::{Measure, Stream};

/// The lists of the books, in the order of the workbook.
pub(crate) fn tables(books: &Books) -> Vec<Table> {
    schema::SCHEMAS.iter().map(|schema| Table { schema, rows: rows(schema, books) }).collect()
}

fn rows(schema: &'static Schema, books: &Books) -> Vec<Row> {
    let count = match schema.list {
        List::Department => 1,
        List::Units => books.units.len(),
        List::Projects => books.projects.len(),
        List::Counts => books.counts.len(),
        List::Reasons => books.reasons.len(),
        List::Indicators => books.indicators.len(),
        List::Names => books.names.len(),
        List::Texts => books.texts.len(),
        List::Expenditure | List::CarriedOver | List::ThreePublic | List::Procurement => {
            return books
                .postings
                .iter()
                .filter(|posting| list_of(posting) == Some(schema.list))
                .map(|posting| row(schema, |field| posting_cell(posting, field)))
                .collect();
        }
    };
    (0..count).map(|index| row(schema, |field| cell(books, schema.list, index, field))).collect()
}

/// The list that a posting is kept in.
pub(crate) fn list_of(posting: &Posting) -> Option<List> {
    match (posting.at.measure, posting.at.stream) {
        (Measure::Expenditure, Stream::CarriedOut) => Some(List::CarriedOver),
        (Measure::Expenditure, _) => Some(List::Expenditure),
        (Measure::ThreePublic, _) => Some(List::ThreePublic),
        (Measure::Procurement, _) => Some(List::Procurement),
        _ => None,
    }
}

fn row(schema: &'static Schema, cell: impl Fn(Field) -> String) -> Row {
    Row::new(schema, 0, schema.columns.iter().map(|column| cell(column.field)).collect())
}

fn posting_cell(posting: &Posting, field: Field) -> String {
    let at = &posting.at;
    match field {
        Field::Unit => at.unit.clone(),
        Field::Book => word_of(schema::BOOKS, &at.book).into(),
        Field::Source => word_of(schema::SOURCES, &posting.source).into(),
        Field::Function => at.function.to_string(),
        Field::Economic => at.economic.to_string(),
        Field::Nature => word_of(schema::NATURES, &at.nature).into(),
        Field::Project => at.project.clone(),
        Field::Transfer => word_of(schema::TRANSFERS, &(at.item.as_str() == TRANSFER)).into(),
        Field::Assumed => word_of(schema::ASSUMPTIONS, &posting.assumed).into(),
        Field::Now => posting.amount.to_string(),
        Field::Before => posting.previous.to_string(),
        Field::Expense => word_where(schema::EXPENSES, |item| *item == at.item.as_str()).into(),
        Field::Item => at.item.to_string(),
        _ => String::new(),
    }
}

/// The text of a field of the entry of a list that is no list of postings.
fn cell(books: &Books, list: List, index: usize, field: Field) -> String {
    let text = match list {
        List::Department => return department_cell(books, field),
        List::Units => {
            let unit = &books.units[index];
            match field {
                Field::Unit => &unit.name,
                Field::Short => &unit.short,
                Field::UnitCode => &unit.code,
                _ => word_of(schema::UNIT_KINDS, &unit.kind),
            }
        }
        List::Projects => {
            let project = &books.projects[index];
            match field {
                Field::Unit => &project.unit,
                Field::Project => &project.name,
                Field::ProjectNumber => &project.number,
                Field::Goal => &project.goal,
                Field::Basis => &project.basis,
                Field::Benefit => &project.benefit,
                Field::Quantified => &project.measure,
                _ => word_of(schema::STANDINGS, &project.standing),
            }
        }
        List::Indicators => indicator_cell(books, index, field),
        _ => return small_cell(books, list, index, field),
    };
    text.to_string()
}

fn department_cell(books: &Books, field: Field) -> String {
    let department = &books.department;
    match field {
        Field::Department => department.name.clone(),
        Field::Short => department.short.clone(),
        Field::Year => department.year.to_string(),
        _ => department.form.clone(),
    }
}

fn indicator_cell(books: &Books, index: usize, field: Field) -> &str {
    let indicator = &books.indicators[index];
    match field {
        Field::Unit => &indicator.unit,
        Field::Project => &indicator.project,
        Field::Class => &indicator.class,
        Field::Indicator => &indicator.name,
        Field::Value => &indicator.value,
        Field::MeasuredIn => &indicator.measured_in,
        _ => &indicator.source,
    }
}

/// The lists of two or three columns.
fn small_cell(books: &Books, list: List, index: usize, field: Field) -> String {
    match (list, field) {
        (List::Counts, Field::Unit) => books.counts[index].at.unit.clone(),
        (List::Counts, Field::Counted) => {
            let at = &books.counts[index].at;
            word_where(schema::COUNTED, |counted| *counted == (at.measure, at.item.as_str())).into()
        }
        (List::Counts, _) => books.counts[index].number.to_string(),
        (List::Reasons, Field::Subject) => books.reasons[index].subject.clone(),
        (List::Reasons, _) => books.reasons[index].change.to_string(),
        (List::Names, Field::Scheme) => word_of(schema::SCHEMES, &books.names[index].scheme).into(),
        (List::Names, Field::Code) => books.names[index].code.to_string(),
        (List::Names, _) => books.names[index].name.clone(),
        (_, Field::Key) => books.texts[index].key.clone(),
        _ => books.texts[index].text.clone(),
    }
}
