//! The pages of a PDF as they were read: lines and words where they stand, findings on them.

use super::marks;
use crate::checked::pick;
use crate::view::{FindingView, level_word};
use gouji_model::Lang;
use gouji_read::{Area, Glyph, SourceFile};
use std::collections::BTreeMap;

/// Reports with more pages fold the pages without a finding.
const UNFOLDED: usize = 6;
/// Least side of the square that holds the number of a finding, in hundredths of a point.
const LEAST_BADGE: i32 = 800;

/// Pages in a row that are shown, or folded because nothing was found on them.
pub(super) struct Stretch {
    pub folded: bool,
    /// `第 3–7 页`.
    pub name: String,
    pub pages: Vec<PageView>,
}

/// A page as it was read.
pub(super) struct PageView {
    pub name: String,
    /// Width and height in points.
    pub width: String,
    pub height: String,
    /// The outlines of all lines drawn on the page.
    pub rulings: String,
    pub words: Vec<Size>,
    pub marks: Vec<MarkView>,
    /// Targets of places whose words stand nowhere on the page.
    pub ids: Vec<String>,
}

/// Words of one size of print.
pub(super) struct Size {
    pub size: String,
    pub words: Vec<Words>,
}

/// Words of one line without a wide gap.
pub(super) struct Words {
    pub x: String,
    pub y: String,
    pub length: Option<String>,
    pub turn: Option<String>,
    pub text: String,
}

/// A finding on the page.
pub(super) struct MarkView {
    pub id: String,
    pub href: String,
    pub class: String,
    pub number: usize,
    pub label: String,
    /// Left, top, width, height of each line.
    pub boxes: Vec<[String; 4]>,
    pub badge: Option<Badge>,
}

/// The number of a finding in its rectangle.
pub(super) struct Badge {
    pub left: String,
    pub top: String,
    pub width: String,
    pub side: String,
    pub middle: String,
    pub foot: String,
    pub size: String,
}

/// Draws the pages of a file; `id` is the report's.
pub(super) fn stretches(
    (index, file): (u16, &SourceFile),
    views: &[FindingView<'_>],
    id: &str,
    lang: Lang,
) -> Vec<Stretch> {
    let mut on_page: BTreeMap<u32, Vec<Found>> = BTreeMap::new();
    for view in views {
        for (place_index, place) in view.places.iter().enumerate().filter(|(_, place)| place.span.file == index) {
            let mut areas: BTreeMap<u32, Vec<Area>> = BTreeMap::new();
            for (page, area) in &place.areas {
                areas.entry(*page).or_default().push(*area);
            }
            if areas.is_empty() {
                areas.insert(place.page.unwrap_or(1), Vec::new());
            }
            for (part, (page, areas)) in areas.into_iter().enumerate() {
                on_page.entry(page).or_default().push(Found { view, place: place_index, part, areas });
            }
        }
    }
    let mut glyphs: BTreeMap<u32, Vec<Glyph>> = BTreeMap::new();
    for glyph in &file.glyphs {
        glyphs.entry(glyph.page).or_default().push(*glyph);
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    for number in 1..=file.pages.len() as u32 {
        let found = on_page.remove(&number).unwrap_or_default();
        let folded = found.is_empty() && file.pages.len() > UNFOLDED;
        let glyphs = glyphs.remove(&number).unwrap_or_default();
        let page = page(file, &glyphs, number, &found, id, lang);
        match stretches.last_mut() {
            Some(last) if last.folded == folded => last.pages.push(page),
            _ => stretches.push(Stretch { folded, name: String::new(), pages: vec![page] }),
        }
    }
    let mut first = 1;
    for stretch in &mut stretches {
        let last = first + stretch.pages.len() - 1;
        stretch.name = if first == last { page_name(first, lang) } else { pages_name(first, last, lang) };
        first = last + 1;
    }
    stretches
}

/// One end of a finding on one page.
struct Found<'v, 'a> {
    view: &'v FindingView<'a>,
    place: usize,
    /// Which page of the place it is, from 0: only the first one is a target of links.
    part: usize,
    areas: Vec<Area>,
}

fn page_name(number: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第 {number} 页"),
        Lang::En => format!("page {number}"),
    }
}

fn pages_name(first: usize, last: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第 {first}–{last} 页"),
        Lang::En => format!("pages {first}–{last}"),
    }
}

fn page(file: &SourceFile, glyphs: &[Glyph], number: u32, found: &[Found<'_, '_>], id: &str, lang: Lang) -> PageView {
    let sheet = &file.pages[number as usize - 1];
    let nowhere = found.iter().filter(|one| one.areas.is_empty() && one.part == 0);
    PageView {
        name: page_name(number as usize, lang),
        width: points(sheet.width),
        height: points(sheet.height),
        rulings: sheet.rulings.iter().map(outline).collect(),
        words: words(file, glyphs),
        marks: marks(found, sheet.width, id, lang),
        ids: nowhere.map(|one| marks::place_id(id, one.view.number, one.place)).collect(),
    }
}

/// A ruling as a closed path, never thinner than the eye can see.
fn outline(area: &Area) -> String {
    let (width, height) = (area.width().max(40), area.height().max(40));
    format!("M{} {}h{}v{}h-{}z", points(area.left), points(area.top), points(width), points(height), points(width))
}

/// Words line by line, those of one size together.
fn words(file: &SourceFile, glyphs: &[Glyph]) -> Vec<Size> {
    let mut sizes: Vec<Size> = Vec::new();
    for run in runs(file, glyphs) {
        let size = points(run.size);
        let words = run.drawn();
        match sizes.last_mut() {
            Some(last) if last.size == size => last.words.push(words),
            _ => sizes.push(Size { size, words: vec![words] }),
        }
    }
    sizes
}

/// Characters that stand behind one another.
struct Run {
    text: String,
    area: Area,
    size: i32,
    letters: usize,
    /// How the words run: to the right, downwards, or upwards.
    way: Way,
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Right,
    Down,
    Up,
}

fn runs(file: &SourceFile, glyphs: &[Glyph]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for glyph in glyphs {
        let Some(letter) = file.text[glyph.start as usize..].chars().next().filter(|letter| !letter.is_whitespace())
        else {
            continue;
        };
        match runs.last_mut().and_then(|run| run.way_to(&glyph.area).map(|way| (run, way))) {
            Some((run, way)) => run.take(letter, &glyph.area, way),
            None => runs.push(Run::new(letter, glyph.area)),
        }
    }
    runs
}

impl Run {
    fn new(letter: char, area: Area) -> Run {
        Run { text: letter.to_string(), area, size: area.height(), letters: 1, way: Way::Right }
    }

    fn take(&mut self, letter: char, area: &Area, way: Way) {
        self.text.push(letter);
        self.letters += 1;
        self.area = self.area.over(area);
        self.way = way;
        self.size = if way == Way::Right { self.area.height() } else { self.area.width() };
    }

    /// The way on to the next character, where it stands close behind the words.
    fn way_to(&self, next: &Area) -> Option<Way> {
        let close = |gap: i32, size: i32| gap.abs() * 4 <= size;
        let same = |way| self.letters == 1 || self.way == way;
        let level = (next.top - self.area.top).abs() * 5 <= self.area.height()
            && (next.height() - self.area.height()).abs() * 5 <= self.area.height();
        let upright = (next.left - self.area.left).abs() * 5 <= self.area.width()
            && (next.width() - self.area.width()).abs() * 5 <= self.area.width();
        if level && same(Way::Right) && close(next.left - self.area.right, self.area.height()) {
            Some(Way::Right)
        } else if upright && same(Way::Down) && close(next.top - self.area.bottom, self.area.width()) {
            Some(Way::Down)
        } else if upright && same(Way::Up) && close(self.area.top - next.bottom, self.area.width()) {
            Some(Way::Up)
        } else {
            None
        }
    }

    /// The words on their baseline, as long as they are on paper.
    fn drawn(self) -> Words {
        let foot = self.size * 18 / 100;
        let (x, y, length, turn) = match self.way {
            Way::Right => (self.area.left, self.area.bottom - foot, self.area.width(), None),
            Way::Down => (self.area.left + foot, self.area.top, self.area.height(), Some(90)),
            Way::Up => (self.area.right - foot, self.area.bottom, self.area.height(), Some(-90)),
        };
        let (x, y) = (points(x), points(y));
        let turn = turn.map(|degrees| format!("rotate({degrees} {x} {y})"));
        Words { length: (self.letters > 1).then(|| points(length)), turn, text: self.text, x, y }
    }
}

/// The findings of a page, the numbers of those that share a place side by side.
fn marks(found: &[Found<'_, '_>], width: i32, id: &str, lang: Lang) -> Vec<MarkView> {
    let mut badges: Vec<Area> = Vec::new();
    let drawn = found.iter().filter(|one| !one.areas.is_empty());
    drawn.map(|one| mark(one, width, &mut badges, id, lang)).collect()
}

fn mark(one: &Found<'_, '_>, width: i32, badges: &mut Vec<Area>, id: &str, lang: Lang) -> MarkView {
    let finding = one.view.finding;
    let level = level_word(finding.level, lang);
    let kind = if one.place == 0 { "lead" } else { "end" };
    let state = if finding.accepted.is_some() { " accepted" } else { "" };
    let place = |area: &Area| [area.left, area.top, area.width(), area.height()].map(points);
    let suffix = if one.part == 0 { String::new() } else { format!("-{}", one.part) };
    MarkView {
        id: marks::place_id(id, one.view.number, one.place) + &suffix,
        href: format!("#{}", marks::finding_id(id, one.view.number)),
        class: format!("{} {kind}{state}", finding.level.word()),
        number: one.view.number,
        label: format!("{} {level}{}{}", one.view.number, pick(lang, "：", ": "), one.view.wording.message),
        boxes: one.areas.iter().map(place).collect(),
        badge: (one.part == 0).then(|| badge(&one.areas, width, one.view.number, badges)),
    }
}

/// The number stands above the end of the words, beside those that stand there already.
fn badge(areas: &[Area], width: i32, number: usize, badges: &mut Vec<Area>) -> Badge {
    // A wide page is shown smaller: its numbers are larger.
    let side = LEAST_BADGE.max(width / 80);
    let wide = if number < 10 { side } else { side * 3 / 2 };
    let last = areas.first().copied().unwrap_or_default();
    let top = (last.top - side * 8 / 10).max(0);
    let mut area = Area { left: last.right - wide / 3, top, right: last.right - wide / 3 + wide, bottom: top + side };
    let meets = |area: &Area, other: &Area| {
        area.left < other.right && other.left < area.right && area.top < other.bottom && other.top < area.bottom
    };
    while let Some(other) = badges.iter().find(|other| meets(&area, other)) {
        (area.left, area.right) = (other.right + 50, other.right + 50 + wide);
        if area.right > width {
            (area.left, area.right) = ((last.left - wide).max(0), (last.left - wide).max(0) + wide);
            (area.top, area.bottom) = (other.bottom + 50, other.bottom + 50 + side);
        }
    }
    badges.push(area);
    Badge {
        left: points(area.left),
        top: points(area.top),
        width: points(wide),
        side: points(side),
        middle: points((area.left + area.right) / 2),
        foot: points(area.top + side * 8 / 10),
        size: points(side * 85 / 100),
    }
}

/// Hundredths of a point as points with one digit.
fn points(hundredths: i32) -> String {
    let tenths = (hundredths + if hundredths < 0 { -5 } else { 5 }) / 10;
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_short() {
        assert_eq!([0, 4, 5, 1234, -1234, 59500].map(points), ["0", "0", "0.1", "12.3", "-12.3", "595"]);
    }

    #[test]
    fn numbers_at_one_place_stand_side_by_side_within_the_page() {
        let place = [Area { left: 50000, top: 2000, right: 58000, bottom: 3000 }];
        let mut badges = Vec::new();
        for number in 1..40 {
            badge(&place, 59500, number, &mut badges);
        }
        for (index, one) in badges.iter().enumerate() {
            assert!(one.left >= 0 && one.right <= 59500);
            assert!(badges[index + 1..].iter().all(|other| one.right <= other.left
                || other.right <= one.left
                || one.bottom <= other.top
                || other.bottom <= one.top));
        }
    }
}
