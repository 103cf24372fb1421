//! Wrong usage, broken libraries and configurations, and what a library needs from time to time.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use crate::BRIDGE;
use crate::support::Place;

#[test]
fn wrong_usage_is_told_apart_from_failure() {
    let place = Place::new();
    for words in [
        &["nonsense"][..],
        &["add"],
        &["show"],
        &["add", "x", "--lang", "fr"],
        &["add", "x", "--date", "gestern"],
        &["figures", "--batch", "--json"],
        &["list", "--nonsense"],
    ] {
        let run = place.run(words);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{words:?}: {}", run.err);
    }
    place
        .run(&["--help"])
        .check(0, &["Usage: beide", "add", "import"], &[]);
    place
        .run(&["--version"])
        .check(0, &[env!("CARGO_PKG_VERSION")], &[]);
}

#[test]
fn a_library_that_cannot_be_opened_is_explained() {
    let place = Place::new();
    place.file("gut.txt", BRIDGE);
    place.file("library", "a file where the folder should be");
    place
        .run(&["add", "gut.txt"])
        .check(1, &[], &["library", "hint:"]);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let place = Place::new();
    let lines: String = (0..3000)
        .map(|number| format!("{{\"id\":\"a{number}\",\"text\":\"Artikel {number} mit Text.\"}}\n"))
        .collect();
    place
        .run_with(&["import", "-"], lines.as_bytes())
        .check(0, &["3000 new"], &[]);
    let mut child = place
        .command(&["list"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = [0; 10];
    child
        .stdout
        .take()
        .expect("standard output")
        .read_exact(&mut first)
        .expect("a beginning");
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).as_ref()
        ),
        (Some(0), "")
    );
}

#[test]
fn the_configuration_is_checked_by_line() {
    let place = Place::new();
    place.run(&["config"]).check(0, &["no configuration at"], &[]);
    place.file("config.toml", "# meine\nlanguage = \"nl\"\n");
    place.run(&["config", "check"]).check(0, &["is in orde"], &[]);
    place
        .run(&["config", "show"])
        .check(0, &["language = \"nl\"\n", "library = \"\"  # standaard"], &[]);
    place.file("config.toml", "\nlangauge = \"nl\"\n");
    let words = [
        "unknown option `langauge`",
        "line 2",
        "hint: did you mean `language`?",
    ];
    place.run(&["config", "check"]).check(1, &["1 faults"], &words);
    place.run(&["list"]).check(1, &[], &words);
    place.run(&["completions", "bash"]).check(0, &["beide"], &[]);
    place.run(&["man"]).check(0, &[".TH beide"], &[]);
}

#[test]
fn the_library_is_looked_after() {
    let place = Place::new();
    place.file("gut.txt", BRIDGE);
    place.run(&["add", "gut.txt"]).check(0, &["1 new"], &[]);
    place
        .run(&["check"])
        .check(0, &["articles: 1", "the library is sound"], &[]);
    place.run(&["reindex"]).check(0, &["1 articles indexed"], &[]);
    place
        .run(&["backup", "kopie.db"])
        .check(0, &["copied to “kopie.db”"], &[]);
    assert!(place.path("kopie.db").exists());
    place
        .run(&["backup", "kopie.db"])
        .check(1, &[], &["is already there", "hint:"]);
}

#[test]
fn no_file_outside_the_library_is_written() {
    let place = Place::new();
    place.file("gut.txt", BRIDGE);
    place.run(&["add", "gut.txt"]).check(0, &["1 new"], &[]);
    let mut names: Vec<String> = entries(place.dir.path());
    names.sort();
    assert_eq!(names, ["gut.txt", "library"]);
}

fn entries(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder").flatten();
    names
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}
