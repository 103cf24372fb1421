use anyhow::Result;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::write::{Batch, Known};
use super::{Store, statements};
use crate::article::{Article, ArticleId};
use crate::library::Added;

impl Store {
    pub fn without_page(&self, feed: &str, limit: usize) -> Result<Vec<(ArticleId, String)>> {
        let mut statement = self.connection.prepare_cached(statements::WITHOUT_PAGE)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = statement.query_map(params![feed, limit], |row| {
            Ok((ArticleId(row.get(0)?), row.get(1)?))
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    pub fn brought(&self, feed: &str, limit: usize) -> Result<Vec<ArticleId>> {
        let mut statement = self.connection.prepare_cached(statements::FEED_ROWS)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = statement.query_map(params![feed, limit], |row| Ok(ArticleId(row.get(0)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    pub fn expired(&self, before: Timestamp, limit: usize) -> Result<Vec<ArticleId>> {
        let mut statement = self.connection.prepare_cached(statements::EXPIRED)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = statement.query_map(params![before.as_second(), limit], |row| {
            Ok(ArticleId(row.get(0)?))
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    pub fn fill(&mut self, id: &ArticleId, text: Result<&str, &str>, now: Timestamp) -> Result<bool> {
        let Some(article) = self.article(id)? else {
            return Ok(false);
        };
        self.write("keeping the text of a page", |batch| {
            let Some(known) = batch.known(id)? else {
                return Ok(false);
            };
            let before = batch.page(&known)?;
            let content = before.as_ref().map_or(known.content, |page| page.content);
            let was_filled = before.is_some_and(|page| page.refused.is_none());
            batch.prepare(statements::SET_PAGE)?.execute(params![
                known.row,
                content,
                now.as_second(),
                text.err()
            ])?;
            let Ok(text) = text else { return Ok(false) };
            let filled = Article {
                text: text.to_string(),
                ..article
            };
            // The page's text in place of the feed's is no new version; in place of its own it is.
            let added = if was_filled {
                batch.revise(&known, &filled, now)
            } else {
                batch.replace(&known, &filled)
            };
            Ok(added? == Added::Revised)
        })
    }

    pub fn row(&self, id: &ArticleId) -> Result<Option<i64>> {
        let mut statement = self.connection.prepare_cached(statements::STATE)?;
        Ok(statement.query_row([&id.0], |row| row.get(0)).optional()?)
    }
}

/// An article's page, as it was asked.
struct Page {
    /// The content of the feed's version then.
    content: i64,
    /// Why it gave no text.
    refused: Option<String>,
}

impl Batch<'_> {
    /// What is known of an article's page, if it was asked.
    fn page(&self, known: &Known) -> Result<Option<Page>> {
        let mut statement = self.prepare(statements::PAGE)?;
        let found = statement.query_row([known.row], |row| {
            Ok(Page {
                content: row.get(0)?,
                refused: row.get(1)?,
            })
        });
        Ok(found.optional()?)
    }

    /// Whether an article's text is that of its page; where the feed has changed since, the page is to be asked again.
    pub fn has_page(&self, known: &Known, content: i64) -> Result<bool> {
        let Some(page) = self.page(known)? else {
            return Ok(false);
        };
        if page.content == content {
            return Ok(true);
        }
        // What the page refused once it may give now, but the feed's own newer words come first.
        self.prepare(statements::ASK_PAGE_AGAIN)?
            .execute([known.row, content])?;
        Ok(page.refused.is_none())
    }
}
