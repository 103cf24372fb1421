//! Disks that are full, files that are damaged, libraries of other versions: told in plain words, and nothing lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use beide::query::{Page, Query};
use rusqlite::Connection;

use crate::articles::{article, id, ids, is_whole, lines};
use crate::support::{Place, run};

/// How many articles a library has that is damaged.
const ARTICLES: usize = 400;

/// A small disk of its own, where the test may mount one.
struct Disk<'p>(&'p Path);

impl<'p> Disk<'p> {
    fn mount(folder: &'p Path, options: &str) -> Option<Self> {
        fs::create_dir_all(folder).expect("a folder");
        mount(&["-t", "tmpfs", "-o", options, "tmpfs"], folder).then(|| Self(folder))
    }

    fn change(&self, options: &str) {
        assert!(mount(&["-o", &format!("remount,{options}")], self.0));
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

fn mount(words: &[&str], folder: &Path) -> bool {
    let mounted = Command::new("mount")
        .args(words)
        .arg(folder)
        .stderr(Stdio::null())
        .status();
    mounted.is_ok_and(|status| status.success())
}

/// The number in front of `word` in a summary.
fn number_before(summary: &str, word: &str) -> usize {
    let words: Vec<&str> = summary.split([' ', ',', '\n']).collect();
    let pair = words.windows(2).find(|pair| pair[1] == word);
    pair.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// A library with some articles, indexed, and closed.
fn stocked() -> Place {
    let place = Place::new();
    let articles: Vec<_> = (0..ARTICLES).map(article).collect();
    let mut library = place.library();
    library.add(&articles).expect("added");
    library.catch_up().expect("indexed");
    library.settle_all(|| true).expect("grouped");
    place
}

#[test]
fn a_disk_that_runs_full_during_an_import() {
    let place = Place::new();
    place.file("news.jsonl", lines(0..9000));
    let folder = place.library_folder();
    let Some(disk) = Disk::mount(&folder, "size=7m") else {
        return;
    };
    let stopped = place.run(&["import", "news.jsonl"]);
    stopped.check(
        1,
        &["new"],
        &["there is no room left on the disk", "hint: what was reported"],
    );
    let saved = number_before(&stopped.out, "new");
    disk.change("size=200m");
    let there = is_whole(&mut place.library());
    assert_eq!(
        (0..saved).map(id).find(|id| !there.contains(id)),
        None,
        "{stopped:?}"
    );
    place.run(&["import", "news.jsonl"]).check(0, &[], &[]);
    assert_eq!(ids(&place.library()).len(), 9000);
}

#[test]
fn a_file_that_may_not_grow_any_further() {
    let place = Place::new();
    place.file("news.jsonl", lines(0..9000));
    let mut shell = Command::new("sh");
    shell.current_dir(place.dir.path()).env_clear();
    shell
        .env("BEIDE_LIBRARY", place.library_folder())
        .env("LC_ALL", "C");
    shell.args([
        "-c",
        "ulimit -f 3000; exec \"$0\" import news.jsonl",
        env!("CARGO_BIN_EXE_beide"),
    ]);
    let stopped = run(shell, b"");
    stopped.check(1, &["new"], &["disk", "hint: what was reported"]);
    let saved = number_before(&stopped.out, "new");
    let there = is_whole(&mut place.library());
    assert_eq!(
        (0..saved).map(id).find(|id| !there.contains(id)),
        None,
        "{stopped:?}"
    );
}

#[test]
fn a_folder_that_can_only_be_read() {
    let place = stocked();
    let copy = Place::new();
    let folder = copy.library_folder();
    let Some(disk) = Disk::mount(&folder, "size=20m") else {
        return;
    };
    let name = "library.db";
    fs::copy(place.library_folder().join(name), folder.join(name)).expect("a copy");
    disk.change("ro");
    for words in [&["list"][..], &["import", "-"], &["search", "wort3"]] {
        let refused = copy.run(words);
        refused.check(1, &[], &["cannot write to the library folder", "hint:"]);
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            files.extend(files_below(&entry.path()));
        } else {
            files.push(entry.path());
        }
    }
    files.sort();
    files
}

/// Damages a file: cuts it short, turns some bits, empties it, or removes it.
fn damage(file: &Path, random: &mut fastrand::Rng) -> &'static str {
    let mut bytes = fs::read(file).expect("a file");
    let place = random.usize(..bytes.len().max(1));
    let how = match random.u8(..5) {
        0 => {
            bytes.truncate(place);
            "cut short"
        }
        1 => {
            bytes.clear();
            "emptied"
        }
        2 => {
            fs::remove_file(file).expect("removed");
            return "removed";
        }
        _ => {
            for byte in bytes.iter_mut().skip(place).take(1 + random.usize(..40)) {
                *byte ^= random.u8(1..);
            }
            "bits turned"
        }
    };
    fs::write(file, bytes).expect("written");
    how
}

#[test]
fn an_index_damaged_anywhere_is_set_aside_and_comes_back() {
    let stock = stocked();
    let cases = std::env::var("BEIDE_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(16);
    let mut random = fastrand::Rng::with_seed(7);
    let day = jiff::civil::date(2026, 3, 6);
    for case in 0..cases {
        let place = Place::copy_of(&stock);
        let mut files = files_below(&place.library_folder().join("index"));
        files.extend(files_below(&place.library_folder().join("figures")));
        let file = files[random.usize(..files.len())].clone();
        // The program on one copy, the library on another: either may mend what the other should meet.
        let other = Place::copy_of(&stock);
        let same = file.strip_prefix(place.dir.path()).expect("in the place");
        damage(&other.dir.path().join(same), &mut random.clone());
        let asked = other.run(&["search", "Gemeindeblatt"]);
        assert_eq!(
            (asked.status, asked.err.contains("panicked")),
            (0, false),
            "{asked:?}"
        );
        let said = format!("case {case}: {} {}", file.display(), damage(&file, &mut random));
        let mut library = place.library();
        for question in [
            "Gemeindeblatt",
            "wort17",
            "figure:>5",
            "Brücken -fluss3",
            "\"wird saniert\"",
        ] {
            let answer = library.search(&Query::parse(question, day), Page::first(10));
            assert!(answer.is_ok(), "{said}: {question}: {answer:?}");
        }
        library.add(&[article(ARTICLES)]).expect("added");
        library
            .catch_up()
            .unwrap_or_else(|error| panic!("{said}: {error:#}"));
        let found = library.search(&Query::parse("Gemeindeblatt", day), Page::first(1));
        assert!(found.is_ok(), "{said}");
        // Bits that change an answer without breaking it are found by the check, and mended as it says.
        if library.check().expect("a check").index_fault.is_some() {
            place
                .run(&["check"])
                .check(1, &["has faults"], &["hint: `beide reindex`"]);
            place.run(&["reindex"]).check(0, &[], &[]);
        }
        assert_eq!(is_whole(&mut library).len(), ARTICLES + 1, "{said}");
    }
}

#[test]
fn a_damaged_database_gives_what_can_be_read() {
    let stock = stocked();
    for seed in 0..6 {
        let place = Place::copy_of(&stock);
        let file = place.library_folder().join("library.db");
        let mut bytes = fs::read(&file).expect("the database");
        let pages = bytes.len() / 4096;
        let mut random = fastrand::Rng::with_seed(seed);
        // The first pages say which tables there are; without them nothing can be told apart.
        for _ in 0..4 {
            let page = random.usize(pages / 3..pages);
            for byte in bytes.iter_mut().skip(page * 4096).take(4096) {
                *byte = random.u8(..);
            }
        }
        fs::write(&file, bytes).expect("written");
        place.run(&["check"]).check(
            1,
            &["has faults"],
            &["hint: `beide export` saves what can be read"],
        );
        let saved = place.run(&["export"]);
        let lines = saved.out.lines().count();
        assert!(
            lines > ARTICLES / 2,
            "seed {seed}: {lines} articles, {}",
            saved.err
        );
        assert_eq!(saved.status == 0, lines == ARTICLES, "seed {seed}: {}", saved.err);
        let new = Place::new();
        run(new.command(&["import", "-"]), saved.out.as_bytes()).check(0, &["new"], &[]);
        assert_eq!(is_whole(&mut new.library()).len(), lines, "seed {seed}");
        // The reader opens all the same, says what it cannot do, and can be left.
        let mut reader = place.terminal(30, 100, &[]);
        reader.wait_for("beide");
        reader.press("jj\rq*\u{3}");
        assert_eq!(reader.end().0, 0, "seed {seed}");
    }
}

#[test]
fn a_database_without_its_head() {
    let place = stocked();
    let file = place.library_folder().join("library.db");
    let mut bytes = fs::read(&file).expect("the database");
    bytes.iter_mut().take(100).for_each(|byte| *byte = b'x');
    fs::write(&file, &bytes).expect("written");
    for words in [&["list"][..], &["check"], &["export"]] {
        place.run(words).check(
            1,
            &[],
            &["is damaged", "hint: put a copy that `beide backup` made"],
        );
    }
    assert_eq!(
        fs::read(&file).expect("the database"),
        bytes,
        "it is left as it is"
    );
}

#[test]
fn a_newer_library_is_refused_and_left_alone() {
    let place = stocked();
    let file = place.library_folder().join("library.db");
    let database = Connection::open(&file).expect("a database");
    database
        .pragma_update(None, "user_version", 99)
        .expect("a number");
    drop(database);
    let before = fs::read(&file).expect("the database");
    for words in [&["list"][..], &["import", "-"], &["check"], &["reindex"]] {
        place.run(words).check(
            1,
            &[],
            &["written by a newer beide", "hint: install the newest beide"],
        );
    }
    assert_eq!(fs::read(&file).expect("the database"), before);
}

#[test]
fn an_older_library_is_copied_and_brought_forward() {
    let place = Place::new();
    let folder = place.library_folder();
    fs::create_dir_all(&folder).expect("a folder");
    let database = Connection::open(folder.join("library.db")).expect("a database");
    database
        .execute_batch(include_str!("../../src/library/store/schema.sql"))
        .expect("the tables of the first version");
    database
        .execute_batch(
            "INSERT INTO source VALUES (1, 'Bote', 1);
             INSERT INTO article VALUES (1, 'alt-1', 1, 5, 'Alte Brücke', 1, 'de', '2020-01-02', 1577923200, 1577923200, NULL, '', 0, 1, 'merken');
             INSERT INTO body VALUES (1, 'Die alte Brücke kostet 5 Millionen Euro.');
             INSERT INTO tally VALUES ('articles', 1), ('unread', 1), ('starred', 1), ('language:de', 1);
             UPDATE counter SET last = 1;",
        )
        .expect("an article");
    database.pragma_update(None, "user_version", 1).expect("a number");
    drop(database);
    place.run(&["list"]).check(0, &["Alte Brücke"], &[]);
    place.run(&["search", "Brücke"]).check(0, &["1 of 1"], &[]);
    place
        .run(&["show", "alt-1", "--json"])
        .check(0, &["\"starred\":true", "merken"], &[]);
    place.run(&["check"]).check(0, &["the library is sound"], &[]);
    let copy = Connection::open(folder.join("library.version-1.db")).expect("the copy");
    let version: u32 = copy
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("a number");
    let title: String = copy
        .query_row("SELECT title FROM article", [], |row| row.get(0))
        .expect("the article");
    assert_eq!((version, title.as_str()), (1, "Alte Brücke"));
}

#[test]
fn a_report_for_a_bug_holds_nothing_private() {
    let place = stocked();
    let mut library = place.library();
    let mut secret = article(7000);
    secret.headline.title = String::from("Geheimtitel");
    secret.headline.source = String::from("Geheimquelle");
    library.add(&[secret]).expect("added");
    let feed = beide::article::Feed {
        url: String::from("https://geheim.example/feed"),
        title: String::from("Geheimfeed"),
        ..Default::default()
    };
    library.subscribe(&[feed]).expect("subscribed");
    library.catch_up().expect("indexed");
    drop(library);
    let sound = place.run(&["check"]);
    sound.check(0, &["SQLite 3.", "tantivy", "articles: 401", "feeds: 1"], &[]);
    let folder = place.library_folder();
    let meta = files_below(&folder.join("index"));
    let meta = meta
        .iter()
        .find(|file| file.ends_with("meta.json"))
        .expect("the index");
    fs::write(meta, "{").expect("damaged");
    let unsound = place.run(&["check"]);
    assert_eq!(unsound.status, 1);
    let home = place.dir.path().to_string_lossy().into_owned();
    for run in [sound, unsound] {
        for private in ["eheim", home.as_str()] {
            assert!(
                !run.out.contains(private) && !run.err.contains(private),
                "{private}: {run:?}"
            );
        }
    }
}
