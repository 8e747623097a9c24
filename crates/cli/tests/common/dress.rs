//! A report in plain text, written again as DOCX, XLSX, HTML and OFD. Shares no code with the readers.

use rust_xlsxwriter::{Format, Workbook};
use std::io::Write;

/// A paragraph or a table of the plain text.
pub enum Part {
    Paragraph(String),
    /// Rows of equally many cells.
    Table(Vec<Vec<String>>),
}

/// A cell with how far it reaches; `None` where another one covers the place.
type Cells<'a> = Vec<Vec<Option<(&'a str, usize, usize)>>>;

/// The parts of a report: lines with tabs are rows, long lines that end no sentence go on.
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let is_row = line.contains('\t') && !line.contains(".....");
        let row = || line.split('\t').map(|cell| cell.trim().to_string()).collect::<Vec<_>>();
        match parts.last_mut() {
            Some(Part::Table(rows)) if is_row && rows[0].len() == row().len() => rows.push(row()),
            Some(Part::Paragraph(before)) if !is_row && goes_on(before) => before.push_str(line.trim()),
            _ if is_row => parts.push(Part::Table(vec![row()])),
            _ => parts.push(Part::Paragraph(line.trim().to_string())),
        }
    }
    parts
}

fn goes_on(paragraph: &str) -> bool {
    let last = paragraph.trim_end();
    paragraph.chars().count() >= 30 && !last.ends_with(['。', '；', '：', ';', ':']) && !paragraph.contains(".....")
}

/// Number of head rows: those before the first row with a figure.
fn head_rows(rows: &[Vec<String>]) -> usize {
    let is_figure = |cell: &String| !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || ",.-".contains(c));
    rows.iter().position(|row| row.iter().any(is_figure)).unwrap_or(1).max(1)
}

/// The cells of a table, merged where the head leaves places empty.
fn merged(rows: &[Vec<String>]) -> Cells<'_> {
    let (head, width) = (head_rows(rows), rows[0].len());
    // For each place the upper left place of the cell that covers it.
    let mut owner: Vec<Vec<(usize, usize)>> = (0..rows.len()).map(|r| (0..width).map(|c| (r, c)).collect()).collect();
    for r in 0..head {
        for c in 0..width {
            if !rows[r][c].is_empty() {
                continue;
            }
            let same_group = c > 0 && (r == 0 || owner[r - 1][c] == owner[r - 1][c - 1]);
            if same_group && !rows[r][owner[r][c - 1].1].is_empty() && owner[r][c - 1].0 == r {
                owner[r][c] = owner[r][c - 1];
            } else if r > 0 {
                let above = owner[r - 1][c];
                let whole = (0..width).filter(|at| owner[r - 1][*at] == above).all(|at| rows[r][at].is_empty());
                if whole && !rows[above.0][above.1].is_empty() {
                    owner[r][c] = above;
                }
            }
        }
    }
    let reach = |r: usize, c: usize| {
        let covers = |r2: usize, c2: usize| owner[r2][c2] == (r, c);
        let down = (r..rows.len()).take_while(|at| covers(*at, c)).count();
        let across = (c..width).take_while(|at| covers(r, *at)).count();
        (down, across)
    };
    let cell =
        |r: usize, c: usize| (owner[r][c] == (r, c)).then(|| (rows[r][c].as_str(), reach(r, c).0, reach(r, c).1));
    (0..rows.len()).map(|r| (0..width).map(|c| cell(r, c)).collect()).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub fn package(members: &[(&str, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory can be written");
        writer.write_all(text.as_bytes()).expect("memory can be written");
    }
    writer.finish().expect("memory can be written").into_inner()
}

pub fn docx(parts: &[Part]) -> Vec<u8> {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text));
    let mut body = String::new();
    for part in parts {
        match part {
            Part::Paragraph(text) => match text.split_once(".....\t") {
                Some((heading, page)) => body.push_str(&format!(
                    "<w:p><w:pPr><w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8296\"/></w:tabs></w:pPr>\
                     {}<w:r><w:tab/></w:r>{}</w:p>",
                    run(heading),
                    run(page)
                )),
                None => body.push_str(&format!("<w:p>{}</w:p>", run(text))),
            },
            Part::Table(rows) => body.push_str(&docx_table(&merged(rows), run)),
        }
    }
    let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship \
                     Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
                     Target=\"word/document.xml\"/></Relationships>";
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override \
                 PartName=\"/word/document.xml\" ContentType=\
                 \"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    package(&[
        ("[Content_Types].xml", types.to_string()),
        ("_rels/.rels", relations.to_string()),
        (
            "word/document.xml",
            format!("<?xml version=\"1.0\"?><w:document {space}><w:body>{body}<w:p/></w:body></w:document>"),
        ),
    ])
}

fn docx_table(cells: &Cells, run: impl Fn(&str) -> String) -> String {
    let columns = "<w:gridCol w:w=\"1000\"/>".repeat(cells[0].len());
    let mut out = format!("<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>");
    // By column, the width of the cell that reaches down from above and the rows it still has.
    let mut open: Vec<(usize, usize)> = vec![(1, 0); cells[0].len()];
    for row in cells {
        out.push_str("<w:tr>");
        let mut column = 0;
        while column < row.len() {
            let (text, mark, width) = match row[column] {
                Some((text, down, across)) => {
                    open[column] = (across, down - 1);
                    (text, if down > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" }, across)
                }
                None => {
                    open[column].1 -= 1;
                    ("", "<w:vMerge/>", open[column].0)
                }
            };
            out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}000\" w:type=\"dxa\"/><w:gridSpan w:val=\"{width}\"/>\
                 {mark}</w:tcPr><w:p>{}</w:p></w:tc>",
                run(text)
            ));
            column += width;
        }
        out.push_str("</w:tr>");
    }
    out + "</w:tbl>"
}

pub fn html(parts: &[Part]) -> Vec<u8> {
    let mut body =
        String::from("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>公开</title></head><body>\n");
    for part in parts {
        match part {
            Part::Paragraph(text) => body.push_str(&format!("<p>{}</p>\n", escaped(text))),
            Part::Table(rows) => {
                body.push_str("<table border=\"1\">");
                for row in merged(rows) {
                    body.push_str("<tr>");
                    for (text, down, across) in row.into_iter().flatten() {
                        let text = escaped(text);
                        body.push_str(&format!("<td rowspan={down} colspan=\"{across}\">{text}&nbsp;</td>\n"));
                    }
                    body.push_str("</tr>");
                }
                body.push_str("</table>\n");
            }
        }
    }
    (body + "</body></html>").into_bytes()
}

pub fn xlsx(parts: &[Part]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let mut lines: Vec<&str> = Vec::new();
    for part in parts {
        match part {
            Part::Paragraph(text) => lines.push(text),
            Part::Table(rows) => {
                // What is more than the lines above a table has a sheet of its own.
                let caption =
                    lines.iter().rposition(|line| line.starts_with('表')).unwrap_or(lines.len().saturating_sub(4));
                let captions = lines.split_off(caption);
                add_sheet(&mut workbook, &lines, None);
                add_sheet(&mut workbook, &captions, Some(rows));
                lines.clear();
            }
        }
    }
    add_sheet(&mut workbook, &lines, None);
    workbook.save_to_buffer().expect("memory can be written")
}

fn add_sheet(workbook: &mut Workbook, lines: &[&str], rows: Option<&Vec<Vec<String>>>) {
    if lines.is_empty() && rows.is_none() {
        return;
    }
    let sheet = workbook.add_worksheet();
    for (at, line) in lines.iter().enumerate() {
        sheet.write(at as u32, 0, *line).expect("the sheet has room");
    }
    let Some(rows) = rows else { return };
    let top = lines.len() as u32;
    for (r, row) in merged(rows).into_iter().enumerate() {
        for (c, cell) in row.into_iter().enumerate() {
            let Some((text, down, across)) = cell else { continue };
            let (r, c) = (top + r as u32, c as u16);
            if down * across > 1 {
                let (bottom, right) = (r + down as u32 - 1, c + across as u16 - 1);
                sheet.merge_range(r, c, bottom, right, text, &Format::new()).expect("merged cells are apart");
            } else {
                write_cell(sheet, r, c, text);
            }
        }
    }
}

/// Figures are written as numbers with the format that prints them as the text has them.
fn write_cell(sheet: &mut rust_xlsxwriter::Worksheet, row: u32, column: u16, text: &str) {
    let plain = text.replace(',', "");
    let is_number =
        !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    let leading_zero = plain.len() > 1 && plain.starts_with('0') && !plain.starts_with("0.");
    match plain.parse::<f64>() {
        Ok(value) if is_number && !leading_zero && plain.len() < 15 => {
            let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let whole = if text.contains(',') { "#,##0" } else { "0" };
            let format = match decimals {
                0 => whole.to_string(),
                count => format!("{whole}.{}", "0".repeat(count)),
            };
            let format = Format::new().set_num_format(format);
            sheet.write_number_with_format(row, column, value, &format).expect("the sheet has room");
        }
        _ if !text.is_empty() => {
            sheet.write(row, column, text).expect("the sheet has room");
        }
        _ => {}
    }
}

/// Width and height of the pages of the OFD, its margin, and the size of its font, in millimetres.
const PAGE: (f64, f64) = (420.0, 297.0);
const MARGIN: f64 = 20.0;
const FONT: f64 = 3.0;
const LINE: f64 = 4.5;

/// Pages as they are drawn.
struct Pages {
    pages: Vec<String>,
    y: f64,
}

pub fn ofd(parts: &[Part]) -> Vec<u8> {
    let mut pages = Pages { pages: vec![String::new()], y: MARGIN };
    for part in parts {
        match part {
            Part::Paragraph(text) => {
                // A paragraph begins two characters in, as print has it.
                let is_long = text.chars().count() > 40;
                let indent = if is_long { 2.0 * FONT } else { 0.0 };
                let lines = wrapped(&text.replace('\t', ""), PAGE.0 - 2.0 * MARGIN, indent);
                for (at, line) in lines.iter().enumerate() {
                    pages.make_room(LINE);
                    pages.text(MARGIN + if at == 0 { indent } else { 0.0 }, pages.y, line);
                    pages.y += LINE;
                }
                pages.y += 2.0;
            }
            Part::Table(rows) => pages.table(&merged(rows)),
        }
    }
    let listed: String = (0..pages.pages.len())
        .map(|at| format!("<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{at}/Content.xml\"/>", at + 10))
        .collect();
    let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let mut members = vec![
        (
            "OFD.xml".to_string(),
            format!(
                "<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
            ),
        ),
        (
            "Doc_0/Document.xml".to_string(),
            format!(
                "<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {} {}</ofd:PhysicalBox>\
                 </ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
                PAGE.0, PAGE.1
            ),
        ),
    ];
    for (at, page) in pages.pages.iter().enumerate() {
        let content = format!("<ofd:Page {space}><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>");
        members.push((format!("Doc_0/Pages/Page_{at}/Content.xml"), content));
    }
    let members: Vec<(&str, String)> = members.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    package(&members)
}

fn width_of(character: char) -> f64 {
    if character.is_ascii() { FONT / 2.0 } else { FONT }
}

/// The lines of a text in a column so wide, its first line indented.
fn wrapped(text: &str, width: f64, indent: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut left = width - indent;
    for character in text.chars() {
        if left < width_of(character) {
            lines.push(String::new());
            left = width;
        }
        left -= width_of(character);
        lines.last_mut().expect("there is a line").push(character);
    }
    lines
}

impl Pages {
    fn make_room(&mut self, height: f64) {
        if self.y + height > PAGE.1 - MARGIN {
            self.pages.push(String::new());
            self.y = MARGIN;
        }
    }

    fn draw(&mut self, object: &str) {
        self.pages.last_mut().expect("there is a page").push_str(object);
    }

    fn text(&mut self, x: f64, y: f64, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let steps: Vec<String> = text.chars().map(|c| width_of(c).to_string()).collect();
        self.draw(&format!(
            "<ofd:TextObject Boundary=\"{x:.3} {y:.3} 400 {LINE}\" Size=\"{FONT}\"><ofd:TextCode X=\"0\" Y=\"{FONT}\" \
             DeltaX=\"{}\">{}</ofd:TextCode></ofd:TextObject>",
            steps.join(" "),
            escaped(text)
        ));
    }

    fn frame(&mut self, x: f64, y: f64, width: f64, height: f64) {
        self.draw(&format!(
            "<ofd:PathObject Boundary=\"{x:.3} {y:.3} {width:.3} {height:.3}\" LineWidth=\"0.2\"><ofd:AbbreviatedData>\
             M 0 0 L {width:.3} 0 L {width:.3} {height:.3} L 0 {height:.3} C</ofd:AbbreviatedData></ofd:PathObject>"
        ));
    }

    fn table(&mut self, cells: &Cells) {
        let width = (PAGE.0 - 2.0 * MARGIN) / cells[0].len() as f64;
        let lines_of = |text: &str, across: usize| wrapped(text, width * across as f64 - 2.0, 0.0);
        let heights: Vec<f64> = cells
            .iter()
            .map(|row| {
                let lines = row.iter().flatten().filter(|cell| cell.1 == 1).map(|cell| lines_of(cell.0, cell.2).len());
                lines.max().unwrap_or(1) as f64 * LINE + 1.5
            })
            .collect();
        for (r, row) in cells.iter().enumerate() {
            // The rows of a head stay together.
            let whole = row.iter().flatten().map(|cell| cell.1).max().unwrap_or(1);
            self.make_room(heights[r..r + whole].iter().sum());
            for (c, cell) in row.iter().enumerate() {
                let Some((text, down, across)) = cell else { continue };
                let (x, height) = (MARGIN + c as f64 * width, heights[r..r + down].iter().sum());
                self.frame(x, self.y, width * *across as f64, height);
                let lines = lines_of(text, *across);
                let top = self.y + (height - lines.len() as f64 * LINE) / 2.0;
                for (at, line) in lines.iter().enumerate() {
                    self.text(x + 1.0, top + at as f64 * LINE, line);
                }
            }
            self.y += heights[r];
        }
        self.y += 4.0;
    }
}
