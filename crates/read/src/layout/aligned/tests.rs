use crate::document::{Area, Block, Document};
use crate::sheet::{Letter, Sheet};
use crate::{Limits, layout};

/// Words on a page, each with the place of its left edge and of its line in points, set in 10 points.
fn sheet(number: u32, words: &[(i32, i32, &str)]) -> Sheet {
    let mut letters = Vec::new();
    for (x, y, word) in words {
        let mut left = x * 100;
        for character in word.chars() {
            let width = if character.is_ascii() { 500 } else { 1000 };
            let area = Area { left, right: left + width, top: y * 100 - 860, bottom: y * 100 + 140 };
            letters.push(Letter { character, area, size: 1000 });
            left += width;
        }
    }
    Sheet { number, width: 60_000, height: 80_000, letters, ..Sheet::default() }
}

/// The rows of the tables on these pages, cells parted by bars.
fn tables(sheets: Vec<Sheet>) -> Vec<Vec<String>> {
    let mut document = Document::default();
    let file = layout::lay_out(&mut document, "a.pdf".into(), sheets, &Limits::default(), &mut Vec::new());
    document.files.push(file);
    let row = |row: &crate::document::Row| {
        let cells: Vec<&str> = row.cells.iter().map(|cell| document.slice(*cell)).collect();
        cells.join("|")
    };
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table.rows.iter().map(row).collect()),
        Block::Paragraph(_) => None,
    });
    tables.collect()
}

#[test]
fn codes_titles_and_broken_names_find_their_cells() {
    let page = sheet(
        1,
        &[
            (100, 80, "支出决算表"),
            (167, 100, "项目"),
            (410, 100, "本年支出"),
            (60, 120, "科目编码"),
            (210, 120, "科目名称"),
            (345, 120, "合计"),
            (408, 120, "基本支出"),
            (490, 114, "对下级"),
            (490, 127, "的支出"),
            (50, 140, "类"),
            (75, 140, "款"),
            (100, 140, "项"),
            (48, 160, "201"),
            (140, 160, "一般公共服务支出"),
            (348, 160, "500.00"),
            (428, 160, "500.00"),
            (48, 180, "208"),
            (75, 180, "05"),
            (100, 180, "05"),
            (140, 174, "机关事业单位基本养老保险缴"),
            (140, 187, "费支出"),
            (348, 180, "141.00"),
            (433, 180, "41.00"),
            (48, 200, "208"),
            (75, 200, "05"),
            (100, 200, "06"),
            (140, 200, "职业年金缴费"),
            (353, 200, "77.00"),
            (433, 200, "77.00"),
        ],
    );
    assert_eq!(
        tables(vec![page]),
        [[
            "项目||||本年支出||",
            "科目编码|||科目名称|合计|基本支出|对下级的支出",
            "类|款|项||||",
            "201|||一般公共服务支出|500.00|500.00|",
            "208|05|05|机关事业单位基本养老保险缴费支出|141.00|41.00|",
            "208|05|06|职业年金缴费|77.00|77.00|",
        ]]
    );
}

#[test]
fn a_line_without_numbers_goes_on_with_the_full_one_above() {
    let page = sheet(
        1,
        &[
            (40, 100, "编码"),
            (100, 100, "名称"),
            (200, 100, "金额"),
            (40, 115, "20101"),
            (100, 115, "归口管理的行政"),
            (200, 115, "141"),
            (100, 130, "单位离退休"),
            (40, 145, "20102"),
            (100, 145, "机关事业单位基"),
            (200, 145, "142"),
            (100, 160, "本养老保险缴费"),
            (100, 175, "支出"),
            (40, 190, "20103"),
            (100, 190, "行政运行"),
            (200, 190, "143"),
        ],
    );
    assert_eq!(
        tables(vec![page]),
        [[
            "编码|名称|金额",
            "20101|归口管理的行政单位离退休|141",
            "20102|机关事业单位基本养老保险缴费支出|142",
            "20103|行政运行|143"
        ]]
    );
}

#[test]
fn a_page_without_a_head_goes_on_with_the_table_before() {
    let first = sheet(
        1,
        &[
            (40, 100, "项目"),
            (140, 100, "金额"),
            (250, 100, "项目"),
            (400, 100, "金额"),
            (40, 120, "一、财政拨款"),
            (145, 120, "60.00"),
            (220, 120, "一、一般公共服务支出"),
            (405, 120, "20.00"),
            (40, 140, "二、其他收入"),
            (150, 140, "6.00"),
            (220, 140, "二、外交支出"),
            (405, 140, "46.00"),
        ],
    );
    let second = sheet(
        2,
        &[
            (220, 80, "三、国防支出"),
            (220, 100, "四、教育支出"),
            (220, 120, "五、农林水支出"),
            (410, 120, "1.00"),
            (60, 300, "合计"),
            (145, 300, "66.00"),
            (300, 300, "合计"),
            (405, 300, "67.00"),
        ],
    );
    assert_eq!(
        tables(vec![first, second]),
        [[
            "项目|金额|项目|金额",
            "一、财政拨款|60.00|一、一般公共服务支出|20.00",
            "二、其他收入|6.00|二、外交支出|46.00",
            "||三、国防支出|",
            "||四、教育支出|",
            "||五、农林水支出|1.00",
            "合计|66.00|合计|67.00",
        ]]
    );
}

#[test]
fn a_name_in_the_middle_of_its_rows_belongs_to_the_first() {
    let page = sheet(
        1,
        &[
            (60, 100, "来源"),
            (160, 100, "项目"),
            (300, 100, "金额"),
            (40, 130, "公共预算"),
            (160, 120, "小计"),
            (310, 120, "90.00"),
            (160, 140, "补助资金"),
            (310, 140, "90.00"),
            (40, 160, "财政专户"),
            (160, 160, "小计"),
            (310, 160, "10.00"),
            (40, 200, "其他资金"),
            (160, 180, "小计"),
            (315, 180, "5.00"),
            (160, 200, "事业收入"),
            (160, 220, "其他收入"),
            (315, 220, "5.00"),
        ],
    );
    assert_eq!(
        tables(vec![page]),
        [[
            "来源|项目|金额",
            "公共预算|小计|90.00",
            "|补助资金|90.00",
            "财政专户|小计|10.00",
            "其他资金|小计|5.00",
            "|事业收入|",
            "|其他收入|5.00",
        ]]
    );
}

#[test]
fn words_that_run_into_the_next_cell_are_cut() {
    let page = sheet(
        1,
        &[
            (40, 100, "物品"),
            (130, 100, "组织形式"),
            (250, 100, "总计"),
            (40, 120, "台式计算机"),
            (130, 120, "分散采购"),
            (250, 120, "18.00"),
            (40, 140, "复印机"),
            (130, 140, "集中采购"),
            (250, 140, "12.00"),
            (40, 160, "办公消耗用品类物品"),
            (130, 160, "分散采购"),
            (250, 160, "10.00"),
        ],
    );
    assert_eq!(
        tables(vec![page]),
        [[
            "物品|组织形式|总计",
            "台式计算机|分散采购|18.00",
            "复印机|集中采购|12.00",
            "办公消耗用品类物品|分散采购|10.00"
        ]]
    );
}
