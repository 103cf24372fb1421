//! The worker that reads the library.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use jiff::civil::Date;

use crate::article::{Article, ArticleId, Language, Published};
use crate::compare::Comparison;
use crate::figure;
use crate::library::{Counts, Cursor, Entry, FeedTotals, Filter, Library, Place, Selection, StoryFilter};
use crate::query::{Page, Query};

use super::worker::Work;
use super::{Job, List, Order, Report, Row, SmartList, Totals, Wanted};

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

/// Where the pages of the list that was read last begin, so that the next one need not be searched for.
#[derive(Default)]
struct Pages {
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

    fn search(&self, query: &str, skip: usize, typing: bool) -> Result<crate::query::Hits> {
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
                self.library.subscriptions().context("cannot read the feeds")?,
            )),
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
                let hits = self.search(&query, skip, typing).context("cannot search")?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Headline, Published};
    use crate::job::SmartList;

    const FERRY: &str = "Die Fähre nach Juist fährt vom ersten Mai an wieder zweimal täglich, wenn die Tide es zulässt. Das \
        teilte die Reederei Frisia am Montag in Norddeich mit. Wer ein Fahrrad mitnehmen will, muss es vorher anmelden.";
    const HARBOUR: &str = "De haven van Harlingen krijgt een nieuwe steiger van 120 meter. De gemeenteraad stemde er dinsdag mee in; \
        het werk begint na de zomer en duurt ongeveer acht maanden, zei wethouder Tjeerd Bosma.";

    /// A library with one text in two outlets, another report of the same, and one of something else.
    fn reading() -> Reading {
        let mut library = Library::in_memory().expect("a library");
        let article = |id: &str, language, day, text: &str| Article {
            headline: Headline {
                id: ArticleId(id.to_string()),
                title: text.split('.').next().unwrap_or_default().to_string(),
                source: format!("Blatt {id}"),
                language: Some(language),
                published: Published::parse(day),
                url: None,
                tags: Vec::new(),
                author: String::new(),
            },
            text: text.to_string(),
        };
        let dutch = "De veerboot naar Juist vaart vanaf 1 mei weer twee keer per dag, als het tij het toelaat. Dat meldde \
            rederij Frisia maandag in Norddeich. Fietsen moeten vooraf worden aangemeld.";
        let articles = [
            article("first", Language::German, "2026-04-06", FERRY),
            article(
                "copy",
                Language::German,
                "2026-04-07",
                &format!("NORDDEICH. {FERRY} (dpa)"),
            ),
            article("dutch", Language::Dutch, "2026-04-07", dutch),
            article("other", Language::Dutch, "2026-04-08", HARBOUR),
        ];
        library.add(&articles).expect("added");
        library.settle_all(|| true).expect("settled");
        library.catch_up().expect("searchable");
        let today = jiff::civil::date(2026, 4, 9);
        Reading::new(
            &library.place(),
            Arc::new(|_: &[Article]| Comparison::default()),
            Language::English,
            today,
        )
        .expect("the library")
    }

    /// The rows of a list as `id: outlets`.
    fn rows(list: List) -> Vec<String> {
        let (rows, more) = reading().list(list, 0, 50).expect("a list");
        assert!(!more);
        let shown = |row: &Row| format!("{}: {}", row.id, row.sources.join(", "));
        rows.iter().map(shown).collect()
    }

    #[test]
    fn one_text_is_one_entry_with_its_outlets() {
        let by_date = List::default().in_order(Order::Dates);
        assert_eq!(
            rows(by_date.clone()),
            [
                "other: Blatt other",
                "dutch: Blatt dutch",
                "first: Blatt first, Blatt copy"
            ]
        );
        // Where its original is not in the list, a copy stands for itself.
        let of_one_source = List {
            articles: Filter {
                source: Some("Blatt copy".to_string()),
                ..Filter::default()
            },
            ..by_date
        };
        assert_eq!(rows(of_one_source), ["copy: Blatt copy"]);
    }

    #[test]
    fn a_story_opens_with_each_text_once() {
        let opened = |wanted: Wanted| {
            let (articles, _) = reading().open(&wanted).expect("articles");
            let shown = |article: &Article| format!("{}: {}", article.headline.id, article.headline.source);
            articles.iter().map(shown).collect::<Vec<_>>()
        };
        let id = |id: &str| ArticleId(id.to_string());
        assert_eq!(
            opened(Wanted::Story(id("dutch"))),
            ["first: Blatt first, Blatt copy", "dutch: Blatt dutch"]
        );
        assert_eq!(
            opened(Wanted::Near(id("copy"))),
            ["copy: Blatt first, Blatt copy", "dutch: Blatt dutch"]
        );
        assert_eq!(opened(Wanted::All(vec![id("copy")])), ["copy: Blatt copy"]);
    }

    #[test]
    fn a_list_of_ones_own_shows_what_its_question_finds() {
        let list = |query: &str, order| {
            rows(List {
                own: Some(SmartList {
                    name: "Schiffe".to_string(),
                    query: query.to_string(),
                }),
                ..List::default().in_order(order)
            })
        };
        let story = "first: Blatt first, Blatt copy, Blatt dutch";
        assert_eq!(list("frisia", Order::Stories), [story]);
        assert_eq!(list("lang:nl", Order::Stories), ["other: Blatt other", story]);
        assert_eq!(
            list("steiger OR fietsen", Order::Dates),
            ["other: Blatt other", "dutch: Blatt dutch"]
        );
        assert!(list("zeppelin", Order::Stories).is_empty());
    }
}
