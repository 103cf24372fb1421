//! What is asked of articles: comparisons, stories, figures, batches.

use serde_json::Value;

use crate::support::Place;

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
fn the_demo_edition_contradicts_itself_where_the_readme_says_so() {
    let place = Place::new();
    let demo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let mut files: Vec<String> = std::fs::read_dir(demo)
        .expect("the demo edition")
        .map(|file| file.expect("a file").path().display().to_string())
        .filter(|file| file.contains("-lead-"))
        .collect();
    files.sort();
    let mut words = vec!["compare", "--json"];
    words.extend(files.iter().map(String::as_str));
    let compared = place.run(&words).json();
    let claims = compared["claims"].as_array().expect("claims").iter();
    let found: Vec<String> = claims
        .filter(|claim| ["conflict", "scale"].contains(&claim["verdict"].as_str().unwrap_or_default()))
        .map(|claim| {
            let mentions = claim["mentions"].as_array().expect("mentions").iter();
            let words = mentions.map(|mention| mention["text"].as_str().unwrap_or_default());
            words.collect::<Vec<_>>().join(" | ")
        })
        .collect();
    assert_eq!(
        found,
        [
            "circa 45 Milliarden Euro | 45 miljard euro | etwa 50 Milliarden Euro",
            "mehr als vier Billionen US-Dollar | meer dan 3,4 miljard euro",
            "über eine Billion Parameter | meer dan een triljoen parameters",
            "11 Prozent | 13 Prozent",
        ]
    );
}
