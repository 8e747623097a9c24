//! The text of the document: cover, contents, blocks, and the sections they stand in.

use super::styles::WORD;
use super::{chart, table};
use crate::columns;
use crate::contents::{self, Entry};
use crate::document::{Block, Document};
use crate::escape::markup;
use std::fmt::Write;

/// A table of no more rows may stand on a page with others.
const SHORT: usize = 12;
const OPEN: &str = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"";

/// Half of a Chinese character of the title, in twentieths of a point.
const TITLE_DIGIT: u64 = 220;

/// A sheet of paper and its margins at the sides, in twentieths of a point.
pub(super) struct Page {
    width: u64,
    height: u64,
    margin: u64,
    orient: &'static str,
}

/// A4 upright, and A4 lying on its side.
pub(super) const PAGE: [Page; 2] = [
    Page { width: 11_906, height: 16_838, margin: 1_417, orient: "portrait" },
    Page { width: 16_838, height: 11_906, margin: 1_134, orient: "landscape" },
];

impl Page {
    /// What the margins leave.
    pub(super) fn text_width(&self) -> u64 {
        self.width - 2 * self.margin
    }

    /// The properties of a section; only the first has a cover, whose page is not numbered.
    fn section(&self, is_first: bool) -> String {
        let Page { width, height, margin, orient } = self;
        let cover = if is_first { "<w:titlePg/>" } else { "" };
        format!(
            "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer1\"/><w:type w:val=\"nextPage\"/>\
             <w:pgSz w:w=\"{width}\" w:h=\"{height}\" w:orient=\"{orient}\"/><w:pgMar w:top=\"1417\" w:right=\"{margin}\" \
             w:bottom=\"1417\" w:left=\"{margin}\" w:header=\"850\" w:footer=\"850\" w:gutter=\"0\"/>{cover}</w:sectPr>"
        )
    }
}

/// The main part of the package and the charts it shows.
pub(super) struct Body {
    pub xml: String,
    pub charts: Vec<String>,
}

/// Draws the whole document.
pub(super) fn of(document: &Document) -> Body {
    let entries = contents::entries(document);
    let lying = contents::lying(document);
    let mut out = format!("<w:document xmlns:w=\"{WORD}\" {OPEN}><w:body>");
    write_title(&mut out, &document.title);
    write_contents(&mut out, &entries);
    if !matches!(document.blocks.first(), Some(Block::Heading { level: 1, .. })) {
        out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    }
    let mut charts = Vec::new();
    let (mut is_lying, mut is_first) = (false, true);
    let mut entries = entries.iter().peekable();
    for (index, block) in document.blocks.iter().enumerate() {
        if lying[index] != is_lying {
            write_section_end(&mut out, &PAGE[usize::from(is_lying)], is_first);
            (is_lying, is_first) = (lying[index], false);
        }
        let entry = entries.next_if(|entry| entry.block == index);
        match block {
            Block::Heading { level, text } => {
                out.push_str(&paragraph(&format!("Heading{}", (*level).clamp(1, 3)), &marked(text, entry)));
            }
            Block::Paragraph(content) => out.push_str(&paragraph("BodyText", &run(&content.text, ""))),
            Block::Chart(content) => {
                charts.push(chart::part(content));
                out.push_str(&chart::place(content, charts.len()));
            }
            Block::Table(content) => {
                // The tables begin on a page of their own; short ones may share it.
                let follows_table = index > 0 && matches!(document.blocks[index - 1], Block::Table(_));
                let opens_page = !follows_table || content.rows.len() > SHORT;
                table::write(&mut out, content, &marked(&contents::title(content), entry), is_lying, opens_page);
            }
        }
    }
    out.push_str(&PAGE[usize::from(is_lying)].section(is_first));
    out.push_str("</w:body></w:document>");
    Body { xml: out, charts }
}

/// A title that does not fit on one line is indented, so that its lines are about as long as each other.
fn write_title(out: &mut String, title: &str) {
    let room = PAGE[0].text_width();
    let length = columns::width(title) * TITLE_DIGIT;
    let line = length / length.div_ceil(room * 9 / 10).max(1) + 3 * TITLE_DIGIT;
    let indent = room.saturating_sub(line) / 2;
    let _ = write!(
        out,
        "<w:p><w:pPr><w:pStyle w:val=\"Title\"/><w:ind w:left=\"{indent}\" w:right=\"{indent}\"/></w:pPr>{}</w:p>",
        run(title, "")
    );
}

/// Ends a section with a paragraph so low that it cannot start a page of its own.
fn write_section_end(out: &mut String, page: &Page, is_first: bool) {
    let _ = write!(
        out,
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>\
         <w:rPr><w:sz w:val=\"2\"/></w:rPr>{}</w:pPr></w:p>",
        page.section(is_first)
    );
}

/// The contents as a field that Word can fill anew. Its lines stand there already, without numbers of pages, which nobody
/// knows before the pages are laid out; the field is marked as stale, so that Word adds them.
fn write_contents(out: &mut String, entries: &[Entry]) {
    let [first, ..] = entries else { return };
    let mark = |kind: &str, more: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"{more}/></w:r>");
    out.push_str("<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/>");
    out.push_str("</w:docPartObj></w:sdtPr><w:sdtContent>");
    out.push_str(&paragraph("TOCHeading", &run("目录", "")));
    for entry in entries {
        let mut content = String::new();
        if entry.block == first.block {
            content.push_str(&mark("begin", " w:dirty=\"true\""));
            content
                .push_str("<w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-3\" \\h \\z \\u </w:instrText></w:r>");
            content.push_str(&mark("separate", ""));
        }
        let _ = write!(
            content,
            "<w:hyperlink w:anchor=\"{}\" w:history=\"1\">{}</w:hyperlink>",
            bookmark(entry),
            run(&entry.text, "")
        );
        if entries.last().is_some_and(|last| last.block == entry.block) {
            content.push_str(&mark("end", ""));
        }
        out.push_str(&paragraph(&format!("TOC{}", entry.level), &content));
    }
    out.push_str("</w:sdtContent></w:sdt>");
}

/// A text with the bookmark that the contents lead to.
fn marked(text: &str, entry: Option<&Entry>) -> String {
    let content = run(text, "");
    let Some(entry) = entry else { return content };
    let (id, name) = (entry.block, bookmark(entry));
    format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{content}<w:bookmarkEnd w:id=\"{id}\"/>")
}

/// Word hides bookmarks of this form from its list.
fn bookmark(entry: &Entry) -> String {
    format!("_Toc{:08}", entry.block + 1)
}

/// A paragraph of a style around its runs.
pub(super) fn paragraph(style: &str, content: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{content}</w:p>")
}

/// A text with the properties of its characters; line ends stay line ends.
pub(super) fn run(text: &str, properties: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let lines: Vec<String> =
        text.lines().map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", markup(line))).collect();
    let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}{}</w:r>", lines.join("<w:br/>"))
}
