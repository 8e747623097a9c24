//! A report of a department that does not exist, with every kind of block.

use gouji_model::{Coordinates, Printed, Unit};
use gouji_report::document::{Bar, Block, Cell, Chart, ColumnKind, Document, HeadCell, Paragraph, Row, RowKind, Table};

pub fn amount(text: &str) -> Cell {
    let printed = Printed::parse(text, Unit::TenThousand).unwrap();
    Cell::Amount { printed, at: Coordinates::default() }
}

pub fn words(text: &str) -> Cell {
    if text.is_empty() { Cell::Blank } else { Cell::Text(text.to_owned()) }
}

pub fn head(text: &str, row: usize, column: usize, rows: usize, columns: usize) -> HeadCell {
    HeadCell { text: text.to_owned(), row, column, rows, columns }
}

pub fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

pub fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph { key: "test".to_owned(), text: text.to_owned() })
}

/// A table with one row of heads.
pub fn table(number: &str, title: &str, columns: &[(ColumnKind, &str)], rows: Vec<Row>) -> Table {
    Table {
        number: number.to_owned(),
        title: title.to_owned(),
        kind: "test".to_owned(),
        entity: "部门：云州市清河区科学技术局".to_owned(),
        unit: "单位：万元".to_owned(),
        columns: columns.iter().map(|(kind, _)| *kind).collect(),
        head: columns.iter().enumerate().map(|(column, (_, text))| head(text, 0, column, 1, 1)).collect(),
        head_rows: 1,
        rows,
        note: None,
        landscape: false,
    }
}

pub fn row(kind: RowKind, cells: Vec<Cell>) -> Row {
    Row { kind, cells }
}

pub fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "2025年云州市清河区科学技术局部门预算报告".to_owned(),
        entity: "云州市清河区科学技术局".to_owned(),
        year: 2025,
        blocks,
    }
}

/// All kinds of pages.
pub fn report() -> Document {
    let mut blocks = vec![
        heading(1, "第一部分　部门概况"),
        heading(2, "一、主要职能"),
        paragraph(
            "云州市清河区科学技术局贯彻执行国家、省、市有关科技工作的方针政策和法律法规，\
                拟订全区科技发展规划并组织实施；负责全区科技计划项目的组织、\
                管理和验收，推动科技成果转化；完成区委、区政府交办的其他任务。",
        ),
        heading(2, "二、机构编制及交通工具情况"),
        paragraph(
            "本部门共有预算单位3家，行政编制36人，实有在编人数34人；离退休12人。\
                已实行公务交通补贴改革，实有车辆2辆。",
        ),
        heading(1, "第二部分　部门预算收支情况说明"),
        heading(2, "一、部门预算收支总体情况"),
        paragraph(
            "2025年部门预算收入61,447.00万元，比2024年减少1,234.56万元，下降2.0%；支出61,447.00万\
                元。主要原因：一是“三新”项目结转减少；二是人员经费按政策增\
                加35.10万元。",
        ),
        heading(3, "（一）收入"),
        paragraph("一般公共预算拨款48,200.00万元、政府性基金预算拨款3,000.00万元、其他收入247.00万元。"),
        Block::Chart(chart()),
        paragraph("以上数据均为预算数，按四舍五入列示，分项合计与总数可能略有尾差。"),
        heading(1, "第三部分　部门预算表"),
    ];
    blocks.push(Block::Table(balance()));
    blocks.push(Block::Table(wide()));
    blocks.push(Block::Table(goals()));
    blocks.push(Block::Table(posts("表四", "编制情况表")));
    blocks.push(Block::Table(posts("表五", "车辆情况表")));
    blocks.push(Block::Table(Table { landscape: true, ..long() }));
    blocks.extend([
        heading(1, "第四部分　名词解释"),
        paragraph(
            "一般公共预算拨款：指本级财政当年拨付的资金。\
        ",
        ),
    ]);
    document(blocks)
}

fn chart() -> Chart {
    let value = |text: &str| Printed::parse(text, Unit::TenThousand).unwrap();
    let bar =
        |label: &str, now: &str, before: &str| Bar { label: label.to_owned(), values: vec![value(now), value(before)] };
    Chart {
        title: "按功能分类的支出预算（万元）".to_owned(),
        series: vec!["2025年预算".to_owned(), "2024年预算".to_owned()],
        bars: vec![
            bar("科学技术支出", "48512.34", "49800.00"),
            bar("社会保障和就业支出", "1834.66", "1700.12"),
            bar("卫生健康支出", "700.00", "720.00"),
            bar("住房保障支出", "400.00", "461.44"),
        ],
        alternative: "科学技术支出48512.34万元，社会保障和就业支出1834.66万元，卫生健康支出700.00万\
                元，住房保障支出400.00万元。"
            .to_owned(),
    }
}

fn balance() -> Table {
    use ColumnKind::{Amount, Name};
    let line = |left: &str, a: &str, right: &str, b: &str| {
        let figure = |text: &str| if text.is_empty() { Cell::Blank } else { amount(text) };
        row(RowKind::Leaf, vec![words(left), figure(a), words(right), figure(b)])
    };
    let mut rows = vec![
        line("一、一般公共预算拨款", "48200.00", "一、科学技术支出", "48512.34"),
        line("二、政府性基金预算拨款", "3000.00", "二、社会保障和就业支出", "1834.66"),
        line("三、国有资本经营预算拨款", "", "三、卫生健康支出", "700.00"),
        line("四、其他收入", "247.00", "四、住房保障支出", "400.00"),
        line("本年收入合计", "61447.00", "本年支出合计", "61447.00"),
    ];
    let total = line("收入总计", "61447.00", "支出总计", "61447.00");
    rows.push(Row { kind: RowKind::Total, ..total });
    let columns = [(Name, "收入项目"), (Amount, "2025年预算"), (Name, "支出项目"), (Amount, "2025年预算")];
    Table {
        note: Some("注：本表反映部门全部收支。".to_owned()), ..table("表一", "部门收支总表", &columns, rows)
    }
}

/// Ten columns under a head of two rows.
fn wide() -> Table {
    use ColumnKind::{Amount, Code, Name};
    let kinds = [Code, Name, Amount, Amount, Amount, Amount, Amount, Amount, Amount, Amount];
    let figures = |kind, code: &str, name: &str, all: [&str; 8]| {
        let mut cells = vec![words(code), words(name)];
        cells.extend(all.iter().map(|text| if text.is_empty() { Cell::Blank } else { amount(text) }));
        row(kind, cells)
    };
    let mut wide = table("表二", "部门支出总表", &kinds.map(|kind| (kind, "")), Vec::new());
    wide.head_rows = 2;
    wide.head = vec![
        head("功能分类科目", 0, 0, 1, 2),
        head("编码", 1, 0, 1, 1),
        head("名称", 1, 1, 1, 1),
        head("合计", 0, 2, 2, 1),
        head("基本支出", 0, 3, 1, 3),
        head("小计", 1, 3, 1, 1),
        head("人员经费", 1, 4, 1, 1),
        head("公用经费", 1, 5, 1, 1),
        head("项目支出", 0, 6, 2, 1),
        head("上缴上级支出", 0, 7, 2, 1),
        head("事业单位经营支出", 0, 8, 2, 1),
        head("对附属单位补助支出", 0, 9, 2, 1),
    ];
    wide.rows = vec![
        figures(RowKind::Total, "", "合计", ["61447.00", "3447.00", "3000.00", "447.00", "58000.00", "", "", ""]),
        figures(
            RowKind::Group(1),
            "206",
            "科学技术支出",
            ["48512.34", "512.34", "500.00", "12.34", "58000.00", "", "", ""],
        ),
        figures(
            RowKind::Group(2),
            "20604",
            "技术研究与开发",
            ["48512.34", "512.34", "500.00", "12.34", "58000.00", "", "", ""],
        ),
        figures(
            RowKind::Leaf,
            "2060404",
            "科技成果转化与扩散",
            ["48512.34", "512.34", "500.00", "12.34", "58000.00", "", "", ""],
        ),
        figures(
            RowKind::Group(1),
            "208",
            "社会保障和就业支出",
            ["2934.66", "2934.66", "2500.00", "434.66", "", "", "", "-5.00"],
        ),
        figures(
            RowKind::Group(2),
            "20805",
            "行政事业单位养老支出",
            ["2934.66", "2934.66", "2500.00", "434.66", "", "", "", "-5.00"],
        ),
        figures(
            RowKind::Leaf,
            "2080505",
            "机关事业单位基本养老保险缴费支出",
            ["2934.66", "2934.66", "2500.00", "434.66", "", "", "", "-5.00"],
        ),
    ];
    wide
}

/// Sentences in cells.
fn goals() -> Table {
    use ColumnKind::{Amount, Name, Text};
    let columns = [(Name, "项目名称"), (Amount, "预算金额"), (Text, "绩效目标"), (Name, "指标"), (Text, "指标说明")];
    let goal = |name: &str, figure: &str| {
        let aim = "支持企业开展关键核心技术攻关，年度内立项不少于20项、验收不少于15项，\
            带动企业研发投入增长10%以上，培育高新技术企业，促进科技成果在本区转化应用。\
            ";
        let note = "立项数量≥20项；验收合格率≥95%；资金支付率100%；服务对象满意度≥90%。";
        row(RowKind::Leaf, vec![words(name), amount(figure), words(aim), words("数量指标"), words(note)])
    };
    let rows = vec![
        goal("科技计划项目资助", "32000.00"),
        goal("高新技术企业培育专项", "12000.00"),
        goal("创新创业大赛", "400.00"),
    ];
    table("表三", "项目支出绩效目标表", &columns, rows)
}

fn posts(number: &str, title: &str) -> Table {
    use ColumnKind::{Name, Text};
    let rows = vec![
        row(RowKind::Leaf, vec![words("局本级"), words("行政编制36名，实有34名")]),
        row(RowKind::Leaf, vec![words("区科技创新服务中心"), words("事业编制12名，实有11名")]),
    ];
    Table { unit: String::new(), ..table(number, title, &[(Name, "单位"), (Text, "情况")], rows) }
}

/// Two hundred rows.
pub fn long() -> Table {
    use ColumnKind::{Amount, Code, Name, Text};
    let columns = [(Code, "编码"), (Name, "采购品目"), (Amount, "采购预算"), (Text, "说明")];
    let line = |index: usize| {
        let figure = format!("{}.{:02}", 1000 + 37 * index, index % 100);
        row(
            RowKind::Leaf,
            vec![words(&format!("A{:07}", 2_010_100 + index)), words("台式计算机"), amount(&figure), words("更新")],
        )
    };
    table("表六", "政府采购预算表", &columns, (1..=200).map(line).collect())
}
