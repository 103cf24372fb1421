//! From articles to their terms.

use anyhow::Result;
use rusqlite::{OptionalExtension, params};

use super::Grouping;
use crate::article::{Article, ArticleId, Headline, Language};
use crate::figure::extract;
use crate::library::store::statements;
use crate::library::store::write::Batch;
use crate::story::{Day, Key};
use crate::text::agency;

const SECONDS_A_DAY: i64 = 86_400;

impl Grouping {
    /// Reads up to `limit` unsettled articles for their terms, and says whether any are left to read.
    pub fn read_terms(&mut self, batch: &Batch<'_>, limit: usize) -> Result<bool> {
        let mut read = 0;
        while read < limit {
            let some = batch.unsettled(self.read_up_to, limit)?;
            for (_, row) in &some {
                // One read before the last start, or before a stop, is no work.
                read += usize::from(self.refresh_terms(batch, Key(*row))? == Fate::Reworded);
            }
            self.read_up_to = some.last().copied();
            if some.len() < limit {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Brings the terms of an article to its present text; says what became of it.
    pub fn refresh_terms(&mut self, batch: &Batch<'_>, key: Key) -> Result<Fate> {
        let mut statement = batch.prepare(statements::ARTICLE_TO_GROUP)?;
        let found = statement
            .query_row([key.0], |row| {
                let language: Option<String> = row.get(3)?;
                let language = language.as_deref().and_then(Language::from_code);
                let described = Described {
                    content: row.get(0)?,
                    day: Day(day_of(row.get(1)?)),
                    dated: row.get(2)?,
                    language,
                };
                let known: Option<i64> = row.get(5)?;
                let article = Article {
                    headline: headline(row.get(4)?, language),
                    text: String::new(),
                };
                Ok((described, known, article))
            })
            .optional()?;
        let Some((described, known, mut article)) = found else {
            batch.prepare(statements::FORGET_TERMS)?.execute([key.0])?;
            return Ok(Fate::Gone);
        };
        if known == Some(described.content) {
            // Its words are the same; its language or day may be others.
            batch.prepare(statements::REDATE_TERMS)?.execute(params![
                key.0,
                described.day.0,
                described.dated,
                described.language.map(Language::code),
            ])?;
            return Ok(Fate::Kept);
        }
        article.text = batch
            .prepare(statements::BODY)?
            .query_row([key.0], |row| row.get(0))?;
        let figures = |text: &str| {
            let date = described.dated.then(|| described.day.into());
            described
                .language
                .map_or_else(Vec::new, |language| extract(text, language, date))
        };
        let (title, text) = (figures(&article.headline.title), figures(&article.text));
        let terms = self.reading.terms(&article, [&title, &text]);
        batch.prepare(statements::KEEP_TERMS)?.execute(params![
            key.0,
            described.content,
            described.day.0,
            described.dated,
            described.language.map(Language::code),
            agency(&article.headline.source, &article.text),
            terms.to_bytes(),
        ])?;
        Ok(Fate::Reworded)
    }
}

/// What became of an unsettled article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was removed.
    Gone,
    /// Its words are those known.
    Kept,
    /// It is new, or has other words than before.
    Reworded,
}

struct Described {
    content: i64,
    day: Day,
    dated: bool,
    language: Option<Language>,
}

fn day_of(moment: i64) -> i32 {
    i32::try_from(moment.div_euclid(SECONDS_A_DAY)).unwrap_or_default()
}

/// As much of a headline as its terms depend on.
fn headline(title: String, language: Option<Language>) -> Headline {
    Headline {
        id: ArticleId(String::new()),
        title,
        source: String::new(),
        language,
        published: None,
        url: None,
        tags: Vec::new(),
        author: String::new(),
    }
}
