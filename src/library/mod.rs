//! Articles on disk: the one door to SQLite and tantivy.
//!
//! SQLite (`library.db`) holds what cannot be computed again: articles and what the reader did with them.
//! The indexes beside it, of words and of figures, are derived from it. Every write to an article's content takes the next number of
//! one counter; the index remembers the last number it has seen and catches up from there, so that
//! stopping at any moment, or deleting the index, costs only time.
//!
//! A [`Library`] belongs to one thread. To use the same library on another, send it the [`Place`].

mod feeds;
mod figures;
mod index;
mod learned;
mod place;
mod rates;
mod saved;
mod search;
mod selection;
mod store;
mod stories;
mod trouble;
mod words;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::Timestamp;
use jiff::civil::Date;

pub use feeds::{FeedTotals, Fetch, FetchState, Outcome, Revision, Subscription, Unsubscribed};
pub use learned::LearnedWords;
pub use place::{Place, Translate};
pub use saved::SavedQuery;
pub use selection::Selection;
pub use stories::{Decision, LanguageShare, Ruling, StoryClaim, StoryEntry, StoryFilter};
pub use trouble::Trouble;
pub use words::usual_folders as spelling_folders;

pub use crate::article::State;
use crate::article::{Article, ArticleId, Headline, Language};
use crate::compare::Correction;
use crate::query::{Hits, Notice, Page, Query};
use index::Shelf;
use search::{Asked, Reading};
use store::{Grouping, Store};

/// All that is kept on disk.
pub struct Library {
    place: Place,
    store: Store,
    grouping: Grouping,
    shelf: Shelf,
    figures: Shelf,
    reading: RefCell<Option<Reading>>,
}

/// Why a library cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A newer beide wrote it.
    #[error("the library was written by a newer beide (its version is {found}, this one knows {known})")]
    Newer {
        /// The version of the library.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// Nothing can be written there.
    #[error("cannot write to the library folder {}", .0.display())]
    ReadOnly(PathBuf),
    /// The database is no longer one.
    #[error("the database {} is damaged", .0.display())]
    Damaged(PathBuf),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// What became of an article that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was not there.
    New,
    /// It was there just so.
    Unchanged,
    /// It was there with other words; the new ones are kept, and all that the reader did.
    Revised,
}

/// What the beginning of an id stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One article.
    One(ArticleId),
    /// None.
    None,
    /// So many, counted up to a hundred.
    Several(usize),
}

/// Which articles a list shows; every condition must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those in this language.
    pub language: Option<Language>,
    /// Only those of this source.
    pub source: Option<String>,
    /// Only those not yet read.
    pub unread: bool,
    /// Only those that are starred.
    pub starred: bool,
    /// Only those with this tag.
    pub tag: Option<String>,
    /// Only those that the feed at this address brought.
    pub feed: Option<String>,
    /// Only those of this day or later.
    pub from: Option<Date>,
    /// Only those before this day.
    pub until: Option<Date>,
}

/// A place in a list of articles, newest first; lists go on behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    moment: i64,
    row: i64,
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The article without its text.
    pub headline: Headline,
    /// What the reader did with it.
    pub state: State,
    /// When it came into the library.
    pub added: Timestamp,
    /// Where it stands in lists.
    pub cursor: Cursor,
}

/// Something a reader does to an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Read, or unread again.
    Read(bool),
    /// Starred, or no longer.
    Starred(bool),
    /// All its tags.
    Tags(Vec<String>),
    /// The remark, or none.
    Note(Option<String>),
}

/// How many articles there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In all.
    pub articles: usize,
    /// Not yet read.
    pub unread: usize,
    /// Starred.
    pub starred: usize,
    /// By language, the most frequent first; none stands for any other.
    pub languages: Vec<(Option<Language>, usize)>,
    /// By source, the most frequent first.
    pub sources: Vec<(String, usize)>,
}

/// Where a library stands, as one handle sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulse {
    /// Another number after each write of another handle.
    pub writes: i64,
    /// The number of the last change to any article's content, whoever made it.
    pub content: i64,
}

/// An article taken out of the library, with all that is needed to put it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The article.
    pub article: Article,
    /// What the reader did with it.
    pub state: State,
    /// When it had come into the library.
    pub added: Timestamp,
}

/// What a check of the library found; without a word of any article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The versions of SQLite and of tantivy.
    pub engines: String,
    /// The version of the database.
    pub schema: u32,
    /// Articles in the database.
    pub articles: usize,
    /// Bytes of the database on disk.
    pub database_bytes: u64,
    /// Bytes of the index on disk.
    pub index_bytes: u64,
    /// Stories.
    pub stories: usize,
    /// Articles that have still to find their story.
    pub unsettled: usize,
    /// Feeds subscribed to, and how many of them had trouble the last time.
    pub feeds: (usize, usize),
    /// Articles in the index, and the segments it consists of.
    pub indexed: (usize, usize),
    /// Articles stored but not yet searchable.
    pub not_yet_indexed: usize,
    /// What is wrong with the database, in SQLite's words; empty if nothing is.
    pub faults: Vec<String>,
    /// What is wrong with the index; it can be rebuilt.
    pub index_fault: Option<String>,
    /// The spelling dictionaries by whose words compounds are split too.
    pub spelling: Vec<PathBuf>,
}

impl Library {
    fn new(place: Place, store: Store, shelf: Shelf, figures: Shelf) -> Self {
        Self {
            place,
            store,
            shelf,
            figures,
            reading: RefCell::new(None),
            grouping: Grouping::default(),
        }
    }

    /// Opens the library in `dir`, creating what is missing.
    ///
    /// Takes the same time however large it is. A database of an older version is brought forward, after a
    /// copy of it was put beside it.
    pub fn open(dir: &Path) -> Result<Self, OpenError> {
        Place::folder(dir).open()
    }

    /// An empty library that is gone when its last handle is dropped.
    pub fn in_memory() -> Result<Self, OpenError> {
        Place::memory()?.open()
    }

    /// Where it is, to open it again on another thread.
    pub fn place(&self) -> Place {
        self.place.clone()
    }

    /// Adds articles, all or none, and says in their order what became of each.
    ///
    /// An article is known by its id; a derived id gives way to an article with the same title and text.
    /// Tags come on top of those that are there.
    pub fn add(&mut self, articles: &[Article]) -> Result<Vec<Added>> {
        self.store.add(articles, Timestamp::now())
    }

    /// The article whose id is, or alone begins with, `prefix`.
    pub fn find(&self, prefix: &str) -> Result<Found> {
        self.store.find(prefix)
    }

    /// One article.
    pub fn article(&self, id: &ArticleId) -> Result<Option<Article>> {
        self.store.article(id)
    }

    /// One line of a list.
    pub fn entry(&self, id: &ArticleId) -> Result<Option<Entry>> {
        self.store.entry(id)
    }

    /// Up to `limit` articles behind `after`, newest first: by when they were published, else added.
    pub fn headlines(&self, filter: &Filter, after: Option<&Cursor>, limit: usize) -> Result<Vec<Entry>> {
        self.store.headlines(filter, after, limit)
    }

    /// How many articles there are.
    pub fn count(&self) -> Result<Counts> {
        self.store.count()
    }

    /// The tags there are with how many articles have each, the most frequent first.
    pub fn tags(&self) -> Result<Vec<(String, usize)>> {
        self.store.tags()
    }

    /// Marks articles and returns what undoes it; ids that are not there are passed over.
    ///
    /// Who has read an article has read its copies in other outlets.
    pub fn mark(&mut self, ids: &[ArticleId], mark: &Mark) -> Result<Vec<(ArticleId, Mark)>> {
        if *mark == Mark::Read(true) {
            return self.store.mark(&self.store.with_copies(ids)?, mark);
        }
        self.store.mark(ids, mark)
    }

    /// Undoes what [`Library::mark`] did, and returns what does it again.
    pub fn undo(&mut self, marks: &[(ArticleId, Mark)]) -> Result<Vec<(ArticleId, Mark)>> {
        self.store.mark_each(marks)
    }

    /// Takes articles out and returns them.
    pub fn remove(&mut self, ids: &[ArticleId]) -> Result<Vec<Removed>> {
        self.store.remove(ids)
    }

    /// Puts back what [`Library::remove`] took out.
    pub fn restore(&mut self, removed: &[Removed]) -> Result<()> {
        self.store.restore(removed)
    }

    /// Where the library stands; another value than before where anyone but this handle has written meanwhile.
    pub fn pulse(&self) -> Result<Pulse> {
        self.store.pulse()
    }

    /// What the reader said about figures of these articles, the first said first.
    pub fn corrections(&self, articles: &[ArticleId]) -> Result<Vec<Correction>> {
        self.store.corrections(articles)
    }

    /// Keeps what the reader says about figures; [`Library::forget_correction`] takes it back.
    pub fn correct(&mut self, correction: &Correction) -> Result<()> {
        self.store.correct(correction)
    }

    /// Takes back what the reader said about figures.
    pub fn forget_correction(&mut self, correction: &Correction) -> Result<()> {
        self.store.forget_correction(correction)
    }

    /// A setting of the reader's that is kept with the library.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        self.store.setting(name)
    }

    /// Keeps a setting.
    pub fn keep_setting(&mut self, name: &str, value: &str) -> Result<()> {
        self.store.keep_setting(name, value)
    }

    /// Makes searchable what is not yet, and says how many articles that were.
    ///
    /// Where another program is at it, it returns at once: that one does it all.
    pub fn catch_up(&mut self) -> Result<usize> {
        let (shelf, store, spelling) = (&self.shelf, &mut self.store, &self.place.spelling);
        let filled = mending(shelf, index::is_whole, || index::catch_up(shelf, store, spelling))?;
        let (shelf, store) = (&self.figures, &mut self.store);
        mending(shelf, figures::is_whole, || figures::catch_up(shelf, store))?;
        Ok(filled.unwrap_or(0))
    }

    /// The articles that fit a question.
    ///
    /// Nothing in `query` is an error. What is stored but not yet searchable is named in a notice.
    pub fn search(&self, query: &Query, page: Page) -> Result<Hits> {
        let mut hits = match self.ask(query, page, Reading::answer)? {
            Answered::With(hits) => hits,
            Answered::NoIndex => Hits {
                notices: query.notices.clone(),
                ..Hits::default()
            },
            Answered::Damaged => Hits {
                notices: vec![Notice::NotYetIndexed(self.store.count_articles()?)],
                ..Hits::default()
            },
        };
        let slot = self.reading.borrow();
        let seen = slot.as_ref().map_or(0, |reading| reading.index().seen());
        if seen < self.store.last_change()? {
            let missing = self.store.count_changed_after(seen)?;
            hits.notices
                .extend((missing > 0).then_some(Notice::NotYetIndexed(missing)));
        }
        Ok(hits)
    }

    /// Asks the index that is in use now.
    fn ask<T>(
        &self,
        query: &Query,
        page: Page,
        mut answer: impl FnMut(&mut Reading, Asked<'_>) -> Result<T>,
    ) -> Result<Answered<T>> {
        let mut slot = self.reading.borrow_mut();
        if !slot
            .as_ref()
            .is_some_and(|reading| reading.is_current(&self.shelf))
        {
            // tantivy panics on some damage; who writes next meets it too, and fills a new index.
            let opened = catch_unwind(AssertUnwindSafe(|| Reading::open(&self.shelf)));
            *slot = opened.unwrap_or_default();
        }
        let Some(reading) = slot.as_mut() else {
            return Ok(Answered::NoIndex);
        };
        let asked = Asked {
            store: &self.store,
            figures: &self.figures,
            query,
            page,
            now: Timestamp::now().as_second(),
            translate: self.place.translate.as_deref(),
        };
        answered(reading, (&self.shelf, &self.figures), |reading| {
            answer(reading, asked)
        })
    }

    /// Builds the index anew; `progress` gets how many of how many articles are done.
    ///
    /// The old one serves until the new one is done. Where another program is writing it, this waits for its turn.
    pub fn reindex(&mut self, mut progress: impl FnMut(usize, usize)) -> Result<()> {
        index::renew(&self.shelf, &mut self.store, &self.place.spelling, &mut progress)?;
        figures::renew(&self.figures, &mut self.store)
    }

    /// Gives `take` every article behind `after` that can still be read, in no order, and returns how many cannot.
    ///
    /// For a damaged database: each article is looked for by every way there is to it.
    pub fn salvage(
        &self,
        after: Option<&Cursor>,
        take: impl FnMut(Entry, Article) -> Result<()>,
    ) -> Result<usize> {
        self.store.salvage(after, take)
    }

    /// Writes a consistent copy of the database to `to`, also while others write.
    pub fn backup(&self, to: &Path) -> Result<()> {
        self.store.backup(to)
    }

    /// Looks at everything, which takes its time in a large library.
    pub fn check(&self) -> Result<Report> {
        let mut report = self.store.check()?;
        let lists = words::word_lists(&self.place.spelling);
        report.spelling = lists.into_iter().map(|list| list.path).collect();
        report.index_bytes = self.shelf.bytes() + self.figures.bytes();
        let index = index::Index::open(&self.shelf);
        let seen = index
            .as_ref()
            .ok()
            .and_then(Option::as_ref)
            .map_or(0, index::Index::seen);
        report.not_yet_indexed = self.store.count_changed_after(seen).unwrap_or_default();
        if let Ok(Some(index)) = &index {
            let searcher = index.searcher();
            let documents = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
            report.indexed = (documents, searcher.segment_readers().len());
        }
        let words = index.and_then(|index| index.map_or(Ok(Vec::new()), |index| index.damaged_files()));
        let figures = figures::damaged_files(&self.figures);
        report.engines = format!("SQLite {}, {}", rusqlite::version(), tantivy::version_string());
        report.index_fault = match words.and_then(|words| Ok([words, figures?].concat())) {
            Ok(files) if files.is_empty() => None,
            Ok(files) => Some(files.join(", ")),
            Err(error) => Some(format!("{error:#}")),
        };
        Ok(report)
    }
}

/// What came of asking the index.
enum Answered<T> {
    With(T),
    /// There is none that can be used.
    NoIndex,
    /// It turned out to be damaged, and was left.
    Damaged,
}

/// Answers a question, and leaves an index that turns out to be damaged.
fn answered<T>(
    reading: &mut Reading,
    (shelf, figures): (&Shelf, &Shelf),
    mut answer: impl FnMut(&mut Reading) -> Result<T>,
) -> Result<Answered<T>> {
    // tantivy panics on some damage. An analyser may then lack words it has met, which it only meets again.
    let mut attempt = || catch_unwind(AssertUnwindSafe(|| answer(reading)));
    let mut outcome = attempt();
    if !matches!(outcome, Ok(Ok(_))) && !figures::is_whole(figures) {
        figures.abandon();
        outcome = attempt();
    }
    match outcome {
        Ok(Ok(answer)) => return Ok(Answered::With(answer)),
        Ok(Err(error)) if reading.index().is_whole() => return Err(error),
        Err(panic) if reading.index().is_whole() => resume_unwind(panic),
        Ok(Err(_)) | Err(_) => {}
    }
    shelf.abandon();
    Ok(Answered::Damaged)
}

/// Does `work` on an index; where that fails because the index is damaged, sets it aside and does it on a new one.
fn mending<T>(shelf: &Shelf, is_whole: fn(&Shelf) -> bool, mut work: impl FnMut() -> Result<T>) -> Result<T> {
    // tantivy panics on some damage.
    match catch_unwind(AssertUnwindSafe(&mut work)) {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(error)) if is_whole(shelf) => return Err(error),
        Err(panic) if is_whole(shelf) => resume_unwind(panic),
        Ok(Err(_)) | Err(_) => shelf.abandon(),
    }
    work()
}

#[cfg(test)]
mod index_tests;
#[cfg(test)]
mod search_tests;
#[cfg(test)]
mod story_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod word_tests;
