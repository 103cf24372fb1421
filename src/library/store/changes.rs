//! What the index reads.

use anyhow::{Context, Result};
use rusqlite::OptionalExtension;

use super::packed::Text;
use super::{Store, statements};
use crate::article::{Language, fingerprint};
use crate::library::Pulse;
use crate::text::fold;

/// An article as the index takes it.
pub struct Changed {
    pub row: i64,
    pub change: i64,
    pub language: Option<Language>,
    pub source: i64,
    pub moment: i64,
    pub title: String,
    pub text: String,
    /// The fingerprint of title and text.
    pub content: i64,
    /// Whether its source says when it was published.
    pub dated: bool,
    /// Whether its stories' terms are those of this text.
    pub has_terms: bool,
}

/// What happened between two changes.
pub struct Changes {
    /// Articles that are new or have new words.
    pub articles: Vec<Changed>,
    /// Rows of articles that are gone.
    pub removed: Vec<i64>,
    /// The last change that this covers.
    pub up_to: i64,
}

/// The setting that tells one library from another.
pub const LIBRARY: &str = "library.id";

impl Store {
    /// The number of the last change.
    pub fn last_change(&self) -> Result<i64> {
        self.connection
            .prepare_cached(statements::CHANGE_COUNTER)?
            .query_row([], |row| row.get(0))
            .context("reading the library")
    }

    /// Where the database stands, as this connection sees it.
    pub fn pulse(&self) -> Result<Pulse> {
        let writes = self
            .connection
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .context("reading the library")?;
        Ok(Pulse {
            writes,
            content: self.last_change()?,
        })
    }

    /// The first changes behind `after`, of up to `limit` articles.
    pub fn changes_after(&self, after: i64, limit: usize) -> Result<Changes> {
        // One snapshot for all three, whatever is written meanwhile.
        let snapshot = self
            .connection
            .unchecked_transaction()
            .context("reading changes")?;
        let last = self.last_change()?;
        let mut statement = snapshot.prepare_cached(statements::CHANGED_AFTER)?;
        let limit_number = i64::try_from(limit).unwrap_or(i64::MAX);
        let articles = statement
            .query_map([after, limit_number], |row| {
                let language: Option<String> = row.get(2)?;
                Ok(Changed {
                    row: row.get(0)?,
                    change: row.get(1)?,
                    language: language.as_deref().and_then(Language::from_code),
                    source: row.get(3)?,
                    moment: row.get(4)?,
                    title: row.get(5)?,
                    text: row.get::<_, Text>(6)?.0,
                    content: row.get(7)?,
                    dated: row.get(8)?,
                    has_terms: row.get(9)?,
                })
            })?
            .collect::<Result<Vec<_>, _>>()
            .context("reading changes")?;
        let up_to = match articles.last() {
            Some(article) if articles.len() == limit => article.change,
            _ => last,
        };
        let mut statement = snapshot.prepare_cached(statements::REMOVED_AFTER)?;
        let removed = statement.query_map([after, up_to], |row| row.get(0))?;
        let removed = removed
            .collect::<Result<Vec<_>, _>>()
            .context("reading changes")?;
        Ok(Changes {
            articles,
            removed,
            up_to,
        })
    }

    /// How many articles have changed since.
    pub fn count_changed_after(&self, change: i64) -> Result<usize> {
        let n: i64 = self
            .connection
            .prepare_cached(statements::COUNT_CHANGED_AFTER)?
            .query_row([change], |row| row.get(0))
            .context("reading changes")?;
        Ok(usize::try_from(n).unwrap_or(0))
    }

    /// How many articles there are.
    pub fn count_articles(&self) -> Result<usize> {
        let n: Option<i64> = self
            .connection
            .prepare_cached(statements::TALLY)?
            .query_row(["articles"], |row| row.get(0))
            .optional()
            .context("counting articles")?;
        Ok(usize::try_from(n.unwrap_or(0)).unwrap_or(0))
    }

    /// Gives about every `step`th article to `each`: its language, title and text.
    pub fn sample(&self, step: usize, mut each: impl FnMut(Option<Language>, &str, &str)) -> Result<()> {
        let step = i64::try_from(step).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(statements::SAMPLE)?;
        let mut from = 0;
        loop {
            let mut rows = statement.query([from])?;
            let Some(row) = rows.next().context("reading articles")? else {
                return Ok(());
            };
            let language: Option<String> = row.get(1)?;
            let (title, Text(text)): (String, Text) = (row.get(2)?, row.get(3)?);
            each(language.as_deref().and_then(Language::from_code), &title, &text);
            from = row.get::<_, i64>(0)?.saturating_add(step);
        }
    }

    /// What tells this library from every other, so that it takes no other's index for its own.
    pub fn library_id(&mut self) -> Result<String> {
        if let Some(id) = self.setting(LIBRARY)? {
            return Ok(id);
        }
        let now = jiff::Timestamp::now().as_nanosecond().to_string();
        let process = std::process::id().to_string();
        let id = format!("{:016x}", fingerprint(&[&now, &process]));
        self.keep_setting(LIBRARY, &id)?;
        // Another program may have been faster.
        Ok(self.setting(LIBRARY)?.unwrap_or(id))
    }

    /// The rows of the unread articles.
    pub fn unread_rows(&self) -> Result<Vec<i64>> {
        self.rows(statements::UNREAD_ROWS, [])
    }

    /// The rows of the starred articles.
    pub fn starred_rows(&self) -> Result<Vec<i64>> {
        self.rows(statements::STARRED_ROWS, [])
    }

    /// The rows of the articles with a tag.
    pub fn tagged_rows(&self, tag: &str) -> Result<Vec<i64>> {
        self.rows(statements::TAGGED_ROWS, [tag])
    }

    /// The rows of the articles whose address contains this, which takes a look at every article.
    pub fn rows_by_url(&self, part: &str) -> Result<Vec<i64>> {
        self.rows(statements::ROWS_BY_URL, [part.to_lowercase()])
    }

    /// The rows of the articles that somebody wrote one of whose names begins with this.
    pub fn rows_by_author(&self, name: &str) -> Result<Vec<i64>> {
        let wanted = spaced(name);
        let mut statement = self.connection.prepare_cached(statements::AUTHORS)?;
        let mut rows = statement.query([]).context("looking for an author")?;
        let (mut found, mut last) = (Vec::new(), (String::new(), false));
        while let Some(row) = rows.next().context("looking for an author")? {
            let author = row.get_ref(1)?.as_str()?;
            // Those of one author come one after the other.
            if author != last.0 {
                last = (author.to_string(), spaced(author).contains(&wanted));
            }
            if last.1 {
                found.push(row.get(0)?);
            }
        }
        Ok(found)
    }

    /// Whether it is known of any article who wrote it.
    pub fn has_authors(&self) -> Result<bool> {
        let mut statement = self.connection.prepare_cached(statements::AUTHORS)?;
        statement.exists([]).context("looking for an author")
    }

    fn rows(&self, sql: &'static str, parameters: impl rusqlite::Params) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, |row| row.get(0))?;
        rows.collect::<Result<_, _>>().context("looking for articles")
    }

    /// The names of all sources with their numbers.
    pub fn source_names(&self) -> Result<Vec<(i64, String)>> {
        let mut statement = self.connection.prepare_cached(statements::SOURCE_NUMBERS)?;
        let names = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        names
            .collect::<Result<_, _>>()
            .context("reading the names of sources")
    }
}

/// Names folded, with one blank before each of their words.
fn spaced(names: &str) -> String {
    let folded = fold(names);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.flat_map(|word| [" ", word]).collect()
}
