//! `cargo xtask roundtrip [--cases N] [--seed S]`: random books, built, read back, compared.
//!
//! Every amount that the books print must be read back to the same coordinates, every figure that
//! is read must hold the amount of the books in its printed interval, nothing else may be read
//! out of a table, and `check` may find nothing.

mod controlled;
mod random;
mod stale;

use crate::score::road::{Road, Run};
use anyhow::{Context, bail, ensure};
use gouji_model::books::Books;
use gouji_model::{Coordinates, Finding, Lang, Level};
use gouji_report::document::{Block, Cell, Document};
use gouji_report::form::Form;
use gouji_understand::{Unbound, UnboundReason};

/// Findings about what the books decide, not about what is printed: the largest project is not
/// among the key ones.
const OF_SUBSTANCE: [&str; 1] = ["PRF104"];
/// How many faults are printed.
const SHOWN: usize = 40;

/// Builds and reads so many random books.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let (mut cases, mut seed, mut rest) = (10_000_u64, 1_u64, args.iter());
    let (mut stale_cases, mut file_cases, mut controlled_cases) = (100, 1_000, 2_000);
    while let Some(arg) = rest.next() {
        let number = |text: Option<&String>| text.and_then(|text| text.parse().ok()).context("a number is missing");
        match arg.as_str() {
            "--cases" => cases = number(rest.next())?,
            "--seed" => seed = number(rest.next())?,
            "--files" => file_cases = number(rest.next())?,
            "--show" => return show(number(rest.next())?),
            "--stale" => stale_cases = number(rest.next())?,
            "--controlled" => controlled_cases = number(rest.next())?,
            other => {
                bail!(
                    "no argument `{other}`; there are --cases N, --files N, --stale N, --controlled N, --seed S and --show SEED"
                )
            }
        }
    }
    let mut all_faults = 0;
    for (kind, cases) in [
        (Kind::Text, cases),
        (Kind::Word, file_cases),
        (Kind::Workbook, file_cases),
        (Kind::Web, file_cases),
        (Kind::Pdf, file_cases.div_ceil(5)),
    ] {
        let faults = roundtrip(kind, cases, seed);
        print_faults(&faults);
        let faulty = count_cases(&faults);
        println!("books built and read back as {}: {cases}, of which with a fault: {faulty}", kind.ending());
        all_faults += faulty;
    }
    let mut stale = stale::faults(stale_cases, seed);
    let (books, form) = example()?;
    stale::change_each(&books, &form, 0, &Road::new(), &mut stale);
    print_faults(&stale.faults);
    println!(
        "books changed: {stale_cases} and the example; postings changed: {}; sentences that depend on them: {}; stale or wrong: {}",
        stale.postings,
        stale.sentences,
        stale.faults.len()
    );
    let controlled = controlled::faults(controlled_cases, seed);
    print_faults(&controlled.faults);
    println!(
        "books rounded both ways: {controlled_cases}; sums of codes: {}, open cell by cell: {}, open controlled: {}; \
         named by the build, rows too: {}; faults: {}",
        controlled.sums,
        controlled.open[0],
        controlled.open[1],
        controlled.named,
        controlled.faults.len()
    );
    ensure!(
        all_faults == 0 && stale.faults.is_empty() && controlled.faults.is_empty(),
        "what is built is not what is read"
    );
    Ok(())
}

/// The project's own example, with the form that it names.
fn example() -> anyhow::Result<(Books, Form)> {
    let folder = crate::tree::root().join("examples/longgang-2019");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        files.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), std::fs::read(&path)?));
    }
    let loaded = gouji_sources::from_folder(&files);
    let books = loaded.map_err(|faults| anyhow::anyhow!("the example has {} faults", faults.len()))?.books;
    let form = Form::standard(&books.department.form).context("the example names a form that cannot be built")?;
    Ok((books, form))
}

/// Prints the report that the books of a seed make.
fn show(seed: u64) -> anyhow::Result<()> {
    let forms = Form::all();
    let form = &forms[seed as usize % forms.len()];
    print!("{}", gouji_report::text::text(&gouji_report::build(&random::books(seed, form), form)));
    Ok(())
}

fn print_faults(faults: &[(u64, String)]) {
    for (seed, fault) in faults.iter().take(SHOWN) {
        println!("seed {seed}: {fault}");
    }
    if faults.len() > SHOWN {
        println!("… and {} more", faults.len() - SHOWN);
    }
}

fn count_cases(faults: &[(u64, String)]) -> usize {
    let mut seeds: Vec<u64> = faults.iter().map(|(seed, _)| *seed).collect();
    seeds.dedup();
    seeds.len()
}

/// A kind of file that is built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Word,
    Workbook,
    Web,
    Pdf,
}

impl Kind {
    const fn ending(self) -> &'static str {
        match self {
            Kind::Text => "txt",
            Kind::Word => "docx",
            Kind::Workbook => "xlsx",
            Kind::Web => "html",
            Kind::Pdf => "pdf",
        }
    }

    fn draw(self, document: &Document) -> anyhow::Result<Vec<u8>> {
        Ok(match self {
            Kind::Text => gouji_report::text::text(document).into_bytes(),
            Kind::Word => gouji_report::docx(document)?,
            Kind::Workbook => gouji_report::xlsx(document)?,
            Kind::Web => gouji_report::html(document).into_bytes(),
            Kind::Pdf => gouji_report::pdf(document, &gouji_report::Fonts::embedded())?.bytes,
        })
    }
}

/// Faults with the seed of their books.
fn roundtrip(kind: Kind, cases: u64, seed: u64) -> Vec<(u64, String)> {
    let (road, forms) = (Road::new(), Form::all());
    let mut faults = Vec::new();
    for seed in seed..seed + cases {
        let form = &forms[seed as usize % forms.len()];
        let books = random::books(seed, form);
        let document = gouji_report::build(&books, form);
        let bytes = match kind.draw(&document) {
            Ok(bytes) => bytes,
            Err(error) => {
                faults.push((seed, format!("not drawn: {error:#}")));
                continue;
            }
        };
        let run = road.walk(&format!("built.{}", kind.ending()), bytes);
        faults.extend(
            differences(kind, &books, &document, &run, random::is_visible(seed)).into_iter().map(|fault| (seed, fault)),
        );
    }
    faults
}

/// What was printed and not read, read and not printed, or found by the check.
fn differences(kind: Kind, books: &Books, document: &Document, run: &Run, is_visible: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let statement = &run.statement;
    for fact in &statement.facts {
        let at = as_kept(&fact.at, books);
        let truth = if fact.figure.unit().is_money() { books.total(&at) } else { i128::from(books.count(&at)) };
        if 2 * (fact.figure.atoms() - truth).abs() > fact.figure.tick() {
            faults.push(format!("read {} at {}, the books have {truth} fen", fact.figure, fact.at));
        }
    }
    let printed = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let printed = printed.flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let printed = printed.filter(|cell| matches!(cell, Cell::Amount { .. })).count();
    let read = statement.facts.len() + statement.disjoint.len();
    if printed != read {
        faults.push(format!("{printed} amounts are printed in tables, {read} are read"));
    }
    // The figures of a chart stand on the page of a PDF too, where no table says what they are.
    let charted: Vec<String> = if kind == Kind::Pdf { charted(document) } else { Vec::new() };
    let of_chart = |unbound: &Unbound| unbound.reason == UnboundReason::NoUnit && charted.contains(&unbound.text);
    for unbound in statement.unbound.iter().filter(|unbound| !of_chart(unbound)) {
        faults.push(format!("not bound: {} ({:?})", run.document.quote(unbound.span), unbound.reason));
    }
    if !is_visible {
        return faults;
    }
    for finding in run
        .report
        .findings
        .iter()
        .filter(|finding| finding.level >= Level::Warning && !OF_SUBSTANCE.contains(&finding.code))
    {
        faults.push(said(finding));
    }
    faults
}

/// Every figure of every chart, as drawn.
fn charted(document: &Document) -> Vec<String> {
    let charts = document.blocks.iter().filter_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    charts.flat_map(|chart| &chart.bars).flat_map(|bar| &bar.values).map(|value| value.grouped()).collect()
}

/// The coordinates with names as the books write them: a reader takes wide brackets for narrow ones.
fn as_kept(at: &Coordinates, books: &Books) -> Coordinates {
    let plain = |name: &str| name.replace('（', "(").replace('）', ")");
    let units = books.units.iter().map(|unit| &unit.name);
    let projects = books.projects.iter().map(|project| &project.name);
    let kept = |name: &String, mut known: Box<dyn Iterator<Item = &String> + '_>| {
        known.find(|known| plain(known) == plain(name)).unwrap_or(name).clone()
    };
    Coordinates { unit: kept(&at.unit, Box::new(units)), project: kept(&at.project, Box::new(projects)), ..at.clone() }
}

/// A finding in a line.
fn said(finding: &Finding) -> String {
    let rule = gouji_check::rules().iter().find(|rule| rule.code == finding.code);
    let message = rule.map_or_else(String::new, |rule| (rule.say)(&finding.check, Lang::Zh).message);
    format!("{} {}: {message}", finding.code, finding.check.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_is_what_is_read() {
        for (kind, cases) in [(Kind::Text, 60), (Kind::Word, 6), (Kind::Workbook, 6), (Kind::Web, 6), (Kind::Pdf, 3)] {
            let faults = roundtrip(kind, cases, 1);
            assert!(faults.is_empty(), "{}: {faults:#?}", kind.ending());
        }
    }

    #[test]
    fn controlled_rounding_closes_or_names_its_sums() {
        let controlled = controlled::faults(24, 1);
        assert!(controlled.open[1] * 4 < controlled.open[0], "{:?}", controlled.open);
        assert!(controlled.faults.is_empty(), "{:#?}", controlled.faults);
    }

    #[test]
    fn no_sentence_is_stale() {
        let stale = stale::faults(3, 1);
        assert!(stale.postings > 0 && stale.sentences > 0);
        assert!(stale.faults.is_empty(), "{:#?}", stale.faults);
    }
}
