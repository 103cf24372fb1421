//! Work that is done beside the screen: what is asked for, and what came of it.

mod cannot;
mod fetching;
mod import;
mod list;
mod outside;
mod reading;
mod report;
mod watch;
mod worker;
mod writing;

use std::path::PathBuf;
use std::sync::Arc;

use crate::article::{ArticleId, Feed, Language};
use crate::compare::Correction;
use crate::library::Decision;

pub use crate::export::{note, notices};
pub use crate::library::{FeedTotals, Filter, Mark, Subscription, Unsubscribed};
pub use crate::sync::{Brought, NoPage, Synced};
pub use cannot::Cannot;
pub use fetching::{Courtesy, Fetching};
pub use import::Imported;
pub use list::{List, Order, Row, SmartList};
pub use outside::Outside;
pub use reading::{Compare, Reading};
pub use report::Report;
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
    /// Remembers that articles were set side by side.
    Compared(Vec<ArticleId>),
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
    /// Reads the text of an article that is to be given to a program.
    Body(ArticleId),
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
                | Self::Compared(_)
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
