//! Codes: their shapes, and that each has a name.

use crate::amount::parse_amount;
use crate::cells::is_assumed;
use crate::fault::Fault;
use crate::links::{Named, code_of, rows};
use crate::schema::{self, Field, Kind, value_of, word_of};
use crate::table::{Row, Table};
use gouji_model::books::{List, Scheme};
use gouji_model::{Catalogue, Code, Entry};
use std::collections::BTreeSet;

/// Every code of a wrong shape or without a name, and names that differ from those of the year.
pub(crate) fn faults(tables: &[Table], named: &Named<'_>) -> Vec<Fault> {
    let catalogues = Catalogues::load();
    let mut faults = Vec::new();
    let mut known: BTreeSet<(Scheme, Code)> = BTreeSet::new();
    for row in rows(tables, List::Names) {
        let scheme = value_of(schema::SCHEMES, row.text(Field::Scheme));
        let (Some(scheme), Some(code)) = (scheme, code_of(row, Field::Code)) else { continue };
        known.insert((scheme, code));
        faults.extend(misshapen(row, Field::Code, scheme, code));
        faults.extend(named.year.and_then(|year| other_name(row, catalogues.names(scheme, code), code, year)));
    }
    for table in tables {
        for (column, scheme) in table.schema.columns.iter().filter_map(|column| match column.kind {
            Kind::Code(scheme) => Some((column, scheme)),
            _ => None,
        }) {
            for row in &table.rows {
                let Some(code) = code_of(row, column.field) else { continue };
                if let Some(fault) = misshapen(row, column.field, scheme, code) {
                    faults.push(fault);
                    continue;
                }
                faults.extend(too_short(row, column.field, scheme, code));
                for code in lineage(scheme, code) {
                    // One row is enough to tell of a name that is missing.
                    if catalogues.names(scheme, code).is_empty() && known.insert((scheme, code)) {
                        faults.push(nameless(row, column.field, scheme, code));
                    }
                }
            }
        }
    }
    faults
}

struct Catalogues {
    classes: Catalogue,
    function: Catalogue,
    economic: Catalogue,
}

impl Catalogues {
    fn load() -> Catalogues {
        Catalogues { classes: Catalogue::classes(), function: Catalogue::function(), economic: Catalogue::economic() }
    }

    /// The names that the repository knows; none of procurement.
    fn names(&self, scheme: Scheme, code: Code) -> &[Entry] {
        match scheme {
            // The list of classes is dated by the years in which a name was in force.
            Scheme::Function if code.len() == 3 => self.classes.names(code),
            Scheme::Function => self.function.names(code),
            Scheme::Economic => self.economic.names(code),
            Scheme::Procurement => &[],
        }
    }
}

/// The code with those above it, which are printed as well, largest first.
fn lineage(scheme: Scheme, code: Code) -> Vec<Code> {
    let lengths: &[usize] = if scheme == Scheme::Procurement { &[] } else { &[3, 5] };
    let above = lengths.iter().filter(|length| **length < code.len()).map(|length| code.prefix(*length));
    above.chain([code]).collect()
}

fn misshapen(row: &Row, field: Field, scheme: Scheme, code: Code) -> Option<Fault> {
    let text = code.as_str();
    let is_number = text.bytes().all(|sign| sign.is_ascii_digit());
    let (is_right, zh, en) = match scheme {
        Scheme::Function => (
            is_number && [3, 5, 7].contains(&code.len()),
            "功能科目编码应为 3、5 或 7 位数字，如 2130301",
            "function codes have 3, 5 or 7 digits, like 2130301",
        ),
        Scheme::Economic => (
            is_number && [3, 5].contains(&code.len()),
            "经济科目编码应为 3 或 5 位数字，如 30201",
            "economic codes have 3 or 5 digits, like 30201",
        ),
        Scheme::Procurement => (
            text.starts_with(|sign: char| sign.is_ascii_uppercase())
                && text.bytes().skip(1).all(|sign| sign.is_ascii_digit()),
            "品目编码应为大写字母加数字，如 A020101",
            "procurement codes are a capital letter and digits, like A020101",
        ),
    };
    (!is_right).then(|| Fault::error(row.origin, Some(field), format!("“{text}”：{zh}"), format!("{text}: {en}")))
}

/// This year's expenditure is budgeted by the smallest codes; last year's may be known by larger ones only.
fn too_short(row: &Row, field: Field, scheme: Scheme, code: Code) -> Option<Fault> {
    let is_spent = parse_amount(row.text(Field::Now)).is_ok_and(|amount| amount.fen() != 0);
    (scheme == Scheme::Function && code.len() < 7 && is_spent && !is_assumed(row)).then(|| {
        Fault::error(
            row.origin,
            Some(field),
            format!("“{code}”只到类或款；本年预算要填到项，即 7 位数字"),
            format!("{code} is a class or section; this year's budget wants an item of 7 digits"),
        )
    })
}

fn nameless(row: &Row, field: Field, scheme: Scheme, code: Code) -> Fault {
    let word = word_of(schema::SCHEMES, &scheme);
    Fault::error(
        row.origin,
        Some(field),
        format!("编码 {code} 没有名称；请在科目名称表加一行：{word}、{code} 和名称"),
        format!("the code {code} has no name; add a row to the names of codes: {word}, {code} and its name"),
    )
}

/// A name that differs from all that the catalogue has for the year; for any year where it has none.
fn other_name(row: &Row, entries: &[Entry], code: Code, year: i16) -> Option<Fault> {
    let of_year: Vec<&str> =
        entries.iter().filter(|entry| entry.years.contains(&year)).map(|entry| entry.name.as_str()).collect();
    let any: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    let expected = if of_year.is_empty() { any } else { of_year };
    let name = row.text(Field::Name);
    if name.is_empty() || expected.is_empty() || expected.contains(&name) {
        return None;
    }
    let expected = expected.join("、");
    Some(Fault::warning(
        row.origin,
        Some(Field::Name),
        format!("科目 {code} 的名称“{name}”与已知名称“{expected}”不同；请核对当年科目"),
        format!("{code} is named {name}, but known as {expected}; see the classification of the year"),
    ))
}
