//! Work that is done beside the screen: what is asked for, and what came of it.

mod fetching;
mod import;
mod outside;
mod reading;
mod watch;
mod worker;
mod writing;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use crate::article::{Article, ArticleId, Feed, Headline, Language, Published, Trouble};
use crate::compare::{Comparison, Correction};
use crate::library::{Decision, SavedQuery, StoryEntry};
use crate::query::Hits;

pub use crate::export::{note, notices};
pub use crate::library::{FeedTotals, Filter, Mark, Subscription, Unsubscribed};
pub use crate::sync::{Brought, NoPage, Synced};
pub use fetching::{Courtesy, Fetching};
pub use import::Imported;
pub use outside::Outside;
pub use reading::{Compare, Reading};
pub use watch::watch;
pub use worker::{NAME, Worker};
pub use writing::{Export, Writing};

/// How a word is looked up: what the dictionaries say of it, a line each.
pub type Gloss = Arc<dyn Fn(&str, Language) -> Vec<String> + Send + Sync>;

/// A number given to each request, so that an answer nobody waits for any more can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// Work to do elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// Counts what the library holds.
    Count,
    /// Reads rows of a list.
    List {
        /// Comes back with the rows.
        ticket: Ticket,
        /// Which list.
        list: List,
        /// How many rows from the first are known already.
        skip: usize,
        /// How many rows are wanted.
        limit: usize,
    },
    /// Reads articles and compares them.
    Open {
        /// Comes back with the articles.
        ticket: Ticket,
        /// Which articles.
        wanted: Wanted,
        /// Whether they are only glanced at, so that the next glance takes this one's place.
        glance: bool,
    },
    /// Searches the library; of several that wait, only the newest is run.
    Search {
        /// Comes back with the hits.
        ticket: Ticket,
        /// As it was typed.
        query: String,
        /// How many hits to leave out from the first.
        skip: usize,
        /// Whether it is still being typed.
        typing: bool,
    },
    /// Brings in order what came into the library: stories, their figures, the index. A piece of it at a time.
    Tend,
    /// Marks articles, so that it can be taken back.
    Mark(Wanted, Mark),
    /// Writes the remark on an article to a file of its own, for an editor.
    Annotate(ArticleId),
    /// Takes the remark from that file, which goes away.
    Noted(ArticleId, PathBuf),
    /// Reads settings that the reader keeps with the library.
    Recall(&'static [&'static str]),
    /// Keeps such settings.
    Remember(Vec<(String, String)>),
    /// Takes back marks.
    Unmark(Vec<(ArticleId, Mark)>),
    /// Takes an article out of its story.
    Split(ArticleId),
    /// Makes one story of those that the articles belong to; of one alone, one that stays as it is.
    Join(Vec<ArticleId>),
    /// Takes back what was decided about stories.
    Decide(Vec<Decision>),
    /// Keeps what the reader says about a claim.
    Correct(Correction),
    /// Takes it back.
    Uncorrect(Correction),
    /// Keeps a question as a list.
    Keep(SmartList),
    /// Lets the kept question of this name go.
    Forget(String),
    /// Writes the comparison of some articles to a file.
    Export {
        /// The articles, in the order of the comparison.
        articles: Vec<ArticleId>,
        /// In which form.
        form: Form,
    },
    /// Has a program of the user's translate a text.
    Translate {
        /// Comes back with the translation.
        ticket: Ticket,
        /// The text.
        text: String,
        /// Its language.
        from: Language,
        /// The language wanted.
        to: Language,
    },
    /// Gives a text to a program of the user's.
    Pipe {
        /// The program with its arguments, as it was typed.
        command: String,
        /// The text.
        text: String,
    },
    /// Looks a word up in the installed dictionaries.
    Gloss {
        /// Comes back with what they say.
        ticket: Ticket,
        /// The word as the article writes it.
        word: String,
        /// Its language.
        language: Language,
    },
    /// Gives a text to the platform's clipboard.
    Clip(String),
    /// Opens an address in the browser.
    Browse(String),
    /// Reads the feeds with how they fare.
    Feeds,
    /// Fetches feeds.
    Fetch {
        /// Comes back with what they brought.
        ticket: Ticket,
        /// The addresses of those that are asked whether they are due or not; where there are none, all that were not
        /// asked just before.
        feeds: Vec<String>,
    },
    /// Fetches the whole text of an article from its page.
    Fill(ArticleId),
    /// Subscribes to the feed that is found at an address, and fetches it.
    Subscribe(String),
    /// Unsubscribes from the feed at this address, so that it can be taken back.
    Unsubscribe(String),
    /// Takes back an unsubscription.
    Resubscribe(Vec<Unsubscribed>),
    /// Sets what the reader says of a feed.
    SetFeed(Box<Feed>),
    /// Takes over a list of feeds, or adds a file or a folder of articles.
    Import(PathBuf),
    /// Stops the fetching that is under way; what was brought stays.
    Stop,
    /// Something only the loop can do, which holds the terminal.
    Terminal(Manner),
}

/// What the loop does with the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Puts text on the clipboard.
    Copy(String),
    /// Gives the terminal to an editor with this file, which holds the remark on the article.
    Edit(ArticleId, PathBuf),
    /// Takes the mouse, or leaves it to the terminal.
    Mouse(bool),
    /// Has the configuration read again.
    ReadConfig,
    /// Draws everything anew.
    Redraw,
    /// To the shell until it brings the reader back.
    Suspend,
    /// To the built-in edition.
    Demo,
    /// The end.
    Quit,
}

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

/// Articles that are read, compared or marked together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those of the story this one belongs to.
    Story(ArticleId),
    /// This one first, and those of its story, or else the one nearest to it.
    Near(ArticleId),
    /// These.
    All(Vec<ArticleId>),
}

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Markdown.
    Markdown,
    /// JSON, as the contract of the command line has it.
    Json,
    /// One page of HTML that needs nothing else.
    Html,
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

/// What the library holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many stories.
    pub stories: usize,
    /// How many articles.
    pub articles: usize,
    /// How many of them are unread.
    pub unread: usize,
    /// How many articles each language has.
    pub languages: Vec<(Language, usize)>,
    /// By source, the most frequent first.
    pub sources: Vec<(String, usize)>,
    /// The questions that were kept as lists.
    pub saved: Vec<SmartList>,
    /// How the feeds fare.
    pub feeds: FeedTotals,
    /// By tag, the most frequent first.
    pub tags: Vec<(String, usize)>,
}

/// What came of a job.
#[derive(Clone, Debug)]
pub enum Report {
    /// What the library holds.
    Counted(Totals),
    /// Rows of a list.
    Listed {
        /// The ticket of the job.
        ticket: Ticket,
        /// The rows, in order.
        rows: Vec<Row>,
        /// Whether there are more behind them.
        more: bool,
    },
    /// Articles with their comparison.
    Opened {
        /// The ticket of the job.
        ticket: Ticket,
        /// As they were asked for.
        wanted: Wanted,
        /// The articles, in the order of the comparison.
        articles: Vec<Article>,
        /// What their figures say.
        comparison: Comparison,
        /// The reader's remark on each of them.
        notes: Vec<Option<String>>,
    },
    /// What a search found.
    Searched {
        /// The ticket of the job.
        ticket: Ticket,
        /// The hits of the page, how many there are, and how they spread.
        hits: Hits,
    },
    /// A change that was made, with the job that takes it back; none after one that did just that.
    Marked(Option<Box<Job>>),
    /// A decision about stories that was made, with the job that takes it back; none after one that did just that.
    Regrouped(Option<Box<Job>>),
    /// A file with the remark on an article is there for an editor.
    Annotating(ArticleId, PathBuf),
    /// Settings that were kept with the library.
    Recalled(Vec<(String, String)>),
    /// What was to be kept is.
    Kept,
    /// A translation.
    Translated {
        /// The ticket of the job.
        ticket: Ticket,
        /// The text in the other language.
        text: String,
    },
    /// What a program said to the text it was given.
    Piped {
        /// The program with its arguments.
        command: String,
        /// What it said.
        answer: String,
    },
    /// What the dictionaries say of a word, a line each.
    Glossed {
        /// The ticket of the job.
        ticket: Ticket,
        /// The lines; none where no dictionary knows the word.
        lines: Vec<String>,
    },
    /// A file that was written.
    Exported(PathBuf),
    /// A piece of what came was brought in order.
    Tended {
        /// Whether stories or their figures are others than before.
        changed: bool,
        /// Whether there is more to do.
        more: bool,
    },
    /// The feeds with how they fare.
    Feeds(Vec<Subscription>),
    /// A feed was asked while fetching.
    Fetching {
        /// The ticket of the job.
        ticket: Ticket,
        /// What came of it; none while pages are asked for whole texts.
        synced: Option<Synced>,
        /// How many are done.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// Fetching came to its end.
    Fetched {
        /// The ticket of the job.
        ticket: Ticket,
        /// How many articles are new.
        new: usize,
        /// How many feeds brought trouble.
        failed: usize,
        /// How many were left alone since they are not due.
        not_due: usize,
        /// Whether it was stopped.
        stopped: bool,
    },
    /// An article has its whole text now, or why its page gives none.
    Filled(Option<NoPage>),
    /// A feed was found and subscribed to.
    Subscribed {
        /// What it is called.
        title: String,
        /// Where it is.
        url: String,
        /// Whether it was not subscribed to before.
        new: bool,
    },
    /// No feed was found at this address.
    NotSubscribed(String, Trouble),
    /// What was taken over from a file or a folder.
    Imported(Imported),
    /// Someone else wrote the library.
    Changed {
        /// Whether articles came, changed or went.
        articles: bool,
    },
    /// A minute passed; the time it is.
    Now(Timestamp),
    /// A job that was not done.
    Failed {
        /// The ticket of the job, where it had one.
        ticket: Option<Ticket>,
        /// What was wrong, in one sentence.
        message: String,
    },
}

impl Job {
    /// The ticket that comes back with its report.
    pub const fn ticket(&self) -> Option<Ticket> {
        match self {
            Self::List { ticket, .. }
            | Self::Open { ticket, .. }
            | Self::Search { ticket, .. }
            | Self::Fetch { ticket, .. }
            | Self::Translate { ticket, .. }
            | Self::Gloss { ticket, .. } => Some(*ticket),
            _ => None,
        }
    }

    /// Whether programs of the user's do it, which may take long.
    pub const fn is_outside(&self) -> bool {
        matches!(
            self,
            Self::Translate { .. } | Self::Pipe { .. } | Self::Gloss { .. } | Self::Clip(_)
        )
    }

    /// Whether nobody waits for `other` any more once this is asked for.
    const fn replaces(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Search { .. }, Self::Search { .. })
                | (Self::Open { glance: true, .. }, Self::Open { glance: true, .. })
                | (Self::List { skip: 0, .. }, Self::List { .. })
                | (Self::Gloss { .. }, Self::Gloss { .. })
                | (Self::Count, Self::Count)
                | (Self::Feeds, Self::Feeds)
                | (Self::Tend, Self::Tend)
        )
    }

    /// How long it can wait; what the reader looks at goes before what is counted.
    const fn urgency(&self) -> u8 {
        match self {
            Self::Count | Self::Feeds => 1,
            Self::Tend => 2,
            _ => 0,
        }
    }

    /// Whether it changes the library or anything else outside.
    pub const fn writes(&self) -> bool {
        matches!(
            self,
            Self::Mark(..)
                | Self::Unmark(_)
                | Self::Split(_)
                | Self::Join(_)
                | Self::Decide(_)
                | Self::Correct(_)
                | Self::Uncorrect(_)
                | Self::Keep(_)
                | Self::Forget(_)
                | Self::Annotate(_)
                | Self::Noted(..)
                | Self::Remember(_)
                | Self::Tend
                | Self::Export { .. }
                | Self::Browse(_)
                | Self::Unsubscribe(_)
                | Self::Resubscribe(_)
                | Self::SetFeed(_)
        )
    }

    /// Whether it may take as long as sites, or large files, let it wait.
    pub const fn fetches(&self) -> bool {
        matches!(
            self,
            Self::Fetch { .. } | Self::Fill(_) | Self::Subscribe(_) | Self::Import(_)
        )
    }
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
