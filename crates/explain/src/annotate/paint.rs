//! What a mark looks like.

use super::{Mark, Sheet};
use gouji_model::Level;
use lopdf::{Document, ObjectId, Stream, dictionary};

/// Colours of a mark: light under the words.
pub(super) fn colour(mark: &Mark) -> [f32; 3] {
    match (mark.accepted, mark.level) {
        (true, _) => [0.80, 0.82, 0.85],
        (_, Level::Error) => [1.0, 0.62, 0.58],
        (_, Level::Warning) => [1.0, 0.83, 0.40],
        (_, Level::Info) => [0.60, 0.80, 1.0],
    }
}

/// The colour of the line under the words: dark.
fn line_colour(mark: &Mark) -> &'static str {
    match (mark.accepted, mark.level) {
        (true, _) => "0.45 0.48 0.52",
        (_, Level::Error) => "0.70 0.10 0.08",
        (_, Level::Warning) => "0.55 0.36 0",
        (_, Level::Info) => "0.10 0.34 0.62",
    }
}

/// Dashes of the line: none for an error, dashes for a warning, dots for a note.
fn dashes(level: Level) -> &'static str {
    match level {
        Level::Error => "[] 0 d",
        Level::Warning => "[3 1.5] 0 d",
        Level::Info => "[0.9 1.3] 0 d",
    }
}

/// The state of drawing that lets the words show through.
pub(super) fn states(document: &mut Document) -> ObjectId {
    document.add_object(dictionary! { "Type" => "ExtGState", "BM" => "Multiply", "ca" => 0.75, "CA" => 1 })
}

/// The smallest rectangle over all places, with room for the line.
pub(super) fn rect_around(boxes: &[[f32; 4]]) -> [f32; 4] {
    let first = boxes.first().copied().unwrap_or_default();
    let over = |a: [f32; 4], b: &[f32; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
    let [left, bottom, right, top] = boxes.iter().fold(first, over);
    [left - 1.0, bottom - 1.0, right + 1.0, top + 1.0]
}

/// A filled rectangle for each line of print that has the colour of this mark, and a line under
/// it; the end that claims has a thicker one.
pub(super) fn appearance(mark: &Mark, boxes: &[[f32; 4]], fills: &[bool], sheet: &Sheet, states: ObjectId) -> Stream {
    let [red, green, blue] = colour(mark);
    let mut content = format!("/G gs {red:.2} {green:.2} {blue:.2} rg\n");
    for ([left, bottom, right, top], _) in boxes.iter().zip(fills).filter(|(_, fills)| **fills) {
        let (width, height) = (right - left, top - bottom);
        content.push_str(&format!("{left:.2} {bottom:.2} {width:.2} {height:.2} re f\n"));
    }
    let thick = if mark.leads { 1.2 } else { 0.6 };
    content.push_str(&format!("{} RG {thick} w {}\n", line_colour(mark), dashes(mark.level)));
    for place in boxes {
        let [x1, y1, x2, y2] = sheet.foot(place);
        content.push_str(&format!("{x1:.2} {y1:.2} m {x2:.2} {y2:.2} l S\n"));
    }
    let form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => rect_around(boxes).map(lopdf::Object::Real).to_vec(),
        "Resources" => dictionary! { "ExtGState" => dictionary! { "G" => states } },
    };
    Stream::new(form, content.into_bytes())
}
