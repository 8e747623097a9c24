//! Tables whose rows are the codes that occur, each under its parents.

use super::Maker;
use crate::document::{Cell, Row, RowKind};
use crate::form::{Shows, TableForm};
use gouji_model::books::{Posting, Scheme, Which};
use gouji_model::{Code, Coordinates};
use std::collections::BTreeMap;

impl Maker<'_> {
    /// One pass over the postings: each is added to its code, to its parents and to the total.
    pub(super) fn outline(&self, form: &TableForm, scheme: Scheme, levels: &[usize]) -> Vec<Row> {
        let columns: Vec<Option<Coordinates>> =
            form.columns.iter().map(|column| self.column_at(form, column.shows)).collect();
        let mut sums: BTreeMap<Code, Vec<i128>> = BTreeMap::from([(Code::ALL, vec![0; columns.len()])]);
        for posting in &self.books.postings {
            for (index, at) in columns.iter().enumerate() {
                let Some(at) = at.as_ref().filter(|at| posting.counts_towards(at)) else { continue };
                let fen = i128::from(posting.of(self.books.which(at.year)).fen());
                if fen == 0 {
                    continue;
                }
                for code in parents(code_of(posting, scheme), levels) {
                    sums.entry(code).or_insert_with(|| vec![0; columns.len()])[index] += fen;
                }
            }
        }
        let codes: Vec<Code> = sums.keys().copied().collect();
        let has_parts = |code: &Code| codes.iter().any(|other| other != code && other.within(code));
        sums.iter()
            .filter(|(code, _)| !code.is_all() || !form.total.is_empty())
            .map(|(code, amounts)| {
                let kind = match levels.iter().position(|level| *level == code.len()) {
                    _ if code.is_all() => RowKind::Total,
                    Some(depth) if has_parts(code) => RowKind::Group(depth as u8 + 1),
                    _ => RowKind::Leaf,
                };
                let cells = form.columns.iter().enumerate().map(|(index, column)| match column.shows {
                    Shows::Code if code.is_all() => Cell::Blank,
                    Shows::Code => Cell::Text(code.to_string()),
                    Shows::CodePart(part) => code_part(*code, part),
                    Shows::Name if code.is_all() => Cell::Text(form.total.clone()),
                    Shows::Name => Cell::Text(self.names.name(scheme, *code)),
                    Shows::Amount(_) | Shows::Before(_) => {
                        let at = columns[index].clone().unwrap_or_default();
                        self.cell(form, with_code(at, scheme, *code), amounts[index])
                    }
                    _ => Cell::Blank,
                });
                Row { kind, cells: cells.collect() }
            })
            .collect()
    }

    fn column_at(&self, form: &TableForm, shows: Shows) -> Option<Coordinates> {
        match shows {
            Shows::Amount(facets) => Some(self.at(&form.set, &[&facets], false)),
            Shows::Before(facets) => Some(self.at(&form.set, &[&facets], true)),
            _ => None,
        }
    }
}

/// A row of a code narrows what its column says: 30101 under 工资福利支出 is 30101.
pub(crate) fn with_code(mut at: Coordinates, scheme: Scheme, code: Code) -> Coordinates {
    let slot = match scheme {
        Scheme::Function => &mut at.function,
        Scheme::Economic => &mut at.economic,
        Scheme::Procurement => &mut at.item,
    };
    if code.within(slot) {
        *slot = code;
    }
    at
}

/// 类, 款, 项: the first three digits, then two by two.
fn code_part(code: Code, part: usize) -> Cell {
    let start = if part == 0 { 0 } else { 1 + 2 * part };
    code.as_str().get(start..3 + 2 * part).map_or(Cell::Blank, |digits| Cell::Text(digits.to_owned()))
}

fn code_of(posting: &Posting, scheme: Scheme) -> Code {
    match scheme {
        Scheme::Function => posting.at.function,
        Scheme::Economic => posting.at.economic,
        Scheme::Procurement => posting.at.item,
    }
}

/// The total, the parents and the code itself, each once.
fn parents(code: Code, levels: &[usize]) -> Vec<Code> {
    let mut out = vec![Code::ALL];
    out.extend(levels.iter().filter(|level| **level < code.len()).map(|level| code.prefix(*level)));
    if !code.is_all() {
        out.push(code);
    }
    out
}

/// Classes of a classification with an amount within `at`, in the order of their codes.
pub(crate) fn classes(postings: &[Posting], scheme: Scheme, at: &Coordinates, which: Which) -> Vec<(Code, i128)> {
    let mut sums: BTreeMap<Code, i128> = BTreeMap::new();
    for posting in postings.iter().filter(|posting| posting.counts_towards(at)) {
        let fen = i128::from(posting.of(which).fen());
        if fen != 0 {
            *sums.entry(code_of(posting, scheme).prefix(3)).or_default() += fen;
        }
    }
    sums.into_iter().collect()
}
