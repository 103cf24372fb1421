//! How fast articles are compared: two and five of the length of a news page, and articles made to be slow.

use std::fmt::Write;
use std::hint::black_box;

use beide::article::{Article, ArticleId, Headline, Language, Published};
use beide::compare::{Knowledge, compare};
use criterion::{Criterion, criterion_group, criterion_main};

/// Articles in three languages, some of them about the same events.
const ARTICLES: &str = include_str!("../src/compare/corpus/articles.txt");

/// An article of the corpus with its paragraphs up to about 30 sentences: those of the second continue the first.
fn article(ids: [&str; 2]) -> Article {
    let of = |id: &str| {
        let entries = ARTICLES.split("\n## ").skip(1);
        let mut own = entries.filter_map(|entry| entry.strip_prefix(id)?.strip_prefix(' '));
        own.next().expect("the corpus has it")
    };
    let (head, rest) = of(ids[0]).split_once('\n').expect("it has a text");
    let (title, text) = rest.split_once('\n').expect("it has a title");
    let more = of(ids[1]).lines().skip(2).take(3);
    let text: Vec<&str> = text.trim().lines().chain(more).collect();
    let (language, published) = head.split_once(' ').expect("it has a language and a day");
    made(language, published, title, text.join("\n"))
}

fn made(language: &str, published: &str, title: &str, text: String) -> Article {
    let headline = Headline {
        id: ArticleId(title.to_string()),
        title: title.to_string(),
        source: String::new(),
        author: String::new(),
        language: Language::from_code(language),
        published: Published::parse(published),
        url: None,
        tags: Vec::new(),
    };
    Article { headline, text }
}

fn news(bench: &mut Criterion) {
    let pages = [
        article(["ev01-de", "ev02-de"]),
        article(["ev01-nl", "ev02-nl"]),
        article(["ev01-en", "ev02-en"]),
        article(["ev01-ind", "ev04-ind"]),
        article(["ev04-de", "ev02-de"]),
    ];
    let knowledge = Knowledge::default();
    let mut group = bench.benchmark_group("compare");
    for count in [2, 5] {
        group.bench_function(format!("{count} articles"), |b| {
            b.iter(|| compare(black_box(&pages[..count]), &knowledge))
        });
    }
    group.finish();
}

/// Articles that press against the bounds: 2 MB of news, and 10,000 figures.
fn hostile(bench: &mut Criterion) {
    let long = |ids: [&str; 2]| {
        let page = article(ids);
        let text = format!("{}\n", page.text).repeat(2_000_000 / page.text.len());
        Article { text, ..page }
    };
    let figures = |language: &str, title: &str, words: &str| {
        let mut text = String::new();
        for number in 0..10_000_u32 {
            let _ = write!(text, "{words} {} Euro. ", number * 7919 % 100_000);
            if number % 20 == 0 {
                text.push('\n');
            }
        }
        made(language, "2026-03-01", title, text)
    };
    let mut group = bench.benchmark_group("compare");
    group.sample_size(10);
    let knowledge = Knowledge::default();
    for (name, pair) in [
        (
            "2 MB",
            [long(["ev01-de", "ev02-de"]), long(["ev01-nl", "ev02-nl"])],
        ),
        (
            "10,000 figures",
            [
                figures("de", "Preise", "Das Haus kostet"),
                figures("nl", "Prijzen", "Het huis kost"),
            ],
        ),
    ] {
        group.bench_function(name, |b| b.iter(|| compare(black_box(&pair), &knowledge)));
    }
    group.finish();
}

criterion_group!(benches, news, hostile);
criterion_main!(benches);
