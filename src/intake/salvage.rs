//! Feeds that no parser of XML or JSON Feed takes, read as far as anything can be made of them.
//!
//! They are read the way browsers read HTML, which forgives bare `&` and `<`, forgotten ends, unknown prefixes and a
//! truncated rest. What is needed of a feed is flat: items, and in each a handful of fields.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use serde_json::Value;
use url::Url;

use super::feed::{Item, Raw};
use super::stamp;

/// The most items that are read, and the longest field, in bytes.
const MOST: (usize, usize) = (50_000, 2 << 20);

/// Reads whatever reads as a feed; without items where nothing does.
pub(super) fn read(text: &str, address: &Url) -> Raw {
    if text.trim_start().starts_with(['{', '[']) {
        return serde_json::from_str(text).ok().and_then(json).unwrap_or_default();
    }
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    let tokenizer = Tokenizer::new(
        Sink(RefCell::new(Reading::new(address))),
        TokenizerOpts::default(),
    );
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

struct Sink(RefCell<Reading>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reading = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => reading.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => reading.close(&tag),
            Token::TagToken(tag) => reading.open(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    /// True, so that CDATA is text.
    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        true
    }
}

/// What an element of a feed says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Link,
    Guid,
    Text,
    Published,
    Updated,
    Tag,
    Language,
    Rest,
}

impl Field {
    /// The field that an element is, in any of the formats; elements of other vocabularies are none.
    fn of(name: &str) -> Option<Self> {
        let (prefix, local) = name.rsplit_once(':').unwrap_or(("", name));
        let foreign = matches!(
            prefix,
            "media" | "itunes" | "georss" | "slash" | "wfw" | "sy" | "thr" | "googleplay"
        );
        Some(match local {
            _ if foreign => return None,
            "title" => Self::Title,
            "link" => Self::Link,
            "guid" | "id" => Self::Guid,
            "description" | "summary" | "content" | "encoded" | "body" | "fulltext" => Self::Text,
            "pubdate" | "published" | "issued" | "date" | "created" => Self::Published,
            "updated" | "modified" => Self::Updated,
            "category" | "subject" => Self::Tag,
            "language" => Self::Language,
            "ttl" => Self::Rest,
            _ => return None,
        })
    }

    /// Whether it is so short that another field within it means that its end was forgotten.
    const fn is_short(self) -> bool {
        !matches!(self, Self::Text)
    }
}

struct Reading {
    base: Url,
    raw: Raw,
    item: Option<Item>,
    /// The second moment of the item, which counts where there is no first.
    updated: Option<String>,
    /// The field being read: its element's name, how often that is open within itself, and its text so far.
    field: Option<(Field, String, usize, String)>,
    /// Within an element of the channel that has a title of its own.
    aside: bool,
}

impl Reading {
    fn new(address: &Url) -> Self {
        Self {
            base: address.clone(),
            raw: Raw::default(),
            item: None,
            updated: None,
            field: None,
            aside: false,
        }
    }

    fn open(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
        let value = |wanted: &str| {
            let found = tag
                .attrs
                .iter()
                .find(|attribute| &*attribute.name.local == wanted);
            found.map(|attribute| attribute.value.trim())
        };
        if matches!(local, "item" | "entry") {
            self.end_item();
            self.item = (!tag.self_closing).then(Item::default);
            return;
        }
        if let Some(base) = value("xml:base").and_then(|base| self.base.join(base).ok())
            && self.item.is_none()
        {
            self.base = base;
        }
        let field = Field::of(name);
        match (&mut self.field, field) {
            (Some((open, ..)), Some(_)) if open.is_short() => self.end_field(),
            (Some((_, own, depth, text)), _) => {
                if own == name {
                    *depth += 1;
                }
                // Markup that was not escaped: it says where the paragraphs of a text are.
                text.push_str(&format!("<{name}>"));
                return;
            }
            _ => {}
        }
        if self.item.is_none() {
            self.aside |= matches!(local, "image" | "textinput" | "author" | "source");
        }
        match (field, value("href")) {
            (Some(Field::Link), Some(href)) => {
                let is_article = value("rel").is_none_or(|rel| rel == "alternate");
                self.take(Field::Link, String::from(if is_article { href } else { "" }));
            }
            (Some(Field::Tag), _) if value("term").is_some() => {
                let term = value("label")
                    .or_else(|| value("term"))
                    .unwrap_or_default()
                    .to_string();
                self.take(Field::Tag, term);
            }
            (Some(field), _) if !tag.self_closing => {
                self.field = Some((field, name.to_string(), 0, String::new()));
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
        if matches!(local, "item" | "entry") {
            return self.end_item();
        }
        if let Some((_, own, depth, text)) = &mut self.field {
            if own == name && *depth == 0 {
                self.end_field();
            } else {
                *depth -= usize::from(own == name);
                text.push_str(&format!("</{name}>"));
            }
            return;
        }
        if matches!(local, "image" | "textinput" | "author" | "source") {
            self.aside = false;
        }
    }

    fn text(&mut self, words: &str) {
        if let Some((_, _, _, text)) = &mut self.field
            && text.len() < MOST.1
        {
            text.push_str(words);
        }
    }

    fn end_field(&mut self) {
        if let Some((field, _, _, text)) = self.field.take() {
            self.take(field, text);
        }
    }

    fn take(&mut self, field: Field, text: String) {
        let text = text.trim().to_string();
        if text.is_empty() {
            return;
        }
        let base = &self.base;
        let Some(item) = &mut self.item else {
            match field {
                Field::Title if !self.aside && self.raw.title.is_empty() => self.raw.title = text,
                Field::Language => self.raw.language = Some(text),
                Field::Rest => self.raw.rest = text.parse().ok(),
                _ => {}
            }
            return;
        };
        match field {
            Field::Title if item.title.is_empty() => item.title = text,
            Field::Link if item.link.is_none() => item.link = base.join(&text).ok().map(String::from),
            Field::Guid if item.guid.is_empty() => item.guid = text,
            Field::Text => item.texts.push(text),
            Field::Published if item.published.is_none() => item.published = stamp::stamp(&text),
            Field::Updated => self.updated = Some(text),
            Field::Tag => item.tags.push(text),
            _ => {}
        }
    }

    fn end_item(&mut self) {
        self.end_field();
        let updated = self.updated.take();
        if let Some(mut item) = self.item.take()
            && self.raw.items.len() < MOST.0
        {
            item.published = item.published.or_else(|| stamp::stamp(&updated?));
            self.raw.items.push(item);
        }
    }

    /// What was read; an item that broke off before it could be told from others is left out.
    fn finish(mut self) -> Raw {
        self.end_field();
        if self
            .item
            .as_ref()
            .is_some_and(|item| item.link.is_some() || !item.guid.is_empty() || !item.texts.is_empty())
        {
            self.end_item();
        }
        self.raw
    }
}

/// A feed in JSON, whatever it calls its version.
fn json(value: Value) -> Option<Raw> {
    let text = |value: Option<&Value>| match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let items = match &value {
        Value::Array(items) => items,
        value => value.get("items").or_else(|| value.get("entries"))?.as_array()?,
    };
    let item = |item: &Value| Item {
        guid: text(item.get("id")).unwrap_or_default(),
        link: text(item.get("url"))
            .or_else(|| text(item.get("external_url")))
            .or_else(|| text(item.get("link"))),
        title: text(item.get("title")).unwrap_or_default(),
        texts: ["content_html", "content_text", "content", "summary"]
            .iter()
            .filter_map(|name| text(item.get(*name)))
            .collect(),
        published: ["date_published", "date_modified", "published"]
            .iter()
            .find_map(|name| stamp::stamp(&text(item.get(*name))?)),
        language: text(item.get("language")),
        tags: item
            .get("tags")
            .and_then(Value::as_array)
            .map_or_else(Vec::new, |tags| {
                tags.iter().filter_map(|tag| text(Some(tag))).collect()
            }),
    };
    let items: Vec<Item> = items.iter().filter(|item| item.is_object()).map(item).collect();
    let is_feed = items
        .iter()
        .any(|item| item.link.is_some() || !item.texts.is_empty());
    is_feed.then(|| Raw {
        title: text(value.get("title")).unwrap_or_default(),
        language: text(value.get("language")),
        rest: None,
        items,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn address() -> Url {
        Url::parse("https://bote.example/feed").expect("an address")
    }

    proptest! {
        #[test]
        fn anything_is_read(text in "(<(item|entry|title|link href=x|description|/item|/title|/description|p|!\\[CDATA\\[)>?|\\]\\]>|&amp;|&|[a-z]{1,5}){0,80}") {
            read(&text, &address());
        }
    }

    #[test]
    fn a_million_open_items_cost_no_more_than_their_length() {
        assert_eq!(
            read(&"<item><title>a".repeat(200_000), &address()).items.len(),
            MOST.0
        );
        assert!(
            read(&"<item><description>".repeat(100_000), &address())
                .items
                .len()
                <= MOST.0
        );
    }
}
