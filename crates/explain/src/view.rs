//! Findings as every format shows them: wording, places and evidence side by side.

use crate::checked::{Checked, pick};
use crate::quote::quote;
use crate::spot::Spot;
use gouji_check::{Relation, Rule};
use gouji_model::{Cell, Check, Finding, Lang, Level, Outcome, Printed, Reason, Role, Span, Term, Verdict, Wording};
use gouji_read::Area;
use gouji_understand::{ColumnRole, RowView, Statement, TableView};
use std::collections::BTreeMap;

/// A finding with its wording, places and evidence.
pub(crate) struct FindingView<'a> {
    /// Number in the report, from 1.
    pub number: usize,
    /// The finding.
    pub finding: &'a Finding,
    /// Message, why and cure.
    pub wording: Wording,
    /// The places, in the order of the terms that have one.
    pub places: Vec<PlaceView>,
    /// The figures, in the order of the terms that have one.
    pub evidence: Vec<EvidenceView<'a>>,
}

/// A place as a person would say it.
pub(crate) struct PlaceView {
    /// The range of the text.
    pub span: Span,
    /// Page, from 1.
    pub page: Option<u32>,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// How a person finds it.
    pub spot: Spot,
    /// Where it stands on its pages: a rectangle for each line of print.
    pub areas: Vec<(u32, Area)>,
    /// The cell, when it is one.
    pub cell: Option<CellView>,
    /// The words of the report.
    pub quote: String,
    /// What it is in the relation.
    pub role: Role,
}

/// How a cell, or a whole row, is named.
pub(crate) struct CellView {
    /// Number or title of the table.
    pub table: String,
    /// Label of the row.
    pub row: String,
    /// Innermost head of the column; nothing for a whole row.
    pub header: Option<String>,
    /// The places of the row's cells that are not blank.
    pub cells: Vec<Span>,
}

/// One figure of the sum.
pub(crate) struct EvidenceView<'a> {
    /// The operand.
    pub term: &'a Term,
    /// Its figure.
    pub figure: Printed,
    /// Index of its place.
    pub place: Option<usize>,
}

impl FindingView<'_> {
    /// What the report calls a figure; where it calls it nothing, where it stands.
    pub fn name(&self, line: &EvidenceView<'_>, lang: Lang) -> String {
        match line.place.and_then(|place| self.places.get(place)) {
            Some(place) if line.term.label.is_empty() => place.spot.text(lang),
            _ => line.term.label.clone(),
        }
    }
}

/// All findings of a report, in its order.
pub(crate) fn findings<'a>(checked: &Checked<'a>, lang: Lang) -> Vec<FindingView<'a>> {
    let each = checked.report.findings.iter().enumerate();
    each.map(|(index, finding)| view(checked, index + 1, finding, lang)).collect()
}

/// The findings that are not accepted, gravest first within one cause, and one cause after another.
pub(crate) fn causes<'v, 'a>(views: &'v [FindingView<'a>]) -> Vec<Vec<&'v FindingView<'a>>> {
    let mut order: Vec<u32> = Vec::new();
    let mut groups: BTreeMap<u32, Vec<&FindingView>> = BTreeMap::new();
    for view in views.iter().filter(|view| view.finding.accepted.is_none()) {
        let members = groups.entry(view.finding.group).or_default();
        if members.is_empty() {
            order.push(view.finding.group);
        }
        members.push(view);
    }
    let mut causes: Vec<Vec<&FindingView>> = order.iter().filter_map(|group| groups.remove(group)).collect();
    for cause in &mut causes {
        cause.sort_by_key(|view| std::cmp::Reverse(view.finding.level));
    }
    causes
}

fn view<'a>(checked: &Checked<'a>, number: usize, finding: &'a Finding, lang: Lang) -> FindingView<'a> {
    let mut places = Vec::new();
    let mut evidence = Vec::new();
    for term in &finding.check.terms {
        let place = place_of(checked, term).map(|place| {
            places.push(place);
            places.len() - 1
        });
        if let Some(figure) = term.figure {
            evidence.push(EvidenceView { term, figure, place });
        }
    }
    FindingView { number, finding, wording: wording(finding, lang), places, evidence }
}

/// The places of all operands of an instance.
pub(crate) fn places(checked: &Checked<'_>, check: &Check) -> Vec<PlaceView> {
    check.terms.iter().filter_map(|term| place_of(checked, term)).collect()
}

/// The place of an operand.
pub(crate) fn place_of(checked: &Checked<'_>, term: &Term) -> Option<PlaceView> {
    let span = term.span?;
    let location = checked.document.locate(span);
    let cell = cell_view(checked.statement, span, term.cell);
    Some(PlaceView {
        span,
        page: location.page,
        line: location.line,
        column: location.column,
        spot: Spot::of(checked.document, span),
        areas: areas(checked, span, cell.as_ref()),
        cell,
        quote: quote(checked.document, checked.statement, span, term.cell),
        role: term.role,
    })
}

/// Where the place stands on its pages; a whole row cell by cell, and so the row of a blank cell.
fn areas(checked: &Checked<'_>, span: Span, cell: Option<&CellView>) -> Vec<(u32, Area)> {
    let own = checked.document.areas(span);
    match cell {
        Some(row) if own.is_empty() || row.header.is_none() => {
            row.cells.iter().flat_map(|span| checked.document.areas(*span)).collect()
        }
        _ => own,
    }
}

/// How the cell at a place is named: the one given, else the one that stands exactly there,
/// else the row that does; nothing for prose.
pub(crate) fn cell_view(statement: &Statement, span: Span, cell: Option<Cell>) -> Option<CellView> {
    if let Some(cell) = cell {
        let table = statement.tables.get(usize::from(cell.table))?;
        // Rows are in the order of the report: a report may have a hundred thousand of them.
        let at = table.rows.binary_search_by_key(&cell.row, |row| row.row).ok()?;
        return Some(named(table, &table.rows[at], Some(usize::from(cell.column))));
    }
    let table = statement.tables.iter().find(|table| span.start < span.end && table.span.contains(&span))?;
    let at = table.rows.partition_point(|row| row.span().end < span.end);
    let row = table.rows.get(at).filter(|row| row.span().contains(&span))?;
    match row.cells.iter().position(|(_, cell)| cell.contains(&span)) {
        Some(column) => Some(named(table, row, Some(column))),
        None => Some(named(table, row, None)),
    }
}

/// In a table with labels on both sides a cell has the label of its own side.
fn named(table: &TableView, row: &RowView, column: Option<usize>) -> CellView {
    let head = column.and_then(|column| table.columns.get(column));
    let two_sided = table.columns.iter().filter(|column| column.role == ColumnRole::Label).count() > 1;
    let own = head.and_then(|head| head.labels).filter(|_| two_sided);
    let filled = row.cells.iter().filter(|(text, _)| !text.is_empty());
    CellView {
        table: table.name(),
        row: own.map_or_else(|| row.title(), |label| row.text(usize::from(label)).to_string()),
        header: column.map(|_| head.map(|head| head.title()).unwrap_or_default()),
        cells: filled.map(|(_, span)| *span).collect(),
    }
}

/// The rule's own words; a rule that is not known leaves the key to speak.
fn wording(finding: &Finding, lang: Lang) -> Wording {
    match rule(finding.code) {
        Some(rule) => with_folded((rule.say)(&finding.check, lang), finding.folded, lang),
        None => Wording {
            message: match lang {
                Lang::Zh => format!("关系 {} 不成立", finding.check.key),
                Lang::En => format!("the relation {} does not hold", finding.check.key),
            },
            ..Wording::default()
        },
    }
}

/// Findings beyond the limit are said to be there.
fn with_folded(mut wording: Wording, folded: usize, lang: Lang) -> Wording {
    if folded > 0 {
        wording.message.push_str(&match lang {
            Lang::Zh => format!("（同类问题超过上限，另有 {folded} 条没有列出）"),
            Lang::En => format!(" ({folded} more of this kind are not listed: the limit is reached)"),
        });
    }
    wording
}

/// The rule of a code.
pub(crate) fn rule(code: &str) -> Option<&'static Rule> {
    gouji_check::rules().iter().find(|rule| rule.code == code).copied()
}

/// What a family that holds within rounding shows: addends, bound, difference.
pub(crate) fn rounding(relation: &Relation) -> Option<(usize, Printed, Printed)> {
    let shown = |check: &Check| match &check.outcome {
        Outcome::Rounding { addends, bound, difference } => Some((*addends, *bound, *difference)),
        _ => None,
    };
    let mut largest: Option<(usize, Printed, Printed)> = None;
    for candidate in relation.checks.iter().filter_map(shown) {
        if largest.is_none_or(|(_, _, difference)| difference.atoms().abs() < candidate.2.atoms().abs()) {
            largest = Some(candidate);
        }
    }
    largest
}

/// What was not checked: reason by reason, with the keys it concerns and their instances.
pub(crate) struct NotChecked<'a> {
    /// Key of the family.
    pub key: &'a str,
    /// Why.
    pub reason: &'a Reason,
    /// The instances that could not be decided for this reason.
    pub checks: Vec<&'a Check>,
    /// No instance of the family could be decided.
    pub whole: bool,
}

/// Every family and reason for which something was not checked, in the order of the keys.
pub(crate) fn not_checked<'a>(checked: &Checked<'a>) -> Vec<NotChecked<'a>> {
    let mut all = Vec::new();
    for relation in &checked.report.relations {
        let mut reasons: BTreeMap<&Reason, Vec<&Check>> = BTreeMap::new();
        for check in &relation.checks {
            if let Outcome::NotChecked(reason) = &check.outcome {
                reasons.entry(reason).or_default().push(check);
            }
        }
        let whole = relation.verdict == Verdict::NotChecked;
        all.extend(reasons.into_iter().map(|(reason, checks)| NotChecked {
            key: &relation.key,
            reason,
            checks,
            whole,
        }));
    }
    all
}

/// How many findings of each level a person has to look at: errors, warnings, notes.
pub(crate) fn counts(checked: &Checked<'_>) -> [usize; 3] {
    let of = |level| checked.report.findings.iter().filter(|f| f.accepted.is_none() && f.level == level).count();
    [of(Level::Error), of(Level::Warning) + checked.stale.len(), of(Level::Info)]
}

/// The word for a level.
pub(crate) fn level_word(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::Error => pick(lang, "错误", "error"),
        Level::Warning => pick(lang, "警告", "warning"),
        Level::Info => pick(lang, "提示", "info"),
    }
}

/// The word for a verdict.
pub(crate) fn verdict_word(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Holds => pick(lang, "成立", "holds"),
        Verdict::Rounding => pick(lang, "舍入内", "within rounding"),
        Verdict::Broken => pick(lang, "不成立", "broken"),
        Verdict::NotChecked => pick(lang, "未检查", "not checked"),
    }
}

/// The word for an operand.
pub(crate) fn role_word(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Claim => pick(lang, "此处说", "claimed here"),
        Role::Total => pick(lang, "合计", "total"),
        Role::Part => pick(lang, "分项", "part"),
        Role::Other => pick(lang, "另一处", "other end"),
        Role::Base => pick(lang, "依据", "computed from"),
        Role::Missing => pick(lang, "此处缺", "missing here"),
    }
}

/// A figure with its unit.
pub(crate) fn with_unit(figure: &Printed) -> String {
    let unit = figure.unit().word();
    let blank = if unit.is_empty() || unit == "%" { "" } else { " " };
    format!("{}{blank}{unit}", figure.grouped())
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_model::Unit;

    #[test]
    fn figures_are_grouped_by_thousands() {
        let figure = Printed::parse("-1234567.50", Unit::TenThousand).unwrap();
        assert_eq!(figure.grouped(), "-1,234,567.50");
        assert_eq!(with_unit(&Printed::parse("12.3", Unit::Percent).unwrap()), "12.3%");
        assert_eq!(with_unit(&Printed::count(8)), "8");
    }
}
