//! The tables of a report as a workbook, one sheet a table, laid out for print as in the report.

use crate::columns::{self, Wanted, number_format, wanted};
use crate::contents;
use crate::document::{Block, Cell, ColumnKind, Document, HeadCell, Row, RowKind, Table};
use gouji_model::Printed;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet, XlsxError,
    utility::quote_sheet_name,
};
use std::collections::BTreeSet;

/// A cell by its row and its column, from 0.
type Place = (u32, u16);

/// The rows above the head: the title, and the line of entity and unit.
const ABOVE: u32 = 2;
/// A line of text, in pixels.
const LINE: u32 = 18;
/// The white above and below the lines of a row.
const PADDING: u32 = 6;
/// More lines than this no row can show.
const MOST_LINES: u32 = 28;
/// The name of the first sheet.
const CONTENTS: &str = "目录";
/// The paper A4.
const A4: u8 = 9;
/// What no sheet may have in its name.
const FORBIDDEN: &str = "[]:*?/\\";
/// The longest name of a sheet.
const LONGEST_NAME: usize = 31;

/// The tables of the report as the bytes of one `.xlsx` file; the same report is the same bytes.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The clock is not read: same input, same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(&document.title).set_author(&document.entity);
    workbook.set_properties(&properties.set_creation_datetime(&created));
    let mut taken = BTreeSet::from([CONTENTS.to_owned()]);
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some((sheet_name(&contents::title(table), &mut taken), table)),
        _ => None,
    });
    let tables: Vec<(String, &Table)> = tables.collect();
    write_contents(workbook.add_worksheet(), document, &tables)?;
    for (name, table) in tables {
        write_table(workbook.add_worksheet().set_name(name)?, table)?;
    }
    workbook.save_to_buffer()
}

/// The first sheet says whose tables these are and of which year, and leads to each.
fn write_contents(sheet: &mut Worksheet, document: &Document, tables: &[(String, &Table)]) -> Result<(), XlsxError> {
    sheet.set_name(CONTENTS)?.set_column_width_pixels(0, 640)?;
    sheet.write_string_with_format(0, 0, &document.title, &title_format())?;
    for (row, (name, table)) in (2..).zip(tables) {
        let link = Url::new(format!("internal:{}!A1", quote_sheet_name(name))).set_text(contents::title(table));
        sheet.write_url(row, 0, link)?;
    }
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A name that a sheet may have and that no other sheet has; programs do not tell capitals from small letters.
fn sheet_name(title: &str, taken: &mut BTreeSet<String>) -> String {
    let allowed: String =
        title.chars().filter(|character| !FORBIDDEN.contains(*character) && !character.is_control()).collect();
    let allowed = match allowed.trim().trim_matches('\'').trim() {
        "" => "表",
        name => name,
    };
    for number in 1_usize.. {
        let ending = if number == 1 { String::new() } else { format!(" ({number})") };
        let name = cut(allowed, LONGEST_NAME - ending.len()) + &ending;
        if taken.insert(name.to_lowercase()) {
            return name;
        }
    }
    unreachable!("some number is not taken")
}

/// The beginning of a text, so many units of UTF-16 long, which is how programs count the letters of a name.
fn cut(text: &str, longest: usize) -> String {
    let mut left = longest;
    let fits = |character: &char| {
        let fits = character.len_utf16() <= left;
        left = left.saturating_sub(character.len_utf16());
        fits
    };
    text.chars().take_while(fits).collect::<String>().trim_end_matches(['\'', ' ']).to_owned()
}

fn write_table(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let columns = u16::try_from(table.columns.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    let head_rows = u32::try_from(table.head_rows).map_err(|_| XlsxError::RowColumnLimitError)?;
    let last = columns.max(1) - 1;
    write_across(sheet, (0, 0), (0, last), &contents::title(table), &title_format())?;
    let half = last / 2;
    if last == 0 {
        write_across(
            sheet,
            (1, 0),
            (1, 0),
            &[table.entity.as_str(), &table.unit].join(" "),
            &line_format(FormatAlign::Left),
        )?;
    } else {
        write_across(sheet, (1, 0), (1, half), &table.entity, &line_format(FormatAlign::Left))?;
        write_across(sheet, (1, half + 1), (1, last), &table.unit, &line_format(FormatAlign::Right))?;
    }
    let widths: Vec<u32> = wanted(table).iter().map(column_width).collect();
    for (column, width) in (0..).zip(&widths) {
        // Seven pixels a digit, and five of white, at the common size of letters.
        sheet.set_column_width_pixels(column, width * 7 + 5)?;
    }
    write_head(sheet, table, &widths)?;
    let mut line = ABOVE + head_rows;
    for row in &table.rows {
        write_row(sheet, line, row, &table.columns)?;
        let lines = row.cells.iter().zip(&widths).map(|(cell, width)| lines(&cell.text(), *width)).max().unwrap_or(1);
        sheet.set_row_height_pixels(line, lines * LINE + PADDING)?;
        line += 1;
    }
    if let Some(note) = &table.note {
        write_across(sheet, (line, 0), (line, last), note, &line_format(FormatAlign::Left).set_text_wrap())?;
    }
    sheet.set_freeze_panes(ABOVE + head_rows, 0)?;
    sheet.set_repeat_rows(0, ABOVE + head_rows - 1)?;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true).set_footer("&C— &P —");
    if table.landscape {
        sheet.set_landscape();
    }
    Ok(())
}

/// In digits. No column is so narrow that the unit above it is cut off, none so wide that a sentence runs off the screen.
fn column_width(wanted: &Wanted) -> u32 {
    u32::try_from(wanted.natural.clamp(10, 60)).unwrap_or(60)
}

fn write_head(sheet: &mut Worksheet, table: &Table, widths: &[u32]) -> Result<(), XlsxError> {
    let format =
        cell_format(FormatAlign::Center).set_bold().set_text_wrap().set_background_color(Color::RGB(0x00ED_EFF1));
    let mut heights = vec![1; table.head_rows];
    for cell in &table.head {
        let (from, to) = reach(cell)?;
        write_across(sheet, from, to, &cell.text, &format)?;
        let across = widths.iter().skip(cell.column).take(cell.columns).sum();
        let each = lines(&cell.text, across).div_ceil(u32::try_from(cell.rows).unwrap_or(1).max(1));
        // Programs do not fit the height of a row to cells that reach over several.
        for height in heights.iter_mut().skip(cell.row).take(cell.rows) {
            *height = each.max(*height);
        }
    }
    for (row, height) in (ABOVE..).zip(heights) {
        sheet.set_row_height_pixels(row, height * LINE + PADDING)?;
    }
    Ok(())
}

/// How many lines a text takes in a cell of this width: not every program counts them when it opens the workbook.
fn lines(text: &str, across: u32) -> u32 {
    let across = u64::from(across.max(4) - 2);
    let line = |line: &str| columns::width(line).div_ceil(across).max(1);
    let lines: u64 = text.lines().map(line).sum();
    u32::try_from(lines).unwrap_or(MOST_LINES).clamp(1, MOST_LINES)
}

/// The first and the last place of a cell of the head.
fn reach(cell: &HeadCell) -> Result<(Place, Place), XlsxError> {
    let place = |row: usize, column: usize| -> Result<Place, XlsxError> {
        let row = u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)?;
        let column = u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)?;
        Ok((ABOVE + row, column))
    };
    let last = place(cell.row + cell.rows.max(1) - 1, cell.column + cell.columns.max(1) - 1)?;
    Ok((place(cell.row, cell.column)?, last))
}

fn write_row(sheet: &mut Worksheet, line: u32, row: &Row, columns: &[ColumnKind]) -> Result<(), XlsxError> {
    for (column, (cell, kind)) in (0..).zip(row.cells.iter().zip(columns)) {
        let format = match kind {
            ColumnKind::Code => cell_format(FormatAlign::Center).set_num_format("@"),
            ColumnKind::Name | ColumnKind::Text => cell_format(FormatAlign::Left).set_text_wrap(),
            ColumnKind::Amount => cell_format(FormatAlign::Right),
        };
        let format = match row.kind {
            RowKind::Total | RowKind::Group(1) => format.set_bold(),
            RowKind::Group(_) | RowKind::Leaf => format,
        };
        match cell {
            Cell::Blank => sheet.write_blank(line, column, &format)?,
            Cell::Text(text) => sheet.write_string_with_format(line, column, text, &format)?,
            Cell::Amount { printed, .. } => {
                let format = format.set_num_format(number_format(printed.decimals()));
                sheet.write_number_with_format(line, column, in_workbook(printed), &format)?
            }
        };
    }
    Ok(())
}

/// A figure has at most fifteen digits, which a number of a workbook holds and gives back without loss.
// tidy: float because a workbook knows no other numbers; nothing is computed with it.
fn in_workbook(printed: &Printed) -> f64 {
    printed.to_string().parse().unwrap_or_default()
}

/// Writes a text over one cell or several.
fn write_across(sheet: &mut Worksheet, from: Place, to: Place, text: &str, format: &Format) -> Result<(), XlsxError> {
    if from == to {
        sheet.write_string_with_format(from.0, from.1, text, format)?;
    } else {
        sheet.merge_range(from.0, from.1, to.0, to.1, text, format)?;
    }
    Ok(())
}

fn title_format() -> Format {
    Format::new().set_font_name("黑体").set_font_size(16).set_bold().set_align(FormatAlign::Center)
}

fn line_format(side: FormatAlign) -> Format {
    Format::new().set_font_name("宋体").set_font_size(10).set_align(side)
}

fn cell_format(side: FormatAlign) -> Format {
    line_format(side).set_align(FormatAlign::VerticalCenter).set_border(FormatBorder::Thin)
}

#[cfg(test)]
mod tests {
    use super::sheet_name;
    use std::collections::BTreeSet;

    #[test]
    fn names_of_sheets_are_short_allowed_and_unique() {
        let mut taken = BTreeSet::new();
        let mut name = |title: &str| sheet_name(title, &mut taken);
        assert_eq!(name("表一 部门[收支]总表?"), "表一 部门收支总表");
        assert_eq!(name("表一 部门收支总表"), "表一 部门收支总表 (2)");
        assert_eq!(name(""), "表");
        assert_eq!(name("''"), "表 (2)");
        assert_eq!((name("table A"), name("Table a")), ("table A".into(), "Table a (2)".into()));
        let long = "一般公共预算财政拨款基本支出情况表按支出经济分类科目列示并附上年执行数";
        assert_eq!((name(long).chars().count(), name(long).chars().count()), (31, 31));
        assert_eq!(name(&"😀".repeat(20)).chars().count(), 15);
    }
}
