//! Scores the search: how high the articles stand that questions were written for.
//!
//! `score_search ARTICLES QUESTIONS… [--show] [--installed]` takes JSON Lines: articles as `beide import` does, questions as
//! `{"lang","kind"?,"query","relevant":[id…],"counterpart"?:[id…],"target"?}`. What stands under `counterpart` counts neither
//! way; with a `target`, only hits in that language count. Prints MRR@10 and recall@10; `--show`
//! prints what was missed, `--installed` uses the dictionaries and spelling lists of this machine.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use beide::article::{Article, ArticleId, Headline, Language, Published};
use beide::gloss::{self, Dictionaries};
use beide::library::{Library, Place, spelling_folders};
use beide::query::{Page, Query};
use serde_json::Value as Json;

fn main() -> anyhow::Result<()> {
    let (options, files): (Vec<_>, Vec<_>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let show = options.iter().any(|option| option == "--show");
    let (articles, questions) = files.split_first().context("no file of articles is named")?;
    let articles: Vec<Article> = lines(articles)?.iter().map(article).collect();
    let mut opened = Place::memory()?;
    if options.iter().any(|option| option == "--installed") {
        let dictionaries = Dictionaries::of(gloss::usual_folders(), None);
        let translate = move |word: &str, from, to| dictionaries.meanings(word, from, to);
        opened = opened
            .with_spelling(spelling_folders())
            .with_translations(Arc::new(translate));
    }
    let mut library = opened.open()?;
    library.add(&articles)?;
    library.catch_up()?;
    let mut out = std::io::stdout().lock();
    let mut tallies: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for file in questions {
        let name = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
        for question in lines(file)? {
            let place = place(&library, &question)?;
            let score = if place == 0 { 0.0 } else { 1.0 / place as f64 };
            let word = |key: &str| question[key].as_str().unwrap_or_default().to_string();
            let kind = format!("{} {:9} {}", word("lang"), word("kind"), word("target"));
            for tally in [kind, format!("{name} {}", word("target"))] {
                tallies.entry(tally).or_default().push(score);
            }
            if show && place != 1 {
                writeln!(
                    out,
                    "{place:2}  {}  {}  {}",
                    word("lang"),
                    word("query"),
                    question["relevant"]
                )?;
            }
        }
    }
    for (name, scores) in tallies {
        let n = scores.len() as f64;
        let found = scores.iter().filter(|score| **score > 0.0).count() as f64;
        let sum: f64 = scores.iter().sum();
        writeln!(out, "{name:24} MRR {:.3}  R {:.3}  ({n})", sum / n, found / n)?;
    }
    Ok(())
}

fn lines(file: &str) -> anyhow::Result<Vec<Json>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {file}"))?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn article(line: &Json) -> Article {
    let word = |key: &str| line[key].as_str().unwrap_or_default().to_string();
    Article {
        headline: Headline {
            id: ArticleId(word("id")),
            title: word("title"),
            source: word("source"),
            language: Language::from_code(&word("lang")),
            published: Published::parse(&word("published")),
            url: line["url"].as_str().map(str::to_string),
            tags: Vec::new(),
            author: String::new(),
        },
        text: word("text"),
    }
}

/// At which place of the first ten the first right article stands; 0 where it is not among them.
fn place(library: &Library, question: &Json) -> anyhow::Result<usize> {
    let ids = |key: &str| -> Vec<&str> {
        let list = question[key].as_array();
        list.into_iter().flatten().filter_map(Json::as_str).collect()
    };
    let target = question["target"].as_str().and_then(Language::from_code);
    let (relevant, neither) = (ids("relevant"), [ids("counterpart"), ids("same_story")].concat());
    let query = Query::parse(
        question["query"].as_str().unwrap_or_default(),
        jiff::civil::date(2026, 11, 21),
    );
    let hits = library.search(&query, Page::first(400))?.hits;
    let mut counting = hits.iter().filter(|hit| {
        let language = hit.headline.language;
        !neither.contains(&hit.headline.id.0.as_str()) && (target.is_none() || language == target)
    });
    let place = counting
        .by_ref()
        .take(10)
        .position(|hit| relevant.contains(&hit.headline.id.0.as_str()));
    Ok(place.map_or(0, |place| place + 1))
}
