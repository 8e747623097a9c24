//! The findings as a compiler says them: the line of the report, the words underlined, the
//! other end below it, then the sum, why, and the cure; a summary at the end.

mod excerpt;
mod overview;
mod sum;
mod summary;

use crate::checked::{Checked, StaleAcceptance, pick};
use crate::repair;
use crate::spot::{Spot, several};
use crate::view::{self, FindingView};
use crate::width::{width, wrap};
use annotate_snippets::{AnnotationKind, Element, Group, Level as Drawn, Origin, Renderer, Snippet};
use excerpt::{Excerpt, Mark};
use gouji_model::{Lang, Level};

/// Places drawn with their line; the others stand in the sum.
const PLACES_DRAWN: usize = 4;

/// How text is drawn.
#[derive(Clone, Copy, Debug)]
pub struct TextStyle {
    /// Language of the messages.
    pub lang: Lang,
    /// Columns of the terminal.
    pub width: usize,
    /// Colours of the terminal.
    pub colour: Colour,
}

/// Whether the terminal's colours are used; they never carry a meaning alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// No escape sequences at all.
    #[default]
    Plain,
    /// ANSI colours.
    Ansi,
}

/// Draws all reports of a run; with several there is one line for each at the end, and a total.
pub fn render_text(reports: &[Checked<'_>], style: &TextStyle) -> String {
    let mut out = String::new();
    for checked in reports {
        let views = view::findings(checked, style.lang);
        for cause in view::causes(&views) {
            out.push_str(&block(checked, &cause, style));
            out.push_str("\n\n");
        }
        for entry in checked.stale {
            out.push_str(&stale_block(entry, style));
            out.push_str("\n\n");
        }
        summary::write(&mut out, checked, &views, style);
    }
    if reports.len() > 1 {
        overview::write(&mut out, reports, style);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// One cause: its gravest finding in full, its consequences folded under it.
fn block(checked: &Checked<'_>, cause: &[&FindingView<'_>], style: &TextStyle) -> String {
    let Some((first, consequences)) = cause.split_first() else { return String::new() };
    let title = Title {
        level: first.finding.level,
        name: shown_level(first, style.lang),
        id: format!("{} {}", first.finding.code, first.finding.check.key),
        message: &first.wording.message,
    };
    let excerpts = excerpt::excerpts(checked, &first.places, style);
    let last_line = excerpts.iter().take(PLACES_DRAWN).map(Excerpt::number).max().unwrap_or(1);
    let indent = last_line.to_string().len() + 3;
    let mut group = Group::with_level(drawn(first.finding.level));
    for excerpt in excerpts.iter().take(PLACES_DRAWN) {
        group = group.elements(drawn_place(excerpt));
    }
    let mut notes = Notes { indent, width: style.width, lines: Vec::new() };
    if let Some(left_out) = excerpts.get(PLACES_DRAWN..).filter(|left_out| !left_out.is_empty()) {
        let spots: Vec<&Spot> = left_out.iter().map(|excerpt| &excerpt.spot).collect();
        notes.add(pick(style.lang, "他处", "also in"), &several(&spots, style.lang));
    }
    notes.add_lines(pick(style.lang, "算式", "sum"), sum::lines(first, style));
    notes.add(pick(style.lang, "原因", "why"), &first.wording.why);
    notes.add(pick(style.lang, "改法", "cure"), &first.wording.cure);
    notes.add(pick(style.lang, "可能的原因", "likely cause"), &repair::line(checked, first.finding.group, style.lang));
    for view in consequences {
        notes.add(pick(style.lang, "同因", "same cause"), &consequence(view, style.lang));
    }
    let messages: Vec<_> = notes.lines.iter().map(|(name, text)| Drawn::NOTE.with_name(*name).message(text)).collect();
    format!("{}\n{}", title.drawn(style), rendered(group.elements(messages), style))
}

/// The first line of a block: level, code, relation, message.
struct Title<'a> {
    level: Level,
    name: String,
    id: String,
    message: &'a str,
}

impl Title<'_> {
    /// Broken to the width with further lines set in by two: drawn here, because the renderer
    /// would set them in by the length of code and relation.
    fn drawn(&self, style: &TextStyle) -> String {
        let label = format!("{}[{}]", self.name, self.id);
        let text = wrap(&format!("{label}: {}", self.message), style.width.saturating_sub(2)).join("\n  ");
        if style.colour == Colour::Plain {
            return text;
        }
        let colour = match self.level {
            Level::Error => "\u{1b}[1m\u{1b}[91m",
            Level::Warning => "\u{1b}[1m\u{1b}[33m",
            Level::Info => "\u{1b}[1m\u{1b}[94m",
        };
        let (label, message) = text.split_at(text.find("]:").map_or(0, |at| at + 1));
        format!("{colour}{label}\u{1b}[0m\u{1b}[1m{message}\u{1b}[0m")
    }
}

/// A consequence of a cause on one line: code, relation, message, place.
fn consequence(view: &FindingView<'_>, lang: Lang) -> String {
    let place = view.places.first().map_or(String::new(), |place| match lang {
        Lang::Zh => format!("（{}）", place.spot.text(lang)),
        Lang::En => format!(" ({})", place.spot.text(lang)),
    });
    let name = shown_level(view, lang);
    format!("{name}[{} {}] {}{place}", view.finding.code, view.finding.check.key, view.wording.message)
}

fn stale_block(entry: &StaleAcceptance, style: &TextStyle) -> String {
    let title = Title {
        level: Level::Warning,
        name: view::level_word(Level::Warning, style.lang).to_string(),
        id: format!("{} {}", StaleAcceptance::CODE, entry.relation),
        message: &entry.message(style.lang),
    };
    let mut notes = Notes { indent: 4, width: style.width, lines: Vec::new() };
    notes.add(pick(style.lang, "原因", "why"), StaleAcceptance::why(style.lang));
    notes.add(pick(style.lang, "改法", "cure"), StaleAcceptance::cure(style.lang));
    let messages: Vec<_> = notes.lines.iter().map(|(name, text)| Drawn::NOTE.with_name(*name).message(text)).collect();
    let group = Group::with_level(Drawn::WARNING)
        .element(Origin::path(entry.path.as_str()).line(entry.line))
        .elements(messages);
    format!("{}\n{}", title.drawn(style), rendered(group, style))
}

/// The path with line and column, page or cell, and the line with its words underlined.
fn drawn_place<'a>(excerpt: &'a Excerpt) -> Vec<Element<'a>> {
    let origin = Origin::path(excerpt.origin.as_str());
    let annotations = excerpt.marks.iter().enumerate().map(|(index, Mark { range, label })| {
        let kind = if index == 0 && excerpt.leads { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(range.clone()).label(label.as_deref())
    });
    let snippet =
        Snippet::source(excerpt.text.as_str()).line_start(excerpt.number()).fold(false).annotations(annotations);
    vec![origin.into(), snippet.into()]
}

/// The lines below the drawing, each with its name, broken to the width.
struct Notes {
    indent: usize,
    width: usize,
    lines: Vec<(&'static str, String)>,
}

impl Notes {
    fn add(&mut self, name: &'static str, text: &str) {
        let room = self.width.saturating_sub(self.indent + width(name) + 2);
        self.add_lines(name, wrap(text, room));
    }

    fn add_lines(&mut self, name: &'static str, lines: Vec<String>) {
        if lines.iter().any(|line| !line.is_empty()) {
            self.lines.push((name, lines.join("\n")));
        }
    }
}

/// The level's word, with the mark of a rule on trial.
fn shown_level(view: &FindingView<'_>, lang: Lang) -> String {
    let trial = if view.finding.preview { pick(lang, "·试行", " (preview)") } else { "" };
    format!("{}{trial}", view::level_word(view.finding.level, lang))
}

fn drawn(level: Level) -> Drawn<'static> {
    match level {
        Level::Error => Drawn::ERROR,
        Level::Warning => Drawn::WARNING,
        Level::Info => Drawn::INFO,
    }
}

/// A group as text. Lines are cut beforehand, at sentences, so that the renderer's own cutting
/// stays out of the way.
///
/// The path is drawn by an origin of its own, because the column of a cut line is not the
/// column in the file. A snippet without a path then gets an empty path line: it is left out.
fn rendered(group: Group<'_>, style: &TextStyle) -> String {
    let renderer = match style.colour {
        Colour::Plain => Renderer::plain(),
        Colour::Ansi => Renderer::styled(),
    };
    let drawn = renderer.term_width(usize::from(u16::MAX)).render(&[group]);
    let kept: Vec<&str> = drawn.lines().filter(|line| without_escapes(line).trim() != ":::").collect();
    kept.join("\n")
}

fn without_escapes(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |plain, part| plain + part.split_once('m').map_or("", |(_, behind)| behind))
}
