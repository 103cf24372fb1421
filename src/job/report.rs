//! What came of the jobs.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::article::{Article, ArticleId, Trouble};
use crate::compare::Comparison;
use crate::query::Hits;

use super::{Cannot, Imported, Job, NoPage, Row, Subscription, Synced, Ticket, Totals, Wanted};

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
    /// The title and the text of an article that is to be given to a program.
    Body(String),
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
        /// What could not be done, where there are words for it.
        cannot: Option<Cannot>,
        /// Why, or all that is known.
        why: String,
    },
}

impl Report {
    /// That a job was not done, and what its error says of it.
    pub fn failed(ticket: Option<Ticket>, error: &anyhow::Error) -> Self {
        let cannot = error.downcast_ref::<Cannot>().cloned();
        let causes = error.chain().skip(usize::from(cannot.is_some()));
        let why: Vec<String> = causes.map(ToString::to_string).collect();
        Self::Failed {
            ticket,
            cannot,
            why: why.join(": "),
        }
    }
}
