//! The sum of a finding written out: parts, total, what would be right, the difference.

use super::TextStyle;
use crate::checked::pick;
use crate::view::{EvidenceView, FindingView, with_unit};
use crate::width::{pad_left, width, wrap};
use gouji_model::{Outcome, Role};

/// Parts shown; the others are counted.
const PARTS_SHOWN: usize = 30;

/// One line for each figure: sign, figure, what it is.
pub(super) fn lines(view: &FindingView<'_>, style: &TextStyle) -> Vec<String> {
    let mut rows: Vec<(&str, String, String)> = Vec::new();
    let is_part = |line: &&EvidenceView| line.term.role == Role::Part;
    let parts: Vec<&EvidenceView> = view.evidence.iter().filter(is_part).collect();
    for (index, line) in parts.iter().take(PARTS_SHOWN).enumerate() {
        rows.push((if index == 0 { " " } else { "+" }, with_unit(&line.figure), view.name(line, style.lang)));
    }
    if let Some(left_out) = parts.len().checked_sub(PARTS_SHOWN).filter(|count| *count > 0) {
        let text = format!("{} {left_out}", pick(style.lang, "其余项数：", "further parts:"));
        rows.push(("+", "...".into(), text));
    }
    for line in view.evidence.iter().filter(|line| !is_part(line)) {
        let compared = matches!(line.term.role, Role::Total | Role::Claim)
            && parts.first().is_some_and(|part| part.figure.unit() == line.figure.unit());
        rows.push((if compared { "≠" } else { " " }, with_unit(&line.figure), view.name(line, style.lang)));
    }
    if let Outcome::Broken { difference: Some(difference) } = &view.finding.check.outcome {
        rows.push((" ", with_unit(difference), pick(style.lang, "相差", "difference").into()));
    }
    let mut lines = aligned(&rows, style.width.saturating_sub(12));
    if let Some(expected) = &view.finding.check.expected {
        lines.push(format!("{}{expected}", pick(style.lang, "应为：", "expected: ")));
    }
    lines
}

/// Figures to the right, names behind them, long names broken.
fn aligned(rows: &[(&str, String, String)], room: usize) -> Vec<String> {
    let figures = rows.iter().map(|(_, figure, _)| width(figure)).max().unwrap_or(0);
    let indent = figures + 4;
    let mut lines = Vec::new();
    for (sign, figure, name) in rows {
        for (index, part) in wrap(name, room.saturating_sub(indent).max(10)).iter().enumerate() {
            let front = if index == 0 { format!("{sign} {}", pad_left(figure, figures)) } else { String::new() };
            lines.push(format!("{}{part}", crate::width::pad_right(&front, indent)));
        }
        if name.is_empty() {
            lines.push(format!("{sign} {}", pad_left(figure, figures)));
        }
    }
    lines
}
