//! Subscription lists in OPML, read as far as they can be read and written as version 2.0.

use std::cell::RefCell;
use std::collections::HashMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use url::Url;

use super::clean;
use crate::article::Feed;

/// Most folders within folders whose names become tags; deeper ones count for the feeds within but give no tag.
const DEPTH: usize = 16;

/// The feeds of an OPML list, in order, each address once; folders and categories become tags.
///
/// Lists are written by hand and by programs of thirty years: attributes in any case and quotes, bare `&`, tags that
/// never close, HTML entities. They are read the way browsers read HTML, which forgives all that. Addresses that are not
/// http or https are given back in `refused`.
pub fn read(text: &str) -> Outlines {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().found
}

/// What an OPML list holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outlines {
    /// The feeds, in order.
    pub feeds: Vec<Feed>,
    /// Addresses that are no web address.
    pub refused: Vec<String>,
}

struct Sink(RefCell<Reading>);

#[derive(Default)]
struct Reading {
    found: Outlines,
    /// The place of each address among the feeds found.
    places: HashMap<String, usize>,
    /// The outlines that are open: the name of a folder, or none for a feed.
    open: Vec<Option<String>>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && &*tag.name == "outline"
        {
            self.0.borrow_mut().outline(&tag);
        }
        TokenSinkResult::Continue
    }
}

impl Reading {
    fn outline(&mut self, tag: &Tag) {
        if tag.kind == TagKind::EndTag {
            self.open.pop();
            return;
        }
        let value = |name: &str| {
            let attribute = tag
                .attrs
                .iter()
                .find(|attribute| &*attribute.name.local == name)?;
            let text = clean::line(&attribute.value);
            (!text.is_empty()).then_some(text)
        };
        let label = value("text").or_else(|| value("title"));
        let Some(address) = value("xmlurl") else {
            return self.open_outline(tag, label);
        };
        match Url::parse(&address) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                let tags = self.tags(value("category").as_deref());
                self.add(Feed {
                    url: url.to_string(),
                    title: label.unwrap_or_default(),
                    tags,
                    ..Feed::default()
                });
            }
            _ => self.found.refused.push(address),
        }
        self.open_outline(tag, None);
    }

    fn open_outline(&mut self, tag: &Tag, folder: Option<String>) {
        if !tag.self_closing {
            self.open.push(folder.filter(|_| self.open.len() < DEPTH));
        }
    }

    /// The folders around and the comma list of categories, whose parts may be paths.
    fn tags(&self, category: Option<&str>) -> Vec<String> {
        let listed = category.unwrap_or_default().split([',', '/']).map(str::trim);
        let mut tags: Vec<String> = Vec::new();
        for tag in self
            .open
            .iter()
            .take(DEPTH)
            .flatten()
            .map(String::as_str)
            .chain(listed)
        {
            if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
                tags.push(tag.to_string());
            }
        }
        tags
    }

    fn add(&mut self, feed: Feed) {
        let place = *self
            .places
            .entry(feed.url.clone())
            .or_insert(self.found.feeds.len());
        let Some(known) = self.found.feeds.get_mut(place) else {
            return self.found.feeds.push(feed);
        };
        for tag in feed.tags {
            if !known.tags.contains(&tag) {
                known.tags.push(tag);
            }
        }
    }
}

/// The feeds as OPML 2.0, tags as categories.
pub fn write(feeds: &[Feed]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head><title>beide</title></head>\n  <body>\n",
    );
    for feed in feeds {
        let (title, url) = (escaped(&feed.title), escaped(&feed.url));
        text.push_str(&format!(
            "    <outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{url}\""
        ));
        if let Some(language) = feed.language {
            text.push_str(&format!(" language=\"{language}\""));
        }
        if !feed.tags.is_empty() {
            text.push_str(&format!(" category=\"{}\"", escaped(&feed.tags.join(","))));
        }
        text.push_str("/>\n");
    }
    text.push_str("  </body>\n</opml>\n");
    text
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &str, expected: &[(&str, &str, &[&str])]) {
        let read = read(list);
        let seen: Vec<_> = read
            .feeds
            .iter()
            .map(|feed| {
                (
                    feed.url.as_str(),
                    feed.title.as_str(),
                    feed.tags.iter().map(String::as_str).collect(),
                )
            })
            .collect::<Vec<(&str, &str, Vec<&str>)>>();
        let expected: Vec<_> = expected
            .iter()
            .map(|(url, title, tags)| (*url, *title, tags.to_vec()))
            .collect();
        assert_eq!(seen, expected, "{list}");
    }

    #[test]
    fn folders_and_categories_become_tags() {
        check(
            r#"<opml version="2.0"><body>
                 <outline text="Wirtschaft"><outline text="Börse" xmlUrl="https://a.example/feed" category="/Märkte,Geld"/>
                   <outline text="DE"><outline title="Kurier" xmlUrl="http://b.example/rss"></outline></outline></outline>
                 <outline text="Krant" type="rss" xmlUrl="https://c.example/"/>
               </body></opml>"#,
            &[
                (
                    "https://a.example/feed",
                    "Börse",
                    &["Wirtschaft", "Märkte", "Geld"],
                ),
                ("http://b.example/rss", "Kurier", &["Wirtschaft", "DE"]),
                ("https://c.example/", "Krant", &[]),
            ],
        );
    }

    #[test]
    fn broken_lists_are_read_as_far_as_they_go() {
        check(
            "<opml><body><outline TEXT='Recht & Ordnung' XMLURL='https://a.example/?a=1&b=2'/><outline text=eins xmlurl=https://b.example/x />\
             <outline text='abgebrochen' xmlUrl='https://c.exa",
            &[
                ("https://a.example/?a=1&b=2", "Recht & Ordnung", &[]),
                ("https://b.example/x", "eins", &[]),
            ],
        );
        check("kein OPML", &[]);
    }

    #[test]
    fn an_address_stands_once_with_all_its_tags() {
        check(
            r#"<outline text="A"><outline xmlUrl="https://a.example/f" text="F"/></outline>
               <outline text="B"><outline xmlUrl="https://a.example/f" text="G"/></outline>"#,
            &[("https://a.example/f", "F", &["A", "B"])],
        );
    }

    #[test]
    fn addresses_outside_the_web_are_refused() {
        let read = read(r#"<outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="javascript:x()"/>"#);
        assert_eq!((read.feeds.len(), read.refused.len()), (0, 2));
    }

    #[test]
    fn what_is_written_reads_back() {
        let feed = |url: &str, title: &str, tags: &[&str]| Feed {
            url: url.into(),
            title: title.into(),
            tags: tags.iter().map(|tag| (*tag).to_string()).collect(),
            ..Feed::default()
        };
        let feeds = vec![
            feed(
                "https://a.example/?x=1&y=2",
                "Recht & \"Ordnung\" <1>",
                &["Politik", "Märkte"],
            ),
            feed("https://b.example/", "", &[]),
        ];
        assert_eq!(read(&write(&feeds)).feeds, feeds);
    }
}
