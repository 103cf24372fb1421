//! The feeds: how each fares, and what can be done with it.

mod view;

use std::collections::HashMap;

use crate::article::Feed;
use crate::job::{Brought, Filter, Job, List, Order, Report, Subscription, Ticket};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::screen::{Hint, Next};
use crate::ui::widget::list::Cursor;

/// The feeds in the order they were subscribed to.
#[derive(Default)]
pub struct Feeds {
    /// None before they are read.
    rows: Option<Vec<Subscription>>,
    cursor: Cursor,
    /// The last round of fetching, and what came of each feed in it, by address.
    round: Ticket,
    brought: HashMap<String, Brought>,
}

const HINTS: &[Hint] = &[
    (Command::Open, "hint.articles"),
    (Command::AddFeed, "hint.add"),
    (Command::FetchFeed, "hint.fetch"),
    (Command::Sync, "hint.fetch-all"),
    (Command::RemoveFeed, "hint.remove"),
    (Command::FullText, "hint.full-text"),
    (Command::Help, "hint.keys"),
    (Command::Back, "hint.back"),
];

const EMPTY_HINTS: &[Hint] = &[
    (Command::AddFeed, "hint.add"),
    (Command::Import, "hint.import"),
    (Command::Help, "hint.keys"),
    (Command::Back, "hint.back"),
];

impl Feeds {
    /// The screen, which asks for what it shows.
    pub fn new(context: &mut Context) -> Self {
        context.jobs.push(Job::Feeds);
        Self::default()
    }

    /// What the last line reminds of.
    pub fn hints(&self) -> &'static [Hint] {
        if self.rows().is_empty() {
            EMPTY_HINTS
        } else {
            HINTS
        }
    }

    fn rows(&self) -> &[Subscription] {
        self.rows.as_deref().unwrap_or_default()
    }

    fn row(&self) -> Option<&Subscription> {
        self.rows().get(self.cursor.at)
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize, context: &mut Context) -> Next {
        let height = view::list_height(context.size);
        if let Some(by) = command.distance(times, height) {
            self.cursor.step(by, self.rows().len(), height);
            return Next::Stay;
        }
        match command {
            Command::Open => return self.open(),
            Command::Reload => context.jobs.push(Job::Feeds),
            Command::FetchFeed => {
                if let Some(url) = self.row().map(|row| row.feed.url.clone()) {
                    context.fetch(vec![url]);
                }
            }
            Command::RemoveFeed => self.remove(context),
            Command::FullText => self.switch_full_text(context),
            Command::Copy | Command::CopyLink => {
                if let Some(row) = self.row() {
                    context.copy(row.feed.url.clone());
                }
            }
            Command::Browse => {
                if let Some(row) = self.row() {
                    context.jobs.push(Job::Browse(row.feed.url.clone()));
                }
            }
            _ => {}
        }
        Next::Stay
    }

    /// To the feed's articles.
    fn open(&self) -> Next {
        let Some(row) = self.row() else {
            return Next::Stay;
        };
        let articles = Filter {
            feed: Some(row.feed.url.clone()),
            ..Filter::default()
        };
        Next::Narrow(Box::new(List {
            order: Order::Dates,
            articles,
            ..List::default()
        }))
    }

    fn remove(&mut self, context: &mut Context) {
        let at = self.cursor.at;
        let Some(rows) = self.rows.as_mut().filter(|rows| at < rows.len()) else {
            return;
        };
        let Feed { url, title, .. } = rows.remove(at).feed;
        let named = if title.is_empty() { &url } else { &title };
        context.say(context.locale.fill("notice.unsubscribed", &[("title", named)]));
        context.jobs.push(Job::Unsubscribe(url));
        self.resize(context);
    }

    /// Whole texts, or those of the feed.
    fn switch_full_text(&mut self, context: &mut Context) {
        let at = self.cursor.at;
        let Some(row) = self.rows.as_mut().and_then(|rows| rows.get_mut(at)) else {
            return;
        };
        row.feed.full_text = !row.feed.full_text;
        let key = if row.feed.full_text {
            "notice.full-text-on"
        } else {
            "notice.full-text-off"
        };
        context.say(context.locale.text(key));
        context.jobs.push(Job::SetFeed(Box::new(row.feed.clone())));
    }

    /// Keeps the cursor in sight.
    pub fn resize(&mut self, context: &Context) {
        let rows = self.rows().len();
        self.cursor.settle(rows, view::list_height(context.size));
    }

    /// Takes what came of a job.
    pub fn report(&mut self, report: &Report, context: &Context) {
        match report {
            Report::Feeds(feeds) => self.listed(feeds, context),
            Report::Fetching { ticket, synced, .. } => {
                if self.round != *ticket {
                    self.round = *ticket;
                    self.brought.clear();
                }
                self.brought
                    .extend(synced.as_ref().map(|one| (one.url.clone(), one.result.clone())));
            }
            _ => {}
        }
    }

    /// Takes the feeds, with the cursor on the one it was on where that is still there.
    fn listed(&mut self, feeds: &[Subscription], context: &Context) {
        let url = self.row().map(|row| row.feed.url.clone());
        let place = feeds.iter().position(|one| Some(&one.feed.url) == url.as_ref());
        self.cursor.at = place.unwrap_or(self.cursor.at);
        self.rows = Some(feeds.to_vec());
        self.resize(context);
    }

    /// Puts the cursor on the row that was clicked; opens it where it was there already.
    pub fn click(&mut self, y: u16, context: &Context) -> Next {
        let height = view::list_height(context.size);
        let line = usize::from(y.saturating_sub(1));
        let place = self.cursor.top + line;
        if y == 0 || line >= height || place >= self.rows().len() {
            return Next::Stay;
        }
        if place == self.cursor.at {
            return self.open();
        }
        self.cursor.go(place, self.rows().len(), height);
        Next::Stay
    }
}
