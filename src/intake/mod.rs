//! The world in, articles out: files, folders, standard input, bulk files of JSON Lines, feeds, web pages.
//!
//! Every article leaves intake without control characters, within stated bounds, with a key, and with what could be
//! found out about it: title, language, source, date. What the reader says about it ([`Given`]) comes first.

mod author;
mod clean;
mod date;
mod decode;
mod feed;
mod files;
mod frame;
mod html;
mod http;
mod key;
mod lines;
mod markdown;
mod newsboat;
mod opml;
mod page;
mod plain;
mod robots;
mod stamp;
mod words;

pub use clean::{line as cleaned_line, text as cleaned};
pub use feed::{FeedText, NoFeed, Repair, read_feed};
pub use files::{Form, articles_in, bounded, bytes_of, read_bytes, read_file, text_of};
pub use http::{Answer, Client, FetchError, Fetched, Patience, Request, Validators};
pub use lines::{Broken, Lines, Reason, said};
pub use newsboat::{is_database, read_newsboat, read_urls};
pub use opml::{Outlines, read as read_opml, write as write_opml};
pub use page::{NoArticle, read_page};
pub use robots::{MAX_ROBOTS, Robots};

use std::path::PathBuf;

use whichlang::Lang;

use crate::article::{Article, ArticleId, Headline, Language, Published, State};

/// The largest file read as one article; no article is this long.
pub const MAX_FILE: u64 = 16 << 20;

/// The longest text kept of an article, in bytes; a long newspaper page has a twentieth of it.
pub const MAX_TEXT: usize = 1_000_000;

/// The longest title, source or tag kept, in characters.
pub const MAX_LINE: usize = 300;

/// The most tags an article keeps.
pub const MAX_TAGS: usize = 64;

/// What the reader says about an article; it overrides what is found in it.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Its language.
    pub language: Option<Language>,
    /// Who publishes it.
    pub source: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Tags beside those it brings.
    pub tags: Vec<String>,
}

impl Given {
    /// When an article was published, as people write it: a month, a day (`24. Februar 2025` too) or a moment.
    pub fn published(text: &str) -> Option<Published> {
        date::published(text)
    }
}

/// An article that came in, and what the reader should know about how.
#[derive(Clone, Debug)]
pub struct Intake {
    /// The article.
    pub article: Article,
    /// What the reader did with it before, where an export says so.
    pub state: Option<State>,
    /// What was not as expected, without stopping it.
    pub notices: Vec<Notice>,
}

/// Something about an article that came in all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It was not in UTF-8; this is the encoding it was read in.
    Decoded(&'static str),
    /// Its text was longer than [`MAX_TEXT`]; the rest was left out.
    Cut,
}

/// Why something is not an article.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No such file.
    #[error("no such file")]
    Missing,
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// It holds nothing that can be read.
    #[error("empty")]
    Empty,
    /// It is not text.
    #[error("not text")]
    Binary,
    /// It is larger than [`MAX_FILE`].
    #[error("too large")]
    TooLarge,
    /// A folder without a file that could be an article.
    #[error("no articles")]
    NoArticles,
    /// A file of JSON Lines, which is imported rather than added.
    #[error("JSON Lines")]
    IsLines,
    /// A web page that shows something else than an article.
    #[error("a page without its article")]
    Page(NoArticle),
}

/// What was asked for and is not an article, with the reason.
pub type Refused = (PathBuf, Refusal);

/// What is known of an article while it is being read. Nothing in it is trusted yet but the text, which is clean.
#[derive(Debug, Default)]
struct Draft {
    id: Option<String>,
    title: Option<String>,
    text: String,
    language: Option<String>,
    source: Option<String>,
    /// Everybody it names as its author, as it is written there.
    authors: Vec<String>,
    published: Option<Published>,
    url: Option<String>,
    tags: Vec<String>,
    state: Option<State>,
}

impl Draft {
    /// The article, with everything bounded, what is missing made up for, and what the reader says put over it.
    fn finish(mut self, given: &Given) -> Intake {
        let mut notices = Vec::new();
        if cut(&mut self.text) {
            notices.push(Notice::Cut);
        }
        let short = |raw: Option<String>| {
            raw.map(|raw| shortened(&clean::line(&raw), MAX_LINE))
                .filter(|line| !line.is_empty())
        };
        let url = self.url.as_deref().and_then(key::address);
        let found = short(self.title).unwrap_or_else(|| plain::title_from(&self.text));
        let id = self.id.unwrap_or_else(|| match &url {
            Some(url) => key::of_address(url),
            None => key::of_content(&found, &self.text),
        });
        let title = short(given.title.clone()).unwrap_or(found);
        let declared = self.language.as_deref().filter(|tag| !tag.trim().is_empty());
        let language = given.language.or_else(|| match declared {
            Some(tag) => Language::from_code(tag.trim()),
            None => language_of(&title, &self.text),
        });
        let mut tags: Vec<String> = Vec::new();
        for tag in self.tags.into_iter().chain(given.tags.iter().cloned()) {
            match short(Some(tag)) {
                Some(tag) if tags.len() < MAX_TAGS && !tags.contains(&tag) => tags.push(tag),
                _ => {}
            }
        }
        let source = short(given.source.clone())
            .or_else(|| short(self.source))
            .unwrap_or_default();
        let author = shortened(&author::joined(&self.authors, &source), MAX_LINE);
        let headline = Headline {
            id: ArticleId(id),
            title,
            source,
            language,
            published: given.published.clone().or(self.published),
            url,
            tags,
            author,
        };
        Intake {
            article: Article {
                headline,
                text: self.text,
            },
            state: self.state,
            notices,
        }
    }
}

/// Cuts a clean text to [`MAX_TEXT`] at a character, and says whether it had to.
fn cut(text: &mut String) -> bool {
    let too_long = text.len() > MAX_TEXT;
    if too_long {
        text.truncate(beginning(text, MAX_TEXT).len());
        text.truncate(text.trim_end().len());
    }
    too_long
}

/// The start of `text`, of at most so many bytes.
fn beginning(text: &str, most: usize) -> &str {
    let ends = (0..=most.min(text.len())).rev();
    ends.take(4).find_map(|end| text.get(..end)).unwrap_or_default()
}

/// The end of `text`, of at most so many bytes.
fn ending(text: &str, most: usize) -> &str {
    let starts = text.len().saturating_sub(most)..=text.len();
    starts
        .take(4)
        .find_map(|start| text.get(start..))
        .unwrap_or_default()
}

/// `line` if it has at most `most` characters, else its beginning up to the end of a word, and `…`.
///
/// A number near the cut goes too: without its scale and unit, which may stand behind the cut, it would say another value.
fn shortened(line: &str, most: usize) -> String {
    let Some((end, _)) = line.char_indices().nth(most) else {
        return line.to_string();
    };
    let start = line.get(..end).unwrap_or_default();
    let whole = start
        .rfind(' ')
        .and_then(|space| start.get(..space))
        .unwrap_or(start);
    let mut words: Vec<&str> = whole.split(' ').collect();
    let near = words.len().saturating_sub(3).max(1);
    let number = words
        .iter()
        .skip(near)
        .position(|word| word.contains(|c: char| c.is_ascii_digit()));
    words.truncate(number.map_or(words.len(), |place| near + place));
    format!(
        "{}…",
        words.join(" ").trim_end_matches(|c: char| !c.is_alphanumeric())
    )
}

/// The language of an article, judged by its title and its first paragraphs; None where it is none beide knows.
fn language_of(title: &str, text: &str) -> Option<Language> {
    let sample = format!("{title}\n{}", beginning(text, 2000));
    if sample.chars().filter(|c| c.is_alphabetic()).take(12).count() < 12 {
        return None;
    }
    match whichlang::detect_language(&sample) {
        Lang::Deu => Some(Language::German),
        Lang::Nld => Some(Language::Dutch),
        Lang::Eng => Some(Language::English),
        _ => None,
    }
}

/// The language a text is written in, where it is one beide knows.
pub fn detect(text: &str) -> Option<Language> {
    language_of("", text)
}
