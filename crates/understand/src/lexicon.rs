//! The lexicon: words of heads, labels and sentences, and the coordinates they stand for.

use crate::forms::FormFault;
use crate::statement::{ColumnRole, TableKind};
use crate::words::compact;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use gouji_model::{Catalogue, Code, Facets};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// Where a word may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// The head of a column.
    Column,
    /// The label of a row.
    Row,
    /// A sentence.
    Prose,
}

/// The words known, ready for use.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    tables: Vec<(TableKind, Vec<Vec<String>>, Facets)>,
    columns: BTreeMap<String, ColumnRole>,
    neutral: Vec<String>,
    terms: [Terms; 3],
    /// Names of function classes, with and without 支出.
    classes: BTreeMap<String, Code>,
}

/// The words of one place with a matcher over them.
#[derive(Clone, Debug)]
struct Terms {
    exact: BTreeMap<String, Facets>,
    matcher: AhoCorasick,
    facets: Vec<(Facets, Usage)>,
}

/// A word found in a text.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Where, in bytes of the text searched.
    pub range: Range<usize>,
    /// What it stands for.
    pub facets: Facets,
    /// How the word is used.
    pub usage: Usage,
}

/// How a word is used.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// The item belongs to the subject before it (实有在编 after 行政编制).
    pub follows: bool,
    /// In a sentence the word counts only where a figure follows at once.
    pub figure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LexiconFile {
    #[allow(dead_code)]
    version: i64,
    #[serde(default)]
    table: Vec<TableEntry>,
    #[serde(default)]
    column: Vec<ColumnEntry>,
    #[serde(default)]
    neutral: Vec<NeutralEntry>,
    #[serde(default)]
    term: Vec<TermEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableEntry {
    kind: Spanned<String>,
    words: Vec<String>,
    set: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnEntry {
    role: Spanned<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NeutralEntry {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermEntry {
    words: Vec<String>,
    set: Spanned<String>,
    #[serde(default, rename = "in")]
    places: Option<Spanned<String>>,
    #[serde(default)]
    figure: bool,
}

/// Entries of all files read so far, before they are made ready for use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    tables: Vec<(TableKind, Vec<Vec<String>>, Facets)>,
    columns: BTreeMap<String, ColumnRole>,
    neutral: Vec<String>,
    /// Later files come later and win over earlier ones.
    terms: Vec<(String, Facets, Usage, [bool; 3])>,
}

impl Words {
    /// Adds a file's entries; all its faults at once.
    pub(crate) fn add(&mut self, path: &str, text: &str, own: bool) -> Result<(), Vec<FormFault>> {
        let file: LexiconFile = toml::from_str(text).map_err(|error| vec![FormFault::syntax(path, text, &error)])?;
        let mut faults = Vec::new();
        let mut fault =
            |at: Range<usize>, zh: String, en: String| faults.push(FormFault::at(path, text, at.start, zh, en));
        let mut tables = Vec::new();
        for entry in file.table {
            let kind = TableKind::from_word(entry.kind.get_ref());
            if kind.is_none() {
                let known: Vec<_> = TableKind::ALL.iter().map(|(_, word, _)| *word).collect();
                fault(
                    entry.kind.span(),
                    format!("没有“{}”这种表；可用：{}", entry.kind.get_ref(), known.join("、")),
                    format!("there is no table kind `{}`; known kinds: {}", entry.kind.get_ref(), known.join(", ")),
                );
            }
            let facets = read_facets(&entry.set, &mut fault);
            let words = entry.words.iter().map(|word| word.split_whitespace().map(compact).collect()).collect();
            if let (Some(kind), Some((facets, _))) = (kind, facets) {
                tables.push((kind, words, facets));
            }
        }
        for entry in file.column {
            let role = column_role(entry.role.get_ref());
            match role {
                Some(role) => self.columns.extend(entry.words.iter().map(|word| (compact(word), role))),
                None => fault(
                    entry.role.span(),
                    format!(
                        "没有“{}”这种列；可用：code、name、label、project、unit、goal、basis、benefit、indicator、text",
                        entry.role.get_ref()
                    ),
                    format!(
                        "there is no column role `{}`; known: code, name, label, project, unit, goal, basis, benefit, indicator, text",
                        entry.role.get_ref()
                    ),
                ),
            }
        }
        for entry in file.neutral {
            self.neutral.extend(entry.words.iter().map(|word| compact(word)));
        }
        for entry in file.term {
            let places = read_places(entry.places.as_ref(), &mut fault);
            if let (Some((facets, follows)), Some(places)) = (read_facets(&entry.set, &mut fault), places) {
                let usage = Usage { follows, figure: entry.figure };
                self.terms.extend(entry.words.iter().map(|word| (compact(word), facets, usage, places)));
            }
        }
        // A user's own titles are looked at before the common ones.
        if own {
            tables.append(&mut self.tables);
        }
        self.tables.append(&mut tables);
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

/// Reads `axis=value` pairs; `item=~` says that the item is that of the subject before it.
fn read_facets(set: &Spanned<String>, fault: &mut impl FnMut(Range<usize>, String, String)) -> Option<(Facets, bool)> {
    let text = set.get_ref();
    let follows = text.contains("item=~");
    match Facets::parse(&text.replace("item=~", "")) {
        Ok(facets) => Some((facets, follows)),
        Err(error) => {
            fault(set.span(), format!("坐标写法有误：{error}"), error.to_string());
            None
        }
    }
}

fn read_places(
    places: Option<&Spanned<String>>,
    fault: &mut impl FnMut(Range<usize>, String, String),
) -> Option<[bool; 3]> {
    let Some(places) = places else { return Some([true; 3]) };
    let mut used = [false; 3];
    for word in places.get_ref().split_whitespace() {
        match word {
            "column" => used[Place::Column as usize] = true,
            "row" => used[Place::Row as usize] = true,
            "prose" => used[Place::Prose as usize] = true,
            other => {
                fault(
                    places.span(),
                    format!("`in` 只能写 column、row、prose，不能写“{other}”"),
                    format!("`in` takes column, row and prose, not `{other}`"),
                );
                return None;
            }
        }
    }
    Some(used)
}

fn column_role(word: &str) -> Option<ColumnRole> {
    Some(match word {
        "code" => ColumnRole::Code,
        "name" => ColumnRole::Name,
        "label" => ColumnRole::Label,
        "project" => ColumnRole::Project,
        "unit" => ColumnRole::Unit,
        "goal" => ColumnRole::Goal,
        "basis" => ColumnRole::Basis,
        "benefit" => ColumnRole::Benefit,
        "indicator" => ColumnRole::Indicator,
        "text" => ColumnRole::Text,
        _ => return None,
    })
}

impl Lexicon {
    /// Makes the words ready for use.
    pub(crate) fn build(words: &Words) -> Lexicon {
        let mut classes = BTreeMap::new();
        for (code, entry) in Catalogue::classes().iter() {
            let name = compact(&entry.name);
            if let Some(short) = name.strip_suffix("支出").filter(|short| short.chars().count() > 2) {
                classes.entry(short.to_string()).or_insert(code);
            }
            classes.insert(name, code);
        }
        let terms = [Place::Column, Place::Row, Place::Prose].map(|place| Terms::build(words, place, &classes));
        Lexicon {
            tables: words.tables.clone(),
            columns: words.columns.clone(),
            neutral: words.neutral.clone(),
            terms,
            classes,
        }
    }

    /// The kind of table a title names and what all its figures share.
    pub(crate) fn table(&self, title: &str) -> Option<(TableKind, Facets)> {
        let title = compact(title);
        let fits = |parts: &Vec<String>| parts.iter().all(|part| title.contains(part.as_str()));
        self.tables.iter().find(|(_, words, _)| words.iter().any(fits)).map(|(kind, _, facets)| (*kind, *facets))
    }

    /// What a table of this kind shares when its title says nothing.
    pub(crate) fn table_facets(&self, kind: TableKind) -> Facets {
        self.tables.iter().find(|(known, _, _)| *known == kind).map(|(_, _, facets)| *facets).unwrap_or_default()
    }

    /// The role of a column that holds no amounts.
    pub(crate) fn column(&self, head: &str) -> Option<ColumnRole> {
        self.columns.get(head).copied()
    }

    /// The head is one of amounts and adds nothing to what stands above it.
    pub(crate) fn is_neutral(&self, head: &str) -> bool {
        self.neutral.iter().any(|word| word == head)
    }

    /// The function class of that name.
    pub(crate) fn class(&self, name: &str) -> Option<Code> {
        self.classes.get(name).copied()
    }

    /// What a whole label stands for.
    pub(crate) fn exact(&self, place: Place, label: &str) -> Option<Facets> {
        self.terms[place as usize].exact.get(label).copied()
    }

    /// The words found in a text, longest first at each place, without overlap.
    pub(crate) fn find(&self, place: Place, text: &str) -> Vec<Found> {
        let terms = &self.terms[place as usize];
        let found = terms.matcher.find_iter(text).map(|hit| {
            let (facets, usage) = terms.facets[hit.pattern().as_usize()];
            Found { range: hit.start()..hit.end(), facets, usage }
        });
        let before_figure = |end: usize| text[end..].starts_with(|next: char| next.is_ascii_digit() || next == ':');
        found.filter(|found| !found.usage.figure || place != Place::Prose || before_figure(found.range.end)).collect()
    }
}

impl Terms {
    fn build(words: &Words, place: Place, classes: &BTreeMap<String, Code>) -> Terms {
        let mut exact = BTreeMap::new();
        if place == Place::Prose {
            for (name, code) in classes.iter().filter(|(name, _)| name.ends_with("支出")) {
                exact.insert(name.clone(), (Facets { function: Some(*code), ..Facets::default() }, Usage::default()));
            }
        }
        for (word, facets, usage, places) in &words.terms {
            if places[place as usize] {
                exact.insert(word.clone(), (*facets, *usage));
            }
        }
        let matcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            // Texts are short: the machine that is built fastest serves best.
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .build(exact.keys())
            .expect("the lexicon has far fewer words than the matcher's limit");
        let facets = exact.values().copied().collect();
        Terms { exact: exact.into_iter().map(|(word, (facets, _))| (word, facets)).collect(), matcher, facets }
    }
}
