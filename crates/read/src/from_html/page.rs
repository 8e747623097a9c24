//! The page as its tokens come in.

use crate::Limits;
use crate::issue::IssueKind;
use crate::nested::{Flow, FlowCell, FlowTable};
use std::collections::BTreeMap;

/// What is no text of the page, or belongs to the site around it.
const SKIPPED: [&str; 14] = [
    "script", "style", "nav", "noscript", "template", "svg", "select", "button", "iframe", "title", "textarea",
    "object", "noframes", "head",
];

/// Elements within a line: all others begin and end a paragraph.
const INLINE: [&str; 36] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "rp", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "nobr", "o:p",
];

/// Elements that have no end.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// What was read so far.
pub(super) struct Page {
    /// The page itself, then the cells that are open, innermost last.
    contents: Vec<Content>,
    tables: Vec<OpenTable>,
    /// The element that is passed over, and how many of its name are open.
    skipped: Option<(String, usize)>,
    preformatted: usize,
    cells: usize,
    hidden: usize,
    pictures: usize,
    issues: Vec<IssueKind>,
    limits: Limits,
}

/// What a cell or the page holds.
#[derive(Default)]
struct Content {
    flows: Vec<Flow>,
    line: String,
}

/// A table that is open.
#[derive(Default)]
struct OpenTable {
    table: FlowTable,
    /// Number of contents that were open when it began.
    outside: usize,
    row: Option<u32>,
    column: u32,
    /// By column, the first row that a cell above no longer reaches.
    covered: BTreeMap<u32, u32>,
    /// Rows and columns of the open cell.
    reach: (u32, u32),
}

impl Page {
    pub(super) fn new(limits: &Limits) -> Page {
        Page {
            contents: vec![Content::default()],
            tables: Vec::new(),
            skipped: None,
            preformatted: 0,
            cells: 0,
            hidden: 0,
            pictures: 0,
            issues: Vec::new(),
            limits: *limits,
        }
    }

    /// Paragraphs and tables, what could not be read, and the number of pictures.
    pub(super) fn finish(mut self) -> (Vec<Flow>, Vec<IssueKind>, usize) {
        if let Some((name, _)) = self.skipped.take().filter(|(name, _)| name != "head") {
            self.issues.push(IssueKind::BrokenPart { part: format!("<{name}>") });
        }
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.end_line();
        if self.hidden > 0 {
            self.issues.push(IssueKind::HiddenText { count: self.hidden });
        }
        let flows = self.contents.pop().map(|content| content.flows).unwrap_or_default();
        (flows, self.issues, self.pictures)
    }

    fn content(&mut self) -> &mut Content {
        self.contents.last_mut().expect("the page itself stays open")
    }

    pub(super) fn add_text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        let keeps_lines = self.preformatted > 0;
        let line = &mut self.content().line;
        for character in text.chars() {
            match character {
                '\n' if keeps_lines => line.push('\n'),
                // Line ends and tabs of the source show as one blank.
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    if !line.is_empty() && !line.ends_with([' ', '\n']) {
                        line.push(' ');
                    }
                }
                other => line.push(other),
            }
        }
    }

    pub(super) fn begin(&mut self, name: &str, closes_itself: bool, value: impl Fn(&str) -> Option<String>) {
        let has_end = !VOID.contains(&name);
        if let Some((skipped, open)) = &mut self.skipped {
            // The head ends where the body begins, also when nobody says so.
            if skipped == "head"
                && !matches!(name, "meta" | "link" | "style" | "script" | "title" | "base" | "noscript")
            {
                self.skipped = None;
            } else {
                *open += usize::from(skipped == name && has_end && !closes_itself);
                return;
            }
        }
        if SKIPPED.contains(&name) {
            self.skipped = (!closes_itself).then(|| (name.to_string(), 1));
            return;
        }
        if has_end && is_hidden(&value) {
            self.hidden += 1;
            self.skipped = (!closes_itself).then(|| (name.to_string(), 1));
            return;
        }
        match name {
            "br" => self.content().line.push('\n'),
            "img" => self.pictures += 1,
            "table" => self.begin_table(),
            "tr" => self.begin_row(),
            "td" | "th" => self.begin_cell(&value),
            _ if INLINE.contains(&name) => {}
            _ => {
                self.end_line();
                self.preformatted += usize::from(name == "pre");
            }
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        if let Some((skipped, open)) = &mut self.skipped {
            if skipped == name {
                *open -= 1;
                if *open == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        match name {
            "table" => self.end_table(),
            "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" => self.end_cell(),
            // An end without a beginning shows as a line end, as browsers have it.
            "br" => self.content().line.push('\n'),
            _ if INLINE.contains(&name) => {}
            _ => {
                self.end_line();
                self.preformatted = self.preformatted.saturating_sub(usize::from(name == "pre"));
            }
        }
    }

    fn end_line(&mut self) {
        let content = self.content();
        let line = std::mem::take(&mut content.line);
        if !line.trim().is_empty() {
            content.flows.push(Flow::Paragraph(line));
        }
    }

    fn begin_table(&mut self) {
        self.end_line();
        if self.tables.len() >= self.limits.depth {
            let kind = IssueKind::TooDeep { limit: self.limits.depth };
            if !self.issues.contains(&kind) {
                self.issues.push(kind);
            }
            return;
        }
        self.tables.push(OpenTable { outside: self.contents.len(), ..OpenTable::default() });
    }

    fn begin_row(&mut self) {
        self.end_cell();
        let Some(table) = self.tables.last_mut() else { return };
        table.row = Some(table.row.map_or(0, |row| row + 1));
        table.column = 0;
    }

    fn begin_cell(&mut self, value: impl Fn(&str) -> Option<String>) {
        self.end_cell();
        let Some(table) = self.tables.last_mut() else { return self.end_line() };
        let span = |name: &str| value(name).and_then(|text| text.trim().parse::<u32>().ok());
        // As browsers do: at most 1,000 columns; no rows means all that follow.
        let columns = span("colspan").unwrap_or(1).clamp(1, 1_000);
        let rows = span("rowspan").map_or(1, |rows| if rows == 0 { u32::MAX } else { rows.min(65_534) });
        table.row.get_or_insert(0);
        table.reach = (rows, columns);
        self.contents.push(Content::default());
    }

    /// Ends the cell that is open in the innermost table.
    fn end_cell(&mut self) {
        let Some(table) = self.tables.last() else { return };
        if self.contents.len() <= table.outside {
            return;
        }
        self.end_line();
        let Some(content) = self.contents.pop() else { return };
        self.cells += 1;
        if self.cells > self.limits.cells {
            let kind = IssueKind::TooManyCells { limit: self.limits.cells };
            if !self.issues.contains(&kind) {
                self.issues.push(kind);
            }
            return;
        }
        if let Some(table) = self.tables.last_mut() {
            table.place(content.flows);
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        let Some(open) = self.tables.pop() else { return };
        self.end_line();
        self.content().flows.push(Flow::Table(open.table));
    }
}

impl OpenTable {
    fn place(&mut self, content: Vec<Flow>) {
        let row = self.row.unwrap_or(0);
        while self.covered.get(&self.column).is_some_and(|free| row < *free) {
            self.column += 1;
        }
        let (rows, columns) = self.reach;
        let column = self.column;
        self.column += columns;
        if rows > 1 {
            for column in column..self.column {
                self.covered.insert(column, row.saturating_add(rows));
            }
        }
        self.table.cells.push(FlowCell { row, column, rows, columns, content });
    }
}

fn is_hidden(value: &impl Fn(&str) -> Option<String>) -> bool {
    let style = value("style").map(|style| style.to_ascii_lowercase().split_whitespace().collect::<String>());
    value("hidden").is_some() || style.is_some_and(|style| style.contains("display:none"))
}
