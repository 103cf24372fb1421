//! The worker that reads the library.

use anyhow::{Context as _, Result};
use jiff::civil::Date;

use crate::article::{Article, ArticleId, Language};
use crate::compare::Comparison;
use crate::library::{Counts, Cursor, Entry, Filter, Library, Place, StoryFilter};
use crate::query::{Page, Query};

use super::worker::Work;
use super::{Job, List, Order, Report, Row, Ticket, Totals, Wanted};

/// The hits of a page.
const HITS: usize = 40;

/// How articles are compared.
pub type Compare = fn(&[Article]) -> Comparison;

/// Reads the library for the screen.
pub struct Reading {
    library: Library,
    compare: Compare,
    language: Option<Language>,
    today: Date,
    pages: Pages,
}

/// Where the pages of the list that was read last begin, so that the next one need not be searched for.
#[derive(Default)]
struct Pages {
    list: List,
    ends: Vec<(usize, End)>,
}

/// Where a page ends: the source it is in, where sources are listed one after another, and the place in its list.
#[derive(Clone, Debug, Default)]
struct End {
    source: usize,
    cursor: Option<Cursor>,
}

impl Reading {
    /// Opens the library at `place`; titles of stories come in `language` where there is one.
    pub fn new(place: &Place, compare: Compare, language: Language, today: Date) -> Result<Self> {
        let library = place.open().context("cannot open the library")?;
        Ok(Self {
            library,
            compare,
            language: Some(language),
            today,
            pages: Pages::default(),
        })
    }

    fn list(&mut self, list: List, skip: usize, limit: usize) -> Result<(Vec<Row>, bool)> {
        if skip == 0 || self.pages.list != list {
            self.pages = Pages {
                list,
                ends: vec![(0, End::default())],
            };
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

    fn stories(&self, end: &mut End, limit: usize) -> Result<Vec<Row>> {
        let filter = StoryFilter {
            articles: self.pages.list.articles.clone(),
            contradictions: self.pages.list.contradictions,
            ..StoryFilter::default()
        };
        let found = self
            .library
            .stories(&filter, self.language, end.cursor.as_ref(), limit)?;
        end.cursor = found.last().map(|entry| entry.cursor).or(end.cursor);
        Ok(found.iter().map(Row::of_story).collect())
    }

    fn by_date(&self, end: &mut End, limit: usize) -> Result<Vec<Row>> {
        let found = self
            .library
            .headlines(&self.pages.list.articles, end.cursor.as_ref(), limit)?;
        end.cursor = found.last().map(|entry| entry.cursor).or(end.cursor);
        Ok(found.iter().map(row).collect())
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

    fn open(&self, wanted: &Wanted) -> Result<(Vec<Article>, Comparison)> {
        let ids = match wanted {
            Wanted::All(ids) => ids.clone(),
            Wanted::Story(id) => self.story(id)?,
            Wanted::Near(id) => self.near(id)?,
        };
        let articles: Vec<Article> = ids
            .iter()
            .filter_map(|id| self.library.article(id).transpose())
            .collect::<Result<_>>()?;
        let comparison = (self.compare)(&articles);
        Ok((articles, comparison))
    }

    /// The articles of the story that one belongs to, oldest first.
    fn story(&self, id: &ArticleId) -> Result<Vec<ArticleId>> {
        let told = self.library.story(id)?;
        Ok(told.into_iter().map(|entry| entry.headline.id).collect())
    }

    /// The article with those of its story; where it is alone in it, with the one that a search for its title finds.
    fn near(&self, id: &ArticleId) -> Result<Vec<ArticleId>> {
        let mut ids = vec![id.clone()];
        ids.extend(self.story(id)?.into_iter().filter(|other| other != id));
        if ids.len() > 1 {
            return Ok(ids);
        }
        let Some(article) = self.library.article(id)? else {
            return Ok(ids);
        };
        let query = Query::parse(&plain_words(&article.headline.title), self.today);
        let found = self.library.search(&query, Page::first(2))?;
        ids.extend(
            found
                .hits
                .into_iter()
                .map(|hit| hit.headline.id)
                .find(|other| other != id),
        );
        Ok(ids)
    }

    fn search(&self, query: &str, skip: usize, typing: bool) -> Result<crate::query::Hits> {
        let page = Page {
            offset: skip,
            limit: HITS,
            typing,
        };
        self.library.search(&Query::parse(query, self.today), page)
    }
}

impl Work for Reading {
    fn work(&mut self, job: Job, report: &mut dyn FnMut(Report)) -> Result<()> {
        match job {
            Job::Count => {
                let stories = self.library.count_stories()?;
                report(Report::Counted(totals(self.library.count()?, stories)));
            }
            Job::List {
                ticket,
                list,
                skip,
                limit,
            } => {
                let (rows, more) = self.list(list, skip, limit).context("cannot read the list")?;
                report(Report::Listed { ticket, rows, more });
            }
            Job::Open { ticket, wanted, .. } => {
                let (articles, comparison) = self.open(&wanted).context("cannot read the articles")?;
                report(opened(ticket, wanted, articles, comparison));
            }
            Job::Search {
                ticket,
                query,
                skip,
                typing,
            } => {
                let hits = self.search(&query, skip, typing).context("cannot search")?;
                report(Report::Searched { ticket, hits });
            }
            _ => {}
        }
        Ok(())
    }
}

const fn opened(ticket: Ticket, wanted: Wanted, articles: Vec<Article>, comparison: Comparison) -> Report {
    Report::Opened {
        ticket,
        wanted,
        articles,
        comparison,
    }
}

fn row(entry: &Entry) -> Row {
    Row::of_article(&entry.headline, entry.state.read, entry.state.starred)
}

fn totals(counts: Counts, stories: usize) -> Totals {
    let known = |(language, n): (Option<Language>, usize)| Some((language?, n));
    Totals {
        stories,
        articles: counts.articles,
        unread: counts.unread,
        languages: counts.languages.into_iter().filter_map(known).collect(),
        sources: counts.sources,
    }
}

/// The words of a title without what a query would read as more than words.
fn plain_words(title: &str) -> String {
    let words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3);
    words.collect::<Vec<_>>().join(" ")
}
