//! A report of an invented department, with everything in it that is hard to draw.

use gouji_model::{Code, Coordinates, Measure, Printed, Unit};
use gouji_report::document::{Bar, Block, Cell, Chart, ColumnKind, Document, HeadCell, Paragraph, Row, RowKind, Table};

use ColumnKind::{Amount, Code as CodeColumn, Name, Text};

/// The whole report.
pub fn document() -> Document {
    let entity = "云州市清河区科学技术局";
    let mut blocks = vec![
        heading(1, "第一部分 部门概况"),
        heading(2, "一、主要职责"),
        paragraph(
            "duties",
            "贯彻落实科学技术工作的法律、法规和方针政策，拟订本区科技发展规划并组织实施；推动“产学研”结合，\
             管理区级科技计划项目。",
        ),
        heading(2, "二、部门预算单位构成"),
        paragraph("units", "纳入本部门2025年部门预算编制范围的预算单位共2家：局机关、区科技创新服务中心。"),
        heading(1, "第二部分 部门预算收支说明"),
        heading(2, "一、收支总体情况"),
        paragraph("total", "2025年部门预算收入总计123,456,789,012万元，比2024年增加1,000万元，增长0.01%。"),
        heading(3, "（一）支出构成"),
        paragraph("odd", "文字中的 <尖括号>、A&B、\"双引号\"、'单引号' 和表情😀应原样显示。"),
    ];
    blocks.push(Block::Chart(chart()));
    blocks.push(Block::Chart(small_chart()));
    blocks.push(heading(1, "第三部分 部门预算表"));
    blocks.extend([balance(entity), expenditure(entity), projects(entity), three_public(entity)].map(Block::Table));
    blocks.push(heading(1, "第四部分 名词解释"));
    blocks.push(paragraph("terms", "一般公共预算拨款：指本级财政当年拨付的资金。"));
    Document { title: format!("2025年{entity}部门预算报告"), entity: entity.to_owned(), year: 2025, blocks }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

fn paragraph(key: &str, text: &str) -> Block {
    Block::Paragraph(Paragraph { key: key.to_owned(), text: text.to_owned() })
}

fn chart() -> Chart {
    let bars: [(&str, &[&str]); 6] = [
        ("科学技术支出", &["98,700.50", "91,000.00"]),
        ("社会保障和就业支出", &["5,120.00", "5,300.25"]),
        ("卫生健康支出", &["0.00", "410.00"]),
        ("资源勘探工业信息等支出（含上年结转的中小企业发展专项资金）", &["12,000.00", "0.00"]),
        ("住房保障支出", &["8.30", "7,900.00"]),
        ("其他调整", &["-15,300.00", "-2,100.00"]),
    ];
    made_chart("2025年与2024年支出构成（万元）", &["2025年预算", "2024年预算"], &bars)
}

fn small_chart() -> Chart {
    made_chart("2025年收入构成（万元）", &["2025年预算"], &[("财政拨款", &["1,234.00"]), ("事业收入", &["56.00"])])
}

fn amount(text: &str) -> Printed {
    Printed::parse(text, Unit::TenThousand).expect("the figures of the invented report are written well")
}

fn made_chart(title: &str, series: &[&str], bars: &[(&str, &[&str])]) -> Chart {
    let bar = |(label, values): &(&str, &[&str])| Bar {
        label: (*label).to_owned(),
        values: values.iter().map(|value| amount(value)).collect(),
    };
    Chart {
        title: title.to_owned(),
        series: series.iter().map(|name| (*name).to_owned()).collect(),
        bars: bars.iter().map(bar).collect(),
        alternative: format!("{title}：{}占比最大。", bars[0].0),
    }
}

/// Two halves side by side, with blank cells and a negative amount.
fn balance(entity: &str) -> Table {
    let head = head(&["收入 0 0 1 2", "支出 0 2 1 2", "项目 1 0 1 1", "金额 1 1 1 1", "项目 1 2 1 1", "金额 1 3 1 1"]);
    let rows = rows(
        &[Name, Amount, Name, Amount],
        "一、财政拨款收入|123456787778|一、一般公共服务支出|-12\n\
         \u{3000}\u{3000}其中：一般公共预算拨款|123456787778|二、科学技术支出|123456788000\n\
         二、事业收入|0|三、社会保障和就业支出|1024\n\
         |||\n\
         = 本年收入合计|123456787778|本年支出合计|123456789012\n\
         三、上年结转|1234|四、结转下年|\n\
         = 收入总计|123456789012|支出总计|123456789012",
    );
    Table {
        number: "表一".into(),
        title: "部门收支总表".into(),
        kind: "balance".into(),
        columns: vec![Name, Amount, Name, Amount],
        ..table(entity, "万元", head, 2, rows)
    }
}

/// A head of two rows in which cells reach over rows and columns.
fn expenditure(entity: &str) -> Table {
    let head = head(&[
        "功能分类科目 0 0 1 2",
        "支出总计 0 2 2 1",
        "基本支出 0 3 1 3",
        "项目支出 0 6 2 1",
        "科目编码 1 0 1 1",
        "科目名称 1 1 1 1",
        "小计 1 3 1 1",
        "人员经费 1 4 1 1",
        "公用经费 1 5 1 1",
    ]);
    let columns = [CodeColumn, Name, Amount, Amount, Amount, Amount, Amount];
    let rows = rows(
        &columns,
        "= |合计|101234|51234|40000|11234|50000\n\
         1 206|科学技术支出|100210|50210|39300|10910|50000\n\
         2 20601|科学技术管理事务|50210|50210|39300|10910|\n\
         2060101|行政运行|50222|50222|39312|10910|\n\
         2060102|一般行政管理事务|-12|-12|-12||\n\
         2 20605|科技条件与服务|50000||||50000\n\
         2060599|其他科技条件与服务支出|50000||||50000\n\
         1 208|社会保障和就业支出|1024|1024|700|324|0\n\
         2 20805|行政事业单位养老支出|1024|1024|700|324|0\n\
         2080505|机关事业单位基本养老保险缴费支出|1024|1024|700|324|0",
    );
    let note = Some("注：本表按支出功能分类填列到项级科目。".to_owned());
    let (number, title, kind) = ("表三".into(), "部门支出总表".into(), "function".into());
    Table { number, title, kind, note, columns: columns.to_vec(), ..table(entity, "万元", head, 2, rows) }
}

/// Sentences beside amounts, on a page that lies on its side.
fn projects(entity: &str) -> Table {
    let titles = ["项目名称 0 0 1 1", "预算单位 0 1 1 1", "金额 0 2 1 1", "立项依据 0 3 1 1", "年度绩效目标 0 4 1 1"];
    let columns = [Name, Name, Amount, Text, Text];
    let rows = rows(
        &columns,
        "= 合计||50000||\n\
         科技研发资金|局机关|30000|《云州市科技创新促进条例》第十二条；区政府常务会议纪要（2024年第18次）；区科技发展“十四五”规划。\
         |支持企业研发投入同比增长不低于10%，新增国家高新技术企业50家以上，培育“专精特新”企业20家，技术合同成交额达到12亿元。\n\
         科技创新服务<平台>A&B|区科技创新服务中心|20000|=SUM(A1:A9) 是文字不是公式|保障实验平台\"全年\"运行300天以上；'开放共享'率≥90%😀",
    );
    let (number, title, kind) = ("表七".into(), "项目支出预算明细表（含绩效目标）".into(), "project".into());
    Table {
        number,
        title,
        kind,
        landscape: true,
        columns: columns.to_vec(),
        ..table(entity, "万元", head(&titles), 1, rows)
    }
}

/// Two decimals.
fn three_public(entity: &str) -> Table {
    let head = head(&[
        "年度 0 0 3 1",
        "“三公”经费合计 0 1 3 1",
        "因公出国（境）费用 0 2 3 1",
        "公务接待费 0 3 3 1",
        "公务用车购置及运行维护费 0 4 1 3",
        "小计 1 4 2 1",
        "其中 1 5 1 2",
        "购置费 2 5 1 1",
        "运行维护费 2 6 1 1",
    ]);
    let columns = [Name, Amount, Amount, Amount, Amount, Amount, Amount];
    let rows = rows(&columns, "2024年|12.50|0.00|2.50|10.00|0.00|10.00\n2025年|1011.05|0.00|2.05|1009.00|999.00|10.00");
    let (number, title, kind) = ("表十".into(), "“三公”经费预算财政拨款情况表".into(), "three_public".into());
    Table { number, title, kind, columns: columns.to_vec(), ..table(entity, "万元", head, 3, rows) }
}

fn table(entity: &str, unit: &str, head: Vec<HeadCell>, head_rows: usize, rows: Vec<Row>) -> Table {
    Table {
        number: String::new(),
        title: String::new(),
        kind: String::new(),
        entity: format!("部门：{entity}"),
        unit: format!("单位：{unit}"),
        columns: Vec::new(),
        head,
        head_rows,
        rows,
        note: None,
        landscape: false,
    }
}

/// Cells of a head written as `text row column rows columns`.
fn head(cells: &[&str]) -> Vec<HeadCell> {
    let cell = |text: &&str| {
        let mut parts = text.split(' ');
        let text = parts.next().expect("a text has a first part").to_owned();
        let mut number =
            || parts.next().and_then(|part| part.parse().ok()).expect("four numbers stand behind the text");
        HeadCell { text, row: number(), column: number(), rows: number(), columns: number() }
    };
    cells.iter().map(cell).collect()
}

/// Rows written as cells parted by `|`; `= ` before a row makes it a total, `1 ` a group.
fn rows(columns: &[ColumnKind], text: &str) -> Vec<Row> {
    text.lines().map(|line| row(columns, line)).collect()
}

fn row(columns: &[ColumnKind], line: &str) -> Row {
    let (kind, line) = match line.split_once(' ') {
        Some(("=", rest)) => (RowKind::Total, rest),
        Some((level @ ("1" | "2"), rest)) => (RowKind::Group(level.parse().expect("`1` and `2` are numbers")), rest),
        _ => (RowKind::Leaf, line),
    };
    let cells: Vec<&str> = line.split('|').collect();
    assert_eq!(cells.len(), columns.len(), "{line}");
    let function = Code::new(cells[0]).filter(|_| columns[0] == CodeColumn).unwrap_or_default();
    let at = Coordinates { measure: Measure::Expenditure, year: 2025, function, ..Coordinates::default() };
    let cell = |(text, column): (&str, &ColumnKind)| match column {
        _ if text.is_empty() => Cell::Blank,
        Amount => Cell::Amount { printed: amount(text), at: at.clone() },
        _ => Cell::Text(text.to_owned()),
    };
    Row { kind, cells: cells.iter().copied().zip(columns).map(cell).collect() }
}
