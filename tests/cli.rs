//! The program as it is called: every kind of bad input, exit statuses, and what goes where.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A folder of its own with a library in it.
struct Place {
    dir: tempfile::TempDir,
}

/// What a run of the program came to.
#[derive(Debug)]
struct Run {
    status: i32,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(&path, content).expect("a file");
        path
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_beide"));
        command.args(words).current_dir(self.dir.path()).env_clear();
        command
            .env("BEIDE_LIBRARY", self.path("library"))
            .env("BEIDE_CONFIG", self.path("config.toml"));
        command.env("HOME", self.dir.path()).env("LC_ALL", "C");
        command
    }

    fn run(&self, words: &[&str]) -> Run {
        self.run_with(words, b"")
    }

    fn run_with(&self, words: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(words);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("standard input");
        let input = input.to_vec();
        let writer = std::thread::spawn(move || {
            // Who does not read its input closes it; that is its right.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().expect("the program ends");
        writer.join().expect("all is written");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Run {
            status: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

impl Run {
    /// Checks the exit status and that standard output and standard error hold these words.
    #[track_caller]
    fn check(&self, status: i32, out: &[&str], err: &[&str]) -> &Self {
        assert_eq!(self.status, status, "{self:?}");
        for words in out {
            assert!(
                self.out.contains(words),
                "{words:?} is not in {}\n{}",
                self.out,
                self.err
            );
        }
        for words in err {
            assert!(
                self.err.contains(words),
                "{words:?} is not in {}\n{}",
                self.err,
                self.out
            );
        }
        if err.is_empty() {
            assert_eq!(self.err, "", "nothing was wrong");
        }
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

const BRIDGE: &str =
    "Brücke über die Traun fertig\nNach drei Jahren ist die Brücke fertig. Sie kostete 40 Millionen Euro.\n";

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

#[test]
fn keys_are_given_by_their_beginning() {
    let place = Place::new();
    let lines = "{\"id\":\"ab1\",\"text\":\"Eins.\"}\n{\"id\":\"ab2\",\"text\":\"Zwei.\"}\n";
    place
        .run_with(&["import", "-"], lines.as_bytes())
        .check(0, &["2 new"], &[]);
    place.run(&["show", "ab1"]).check(0, &["Eins."], &[]);
    place
        .run(&["show", "ab"])
        .check(1, &[], &["“ab” fits 2 articles", "hint: give more"]);
    place
        .run(&["show", "zz"])
        .check(1, &[], &["no article “zz”", "hint: `beide list`"]);
}

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
fn articles_are_compared_as_files_and_from_the_library() {
    let place = Place::new();
    place.file(
        "a.txt",
        "Brücke fertig\nDie Brücke über die Traun kostete den Bund 40 Millionen Euro, sagte der Minister.",
    );
    place.file(
        "b.txt",
        "Brug klaar\nDe brug over de Traun kostte de staat 40 miljoen euro, zei de minister.",
    );
    let run = place.run(&["compare", "a.txt", "b.txt", "--json"]);
    run.check(0, &[], &[]);
    assert!(!place.path("library").exists(), "files alone need no library");
    let compared = run.json();
    let claim = &compared["claims"][0];
    assert_eq!(
        (&claim["verdict"], &claim["mentions"][1]["value"]),
        (&"agree".into(), &"40000000".into()),
        "{compared}"
    );
    let mention = &claim["mentions"][0];
    let text = "Die Brücke über die Traun kostete den Bund 40 Millionen Euro, sagte der Minister.";
    let span = mention["start"]
        .as_u64()
        .zip(mention["end"].as_u64())
        .expect("a span");
    let words = text.get(usize::try_from(span.0).expect("small")..usize::try_from(span.1).expect("small"));
    assert_eq!(words, mention["text"].as_str());
    assert_eq!(compared["passages"][0]["cells"], serde_json::json!([[0], [0]]));
    place
        .run(&["compare", "a.txt", "b.txt"])
        .check(0, &["✓", "40 Millionen Euro", "40 miljoen euro"], &[]);
    place.run(&["compare", "a.txt", "b.txt", "--markdown"]).check(
        0,
        &["# Brücke fertig", "| ✓ agree |"],
        &[],
    );
    place.run(&["compare", "a.txt", "b.txt", "--html"]).check(
        0,
        &["<!doctype html>", "40 miljoen euro</mark>"],
        &[],
    );
    place.run(&["add", "a.txt"]).check(0, &["1 new"], &[]);
    let id = place.run(&["list", "--json"]).json()["articles"][0]["id"]
        .as_str()
        .expect("an id")
        .to_string();
    place
        .run(&["compare", &id, "b.txt"])
        .check(0, &["40 miljoen euro"], &[]);
    place.run(&["compare", "a.txt"]).check(2, &[], &["2 values"]);
    place
        .run(&["compare", "a.txt", "fehlt.txt"])
        .check(1, &[], &["there is no file “fehlt.txt”"]);
    place
        .run(&["compare", "a.txt", "zzz"])
        .check(1, &[], &["no article “zzz”"]);
}

#[test]
fn stories_gather_the_articles_of_one_event() {
    let place = Place::new();
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo");
    place.run(&["add", demo]).check(0, &["15 new"], &[]);
    let told = place.run(&["stories", "--json"]).json();
    let stories = told["stories"].as_array().expect("a list");
    let articles = |story: &Value| story["articles"].as_array().map_or(0, Vec::len);
    assert_eq!(stories.iter().map(articles).sum::<usize>(), 15);
    assert!(
        stories
            .iter()
            .any(|story| articles(story) == 5 && story["langs"] == serde_json::json!(["de", "nl"])),
        "{told}"
    );
    place.run(&["stories"]).check(0, &["(5 articles)"], &[]);
    let told = place
        .run(&["stories", "figure:380mrd", "lang:nl", "--json"])
        .json();
    let story = &told["stories"][0];
    assert_eq!(told["stories"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!((articles(story), &story["origins"]), (5, &serde_json::json!(5)));
    assert_eq!(story["languages"].as_array().map(Vec::len), Some(2), "{told}");
    assert!(story["contradictions"]["conflict"].as_u64() > Some(0), "{told}");
    assert!(
        story["claims"][0]["values"].as_array().map(Vec::len) > Some(1),
        "{told}"
    );
    let none = place.run(&["stories", "zeppelin", "--json"]).json();
    assert_eq!(none, serde_json::json!({"stories": []}));
}

#[test]
fn figures_of_a_text_are_given_as_json() {
    let place = Place::new();
    let text = "Der Konzern investiert mehr als 380 Milliarden Yuan.";
    let run = place.run_with(&["figures", "--json"], text.as_bytes());
    let expected = r#"{"lang":"de","figures":[{"start":23,"end":51,"text":"mehr als 380 Milliarden Yuan","kind":"money","value":"380000000000","unit":"CNY","bound":"more_than"}]}"#;
    assert_eq!((run.status, run.out.trim_end()), (0, expected));
    place.run_with(&["figures"], text.as_bytes()).check(
        0,
        &["mehr als 380 Milliarden Yuan", "380000000000 CNY"],
        &[],
    );
    place
        .run(&["figures", "fehlt.txt"])
        .check(1, &[], &["there is no file"]);
    place.run_with(&["figures", "--json", "--lang", "de"], b"").check(
        0,
        &["{\"lang\":\"de\",\"figures\":[]}"],
        &[],
    );
}

#[test]
fn a_batch_answers_every_line_in_order() {
    let place = Place::new();
    let lines = "{\"id\":\"a\",\"lang\":\"de\",\"text\":\"Es sind 12 Prozent.\"}\n{\"id\":7,\"lang\":\"nl\",\"text\":\"Dat kost 3 euro.\"}\nkaputt\n{\"id\":\"b\",\"lang\":\"de\",\"text\":\"Nichts.\"}";
    let run = place.run_with(&["figures", "--batch"], lines.as_bytes());
    run.check(1, &[], &["line 3: expected value"]);
    let answers: Vec<Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(
        ids,
        [
            &Value::from("a"),
            &Value::from(7),
            &Value::Null,
            &Value::from("b")
        ]
    );
    assert_eq!(
        (
            &answers[0]["figures"][0]["value"],
            &answers[1]["figures"][0]["unit"]
        ),
        (&"12".into(), &"EUR".into())
    );
    assert_eq!(answers[3]["figures"], Value::Array(vec![]));
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

/// The commands of a help page, and the lines of its examples.
fn told(help: &str) -> (Vec<&str>, Vec<&str>) {
    let below = |head: &'static str| {
        let from = help.lines().skip_while(move |line| *line != head).skip(1);
        from.take_while(|line| line.starts_with("  ")).map(str::trim)
    };
    let commands = below("Commands:").filter_map(|line| line.split(' ').next());
    (commands.collect(), below("Examples:").collect())
}

#[test]
#[cfg(unix)]
fn every_example_of_the_help_runs_as_it_is_printed() {
    let place = Place::new();
    let article = |id: &str, text: &str| format!("{{\"id\":\"{id}\",\"lang\":\"nl\",\"text\":\"{text}\"}}\n");
    place.file(
        "articles.jsonl",
        article("dagkoers-1", "Er kwam 380 miljard yuan bij."),
    );
    for name in ["article.txt", "one.txt", "other.txt", "inbox/note.txt"] {
        place.file(name, format!("De kop van {name}\nEr kwamen 4.800 mensen."));
    }
    place.file(
        "list.opml",
        "<opml><body><outline xmlUrl=\"http://127.0.0.1:9/feed\"/></body></opml>",
    );
    fs::create_dir_all(place.path(".local/share/bash-completion/completions")).expect("a folder");
    place.file("eurofxref-hist.csv", "Date,USD,CNY\n2025-02-24,1.05,7.61\n");
    place.run(&["import", "articles.jsonl"]).check(0, &[], &[]);
    let mut pages = vec![String::new()];
    let mut ran = 0;
    while let Some(page) = pages.pop() {
        let mut words: Vec<&str> = page.split_whitespace().collect();
        words.push("--help");
        let help = place.run(&words);
        let (commands, examples) = told(&help.out);
        pages.extend(
            commands
                .iter()
                .filter(|name| **name != "help")
                .map(|name| format!("{page} {name}")),
        );
        for line in examples {
            ran += 1;
            runs(&place, line);
        }
    }
    assert!(ran > 30, "only {ran} examples were found");
}

/// Checks that a shell runs a line without complaint; what needs the network must at least be rightly asked.
#[cfg(unix)]
fn runs(place: &Place, line: &str) {
    if line == "beide feeds remove inbox" {
        place.run(&["feeds", "add", "inbox"]);
    }
    let program = Path::new(env!("CARGO_BIN_EXE_beide"));
    let path = format!("{}:/usr/bin:/bin", program.parent().expect("a folder").display());
    let mut shell = Command::new("sh");
    let template = place.command(&[]);
    shell.args(["-c", line]).current_dir(place.dir.path()).env_clear();
    shell.envs(
        template
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    shell.env("PATH", path).env("HTTPS_PROXY", "http://127.0.0.1:9");
    let output = shell.stdin(Stdio::null()).output().expect("a shell");
    let status = output.status.code().unwrap_or(-1);
    let said = String::from_utf8_lossy(&output.stderr);
    let far = line.contains("https://") || line == "beide sync" || line == "beide sync --json";
    assert!(
        status == 0 || (far && status == 1),
        "`{line}` ends with {status}: {said}"
    );
    let _ = fs::remove_file(place.path("beide.sqlite"));
}

#[test]
fn the_help_speaks_the_language_of_the_environment() {
    let place = Place::new();
    let help = |language: &str, words: &[&str]| {
        let mut command = place.command(words);
        let output = command
            .env("LC_ALL", language)
            .output()
            .expect("the program starts");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (status, out, _) = help("de_DE.UTF-8", &["sync", "--help"]);
    assert_eq!(status, Some(0));
    assert!(
        out.contains("Holt die Feeds") && out.contains("Aufruf:") && out.contains("Beispiele:"),
        "{out}"
    );
    let (status, out, err) = help("nl_NL.UTF-8", &["sync", "--nooit"]);
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(err.contains("onbekend argument '--nooit'"), "{err}");
}

#[test]
fn every_command_named_in_the_readme_exists() {
    let place = Place::new();
    let page = include_str!("../README.md");
    let mut lines: Vec<&str> = Vec::new();
    for (place, part) in page.split("```").enumerate() {
        if place % 2 == 1 {
            lines.extend(part.lines());
        } else {
            lines.extend(part.split('`').skip(1).step_by(2));
        }
    }
    let plain = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
    let called = lines.iter().filter_map(|line| line.strip_prefix("beide "));
    let named: Vec<Vec<&str>> = called
        .map(|line| line.split(' ').take_while(plain).take(2).collect())
        .filter(|words: &Vec<&str>| !words.is_empty())
        .collect();
    assert!(named.len() > 15, "only {named:?}");
    let pages = |words: &[&str]| place.run(&[words, &["--help"]].concat()).out;
    let whole = pages(&[]);
    let (commands, _) = told(&whole);
    for words in &named {
        assert!(commands.contains(&words[0]), "`beide {}` is named", words[0]);
        let below = pages(&words[..1]);
        if let (Some(sub), true) = (words.get(1), below.contains("Commands:")) {
            assert!(
                told(&below).0.contains(sub),
                "`beide {} {sub}` is named",
                words[0]
            );
        }
    }
}

#[test]
fn restatements_are_judged_by_the_rates_of_their_days() {
    let place = Place::new();
    let article = |name: &str, language: &str, date: &str, text: &str| {
        let head = format!("---\ntitle: Nordlicht\nlang: {language}\ndate: {date}\n---\n\n");
        place.file(name, head + text);
    };
    article(
        "a.md",
        "de",
        "2024-01-10",
        "Die Werft Nordlicht investiert 80 Milliarden Yuan (rund 10,5 Milliarden Euro) in neue Docks.\n",
    );
    article(
        "b.md",
        "nl",
        "2025-06-02",
        "De werf Nordlicht investeert 80 miljard yuan (ongeveer 9,8 miljard euro) in nieuwe dokken.\n",
    );
    let verdict = || {
        let run = place.run(&["compare", "a.md", "b.md", "--json"]);
        let claims = run.json()["claims"].clone();
        let claims = claims.as_array().cloned().unwrap_or_default();
        let again = claims.into_iter().find(|claim| !claim["restates"].is_null());
        let again = again.expect("a sum in euros");
        format!("{}: {}", again["verdict"], again["note"])
    };
    let before = verdict();
    assert!(
        before.starts_with("\"conflict\"") && before.contains("the rate may have moved"),
        "{before}"
    );
    place.run(&["rates"]).check(0, &["none"], &[]);
    place.file("kaputt.csv", "<html>");
    place.run(&["rates", "import", "kaputt.csv"]).check(
        1,
        &[],
        &["there are no rates in “kaputt.csv”", "eurofxref-hist.csv"],
    );
    place.file(
        "kurse.csv",
        "Date,USD,CNY,ISK,\n2025-05-30,1.13,8.16,N/A,\n2024-01-10,1.09,7.83,149.9,\n2024-01-09,x,7.84,150.1,\n",
    );
    place.run(&["rates", "import", "kurse.csv"]).check(
        1,
        &[
            "3 days of 3 currencies, 2024-01-09 to 2025-05-30",
            "1 entries could not be read",
        ],
        &["kurse.csv, line 4: “x” is no rate of USD"],
    );
    let conflict = verdict();
    assert!(conflict.starts_with("\"conflict\""), "{conflict}");
    place.file("mehr.csv", "Date,CNY\n2024-01-10,7.62\n");
    place
        .run(&["rates", "import", "mehr.csv"])
        .check(0, &["3 days of 3 currencies"], &[]);
    assert_eq!(
        verdict(),
        "\"restated\": \"each fits the reference rate of its day: ① 7.62, ② 8.16 CNY/EUR\""
    );
    place.file("config.toml", "[rates]\nyearly = 'jahre.txt'\n");
    place.file("jahre.txt", "year USD\n2024 null\n");
    place.run(&["compare", "a.md", "b.md"]).check(
        1,
        &[],
        &["jahre.txt, line 2: not a table of yearly rates"],
    );
}

#[test]
fn feeds_are_taken_over_changed_fetched_and_given_away() {
    let place = Place::new();
    place.file(
        "inbox/a.txt",
        "Horoskop der Woche\n\nDie Sterne stehen gut für alle, die lange warten konnten.\n",
    );
    place.file(
        "inbox/b.txt",
        "Brücke gesperrt\n\nDie Stadt sperrt die Brücke für drei Monate, wie der Rat beschloss.\n",
    );
    place.file("config.toml", "[feeds]\ndrop = ['title: Horoskop']\n");
    place.file(
        "urls",
        "https://bote.example/feed nieuws \"~Der Bote\"\nquery:x\nftp://alt.example/f\n",
    );
    let opml = "<opml version='1.0'><body><outline text='Politik'><outline text='Kurier & Co' xmlUrl='https://kurier.example/rss'></outline>";
    place.file("feeds.opml", opml);
    // The address that is none is named, the rest is taken over.
    assert_eq!(place.run(&["feeds", "import", "urls"]).status, 1);
    assert_eq!(place.run(&["feeds", "import", "feeds.opml"]).status, 0);
    assert_eq!(place.run(&["feeds", "add", "inbox"]).status, 0);
    let changed = place.run(&[
        "feeds",
        "set",
        "inbox",
        "--title",
        "Eingang",
        "--lang",
        "de",
        "--full-text",
        "on",
    ]);
    assert_eq!(changed.status, 0, "{changed:?}");
    let feeds = |place: &Place| {
        let json: Value = serde_json::from_str(&place.run(&["feeds", "--json"]).out).expect("JSON");
        json["feeds"].as_array().expect("feeds").clone()
    };
    let titles: Vec<Value> = feeds(&place).iter().map(|feed| feed["title"].clone()).collect();
    assert_eq!(titles, ["Der Bote", "Kurier & Co", "Eingang"]);
    assert_eq!(feeds(&place)[1]["tags"][0], "Politik");
    assert_eq!(
        (&feeds(&place)[2]["lang"], &feeds(&place)[2]["full_text"]),
        (&Value::from("de"), &Value::from(true))
    );
    place.run(&["feeds", "set", "Eingang", "--full-text", "off"]);
    assert_eq!(feeds(&place)[2]["full_text"], false);
    let synced: Value = serde_json::from_str(&place.run(&["sync", "Eingang", "--json"]).out).expect("JSON");
    assert_eq!(
        (&synced["new"], &synced["dropped"]),
        (&Value::from(1), &Value::from(1))
    );
    // The rules of another day, tried without doing anything.
    place.file("config.toml", "[feeds]\ndrop = ['Brücke']\n");
    let rehearsed = place.run(&["sync", "Eingang", "--dry-run"]);
    assert!(
        rehearsed.out.contains("Brücke gesperrt") && rehearsed.out.contains("1 of 1"),
        "{rehearsed:?}"
    );
    assert_eq!(feeds(&place)[2]["articles"], 1);
    let given = place.run(&["feeds", "export"]).out;
    place.file("again.opml", &given);
    let again = place.run(&["feeds", "import", "again.opml"]);
    assert!(again.out.starts_with("0 new"), "{again:?}");
    assert_eq!(place.run(&["feeds", "remove", "Kurier"]).status, 0);
    assert_eq!(feeds(&place).len(), 2);
}

#[test]
fn what_newsboat_kept_is_taken_over_with_what_was_read() {
    let place = Place::new();
    rusqlite::Connection::open(place.path("cache.db"))
        .and_then(|store| {
            store.execute_batch(
                "CREATE TABLE rss_feed (rssurl TEXT, url TEXT, title TEXT);
                 CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid TEXT, title TEXT, author TEXT, url TEXT, feedurl TEXT,
                    pubDate INTEGER, content TEXT, unread INTEGER, deleted INTEGER DEFAULT 0);
                 INSERT INTO rss_feed VALUES ('https://bote.example/feed', 'https://bote.example/', 'Der Bote');
                 INSERT INTO rss_item (guid, title, url, feedurl, pubDate, content, unread) VALUES
                    ('1', 'Deich erhöht', 'https://bote.example/1', 'https://bote.example/feed', 1740389400,
                     '<p>Der Deich wird um 30 Zentimeter erhöht.</p>', 0),
                    ('2', 'Brücke gesperrt', 'https://bote.example/2', 'https://bote.example/feed', 1740389500,
                     '<p>Die Brücke bleibt drei Monate gesperrt.</p>', 1);",
            )
        })
        .expect("a store of newsboat's");
    place.run(&["feeds", "import", "cache.db"]).check(0, &["2"], &[]);
    place.run(&["feeds", "import", "cache.db"]).check(0, &["0"], &[]);
    let titles = |question: &str| {
        let found: Value =
            serde_json::from_str(&place.run(&["search", question, "--json"]).out).expect("JSON");
        let hits = found["hits"].as_array().expect("hits").clone();
        hits.iter()
            .map(|hit| hit["title"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(titles("is:unread"), ["\"Brücke gesperrt\""]);
    assert_eq!(titles("is:read"), ["\"Deich erhöht\""]);
}
