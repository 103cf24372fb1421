//! A small library read as the screens read it.

use std::sync::Arc;

use crate::article::{Article, ArticleId, Headline, Language, Published};
use crate::compare::Comparison;
use crate::job::{List, Order, Row, SmartList, Wanted};
use crate::library::{Filter, Library};

use super::Reading;

const FERRY: &str = "Die Fähre nach Juist fährt vom ersten Mai an wieder zweimal täglich, wenn die Tide es zulässt. Das \
    teilte die Reederei Frisia am Montag in Norddeich mit. Wer ein Fahrrad mitnehmen will, muss es vorher anmelden.";
const HARBOUR: &str = "De haven van Harlingen krijgt een nieuwe steiger van 120 meter. De gemeenteraad stemde er dinsdag mee in; \
    het werk begint na de zomer en duurt ongeveer acht maanden, zei wethouder Tjeerd Bosma.";

/// A library with one text in two outlets, another report of the same, and one of something else.
fn reading() -> Reading {
    let mut library = Library::in_memory().expect("a library");
    let article = |id: &str, language, day, text: &str| Article {
        headline: Headline {
            id: ArticleId(id.to_string()),
            title: text.split('.').next().unwrap_or_default().to_string(),
            source: format!("Blatt {id}"),
            language: Some(language),
            published: Published::parse(day),
            url: None,
            tags: Vec::new(),
            author: String::new(),
        },
        text: text.to_string(),
    };
    let dutch = "De veerboot naar Juist vaart vanaf 1 mei weer twee keer per dag, als het tij het toelaat. Dat meldde \
        rederij Frisia maandag in Norddeich. Fietsen moeten vooraf worden aangemeld.";
    let articles = [
        article("first", Language::German, "2026-04-06", FERRY),
        article(
            "copy",
            Language::German,
            "2026-04-07",
            &format!("NORDDEICH. {FERRY} (dpa)"),
        ),
        article("dutch", Language::Dutch, "2026-04-07", dutch),
        article("other", Language::Dutch, "2026-04-08", HARBOUR),
    ];
    library.add(&articles).expect("added");
    library.settle_all(|| true).expect("settled");
    library.catch_up().expect("searchable");
    let today = jiff::civil::date(2026, 4, 9);
    Reading::new(
        &library.place(),
        Arc::new(|_: &[Article]| Comparison::default()),
        Language::English,
        today,
    )
    .expect("the library")
}

/// The rows of a list as `id: outlets`.
fn rows(list: List) -> Vec<String> {
    let (rows, more) = reading().list(list, 0, 50).expect("a list");
    assert!(!more);
    let shown = |row: &Row| format!("{}: {}", row.id, row.sources.join(", "));
    rows.iter().map(shown).collect()
}

#[test]
fn one_text_is_one_entry_with_its_outlets() {
    let by_date = List::default().in_order(Order::Dates);
    assert_eq!(
        rows(by_date.clone()),
        [
            "other: Blatt other",
            "dutch: Blatt dutch",
            "first: Blatt first, Blatt copy"
        ]
    );
    // Where its original is not in the list, a copy stands for itself.
    let of_one_source = List {
        articles: Filter {
            source: Some("Blatt copy".to_string()),
            ..Filter::default()
        },
        ..by_date
    };
    assert_eq!(rows(of_one_source), ["copy: Blatt copy"]);
}

#[test]
fn a_story_opens_with_each_text_once() {
    let opened = |wanted: Wanted| {
        let (articles, _) = reading().open(&wanted).expect("articles");
        let shown = |article: &Article| format!("{}: {}", article.headline.id, article.headline.source);
        articles.iter().map(shown).collect::<Vec<_>>()
    };
    let id = |id: &str| ArticleId(id.to_string());
    assert_eq!(
        opened(Wanted::Story(id("dutch"))),
        ["first: Blatt first, Blatt copy", "dutch: Blatt dutch"]
    );
    assert_eq!(
        opened(Wanted::Near(id("copy"))),
        ["copy: Blatt first, Blatt copy", "dutch: Blatt dutch"]
    );
    assert_eq!(opened(Wanted::All(vec![id("copy")])), ["copy: Blatt copy"]);
}

#[test]
fn a_list_of_ones_own_shows_what_its_question_finds() {
    let list = |query: &str, order| {
        rows(List {
            own: Some(SmartList {
                name: "Schiffe".to_string(),
                query: query.to_string(),
            }),
            ..List::default().in_order(order)
        })
    };
    let story = "first: Blatt first, Blatt copy, Blatt dutch";
    assert_eq!(list("frisia", Order::Stories), [story]);
    assert_eq!(list("lang:nl", Order::Stories), ["other: Blatt other", story]);
    assert_eq!(
        list("steiger OR fietsen", Order::Dates),
        ["other: Blatt other", "dutch: Blatt dutch"]
    );
    assert!(list("zeppelin", Order::Stories).is_empty());
}
