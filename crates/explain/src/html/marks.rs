//! Where the findings stand in the text, and the text cut into marked and unmarked pieces.

use crate::view::{FindingView, level_word};
use gouji_model::{Lang, Level, Role, Span};
use gouji_read::Document;

/// All marks of a report, by place.
pub(super) struct Marks {
    marks: Vec<Mark>,
    /// Bytes of the longest mark: how far before a text a mark may begin that still touches it.
    longest: u32,
}

/// A marked place.
struct Mark {
    span: Span,
    /// Target of links from the list.
    id: String,
    /// The finding in the list.
    href: String,
    /// Number of the finding.
    number: usize,
    level: Level,
    /// What a pointer resting on it shows.
    title: String,
    /// The place that claims; the others are its other ends.
    leads: bool,
    accepted: bool,
    /// It says that something is missing: the blank cells of its row are meant.
    missing: bool,
}

/// A run of text with the same marks on it.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// The text, line ends joined.
    pub text: String,
    /// Classes of the mark; empty where there is none.
    pub class: String,
    /// The finding to go to.
    pub href: String,
    /// What a pointer resting on it shows.
    pub title: String,
    /// Targets that begin here.
    pub ids: Vec<String>,
    /// Numbers to print behind the piece, with class and link.
    pub numbers: Vec<Number>,
}

/// The number of a finding behind the words it is about.
#[derive(Debug)]
pub(super) struct Number {
    pub number: usize,
    pub href: String,
    pub class: &'static str,
}

/// The target of a finding in the list.
pub(super) fn finding_id(report: &str, number: usize) -> String {
    format!("{report}-f{number}")
}

/// The target of a place in the text.
pub(super) fn place_id(report: &str, number: usize, place: usize) -> String {
    format!("{report}-p{number}-{place}")
}

impl Marks {
    /// The marks of all findings.
    pub fn new(views: &[FindingView<'_>], report: &str, lang: Lang) -> Marks {
        let mut marks = Vec::new();
        for view in views {
            let level = view.finding.level;
            for (index, place) in view.places.iter().enumerate() {
                marks.push(Mark {
                    span: place.span,
                    id: place_id(report, view.number, index),
                    href: format!("#{}", finding_id(report, view.number)),
                    number: view.number,
                    level,
                    title: format!("{} {}：{}", view.number, level_word(level, lang), view.wording.message),
                    leads: index == 0,
                    accepted: view.finding.accepted.is_some(),
                    missing: place.role == Role::Missing,
                });
            }
        }
        marks.sort_by_key(|mark| (mark.span, mark.number));
        let longest = marks.iter().map(|mark| mark.span.end - mark.span.start).max().unwrap_or(0);
        Marks { marks, longest }
    }

    /// A place of the text cut where marks begin and end.
    pub fn pieces(&self, document: &Document, span: Span) -> Vec<Piece> {
        let from = (span.file, span.start.saturating_sub(self.longest));
        let first = self.marks.partition_point(|mark| (mark.span.file, mark.span.start) < from);
        let near =
            self.marks[first..].iter().take_while(|mark| (mark.span.file, mark.span.start) <= (span.file, span.end));
        let touching: Vec<&Mark> = near.filter(|mark| touches(mark, span)).collect();
        if span.start == span.end {
            return touching.first().map(|_| piece(document, span, &touching)).into_iter().collect();
        }
        let mut cuts = vec![span.start, span.end];
        for mark in &touching {
            cuts.extend([mark.span.start, mark.span.end].iter().map(|at| (*at).clamp(span.start, span.end)));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let parts = cuts.windows(2).map(|pair| Span { file: span.file, start: pair[0], end: pair[1] });
        let pieces = parts.map(|part| {
            let over: Vec<&Mark> = touching.iter().filter(|mark| touches(mark, part)).copied().collect();
            piece(document, part, &over)
        });
        pieces.collect()
    }
}

/// True when the mark lies on some of the text; on a blank cell lies a mark of its own, or one
/// that says that something is missing.
fn touches(mark: &Mark, text: Span) -> bool {
    let same = mark.span.start == text.start && mark.span.end == text.end;
    let over = mark.span.start < text.end && text.start < mark.span.end;
    mark.span.file == text.file && (same || over && (text.start < text.end || mark.missing))
}

fn piece(document: &Document, span: Span, marks: &[&Mark]) -> Piece {
    let text = joined(document.slice(span));
    let Some(first) =
        marks.iter().max_by_key(|mark| (!mark.accepted, mark.leads, mark.level, usize::MAX - mark.number))
    else {
        return Piece { text, ..Piece::default() };
    };
    let kind = if first.leads { "lead" } else { "end" };
    let state = if first.accepted { " accepted" } else { "" };
    let begins = marks.iter().filter(|mark| mark.span.start == span.start);
    let ends = marks.iter().filter(|mark| mark.span.end == span.end && mark.leads);
    let number = |mark: &&&Mark| Number { number: mark.number, href: mark.href.clone(), class: mark.level.word() };
    Piece {
        text,
        class: format!("{} {kind}{state}", first.level.word()),
        href: first.href.clone(),
        title: first.title.clone(),
        ids: begins.map(|mark| mark.id.clone()).collect(),
        numbers: ends.map(|mark| number(&mark)).collect(),
    }
}

/// Line ends within the text: nothing between two Chinese characters, else one blank.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\n') {
        let (line, behind) = (rest[..at].trim_end(), rest[at..].trim_start());
        out.push_str(line);
        let wide = |character: Option<char>| character.is_some_and(|character| character >= '\u{2e80}');
        if !(wide(out.chars().next_back()) && wide(behind.chars().next())) {
            out.push(' ');
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_between_chinese_characters_leave_no_blank() {
        assert_eq!(joined("从基\n\n本支出"), "从基本支出");
        assert_eq!(joined("增加 5\n\n万元"), "增加 5 万元");
        assert_eq!(joined("a\r\nb"), "a b");
    }
}
