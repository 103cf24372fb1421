//! Lists of what fits a question, in the order of all lists: newest first.

use anyhow::Result;

use super::{Answered, Cursor, Entry, Filter, Library, StoryEntry, StoryFilter};
use crate::article::Language;
use crate::query::{Condition, Node, Page, Query};

/// What fitted a question when it was asked, to be listed page by page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    places: Vec<Cursor>,
}

impl Selection {
    fn new(mut places: Vec<Cursor>) -> Self {
        places.sort_unstable_by(|a, b| b.cmp(a));
        Self { places }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether nothing fits.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    fn page(&self, skip: usize, limit: usize) -> impl Iterator<Item = Cursor> {
        self.places.iter().skip(skip).take(limit).copied()
    }
}

impl Library {
    /// The stories one article of which fits both `query` and `filter`.
    pub fn select_stories(&self, query: &Query, filter: &StoryFilter) -> Result<Selection> {
        let rows = self.fitting(query, &filter.articles)?;
        Ok(Selection::new(self.store.stories_with(&rows, filter)?))
    }

    /// The articles that fit both `query` and `filter`.
    pub fn select_articles(&self, query: &Query, filter: &Filter) -> Result<Selection> {
        let rows = self.fitting(query, filter)?;
        Ok(Selection::new(self.store.places(&rows)?))
    }

    /// Stories of a selection; titles in `language` where one is. Those gone since are passed over.
    pub fn selected_stories(
        &self,
        selection: &Selection,
        language: Option<Language>,
        (skip, limit): (usize, usize),
    ) -> Result<Vec<StoryEntry>> {
        let stories = selection.page(skip, limit);
        let stories = stories.map(|place| self.store.story_at(place.row, language));
        stories.filter_map(Result::transpose).collect()
    }

    /// Articles of a selection. Those gone since are passed over.
    pub fn selected_articles(
        &self,
        selection: &Selection,
        (skip, limit): (usize, usize),
    ) -> Result<Vec<Entry>> {
        let entries = selection.page(skip, limit);
        let entries = entries.map(|place| self.store.entry_of_row(place.row));
        entries.filter_map(Result::transpose).collect()
    }

    fn fitting(&self, query: &Query, filter: &Filter) -> Result<Vec<i64>> {
        let query = narrowed(query, filter);
        let answered = self.ask(&query, Page::first(0), |reading, asked| reading.rows(asked))?;
        Ok(match answered {
            Answered::With(rows) => rows,
            Answered::NoIndex | Answered::Damaged => Vec::new(),
        })
    }
}

/// The question with the conditions of a filter.
fn narrowed(query: &Query, filter: &Filter) -> Query {
    let days = (filter.from, filter.until);
    let conditions = [
        filter
            .language
            .map(|language| Condition::Language(vec![language])),
        filter.source.clone().map(Condition::Source),
        filter.unread.then_some(Condition::Read(false)),
        filter.starred.then_some(Condition::Starred(true)),
        filter.tag.clone().map(Condition::Tag),
        (days != (None, None)).then_some(Condition::Published {
            from: filter.from,
            until: filter.until,
        }),
    ];
    let conditions: Vec<Node> = conditions.into_iter().flatten().map(Node::Is).collect();
    if conditions.is_empty() {
        return query.clone();
    }
    let mut all = match query.wanted.clone() {
        Some(Node::All(nodes)) => nodes,
        other => other.into_iter().collect(),
    };
    all.extend(conditions);
    Query {
        wanted: Some(Node::All(all)),
        ..query.clone()
    }
}
