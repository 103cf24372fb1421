use std::time::Duration;

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};

use super::gather::{Gain, Gained};
use super::{Brought, Manners, Rules, Synced, name};
use crate::article::{Article, Feed, Trouble};
use crate::intake::{FeedText, Validators};
use crate::library::{Added, Fetch, Library, Outcome, Subscription};

/// The longest that a failing feed is left alone, unless its site asks for more.
const LONGEST_REST: Duration = Duration::from_secs(24 * 3600);

/// The longest that a site can make us wait.
const LONGEST_RETRY: Duration = Duration::from_secs(30 * 24 * 3600);

/// Stores what feeds answered, in one go, and says what came of each.
pub fn keep(
    library: &mut Library,
    gained: Vec<Gained>,
    manners: &Manners,
    rules: &Rules,
) -> Result<Vec<Synced>> {
    let now = Timestamp::now();
    let (mut told, mut fetched) = (Vec::new(), Vec::new());
    for one in gained {
        let due = due(&one, manners, now);
        let (outcome, articles, pending) = settled(one.subscription, one.result, rules, now);
        fetched.push((
            Fetch {
                url: one.subscription.feed.url.clone(),
                at: now,
                due,
                moved: one.moved,
                outcome,
            },
            articles,
        ));
        told.push(pending);
    }
    let added = library.record(&fetched)?;
    Ok(told
        .into_iter()
        .zip(added)
        .map(|(pending, added)| pending.finish(&added))
        .collect())
}

/// What is known of a feed before its articles are stored.
struct Pending {
    url: String,
    name: String,
    trouble: Option<Trouble>,
    dropped: usize,
    repaired: Option<String>,
}

impl Pending {
    fn finish(self, added: &[Added]) -> Synced {
        let count = |kind| added.iter().filter(|one| **one == kind).count();
        let (new, revised) = (count(Added::New), count(Added::Revised));
        let result = match self.trouble {
            Some(trouble) => Brought::Failed(trouble),
            None if new + revised == 0 && self.repaired.is_none() => Brought::Nothing,
            None => Brought::Articles {
                new,
                revised,
                repaired: self.repaired,
            },
        };
        Synced {
            url: self.url,
            name: self.name,
            dropped: self.dropped,
            result,
        }
    }
}

/// What is to be stored of an answer.
fn settled(
    subscription: &Subscription,
    result: Result<Gain, Trouble>,
    rules: &Rules,
    now: Timestamp,
) -> (Outcome, Vec<Article>, Pending) {
    let feed = &subscription.feed;
    let mut pending = Pending {
        url: feed.url.clone(),
        name: name(feed),
        trouble: None,
        dropped: 0,
        repaired: None,
    };
    let mut kept = |articles: Vec<Article>| {
        let all = articles.len();
        let kept: Vec<Article> = articles
            .into_iter()
            .map(|article| of_feed(article, feed))
            .filter(|article| rules.keeps(article, feed, now))
            .collect();
        pending.dropped = all - kept.len();
        kept
    };
    let unchanged = |etag, last_modified| Outcome::Unchanged { etag, last_modified };
    match result {
        Ok(Gain::Feed { text, validators }) => {
            let FeedText {
                title,
                articles,
                repaired,
                ..
            } = *text;
            let articles = kept(articles.into_iter().map(|intake| intake.article).collect());
            if feed.title.is_empty() && !title.is_empty() {
                pending.name.clone_from(&title);
            }
            pending.repaired = repaired.map(|repair| repair.to_string());
            let Validators { etag, last_modified } = validators;
            let repaired = pending.repaired.clone();
            let outcome = Outcome::Fresh {
                etag,
                last_modified,
                title,
                repaired,
            };
            (outcome, articles, pending)
        }
        Ok(Gain::Folder(articles)) => (unchanged(None, None), kept(articles), pending),
        Ok(Gain::Unchanged(validators)) => {
            // A 304 may leave out what it confirms.
            let etag = validators.etag.or_else(|| subscription.state.etag.clone());
            let last_modified = validators
                .last_modified
                .or_else(|| subscription.state.last_modified.clone());
            (unchanged(etag, last_modified), Vec::new(), pending)
        }
        Err(trouble) => {
            pending.trouble = Some(trouble.clone());
            (Outcome::Failed(trouble), Vec::new(), pending)
        }
    }
}

/// When a feed may be asked again.
fn due(gained: &Gained, manners: &Manners, now: Timestamp) -> Timestamp {
    let rest = gained.rest.unwrap_or_default();
    let wait = match &gained.result {
        Ok(Gain::Folder(_)) => Duration::ZERO,
        Ok(_) => rest.min(LONGEST_REST).max(manners.interval),
        Err(_) => patience(manners.interval, gained.subscription.state.failures).max(rest.min(LONGEST_RETRY)),
    };
    now + SignedDuration::try_from(jittered(wait)).unwrap_or(SignedDuration::from_hours(24))
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
pub fn patience(interval: Duration, failures: u32) -> Duration {
    interval
        .saturating_mul(2u32.saturating_pow(failures.min(16)))
        .min(LONGEST_REST)
}

/// Up to a tenth longer, by chance, so that feeds subscribed to together are not fetched together for ever.
fn jittered(wait: Duration) -> Duration {
    wait.mul_f64(1.0 + fastrand::f64() / 10.0)
}
