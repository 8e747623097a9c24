//! Books as a workbook to type into: drop-down lists, notes on the heads, sums, codes as text.
// tidy: float in this file because workbooks store numbers as doubles; amounts pass as decimal text.

use crate::hints::{self, STEPS, pick};
use crate::schema::{Column, Field, Kind, SCHEMAS, Schema};
use crate::table::Table;
use crate::writing;
use gouji_model::books::{Books, List, Scheme};
use gouji_model::{Catalogue, Lang};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, Note, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

/// The sheet of explanations.
pub(crate) const GUIDE: &str = "填写说明";
/// The sheet of codes that the repository knows.
pub(crate) const REFERENCE: &str = "科目参考";
/// The row of the heads, from 0; the sums stand above it.
const HEAD_ROW: u32 = 1;
/// Rows that have drop-down lists when the books hold fewer.
const ROWS: u32 = 3000;

/// Writes books as a workbook: the same books give the same bytes.
///
/// `lang` is the language of the explanations; heads and words are those of the budget, Chinese.
pub fn to_workbook(books: &Books, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The clock is not read: same input, same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created).set_author("gouji"));
    write_guide(workbook.add_worksheet().set_name(GUIDE)?, lang)?;
    for table in &writing::tables(books) {
        write_list(workbook.add_worksheet().set_name(table.schema.sheet)?, table, lang)?;
    }
    write_reference(workbook.add_worksheet().set_name(REFERENCE)?)?;
    workbook.save_to_buffer()
}

fn plain() -> Format {
    Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter)
}

fn head() -> Format {
    plain()
        .set_bold()
        .set_background_color(Color::RGB(0xDD_E8_F0))
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_text_wrap()
}

fn title() -> Format {
    plain().set_bold().set_font_size(14)
}

fn write_guide(sheet: &mut Worksheet, lang: Lang) -> Result<(), XlsxError> {
    let wrapped = plain().set_text_wrap();
    sheet.set_column_width(0, 14)?.set_column_width(1, 88)?;
    sheet.set_row_height(0, 26)?;
    sheet.write_with_format(0, 0, pick(["部门预算填报表", "The books of a department's budget"], lang), &title())?;
    let mut row = 1;
    for (index, step) in STEPS.iter().enumerate() {
        row += 1;
        sheet.write_with_format(row, 0, format!("{}", index + 1), &plain().set_align(FormatAlign::Center))?;
        sheet.write_with_format(row, 1, pick(*step, lang), &wrapped)?;
        sheet.set_row_height(row, 20)?;
    }
    row += 2;
    sheet.write_with_format(row, 0, pick(["工作表", "Sheet"], lang), &head())?;
    sheet.write_with_format(row, 1, pick(["填什么", "What it holds"], lang), &head())?;
    let edged = wrapped.set_border(FormatBorder::Thin);
    for schema in &SCHEMAS {
        row += 1;
        let link = rust_xlsxwriter::Url::new(format!("internal:'{}'!A1", schema.sheet)).set_text(schema.sheet);
        let linked = edged
            .clone()
            .set_font_color(Color::RGB(0x1F_4E_79))
            .set_underline(rust_xlsxwriter::FormatUnderline::Single);
        sheet.write_url_with_format(row, 0, link, &linked)?;
        sheet.write_with_format(row, 1, pick(hints::of_list(schema.list), lang), &edged)?;
        sheet.set_row_height(row, 20)?;
    }
    sheet.set_print_fit_to_pages(1, 0).set_screen_gridlines(false);
    sheet.protect();
    Ok(())
}

fn write_list(sheet: &mut Worksheet, table: &Table, lang: Lang) -> Result<(), XlsxError> {
    let schema = table.schema;
    let last_row = HEAD_ROW + ROWS.max(table.rows.len() as u32 + 500);
    sheet.set_row_height(0, 24)?.set_row_height(HEAD_ROW, 24)?;
    for (at, column) in schema.columns.iter().enumerate() {
        let at = at as u16;
        sheet.set_column_width(at, width(column))?;
        sheet.set_column_format(at, &cell_format(column))?;
        sheet.write_with_format(HEAD_ROW, at, column.head, &head())?;
        sheet.insert_note(HEAD_ROW, at, &note(column, lang))?;
        if let Some(validation) = validation(schema, column, lang)? {
            sheet.add_data_validation(HEAD_ROW + 1, at, last_row, at, &validation)?;
        }
        sheet.write_blank(0, at, &plain())?;
        if column.kind_is_amount() {
            write_sum(sheet, table, at, last_row)?;
        }
    }
    write_banner(sheet, schema, lang)?;
    for (index, row) in table.rows.iter().enumerate() {
        let at_row = HEAD_ROW + 1 + index as u32;
        for (at, (column, text)) in schema.columns.iter().zip(&row.cells).enumerate() {
            write_cell(sheet, at_row, at as u16, column, text)?;
        }
        // Spreadsheets fit a row to its text while it is typed, not when the workbook is opened.
        let lines = schema.columns.iter().zip(&row.cells).map(|(column, text)| lines_of(column, text)).max();
        if let Some(lines) = lines.filter(|lines| *lines > 1) {
            sheet.set_row_height(at_row, (4 + 15 * lines).min(400))?;
        }
    }
    sheet.ignore_error_range(
        HEAD_ROW,
        0,
        last_row,
        schema.columns.len() as u16,
        rust_xlsxwriter::IgnoreError::NumberStoredAsText,
    )?;
    sheet.set_freeze_panes(HEAD_ROW + 1, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, HEAD_ROW)?;
    sheet.protect_with_options(&ProtectionOptions {
        insert_rows: true,
        delete_rows: true,
        format_columns: true,
        format_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    });
    Ok(())
}

/// What the list holds, above its heads, as far as no sum stands there.
fn write_banner(sheet: &mut Worksheet, schema: &Schema, lang: Lang) -> Result<(), XlsxError> {
    let before_sums = schema.columns.iter().take_while(|column| !column.kind_is_amount()).count();
    let text = pick(hints::of_list(schema.list), lang);
    let quiet = plain().set_font_color(Color::RGB(0x59_59_59));
    // A narrow list has no room for its text beside the sum: the sum says what it is.
    let text = if before_sums == schema.columns.len() || before_sums > 3 { text } else { "" };
    sheet.write_with_format(0, 0, text, &quiet)?;
    if before_sums < schema.columns.len() {
        let label = pick(["合计（元）", "sum (yuan)"], lang);
        let at = before_sums.saturating_sub(1) as u16;
        sheet.write_with_format(0, at, label, &plain().set_bold().set_align(FormatAlign::Right))?;
    }
    Ok(())
}

/// The sum of a column of amounts, with its value for who does not compute.
fn write_sum(sheet: &mut Worksheet, table: &Table, at: u16, last_row: u32) -> Result<(), XlsxError> {
    let letter = column_letters(u32::from(at));
    let fen: i128 = table.rows.iter().map(|row| fen_of(&row.cells[usize::from(at)])).sum();
    let sum = format!("{}{}.{:02}", if fen < 0 { "-" } else { "" }, fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    let formula = Formula::new(format!("=SUM({letter}{}:{letter}{})", HEAD_ROW + 2, last_row + 1)).set_result(sum);
    sheet.write_formula_with_format(0, at, formula, &plain().set_bold().set_num_format(AMOUNT))?;
    Ok(())
}

fn fen_of(text: &str) -> i128 {
    crate::amount::parse_amount(text).map_or(0, |amount| i128::from(amount.fen()))
}

/// Amounts show their fen, and commas between thousands.
const AMOUNT: &str = "#,##0.00";

fn write_cell(sheet: &mut Worksheet, row: u32, at: u16, column: &Column, text: &str) -> Result<(), XlsxError> {
    let format = cell_format(column);
    if text.is_empty() {
        sheet.write_blank(row, at, &format)?;
        return Ok(());
    }
    match column.kind {
        // Up to 10^15 fen have at most fifteen digits, which every double keeps.
        Kind::Amount | Kind::Number => match text.parse::<f64>() {
            Ok(number) => sheet.write_number_with_format(row, at, number, &format)?,
            Err(_) => sheet.write_string_with_format(row, at, text, &format)?,
        },
        _ => sheet.write_string_with_format(row, at, text, &format)?,
    };
    Ok(())
}

/// How many lines a text takes in its column; an ideograph is as wide as two letters.
fn lines_of(column: &Column, text: &str) -> u32 {
    let wide = |line: &str| line.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum::<u32>();
    match column.kind {
        Kind::Text | Kind::Needed => text.split('\n').map(|line| wide(line).div_ceil(width(column) - 1).max(1)).sum(),
        _ => 1,
    }
}

/// How the cells of a column look; all of them may be typed into.
fn cell_format(column: &Column) -> Format {
    let format = plain().set_unlocked();
    match column.kind {
        Kind::Amount => format.set_num_format(AMOUNT),
        Kind::Number => format.set_num_format("0"),
        Kind::Text | Kind::Needed => format.set_num_format("@").set_text_wrap(),
        _ => format.set_num_format("@"),
    }
}

fn width(column: &Column) -> u32 {
    match column.field {
        Field::Content => 90,
        Field::Goal | Field::Basis | Field::Benefit | Field::Quantified | Field::Subject => 36,
        Field::Department | Field::Unit | Field::Project | Field::Indicator | Field::Name => 26,
        Field::Book | Field::Expense | Field::Counted | Field::Key | Field::Evidence => 22,
        Field::Now | Field::Before | Field::Change => 20,
        _ => 16,
    }
}

fn note(column: &Column, lang: Lang) -> Note {
    let text = hints::of_column(column, lang);
    let lines = 1 + text.chars().count() as u32 / 14;
    Note::new(text).add_author_prefix(false).set_width(200).set_height(20 + 20 * lines)
}

/// What may be typed into a column; `None` for what is free.
fn validation(schema: &Schema, column: &Column, lang: Lang) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new();
    let rule = match column.kind {
        Kind::Word(words) => {
            let words: Vec<&str> = words().into_iter().filter(|word| !word.is_empty()).collect();
            rule.allow_list_strings(&words)?
        }
        Kind::Unit => rule.allow_list_formula(names_of(List::Units, Field::Unit)),
        Kind::Project => rule.allow_list_formula(names_of(List::Projects, Field::Project)),
        Kind::Code(Scheme::Function) => rule.allow_list_formula(codes('A', Catalogue::function())),
        Kind::Code(Scheme::Economic) => rule.allow_list_formula(codes('D', Catalogue::economic())),
        Kind::Amount => rule.allow_decimal_number_formula(DataValidationRule::Between(
            Formula::new("-10000000000000"),
            Formula::new("10000000000000"),
        )),
        Kind::Number => rule.allow_whole_number(DataValidationRule::Between(0, 999_999_999)),
        Kind::Year => rule
            .allow_custom(Formula::new(format!("=AND(VALUE({0})>=2000,VALUE({0})<=2100)", first_cell(schema, column)))),
        Kind::Text | Kind::Needed | Kind::Code(Scheme::Procurement) | Kind::AnyCode => return Ok(None),
    };
    // A code that the reference lacks may still be right.
    let style = match column.kind {
        Kind::Code(_) => DataValidationErrorStyle::Warning,
        _ => DataValidationErrorStyle::Stop,
    };
    let message = hints::of_column(column, lang);
    Ok(Some(rule.set_error_style(style).set_error_title(column.head)?.set_error_message(message)?))
}

fn first_cell(schema: &Schema, column: &Column) -> String {
    let at = schema.index(column.field).unwrap_or_default() as u32;
    format!("{}{}", column_letters(at), HEAD_ROW + 2)
}

/// The filled cells of a column of names.
fn names_of(list: List, field: Field) -> Formula {
    let schema = crate::schema::schema(list);
    let letter = column_letters(schema.index(field).unwrap_or_default() as u32);
    let (sheet, first, last) = (schema.sheet, HEAD_ROW + 2, HEAD_ROW + 1 + ROWS);
    let count = format!("COUNTA({sheet}!${letter}${first}:${letter}${last})");
    Formula::new(format!("=OFFSET({sheet}!${letter}${first},0,0,MAX(1,{count}),1)"))
}

/// The cells of the reference that hold the codes of a catalogue.
fn codes(letter: char, catalogue: Catalogue) -> Formula {
    let last = 1 + distinct(&catalogue).len();
    Formula::new(format!("={REFERENCE}!${letter}$2:${letter}${last}"))
}

/// Codes of a catalogue with the newest name of each.
fn distinct(catalogue: &Catalogue) -> Vec<(String, String)> {
    let mut newest: std::collections::BTreeMap<String, (Option<i16>, String)> = Default::default();
    for (code, entry) in catalogue.iter() {
        let year = entry.years.last().copied();
        let known = newest.entry(code.to_string()).or_insert((year, entry.name.clone()));
        if year > known.0 {
            *known = (year, entry.name.clone());
        }
    }
    newest.into_iter().map(|(code, (_, name))| (code, name)).collect()
}

fn write_reference(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let text = plain().set_num_format("@");
    for (at, heads, catalogue) in
        [(0, ["功能科目", "名称"], Catalogue::function()), (3, ["经济科目", "名称"], Catalogue::economic())]
    {
        sheet.set_column_width(at, 14)?.set_column_width(at + 1, 40)?;
        sheet.write_with_format(0, at, heads[0], &head())?.write_with_format(0, at + 1, heads[1], &head())?;
        let codes = distinct(&catalogue);
        for (row, (code, name)) in (1..).zip(&codes) {
            sheet.write_string_with_format(row, at, code, &text)?.write_string_with_format(row, at + 1, name, &text)?;
        }
        sheet.ignore_error_range(1, at, codes.len() as u32, at, rust_xlsxwriter::IgnoreError::NumberStoredAsText)?;
    }
    sheet.set_freeze_panes(1, 0)?.set_print_fit_to_pages(1, 0).protect();
    Ok(())
}

/// The letters of a column from 0: A, B … Z, AA.
pub(crate) fn column_letters(at: u32) -> String {
    let last = char::from(b'A' + (at % 26) as u8);
    if at < 26 { last.to_string() } else { format!("{}{last}", column_letters(at / 26 - 1)) }
}
