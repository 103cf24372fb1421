//! The lists of the home screen: which rows stand in them, in which order.

use crate::article::{ArticleId, Headline, Language, Published};
use crate::library::{Filter, SavedQuery, StoryEntry};

/// A list of the home screen: in which order, and which rows of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// What stands in it, and how it is sorted.
    pub order: Order,
    /// One article of each row meets all of this.
    pub articles: Filter,
    /// Only stories whose figures contradict each other.
    pub contradictions: bool,
    /// Only stories told in this language alone.
    pub only: Option<Language>,
    /// Only what the question of one of the reader's own lists finds.
    pub own: Option<SmartList>,
}

/// A list of the reader's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmartList {
    /// What it is called.
    pub name: String,
    /// What stands in it, as a search is typed.
    pub query: String,
}

impl From<SavedQuery> for SmartList {
    fn from(saved: SavedQuery) -> Self {
        Self {
            name: saved.name,
            query: saved.query,
        }
    }
}

impl From<SmartList> for SavedQuery {
    fn from(list: SmartList) -> Self {
        Self {
            name: list.name,
            query: list.query,
        }
    }
}

/// What stands in a list, and how it is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Stories, newest first.
    #[default]
    Stories,
    /// Articles, newest first.
    Dates,
    /// Articles by source, each newest first.
    Sources,
}

/// A row of the home screen: a story, or an article by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The key of the article, or of the story's oldest.
    pub id: ArticleId,
    /// What it is called.
    pub title: String,
    /// Who tells it, each once.
    pub sources: Vec<String>,
    /// How many articles there are in each language.
    pub languages: Vec<(Language, usize)>,
    /// When its newest article was published, or came.
    pub newest: Option<Published>,
    /// How many articles tell it.
    pub articles: usize,
    /// How many of them are unread.
    pub unread: usize,
    /// Whether one of them has a star.
    pub starred: bool,
    /// How many claims conflict, and how many are off by a power of a thousand.
    pub contradictions: (usize, usize),
    /// Where it stands on the web, if it is an article.
    pub url: Option<String>,
}

impl List {
    /// Whether it leaves anything out.
    pub fn is_narrowed(&self) -> bool {
        self.contradictions || self.only.is_some() || self.own.is_some() || self.articles != Filter::default()
    }

    /// Without what only stories can be asked for, where there are none.
    pub fn in_order(mut self, order: Order) -> Self {
        self.order = order;
        if order != Order::Stories {
            self.contradictions = false;
            self.only = None;
        }
        self
    }
}

impl Row {
    /// The row of one article.
    pub fn of_article(headline: &Headline, read: bool, starred: bool) -> Self {
        Self {
            id: headline.id.clone(),
            title: headline.title.clone(),
            sources: Some(headline.source.clone())
                .into_iter()
                .filter(|source| !source.is_empty())
                .collect(),
            languages: headline
                .language
                .into_iter()
                .map(|language| (language, 1))
                .collect(),
            newest: headline.published.clone(),
            articles: 1,
            unread: usize::from(!read),
            starred,
            contradictions: (0, 0),
            url: headline.url.clone(),
        }
    }

    /// The same with the outlets that have its text too.
    pub fn with_outlets(mut self, outlets: impl Iterator<Item = String>) -> Self {
        for outlet in outlets {
            self.articles += 1;
            if !self.sources.contains(&outlet) {
                self.sources.push(outlet);
            }
        }
        self
    }

    /// The row of a story.
    pub fn of_story(story: &StoryEntry) -> Self {
        let known = story
            .languages
            .iter()
            .filter_map(|share| Some((share.language?, share.articles)));
        Self {
            id: story.id.clone(),
            title: story.title.clone(),
            sources: story.sources.clone(),
            languages: known.collect(),
            newest: Published::parse(&story.last.to_string()),
            articles: story.articles,
            unread: story.unread,
            starred: story.starred,
            contradictions: (story.conflicts, story.scales),
            url: None,
        }
    }

    /// How many claims of it contradict each other.
    pub const fn contradicted(&self) -> usize {
        self.contradictions.0 + self.contradictions.1
    }
}
