//! The books to tables: the form asks the books for the coordinates of each cell.

mod lists;
mod outline;

pub(crate) use outline::{classes, with_code};

use crate::document::{Cell, ColumnKind, HeadCell, Row, RowKind, Table};
use crate::figures::money;
use crate::form::{Column, Form, Line, Rows, Shows, TableForm};
use crate::narrative::Speaker;
use crate::rounding::{Figure, Figures};
use gouji_model::books::{Books, Scheme};
use gouji_model::{Coordinates, Facets, Names, Phase};

/// All that a table is made of.
pub(crate) struct Maker<'b> {
    pub books: &'b Books,
    pub form: &'b Form,
    pub names: &'b Names<'b>,
    pub figures: &'b Figures,
}

impl Maker<'_> {
    /// Every table of the form.
    pub(crate) fn tables(&self) -> Vec<Table> {
        self.form.tables.iter().map(|table| self.table(table)).collect()
    }

    fn table(&self, form: &TableForm) -> Table {
        let rows = match &form.rows {
            Rows::Outline(scheme, levels) => self.outline(form, *scheme, levels),
            Rows::Lines(lines) => lines.iter().map(|line| self.line_row(form, line)).collect(),
            Rows::Balance { lists, foot } => self.balance(form, lists, foot),
            Rows::Projects => self.projects(form),
            Rows::KeyProjects => self.key_projects(form),
            Rows::Construction => self.construction(form),
        };
        let (head, head_rows) = self.head(&form.columns);
        Table {
            number: form.number.clone(),
            title: form.title.clone(),
            kind: form.kind.clone(),
            entity: format!("部门：{}", self.books.department.name),
            unit: format!("单位：{}", form.unit.word()),
            columns: form.columns.iter().map(|column| kind_of(column.shows)).collect(),
            head,
            head_rows,
            rows,
            note: None,
            landscape: form.landscape,
        }
    }

    /// Paths of words to cells: neighbours with the same words above become one, a short path
    /// reaches down to the last row.
    fn head(&self, columns: &[Column]) -> (Vec<HeadCell>, usize) {
        let speaker = Speaker::new(self.books, self.form, self.names);
        let paths: Vec<Vec<String>> =
            columns.iter().map(|column| column.head.iter().map(|part| speaker.say(part)).collect()).collect();
        let depth = paths.iter().map(Vec::len).max().unwrap_or(0);
        let mut cells = Vec::new();
        for row in 0..depth {
            let mut column = 0;
            while column < paths.len() {
                let Some(text) = paths[column].get(row) else {
                    column += 1;
                    continue;
                };
                let is_last = row + 1 == paths[column].len();
                let alike = |other: &Vec<String>| other.len() > row + 1 && other[..=row] == paths[column][..=row];
                let more =
                    if is_last { 0 } else { paths[column + 1..].iter().take_while(|other| alike(other)).count() };
                let rows = if is_last { depth - row } else { 1 };
                cells.push(HeadCell { text: text.clone(), row, column, rows, columns: 1 + more });
                column += 1 + more;
            }
        }
        (cells, depth)
    }

    /// The coordinates of an amount of this form.
    pub(crate) fn at(&self, set: &Facets, more: &[&Facets], before: bool) -> Coordinates {
        let year = self.books.department.year - i16::from(before);
        let mut at = Coordinates { year, phase: Phase::Budget, ..Coordinates::default() };
        set.apply(&mut at);
        more.iter().for_each(|facets| facets.apply(&mut at));
        at
    }

    /// An amount of the books, as a cell.
    pub(crate) fn amount(&self, form: &TableForm, at: Coordinates) -> Cell {
        let total = self.books.total(&at);
        self.cell(form, at, total)
    }

    pub(crate) fn cell(&self, form: &TableForm, at: Coordinates, fen: i128) -> Cell {
        self.sum_cell(form, at, Vec::new(), fen)
    }

    /// The sum of `parts`, which are not all that lies within `at`.
    pub(crate) fn sum_cell(&self, form: &TableForm, at: Coordinates, parts: Vec<Coordinates>, fen: i128) -> Cell {
        let figure = Figure { at: at.clone(), parts, fen, unit: form.unit, decimals: form.decimals };
        Cell::Amount { printed: money(self.figures.fen(figure), form.unit, form.decimals), at }
    }

    fn line_row(&self, form: &TableForm, line: &Line) -> Row {
        let cells = form.columns.iter().map(|column| match column.shows {
            Shows::Amount(facets) | Shows::Before(facets) => {
                let before = line.before || matches!(column.shows, Shows::Before(_));
                self.amount(form, self.at(&form.set, &[&line.amount, &facets], before))
            }
            Shows::Name => Cell::Text(self.label(line, 0)),
            Shows::Group => Cell::Text(Speaker::new(self.books, self.form, self.names).say(&line.group)),
            _ => Cell::Blank,
        });
        let kind = if line.is_total { RowKind::Total } else { RowKind::Leaf };
        Row { kind, cells: cells.collect() }
    }

    /// The label of a line; `ordinal` counts the lines that are numbered, from 1.
    pub(crate) fn label(&self, line: &Line, ordinal: usize) -> String {
        let speaker = Speaker::new(self.books, self.form, self.names);
        let name = line.amount.function.map(|code| self.names.name(Scheme::Function, code)).unwrap_or_default();
        speaker.of(&name, ordinal).say(&line.label)
    }
}

fn kind_of(shows: Shows) -> ColumnKind {
    match shows {
        Shows::Code | Shows::CodePart(_) | Shows::Number | Shows::UnitCode => ColumnKind::Code,
        Shows::Name | Shows::Group | Shows::Project | Shows::UnitName | Shows::Source => ColumnKind::Name,
        Shows::Goal | Shows::Basis | Shows::Benefit | Shows::Measure => ColumnKind::Text,
        Shows::Amount(_) | Shows::Before(_) => ColumnKind::Amount,
    }
}
