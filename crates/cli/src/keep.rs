//! `gouji new` and `gouji convert`: where books begin, and how they move.

use crate::arguments::{Convert, New};
use crate::books::{self, Kept};
use crate::failure::Failure;
use crate::{CLEAN, output};
use gouji_model::Lang;
use gouji_model::books::Books;
use gouji_report::form::Form;
use gouji_sources::{Moved, next_year};

/// `gouji new`: books ready to be filled in, empty or going on from those of the year before.
pub fn new(options: &New, lang: Lang) -> anyhow::Result<u8> {
    let kept = if options.workbook { Kept::Workbook } else { Kept::at(&options.output) };
    if let Some(id) = options.form.as_ref().filter(|id| Form::standard(id).is_none()) {
        return Err(Failure::UnknownForm(id.clone()).into());
    }
    let Some(from) = &options.from else {
        let blank = gouji_sources::blank(options.form.as_deref().unwrap_or_default(), options.year);
        books::save(&blank, &options.output, kept, options.force, lang)?;
        return Ok(CLEAN);
    };
    let before = books::load(from, lang)?;
    // Only the year before is last year.
    let year = before.department.year;
    if options.year != year + 1 {
        return Err(Failure::NotNextYear { year, wanted: options.year }.into());
    }
    let (mut next, moved) = next_year(&before);
    if let Some(form) = &options.form {
        next.department.form.clone_from(form);
    }
    books::save(&next, &options.output, kept, options.force, lang)?;
    output::to_stdout(said(&next, &moved, lang).as_bytes())?;
    Ok(CLEAN)
}

/// What was kept and what is to be filled in.
fn said(books: &Books, moved: &Moved, lang: Lang) -> String {
    let Moved { amounts, left_out, reasons, texts, indicators } = moved;
    let year = books.department.year;
    let last = year - 1;
    let (units, projects, counts, names) =
        (books.units.len(), books.projects.len(), books.counts.len(), books.names.len());
    match lang {
        Lang::Zh => format!(
            "{year}年 {}：{amounts} 行 {last} 年的金额转作上年预算，本年预算空出待填\n\
             保留：单位 {units} 个、项目 {projects} 个、数量 {counts} 行、科目名称 {names} 个，以及各项文字；请核对是否仍适用\n\
             清空：增减原因 {reasons} 条、增减原因文字 {texts} 段、绩效指标值 {indicators} 个；略去没有 {last} 年金额的行 {left_out} 行\n",
            books.department.name
        ),
        Lang::En => format!(
            "{year} {}: {amounts} rows of {last} became last year's budget; this year's is to be filled in\n\
             kept: {units} units, {projects} projects, {counts} counts, {names} names of codes, and the texts; see that they still hold\n\
             emptied: {reasons} reasons, {texts} texts that give reasons, {indicators} targets;\n\
             {left_out} rows without an amount of {last} are left out\n",
            books.department.name
        ),
    }
}

/// `gouji convert`: the same books, kept the other way.
pub fn convert(options: &Convert, lang: Lang) -> anyhow::Result<u8> {
    let loaded = books::load(&options.from, lang)?;
    books::save(&loaded, &options.to, Kept::at(&options.to), options.force, lang)?;
    Ok(CLEAN)
}
