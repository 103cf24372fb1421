//! Pages of stories and their articles, as lists show them.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::weigh;
use crate::article::{ArticleId, Language};
use crate::library::store::{Store, lists, statements};
use crate::library::stories::{LanguageShare, StoryEntry, StoryFilter};
use crate::library::{Cursor, Entry};

impl Store {
    /// Up to `limit` stories behind `after`, newest first, their titles in `language` where one is.
    pub fn stories(
        &self,
        filter: &StoryFilter,
        language: Option<Language>,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<StoryEntry>> {
        let start = after.copied().unwrap_or(Cursor {
            moment: i64::MAX,
            row: i64::MAX,
        });
        let sql = if filter.contradictions {
            statements::CONTRADICTORY_STORIES
        } else {
            statements::STORIES
        };
        let articles = &filter.articles;
        let mut statement = self.connection.prepare_cached(sql)?;
        let stories = statement.query_map(
            params![
                start.moment,
                start.row,
                articles.from.map_or(i64::MIN, lists::second_of),
                articles.until.map_or(i64::MAX, lists::second_of),
                articles.language.map(Language::code),
                articles.source,
                articles.unread,
                articles.starred,
                articles.tag,
                i64::try_from(limit).unwrap_or(i64::MAX),
                filter.only.map(|language| format!(" {} ", language.code())),
                filter.several,
                articles.feed,
            ],
            story,
        )?;
        let mut stories = stories
            .collect::<rusqlite::Result<Vec<_>>>()
            .context("listing stories")?;
        for story in &mut stories {
            self.describe(story, language)?;
        }
        Ok(stories)
    }

    /// Where the stories stand that articles tell which are in these rows; those that fit the rest of `filter`.
    pub fn stories_with(&self, rows: &[i64], filter: &StoryFilter) -> Result<Vec<Cursor>> {
        let mut found = HashMap::new();
        let mut story_of = self.connection.prepare_cached(statements::STORY_OF)?;
        let mut place_of = self.connection.prepare_cached(statements::STORY_PLACE)?;
        for row in rows {
            let story: Option<i64> = story_of.query_row([row], |row| row.get(0)).optional()?;
            let Some(story) = story.filter(|story| !found.contains_key(story)) else {
                continue;
            };
            let only = filter.only.map(|language| format!(" {} ", language.code()));
            let wanted = params![story, filter.contradictions, only, filter.several];
            let newest: Option<i64> = place_of.query_row(wanted, |row| row.get(0)).optional()?;
            found.insert(story, newest);
        }
        let places = found
            .into_iter()
            .filter_map(|(row, newest)| Some(Cursor { moment: newest?, row }));
        Ok(places.collect())
    }

    /// The story whose first article is in this row.
    pub fn story_at(&self, first: i64, language: Option<Language>) -> Result<Option<StoryEntry>> {
        let mut statement = self.connection.prepare_cached(statements::STORY_AT)?;
        let found = statement
            .query_row([first], story)
            .optional()
            .context("reading a story")?;
        let Some(mut found) = found else {
            return Ok(None);
        };
        self.describe(&mut found, language)?;
        Ok(Some(found))
    }

    /// The story an article belongs to.
    pub fn story_entry(&self, article: &ArticleId, language: Option<Language>) -> Result<Option<StoryEntry>> {
        let mut statement = self.connection.prepare_cached(statements::STORY_WITH)?;
        let Some(mut found) = statement
            .query_row([&article.0], story)
            .optional()
            .context("reading a story")?
        else {
            return Ok(None);
        };
        self.describe(&mut found, language)?;
        Ok(Some(found))
    }

    /// The articles of the story that `article` belongs to, oldest first; that one alone while it has none.
    pub fn story(&self, article: &ArticleId) -> Result<Vec<Entry>> {
        let mut statement = self.connection.prepare_cached(statements::STORY_ENTRIES)?;
        let entries = statement.query_map([&article.0], lists::entry)?;
        let mut entries = entries
            .collect::<rusqlite::Result<Vec<_>>>()
            .context("reading a story")?;
        entries.sort_by(|a, b| (a.cursor.moment, &a.headline.id).cmp(&(b.cursor.moment, &b.headline.id)));
        if entries.is_empty() {
            Ok(self.entry(article)?.into_iter().collect())
        } else {
            Ok(entries)
        }
    }

    /// `articles`, each followed by its copies in other outlets.
    pub fn with_copies(&self, articles: &[ArticleId]) -> Result<Vec<ArticleId>> {
        let mut all: Vec<ArticleId> = Vec::new();
        let mut seen = HashSet::new();
        let mut statement = self.connection.prepare_cached(statements::COPIES)?;
        for article in articles {
            let copies = statement.query_map([&article.0], |row| row.get(0).map(ArticleId))?;
            let copies = copies
                .collect::<rusqlite::Result<Vec<_>>>()
                .context("looking for copies of an article")?;
            for one in std::iter::once(article.clone()).chain(copies) {
                if seen.insert(one.clone()) {
                    all.push(one);
                }
            }
        }
        Ok(all)
    }

    /// The outlets with copies of the article in a row, and their articles.
    pub fn outlets(&self, row: i64) -> Result<Vec<(String, ArticleId)>> {
        let mut statement = self.connection.prepare_cached(statements::OUTLETS)?;
        let outlets = statement.query_map([row], |row| {
            Ok((row.get::<_, i64>(2)?, ArticleId(row.get(1)?), row.get(0)?))
        })?;
        let mut outlets = outlets
            .collect::<rusqlite::Result<Vec<_>>>()
            .context("looking for copies of an article")?;
        outlets.sort();
        Ok(outlets.into_iter().map(|(_, id, outlet)| (outlet, id)).collect())
    }

    /// The row of the earlier article that the one in a row is a copy of.
    pub fn original_of(&self, row: i64) -> Result<Option<i64>> {
        self.connection
            .prepare_cached(statements::ORIGINAL_OF)?
            .query_row([row], |row| row.get(0))
            .optional()
            .context("looking for copies of an article")
    }

    /// How many stories there are.
    pub fn count_stories(&self) -> Result<usize> {
        let mut statement = self.connection.prepare_cached(statements::COUNT_STORIES)?;
        let stories: i64 = statement
            .query_row([], |row| row.get(0))
            .context("counting stories")?;
        Ok(usize::try_from(stories).unwrap_or_default())
    }

    /// Adds what the articles of a story say of it.
    fn describe(&self, story: &mut StoryEntry, language: Option<Language>) -> Result<()> {
        let mut statement = self.connection.prepare_cached(statements::STORY_LINES)?;
        let lines = statement.query_map([story.cursor.row], line)?;
        let mut lines = lines
            .collect::<rusqlite::Result<Vec<_>>>()
            .context("reading a story")?;
        lines.sort_by(|a, b| (a.moment, &a.id).cmp(&(b.moment, &b.id)));
        let mut best: Option<(bool, f32)> = None;
        for line in lines {
            story.articles += 1;
            story.unread += usize::from(!line.read);
            story.starred |= line.starred;
            if !line.source.is_empty() && !story.sources.contains(&line.source) {
                story.sources.push(line.source);
            }
            match story
                .languages
                .iter_mut()
                .find(|share| share.language == line.language)
            {
                Some(share) => share.articles += 1,
                None => story.languages.push(LanguageShare {
                    language: line.language,
                    articles: 1,
                    first: line.moment,
                }),
            }
            // The lines come oldest first: of two equally central titles the older stays.
            let rank = (language.is_some() && line.language == language, line.central);
            if best.is_none_or(|best| rank > best) {
                best = Some(rank);
                story.title = line.title;
            }
            if story.articles == 1 {
                story.id = line.id;
                story.first = line.moment;
            }
        }
        Ok(())
    }
}

/// What a list needs of one article of a story.
struct Line {
    id: ArticleId,
    title: String,
    source: String,
    language: Option<Language>,
    read: bool,
    starred: bool,
    moment: Timestamp,
    central: f32,
}

fn line(row: &Row<'_>) -> rusqlite::Result<Line> {
    let language: Option<String> = row.get(3)?;
    Ok(Line {
        id: ArticleId(row.get(0)?),
        title: row.get(1)?,
        source: row.get(2)?,
        language: language.as_deref().and_then(Language::from_code),
        read: row.get(4)?,
        starred: row.get(5)?,
        moment: moment(row.get(6)?),
        central: row.get(7)?,
    })
}

fn story(row: &Row<'_>) -> rusqlite::Result<StoryEntry> {
    let number = |at| {
        row.get::<_, i64>(at)
            .map(|n| usize::try_from(n).unwrap_or_default())
    };
    let newest: i64 = row.get(1)?;
    Ok(StoryEntry {
        id: ArticleId(String::new()),
        title: String::new(),
        languages: Vec::new(),
        sources: Vec::new(),
        first: moment(newest),
        last: moment(newest),
        articles: 0,
        unread: 0,
        starred: false,
        origins: number(2)?,
        weighed: row.get(3)?,
        conflicts: number(4)?,
        scales: number(5)?,
        claims: weigh::claims_of(row.get_ref(6)?.as_str()?),
        cursor: Cursor {
            moment: newest,
            row: row.get(0)?,
        },
    })
}

fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
}
