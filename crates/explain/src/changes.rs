//! A comparison of two budgets to text, JSON and CSV.

use crate::text::TextStyle;
use crate::width::{pad_left, pad_right, width, wrap};
use gouji_model::{Change, Changes, Lang, Section, Tally};
use serde::Serialize;

/// The two that are compared, as people named them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Titles {
    /// The first.
    pub before: String,
    /// The second.
    pub after: String,
}

/// Chinese, English and the word of JSON and CSV.
const fn words(section: Section) -> [&'static str; 3] {
    match section {
        Section::Total => ["总计", "totals", "total"],
        Section::Unit => ["按单位", "by unit", "unit"],
        Section::Function => ["按功能科目", "by function code", "function"],
        Section::Economic => ["按经济科目", "by economic code", "economic"],
        Section::Project => ["按项目", "by project", "project"],
        Section::ThreePublic => ["“三公”经费", "three public expenses", "three-public"],
        Section::Procurement => ["政府采购", "procurement", "procurement"],
        Section::Count => ["编制、人员、车辆、设备", "posts, staff, vehicles, equipment", "count"],
    }
}

const TOTALS: [(&str, &str, &str); 5] = [
    ("revenue", "收入总计", "revenue"),
    ("expenditure", "本年支出", "expenditure"),
    ("basic", "基本支出", "basic expenditure"),
    ("project", "项目支出", "project expenditure"),
    ("carried-out", "结转下年", "carried over"),
];

fn pick<T>(lang: Lang, zh: T, en: T) -> T {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The name of a line in a language; what is left open is said to be.
fn name(line: &Change, lang: Lang) -> String {
    let total = TOTALS.iter().find(|(code, _, _)| line.section == Section::Total && *code == line.code);
    match total {
        Some((_, zh, en)) => pick(lang, *zh, *en).to_string(),
        None if line.name.is_empty() && line.code.is_empty() => pick(lang, "（未写明）", "(not said)").to_string(),
        None => line.name.clone(),
    }
}

/// Fen as yuan with thousands separators, or a number.
fn amount(value: i128, is_money: bool) -> String {
    let magnitude = value.unsigned_abs();
    let whole = if is_money { magnitude / 100 } else { magnitude };
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0 { "-" } else { "" };
    if is_money { format!("{sign}{grouped}.{:02}", magnitude % 100) } else { format!("{sign}{grouped}") }
}

/// A change with its sign.
fn signed(value: i128, is_money: bool) -> String {
    let plus = if value > 0 { "+" } else { "" };
    format!("{plus}{}", amount(value, is_money))
}

/// What changed, in words and lines, for a terminal.
pub fn changes_text(changes: &Changes, titles: &Titles, style: &TextStyle) -> String {
    let mut out = heading(changes, titles, style);
    for section in changes.sections() {
        let tally = changes.tally(section);
        if tally.changed > 0 {
            out.push('\n');
            out.push_str(&table(changes, section, tally, style));
        }
    }
    let same = changes.sections().into_iter().filter(|section| changes.tally(*section).changed == 0);
    let same: Vec<&str> = same.map(|section| pick(style.lang, words(section)[0], words(section)[1])).collect();
    let mut foot = Vec::new();
    if !same.is_empty() {
        foot.push(pick(style.lang, format!("没有变动：{}", same.join("、")), format!("the same: {}", same.join(", "))));
    }
    if changes.not_shared > 0 {
        let count = changes.not_shared;
        foot.push(pick(
            style.lang,
            format!("报告中另有 {count} 个数，对方没有相同口径，未比较"),
            format!("{count} more figures of the report have no counterpart and were not compared"),
        ));
    }
    for line in foot {
        out.push_str(&format!("\n{}\n", wrap(&line, style.width).join("\n")));
    }
    out
}

/// The two, and the first thing to know.
fn heading(changes: &Changes, titles: &Titles, style: &TextStyle) -> String {
    let lang = style.lang;
    let names = pick(lang, ["甲", "乙"], ["A", "B"]);
    let mut out = format!("{}: {}\n{}: {}\n", names[0], titles.before, names[1], titles.after);
    let (changed, same): (usize, usize) = changes.sections().into_iter().fold((0, 0), |(changed, same), section| {
        let tally = changes.tally(section);
        (changed + tally.changed, same + tally.same)
    });
    let mut text = match (changes.is_empty(), lang) {
        (true, Lang::Zh) => format!("没有变动：{same} 项全部相同。"),
        (true, Lang::En) => format!("Nothing differs: all {same} lines are the same."),
        (false, Lang::Zh) => format!("{changed} 项有变动，{same} 项相同。"),
        (false, Lang::En) => format!("{changed} lines differ, {same} are the same."),
    };
    if changes.adds_up {
        let spent = changes.lines.iter().find(|line| line.section == Section::Total && line.code == "expenditure");
        text.push_str(&spent.map_or_else(String::new, |line| sentence(line, lang)));
    }
    out.push_str(&format!("{}\n", wrap(&text, style.width).join("\n")));
    out
}

/// 本年支出由 1 元增加到 2 元。
fn sentence(line: &Change, lang: Lang) -> String {
    let (before, after) = (line.before.unwrap_or(0), line.after.unwrap_or(0));
    let (name, change) = (name(line, lang), line.change());
    let [from, to, by] = [before, after, change.abs()].map(|value| amount(value, true));
    match (change.signum(), lang) {
        (0, Lang::Zh) => format!("{name}不变，为 {to} 元。"),
        (0, Lang::En) => format!(" {name} stays at {to} yuan."),
        (sign, Lang::Zh) => {
            format!(
                "{name}由 {from} 元{}到 {to} 元，{} {by} 元。",
                if sign > 0 { "增加" } else { "减少" },
                if sign > 0 { "多" } else { "少" }
            )
        }
        (sign, Lang::En) => {
            format!(" {name} {} from {from} to {to} yuan, by {by}.", if sign > 0 { "rises" } else { "falls" })
        }
    }
}

/// One section: its lines, the largest change first, and its total.
fn table(changes: &Changes, section: Section, tally: Tally, style: &TextStyle) -> String {
    let lang = style.lang;
    let [zh, en, _] = words(section);
    let is_money = section != Section::Count;
    let unit = pick(lang, if is_money { "元" } else { "个" }, if is_money { "yuan" } else { "number" });
    let mut out = match lang {
        Lang::Zh => format!("{zh}（{unit}）：变动 {} 项，相同 {} 项\n", tally.changed, tally.same),
        Lang::En => format!("{en} ({unit}): {} differ, {} the same\n", tally.changed, tally.same),
    };
    let value = |value: Option<i128>| value.map_or_else(|| "—".to_string(), |value| amount(value, is_money));
    let label = |line: &Change| match section {
        Section::Total | Section::ThreePublic | Section::Count => name(line, lang),
        _ if line.code.is_empty() || name(line, lang).contains(&line.code) => name(line, lang),
        _ => format!("{} {}", line.code, name(line, lang)),
    };
    let mut rows = vec![[
        String::new(),
        pick(lang, "甲", "A").to_string(),
        pick(lang, "乙", "B").to_string(),
        pick(lang, "增减", "change").to_string(),
    ]];
    rows.extend(
        changes
            .changed(section)
            .map(|line| [label(line), value(line.before), value(line.after), signed(line.change(), is_money)]),
    );
    // Totals are no parts of each other, nor are posts and vehicles.
    if changes.adds_up && !matches!(section, Section::Total | Section::Count) {
        let total = pick(lang, "合计（含相同项）", "total, with what is the same");
        let change = signed(tally.after - tally.before, true);
        rows.push([total.to_string(), amount(tally.before, true), amount(tally.after, true), change]);
    }
    out.push_str(&drawn(&rows, style.width));
    out
}

/// Columns of figures at the right, names broken into what is left.
fn drawn(rows: &[[String; 4]], columns: usize) -> String {
    let widest = |column: usize| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0);
    let figures: Vec<usize> = (1..4).map(widest).collect();
    let taken: usize = figures.iter().map(|figure| figure + 2).sum();
    let names = columns.saturating_sub(taken + 2).clamp(10, 60);
    let mut out = String::new();
    for row in rows {
        let mut lines = wrap(&row[0], names).into_iter();
        let first = lines.next().unwrap_or_default();
        out.push_str(&format!("  {}", pad_right(&first, names)));
        for (figure, columns) in row[1..].iter().zip(&figures) {
            out.push_str(&format!("  {}", pad_left(figure, *columns)));
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        lines.for_each(|line| out.push_str(&format!("    {line}\n")));
    }
    out
}

#[derive(Serialize)]
struct Document<'c> {
    schema: u32,
    before: &'c str,
    after: &'c str,
    not_shared: usize,
    sections: Vec<SectionObject<'c>>,
}

#[derive(Serialize)]
struct SectionObject<'c> {
    section: &'static str,
    measured_in: &'static str,
    changed: usize,
    same: usize,
    /// Null where the lines are no parts of one whole.
    total: Option<[String; 3]>,
    lines: Vec<LineObject<'c>>,
}

#[derive(Serialize)]
struct LineObject<'c> {
    code: &'c str,
    name: String,
    before: Option<String>,
    after: Option<String>,
    change: String,
}

/// An amount as a decimal string without separators.
fn plain(value: i128, is_money: bool) -> String {
    amount(value, is_money).replace(',', "")
}

/// The comparison for programs; amounts are decimal strings in yuan.
pub fn changes_json(changes: &Changes, titles: &Titles, lang: Lang) -> String {
    let section = |section: Section| {
        let (tally, is_money) = (changes.tally(section), section != Section::Count);
        let adds_up = changes.adds_up && !matches!(section, Section::Total | Section::Count);
        let sums = [tally.before, tally.after, tally.after - tally.before];
        SectionObject {
            section: words(section)[2],
            measured_in: if is_money { "yuan" } else { "count" },
            changed: tally.changed,
            same: tally.same,
            total: adds_up.then(|| sums.map(|sum| plain(sum, true))),
            lines: changes.changed(section).map(|line| object(line, lang)).collect(),
        }
    };
    let document = Document {
        schema: 1,
        before: &titles.before,
        after: &titles.after,
        not_shared: changes.not_shared,
        sections: changes.sections().into_iter().map(section).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).expect("strings, numbers and lists are always JSON");
    text.push('\n');
    text
}

fn object(line: &Change, lang: Lang) -> LineObject<'_> {
    let is_money = line.is_money();
    let value = |value: Option<i128>| value.map(|value| plain(value, is_money));
    LineObject {
        code: &line.code,
        name: name(line, lang),
        before: value(line.before),
        after: value(line.after),
        change: plain(line.change(), is_money),
    }
}

/// The lines that differ, for a spreadsheet.
pub fn changes_csv(changes: &Changes, lang: Lang) -> String {
    let mut out = String::from("\u{feff}section,code,name,before,after,change\n");
    for section in changes.sections() {
        for line in changes.changed(section) {
            let line = object(line, lang);
            let quoted = format!("\"{}\"", line.name.replace('"', "\"\""));
            let cells = [
                words(section)[2].to_string(),
                line.code.to_string(),
                quoted,
                line.before.unwrap_or_default(),
                line.after.unwrap_or_default(),
                line.change,
            ];
            out.push_str(&cells.join(","));
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Colour;

    #[test]
    fn lines_fit_the_columns_and_the_largest_change_stands_first() {
        let line = |code: &str, name: &str, before, after| Change {
            section: Section::Function,
            code: code.into(),
            name: name.into(),
            before,
            after,
            is_rounding: false,
        };
        let lines = vec![
            line("2060101", "行政运行", Some(100), Some(300)),
            line("2299901", "一个名称特别长的科目，长到一行写不下，只好分成两行", None, Some(12_345_678_900)),
            line("2080501", "不变的", Some(5), Some(5)),
        ];
        let changes = Changes { lines, adds_up: true, not_shared: 0 }.sorted();
        let titles = Titles { before: "甲册".into(), after: "乙册".into() };
        for columns in [80, 120] {
            let style = TextStyle { lang: Lang::Zh, width: columns, colour: Colour::Plain };
            let text = changes_text(&changes, &titles, &style);
            assert!(text.lines().all(|line| width(line) <= columns), "{text}");
            assert!(text.find("2299901").unwrap() < text.find("2060101").unwrap(), "{text}");
            assert!(text.contains("+123,456,789.00") && text.contains("+2.00") && !text.contains("不变的"), "{text}");
        }
        assert!(changes_csv(&changes, Lang::Zh).contains("function,2060101,\"行政运行\",1.00,3.00,2.00\n"));
    }
}
