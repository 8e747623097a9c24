//! The findings as JSON: schema 1, published in `docs/schema/check-1.schema.json`.
//!
//! Amounts are decimal strings. A field is never left out: what is not there is null.

use crate::checked::{Checked, StaleAcceptance};
use crate::quote;
use crate::repair::{self, RepairObject};
use crate::spot::Spot;
use crate::view::{self, FindingView, PlaceView};
use gouji_check::Relation;
use gouji_model::{Lang, Level, Outcome, Phase, Printed, Unit, Verdict};
use serde::Serialize;

/// Draws all reports of a run as one JSON document, ending in a line feed.
pub fn render_json(reports: &[Checked<'_>], lang: Lang) -> String {
    let reports = reports.iter().map(|checked| report(checked, lang)).collect();
    let run = Run { schema: 1, tool: Tool::this(), reports };
    let mut text = serde_json::to_string_pretty(&run).expect("strings, numbers and lists are always JSON");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Run {
    schema: u32,
    tool: Tool,
    reports: Vec<ReportObject>,
}

/// Name and version of this program.
#[derive(Serialize)]
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    pub(crate) fn this() -> Tool {
        Tool { name: "gouji", version: env!("CARGO_PKG_VERSION") }
    }
}

#[derive(Serialize)]
struct ReportObject {
    files: Vec<FileObject>,
    subject: SubjectObject,
    coverage: CoverageObject,
    relations: Vec<RelationObject>,
    findings: Vec<FindingObject>,
    repairs: Vec<RepairObject>,
    not_checked: Vec<NotCheckedObject>,
    issues: Vec<IssueObject>,
}

/// A file of a report.
#[derive(Serialize)]
pub(crate) struct FileObject {
    path: String,
    sha256: String,
    pages: Option<u32>,
}

/// Whose report, of which year.
#[derive(Serialize)]
pub(crate) struct SubjectObject {
    entity: Option<String>,
    year: Option<i16>,
    phase: &'static str,
    form: Option<String>,
    unit: Option<&'static str>,
}

#[derive(Serialize)]
struct CoverageObject {
    tables: usize,
    amounts: usize,
    amounts_bound: usize,
    claims: usize,
    claims_bound: usize,
    relations: RelationCounts,
}

#[derive(Serialize)]
struct RelationCounts {
    holds: usize,
    rounding: usize,
    broken: usize,
    not_checked: usize,
}

#[derive(Serialize)]
struct RelationObject {
    key: String,
    code: &'static str,
    verdict: &'static str,
    instances: usize,
    n: Option<usize>,
    bound: Option<String>,
    difference: Option<String>,
    unit: Option<&'static str>,
    places: Vec<PlaceObject>,
}

#[derive(Serialize)]
struct FindingObject {
    code: String,
    rule: String,
    relation: String,
    level: &'static str,
    verdict: &'static str,
    preview: bool,
    message: String,
    why: String,
    cure: String,
    places: Vec<PlaceObject>,
    evidence: Vec<EvidenceObject>,
    expected: Option<String>,
    difference: Option<String>,
    group: Option<String>,
    accepted: Option<String>,
    quote_sha256: Option<String>,
}

/// A place of the report.
#[derive(Serialize)]
pub(crate) struct PlaceObject {
    file: Option<u16>,
    page: Option<u32>,
    line: Option<u32>,
    column: Option<u32>,
    table: Option<String>,
    row: Option<String>,
    header: Option<String>,
    cell: Option<String>,
    bbox: Option<[f64; 4]>,
    quote: String,
    role: &'static str,
}

#[derive(Serialize)]
struct EvidenceObject {
    term: String,
    value: String,
    unit: Option<&'static str>,
    place: Option<usize>,
}

#[derive(Serialize)]
struct NotCheckedObject {
    relation: String,
    reason: String,
    instances: usize,
    places: Vec<PlaceObject>,
}

/// Something that was not read, or not wholly.
#[derive(Serialize)]
pub(crate) struct IssueObject {
    file: u16,
    page: Option<u32>,
    line: Option<u32>,
    what: String,
}

fn report(checked: &Checked<'_>, lang: Lang) -> ReportObject {
    let coverage = &checked.report.coverage;
    let stale = checked.stale.iter().map(|entry| stale_finding(entry, lang));
    ReportObject {
        files: files(checked),
        subject: subject(checked),
        coverage: CoverageObject {
            tables: coverage.tables,
            amounts: coverage.amounts,
            amounts_bound: coverage.amounts_bound,
            claims: coverage.claims,
            claims_bound: coverage.claims_bound,
            relations: RelationCounts {
                holds: coverage.holds,
                rounding: coverage.rounding,
                broken: coverage.broken,
                not_checked: coverage.not_checked,
            },
        },
        relations: checked.report.relations.iter().map(|family| relation(checked, family)).collect(),
        findings: view::findings(checked, lang).into_iter().map(|view| finding(checked, view)).chain(stale).collect(),
        repairs: repair::objects(checked),
        not_checked: not_checked(checked, lang),
        issues: issues(checked, lang),
    }
}

/// The files of a report.
pub(crate) fn files(checked: &Checked<'_>) -> Vec<FileObject> {
    let each = checked.document.files.iter().enumerate();
    let object = |(index, file): (usize, &gouji_read::SourceFile)| FileObject {
        path: file.path.clone(),
        sha256: checked.sha256.get(index).cloned().unwrap_or_default(),
        pages: file.page_count(),
    };
    each.map(object).collect()
}

/// Whose report it is.
pub(crate) fn subject(checked: &Checked<'_>) -> SubjectObject {
    let subject = &checked.statement.subject;
    SubjectObject {
        entity: subject.entity.clone(),
        year: subject.year,
        phase: match subject.phase {
            Phase::Budget => "budget",
            Phase::Final => "final",
        },
        form: subject.form.clone(),
        unit: subject.unit.and_then(unit_word),
    }
}

/// What was not read.
pub(crate) fn issues(checked: &Checked<'_>, lang: Lang) -> Vec<IssueObject> {
    let each = checked.document.issues.iter();
    each.map(|issue| IssueObject { file: issue.file, page: issue.page, line: issue.line, what: issue.text(lang) })
        .collect()
}

/// A family; places only where a person has something to look at.
fn relation(checked: &Checked<'_>, family: &Relation) -> RelationObject {
    let rounding = view::rounding(family);
    let worth_a_look = |verdict| matches!(verdict, Verdict::Rounding | Verdict::Broken);
    let shown = family.checks.iter().filter(|check| worth_a_look(check.outcome.verdict()));
    RelationObject {
        key: family.key.clone(),
        code: family.code,
        verdict: family.verdict.word(),
        instances: family.instances,
        n: rounding.map(|(addends, _, _)| addends),
        bound: rounding.map(|(_, bound, _)| bound.to_string()),
        difference: rounding.map(|(_, _, difference)| difference.to_string()),
        unit: rounding.and_then(|(_, bound, _)| unit_word(bound.unit())),
        places: shown.flat_map(|check| view::places(checked, check)).map(|place| self::place(&place)).collect(),
    }
}

fn finding(checked: &Checked<'_>, view: FindingView<'_>) -> FindingObject {
    let evidence = view.evidence.iter().map(|line| EvidenceObject {
        term: line.term.label.clone(),
        value: line.figure.to_string(),
        unit: unit_word(line.figure.unit()),
        place: line.place,
    });
    let difference = match &view.finding.check.outcome {
        Outcome::Broken { difference } => difference.as_ref().map(Printed::to_string),
        _ => None,
    };
    FindingObject {
        code: view.finding.code.into(),
        rule: view.finding.rule.into(),
        relation: view.finding.check.key.clone(),
        level: view.finding.level.word(),
        verdict: view.finding.check.outcome.verdict().word(),
        preview: view.finding.preview,
        evidence: evidence.collect(),
        places: view.places.iter().map(place).collect(),
        message: view.wording.message,
        why: view.wording.why,
        cure: view.wording.cure,
        expected: view.finding.check.expected.clone(),
        difference,
        group: Some(format!("c{}", view.finding.group)),
        accepted: view.finding.accepted.clone(),
        quote_sha256: Some(quote::quote_sha256(checked.document, checked.statement, view.finding)),
    }
}

/// An acceptance that fits nothing, as a finding; its place is in the acceptance file.
fn stale_finding(entry: &StaleAcceptance, lang: Lang) -> FindingObject {
    let place = PlaceObject {
        file: None,
        page: None,
        line: u32::try_from(entry.line).ok(),
        column: None,
        table: None,
        row: None,
        header: None,
        cell: None,
        bbox: None,
        quote: entry.path.clone(),
        role: "claim",
    };
    FindingObject {
        code: StaleAcceptance::CODE.into(),
        rule: StaleAcceptance::RULE.into(),
        relation: entry.relation.clone(),
        level: Level::Warning.word(),
        verdict: Verdict::Broken.word(),
        preview: false,
        message: entry.message(lang),
        why: StaleAcceptance::why(lang).into(),
        cure: StaleAcceptance::cure(lang).into(),
        places: vec![place],
        evidence: Vec::new(),
        expected: None,
        difference: None,
        group: None,
        accepted: None,
        quote_sha256: None,
    }
}

/// A place.
pub(crate) fn place(place: &PlaceView) -> PlaceObject {
    PlaceObject {
        file: Some(place.span.file),
        page: place.page,
        line: Some(place.line),
        column: Some(place.column),
        table: place.cell.as_ref().map(|cell| cell.table.clone()),
        row: place.cell.as_ref().map(|cell| cell.row.clone()),
        header: place.cell.as_ref().and_then(|cell| cell.header.clone()),
        cell: match &place.spot {
            Spot::Cell(name) => Some(name.clone()),
            _ => None,
        },
        bbox: bbox(place),
        quote: place.quote.clone(),
        role: place.role.word(),
    }
}

/// The smallest rectangle over the place on its page, in points.
pub(crate) fn bbox(place: &PlaceView) -> Option<[f64; 4]> {
    let page = place.areas.first()?.0;
    let on_page = place.areas.iter().filter(|(other, _)| *other == page).map(|(_, area)| *area);
    let area = on_page.reduce(|area, other| area.over(&other))?;
    Some([area.left, area.top, area.right, area.bottom].map(|edge| f64::from(edge) / 100.0))
}

fn not_checked(checked: &Checked<'_>, lang: Lang) -> Vec<NotCheckedObject> {
    let each = view::not_checked(checked).into_iter();
    each.map(|entry| NotCheckedObject {
        relation: entry.key.to_string(),
        reason: entry.reason.text(lang),
        instances: entry.checks.len(),
        places: entry.checks.iter().flat_map(|check| view::places(checked, check)).map(|p| place(&p)).collect(),
    })
    .collect()
}

/// The unit as printed; nothing for a count.
pub(crate) fn unit_word(unit: Unit) -> Option<&'static str> {
    (unit != Unit::Count).then(|| unit.word())
}
