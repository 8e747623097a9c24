//! A page as it is drawn.

use super::measure::{Matrix, hundredths, numbers, thousandths};
use crate::document::Area;
use crate::issue::IssueKind;
use crate::sheet::Letter;
use crate::xml::Element;
use std::collections::BTreeMap;

/// The widest line of a table, in hundredths of a point.
const THIN: i32 = 300;

/// Shorter than this is a dot.
const SHORT: i32 = 200;

/// What a page shows so far.
pub(super) struct Drawing {
    pub letters: Vec<Letter>,
    rulings: Vec<Area>,
    /// Corner of the page, in thousandths of a millimetre.
    corner: (i64, i64),
    /// Width and height, in hundredths of a point.
    size: (i32, i32),
    /// How many characters stand upright, turned by one quarter, two, three.
    ways: [usize; 4],
    /// By character and place, what stands there already.
    struck: BTreeMap<(char, i32, i32), Vec<Area>>,
    marks: usize,
    limit: usize,
    pictures: usize,
    invisible: usize,
    unread: usize,
}

impl Drawing {
    pub(super) fn new(corner: (i64, i64), size: (i32, i32), limit: usize) -> Drawing {
        Drawing {
            letters: Vec::new(),
            rulings: Vec::new(),
            corner,
            size,
            ways: [0; 4],
            struck: BTreeMap::new(),
            marks: 0,
            limit,
            pictures: 0,
            invisible: 0,
            unread: 0,
        }
    }

    /// What of the page could not be read.
    pub(super) fn kinds(&self) -> Vec<IssueKind> {
        let mut kinds = Vec::new();
        if self.marks > self.limit {
            kinds.push(IssueKind::PageTooFull { limit: self.limit });
        }
        if self.letters.is_empty() && self.pictures > 0 {
            kinds.push(IssueKind::Scanned);
        }
        if self.invisible > 0 {
            kinds.push(IssueKind::InvisibleText { count: self.invisible });
        }
        if self.unread > 0 {
            kinds.push(IssueKind::UnreadObjects { count: self.unread });
        }
        kinds
    }

    pub(super) fn turns(&self) -> u8 {
        (0..4).max_by_key(|way| (self.ways[*way], 3 - way)).unwrap_or(0) as u8
    }

    pub(super) fn finish(self) -> (Vec<Letter>, Vec<Area>) {
        (self.letters, self.rulings)
    }

    /// Adds what a template draws.
    pub(super) fn put(&mut self, letters: &[Letter], rulings: &[Area]) {
        self.marks += letters.len() + rulings.len();
        self.ways[0] += letters.len();
        letters.iter().for_each(|letter| self.write(*letter));
        self.rulings.extend_from_slice(rulings);
    }

    /// Draws the layers and blocks of a page.
    pub(super) fn draw(&mut self, container: &Element) {
        for element in container.elements() {
            if self.marks > self.limit {
                return;
            }
            self.marks += 1;
            if element.attribute("Visible") == Some("false") {
                continue;
            }
            match &*element.name {
                "Layer" | "PageBlock" => self.draw(element),
                "TextObject" => self.draw_text(element),
                "PathObject" => self.draw_path(element),
                "ImageObject" => self.pictures += 1,
                "CompositeObject" => self.unread += 1,
                _ => {}
            }
        }
    }

    /// The matrix of an object, and the upper left corner of its boundary.
    fn matrix(&self, object: &Element) -> Matrix {
        let boundary = numbers(object.attribute("Boundary").unwrap_or(""));
        let at = |index: usize| boundary.get(index).copied().unwrap_or(0);
        Matrix::new(object.attribute("CTM"), (at(0) - self.corner.0, at(1) - self.corner.1))
    }

    fn draw_text(&mut self, object: &Element) {
        let is_clear = object.child("FillColor").is_some_and(|colour| colour.attribute("Alpha") == Some("0"));
        let is_unfilled = object.attribute("Fill") == Some("false") && object.attribute("Stroke") != Some("true");
        let size = object.attribute("Size").and_then(thousandths).unwrap_or(3_500).clamp(0, 1_000_000);
        let matrix = self.matrix(object);
        let (mut x, mut y) = (0, 0);
        for code in object.all("TextCode") {
            let text = code.text();
            let text = text.trim_matches(['\n', '\r', '\t']);
            if is_clear || is_unfilled {
                self.invisible += text.chars().filter(|c| !c.is_whitespace()).count();
                continue;
            }
            let given = |name: &str| code.attribute(name).and_then(|value| thousandths(value.trim()));
            (x, y) = (given("X").unwrap_or(x), given("Y").unwrap_or(y));
            let mut across = Steps::new(code.attribute("DeltaX"));
            let mut down = Steps::new(code.attribute("DeltaY"));
            for character in text.chars() {
                self.marks += 1;
                if self.marks > self.limit {
                    return;
                }
                let width = if character.is_ascii() { size / 2 } else { size };
                let step = match (across.next(), down.is_empty()) {
                    (Some(step), _) => step,
                    // A vertical line moves down only.
                    (None, false) => 0,
                    (None, true) => width,
                };
                // A glyph is as wide as it advances, but no wider than its font.
                let shown = if step > 0 { step.min(width.max(size)) } else { width };
                self.draw_letter(character, (x, y), (shown, size), &matrix);
                (x, y) = (x.saturating_add(step), y.saturating_add(down.next().unwrap_or(0)));
            }
        }
    }

    fn draw_letter(&mut self, character: char, (x, y): (i64, i64), (width, size): (i64, i64), matrix: &Matrix) {
        const FAR: i64 = 100_000_000;
        if character.is_control() || x.abs() > FAR || y.abs() > FAR {
            return;
        }
        let (above, below) = (y - size * 86 / 100, y + size * 14 / 100);
        let corners = [(x, above), (x + width, above), (x, below), (x + width, below)];
        let area = around(corners.map(|corner| matrix.apply(corner)));
        let middle = ((area.left + area.right) / 2, (area.top + area.bottom) / 2);
        let inside = (0..=self.size.0).contains(&middle.0) && (0..=self.size.1).contains(&middle.1);
        let size = hundredths(matrix.upright(size));
        if inside && size >= 20 {
            self.ways[matrix.way()] += 1;
            self.write(Letter { character, area, size });
        }
    }

    /// Adds a character unless it stands there already: some are struck twice to look bold.
    fn write(&mut self, letter: Letter) {
        let Letter { character, area, .. } = letter;
        let near = (area.width() * 35 / 100).clamp(10, 150);
        let (column, line) = (area.left.div_euclid(200), area.bottom.div_euclid(200));
        let same = |other: &Area| (other.left - area.left).abs() <= near && (other.bottom - area.bottom).abs() <= near;
        let is_struck = (-1..=1).any(|aside| {
            (-1..=1).any(|below| {
                let known = self.struck.get(&(character, column + aside, line + below));
                known.is_some_and(|areas| areas.iter().take(50).any(same))
            })
        });
        if !is_struck {
            self.struck.entry((character, column, line)).or_default().push(area);
            self.letters.push(letter);
        }
    }

    fn draw_path(&mut self, object: &Element) {
        let data = object.child("AbbreviatedData").map(Element::text).unwrap_or_default();
        let matrix = self.matrix(object);
        let width = object.attribute("LineWidth").and_then(thousandths).unwrap_or(353);
        let half = (hundredths(matrix.upright(width)).abs() / 2).min(THIN / 2);
        let is_stroked = object.attribute("Stroke") != Some("false");
        let is_filled = object.attribute("Fill") == Some("true");
        for outline in outlines(&data, self.limit.saturating_sub(self.marks)) {
            self.marks += outline.points.len();
            let points: Vec<(i64, i64)> = outline.points.iter().map(|point| matrix.apply(*point)).collect();
            if is_filled && !outline.is_curved {
                let area =
                    points.iter().skip(1).fold(around([points[0]; 4]), |area, point| area.over(&around([*point; 4])));
                self.rule(area);
            }
            if !is_stroked {
                continue;
            }
            for pair in points.windows(2) {
                let area = around([pair[0], pair[1], pair[0], pair[1]]);
                let (level, upright) = (area.height() <= 50, area.width() <= 50);
                if level != upright {
                    let (aside, along) = if level { (0, half) } else { (half, 0) };
                    self.rule(Area {
                        left: area.left - aside,
                        top: area.top - along,
                        right: area.right + aside,
                        bottom: area.bottom + along,
                    });
                }
            }
        }
    }

    /// A rectangle as a ruling when it is thin, long and on the page.
    fn rule(&mut self, area: Area) {
        let area = Area {
            left: area.left.max(-100),
            top: area.top.max(-100),
            right: area.right.min(self.size.0 + 100),
            bottom: area.bottom.min(self.size.1 + 100),
        };
        let (short, long) = (area.width().min(area.height()), area.width().max(area.height()));
        if (0..=THIN).contains(&short) && long >= SHORT && long >= 2 * short {
            self.rulings.push(area);
        }
    }
}

/// The smallest rectangle around four points, in hundredths of a point.
fn around(points: [(i64, i64); 4]) -> Area {
    let area = |(x, y): (i64, i64)| Area {
        left: hundredths(x),
        top: hundredths(y),
        right: hundredths(x),
        bottom: hundredths(y),
    };
    points.into_iter().skip(1).fold(area(points[0]), |all, point| all.over(&area(point)))
}

/// The steps from character to character: `4 4 g 3 3.5` is 4, 4, 3.5, 3.5, 3.5.
struct Steps<'a> {
    words: std::str::SplitWhitespace<'a>,
    run: (u64, i64),
    is_empty: bool,
}

impl Steps<'_> {
    fn new(text: Option<&str>) -> Steps<'_> {
        let text = text.unwrap_or("").trim();
        Steps { words: text.split_whitespace(), run: (0, 0), is_empty: text.is_empty() }
    }

    fn is_empty(&self) -> bool {
        self.is_empty
    }

    fn next(&mut self) -> Option<i64> {
        while self.run.0 == 0 {
            let word = self.words.next()?;
            self.run = if word == "g" {
                let count = self.words.next()?.parse().ok()?;
                (count, self.words.next().and_then(thousandths)?)
            } else {
                (1, thousandths(word)?)
            };
        }
        self.run.0 -= 1;
        Some(self.run.1)
    }
}

/// Points one after the other; a curve goes straight to its end.
struct Outline {
    points: Vec<(i64, i64)>,
    is_curved: bool,
}

/// The outlines of a path: `M x y L x y … C`.
fn outlines(data: &str, limit: usize) -> Vec<Outline> {
    let mut found: Vec<Outline> = Vec::new();
    let mut words = data.split_whitespace();
    let mut count = 0;
    while let Some(command) = words.next() {
        count += 1;
        if count > limit {
            break;
        }
        let length = match command {
            "M" | "S" | "L" => 2,
            "Q" => 4,
            "B" => 6,
            "A" => 7,
            _ => 0,
        };
        let numbers: Vec<i64> = words.by_ref().take(length).map(|word| thousandths(word).unwrap_or(0)).collect();
        let end = numbers.len().checked_sub(2).map(|at| (numbers[at], numbers[at + 1]));
        match (command, end, found.last_mut()) {
            ("M" | "S", Some(end), _) => found.push(Outline { points: vec![end], is_curved: false }),
            ("L" | "Q" | "B" | "A", Some(end), Some(last)) => {
                last.is_curved |= command != "L";
                last.points.push(end);
            }
            ("C", _, Some(last)) => last.points.push(last.points[0]),
            _ => {}
        }
    }
    // A curve's ends are no line of a table.
    found.retain(|outline| !outline.is_curved);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_with_runs_and_without_end() {
        let steps = |text: &str, count: usize| -> Vec<Option<i64>> {
            let mut steps = Steps::new(Some(text));
            (0..count).map(|_| steps.next()).collect()
        };
        assert_eq!(steps("4 g 2 3.5", 4), [Some(4_000), Some(3_500), Some(3_500), None]);
        assert_eq!(steps("g 18446744073709551615 1", 2), [Some(1_000); 2]);
        assert_eq!(steps("g g g", 1), [None]);
        assert_eq!(steps("g 0 1 g 0 1 2", 1), [Some(2_000)]);
    }

    #[test]
    fn outlines_of_lines_and_none_of_curves() {
        let found = outlines("M 0 0 L 10 0 L 10 5 C M 1 1 B 1 1 1 1 9 9", 100);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].points, [(0, 0), (10_000, 0), (10_000, 5_000), (0, 0)]);
        assert_eq!(outlines("L 1 1 C X 5 M 1", 100).len(), 0);
    }
}
