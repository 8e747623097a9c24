//! Lists of a batch: for the public (names and amounts only), for the office, for programs.

use super::letter::{LETTER_STYLE, conditions, lane_mark, steps};
use super::{Reader, amount, payable, reasons, tally};
use crate::checked::pick;
use askama::Template;
use gouji_fund::Lane;
use gouji_fund::evidence::CREDIT_CODE;
use gouji_fund::work::{Judged, NAME, NUMBER};
use gouji_model::{Fen, Lang, csv_cell};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, XlsxError};
use serde_json::{Value, json};

#[derive(Template)]
#[template(path = "public.html")]
struct Public<'a> {
    style: &'a str,
    lang: &'a str,
    zh: bool,
    title: String,
    intro: String,
    caption: String,
    rows: Vec<[String; 4]>,
    total: String,
    office: &'a str,
    digest: &'a str,
}

/// The list that is made public: who passes, and with how much. It holds no code, telephone, account or person.
pub fn public_list(judged: &Judged, digest: &str, lang: Lang) -> String {
    let rows = public_rows(judged);
    let (name, batch, count) = (&judged.file.policy.name, &judged.batch.id, rows.len());
    let page = Public {
        style: LETTER_STYLE,
        lang: pick(lang, "zh-CN", "en"),
        zh: lang == Lang::Zh,
        title: match lang {
            Lang::Zh => format!("{name}（批次 {batch}）拟资助名单公示"),
            Lang::En => format!("{name} (batch {batch}): proposed awards"),
        },
        intro: match lang {
            Lang::Zh => format!("依据{}，拟资助 {count} 家单位，现予公示。", judged.version.document),
            Lang::En => format!("Under {}, awards to {count} applicants are proposed.", judged.version.document),
        },
        caption: pick(lang, "拟资助名单", "Proposed awards").to_owned(),
        rows,
        total: payable(judged).grouped(),
        office: &judged.work.office,
        digest,
    };
    page.render().expect("the template is part of the program and draws every value")
}

/// The public list as comma-separated text.
pub fn public_csv(judged: &Judged, lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => ["申请编号", "单位名称", "资助项目", "拟资助金额（元）"],
        Lang::En => ["number", "applicant", "item", "award (yuan)"],
    };
    let rows =
        public_rows(judged).into_iter().map(|[number, name, item, award]| [number, name, item, award.replace(',', "")]);
    csv(&head, rows)
}

/// Number, name, item and award of each who passes with more than nothing.
fn public_rows(judged: &Judged) -> Vec<[String; 4]> {
    let paid = (0..judged.applicants.len())
        .filter(|at| judged.decisions.lanes[*at] == Lane::Pass)
        .filter_map(|at| Some((at, judged.payable(at).filter(|fen| *fen > Fen::new(0))?)));
    paid.map(|(at, fen)| {
        let cell = |column| judged.cell(at, column).to_owned();
        [cell(NUMBER), cell(NAME), judged.file.policy.name.clone(), fen.grouped()]
    })
    .collect()
}

/// The heads of the office's table; of a pure share the worksheet gives a base and no award.
fn heads(judged: &Judged, lang: Lang) -> [&'static str; 8] {
    let mut heads = HEADS[lang as usize];
    if judged.is_pure_share() {
        heads[4] = pick(lang, "分配基数（元）", "base (yuan)");
    }
    heads
}

const HEADS: [[&str; 8]; 2] = [
    ["申请编号", "企业名称", "统一社会信用代码", "结果", "核定金额（元）", "分配金额（元）", "原因", "处理意见"],
    ["number", "applicant", "credit code", "lane", "award (yuan)", "to be paid (yuan)", "reasons", "handled"],
];

fn office_rows(judged: &Judged, lang: Lang) -> impl Iterator<Item = [String; 8]> {
    (0..judged.applicants.len()).map(move |at| {
        let cell = |column| judged.cell(at, column).to_owned();
        let plain = |amount: Option<Fen>| amount.map_or_else(String::new, |fen| fen.to_string());
        let lane = lane_mark(judged, at, lang);
        let (award, paid) = (plain(judged.decisions.award(at)), plain(judged.payable(at)));
        let reasons = reasons(judged, at, Reader::Office, lang).join(pick(lang, "；", "; "));
        [cell(NUMBER), cell(NAME), cell(CREDIT_CODE), lane, award, paid, reasons, String::new()]
    })
}

/// Every decision as comma-separated text.
pub fn decisions_csv(judged: &Judged, lang: Lang) -> String {
    csv(&heads(judged, lang), office_rows(judged, lang))
}

/// Every decision as a workbook with a column for what was done.
pub fn decisions_workbook(judged: &Judged, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The clock is not read: same input, same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created).set_author(crate::AUTHOR));
    let sheet = workbook.add_worksheet().set_name(pick(lang, "审核结果", "Decisions"))?;
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    let head = cell.clone().set_bold().set_background_color(0xEE_EE_EE);
    let number = cell.clone().set_num_format("#,##0.00");
    for (at, (title, width)) in heads(judged, lang).iter().zip([16, 34, 22, 12, 18, 18, 60, 24]).enumerate() {
        sheet.write_string_with_format(0, at as u16, *title, &head)?;
        sheet.set_column_width(at as u16, width)?;
    }
    let mut last = 0;
    for (row, cells) in office_rows(judged, lang).enumerate() {
        last = row as u32 + 1;
        for (at, text) in cells.iter().enumerate() {
            // A workbook has no other numbers than floats; fen up to 10^15 come back without loss.
            match (at, text.parse::<f64>()) {
                (4 | 5, Ok(value)) => sheet.write_number_with_format(last, at as u16, value, &number)?,
                _ => sheet.write_string_with_format(last, at as u16, text, &cell)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    sheet.autofilter(0, 0, last, 7)?;
    workbook.save_to_buffer()
}

/// Every decision with its reasons, for programs; amounts are decimal strings in yuan.
pub fn decisions_json(judged: &Judged, digest: &str, lang: Lang) -> String {
    let plain = |amount: Option<Fen>| amount.map_or(Value::Null, |fen| Value::String(fen.to_string()));
    let decisions = (0..judged.applicants.len()).map(|at| {
        let explanation = judged.explain(at, lang);
        let conditions = conditions(judged, &explanation, lang).into_iter().map(|[name, clause, answer, figures, source]| {
            json!({"name": name, "clause": clause, "answer": answer, "figures": figures, "source": source})
        });
        let steps = steps(judged, &explanation, lang).into_iter().map(|[name, clause, working, result, source]| {
            json!({"name": name, "clause": clause, "working": working, "result": result, "source": source})
        });
        json!({
            "number": judged.cell(at, NUMBER), "name": judged.cell(at, NAME),
            "lane": match judged.decisions.lanes[at] { Lane::Pass => "pass", Lane::Assist => "assist", Lane::Refuse => "refuse" },
            // Of a pure share the worksheet gives a base; the award is what the budget makes of it.
            "award": plain(if judged.is_pure_share() { judged.payable(at) } else { judged.decisions.award(at) }),
            "base": plain(judged.decisions.award(at).filter(|_| judged.is_pure_share())),
            "payable": plain(judged.payable(at)),
            "reasons": reasons(judged, at, Reader::Office, lang),
            "conditions": conditions.collect::<Vec<_>>(), "steps": steps.collect::<Vec<_>>(),
        })
    });
    let [pass, assist, refuse] = tally(judged);
    let whole = json!({
        "schema": 1, "office": judged.work.office, "batch": judged.batch.id, "policy": judged.file.policy.id,
        "version": judged.version.id, "document": judged.version.document, "record_sha256": digest,
        "count": {"pass": pass, "assist": assist, "refuse": refuse}, "payable": payable(judged).to_string(),
        "decisions": decisions.collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

fn csv<const N: usize>(head: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    // Spreadsheets of Windows know UTF-8 by its mark.
    let mut out = format!("\u{feff}{}\n", head.join(","));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| csv_cell(&harmless(cell))).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

/// An office program would run a text that begins like a formula.
fn harmless(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("{guard}{cell}")
}

/// The award in words: what is to be paid, else what the worksheet gives; a base says that it is one.
pub(super) fn shown(judged: &Judged, at: usize, lang: Lang) -> String {
    match (judged.payable(at), judged.decisions.award(at)) {
        (None, Some(base)) if judged.is_pure_share() => match lang {
            Lang::Zh => format!("基数 {} 元，资助额按预算分配后确定", base.grouped()),
            Lang::En => format!("a base of {} yuan; the award follows from the budget", base.grouped()),
        },
        (payable, award) => amount(payable.or(award), lang),
    }
}
