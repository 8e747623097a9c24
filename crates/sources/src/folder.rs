//! Books as a folder: a file of texts and one table to a list, made to be kept in git.

use crate::csv::{self, CsvError};
use crate::fault::{Fault, clip};
use crate::loaded::{Loaded, load};
use crate::schema::{SCHEMAS, Schema, schema};
use crate::table::Table;
use crate::{texts, writing};
use gouji_model::books::{Books, List, Origin};

/// The list of what a draft does not say: it stands beside the books and is no part of them.
pub const UNKNOWN: &str = "unknown.csv";

/// Reads the files of a folder, each by its name; the order does not matter.
///
/// A table that is absent is an empty list; `books.toml` must be there. Files that are neither
/// are left alone, but a table of an unknown name is warned of.
pub fn from_folder(files: &[(String, Vec<u8>)]) -> Result<Loaded, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut tables = Vec::new();
    for schema in SCHEMAS.iter().filter(|schema| schema.file != texts::FILE) {
        let found = files.iter().find(|(name, _)| name.eq_ignore_ascii_case(schema.file));
        let rows = found.map_or_else(Vec::new, |(_, bytes)| read_rows(schema, bytes, &mut faults));
        tables.push(Table::read(schema, rows, &mut faults).0);
    }
    let mut lines = texts::Lines::default();
    match files.iter().find(|(name, _)| name.eq_ignore_ascii_case(texts::FILE)) {
        Some((_, bytes)) => tables.extend(texts::read(bytes, &mut lines, &mut faults)),
        None => faults.push(Fault::error(
            Origin::default(),
            None,
            "缺少 books.toml；其中写部门名称、简称、预算年度和表式".to_string(),
            "books.toml is missing; it says the department's name, short name, year and form".to_string(),
        )),
    }
    for (name, _) in files {
        let is_known =
            name.eq_ignore_ascii_case(UNKNOWN) || SCHEMAS.iter().any(|schema| name.eq_ignore_ascii_case(schema.file));
        if name.to_ascii_lowercase().ends_with(".csv") && !is_known {
            faults.push(unknown_table(name));
        }
    }
    load(&tables, faults, |place| {
        let schema = schema(place.list);
        // The fields of the department stand on lines of their own.
        let own = place.column().filter(|_| place.list == List::Department).and_then(|at| lines.get(&at));
        let row = own.copied().unwrap_or(place.row);
        let line = if row == 0 { String::new() } else { format!(":{row}") };
        let column = place.column().map_or(String::new(), |at| format!(":{}", key_of(schema, at)));
        format!("{}{line}{column}", schema.file)
    })
}

/// Writes books as the files of a folder: the same books give the same bytes.
pub fn to_folder(books: &Books) -> Vec<(String, Vec<u8>)> {
    let tables = writing::tables(books);
    let mut files = vec![(texts::FILE.to_string(), texts::write(books).into_bytes())];
    for table in tables.iter().filter(|table| table.schema.file != texts::FILE) {
        let heads: Vec<&str> = table.schema.columns.iter().map(|column| column.head).collect();
        let rows = table.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect());
        // The mark tells spreadsheets of Chinese Windows that the file is UTF-8.
        let text = format!("\u{feff}{}", csv::write(std::iter::once(heads).chain(rows)));
        files.push((table.schema.file.to_string(), text.into_bytes()));
    }
    files
}

fn read_rows(schema: &Schema, bytes: &[u8], faults: &mut Vec<Fault>) -> Vec<(u32, Vec<String>)> {
    match csv::decode(bytes).and_then(|text| csv::parse(&text)) {
        Ok(rows) => rows,
        Err(error) => {
            faults.push(csv_fault(schema.list, error));
            Vec::new()
        }
    }
}

fn csv_fault(list: List, error: CsvError) -> Fault {
    let (row, zh, en) = match error {
        CsvError::Encoding => (
            0,
            "编码既不是 UTF-8 也不是 GB18030；请另存为 CSV UTF-8",
            "is neither UTF-8 nor GB18030; save it as CSV UTF-8",
        ),
        CsvError::OpenQuote(line) => (
            line,
            "双引号没有配对；请补上右引号，内容中的双引号写两个",
            "a quote is never closed; double the quotes within text",
        ),
        CsvError::BehindQuote(line) => (
            line,
            "右双引号后面还有内容；请用双引号括住整格，内容中的双引号写两个",
            "text follows a closing quote; quote the whole cell and double the quotes within",
        ),
    };
    Fault::error(Origin { list, row }, None, zh.to_string(), en.to_string())
}

fn unknown_table(name: &str) -> Fault {
    let shown = clip(name);
    Fault::warning(
        Origin::default(),
        None,
        format!("不认识文件 {shown}，没有读取；文件名应与 gouji new 建立的相同"),
        format!("{shown} is no list and was not read; name the files as gouji new does"),
    )
    .about(name)
}

/// What a column is called in the source: the file of texts has keys instead of heads.
fn key_of(schema: &'static Schema, column: usize) -> &'static str {
    let column = &schema.columns[column];
    if schema.list == List::Department { texts::key(column.field) } else { column.head }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_model::{Lang, Level};

    const BOOKS: &str = "[department]\nname = \"虚构区河湖局\"\nshort = \"河湖局\"\nyear = 2026\nform = \"shenzhen-2019\"\n\n\
        [texts]\nduties = \"\"\"\n管河。\n管“湖”。\n\"\"\"\n";
    const UNITS: &str = "单位名称,简称,单位编码,单位类型\n局本级,本级,001,机关\n水闸站,水闸站,002,事业单位\n";
    const PROJECTS: &str = "\
        项目名称,单位名称,项目编号,列入,绩效目标,申报依据,年度预期效益,量化指标\n\
        清淤,水闸站,,重点,\"清淤,全程\",河长制,水清,清 3 公里\n新建水闸,水闸站,,基本建设,,,,\n";
    const EXPENDITURE: &str = "\
        单位名称,资金来源,收入性质,功能科目,经济科目,支出性质,项目名称,上级转移支付,本年预算,上年预算\n\
        局本级,一般公共预算,本年,2130301,30101,人员经费,,,\"1,200.5\",１１００\n\
        水闸站,一般公共预算,上年结转,2130306,30227,项目支出,清淤,是,300,\n\
        水闸站,政府性基金预算,本年,2120801,31005,项目支出,新建水闸,,1000000,0\n";

    const NAMES: &str = "分类,编码,名称\n功能,21303,水利\n功能,2130301,行政运行\n功能,2130306,水利工程运行\n\
        功能,21208,土地出让收入支出\n功能,2120801,征地补偿\n经济,31005,基础设施建设\n";

    fn files(list: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        list.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).collect()
    }

    fn small() -> Vec<(String, Vec<u8>)> {
        files(&[
            ("books.toml", BOOKS),
            ("units.csv", UNITS),
            ("projects.csv", PROJECTS),
            ("expenditure.csv", EXPENDITURE),
            ("three-public.csv", "费用,本年预算,上年预算\n公务接待费,500,600\n"),
            ("counts.csv", "单位名称,项目,数量\n局本级,行政编制,12\n局本级,购置通用设备,0\n"),
            ("names.csv", NAMES),
        ])
    }

    /// The faults, a line to each.
    fn faults(files: &[(String, Vec<u8>)]) -> String {
        let faults = from_folder(files).map_or_else(|faults| faults, |loaded| loaded.warnings);
        let lines = faults.iter().map(|fault| format!("{} {}\n", fault.place, fault.message(Lang::Zh)));
        lines.collect()
    }

    #[test]
    fn a_small_folder_becomes_books() {
        let books = from_folder(&small()).unwrap().books;
        assert_eq!(books.department.year, 2026);
        assert_eq!(books.text("duties"), "管河。\n管“湖”。");
        let seen: Vec<String> = books
            .postings
            .iter()
            .map(|posting| format!("{} {:?} {} {}", posting.at, posting.source, posting.amount, posting.previous))
            .collect();
        assert_eq!(
            seen,
            [
                "expenditure 2026 budget stream=year book=general nature=personnel function=2130301 economic=30101 \
                 unit=局本级 Year 1200.50 1100.00",
                "expenditure 2026 budget stream=year book=general nature=project function=2130306 economic=30227 \
                 item=transfer unit=水闸站 project=清淤 CarriedIn 300.00 0.00",
                "expenditure 2026 budget stream=year book=funds nature=project function=2120801 economic=31005 \
                 item=construction unit=水闸站 project=新建水闸 Year 1000000.00 0.00",
                "three-public 2026 budget item=reception All 500.00 600.00",
            ]
        );
        assert_eq!(books.counts[0].number, 12);
    }

    #[test]
    fn what_is_written_reads_the_same_and_is_written_the_same() {
        let first = to_folder(&from_folder(&small()).unwrap().books);
        let second = to_folder(&from_folder(&first).unwrap().books);
        assert_eq!(first, second);
    }

    #[test]
    fn tables_of_chinese_windows_are_read() {
        let (bytes, _, _) = encoding_rs::GB18030.encode(UNITS);
        let mut folder = small();
        folder[1].1 = bytes.into_owned();
        assert_eq!(from_folder(&folder).unwrap().books, from_folder(&small()).unwrap().books);
    }

    #[test]
    fn every_bad_cell_and_head_is_told_with_its_place() {
        let folder = files(&[
            ("books.toml", "[department]\nname = \"局\"\nyear = 26\nform = \"f\"\n"),
            ("units.csv", "单位名称,简称,单位编码,单位类型\n局,,,公司\n"),
            ("reasons.csv", "事项,增减额,增减额\n"),
            ("names.csv", "分类,编码,名字\n"),
            ("counts.csv", " 单位 名称,项目,数量\n局,行政编制,3人\n局,事业编制,3,多\n"),
            ("three-public.csv", "费用,本年预算,上年预算\n因公出国（境）费,\"12,5\",1.234\n"),
            ("spending.csv", ""),
        ]);
        assert_eq!(
            faults(&folder),
            "\
            spending.csv 不认识文件 spending.csv，没有读取；文件名应与 gouji new 建立的相同\n\
            books.toml:3:year “26”不是预算年度；请填四位年份，如 2026\n\
            units.csv:2:单位类型 “单位类型”不能是“公司”；应为：机关、事业单位\n\
            three-public.csv:2:本年预算 “12,5”中的逗号位置不对；小数点请写“.”，千位分隔如 1,234.56\n\
            three-public.csv:2:上年预算 “1.234”的小数多于两位；金额以元为单位，精确到分\n\
            counts.csv:2:数量 “3人”不是数量；请填不小于 0 的整数\n\
            counts.csv:3 第 4 列的“多”没有表头；请移到应在的列，含逗号的内容请加双引号\n\
            reasons.csv:1:增减额 表头“增减额”出现两次；请只保留一列\n\
            names.csv:1 缺少“名称”列；没有内容也请保留表头\n\
            names.csv:1 表头“名字”不认识；应为：分类、编码、名称\n"
        );
    }

    #[test]
    fn a_broken_quote_and_broken_toml_are_told_with_their_line() {
        let folder = files(&[
            ("books.toml", "[department]\nname = 局\n"),
            ("units.csv", "单位名称,简称,单位编码,单位类型\n\"局,,,机关\n"),
        ]);
        let told = faults(&folder);
        assert!(told.starts_with("books.toml:2 不符合 TOML 语法"), "{told}");
        assert!(told.contains("units.csv:2 双引号没有配对"), "{told}");
    }

    #[test]
    fn a_warning_does_not_stop_the_books() {
        let mut folder = small();
        folder.push(("other.csv".into(), Vec::new()));
        let loaded = from_folder(&folder).unwrap();
        assert!(loaded.warnings.iter().any(|fault| fault.level == Level::Warning));
    }
}
