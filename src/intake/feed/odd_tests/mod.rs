//! Feeds of every kind, spoilt in every way we know of, and at random: none may panic, none may lose what is whole.

mod damage;
mod kinds;
mod spoils;

use proptest::prelude::*;
use url::Url;

use super::read_feed;
use damage::{any_damage, damaged};
use kinds::{TITLES, kinds};
use spoils::{ANY, JSON, XML};

fn address() -> Url {
    Url::parse("https://bote.example/feed").expect("an address")
}

fn titles(bytes: &[u8]) -> Vec<String> {
    let feed = read_feed(bytes, None, &address());
    let articles = feed.map(|feed| feed.articles).unwrap_or_default();
    articles
        .into_iter()
        .map(|intake| intake.article.headline.title)
        .collect()
}

#[test]
fn every_kind_of_feed_yields_its_items_whatever_befell_it() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (kind, feed) in kinds() {
        let own = if kind.starts_with("json") { JSON } else { XML };
        for (what, spoil) in ANY.iter().chain(own) {
            count += 1;
            let titles = titles(&spoil(&feed));
            let has = |wanted: &str| titles.iter().any(|title| title.trim_end_matches('.') == wanted);
            if titles.len() != TITLES.len() || !TITLES.iter().all(|wanted| has(wanted)) {
                wrong.push(format!("{kind}, {what}: {titles:?}"));
            }
        }
    }
    assert!(count > 900, "{count}");
    assert!(
        wrong.is_empty(),
        "{} of {count}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn an_item_may_say_little() {
    for (item, title) in [
        (
            "<author>redaktion@bote.example</author>",
            "redaktion@bote.example",
        ),
        ("<guid>17</guid>", "17"),
        ("<link>https://bote.example/a</link>", "https://bote.example/a"),
        (
            "<enclosure url='https://bote.example/a.mp3'/>",
            "https://bote.example/a.mp3",
        ),
        (
            "<comments>https://bote.example/k</comments>",
            "https://bote.example/k",
        ),
        ("<category>Lokales</category>", "Lokales"),
        (
            "<pubDate>Mon, 24 Feb 2025 10:30:00 GMT</pubDate>",
            "Mon, 24 Feb 2025 10:30:00 GMT",
        ),
        (
            "<media:content url='https://bote.example/a.jpg'><media:title>Bild</media:title></media:content>",
            "Bild",
        ),
    ] {
        let feed =
            format!("<rss version=\"2.0\"><channel><title>Bote</title><item>{item}</item></channel></rss>");
        assert_eq!(titles(feed.as_bytes()), [title], "{item}");
    }
}

#[test]
fn a_feed_without_items_is_a_feed() {
    for feed in [
        "<rss version=\"2.0\"><channel><title>Bote & Co</title></channel></rss>",
        "<rss><channel></rss>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Bote</title></feed>",
        "{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"Bote\",\"items\":[]}",
    ] {
        let read = read_feed(feed.as_bytes(), None, &address());
        assert!(read.is_ok_and(|feed| feed.articles.is_empty()), "{feed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]
    #[test]
    fn what_is_whole_before_the_damage_is_not_lost(
        kind in 0_usize..22, place in 0.0_f64..1.0, damage in any_damage(),
    ) {
        let (name, feed) = kinds().swap_remove(kind);
        let at = (feed.len() as f64 * place) as usize;
        let found = titles(&damaged(feed.as_bytes(), at, &damage));
        for (number, title) in TITLES.iter().enumerate() {
            let next = TITLES.get(number + 1).and_then(|next| feed.find(next)).unwrap_or(feed.len());
            // The start of the next item ends this one, and is whole long before its title.
            let before = feed.get(..next).unwrap_or_default();
            let whole = before.rfind("tem>").or_else(|| before.rfind("entry>")).or_else(|| before.rfind('}'));
            if whole.is_some_and(|end| end + 6 < at) && number + 1 < TITLES.len() {
                let kept = found.iter().any(|one| one.trim_end_matches('.') == *title);
                prop_assert!(kept, "{name} {damage:?} at {at} lost {title}: {found:?}");
            }
        }
    }
}

#[test]
fn an_item_cut_off_takes_no_title_from_those_before() {
    let item = |number: usize, title: &str| {
        format!(
            "<item><itunes:title>{title}</itunes:title><guid isPermaLink=\"false\">https://bote.example/{number}</guid>\
             <itunes:summary>Ein Text von {number}.</itunes:summary></item>"
        )
    };
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>Bote</title>{}{}",
        item(0, "Brücke gesperrt"),
        item(1, "Deich erhöht")
    );
    let cut = feed.rfind("://").expect("an address");
    let found = titles(feed.as_bytes().get(..cut).expect("a boundary"));
    assert_eq!(
        found.first().map(String::as_str),
        Some("Brücke gesperrt"),
        "{found:?}"
    );
}
