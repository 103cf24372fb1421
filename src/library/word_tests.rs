//! Pairs of words that must, or must not, find each other; the share that do may rise, never fall.

use super::*;

const GERMAN: &str = include_str!("words/pairs/de.txt");
const DUTCH: &str = include_str!("words/pairs/nl.txt");

struct Pair {
    group: &'static str,
    asked: &'static str,
    has: &'static str,
    finds: bool,
}

fn pairs(list: &'static str) -> Vec<Pair> {
    let mut group = "";
    let mut pairs = Vec::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            group = name.trim_end_matches(']');
            continue;
        }
        let found = line.split_once(" = ").map(|pair| (pair, true));
        let (pair, finds) = found
            .or_else(|| line.split_once(" / ").map(|pair| (pair, false)))
            .expect("a pair");
        pairs.push(Pair {
            group,
            asked: pair.0,
            has: pair.1,
            finds,
        });
    }
    pairs
}

fn text(number: usize, word: &str, language: Language) -> Article {
    Article {
        headline: Headline {
            id: ArticleId(number.to_string()),
            title: "…".to_string(),
            source: String::new(),
            language: Some(language),
            published: None,
            url: None,
            tags: Vec::new(),
            author: String::new(),
        },
        text: format!("{word}."),
    }
}

/// The pairs that went wrong.
fn failures(list: &'static str, language: Language) -> (usize, Vec<String>) {
    let pairs = pairs(list);
    let mut library = Library::in_memory().expect("a library");
    let mut articles: Vec<_> = pairs
        .iter()
        .enumerate()
        .map(|(n, pair)| text(n, pair.has, language))
        .collect();
    // What is kept apart is kept apart only if both are words.
    let known = pairs.iter().enumerate().filter(|(_, pair)| !pair.finds);
    articles.extend(known.map(|(n, pair)| text(10_000 + n, pair.asked, language)));
    library.add(&articles).expect("added");
    library.catch_up().expect("indexed");
    let mut failed = Vec::new();
    for (n, pair) in pairs.iter().enumerate() {
        let query = Query::parse(pair.asked, jiff::civil::date(2026, 3, 5));
        let hits = library.search(&query, Page::first(1_000)).expect("an answer");
        let found = hits.hits.iter().any(|hit| hit.headline.id.0 == n.to_string());
        if found != pair.finds {
            let sign = if pair.finds { "=" } else { "/" };
            failed.push(format!("{}: {} {sign} {}", pair.group, pair.asked, pair.has));
        }
    }
    (pairs.len(), failed)
}

fn check(list: &'static str, language: Language, least: f64) {
    let (all, failed) = failures(list, language);
    let share = (all - failed.len()) as f64 / all as f64;
    assert!(
        all >= 150 && share >= least,
        "{share:.3} of {all}:\n{}",
        failed.join("\n")
    );
}

#[test]
fn german_words_find_each_other() {
    check(GERMAN, Language::German, 0.99);
}

#[test]
fn dutch_words_find_each_other() {
    check(DUTCH, Language::Dutch, 0.99);
}
