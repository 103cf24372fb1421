//! Subscriptions: listed, added, removed, taken over from other readers.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;

use super::add::{self, Tally};
use super::args::{FeedAdd, FeedSet, Feeds, FeedsCommand, Switch};
use super::console::Complaint;
use super::{Desk, Outcome, suggest};
use crate::article::{Article, Feed, Language, Trouble};
use crate::export;
use crate::intake;
use crate::library::{Library, Subscription};
use crate::locale::Means;
use crate::sync;

/// How many articles of another reader are taken over at once.
const BATCH: usize = 500;

/// Lists the subscriptions, or does what is asked with them.
pub(super) fn feeds(asked: Feeds, desk: &mut Desk) -> Result<Outcome> {
    match asked.command {
        None => list(asked.json, desk),
        Some(FeedsCommand::Add(wanted)) => subscribe(&wanted, desk),
        Some(FeedsCommand::Remove { feeds }) => remove(&feeds, desk),
        Some(FeedsCommand::Set(wanted)) => set(&wanted, desk),
        Some(FeedsCommand::Import { file }) => import(&file, desk),
        Some(FeedsCommand::Suggest(wanted)) => suggest::suggest(&wanted, desk),
        Some(FeedsCommand::Export) => {
            let subscriptions = desk.library()?.subscriptions()?;
            let feeds: Vec<Feed> = subscriptions.into_iter().map(|one| one.feed).collect();
            desk.console.write(intake::write_opml(&feeds).as_bytes())?;
            Ok(Outcome::Done)
        }
    }
}

fn list(json: bool, desk: &mut Desk) -> Result<Outcome> {
    let subscriptions = desk.library()?.subscriptions()?;
    if json {
        let feeds = subscriptions.iter().map(|one| shape(one, desk)).collect();
        desk.console.json(&export::Feeds { feeds })?;
        return Ok(Outcome::Done);
    }
    if subscriptions.is_empty() {
        let complaint = desk.console.complaint("feeds.none", "feeds.none.hint", &[]);
        desk.console.complain(&complaint);
    }
    for one in &subscriptions {
        for line in lines(one, desk) {
            desk.console.line(line)?;
        }
    }
    Ok(Outcome::Done)
}

/// A subscription as it is shown: its name and counts, its address, and what is wrong with it.
fn lines(subscription: &Subscription, desk: &Desk) -> Vec<String> {
    let Subscription {
        feed,
        state,
        articles,
        unread,
    } = subscription;
    let locale = &desk.console.locale;
    let counts = locale.fill("feeds.counts", &[("articles", articles), ("unread", unread)]);
    let mut about = vec![counts];
    about.extend(feed.language.map(|language| language.code().to_string()));
    about.extend((!feed.tags.is_empty()).then(|| feed.tags.join(", ")));
    about.extend(feed.full_text.then(|| locale.text("feeds.full_text").to_string()));
    about.push(match state.fetched {
        Some(at) => locale.fill("feeds.fetched", &[("when", &shown(at))]),
        None => locale.text("feeds.never").to_string(),
    });
    let name = if feed.title.is_empty() {
        &feed.url
    } else {
        &feed.title
    };
    let mut lines = vec![
        format!("{name}  {}", about.join(" · ")),
        format!("    {}", feed.url),
    ];
    if let Some(trouble) = &state.trouble {
        let Complaint { text, hint } = words_for(trouble, state.due, desk);
        lines.push(format!("    ✗ {text}"));
        lines.push(format!("      {hint}"));
    } else if let Some(repaired) = &state.repaired {
        lines.push(format!(
            "    ≈ {}",
            locale.fill("feeds.repaired", &[("what", repaired)])
        ));
    }
    lines
}

fn shape<'a>(subscription: &'a Subscription, desk: &Desk) -> export::FeedShape<'a> {
    let Subscription {
        feed,
        state,
        articles,
        unread,
    } = subscription;
    let kind = match (&state.trouble, state.fetched, &state.repaired) {
        (Some(Trouble::Gone), ..) => "stopped",
        (Some(_), ..) => "failing",
        (None, None, _) => "new",
        (None, Some(_), Some(_)) => "repaired",
        (None, Some(_), None) => "ok",
    };
    export::FeedShape {
        url: &feed.url,
        title: &feed.title,
        lang: feed.language.map(Language::code),
        tags: &feed.tags,
        full_text: feed.full_text,
        articles: *articles,
        unread: *unread,
        state: kind,
        fetched: state.fetched.map(|at| at.to_string()),
        due: state.fetched.map(|_| state.due.to_string()),
        failures: state.failures,
        trouble: state
            .trouble
            .as_ref()
            .map(|trouble| words_for(trouble, state.due, desk).text),
        repaired: state.repaired.as_deref(),
    }
}

/// A moment on the reader's clock, to the minute.
pub(super) fn shown(at: Timestamp) -> String {
    let here = at.to_zoned(jiff::tz::TimeZone::system());
    here.strftime("%Y-%m-%d %H:%M").to_string()
}

/// What is wrong with a feed, and what to do about it.
pub(super) fn words_for(trouble: &Trouble, due: Timestamp, desk: &Desk) -> Complaint {
    let (text, hint) = desk.console.locale.trouble(trouble, &shown(due), Means::Commands);
    Complaint { text, hint }
}

fn subscribe(asked: &FeedAdd, desk: &mut Desk) -> Result<Outcome> {
    if asked.title.is_some() && asked.urls.len() > 1 {
        let count = asked.urls.len();
        let complaint =
            desk.console
                .complaint("feeds.one_title", "feeds.one_title.hint", &[("count", &count)]);
        return Err(complaint.into());
    }
    let client = desk.client();
    let mut library = desk.library()?;
    let mut outcome = Outcome::Done;
    for url in &asked.urls {
        let feed = match found(&client, url) {
            Ok(feed) => feed,
            Err(trouble) => {
                outcome = Outcome::Failed;
                let complaint = not_added(url, &trouble, desk);
                desk.console.complain(&complaint);
                continue;
            }
        };
        let feed = Feed {
            title: asked.title.clone().unwrap_or(feed.title),
            language: asked.lang,
            tags: asked.tags.clone(),
            full_text: asked.full_text,
            url: feed.url,
        };
        let is_new = library.subscribe(std::slice::from_ref(&feed))?.contains(&true);
        let key = if is_new { "feeds.added" } else { "feeds.known" };
        let line = desk
            .console
            .locale
            .fill(key, &[("title", &feed.title), ("url", &feed.url)]);
        desk.console.line(line)?;
    }
    Ok(outcome)
}

/// Why there is no feed at an address, and what to do about it.
fn not_added(url: &str, trouble: &Trouble, desk: &Desk) -> Complaint {
    let Complaint { text, hint } = words_for(trouble, Timestamp::now(), desk);
    let is_told = matches!(
        trouble,
        Trouble::NoFeed(_) | Trouble::Private | Trouble::Status(401..=404)
    );
    let locale = &desk.console.locale;
    Complaint {
        text: locale.fill("feeds.cannot_add", &[("url", &url), ("why", &text)]),
        hint: if is_told {
            hint
        } else {
            locale.text("trouble.address.hint").into()
        },
    }
}

/// The feed at an address, or the folder at a path.
fn found(client: &intake::Client, url: &str) -> Result<Feed, Trouble> {
    let path = Path::new(url);
    if url.contains("://") || !path.is_dir() {
        return sync::discover(client, url);
    }
    let whole = fs::canonicalize(path).map_err(|_| Trouble::Address)?;
    let title = whole.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Feed {
        url: whole.to_str().ok_or(Trouble::Address)?.to_string(),
        title: title.unwrap_or_default(),
        ..Feed::default()
    })
}

/// The subscriptions that words stand for: an address or a title as a whole, else a part of one.
pub(super) fn named<'s>(
    subscriptions: &'s [Subscription],
    words: &str,
    desk: &Desk,
) -> Result<Vec<&'s Subscription>> {
    let lower = words.to_lowercase();
    let path = fs::canonicalize(words).ok();
    let whole = |one: &&Subscription| {
        one.feed.url == words
            || one.feed.title.to_lowercase() == lower
            || path.as_deref() == Some(Path::new(&one.feed.url))
    };
    let part = |one: &&Subscription| {
        one.feed.url.to_lowercase().contains(&lower) || one.feed.title.to_lowercase().contains(&lower)
    };
    let mut found: Vec<&Subscription> = subscriptions.iter().filter(whole).collect();
    if found.is_empty() {
        found = subscriptions.iter().filter(part).collect();
    }
    if found.is_empty() {
        return Err(desk
            .console
            .complaint("feeds.no_such", "feeds.no_such.hint", &[("feed", &words)])
            .into());
    }
    Ok(found)
}

/// Changes what the reader said of feeds.
fn set(asked: &FeedSet, desk: &mut Desk) -> Result<Outcome> {
    let mut library = desk.library()?;
    let subscriptions = library.subscriptions()?;
    let found = named(&subscriptions, &asked.feed, desk)?;
    if asked.title.is_some() && found.len() > 1 {
        let count = found.len();
        let complaint =
            desk.console
                .complaint("feeds.one_title", "feeds.one_title.hint", &[("count", &count)]);
        return Err(complaint.into());
    }
    for one in found {
        let feed = Feed {
            title: asked.title.clone().unwrap_or_else(|| one.feed.title.clone()),
            language: asked.lang.or(one.feed.language),
            tags: if asked.tags.is_empty() {
                one.feed.tags.clone()
            } else {
                asked.tags.clone()
            },
            full_text: asked
                .full_text
                .map_or(one.feed.full_text, |wanted| wanted == Switch::On),
            url: one.feed.url.clone(),
        };
        library.set_feed(&feed)?;
    }
    let subscriptions = library.subscriptions()?;
    let wanted = asked.title.as_ref().unwrap_or(&asked.feed);
    for one in named(&subscriptions, wanted, desk)? {
        for line in lines(one, desk) {
            desk.console.line(line)?;
        }
    }
    Ok(Outcome::Done)
}

fn remove(feeds: &[String], desk: &mut Desk) -> Result<Outcome> {
    let mut library = desk.library()?;
    let subscriptions = library.subscriptions()?;
    for words in feeds {
        let found = named(&subscriptions, words, desk)?;
        if found.len() > 1 {
            let count = found.len();
            let complaint = desk.console.complaint(
                "feeds.several",
                "feeds.several.hint",
                &[("feed", words), ("count", &count)],
            );
            return Err(complaint.into());
        }
        for one in found {
            library.unsubscribe(std::slice::from_ref(&one.feed.url))?;
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("title", &one.feed.title), ("url", &one.feed.url)];
            let line = desk.console.locale.fill("feeds.removed", &values);
            desk.console.line(line)?;
        }
    }
    Ok(Outcome::Done)
}

/// Takes over subscriptions: OPML from any reader, newsboat's list, or its store with the articles.
fn import(file: &Path, desk: &mut Desk) -> Result<Outcome> {
    if intake::is_database(file) {
        return articles(file, desk);
    }
    let text = match add::text_of(file) {
        Ok((text, _)) => text,
        Err(refused) => return Err(add::refusal(file, &refused, desk).into()),
    };
    let is_opml = text.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    let listed = if is_opml {
        intake::read_opml(&text)
    } else {
        intake::read_urls(&text)
    };
    for address in &listed.refused {
        let complaint = desk
            .console
            .complaint("feeds.refused", "feeds.refused.hint", &[("url", address)]);
        desk.console.complain(&complaint);
    }
    if listed.feeds.is_empty() && listed.refused.is_empty() {
        return Err(desk
            .console
            .complaint(
                "feeds.no_list",
                "feeds.no_list.hint",
                &[("file", &file.display())],
            )
            .into());
    }
    let added = desk.library()?.subscribe(&listed.feeds)?;
    let new = added.iter().filter(|new| **new).count();
    let line = desk.console.locale.fill(
        "feeds.imported",
        &[
            ("new", &new),
            ("known", &(added.len() - new)),
            ("refused", &listed.refused.len()),
        ],
    );
    desk.console.line(line)?;
    Ok(if listed.refused.is_empty() {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}

/// Takes over newsboat's articles, read or not.
fn articles(file: &Path, desk: &mut Desk) -> Result<Outcome> {
    let mut library = desk.library()?;
    let mut tally = Tally::default();
    let mut batch = Vec::new();
    let doing = || format!("{}", file.display());
    intake::read_newsboat(file, |article, read| {
        batch.push((article, read));
        if batch.len() >= BATCH {
            store(&mut library, &mut batch, &mut tally)?;
        }
        Ok(())
    })
    .with_context(doing)?;
    store(&mut library, &mut batch, &mut tally)?;
    add::finish(Some(library), &tally, desk)
}

fn store(library: &mut Library, batch: &mut Vec<(Article, bool)>, tally: &mut Tally) -> Result<()> {
    for added in sync::take_read(library, std::mem::take(batch))? {
        tally.count(added);
    }
    Ok(())
}
