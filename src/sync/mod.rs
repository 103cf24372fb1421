//! Feeds fetched side by side and brought into the library, politely.
//!
//! A few threads fetch and read, the caller's thread stores: one slow or broken feed never holds up the others, and what
//! was stored before a stop stays.

mod discover;
mod filter;
mod gather;
mod keep;
mod pages;
mod queue;
mod round;
mod take;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::Result;
use jiff::Timestamp;

use crate::article::{Feed, Trouble};
use crate::intake::Client;
use crate::library::{Library, Subscription};

pub use discover::discover;
pub use filter::{Dropped, Rule, Rules};
use gather::gain;
use keep::keep;
pub use pages::{Filled, NoPage, fill, fill_one, page};
use queue::Queue;
pub use round::{Round, Step, round};
pub use take::{take_over, take_read};

/// The largest feed, unpacked, in bytes.
pub const MAX_FEED: u64 = 10 << 20;

/// How many answers are stored in one go at most.
const BATCH: usize = 32;

/// How feeds are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manners {
    /// The shortest time between two fetches of a feed.
    pub interval: Duration,
    /// How many feeds are fetched at once.
    pub at_once: usize,
    /// The shortest time between two pages of one host.
    pub page_gap: Duration,
    /// The most pages that are fetched for one feed in one run.
    pub pages: usize,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(3600),
            at_once: 8,
            page_gap: Duration::from_secs(3),
            pages: 20,
        }
    }
}

/// What a run of fetching goes by.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// Who asks.
    pub client: &'a Client,
    /// How.
    pub manners: &'a Manners,
    /// What is kept of what comes.
    pub rules: &'a Rules,
    /// Whether feeds are asked that are not due.
    pub insist: bool,
    /// Set to let no further feed be asked.
    pub stop: &'a AtomicBool,
}

/// What came of one feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synced {
    /// The address it was asked at.
    pub url: String,
    /// What it is called, or its address.
    pub name: String,
    /// How many of its articles the rules did not let in.
    pub dropped: usize,
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
/// Feeds that are not due are left alone, unless the run insists; a site that asked us to wait is always left alone.
/// `told` hears of each feed when its articles are saved.
///
/// # Errors
/// Where the library cannot be written; trouble with a feed is none.
pub fn sync(
    library: &mut Library,
    feeds: &[Subscription],
    run: Run,
    mut told: impl FnMut(&Synced),
) -> Result<Vec<Synced>> {
    let now = Timestamp::now();
    let (due, rest): (Vec<_>, Vec<_>) = feeds.iter().partition(|feed| is_due(feed, now, run.insist));
    let mut all: Vec<Synced> = rest.into_iter().map(left_alone).collect();
    all.iter().for_each(&mut told);
    let queue = Queue::new(due);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(BATCH);
        for _ in 0..run.manners.at_once.min(feeds.len()) {
            let (sender, queue) = (sender.clone(), &queue);
            scope.spawn(move || {
                while !run.stop.load(Ordering::Relaxed)
                    && let Some(turn) = queue.next()
                {
                    let gained = gain(run.client, turn.subscription);
                    queue.done(turn);
                    if sender.send(gained).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // What has come in meanwhile is stored together: one commit for many feeds that had nothing new.
        let outcome = receiver.iter().try_for_each(|first| {
            let batch = std::iter::once(first)
                .chain(receiver.try_iter())
                .take(BATCH)
                .collect();
            let synced = keep(library, batch, run.manners, run.rules)?;
            synced.iter().for_each(&mut told);
            all.extend(synced);
            anyhow::Ok(())
        });
        queue.close();
        outcome
    })?;
    Ok(all)
}

fn left_alone(subscription: &Subscription) -> Synced {
    Synced {
        url: subscription.feed.url.clone(),
        name: name(&subscription.feed),
        dropped: 0,
        result: Brought::NotDue(subscription.state.due),
    }
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

#[cfg(test)]
mod all_tests;
#[cfg(test)]
mod tests;
