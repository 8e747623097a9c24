//! What a report costs: reading, understanding and checking, each alone and together, and
//! whether many reports cost as much as the sum of them.
//!
//! `cargo bench -p gouji`. The Longgang report is measured where `../shared` is at hand.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gouji_check::{Options, Report};
use gouji_read::{Document, Limits};
use gouji_understand::{Forms, understand};
use std::hint::black_box;
use std::path::Path;

fn reports() -> Vec<(&'static str, Vec<u8>)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = [
        ("yunzhou", "tests/data/yunzhou-2019-clean.txt"),
        ("longgang", "../../../shared/corpus/longgang/sti-bureau-2019-budget.txt"),
    ];
    files.into_iter().filter_map(|(name, path)| Some((name, std::fs::read(here.join(path)).ok()?))).collect()
}

fn read(bytes: &[u8]) -> Document {
    gouji_read::read(vec![("report.txt".into(), bytes.to_vec())], &Limits::default())
}

fn whole(bytes: &[u8], forms: &Forms) -> Report {
    gouji_check::check(&understand(&read(bytes), forms), &Options::default())
}

fn steps(criterion: &mut Criterion) {
    let forms = Forms::standard();
    criterion.bench_function("forms", |bench| bench.iter(Forms::standard));
    for (name, bytes) in reports() {
        let document = read(&bytes);
        let statement = understand(&document, &forms);
        let mut group = criterion.benchmark_group(name);
        group.bench_function("read", |bench| bench.iter(|| read(black_box(&bytes))));
        group.bench_function("understand", |bench| bench.iter(|| understand(black_box(&document), &forms)));
        group.bench_function("check", |bench| {
            bench.iter(|| gouji_check::check(black_box(&statement), &Options::default()))
        });
        group.bench_function("understand and check", |bench| {
            bench.iter(|| gouji_check::check(&understand(black_box(&document), &forms), &Options::default()))
        });
        group.bench_function("together", |bench| bench.iter(|| whole(black_box(&bytes), &forms)));
        group.finish();
    }
}

/// The time for each report must not grow with their number.
fn many(criterion: &mut Criterion) {
    let forms = Forms::standard();
    let (_, bytes) = reports().swap_remove(0);
    let mut group = criterion.benchmark_group("reports");
    group.sample_size(10);
    for count in [1_u64, 10, 100] {
        group.throughput(Throughput::Elements(count));
        group.bench_with_input(BenchmarkId::from_parameter(count), &count, |bench, count| {
            bench.iter(|| (0..*count).map(|_| whole(black_box(&bytes), &forms)).collect::<Vec<_>>())
        });
    }
    group.finish();
}

criterion_group!(benches, steps, many);
criterion_main!(benches);
