//! One report against the truth list: which lines were found, which findings are false.

use super::road::Run;
use super::truth::{Line, Quiet, folded, is_of};
use crate::amounts::{Amount, amounts};
use gouji_explain::quote;
use gouji_model::{Finding, Lang, Level, Span};
use std::collections::BTreeSet;

/// What became of the lines and the findings of one report.
pub(super) struct Outcome<'a> {
    /// The lines of this report with the finding that is true for each.
    pub lines: Vec<(&'a Line, Option<usize>)>,
    /// The findings, in the order of the report.
    pub findings: Vec<Judged>,
    /// Rounding pairs that were reported as faults.
    pub noisy: Vec<(&'a Quiet, usize)>,
    /// Every amount that the report prints, with what became of it.
    pub amounts: Vec<Amount>,
}

/// A finding with what the list says of it.
pub(super) struct Judged {
    pub level: Level,
    pub standing: Standing,
    /// Code, family, message and first place, on one line.
    pub shown: String,
    pub group: u32,
}

/// How a finding stands to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// True for a line.
    True,
    /// It fits the words of a line that it is not counted for.
    Fits,
    /// Of one cause with a true one.
    Follows,
    /// The project's own list holds a proof for it.
    Argued,
    /// Nothing speaks for it.
    False,
}

/// A finding that somebody has proved right, of `xtask/accepted-findings.toml`.
pub(super) struct Proof {
    pub doc: String,
    pub code: String,
    pub relation: String,
    pub quote: String,
}

/// Judges the findings of a run over one or several files.
pub(super) fn judge<'a>(run: &Run, lines: &'a [Line], quiet: &'a [Quiet], proofs: &[Proof]) -> Outcome<'a> {
    let places: Vec<Vec<Place>> = run.report.findings.iter().map(|finding| places(run, finding)).collect();
    let docs: Vec<&str> = run.document.files.iter().map(|file| file.path.as_str()).collect();
    let lines: Vec<&Line> = lines.iter().filter(|line| docs.iter().any(|doc| line.is_of(doc))).collect();
    let fits = |line: &Line, at: usize| {
        places[at].iter().any(|place| {
            let on_page = line.page.is_none_or(|page| place.page == Some(page));
            line.is_of(&place.doc) && place.words.contains(&line.words) && on_page
        })
    };
    let graph: Vec<Vec<usize>> = lines
        .iter()
        .map(|line| {
            (0..places.len()).filter(|at| run.report.findings[*at].level >= line.level && fits(line, *at)).collect()
        })
        .collect();
    let chosen = assign(&lines, &graph);
    let mut standings = vec![Standing::False; places.len()];
    for (at, standing) in standings.iter_mut().enumerate() {
        let finding = &run.report.findings[at];
        let proved = |proof: &Proof| {
            let (code, relation) = (finding.code == proof.code, finding.check.key == proof.relation);
            code && relation
                && places[at].iter().any(|place| proof.doc == place.doc && place.words.contains(&folded(&proof.quote)))
        };
        if chosen.contains(&Some(at)) {
            *standing = Standing::True;
        } else if lines.iter().any(|line| fits(line, at)) {
            *standing = Standing::Fits;
        } else if proofs.iter().any(proved) {
            *standing = Standing::Argued;
        }
    }
    let group = |at: usize| run.report.findings[at].group;
    let true_groups: BTreeSet<u32> =
        (0..places.len()).filter(|at| standings[*at] == Standing::True).map(group).collect();
    for (at, standing) in standings.iter_mut().enumerate() {
        if *standing == Standing::False && true_groups.contains(&group(at)) {
            *standing = Standing::Follows;
        }
    }
    Outcome {
        lines: lines.into_iter().zip(chosen).collect(),
        findings: run
            .report
            .findings
            .iter()
            .zip(&standings)
            .map(|(finding, standing)| judged(run, finding, *standing))
            .collect(),
        noisy: noisy(&docs, run, quiet),
        amounts: amounts(&run.document, &run.statement),
    }
}

/// The words and the page of a place.
struct Place {
    doc: String,
    words: String,
    page: Option<u64>,
}

fn places(run: &Run, finding: &Finding) -> Vec<Place> {
    let spans = finding.check.terms.iter().filter_map(|term| term.span.map(|span| (span, term.cell)));
    let path = |span: Span| run.document.files.get(usize::from(span.file)).map_or("", |file| file.path.as_str());
    let place = |(span, cell)| Place {
        doc: path(span).to_owned(),
        words: folded(&quote(&run.document, &run.statement, span, cell)),
        page: run.document.locate(span).page.map(u64::from),
    };
    spans.map(place).collect()
}

/// Gives each line a finding; only lines of one cause may share one.
fn assign(lines: &[&Line], graph: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut chosen = vec![None; lines.len()];
    for at in 0..lines.len() {
        place_line(at, lines, graph, &mut chosen, &mut BTreeSet::new());
    }
    chosen
}

/// One step of Kuhn's matching: a finding that lines of another cause hold is freed when all
/// of them have another one.
fn place_line(
    at: usize,
    lines: &[&Line],
    graph: &[Vec<usize>],
    chosen: &mut Vec<Option<usize>>,
    seen: &mut BTreeSet<usize>,
) -> bool {
    for finding in &graph[at] {
        if !seen.insert(*finding) {
            continue;
        }
        let before = chosen.clone();
        let is_rival = |other: &usize| before[*other] == Some(*finding) && lines[*other].cause != lines[at].cause;
        let freed = (0..lines.len()).filter(is_rival).all(|rival| {
            chosen[rival] = None;
            place_line(rival, lines, graph, chosen, seen)
        });
        if freed {
            chosen[at] = Some(*finding);
            return true;
        }
        *chosen = before;
    }
    false
}

fn judged(run: &Run, finding: &Finding, standing: Standing) -> Judged {
    let rule = gouji_check::rules().iter().find(|rule| rule.code == finding.code);
    let message = rule.map_or_else(String::new, |rule| (rule.say)(&finding.check, Lang::Zh).message);
    let first = finding.check.terms.iter().find_map(|term| term.span.map(|span| (span, term.cell)));
    let place = first.map_or_else(String::new, |(span, cell)| {
        let location = run.document.locate(span);
        let words = quote(&run.document, &run.statement, span, cell);
        let page = location.page.map_or(String::new(), |page| format!("page {page} "));
        format!("{page}{}:{} “{words}”", location.line, location.column)
    });
    let shown = format!("{} {} {message} — {place}", finding.code, finding.check.key);
    Judged { level: finding.level, standing, shown, group: finding.group }
}

/// Pairs of the quiet list whose figures all stand in one finding above info.
fn noisy<'a>(docs: &[&str], run: &Run, quiet: &'a [Quiet]) -> Vec<(&'a Quiet, usize)> {
    let mut found = Vec::new();
    for pair in quiet.iter().filter(|pair| docs.iter().any(|doc| is_of(&pair.doc, doc))) {
        for (at, finding) in run.report.findings.iter().enumerate().filter(|(_, finding)| finding.level > Level::Info) {
            let figures: Vec<String> =
                finding.check.terms.iter().filter_map(|term| term.figure).map(|figure| figure.to_string()).collect();
            if pair.figures.iter().all(|figure| figures.contains(figure)) {
                found.push((pair, at));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, cause: &str) -> Line {
        let (doc, words, what) = (String::new(), String::new(), String::new());
        Line { doc, id: id.into(), page: None, level: Level::Error, words, what, cause: cause.into() }
    }

    #[test]
    fn one_finding_serves_one_cause() {
        let (first, second, third) = (line("A", "A"), line("B", "A"), line("C", "C"));
        let lines = [&first, &second, &third];
        // The only finding of C is also the first choice of A, which has another.
        assert_eq!(assign(&lines, &[vec![0, 1], vec![1], vec![0]]), [Some(1), Some(1), Some(0)]);
        assert_eq!(assign(&lines, &[vec![0], vec![0], vec![0]]), [Some(0), Some(0), None]);
    }
}
