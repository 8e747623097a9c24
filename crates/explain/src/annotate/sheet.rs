//! From the page as shown back to the page's own coordinates.

use gouji_read::Area;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// How deep a tree of pages may be: a page that inherits from itself would have no end.
const DEEPEST: usize = 32;

/// Box and turn of a page: how it is shown.
pub(super) struct Sheet {
    /// Left, bottom, right, top in the page's own coordinates.
    shown: [f32; 4],
    /// Quarter turns clockwise, 0 to 3.
    turns: u8,
}

impl Sheet {
    /// The box that is shown, and how it is turned; A4 where the file does not say.
    pub fn of(document: &Document, page: ObjectId) -> Sheet {
        let media = inherited(document, page, b"MediaBox").and_then(|object| numbers(document, object));
        let media = media.unwrap_or([0.0, 0.0, 595.0, 842.0]);
        let crop = inherited(document, page, b"CropBox").and_then(|object| numbers(document, object));
        let shown = crop.map_or(media, |crop| common(media, crop));
        let rotate = inherited(document, page, b"Rotate").and_then(|object| number(document, object)).unwrap_or(0.0);
        Sheet { shown, turns: (rotate as i32).rem_euclid(360).div_euclid(90) as u8 }
    }

    /// An area of the page as shown: left, bottom, right, top in the page's own coordinates.
    pub fn place(&self, area: &Area) -> [f32; 4] {
        let (a, b) = (self.point(area.left, area.top), self.point(area.right, area.bottom));
        [a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)]
    }

    /// The corners of a place in the order that viewers expect: upper left, upper right,
    /// lower left, lower right of the words as they are read.
    pub fn quad(&self, place: &[f32; 4]) -> [f32; 8] {
        let [left, bottom, right, top] = *place;
        match self.turns {
            0 => [left, top, right, top, left, bottom, right, bottom],
            1 => [left, bottom, left, top, right, bottom, right, top],
            2 => [right, bottom, left, bottom, right, top, left, top],
            _ => [right, top, right, bottom, left, top, left, bottom],
        }
    }

    /// Where the line under the words runs: from the left to the right end of the reading.
    pub fn foot(&self, place: &[f32; 4]) -> [f32; 4] {
        let quad = self.quad(place);
        [quad[4], quad[5], quad[6], quad[7]]
    }

    /// A point of the page as shown, in hundredths of a point from its upper left corner.
    fn point(&self, x: i32, y: i32) -> (f32, f32) {
        let (x, y) = (x as f32 / 100.0, y as f32 / 100.0);
        let [left, bottom, right, top] = self.shown;
        match self.turns {
            0 => (left + x, top - y),
            1 => (left + y, bottom + x),
            2 => (right - x, bottom + y),
            _ => (right - y, top - x),
        }
    }
}

/// The part that both boxes have, or the page where they have none.
fn common(media: [f32; 4], crop: [f32; 4]) -> [f32; 4] {
    let both = [media[0].max(crop[0]), media[1].max(crop[1]), media[2].min(crop[2]), media[3].min(crop[3])];
    if both[0] < both[2] && both[1] < both[3] { both } else { media }
}

/// An entry of the page or of what it belongs to.
fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node: &Dictionary = document.get_dictionary(page).ok()?;
    for _ in 0..DEEPEST {
        if let Ok(found) = node.get(key) {
            return Some(found);
        }
        let parent = node.get(b"Parent").and_then(Object::as_reference).ok()?;
        node = document.get_dictionary(parent).ok()?;
    }
    None
}

fn number(document: &Document, object: &Object) -> Option<f32> {
    document.dereference(object).ok()?.1.as_float().ok()
}

/// Four numbers, the smaller of each pair first.
fn numbers(document: &Document, object: &Object) -> Option<[f32; 4]> {
    let list = document.dereference(object).ok()?.1.as_array().ok()?;
    let each: Vec<f32> = list.iter().map_while(|item| number(document, item)).collect();
    let [a, b, c, d] = each.try_into().ok()?;
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The upper left inch of a page as shown, on a page 200 wide and 400 high that begins at (10, 20).
    fn corner(turns: u8) -> [f32; 4] {
        let sheet = Sheet { shown: [10.0, 20.0, 210.0, 420.0], turns };
        sheet.place(&Area { left: 0, top: 0, right: 7200, bottom: 1000 })
    }

    #[test]
    fn the_upper_left_corner_as_shown_is_found_on_a_turned_page() {
        assert_eq!(corner(0), [10.0, 410.0, 82.0, 420.0]);
        // Turned clockwise, the lower left corner of the page comes to the upper left.
        assert_eq!(corner(1), [10.0, 20.0, 20.0, 92.0]);
        assert_eq!(corner(2), [138.0, 20.0, 210.0, 30.0]);
        assert_eq!(corner(3), [200.0, 348.0, 210.0, 420.0]);
    }

    #[test]
    fn the_line_under_the_words_is_where_a_reader_sees_it_below() {
        let sheet = |turns| Sheet { shown: [10.0, 20.0, 210.0, 420.0], turns };
        assert_eq!(sheet(0).foot(&corner(0)), [10.0, 410.0, 82.0, 410.0]);
        assert_eq!(sheet(1).foot(&corner(1)), [20.0, 20.0, 20.0, 92.0]);
        assert_eq!(sheet(2).foot(&corner(2)), [210.0, 30.0, 138.0, 30.0]);
        assert_eq!(sheet(3).foot(&corner(3)), [200.0, 420.0, 200.0, 348.0]);
    }
}
