//! What a reader waits for in a library of a hundred thousand articles: opening, lists, imports.

mod support;

use std::hint::black_box;

use beide::library::{Filter, Library};
use criterion::{Criterion, criterion_group, criterion_main};

/// How many articles the large library has; `BEIDE_BENCH_ARTICLES` sets another number.
fn size() -> usize {
    let set = std::env::var("BEIDE_BENCH_ARTICLES")
        .ok()
        .and_then(|n| n.parse().ok());
    set.unwrap_or(100_000)
}

fn large(folder: &std::path::Path) -> Library {
    let mut library = Library::open(folder).expect("a library");
    let vocabularies = support::vocabularies();
    for start in (0..size()).step_by(2_000) {
        let batch = support::articles(&vocabularies, start..(start + 2_000).min(size()));
        library.add(&batch).expect("added");
    }
    library
}

fn lists(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let library = large(folder.path());
    c.bench_function("open", |b| {
        b.iter(|| Library::open(black_box(folder.path())).expect("a library"))
    });
    c.bench_function("first page", |b| {
        b.iter(|| library.headlines(&Filter::default(), None, 50).expect("a list"));
    });
    let middle = library
        .headlines(&Filter::default(), None, 5_000)
        .expect("a list")
        .pop()
        .expect("an entry");
    let filter = Filter {
        source: Some("Blatt 7".to_string()),
        unread: true,
        ..Filter::default()
    };
    c.bench_function("page of a source, far down", |b| {
        b.iter(|| {
            library
                .headlines(black_box(&filter), Some(&middle.cursor), 50)
                .expect("a list")
        });
    });
    c.bench_function("counts", |b| b.iter(|| library.count().expect("counts")));
    let id = middle.headline.id;
    c.bench_function("one article", |b| {
        b.iter(|| library.article(black_box(&id)).expect("an article"))
    });
}

fn import(c: &mut Criterion) {
    let vocabularies = support::vocabularies();
    let batch = support::articles(&vocabularies, 0..2_000);
    let mut group = c.benchmark_group("import");
    group.sample_size(10);
    group.bench_function("2000 articles listed", |b| {
        b.iter_with_large_drop(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let mut library = Library::open(folder.path()).expect("a library");
            library.add(&batch).expect("added");
            (library, folder)
        });
    });
    group.bench_function("2000 articles searchable", |b| {
        b.iter_with_large_drop(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let mut library = Library::open(folder.path()).expect("a library");
            library.add(&batch).expect("added");
            library.catch_up().expect("indexed");
            (library, folder)
        });
    });
}

criterion_group!(benches, lists, import);
criterion_main!(benches);
