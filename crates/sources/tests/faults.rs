//! Every invariant in the notation of the user: a row, and behind `←` what is said about it.

use gouji_model::Lang;
use gouji_sources::{Fault, from_folder};

const DEPARTMENT: &str =
    "[department]\nname = \"虚构区书院局\"\nshort = \"书院局\"\nyear = 2026\nform = \"shenzhen-2019\"\n";
const HEADS: [(&str, &str); 10] = [
    ("units.csv", "单位名称,简称,单位编码,单位类型"),
    ("projects.csv", "单位名称,项目名称,项目编号,列入,绩效目标,申报依据,年度预期效益,量化指标"),
    (
        "expenditure.csv",
        "单位名称,资金来源,收入性质,功能科目,经济科目,支出性质,项目名称,上级转移支付,本年预算,上年预算",
    ),
    ("carried-over.csv", "单位名称,资金来源,收入性质,功能科目,本年预算,上年预算"),
    ("three-public.csv", "费用,本年预算,上年预算"),
    ("procurement.csv", "单位名称,品目编码,本年预算,上年预算"),
    ("counts.csv", "单位名称,项目,数量"),
    ("reasons.csv", "事项,增减额"),
    ("indicators.csv", "单位名称,项目名称,类别,指标,指标值,计量单位,数据来源"),
    ("names.csv", "分类,编码,名称"),
];

/// Splits a case into files, and into the lines that ought to be said.
fn parse(case: &str) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let mut files: Vec<(String, Vec<u8>)> = vec![("books.toml".into(), DEPARTMENT.into())];
    let mut expected = Vec::new();
    for line in case.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = line.split('←').map(str::trim);
        let text = parts.next().unwrap();
        if let Some(name) = text.strip_prefix("== ") {
            let head = HEADS.iter().find(|(known, _)| *known == name).unwrap().1;
            // What is said about a whole list may still name a column.
            let sign = |message: &str| if head.split(',').any(|head| message.starts_with(head)) { ":" } else { " " };
            files.push((name.into(), format!("{head}\n").into_bytes()));
            expected.extend(parts.map(|message| format!("{name}{}{message}", sign(message))));
            continue;
        }
        let (name, bytes) = files.last_mut().unwrap();
        let row = 1 + bytes.iter().filter(|byte| **byte == b'\n').count();
        bytes.extend(format!("{text}\n").into_bytes());
        expected.extend(parts.map(|message| format!("{name}:{row}:{message}")));
    }
    (files, expected)
}

fn told(files: &[(String, Vec<u8>)]) -> Vec<Fault> {
    from_folder(files).map_or_else(|faults| faults, |loaded| loaded.warnings)
}

#[track_caller]
fn says(case: &str) {
    let (files, mut expected) = parse(case);
    let faults = told(&files);
    let mut seen: Vec<String> =
        faults.iter().map(|fault| format!("{} {}", fault.place, fault.message(Lang::Zh))).collect();
    seen.sort();
    expected.sort();
    assert_eq!(seen, expected);
    for fault in &faults {
        for lang in [Lang::Zh, Lang::En] {
            let length = fault.message(lang).chars().count();
            assert!((1..=160).contains(&length), "{}", fault.message(lang));
        }
    }
}

#[test]
fn units_and_projects_that_no_list_names() {
    says("
        == units.csv
        甲馆,,,机关
        乙馆,,,事业单位
        == projects.csv
        甲馆,修书,,不列,,,,
        丙馆,印书,,不列,,,, ←单位名称 单位“丙馆”不在单位表中；单位表中有：甲馆、乙馆
        == expenditure.csv
        甲馆,一般公共预算,本年,2060101,30201,项目支出,修书,,5,0
        乙馆,一般公共预算,本年,2060101,30201,项目支出,修书,,5,0 ←项目名称 项目表中“乙馆”没有项目“修书”；它是“甲馆”的项目
        甲馆,一般公共预算,本年,2060101,30201,项目支出,藏书,,5,0 ←项目名称 项目表中“甲馆”没有项目“藏书”；请先填入项目表，或核对名称
        甲馆,一般公共预算,本年,2060101,30201,项目支出,,,5,0 ←项目名称 项目支出没有项目名称；请填项目表中的项目
        甲馆,一般公共预算,本年,2060101,30201,公用经费,修书,,5,0 ←项目名称 公用经费不能有项目“修书”；请清空项目名称，或改为项目支出
        == carried-over.csv
        戊馆,其他收入,本年,2060101,1,0 ←单位名称 单位“戊馆”不在单位表中；单位表中有：甲馆、乙馆
        == procurement.csv
        ,A02,1,0 ←单位名称 “单位名称”未填写
        == indicators.csv
        甲馆,修书,产出,册数,≥5,册,台账
        甲馆,,产出,册数,≥5,册,台账 ←项目名称 “项目名称”未填写；绩效指标要写明属于哪个项目
        == names.csv
        采购,A02,设备
    ");
}

#[test]
fn codes_of_a_wrong_shape_or_without_a_name() {
    says("
        == units.csv
        甲馆,,,机关
        == expenditure.csv
        甲馆,一般公共预算,本年,206010,30201,基本支出,,,5,0 ←功能科目 “206010”：功能科目编码应为 3、5 或 7 位数字，如 2130301
        甲馆,一般公共预算,本年,20601,30201,基本支出,,,5,0 ←功能科目 “20601”只到类或款；本年预算要填到项，即 7 位数字
        甲馆,一般公共预算,本年,20601,30201,基本支出,,,0,5
        甲馆,一般公共预算,本年,２０６０１０１,302011,基本支出,,,5,0 ←经济科目 “302011”：经济科目编码应为 3 或 5 位数字，如 30201
        甲馆,一般公共预算,本年,2068801,30201,基本支出,,,5,0 ←功能科目 编码 20688 没有名称；请在科目名称表加一行：功能、20688 和名称 ←功能科目 编码 2068801 没有名称；请在科目名称表加一行：功能、2068801 和名称
        甲馆,一般公共预算,本年,2068801,30201,基本支出,,,5,0
        甲馆,一般公共预算,本年,科技,30201,基本支出,,,5,0 ←功能科目 “科技”不是编码；编码只有数字和字母，至多 16 位
        甲馆,一般公共预算,本年,,30201,基本支出,,,5,0 ←功能科目 “功能科目”未填写；请填编码
        == procurement.csv
        甲馆,02A,1,0 ←品目编码 “02A”：品目编码应为大写字母加数字，如 A020101
        甲馆,A02,1,0 ←品目编码 编码 A02 没有名称；请在科目名称表加一行：采购、A02 和名称
        == names.csv
        经济,30201,办公用品费 ←名称 科目 30201 的名称“办公用品费”与已知名称“办公费”不同；请核对当年科目
        功能,20,总类 ←编码 “20”：功能科目编码应为 3、5 或 7 位数字，如 2130301
    ");
}

#[test]
fn lines_that_stand_twice() {
    says(
        "
        == units.csv
        甲馆,,,机关
        甲馆,,,事业单位 ←单位名称 “甲馆”与第 2 行重复；请合并或改名
        == projects.csv
        甲馆,修书,,不列,,,,
        甲馆,修书,,重点,,,, ←项目名称 “甲馆 修书”与第 2 行重复；请合并或改名
        == three-public.csv
        公务接待费,1,1
        公务接待费,2,1 ←费用 “公务接待费”与第 2 行重复；请合并或改名
        == counts.csv
        甲馆,退休,1
        甲馆,退休,2 ←项目 “甲馆 退休”与第 2 行重复；请合并或改名
        == names.csv
        采购,A02,设备
        采购,A02,家具 ←编码 “采购 A02”与第 2 行重复；请合并或改名
    ",
    );
}

#[test]
fn amounts_as_people_type_them() {
    says(
        "
        == reasons.csv
        一,\"1,234,567.89\"
        二,－１２．５０
        三,
        四,\"1.234,56\" ←增减额 “1.234,56”中的逗号位置不对；小数点请写“.”，千位分隔如 1,234.56
        五,\"12,3\" ←增减额 “12,3”中的逗号位置不对；小数点请写“.”，千位分隔如 1,234.56
        六,1.234 ←增减额 “1.234”的小数多于两位；金额以元为单位，精确到分
        七,1.200
        八,10000000000000
        九,10000000000000.01 ←增减额 “10000000000000.01”超出范围（±10 万亿元）；请核对单位是否为元
        十,99999999999999999999 ←增减额 “99999999999999999999”超出范围（±10 万亿元）；请核对单位是否为元
        十一,三万 ←增减额 “三万”不是金额；请只写数字，单位为元，如 1234.56
        十二,1.2.3 ←增减额 “1.2.3”不是金额；请只写数字，单位为元，如 1234.56
        十三,- ←增减额 “-”不是金额；请只写数字，单位为元，如 1234.56
        ,5 ←事项 “事项”未填写
    ",
    );
}

#[test]
fn doubts_that_do_not_stop_the_books() {
    says("
        == units.csv
        甲馆,,,机关
        == projects.csv
        甲馆,修书,,绩效管理,,,, ←绩效目标 项目“修书”的“绩效目标”空白；列入该表的项目应填写
        甲馆,印书,,重点,多印,,, ←年度预期效益 项目“印书”的“年度预期效益”空白；列入该表的项目应填写 ←量化指标 项目“印书”的“量化指标”空白；列入该表的项目应填写 ←项目名称 项目“印书”在支出表中没有金额；请补上支出，或删去项目
        甲馆,晒书,,不列,,,, ←项目名称 项目“晒书”在支出表中没有金额；请补上支出，或删去项目
        == expenditure.csv
        甲馆,一般公共预算,本年,2060101,30231,公用经费,,,700,0
        甲馆,一般公共预算,上年结转,2060101,30217,公用经费,,,20.5,0
        甲馆,其他收入,本年,2060101,30217,公用经费,,,99,0
        甲馆,一般公共预算,本年,2060101,30226,项目支出,修书,,-100,0 ←本年预算 金额 -100.00 为负数；预算数一般不小于 0，请核对
        甲馆,一般公共预算,本年,2060101,30212,公用经费,,,8,0
        == three-public.csv ←本年预算 因公出国（境）费为 0.00 元，支出表 30212 的一般公共预算合计 8.00 元；两者应相等
        公务接待费,20.50,0
        公务用车运行维护费,600,0 ←本年预算 公务用车运行维护费为 600.00 元，支出表 30231 的一般公共预算合计 700.00 元；两者应相等
        == procurement.csv ← 政府采购合计 800.00 元，多于支出 302、309、310 合计 727.50 元；请核对
        甲馆,A02,800,0
        == counts.csv
        甲馆,行政编制,3
        甲馆,行政在编,4 ←数量 “甲馆”在编 4 人，多于编制 3 人；请核对
        甲馆,事业在编,0
        == names.csv
        采购,A02,设备
    ");
}

#[test]
fn words_outside_their_list_and_two_items_at_once() {
    says("
        == units.csv
        甲馆,,,机关
        == projects.csv
        甲馆,建馆,,基本建设,,,,
        甲馆,修书,,,,,, ←列入 “列入”未填写；应为：绩效管理、重点、基本建设、不列
        == expenditure.csv
        甲馆,一般公共预算,本年,2060101,31001,项目支出,建馆,是,5,0 ←上级转移支付 基本建设项目不能再列上级转移支付；请改项目的“列入”，或清空此格
        甲馆,财政拨款,本年,2060101,31001,项目支出,建馆,否,5,0 ←资金来源 “资金来源”不能是“财政拨款”；应为：一般公共预算、政府性基金预算、国有资本经营预算、财政专户拨款、事业收入、经营收入、上级补助收入、附属单位上缴收入、其他收入、经营及其他收入 ←上级转移支付 “上级转移支付”不能是“否”；应为：留空或填是
    ");
}
