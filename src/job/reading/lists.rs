//! The rows of the home screen, a page at a time.

use anyhow::Result;

use crate::job::{List, Order, Row};
use crate::library::{Cursor, Entry, Filter, Selection, StoryFilter};
use crate::query::Query;

use super::Reading;

/// Where the pages of the list that was read last begin, so that the next one need not be searched for.
#[derive(Default)]
pub(super) struct Pages {
    list: List,
    /// What the question of the list found.
    found: Selection,
    ends: Vec<(usize, End)>,
}

/// Where a page ends: the source it is in, where sources are listed one after another, and the place in its list.
#[derive(Clone, Debug, Default)]
struct End {
    source: usize,
    cursor: Option<Cursor>,
}

impl Reading {
    /// Rows of a list, and whether there are more behind them.
    pub(super) fn list(&mut self, list: List, skip: usize, limit: usize) -> Result<(Vec<Row>, bool)> {
        if skip == 0 || self.pages.list != list {
            self.pages = Pages {
                list,
                found: Selection::default(),
                ends: vec![(0, End::default())],
            };
            self.ask()?;
        }
        if self.pages.list.own.is_some() {
            return self.found(skip, limit);
        }
        let known = self
            .pages
            .ends
            .iter()
            .rev()
            .find(|(rows, _)| *rows <= skip)
            .cloned();
        let (at, mut end) = known.unwrap_or_default();
        let wanted = skip - at + limit;
        let mut rows = match self.pages.list.order {
            Order::Stories => self.stories(&mut end, wanted)?,
            Order::Dates => self.by_date(&mut end, wanted)?,
            Order::Sources => self.by_source(&mut end, wanted)?,
        };
        let more = rows.len() == wanted;
        rows.drain(..(skip - at).min(rows.len()));
        self.pages.ends.push((skip + rows.len(), end));
        Ok((rows, more))
    }

    /// Asks the question of the list, if it has one.
    fn ask(&mut self) -> Result<()> {
        let list = &self.pages.list;
        if let Some(own) = &list.own {
            let query = Query::parse(&own.query, self.today);
            self.pages.found = match list.order {
                Order::Stories => self.library.select_stories(&query, &self.filter())?,
                Order::Dates | Order::Sources => self.library.select_articles(&query, &list.articles)?,
            };
        }
        Ok(())
    }

    /// Rows of what the question found, and whether there are more behind them.
    fn found(&self, skip: usize, limit: usize) -> Result<(Vec<Row>, bool)> {
        let (found, page) = (&self.pages.found, (skip, limit));
        let rows = match self.pages.list.order {
            Order::Stories => {
                let stories = self.library.selected_stories(found, self.language, page)?;
                stories.iter().map(Row::of_story).collect()
            }
            Order::Dates | Order::Sources => {
                let articles = self.library.selected_articles(found, page)?;
                articles.iter().map(row).collect()
            }
        };
        Ok((rows, skip + limit < found.len()))
    }

    fn filter(&self) -> StoryFilter {
        StoryFilter {
            articles: self.pages.list.articles.clone(),
            contradictions: self.pages.list.contradictions,
            only: self.pages.list.only,
            several: false,
        }
    }

    fn stories(&self, end: &mut End, limit: usize) -> Result<Vec<Row>> {
        let filter = self.filter();
        let found = self
            .library
            .stories(&filter, self.language, end.cursor.as_ref(), limit)?;
        end.cursor = found.last().map(|entry| entry.cursor).or(end.cursor);
        Ok(found.iter().map(Row::of_story).collect())
    }

    fn by_date(&self, end: &mut End, limit: usize) -> Result<Vec<Row>> {
        let filter = &self.pages.list.articles;
        let mut rows = Vec::new();
        while rows.len() < limit {
            let room = limit - rows.len();
            let found = self.library.headlines(filter, end.cursor.as_ref(), room)?;
            let Some(last) = found.last() else { break };
            end.cursor = Some(last.cursor);
            for entry in &found {
                rows.extend(self.row_of_text(entry, filter)?);
            }
        }
        Ok(rows)
    }

    /// The row of an article and its copies; none for a copy whose original stands in the same list.
    fn row_of_text(&self, entry: &Entry, filter: &Filter) -> Result<Option<Row>> {
        if let Some(original) = self.library.original(entry)?
            && fits(&original, filter)
        {
            return Ok(None);
        }
        let outlets = self.library.outlets(entry)?;
        let outlets = outlets.into_iter().map(|(outlet, _)| outlet);
        Ok(Some(row(entry).with_outlets(outlets)))
    }

    /// Goes through the sources from A to Z, each newest first.
    fn by_source(&self, end: &mut End, limit: usize) -> Result<Vec<Row>> {
        let mut sources: Vec<String> = self
            .library
            .count()?
            .sources
            .into_iter()
            .map(|(source, _)| source)
            .collect();
        sources.sort_by_key(|source| source.to_lowercase());
        let mut rows = Vec::new();
        while let Some(source) = sources.get(end.source).filter(|_| rows.len() < limit) {
            let filter = Filter {
                source: Some(source.clone()),
                ..self.pages.list.articles.clone()
            };
            let wanted = self
                .pages
                .list
                .articles
                .source
                .as_ref()
                .is_none_or(|only| only == source);
            let room = limit - rows.len();
            let found = if wanted {
                self.library.headlines(&filter, end.cursor.as_ref(), room)?
            } else {
                Vec::new()
            };
            end.cursor = found.last().map(|entry| entry.cursor);
            rows.extend(found.iter().map(row));
            if found.len() < room {
                *end = End {
                    source: end.source + 1,
                    cursor: None,
                };
            }
        }
        Ok(rows)
    }
}

/// Whether an article stands in lists with this filter.
fn fits(entry: &Entry, filter: &Filter) -> bool {
    let headline = &entry.headline;
    let within = filter.from.is_none() && filter.until.is_none();
    within
        && filter
            .language
            .is_none_or(|language| headline.language == Some(language))
        && filter
            .source
            .as_ref()
            .is_none_or(|source| headline.source == *source)
        && filter.tag.as_ref().is_none_or(|tag| headline.tags.contains(tag))
        && (!filter.unread || !entry.state.read)
        && (!filter.starred || entry.state.starred)
}

fn row(entry: &Entry) -> Row {
    Row::of_article(&entry.headline, entry.state.read, entry.state.starred)
}
