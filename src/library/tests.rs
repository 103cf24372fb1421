use super::*;
use crate::article::Published;

pub fn article(id: &str, title: &str, text: &str, day: &str) -> Article {
    Article {
        headline: Headline {
            id: ArticleId(id.to_string()),
            title: title.to_string(),
            source: "Zeitung".to_string(),
            language: Some(Language::German),
            published: Published::parse(day),
            url: None,
            tags: vec!["werft".to_string()],
            author: String::new(),
        },
        text: text.to_string(),
    }
}

pub fn three() -> Vec<Article> {
    vec![
        article(
            "a1",
            "Werft baut Fähre",
            "Die Werft baut eine Fähre.",
            "2026-03-01",
        ),
        article("a2", "Hafen wächst", "Der Hafen wächst weiter.", "2026-03-03"),
        article("b1", "Brücke gesperrt", "Die Brücke ist gesperrt.", "2026-02"),
    ]
}

fn titles(entries: &[Entry]) -> Vec<&str> {
    entries
        .iter()
        .map(|entry| entry.headline.title.as_str())
        .collect()
}

#[test]
fn what_was_added_is_there_after_reopening() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = three();
    {
        let mut library = Library::open(folder.path()).expect("a library");
        assert_eq!(library.add(&articles).expect("added"), [Added::New; 3]);
        assert_eq!(library.add(&articles).expect("added"), [Added::Unchanged; 3]);
    }
    let library = Library::open(folder.path()).expect("the library again");
    for article in &articles {
        let read = library.article(&article.headline.id).expect("read");
        assert_eq!(read.as_ref(), Some(article));
    }
    let entries = library.headlines(&Filter::default(), None, 10).expect("a list");
    assert_eq!(
        titles(&entries),
        ["Hafen wächst", "Werft baut Fähre", "Brücke gesperrt"]
    );
}

#[test]
fn other_words_under_a_known_id_are_kept_with_what_the_reader_did() {
    let mut library = Library::in_memory().expect("a library");
    library.add(&three()).expect("added");
    let id = ArticleId("a1".to_string());
    library
        .mark(std::slice::from_ref(&id), &Mark::Starred(true))
        .expect("marked");
    let revised = article(
        "a1",
        "Werft baut Fähre",
        "Die Werft baut zwei Fähren.",
        "2026-03-04",
    );
    assert_eq!(
        library.add(std::slice::from_ref(&revised)).expect("added"),
        [Added::Revised]
    );
    assert_eq!(library.article(&id).expect("read"), Some(revised));
    assert!(library.entry(&id).expect("read").expect("there").state.starred);
    let tagged = Filter {
        tag: Some("werft".to_string()),
        ..Filter::default()
    };
    let entries = library.headlines(&tagged, None, 1).expect("a list");
    assert_eq!(titles(&entries), ["Werft baut Fähre"]);
}

#[test]
fn a_derived_id_gives_way_to_the_same_words() {
    let mut library = Library::in_memory().expect("a library");
    library.add(&three()).expect("added");
    let mut copy = three().remove(0);
    copy.headline.id = ArticleId::derive(None, &copy.headline.title, &copy.text);
    let mut given = copy.clone();
    given.headline.id = ArticleId("given".to_string());
    assert_eq!(
        library.add(&[copy, given]).expect("added"),
        [Added::Unchanged, Added::New]
    );
}

#[test]
fn an_article_is_found_by_the_beginning_of_its_id() {
    let mut library = Library::in_memory().expect("a library");
    library.add(&three()).expect("added");
    for (prefix, expected) in [
        ("a1", Found::One(ArticleId("a1".to_string()))),
        ("b", Found::One(ArticleId("b1".to_string()))),
        ("a", Found::Several(2)),
        ("", Found::Several(3)),
        ("c", Found::None),
        ("%", Found::None),
        ("b1\u{10ffff}", Found::None),
    ] {
        assert_eq!(library.find(prefix).expect("looked"), expected, "{prefix}");
    }
}

#[test]
fn lists_go_on_behind_a_cursor() {
    let mut library = Library::in_memory().expect("a library");
    let articles: Vec<_> = (0..25)
        .map(|n| {
            article(
                &format!("n{n}"),
                &format!("Titel {n}"),
                &format!("Text {n}"),
                "2026-03-01",
            )
        })
        .collect();
    library.add(&articles).expect("added");
    let unread = Filter {
        unread: true,
        ..Filter::default()
    };
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = library.headlines(&unread, after.as_ref(), 7).expect("a page");
        let Some(last) = page.last() else { break };
        after = Some(last.cursor);
        seen.extend(page.into_iter().map(|entry| entry.headline.id));
    }
    let mut unique = seen.clone();
    unique.sort();
    unique.dedup();
    assert_eq!((seen.len(), unique.len()), (25, 25));
}

#[test]
fn marks_are_counted_and_undone() {
    let mut library = Library::in_memory().expect("a library");
    library.add(&three()).expect("added");
    let ids = [
        ArticleId("a1".to_string()),
        ArticleId("b1".to_string()),
        ArticleId("none".to_string()),
    ];
    let undo = library.mark(&ids, &Mark::Read(true)).expect("marked");
    assert_eq!((undo.len(), library.count().expect("counted").unread), (2, 1));
    let again = library.mark(&ids, &Mark::Read(true)).expect("marked");
    assert_eq!((again.len(), library.count().expect("counted").unread), (0, 1));
    let redo = library.undo(&undo).expect("undone");
    assert_eq!((redo.len(), library.count().expect("counted").unread), (2, 3));
}

#[test]
fn what_was_removed_comes_back_whole() {
    let mut library = Library::in_memory().expect("a library");
    library.add(&three()).expect("added");
    let id = ArticleId("a1".to_string());
    library
        .mark(
            std::slice::from_ref(&id),
            &Mark::Note(Some("wichtig".to_string())),
        )
        .expect("marked");
    let before = (
        library.article(&id).expect("read"),
        library.count().expect("counted"),
    );
    let removed = library.remove(std::slice::from_ref(&id)).expect("removed");
    assert_eq!(library.article(&id).expect("read"), None);
    assert_eq!(library.count().expect("counted").articles, 2);
    library.restore(&removed).expect("restored");
    assert_eq!(
        (
            library.article(&id).expect("read"),
            library.count().expect("counted")
        ),
        before
    );
    let note = library.entry(&id).expect("read").expect("there").state.note;
    assert_eq!(note.as_deref(), Some("wichtig"));
}

#[test]
fn a_newer_library_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(Library::open(folder.path()).expect("a library"));
    let database = rusqlite::Connection::open(folder.path().join("library.db")).expect("a database");
    database
        .pragma_update(None, "user_version", 99)
        .expect("a number");
    drop(database);
    let refused = Library::open(folder.path()).err();
    assert!(
        matches!(refused, Some(OpenError::Newer { found: 99, .. })),
        "{refused:?}"
    );
}

#[test]
fn a_file_that_is_no_database_is_named_damaged() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("library.db"), "no database ".repeat(1000)).expect("written");
    let refused = Library::open(folder.path()).err();
    assert!(matches!(refused, Some(OpenError::Damaged(_))), "{refused:?}");
}

#[test]
fn two_threads_write_without_losing_anything() {
    let library = Library::in_memory().expect("a library");
    let writers: Vec<_> = ["x", "y"]
        .into_iter()
        .map(|name| {
            let place = library.place();
            std::thread::spawn(move || {
                let mut library = place.open().expect("the library");
                for n in 0..40 {
                    let one = article(&format!("{name}{n}"), name, &format!("Text {n}"), "2026-03-01");
                    library.add(&[one]).expect("added");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().expect("no panic");
    }
    assert_eq!(library.count().expect("counted").articles, 80);
}

#[test]
fn a_backup_is_a_library() {
    let mut library = Library::in_memory().expect("a library");
    library.add(&three()).expect("added");
    let folder = tempfile::tempdir().expect("a folder");
    library.backup(&folder.path().join("library.db")).expect("copied");
    let copy = Library::open(folder.path()).expect("the copy");
    assert_eq!(copy.count().expect("counted").articles, 3);
    assert_eq!(copy.check().expect("checked").faults, Vec::<String>::new());
}

pub fn found(library: &Library, question: &str) -> String {
    let query = Query::parse(question, jiff::civil::date(2026, 3, 5));
    let hits = library.search(&query, Page::first(10)).expect("an answer");
    let ids: Vec<_> = hits.hits.iter().map(|hit| hit.headline.id.0.as_str()).collect();
    ids.join(" ")
}

fn marked(snippet: &crate::query::Snippet) -> String {
    let mut shown = snippet.text.clone();
    for mark in snippet.marks.iter().rev() {
        shown.insert(mark.end, ']');
        shown.insert(mark.start, '[');
    }
    shown
}

#[test]
fn what_was_added_is_found() {
    let mut library = Library::in_memory().expect("a library");
    library.add(&three()).expect("added");
    assert_eq!(library.catch_up().expect("indexed"), 3);
    assert_eq!(library.catch_up().expect("indexed"), 0);
    for (question, expected) in [
        ("Werft", "a1"),
        ("Fähren", "a1"),
        ("faehre", "a1"),
        ("Hafen weiter", "a2"),
        ("Brücken", "b1"),
        ("gesperrt Werft", "b1 a1"),
        ("Streik Flugplatz Werft", "a1"),
        ("Flugzeug", ""),
        ("Wertf", "a1"),
        ("", "a2 a1 b1"),
    ] {
        assert_eq!(found(&library, question), expected, "{question}");
    }
    let query = Query::parse("fähren", jiff::civil::date(2026, 3, 5));
    let hits = library.search(&query, Page::first(10)).expect("an answer");
    assert_eq!(marked(&hits.hits[0].snippet), "Die Werft baut eine [Fähre].");
}

#[test]
fn articles_are_found_by_what_they_are() {
    let mut library = Library::in_memory().expect("a library");
    let mut articles = three();
    articles[0].text = "Die Werft zahlt 380 Millionen Euro, 12 Prozent mehr.".to_string();
    articles[1].text = "Der Hafen wächst um 15 bis 20 Prozent.".to_string();
    articles[1].headline.source = "Der Bote".to_string();
    articles[2].headline.language = Some(Language::Dutch);
    articles[2].headline.tags.clear();
    articles[2].headline.url = Some("https://nieuws.example/brug".to_string());
    library.add(&articles).expect("added");
    library.catch_up().expect("indexed");
    let id = ArticleId("a2".to_string());
    library
        .mark(std::slice::from_ref(&id), &Mark::Read(true))
        .expect("marked");
    library
        .mark(std::slice::from_ref(&id), &Mark::Starred(true))
        .expect("marked");
    for (question, expected) in [
        ("figure:380mio", "a1"),
        ("figure:380mio usd", ""),
        ("figure:>100mioeur", "a1"),
        ("figure:10..16%", "a2 a1"),
        ("figure:12", "a1"),
        ("has:figure", "a2 a1"),
        ("-has:figure", "b1"),
        ("source:bote", "a2"),
        ("lang:nl", "b1"),
        ("lang:de -Werft", "a2"),
        ("tag:werft", "a2 a1"),
        ("is:unread", "a1 b1"),
        ("is:starred OR lang:nl", "a2 b1"),
        ("url:NIEUWS", "b1"),
        ("date:2026-03", "a2 a1"),
        ("before:2026-03-02", "a1 b1"),
        ("title:Werft", "a1"),
        ("title:zahlt", ""),
        ("\"der Hafen\"", "a2"),
        ("\"Hafen der\"", ""),
        ("Haf*", "a2"),
        ("=Hafens", ""),
        ("Werft OR Hafen sort:new", "a2 a1"),
    ] {
        assert_eq!(found(&library, question), expected, "{question}");
    }
}

#[test]
fn hostile_questions_are_answered() {
    let mut library = Library::in_memory().expect("a library");
    library.add(&three()).expect("added");
    library.catch_up().expect("indexed");
    let long = "Hafen".repeat(400);
    for question in [
        "\"",
        "(",
        ")))",
        "-",
        "* ~ =",
        "a~2",
        "figure:",
        "date:..",
        "lang:",
        "\0\u{202e}",
        "sort:",
        "NOT NOT NOT",
        "figure:1e999",
        "date:-5d",
        "\u{1f600}",
        "ß*",
        "ü~2",
        "title:",
        "'",
        "&&& && &",
        long.as_str(),
    ] {
        for page in [Page::first(5), Page::first(0), Page::first(3).typing()] {
            let query = Query::parse(question, jiff::civil::date(2026, 3, 5));
            library.search(&query, page).expect("an answer");
        }
    }
}

#[test]
fn words_are_found_in_another_language_below_the_own() {
    let mut library = Library::in_memory().expect("a library");
    let mut dutch = article(
        "nl1",
        "Plannen",
        "De minister wil de infrastructuur vernieuwen.",
        "2026-03-01",
    );
    dutch.headline.language = Some(Language::Dutch);
    let german = article("de1", "Pläne", "Die Infrastruktur ist alt.", "2026-03-01");
    library.add(&[dutch, german]).expect("added");
    library.catch_up().expect("indexed");
    let query = Query::parse("Infrastruktur also:nl", jiff::civil::date(2026, 3, 5));
    let hits = library.search(&query, Page::first(10)).expect("an answer");
    let found: Vec<_> = hits
        .hits
        .iter()
        .map(|hit| (hit.headline.id.0.as_str(), hit.also))
        .collect();
    assert_eq!(found, [("de1", None), ("nl1", Some(Language::Dutch))]);
    assert_eq!(
        marked(&hits.hits[1].snippet),
        "De minister wil de [infrastructuur] vernieuwen."
    );
    assert_eq!((hits.total, hits.facets.languages.len()), (2, 2));
    let translated = Notice::Translated {
        word: "Infrastruktur".to_string(),
        language: Language::Dutch,
        to: vec!["infrastructuur".to_string()],
    };
    assert_eq!(hits.notices, [translated]);
    assert_eq!(found_in(&library, "Infrastruktur"), 2);
    assert_eq!(found_in(&library, "Infrastruktur lang:de"), 1);
}

fn found_in(library: &Library, question: &str) -> usize {
    let query = Query::parse(question, jiff::civil::date(2026, 3, 5));
    library.search(&query, Page::first(10)).expect("an answer").total
}
