//! Feeds fetched side by side and brought into the library, politely.
//!
//! A few threads fetch and read, the caller's thread stores: one slow or broken feed never holds up the others, and what
//! was stored before a stop stays.

mod discover;
mod queue;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::article::{Article, Feed, Trouble};
use crate::intake::{
    self, Answer, Client, FeedText, FetchError, Fetched, Given, NoFeed, Request, Validators,
};
use crate::library::{Added, Fetch, Library, Outcome, Subscription};

pub use discover::discover;
use queue::Queue;

/// The largest feed, unpacked, in bytes.
pub const MAX_FEED: u64 = 10 << 20;

/// The longest that a failing feed is left alone, unless its site asks for more.
const LONGEST_REST: Duration = Duration::from_secs(24 * 3600);

/// The longest that a site can make us wait.
const LONGEST_RETRY: Duration = Duration::from_secs(30 * 24 * 3600);

/// How feeds are fetched.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// The shortest time between two fetches of a feed.
    pub interval: Duration,
    /// How many feeds are fetched at once.
    pub at_once: usize,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(3600),
            at_once: 8,
        }
    }
}

/// What came of one feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synced {
    /// The address it was asked at.
    pub url: String,
    /// What it is called, or its address.
    pub name: String,
    /// What came of it.
    pub result: Brought,
}

/// What a feed brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brought {
    /// Articles.
    Articles {
        /// So many that were not there.
        new: usize,
        /// So many that were there with other words.
        revised: usize,
        /// What was wrong with the feed and mended.
        repaired: Option<String>,
    },
    /// Nothing new since the last time.
    Nothing,
    /// It was not asked: it may be again at this moment.
    NotDue(Timestamp),
    /// Trouble.
    Failed(Trouble),
}

/// Fetches `feeds` into `library` and gives what came of each, in the order they were done.
///
/// Feeds that are not due are left alone, unless `insist`; a site that asked us to wait is always left alone. `told` hears
/// of each feed when its articles are saved; once `stop` is set no further feed is asked.
///
/// # Errors
/// Where the library cannot be written; trouble with a feed is none.
pub fn sync(
    library: &mut Library,
    client: &Client,
    feeds: &[Subscription],
    (manners, insist): (Manners, bool),
    stop: &AtomicBool,
    mut told: impl FnMut(&Synced),
) -> Result<Vec<Synced>> {
    let mut all = Vec::with_capacity(feeds.len());
    let now = Timestamp::now();
    let (due, rest): (Vec<_>, Vec<_>) = feeds.iter().partition(|feed| is_due(feed, now, insist));
    for feed in rest {
        let synced = Synced {
            url: feed.feed.url.clone(),
            name: name(&feed.feed),
            result: Brought::NotDue(feed.state.due),
        };
        told(&synced);
        all.push(synced);
    }
    let queue = Queue::new(due);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(manners.at_once);
        for _ in 0..manners.at_once.min(feeds.len()) {
            let (sender, queue) = (sender.clone(), &queue);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed)
                    && let Some(turn) = queue.next()
                {
                    let gained = gain(client, turn.subscription);
                    queue.done(turn);
                    if sender.send(gained).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let outcome = receiver.iter().try_for_each(|gained| {
            let synced = store(library, gained, manners)?;
            told(&synced);
            all.push(synced);
            anyhow::Ok(())
        });
        queue.close();
        outcome
    })?;
    Ok(all)
}

fn is_due(feed: &Subscription, now: Timestamp, insist: bool) -> bool {
    let waits = matches!(feed.state.trouble, Some(Trouble::Status(429 | 503)));
    match feed.state.trouble {
        Some(Trouble::Gone) => insist,
        _ => feed.state.due <= now || (insist && !waits),
    }
}

fn name(feed: &Feed) -> String {
    if feed.title.is_empty() {
        feed.url.clone()
    } else {
        feed.title.clone()
    }
}

/// What one feed answered, not yet stored.
struct Gained<'f> {
    subscription: &'f Subscription,
    moved: Option<String>,
    /// For how long the site wants to be left alone.
    rest: Option<Duration>,
    result: Result<Gain, Trouble>,
}

enum Gain {
    Feed {
        text: Box<FeedText>,
        validators: Validators,
    },
    Folder(Vec<Article>),
    Unchanged(Validators),
}

fn gain<'f>(client: &Client, subscription: &'f Subscription) -> Gained<'f> {
    let mut gained = Gained {
        subscription,
        moved: None,
        rest: None,
        result: Err(Trouble::Address),
    };
    let url = &subscription.feed.url;
    if !url.starts_with("http://") && !url.starts_with("https://") {
        gained.result = folder(subscription).map(Gain::Folder);
        return gained;
    }
    let validators = Validators {
        etag: subscription.state.etag.clone(),
        last_modified: subscription.state.last_modified.clone(),
    };
    match client.fetch(&Request {
        url,
        validators,
        limit: MAX_FEED,
    }) {
        Ok(Answer::Body(fetched)) => {
            gained.rest = fetched.fresh_for;
            gained.moved.clone_from(&fetched.moved);
            gained.result = read(fetched);
            if let Ok(Gain::Feed { text, .. }) = &gained.result {
                let asked = text
                    .rest
                    .map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
                gained.rest = gained.rest.max(asked);
            }
        }
        Ok(Answer::Unchanged {
            validators,
            fresh_for,
        }) => {
            gained.rest = fresh_for;
            gained.result = Ok(Gain::Unchanged(validators));
        }
        Ok(Answer::Gone) => gained.result = Err(Trouble::Gone),
        Ok(Answer::Refused { status, retry_after }) => {
            gained.rest = retry_after;
            gained.result = Err(Trouble::Status(status));
        }
        Err(error) => gained.result = Err(trouble(error)),
    }
    gained
}

fn read(fetched: Fetched) -> Result<Gain, Trouble> {
    let address = Url::parse(&fetched.url).map_err(|_| Trouble::Address)?;
    match intake::read_feed(&fetched.body, fetched.charset.as_deref(), &address) {
        Ok(text) => Ok(Gain::Feed {
            text: Box::new(text),
            validators: fetched.validators,
        }),
        Err(NoFeed::Page(announced)) => Err(Trouble::NoFeed(announced)),
        Err(NoFeed::Other) => Err(Trouble::NoFeed(Vec::new())),
    }
}

fn trouble(error: FetchError) -> Trouble {
    match error {
        FetchError::Address(_) => Trouble::Address,
        FetchError::Private(_) => Trouble::Private,
        FetchError::Redirects => Trouble::Redirects,
        FetchError::Large(_) => Trouble::Large,
        FetchError::Timeout => Trouble::Timeout,
        FetchError::Host(_) => Trouble::Host,
        FetchError::Network(words) => Trouble::Network(words),
    }
}

/// The files of a folder that have changed since it was last looked into; those that are no articles are passed over.
fn folder(subscription: &Subscription) -> Result<Vec<Article>, Trouble> {
    let files = match intake::articles_in(Path::new(&subscription.feed.url)) {
        Ok(files) => files,
        Err((_, intake::Refusal::NoArticles)) => Vec::new(),
        Err(_) => return Err(Trouble::Address),
    };
    let since = subscription.state.fetched.map(SystemTime::from);
    let changed = files
        .iter()
        .filter(|file| since.is_none_or(|since| is_newer(file, since)));
    let read = changed.filter_map(|file| intake::read_file(file, &Given::default()).ok());
    Ok(read.map(|intake| intake.article).collect())
}

/// Whether a file was changed after `since`, or so shortly before that clocks may differ.
fn is_newer(file: &Path, since: SystemTime) -> bool {
    let changed = file.metadata().and_then(|found| found.modified());
    changed.is_ok_and(|changed| changed + Duration::from_secs(2) >= since)
}

fn store(library: &mut Library, gained: Gained, manners: Manners) -> Result<Synced> {
    let Gained {
        subscription,
        moved,
        rest,
        result,
    } = gained;
    let feed = &subscription.feed;
    let at = Timestamp::now();
    let wait = match &result {
        Ok(_) => rest.unwrap_or_default().min(LONGEST_REST).max(manners.interval),
        Err(_) => patience(manners.interval, subscription.state.failures)
            .max(rest.unwrap_or_default().min(LONGEST_RETRY)),
    };
    let due = at + SignedDuration::try_from(jittered(wait)).unwrap_or(SignedDuration::from_hours(24));
    let fetch = |outcome| Fetch {
        url: feed.url.clone(),
        at,
        due,
        moved: moved.clone(),
        outcome,
    };
    let mut name = name(feed);
    let result = match result {
        Ok(Gain::Feed { text, validators }) => {
            let FeedText {
                title,
                articles,
                repaired,
                ..
            } = *text;
            if feed.title.is_empty() && !title.is_empty() {
                name.clone_from(&title);
            }
            let articles: Vec<Article> = articles
                .into_iter()
                .map(|intake| of_feed(intake.article, feed))
                .collect();
            let repaired = repaired.map(|repair| repair.to_string());
            let Validators { etag, last_modified } = validators;
            let outcome = Outcome::Fresh {
                etag,
                last_modified,
                title,
                repaired: repaired.clone(),
            };
            brought(&library.record(&fetch(outcome), &articles)?, repaired)
        }
        Ok(Gain::Folder(articles)) => {
            let articles: Vec<Article> = articles
                .into_iter()
                .map(|article| of_feed(article, feed))
                .collect();
            brought(
                &library.record(
                    &fetch(Outcome::Unchanged {
                        etag: None,
                        last_modified: None,
                    }),
                    &articles,
                )?,
                None,
            )
        }
        Ok(Gain::Unchanged(validators)) => {
            // A 304 may leave out what it confirms.
            let etag = validators.etag.or_else(|| subscription.state.etag.clone());
            let last_modified = validators
                .last_modified
                .or_else(|| subscription.state.last_modified.clone());
            library.record(&fetch(Outcome::Unchanged { etag, last_modified }), &[])?;
            Brought::Nothing
        }
        Err(trouble) => {
            library.record(&fetch(Outcome::Failed(trouble.clone())), &[])?;
            Brought::Failed(trouble)
        }
    };
    Ok(Synced {
        url: feed.url.clone(),
        name,
        result,
    })
}

fn brought(added: &[Added], repaired: Option<String>) -> Brought {
    let count = |kind| added.iter().filter(|one| **one == kind).count();
    match (count(Added::New), count(Added::Revised)) {
        (0, 0) if repaired.is_none() => Brought::Nothing,
        (new, revised) => Brought::Articles {
            new,
            revised,
            repaired,
        },
    }
}

/// An article with what the reader says of its feed.
fn of_feed(mut article: Article, feed: &Feed) -> Article {
    let headline = &mut article.headline;
    if !feed.title.is_empty() {
        headline.source.clone_from(&feed.title);
    }
    headline.language = feed.language.or(headline.language);
    for tag in &feed.tags {
        if !headline.tags.contains(tag) {
            headline.tags.push(tag.clone());
        }
    }
    article
}

/// How long a feed is left alone after so many failures before this one: twice as long each time.
fn patience(interval: Duration, failures: u32) -> Duration {
    interval
        .saturating_mul(2u32.saturating_pow(failures.min(16)))
        .min(LONGEST_REST)
}

/// Up to a tenth longer, by chance, so that feeds subscribed to together are not fetched together for ever.
fn jittered(wait: Duration) -> Duration {
    wait.mul_f64(1.0 + fastrand::f64() / 10.0)
}

#[cfg(test)]
mod tests;
