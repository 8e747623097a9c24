//! The same report in another dress: what is broken stays broken, what is an error stays one.
//!
//! Each test changes the text of the Longgang report (where `../shared` is at hand) and of
//! `data/yunzhou-2019-planted.txt`, and compares the broken families with those of the plain text.

mod common;

use common::{checked, data, longgang};
use encoding_rs::GB18030;
use gouji_model::Level;
use std::collections::BTreeSet;

/// Faults of the product that are known: test, report, family, reason. They are printed and do not fail.
const KNOWN_OPEN: &[(&str, &str, &str, &str)] = &[
    (
        "full_width_digits",
        "longgang",
        "contents.headings",
        "a page number of the contents is known by half-width digits only",
    ),
    ("tables_in_reverse_order", "yunzhou", "projects.code", "codes are looked for only in the tables before the list"),
    ("tables_in_reverse_order", "longgang", "projects.code", "codes are looked for only in the tables before the list"),
    (
        "titles_of_the_national_tables",
        "longgang",
        "tie.retirement-pay",
        "only the form has the relation: without a form it is not even on trial",
    ),
];

/// What is compared: broken families, and those of them that are errors.
struct Seen {
    broken: BTreeSet<String>,
    errors: BTreeSet<String>,
}

fn see(bytes: Vec<u8>) -> Seen {
    let checked = checked(bytes);
    let keys = |level: Level| {
        let shown = checked.report.findings.iter().filter(|finding| finding.level >= level);
        shown.map(|finding| finding.check.key.clone()).collect()
    };
    Seen { broken: keys(Level::Info), errors: keys(Level::Error) }
}

/// Families that may differ in a test, with the reason.
type Excused<'a> = &'a [(&'a str, &'a str)];

/// Compares the plain reports with the changed ones.
fn compare(test: &str, excused: Excused, change: impl Fn(&str) -> Vec<u8>) {
    let mut wrong = Vec::new();
    for (report, bytes) in reports() {
        let plain = String::from_utf8(bytes).expect("the reports are UTF-8");
        let changed = change(&plain);
        assert_ne!(changed, plain.as_bytes(), "{test}: nothing was changed in {report}");
        let (before, after) = (see(plain.into_bytes()), see(changed));
        let mut differences = Vec::new();
        for (what, before, after) in
            [("broken", &before.broken, &after.broken), ("error", &before.errors, &after.errors)]
        {
            differences.extend(before.difference(after).map(|key| (key, format!("{key} is no longer {what}"))));
            differences.extend(after.difference(before).map(|key| (key, format!("{key} is {what} now"))));
        }
        for (key, said) in differences {
            let open = KNOWN_OPEN.iter().find(|(t, r, k, _)| *t == test && *r == report && k == key);
            match (excused.iter().find(|(name, _)| name == key), open) {
                (Some((_, reason)), _) => println!("{test}, {report}: {said} (excused: {reason})"),
                (None, Some((_, _, _, reason))) => println!("open: {test}, {report}: {said} ({reason})"),
                (None, None) => wrong.push(format!("{report}: {said}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{test}\n{}", wrong.join("\n"));
}

fn reports() -> Vec<(&'static str, Vec<u8>)> {
    let mut reports = vec![("yunzhou", data("yunzhou-2019-planted.txt"))];
    reports.extend(longgang().map(|bytes| ("longgang", bytes)));
    reports
}

fn each_line(text: &str, change: impl Fn(&str) -> String) -> String {
    text.split('\n').map(change).collect::<Vec<_>>().join("\n")
}

/// Lines that are a number of a table alone: 表一, 表十四.
fn is_number(line: &str) -> bool {
    line.strip_prefix('表')
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| "一二三四五六七八九十".contains(c)))
}

/// What stands before the first table, and the tables with their captions.
fn split_tables(text: &str) -> (String, Vec<String>) {
    let mut front = String::new();
    let mut tables: Vec<String> = Vec::new();
    for line in text.lines() {
        if is_number(line) {
            tables.push(String::new());
        }
        let part = tables.last_mut().unwrap_or(&mut front);
        part.push_str(line);
        part.push('\n');
    }
    assert_eq!(tables.len(), 14);
    (front, tables)
}

/// Changes the rows of one table.
fn in_table(text: &str, number: &str, change: impl Fn(Vec<&str>) -> Vec<String>) -> String {
    let (front, tables) = split_tables(text);
    let tables = tables.into_iter().map(|table| {
        if table.lines().next() != Some(number) {
            return table;
        }
        each_line(&table, |line| {
            if line.contains('\t') { change(line.split('\t').collect()).join("\t") } else { line.to_string() }
        })
    });
    front + &tables.collect::<String>()
}

fn exchange(text: &str, number: &str, left: usize, right: usize) -> String {
    in_table(text, number, |cells| {
        let mut cells: Vec<String> = cells.into_iter().map(str::to_string).collect();
        cells.swap(left, right);
        cells
    })
}

#[test]
fn full_width_digits() {
    let wide = |c: char| c.to_digit(10).and_then(|digit| char::from_u32('０' as u32 + digit)).unwrap_or(c);
    compare("full_width_digits", &[], |text| text.chars().map(wide).collect::<String>().into_bytes());
}

#[test]
fn line_ends_of_windows() {
    compare("line_ends_of_windows", &[], |text| text.replace('\n', "\r\n").into_bytes());
}

#[test]
fn encoded_as_gb18030() {
    compare("encoded_as_gb18030", &[], |text| {
        let (bytes, _, unmappable) = GB18030.encode(text);
        assert!(!unmappable);
        bytes.into_owned()
    });
}

#[test]
fn utf8_with_a_byte_order_mark() {
    compare("utf8_with_a_byte_order_mark", &[], |text| format!("\u{feff}{text}").into_bytes());
}

#[test]
fn tables_in_reverse_order() {
    compare("tables_in_reverse_order", &[], |text| {
        let (front, tables) = split_tables(text);
        (front + &tables.into_iter().rev().collect::<Vec<_>>().join("\n")).into_bytes()
    });
}

#[test]
fn tables_before_the_prose() {
    compare("tables_before_the_prose", &[], |text| {
        let (front, tables) = split_tables(text);
        let (title, rest) = front.split_once("第一部分 部门概况\n").expect("the reports have a first part");
        assert!(rest.contains("目录") || title.contains("目录"));
        let title_lines = front.split("目录").next().unwrap_or("");
        let prose = &front[title_lines.len()..];
        format!("{title_lines}{}\n{prose}", tables.concat()).into_bytes()
    });
}

#[test]
fn titles_of_the_national_tables() {
    let titles = [
        ("部门收支总表", "收支总表"),
        ("部门收入总表", "收入总表"),
        ("部门支出总表（按功能科目）", "支出总表"),
        ("部门支出总表(按功能科目)", "支出总表"),
        ("一般公共预算支出表（按功能科目）", "一般公共预算支出表"),
        ("一般公共预算支出表(按功能科目)", "一般公共预算支出表"),
        ("一般公共预算支出表（按经济科目）", "一般公共预算基本支出表"),
        ("一般公共预算支出表(按经济科目)", "一般公共预算基本支出表"),
    ];
    let titled = [("tables.list", "it is about titles"), ("tables.list-heading", "it is about titles")];
    compare("titles_of_the_national_tables", &titled, |text| {
        let changed = each_line(text, |line| {
            let title = line.rsplit_once('：').map_or(line, |(_, title)| title);
            let new = titles.iter().find(|(old, _)| *old == title);
            new.map_or(line.to_string(), |(old, new)| line.replace(old, new))
        });
        changed.into_bytes()
    });
}

#[test]
fn columns_of_basic_and_project_expenditure_exchanged() {
    compare("columns_of_basic_and_project_expenditure_exchanged", &[], |text| {
        exchange(text, "表三", 3, 4).into_bytes()
    });
}

#[test]
fn columns_of_revenue_exchanged() {
    compare("columns_of_revenue_exchanged", &[], |text| exchange(text, "表二", 8, 9).into_bytes());
}

#[test]
fn columns_of_revenue_below_a_shared_head_exchanged() {
    compare("columns_of_revenue_below_a_shared_head_exchanged", &[], |text| exchange(text, "表二", 4, 5).into_bytes());
}

#[test]
fn sides_of_the_balance_exchanged() {
    compare("sides_of_the_balance_exchanged", &[], |text| {
        let swap = |cells: Vec<&str>| {
            let mut cells: Vec<String> = cells.into_iter().map(str::to_string).collect();
            cells.rotate_left(2);
            cells
        };
        in_table(text, "表一", swap).into_bytes()
    });
}

#[test]
fn blanks_inside_number_cells() {
    let separated = [("form.separators", "a blank for a comma is a mixed way of writing")];
    compare("blanks_inside_number_cells", &separated, |text| {
        let (front, tables) = split_tables(text);
        let tables = each_line(&tables.concat(), |line| {
            let blank = |(at, cell): (usize, &str)| {
                let is_number = !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
                let whole = cell.split('.').next().unwrap_or("").len();
                match (at, is_number) {
                    // The first cell is a code.
                    (0, _) | (_, false) => cell.to_string(),
                    _ if cell.contains(',') && at % 2 == 0 => cell.replace(',', ", "),
                    _ if cell.contains(',') => cell.replace(',', " "),
                    _ if whole >= 3 => format!("{} {}", &cell[..1], &cell[1..]),
                    _ => cell.to_string(),
                }
            };
            line.split('\t').enumerate().map(blank).collect::<Vec<_>>().join("\t")
        });
        (front + &tables).into_bytes()
    });
}

/// Puts `cut` into every table of more than `rows` rows, after so many of them.
fn cut_tables(text: &str, rows: usize, cut: &str) -> String {
    let (front, tables) = split_tables(text);
    let tables = tables.iter().map(|table| {
        let mut seen = 0;
        each_line(table, |line| line.to_string())
            .lines()
            .map(|line| {
                seen += usize::from(line.contains('\t'));
                let here = line.contains('\t') && seen == rows;
                format!("{line}\n{}", if here { cut } else { "" })
            })
            .collect::<String>()
    });
    front + &tables.collect::<String>()
}

#[test]
fn tables_cut_by_a_blank_line() {
    for rows in [5, 8, 20] {
        compare("tables_cut_by_a_blank_line", &[], |text| cut_tables(text, rows, "\n").into_bytes());
    }
}

#[test]
fn tables_cut_by_a_page_number() {
    for (rows, cut) in [(6, "12\n"), (9, "\n- 13 -\n\n"), (21, "\n第 14 页\n\n")] {
        compare("tables_cut_by_a_page_number", &[], |text| cut_tables(text, rows, cut).into_bytes());
    }
}

/// Breaks lines of prose after `width` characters.
fn wrap(text: &str, width: usize) -> String {
    each_line(text, |line| {
        let characters: Vec<char> = line.chars().collect();
        if line.contains('\t') || characters.len() <= width {
            return line.to_string();
        }
        characters.chunks(width).map(|chunk| chunk.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
    })
}

#[test]
fn prose_wrapped_at_40_characters() {
    compare("prose_wrapped_at_40_characters", &[], |text| wrap(text, 40).into_bytes());
}

#[test]
fn prose_wrapped_at_27_characters() {
    compare("prose_wrapped_at_27_characters", &[], |text| wrap(text, 27).into_bytes());
}

#[test]
fn punctuation_of_the_other_width() {
    let pairs = [('（', '('), ('）', ')'), ('，', ','), ('：', ':'), ('；', ';')];
    let turn = |c: char| {
        pairs
            .iter()
            .find_map(|(wide, half)| if c == *wide { Some(*half) } else { (c == *half).then_some(*wide) })
            .unwrap_or(c)
    };
    compare("punctuation_of_the_other_width", &[], |text| {
        each_line(text, |line| if line.contains('\t') { line.to_string() } else { line.chars().map(turn).collect() })
            .into_bytes()
    });
}

#[test]
fn no_blanks_between_numbers_and_words() {
    compare("no_blanks_between_numbers_and_words", &[], |text| {
        each_line(text, |line| if line.contains('\t') { line.to_string() } else { line.replace(' ', "") }).into_bytes()
    });
}
