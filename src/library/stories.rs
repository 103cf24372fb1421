//! Stories in the library: what lists show of them, and what the reader may decide about them.

use anyhow::Result;
use jiff::Timestamp;

use super::{Cursor, Entry, Filter, Library};
use crate::article::{Article, ArticleId, Language};
use crate::compare::{Comparison, Correction, Verdict};

/// One line of a list of stories.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryEntry {
    /// Its key: the id of its oldest article.
    pub id: ArticleId,
    /// The title that has most in common with the others, in the language asked for where one is.
    pub title: String,
    /// The languages it is told in, that of the first report first.
    pub languages: Vec<LanguageShare>,
    /// Who tells it, in the order of their first reports, each once.
    pub sources: Vec<String>,
    /// When its oldest article was published, or else added.
    pub first: Timestamp,
    /// The same of the newest.
    pub last: Timestamp,
    /// How many articles tell it.
    pub articles: usize,
    /// How many of them are unread.
    pub unread: usize,
    /// Whether one of them is starred.
    pub starred: bool,
    /// How many of them do not just repeat another or the same news agency.
    pub origins: usize,
    /// Whether its figures were compared since it last changed; before that the next three say nothing.
    pub weighed: bool,
    /// How many figures contradict each other.
    pub conflicts: usize,
    /// How many are off by a power of a thousand.
    pub scales: usize,
    /// Its weightiest claims, contradictions first.
    pub claims: Vec<StoryClaim>,
    /// Where it stands in lists.
    pub cursor: Cursor,
}

/// How a story is told in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageShare {
    /// The language; none for any other.
    pub language: Option<Language>,
    /// How many articles are in it.
    pub articles: usize,
    /// When the first of them came.
    pub first: Timestamp,
}

/// What several articles of a story say of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryClaim {
    /// How they relate.
    pub verdict: Verdict,
    /// How many articles give it.
    pub told_by: usize,
    /// Of how many that were compared.
    pub of: usize,
    /// What it is about, in the words of the first.
    pub topic: String,
    /// The different values, as they are worded where they first stand.
    pub wordings: Vec<String>,
}

/// Which stories a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryFilter {
    /// One article of the story must meet all of this.
    pub articles: Filter,
    /// Only those whose figures contradict each other.
    pub contradictions: bool,
    /// Only those told in this language alone.
    pub only: Option<Language>,
    /// Only those that more than one article tells.
    pub several: bool,
}

/// What a reader decided about two articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The two.
    pub articles: [ArticleId; 2],
    /// What was decided.
    pub ruling: Ruling,
}

/// Whether two articles tell the same story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// They do, whatever grouping thinks.
    Together,
    /// They do not.
    Apart,
    /// Grouping decides.
    Open,
}

impl Library {
    /// Groups up to `limit` articles that came, changed or went since, and says whether any are left.
    ///
    /// Every write to an article is remembered until this has seen to it, so it may be stopped at any moment.
    pub fn settle(&mut self, limit: usize) -> Result<bool> {
        self.grouping.settle(&mut self.store, limit)
    }

    /// [`Library::settle`] until nothing is left; `progress` is called after each piece of work and says to go on.
    pub fn settle_all(&mut self, mut progress: impl FnMut() -> bool) -> Result<()> {
        while self.settle(500)? && progress() {}
        Ok(())
    }

    /// Compares the figures of the newest story that has changed, with `compare`, and says whether there was one.
    ///
    /// `version` is that of the code behind `compare`: another one has all stories compared anew.
    pub fn weigh(&mut self, version: u32, compare: impl FnOnce(&[Article]) -> Comparison) -> Result<bool> {
        let Some(story) = self.store.unweighed(version)? else {
            return Ok(false);
        };
        let comparison =
            compare(&story.articles).corrected(&story.articles, &self.corrections_of(&story.articles)?);
        self.store.weighed(&story, &comparison)?;
        Ok(true)
    }

    /// Compares the figures of one story where it has changed, as [`Library::weigh`] does; returns it as it is then.
    pub fn weighed(
        &mut self,
        story: StoryEntry,
        language: Option<Language>,
        (version, compare): (u32, impl FnOnce(&[Article]) -> Comparison),
    ) -> Result<StoryEntry> {
        let first = story.cursor.row;
        let Some(waiting) = self.store.unweighed_story(version, first)? else {
            return Ok(story);
        };
        let comparison =
            compare(&waiting.articles).corrected(&waiting.articles, &self.corrections_of(&waiting.articles)?);
        self.store.weighed(&waiting, &comparison)?;
        Ok(self.store.story_at(first, language)?.unwrap_or(story))
    }

    fn corrections_of(&self, articles: &[Article]) -> Result<Vec<Correction>> {
        let ids: Vec<ArticleId> = articles
            .iter()
            .map(|article| article.headline.id.clone())
            .collect();
        self.store.corrections(&ids)
    }

    /// The outlets of an article's copies, and these, oldest first.
    pub fn outlets(&self, article: &Entry) -> Result<Vec<(String, ArticleId)>> {
        self.store.outlets(article.cursor.row)
    }

    /// The earlier article that one is a copy of.
    pub fn original(&self, article: &Entry) -> Result<Option<Entry>> {
        match self.store.original_of(article.cursor.row)? {
            Some(row) => self.store.entry_of_row(row),
            None => Ok(None),
        }
    }

    /// The texts that tell the story `article` belongs to, oldest first, each as one article and its copies.
    pub fn texts(&self, article: &ArticleId) -> Result<Vec<Vec<Entry>>> {
        let mut texts: Vec<(i64, Vec<Entry>)> = Vec::new();
        for entry in self.store.story(article)? {
            let row = entry.cursor.row;
            let original = self.store.original_of(row)?.unwrap_or(row);
            match texts.iter_mut().find(|(of, _)| *of == original) {
                Some((_, copies)) => copies.push(entry),
                None => texts.push((original, vec![entry])),
            }
        }
        Ok(texts.into_iter().map(|(_, copies)| copies).collect())
    }

    /// Up to `limit` stories behind `after`, newest first by their newest article; titles in `language` where one is.
    pub fn stories(
        &self,
        filter: &StoryFilter,
        language: Option<Language>,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<StoryEntry>> {
        self.store.stories(filter, language, after, limit)
    }

    /// How many stories there are.
    pub fn count_stories(&self) -> Result<usize> {
        self.store.count_stories()
    }

    /// The articles of the story that `article` belongs to, oldest first; that one alone while it has none.
    pub fn story(&self, article: &ArticleId) -> Result<Vec<Entry>> {
        self.store.story(article)
    }

    /// The line of the story that `article` belongs to.
    pub fn story_entry(&self, article: &ArticleId, language: Option<Language>) -> Result<Option<StoryEntry>> {
        self.store.story_entry(article, language)
    }

    /// Takes an article with its copies out of its story for good. Returns what [`Library::decide`] undoes it with.
    pub fn split(&mut self, article: &ArticleId) -> Result<Vec<Decision>> {
        let copies = self.store.with_copies(std::slice::from_ref(article))?;
        let others = self.store.told_with(article)?;
        let mut decisions = Vec::new();
        for other in others.into_iter().filter(|other| !copies.contains(other)) {
            decisions.extend(copies.iter().map(|copy| Decision {
                articles: [copy.clone(), other.clone()],
                ruling: Ruling::Apart,
            }));
        }
        self.decide(&decisions)
    }

    /// Makes one story of those that `articles` belong to, or, given one, keeps its story together as it is; for good.
    ///
    /// Returns what [`Library::decide`] undoes it with.
    pub fn join(&mut self, articles: &[ArticleId]) -> Result<Vec<Decision>> {
        let mut members: Vec<ArticleId> = Vec::new();
        for article in articles {
            for member in self.store.told_with(article)? {
                if !members.contains(&member) {
                    members.push(member);
                }
            }
        }
        let Some((first, others)) = members.split_first() else {
            return Ok(Vec::new());
        };
        let together = |other: &ArticleId| Decision {
            articles: [first.clone(), other.clone()],
            ruling: Ruling::Together,
        };
        let decisions: Vec<Decision> = others.iter().map(together).collect();
        self.decide(&decisions)
    }

    /// Keeps decisions, the later of two about the same articles, and returns what undoes that.
    pub fn decide(&mut self, decisions: &[Decision]) -> Result<Vec<Decision>> {
        self.grouping.decide(&mut self.store, decisions)
    }
}
