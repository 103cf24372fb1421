use anyhow::Result;
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params};

use super::write::{Batch, joined, tags_of};
use super::{Store, statements};
use crate::article::{Article, Feed, Language, Trouble};
use crate::library::{Added, FeedTotals, Fetch, FetchState, Outcome, Subscription, Unsubscribed};

impl Store {
    pub fn subscribe(&mut self, feeds: &[Feed]) -> Result<Vec<bool>> {
        self.write("subscribing to feeds", |batch| {
            feeds.iter().map(|feed| batch.subscribe(feed)).collect()
        })
    }

    pub fn unsubscribe(&mut self, urls: &[String]) -> Result<Vec<Unsubscribed>> {
        self.write("unsubscribing from feeds", |batch| {
            let mut gone = Vec::new();
            for url in urls {
                gone.extend(batch.unsubscribe(url)?);
            }
            Ok(gone)
        })
    }

    pub fn resubscribe(&mut self, gone: &[Unsubscribed]) -> Result<()> {
        self.write("subscribing again", |batch| {
            gone.iter().try_for_each(|one| batch.resubscribe(one))
        })
    }

    pub fn set_feed(&mut self, feed: &Feed) -> Result<bool> {
        self.write("changing a feed", |batch| {
            let changed = batch.prepare(statements::CHANGE_FEED)?.execute(params![
                feed.url,
                feed.title,
                feed.language.map(Language::code),
                joined(&feed.tags),
                feed.full_text
            ])?;
            Ok(changed > 0)
        })
    }

    pub fn feed_totals(&self) -> Result<FeedTotals> {
        let totals = self
            .connection
            .prepare_cached(statements::FEED_TOTALS)?
            .query_row([], |row| {
                let count = |number: i64| usize::try_from(number).unwrap_or(0);
                Ok(FeedTotals {
                    feeds: count(row.get(0)?),
                    troubled: count(row.get(1)?),
                    fetched: moment(row, 2)?,
                })
            })?;
        Ok(totals)
    }

    pub fn subscriptions(&self) -> Result<Vec<Subscription>> {
        let mut statement = self.connection.prepare_cached(statements::FEEDS)?;
        let mut count = self.connection.prepare_cached(statements::FEED_ARTICLES)?;
        let found = statement.query_map([], |row| Ok((subscription(row)?, row.get::<_, i64>(11)?)))?;
        let mut subscriptions = Vec::new();
        for line in found {
            let (mut subscription, number) = line?;
            (subscription.articles, subscription.unread) =
                count.query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
            subscriptions.push(subscription);
        }
        Ok(subscriptions)
    }

    pub fn record(&mut self, fetched: &[(Fetch, Vec<Article>)], now: Timestamp) -> Result<Vec<Vec<Added>>> {
        self.write("recording what feeds brought", |batch| {
            fetched
                .iter()
                .map(|(fetch, articles)| batch.record(fetch, articles, now))
                .collect()
        })
    }
}

impl Batch<'_> {
    fn record(&mut self, fetch: &Fetch, articles: &[Article], now: Timestamp) -> Result<Vec<Added>> {
        let mut added = Vec::with_capacity(articles.len());
        for article in articles {
            added.push(self.add_from_feed(article, now)?);
        }
        self.note(fetch)?;
        for article in articles {
            self.prepare(statements::LINK_ARTICLE)?
                .execute([&fetch.url, &article.headline.id.0])?;
        }
        self.moves(&fetch.url, fetch.moved.as_deref())?;
        Ok(added)
    }

    /// Keeps how a fetch went.
    fn note(&self, fetch: &Fetch) -> Result<()> {
        let (at, due) = (fetch.at.as_second(), fetch.due.as_second());
        let (etag, last_modified, repaired) = match &fetch.outcome {
            Outcome::Failed(trouble) => {
                self.prepare(statements::FEED_FAILED)?.execute(params![
                    fetch.url,
                    at,
                    due,
                    trouble.to_line()
                ])?;
                return Ok(());
            }
            Outcome::Unchanged { etag, last_modified } => (etag, last_modified, &None),
            Outcome::Fresh {
                etag,
                last_modified,
                title,
                repaired,
            } => {
                self.prepare(statements::NAME_FEED)?
                    .execute([&fetch.url, title])?;
                (etag, last_modified, repaired)
            }
        };
        self.prepare(statements::FEED_FETCHED)?.execute(params![
            fetch.url,
            etag,
            last_modified,
            at,
            due,
            repaired
        ])?;
        Ok(())
    }

    /// Adds a feed, or the tags and title that a known one lacks; whether it is new.
    fn subscribe(&mut self, feed: &Feed) -> Result<bool> {
        let language = feed.language.map(Language::code);
        let new = self.prepare(statements::INSERT_FEED)?.execute(params![
            feed.url,
            feed.title,
            language,
            joined(&feed.tags),
            feed.full_text,
        ])?;
        if new == 0 {
            let known = self
                .prepare(statements::FEED_BY_URL)?
                .query_row([&feed.url], |row| {
                    Ok((
                        row.get::<_, i64>(0)?,
                        row.get::<_, String>(1)?,
                        row.get::<_, String>(2)?,
                    ))
                })?;
            let (number, mut title, tags) = known;
            let mut tags = tags_of(&tags);
            if title.is_empty() {
                title.clone_from(&feed.title);
            }
            tags.extend(
                feed.tags
                    .iter()
                    .filter(|tag| !tags.contains(tag))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
            self.prepare(statements::SET_FEED)?.execute(params![
                number,
                title,
                joined(&tags),
                feed.full_text
            ])?;
        }
        Ok(new > 0)
    }

    /// Takes a feed out and gives all that is known of it, if there is one.
    fn unsubscribe(&mut self, url: &str) -> Result<Option<Unsubscribed>> {
        let columns = self
            .prepare(statements::WHOLE_FEED)?
            .query_row([url], |row| {
                (0..row.as_ref().column_count())
                    .map(|column| row.get(column))
                    .collect::<rusqlite::Result<Vec<Value>>>()
            })
            .optional()?;
        let Some(columns) = columns else { return Ok(None) };
        let articles = self
            .prepare(statements::FEED_LINKS)?
            .query_map([columns.first()], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        self.prepare(statements::DELETE_FEED)?.execute([url])?;
        Ok(Some(Unsubscribed {
            url: url.to_string(),
            columns,
            articles,
        }))
    }

    /// Puts a feed back that was taken out; nothing where there is one at its address again.
    fn resubscribe(&mut self, gone: &Unsubscribed) -> Result<()> {
        let back = self
            .prepare(statements::INSERT_WHOLE_FEED)?
            .execute(rusqlite::params_from_iter(&gone.columns))?;
        if back > 0 {
            for row in &gone.articles {
                self.prepare(statements::INSERT_FEED_LINK)?
                    .execute(params![gone.url, row])?;
            }
        }
        Ok(())
    }

    /// Remembers that a feed has moved for good, and follows it when it says so a second time.
    fn moves(&mut self, url: &str, to: Option<&str>) -> Result<()> {
        let before: Option<Option<String>> = self
            .prepare(statements::FEED_MOVING)?
            .query_row([url], |row| row.get(0))
            .optional()?;
        match (before.flatten(), to) {
            (Some(before), Some(to)) if before == to => {
                self.prepare(statements::MOVE_FEED)?.execute([url, to])?;
            }
            (before, to) if before.as_deref() != to => {
                self.prepare(statements::SET_FEED_MOVING)?
                    .execute(params![url, to])?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// A second of a row as the moment it is.
fn moment(row: &Row, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    let second: Option<i64> = row.get(column)?;
    Ok(second.and_then(|second| Timestamp::from_second(second).ok()))
}

fn subscription(row: &Row) -> rusqlite::Result<Subscription> {
    let (language, tags, trouble): (Option<String>, String, Option<String>) =
        (row.get(2)?, row.get(3)?, row.get(9)?);
    Ok(Subscription {
        feed: Feed {
            url: row.get(0)?,
            title: row.get(1)?,
            language: language.as_deref().and_then(Language::from_code),
            tags: tags_of(&tags),
            full_text: row.get(12)?,
        },
        state: FetchState {
            etag: row.get(4)?,
            last_modified: row.get(5)?,
            fetched: moment(row, 6)?,
            due: moment(row, 7)?.unwrap_or(Timestamp::UNIX_EPOCH),
            failures: row.get(8)?,
            trouble: trouble.as_deref().map(Trouble::from_line),
            repaired: row.get(10)?,
        },
        articles: 0,
        unread: 0,
    })
}
