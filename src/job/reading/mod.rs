//! The worker that reads the library.

mod lists;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use anyhow::{Context as _, Result};
use jiff::civil::Date;

use crate::article::{Article, ArticleId, Language, Published};
use crate::compare::Comparison;
use crate::figure;
use crate::library::{Counts, Entry, FeedTotals, Library, Place};
use crate::query::{Hits, Page, Query};

use super::worker::Work;
use super::{Cannot, Job, Report, SmartList, Totals, Wanted};
use lists::Pages;

/// The hits of a page.
const HITS: usize = 40;

/// How articles are compared.
pub type Compare = Arc<dyn Fn(&[Article]) -> Comparison + Send + Sync>;

/// Reads the library for the screen.
pub struct Reading {
    library: Library,
    compare: Compare,
    language: Option<Language>,
    today: Date,
    pages: Pages,
}

impl Reading {
    /// Opens the library at `place`; titles of stories come in `language` where there is one.
    pub fn new(place: &Place, compare: Compare, language: Language, today: Date) -> Result<Self> {
        let library = place.open().context(Cannot::new("job.open-library"))?;
        Ok(Self {
            library,
            compare,
            language: Some(language),
            today,
            pages: Pages::default(),
        })
    }

    fn open(&self, wanted: &Wanted) -> Result<(Vec<Article>, Comparison)> {
        let texts = match wanted {
            Wanted::All(ids) => ids.iter().cloned().map(Told::by).collect(),
            Wanted::Story(id) => self.story(id, None)?,
            Wanted::Near(id) => self.near(id)?,
        };
        let mut articles = Vec::new();
        for told in texts {
            if let Some(mut article) = self.library.article(&told.id)? {
                if told.outlets.len() > 1 {
                    article.headline.source = told.outlets.join(", ");
                }
                articles.push(article);
            }
        }
        let ids: Vec<ArticleId> = articles
            .iter()
            .map(|article| article.headline.id.clone())
            .collect();
        let corrections = self.library.corrections(&ids)?;
        let comparison = (self.compare)(&articles).corrected(&articles, &corrections);
        Ok((articles, comparison))
    }

    /// The texts of the story that `id` belongs to, oldest first; `shown` is shown rather than one it is a copy of.
    fn story(&self, id: &ArticleId, shown: Option<&ArticleId>) -> Result<Vec<Told>> {
        let texts = self.library.texts(id)?;
        Ok(texts.iter().filter_map(|text| Told::of(text, shown)).collect())
    }

    /// The article with the others of its story; where it is alone in it, with the one that a search for its title
    /// finds.
    fn near(&self, id: &ArticleId) -> Result<Vec<Told>> {
        let mut told = self.story(id, Some(id))?;
        told.sort_by_key(|one| one.id != *id);
        if told.is_empty() {
            told.push(Told::by(id.clone()));
        }
        if told.len() > 1 {
            return Ok(told);
        }
        let Some(article) = self.library.article(id)? else {
            return Ok(told);
        };
        let query = Query::parse(&plain_words(&article.headline.title), self.today);
        let found = self.library.search(&query, Page::first(2))?;
        let mut others = found.hits.into_iter().map(|hit| hit.headline.id);
        told.extend(others.find(|other| other != id).map(Told::by));
        Ok(told)
    }

    /// The reader's remark on an article.
    fn note(&self, id: &ArticleId) -> Result<Option<String>> {
        Ok(self.library.entry(id)?.and_then(|entry| entry.state.note))
    }

    fn search(&self, query: &str, skip: usize, typing: bool) -> Result<Hits> {
        let page = Page {
            offset: skip,
            limit: HITS,
            typing,
        };
        let mut hits = self.library.search(&Query::parse(query, self.today), page)?;
        for hit in &mut hits.hits {
            let Some(language) = hit.headline.language else {
                continue;
            };
            let day = hit.headline.published.as_ref().and_then(Published::day);
            let figures = figure::extract(&hit.snippet.text, language, day);
            hit.snippet.figures = figures.into_iter().map(|figure| figure.span).collect();
        }
        Ok(hits)
    }
}

impl Work for Reading {
    fn work(&mut self, job: Job, report: &mut dyn FnMut(Report)) -> Result<()> {
        match job {
            Job::Count => {
                let stories = self.library.count_stories()?;
                let feeds = self.library.feed_totals()?;
                let saved = self.library.saved_queries()?;
                report(Report::Counted(Totals {
                    saved: saved.into_iter().map(SmartList::from).collect(),
                    tags: self.library.tags()?,
                    ..totals(self.library.count()?, stories, feeds)
                }));
            }
            Job::Feeds => report(Report::Feeds(
                self.library
                    .subscriptions()
                    .context(Cannot::new("job.read-feeds"))?,
            )),
            Job::List {
                ticket,
                list,
                skip,
                limit,
            } => {
                let (rows, more) = self
                    .list(list, skip, limit)
                    .context(Cannot::new("job.read-list"))?;
                report(Report::Listed { ticket, rows, more });
            }
            Job::Body(id) => {
                let article = self
                    .library
                    .article(&id)
                    .context(Cannot::new("job.read-articles"))?;
                let text = |article: Article| format!("{}\n\n{}\n", article.headline.title, article.text);
                report(Report::Body(article.map(text).unwrap_or_default()));
            }
            Job::Open { ticket, wanted, .. } => {
                let (articles, comparison) = self.open(&wanted).context(Cannot::new("job.read-articles"))?;
                let notes = articles.iter().map(|article| self.note(&article.headline.id));
                report(Report::Opened {
                    ticket,
                    wanted,
                    notes: notes.collect::<Result<_>>()?,
                    articles,
                    comparison,
                });
            }
            Job::Recall(names) => {
                let read = names.iter().filter_map(|name| {
                    let value = self.library.setting(name).transpose()?;
                    Some(value.map(|value| ((*name).to_string(), value)))
                });
                report(Report::Recalled(read.collect::<Result<_>>()?));
            }
            Job::Search {
                ticket,
                query,
                skip,
                typing,
            } => {
                let hits = self
                    .search(&query, skip, typing)
                    .context(Cannot::new("job.search"))?;
                report(Report::Searched { ticket, hits });
            }
            _ => {}
        }
        Ok(())
    }
}

/// A text that tells a story: one of its articles, and the outlets that have it.
struct Told {
    id: ArticleId,
    outlets: Vec<String>,
}

impl Told {
    const fn by(id: ArticleId) -> Self {
        let outlets = Vec::new();
        Self { id, outlets }
    }

    /// A text by one of its articles, the first unless `shown` is among them.
    fn of(text: &[Entry], shown: Option<&ArticleId>) -> Option<Self> {
        let ids = || text.iter().map(|entry| &entry.headline.id);
        let id = ids().find(|id| Some(*id) == shown).or_else(|| ids().next())?;
        let mut outlets: Vec<String> = Vec::new();
        for entry in text {
            let source = &entry.headline.source;
            if !source.is_empty() && !outlets.contains(source) {
                outlets.push(source.clone());
            }
        }
        Some(Self {
            id: id.clone(),
            outlets,
        })
    }
}

fn totals(counts: Counts, stories: usize, feeds: FeedTotals) -> Totals {
    let known = |(language, n): (Option<Language>, usize)| Some((language?, n));
    Totals {
        stories,
        articles: counts.articles,
        unread: counts.unread,
        languages: counts.languages.into_iter().filter_map(known).collect(),
        sources: counts.sources,
        saved: Vec::new(),
        feeds,
        tags: Vec::new(),
    }
}

/// The words of a title without what a query would read as more than words.
fn plain_words(title: &str) -> String {
    let words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3);
    words.collect::<Vec<_>>().join(" ")
}
