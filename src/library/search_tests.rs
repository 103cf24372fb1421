//! Articles found by what they are, and what the reader is told of it.

use super::tests::{found, three};
use super::*;

fn notices(library: &Library, question: &str) -> Vec<Notice> {
    let query = Query::parse(question, jiff::civil::date(2026, 3, 5));
    let hits = library.search(&query, Page::first(10)).expect("an answer");
    hits.notices
}

#[test]
fn articles_are_found_by_who_wrote_them() {
    let mut library = Library::in_memory().expect("a library");
    let mut articles = three();
    library.add(&articles).expect("added");
    library.catch_up().expect("indexed");
    assert_eq!(found(&library, "author:deich"), "");
    assert_eq!(notices(&library, "author:deich Werft"), [Notice::NoAuthors]);
    articles[0].headline.author = "Ole Deich-Müller, Ans de Vries".to_string();
    articles[1].headline.author = "Änne Deich".to_string();
    let pulse = library.pulse().expect("a pulse");
    // Who only learns who wrote them has nothing to index anew.
    assert_eq!(library.add(&articles).expect("added"), [Added::Unchanged; 3]);
    assert_eq!(library.pulse().expect("a pulse"), pulse);
    articles[1].headline.author.clear();
    library.add(&articles).expect("added");
    for (question, expected) in [
        ("author:deich", "a2 a1"),
        ("author:MULLER", "a1"),
        ("author:\"ans de\"", "a1"),
        ("author:\"deich ans\"", ""),
        ("author:eich", ""),
        ("author:anne -author:ole", "a2"),
        ("author:vries OR lang:de", "a2 a1 b1"),
        ("-author:deich", "b1"),
    ] {
        assert_eq!(found(&library, question), expected, "{question}");
    }
    assert_eq!(notices(&library, "author:nobody"), []);
    let known = library.article(&ArticleId("a2".to_string())).expect("read");
    assert_eq!(
        known.map(|article| article.headline.author).as_deref(),
        Some("Änne Deich")
    );
}

#[test]
fn a_library_from_before_authors_learns_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    Library::open(folder.path())
        .and_then(|mut library| Ok(library.add(&three())?))
        .expect("a library");
    let database = rusqlite::Connection::open(folder.path().join("library.db")).expect("a database");
    database
        .execute_batch(
            "DROP INDEX article_by_author; ALTER TABLE article DROP COLUMN author; \
             ALTER TABLE body DROP COLUMN packed; ALTER TABLE revision DROP COLUMN packed; PRAGMA user_version = 4",
        )
        .expect("an old database");
    drop(database);
    let mut library = Library::open(folder.path()).expect("the library");
    library.catch_up().expect("indexed");
    assert_eq!(notices(&library, "author:deich"), [Notice::NoAuthors]);
    let mut articles = three();
    articles[0].headline.author = "Ole Deich".to_string();
    library.add(&articles).expect("added");
    assert_eq!(found(&library, "author:deich"), "a1");
}

#[test]
fn articles_are_counted_and_found_by_the_kinds_of_their_figures() {
    let mut library = Library::in_memory().expect("a library");
    let mut articles = three();
    articles[0].text = "Die Werft zahlt 380 Millionen Euro, 12 Prozent mehr.".to_string();
    articles[1].text = "Der Hafen wächst um 15 bis 20 Prozent und um 3 Prozent.".to_string();
    library.add(&articles).expect("added");
    library.catch_up().expect("indexed");
    for (question, counted) in [
        ("", &[("percent", 2), ("money", 1)][..]),
        ("Werft", &[("money", 1), ("percent", 1)]),
        ("Brücke", &[]),
    ] {
        assert_eq!(kinds(&library, question), counted, "{question}");
    }
    for (question, expected) in [
        ("has:percent", "a2 a1"),
        ("has:money", "a1"),
        ("has:percent -has:money", "a2"),
        ("has:date", ""),
    ] {
        assert_eq!(found(&library, question), expected, "{question}");
    }
    articles[2].text = "Die Brücke kostet 4 Millionen Euro.".to_string();
    library.add(&articles[2..]).expect("added");
    library.catch_up().expect("indexed");
    assert_eq!(kinds(&library, ""), [("money", 2), ("percent", 2)]);
    library.remove(&[ArticleId("a1".to_string())]).expect("removed");
    library.catch_up().expect("indexed");
    assert_eq!(kinds(&library, ""), [("money", 1), ("percent", 1)]);
}

fn kinds(library: &Library, question: &str) -> Vec<(&'static str, usize)> {
    let query = Query::parse(question, jiff::civil::date(2026, 3, 5));
    let hits = library.search(&query, Page::first(10)).expect("an answer");
    hits.facets.kinds
}

#[test]
fn where_few_have_all_the_words_their_parts_count() {
    let mut library = Library::in_memory().expect("a library");
    let mut articles = three();
    articles[0].text = "Der Windpark wächst, die Werft auch.".to_string();
    articles[1].text = "Der Park am Hafen ist bei Wind gesperrt.".to_string();
    articles[2].text = "Ein Park ohne See.".to_string();
    library.add(&articles).expect("added");
    library.catch_up().expect("indexed");
    for (question, expected) in [
        ("Windpark Werft", "a1 a2 b1"),
        ("Windpark Brücke", "b1 a1 a2"),
        ("Windpark", "a1 a2"),
        ("Windpark -Werft", "a2"),
    ] {
        assert_eq!(found(&library, question), expected, "{question}");
    }
}

#[test]
fn only_the_likest_words_of_another_language_count() {
    let mut library = Library::in_memory().expect("a library");
    let mut articles = three();
    articles[0].headline.language = Some(Language::Dutch);
    articles[0].text = "Het bedrag is hoog, het staat in de krant.".to_string();
    articles[1].text = "Der Betrag ist hoch, der Staat zahlt.".to_string();
    articles[2].text = "Der Betrüger verließ die Stadt, so ein Beitrag.".to_string();
    library.add(&articles).expect("added");
    library.catch_up().expect("indexed");
    for (question, expected) in [("bedrag also:de", "a1 a2"), ("krant staat also:de", "a1 a2")] {
        assert_eq!(found(&library, question), expected, "{question}");
    }
}

#[test]
fn a_word_list_that_was_installed_since_splits_compounds() {
    let (folder, lists) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    let mut library = Place::folder(folder.path())
        .with_spelling(vec![lists.path().to_path_buf()])
        .open()
        .expect("a library");
    let mut articles = three();
    articles[0].text = "Die Quappenreuse ist leer.".to_string();
    library.add(&articles).expect("added");
    library.catch_up().expect("indexed");
    assert_eq!(found(&library, "Reuse"), "");
    assert_eq!(library.catch_up().expect("indexed"), 0);
    std::fs::write(lists.path().join("de_DE.dic"), "3\nQuappe/n\nQuappen\nReuse/n\n").expect("written");
    library.catch_up().expect("indexed");
    assert_eq!(found(&library, "Reuse"), "a1");
}
