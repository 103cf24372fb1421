//! Feeds read into articles: RSS 0.9 to 2.0, Atom and JSON Feed, whatever their state.

mod json;
mod parsers;
mod salvage;

use std::collections::{HashMap, HashSet};
use std::fmt;

use jiff::Timestamp;
use url::Url;

use super::{Draft, Given, Intake, clean, decode, html, key};
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
    let decoded = decode::decode(bytes, declared.as_deref())
        .or_else(|| without_controls(bytes))
        .ok_or(NoFeed::Other)?;
    let text = without_prolog(&decoded.text);
    let (mut feed, mut repaired) = if is_page(text) {
        let within = within_page(text, address);
        within.ok_or_else(|| NoFeed::Page(html::announced_feeds(text, address)))?
    } else {
        best(text, address).ok_or(NoFeed::Other)?
    };
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
    let articles = told_apart(items.filter_map(|item| item.article(&title, language, address, &shared)));
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
    /// Takes over from another reading of the same feed what this one lacks: item by item, as long as they are the same.
    fn complete(&mut self, other: Self) {
        let as_many = self.items.len() == other.items.len();
        for (item, other) in self.items.iter_mut().zip(other.items) {
            if !as_many && !item.is_surely(&other) {
                return;
            }
            item.texts.extend(other.texts);
            item.captions.extend(other.captions);
            item.marks.extend(other.marks);
            item.label = item.label.take().or(other.label);
            item.link = item.link.take().or(other.link);
            item.published = item.published.or(other.published);
            if item.authors.is_empty() {
                item.authors = other.authors;
            }
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
    /// Everybody it names as its author.
    pub(super) authors: Vec<String>,
    pub(super) published: Option<Timestamp>,
    pub(super) language: Option<String>,
    pub(super) tags: Vec<String>,
    /// What is said of its pictures and sounds, which counts where it has no text of its own.
    pub(super) captions: Vec<String>,
    /// What they are called.
    pub(super) label: Option<String>,
    /// Anything else that it can be called by.
    pub(super) marks: Vec<String>,
}

impl Item {
    /// Whether it lacks what most have, so that another reading may find it.
    fn is_poor(&self) -> bool {
        self.link.is_none() || self.texts.iter().all(|text| text.trim().is_empty())
    }

    /// Whether both say of themselves that they are the same.
    fn is_surely(&self, other: &Self) -> bool {
        let named = !self.guid.is_empty() && self.guid == other.guid;
        named || self.link.is_some() && self.link == other.link
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
        let words = |raw: &String| clean::line(&html::text(raw));
        let longest = |texts: &[String]| {
            let texts = texts.iter().map(|text| html::text(text));
            texts.max_by_key(String::len).filter(|text| !text.is_empty())
        };
        let text = longest(&self.texts).or_else(|| longest(&self.captions));
        let text = text.unwrap_or_default();
        let mut title = words(&self.title);
        if title.is_empty() {
            title = self.label.as_ref().map(words).unwrap_or_default();
        }
        if title.is_empty() && text.is_empty() {
            // What says only where it is, or whose, is an entry all the same: readers of podcasts know many such.
            let names = self.link.iter().chain(&self.marks).chain([&self.guid]);
            title = names.map(words).find(|name| !name.is_empty())?;
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
            authors: self.authors,
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

/// The reading with the most items, and what was wrong where that is not the strict one; none where nothing reads as a feed.
fn best(text: &str, address: &Url) -> Option<(Raw, Option<Repair>)> {
    let strict = parsers::strict(text, address);
    let found = strict.as_ref().map_or(0, |feed| feed.items.len());
    let mut best = match strict {
        Ok(feed) if found > 0 && found >= announced_items(text) => (feed, None),
        strict => {
            let mended = mended(text, address);
            let reason = match &strict {
                Ok(_) => "items where none may stand".to_string(),
                Err(reason) => reason.clone(),
            };
            match strict {
                Ok(feed) if mended.items.len() <= found => (feed, None),
                Err(_) if mended.items.is_empty() && !is_feed(text) => return None,
                _ => (mended, Some(Repair::Malformed(reason))),
            }
        }
    };
    if best.0.items.iter().any(Item::is_poor) || lacks_whole_texts(text) {
        best.0.complete(salvage::read(text, address));
    }
    Some(best)
}

/// How many elements of a text are called as items are; those in comments and in texts count, too.
fn announced_items(text: &str) -> usize {
    let names = text.split('<').skip(1).map(|tag| {
        let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'));
        let name = tag.get(..end.unwrap_or(0)).unwrap_or_default();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    });
    names
        .filter(|name| name.eq_ignore_ascii_case("item") || name.eq_ignore_ascii_case("entry"))
        .count()
}

/// The feed that stands within a page, as it is or escaped as a page shows it.
fn within_page(text: &str, address: &Url) -> Option<(Raw, Option<Repair>)> {
    let lower = text.to_ascii_lowercase();
    let repair = || Some(Repair::Malformed("a feed within a web page".to_string()));
    if is_feed(&lower) {
        let found = salvage::read(text, address);
        return (!found.items.is_empty()).then(|| (found, repair()));
    }
    if lower.contains("&lt;") {
        let shown = html::text(text);
        let found = salvage::read(if is_feed(&shown) { &shown } else { "" }, address);
        return (!found.items.is_empty()).then(|| (found, repair()));
    }
    None
}

/// Whether a text has the root of a feed.
fn is_feed(text: &str) -> bool {
    let names = text.split('<').skip(1).map(|tag| {
        let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '>');
        let name = tag.get(..end.unwrap_or(0)).unwrap_or_default();
        let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
        local.to_ascii_lowercase()
    });
    let roots = ["rss", "feed", "rdf", "channel"];
    names.into_iter().any(|name| roots.contains(&name.as_str()))
}

/// The text of a feed among more control characters than texts have, such as the zeros some servers fill up with.
fn without_controls(bytes: &[u8]) -> Option<decode::Decoded> {
    let kept: Vec<u8> = bytes
        .iter()
        .copied()
        .filter(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 32..))
        .collect();
    let text = String::from_utf8_lossy(&kept).into_owned();
    (announced_items(&text) > 0 || json::is_json(&text)).then_some(decode::Decoded { text, encoding: None })
}

/// The articles with a key each: one that came before with the same words is left out, one with others gets a key of
/// these.
fn told_apart(articles: impl Iterator<Item = Intake>) -> Vec<Intake> {
    let mut titles: HashMap<String, String> = HashMap::new();
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for mut intake in articles {
        let headline = &mut intake.article.headline;
        if let Some(title) = titles.get(&headline.id.0)
            && *title != headline.title
        {
            headline.id.0 = key::of_content(&headline.title, &intake.article.text);
        }
        if seen.insert(headline.id.0.clone()) {
            titles.insert(headline.id.0.clone(), headline.title.clone());
            kept.push(intake);
        }
    }
    kept
}

/// Reads a feed that breaks the rules in two ways, and gives the reading with more items.
fn mended(text: &str, address: &Url) -> Raw {
    let salvaged = salvage::read(text, address);
    // The other one looks at each item several times: where it could bring no more, it is not asked.
    if json::is_json(text) || salvaged.items.len() >= announced_items(text) {
        return salvaged;
    }
    let mut other = parsers::tolerant(text).unwrap_or_default();
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
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c.is_control());
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
mod odd_tests;
#[cfg(test)]
mod tests;
