//! Feeds as they are met, and what must come of them.

use super::*;

fn address() -> Url {
    Url::parse("https://zeitung.example/feed").expect("an address")
}

fn read(text: &str) -> FeedText {
    read_feed(text.as_bytes(), None, &address()).unwrap_or_else(|no_feed| panic!("{no_feed:?}: {text}"))
}

/// Title, date, address and text of each article.
fn told(feed: &FeedText) -> Vec<(&str, &str, &str, &str)> {
    let articles = feed.articles.iter().map(|intake| &intake.article);
    articles
        .map(|article| {
            let headline = &article.headline;
            let published = headline.published.as_ref().map_or("", Published::as_str);
            (
                headline.title.as_str(),
                published,
                headline.url.as_deref().unwrap_or(""),
                article.text.as_str(),
            )
        })
        .collect()
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
    <title>Der Bote</title><language>de-AT</language><ttl>60</ttl>
    <item><title>Brücke &amp;amp; Fluss</title><link>/a?utm_source=rss</link><guid isPermaLink="false">17</guid>
      <pubDate>Mo, 24 Feb 2025 10:30:00 +0100</pubDate><description>Kurz.</description>
      <content:encoded><![CDATA[<p>Die Brücke ist <b>fertig</b>.</p><p>Sie kostet 3&nbsp;Mio.</p>]]></content:encoded></item>
    <item></item>
    <item><title>Ohne Text</title><link>https://zeitung.example/b</link></item>
    </channel></rss>"#;

#[test]
fn rss_becomes_articles() {
    let feed = read(RSS);
    assert_eq!(
        (feed.title.as_str(), feed.language, feed.rest),
        ("Der Bote", Some(Language::German), Some(60))
    );
    assert_eq!(
        told(&feed),
        [
            (
                "Brücke & Fluss",
                "2025-02-24T09:30:00Z",
                "https://zeitung.example/a?utm_source=rss",
                "Die Brücke ist fertig.\nSie kostet 3\u{a0}Mio."
            ),
            ("Ohne Text", "", "https://zeitung.example/b", ""),
        ]
    );
    assert_eq!(feed.repaired, None);
}

#[test]
fn atom_and_json_become_articles() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl"><title>Krant</title>
        <entry><id>urn:1</id><title type="html">Brug &lt;b&gt;open&lt;/b&gt;</title>
        <link rel="enclosure" href="https://k.example/a.mp3"/><link rel="alternate" href="https://k.example/1"/>
        <updated>2025-03-01T08:00:00Z</updated><summary>De brug is open.</summary></entry></feed>"#;
    assert_eq!(
        told(&read(atom)),
        [(
            "Brug open",
            "2025-03-01T08:00:00Z",
            "https://k.example/1",
            "De brug is open."
        )]
    );
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Krant","items":[{"id":7,
        "url":"https://k.example/7","title":"Zeven","content_html":"<p>Eén</p><p>Twee</p>","date_published":"2025-03-01T08:00:00+01:00"}]}"#;
    assert_eq!(
        told(&read(json)),
        [(
            "Zeven",
            "2025-03-01T07:00:00Z",
            "https://k.example/7",
            "Eén\nTwee"
        )]
    );
}

#[test]
fn feeds_say_who_wrote_it() {
    let rss = |author: &str| {
        format!(
            "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Der Bote</title>\
             <item><title>Deich</title><link>https://b.example/1</link>{author}</item></channel></rss>"
        )
    };
    let atom = |author: &str| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Krant</title><author><name>Redactie</name></author>\
             <entry><id>urn:1</id><title>Dijk</title>{author}<link href=\"https://k.example/1\"/></entry></feed>"
        )
    };
    let json = |author: &str| {
        format!(
            r#"{{"version":"https://jsonfeed.org/version/1","title":"Krant","items":[{{"id":7,"title":"Dijk",{author}"url":"https://k.example/7"}}]}}"#
        )
    };
    let broken = |text: String| text.replace("</channel></rss>", "").replace("</feed>", "<");
    let people = "<author><name>Ans de Vries</name><email>a@k.example</email></author><author><name>Ole Deich</name></author>";
    for (feed, expected) in [
        (rss("<dc:creator><![CDATA[Ole Deich]]></dc:creator>"), "Ole Deich"),
        (rss("<author>post@bote.example (Ole Deich)</author>"), "Ole Deich"),
        (rss("<author>post@bote.example</author>"), ""),
        (rss("<dc:creator>Der Bote</dc:creator>"), ""),
        (rss(""), ""),
        (broken(rss("<dc:creator>Ole Deich</dc:creator>")), "Ole Deich"),
        (atom(people), "Ans de Vries, Ole Deich"),
        (broken(atom(people)), "Ans de Vries, Ole Deich"),
        (
            json(r#""authors":[{"name":"Ans de Vries"},{"url":"x"}],"#),
            "Ans de Vries",
        ),
        (json(r#""author":{"name":"Ans de Vries"},"#), "Ans de Vries"),
        (json(r#""author":7,"#), ""),
    ] {
        assert_eq!(
            read(&feed).articles[0].article.headline.author,
            expected,
            "{feed}"
        );
    }
}

#[test]
fn broken_feeds_keep_their_articles_and_say_so() {
    for broken in [
        // A bare ampersand, no version, cut off in the middle of the second item, blanks before the prolog.
        RSS.replace("Der Bote", "Der Bote & Co"),
        RSS.replace(" version=\"2.0\"", ""),
        RSS.split_once("<item><title>Ohne")
            .expect("two items")
            .0
            .to_string(),
        format!("\n\n  {RSS}"),
        RSS.replace("<b>fertig</b>", "<b>fertig"),
    ] {
        let feed = read(&broken);
        assert_eq!(
            feed.articles[0].article.headline.title, "Brücke & Fluss",
            "{broken}"
        );
        assert!(
            feed.articles[0]
                .article
                .text
                .starts_with("Die Brücke ist fertig."),
            "{broken}"
        );
    }
    let cut = RSS.split_once("<item><title>Ohne").expect("two items").0;
    assert!(matches!(read(cut).repaired, Some(Repair::Malformed(_))));
}

#[test]
fn a_long_feed_is_read_up_to_its_bound() {
    let items: String = (0..=MAX_ITEMS)
        .map(|number| format!("<item><guid>{number}</guid><title>T</title></item>"))
        .collect();
    let feed = read(&format!(
        "<rss version=\"2.0\"><channel><title>Bote</title>{items}</channel></rss>"
    ));
    assert_eq!(feed.articles.len(), MAX_ITEMS);
}

#[test]
fn odd_feeds_yield_their_articles() {
    let cases = include_str!("../../../tests/feeds.txt").split("\n### ").skip(1);
    let mut wrong = Vec::new();
    for case in cases {
        let (name, rest) = case.split_once('\n').expect("a name and a feed");
        let expected: Vec<&str> = rest.lines().take_while(|line| line.starts_with("> ")).collect();
        let head: usize = expected.iter().map(|line| line.len() + 1).sum();
        let answer = rest.get(head..).expect("a feed");
        let read = read_feed(answer.as_bytes(), None, &address());
        let seen = read.as_ref().map(told).unwrap_or_default();
        let fits = |(line, seen): (&&str, &(&str, &str, &str, &str))| {
            let wanted: Vec<&str> = line.trim_start_matches("> ").split('|').map(str::trim).collect();
            let seen = [seen.0, seen.1, seen.2, seen.3];
            let plain = |text: &str| text.replace('\u{a0}', " ");
            wanted
                .iter()
                .zip(seen)
                .all(|(wanted, seen)| wanted.is_empty() || plain(seen).starts_with(wanted))
        };
        if seen.len() != expected.len() || !expected.iter().zip(&seen).all(fits) {
            wrong.push(format!("{name}: {seen:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_wrong_charset_label_does_not_spoil_the_words() {
    let western = RSS
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin 1"))
        .collect::<Vec<_>>();
    let feed = read_feed(&western, Some("utf-8"), &address()).expect("a feed");
    assert_eq!(feed.articles[0].article.headline.title, "Brücke & Fluss");
    assert_eq!(feed.repaired, Some(Repair::Encoding("windows-1252")));
    let feed = read_feed(RSS.as_bytes(), Some("iso-8859-1"), &address()).expect("a feed");
    assert_eq!(feed.articles[0].article.headline.title, "Brücke & Fluss");
    let wide: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(RSS.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let feed = read_feed(&wide, None, &address()).expect("a feed");
    assert_eq!(feed.articles[0].article.headline.title, "Brücke & Fluss");
}

#[test]
fn items_that_share_an_address_are_told_apart_by_their_guid() {
    let item = |guid: &str| {
        format!("<item><guid>{guid}</guid><link>https://l.example/ticker</link><title>{guid}</title></item>")
    };
    let feed = read(&format!(
        "<rss version=\"2.0\"><channel><title>T</title>{}{}</channel></rss>",
        item("a"),
        item("b")
    ));
    assert_ne!(
        feed.articles[0].article.headline.id,
        feed.articles[1].article.headline.id
    );
}

#[test]
fn a_page_gives_the_feeds_it_announces() {
    let page = r#"<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>"#;
    let no_feed = read_feed(page.as_bytes(), None, &address()).expect_err("a page");
    assert_eq!(no_feed, NoFeed::Page(vec!["https://zeitung.example/rss".into()]));
    for other in ["", "nur Text", "%PDF-1.7", "{\"a\":1}"] {
        let no_feed = read_feed(other.as_bytes(), None, &address()).expect_err("no feed");
        assert_eq!(no_feed, NoFeed::Other, "{other}");
    }
}

proptest::proptest! {
    #[test]
    fn any_answer_is_a_feed_of_clean_articles_or_none(
        text in "(<\\?xml version=\"1.0\"\\?>)?<(rss|feed|rdf:RDF)>?(<(channel|item|entry|title|link|guid|id|description|content|pubDate|/item|/entry|/title|/description)>?|<!\\[CDATA\\[|\\]\\]>|&(amp|#27|#x202e|x);|[a-z\u{1b}\u{202e}\u{0}]{1,5}){0,60}",
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..80),
    ) {
        for body in [text.as_bytes(), &bytes] {
            let Ok(feed) = read_feed(body, None, &address()) else { continue };
            for article in feed.articles.into_iter().map(|intake| intake.article) {
                let odd = |c: char| c.is_control() || c == '\u{202e}';
                proptest::prop_assert!(!article.headline.title.contains(odd) && !article.headline.id.0.contains(odd));
                proptest::prop_assert!(!article.text.contains(|c: char| odd(c) && c != '\n'));
            }
        }
    }
}
