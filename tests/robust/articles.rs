//! Articles by the dozen, and the check that a library holds what it should.

use std::collections::BTreeSet;

use beide::article::{Article, ArticleId, Headline, Language, Published};
use beide::library::{Filter, Library, StoryFilter};
use beide::query::{Page, Query};

/// The word that every article has.
const COMMON: &str = "Gemeindeblatt";

/// The key of article `number`.
pub fn id(number: usize) -> String {
    format!("k{number:05}")
}

/// Article `number`: a title, a text with a word of its own, a figure; every fifth tells what the one before tells.
pub fn article(number: usize) -> Article {
    let event = number - usize::from(number % 5 == 4);
    let headline = Headline {
        id: ArticleId(id(number)),
        title: format!("Brücke {event} wird saniert"),
        source: format!("Bote {}", number % 7),
        language: Some(Language::German),
        published: Published::parse("2026-03-05"),
        url: None,
        tags: Vec::new(),
        author: String::new(),
    };
    let text = format!(
        "Die Brücke ort{event} über den fluss{event} kostet {} Millionen Euro. {COMMON} wort{number} meldet die Sanierung.",
        event + 1
    );
    Article { headline, text }
}

/// Articles as lines that `beide import` reads.
pub fn lines(numbers: impl Iterator<Item = usize>) -> String {
    let line = |number| {
        let Article { headline, text } = article(number);
        let (id, title, source) = (headline.id, headline.title, headline.source);
        format!(
            "{{\"id\":\"{id}\",\"title\":\"{title}\",\"text\":\"{text}\",\"lang\":\"de\",\"source\":\"{source}\",\"published\":\"2026-03-05\"}}\n"
        )
    };
    numbers.map(line).collect()
}

/// The ids of all articles in a library, each once.
pub fn ids(library: &Library) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut after = None;
    loop {
        let page = library
            .headlines(&Filter::default(), after.as_ref(), 500)
            .expect("a list");
        let Some(last) = page.last() else { return ids };
        after = Some(last.cursor);
        for entry in page {
            assert!(
                ids.insert(entry.headline.id.0.clone()),
                "{} is there twice",
                entry.headline.id
            );
        }
    }
}

/// Checks a library after whatever happened to it: the database is sound, the index comes to agree with it, every
/// article is in one story, and the locks can be had. Returns the ids of its articles.
#[track_caller]
pub fn is_whole(library: &mut Library) -> BTreeSet<String> {
    let report = library.check().expect("a check");
    assert_eq!((report.faults, report.index_fault), (Vec::new(), None));
    let ids = ids(library);
    assert_eq!(library.count().expect("a count").articles, ids.len());
    library.catch_up().expect("the index catches up");
    let report = library.check().expect("a check");
    assert_eq!((report.not_yet_indexed, report.indexed.0), (0, ids.len()));
    for question in [COMMON, "figure:>0"] {
        let query = Query::parse(question, jiff::civil::date(2026, 3, 6));
        let hits = library.search(&query, Page::first(1)).expect("an answer");
        assert_eq!((hits.total, hits.notices), (ids.len(), Vec::new()), "{question}");
    }
    library.settle_all(|| true).expect("articles find their stories");
    assert_eq!(told(library), ids.len(), "articles in stories");
    ids
}

/// How many articles the stories tell.
fn told(library: &Library) -> usize {
    let (mut told, mut after) = (0, None);
    loop {
        let page = library
            .stories(&StoryFilter::default(), None, after.as_ref(), 500)
            .expect("stories");
        let Some(last) = page.last() else { return told };
        after = Some(last.cursor);
        told += page.iter().map(|story| story.articles).sum::<usize>();
    }
}
