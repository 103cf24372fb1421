//! A hundred feeds of a hundred articles from a server on this machine, against a plain loop that only fetches, parses
//! and stores; and the second time, when nothing is new.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use beide::article::Feed;
use beide::intake::{Client, Patience};
use beide::library::Library;
use beide::sync::{Manners, Rules, Run, sync};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

const FEEDS: usize = 100;
const ITEMS: usize = 100;

/// A feed of articles of about a hundred words.
fn feed(number: usize) -> String {
    let items: String = (0..ITEMS)
        .map(|item| {
            let text = format!(
                "<p>Der Rat der Stadt Nummer {number} hat am Abend nach langer Beratung zugestimmt, wie erwartet worden war. \
                 Die Kosten der Brücke werden auf {item} Millionen Euro veranschlagt.</p>"
            )
            .repeat(4);
            format!(
                "<item><title>Brücke {number}/{item} beschlossen</title><link>https://bote.example/{number}/{item}</link>\
                 <guid>{number}-{item}</guid><pubDate>Mon, 24 Feb 2025 10:30:00 +0100</pubDate>\
                 <description><![CDATA[{text}]]></description></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Bote {number}</title>{items}</channel></rss>"
    )
}

/// Serves the feeds, and says nothing has changed to those who know them; the site's address.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let feeds: Arc<Vec<String>> = Arc::new((0..FEEDS).map(feed).collect());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let feeds = Arc::clone(&feeds);
            thread::spawn(move || answer(stream, &feeds));
        }
    });
    url
}

fn answer(mut stream: std::net::TcpStream, feeds: &[String]) {
    let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
    loop {
        let mut request = String::new();
        while reader.read_line(&mut request).is_ok_and(|read| read > 2) {}
        let Some(number) = request
            .split(' ')
            .nth(1)
            .and_then(|path| path.get(1..)?.parse::<usize>().ok())
        else {
            return;
        };
        let (status, body) = match request.to_ascii_lowercase().contains("if-none-match") {
            true => ("304 Not Modified", ""),
            false => ("200 OK", feeds.get(number).map_or("", String::as_str)),
        };
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\nETag: \"{number}\"\r\nContent-Length: {length}\r\n\r\n");
        if stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(body.as_bytes()))
            .is_err()
        {
            return;
        }
    }
}

/// One feed after the other: fetched, parsed, stored as it is.
fn plain(url: &str, folder: &Path) {
    let mut store = rusqlite::Connection::open(folder.join("plain.db")).expect("a database");
    store
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE article (id TEXT PRIMARY KEY, title TEXT, text TEXT)")
        .expect("a table");
    let agent = ureq::Agent::new_with_defaults();
    for number in 0..FEEDS {
        let mut response = agent.get(format!("{url}/{number}")).call().expect("an answer");
        let body = response.body_mut().read_to_vec().expect("a body");
        let feed = feed_rs::parser::parse(body.as_slice()).expect("a feed");
        let transaction = store.transaction().expect("a transaction");
        for entry in feed.entries {
            let title = entry.title.map(|title| title.content);
            let text = entry.summary.map(|text| text.content);
            transaction
                .execute(
                    "INSERT OR REPLACE INTO article VALUES (?1, ?2, ?3)",
                    (entry.id, title, text),
                )
                .expect("stored");
        }
        transaction.commit().expect("stored");
    }
}

fn subscribed(url: &str, folder: &Path) -> Library {
    let mut library = Library::open(folder).expect("a library");
    let feeds: Vec<Feed> = (0..FEEDS)
        .map(|number| Feed {
            url: format!("{url}/{number}"),
            ..Feed::default()
        })
        .collect();
    library.subscribe(&feeds).expect("subscribed");
    library
}

fn fetch(library: &mut Library) -> usize {
    let feeds = library.subscriptions().expect("feeds");
    let run = Run {
        client: &Client::new("beide/bench", Patience::default()),
        manners: &Manners::default(),
        rules: &Rules::default(),
        insist: true,
        stop: &AtomicBool::new(false),
    };
    sync(library, &feeds, run, |_| {}).expect("synced").len()
}

fn benches(criterion: &mut Criterion) {
    let url = serve();
    let mut group = criterion.benchmark_group("sync");
    group.sample_size(10);
    let folder = || tempfile::tempdir().expect("a folder");
    group.bench_function("a plain loop", |bench| {
        bench.iter_batched(
            folder,
            |folder| plain(&url, folder.path()),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("the first time", |bench| {
        let fresh = || {
            let folder = folder();
            (subscribed(&url, folder.path()), folder)
        };
        bench.iter_batched(
            fresh,
            |(mut library, _folder)| fetch(&mut library),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("nothing new", |bench| {
        let folder = folder();
        let mut library = subscribed(&url, folder.path());
        fetch(&mut library);
        bench.iter(|| fetch(&mut library));
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
