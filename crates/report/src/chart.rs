//! A chart as SVG: bars that lie on their side, one or two for each label.
//!
//! Every position is a whole number worked out from the figures, so that the same chart is the same bytes everywhere. Series differ by
//! lightness and outline, never by colour alone: reports are printed in grey.

use crate::document::Chart;
use crate::escape::markup;
use gouji_model::Printed;
use std::fmt::Write;

const WIDTH: i64 = 640;
const MARGIN: i64 = 8;
const GAP: i64 = 8;
const SIZE: i64 = 14;
const SMALL: i64 = 12;
const LINE: i64 = 18;
/// Labels are broken beyond fourteen full-width characters, so that more than half of the width stays for the bars.
const LABEL_WIDTH: i64 = 14 * SIZE;
const FAMILY: &str = "Noto Serif SC, Noto Serif CJK SC, serif";
/// Fill and outline of each series; the second is pale and outlined.
const STYLES: [(&str, &str, &str); 2] = [("first", "#3f4d5c", "#3f4d5c"), ("second", "#dfe4e9", "#3f4d5c")];

/// The chart as one `<svg>` element, with its title and its alternative text inside.
pub fn svg(chart: &Chart) -> String {
    let rows: Vec<Label> = chart.bars.iter().map(|bar| Label::of(&bar.label)).collect();
    let scale = Scale::of(chart, &rows);
    let mut body = String::new();
    let mut y = heading(&mut body, chart);
    for (bar, label) in chart.bars.iter().zip(&rows) {
        let values: Vec<&Printed> = bar.values.iter().take(STYLES.len()).collect();
        let bars_height = i64::try_from(values.len()).unwrap_or(0) * thickness(chart);
        let height = bars_height.max(label.height());
        label.draw(&mut body, scale.label_edge, y + (height - label.height()) / 2);
        let mut top = y + (height - bars_height) / 2;
        for (series, value) in values.into_iter().enumerate() {
            scale.draw(&mut body, series, value, top, thickness(chart));
            top += thickness(chart);
        }
        y += height + GAP;
    }
    if !rows.is_empty() {
        let from = y - scale.height(chart, &rows);
        let _ = writeln!(
            body,
            r##"<path class="axis" d="M{} {from}V{}" stroke="#3f4d5c" fill="none"/>"##,
            scale.zero,
            y - GAP / 2
        );
    }
    let (title, alternative) = (markup(&chart.title), markup(&chart.alternative));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{title}\" viewBox=\"0 0 {WIDTH} {y}\" width=\"{WIDTH}\" \
         height=\"{y}\" font-family=\"{FAMILY}\" font-size=\"{SIZE}\">\n<title>{title}</title>\n<desc>{alternative}</desc>\n{body}</svg>\n"
    )
}

/// Draws the title and, where there are two series, what each looks like; the answer is where the bars begin.
fn heading(out: &mut String, chart: &Chart) -> i64 {
    let mut y = MARGIN;
    for line in wrap(&chart.title, WIDTH - 2 * MARGIN, SIZE + 1) {
        let (x, baseline, size) = (WIDTH / 2, y + 15, SIZE + 1);
        let _ = writeln!(
            out,
            r##"<text x="{x}" y="{baseline}" text-anchor="middle" font-size="{size}" font-weight="bold" fill="#1b2128">{}</text>"##,
            markup(&line)
        );
        y += LINE + 2;
    }
    if chart.series.len() > 1 {
        y += GAP / 2;
        let mut x = MARGIN;
        for (name, (class, fill, stroke)) in chart.series.iter().zip(STYLES) {
            let baseline = y + 12;
            let _ = writeln!(
                out,
                "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"26\" height=\"13\" fill=\"{fill}\" stroke=\"{stroke}\"/>\
                 <text x=\"{}\" y=\"{baseline}\" fill=\"#1b2128\">{}</text>",
                x + 32,
                markup(name)
            );
            x += 32 + text_width(name, SIZE) + 3 * GAP;
        }
        y += LINE;
    }
    y + GAP
}

fn thickness(chart: &Chart) -> i64 {
    if chart.series.len() > 1 { 17 } else { 20 }
}

/// A label as the lines it is set in.
struct Label {
    lines: Vec<String>,
    size: i64,
}

impl Label {
    /// Two lines at the common size, or as many as needed at a smaller one.
    fn of(text: &str) -> Label {
        let lines = wrap(text, LABEL_WIDTH, SIZE);
        if lines.len() <= 2 {
            Label { lines, size: SIZE }
        } else {
            Label { lines: wrap(text, LABEL_WIDTH, SMALL), size: SMALL }
        }
    }

    fn line_height(&self) -> i64 {
        self.size + 3
    }

    fn height(&self) -> i64 {
        self.line_height() * i64::try_from(self.lines.len()).unwrap_or(0)
    }

    fn width(&self) -> i64 {
        self.lines.iter().map(|line| text_width(line, self.size)).max().unwrap_or(0)
    }

    fn draw(&self, out: &mut String, edge: i64, top: i64) {
        let mut baseline = top + self.size - 1;
        for line in &self.lines {
            let _ = writeln!(
                out,
                r##"<text x="{edge}" y="{baseline}" text-anchor="end" font-size="{}" fill="#1b2128">{}</text>"##,
                self.size,
                markup(line)
            );
            baseline += self.line_height();
        }
    }
}

/// Where values lie from left to right.
struct Scale {
    label_edge: i64,
    zero: i64,
    room: i64,
    range: i128,
}

impl Scale {
    /// Values stand behind the end of their bar, so room for the longest is kept on each side that has bars.
    fn of(chart: &Chart, labels: &[Label]) -> Scale {
        let label_edge = MARGIN + labels.iter().map(Label::width).max().unwrap_or(0);
        let values = || chart.bars.iter().flat_map(|bar| &bar.values);
        let high = values().map(Printed::atoms).max().unwrap_or(0).max(0);
        let low = values().map(Printed::atoms).min().unwrap_or(0).min(0);
        let kept = |negative: bool| {
            let widths = values().filter(|value| (value.atoms() < 0) == negative);
            widths.map(|value| text_width(&value.grouped(), SIZE) + GAP).max().unwrap_or(0)
        };
        let left = label_edge + GAP + kept(true);
        let room = (WIDTH - MARGIN - kept(false) - left).max(1);
        let range = (high - low).max(1);
        let below = i64::try_from(i128::from(room) * -low / range).unwrap_or(0);
        Scale { label_edge, zero: left + below, room, range }
    }

    /// How far a value reaches from zero. One that is not zero is always seen.
    fn length(&self, value: &Printed) -> i64 {
        let exact = i128::from(self.room) * value.atoms().abs() / self.range;
        let least = if value.atoms() == 0 { 0 } else { 2 };
        i64::try_from(exact).unwrap_or(self.room).max(least)
    }

    fn draw(&self, out: &mut String, series: usize, value: &Printed, top: i64, thickness: i64) {
        let (class, fill, stroke) = STYLES[series];
        let length = self.length(value);
        let negative = value.atoms() < 0;
        let from = if negative { self.zero - length } else { self.zero };
        let (y, height) = (top + 2, thickness - 4);
        let _ = match length {
            0 => writeln!(out, r##"<path class="zero" d="M{from} {y}v{height}" stroke="{stroke}" fill="none"/>"##),
            _ => writeln!(
                out,
                r##"<rect class="{class}" x="{from}" y="{y}" width="{length}" height="{height}" fill="{fill}" stroke="{stroke}"/>"##
            ),
        };
        let (x, anchor) = if negative { (from - 5, "end") } else { (from + length + 5, "start") };
        let baseline = top + thickness / 2 + 5;
        let _ = writeln!(
            out,
            r##"<text x="{x}" y="{baseline}" text-anchor="{anchor}" fill="#1b2128">{}</text>"##,
            value.grouped()
        );
    }

    /// The height of all bars with the white between them.
    fn height(&self, chart: &Chart, labels: &[Label]) -> i64 {
        let each = chart.bars.iter().zip(labels).map(|(bar, label)| {
            let drawn = i64::try_from(bar.values.len().min(STYLES.len())).unwrap_or(0);
            (drawn * thickness(chart)).max(label.height()) + GAP
        });
        each.sum::<i64>() + GAP / 2
    }
}

/// Breaks a text into lines no wider than asked, between any two characters, as Chinese is broken, but not inside a run of
/// Latin letters or digits that would fit on a line of its own.
pub(crate) fn wrap(text: &str, width: i64, size: i64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let fits = |line: &str, piece: &str| text_width(line, size) + text_width(piece, size) <= width;
        if fits(&lines[lines.len() - 1], &piece) {
            push_last(&mut lines, &piece);
        } else if text_width(&piece, size) <= width {
            lines.push(piece.trim_start().to_owned());
        } else {
            for character in piece.chars().map(String::from) {
                if !fits(&lines[lines.len() - 1], &character) {
                    lines.push(String::new());
                }
                push_last(&mut lines, &character);
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn push_last(lines: &mut [String], piece: &str) {
    if let Some(last) = lines.last_mut() {
        last.push_str(piece);
    }
}

/// What may not begin a line.
const CLOSING: &str = "）)，、。；：！？”’》】";

/// Runs of Latin letters and digits whole, everything else by character, with the punctuation that closes it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut in_run = false;
    for character in text.chars() {
        let joins = character.is_ascii_alphanumeric() || matches!(character, '.' | ',' | '-');
        match pieces.last_mut() {
            Some(last) if (joins && in_run) || CLOSING.contains(character) => last.push(character),
            _ => pieces.push(character.to_string()),
        }
        in_run = joins;
    }
    pieces
}

/// About how wide a text is: a full square for each Chinese character, somewhat more than half of one for a Latin one.
fn text_width(text: &str, size: i64) -> i64 {
    let tenths: i64 = text.chars().map(|character| if character.is_ascii() { 6 } else { 10 }).sum();
    tenths * size / 10
}

#[cfg(test)]
mod tests {
    use super::{svg, wrap};
    use crate::document::{Bar, Chart};
    use gouji_model::{Printed, Unit};

    fn chart(bars: &[(&str, &[&str])], series: &[&str]) -> Chart {
        let value = |text: &&str| Printed::parse(text, Unit::TenThousand).unwrap();
        Chart {
            title: "支出<构成>".to_owned(),
            series: series.iter().map(|name| (*name).to_owned()).collect(),
            bars: bars
                .iter()
                .map(|(label, values)| Bar { label: (*label).to_owned(), values: values.iter().map(value).collect() })
                .collect(),
            alternative: "甲 & 乙".to_owned(),
        }
    }

    #[test]
    fn the_longest_bar_is_the_largest_value_and_zero_is_a_line() {
        let drawn = svg(&chart(&[("甲", &["100.00"]), ("乙", &["50.00"]), ("丙", &["0.00"])], &["今年"]));
        let widths: Vec<i64> = drawn
            .split("<rect")
            .skip(1)
            .map(|part| part.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap())
            .collect();
        assert_eq!(widths.len(), 2);
        assert!((widths[0] - 2 * widths[1]).abs() <= 1);
        assert_eq!(drawn.matches("class=\"zero\"").count(), 1);
        assert!(drawn.contains("<title>支出&lt;构成&gt;</title>") && drawn.contains("<desc>甲 &amp; 乙</desc>"));
    }

    #[test]
    fn a_negative_value_reaches_left_with_its_figure_before_it() {
        let drawn = svg(&chart(&[("甲", &["1,000", "-400"])], &["今年", "去年"]));
        assert!(drawn.contains("text-anchor=\"end\" fill=\"#1b2128\">-400</text>"), "{drawn}");
        assert_eq!(drawn, svg(&chart(&[("甲", &["1,000", "-400"])], &["今年", "去年"])));
    }

    #[test]
    fn a_chart_without_bars_is_still_a_picture() {
        assert!(svg(&chart(&[], &[])).starts_with("<svg "));
    }

    #[test]
    fn labels_break_between_characters_but_not_in_numbers() {
        assert_eq!(wrap("一二三四五12345", 70, 14), ["一二三四五", "12345"]);
        assert_eq!(wrap("", 70, 14), Vec::<String>::new());
    }
}
