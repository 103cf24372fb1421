use std::cell::OnceCell;
use std::collections::HashMap;

use anyhow::{Context, Result};
use jiff::Timestamp;
use rusqlite::{CachedStatement, OptionalExtension, Transaction, TransactionBehavior, params};

use super::packed::Packed;
use super::{Store, statements};
use crate::article::{Article, ArticleId, Headline, Language, Published, fingerprint};
use crate::library::{Added, Removed, State};

impl Store {
    pub fn add(&mut self, articles: &[Article], now: Timestamp) -> Result<Vec<Added>> {
        let texts: Vec<&str> = articles.iter().map(|article| article.text.as_str()).collect();
        let texts = Packed::all(&texts);
        self.write("adding articles", |batch| {
            let add = |(article, text)| batch.add(article, Some(text), now);
            articles.iter().zip(texts).map(add).collect()
        })
    }

    pub fn remove(&mut self, ids: &[ArticleId]) -> Result<Vec<Removed>> {
        let kept: Vec<Removed> = ids
            .iter()
            .filter_map(|id| self.removable(id).transpose())
            .collect::<Result<_>>()?;
        let now = Timestamp::now();
        self.write("removing articles", |batch| {
            kept.iter()
                .try_for_each(|removed| batch.remove(&removed.article.headline.id, now))
        })?;
        Ok(kept)
    }

    pub fn restore(&mut self, removed: &[Removed]) -> Result<()> {
        self.write("putting articles back", |batch| {
            for one in removed {
                if batch.known(&one.article.headline.id)?.is_none() {
                    batch.insert(&one.article, None, (&one.state, one.added))?;
                }
            }
            Ok(())
        })
    }

    fn removable(&self, id: &ArticleId) -> Result<Option<Removed>> {
        let (Some(entry), Some(article)) = (self.entry(id)?, self.article(id)?) else {
            return Ok(None);
        };
        Ok(Some(Removed {
            article,
            state: entry.state,
            added: entry.added,
        }))
    }

    /// Runs `work` in one transaction that holds the write lock from the start; what fails leaves nothing behind.
    pub fn write<T>(
        &mut self,
        doing: &'static str,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T>,
    ) -> Result<T> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .context(doing)?;
        let outcome = {
            let mut batch = Batch::begin(&transaction).context(doing)?;
            let outcome = work(&mut batch).context(doing)?;
            batch.finish().context(doing)?;
            outcome
        };
        transaction.commit().context(doing)?;
        Ok(outcome)
    }
}

/// A transaction under way, with the counts that are written once at its end.
pub struct Batch<'a> {
    transaction: &'a Transaction<'a>,
    change: i64,
    first_change: i64,
    sources: HashMap<String, i64>,
    by_source: HashMap<i64, i64>,
    tallies: HashMap<String, i64>,
    /// Whether the reader has decided anything about stories, once that was asked.
    pub decided: OnceCell<bool>,
}

/// What the database has under an id.
pub struct Known {
    pub row: i64,
    pub content: i64,
    source: i64,
    pub moment: i64,
    read: bool,
    headline: Headline,
}

impl<'a> Batch<'a> {
    fn begin(transaction: &'a Transaction<'a>) -> Result<Self> {
        let change = transaction
            .prepare_cached(statements::CHANGE_COUNTER)?
            .query_row([], |row| row.get(0))?;
        Ok(Self {
            transaction,
            change,
            first_change: change,
            sources: HashMap::new(),
            by_source: HashMap::new(),
            tallies: HashMap::new(),
            decided: OnceCell::new(),
        })
    }

    fn finish(self) -> Result<()> {
        if self.change != self.first_change {
            self.prepare(statements::TAKE_CHANGES)?.execute([self.change])?;
        }
        for (source, n) in &self.by_source {
            self.prepare(statements::COUNT_SOURCE)?.execute([source, n])?;
        }
        for (name, n) in &self.tallies {
            self.prepare(statements::COUNT_TALLY)?.execute(params![name, n])?;
        }
        Ok(())
    }

    pub fn prepare(&self, sql: &'static str) -> rusqlite::Result<CachedStatement<'a>> {
        self.transaction.prepare_cached(sql)
    }

    /// A number that changes whenever another connection writes.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self
            .transaction
            .pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    fn next_change(&mut self) -> i64 {
        self.change += 1;
        self.change
    }

    /// Adds `n` to a count that lists show.
    pub fn tally(&mut self, name: &str, n: i64) {
        match self.tallies.get_mut(name) {
            Some(count) => *count += n,
            None => {
                self.tallies.insert(name.to_string(), n);
            }
        }
    }

    fn count(&mut self, source: i64, language: Option<Language>, read: bool, starred: bool, n: i64) {
        *self.by_source.entry(source).or_default() += n;
        self.tally("articles", n);
        self.tally(language_tally(language), n);
        if !read {
            self.tally("unread", n);
        }
        if starred {
            self.tally("starred", n);
        }
    }

    /// Adds an article, whose text may be packed already.
    fn add(&mut self, article: &Article, text: Option<Packed<'_>>, now: Timestamp) -> Result<Added> {
        if let Some(known) = self.known(&article.headline.id)? {
            return self.revise(&known, article, now);
        }
        if self.is_copy(article)? {
            return Ok(Added::Unchanged);
        }
        self.insert(article, text, (&State::default(), now))?;
        Ok(Added::New)
    }

    /// Adds an article as a feed has it: one that was taken out stays out, and a text that came from its page stays.
    pub fn add_from_feed(&mut self, article: &Article, now: Timestamp) -> Result<Added> {
        let Some(known) = self.known(&article.headline.id)? else {
            let gone = self
                .prepare(statements::IS_GONE)?
                .exists([&article.headline.id.0])?;
            return if gone {
                Ok(Added::Unchanged)
            } else {
                self.add(article, None, now)
            };
        };
        let content = content_of(article);
        if content != known.content && self.has_page(&known, content)? {
            return Ok(Added::Unchanged);
        }
        self.revise(&known, article, now)
    }

    pub fn known(&self, id: &ArticleId) -> Result<Option<Known>> {
        let known = self
            .prepare(statements::BY_ID)?
            .query_row([&id.0], |row| {
                let language: Option<String> = row.get(4)?;
                let published: Option<String> = row.get(5)?;
                Ok(Known {
                    row: row.get(0)?,
                    content: row.get(1)?,
                    source: row.get(3)?,
                    moment: row.get(8)?,
                    read: row.get(9)?,
                    headline: Headline {
                        id: id.clone(),
                        title: row.get(2)?,
                        source: String::new(),
                        language: language.as_deref().and_then(Language::from_code),
                        published: published.as_deref().and_then(Published::parse),
                        url: row.get(6)?,
                        tags: tags_of(&row.get::<_, String>(7)?),
                        author: row.get(10)?,
                    },
                })
            })
            .optional()?;
        Ok(known)
    }

    /// Whether `article` has a derived id and the library has its title and text under another.
    fn is_copy(&self, article: &Article) -> Result<bool> {
        let headline = &article.headline;
        let content = ArticleId::derive(None, &headline.title, &article.text);
        let derived = headline.id == content
            || headline
                .url
                .as_deref()
                .is_some_and(|url| headline.id == ArticleId::derive(Some(url), "", ""));
        if !derived {
            return Ok(false);
        }
        let mut statement = self.prepare(statements::DERIVED_BY_CONTENT)?;
        let mut rows = statement.query([content_of(article)])?;
        Ok(rows.next()?.is_some())
    }

    /// Brings an article to a later version and keeps the words it had.
    pub fn revise(&mut self, known: &Known, article: &Article, now: Timestamp) -> Result<Added> {
        if content_of(article) != known.content {
            self.keep_revision(known.row, now)?;
        }
        self.replace(known, article)
    }

    /// Puts other words in place of an article's.
    pub fn replace(&mut self, known: &Known, article: &Article) -> Result<Added> {
        let mut wanted = article.headline.clone();
        wanted.tags = union(&known.headline.tags, &article.headline.tags);
        let source = self.source(&wanted.source)?;
        let content = content_of(article);
        let same_content = content == known.content;
        let before = &known.headline;
        let same = same_content
            && source == known.source
            && wanted.language == before.language
            && wanted.published == before.published
            && wanted.url == before.url
            && wanted.tags == before.tags;
        if wanted.author.is_empty() {
            wanted.author.clone_from(&before.author);
        }
        if same {
            if wanted.author != before.author {
                // Nothing that is derived knows authors: no change to tell anyone.
                self.prepare(statements::SET_AUTHOR)?
                    .execute(params![known.row, wanted.author])?;
            }
            return Ok(Added::Unchanged);
        }
        let moment = wanted.published.as_ref().map_or(known.moment, Published::second);
        let change = self.next_change();
        self.prepare(statements::REVISE_ARTICLE)?.execute(params![
            known.row,
            change,
            content,
            wanted.title,
            source,
            wanted.language.map(Language::code),
            wanted.published.as_ref().map(Published::as_str),
            moment,
            wanted.url,
            joined(&wanted.tags),
            wanted.author,
        ])?;
        if !same_content {
            let Packed { text, packed } = Packed::of(&article.text);
            self.prepare(statements::REVISE_BODY)?
                .execute(params![known.row, text, packed])?;
        }
        self.replace_tags(known.row, (known.moment, &before.tags), (moment, &wanted.tags))?;
        *self.by_source.entry(known.source).or_default() -= 1;
        *self.by_source.entry(source).or_default() += 1;
        self.tally(language_tally(before.language), -1);
        self.tally(language_tally(wanted.language), 1);
        Ok(Added::Revised)
    }

    fn insert(
        &mut self,
        article: &Article,
        text: Option<Packed<'_>>,
        (state, added): (&State, Timestamp),
    ) -> Result<()> {
        let headline = &article.headline;
        let source = self.source(&headline.source)?;
        let row = self.next_change();
        self.prepare(statements::DELETE_GONE)?.execute([&headline.id.0])?;
        let moment = headline
            .published
            .as_ref()
            .map_or(added.as_second(), Published::second);
        self.prepare(statements::INSERT_ARTICLE)?.execute(params![
            row,
            headline.id.0,
            content_of(article),
            headline.title,
            source,
            headline.language.map(Language::code),
            headline.published.as_ref().map(Published::as_str),
            moment,
            added.as_second(),
            headline.url,
            joined(&headline.tags),
            state.read,
            state.starred,
            state.note,
            headline.author,
        ])?;
        let Packed { text, packed } = text.unwrap_or_else(|| Packed::of(&article.text));
        self.prepare(statements::INSERT_BODY)?
            .execute(params![row, text, packed])?;
        self.replace_tags(row, (moment, &[]), (moment, &headline.tags))?;
        self.count(source, headline.language, state.read, state.starred, 1);
        Ok(())
    }

    fn remove(&mut self, id: &ArticleId, now: Timestamp) -> Result<()> {
        let Some(known) = self.known(id)? else {
            return Ok(());
        };
        let change = self.next_change();
        let starred: bool = self
            .prepare(statements::STATE)?
            .query_row([&id.0], |row| row.get(2))?;
        self.prepare(statements::INSERT_REMOVED)?
            .execute([change, known.row])?;
        self.prepare(statements::DELETE_ARTICLE)?.execute([known.row])?;
        self.prepare(statements::INSERT_GONE)?
            .execute(params![id.0, now.as_second()])?;
        self.count(known.source, known.headline.language, known.read, starred, -1);
        Ok(())
    }

    /// Brings the table of tags from what it has for an article to what it should have.
    pub fn replace_tags(&self, row: i64, before: (i64, &[String]), after: (i64, &[String])) -> Result<()> {
        for tag in before.1 {
            self.prepare(statements::DELETE_TAG)?
                .execute(params![tag, before.0, row])?;
        }
        for tag in after.1 {
            self.prepare(statements::INSERT_TAG)?
                .execute(params![tag, after.0, row])?;
        }
        Ok(())
    }

    fn source(&mut self, name: &str) -> Result<i64> {
        if let Some(number) = self.sources.get(name) {
            return Ok(*number);
        }
        let found = self
            .prepare(statements::SOURCE_NUMBER)?
            .query_row([name], |row| row.get(0))
            .optional()?;
        let number = match found {
            Some(number) => number,
            None => self.prepare(statements::INSERT_SOURCE)?.insert([name])?,
        };
        self.sources.insert(name.to_string(), number);
        Ok(number)
    }
}

pub fn content_of(article: &Article) -> i64 {
    fingerprint(&[&article.headline.title, &article.text]).cast_signed()
}

const fn language_tally(language: Option<Language>) -> &'static str {
    match language {
        Some(Language::German) => "language:de",
        Some(Language::Dutch) => "language:nl",
        Some(Language::English) => "language:en",
        None => "language:",
    }
}

/// The first list, then what the second has beyond it.
fn union(first: &[String], second: &[String]) -> Vec<String> {
    let mut all = first.to_vec();
    for tag in second {
        if !all.contains(tag) {
            all.push(tag.clone());
        }
    }
    all
}

/// Tags as one column holds them, a line each.
pub fn joined(tags: &[String]) -> String {
    tags.join("\n")
}

/// The tags of such a column.
pub fn tags_of(column: &str) -> Vec<String> {
    column
        .lines()
        .filter(|tag| !tag.is_empty())
        .map(str::to_string)
        .collect()
}
