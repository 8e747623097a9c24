//! Tables to facts: what kind of table, what each column and row stands for, and the
//! coordinates of every amount.

mod caption;
mod columns;
mod head;
mod rows;

pub(crate) use caption::{Captions, split_number};

use crate::forms::Forms;
use crate::statement::{ColumnRole, ColumnView, RowView, Statement, TableKind, TableView, Unbound, UnboundReason};
use caption::Caption;
use gouji_model::{Book, Cell, Coordinates, Fact, Measure, Printed, PrintedError, Span, Stream, Unit, parse_number};
use gouji_read::{Document, Merge, Table};

/// Adds a table to the statement.
pub(crate) fn understand_table(
    statement: &mut Statement,
    document: &Document,
    forms: &Forms,
    table: &Table,
    caption: Caption,
) {
    let grid = Grid::new(document, table);
    let head = head::find_head(&grid, &table.merges);
    let grid = grid.with_merges(&table.merges, head.rows);
    let titled = caption.title.as_ref().and_then(|(title, _)| forms.lexicon.table(title));
    let (kind, columns) = columns::understand_columns(&forms.lexicon, &grid, &head, titled, statement.subject.year);
    let rows = rows::understand_rows(&grid, head.rows, &columns);
    let first = table.rows.first().map(gouji_read::Row::span).unwrap_or_default();
    let view = TableView {
        kind,
        number: caption.number,
        title: caption.title,
        entity: caption.entity,
        unit: caption.unit,
        span: table.rows.last().map_or(first, |row| first.to(row.span())),
        columns,
        rows,
    };
    let number = statement.tables.len() as u16;
    let mut binder = Binder { statement, forms, number, table: &view, unit: view.unit.map(|(unit, _)| unit) };
    binder.bind_all();
    statement.tables.push(view);
}

/// The cells of a table with their text in common form.
pub(crate) struct Grid {
    pub rows: Vec<Vec<(String, Span)>>,
    pub width: usize,
}

impl Grid {
    fn new(document: &Document, table: &Table) -> Grid {
        let cell = |span: &Span| (crate::words::compact(document.slice(*span)), *span);
        let rows: Vec<Vec<_>> = table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        Grid { rows, width }
    }

    /// The words of a cell that reaches over others stand in each of them; numbers do not.
    fn with_merges(mut self, merges: &[Merge], head: usize) -> Grid {
        for merge in merges.iter().filter(|merge| merge.row as usize >= head) {
            let (first, left) = (merge.row as usize, merge.column as usize);
            let Some(cell) = self.rows.get(first).and_then(|row| row.get(left)).cloned() else { continue };
            if cell.0.is_empty() || is_number(&cell.0) {
                continue;
            }
            for row in self.rows.iter_mut().take(first + merge.rows as usize).skip(first) {
                let covered = row.iter_mut().take(left + merge.columns as usize).skip(left);
                covered.filter(|place| place.0.is_empty()).for_each(|place| *place = cell.clone());
            }
        }
        self
    }

    pub(crate) fn text(&self, row: usize, column: usize) -> &str {
        self.rows[row].get(column).map_or("", |(text, _)| text)
    }
}

/// True when a cell holds a number.
pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && matches!(parse_number(text), Ok(_) | Err(PrintedError::TooLong))
}

/// Digits and the marks of numbers that are no single number: two in one cell, a mark too many.
fn is_unreadable(text: &str) -> bool {
    let of_number = |c: char| c.is_ascii_digit() || ".,-\u{2028}\u{fffd}()".contains(c);
    !is_number(text) && text.bytes().any(|byte| byte.is_ascii_digit()) && text.chars().all(of_number)
}

/// Binds the amounts of one table.
struct Binder<'a> {
    statement: &'a mut Statement,
    forms: &'a Forms,
    number: u16,
    table: &'a TableView,
    unit: Option<Unit>,
}

impl Binder<'_> {
    fn bind_all(&mut self) {
        let mut labels = rows::Labels::default();
        for row in &self.table.rows {
            let bases = labels.read(&self.forms.lexicon, self.table, row);
            let all_zero = self.amounts(row).all(|(_, figure)| figure.is_zero());
            for (at, column) in self.table.columns.iter().enumerate() {
                if column.role == ColumnRole::Amount && row.columns.contains(&at) {
                    self.bind(row, at, column, &bases, all_zero);
                }
            }
        }
    }

    /// The figures of a row's amount columns.
    fn amounts<'r>(&self, row: &'r RowView) -> impl Iterator<Item = (usize, Printed)> + use<'r, '_> {
        let columns = &self.table.columns;
        let unit = self.unit.unwrap_or(Unit::TenThousand);
        row.cells.iter().enumerate().filter_map(move |(at, (text, _))| {
            let is_amount = columns.get(at).is_some_and(|column| column.role == ColumnRole::Amount);
            let figure = Printed::parse(text, unit).ok()?;
            is_amount.then_some((at, figure))
        })
    }

    fn bind(&mut self, row: &RowView, at: usize, column: &ColumnView, bases: &rows::Bases, all_zero: bool) {
        let Some((text, span)) = row.cells.get(at) else { return };
        if !is_number(text) && !is_unreadable(text) {
            return;
        }
        self.statement.amounts_seen += 1;
        let cell = Cell { table: self.number, row: row.row, column: at as u16 };
        match self.place(row, column, text, bases) {
            Ok((place, figure, partial)) => {
                let listed = all_zero && (row.code.is_some() || row.project.is_some());
                self.statement.facts.push(Fact { at: place, figure, cell, span: *span, listed, partial });
            }
            Err(Refusal::Disjoint(place, figure)) => {
                let place = *place;
                self.statement.disjoint.push(Fact {
                    at: place,
                    figure,
                    cell,
                    span: *span,
                    listed: false,
                    partial: false,
                });
            }
            Err(Refusal::Unbound(reason)) => {
                self.statement.unbound.push(Unbound { span: *span, text: text.clone(), reason, cell: Some(cell) });
            }
        }
    }

    /// Where a figure belongs, or why that is not known.
    fn place(
        &self,
        row: &RowView,
        column: &ColumnView,
        text: &str,
        bases: &rows::Bases,
    ) -> Result<(Coordinates, Printed, bool), Refusal> {
        let unit = self.unit.ok_or(Refusal::Unbound(UnboundReason::NoUnit))?;
        let figure = Printed::parse(text, unit).map_err(|_| Refusal::Unbound(UnboundReason::Unreadable))?;
        if self.table.kind == TableKind::Other {
            return Err(Refusal::Unbound(UnboundReason::UnknownTable));
        }
        let head = column.facets.as_ref().ok_or(Refusal::Unbound(UnboundReason::UnknownColumn))?;
        let row = bases.of(column.labels).map_err(|reason| Refusal::Unbound(self.nameless(row, reason)))?;
        let subject = &self.statement.subject;
        let measure = row.facets.measure.or(head.measure).unwrap_or_default();
        let frame = Coordinates {
            measure,
            phase: row.facets.phase.or(head.phase).unwrap_or(subject.phase),
            year: row.facets.year.or(head.year).or(subject.year).unwrap_or(0),
            ..Coordinates::default()
        };
        let framed = |facets: &gouji_model::Facets| {
            let free = gouji_model::Facets { measure: None, phase: None, year: None, ..*facets };
            frame.clone().with(&free)
        };
        let by_row = Coordinates { unit: row.unit, project: row.project, ..framed(&row.facets) };
        let Some(mut place) = framed(head).meet(&by_row) else {
            return Err(Refusal::Disjoint(Box::new(framed(head)), figure));
        };
        if row.facets.stream.or(head.stream).is_none() {
            place.stream = usual_stream(measure, row.facets.book);
        }
        Ok((place.narrowed(), figure, row.partial || column.partial))
    }
}

impl Binder<'_> {
    /// A row is without a label only when no cell of it holds words.
    fn nameless(&self, row: &RowView, reason: UnboundReason) -> UnboundReason {
        let words = self.table.columns.iter().zip(&row.cells).enumerate().any(|(at, (column, (text, _)))| {
            let other_side = column.role == ColumnRole::Label;
            row.columns.contains(&at) && column.role != ColumnRole::Amount && !other_side && !text.is_empty()
        });
        if reason == UnboundReason::Unlabelled && words { UnboundReason::UnknownRow } else { reason }
    }
}

/// Where money stands in the year when nothing is said: expenditure is this year's, and so
/// is revenue of a named source.
fn usual_stream(measure: Measure, row_book: Option<Book>) -> Stream {
    match measure {
        Measure::Expenditure => Stream::Year,
        Measure::Revenue if row_book.is_some() => Stream::Year,
        _ => Stream::All,
    }
}

/// Why a figure got no coordinates.
enum Refusal {
    /// Row and column have nothing in common: the cell must be empty or zero.
    Disjoint(Box<Coordinates>, Printed),
    /// Not known.
    Unbound(UnboundReason),
}
