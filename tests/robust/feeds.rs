//! A site on loopback with a few feeds, which answers conditional requests as it should.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use beide::article::Feed;

/// How many feeds the site has.
pub const FEEDS: usize = 6;
/// How many articles each has.
pub const ITEMS: usize = 40;

/// Starts the site and returns its feeds.
pub fn site() -> Vec<Feed> {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            thread::spawn(move || {
                let mut request = String::new();
                let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
                while reader.read_line(&mut request).is_ok_and(|read| read > 2) {}
                let path = request.split(' ').nth(1).unwrap_or_default();
                let number = path.trim_start_matches("/f").parse().unwrap_or(0);
                let (head, body) = if request.to_lowercase().contains("if-none-match") {
                    ("304 Not Modified", String::new())
                } else {
                    ("200 OK", feed(number))
                };
                thread::sleep(Duration::from_millis(15 * number as u64));
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {head}\r\nETag: \"eins\"\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n\
                     Content-Length: {length}\r\n\r\n{body}"
                );
            });
        }
    });
    let feed = |number| Feed {
        url: format!("{url}/f{number}"),
        ..Feed::default()
    };
    (0..FEEDS).map(feed).collect()
}

fn feed(number: usize) -> String {
    let item = |item: usize| {
        let article = crate::articles::article(number * ITEMS + item);
        format!(
            "<item><title>{}</title><guid>f{number}-{item}</guid><link>https://a.example/{number}/{item}</link>\
             <description>{}</description></item>",
            article.headline.title, article.text
        )
    };
    let items: String = (0..ITEMS).map(item).collect();
    format!(
        "<rss version=\"2.0\"><channel><title>Bote {number}</title><language>de</language>{items}</channel></rss>"
    )
}
