//! Tables of two halves, and tables of projects.

use super::Maker;
use crate::document::{Cell, Row, RowKind};
use crate::form::{Column, Line, Shows, TableForm};
use gouji_model::books::{Project, ProjectStanding};
use gouji_model::{Code, Coordinates, Facets, Measure, Nature};
use std::collections::BTreeMap;

impl Maker<'_> {
    pub(super) fn balance(&self, form: &TableForm, lists: &[Vec<Line>], foot: &[Vec<Option<Line>>]) -> Vec<Row> {
        let places = halves(&form.columns);
        let mut ordinals = vec![0; lists.len()];
        let height = lists.iter().map(Vec::len).max().unwrap_or(0);
        let body = (0..height).map(|row| lists.iter().map(|list| list.get(row)).collect());
        let foot = foot.iter().map(|row| row.iter().map(Option::as_ref).collect());
        let rows: Vec<Vec<Option<&Line>>> = body.chain(foot).collect();
        rows.into_iter()
            .map(|lines| {
                let cells = places.iter().zip(&lines).zip(&mut ordinals);
                let cells = cells.flat_map(|((columns, line), ordinal)| self.half(form, columns, *line, ordinal));
                let is_total = lines.iter().flatten().any(|line| line.is_total);
                Row { kind: if is_total { RowKind::Total } else { RowKind::Leaf }, cells: cells.collect() }
            })
            .collect()
    }

    fn half(&self, form: &TableForm, columns: &[Column], line: Option<&Line>, ordinal: &mut usize) -> Vec<Cell> {
        let Some(line) = line else { return vec![Cell::Blank; columns.len()] };
        *ordinal += usize::from(line.amount.function.is_some());
        let cells = columns.iter().map(|column| match column.shows {
            Shows::Name => Cell::Text(self.label(line, *ordinal)),
            Shows::Amount(facets) | Shows::Before(facets) => {
                let before = line.before || matches!(column.shows, Shows::Before(_));
                self.amount(form, self.at(&form.set, &[&line.amount, &facets], before))
            }
            _ => Cell::Blank,
        });
        cells.collect()
    }

    pub(super) fn projects(&self, form: &TableForm) -> Vec<Row> {
        let mut rows = Vec::new();
        for unit in &self.books.units {
            let of_unit = |project: &&Project| project.unit == unit.name && is_managed(project);
            let projects: Vec<&Project> = self.books.projects.iter().filter(of_unit).collect();
            let lines: Vec<Row> = projects.iter().flat_map(|project| self.project_rows(form, project)).collect();
            if lines.is_empty() {
                continue;
            }
            let parts: Vec<Coordinates> = projects.iter().map(|project| self.project_at(form, project)).collect();
            rows.push(self.unit_row(form, &unit.name, &parts));
            rows.extend(lines);
        }
        if rows.is_empty() { vec![none(form)] } else { rows }
    }

    fn unit_row(&self, form: &TableForm, unit: &str, parts: &[Coordinates]) -> Row {
        let sum: i128 = parts.iter().map(|at| self.books.total(at)).sum();
        let cells = form.columns.iter().enumerate().map(|(index, column)| match column.shows {
            Shows::Amount(facets) => {
                let mut at = self.at(&form.set, &[&facets], false);
                at.unit = unit.to_owned();
                self.sum_cell(form, at, parts.to_vec(), sum)
            }
            _ if index == 0 => Cell::Text(unit.to_owned()),
            _ => Cell::Blank,
        });
        Row { kind: RowKind::Group(1), cells: cells.collect() }
    }

    /// One row for each function code that the project is paid from.
    fn project_rows(&self, form: &TableForm, project: &Project) -> Vec<Row> {
        let whole = self.project_at(form, project);
        let mut codes: BTreeMap<Code, i128> = BTreeMap::new();
        for posting in self.books.postings.iter().filter(|posting| posting.counts_towards(&whole)) {
            *codes.entry(posting.at.function).or_default() += i128::from(posting.amount.fen());
        }
        codes.retain(|_, fen| *fen != 0);
        let rows = codes.into_iter().map(|(code, fen)| {
            let at = Coordinates { function: code, ..whole.clone() };
            self.project_row(form, project, at, fen)
        });
        rows.collect()
    }

    fn project_row(&self, form: &TableForm, project: &Project, at: Coordinates, fen: i128) -> Row {
        let cells = form.columns.iter().map(|column| match column.shows {
            Shows::Code => Cell::Text(at.function.to_string()),
            Shows::Name => Cell::Text(self.names.name(gouji_model::books::Scheme::Function, at.function)),
            Shows::Amount(_) => self.cell(form, at.clone(), fen),
            Shows::Project => text(&project.name),
            Shows::Goal => text(&project.goal),
            Shows::Basis => text(&project.basis),
            Shows::Benefit => text(&project.benefit),
            Shows::Measure => text(&project.measure),
            Shows::Number => text(&project.number),
            Shows::UnitName => text(&project.unit),
            Shows::UnitCode => {
                let unit = self.books.units.iter().find(|unit| unit.name == project.unit);
                text(unit.map_or("", |unit| unit.code.as_str()))
            }
            Shows::Source => text(&self.sources(&at)),
            Shows::Before(_) | Shows::CodePart(_) | Shows::Group => Cell::Blank,
        });
        Row { kind: RowKind::Leaf, cells: cells.collect() }
    }

    /// The budgets that a project is paid from.
    fn sources(&self, at: &Coordinates) -> String {
        let mut names: Vec<&str> = Vec::new();
        for posting in self.books.postings.iter().filter(|posting| posting.counts_towards(at)) {
            let name = posting.at.book.name();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join("、")
    }

    pub(super) fn key_projects(&self, form: &TableForm) -> Vec<Row> {
        let key = self.books.projects.iter().filter(|project| project.standing == ProjectStanding::Key);
        let key = key.filter(|project| self.books.is_funded(project));
        let rows: Vec<Row> = key
            .map(|project| {
                let at = self.project_at(form, project);
                let fen = self.books.total(&at);
                self.project_row(form, project, at, fen)
            })
            .collect();
        if rows.is_empty() { vec![none(form)] } else { rows }
    }

    pub(super) fn construction(&self, form: &TableForm) -> Vec<Row> {
        let mut rows = Vec::new();
        let construction =
            |project: &&Project| project.standing == ProjectStanding::Construction && self.books.is_funded(project);
        for project in self.books.projects.iter().filter(construction) {
            let at = self.project_at(form, project);
            let fen = self.books.total(&at);
            rows.push(self.project_row(form, project, at, fen));
        }
        if rows.is_empty() { vec![self.nought(form)] } else { rows }
    }

    fn project_at(&self, form: &TableForm, project: &Project) -> Coordinates {
        let frame = Facets { measure: Some(Measure::Expenditure), nature: Some(Nature::Project), ..Facets::default() };
        let mut at = self.at(&frame, &[&form.set], false);
        at.unit = project.unit.clone();
        at.project = project.name.clone();
        at
    }

    /// The row of a table that has nothing to show.
    fn nought(&self, form: &TableForm) -> Row {
        let mut is_named = false;
        let cells = form.columns.iter().map(|column| match column.shows {
            Shows::Amount(facets) => self.cell(form, self.at(&form.set, &[&facets], false), 0),
            _ if !is_named => {
                is_named = true;
                Cell::Text("合计".to_owned())
            }
            _ => Cell::Blank,
        });
        Row { kind: RowKind::Total, cells: cells.collect() }
    }
}

/// The columns of each list of a balance: a column of names begins it.
fn halves(columns: &[Column]) -> Vec<&[Column]> {
    columns.chunk_by(|_, next| next.shows != Shows::Name).collect()
}

/// The row of a list that nothing stands in: an amount of nought would be that of all projects.
fn none(form: &TableForm) -> Row {
    let cells = form.columns.iter().enumerate().map(|(index, _)| if index == 0 { text("无") } else { Cell::Blank });
    Row { kind: RowKind::Leaf, cells: cells.collect() }
}

fn is_managed(project: &Project) -> bool {
    project.standing != ProjectStanding::Plain
}

fn text(words: &str) -> Cell {
    if words.is_empty() { Cell::Blank } else { Cell::Text(words.to_owned()) }
}
