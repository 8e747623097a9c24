//! The lexicon, the forms, and the relations that only data can state.

use crate::lexicon::{Lexicon, Words};
use crate::statement::TableKind;
use crate::words::compact;
use gouji_model::{FORM_FILES, Facets, Lang, Level};
use serde::Deserialize;
use toml::Spanned;

const LEXICON: &str = include_str!("../../../forms/lexicon.toml");
const RELATIONS: &str = include_str!("../../../forms/relations.toml");

/// The lexicon and the forms known.
#[derive(Clone, Debug)]
pub struct Forms {
    words: Words,
    pub(crate) lexicon: Lexicon,
    pub(crate) forms: Vec<Form>,
    /// Relations that hold for reports of any form.
    pub(crate) relations: Vec<DataRelation>,
}

/// What a place and year prints.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// Its name: `shenzhen-2019`.
    pub id: String,
    /// Budget years it is for, first and last.
    pub years: (i16, i16),
    /// Its tables: kind, number, title (compact).
    pub tables: Vec<(TableKind, String, String)>,
    /// Keys of relations that are custom in some places only and hold in this one.
    pub declares: Vec<String>,
    /// Relations that it adds.
    pub relations: Vec<DataRelation>,
}

/// A relation that no coordinate implies, as a row of data.
#[derive(Clone, Debug, PartialEq)]
pub struct DataRelation {
    /// Its key.
    pub key: String,
    /// What is added up on the left: table and coordinates.
    pub left: Vec<(TableKind, Facets)>,
    /// What is added up on the right.
    pub right: Vec<(TableKind, Facets)>,
    /// Whether the sides are equal or the left is at most the right.
    pub test: Test,
    /// The level of a break.
    pub level: Level,
    /// A form declares it; without one it is on trial.
    pub declared: bool,
}

/// How two sides of a [`DataRelation`] compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Left equals right.
    Equal,
    /// Left is at most right.
    AtMost,
    /// Left, rounded to the precision of right, is right.
    Rounded,
}

/// A fault in a file of the lexicon or a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFault {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what would be right, in Chinese and English.
    pub message: [String; 2],
}

impl FormFault {
    /// The fault as a sentence.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.message[0],
            Lang::En => &self.message[1],
        }
    }

    pub(crate) fn at(path: &str, text: &str, byte: usize, zh: String, en: String) -> FormFault {
        let line = text.as_bytes()[..byte.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1;
        FormFault { path: path.into(), line, message: [zh, en] }
    }

    pub(crate) fn syntax(path: &str, text: &str, error: &toml::de::Error) -> FormFault {
        let start = error.span().map_or(0, |span| span.start);
        let what = error.message();
        FormFault::at(path, text, start, format!("文件格式有误：{what}"), format!("the file cannot be read: {what}"))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    form: Option<FormHead>,
    #[serde(default)]
    table: Vec<FormTable>,
    #[serde(default)]
    relation: Vec<RelationRow>,
    /// What `gouji build` prints is read where it is printed.
    #[serde(rename = "part")]
    _part: Option<toml::Value>,
    #[serde(rename = "words")]
    _words: Option<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormHead {
    id: String,
    #[allow(dead_code)]
    name: String,
    years: (i16, i16),
    #[allow(dead_code)]
    source: String,
    #[serde(default)]
    declares: Vec<String>,
    #[serde(rename = "title")]
    _title: Option<String>,
    #[serde(rename = "unit")]
    _unit: Option<String>,
    #[serde(rename = "decimals")]
    _decimals: Option<u8>,
    #[serde(rename = "rounding")]
    _rounding: Option<String>,
    #[serde(rename = "rounding_note")]
    _rounding_note: Option<String>,
    #[serde(rename = "sources")]
    _sources: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormTable {
    kind: Spanned<String>,
    #[serde(default)]
    number: String,
    title: String,
    #[serde(rename = "print")]
    _print: Option<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationRow {
    key: String,
    left: Vec<Spanned<String>>,
    right: Vec<Spanned<String>>,
    #[serde(default)]
    test: Option<Spanned<String>>,
    #[serde(default)]
    level: Option<Spanned<String>>,
    #[serde(default)]
    trial: bool,
    #[allow(dead_code)]
    basis: String,
}

impl Forms {
    /// The lexicon and the forms that come with Gouji.
    pub fn standard() -> Forms {
        let mut words = Words::default();
        words
            .add("forms/lexicon.toml", LEXICON, false)
            .expect("the lexicon that is built in is tested to be free of faults");
        let common = read_form("forms/relations.toml", RELATIONS).expect("the relations built in are tested");
        let forms = FORM_FILES.iter().filter_map(|(path, text)| {
            let (form, _) = read_form(path, text).expect("the forms built in are tested");
            form
        });
        let forms = forms.collect();
        let lexicon = Lexicon::build(&words);
        Forms { words, lexicon, forms, relations: common.1 }
    }

    /// Adds a user's own files, given as path and text; all faults at once.
    ///
    /// A file with a `version` line is a lexicon, any other is a form.
    pub fn extend(&mut self, files: &[(String, String)]) -> Result<(), Vec<FormFault>> {
        let mut faults = Vec::new();
        for (path, text) in files {
            if text.lines().any(|line| line.trim_start().starts_with("version")) {
                faults.extend(self.words.add(path, text, true).err().unwrap_or_default());
                continue;
            }
            match read_form(path, text) {
                Ok((Some(form), _)) => self.forms.insert(0, form),
                Ok((None, relations)) => self.relations.extend(relations),
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() {
            self.lexicon = Lexicon::build(&self.words);
            Ok(())
        } else {
            Err(faults)
        }
    }
}

type FormOrRelations = (Option<Form>, Vec<DataRelation>);

/// Reads a form, or a file of relations only.
fn read_form(path: &str, text: &str) -> Result<FormOrRelations, Vec<FormFault>> {
    let file: FormFile = toml::from_str(text).map_err(|error| vec![FormFault::syntax(path, text, &error)])?;
    let mut faults = Vec::new();
    let mut tables = Vec::new();
    for table in &file.table {
        match TableKind::from_word(table.kind.get_ref()) {
            Some(kind) => tables.push((kind, table.number.clone(), compact(&table.title))),
            None => faults.push(unknown_kind(path, text, &table.kind)),
        }
    }
    let declared = file.form.is_some();
    let mut relations = Vec::new();
    for row in &file.relation {
        match read_relation(path, text, row, declared) {
            Ok(relation) => relations.push(relation),
            Err(mut found) => faults.append(&mut found),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let form = file.form.map(|head| Form {
        id: head.id,
        years: head.years,
        tables,
        declares: head.declares,
        relations: relations.clone(),
    });
    Ok((form, relations))
}

fn unknown_kind(path: &str, text: &str, kind: &Spanned<String>) -> FormFault {
    let known = TableKind::ALL.map(|(_, word, _)| word).join(", ");
    let word = kind.get_ref();
    FormFault::at(
        path,
        text,
        kind.span().start,
        format!("没有“{word}”这种表；可用：{known}"),
        format!("there is no table kind `{word}`; known kinds: {known}"),
    )
}

fn read_relation(path: &str, text: &str, row: &RelationRow, declared: bool) -> Result<DataRelation, Vec<FormFault>> {
    let mut faults = Vec::new();
    let mut side = |terms: &[Spanned<String>]| -> Vec<(TableKind, Facets)> {
        terms
            .iter()
            .filter_map(|term| read_operand(path, text, term).map_err(|fault| faults.push(fault)).ok())
            .collect()
    };
    let (left, right) = (side(&row.left), side(&row.right));
    let test = match row.test.as_ref().map(|test| (test.get_ref().as_str(), test)) {
        None | Some(("equal", _)) => Test::Equal,
        Some(("at-most", _)) => Test::AtMost,
        Some(("rounded", _)) => Test::Rounded,
        Some((other, spanned)) => {
            faults.push(FormFault::at(
                path,
                text,
                spanned.span().start,
                format!("test 只能是 equal、at-most 或 rounded，不能是“{other}”"),
                format!("test is equal, at-most or rounded, not `{other}`"),
            ));
            Test::Equal
        }
    };
    let level = match row.level.as_ref().map(|level| (level.get_ref().as_str(), level)) {
        None | Some(("warning", _)) => Level::Warning,
        Some(("error", _)) => Level::Error,
        Some(("info", _)) => Level::Info,
        Some((other, spanned)) => {
            faults.push(FormFault::at(
                path,
                text,
                spanned.span().start,
                format!("level 只能是 error、warning、info，不能是“{other}”"),
                format!("level is error, warning or info, not `{other}`"),
            ));
            Level::Info
        }
    };
    if faults.is_empty() {
        Ok(DataRelation { key: row.key.clone(), left, right, test, level, declared: declared || !row.trial })
    } else {
        Err(faults)
    }
}

/// `table-kind axis=value axis=value`
fn read_operand(path: &str, text: &str, term: &Spanned<String>) -> Result<(TableKind, Facets), FormFault> {
    let (word, facets) = term.get_ref().split_once(' ').unwrap_or((term.get_ref(), ""));
    let at = term.span().start;
    let kind = TableKind::from_word(word).ok_or_else(|| {
        let known = TableKind::ALL.map(|(_, word, _)| word).join(", ");
        FormFault::at(
            path,
            text,
            at,
            format!("没有“{word}”这种表；可用：{known}"),
            format!("there is no table kind `{word}`; known kinds: {known}"),
        )
    })?;
    let facets = Facets::parse(facets)
        .map_err(|error| FormFault::at(path, text, at, format!("坐标写法有误：{error}"), error.to_string()))?;
    Ok((kind, facets))
}
