//! Feeds that no parser of XML or JSON Feed takes, read as far as anything can be made of them.
//!
//! They are read the way browsers read HTML, which forgives bare `&` and `<`, forgotten ends, unknown prefixes and a
//! truncated rest. What is needed of a feed is flat: items, and in each a handful of fields.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use url::Url;

use super::{Item, Raw, json};
use crate::intake::stamp;

/// The most items that are read, and the longest field, in bytes.
const MOST: (usize, usize) = (50_000, 2 << 20);

/// Reads whatever reads as a feed; without items where nothing does.
pub(super) fn read(text: &str, address: &Url) -> Raw {
    if json::is_json(text) {
        return json::read(text).unwrap_or_default();
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

/// The most words kept to call an item by that says nothing else.
const MARKS: usize = 4;

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
    /// A text about a picture or a sound, which is the item's where it has no other.
    Caption,
    /// A title of such a thing.
    Label,
    Published,
    Updated,
    Author,
    Tag,
    Language,
    Rest,
}

impl Field {
    /// The field that an element is, in any of the formats; elements of other vocabularies are none.
    fn of(name: &str) -> Option<Self> {
        let (prefix, local) = name.rsplit_once(':').unwrap_or(("", name));
        let beside = matches!(prefix, "media" | "itunes" | "googleplay");
        let foreign = matches!(prefix, "georss" | "slash" | "wfw" | "sy" | "thr");
        Some(match local {
            _ if foreign => return None,
            "title" if beside => Self::Label,
            "description" | "summary" | "subtitle" | "text" if beside => Self::Caption,
            _ if beside => return None,
            "title" => Self::Title,
            "link" => Self::Link,
            "guid" | "id" => Self::Guid,
            "description" | "summary" | "content" | "encoded" | "body" | "fulltext" | "abstract" => {
                Self::Text
            }
            "pubdate" | "published" | "issued" | "date" | "created" => Self::Published,
            "updated" | "modified" => Self::Updated,
            "author" | "creator" => Self::Author,
            "category" | "subject" => Self::Tag,
            "language" => Self::Language,
            "ttl" => Self::Rest,
            _ => return None,
        })
    }

    /// Whether it is so short that another field within it means that its end was forgotten.
    const fn is_short(self) -> bool {
        !matches!(self, Self::Text | Self::Caption)
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

/// The name of an element without that of its namespace.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn is_item(local: &str) -> bool {
    matches!(local, "item" | "entry")
}

/// Whether an element of the channel has a title of its own.
fn is_aside(local: &str) -> bool {
    matches!(local, "image" | "textinput" | "author" | "source")
}

/// The value of a tag's attribute.
fn value<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    let found = tag.attrs.iter().find(|own| &*own.name.local == name);
    found.map(|own| own.value.trim())
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
        let local = local(name);
        if is_item(local) {
            return self.begin_item(tag);
        }
        if let Some(base) = value(tag, "xml:base").and_then(|base| self.base.join(base).ok())
            && self.item.is_none()
        {
            self.base = base;
        }
        // That of the whole feed may have names and titles of its own.
        let field = Field::of(name).filter(|field| *field != Field::Author || self.item.is_some());
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
            self.aside |= is_aside(local);
        }
        self.begin_field(field, tag);
    }

    fn begin_item(&mut self, tag: &Tag) {
        self.end_item();
        self.item = Some(Item::default());
        // In the Channel Definition Format, items carry their address so.
        if let Some(href) = value(tag, "href") {
            self.take(Field::Link, href.to_string());
        }
        if tag.self_closing {
            self.end_item();
        }
    }

    /// Takes what a tag says by itself; else what follows it belongs to its field.
    fn begin_field(&mut self, field: Option<Field>, tag: &Tag) {
        match (field, value(tag, "href")) {
            (Some(Field::Link), Some(href)) => {
                let is_article = value(tag, "rel").is_none_or(|rel| rel == "alternate");
                self.take(Field::Link, String::from(if is_article { href } else { "" }));
            }
            (Some(Field::Tag), _) if value(tag, "term").is_some() => {
                let term = value(tag, "label").or_else(|| value(tag, "term"));
                self.take(Field::Tag, term.unwrap_or_default().to_string());
            }
            (None | Some(Field::Text | Field::Caption), _) if value(tag, "url").is_some() => {
                self.mark(value(tag, "url").unwrap_or_default());
            }
            (Some(field), _) if !tag.self_closing => {
                self.field = Some((field, tag.name.to_string(), 0, String::new()));
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let local = local(name);
        if is_item(local) {
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
        if is_aside(local) {
            self.aside = false;
        }
    }

    fn text(&mut self, words: &str) {
        if let Some((_, _, _, text)) = &mut self.field
            && text.len() < MOST.1
        {
            text.push_str(words);
        } else if self.field.is_none() {
            self.mark(words.trim());
        }
    }

    /// Keeps what an item can be called by where it says nothing else: an author, a sound, a remark.
    fn mark(&mut self, words: &str) {
        if let Some(item) = &mut self.item
            && item.marks.len() < MARKS
            && !words.is_empty()
        {
            item.marks.push(words.to_string());
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
        if matches!(
            field,
            Field::Published | Field::Updated | Field::Tag | Field::Author
        ) {
            self.mark(&text);
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
            Field::Caption => item.captions.push(text),
            Field::Label => item.label = Some(item.label.take().unwrap_or(text)),
            Field::Published if item.published.is_none() => item.published = stamp::stamp(&text),
            Field::Updated => self.updated = Some(text),
            Field::Tag => item.tags.push(text),
            Field::Author => item.authors.push(text),
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
        if self.field.as_ref().is_some_and(|(field, ..)| field.is_short()) {
            self.field = None;
        }
        self.end_field();
        let is_known = |item: &Item| item.link.is_some() || !item.guid.is_empty();
        let others_are = self.raw.items.iter().any(is_known);
        let says = |item: &Item| !item.title.is_empty() || !item.texts.is_empty();
        if self
            .item
            .as_ref()
            .is_some_and(|item| is_known(item) || !others_are && says(item))
        {
            self.end_item();
        }
        self.raw
    }
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
