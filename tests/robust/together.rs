//! Several programs on one library at once: none fails, nothing is lost.

use std::thread;

use crate::articles::{id, is_whole, lines};
use crate::feeds::{FEEDS, ITEMS, site};
use crate::support::Place;

#[test]
fn the_reader_a_sync_two_imports_and_a_search() {
    let place = Place::new();
    place.library().subscribe(&site()).expect("subscribed");
    place.file("eins.jsonl", lines(10_000..10_900));
    place.file("zwei.jsonl", lines(20_000..20_900));
    let mut reader = place.terminal(30, 100, &[]);
    reader.wait_for("beide");
    thread::scope(|scope| {
        for words in [
            &["import", "eins.jsonl"][..],
            &["import", "zwei.jsonl"],
            &["sync"],
            &["search", "Gemeindeblatt"],
            &["reindex"],
            &["stories"],
            &["backup", "kopie.db"],
        ] {
            let place = &place;
            scope.spawn(move || {
                let run = place.run(words);
                assert_eq!(
                    (run.status, run.err.contains("lock")),
                    (0, false),
                    "{words:?}: {run:?}"
                );
            });
        }
        for _ in 0..10 {
            reader.press("*j");
            reader.watch(std::time::Duration::from_millis(50));
        }
    });
    reader.press("\u{3}");
    let (status, seen) = reader.end();
    assert_eq!(status, 0, "{}", String::from_utf8_lossy(&seen));
    let there = is_whole(&mut place.library());
    assert_eq!(there.len(), 2 * 900 + FEEDS * ITEMS);
    let missing = (10_000..10_900)
        .chain(20_000..20_900)
        .map(id)
        .find(|id| !there.contains(id));
    assert_eq!(missing, None);
}

#[test]
fn several_that_create_the_library_at_once() {
    for _ in 0..3 {
        let place = Place::new();
        thread::scope(|scope| {
            for number in 0..6 {
                let place = &place;
                scope.spawn(move || {
                    let line = lines(number..number + 1);
                    let run = crate::support::run(place.command(&["import", "-"]), line.as_bytes());
                    run.check(0, &["1 new"], &[]);
                });
            }
        });
        assert_eq!(is_whole(&mut place.library()).len(), 6);
    }
}

#[test]
fn a_backup_put_back_takes_no_index_for_its_own_that_had_seen_more() {
    let place = Place::new();
    let import = |numbers| crate::support::run(place.command(&["import", "-"]), lines(numbers).as_bytes());
    import(0..20).check(0, &["20 new"], &[]);
    place.run(&["backup", "kopie.db"]).check(0, &[], &[]);
    import(20..40).check(0, &["20 new"], &[]);
    std::fs::remove_file(place.library_folder().join("library.db")).expect("removed");
    std::fs::rename(place.path("kopie.db"), place.library_folder().join("library.db")).expect("put back");
    import(100..160).check(0, &["60 new"], &[]);
    assert_eq!(is_whole(&mut place.library()).len(), 80);
}

#[test]
fn an_empty_library_answers_everything() {
    for words in [
        &["stories"][..],
        &["stories", "--json"],
        &["list", "--json"],
        &["search", "nichts"],
        &["export"],
        &["reindex"],
        &["check"],
        &["sync"],
        &["backup", "kopie.db"],
    ] {
        assert_eq!(Place::new().run(words).status, 0, "{words:?}");
    }
}
