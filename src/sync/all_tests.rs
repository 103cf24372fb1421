//! Everything that sites do to readers of feeds, in one run: each feed has its outcome, none loses what others bring.

use super::*;
use crate::intake::Patience;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

/// A feed with so many items, told apart by `name`.
fn feed(name: &str, items: usize) -> String {
    let items: String = (0..items)
        .map(|number| {
            format!(
                "<item><title>Größe {name} {number}</title><link>https://bote.example/{name}/{number}</link></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>{name}</title>{items}</channel></rss>"
    )
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

/// A Brotli stream of one stored block (RFC 7932, section 9.2), of at most 65,536 bytes.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len() - 1).expect("a short body");
    let head = 0x0b | length << 7 | 1 << 23;
    [&head.to_le_bytes()[..3], bytes, b"\x03"].concat()
}

/// What the site answers at a path: the head without its end, and the body.
fn answer(path: &str, conditional: bool) -> (String, Vec<u8>) {
    let ok = |more: &str, body: Vec<u8>| {
        (
            format!("200 OK\r\nContent-Length: {}\r\n{more}", body.len()),
            body,
        )
    };
    let none = |status: &str| (format!("{status}\r\nContent-Length: 0\r\n"), Vec::new());
    match path {
        "/unchanged" if conditional => none("304 Not Modified"),
        "/unchanged" => ok("ETag: W/\"1\"\r\n", feed("unchanged", 2).into()),
        "/for-good" => none("301 Moved Permanently\r\nLocation: /plain"),
        "/for-good-too" => none("308 Permanent Redirect\r\nLocation: /western"),
        "/missing" => none("404 Not Found"),
        "/gone" => none("410 Gone"),
        "/busy" => none("429 Too Many Requests\r\nRetry-After: 7200"),
        "/broken" => none("500 Internal Server Error"),
        "/circle" => none("302 Found\r\nLocation: /circle"),
        "/elsewhere" => none("302 Found\r\nLocation: file:///etc/passwd"),
        "/packed" => ok("Content-Encoding: gzip\r\n", packed(feed("packed", 2).as_bytes())),
        "/pressed" => ok("Content-Encoding: br\r\n", stored(feed("pressed", 2).as_bytes())),
        "/bomb" => ok("Content-Encoding: gzip\r\n", packed(&vec![b' '; 11 << 20])),
        "/cut" => {
            let whole = feed("cut", 3);
            let end = whole.rfind("<item>").unwrap_or(0) + 9;
            let length = whole.len();
            (
                format!("200 OK\r\nContent-Length: {length}\r\n"),
                whole.as_bytes()[..end].to_vec(),
            )
        }
        "/short" => {
            let whole = feed("short", 3).into_bytes();
            (
                format!("200 OK\r\nContent-Length: {}\r\n", whole.len() - 20),
                whole,
            )
        }
        "/western" => ok(
            "Content-Type: text/xml; charset=utf-8\r\n",
            encoding_rs::WINDOWS_1252
                .encode(&feed("western", 2))
                .0
                .into_owned(),
        ),
        "/wide" => ok(
            "",
            format!("\u{feff}{}", feed("wide", 2))
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
        ),
        "/many" => ok("", feed("many", 50_000).into()),
        "/page" => ok(
            "Content-Type: text/html\r\n",
            b"<html><head><link rel=alternate type=application/rss+xml href=/plain></head></html>".to_vec(),
        ),
        "/plain" => ok("", feed("plain", 2).into()),
        _ => none("404 Not Found"),
    }
}

fn reply(mut stream: TcpStream) {
    let mut request = String::new();
    let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
    while reader.read_line(&mut request).is_ok_and(|read| read > 2) {}
    let path = request.split(' ').nth(1).unwrap_or_default();
    if path == "/drip" {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
        while stream.write_all(b" ").is_ok() {
            thread::sleep(Duration::from_millis(50));
        }
        return;
    }
    let conditional = request.to_ascii_lowercase().contains("if-none-match: w/\"1\"");
    let (head, body) = answer(path, conditional);
    let _ = stream.write_all(format!("HTTP/1.1 {head}Connection: close\r\n\r\n").as_bytes());
    let _ = stream.write_all(&body);
}

/// What came of a feed, in a word.
fn outcome(brought: &Brought) -> String {
    match brought {
        Brought::Articles { new, repaired, .. } => {
            let mended = if repaired.is_some() { ", mended" } else { "" };
            format!("{new} new{mended}")
        }
        Brought::Nothing => "nothing".to_string(),
        Brought::NotDue(_) => "not due".to_string(),
        Brought::Failed(trouble) => trouble.to_line().replace('\t', " ").trim().to_string(),
    }
}

#[test]
fn in_one_run_every_feed_has_its_outcome() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let site = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || reply(stream));
        }
    });
    let page = format!("no-feed {site}/plain");
    // What each feed comes to in the first run, and in the second, where the reader insists.
    let expected = [
        ("unchanged", "2 new", "nothing"),
        ("for-good", "2 new", "nothing"),
        ("for-good-too", "2 new, mended", "0 new, mended"),
        ("missing", "status 404", "status 404"),
        ("gone", "gone", "gone"),
        ("busy", "status 429", "not due"),
        ("broken", "status 500", "status 500"),
        ("circle", "redirects", "redirects"),
        ("elsewhere", "address", "address"),
        ("packed", "2 new", "nothing"),
        ("pressed", "2 new", "nothing"),
        ("bomb", "large", "large"),
        ("cut", "2 new, mended", "0 new, mended"),
        ("short", "3 new, mended", "0 new, mended"),
        ("drip", "timeout", "timeout"),
        ("wide", "2 new, mended", "0 new, mended"),
        ("many", "50000 new", "nothing"),
        ("page", page.as_str(), page.as_str()),
    ];
    let mut library = Library::in_memory().expect("a library");
    let feeds: Vec<Feed> = expected
        .iter()
        .map(|(name, ..)| Feed {
            url: format!("{site}/{name}"),
            ..Feed::default()
        })
        .collect();
    library.subscribe(&feeds).expect("subscribed");
    let hasty = Patience {
        call: Duration::from_secs(6),
        ..Patience::default()
    };
    let mut run = |insist| {
        let feeds = library.subscriptions().expect("feeds");
        let run = Run {
            client: &Client::new("beide/test", hasty),
            manners: &Manners::default(),
            rules: &Rules::default(),
            insist,
            stop: &AtomicBool::new(false),
        };
        let synced = sync(&mut library, &feeds, run, |_| {}).expect("synced");
        let told: Vec<(String, String)> = feeds
            .iter()
            .map(|one| {
                let own = synced.iter().find(|synced| synced.url == one.feed.url);
                let own = own.map(|synced| outcome(&synced.result)).unwrap_or_default();
                (one.feed.url.clone(), own)
            })
            .collect();
        told
    };
    let (first, second) = (run(false), run(true));
    let urls: Vec<String> = library
        .subscriptions()
        .expect("feeds")
        .into_iter()
        .map(|one| one.feed.url)
        .collect();
    for (place, (name, once, twice)) in expected.iter().enumerate() {
        assert_eq!(
            (first[place].1.as_str(), second[place].1.as_str()),
            (*once, *twice),
            "{name}"
        );
    }
    // A move for good that was said twice is followed.
    assert_eq!(urls[1], format!("{site}/plain"));
    assert_eq!(urls[2], format!("{site}/western"));
    assert_eq!(library.count().expect("counts").articles, 50_017);
}
