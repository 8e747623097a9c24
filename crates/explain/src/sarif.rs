//! The findings as SARIF 2.1.0, the form that code hosts and editors show beside a file.
//!
//! All reports of a run are one SARIF run: one tool, one call. A finding that a person has
//! accepted stays in it with a suppression.

mod objects;
mod rules;
mod uri;

use crate::checked::{Checked, StaleAcceptance, pick};
use crate::quote;
use crate::spot::Spot;
use crate::view::{self, FindingView, PlaceView, role_word};
use gouji_model::{Lang, Level};
use gouji_read::{Document, Issue};
use objects::*;
use std::collections::BTreeMap;
use uri::uri;

/// Draws all reports of a run as one SARIF log, ending in a line feed.
pub fn render_sarif(reports: &[Checked<'_>], lang: Lang) -> String {
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: vec![run(reports, lang)] };
    let mut text = serde_json::to_string_pretty(&log).expect("strings, numbers and lists are always JSON");
    text.push('\n');
    text
}

fn run(reports: &[Checked<'_>], lang: Lang) -> Run {
    let files = Files::of(reports);
    let results = reports.iter().flat_map(|checked| results(checked, &files, lang)).collect();
    let notices = reports.iter().flat_map(|checked| notices(checked, &files, lang)).collect();
    // As the exit code has it: what could not be looked at is no success.
    let unread = |checked: &Checked| checked.document.issues.iter().any(Issue::is_fatal);
    Run {
        tool: Tool { driver: rules::driver(lang) },
        language: language(lang),
        invocations: vec![Invocation {
            execution_successful: !reports.iter().any(unread),
            tool_execution_notifications: notices,
        }],
        artifacts: files.artifacts,
        results,
        // Columns are counted in characters, not in UTF-16 units.
        column_kind: "unicodeCodePoints",
        properties: RunProperties { reports: reports.iter().map(summary).collect() },
    }
}

/// The language as a tag.
pub(crate) fn language(lang: Lang) -> &'static str {
    pick(lang, "zh-CN", "en")
}

/// The files of the run, each once: a file may be given twice.
struct Files {
    indices: BTreeMap<String, usize>,
    artifacts: Vec<Artifact>,
}

impl Files {
    fn of(reports: &[Checked<'_>]) -> Files {
        let mut files = Files { indices: BTreeMap::new(), artifacts: Vec::new() };
        for checked in reports {
            for (index, file) in checked.document.files.iter().enumerate() {
                files.add(&file.path, checked.sha256.get(index).filter(|hash| !hash.is_empty()));
            }
        }
        files
    }

    fn add(&mut self, path: &str, sha256: Option<&String>) {
        let next = self.artifacts.len();
        if *self.indices.entry(path.to_string()).or_insert(next) == next {
            self.artifacts.push(Artifact {
                location: ArtifactLocation { uri: uri(path), index: None },
                roles: vec!["analysisTarget"],
                hashes: sha256.map(|hash| Hashes { sha_256: hash.clone() }),
            });
        }
    }

    /// The file with this index in its report.
    fn location(&self, document: &Document, file: u16) -> ArtifactLocation {
        let path = document.files.get(usize::from(file)).map_or("", |file| file.path.as_str());
        ArtifactLocation { uri: uri(path), index: self.indices.get(path).copied() }
    }
}

/// What was read and decided of a report: SARIF has no field for verdicts that are no finding.
fn summary(checked: &Checked<'_>) -> Summary {
    let (subject, coverage) = (&checked.statement.subject, &checked.report.coverage);
    Summary {
        entity: subject.entity.clone(),
        year: subject.year,
        holds: coverage.holds,
        rounding: coverage.rounding,
        broken: coverage.broken,
        not_checked: coverage.not_checked,
    }
}

fn results(checked: &Checked<'_>, files: &Files, lang: Lang) -> Vec<ResultObject> {
    let views = view::findings(checked, lang);
    let found = views.iter().map(|view| result(checked, view, files, lang));
    found.chain(checked.stale.iter().map(|entry| stale_result(entry, lang))).collect()
}

fn result(checked: &Checked<'_>, view: &FindingView<'_>, files: &Files, lang: Lang) -> ResultObject {
    let finding = view.finding;
    let at = |index: usize, place| location(checked.document, place, index, files, lang);
    // The first place is what the report claims, every further one another end of it.
    let mut places = view.places.iter().enumerate().map(|(index, place)| at(index, place));
    let locations = places.next().into_iter().collect();
    let parts = [&view.wording.message, &view.wording.why, &view.wording.cure];
    let text: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    ResultObject {
        rule_id: finding.code,
        rule_index: rules::index(finding.code),
        level: level(finding.level),
        message: Message { text: text.join("\n") },
        locations,
        related_locations: places.collect(),
        partial_fingerprints: Fingerprints { gouji: fingerprint(checked, view) },
        suppressions: finding.accepted.iter().map(|reason| suppression(reason)).collect(),
        properties: ResultProperties {
            relation: finding.check.key.clone(),
            group: Some(format!("c{}", finding.group)),
            preview: finding.preview,
            expected: finding.check.expected.clone(),
        },
    }
}

/// What stays the same while the finding does: code, relation and the words it stands on.
fn fingerprint(checked: &Checked<'_>, view: &FindingView<'_>) -> String {
    let quote = quote::first_quote(checked.document, checked.statement, view.finding);
    let (code, relation) = (view.finding.code, &view.finding.check.key);
    quote::sha256(format!("{code}\n{relation}\n{quote}").as_bytes())
}

fn suppression(reason: &str) -> Suppression {
    Suppression { kind: "external", status: "accepted", justification: reason.to_string() }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

/// An acceptance that fits nothing; its place is in the acceptance file.
fn stale_result(entry: &StaleAcceptance, lang: Lang) -> ResultObject {
    let line = u32::try_from(entry.line).ok();
    let identity = format!("{}\n{}\n{}", StaleAcceptance::CODE, entry.relation, entry.code);
    ResultObject {
        rule_id: StaleAcceptance::CODE,
        rule_index: rules::index(StaleAcceptance::CODE),
        level: level(Level::Warning),
        message: Message {
            text: [entry.message(lang).as_str(), StaleAcceptance::why(lang), StaleAcceptance::cure(lang)].join("\n"),
        },
        locations: vec![Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(&entry.path), index: None },
                region: Some(Region { start_line: line, ..Region::default() }),
            },
            ..Location::default()
        }],
        related_locations: Vec::new(),
        partial_fingerprints: Fingerprints { gouji: quote::sha256(identity.as_bytes()) },
        suppressions: Vec::new(),
        properties: ResultProperties { relation: entry.relation.clone(), group: None, preview: false, expected: None },
    }
}

fn location(document: &Document, place: &PlaceView, index: usize, files: &Files, lang: Lang) -> Location {
    let role = role_word(place.role, lang);
    Location {
        id: (index > 0).then_some(index),
        physical_location: PhysicalLocation {
            artifact_location: files.location(document, place.span.file),
            region: Some(region(document, place)),
        },
        logical_locations: logical(place),
        message: Some(Message { text: format!("{role}{}{}", pick(lang, "：", ": "), place.quote) }),
        properties: place.page.map(|page| LocationProperties { page, bbox: crate::json::bbox(place) }),
    }
}

/// Line and column of a text. A PDF or a workbook has none: there it is the place in the
/// characters as read, with the words; the page stands in the properties of the location.
fn region(document: &Document, place: &PlaceView) -> Region {
    let words = document.slice(place.span);
    let snippet = Some(Snippet { text: if words.is_empty() { place.quote.clone() } else { words.to_string() } });
    let text = document.files.get(usize::from(place.span.file)).map_or("", |file| file.text.as_str());
    if !matches!(place.spot, Spot::Line(_)) {
        let before = text.get(..place.span.start as usize).unwrap_or("");
        let (offset, length) = (before.chars().count(), words.chars().count());
        return Region { char_offset: Some(offset), char_length: Some(length), snippet, ..Region::default() };
    }
    let end = document.locate(gouji_model::Span { start: place.span.end, ..place.span });
    Region {
        start_line: Some(place.line),
        start_column: Some(place.column),
        end_line: Some(end.line),
        end_column: Some(end.column),
        snippet,
        ..Region::default()
    }
}

/// The cell, as the workbook names it, and as the report's own table does.
fn logical(place: &PlaceView) -> Vec<LogicalLocation> {
    let mut all = Vec::new();
    if let Spot::Cell(name) = &place.spot {
        let short = name.rsplit('!').next().unwrap_or(name).to_string();
        all.push(LogicalLocation { name: short, fully_qualified_name: name.clone(), kind: "cell" });
    }
    if let Some(cell) = &place.cell {
        let header = cell.header.as_deref().unwrap_or("");
        let parts = [cell.table.as_str(), cell.row.as_str(), header].map(str::trim);
        let path: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let name = path.last().copied().unwrap_or("").to_string();
        all.push(LogicalLocation { name, fully_qualified_name: path.join(" / "), kind: "cell" });
    }
    all.retain(|location| !location.fully_qualified_name.is_empty());
    all
}

/// What was not read.
fn notices(checked: &Checked<'_>, files: &Files, lang: Lang) -> Vec<Notification> {
    let each = checked.document.issues.iter();
    each.map(|issue| Notification {
        level: if issue.is_fatal() { "error" } else { "warning" },
        message: Message { text: issue.text(lang) },
        locations: vec![Location {
            physical_location: PhysicalLocation {
                artifact_location: files.location(checked.document, issue.file),
                region: issue.line.map(|line| Region { start_line: Some(line), ..Region::default() }),
            },
            properties: issue.page.map(|page| LocationProperties { page, bbox: None }),
            ..Location::default()
        }],
    })
    .collect()
}
