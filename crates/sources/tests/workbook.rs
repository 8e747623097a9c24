//! Workbooks as people leave them.
// tidy: float in this file because workbooks store numbers as doubles.

use gouji_model::{Lang, Level};
use gouji_sources::{Loaded, from_workbook};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A workbook with its department, a unit and what `fill` adds.
fn workbook(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    sheet(&mut workbook, "部门", "部门名称,简称,预算年度,表式\n虚构区渔政局,渔政局,2026,shenzhen-2019");
    sheet(&mut workbook, "单位", "单位名称,简称,单位编码,单位类型\n渔港站,,,机关");
    fill(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

/// A sheet of texts; cells are parted by commas.
fn sheet<'a>(workbook: &'a mut Workbook, name: &str, text: &str) -> &'a mut Worksheet {
    let sheet = workbook.add_worksheet().set_name(name).unwrap();
    for (row, line) in (0..).zip(text.lines()) {
        for (at, cell) in (0..).zip(line.split(',')) {
            if !cell.is_empty() {
                sheet.write_string(row, at, cell).unwrap();
            }
        }
    }
    sheet
}

fn told(bytes: &[u8]) -> Vec<String> {
    let faults = from_workbook(bytes).map_or_else(|faults| faults, |loaded| loaded.warnings);
    faults
        .iter()
        .map(|fault| {
            assert!(!fault.message(Lang::En).is_empty());
            let level = if fault.level == Level::Error { "错误" } else { "警告" };
            format!("{level} {} {}", fault.place, fault.message(Lang::Zh))
        })
        .collect()
}

fn loaded(bytes: &[u8]) -> Loaded {
    from_workbook(bytes).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn moved_columns_titles_blank_rows_and_columns_are_no_matter() {
    let bytes = workbook(|workbook| {
        sheet(workbook, "增减原因", ",本表单位：元,\n,,\n,增减 额,,事项\n,,,\n,12.5,,渔港疏浚\n,,,\n,-3,,禁渔补助");
    });
    let reasons = loaded(&bytes).books.reasons;
    let seen: Vec<String> =
        reasons.iter().map(|reason| format!("{} {} {}", reason.origin.row, reason.subject, reason.change)).collect();
    assert_eq!(seen, ["5 渔港疏浚 12.50", "7 禁渔补助 -3.00"]);
}

#[test]
fn numbers_are_read_as_they_were_typed() {
    let bytes = workbook(|workbook| {
        let sheet = sheet(workbook, "增减原因", "事项,增减额\n一,\n二,\n三,\n四,1，234.5０\n五,\n六,");
        sheet.write_number(1, 1, 1234.56).unwrap();
        sheet.write_number(2, 1, 9_999_999_999_999.99).unwrap();
        sheet.write_formula(3, 1, Formula::new("=0.1+0.2").set_result("0.30000000000000004")).unwrap();
        sheet.write_number(5, 1, 1e7).unwrap();
        sheet.write_number(6, 1, -0.07).unwrap();
    });
    let reasons = loaded(&bytes).books.reasons;
    let seen: Vec<String> = reasons.iter().map(|reason| reason.change.to_string()).collect();
    assert_eq!(seen, ["1234.56", "9999999999999.99", "0.30", "1234.50", "10000000.00", "-0.07"]);
}

#[test]
fn what_cannot_be_read_is_told_with_its_cell() {
    let bytes = workbook(|workbook| {
        let sheet = sheet(workbook, "增减原因", "事项,增减额\n一,1234,5\n二,\n三,\n四,\n五,\n六,12,5");
        sheet.write_string(1, 1, "1234,5").unwrap().write_blank(1, 2, &Format::new()).unwrap();
        sheet.write_number(2, 1, 1.234).unwrap();
        sheet.write_formula(3, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        let date = ExcelDateTime::from_ymd(2026, 1, 2).unwrap();
        sheet.write_datetime_with_format(4, 1, &date, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
        sheet.write_number(5, 1, 1e300).unwrap();
    });
    let told = told(&bytes);
    assert_eq!(
        told[..5],
        [
            "错误 增减原因!B2 “1234,5”中的逗号位置不对；小数点请写“.”，千位分隔如 1,234.56",
            "错误 增减原因!B3 “1.234”的小数多于两位；金额以元为单位，精确到分",
            "错误 增减原因!4 B4 的公式结果是 #DIV/0!；请改正公式",
            "错误 增减原因!5 B5 是日期；请把单元格格式改为文本后重填",
            "错误 增减原因!B6 “1000000000000000000000000…”超出范围（±10 万亿元）；请核对单位是否为元",
        ]
    );
    assert_eq!(told[5], "错误 增减原因!7 第 3 列的“5”没有表头；请移到应在的列，含逗号的内容请加双引号");
}

#[test]
fn a_formula_that_was_never_computed_is_told() {
    let bytes = workbook(|workbook| {
        let sheet = sheet(workbook, "增减原因", "事项,增减额\n一,");
        sheet.write_formula(1, 1, Formula::new("=1+1").set_result("2")).unwrap();
    });
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        writer.start_file(part.name().unwrap(), SimpleFileOptions::default()).unwrap();
        writer.write_all(text.replace("</f><v>2</v>", "</f>").as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(told(&bytes), ["错误 增减原因!2 B2 的公式没有结果；请用 Excel 或 WPS 打开，计算并保存"]);
}

#[test]
fn merged_cells_are_refused_and_a_merged_title_is_not() {
    let bytes = workbook(|workbook| {
        let sheet = sheet(workbook, "增减原因", "\n事项,增减额\n,1\n,2");
        sheet.merge_range(0, 0, 0, 1, "增减原因表", &Format::new()).unwrap();
        sheet.merge_range(2, 0, 3, 0, "疏浚", &Format::new()).unwrap();
    });
    assert_eq!(
        told(&bytes),
        ["错误 增减原因!3 单元格 A3:A4 已合并；请取消合并，每行都填完整", "错误 增减原因!A4 “事项”未填写",]
    );
}

#[test]
fn hidden_rows_and_sheets_are_read_and_unknown_sheets_are_not() {
    let bytes = workbook(|workbook| {
        let reasons = sheet(workbook, "增减原因", "事项,增减额\n一,1\n二,2\n三,3");
        reasons.set_row_hidden(2).unwrap();
        reasons.set_row_hidden(90).unwrap();
        sheet(workbook, "资产", "单位名称,项目,数量\n渔港站,退休,3").set_hidden(true);
        sheet(workbook, "草稿", "随手记");
        sheet(workbook, "填写说明", "不读");
    });
    assert_eq!(
        told(&bytes),
        [
            "警告 草稿 不认识工作表“草稿”，没有读取；工作表名应与填报表一致",
            "警告 资产 工作表被隐藏，已照常读取；不需要的内容请删去",
            "警告 增减原因!3 第 3 行被隐藏，已照常读取；不需要的行请删去",
        ]
    );
    let books = loaded(&bytes).books;
    assert_eq!((books.reasons.len(), books.counts.len(), books.postings.len()), (3, 1, 0));
}

#[test]
fn cells_far_away_cost_nothing_and_are_told() {
    let bytes = workbook(|workbook| {
        let sheet = sheet(workbook, "增减原因", "事项,增减额\n一,1");
        sheet.write_string(1_048_575, 16_383, "角落").unwrap();
    });
    assert_eq!(told(&bytes), ["错误 增减原因!1048576 XFD1048576 远离表头还有内容；请删去表外的内容"]);
}

#[test]
fn what_is_no_workbook_or_has_no_department_is_told() {
    assert_eq!(told("部门".as_bytes()), ["错误  不是 .xlsx 工作簿；请另存为 Excel 工作簿（.xlsx）"]);
    let empty = Workbook::new().save_to_buffer().unwrap_or_default();
    assert!(told(&empty).iter().any(|line| line.contains("没有填写部门")), "{:?}", told(&empty));
}
