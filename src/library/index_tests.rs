//! The index is derived: whatever happens to it costs time only.

use std::fs;
use std::path::Path;

use super::tests::{article, found, three};
use super::*;

fn filled(folder: &Path) -> Library {
    let mut library = Library::open(folder).expect("a library");
    library.add(&three()).expect("added");
    assert_eq!(library.catch_up().expect("indexed"), 3);
    library
}

/// The folder of the index in use.
fn in_use(folder: &Path) -> PathBuf {
    let index = folder.join("index");
    let number = fs::read_to_string(index.join("current")).expect("an index in use");
    index.join(number.trim())
}

fn all_is_found(library: &Library) {
    for (question, expected) in [
        ("Fähren", "a1"),
        ("Häfen", "a2"),
        ("Brücken", "b1"),
        ("", "a2 a1 b1"),
    ] {
        assert_eq!(found(library, question), expected, "{question}");
    }
}

#[test]
fn a_deleted_index_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut library = filled(folder.path());
    all_is_found(&library);
    fs::remove_dir_all(folder.path().join("index")).expect("deleted");
    let query = Query::parse("Fähren", jiff::civil::date(2026, 3, 5));
    let hits = library.search(&query, Page::first(10)).expect("an answer");
    assert_eq!(hits.notices, [Notice::NotYetIndexed(3)]);
    assert_eq!(library.catch_up().expect("indexed"), 3);
    all_is_found(&library);
}

#[test]
fn a_damaged_index_is_left_and_filled_anew() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 5] = [
        ("the list of files cut short", |index| {
            cut(&index.join("meta.json"))
        }),
        ("no vocabulary", |index| {
            fs::remove_file(index.join("vocabulary.bin")).expect("removed")
        }),
        ("another vocabulary", |index| {
            fs::write(index.join("vocabulary.bin"), [7; 999]).expect("written")
        }),
        ("files cut short", |index| {
            data(index).iter().for_each(|file| cut(file))
        }),
        ("files gone", |index| {
            data(index)
                .iter()
                .for_each(|file| fs::remove_file(file).expect("removed"))
        }),
    ];
    for (name, damage) in damages {
        let folder = tempfile::tempdir().expect("a folder");
        drop(filled(folder.path()));
        damage(&in_use(folder.path()));
        let mut library = Library::open(folder.path()).expect("the library");
        let listed = library.headlines(&Filter::default(), None, 10).expect("a list");
        assert_eq!(listed.len(), 3, "{name}");
        library
            .search(&Query::default(), Page::first(10))
            .expect("an answer");
        library.catch_up().expect("indexed");
        all_is_found(&library);
    }
}

fn cut(file: &Path) {
    let bytes = fs::read(file).expect("read");
    fs::write(file, &bytes[..bytes.len() / 2]).expect("written");
}

/// The files of the index that tantivy wrote its words into.
fn data(index: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(index)
        .expect("the index")
        .flatten()
        .map(|entry| entry.path());
    files
        .filter(|file| {
            file.extension()
                .is_some_and(|ending| ending == "term" || ending == "idx" || ending == "fast")
        })
        .collect()
}

#[test]
fn a_flipped_bit_is_reported_by_the_check() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = filled(folder.path());
    assert_eq!(library.check().expect("checked").index_fault, None);
    for file in data(&in_use(folder.path())) {
        let mut bytes = fs::read(&file).expect("read");
        bytes[3] ^= 4;
        fs::write(&file, bytes).expect("written");
    }
    assert!(library.check().expect("checked").index_fault.is_some());
}

#[test]
fn what_was_added_before_a_stop_is_indexed_after_it() {
    let folder = tempfile::tempdir().expect("a folder");
    {
        let mut library = filled(folder.path());
        let more = article("c1", "Deich gebrochen", "Der Deich ist gebrochen.", "2026-03-04");
        library.add(&[more]).expect("added");
        library.remove(&[ArticleId("a1".to_string())]).expect("removed");
        let revised = article("b1", "Brücke offen", "Die Brücke ist wieder offen.", "2026-02");
        library.add(&[revised]).expect("added");
    }
    let mut library = Library::open(folder.path()).expect("the library");
    assert_eq!(library.catch_up().expect("indexed"), 2);
    for (question, expected) in [
        ("Deiche", "c1"),
        ("Fähre", ""),
        ("gesperrt", ""),
        ("offen", "b1"),
        ("", "c1 a2 b1"),
    ] {
        assert_eq!(found(&library, question), expected, "{question}");
    }
}

#[test]
fn an_index_of_another_library_is_not_taken_for_ours() {
    let (one, other) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    drop(filled(one.path()));
    let mut library = Library::open(other.path()).expect("a library");
    library
        .add(&[article("z9", "Zebra", "Ein Zebra.", "2026-03-01")])
        .expect("added");
    library.catch_up().expect("indexed");
    drop(library);
    fs::remove_dir_all(other.path().join("index")).expect("removed");
    fs::rename(one.path().join("index"), other.path().join("index")).expect("moved");
    let mut library = Library::open(other.path()).expect("the library");
    library.catch_up().expect("indexed");
    assert_eq!(found(&library, ""), "z9");
}

#[test]
fn two_that_write_at_once_leave_nothing_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    drop(Library::open(dir).expect("a library"));
    std::thread::scope(|scope| {
        for writer in 0..3 {
            scope.spawn(move || {
                let mut library = Library::open(dir).expect("the library");
                for n in 0..12 {
                    let one = article(
                        &format!("{writer}-{n}"),
                        "Titel",
                        &format!("Wort{writer}x{n} steht hier"),
                        "2026-03-01",
                    );
                    library.add(&[one]).expect("added");
                    library.catch_up().expect("indexed or left to another");
                }
            });
        }
    });
    let library = Library::open(dir).expect("the library");
    let hits = library
        .search(&Query::default(), Page::first(100))
        .expect("an answer");
    assert_eq!((hits.total, hits.notices), (36, Vec::new()));
}

#[test]
fn the_index_built_anew_answers_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut library = filled(folder.path());
    let before = in_use(folder.path());
    let mut seen = Vec::new();
    library
        .reindex(|done, all| seen.push((done, all)))
        .expect("rebuilt");
    assert!(seen.iter().all(|(done, all)| done <= all));
    assert!(!before.exists());
    all_is_found(&library);
}

#[test]
fn a_library_that_doubles_learns_its_own_compounds() {
    let mut library = Library::in_memory().expect("a library");
    let numbered =
        |n: usize, text: &str| article(&format!("n{n}"), &format!("Titel {n}"), text, "2026-03-01");
    library
        .add(&[numbered(0, "Die Quastelkrumpe ruht.")])
        .expect("added");
    library.catch_up().expect("indexed");
    assert_eq!(found(&library, "Krumpe"), "");
    let more: Vec<_> = (1..300)
        .map(|n| numbered(n, &format!("Quastel und Krumpe, {n}.")))
        .collect();
    library.add(&more).expect("added");
    library.catch_up().expect("indexed");
    let query = Query::parse("Krumpe -Quastel", jiff::civil::date(2026, 3, 5));
    let hits = library.search(&query, Page::first(10)).expect("an answer");
    assert_eq!(hits.total, 1);
}

#[test]
fn a_search_in_a_scrambled_index_is_answered_and_the_index_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(filled(folder.path()));
    for file in data(&in_use(folder.path())) {
        let mut bytes = fs::read(&file).expect("read");
        bytes.iter_mut().step_by(3).for_each(|byte| *byte ^= 0x55);
        fs::write(&file, bytes).expect("written");
    }
    let mut library = Library::open(folder.path()).expect("the library");
    library
        .search(
            &Query::parse("Fähren Hafen", jiff::civil::date(2026, 3, 5)),
            Page::first(10),
        )
        .expect("an answer");
    library.catch_up().expect("indexed");
    library.reindex(|_, _| {}).expect("rebuilt");
    all_is_found(&library);
}
