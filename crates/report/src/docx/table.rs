//! A table with its title, its line of entity and unit, and its note.

use super::body::{PAGE, Page, paragraph, run};
use crate::columns::{divide, wanted};
use crate::document::{ColumnKind, HeadCell, Row, RowKind, Table};
use crate::escape::markup;
use std::fmt::Write;

/// Sizes of letters in half points, from the one wished for to the one that is still legible.
const SIZES: [u64; 5] = [20, 18, 16, 14, 12];

/// The title is `anchored`, that is, already marked so that the contents lead to it.
pub(super) fn write(out: &mut String, table: &Table, anchored_title: &str, lying: bool, opens_page: bool) {
    let page = &PAGE[usize::from(lying)];
    let opens = if opens_page { "<w:pageBreakBefore/>" } else { "" };
    let _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"TableTitle\"/>{opens}</w:pPr>{anchored_title}</w:p>");
    let _ = write!(
        out,
        "<w:p><w:pPr><w:pStyle w:val=\"TableLine\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs></w:pPr>\
         {}<w:r><w:tab/></w:r>{}</w:p>",
        page.text_width(),
        run(&table.entity, ""),
        run(&table.unit, "")
    );
    if !table.columns.is_empty() {
        Grid::of(table, page).write(out, table);
    }
    if let Some(note) = &table.note {
        out.push_str(&paragraph("TableNote", &run(note, "")));
    }
}

/// How the text of a cell is set.
struct Look {
    style: &'static str,
    side: &'static str,
    bold: bool,
}

/// The widths of the columns in twentieths of a point, and the size of letters that fits them.
struct Grid {
    widths: Vec<u64>,
    size: u64,
}

impl Grid {
    fn of(table: &Table, page: &Page) -> Grid {
        let wanted = wanted(table);
        let least: u64 = wanted.iter().map(|column| column.least).sum();
        let smallest = SIZES[SIZES.len() - 1];
        // A digit is half as wide as the letters are high: five twentieths of a point for each half point.
        let size = SIZES.into_iter().find(|size| least * size * 5 <= page.text_width()).unwrap_or(smallest);
        let widths = divide(&wanted, page.text_width() / (size * 5)).into_iter().map(|width| width * size * 5);
        Grid { widths: widths.collect(), size }
    }

    fn write(&self, out: &mut String, table: &Table) {
        let total: u64 = self.widths.iter().sum();
        let title = markup(&table.title);
        let _ = write!(
            out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"ReportTable\"/><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0620\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
             w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption w:val=\"{title}\"/></w:tblPr><w:tblGrid>"
        );
        for width in &self.widths {
            let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
        }
        out.push_str("</w:tblGrid>");
        for row in 0..table.head_rows {
            out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
            self.write_head_row(out, &table.head, row);
            out.push_str("</w:tr>");
        }
        for row in &table.rows {
            out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            self.write_row(out, row, &table.columns);
            out.push_str("</w:tr>");
        }
        out.push_str("</w:tbl>");
    }

    /// The cells of one row of the head: those that begin in it, and an empty one under each that reaches into it.
    fn write_head_row(&self, out: &mut String, head: &[HeadCell], row: usize) {
        let mut column = 0;
        while column < self.widths.len() {
            let covers = |cell: &&HeadCell| {
                (cell.row..cell.row + cell.rows).contains(&row)
                    && (cell.column..cell.column + cell.columns).contains(&column)
            };
            let cell = head.iter().find(covers);
            let end = cell.map_or(column + 1, |cell| cell.column + cell.columns).clamp(column + 1, self.widths.len());
            let merge = match cell {
                Some(cell) if cell.rows > 1 && cell.row == row => "<w:vMerge w:val=\"restart\"/>",
                Some(cell) if cell.rows > 1 => "<w:vMerge/>",
                _ => "",
            };
            let text = cell.filter(|cell| cell.row == row).map_or("", |cell| cell.text.as_str());
            let span = end - column;
            let span = if span > 1 { format!("<w:gridSpan w:val=\"{span}\"/>") } else { String::new() };
            let width: u64 = self.widths[column..end].iter().sum();
            let extra = format!("{span}{merge}<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EDEFF1\"/>");
            self.write_cell(out, text, width, &extra, &Look { style: "TableHead", side: "center", bold: true });
            column = end;
        }
    }

    fn write_row(&self, out: &mut String, row: &Row, columns: &[ColumnKind]) {
        let bold = matches!(row.kind, RowKind::Total | RowKind::Group(1));
        for ((cell, column), width) in row.cells.iter().zip(columns).zip(&self.widths) {
            let side = match column {
                ColumnKind::Code => "center",
                ColumnKind::Name | ColumnKind::Text => "left",
                ColumnKind::Amount => "right",
            };
            self.write_cell(out, &cell.text(), *width, "", &Look { style: "TableText", side, bold });
        }
    }

    fn write_cell(&self, out: &mut String, text: &str, width: u64, extra: &str, look: &Look) {
        let size = self.size;
        let Look { style, side, bold } = *look;
        let bold = if bold { "<w:b/>" } else { "" };
        let characters = format!("{bold}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
        let _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{extra}<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr>\
             <w:pStyle w:val=\"{style}\"/><w:jc w:val=\"{side}\"/><w:rPr>{characters}</w:rPr></w:pPr>{}</w:p></w:tc>",
            run(text, &characters)
        );
    }
}
