//! What a report says, as JSON and CSV: every fact and claim with coordinates and place,
//! and every figure that stayed unbound, with the reason.

use crate::checked::{Checked, pick};
use crate::json::{FileObject, IssueObject, SubjectObject, Tool, files, issues, subject, unit_word};
use crate::view::cell_view;
use gouji_model::{Cell, Coordinates, Lang, Printed, Span, csv_cell};
use gouji_understand::{Claim, ClaimKind, Direction, UnboundReason};
use serde::Serialize;

/// Draws the statements of all reports as one JSON document.
pub fn statement_json(reports: &[Checked<'_>], lang: Lang) -> String {
    let reports = reports.iter().map(|checked| StatementObject {
        files: files(checked),
        subject: subject(checked),
        tables: tables(checked),
        entries: entries(checked, lang),
        issues: issues(checked, lang),
    });
    let run = Run { schema: 1, tool: Tool::this(), statements: reports.collect() };
    let mut text = serde_json::to_string_pretty(&run).expect("strings, numbers and lists are always JSON");
    text.push('\n');
    text
}

/// Draws the statements of all reports as one CSV table with a head.
pub fn statement_csv(reports: &[Checked<'_>], lang: Lang) -> String {
    let mut out = HEAD.join(",");
    out.push_str("\r\n");
    for checked in reports {
        for entry in entries(checked, lang) {
            let path = checked.document.files.get(usize::from(entry.place.file)).map_or("", |file| file.path.as_str());
            let cells: Vec<String> = entry.cells(path).iter().map(|cell| csv_cell(cell)).collect();
            out.push_str(&cells.join(","));
            out.push_str("\r\n");
        }
    }
    out
}

/// The columns of the CSV table.
const HEAD: [&str; 28] = [
    "file",
    "kind",
    "value",
    "unit",
    "direction",
    "base_year",
    "measure",
    "year",
    "phase",
    "stream",
    "book",
    "nature",
    "function",
    "economic",
    "item",
    "body",
    "project",
    "table",
    "row",
    "header",
    "listed",
    "page",
    "line",
    "column",
    "subject",
    "text",
    "of",
    "reason",
];

#[derive(Serialize)]
struct Run {
    schema: u32,
    tool: Tool,
    statements: Vec<StatementObject>,
}

#[derive(Serialize)]
struct StatementObject {
    files: Vec<FileObject>,
    subject: SubjectObject,
    tables: Vec<TableObject>,
    entries: Vec<Entry>,
    issues: Vec<IssueObject>,
}

#[derive(Serialize)]
struct TableObject {
    kind: &'static str,
    number: Option<String>,
    title: Option<String>,
    unit: Option<&'static str>,
    rows: usize,
    columns: Vec<String>,
}

/// One figure or assertion: a fact of a table, a claim of the prose, or an unbound figure.
#[derive(Default, Serialize)]
struct Entry {
    kind: &'static str,
    value: Option<String>,
    unit: Option<&'static str>,
    direction: Option<&'static str>,
    base_year: Option<i16>,
    at: Option<At>,
    place: Place,
    listed: Option<bool>,
    subject: Option<String>,
    text: String,
    /// For a claim: the claim it speaks of, as the number of its entry among the claims.
    of: Option<usize>,
    reason: Option<&'static str>,
}

#[derive(Serialize)]
struct At {
    measure: &'static str,
    year: i16,
    phase: &'static str,
    stream: &'static str,
    book: &'static str,
    nature: &'static str,
    function: String,
    economic: String,
    item: String,
    body: String,
    project: String,
}

#[derive(Default, Serialize)]
struct Place {
    file: u16,
    page: Option<u32>,
    line: u32,
    column: u32,
    table: Option<String>,
    row: Option<String>,
    header: Option<String>,
}

fn tables(checked: &Checked<'_>) -> Vec<TableObject> {
    let object = |table: &gouji_understand::TableView| TableObject {
        kind: table.kind.word(),
        number: table.number.clone(),
        title: table.title.as_ref().map(|(title, _)| title.clone()),
        unit: table.unit.and_then(|(unit, _)| unit_word(unit)),
        rows: table.rows.len(),
        columns: table.columns.iter().map(|column| column.path.join(" / ")).collect(),
    };
    checked.statement.tables.iter().map(object).collect()
}

/// Facts, then claims, then what stayed unbound.
fn entries(checked: &Checked<'_>, lang: Lang) -> Vec<Entry> {
    let facts = checked.statement.facts.iter().map(|fact| Entry {
        kind: "fact",
        value: Some(fact.figure.to_string()),
        unit: unit_word(fact.figure.unit()),
        at: Some(at(&fact.at)),
        place: place(checked, fact.span, Some(fact.cell)),
        listed: Some(fact.listed),
        text: checked.document.quote(fact.span),
        ..Entry::default()
    });
    let claims = checked.statement.claims.iter().map(|claim| claim_entry(checked, claim));
    let unbound = checked.statement.unbound.iter().map(|figure| Entry {
        kind: "unbound",
        value: Some(figure.text.clone()),
        place: place(checked, figure.span, figure.cell),
        text: checked.document.quote(figure.span),
        reason: Some(unbound_reason(figure.reason, lang)),
        ..Entry::default()
    });
    facts.chain(claims).chain(unbound).collect()
}

fn claim_entry(checked: &Checked<'_>, claim: &Claim) -> Entry {
    let mut entry = Entry {
        at: claim.at.as_ref().map(at),
        place: place(checked, claim.mark, None),
        subject: Some(claim.subject.clone()),
        text: checked.document.quote(claim.span),
        of: claim.of,
        ..Entry::default()
    };
    match &claim.kind {
        ClaimKind::Amount(figure) => entry.figure("amount", figure),
        ClaimKind::Share(figure) => entry.figure("share", figure),
        ClaimKind::Change { direction, amount, base_year } => {
            entry.figure("change", amount);
            entry.against(Some(*direction), *base_year);
        }
        ClaimKind::Growth { direction, percent, base_year } => {
            entry.figure("growth", percent);
            entry.against(Some(*direction), *base_year);
        }
        ClaimKind::Unchanged { base_year } => {
            entry.kind = "unchanged";
            entry.against(None, *base_year);
        }
        ClaimKind::Count { number, noun } => {
            entry.kind = "count";
            entry.value = Some(number.to_string());
            entry.subject = Some(noun.clone());
        }
        ClaimKind::Nothing => entry.kind = "nothing",
        ClaimKind::Names(names) => {
            entry.kind = "names";
            entry.value = Some(names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("; "));
        }
        ClaimKind::Weighed(order) => {
            entry.kind = "comparison";
            entry.value = Some(["less", "equal", "greater"][(*order as i8 + 1) as usize].to_string());
        }
        ClaimKind::Completion(percent) => entry.figure("completion", percent),
        ClaimKind::Citation(table) => {
            entry.kind = "citation";
            entry.value = Some(table.clone());
        }
    }
    entry
}

impl Entry {
    fn figure(&mut self, kind: &'static str, figure: &Printed) {
        self.kind = kind;
        self.value = Some(figure.to_string());
        self.unit = unit_word(figure.unit());
    }

    fn against(&mut self, direction: Option<Direction>, base_year: Option<i16>) {
        self.direction = direction.map(|direction| match direction {
            Direction::Up => "up",
            Direction::Down => "down",
        });
        self.base_year = base_year;
    }

    /// The cells of its CSV row, in the order of [`HEAD`].
    fn cells(&self, path: &str) -> [String; 28] {
        let text = |value: Option<&str>| value.unwrap_or("").to_string();
        let axis = |read: fn(&At) -> String| self.at.as_ref().map(read).unwrap_or_default();
        [
            path.to_string(),
            self.kind.to_string(),
            text(self.value.as_deref()),
            text(self.unit),
            text(self.direction),
            number(self.base_year),
            axis(|at| at.measure.into()),
            axis(|at| at.year.to_string()),
            axis(|at| at.phase.into()),
            axis(|at| at.stream.into()),
            axis(|at| at.book.into()),
            axis(|at| at.nature.into()),
            axis(|at| at.function.clone()),
            axis(|at| at.economic.clone()),
            axis(|at| at.item.clone()),
            axis(|at| at.body.clone()),
            axis(|at| at.project.clone()),
            text(self.place.table.as_deref()),
            text(self.place.row.as_deref()),
            text(self.place.header.as_deref()),
            number(self.listed),
            number(self.place.page),
            self.place.line.to_string(),
            self.place.column.to_string(),
            text(self.subject.as_deref()),
            self.text.clone(),
            number(self.of),
            text(self.reason),
        ]
    }
}

fn at(at: &Coordinates) -> At {
    At {
        measure: at.measure.word(),
        year: at.year,
        phase: at.phase.word(),
        stream: at.stream.word(),
        book: at.book.word(),
        nature: at.nature.word(),
        function: at.function.to_string(),
        economic: at.economic.to_string(),
        item: at.item.to_string(),
        body: at.unit.clone(),
        project: at.project.clone(),
    }
}

fn place(checked: &Checked<'_>, span: Span, cell: Option<Cell>) -> Place {
    let location = checked.document.locate(span);
    let cell = cell.and_then(|cell| cell_view(checked.statement, span, Some(cell)));
    Place {
        file: span.file,
        page: location.page,
        line: location.line,
        column: location.column,
        table: cell.as_ref().map(|cell| cell.table.clone()),
        row: cell.as_ref().map(|cell| cell.row.clone()),
        header: cell.and_then(|cell| cell.header),
    }
}

fn unbound_reason(reason: UnboundReason, lang: Lang) -> &'static str {
    match reason {
        UnboundReason::UnknownTable => pick(lang, "看不出是什么表", "the kind of the table is not known"),
        UnboundReason::UnknownColumn => pick(lang, "看不懂列标题", "the head of the column says nothing known"),
        UnboundReason::UnknownRow => pick(lang, "看不懂行标签", "the label of the row says nothing known"),
        UnboundReason::Unlabelled => pick(lang, "这一行没有标签", "the row has no label"),
        UnboundReason::NoUnit => pick(lang, "没有写明单位", "no unit is stated"),
        UnboundReason::UnknownSubject => {
            pick(lang, "看不出这个数说的是什么", "what the figure is about could not be made out")
        }
        UnboundReason::Unreadable => pick(lang, "数字位数不对", "a number with more digits or decimals than can be"),
    }
}

fn number<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
