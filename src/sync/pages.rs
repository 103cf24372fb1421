use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use url::Url;

use super::gather::trouble;
use super::{Manners, Run};
use crate::article::{Article, ArticleId, Trouble, fingerprint};
use crate::intake::{
    self, Answer, Client, Given, MAX_ROBOTS, NoArticle, Refusal, Request, Robots, Validators,
};
use crate::library::{Library, Subscription};

/// The largest page, unpacked, in bytes.
const MAX_PAGE: u64 = 5 << 20;

/// The name that `robots.txt` files know us by.
const AGENT: &str = "beide";

/// Why a page gave no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPage {
    /// It could not be fetched.
    Trouble(Trouble),
    /// It shows something else.
    NoArticle(NoArticle),
    /// The site asks programs not to fetch it.
    Robots,
    /// It has less text than the feed.
    Shorter,
}

impl fmt::Display for NoPage {
    /// A word to keep.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trouble(trouble) => f.write_str(&trouble.to_line()),
            Self::NoArticle(NoArticle::Consent) => f.write_str("consent"),
            Self::NoArticle(NoArticle::Paywall) => f.write_str("paywall"),
            Self::NoArticle(NoArticle::Missing) => f.write_str("missing"),
            Self::NoArticle(NoArticle::Blocked) => f.write_str("blocked"),
            Self::NoArticle(NoArticle::Nothing) => f.write_str("nothing"),
            Self::Robots => f.write_str("robots"),
            Self::Shorter => f.write_str("shorter"),
        }
    }
}

/// The article at an address; `given` overrides what is found.
///
/// # Errors
/// Where it cannot be fetched, or the page shows something else.
pub fn page(client: &Client, url: &str, given: &Given) -> Result<Article, NoPage> {
    let request = Request {
        url,
        validators: Validators::default(),
        limit: MAX_PAGE,
    };
    let answer = client
        .fetch(&request)
        .map_err(|error| NoPage::Trouble(trouble(error)))?;
    let fetched = match answer {
        Answer::Body(fetched) => fetched,
        Answer::Gone => return Err(NoPage::Trouble(Trouble::Gone)),
        Answer::Refused { status, .. } => return Err(NoPage::Trouble(Trouble::Status(status))),
        Answer::Unchanged { .. } => return Err(NoPage::Trouble(Trouble::Status(304))),
    };
    let address = Url::parse(&fetched.url).ok();
    match intake::read_page(&fetched.body, fetched.charset.as_deref(), address.as_ref(), given) {
        Ok(intake) => Ok(intake.article),
        Err(Refusal::Page(instead)) => Err(NoPage::NoArticle(instead)),
        Err(_) => Err(NoPage::NoArticle(NoArticle::Nothing)),
    }
}

/// What came of asking pages for their texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// So many articles have their whole text now.
    pub filled: usize,
    /// So many pages gave none; their articles keep what their feed says.
    pub refused: usize,
}

/// Fetches the whole texts of articles whose feeds are to have them, one page a host at a time with a pause between.
///
/// `told` hears after each page how many are left.
///
/// # Errors
/// Where the library cannot be read or written; trouble with a page is none.
pub fn fill(
    library: &mut Library,
    feeds: &[Subscription],
    run: Run,
    mut told: impl FnMut(usize),
) -> Result<Filled> {
    let mut sites: BTreeMap<String, Vec<(ArticleId, Url)>> = BTreeMap::new();
    for feed in feeds.iter().filter(|feed| feed.feed.full_text) {
        for (id, url) in library.without_page(&feed.feed.url, run.manners.pages)? {
            if let Ok(url) = Url::parse(&url) {
                sites.entry(origin(&url)).or_default().push((id, url));
            }
        }
    }
    let mut left: usize = sites.values().map(Vec::len).sum();
    let sites = Mutex::new(sites.into_iter());
    let next = || sites.lock().unwrap_or_else(PoisonError::into_inner).next();
    let mut filled = Filled::default();
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(16);
        for _ in 0..run.manners.at_once {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some((site, pages)) = next() {
                    visit(run, &site, pages, &sender);
                }
            });
        }
        drop(sender);
        for (id, result) in receiver {
            match keep(library, &id, result)? {
                None => filled.filled += 1,
                Some(_) => filled.refused += 1,
            }
            left -= 1;
            told(left);
        }
        Ok(filled)
    })
}

/// Fetches the whole text of one article, whether its feed is to have them or not; the reason where its page gives none.
///
/// # Errors
/// Where the library cannot be read or written; trouble with the page is none.
pub fn fill_one(library: &mut Library, id: &ArticleId, client: &Client) -> Result<Option<NoPage>> {
    let address = library.article(id)?.and_then(|article| article.headline.url);
    let Some(url) = address.and_then(|url| Url::parse(&url).ok()) else {
        return Ok(Some(NoPage::Trouble(Trouble::Address)));
    };
    let result = if robots(client, &origin(&url)).allow(&path(&url)) {
        page(client, url.as_str(), &Given::default()).map(|article| article.text)
    } else {
        Err(NoPage::Robots)
    };
    keep(library, id, result)
}

/// Keeps the text of an article's page, or why there is none, which is returned.
fn keep(library: &mut Library, id: &ArticleId, result: Result<String, NoPage>) -> Result<Option<NoPage>> {
    let has = library
        .article(id)?
        .map_or(0, |article| article.text.split_whitespace().count());
    let result = result.and_then(|text| {
        let is_longer = text.split_whitespace().count() >= has;
        is_longer.then_some(text).ok_or(NoPage::Shorter)
    });
    match &result {
        Ok(text) => {
            library.fill(id, Ok(text))?;
        }
        // What may be different the next time is asked again then.
        Err(NoPage::Trouble(
            Trouble::Timeout | Trouble::Host | Trouble::Network(_) | Trouble::Status(429 | 500..),
        )) => {}
        Err(no_page) => {
            library.fill(id, Err(&no_page.to_string()))?;
        }
    }
    Ok(result.err())
}

/// The part of an address that a site's rules for programs speak of.
fn path(url: &Url) -> String {
    url.query()
        .map_or(url.path().to_string(), |query| format!("{}?{query}", url.path()))
}

type Answered = (ArticleId, Result<String, NoPage>);

/// Fetches the pages of one site, one after the other.
fn visit(run: Run, site: &str, pages: Vec<(ArticleId, Url)>, sender: &mpsc::SyncSender<Answered>) {
    let robots = robots(run.client, site);
    let mut seen = HashSet::new();
    let mut before: Option<Instant> = None;
    for (id, url) in pages {
        if run.stop.load(Ordering::Relaxed) {
            return;
        }
        let result = if robots.allow(&path(&url)) {
            pause(before, run.manners);
            before = Some(Instant::now());
            page(run.client, url.as_str(), &Given::default()).map(|article| article.text)
        } else {
            Err(NoPage::Robots)
        };
        // One text at several addresses is what a site shows instead of its articles.
        let result = result.and_then(|text| {
            let is_new = seen.insert(fingerprint(&[&text]));
            is_new
                .then_some(text)
                .ok_or(NoPage::NoArticle(NoArticle::Nothing))
        });
        if sender.send((id, result)).is_err() {
            return;
        }
    }
}

fn pause(before: Option<Instant>, manners: &Manners) {
    let passed = before.map_or(Duration::MAX, |before| before.elapsed());
    if let Some(rest) = manners.page_gap.checked_sub(passed) {
        thread::sleep(rest);
    }
}

/// What a site lets us fetch; everything where it does not say.
fn robots(client: &Client, site: &str) -> Robots {
    let request = Request {
        url: &format!("{site}/robots.txt"),
        validators: Validators::default(),
        limit: MAX_ROBOTS,
    };
    match client.fetch(&request) {
        Ok(Answer::Body(fetched)) => Robots::read(&String::from_utf8_lossy(&fetched.body), AGENT),
        _ => Robots::default(),
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
