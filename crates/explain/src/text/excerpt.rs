//! The part of the report that is drawn: a sentence cut to the width, or a row of a table.

use super::TextStyle;
use crate::checked::{Checked, pick};
use crate::spot::Spot;
use crate::view::{CellView, PlaceView, role_word};
use crate::width::{char_width, width};
use gouji_model::{Lang, Span};
use gouji_read::SourceFile;
use std::ops::Range;

/// Stands for what was cut; three full stops, because the one character `…` is one column
/// wide in some terminals and two in others, and the underline would slip.
pub(super) const CUT: &str = "...";

/// A line to be drawn with its marks.
pub(super) struct Excerpt {
    /// The file with line and column, page or cell; for another end in the same file the
    /// latter only.
    pub origin: String,
    /// Where the first mark stands.
    pub spot: Spot,
    /// The line as drawn.
    pub text: String,
    /// The marks in `text`.
    pub marks: Vec<Mark>,
    /// The first mark is what the report claims.
    pub leads: bool,
}

/// Marked words and what they are.
pub(super) struct Mark {
    /// Bytes of the excerpt.
    pub range: Range<usize>,
    /// What they are, where there is room for it.
    pub label: Option<String>,
}

/// One excerpt for each line concerned: places of one sentence or one row share it where it
/// can hold them.
pub(super) fn excerpts(checked: &Checked<'_>, places: &[PlaceView], style: &TextStyle) -> Vec<Excerpt> {
    let mut lines: Vec<Vec<&PlaceView>> = Vec::new();
    for place in places {
        match lines.iter_mut().find(|line| joins(checked, line, place, style)) {
            Some(line) => line.push(place),
            None => lines.push(vec![place]),
        }
    }
    let drawn = lines.iter().enumerate().filter_map(|(index, line)| {
        let home = lines[0].first().map(|place| place.span.file).filter(|_| index > 0);
        excerpt(checked, line, home, style)
    });
    drawn.collect()
}

/// True when the place can be shown on that line without cutting away a mark.
fn joins(checked: &Checked<'_>, line: &[&PlaceView], place: &PlaceView, style: &TextStyle) -> bool {
    let room = room(style, place.spot.number());
    if line.iter().all(|other| other.span == place.span) {
        return true;
    }
    if line.iter().any(|other| other.line != place.line || other.span.file != place.span.file) {
        return false;
    }
    // Cells share a line under one label only: the two sides of a balance have one each.
    let label =
        |place: &PlaceView| place.cell.as_ref().filter(|cell| cell.header.is_some()).map(|cell| cell.row.clone());
    if label(place).is_some() && line.iter().all(|other| label(other) == label(place)) {
        let cells: Vec<&PlaceView> = line.iter().copied().chain([place]).collect();
        return width(&row_line(checked, &cells, usize::MAX, style).0) <= room;
    }
    let union = line.iter().fold(place.span, |union, other| union.to(other.span));
    let prose = place.cell.is_none() && line.iter().all(|other| other.cell.is_none());
    prose && width(checked.document.slice(union)) <= room
}

/// Columns for the line itself: the width less the number before it and its frame.
fn room(style: &TextStyle, number: usize) -> usize {
    style.width.saturating_sub(number.to_string().len() + 4).max(20)
}

/// The line of some places; `home` is the file that needs no naming again.
fn excerpt(checked: &Checked<'_>, places: &[&PlaceView], home: Option<u16>, style: &TextStyle) -> Option<Excerpt> {
    let first = *places.first()?;
    let file = checked.document.files.get(usize::from(first.span.file))?;
    let room = room(style, first.spot.number());
    let (text, ranges) = match &first.cell {
        Some(cell) if cell.header.is_none() => whole_row_line(checked, cell, room),
        Some(_) => row_line(checked, places, room, style),
        None => prose_line(file, places, room),
    };
    let mut marks: Vec<Mark> = Vec::new();
    for (place, range) in places.iter().zip(ranges) {
        if marks.iter().all(|mark| mark.range != range) {
            marks.push(Mark { range, label: Some(role_word(place.role, style.lang).to_string()) });
        }
    }
    let (line, column) = (first.line, first.column);
    let origin = match (home == Some(first.span.file), &first.spot, style.lang) {
        (true, Spot::Line(_), Lang::Zh) => format!("第 {line} 行第 {column} 列"),
        (true, Spot::Line(_), Lang::En) => format!("line {line}, column {column}"),
        (false, Spot::Line(_), _) => format!("{}:{line}:{column}", file.path),
        (true, spot, lang) => spot.text(lang),
        (false, spot, lang) => format!("{} {}", file.path, spot.text(lang)),
    };
    let mut excerpt = Excerpt { origin, spot: first.spot.clone(), text, marks, leads: home.is_none() };
    excerpt.drop_labels_without_room(room);
    Some(excerpt)
}

impl Excerpt {
    /// The number that stands before the line.
    pub(super) fn number(&self) -> usize {
        self.spot.number()
    }

    /// A label stands behind its underline. Where it would pass the width it is left out, in a
    /// row of more than two all are, and so it is before another underline: the renderer counts characters there, not columns,
    /// and a Chinese label would push what stands behind it to the right.
    fn drop_labels_without_room(&mut self, room: usize) {
        let last = self.marks.iter().map(|mark| mark.range.end).max();
        let many = self.marks.len() > 2;
        for mark in &mut self.marks {
            let end = width(&self.text[..mark.range.end]);
            let passes = mark.label.as_ref().is_some_and(|label| end + 1 + width(label) > room);
            if many || passes || Some(mark.range.end) != last {
                mark.label = None;
            }
        }
    }
}

/// Cells of one row as `label | head: value | head: value`, the values marked, in the order
/// of the places.
fn row_line(
    checked: &Checked<'_>,
    places: &[&PlaceView],
    room: usize,
    style: &TextStyle,
) -> (String, Vec<Range<usize>>) {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|index| places[*index].span);
    let mut ranges = vec![0..0; places.len()];
    let label = places.iter().find_map(|place| place.cell.as_ref()).map_or("", |cell| cell.row.as_str());
    let mut text = head_within(label, room / 3);
    for index in order {
        let Some(cell) = &places[index].cell else { continue };
        let value = checked.document.quote(places[index].span);
        let value = if value.is_empty() { pick(style.lang, "（空）", "(blank)").to_string() } else { value };
        if !text.is_empty() {
            text.push_str(" | ");
        }
        let left = room.saturating_sub(width(&text) + 2);
        if let Some(header) = cell.header.as_ref().filter(|header| !header.is_empty()) {
            text.push_str(&head_within(header, left.saturating_sub(width(&value).min(left / 2))));
            text.push_str(": ");
        }
        let value = head_within(&value, room.saturating_sub(width(&text)));
        ranges[index] = text.len()..text.len() + value.len();
        text.push_str(&value);
    }
    (text, ranges)
}

/// A whole row as `cell | cell | cell`, all of it marked.
fn whole_row_line(checked: &Checked<'_>, row: &CellView, room: usize) -> (String, Vec<Range<usize>>) {
    let cells: Vec<String> = row.cells.iter().map(|cell| checked.document.quote(*cell)).collect();
    let text = head_within(&cells.join(" | "), room);
    let range = 0..text.len();
    (text, vec![range])
}

/// The beginning of a text, with a sign where it was cut.
pub(super) fn head_within(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_string();
    }
    let mut used = CUT.len();
    let kept = text.chars().take_while(|character| {
        used += char_width(*character);
        used <= room
    });
    kept.collect::<String>() + CUT
}

/// The sentence around the marks, cut to the room, with blanks collapsed.
fn prose_line(file: &SourceFile, places: &[&PlaceView], room: usize) -> (String, Vec<Range<usize>>) {
    let spans: Vec<Span> = places.iter().map(|place| place.span).collect();
    let (line, ranges) = collapsed_lines(file, &spans);
    let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    let last = ranges.iter().map(|range| range.end).max().unwrap_or(0);
    let window = window(&line, first..last, room);
    let front = if window.start > 0 && !begins_sentence(&line, window.start) { CUT } else { "" };
    let back = if window.end < line.len() && !ends_sentence(&line, window.end) { CUT } else { "" };
    let text = format!("{front}{}{back}", &line[window.clone()]);
    let shift = |at: usize| at.clamp(window.start, window.end) - window.start + front.len();
    (text, ranges.into_iter().map(|range| shift(range.start)..shift(range.end)).collect())
}

/// The lines that hold the spans as one, runs of blanks and line ends as one blank, with
/// the places of the spans in it.
fn collapsed_lines(file: &SourceFile, spans: &[Span]) -> (String, Vec<Range<usize>>) {
    let first = spans.iter().map(|span| span.start as usize).min().unwrap_or(0);
    let last = spans.iter().map(|span| span.end as usize).max().unwrap_or(0);
    let start = file.text[..first].rfind('\n').map_or(0, |at| at + 1);
    let end = file.text[last..].find('\n').map_or(file.text.len(), |at| last + at);
    let mut line = String::new();
    let mut places = vec![(start, 0)];
    for (at, character) in file.text[start..end].char_indices() {
        let blank = character.is_whitespace();
        if !blank || !line.is_empty() && !line.ends_with(' ') {
            places.push((start + at, line.len()));
            line.push(if blank { ' ' } else { character });
        }
    }
    places.push((end, line.len()));
    // A byte that was dropped stands where the next one that was kept stands.
    let find = |byte: u32| places[places.partition_point(|(raw, _)| *raw < byte as usize).min(places.len() - 1)].1;
    let ranges = spans.iter().map(|span| find(span.start)..find(span.end).max(find(span.start))).collect();
    (line, ranges)
}

/// The part of a line to show: the marks, then as much of their sentence as there is room for,
/// more before the marks than behind them, because the subject stands before its figure.
fn window(line: &str, marks: Range<usize>, room: usize) -> Range<usize> {
    let sentence = sentence_around(line, &marks);
    if width(&line[sentence.clone()]) + 2 * CUT.len() <= room {
        return sentence;
    }
    let spare = room.saturating_sub(width(&line[marks.clone()]) + 2 * CUT.len());
    let before = &line[sentence.start..marks.start];
    let behind = &line[marks.end..sentence.end];
    let share = (spare * 2 / 3).max(spare.saturating_sub(width(behind)));
    let start = marks.start - tail_within(before, share);
    let left = spare.saturating_sub(width(&line[start..marks.start]));
    let end = marks.end + head_bytes_within(behind, left);
    let surplus = width(&line[marks.clone()]) + 2 * CUT.len() > room;
    if surplus {
        return marks.end - tail_within(&line[marks.clone()], room.saturating_sub(2 * CUT.len()))..marks.end;
    }
    start..end
}

/// From behind the last sentence end before the marks to the first one behind them.
fn sentence_around(line: &str, marks: &Range<usize>) -> Range<usize> {
    let start = line[..marks.start].char_indices().rev().find(|(_, c)| is_end(*c));
    let start = start.map_or(0, |(at, c)| at + c.len_utf8());
    let start = start + (line[start..].len() - line[start..].trim_start().len());
    let closed = line[..marks.end].ends_with(is_end);
    let end = line[marks.end..].char_indices().find(|(_, c)| is_end(*c));
    let end = end.map_or(line.len(), |(at, c)| marks.end + at + c.len_utf8());
    start.min(marks.start)..if closed { marks.end } else { end }
}

fn is_end(character: char) -> bool {
    "。；;！？".contains(character)
}

fn begins_sentence(line: &str, at: usize) -> bool {
    line[..at].trim_end().ends_with(is_end)
}

fn ends_sentence(line: &str, at: usize) -> bool {
    line[..at].ends_with(is_end)
}

/// The end of a text that fits.
pub(super) fn tail_of(text: &str, room: usize) -> &str {
    &text[text.len() - tail_within(text, room)..]
}

/// How many bytes of the end of a text fit.
fn tail_within(text: &str, room: usize) -> usize {
    let mut used = 0;
    let kept = text.chars().rev().take_while(|character| {
        used += char_width(*character);
        used <= room
    });
    kept.map(char::len_utf8).sum()
}

/// How many bytes of the beginning of a text fit.
fn head_bytes_within(text: &str, room: usize) -> usize {
    let mut used = 0;
    let kept = text.chars().take_while(|character| {
        used += char_width(*character);
        used <= room
    });
    kept.map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_keeps_the_marks_and_the_width() {
        let line = "甲".repeat(50) + "。" + &"乙".repeat(40) + "增加 5627 万元" + &"丙".repeat(40);
        let start = line.find("增加").unwrap();
        let marks = start..start + "增加 5627 万元".len();
        for room in [20, 40, 74, 114] {
            let window = window(&line, marks.clone(), room);
            assert!(window.start <= marks.start && marks.end <= window.end);
            assert!(width(&line[window]) + 6 <= room);
        }
    }

    #[test]
    fn a_sentence_that_fits_is_shown_whole() {
        let line = "第一句。第二句说增加五万元。第三句。";
        let start = line.find("增加").unwrap();
        assert_eq!(&line[window(line, start..start + 6, 60)], "第二句说增加五万元。");
    }

    #[test]
    fn a_mark_longer_than_the_line_keeps_its_end() {
        let line = "一二三四五六七八九十".repeat(10);
        let window = window(&line, 0..line.len(), 30);
        assert!(window.end == line.len() && width(&line[window]) <= 24);
    }
}
