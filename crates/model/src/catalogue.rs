use crate::code::Code;
use std::collections::BTreeMap;

/// How far a list of codes may be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Every code of the years it covers: a rule at level error may rest on it.
    Complete,
    /// Read out of published reports: what is in it was seen, what is not may exist.
    Observed,
    /// An older tree: good for structure, not for names.
    Legacy,
}

/// One code of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name.
    pub name: String,
    /// Years in which the name was seen, ascending; empty when the list does not say.
    pub years: Vec<i16>,
}

/// A dated list of codes with its standing.
#[derive(Clone, Debug)]
pub struct Catalogue {
    standing: Standing,
    entries: BTreeMap<Code, Vec<Entry>>,
}

const FUNCTION: &str = include_str!("../../../catalogues/function-observed.csv");
const ECONOMIC: &str = include_str!("../../../catalogues/economic-observed.csv");
const CLASSES: &str = include_str!("../../../catalogues/function-classes.csv");

impl Catalogue {
    /// Function codes (支出功能分类) seen in reports of 2017 to 2025.
    pub fn function() -> Catalogue {
        Catalogue::read(FUNCTION, Standing::Observed)
    }

    /// Economic codes of departments (部门预算支出经济分类) seen in reports of 2017 to 2025.
    pub fn economic() -> Catalogue {
        Catalogue::read(ECONOMIC, Standing::Observed)
    }

    /// The classes (类) of function codes, with the names they have had.
    pub fn classes() -> Catalogue {
        Catalogue::read(CLASSES, Standing::Observed)
    }

    /// Reads `code,name,years` lines; years are separated by `/`.
    pub fn read(text: &str, standing: Standing) -> Catalogue {
        let mut entries: BTreeMap<Code, Vec<Entry>> = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut fields = line.split(',');
            let (Some(code), Some(name)) = (fields.next().and_then(Code::new), fields.next()) else { continue };
            let years = fields.next().unwrap_or("").split('/').filter_map(|year| year.parse().ok()).collect();
            entries.entry(code).or_default().push(Entry { name: name.to_string(), years });
        }
        Catalogue { standing, entries }
    }

    /// How far the list may be relied on.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// The names a code has had; empty for a code that is not in the list.
    pub fn names(&self, code: Code) -> &[Entry] {
        self.entries.get(&code).map_or(&[], Vec::as_slice)
    }

    /// All codes in order with their names.
    pub fn iter(&self) -> impl Iterator<Item = (Code, &Entry)> {
        self.entries.iter().flat_map(|(code, names)| names.iter().map(move |entry| (*code, entry)))
    }
}
