//! What a reader does must cost the same however large the library is.
//!
//! Counted, not timed: the statements run and the steps of SQLite's machine, which are the same on every computer.

use jiff::ToSpan as _;
use rusqlite::StatementStatus;

use super::{Described, Gathered, statements};
use crate::article::{Article, ArticleId, Headline, Language, Published};
use crate::library::{Cursor, Filter, Library, Mark, StoryFilter};
use crate::story::Reading;

/// The libraries compared: ten times as many articles, or with `BEIDE_GROWTH=100000` as many as that.
const SMALL: usize = 1000;

fn large() -> usize {
    let set = std::env::var("BEIDE_GROWTH").ok();
    set.and_then(|number| number.parse().ok()).unwrap_or(10_000)
}

/// What was done since it was counted last.
#[derive(Clone, Copy, Debug)]
struct Work {
    statements: i64,
    steps: i64,
}

fn work(library: &Library) -> Work {
    let mut work = Work {
        statements: 0,
        steps: 0,
    };
    for (name, sql) in statements::ALL {
        let statement = library.store.connection.prepare_cached(sql).expect(name);
        work.statements += i64::from(statement.reset_status(StatementStatus::Run));
        work.steps += i64::from(statement.reset_status(StatementStatus::VmStep));
    }
    work
}

/// A short report, two of each event, twenty a day.
fn article(number: usize) -> Article {
    let word = |seed: usize| {
        let letters = "bdfglmnprstvw".as_bytes();
        let vowels = "aeiou".as_bytes();
        let mut rest = seed * 7919 + 101;
        let mut word = String::new();
        for _ in 0..4 {
            word.push(char::from(letters[rest % letters.len()]));
            rest /= letters.len();
            word.push(char::from(vowels[rest % vowels.len()]));
            rest /= vowels.len();
        }
        word
    };
    let event = number / 2;
    let told: Vec<String> = (0..6).map(|place| word(event * 6 + place)).collect();
    let told = told.join(" ");
    let day = jiff::civil::date(2020, 1, 1).saturating_add(i64::try_from(number / 20).unwrap_or(0).days());
    Article {
        headline: Headline {
            id: ArticleId(format!("n{number}")),
            title: told.clone(),
            source: format!("Blatt {}", number % 7),
            language: Some(if number.is_multiple_of(2) {
                Language::German
            } else {
                Language::Dutch
            }),
            published: Some(Published::on(day)),
            url: None,
            tags: Vec::new(),
            author: String::new(),
        },
        text: format!("{told} {}.", word(number + 5_000_000)),
    }
}

/// A library of so many articles, all in their stories, and a place in the middle of its lists.
fn library(articles: usize) -> (Library, Cursor) {
    let mut library = Library::in_memory().expect("a library");
    library
        .store
        .connection
        .set_prepared_statement_cache_capacity(1000);
    let all: Vec<Article> = (0..articles).map(article).collect();
    for some in all.chunks(1000) {
        library.add(some).expect("added");
    }
    library.settle_all(|| true).expect("settled");
    // The first article that comes after a start has the days around it read.
    library.add(&[article(articles)]).expect("added");
    library.settle_all(|| true).expect("settled");
    let middle = library.headlines(&Filter::default(), None, articles / 2);
    let middle = middle.expect("a list").pop().expect("an entry").cursor;
    work(&library);
    (library, middle)
}

/// Something a reader does, in a library with so many articles and one more, given a place in the middle of its lists.
type Deed = fn(&mut Library, usize, &Cursor);

const DEEDS: &[(&str, Deed)] = &[
    ("the first page of stories", |library, _, _| {
        let page = library.stories(&StoryFilter::default(), Some(Language::Dutch), None, 50);
        assert_eq!(page.expect("stories").len(), 50);
    }),
    ("a page of stories from the middle", |library, _, middle| {
        let page = library.stories(&StoryFilter::default(), None, Some(middle), 50);
        assert_eq!(page.expect("stories").len(), 50);
    }),
    ("a page of articles from the middle", |library, _, middle| {
        let page = library.headlines(&Filter::default(), Some(middle), 50);
        assert_eq!(page.expect("articles").len(), 50);
    }),
    ("a page of one source, unread", |library, _, middle| {
        let filter = Filter {
            source: Some("Blatt 3".to_string()),
            unread: true,
            ..Filter::default()
        };
        let page = library.headlines(&filter, Some(middle), 20);
        assert_eq!(page.expect("articles").len(), 20);
    }),
    ("counts", |library, articles, _| {
        assert_eq!(library.count().expect("counts").articles, articles + 1);
    }),
    ("the texts of a story", |library, articles, _| {
        let id = ArticleId(format!("n{}", articles / 2));
        assert!(!library.texts(&id).expect("texts").is_empty());
        assert!(library.article(&id).expect("read").is_some());
    }),
    ("a mark and its undoing", |library, articles, _| {
        let id = ArticleId(format!("n{}", articles / 2));
        let undo = library.mark(&[id], &Mark::Read(true)).expect("marked");
        library.undo(&undo).expect("undone");
    }),
    (
        "a decision about a story and its undoing",
        |library, articles, _| {
            let id = ArticleId(format!("n{}", articles / 2));
            let undo = library.split(&id).expect("split");
            library.decide(&undo).expect("undone");
        },
    ),
    ("one article and its story", |library, articles, _| {
        library.add(&[article(articles + 1)]).expect("added");
        library.settle_all(|| true).expect("settled");
    }),
    (
        "one article read for the indexes, and its story",
        |library, articles, _| {
            let before = library.store.last_change().expect("a change");
            library.add(&[article(articles + 2)]).expect("added");
            let changes = library.store.changes_after(before, 500).expect("changes");
            let [new] = changes.articles.as_slice() else {
                panic!("{} articles", changes.articles.len())
            };
            let parts = [new.title.as_str(), new.text.as_str()];
            let figures = Described::of(new).figures(parts);
            let gathered = Gathered::of(&mut Reading::default(), new.language, parts, &figures);
            library.store.keep_terms([(new, &gathered)]).expect("kept");
            library.settle_all(|| true).expect("settled");
        },
    ),
];

#[test]
fn work_does_not_grow_with_the_library() {
    let measured = [SMALL, large()].map(|articles| {
        let (mut library, middle) = library(articles);
        let works = DEEDS.iter().map(|(_, deed)| {
            deed(&mut library, articles, &middle);
            work(&library)
        });
        works.collect::<Vec<_>>()
    });
    let [small, large] = measured;
    for (((name, _), small), large) in DEEDS.iter().zip(small).zip(large) {
        // Trees of ten times the size are a level deeper, and sources have more articles.
        let most = |few: i64, play: i64| few + few / 4 + play;
        assert!(
            large.statements <= most(small.statements, 10) && large.steps <= most(small.steps, 300),
            "{name}: {small:?} became {large:?}"
        );
    }
}
