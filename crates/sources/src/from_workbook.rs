//! A workbook that people filled in, to books.
// tidy: float in this file because the reader of workbooks gives stored numbers as doubles.

use crate::fault::Fault;
use crate::loaded::{Loaded, load};
use crate::package;
use crate::schema::{SCHEMAS, Schema, schema};
use crate::table::{Heads, RawRow, Table};
use crate::to_workbook::{GUIDE, REFERENCE, column_letters};
use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};
use gouji_model::books::{List, Origin};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Columns that are looked at; no list has so many.
const COLUMNS: u32 = 100;
/// Cells that are looked at in one sheet.
const CELLS: usize = 1_000_000;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// True for a workbook that has the sheet of the department: one of books, and no report.
pub fn is_workbook_of_books(bytes: &[u8]) -> bool {
    let sheet = schema(List::Department).sheet;
    open(bytes).is_ok_and(|book| book.sheet_names().iter().any(|name| name.trim() == sheet))
}

/// Reads the sheets of a workbook, each by its name; the order does not matter.
///
/// A sheet that is missing is an empty list, but 部门 must be there. Formulas are read by their
/// results, hidden rows are read with a warning, merged cells are refused.
pub fn from_workbook(bytes: &[u8]) -> Result<Loaded, Vec<Fault>> {
    // The reader of workbooks panics on some damaged files, such as a row number beyond every range.
    catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or_else(|_| {
        Err(refused("工作簿已损坏；请用 Excel 或 WPS 打开后另存", "the workbook is damaged; open it and save it again"))
    })
}

fn read(bytes: &[u8]) -> Result<Loaded, Vec<Fault>> {
    let mut book = open(bytes)?;
    let hidden = package::hidden_rows(bytes);
    let mut faults = unknown_sheets(&book);
    let mut tables = Vec::new();
    let mut heads: BTreeMap<List, Heads> = BTreeMap::new();
    for schema in &SCHEMAS {
        let name = book.sheet_names().into_iter().find(|name| name.trim() == schema.sheet);
        let rows = name.as_deref().map_or_else(Vec::new, |name| read_rows(&mut book, name, schema, &mut faults));
        let (table, found) = Table::read(schema, rows, &mut faults);
        if let Some(name) = &name {
            faults.extend(merged(&mut book, name, &table, found.row));
            faults.extend(hidden.get(name).and_then(|rows| hidden_rows(&table, rows)));
        }
        faults.extend(no_department(&table, &faults));
        heads.insert(schema.list, found);
        tables.push(table);
    }
    load(&tables, faults, |place| {
        let sheet = schema(place.list).sheet;
        let column = place.column().and_then(|at| heads.get(&place.list)?.columns.get(at).copied().flatten());
        match (place.row, column) {
            (0, _) => sheet.to_string(),
            (row, None) => format!("{sheet}!{row}"),
            (row, Some(at)) => format!("{sheet}!{}{row}", column_letters(at as u32)),
        }
    })
}

/// The one fault of a file that is no workbook as a whole.
fn refused(zh: &str, en: &str) -> Vec<Fault> {
    vec![Fault::error(Origin::default(), None, zh.to_string(), en.to_string()).about("")]
}

fn open(bytes: &[u8]) -> Result<Book<'_>, Vec<Fault>> {
    match package::is_readable(bytes) {
        Some(true) => {}
        Some(false) => {
            return Err(refused(
                "工作簿过大，没有读取；请删去多余的工作表",
                "the workbook is too large; remove what is not needed",
            ));
        }
        None => {
            return Err(refused(
                "不是 .xlsx 工作簿；请另存为 Excel 工作簿（.xlsx）",
                "is no .xlsx workbook; save it as an Excel workbook (.xlsx)",
            ));
        }
    }
    Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => {
            refused("工作簿有打开密码；请去掉密码后再试", "the workbook asks for a password; remove it")
        }
        error => refused(
            &format!("工作簿读不了（{error}）；请用 Excel 或 WPS 打开后另存"),
            &format!("the workbook cannot be read ({error}); open it and save it again"),
        ),
    })
}

fn unknown_sheets(book: &Book<'_>) -> Vec<Fault> {
    let sheets = book.sheets_metadata().iter().map(|sheet| (sheet.name.trim(), sheet.visible));
    let mut faults = Vec::new();
    for (name, visible) in sheets {
        let known = SCHEMAS.iter().find(|schema| schema.sheet == name);
        match known {
            None if name != GUIDE && name != REFERENCE => faults.push(
                Fault::warning(
                    Origin::default(),
                    None,
                    format!("不认识工作表“{name}”，没有读取；工作表名应与填报表一致"),
                    format!("the sheet {name} is not known and was not read; keep the names of the sheets"),
                )
                .about(name),
            ),
            Some(schema) if visible != SheetVisible::Visible => faults.push(Fault::warning(
                Origin { list: schema.list, row: 0 },
                None,
                "工作表被隐藏，已照常读取；不需要的内容请删去".to_string(),
                "the sheet is hidden, and was read; remove what is not meant".to_string(),
            )),
            _ => {}
        }
    }
    faults
}

fn no_department(table: &Table, faults: &[Fault]) -> Option<Fault> {
    let is_told = faults.iter().any(|fault| fault.place.list == List::Department && fault.place.row > 0);
    (table.schema.list == List::Department && table.rows.is_empty() && !is_told).then(|| {
        Fault::error(
            Origin { list: List::Department, row: 0 },
            None,
            "没有填写部门；请在“部门”表填名称、预算年度和表式".to_string(),
            "no department is entered; write its name, year and form in the sheet 部门".to_string(),
        )
    })
}

/// The cells of a sheet by row; a sheet is never laid out in full, as its corners may be far apart.
fn read_rows(book: &mut Book<'_>, name: &str, schema: &Schema, faults: &mut Vec<Fault>) -> Vec<RawRow> {
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    if let Err(error) = fill_rows(book, name, schema, &mut rows, faults) {
        faults.push(Fault::error(
            Origin { list: schema.list, row: 0 },
            None,
            format!("工作表读不了（{error}）；请用 Excel 或 WPS 打开后另存"),
            format!("the sheet cannot be read ({error}); open the workbook and save it again"),
        ));
    }
    rows.into_iter().collect()
}

fn fill_rows(
    book: &mut Book<'_>,
    name: &str,
    schema: &Schema,
    rows: &mut BTreeMap<u32, Vec<String>>,
    faults: &mut Vec<Fault>,
) -> Result<(), XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut count = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        let (row, at) = (cell.pos.0.saturating_add(1), cell.pos.1);
        let origin = Origin { list: schema.list, row };
        let place = format!("{}{row}", column_letters(at));
        let text = match (text_of(&cell.value), cell.formula.is_some()) {
            (Ok(text), true) if matches!(cell.value, DataRef::Empty) => {
                faults.push(without_result(origin, &place));
                text
            }
            (Ok(text), _) => text,
            (Err(problem), _) => {
                faults.push(problem.fault(origin, &place));
                continue;
            }
        };
        if text.trim().is_empty() {
            continue;
        }
        count += 1;
        if at >= COLUMNS || count > CELLS {
            faults.push(too_far(origin, &place));
            return Ok(());
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= at as usize {
            cells.resize(at as usize + 1, String::new());
        }
        cells[at as usize] = text;
    }
    Ok(())
}

/// A cell that cannot be read as text.
enum Problem {
    Date,
    Error(String),
}

impl Problem {
    fn fault(self, origin: Origin, place: &str) -> Fault {
        let (zh, en) = match self {
            Problem::Date => (
                format!("{place} 是日期；请把单元格格式改为文本后重填"),
                format!("{place} is a date; make the cell text and type it again"),
            ),
            Problem::Error(error) => (
                format!("{place} 的公式结果是 {error}；请改正公式"),
                format!("the formula of {place} gives {error}; mend it"),
            ),
        };
        Fault::error(origin, None, zh, en)
    }
}

/// The text of a stored value, as who typed it saw it.
fn text_of(value: &DataRef<'_>) -> Result<String, Problem> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => text.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => decimal(*number),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_string(),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => return Err(Problem::Date),
        DataRef::Error(error) => return Err(Problem::Error(error.to_string())),
    })
}

/// A stored number as decimal text.
///
/// Spreadsheets write 1234.56 as 1234.5599999999999: the shortest text that gives the same double
/// is what was typed. The result of a formula may differ from it in the sixteenth digit, which no
/// spreadsheet shows; it is rounded to the fifteen digits that they do.
pub(crate) fn decimal(number: f64) -> String {
    let shortest = format!("{number}");
    let digits = shortest.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
    if digits <= 15 || number == number.trunc() {
        return shortest;
    }
    format!("{number:.14e}").parse::<f64>().map_or(shortest, |rounded| format!("{rounded}"))
}

fn without_result(origin: Origin, place: &str) -> Fault {
    Fault::error(
        origin,
        None,
        format!("{place} 的公式没有结果；请用 Excel 或 WPS 打开，计算并保存"),
        format!("the formula of {place} has no result; open the workbook, compute and save it"),
    )
}

fn too_far(origin: Origin, place: &str) -> Fault {
    Fault::error(
        origin,
        None,
        format!("{place} 远离表头还有内容；请删去表外的内容"),
        format!("{place} lies far from the heads; remove what is outside the list"),
    )
}

/// Merged cells from the heads down: which rows a merged text belongs to cannot be known.
fn merged(book: &mut Book<'_>, name: &str, table: &Table, head_row: u32) -> Vec<Fault> {
    let regions = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let below = regions.into_iter().filter(|region| region.end.0 >= head_row.saturating_sub(1));
    below
        .map(|region| {
            let corner = |(row, at): (u32, u32)| format!("{}{}", column_letters(at), row.saturating_add(1));
            let cells = format!("{}:{}", corner(region.start), corner(region.end));
            Fault::error(
                Origin { list: table.schema.list, row: region.start.0.saturating_add(1) },
                None,
                format!("单元格 {cells} 已合并；请取消合并，每行都填完整"),
                format!("the cells {cells} are merged; part them and fill in every row"),
            )
        })
        .collect()
}

/// Rows that cannot be seen but are read.
fn hidden_rows(table: &Table, hidden: &[u32]) -> Option<Fault> {
    let filled = table.rows.iter().map(|row| row.origin.row).filter(|row| hidden.contains(row));
    let rows: Vec<u32> = filled.collect();
    let first = *rows.first()?;
    let shown: Vec<String> = rows.iter().take(10).map(u32::to_string).collect();
    let (zh, en) = (shown.join("、"), shown.join(", "));
    let (more_zh, more_en) = if rows.len() > 10 { (" 等", " and more") } else { ("", "") };
    Some(Fault::warning(
        Origin { list: table.schema.list, row: first },
        None,
        format!("第 {zh}{more_zh} 行被隐藏，已照常读取；不需要的行请删去"),
        format!("hidden rows were read: {en}{more_en}; remove those that are not meant"),
    ))
}
