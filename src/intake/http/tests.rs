//! What sites answer, played by a server on loopback.

use super::*;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::UNIX_EPOCH;

/// Serves what `answer` says to the lines of a request, byte for byte, until the test ends; its address.
fn serve(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            reply(stream, &answer);
        }
    });
    format!("http://{address}")
}

fn reply(mut stream: TcpStream, answer: &impl Fn(&str) -> Vec<u8>) {
    let mut request = String::new();
    let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
    while reader.read_line(&mut request).is_ok_and(|read| read > 2) {}
    let _ = stream.write_all(&answer(&request));
}

fn response(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn client() -> Client {
    Client::new("beide/test", Patience::default())
}

fn ask(url: &str) -> Result<Answer, FetchError> {
    client().fetch(&Request {
        url,
        limit: 1 << 20,
        ..Request::default()
    })
}

#[track_caller]
fn body(answer: Result<Answer, FetchError>) -> Fetched {
    match answer {
        Ok(Answer::Body(fetched)) => fetched,
        other => panic!("no body: {other:?}"),
    }
}

#[test]
fn validators_go_back_as_they_came_and_304_is_no_news() {
    let site = serve(|request| {
        if request.contains("if-none-match: W/\"a b\"")
            && request.contains("if-modified-since: Mon, 24 Feb 2025")
        {
            return response(
                "304 Not Modified",
                "ETag: \"c\"\r\nCache-Control: max-age=60\r\n",
                b"",
            );
        }
        assert!(request.contains("user-agent: beide/test"), "{request}");
        response(
            "200 OK",
            "ETag: W/\"a b\"\r\nLast-Modified: Mon, 24 Feb 2025 10:00:00 GMT\r\n",
            b"neu",
        )
    });
    let first = body(ask(&site));
    assert_eq!(first.body, b"neu");
    let again = client().fetch(&Request {
        url: &site,
        validators: first.validators,
        limit: 10,
    });
    let Ok(Answer::Unchanged {
        validators,
        fresh_for,
    }) = again
    else {
        panic!("{again:?}")
    };
    assert_eq!(
        (validators.etag.as_deref(), fresh_for),
        (Some("\"c\""), Some(Duration::from_secs(60)))
    );
}

#[test]
fn only_moves_for_good_are_remembered() {
    let site = serve(|request| match request.split(' ').nth(1).unwrap_or_default() {
        "/old" => response("301 Moved Permanently", "Location: /older\r\n", b""),
        "/older" => response("308 Permanent Redirect", "Location: new\r\n", b""),
        "/today" => response("302 Found", "Location: /old\r\n", b""),
        "/loop" => response("301 Moved Permanently", "Location: /loop\r\n", b""),
        "/out" => response("302 Found", "Location: file:///etc/passwd\r\n", b""),
        _ => response("200 OK", "", b"da"),
    });
    assert_eq!(
        body(ask(&format!("{site}/old"))).moved,
        Some(format!("{site}/new"))
    );
    let today = body(ask(&format!("{site}/today")));
    assert_eq!((today.url, today.moved), (format!("{site}/new"), None));
    assert!(matches!(ask(&format!("{site}/loop")), Err(FetchError::Redirects)));
    assert!(matches!(ask(&format!("{site}/out")), Err(FetchError::Address(_))));
}

#[test]
fn refusals_say_when_to_come_back() {
    let site = serve(|request| match request.split(' ').nth(1).unwrap_or_default() {
        "/gone" => response("410 Gone", "", b""),
        "/busy" => response("429 Too Many Requests", "Retry-After: 3600\r\n", b""),
        "/down" => response("500 Internal Server Error", "", b"oops"),
        _ => response("404 Not Found", "", b""),
    });
    assert!(matches!(ask(&format!("{site}/gone")), Ok(Answer::Gone)));
    for (path, status, wait) in [
        ("busy", 429, Some(3600)),
        ("down", 500, None),
        ("missing", 404, None),
    ] {
        let Ok(Answer::Refused {
            status: seen,
            retry_after,
        }) = ask(&format!("{site}/{path}"))
        else {
            panic!("{path}")
        };
        assert_eq!(
            (seen, retry_after),
            (status, wait.map(Duration::from_secs)),
            "{path}"
        );
    }
}

#[test]
fn packed_bodies_are_unpacked_up_to_the_limit() {
    let gzip = |bytes: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(bytes).expect("memory");
        packer.finish().expect("memory")
    };
    let (plain, bomb) = (gzip(b"gepackt"), gzip(&vec![b'a'; 64 << 20]));
    let site = serve(
        move |request| match request.split(' ').nth(1).unwrap_or_default() {
            "/gzip" => response("200 OK", "Content-Encoding: gzip\r\n", &plain),
            "/brotli" => response("200 OK", "Content-Encoding: br\r\n", b"\x0b\x03\x80gepackt\x03"),
            _ => response("200 OK", "Content-Encoding: gzip\r\n", &bomb),
        },
    );
    assert_eq!(body(ask(&format!("{site}/gzip"))).body, b"gepackt");
    assert_eq!(body(ask(&format!("{site}/brotli"))).body, b"gepackt");
    assert!(matches!(ask(&format!("{site}/bomb")), Err(FetchError::Large(_))));
}

#[test]
fn what_came_before_a_broken_connection_is_kept() {
    let site = serve(|_| b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>halb".to_vec());
    assert_eq!(body(ask(&site)).body, b"<rss>halb");
    let silent = serve(|_| Vec::new());
    assert!(matches!(ask(&silent), Err(FetchError::Network(_))));
}

#[test]
fn a_site_that_drips_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
            while stream.write_all(b"x").is_ok() {
                thread::sleep(Duration::from_millis(20));
            }
        }
    });
    let hasty = Client::new(
        "beide/test",
        Patience {
            call: Duration::from_millis(300),
            ..Patience::default()
        },
    );
    let answer = hasty.fetch(&Request {
        url: &url,
        limit: 1 << 20,
        ..Request::default()
    });
    assert!(matches!(answer, Err(FetchError::Timeout)), "{answer:?}");
}

#[test]
fn a_public_site_cannot_lead_into_a_private_network() {
    let site = serve(|_| response("200 OK", "", b"geheim"));
    let port = Url::parse(&site).expect("an address").port().expect("a port");
    for url in [
        site.clone(),
        format!("http://localhost:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
    ] {
        let url = Url::parse(&url).expect("an address");
        let answer = client().call(&url, &Request::default(), true);
        assert!(matches!(answer, Err(FetchError::Private(_))), "{url}: {answer:?}");
    }
}

fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
    let parsed = |(name, value): &(&'static str, &str)| {
        (
            header::HeaderName::from_static(name),
            value.parse().expect("a header value"),
        )
    };
    lines.iter().map(parsed).collect()
}

#[test]
fn only_web_addresses_are_fetched() {
    for refused in [
        "file:///etc/passwd",
        "ftp://host/feed",
        "javascript:alert(1)",
        "gopher://x",
        "host/feed",
        "http://",
    ] {
        assert!(http_address(refused).is_err(), "{refused}");
    }
    let url = http_address(" HTTPS://Example.org/feed#top ").expect("an address");
    assert_eq!(url.as_str(), "https://example.org/feed");
}

#[test]
fn private_networks_are_known() {
    for (address, expected) in [
        ("127.0.0.1", true),
        ("10.1.2.3", true),
        ("172.16.0.1", true),
        ("192.168.1.1", true),
        ("169.254.169.254", true),
        ("100.64.0.1", true),
        ("0.0.0.0", true),
        ("::1", true),
        ("fe80::1", true),
        ("fd00::1", true),
        ("::ffff:10.0.0.1", true),
        ("93.184.216.34", false),
        ("100.128.0.1", false),
        ("2606:2800:220:1::1", false),
    ] {
        assert_eq!(
            is_private(address.parse().expect("an address")),
            expected,
            "{address}"
        );
    }
}

#[test]
fn waiting_times_are_seconds_or_dates() {
    let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let later = httpdate::fmt_http_date(now + Duration::from_secs(90));
    for (value, expected) in [("120", Some(120)), (later.as_str(), Some(90)), ("soon", None)] {
        let waited = retry_after(&headers(&[("retry-after", value)]), now);
        assert_eq!(waited, expected.map(Duration::from_secs), "{value}");
    }
}

#[test]
fn freshness_is_what_the_site_promises() {
    let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let expires = httpdate::fmt_http_date(now + Duration::from_secs(60));
    for (lines, expected) in [
        (vec![("cache-control", "public, max-age=600")], Some(600)),
        (vec![("cache-control", "max-age=600, no-cache")], None),
        (
            vec![("cache-control", "max-age=600"), ("expires", expires.as_str())],
            Some(600),
        ),
        (vec![("expires", expires.as_str())], Some(60)),
        (vec![("expires", "0")], None),
        (vec![], None),
    ] {
        assert_eq!(
            freshness(&headers(&lines), now),
            expected.map(Duration::from_secs),
            "{lines:?}"
        );
    }
}

#[test]
fn the_content_type_gives_its_charset() {
    for (value, expected) in [
        (
            "Text/XML; charset=\"ISO-8859-1\"",
            (Some("text/xml"), Some("iso-8859-1")),
        ),
        ("application/rss+xml", (Some("application/rss+xml"), None)),
        ("; charset=utf-8", (None, Some("utf-8"))),
    ] {
        let (media_type, charset) = content_type(&headers(&[("content-type", value)]));
        assert_eq!((media_type.as_deref(), charset.as_deref()), expected, "{value}");
    }
}
