//! `books.toml`: the department and the free texts.

use crate::csv;
use crate::fault::Fault;
use crate::schema::{Field, schema};
use crate::table::{Row, Table};
use gouji_model::books::{Books, List, Origin};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Its name.
pub(crate) const FILE: &str = "books.toml";

/// The keys of the department, in the order of its columns.
const KEYS: [(&str, Field); 4] =
    [("name", Field::Department), ("short", Field::Short), ("year", Field::Year), ("form", Field::Form)];

/// What the file calls a field of the department; empty for a field of a list.
pub(crate) fn key(field: Field) -> &'static str {
    KEYS.iter().find(|(_, known)| *known == field).map_or("", |(key, _)| *key)
}

/// The lines of the department's fields, by column.
pub(crate) type Lines = BTreeMap<usize, u32>;

/// Reads the department and the texts, the texts in the order in which they are written.
pub(crate) fn read(bytes: &[u8], lines: &mut Lines, faults: &mut Vec<Fault>) -> Vec<Table> {
    let Ok(text) = csv::decode(bytes) else {
        faults.push(fault(
            0,
            "编码既不是 UTF-8 也不是 GB18030；请另存为 UTF-8".to_string(),
            "is neither UTF-8 nor GB18030; save it as UTF-8".to_string(),
        ));
        return Vec::new();
    };
    let line = |span: Range<usize>| 1 + text[..span.start].matches('\n').count() as u32;
    let (root, errors) = DeTable::parse_recoverable(&text);
    for error in &errors {
        faults.push(fault(
            error.span().map_or(0, line),
            format!("不符合 TOML 语法（{}）；文字请用三个双引号括起", error.message()),
            format!("is not TOML ({}); put texts between three double quotes", error.message()),
        ));
    }
    if !errors.is_empty() {
        return Vec::new();
    }
    let mut tables = Vec::new();
    for (key, value) in root.get_ref() {
        let at = line(key.span());
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("department", DeValue::Table(fields)) => tables.push(department(fields, at, line, lines, faults)),
            ("texts", DeValue::Table(entries)) => tables.push(texts(entries, line, faults)),
            (other, _) => faults.push(fault(
                at,
                format!("不认识“{other}”；只有 [department] 和 [texts] 两节"),
                format!("{other} is not known; there are the sections [department] and [texts] only"),
            )),
        }
    }
    if !tables.iter().any(|table| table.schema.list == List::Department) {
        faults.push(fault(
            0,
            "缺少 [department] 一节；其中写 name、short、year、form".to_string(),
            "the section [department] is missing; it says name, short, year and form".to_string(),
        ));
    }
    tables
}

fn department(
    fields: &DeTable<'_>,
    at: u32,
    line: impl Fn(Range<usize>) -> u32,
    lines: &mut Lines,
    faults: &mut Vec<Fault>,
) -> Table {
    let schema = schema(List::Department);
    let mut cells = vec![String::new(); schema.columns.len()];
    for (key, value) in fields {
        let at = line(key.span());
        let known = KEYS.iter().find(|(known, _)| *known == key.get_ref());
        match (known.and_then(|(_, field)| schema.index(*field)), plain(value.get_ref())) {
            (Some(column), Some(text)) => {
                cells[column] = text;
                lines.insert(column, at);
            }
            (Some(_), None) => faults.push(not_text(key.get_ref(), at)),
            (None, _) => faults.push(fault(
                at,
                format!("[department] 中不认识“{}”；应为：name、short、year、form", key.get_ref()),
                format!("{} is not known in [department]; write name, short, year, form", key.get_ref()),
            )),
        }
    }
    Table { schema, rows: vec![Row::new(schema, at, cells)] }
}

fn texts(entries: &DeTable<'_>, line: impl Fn(Range<usize>) -> u32, faults: &mut Vec<Fault>) -> Table {
    let schema = schema(List::Texts);
    let mut found = Vec::new();
    for (key, value) in entries {
        let at = line(key.span());
        match plain(value.get_ref()) {
            Some(text) => found.push((key.span().start, Row::new(schema, at, vec![key.get_ref().to_string(), text]))),
            None => faults.push(not_text(key.get_ref(), at)),
        }
    }
    // The parser sorts by key; people care for the order in which they wrote.
    found.sort_by_key(|(start, _)| *start);
    Table { schema, rows: found.into_iter().map(|(_, row)| row).collect() }
}

/// The text of a value, without the line end that stands before the closing quotes.
fn plain(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.replace("\r\n", "\n").trim().to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_string()),
        _ => None,
    }
}

fn not_text(key: &str, line: u32) -> Fault {
    fault(
        line,
        format!("“{key}”应为文字；请用双引号括起"),
        format!("{key} must be a text; put it between double quotes"),
    )
}

fn fault(row: u32, zh: String, en: String) -> Fault {
    Fault::error(Origin { list: List::Department, row }, None, zh, en)
}

/// Writes the department and the texts.
pub(crate) fn write(books: &Books) -> String {
    let department = &books.department;
    let mut text = format!(
        "[department]\nname = {}\nshort = {}\nyear = {}\nform = {}\n\n[texts]\n",
        line(&department.name),
        line(&department.short),
        department.year,
        line(&department.form)
    );
    for entry in &books.texts {
        let is_bare = !entry.key.is_empty()
            && entry.key.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_');
        let key = if is_bare { entry.key.clone() } else { line(&entry.key) };
        // Paragraphs stand on lines of their own, so that a change shows as a line.
        text.push_str(&format!("{key} = \"\"\"\n{}\n\"\"\"\n", escaped(&entry.text, true)));
    }
    text
}

/// A text on one line.
fn line(text: &str) -> String {
    format!("\"{}\"", escaped(text, false))
}

/// A text whose signs mean themselves in a string of TOML; line ends stay when `is_long`.
fn escaped(text: &str, is_long: bool) -> String {
    let mut escaped = String::new();
    for sign in text.chars() {
        match sign {
            '\\' => escaped.push_str("\\\\"),
            '"' => escaped.push_str("\\\""),
            '\n' if is_long => escaped.push('\n'),
            sign if sign.is_control() => escaped.push_str(&format!("\\u{:04X}", u32::from(sign))),
            sign => escaped.push(sign),
        }
    }
    escaped
}
