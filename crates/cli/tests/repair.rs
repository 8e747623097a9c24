//! The smallest repair, on a report whose sums all hold before a figure is changed.

mod common;

use common::{Checked, checked, longgang};
use gouji_check::Repair;

/// Two classes with items below them, basic and project expenditure, and the same in a second table.
const REPORT: &str = "\
2019年某市某局部门预算

表三
部门支出总表（按功能科目）
部门：某市某局
单位：万元

科目编码\t科目名称\t支出合计\t基本支出\t项目支出
\t合计\t1400\t400\t1000
206\t科学技术支出\t1000\t300\t700
20601\t科学技术管理事务\t600\t250\t350
2060101\t行政运行\t250\t250\t0
2060102\t一般行政管理事务\t350\t0\t350
20607\t科学技术普及\t400\t50\t350
2060702\t科普活动\t173\t23\t150
2060799\t其他科学技术普及支出\t227\t27\t200
208\t社会保障和就业支出\t400\t100\t300
20805\t行政事业单位离退休\t400\t100\t300
2080501\t归口管理的行政单位离退休\t141\t60\t81
2080505\t机关事业单位基本养老保险缴费支出\t259\t40\t219
";

fn with(changes: &[(&str, &str)]) -> Checked {
    let mut text = REPORT.to_string();
    for (old, new) in changes {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
    }
    checked(text.into_bytes())
}

fn told(repair: &Repair) -> Vec<String> {
    let each = repair.changes.iter();
    each.map(|change| format!("{}: {} → {}", change.label, change.old, change.new)).collect()
}

#[test]
fn a_report_without_broken_sums_is_offered_nothing() {
    let checked = with(&[]);
    assert!(checked.report.findings.is_empty(), "{:?}", checked.report.findings);
    assert!(checked.report.repairs.is_empty());
}

#[test]
fn one_wrong_cell_is_one_cause_with_its_consequences_and_one_repair() {
    let checked = with(&[("科普活动\t173", "科普活动\t713")]);
    let groups: Vec<u32> = checked.report.findings.iter().map(|finding| finding.group).collect();
    assert!(groups.len() >= 2 && groups.iter().all(|group| *group == 1), "{groups:?}");
    let [repair] = checked.report.repairs.as_slice() else { panic!("{:?}", checked.report.repairs) };
    assert!(repair.unique);
    assert_eq!((repair.group, repair.explained), (1, groups.len()));
    assert_eq!(told(repair), ["表三 2060702 科普活动 支出合计: 713 → 173"]);
}

#[test]
fn two_wrong_cells_of_one_column_are_found_together() {
    let checked = with(&[("科普活动\t173", "科普活动\t713"), ("普及支出\t227", "普及支出\t292")]);
    let first = checked.report.repairs.first().expect("a pair explains it");
    assert_eq!(
        told(first),
        ["表三 2060702 科普活动 支出合计: 713 → 173", "表三 2060799 其他科学技术普及支出 支出合计: 292 → 227"]
    );
}

#[test]
fn where_several_cells_explain_it_the_repair_is_ambiguous() {
    // Without rows across, nothing says whether the class or one of its items is wrong.
    let text = "2019年某市某局部门预算\n\n表六\n一般公共预算支出表（按经济科目）\n部门：某市某局\n单位：万元\n\n\
                科目编码\t科目名称\t总计\n301\t工资福利支出\t136\n30113\t住房公积金\t142\n30199\t其他工资福利支出\t12\n";
    let checked = checked(text.as_bytes().to_vec());
    let repairs = &checked.report.repairs;
    assert_eq!(repairs.len(), 3, "{repairs:?}");
    assert!(repairs.iter().all(|repair| !repair.unique && repair.changes.len() == 1 && repair.group == 1));
    // 142 for 124: two digits that changed places.
    assert_eq!(told(&repairs[0]), ["表六 30113 住房公积金 总计: 142 → 124"]);
}

#[test]
fn a_repair_of_the_longgang_report_stands_beside_its_own_faults() {
    let Some(bytes) = longgang() else { return };
    let text = String::from_utf8(bytes).expect("the text is UTF-8");
    let row = "2060501\t机构运行\t629\t456\t173\n";
    let changed = checked(text.replacen(row, "2060501\t机构运行\t629\t456\t713\n", 1).into_bytes());
    let first = changed.report.repairs.first().expect("one is offered");
    assert_eq!(told(first), ["表三 2060501 机构运行 项目支出: 713 → 173"]);
    assert!(first.unique && first.explained >= 4, "{first:?}");
    let as_read = checked(text.into_bytes());
    assert!(as_read.report.repairs.iter().all(|repair| !repair.unique), "{:?}", as_read.report.repairs);
}
