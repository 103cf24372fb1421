//! What newsboat keeps: its list of addresses with tags and titles, and its store of articles.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, Row};
use url::Url;

use super::feed::Item;
use super::{Outlines, clean};
use crate::article::{Article, Feed};

/// Whether a file is a SQLite database.
pub fn is_database(path: &Path) -> bool {
    let mut start = [0; 16];
    File::open(path).is_ok_and(|mut file| file.read_exact(&mut start).is_ok())
        && start == *b"SQLite format 3\0"
}

/// Reads newsboat's list: an address a line, then its tags; the tag after `~` is its title, a single `!` hides it.
///
/// Queries, programs and filters are newsboat's own and passed over; addresses that are not of the web are given back.
pub fn read_urls(text: &str) -> Outlines {
    let mut found = Outlines::default();
    for line in text.lines().map(str::trim) {
        let mut words = words(line).into_iter();
        let Some(address) = words
            .next()
            .filter(|first| !first.is_empty() && !first.starts_with('#'))
        else {
            continue;
        };
        if ["query:", "exec:", "filter:"]
            .iter()
            .any(|own| address.starts_with(own))
        {
            continue;
        }
        match Url::parse(&address) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                let feed = with_tags(url.to_string(), words);
                if !found.feeds.iter().any(|known| known.url == feed.url) {
                    found.feeds.push(feed);
                }
            }
            _ => found.refused.push(clean::line(&address)),
        }
    }
    found
}

fn with_tags(url: String, words: impl Iterator<Item = String>) -> Feed {
    let mut feed = Feed {
        url,
        ..Feed::default()
    };
    for word in words {
        match word.strip_prefix('~') {
            Some(title) => feed.title = clean::line(title),
            None if word == "!" => {}
            None => feed
                .tags
                .extend(Some(clean::line(&word)).filter(|tag| !tag.is_empty())),
        }
    }
    feed
}

/// The words of a line; quotes hold spaces together, a backslash takes the next character as it is, `#` ends the line.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut begun) = (false, false);
    let mut letters = line.chars();
    while let Some(c) = letters.next() {
        match c {
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            '\\' if quoted => word.extend(letters.next()),
            '#' if !quoted && !begun && !words.is_empty() => break,
            c if c.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

/// Reads the articles of newsboat's store, feed by feed, each with whether it was read.
///
/// The file is only read. Their keys are those that the feeds themselves would give them.
///
/// # Errors
/// Where the file is no such store; the first error that `take` gives.
pub fn read_newsboat(path: &Path, mut take: impl FnMut(Article, bool) -> Result<()>) -> Result<()> {
    let store = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .context("opening newsboat's store")?;
    let mut feeds = store
        .prepare("SELECT rssurl, title FROM rss_feed ORDER BY rssurl")
        .context("reading newsboat's store")?;
    let listed = feeds.query_map([], |row| Ok((lenient(row, 0)?, lenient(row, 1)?)))?;
    let listed: Vec<(String, String)> = listed.collect::<Result<_, _>>()?;
    let mut items = store.prepare(
        "SELECT guid, title, url, pubDate, content, unread FROM rss_item WHERE feedurl = ?1 AND deleted = 0 ORDER BY id",
    )?;
    let mut count = store.prepare(
        "SELECT url, count(*) FROM rss_item WHERE feedurl = ?1 AND deleted = 0 GROUP BY url HAVING count(*) > 1",
    )?;
    for (address, title) in listed {
        let Ok(feed) = Url::parse(&address) else { continue };
        let shared = count.query_map([&address], |row| {
            Ok((lenient(row, 0)?, row.get::<_, u32>(1)? as usize))
        })?;
        let shared: HashMap<String, usize> = shared.collect::<Result<_, _>>()?;
        let mut rows = items.query([&address])?;
        while let Some(row) = rows.next()? {
            let unread: bool = row.get(5)?;
            if let Some(intake) = item(row)?.article(&clean::line(&title), None, &feed, &shared) {
                take(intake.article, !unread)?;
            }
        }
    }
    Ok(())
}

fn item(row: &Row) -> rusqlite::Result<Item> {
    let moment: Option<i64> = row.get(3)?;
    let link = lenient(row, 2)?;
    Ok(Item {
        guid: lenient(row, 0)?,
        link: (!link.is_empty()).then_some(link),
        title: lenient(row, 1)?,
        texts: vec![lenient(row, 4)?],
        published: moment
            .filter(|second| *second > 0)
            .and_then(|second| Timestamp::from_second(second).ok()),
        ..Item::default()
    })
}

/// A text whatever its bytes are; nothing where there is none.
fn lenient(row: &Row, column: usize) -> rusqlite::Result<String> {
    use rusqlite::types::ValueRef;
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Null | ValueRef::Real(_) => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_addresses_keeps_its_tags_and_titles() {
        let list = "# Zeitungen\nhttps://a.example/feed Politik \"Große Lage\" \"~Der Bote\" # nur morgens\n\n\
                    http://b.example/rss ! ~Krant\n\"query:Ungelesen:unread = \\\"yes\\\"\"\nexec:~/bin/x\nfile:///x\nhttps://a.example/feed\n";
        let read = read_urls(list);
        let seen: Vec<_> = read
            .feeds
            .iter()
            .map(|feed| (feed.url.as_str(), feed.title.as_str(), feed.tags.join(",")))
            .collect();
        assert_eq!(
            seen,
            [
                (
                    "https://a.example/feed",
                    "Der Bote",
                    "Politik,Große Lage".to_string()
                ),
                ("http://b.example/rss", "Krant", String::new()),
            ]
        );
        assert_eq!(read.refused, ["file:///x"]);
    }

    #[test]
    fn a_store_gives_its_articles_with_their_state() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("cache.db");
        let store = Connection::open(&file).expect("a database");
        store
            .execute_batch(
                "CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL, title VARCHAR(1024) NOT NULL);
                 CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, title VARCHAR(1024) NOT NULL,
                    author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL,
                    content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL, deleted INTEGER(1) NOT NULL DEFAULT 0);
                 INSERT INTO rss_feed VALUES ('https://a.example/feed', 'https://a.example/', 'Der Bote');
                 INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread) VALUES
                    ('1', 'Brücke &amp; Fluss', '', 'https://a.example/1', 'https://a.example/feed', 1740389400, '<p>Ein Text.</p>', 0),
                    ('2', 'Neu', '', 'https://a.example/2', 'https://a.example/feed', 0, '', 1);
                 INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, deleted) VALUES
                    ('3', 'Weg', '', 'https://a.example/3', 'https://a.example/feed', 0, '', 1, 1);",
            )
            .expect("a store");
        assert!(is_database(&file));
        let mut seen = Vec::new();
        read_newsboat(&file, |article, read| {
            let published = article
                .headline
                .published
                .map(|moment| moment.as_str().to_string());
            seen.push((
                article.headline.title,
                article.text,
                published,
                article.headline.source,
                read,
            ));
            Ok(())
        })
        .expect("read");
        assert_eq!(
            seen,
            [
                (
                    "Brücke & Fluss".to_string(),
                    "Ein Text.".to_string(),
                    Some("2025-02-24T09:30:00Z".to_string()),
                    "Der Bote".to_string(),
                    true
                ),
                (
                    "Neu".to_string(),
                    String::new(),
                    None,
                    "Der Bote".to_string(),
                    false
                ),
            ]
        );
    }

    #[test]
    fn what_is_no_store_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("cache.db");
        Connection::open(&file)
            .expect("a database")
            .execute_batch("CREATE TABLE x (y)")
            .expect("a table");
        assert!(read_newsboat(&file, |_, _| Ok(())).is_err());
        assert!(!is_database(folder.path()));
    }
}
