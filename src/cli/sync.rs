//! The feeds fetched, with what came of each.

use std::sync::atomic::AtomicBool;

use anyhow::Result;
use jiff::Timestamp;

use super::args::Sync;
use super::console::Complaint;
use super::feeds::{named, words_for};
use super::{Desk, Outcome, add};
use crate::article::{Article, Trouble};
use crate::export;
use crate::intake::{Client, Given, Refusal};
use crate::library::{Library, Subscription};
use crate::sync::{self, Brought, Dropped, NoPage, Round, Run, Step, Synced};

/// How many articles of a feed a rehearsal of the rules looks at.
const REHEARSED: usize = 2000;

/// Fetches feeds and says what came of it.
pub(super) fn sync(asked: &Sync, desk: &mut Desk) -> Result<Outcome> {
    let mut library = desk.library()?;
    let all = library.subscriptions()?;
    let feeds = chosen(&all, &asked.feeds, desk)?;
    if asked.dry_run {
        return rehearse(&library, &feeds, desk);
    }
    if feeds.is_empty() {
        let complaint = desk.console.complaint("feeds.none", "feeds.none.hint", &[]);
        desk.console.complain(&complaint);
    }
    let (client, settings) = (desk.client(), desk.feeds.clone());
    let run = Run {
        client: &client,
        manners: &settings.manners,
        rules: &settings.rules,
        insist: asked.now || !asked.feeds.is_empty(),
        stop: &AtomicBool::new(false),
    };
    let bar = add::progress(Some(feeds.len() as u64));
    let mut saved = 0;
    let round = sync::round(&mut library, &feeds, run, |step| match step {
        Step::Feed(one) => {
            bar.inc(1);
            if let Brought::Articles { new, .. } = one.result {
                saved += new;
                bar.set_message(
                    desk.console
                        .locale
                        .fill("cli.progress.saved", &[("count", &saved)]),
                );
            }
        }
        Step::Pages(_) => {}
    })?;
    bar.finish_and_clear();
    library.settle_all(|| true)?;
    library.catch_up()?;
    let after = library.subscriptions()?;
    tell(&round, &after, asked.json, desk)
}

/// The feeds that are asked for, each once; all where none is named.
fn chosen(all: &[Subscription], names: &[String], desk: &Desk) -> Result<Vec<Subscription>> {
    if names.is_empty() {
        return Ok(all.to_vec());
    }
    let mut chosen: Vec<Subscription> = Vec::new();
    for name in names {
        for found in named(all, name, desk)? {
            if !chosen.iter().any(|known| known.feed.url == found.feed.url) {
                chosen.push(found.clone());
            }
        }
    }
    Ok(chosen)
}

/// Says what the rules would do with the articles that are there; nothing is fetched or changed.
fn rehearse(library: &Library, feeds: &[Subscription], desk: &mut Desk) -> Result<Outcome> {
    let rules = desk.feeds.rules.clone();
    let now = Timestamp::now();
    let (mut hit, mut all) = (0, 0);
    for one in feeds {
        for id in library.brought(&one.feed.url, REHEARSED)? {
            let Some(article) = library.article(&id)? else {
                continue;
            };
            all += 1;
            let Some(dropped) = rules.dropped(&article, &one.feed, now) else {
                continue;
            };
            hit += 1;
            let why = match dropped {
                Dropped::By(rule) => rule.written.clone(),
                Dropped::NotKept => desk.console.locale.text("sync.not_kept").to_string(),
                Dropped::Old => desk.console.locale.text("sync.old").to_string(),
            };
            desk.console
                .line(format_args!("{id}  {}  [{why}]", article.headline.title))?;
        }
    }
    let line = desk
        .console
        .locale
        .fill("sync.rehearsed", &[("hit", &hit), ("all", &all)]);
    desk.console.line(line)?;
    Ok(Outcome::Done)
}

/// Says what came of each feed, and of all.
fn tell(round: &Round, after: &[Subscription], json: bool, desk: &mut Desk) -> Result<Outcome> {
    let mut sum = export::Sync {
        filled: round.filled.filled,
        removed: round.removed,
        ..export::Sync::default()
    };
    for one in &round.synced {
        let shape = shape(one, after, desk);
        sum.new += shape.new;
        sum.revised += shape.revised;
        sum.dropped += shape.dropped;
        match &one.result {
            Brought::Failed(trouble) => {
                sum.failed += 1;
                complain(one, trouble, after, desk);
            }
            Brought::Articles {
                new: 0, revised: 0, ..
            }
            | Brought::Nothing
            | Brought::NotDue(_) => sum.unchanged += 1,
            Brought::Articles { .. } if !json => {
                let values: [(&str, &dyn std::fmt::Display); 3] = [
                    ("name", &one.name),
                    ("new", &shape.new),
                    ("revised", &shape.revised),
                ];
                let line = desk.console.locale.fill("sync.feed", &values);
                desk.console.line(line)?;
            }
            Brought::Articles { .. } => {}
        }
        sum.feeds.push(shape);
    }
    let failed = sum.failed;
    if json {
        desk.console.json(&sum)?;
    } else {
        summary(&sum, desk)?;
    }
    Ok(if failed == 0 {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}

fn summary(sum: &export::Sync, desk: &mut Desk) -> Result<()> {
    let locale = &desk.console.locale;
    let mut parts = vec![locale.fill("sync.new", &[("count", &sum.new)])];
    for (key, count) in [
        ("sync.revised", sum.revised),
        ("sync.filled", sum.filled),
        ("sync.dropped", sum.dropped),
        ("sync.removed", sum.removed),
        ("sync.unchanged", sum.unchanged),
        ("sync.failed", sum.failed),
    ] {
        if count > 0 {
            parts.push(locale.fill(key, &[("count", &count)]));
        }
    }
    desk.console.line(parts.join(", "))?;
    Ok(())
}

fn shape<'a>(synced: &'a Synced, after: &[Subscription], desk: &Desk) -> export::SyncedShape<'a> {
    let (result, new, revised, repaired, trouble) = match &synced.result {
        Brought::Articles {
            new,
            revised,
            repaired,
        } => ("articles", *new, *revised, repaired.as_deref(), None),
        Brought::Nothing => ("nothing", 0, 0, None, None),
        Brought::NotDue(_) => ("not_due", 0, 0, None, None),
        Brought::Failed(trouble) => {
            let words = words_for(trouble, due(synced, after), desk).text;
            ("failed", 0, 0, None, Some(words))
        }
    };
    export::SyncedShape {
        url: &synced.url,
        title: &synced.name,
        result,
        new,
        revised,
        dropped: synced.dropped,
        repaired,
        trouble,
    }
}

/// When a feed is asked again.
fn due(synced: &Synced, after: &[Subscription]) -> Timestamp {
    let own = after.iter().find(|one| one.feed.url == synced.url);
    own.map_or_else(Timestamp::now, |one| one.state.due)
}

fn complain(synced: &Synced, trouble: &Trouble, after: &[Subscription], desk: &mut Desk) {
    let Complaint { text, hint } = words_for(trouble, due(synced, after), desk);
    let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &synced.name), ("why", &text)];
    let text = desk.console.locale.fill("sync.cannot", &values);
    desk.console.complain(&Complaint { text, hint });
}

/// The article at an address, or why there is none and what to do.
pub(super) fn page(client: &Client, url: &str, given: &Given, desk: &Desk) -> Result<Article, Complaint> {
    sync::page(client, url, given).map_err(|refused| match refused {
        NoPage::NoArticle(instead) => add::refusal(url.as_ref(), &Refusal::Page(instead), desk),
        NoPage::Trouble(trouble) => {
            let Complaint { text, .. } = words_for(&trouble, Timestamp::now(), desk);
            desk.console.complaint(
                "intake.address",
                "intake.address.hint",
                &[("url", &url), ("why", &text)],
            )
        }
        NoPage::Robots | NoPage::Shorter => {
            desk.console
                .complaint("intake.page.robots", "intake.page.hint", &[("file", &url)])
        }
    })
}
