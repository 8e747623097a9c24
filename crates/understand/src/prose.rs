//! Prose to claims: what each sentence asserts, about what, and where it says so.
//!
//! A paragraph is read from left to right. Words of the lexicon name a subject; the next
//! figure is about it. 其中 and brackets open a list whose members narrow the figure before
//! it. A change, growth or share speaks of the figure before it. Where the subject cannot
//! be made out the claim keeps none: it is never matched to a lucky number.

mod paths;
mod reader;
mod scan;

use crate::claim::Sentence;
use crate::forms::Forms;
use crate::lexicon::Place;
use crate::statement::{Record, Statement};
use crate::structure::Structure;
use crate::words::{Folded, compact};
use gouji_model::{Catalogue, Code, Facets, Span};
use gouji_read::{Document, Issue, IssueKind};
use reader::Reader;

/// Claims of one report that are read: forty times the most seen.
const CLAIMS: usize = 5_000;

/// Reads the claims of all paragraphs into the statement.
pub(crate) fn understand_prose(statement: &mut Statement, document: &Document, forms: &Forms, structure: &Structure) {
    let names = function_names(statement);
    for (number, (span, heading)) in structure.paragraphs.iter().enumerate() {
        if statement.claims.len() >= CLAIMS {
            let line = Some(document.locate(*span).line);
            let kind = IssueKind::TooManyClaims { limit: CLAIMS };
            statement.issues.push(Issue { file: span.file, line, page: None, kind });
            return;
        }
        let mut section = heading.map(|at| section_facets(forms, structure, at)).unwrap_or_default();
        let named = heading.map(|at| section_code(forms, structure, &names, at)).unwrap_or(Ok(None));
        if let Ok(Some(code)) = named {
            section.function = Some(code);
        }
        let explains_words = heading.is_some_and(|at| structure.headings[at].bare.contains("名词解释"));
        let source = document.slice(*span);
        let folded = Folded::new(source, span.start);
        let sentences = add_sentences(statement, &folded, source, *span, *heading, number as u32);
        if explains_words {
            continue;
        }
        let above = section.function.unwrap_or_default();
        let paths = paths::paths(&forms.lexicon, &names, &folded.text, above);
        let tokens = scan::scan(&forms.lexicon, &folded.text, &paths);
        let place =
            ParagraphPlace { folded: &folded, source, span: *span, first_sentence: sentences.0, cuts: &sentences.1 };
        Reader::new(statement, place, section, named.is_err()).read(&tokens);
    }
}

/// Where a paragraph stands, to turn ranges of its common form into places.
pub(crate) struct ParagraphPlace<'a> {
    folded: &'a Folded,
    source: &'a str,
    span: Span,
    first_sentence: usize,
    /// The ends of its sentences in the common form.
    cuts: &'a [usize],
}

impl ParagraphPlace<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        self.folded.span(self.span.file, range, self.source, self.span.start)
    }

    fn sentence_of(&self, at: usize) -> usize {
        self.first_sentence + self.cuts.partition_point(|cut| *cut <= at)
    }

    fn text(&self) -> &str {
        &self.folded.text
    }
}

/// Cuts a paragraph into sentences; returns the index of the first and the ends of all.
fn add_sentences(
    statement: &mut Statement,
    folded: &Folded,
    source: &str,
    span: Span,
    heading: Option<usize>,
    paragraph: u32,
) -> (usize, Vec<usize>) {
    let first = statement.sentences.len();
    let mut cuts: Vec<usize> = folded.text.match_indices('。').map(|(at, mark)| at + mark.len()).collect();
    if cuts.last() != Some(&folded.text.len()) {
        cuts.push(folded.text.len());
    }
    let mut start = 0;
    for cut in &cuts {
        let text = folded.text[start..*cut].to_string();
        let place = folded.span(span.file, start..*cut, source, span.start);
        if let Some((year, range)) = day_of_record(&text) {
            let words = text[range.clone()].to_string();
            let at = folded.span(span.file, start + range.start..start + range.end, source, span.start);
            statement.records.push(Record { year, text: words, span: at });
        }
        let origin = folded.origins(start..*cut);
        statement.sentences.push(Sentence { text, span: place, heading, paragraph, origin });
        start = *cut;
    }
    (first, cuts)
}

/// `截至2023年` in a sentence about what is owned.
fn day_of_record(sentence: &str) -> Option<(i16, std::ops::Range<usize>)> {
    let lead = ["截至", "截止"].into_iter().find(|lead| sentence.contains(lead))?;
    let start = sentence.find(lead)?;
    let rest = &sentence[start + lead.len()..];
    let year = crate::words::leading_year(rest).filter(|_| rest[4..].starts_with('年'))?;
    let owned = ["车辆", "资产", "设备", "房屋"].iter().any(|word| rest.contains(word));
    owned.then(|| (year, start..start + lead.len() + 4 + '年'.len_utf8()))
}

/// What the heading of a section, and those above it, say about all its figures.
fn section_facets(forms: &Forms, structure: &Structure, at: usize) -> Facets {
    let mut facets = Facets::default();
    let mut depth = u8::MAX;
    let mut chain = Vec::new();
    for heading in structure.headings[..=at].iter().rev() {
        if heading.depth < depth {
            depth = heading.depth;
            chain.push(heading);
        }
    }
    for heading in chain.into_iter().rev() {
        let found = forms.lexicon.find(Place::Prose, &compact(&heading.bare));
        let mut own = Facets::default();
        found.iter().for_each(|found| own.merge(&found.facets));
        let both = heading.bare.contains("收支") || heading.bare.contains("收入支出");
        if both {
            own.measure = None;
            own.stream = None;
        }
        facets.merge(&own);
    }
    facets
}

/// The function code that the headings above name: an error when it cannot be made out.
fn section_code(forms: &Forms, structure: &Structure, names: &paths::Names, at: usize) -> Result<Option<Code>, ()> {
    let mut chain = Vec::new();
    let mut depth = u8::MAX;
    for heading in structure.headings[..=at].iter().rev() {
        if heading.depth < depth {
            depth = heading.depth;
            chain.push(heading);
        }
    }
    let mut code = None;
    for heading in chain.into_iter().rev() {
        let above = code.unwrap_or_default();
        if let Some(path) = paths::paths(&forms.lexicon, names, &heading.bare, above).pop() {
            code = Some(path.code.ok_or(())?).filter(|code| code.as_str().starts_with('2'));
        }
    }
    Ok(code)
}

/// The names of function codes as the tables print them; where no table has codes, as reports were
/// seen to call them.
fn function_names(statement: &Statement) -> paths::Names {
    let mut names = paths::Names::new();
    for row in statement.tables.iter().flat_map(|table| &table.rows) {
        let Some(code) = row.code.filter(|code| code.as_str().starts_with(['2', '3'])) else { continue };
        let codes = names.entry(row.label.clone()).or_default();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    if names.is_empty() {
        let (function, economic) = (Catalogue::function(), Catalogue::economic());
        for (code, entry) in function.iter().chain(economic.iter()) {
            let codes = names.entry(compact(&entry.name)).or_default();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    names
}
