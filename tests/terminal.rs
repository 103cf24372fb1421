//! The reader in a real terminal: what is typed, what is seen, and that the terminal is given back.

#[allow(dead_code, reason = "each program of tests uses a part of it")]
mod support;

use support::Place;

#[test]
fn from_the_first_screen_to_two_articles_side_by_side_and_out() {
    let place = Place::new();
    let mut reader = place.terminal(36, 120, &["demo"]);
    reader.wait_for("Dogger Ost");
    reader.press("\r");
    reader.wait_for("2 of 5 sources");
    reader.press("q");
    reader.wait_for("/ search");
    reader.press("q");
    reader.leaves();
}

#[test]
fn a_search_finds_while_it_is_typed() {
    let place = Place::new();
    let mut reader = place.terminal(24, 80, &["demo"]);
    reader.wait_for("Jan 2025");
    reader.press("/fietsbrug");
    reader.wait_for("1 hit");
    reader.press("\u{1b}");
    reader.wait_for("space choose");
    reader.press("\u{3}");
    reader.leaves();
}

#[test]
fn an_empty_library_says_what_beide_is_for() {
    let place = Place::new();
    let mut reader = place.terminal(24, 80, &[]);
    reader.wait_for("beide demo");
    reader.press("q");
    reader.leaves();
}

#[test]
fn the_demo_can_be_opened_from_an_empty_library() {
    let place = Place::new();
    let mut reader = place.terminal(36, 120, &[]);
    reader.wait_for("d demo");
    reader.press("d");
    reader.wait_for("Jan 2025");
    reader.press("q");
    reader.leaves();
}

#[test]
fn what_another_process_syncs_appears_in_the_open_reader() {
    let place = Place::new();
    let mut reader = place.terminal(24, 100, &[]);
    reader.wait_for("d demo");
    let text = "Brücke über den Rhein gesperrt\n\nDie Stadt sperrt die Brücke für 3 Monate.\n";
    place.file("inbox/a.txt", text);
    let folder = place.path("inbox");
    let folder = folder.to_str().expect("a path");
    for arguments in [&["feeds", "add", folder][..], &["sync"]] {
        assert_eq!(place.run(arguments).status, 0);
    }
    reader.wait_for("Brücke über den Rhein");
    reader.wait_for("synced");
    reader.press("F");
    reader.wait_for("1 feed");
    reader.press("\r");
    reader.wait_for("Brücke über den Rhein");
    reader.press("Q");
    reader.leaves();
}

#[test]
fn the_system_may_end_it_at_any_time() {
    for signal in ["-TERM", "-HUP", "-INT"] {
        let place = Place::new();
        let mut reader = place.terminal(24, 80, &["demo"]);
        reader.wait_for("beide");
        reader.signal(signal);
        reader.leaves();
    }
}

#[test]
fn the_smallest_terminal_is_enough_to_get_out_of() {
    let place = Place::new();
    let mut reader = place.terminal(5, 10, &["demo"]);
    reader.wait_for("Nor");
    reader.press("?q\r");
    reader.resize(30, 100);
    reader.wait_for("sources");
    reader.press("Q");
    reader.leaves();
}

/// A program in the reader's folder that writes these words into the file it is given.
#[cfg(unix)]
fn editor_that_writes(place: &Place, words: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = place.file("editor", format!("#!/bin/sh\nprintf '%s' '{words}' > \"$1\"\n"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).expect("a program");
}

#[cfg(unix)]
#[test]
fn a_remark_comes_from_the_editor_and_can_be_taken_back() {
    let place = Place::new();
    let mut reader = place.terminal(36, 120, &["demo"]);
    editor_that_writes(&place, "Nachfragen bei der Pressestelle");
    reader.wait_for("Dogger Ost");
    reader.wait_for("HANGZHOU");
    reader.press("N");
    reader.wait_for("Nachfragen bei der Pressestelle");
    reader.press("#merken\r");
    reader.wait_for("#merken");
    reader.press("uu");
    reader.wait("the remark is gone", |screen| {
        let shown = screen.contents();
        !shown.contains("Nachfragen") && !shown.contains("#merken") && shown.contains("HANGZHOU")
    });
    reader.press("Q");
    reader.leaves();
}

#[test]
fn the_terminal_says_that_it_is_light_and_nothing_is_typed_by_that() {
    let place = Place::new();
    let mut reader = place.terminal(24, 80, &["demo"]);
    reader.wait_for("Jan 2025");
    let name = |screen: &vt100::Screen| screen.cell(0, 1).map(vt100::Cell::fgcolor);
    let dark = name(reader.screen());
    reader.press("\u{1b}]11;rgb:ffff/fafa/f0f0\u{1b}\\");
    reader.wait("another theme", |screen| name(screen) != dark);
    reader.press("?");
    reader.wait_for("Keys  Stories");
    reader.press("Q");
    reader.leaves();
}

#[test]
fn what_was_listed_is_listed_again() {
    let place = Place::new();
    place.file("article.txt", "Nieuwe brug\nDe brug is 400 meter lang.");
    place.run(&["add", "article.txt"]).check(0, &[], &[]);
    let mut reader = place.terminal(24, 80, &[]);
    reader.wait_for("Nieuwe brug");
    reader.press("t");
    reader.wait_for("beide  Articles");
    reader.press("Q");
    reader.leaves();
    let mut reader = place.terminal(24, 80, &[]);
    reader.wait_for("beide  Articles");
    reader.press("Q");
    reader.leaves();
}

#[test]
fn drawing_anew_and_coming_back_from_the_shell_show_the_same_screen() {
    let place = Place::new();
    let mut reader = place.terminal(24, 80, &["demo"]);
    reader.wait_for("Jan 2025");
    reader.press("\u{c}?");
    reader.wait_for("Keys  Stories");
    reader.press("q");
    reader.signal("-CONT");
    reader.wait_for("Jan 2025");
    reader.press("Q");
    reader.leaves();
}

#[test]
fn a_changed_configuration_counts_at_once_and_its_faults_are_told() {
    let place = Place::new();
    let mut reader = place.terminal(24, 110, &["demo"]);
    reader.wait_for("Jan 2025");
    place.file("config.toml", "[keys]\nX = 'help'\n");
    reader.press("gc");
    reader.wait_for("configuration");
    reader.press("X");
    reader.wait_for("Keys  Stories");
    reader.press("q");
    place.file("config.toml", "[keys]\nX = 'hlep'\n");
    reader.press("gc");
    reader.wait_for("line 2: no command is called");
    reader.press("Q");
    reader.leaves();
}
