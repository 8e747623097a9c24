//! What stands at the end of a run over several reports: a line for each, and a total.

use super::TextStyle;
use super::excerpt::{CUT, head_within, tail_of};
use crate::checked::{Checked, pick};
use crate::view;
use crate::width::{pad_left, pad_right, width};
use gouji_model::Lang;

/// Columns kept free for the name of a unit, however long the paths.
const LEAST_UNIT: usize = 16;

/// Unit, year, errors, warnings, families not checked, file.
type Row = [String; 6];

/// One line for each report and a total, set in columns that keep the width.
pub(super) fn write(out: &mut String, reports: &[Checked<'_>], style: &TextStyle) {
    let mut rows = vec![heads(style.lang)];
    rows.extend(reports.iter().map(|checked| row(checked, style.lang)));
    rows.push(total(reports, style.lang));
    let widest = |column: usize| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0);
    let mut columns: [usize; 6] = std::array::from_fn(widest);
    fit(&mut columns, style.width);
    out.push_str(pick(style.lang, "各份报告\n", "Reports\n"));
    for row in &rows {
        out.push_str(drawn(row, &columns).trim_end());
        out.push('\n');
    }
}

fn heads(lang: Lang) -> Row {
    let words = match lang {
        Lang::Zh => ["单位", "年度", "错误", "警告", "未检查", "文件"],
        Lang::En => ["unit", "year", "errors", "warnings", "not checked", "file"],
    };
    words.map(str::to_string)
}

fn row(checked: &Checked<'_>, lang: Lang) -> Row {
    let subject = &checked.statement.subject;
    let file = checked.document.files.first().map_or(String::new(), |file| file.path.clone());
    if is_unread(checked) {
        let dash = || "-".to_string();
        return [pick(lang, "（没有读出）", "(not read)").to_string(), dash(), dash(), dash(), dash(), file];
    }
    let unit = subject.entity.clone().unwrap_or_else(|| pick(lang, "（不知哪个单位）", "(unit unknown)").to_string());
    let year = subject.year.map_or("-".to_string(), |year| year.to_string());
    let [errors, warnings, _] = view::counts(checked);
    let numbers = [errors, warnings, checked.report.coverage.not_checked].map(|number| number.to_string());
    let [errors, warnings, not_checked] = numbers;
    [unit, year, errors, warnings, not_checked, file]
}

fn total(reports: &[Checked<'_>], lang: Lang) -> Row {
    let mut sums = [0; 3];
    for checked in reports.iter().filter(|checked| !is_unread(checked)) {
        let [errors, warnings, _] = view::counts(checked);
        for (sum, number) in sums.iter_mut().zip([errors, warnings, checked.report.coverage.not_checked]) {
            *sum += number;
        }
    }
    let unread = reports.iter().filter(|checked| is_unread(checked)).count();
    let (all, [errors, warnings, not_checked]) = (reports.len(), sums.map(|sum| sum.to_string()));
    let words = match (lang, unread) {
        (Lang::Zh, _) => format!("共 {all} 份"),
        (Lang::En, _) => format!("{all} reports"),
    };
    let note = match (lang, unread) {
        (_, 0) => String::new(),
        (Lang::Zh, _) => format!("没有读出 {unread} 份"),
        (Lang::En, _) => format!("{unread} not read"),
    };
    [words, String::new(), errors, warnings, not_checked, note]
}

/// True when nothing of the report could be checked.
fn is_unread(checked: &Checked<'_>) -> bool {
    checked.report.relations.is_empty() && checked.document.issues.iter().any(gouji_read::Issue::is_fatal)
}

/// Narrows the names and the paths until a line keeps the width: the paths first, down to
/// their share, because the end of a path says enough.
fn fit(columns: &mut [usize; 6], room: usize) {
    let gaps = 2 * columns.len();
    let fixed: usize = columns[1..5].iter().sum::<usize>() + gaps;
    let left = room.saturating_sub(fixed + 1);
    if columns[0] + columns[5] > left {
        let path = columns[5].min(left.saturating_sub(columns[0].min(LEAST_UNIT.max(left / 2))));
        columns[5] = path;
        columns[0] = columns[0].min(left.saturating_sub(path));
    }
}

/// Names to the left, numbers to the right, the path behind them.
fn drawn(row: &Row, columns: &[usize; 6]) -> String {
    let mut line = format!("  {}", pad_right(&head_within(&row[0], columns[0]), columns[0]));
    for column in 1..5 {
        line.push_str("  ");
        line.push_str(&pad_left(&row[column], columns[column]));
    }
    line.push_str("  ");
    line.push_str(&path_within(&row[5], columns[5]));
    line
}

/// The end of a path, with a sign where it was cut.
fn path_within(path: &str, room: usize) -> String {
    if width(path) <= room {
        return path.to_string();
    }
    let kept = tail_of(path, room.saturating_sub(CUT.len()));
    format!("{CUT}{kept}")
}
