//! Feeds read into articles: RSS 0.9 to 2.0, Atom and JSON Feed, whatever their state.

use std::collections::HashMap;
use std::fmt;

use chrono::DateTime;
use jiff::Timestamp;
use url::Url;

use super::{Draft, Given, Intake, clean, decode, html, key, salvage, stamp};
use crate::article::{Language, Published};

/// Most items read of one feed; more are left out, the newest come first in feeds.
const MAX_ITEMS: usize = 50_000;

/// What a feed's address answered with.
#[derive(Debug)]
pub struct FeedText {
    /// What the feed calls itself; may be empty.
    pub title: String,
    /// The language it says its articles are in.
    pub language: Option<Language>,
    /// Its articles, in its order, each with what was odd about it.
    pub articles: Vec<Intake>,
    /// What was wrong with it and mended, if anything was.
    pub repaired: Option<Repair>,
    /// For how many minutes it asks not to be fetched again.
    pub rest: Option<u32>,
}

/// What was wrong with a feed that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// It is no well-formed feed; the words of the parser that refused it.
    Malformed(String),
    /// It was in another encoding than UTF-8 and did not say so rightly; this one.
    Encoding(&'static str),
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(words) => f.write_str(words),
            Self::Encoding(name) => f.write_str(name),
        }
    }
}

/// Why an answer is no feed.
#[derive(Debug, PartialEq, Eq)]
pub enum NoFeed {
    /// It is a page; these are the feeds it announces, as whole addresses.
    Page(Vec<String>),
    /// It is neither a feed nor a page.
    Other,
}

/// Reads what `address` answered: `charset` is the one its header declared.
///
/// # Errors
/// Where it is no feed, with the feeds it announces where it is a page.
pub fn read_feed(bytes: &[u8], charset: Option<&str>, address: &Url) -> Result<FeedText, NoFeed> {
    let declared = charset.map(str::to_string).or_else(|| declared_encoding(bytes));
    let decoded = decode::decode(bytes, declared.as_deref()).ok_or(NoFeed::Other)?;
    let text = without_prolog(&decoded.text);
    if is_page(text) {
        return Err(NoFeed::Page(html::announced_feeds(text, address)));
    }
    let (mut feed, mut repaired) = match strict(text, address) {
        Ok(feed) if !feed.items.is_empty() => (feed, None),
        strict => {
            let reason = strict.as_ref().err().cloned().unwrap_or_default();
            let mended = mended(text, address);
            if mended.items.is_empty() {
                (strict.ok().ok_or(NoFeed::Other)?, None)
            } else {
                (mended, Some(Repair::Malformed(reason)))
            }
        }
    };
    if feed.items.iter().any(Item::is_poor) || lacks_whole_texts(text) {
        feed.complete(salvage::read(text, address));
    }
    if let (None, Some(encoding)) = (&repaired, decoded.encoding)
        && declared
            .as_deref()
            .is_none_or(|label| !label.eq_ignore_ascii_case(encoding))
    {
        repaired = Some(Repair::Encoding(encoding));
    }
    feed.items.truncate(MAX_ITEMS);
    let title = clean::line(&html::text(&feed.title));
    let language = feed.language.as_deref().and_then(Language::from_code);
    let shared = shared_links(&feed.items);
    let items = feed.items.into_iter();
    let articles = items
        .filter_map(|item| item.article(&title, language, address, &shared))
        .collect();
    Ok(FeedText {
        title,
        language,
        articles,
        repaired,
        rest: feed.rest,
    })
}

/// A feed as a parser gives it, nothing cleaned yet.
#[derive(Default)]
pub(super) struct Raw {
    pub(super) title: String,
    pub(super) language: Option<String>,
    pub(super) rest: Option<u32>,
    pub(super) items: Vec<Item>,
}

impl Raw {
    /// Takes over from another reading of the same feed what this one lacks; nothing where they differ in their items.
    fn complete(&mut self, other: Self) {
        if self.items.len() != other.items.len() {
            return;
        }
        for (item, other) in self.items.iter_mut().zip(other.items) {
            item.texts.extend(other.texts);
            item.link = item.link.take().or(other.link);
            item.published = item.published.or(other.published);
        }
    }
}

/// One entry of a feed, nothing cleaned yet.
#[derive(Default)]
pub(super) struct Item {
    pub(super) guid: String,
    pub(super) link: Option<String>,
    pub(super) title: String,
    /// The texts it comes with, HTML more often than not; the longest is the article's.
    pub(super) texts: Vec<String>,
    pub(super) published: Option<Timestamp>,
    pub(super) language: Option<String>,
    pub(super) tags: Vec<String>,
}

impl Item {
    /// Whether it lacks what most have, so that another reading may find it.
    fn is_poor(&self) -> bool {
        self.link.is_none() || self.texts.iter().all(|text| text.trim().is_empty())
    }

    /// The article, if the item says anything.
    ///
    /// Its key is that of its address; where items of a feed share one address, or have none, that of the feed and its
    /// own `guid`; without that of its content.
    pub(super) fn article(
        self,
        source: &str,
        language: Option<Language>,
        feed: &Url,
        shared: &HashMap<String, usize>,
    ) -> Option<Intake> {
        let title = clean::line(&html::text(&self.title));
        let text = self
            .texts
            .iter()
            .map(|text| html::text(text))
            .max_by_key(String::len)
            .unwrap_or_default();
        if title.is_empty() && text.is_empty() {
            return None;
        }
        let link = self.link.filter(|link| key::address(link).is_some());
        // Where there is no other, the key is the address more often than not.
        let link = link.or_else(|| key::address(&self.guid));
        let own_link = link
            .as_ref()
            .is_some_and(|link| shared.get(link).is_none_or(|count| *count < 2));
        let id = (!own_link && !self.guid.is_empty())
            .then(|| key::of_content(feed.host_str().unwrap_or_default(), &self.guid));
        let draft = Draft {
            id,
            title: (!title.is_empty()).then_some(title),
            text,
            language: self
                .language
                .or_else(|| language.map(|language| language.code().to_string())),
            source: Some(source.to_string()),
            published: self
                .published
                .and_then(|moment| Published::parse(&moment.to_string())),
            url: link,
            tags: self.tags,
            state: None,
        };
        Some(draft.finish(&Given::default()))
    }
}

/// Whether a feed brings its texts under a prefix that it does not declare, which the strict reading passes over.
fn lacks_whole_texts(text: &str) -> bool {
    text.contains("<content:encoded") && !text.contains("=\"http://purl.org/rss/1.0/modules/content/\"")
}

/// How many items each address stands at.
fn shared_links(items: &[Item]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for link in items.iter().filter_map(|item| item.link.as_ref()) {
        *counts.entry(link.clone()).or_default() += 1;
    }
    counts
}

/// Reads a feed that keeps the rules; the error is in the parser's words.
fn strict(text: &str, address: &Url) -> Result<Raw, String> {
    let parser = feed_rs::parser::Builder::new()
        .base_uri(Some(address.as_str()))
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|text| {
            let moment = stamp::stamp(text)?;
            DateTime::from_timestamp(moment.as_second(), 0)
        })
        .build();
    let feed = parser
        .parse(text.as_bytes())
        .map_err(|error| clean::line(&error.to_string()))?;
    Ok(Raw {
        title: feed.title.map(|title| title.content).unwrap_or_default(),
        language: feed.language,
        rest: feed.ttl,
        items: feed.entries.into_iter().map(strict_item).collect(),
    })
}

fn strict_item(entry: feed_rs::model::Entry) -> Item {
    let moment = entry.published.or(entry.updated);
    // Atom: the link without a relation, or the alternate one, is the article; others lead to sounds or comments.
    let is_article = |link: &&feed_rs::model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let link = entry
        .links
        .iter()
        .find(is_article)
        .or_else(|| entry.links.first());
    let content = entry.content.and_then(|content| content.body);
    Item {
        guid: entry.id,
        link: link.map(|link| link.href.clone()),
        title: entry.title.map(|title| title.content).unwrap_or_default(),
        texts: content
            .into_iter()
            .chain(entry.summary.map(|summary| summary.content))
            .collect(),
        published: moment.and_then(|moment| Timestamp::from_second(moment.timestamp()).ok()),
        language: entry.language,
        tags: entry
            .categories
            .into_iter()
            .map(|category| category.label.unwrap_or(category.term))
            .collect(),
    }
}

/// Reads a feed that breaks the rules in two ways, and gives the reading with more items.
fn mended(text: &str, address: &Url) -> Raw {
    let salvaged = salvage::read(text, address);
    let mut other = tolerant(text).unwrap_or_default();
    // What broke off before it could be told from others would come again under another key.
    other
        .items
        .retain(|item| item.link.is_some() || !item.guid.is_empty() || !item.texts.is_empty());
    if other.items.len() > salvaged.items.len() {
        other
    } else {
        salvaged
    }
}

/// Reads a feed that breaks the rules.
fn tolerant(text: &str) -> Option<Raw> {
    let options = feedparser_rs::ParseOptions {
        sanitize_html: false,
        ..Default::default()
    };
    let parsed = feedparser_rs::parse_with_options(text.as_bytes(), &options).ok()?;
    let minutes = parsed.feed.ttl.as_deref().and_then(|ttl| ttl.trim().parse().ok());
    Some(Raw {
        title: parsed.feed.title.unwrap_or_default(),
        language: parsed.feed.language.map(|language| language.to_string()),
        rest: minutes,
        items: parsed.entries.into_iter().map(tolerant_item).collect(),
    })
}

fn tolerant_item(entry: feedparser_rs::Entry) -> Item {
    let told = entry
        .published_str
        .as_deref()
        .or(entry.updated_str.as_deref())
        .and_then(stamp::stamp);
    let parsed = entry
        .published
        .or(entry.updated)
        .and_then(|moment| Timestamp::from_second(moment.timestamp()).ok());
    Item {
        guid: entry.id.map(|id| id.to_string()).unwrap_or_default(),
        link: entry.link,
        title: entry.title.unwrap_or_default(),
        texts: entry
            .content
            .into_iter()
            .map(|content| content.value)
            .chain(entry.summary)
            .collect(),
        published: told.or(parsed),
        language: entry.language.map(|language| language.to_string()),
        tags: entry
            .tags
            .into_iter()
            .map(|tag| tag.label.unwrap_or(tag.term).to_string())
            .collect(),
    }
}

/// The encoding that an XML declaration names.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(200))?);
    let declaration = start.split_once("<?xml")?.1.split_once("?>")?.0;
    let value = declaration
        .split_once("encoding")?
        .1
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.strip_prefix(quote)?.split(quote).next().map(str::to_string)
}

/// The text behind its XML declaration, which no longer tells the encoding, and behind anything before it.
fn without_prolog(text: &str) -> &str {
    let text = text.trim_start();
    let declared = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    declared.map_or(text, |(_, rest)| rest.trim_start())
}

/// Whether a text begins as a web page does.
fn is_page(text: &str) -> bool {
    let start: String = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
    let feed = ["<rss", "<feed", "<rdf:rdf", "<channel"]
        .iter()
        .any(|tag| start.contains(tag));
    !feed && (start.contains("<!doctype html") || start.contains("<html") || start.contains("<head"))
}

#[cfg(test)]
mod tests {
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
        <item><guid>x</guid></item>
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
        let cases = include_str!("../../tests/feeds.txt").split("\n### ").skip(1);
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
            format!(
                "<item><guid>{guid}</guid><link>https://l.example/ticker</link><title>{guid}</title></item>"
            )
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
}
