//! Draws a page onto lists: characters, straight lines, and how many pictures and curves.
//!
//! All measures become whole hundredths of a point here, from the upper left corner of the page as
//! shown; no float leaves this file.
// tidy: float in this file because the library draws in points, and none of them is a figure

use crate::document::Area;
use crate::sheet::Letter;
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask, TransformExt};
use hayro_syntax::page::Page;
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// What a page shows.
#[derive(Default)]
pub(super) struct Drawn {
    pub letters: Vec<Letter>,
    pub rulings: Vec<Area>,
    /// Pictures that cover a good part of the page.
    pub pictures: usize,
    /// Filled shapes with curves: text may be drawn so.
    pub curves: usize,
    /// Characters without a meaning in Unicode.
    pub unknown: usize,
    /// Characters that are drawn but not shown.
    pub invisible: usize,
    /// Quarter turns to the left that make most of the text stand upright.
    pub turns: u8,
}

/// Width and height of a page as shown.
pub(super) fn size_of(page: &Page<'_>) -> (i32, i32) {
    let (width, height) = page.render_dimensions();
    (hundredths(f64::from(width)), hundredths(f64::from(height)))
}

/// A point in hundredths, rounded.
fn hundredths(points: f64) -> i32 {
    (points * 100.0).round().clamp(-1e8, 1e8) as i32
}

/// Lines and fills up to this thickness rule a table.
const THIN: f64 = 3.0;
/// Shorter lines are parts of dashes and of drawn letters.
const SHORT: f64 = 1.0;

/// Takes down what the interpreter draws.
pub(super) struct Recorder {
    drawn: Drawn,
    transform: Affine,
    bounds: Rect,
    clips: Vec<Rect>,
    /// Where characters already stand, to know those struck twice.
    struck: BTreeMap<u64, Vec<Area>>,
    /// How many characters stand upright, are turned to the right, upside down, to the left.
    ways: [usize; 4],
    marks: usize,
    limit: usize,
    is_over: fn() -> bool,
    is_late: bool,
}

/// The drawing is stopped because the page has more marks than the limit, or takes too long.
struct Full;

impl Recorder {
    pub(super) fn new(page: &Page<'_>, limit: usize, is_over: fn() -> bool) -> Recorder {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        Recorder {
            drawn: Drawn::default(),
            transform: page.initial_transform(true).to_kurbo(),
            bounds,
            clips: Vec::new(),
            struck: BTreeMap::new(),
            ways: [0; 4],
            marks: 0,
            limit,
            is_over,
            is_late: false,
        }
    }

    pub(super) fn transform(&self) -> Affine {
        self.transform
    }

    pub(super) fn bounds(&self) -> Rect {
        self.bounds
    }

    pub(super) fn is_full(&self) -> bool {
        self.marks > self.limit
    }

    pub(super) fn is_late(&self) -> bool {
        self.is_late
    }

    pub(super) fn finish(mut self) -> Drawn {
        let most = (0..4).max_by_key(|way| (self.ways[*way], 3 - way)).unwrap_or(0);
        self.drawn.turns = most as u8;
        self.drawn
    }

    /// Counts a mark; beyond the limit the drawing is unwound, which the caller catches.
    fn count(&mut self) {
        self.marks += 1;
        // The clock is asked now and then only: between two marks much may be unpacked, but never much drawn.
        self.is_late = self.is_late || (self.marks.is_multiple_of(16) && (self.is_over)());
        if self.marks > self.limit || self.is_late {
            std::panic::resume_unwind(Box::new(Full));
        }
    }

    /// What is visible at this moment.
    fn visible(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.bounds)
    }

    /// A rectangle of the drawing as a ruling when it is thin, long and visible.
    fn rule(&mut self, rect: Rect) {
        let rect = rect.intersect(self.visible().inflate(1.0, 1.0));
        let (width, height) = (rect.width(), rect.height());
        let thin = width.min(height) <= THIN && width.max(height) >= SHORT;
        // A square dot is no line.
        if thin && width.max(height) >= 2.0 * width.min(height) {
            self.drawn.rulings.push(area_of(rect));
        }
    }

    /// Every straight level or upright stretch of a stroked outline.
    fn rule_outline(&mut self, path: &BezPath, width: f64) {
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        let half = (width / 2.0).min(THIN / 2.0);
        let stretch = |this: &mut Self, from: Point, to: Point| {
            let level = (from.y - to.y).abs() <= 0.5;
            let upright = (from.x - to.x).abs() <= 0.5;
            if level != upright {
                let (across, along) = if level { (half, 0.0) } else { (0.0, half) };
                this.rule(Rect::from_points(from, to).inflate(along, across));
            }
        };
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => (start, last) = (to, to),
                PathEl::LineTo(to) => {
                    stretch(self, last, to);
                    last = to;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = to,
                PathEl::ClosePath => {
                    stretch(self, last, start);
                    last = start;
                }
            }
        }
    }

    /// Every part of a filled shape: a thin box is a line.
    fn rule_fill(&mut self, path: &BezPath) {
        let curved = path.elements().iter().any(|e| matches!(e, PathEl::CurveTo(..) | PathEl::QuadTo(..)));
        if curved {
            self.drawn.curves += 1;
            return;
        }
        let mut corners: Vec<Point> = Vec::new();
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => {
                    self.rule_corners(&corners);
                    corners = vec![to];
                }
                PathEl::LineTo(to) => corners.push(to),
                _ => {}
            }
        }
        self.rule_corners(&corners);
    }

    fn rule_corners(&mut self, corners: &[Point]) {
        let Some(first) = corners.first() else { return };
        let rect = corners.iter().fold(Rect::from_points(*first, *first), |rect, corner| rect.union_pt(*corner));
        self.rule(rect);
    }

    fn letter(&mut self, glyph: &Glyph<'_>, place: Affine, mode: &GlyphDrawMode) {
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width().unwrap_or(500.0),
            Glyph::Type3(_) => 500.0,
        };
        let advance = f64::from(advance).clamp(0.0, 4_000.0);
        let corners = [(0.0, -140.0), (advance, -140.0), (0.0, 860.0), (advance, 860.0)];
        let at = corners.map(|(x, y)| place * Point::new(x, y));
        let rect = at.iter().fold(Rect::from_points(at[0], at[3]), |rect, corner| rect.union_pt(*corner));
        let size = hundredths((place * Point::new(0.0, 1_000.0)).distance(place * Point::ZERO));
        let inside = self.visible().inflate(0.5, 0.5).contains(rect.center());
        if !inside || !self.bounds.contains(rect.center()) || size < 20 {
            return;
        }
        let blank = || match glyph {
            Glyph::Outline(outline) => outline.outline().elements().is_empty(),
            Glyph::Type3(_) => false,
        };
        if matches!(mode, GlyphDrawMode::Invisible) {
            self.drawn.invisible += 1;
            return;
        }
        self.turn(place);
        match glyph.as_unicode() {
            Some(BfString::Char(character)) => self.write(&[character], area_of(rect), size),
            Some(BfString::String(text)) => {
                let characters: Vec<char> = text.chars().collect();
                self.write(&characters, area_of(rect), size);
            }
            None if blank() => {}
            None => {
                self.drawn.unknown += 1;
                self.write(&['\u{fffd}'], area_of(rect), size);
            }
        }
    }

    /// Counts which way the character stands.
    fn turn(&mut self, place: Affine) {
        let along = place * Point::new(1_000.0, 0.0) - place * Point::ZERO;
        let way = match (along.x.abs() >= along.y.abs(), along.x >= 0.0, along.y >= 0.0) {
            (true, true, _) => 0,
            (false, _, true) => 1,
            (true, false, _) => 2,
            (false, _, false) => 3,
        };
        self.ways[way] += 1;
    }

    /// Writes the characters of one shape side by side, unless they stand there already.
    fn write(&mut self, characters: &[char], area: Area, size: i32) {
        let shown: Vec<char> = characters.iter().flat_map(|character| common_form(*character)).collect();
        let count = shown.len().max(1) as i32;
        for (index, character) in shown.into_iter().enumerate() {
            let left = area.left + area.width() * index as i32 / count;
            let right = area.left + area.width() * (index as i32 + 1) / count;
            let area = Area { left, right, ..area };
            if !character.is_control() && !self.is_struck(character, area) {
                self.drawn.letters.push(Letter { character, area, size });
            }
        }
    }

    /// The character stands at this place already: it was struck twice to look bold.
    fn is_struck(&mut self, character: char, area: Area) -> bool {
        // Narrow characters may truly stand side by side: a third of the width is no second one.
        let near = (area.width() * 35 / 100).clamp(10, 150);
        // Cells of ten points: what is so near stands in one of them, seldom in four.
        let cell = |place: i32| place.div_euclid(1000);
        let same = |other: &Area| (other.left - area.left).abs() <= near && (other.bottom - area.bottom).abs() <= near;
        for column in cell(area.left.saturating_sub(near))..=cell(area.left.saturating_add(near)) {
            for line in cell(area.bottom.saturating_sub(near))..=cell(area.bottom.saturating_add(near)) {
                let known = self.struck.get(&cell_of(character, column, line));
                if known.is_some_and(|areas| areas.iter().any(same)) {
                    return true;
                }
            }
        }
        let (column, line) = (cell(area.left), cell(area.bottom));
        self.struck.entry(cell_of(character, column, line)).or_default().push(area);
        false
    }
}

/// A cell of the page for one character as one number, which is quick to look up. Far off any page
/// two cells may share a number: what stands in them is compared by its place.
fn cell_of(character: char, column: i32, line: i32) -> u64 {
    const BITS: u32 = 21;
    let low = |place: i32| u64::from(place as u32) & ((1 << BITS) - 1);
    u64::from(u32::from(character)) << (2 * BITS) | low(column) << BITS | low(line)
}

/// Radicals and compatibility forms that fonts map ideographs to, in their common form.
fn common_form(character: char) -> impl Iterator<Item = char> {
    let folded = matches!(character, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{fb00}'..='\u{fb06}');
    let kept = (!folded).then_some(character);
    let changed = folded.then(|| std::iter::once(character).nfkc());
    kept.into_iter().chain(changed.into_iter().flatten())
}

fn area_of(rect: Rect) -> Area {
    Area {
        left: hundredths(rect.x0),
        top: hundredths(rect.y0),
        right: hundredths(rect.x1),
        bottom: hundredths(rect.y1),
    }
}

impl<'a> Device<'a> for Recorder {
    fn draw_path(&mut self, path: &BezPath, transform: Affine, _: &Paint<'a>, mode: &PathDrawMode) {
        self.count();
        let path = transform * path.clone();
        match mode {
            PathDrawMode::Fill(_) => self.rule_fill(&path),
            PathDrawMode::Stroke(stroke) => {
                let scale = transform.determinant().abs().sqrt();
                self.rule_outline(&path, f64::from(stroke.line_width) * scale);
            }
        }
    }

    fn draw_glyph(&mut self, glyph: &Glyph<'a>, transform: Affine, place: Affine, _: &Paint<'a>, mode: &GlyphDrawMode) {
        self.count();
        self.letter(glyph, transform * place, mode);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        self.count();
        // An image is drawn in pixels; some printers draw lines as images one pixel thick.
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let rect = transform.transform_rect_bbox(pixels);
        if rect.width().min(rect.height()) <= THIN {
            self.rule(rect);
        } else if rect.intersect(self.bounds).area() * 4.0 >= self.bounds.area() {
            self.drawn.pictures += 1;
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.count();
        let visible = self.visible().intersect(clip.path.bounding_box());
        self.clips.push(visible);
    }

    fn pop_clip_path(&mut self) {
        self.clips.pop();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}
}
