//! Questions to a library of a hundred thousand articles, snippets included.

mod support;

use std::hint::black_box;
use std::time::Instant;

use beide::library::Library;
use beide::query::{Page, Query};
use criterion::{Criterion, criterion_group, criterion_main};

/// How many articles the library has; `BEIDE_BENCH_ARTICLES` sets another number.
fn size() -> usize {
    let set = std::env::var("BEIDE_BENCH_ARTICLES")
        .ok()
        .and_then(|n| n.parse().ok());
    set.unwrap_or(100_000)
}

fn search(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut library = Library::open(folder.path()).expect("a library");
    let vocabularies = support::vocabularies();
    let begun = Instant::now();
    let mut adding = std::time::Duration::ZERO;
    for start in (0..size()).step_by(2_000) {
        let batch = support::articles(&vocabularies, start..(start + 2_000).min(size()));
        let before = Instant::now();
        library.add(&batch).expect("added");
        adding += before.elapsed();
    }
    let before = Instant::now();
    library.catch_up().expect("indexed");
    let report = library.check().expect("checked");
    report_import(&adding, &before.elapsed(), &begun.elapsed(), &report);
    let today = jiff::civil::date(2025, 12, 1);
    let words = |n: usize| vocabularies[0].nth(n).to_string();
    let questions = [
        ("one rare word", words(90_000)),
        ("one common word", words(140)),
        ("two words", format!("{} {}", words(300), words(900))),
        ("two common words", format!("{} {}", words(130), words(150))),
        ("a compound", "Hafenarbeiter Streik".to_string()),
        ("a phrase", format!("\"{} {}\"", words(3), words(140))),
        ("a typing error", "Gewerkschfat Bahn".to_string()),
        (
            "a headline",
            (0..8).map(|n| words(200 + 97 * n)).collect::<Vec<_>>().join(" "),
        ),
        (
            "a month of a source",
            "date:2024-03 source:\"Blatt 7\"".to_string(),
        ),
        ("a figure", "figure:380mio Hafen".to_string()),
        ("nothing but a date", "after:2024-01-01".to_string()),
    ];
    for (name, question) in &questions {
        let query = Query::parse(question, today);
        c.bench_function(name, |b| {
            b.iter(|| {
                library
                    .search(black_box(&query), Page::first(20))
                    .expect("an answer")
            });
        });
    }
    let typed = Query::parse("Hafen Gew", today);
    c.bench_function("while typing", |b| {
        b.iter(|| {
            library
                .search(black_box(&typed), Page::first(20).typing())
                .expect("an answer")
        });
    });
}

#[allow(clippy::print_stderr, reason = "a bench reports to whoever runs it")]
fn report_import(
    adding: &std::time::Duration,
    indexing: &std::time::Duration,
    all: &std::time::Duration,
    report: &beide::library::Report,
) {
    eprintln!(
        "{} articles: added in {adding:?}, indexed in {indexing:?}, with their making {all:?}",
        report.articles
    );
    eprintln!(
        "database {} MB, index {} MB",
        report.database_bytes / 1_000_000,
        report.index_bytes / 1_000_000
    );
}

criterion_group!(benches, search);
criterion_main!(benches);
