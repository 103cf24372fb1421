use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params};

use super::packed::Text;
use super::write::tags_of;
use super::{Store, statements};
use crate::article::{Article, ArticleId, Headline, Language, Published};
use crate::library::{Counts, Cursor, Entry, Filter, Found, State};

impl Store {
    pub fn find(&self, prefix: &str) -> Result<Found> {
        let mut statement = self.connection.prepare_cached(statements::IDS_FROM)?;
        let end = format!("{prefix}{}", char::MAX);
        let ids: Vec<String> = statement
            .query_map([prefix, &end], |row| row.get(0))?
            .collect::<Result<_, _>>()
            .context("looking for an article")?;
        let exact = ids.iter().find(|id| *id == prefix);
        Ok(match (exact, ids.as_slice()) {
            (Some(id), _) => Found::One(ArticleId(id.clone())),
            (None, []) => Found::None,
            (None, [id]) if !prefix.is_empty() => Found::One(ArticleId(id.clone())),
            (None, several) => Found::Several(several.len()),
        })
    }

    pub fn article(&self, id: &ArticleId) -> Result<Option<Article>> {
        let Some(entry) = self.entry(id)? else {
            return Ok(None);
        };
        let text = self.text(entry.cursor.row)?;
        Ok(Some(Article {
            headline: entry.headline,
            text,
        }))
    }

    pub fn entry(&self, id: &ArticleId) -> Result<Option<Entry>> {
        self.connection
            .prepare_cached(statements::ARTICLE)?
            .query_row([&id.0], entry)
            .optional()
            .with_context(|| format!("reading article {id}"))
    }

    pub fn entry_of_row(&self, row: i64) -> Result<Option<Entry>> {
        self.connection
            .prepare_cached(statements::ENTRY_BY_ROW)?
            .query_row([row], entry)
            .optional()
            .context("reading an article")
    }

    /// Where the articles in these rows stand in lists.
    pub fn places(&self, rows: &[i64]) -> Result<Vec<Cursor>> {
        let mut statement = self.connection.prepare_cached(statements::MOMENT_OF)?;
        let mut places = Vec::with_capacity(rows.len());
        for row in rows {
            let moment: Option<i64> = statement.query_row([row], |row| row.get(0)).optional()?;
            places.extend(moment.map(|moment| Cursor { moment, row: *row }));
        }
        Ok(places)
    }

    pub fn text(&self, row: i64) -> Result<String> {
        self.connection
            .prepare_cached(statements::BODY)?
            .query_row([row], |row| row.get(0))
            .map(|Text(text)| text)
            .context("reading the text of an article")
    }

    pub fn headlines(&self, filter: &Filter, after: Option<&Cursor>, limit: usize) -> Result<Vec<Entry>> {
        let start = after.copied().unwrap_or(Cursor {
            moment: i64::MAX,
            row: i64::MAX,
        });
        let mut statement = self.connection.prepare_cached(statement_for(filter))?;
        let entries = statement.query_map(
            params![
                start.moment,
                start.row,
                filter.from.map_or(i64::MIN, second_of),
                filter.until.map_or(i64::MAX, second_of),
                filter.language.map(Language::code),
                filter.source,
                filter.unread,
                filter.starred,
                filter.tag,
                i64::try_from(limit).unwrap_or(i64::MAX),
                filter.feed,
            ],
            entry,
        )?;
        entries.collect::<Result<_, _>>().context("listing articles")
    }

    pub fn count(&self) -> Result<Counts> {
        let mut counts = Counts::default();
        let mut statement = self.connection.prepare_cached(statements::TALLIES)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next().context("counting articles")? {
            let (name, n): (String, i64) = (row.get(0)?, row.get(1)?);
            let n = usize::try_from(n).unwrap_or(0);
            match name.as_str() {
                "articles" => counts.articles = n,
                "unread" => counts.unread = n,
                "starred" => counts.starred = n,
                _ => {
                    if let Some(code) = name.strip_prefix("language:")
                        && n > 0
                    {
                        counts.languages.push((Language::from_code(code), n));
                    }
                }
            }
        }
        let mut statement = self.connection.prepare_cached(statements::SOURCES)?;
        let sources = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
        for source in sources {
            let (name, n): (String, i64) = source.context("counting articles")?;
            counts.sources.push((name, usize::try_from(n).unwrap_or(0)));
        }
        counts
            .languages
            .sort_by_key(|(language, n)| (std::cmp::Reverse(*n), *language));
        counts
            .sources
            .sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(counts)
    }

    pub fn tags(&self) -> Result<Vec<(String, usize)>> {
        let mut statement = self.connection.prepare_cached(statements::TAGS)?;
        let tags = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
        let counted =
            |tag: rusqlite::Result<(String, i64)>| tag.map(|(tag, n)| (tag, usize::try_from(n).unwrap_or(0)));
        let mut tags: Vec<(String, usize)> = tags
            .map(counted)
            .collect::<rusqlite::Result<_>>()
            .context("counting tags")?;
        tags.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(tags)
    }

    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        self.connection
            .prepare_cached(statements::SETTING)?
            .query_row([name], |row| row.get(0))
            .optional()
            .with_context(|| format!("reading the setting {name}"))
    }
}

/// The statement whose index leaves the fewest articles to pass over.
fn statement_for(filter: &Filter) -> &'static str {
    match filter {
        Filter { tag: Some(_), .. } => statements::LIST_TAG,
        Filter { starred: true, .. } => statements::LIST_STARRED,
        Filter { unread: true, .. } => statements::LIST_UNREAD,
        Filter { source: Some(_), .. } => statements::LIST_SOURCE,
        Filter {
            language: Some(_), ..
        } => statements::LIST_LANGUAGE,
        _ => statements::LIST_ALL,
    }
}

pub fn second_of(day: Date) -> i64 {
    Published::on(day).second()
}

/// A row of a statement that begins with the columns of an entry.
pub fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let language: Option<String> = row.get(4)?;
    let published: Option<String> = row.get(5)?;
    let headline = Headline {
        id: ArticleId(row.get(1)?),
        title: row.get(2)?,
        source: row.get(3)?,
        language: language.as_deref().and_then(Language::from_code),
        published: published.as_deref().and_then(Published::parse),
        url: row.get(6)?,
        tags: tags_of(&row.get::<_, String>(7)?),
        author: row.get(13)?,
    };
    Ok(Entry {
        headline,
        state: State {
            read: row.get(8)?,
            starred: row.get(9)?,
            note: row.get(10)?,
        },
        added: Timestamp::from_second(row.get(11)?).unwrap_or(Timestamp::UNIX_EPOCH),
        cursor: Cursor {
            moment: row.get(12)?,
            row: row.get(0)?,
        },
    })
}
