//! A library and a few sites on loopback.

use super::keep::patience;
use super::*;
use crate::intake::Patience;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex};

/// Serves what `answer` says to a path and whether the request was conditional; the site's address.
fn site(answer: impl Fn(&str, bool) -> (&'static str, String) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            thread::spawn(move || {
                let mut request = String::new();
                let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
                while reader.read_line(&mut request).is_ok_and(|read| read > 2) {}
                let path = request.split(' ').nth(1).unwrap_or_default();
                let (head, body) = answer(path, request.contains("if-none-match"));
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
                );
            });
        }
    });
    url
}

fn feed_of(ids: &[&str]) -> String {
    let items: String = ids
        .iter()
        .map(|id| format!("<item><title>Titel {id}</title><link>https://a.example/{id}</link><description>Ein Text {id}.</description></item>"))
        .collect();
    format!("<rss version=\"2.0\"><channel><title>Der Bote</title>{items}</channel></rss>")
}

fn subscribed(urls: &[String]) -> Library {
    let mut library = Library::in_memory().expect("a library");
    let feeds: Vec<Feed> = urls
        .iter()
        .map(|url| Feed {
            url: url.clone(),
            tags: vec!["markt".into()],
            ..Feed::default()
        })
        .collect();
    library.subscribe(&feeds).expect("subscribed");
    library
}

fn client() -> Client {
    Client::new("beide/test", Patience::default())
}

fn run(library: &mut Library, insist: bool) -> Vec<Synced> {
    run_by(library, insist, &Rules::default())
}

fn run_by(library: &mut Library, insist: bool, rules: &Rules) -> Vec<Synced> {
    let feeds = library.subscriptions().expect("feeds");
    let mut heard = 0;
    let run = Run {
        client: &client(),
        manners: &Manners::default(),
        rules,
        insist,
        stop: &AtomicBool::new(false),
    };
    let mut all = sync(library, &feeds, run, |_| heard += 1).expect("synced");
    assert_eq!((heard, all.len()), (feeds.len(), feeds.len()));
    all.sort_by(|a, b| a.url.cmp(&b.url));
    all
}

#[test]
fn feeds_bring_articles_once() {
    let url = site(|_, conditional| match conditional {
        true => ("304 Not Modified", String::new()),
        false => ("200 OK\r\nETag: \"1\"", feed_of(&["1", "2"])),
    });
    let mut library = subscribed(&[url]);
    let first = run(&mut library, false);
    assert_eq!(
        first[0].result,
        Brought::Articles {
            new: 2,
            revised: 0,
            repaired: None
        }
    );
    assert_eq!(first[0].name, "Der Bote");
    assert!(matches!(run(&mut library, false)[0].result, Brought::NotDue(_)));
    assert_eq!(run(&mut library, true)[0].result, Brought::Nothing);
    let entries = library
        .headlines(&crate::library::Filter::default(), None, 9)
        .expect("a list");
    assert!(
        entries
            .iter()
            .all(|entry| entry.headline.source == "Der Bote" && entry.headline.tags == ["markt"])
    );
    // The validator that the 304 left out is kept.
    assert_eq!(
        library.subscriptions().expect("feeds")[0].state.etag.as_deref(),
        Some("\"1\"")
    );
}

#[test]
fn trouble_with_one_feed_leaves_the_others_alone() {
    let url = site(|path, _| match path {
        "/1" => ("200 OK", feed_of(&["1"])),
        "/2" => ("404 Not Found", String::new()),
        "/3" => ("410 Gone", String::new()),
        "/4" => (
            "200 OK",
            "<html><link rel=alternate type=application/rss+xml href=/1></html>".into(),
        ),
        "/5" => ("429 Too Many Requests\r\nRetry-After: 7200", String::new()),
        "/6" => (
            "200 OK",
            feed_of(&["6"]).replace("</channel></rss>", "<item><title>Offen & "),
        ),
        _ => ("200 OK", "nichts".into()),
    });
    let urls: Vec<String> = (1..8).map(|number| format!("{url}/{number}")).collect();
    let mut library = subscribed(&urls);
    let all = run(&mut library, false);
    let results: Vec<&Brought> = all.iter().map(|synced| &synced.result).collect();
    assert_eq!(
        results[0],
        &Brought::Articles {
            new: 1,
            revised: 0,
            repaired: None
        }
    );
    assert_eq!(results[1], &Brought::Failed(Trouble::Status(404)));
    assert_eq!(results[2], &Brought::Failed(Trouble::Gone));
    assert_eq!(
        results[3],
        &Brought::Failed(Trouble::NoFeed(vec![format!("{url}/1")]))
    );
    assert_eq!(results[4], &Brought::Failed(Trouble::Status(429)));
    assert!(
        matches!(
            results[5],
            Brought::Articles {
                new: 1..,
                repaired: Some(_),
                ..
            }
        ),
        "{:?}",
        results[5]
    );
    assert_eq!(results[6], &Brought::Failed(Trouble::NoFeed(vec![])));
    // A site that asked us to wait is not asked again, even where the reader insists.
    assert!(matches!(run(&mut library, true)[4].result, Brought::NotDue(_)));
}

#[test]
fn a_host_sees_two_connections_at_most() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(0)));
    let seen = Arc::clone(&most);
    let url = site(move |_, _| {
        let busy = now.fetch_add(1, Ordering::SeqCst) + 1;
        let mut highest = seen.lock().expect("a lock");
        *highest = busy.max(*highest);
        drop(highest);
        thread::yield_now();
        now.fetch_sub(1, Ordering::SeqCst);
        ("200 OK", feed_of(&["1"]))
    });
    let urls: Vec<String> = (0..24).map(|number| format!("{url}/{number}")).collect();
    run(&mut subscribed(&urls), false);
    assert!(*most.lock().expect("a lock") <= 2);
}

#[test]
fn a_folder_is_a_source() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("a.txt"),
        "Ein Titel\n\nEin Text, der lang genug ist.\n",
    )
    .expect("a file");
    let mut library = subscribed(&[folder.path().display().to_string()]);
    assert_eq!(
        run(&mut library, true)[0].result,
        Brought::Articles {
            new: 1,
            revised: 0,
            repaired: None
        }
    );
    std::fs::remove_file(folder.path().join("a.txt")).expect("gone");
    assert_eq!(run(&mut library, true)[0].result, Brought::Nothing);
    assert_eq!(library.count().expect("counts").articles, 1);
}

#[test]
fn a_feed_is_found_from_its_site() {
    let url = site(|path, _| match path {
        "/" => (
            "200 OK",
            "<html><link rel=alternate type=application/rss+xml href=/nieuws.xml></html>".into(),
        ),
        "/nieuws.xml" | "/other/feed" => ("200 OK", feed_of(&["1"])),
        "/feed" => ("200 OK", feed_of(&["1"])),
        "/leer" => ("200 OK", "<html></html>".into()),
        _ => ("404 Not Found", String::new()),
    });
    let client = client();
    for (address, expected) in [
        (format!("{url}/"), format!("{url}/nieuws.xml")),
        (format!("{url}/nieuws.xml"), format!("{url}/nieuws.xml")),
        (format!("{url}/leer"), format!("{url}/feed")),
    ] {
        let feed = discover(&client, &address).expect(&address);
        assert_eq!(
            (feed.url, feed.title.as_str()),
            (expected, "Der Bote"),
            "{address}"
        );
    }
    assert_eq!(
        discover(&client, &format!("{url}/fehlt")),
        Err(Trouble::Status(404))
    );
}

#[test]
fn a_failing_feed_is_asked_less_and_less() {
    let hour = Duration::from_secs(3600);
    let waits: Vec<u64> = (0..8)
        .map(|failures| patience(hour, failures).as_secs() / 3600)
        .collect();
    assert_eq!(waits, [1, 2, 4, 8, 16, 24, 24, 24]);
}

#[test]
fn rules_keep_articles_out() {
    let url = site(|_, _| ("200 OK", feed_of(&["1", "2", "3"])));
    let mut library = subscribed(&[url]);
    let rules = Rules {
        drop: Rule::parse("Titel 2").into_iter().collect(),
        ..Rules::default()
    };
    let synced = run_by(&mut library, false, &rules);
    assert_eq!(synced[0].dropped, 1);
    assert_eq!(library.count().expect("counts").articles, 2);
}

/// A page with an article of so many sentences about `name`.
fn page_of(name: &str, sentences: usize) -> String {
    let body: String = (0..sentences)
        .map(|number| format!("<p>Der Rat von {name} hat am {number}. Mai nach langer Beratung zugestimmt, wie erwartet worden war.</p>"))
        .collect();
    format!("<html><body><article><h1>{name}</h1>{body}</article></body></html>")
}

#[test]
fn whole_texts_are_fetched_where_the_feed_is_to_have_them() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    let url = site(move |path, _| {
        heard.lock().expect("a lock").push(path.to_string());
        match path {
            "/robots.txt" => ("200 OK", "User-agent: *\nDisallow: /privat".into()),
            "/feed" => ("200 OK", feed_of(&["1", "2", "privat/3", "4"]).replace("https://a.example", "")),
            "/1" => ("200 OK", page_of("Wesel", 6)),
            "/2" => (
                "200 OK",
                "<html><title>Seite nicht gefunden</title><p>Leider gibt es diese Seite nicht mehr.</p></html>".into(),
            ),
            _ => ("404 Not Found", String::new()),
        }
    });
    let mut library = Library::in_memory().expect("a library");
    let feed = Feed {
        url: format!("{url}/feed"),
        full_text: true,
        ..Feed::default()
    };
    library.subscribe(&[feed]).expect("subscribed");
    let manners = Manners {
        page_gap: Duration::ZERO,
        ..Manners::default()
    };
    let run = Run {
        client: &client(),
        manners: &manners,
        rules: &Rules::default(),
        insist: false,
        stop: &AtomicBool::new(false),
    };
    let feeds = library.subscriptions().expect("feeds");
    sync(&mut library, &feeds, run, |_| {}).expect("synced");
    for expected in [
        Filled {
            filled: 1,
            refused: 3,
        },
        Filled::default(),
    ] {
        assert_eq!(fill(&mut library, &feeds, run, |_| {}).expect("filled"), expected);
    }
    let texts: Vec<usize> = library
        .headlines(&crate::library::Filter::default(), None, 9)
        .expect("a list")
        .iter()
        .map(|entry| {
            let article = library.article(&entry.headline.id).expect("read").expect("there");
            article.text.lines().count()
        })
        .collect();
    assert_eq!((texts.iter().max(), texts.iter().min()), (Some(&6), Some(&1)));
    assert!(
        !asked
            .lock()
            .expect("a lock")
            .iter()
            .any(|path| path.starts_with("/privat"))
    );
}

#[test]
fn the_whole_text_of_one_article_is_fetched_on_demand() {
    let url = site(|path, _| match path {
        "/robots.txt" => ("200 OK", "User-agent: *\nDisallow: /privat".into()),
        "/feed" => (
            "200 OK",
            feed_of(&["1", "privat/2", "3"]).replace("https://a.example", ""),
        ),
        "/1" => ("200 OK", page_of("Wesel", 6)),
        _ => ("404 Not Found", String::new()),
    });
    let mut library = subscribed(&[format!("{url}/feed")]);
    run(&mut library, false);
    let expected = [
        ("/1", None),
        ("/privat/2", Some(NoPage::Robots)),
        ("/3", Some(NoPage::Trouble(Trouble::Status(404)))),
    ];
    let entries = library
        .headlines(&crate::library::Filter::default(), None, 9)
        .expect("a list");
    for (path, refused) in expected {
        let at = |entry: &&crate::library::Entry| {
            let address = entry.headline.url.as_deref().unwrap_or_default();
            address.ends_with(path)
        };
        let id = &entries.iter().find(at).expect("an article").headline.id;
        let answer = fill_one(&mut library, id, &client()).expect("asked");
        assert_eq!(answer, refused, "{path}");
        let lines = library
            .article(id)
            .expect("read")
            .expect("there")
            .text
            .lines()
            .count();
        assert_eq!(lines, if refused.is_none() { 6 } else { 1 }, "{path}");
    }
}
