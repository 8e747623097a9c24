//! What a report costs that is built: tables and narrative, the check of them, each kind of file,
//! and the tables of a thousand budgets of 300 lines.
//!
//! `cargo bench -p gouji --bench build`

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gouji_check::{Options, check};
use gouji_model::books::Books;
use gouji_read::{Limits, read};
use gouji_report::form::Form;
use gouji_report::{Fonts, build};
use gouji_understand::{Forms, understand};
use std::hint::black_box;
use std::path::Path;

/// As many lines as a large department has.
const LINES: usize = 300;
const BUDGETS: u64 = 1_000;

fn example() -> (Books, Form) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/longgang-2019");
    let entries = std::fs::read_dir(folder).expect("the example is part of the project");
    let paths = entries.map(|entry| entry.expect("a folder that was just opened can be listed").path());
    let files: Vec<(String, Vec<u8>)> = paths
        .filter_map(|path| Some((path.file_name()?.to_string_lossy().into_owned(), std::fs::read(&path).ok()?)))
        .collect();
    let books = gouji_sources::from_folder(&files).expect("the example is free of faults").books;
    let form = Form::standard(&books.department.form).expect("the example names a form that is built in");
    (books, form)
}

fn one(criterion: &mut Criterion) {
    let (books, form) = example();
    let forms = Forms::standard();
    let document = build(&books, &form);
    criterion.bench_function("tables and narrative", |bench| bench.iter(|| build(black_box(&books), &form)));
    criterion.bench_function("tables, narrative and check", |bench| {
        bench.iter(|| {
            let text = gouji_report::text::text(&build(black_box(&books), &form));
            let document = read(vec![("built.txt".into(), text.into_bytes())], &Limits::default());
            check(&understand(&document, &forms), &Options::default())
        })
    });
    let fonts = Fonts::embedded();
    criterion.bench_function("pdf, set again", |bench| bench.iter(|| gouji_report::pdf(black_box(&document), &fonts)));
    criterion.bench_function("docx", |bench| bench.iter(|| gouji_report::docx(black_box(&document))));
    criterion.bench_function("xlsx", |bench| bench.iter(|| gouji_report::xlsx(black_box(&document))));
    criterion.bench_function("html", |bench| bench.iter(|| gouji_report::html(black_box(&document))));
}

fn many(criterion: &mut Criterion) {
    let (mut books, form) = example();
    let lines: Vec<_> = books.postings.iter().cycle().take(LINES).cloned().collect();
    books.postings = lines;
    let mut group = criterion.benchmark_group("budgets of 300 lines");
    group.sample_size(10).throughput(Throughput::Elements(BUDGETS));
    group.bench_function("1000 to tables", |bench| {
        bench.iter(|| (0..BUDGETS).map(|_| build(black_box(&books), &form).blocks.len()).sum::<usize>())
    });
    group.finish();
}

criterion_group!(benches, one, many);
criterion_main!(benches);
