//! Feeds taken over, changed, fetched and given away.

use serde_json::Value;

use crate::support::Place;

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
