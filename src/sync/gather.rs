use std::path::Path;
use std::time::{Duration, SystemTime};

use url::Url;

use super::MAX_FEED;
use crate::article::{Article, Trouble};
use crate::intake::{
    self, Answer, Client, FeedText, FetchError, Fetched, Given, NoFeed, Request, Validators,
};
use crate::library::Subscription;

/// What one feed answered, not yet stored.
pub struct Gained<'f> {
    pub subscription: &'f Subscription,
    pub moved: Option<String>,
    /// For how long the site wants to be left alone.
    pub rest: Option<Duration>,
    pub result: Result<Gain, Trouble>,
}

/// An answer that can be stored.
pub enum Gain {
    Feed {
        text: Box<FeedText>,
        validators: Validators,
    },
    Folder(Vec<Article>),
    Unchanged(Validators),
}

/// Asks one feed, or looks into one folder.
pub fn gain<'f>(client: &Client, subscription: &'f Subscription) -> Gained<'f> {
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

/// Reads an answer as a feed.
pub fn read(fetched: Fetched) -> Result<Gain, Trouble> {
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

/// Why nothing was answered, as it is kept.
pub fn trouble(error: FetchError) -> Trouble {
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
