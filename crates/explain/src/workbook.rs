//! The findings as a workbook: the list a reviewer sends back, one line to a finding, with
//! a column for what was done about it; a second sheet with all relations.

use crate::checked::{Checked, StaleAcceptance, pick};
use crate::repair;
use crate::spot::Spot;
use crate::view::{self, FindingView, NotChecked, level_word, verdict_word, with_unit};
use gouji_check::Relation;
use gouji_model::{Lang, Level, Outcome};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

/// The author of a workbook of findings, by which it is known again.
pub const AUTHOR: &str = "gouji";

/// More characters than this no cell can hold (the format allows 32,767).
const LONGEST_CELL: usize = 32_000;
/// Rows that get the list of choices beyond the last finding, for notes of the reviewer's own.
const SPARE_ROWS: u32 = 50;

/// Draws all reports of a run as one workbook; the same input gives the same bytes.
pub fn render_workbook(reports: &[Checked<'_>], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The clock is not read: same input, same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created).set_author(AUTHOR));
    let styles = Styles::new();
    let (open, accepted): (Vec<Line>, Vec<Line>) = lines(reports, lang).into_iter().partition(|line| !line.accepted);
    write_list(workbook.add_worksheet().set_name(pick(lang, "问题清单", "Findings"))?, &open, &styles, lang)?;
    write_relations(workbook.add_worksheet().set_name(pick(lang, "关系", "Relations"))?, reports, &styles, lang)?;
    if !accepted.is_empty() {
        write_list(workbook.add_worksheet().set_name(pick(lang, "已接受", "Accepted"))?, &accepted, &styles, lang)?;
    }
    workbook.save_to_buffer()
}

/// One line of the list.
struct Line {
    level: Level,
    page: String,
    place: String,
    words: String,
    problem: String,
    basis: String,
    cure: String,
    done: String,
    accepted: bool,
}

/// The findings of all reports, one cause after another, then what was not read.
fn lines(reports: &[Checked<'_>], lang: Lang) -> Vec<Line> {
    let mut lines = Vec::new();
    for checked in reports {
        let path = match reports {
            [_] => String::new(),
            _ => checked.document.files.first().map_or(String::new(), |file| format!("{}\n", file.path)),
        };
        let views = view::findings(checked, lang);
        for cause in view::causes(&views) {
            let first = lines.len() + 1;
            for (index, view) in cause.into_iter().enumerate() {
                let same = (index > 0).then_some(first);
                lines.push(finding_line(checked, view, &path, same, lang));
            }
        }
        lines.extend(checked.stale.iter().map(|entry| stale_line(entry, lang)));
        let accepted = views.iter().filter(|view| view.finding.accepted.is_some());
        lines.extend(accepted.map(|view| finding_line(checked, view, &path, None, lang)));
    }
    lines
}

fn finding_line(
    checked: &Checked<'_>,
    view: &FindingView<'_>,
    path: &str,
    same_cause: Option<usize>,
    lang: Lang,
) -> Line {
    let place = view.places.first();
    let page = place.map_or(String::new(), |place| match &place.spot {
        Spot::Page(page) => page.to_string(),
        spot => spot.text(lang),
    });
    let same = same_cause.map_or(String::new(), |number| match lang {
        Lang::Zh => format!("\n（与第 {number} 项同一原因）"),
        Lang::En => format!("\n(same cause as no. {number})"),
    });
    let finding = view.finding;
    let level = level_word(finding.level, lang);
    Line {
        level: finding.level,
        page,
        place: format!("{path}{}", place.map_or(String::new(), |place| section(checked, place))),
        words: place.map_or(String::new(), |place| place.quote.clone()),
        problem: format!("[{level} {} {}]\n{}{same}", finding.code, finding.check.key, view.wording.message),
        basis: basis(view, lang),
        cure: cure(checked, view, same_cause.is_none(), lang),
        done: finding.accepted.as_ref().map_or(String::new(), |reason| accepted_text(reason, lang)),
        accepted: finding.accepted.is_some(),
    }
}

/// What to do; on the first line of a cause also what would explain it.
fn cure(checked: &Checked<'_>, view: &FindingView<'_>, is_first: bool, lang: Lang) -> String {
    let cause = if is_first { repair::line(checked, view.finding.group, lang) } else { String::new() };
    if cause.is_empty() {
        return view.wording.cure.clone();
    }
    format!("{}\n{}{cause}", view.wording.cure, pick(lang, "可能的原因：", "likely cause: "))
}

fn accepted_text(reason: &str, lang: Lang) -> String {
    format!("{}{reason}", pick(lang, "不改：", "kept: "))
}

fn stale_line(entry: &StaleAcceptance, lang: Lang) -> Line {
    Line {
        level: Level::Warning,
        page: entry.line.to_string(),
        place: entry.path.clone(),
        words: String::new(),
        problem: format!(
            "[{} {} {}]\n{}",
            level_word(Level::Warning, lang),
            StaleAcceptance::CODE,
            entry.relation,
            entry.message(lang)
        ),
        basis: StaleAcceptance::why(lang).to_string(),
        cure: StaleAcceptance::cure(lang).to_string(),
        done: String::new(),
        accepted: false,
    }
}

/// The table and row, or the heading the sentence stands under.
fn section(checked: &Checked<'_>, place: &view::PlaceView) -> String {
    if let Some(cell) = &place.cell {
        return format!("{} {}", cell.table, cell.row).trim().to_string();
    }
    let before = |heading: &&gouji_understand::Heading| {
        heading.span.file == place.span.file && heading.span.start <= place.span.start
    };
    checked.statement.headings.iter().rfind(before).map_or(String::new(), |heading| heading.text.clone())
}

/// The figures with their names, the difference, and why it cannot be so.
fn basis(view: &FindingView<'_>, lang: Lang) -> String {
    let figures = view.evidence.iter().map(|line| format!("{}：{}", view.name(line, lang), with_unit(&line.figure)));
    let mut lines: Vec<String> = figures.collect();
    if let Outcome::Broken { difference: Some(difference) } = &view.finding.check.outcome {
        lines.push(format!("{}{}", pick(lang, "相差：", "difference: "), with_unit(difference)));
    }
    if let Some(expected) = &view.finding.check.expected {
        lines.push(format!("{}{expected}", pick(lang, "应为：", "expected: ")));
    }
    lines.push(view.wording.why.clone());
    lines.join("\n")
}

fn write_list(sheet: &mut Worksheet, lines: &[Line], styles: &Styles, lang: Lang) -> Result<(), XlsxError> {
    const WIDTHS: [f64; 8] = [6.0, 9.0, 22.0, 34.0, 44.0, 44.0, 36.0, 14.0];
    let heads = match lang {
        Lang::Zh => ["序号", "页", "表/段", "原文", "问题", "依据", "建议", "处理情况"],
        Lang::En => ["No.", "Page", "Table/section", "Words", "Problem", "Basis", "Cure", "Done"],
    };
    write_head(sheet, &heads, &WIDTHS, styles)?;
    for (index, line) in lines.iter().enumerate() {
        let row = index as u32 + 1;
        sheet.write_number_with_format(row, 0, row, styles.of(line.level))?;
        let cells = [&line.page, &line.place, &line.words, &line.problem, &line.basis, &line.cure, &line.done];
        for (column, text) in cells.into_iter().enumerate() {
            let style = if column == 3 { styles.of(line.level) } else { &styles.text };
            sheet.write_string_with_format(row, column as u16 + 1, within_cell(text), style)?;
        }
    }
    let choices = match lang {
        Lang::Zh => ["已改", "说明", "不改"],
        Lang::En => ["changed", "explained", "kept"],
    };
    // A reviewer may write a sentence instead of choosing a word: the list warns of nothing.
    let list = DataValidation::new().allow_list_strings(&choices)?.show_error_message(false);
    sheet.add_data_validation(1, 7, lines.len() as u32 + SPARE_ROWS, 7, &list)?;
    sheet.autofilter(0, 0, lines.len() as u32, 7)?;
    Ok(())
}

fn write_relations(
    sheet: &mut Worksheet,
    reports: &[Checked<'_>],
    styles: &Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    const WIDTHS: [f64; 9] = [40.0, 12.0, 12.0, 9.0, 6.0, 12.0, 12.0, 9.0, 50.0];
    let heads = match lang {
        Lang::Zh => ["关系", "规则", "判定", "实例", "n", "允许", "相差", "单位", "未检查的原因"],
        Lang::En => ["Relation", "Rule", "Verdict", "Instances", "n", "Bound", "Difference", "Unit", "Not checked"],
    };
    write_head(sheet, &heads, &WIDTHS, styles)?;
    let mut row = 0;
    for checked in reports {
        let not_checked = view::not_checked(checked);
        for relation in &checked.report.relations {
            row += 1;
            for (column, text) in relation_cells(relation, &not_checked, lang).iter().enumerate() {
                sheet.write_string_with_format(row, column as u16, within_cell(text), &styles.text)?;
            }
        }
    }
    sheet.autofilter(0, 0, row, 8)?;
    Ok(())
}

/// The cells of a family. Amounts are texts: a workbook's numbers are floats.
fn relation_cells(relation: &Relation, not_checked: &[NotChecked<'_>], lang: Lang) -> [String; 9] {
    let rounding = view::rounding(relation);
    let reasons = not_checked.iter().filter(|entry| entry.key == relation.key).map(|entry| entry.reason.text(lang));
    let unit = rounding.map_or("", |(_, bound, _)| bound.unit().word());
    [
        relation.key.clone(),
        relation.code.to_string(),
        verdict_word(relation.verdict, lang).to_string(),
        relation.instances.to_string(),
        rounding.map_or(String::new(), |(addends, _, _)| addends.to_string()),
        rounding.map_or(String::new(), |(_, bound, _)| bound.grouped()),
        rounding.map_or(String::new(), |(_, _, difference)| difference.grouped()),
        unit.to_string(),
        reasons.collect::<Vec<_>>().join("\n"),
    ]
}

/// Heads that stay in view and are repeated on every printed page; widths; one page wide.
fn write_head(sheet: &mut Worksheet, heads: &[&str], widths: &[f64], styles: &Styles) -> Result<(), XlsxError> {
    for (column, (head, width)) in heads.iter().zip(widths).enumerate() {
        sheet.set_column_width(column as u16, *width)?;
        sheet.write_string_with_format(0, column as u16, *head, &styles.head)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn within_cell(text: &str) -> String {
    text.chars().take(LONGEST_CELL).collect()
}

/// The formats of cells; levels differ by a colour beside the word, never by it alone.
struct Styles {
    head: Format,
    text: Format,
    error: Format,
    warning: Format,
    info: Format,
}

impl Styles {
    fn new() -> Styles {
        let text = Format::new()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xBFBFBF));
        Styles {
            head: text.clone().set_bold().set_background_color(Color::RGB(0xE8EDF3)).set_align(FormatAlign::Center),
            error: text.clone().set_background_color(Color::RGB(0xFBE3E1)),
            warning: text.clone().set_background_color(Color::RGB(0xFDF1D3)),
            info: text.clone().set_background_color(Color::RGB(0xE7F0FA)),
            text,
        }
    }

    fn of(&self, level: Level) -> &Format {
        match level {
            Level::Error => &self.error,
            Level::Warning => &self.warning,
            Level::Info => &self.info,
        }
    }
}
