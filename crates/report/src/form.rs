//! What a form prints: its tables and the phrases of its narrative, read from `forms/`.

use crate::rounding::Rounding;
use crate::template::{Template, TemplateFault};
use gouji_model::books::{Books, Posting, Scheme};
use gouji_model::{Coordinates, FORM_FILES, Facets, Measure, Unit};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A form, as far as it is printed.
#[derive(Clone, Debug)]
pub struct Form {
    /// `shenzhen-2019`.
    pub id: String,
    /// Its name: `深圳市部门预算报告`.
    pub name: String,
    /// The title of the report.
    pub title: Template,
    /// Budget years it is for, first and last.
    pub years: (i16, i16),
    /// The unit of every amount in sentences.
    pub unit: Unit,
    /// How many decimals an amount has in sentences, where no table of the same unit says otherwise.
    pub decimals: u8,
    /// How its amounts are rounded.
    pub rounding: Rounding,
    /// Printed under the first table when a printed sum differs from its parts; empty for nothing.
    pub rounding_note: Template,
    /// Where the money may come from (`book`, `stream`): the form has no column for any other source.
    pub sources: Vec<Facets>,
    /// Constants that its phrases name, such as the price above which equipment is large.
    pub words: BTreeMap<String, String>,
    /// Its tables, in order.
    pub tables: Vec<TableForm>,
    /// The parts of its narrative.
    pub parts: Vec<Part>,
}

/// A table of a form.
#[derive(Clone, Debug)]
pub struct TableForm {
    /// The word of its kind.
    pub kind: String,
    /// `表一`; may be empty.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What all its amounts share.
    pub set: Facets,
    /// What its rows are.
    pub rows: Rows,
    /// Its columns from left to right.
    pub columns: Vec<Column>,
    /// The unit of its amounts.
    pub unit: Unit,
    /// How many decimals its amounts have.
    pub decimals: u8,
    /// The label of the row of totals; empty for none.
    pub total: String,
    /// On a page that lies on its side.
    pub landscape: bool,
}

/// What the rows of a table are.
#[derive(Clone, Debug)]
pub enum Rows {
    /// The codes that occur, under their parents; the lengths of the parents' codes.
    Outline(Scheme, Vec<usize>),
    /// Given lines.
    Lines(Vec<Line>),
    /// Lists side by side, each with a column of names of its own, and rows at the foot.
    Balance {
        /// The lines of each list, from left to right.
        lists: Vec<Vec<Line>>,
        /// Rows of the foot, with at most one line for each list.
        foot: Vec<Vec<Option<Line>>>,
    },
    /// Units, each with its managed projects.
    Projects,
    /// Key projects.
    KeyProjects,
    /// Projects of capital construction.
    Construction,
}

/// A given line.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its label.
    pub label: Template,
    /// What the lines beside it have in common; empty for nothing.
    pub group: Template,
    /// What it is the amount of.
    pub amount: Facets,
    /// It shows last year.
    pub before: bool,
    /// It is a total of the table.
    pub is_total: bool,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// The words of its head from the top row down.
    pub head: Vec<Template>,
    /// What it shows.
    pub shows: Shows,
}

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The code of the row.
    Code,
    /// One of the parts 类, 款, 项 that the code of the row is divided into, from 0.
    CodePart(usize),
    /// What the lines beside the line have in common.
    Group,
    /// The name of the code, or the label of the line.
    Name,
    /// An amount of this year.
    Amount(Facets),
    /// An amount of last year.
    Before(Facets),
    /// The name of the project.
    Project,
    /// Its goal.
    Goal,
    /// Its basis.
    Basis,
    /// The benefit expected in the year.
    Benefit,
    /// Its indicators.
    Measure,
    /// The number of the project.
    Number,
    /// The code of the unit.
    UnitCode,
    /// The name of the unit.
    UnitName,
    /// The budget that the money comes from.
    Source,
}

/// A part of the narrative.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its heading.
    pub heading: Template,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section of the narrative.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its heading.
    pub heading: Template,
    /// Its phrases.
    pub phrases: Vec<Phrase>,
}

/// A phrase: a paragraph, or one for each of something.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its key.
    pub key: String,
    /// Its text.
    pub text: Template,
    /// Repeated for each of these.
    pub each: Option<Each>,
    /// Said only then.
    pub when: Vec<Condition>,
    /// It goes on in the paragraph before it.
    pub runs_on: bool,
    /// A chart instead of a text.
    pub chart: Option<ChartOf>,
}

/// What a phrase is repeated for.
#[derive(Clone, Debug)]
pub enum Each {
    /// Budget units.
    Units,
    /// Classes of function codes that have an amount within these coordinates.
    Classes(Facets),
}

/// When a phrase is said.
#[derive(Clone, Debug)]
pub enum Condition {
    /// An amount is not nought, this year.
    Some(Facets),
    /// No line of the books has such an amount, this year.
    None(Facets),
    /// A free text is written.
    Text(String),
    /// No such text is written.
    NoText(String),
    /// There are key projects, or managed ones.
    Projects(String),
    /// There are none.
    NoProjects(String),
    /// Reasons for the change are written.
    Reasons,
}

/// What a chart shows.
#[derive(Clone, Debug)]
pub struct ChartOf {
    /// Its title.
    pub title: Template,
    /// One bar for each class of this classification.
    pub scheme: Scheme,
    /// Of these amounts.
    pub set: Facets,
    /// With last year beside this.
    pub with_before: bool,
}

/// What is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {what}")]
pub struct FormFault {
    /// The file.
    pub path: String,
    /// What is wrong.
    pub what: String,
}

impl Form {
    /// The form of that name among those that come with Gouji.
    pub fn standard(id: &str) -> Option<Form> {
        Form::all().into_iter().find(|form| form.id == id)
    }

    /// The forms that come with Gouji and can be built.
    pub fn all() -> Vec<Form> {
        let read = |(path, text): &(&str, &str)| Form::read(path, text).expect("the forms built in are tested");
        // A form for checking only says nothing of how its tables are printed.
        FORM_FILES.iter().map(read).filter(|form| !form.tables.is_empty()).collect()
    }

    /// Reads a form; all faults at once.
    pub fn read(path: &str, text: &str) -> Result<Form, Vec<FormFault>> {
        let file: FormFile = toml::from_str(text)
            .map_err(|error| vec![FormFault { path: path.into(), what: error.message().to_owned() }])?;
        let mut faults = Vec::new();
        let form = file.build(&mut faults);
        if faults.is_empty() {
            Ok(form)
        } else {
            Err(faults.into_iter().map(|what| FormFault { path: path.into(), what }).collect())
        }
    }

    /// The first posting whose money comes from where the form has no column for; a form that names no sources shows all.
    pub fn unshown<'b>(&self, books: &'b Books) -> Option<&'b Posting> {
        let is_shown = |posting: &Posting| {
            self.sources.iter().any(|source| {
                let mut whole = Coordinates::default();
                source.apply(&mut whole);
                let own = Coordinates { book: posting.at.book, ..Coordinates::default() };
                own.axes_within(&whole) && posting.source.is_within(whole.stream)
            })
        };
        let spent = |posting: &&Posting| posting.at.measure == Measure::Expenditure && !self.sources.is_empty();
        books.postings.iter().filter(spent).find(|posting| !is_shown(posting))
    }

    /// The number of the table of a kind; its title where it has none.
    pub fn table_name(&self, kind: &str) -> Option<&str> {
        let table = self.tables.iter().find(|table| table.kind == kind)?;
        Some(if table.number.is_empty() { &table.title } else { &table.number })
    }
}

#[derive(Deserialize)]
struct FormFile {
    form: Head,
    #[serde(default)]
    table: Vec<TableRow>,
    #[serde(default)]
    words: BTreeMap<String, String>,
    #[serde(default)]
    part: Vec<PartRow>,
}

#[derive(Deserialize)]
struct Head {
    id: String,
    name: String,
    #[serde(default)]
    title: String,
    years: (i16, i16),
    #[serde(default)]
    unit: String,
    #[serde(default)]
    decimals: u8,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    rounding: Option<String>,
    #[serde(default)]
    rounding_note: String,
}

#[derive(Deserialize)]
struct TableRow {
    kind: String,
    #[serde(default)]
    number: String,
    title: String,
    print: Option<PrintRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrintRow {
    rows: String,
    #[serde(default)]
    set: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    decimals: u8,
    #[serde(default)]
    total: String,
    #[serde(default)]
    landscape: bool,
    #[serde(default)]
    levels: Vec<usize>,
    #[serde(default)]
    columns: Vec<ColumnRow>,
    #[serde(default)]
    lines: Vec<LineRow>,
    #[serde(default)]
    left: Vec<LineRow>,
    #[serde(default)]
    right: Vec<LineRow>,
    /// The list to the right of both.
    #[serde(default)]
    third: Vec<LineRow>,
    #[serde(default)]
    foot: Vec<FootRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnRow {
    head: String,
    show: Option<String>,
    amount: Option<String>,
    before: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineRow {
    label: String,
    #[serde(default)]
    group: String,
    amount: Option<String>,
    before: Option<String>,
    #[serde(default)]
    total: bool,
    /// Function codes for each of which the line is repeated.
    #[serde(default)]
    functions: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FootRow {
    left: Option<LineRow>,
    right: Option<LineRow>,
    third: Option<LineRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartRow {
    heading: String,
    #[serde(default)]
    section: Vec<SectionRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionRow {
    heading: String,
    #[serde(default)]
    phrase: Vec<PhraseRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseRow {
    key: String,
    #[serde(default)]
    text: String,
    each: Option<String>,
    #[serde(default)]
    when: Vec<String>,
    #[serde(default)]
    runs_on: bool,
    chart: Option<ChartRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartRow {
    title: String,
    classes: String,
    set: String,
    #[serde(default)]
    before: bool,
}

/// Reads pieces of a form and keeps what is wrong with them.
struct Reader<'f> {
    faults: &'f mut Vec<String>,
}

impl FormFile {
    fn build(self, faults: &mut Vec<String>) -> Form {
        let mut reader = Reader { faults };
        let unit = reader.unit(&self.form.unit, Unit::TenThousand);
        let tables = self.table.iter().filter_map(|table| reader.table(table, unit)).collect();
        let parts = self.part.iter().map(|part| reader.part(part)).collect();
        let title = reader.template(&self.form.title);
        let sources = self.form.sources.iter().map(|source| reader.facets(source)).collect();
        let rounding = reader.rounding(self.form.rounding.as_deref());
        let rounding_note = reader.template(&self.form.rounding_note);
        let Head { id, name, years, decimals, .. } = self.form;
        let words = self.words;
        Form { id, name, title, years, unit, decimals, rounding, rounding_note, sources, words, tables, parts }
    }
}

impl Reader<'_> {
    fn fault(&mut self, what: String) {
        self.faults.push(what);
    }

    fn unit(&mut self, word: &str, usual: Unit) -> Unit {
        match word {
            "" => usual,
            "元" => Unit::Yuan,
            "万元" => Unit::TenThousand,
            other => {
                self.fault(format!("unit `{other}` is neither 元 nor 万元"));
                usual
            }
        }
    }

    fn rounding(&mut self, word: Option<&str>) -> Rounding {
        let Some(word) = word else { return Rounding::default() };
        Rounding::of_word(word).unwrap_or_else(|| {
            self.fault(format!("rounding `{word}` is neither cells nor controlled"));
            Rounding::default()
        })
    }

    fn template(&mut self, text: &str) -> Template {
        Template::parse(text).unwrap_or_else(|TemplateFault(what)| {
            self.fault(what);
            Template::default()
        })
    }

    fn facets(&mut self, text: &str) -> Facets {
        Facets::parse(text).unwrap_or_else(|error| {
            self.fault(error.to_string());
            Facets::default()
        })
    }

    fn table(&mut self, row: &TableRow, unit: Unit) -> Option<TableForm> {
        let print = row.print.as_ref()?;
        let columns: Vec<Column> = print.columns.iter().map(|column| self.column(column)).collect();
        let rows = match print.rows.as_str() {
            "functions" => Rows::Outline(Scheme::Function, print.levels.clone()),
            "economics" => Rows::Outline(Scheme::Economic, print.levels.clone()),
            "procurement" => Rows::Outline(Scheme::Procurement, print.levels.clone()),
            "lines" => Rows::Lines(self.lines(&print.lines)),
            "projects" => Rows::Projects,
            "key-projects" => Rows::KeyProjects,
            "construction" => Rows::Construction,
            "balance" => self.balance(print),
            other => {
                self.fault(format!("{}: there are no rows `{other}`", row.title));
                return None;
            }
        };
        Some(TableForm {
            kind: row.kind.clone(),
            number: row.number.clone(),
            title: row.title.clone(),
            set: self.facets(&print.set),
            rows,
            columns,
            unit: self.unit(&print.unit, unit),
            decimals: print.decimals,
            total: print.total.clone(),
            landscape: print.landscape,
        })
    }

    fn balance(&mut self, print: &PrintRow) -> Rows {
        let foot = print.foot.iter().map(|row| {
            let sides = [&row.left, &row.right, &row.third];
            sides.map(|line| line.as_ref().map(|line| self.line(line))).into()
        });
        let foot = foot.collect();
        Rows::Balance { lists: [&print.left, &print.right, &print.third].map(|list| self.lines(list)).into(), foot }
    }

    fn column(&mut self, row: &ColumnRow) -> Column {
        let head = row.head.split('/').map(|part| self.template(part)).collect();
        let shows = match (row.show.as_deref(), &row.amount, &row.before) {
            (None, Some(facets), None) => Shows::Amount(self.facets(facets)),
            (None, None, Some(facets)) => Shows::Before(self.facets(facets)),
            (Some("code"), None, None) => Shows::Code,
            (Some("code-class"), None, None) => Shows::CodePart(0),
            (Some("code-group"), None, None) => Shows::CodePart(1),
            (Some("code-item"), None, None) => Shows::CodePart(2),
            (Some("group"), None, None) => Shows::Group,
            (Some("name"), None, None) => Shows::Name,
            (Some("project"), None, None) => Shows::Project,
            (Some("goal"), None, None) => Shows::Goal,
            (Some("basis"), None, None) => Shows::Basis,
            (Some("benefit"), None, None) => Shows::Benefit,
            (Some("measure"), None, None) => Shows::Measure,
            (Some("number"), None, None) => Shows::Number,
            (Some("unit-code"), None, None) => Shows::UnitCode,
            (Some("unit-name"), None, None) => Shows::UnitName,
            (Some("source"), None, None) => Shows::Source,
            _ => {
                self.fault(format!("column `{}` must have one of show, amount and before", row.head));
                Shows::Name
            }
        };
        Column { head, shows }
    }

    fn lines(&mut self, rows: &[LineRow]) -> Vec<Line> {
        let mut lines = Vec::new();
        for row in rows {
            if row.functions.is_empty() {
                lines.push(self.line(row));
                continue;
            }
            for code in row.functions.split_whitespace() {
                let mut line = self.line(row);
                let function = self.facets(&format!("function={code}"));
                line.amount.merge(&function);
                lines.push(line);
            }
        }
        lines
    }

    fn line(&mut self, row: &LineRow) -> Line {
        let facets = row.amount.as_deref().or(row.before.as_deref()).unwrap_or("");
        Line {
            label: self.template(&row.label),
            group: self.template(&row.group),
            amount: self.facets(facets),
            before: row.before.is_some(),
            is_total: row.total,
        }
    }

    fn part(&mut self, row: &PartRow) -> Part {
        let sections = row.section.iter().map(|section| Section {
            heading: self.template(&section.heading),
            phrases: section.phrase.iter().map(|phrase| self.phrase(phrase)).collect(),
        });
        let sections = sections.collect();
        Part { heading: self.template(&row.heading), sections }
    }

    fn phrase(&mut self, row: &PhraseRow) -> Phrase {
        let each = row.each.as_deref().map(|each| match each.split_once(' ') {
            None if each == "units" => Each::Units,
            Some(("classes", facets)) => Each::Classes(self.facets(facets)),
            _ => {
                self.fault(format!("{}: nothing is repeated for each `{each}`", row.key));
                Each::Units
            }
        });
        let when = row.when.iter().filter_map(|when| self.condition(&row.key, when)).collect();
        let chart = row.chart.as_ref().map(|chart| ChartOf {
            title: self.template(&chart.title),
            scheme: if chart.classes == "economics" { Scheme::Economic } else { Scheme::Function },
            set: self.facets(&chart.set),
            with_before: chart.before,
        });
        Phrase { key: row.key.clone(), text: self.template(&row.text), each, when, runs_on: row.runs_on, chart }
    }

    fn condition(&mut self, key: &str, when: &str) -> Option<Condition> {
        let (word, rest) = when.split_once(' ').unwrap_or((when, ""));
        Some(match word {
            "some" => Condition::Some(self.facets(rest)),
            "none" => Condition::None(self.facets(rest)),
            "text" => Condition::Text(rest.to_owned()),
            "no-text" => Condition::NoText(rest.to_owned()),
            "projects" => Condition::Projects(rest.to_owned()),
            "no-projects" => Condition::NoProjects(rest.to_owned()),
            "reasons" => Condition::Reasons,
            _ => {
                self.fault(format!("{key}: there is no condition `{when}`"));
                return None;
            }
        })
    }
}
