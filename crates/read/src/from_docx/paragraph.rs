//! The text of a paragraph.

use super::{NoteKind, Reader, alternative};
use crate::nested::Flow;
use crate::xml::Element;

/// Stands for a tab until it is known what the paragraph is.
const TAB: char = '\u{1}';

/// The fields that are open: whether each has come to its result.
#[derive(Default)]
pub(super) struct Fields(Vec<bool>);

impl Fields {
    fn shows_text(&self) -> bool {
        self.0.iter().all(|in_result| *in_result)
    }

    fn mark(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => self.0.push(false),
            Some("separate") => {
                if let Some(last) = self.0.last_mut() {
                    *last = true;
                }
            }
            Some("end") => {
                self.0.pop();
            }
            _ => {}
        }
    }
}

/// A paragraph as it is read.
#[derive(Default)]
struct Line {
    text: String,
    /// Text boxes that hang on it.
    boxes: Vec<Flow>,
    /// It refers to a page: it is a line of the contents.
    names_page: bool,
}

impl Reader {
    pub(super) fn add_paragraph(&mut self, paragraph: &Element, flows: &mut Vec<Flow>) {
        let properties = paragraph.child("pPr");
        let mut line = Line::default();
        self.read_inline(paragraph, &mut line, false);
        // A field without a result ends with its paragraph: a broken one must not swallow the rest.
        self.fields.0.retain(|in_result| *in_result);
        let mark = properties.and_then(|properties| properties.child("rPr"));
        if mark.is_some_and(|mark| mark.child("del").is_some()) {
            self.deleted += 1;
            self.carried.push_str(&line.text);
            flows.append(&mut line.boxes);
            return;
        }
        self.inserted += usize::from(mark.is_some_and(|mark| mark.child("ins").is_some()));
        let text = std::mem::take(&mut self.carried) + &line.text;
        let number = if text.trim().is_empty() { String::new() } else { self.numbering.next(properties) };
        let is_contents = line.names_page || self.numbering.is_contents_style(properties) || has_leader(properties);
        let text = place_tabs(&text, is_contents);
        flows.push(Flow::Paragraph(number + &text));
        flows.append(&mut line.boxes);
    }

    fn read_inline(&mut self, container: &Element, line: &mut Line, is_hidden: bool) {
        for element in container.elements() {
            match &*element.name {
                "r" => {
                    let hidden = element.child("rPr").is_some_and(|properties| properties.is_on("vanish"));
                    self.hidden += usize::from(hidden && !element.all("t").all(|t| t.text().trim().is_empty()));
                    self.read_inline(element, line, is_hidden || hidden);
                }
                "del" | "moveFrom" => self.deleted += 1,
                "ins" | "moveTo" => {
                    self.inserted += 1;
                    self.read_inline(element, line, is_hidden);
                }
                "hyperlink" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "bdo" | "dir" | "customXml"
                | "ruby" | "rubyBase" | "oMath" | "oMathPara" | "num" | "den" | "e" | "f" | "sub" | "sup" | "d" => {
                    self.read_inline(element, line, is_hidden);
                }
                "AlternateContent" => {
                    if let Some(one) = alternative(element) {
                        self.read_inline(one, line, is_hidden);
                    }
                }
                "drawing" | "pict" | "object" => self.read_drawing(element, line),
                "fldChar" => self.fields.mark(element.attribute("fldCharType")),
                "instrText" => line.names_page |= element.text().contains("PAGEREF"),
                "footnoteReference" => self.add_note(NoteKind::Foot, element),
                "endnoteReference" => self.add_note(NoteKind::End, element),
                _ if !is_hidden && self.fields.shows_text() => push_character(element, &mut line.text),
                _ => {}
            }
        }
    }

    fn add_note(&mut self, kind: NoteKind, reference: &Element) {
        let Some(id) = reference.attribute("id") else { return };
        if !self.notes.iter().any(|(known, other)| *known == kind && other == id) {
            self.notes.push((kind, id.to_string()));
        }
    }

    /// Text boxes within a drawing, and how many pictures it has.
    fn read_drawing(&mut self, element: &Element, line: &mut Line) {
        match &*element.name {
            "txbxContent" => {
                let flows = self.flows(element);
                line.boxes.extend(flows);
            }
            "blip" | "imagedata" => self.pictures += 1,
            "AlternateContent" => {
                if let Some(one) = alternative(element) {
                    self.read_drawing(one, line);
                }
            }
            _ => element.elements().for_each(|inner| self.read_drawing(inner, line)),
        }
    }
}

/// What an element of a run prints.
fn push_character(element: &Element, text: &mut String) {
    match &*element.name {
        "t" => text.extend(element.text().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t'))),
        "tab" | "ptab" => text.push(TAB),
        "br" | "cr" => text.push('\n'),
        "noBreakHyphen" => text.push('-'),
        "sym" => text.extend(symbol(element)),
        _ => {}
    }
}

/// A character of a symbol font. What the font shows in its place is known for few: for the
/// others a box is shown, never a guess.
fn symbol(element: &Element) -> Option<char> {
    let code = u32::from_str_radix(element.attribute("char")?, 16).ok()?;
    let font = element.attribute("font").unwrap_or("");
    if !(0xF000..=0xF0FF).contains(&code) {
        return char::from_u32(code);
    }
    Some(match (font, code - 0xF000) {
        ("Symbol", plain @ (0x20 | 0x25..=0x3A | 0x3D)) => char::from_u32(plain).unwrap_or('□'),
        ("Symbol", 0xB4) => '×',
        ("Symbol", 0xB7) | ("Wingdings", 0x6C | 0x9F) => '●',
        ("Wingdings", 0x6E) => '■',
        ("Wingdings", 0x75) => '◆',
        ("Wingdings", 0xFC | 0xFE) | ("Wingdings 2", 0x50 | 0x52) => '√',
        _ => '□',
    })
}

/// The paragraph has a tab stop that is led to by dots.
fn has_leader(properties: Option<&Element>) -> bool {
    let tabs = properties.and_then(|properties| properties.child("tabs"));
    tabs.is_some_and(|tabs| tabs.all("tab").any(|tab| tab.attribute("leader").is_some_and(|leader| leader != "none")))
}

/// In a line of the contents the tab before the page prints as leader dots; elsewhere a tab
/// is a blank.
fn place_tabs(text: &str, is_contents: bool) -> String {
    if is_contents && let Some((heading, page)) = text.rsplit_once(TAB) {
        let is_page =
            |page: &str| !page.is_empty() && page.chars().all(|c| c.is_ascii_digit() || "-—ivxIVX".contains(c));
        if is_page(page.trim()) && !heading.trim().is_empty() {
            return format!("{}.....\t{}", heading.replace(TAB, " ").trim_end(), page.trim());
        }
    }
    text.replace(TAB, " ")
}
