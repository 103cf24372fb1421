//! Articles added and imported: every kind of bad input, and what comes out again.

use std::fs;

use crate::BRIDGE;
use crate::support::Place;

#[test]
fn what_cannot_be_added_is_named_and_the_rest_is_added() {
    let place = Place::new();
    place.file("gut.txt", BRIDGE);
    place.file("leer.txt", "");
    place.file("weiß.txt", " \n\t\n");
    place.file("bild.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    place.file("viele.jsonl", "{\"text\":\"a\"}\n");
    fs::create_dir(place.path("nichts")).expect("a folder");
    place.file("nichts/daten.csv", "1;2");
    let large = fs::File::create(place.path("groß.txt")).expect("a file");
    large.set_len(200 << 20).expect("a sparse file");
    for (path, words) in [
        (
            "fehlt.txt",
            ["there is no file “fehlt.txt”", "hint: check the name"],
        ),
        ("leer.txt", ["“leer.txt” is empty", "hint:"]),
        ("weiß.txt", ["“weiß.txt” is empty", "hint:"]),
        ("bild.txt", ["“bild.txt” is not text", "hint:"]),
        ("groß.txt", ["“groß.txt” is larger than 16 MB", "hint: split it"]),
        (
            "nichts",
            ["no articles in the folder “nichts”", "hint: files ending in"],
        ),
        (
            "viele.jsonl",
            ["holds many articles", "`beide import viele.jsonl`"],
        ),
    ] {
        let run = place.run(&["add", path, "gut.txt"]);
        run.check(1, &["1 failed"], &words);
    }
    place
        .run(&["list"])
        .check(0, &["Brücke über die Traun fertig"], &[]);
}

#[test]
fn adding_twice_changes_nothing_and_says_so() {
    let place = Place::new();
    place.file("brücke.txt", BRIDGE);
    place
        .run(&["add", "brücke.txt"])
        .check(0, &["added", "1 new"], &[]);
    let again = place.run(&["add", "brücke.txt"]);
    again.check(0, &["already there", "0 new, 1 already there"], &[]);
    let renamed = place.run(&["add", "brücke.txt", "--title", "Anders"]);
    renamed.check(0, &["revised", "0 new, 1 revised"], &[]);
    let list = place.run(&["list", "--json"]).json();
    assert_eq!(list["articles"].as_array().map(Vec::len), Some(1));
    assert_eq!(list["articles"][0]["title"], "Anders");
    assert_eq!(list["articles"][0]["lang"], "de");
}

#[test]
fn folders_standard_input_and_names_that_look_like_options_are_read() {
    let place = Place::new();
    place.file("ordner/a.txt", BRIDGE);
    place.file(
        "ordner/tief/b.md",
        "# Brug klaar\n\nNa *drie* jaar is de brug over de rivier klaar.\n",
    );
    place.file("ordner/.versteckt.txt", "Nicht lesen");
    place.file("ordner/c.csv", "1;2");
    place
        .run(&["add", "ordner"])
        .check(0, &["2 new", "Brug klaar"], &[]);
    place.file(
        "-x.txt",
        "Ein anderer Text\nMit einer Zeile über das Wetter von morgen.\n",
    );
    place.run(&["add", "--", "-x.txt"]).check(0, &["1 new"], &[]);
    let piped = place.run_with(
        &[
            "add",
            "-",
            "--source",
            "Bote",
            "--lang",
            "nl",
            "--date",
            "5. März 2024",
            "--tag",
            "a",
        ],
        b"Kort bericht",
    );
    piped.check(0, &["1 new"], &[]);
    let list = place.run(&["list", "--json"]).json();
    let added = list["articles"]
        .as_array()
        .and_then(|all| all.iter().find(|one| one["source"] == "Bote"))
        .expect("it is there");
    assert_eq!(
        (&added["lang"], &added["published"], &added["tags"][0]),
        (&"nl".into(), &"2024-03-05".into(), &"a".into())
    );
    place
        .run(&["add", "ordner", "--title", "Einer"])
        .check(1, &[], &["--title fits one article", "hint:"]);
}

#[test]
fn other_encodings_are_read_and_reported() {
    let place = Place::new();
    place.file(
        "alt.txt",
        b"Die Br\xfccke ist fertig\nSie f\xfchrt \xfcber die Traun und ist sch\xf6n.",
    );
    place.run(&["add", "alt.txt"]).check(
        0,
        &["Die Brücke ist fertig"],
        &["“alt.txt” is not in UTF-8; it was read as windows-1252"],
    );
}

#[test]
fn what_a_terminal_would_obey_never_comes_out() {
    let place = Place::new();
    let hostile = "T\u{1b}]0;x\u{7}itel\u{202e} \u{9b}2J\u{e0041}\nText mit \u{1b}[31mFarbe\u{200b}\u{200b}, Zeile\u{2028}und a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}.\n";
    place.file("bös\u{1b}[2J.txt", hostile);
    let add = place.run(&["add", "bös\u{1b}[2J.txt", "fehlt\u{1b}[2J\u{202e}.txt"]);
    add.check(1, &["1 new"], &["there is no file"]);
    let id = place.run(&["list", "--json"]).json()["articles"][0]["id"]
        .as_str()
        .expect("an id")
        .to_string();
    let show = place.run(&["show", &id]);
    for text in [
        &add.out,
        &add.err,
        &show.out,
        &place.run(&["list"]).out,
        &place.run(&["export"]).out,
    ] {
        let odd = text.chars().find(|c| {
            c.is_control() && *c != '\n' || matches!(c, '\u{202e}' | '\u{200b}' | '\u{2028}' | '\u{e0041}')
        });
        assert_eq!(odd, None, "{text:?}");
    }
}

#[test]
fn broken_lines_are_named_and_the_rest_is_imported() {
    let place = Place::new();
    let lines = [
        r#"{"id":"a1","text":"Erster Artikel mit etwas Text.","title":"Eins","lang":"de","published":"2024-03-05","tags":["x"]}"#,
        r#"{"id":"a2","text":"#,
        r#"{"id":"a3","title":"Ohne Text"}"#,
        r#"{"id":"a4","text":"lone \ud800 surrogate"}"#,
        r#"{"id":"a5","text":7}"#,
        r#"{"id":"a6","text":"Letzter Artikel mit etwas Text.","read":true,"starred":true,"note":"prüfen"}"#,
    ];
    place.file("news.jsonl", lines.join("\n"));
    let run = place.run(&["import", "news.jsonl"]);
    let named = [
        "line 2: EOF",
        "line 3: the field `text` is missing",
        "line 4: ",
        "line 5: invalid type: integer `7`",
        "hint:",
    ];
    run.check(1, &["2 new, 4 failed"], &named);
    let list = place.run(&["list", "--json"]).json();
    let ids: Vec<&str> = list["articles"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    assert_eq!(ids.len(), 2);
    let kept = place.run(&["show", "a6", "--json"]).json();
    assert_eq!(
        (&kept["read"], &kept["starred"], &kept["note"]),
        (&true.into(), &true.into(), &"prüfen".into())
    );
    place
        .run(&["import", "fehlt.jsonl"])
        .check(1, &[], &["there is no file", "hint:"]);
    place
        .run_with(&["import", "-"], lines[0].as_bytes())
        .check(0, &["0 new, 1 already there"], &[]);
}

#[test]
fn what_is_exported_is_imported_again() {
    let place = Place::new();
    place.file("news.jsonl", r#"{"id":"k 1","url":"https://b.example/1","text":"Text.\nZwei.","title":"\"T\": x","lang":"en","source":"B","published":"2024-03","tags":["x"],"starred":true,"note":"n"}"#);
    place.run(&["import", "news.jsonl"]).check(0, &["1 new"], &[]);
    let exported = place.run(&["export"]);
    let other = Place::new();
    other
        .run_with(&["import", "-"], exported.out.as_bytes())
        .check(0, &["1 new"], &[]);
    assert_eq!(other.run(&["export"]).out, exported.out);
    place
        .run(&["export", "--format", "markdown", "--out", "md"])
        .check(0, &["1 articles written"], &[]);
    let third = Place::new();
    third
        .run(&["add", place.path("md").to_str().expect("UTF-8")])
        .check(0, &["1 new"], &[]);
    let back = third.run(&["show", "k", "--json"]).json();
    assert_eq!(
        (&back["title"], &back["text"], &back["id"]),
        (&"\"T\": x".into(), &"Text.\nZwei.".into(), &"k 1".into())
    );
}
