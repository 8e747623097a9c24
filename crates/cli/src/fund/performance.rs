//! `gouji fund performance` and `gouji fund export`: what batches did, in the fields of 表十四, and the project line of the
//! year after, put into the books that `gouji build` makes the report from.

use super::{acts, folder, judge, ledger};
use crate::arguments::fund::{Export, Performance};
use crate::books::{self, Kept};
use crate::failure::Failure;
use crate::{CLEAN, FOUND, output};
use gouji_fund::Day;
use gouji_fund::ledger::Book;
use gouji_fund::performance::{
    Forecast, Unfit, Year, all_of, carry, forecast, forecast_all, measure, of_batch, reconcile,
};
use gouji_fund::work::{Batch, BudgetLine, Work};
use gouji_model::Lang;
use std::path::Path;

/// Shows the indicators of a batch, or of every budget line, and the basis of next year's line.
pub fn performance(options: &Performance, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let book = ledger::book(&options.folder)?;
    let expected = read_expected(&work, &options.expected)?;
    let mut text = String::new();
    if let Some(id) = &options.batch {
        let batch = judge::batches(&work, Some(id))?[0];
        let year = year_of(&work, batch, &options.folder, book.as_ref())?;
        text.push_str(&indicators(&year, lang));
        text.push_str(
            &forecast(&year, count(&expected, batch, &year)).map_or_else(String::new, |next| told(&next, lang)),
        );
    } else {
        for line in &work.lines {
            let (programmes, next) = of_line(&work, line, &expected, &options.folder, book.as_ref())?;
            let head = match lang {
                Lang::Zh => format!("{}年 {}（{}）\n", line.year, line.project, line.unit),
                Lang::En => format!("{} {} ({})\n", line.year, line.project, line.unit),
            };
            text.push_str(&head);
            text.push_str(&indicators(&all_of(line, &programmes), lang));
            text.push_str(&next.map_or_else(String::new, |next| told(&next, lang)));
        }
    }
    output::to_stdout(text.as_bytes())?;
    Ok(CLEAN)
}

/// Holds a budget line against the books of its year, and puts the line of the year after into those of that year.
pub fn export(options: &Export, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let line = line_of(&work, options.line.as_deref())?;
    let mut into = books::load(&options.books, lang)?;
    let unfit = |unfit: Unfit| Failure::Unfit(options.books.display().to_string(), unfit);
    let there = reconcile(&into, line).map_err(unfit)?;
    let mut code = CLEAN;
    let mut text = compared(line, there, lang);
    if there != line.amount {
        code = FOUND;
    }
    if i32::from(into.department.year) != line.year {
        let Some(target) = &options.output else { return Err(Failure::NoOutput.into()) };
        let expected = read_expected(&work, &options.expected)?;
        let book = ledger::book(&options.folder)?;
        let (_, next) = of_line(&work, line, &expected, &options.folder, book.as_ref())?;
        let next = next.ok_or_else(|| Failure::NoAwards(line.project.clone()))?;
        for carried in carry(&mut into, &next).map_err(unfit)? {
            text.push_str(&format!("  {}\n", carried.text(lang)));
        }
        books::save(&into, target, Kept::at(target), options.force, lang)?;
        let shown = target.display();
        text.push_str(&match lang {
            Lang::Zh => format!("已写到 {shown}；接着：gouji build {shown} --output 报告\n"),
            Lang::En => format!("written to {shown}; next: gouji build {shown} --output report --lang en\n"),
        });
    }
    output::to_stdout(text.as_bytes())?;
    Ok(code)
}

/// Both ends and the difference.
fn compared(line: &BudgetLine, there: gouji_model::Fen, lang: Lang) -> String {
    let (year, project) = (line.year, &line.project);
    let [own, books, off] =
        [line.amount, there, gouji_model::Fen::new(line.amount.fen() - there.fen())].map(gouji_model::Fen::grouped);
    match (there == line.amount, lang) {
        (true, Lang::Zh) => format!("{year}年“{project}”：台账额度与预算账一致，{own} 元\n"),
        (true, Lang::En) => format!("{year} {project}: the ledger and the books agree, {own} yuan\n"),
        (false, Lang::Zh) => format!("{year}年“{project}”：台账额度 {own} 元，预算账 {books} 元，相差 {off} 元\n"),
        (false, Lang::En) => {
            format!("{year} {project}: {own} yuan in the ledger, {books} in the books, {off} apart\n")
        }
    }
}

fn line_of<'w>(work: &'w Work, id: Option<&str>) -> Result<&'w BudgetLine, Failure> {
    let known = || work.lines.iter().map(|line| line.id.clone()).collect();
    match (id, &work.lines[..]) {
        (None, [only]) => Ok(only),
        (None, _) => Err(Failure::WhichLine(known())),
        (Some(id), lines) => lines.iter().find(|line| line.id == id).ok_or_else(|| Failure::WhichLine(known())),
    }
}

/// Every programme of a line, and its line of the year after.
fn of_line(
    work: &Work,
    line: &BudgetLine,
    expected: &[(String, u32)],
    folder: &Path,
    book: Option<&Book>,
) -> anyhow::Result<(Vec<Year>, Option<Forecast>)> {
    let batches: Vec<&Batch> = work.batches.iter().filter(|batch| batch.pays == line.id).collect();
    let years = batches.iter().map(|batch| year_of(work, batch, folder, book)).collect::<anyhow::Result<Vec<_>>>()?;
    let counts = batches.iter().zip(&years).map(|(batch, year)| (year, count(expected, batch, year)));
    let next = forecast_all(&line.unit, &line.project, &counts.collect::<Vec<_>>());
    Ok((years, next))
}

fn year_of(work: &Work, batch: &Batch, folder: &Path, book: Option<&Book>) -> anyhow::Result<Year> {
    let judged = judge::judged(work, batch, folder)?;
    let records = acts::records_of(folder)?;
    let decided = |number: &str| -> Option<Day> { records.get(number)?.approved()?.time.day() };
    Ok(of_batch(&judged, book, &decided))
}

/// So many awards are expected of a batch's programme: as said for it, as said for all, or as many as this year.
fn count(expected: &[(String, u32)], batch: &Batch, year: &Year) -> u32 {
    let said =
        expected.iter().find(|(id, _)| *id == batch.id).or_else(|| expected.iter().find(|(id, _)| id.is_empty()));
    said.map_or_else(|| u32::try_from(year.awards.len()).unwrap_or(u32::MAX), |(_, count)| *count)
}

/// Reads `130` and `2019-R1=130`.
fn read_expected(work: &Work, expected: &[String]) -> Result<Vec<(String, u32)>, Failure> {
    let read = |text: &String| {
        let (id, count) = text.rsplit_once('=').unwrap_or(("", text));
        if !id.is_empty() && work.batch(id).is_none() {
            let known = work.batches.iter().map(|batch| batch.id.clone()).collect();
            return Err(Failure::NoBatch(id.to_owned(), known));
        }
        let count = count.parse().map_err(|_| Failure::NotReadable(text.clone()))?;
        Ok((id.to_owned(), count))
    };
    expected.iter().map(read).collect()
}

fn indicators(year: &Year, lang: Lang) -> String {
    let mut text = String::new();
    for measured in measure(year) {
        let one = &measured.indicator;
        let value = match (measured.is_open(), lang) {
            (true, Lang::Zh) => "（待填）".to_owned(),
            (true, Lang::En) => "(open)".to_owned(),
            (false, _) => format!("{} {}", one.value, one.measured_in),
        };
        text.push_str(&format!("{}  {}：{value}\n    {}\n", one.class, one.name, measured.text(lang)));
    }
    text
}

fn told(next: &Forecast, lang: Lang) -> String {
    let amount = next.line.grouped();
    match lang {
        Lang::Zh => format!("下一年项目预算 {amount} 元：{}\n", next.text(lang)),
        Lang::En => format!("next year's line {amount} yuan: {}\n", next.text(lang)),
    }
}
