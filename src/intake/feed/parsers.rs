//! The two parsers of others that feeds are given to: one for those that keep the rules, one for those that do not.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::DateTime;
use jiff::Timestamp;
use url::Url;

use super::{Item, Raw};
use crate::intake::{clean, stamp};

/// Reads a feed that keeps the rules; the error is in the parser's words.
pub(super) fn strict(text: &str, address: &Url) -> Result<Raw, String> {
    let parser = feed_rs::parser::Builder::new()
        .base_uri(Some(address.as_str()))
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|text| {
            let moment = stamp::stamp(text)?;
            DateTime::from_timestamp(moment.as_second(), 0)
        })
        .build();
    let feed = caught(|| parser.parse(text.as_bytes())).ok_or("it cannot be parsed")?;
    let feed = feed.map_err(|error| clean::line(&error.to_string()))?;
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
        authors: entry
            .authors
            .into_iter()
            .filter_map(|person| person.name)
            .collect(),
        language: entry.language,
        tags: entry
            .categories
            .into_iter()
            .map(|category| category.label.unwrap_or(category.term))
            .collect(),
        ..Item::default()
    }
}

/// Reads a feed that breaks the rules.
pub(super) fn tolerant(text: &str) -> Option<Raw> {
    let options = feedparser_rs::ParseOptions {
        sanitize_html: false,
        ..Default::default()
    };
    let parsed = caught(|| feedparser_rs::parse_with_options(text.as_bytes(), &options))?.ok()?;
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
        authors: entry.author.into_iter().map(|name| name.to_string()).collect(),
        language: entry.language.map(|language| language.to_string()),
        tags: entry
            .tags
            .into_iter()
            .map(|tag| tag.label.unwrap_or(tag.term).to_string())
            .collect(),
        ..Item::default()
    }
}

/// What a parser gives, or none where it panics: a feed of somebody else's must not end the program.
fn caught<T>(parse: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(parse)).ok()
}
