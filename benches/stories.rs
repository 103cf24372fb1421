//! What a reader waits for until a new article stands with its story, in a library of 100,000.

#![allow(
    clippy::print_stderr,
    reason = "how long the library took to make is worth knowing"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use beide::article::{Article, ArticleId, Headline, Language, Published};
use beide::library::{Library, StoryFilter};
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::ToSpan;
use jiff::civil::date;

/// As many as the environment variable `ARTICLES` says, or so many.
const ARTICLES: u64 = 100_000;
const A_DAY: u64 = 300;
const WORDS: u64 = 280;

/// A stream of numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// A rank below `limit`, low ones often: about as words are spread in texts.
    fn rank(&mut self, limit: u64) -> u64 {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((limit as f64).powf(share) - 1.0) as u64
    }
}

/// A made-up word for a number.
fn word(number: u64, language: Language) -> String {
    const SYLLABLES: &[&str] = &[
        "ba", "ker", "lo", "min", "tas", "ru", "gel", "fon", "di", "wes", "pa", "nor", "hul", "ze", "vak",
        "som",
    ];
    let mut rest = number + 17;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[(rest % 16) as usize]);
        rest /= 16;
    }
    word.push_str(if language == Language::German {
        "ung"
    } else {
        "ing"
    });
    word
}

/// The article of that number: three in a row tell of one event, in two languages.
fn article(number: u64) -> Article {
    let language = if number % 3 == 1 {
        Language::Dutch
    } else {
        Language::German
    };
    let (mut own, mut event) = (Dice(number), Dice(number / 3 + 7_000_000));
    let names: Vec<String> = (0..12)
        .map(|_| word(60_000 + event.below(200_000), Language::German))
        .collect();
    let mut text = String::new();
    for place in 0..WORDS {
        match place % 9 {
            4 => text.push_str(&names[own.below(12) as usize]),
            8 if place % 4 == 0 => text.push_str(&format!("{} Millionen Euro", 13 + event.below(900))),
            _ => text.push_str(&word(own.rank(60_000), language)),
        }
        text.push_str(if place % 12 == 11 { ". " } else { " " });
    }
    let day = date(2025, 1, 1) + (i64::try_from(number / A_DAY).unwrap_or_default()).days();
    let headline = Headline {
        id: ArticleId(format!("a{number}")),
        title: format!("{} {} {}", names[0], word(own.rank(60_000), language), names[1]),
        source: format!("Zeitung {}", own.below(40)),
        language: Some(language),
        published: Some(Published::on(day)),
        url: None,
        tags: Vec::new(),
        author: String::new(),
    };
    Article { headline, text }
}

fn fill(library: &mut Library, articles: u64) {
    for from in (0..articles).step_by(1000) {
        let some: Vec<Article> = (from..articles.min(from + 1000)).map(article).collect();
        library.add(&some).expect("added");
    }
}

fn placing_one_article(bench: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut library = Library::open(folder.path()).expect("a library");
    let wanted = std::env::var("ARTICLES").ok().and_then(|text| text.parse().ok());
    let articles = wanted.unwrap_or(ARTICLES);
    let begun = Instant::now();
    fill(&mut library, articles);
    let added = begun.elapsed();
    library.settle_all(|| true).expect("settled");
    eprintln!(
        "{articles} articles: added in {added:.1?}, grouped in {:.1?}",
        begun.elapsed() - added
    );
    let stories = library.count_stories().expect("counted");
    eprintln!("{stories} stories, {} wanted", articles.div_ceil(3));
    let mut next = articles;
    bench.bench_function("one article finds its story", |bencher| {
        bencher.iter_custom(|times| {
            let mut spent = Duration::ZERO;
            for _ in 0..times {
                library.add(&[article(next)]).expect("added");
                next += 1;
                let begun = Instant::now();
                library.settle_all(|| true).expect("settled");
                spent += begun.elapsed();
            }
            spent
        });
    });
    bench.bench_function("a page of stories", |bencher| {
        bencher.iter(|| {
            black_box(
                library
                    .stories(&StoryFilter::default(), None, None, 50)
                    .expect("a page"),
            )
        });
    });
}

fn importing(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("10,000 articles");
    group.sample_size(10);
    for (name, grouped) in [("added", false), ("added and grouped", true)] {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let mut spent = Duration::ZERO;
                for _ in 0..times {
                    let folder = tempfile::tempdir().expect("a folder");
                    let mut library = Library::open(folder.path()).expect("a library");
                    let all: Vec<Article> = (0..10_000).map(article).collect();
                    let begun = Instant::now();
                    for some in all.chunks(1000) {
                        library.add(some).expect("added");
                    }
                    library.catch_up().expect("searchable");
                    if grouped {
                        library.settle_all(|| true).expect("settled");
                    }
                    spent += begun.elapsed();
                }
                spent
            });
        });
    }
}

criterion_group!(benches, placing_one_article, importing);
criterion_main!(benches);
