//! What every screen may use while it changes.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use ratatui::layout::Size;

use crate::job::{Job, Manner, SmartList, Ticket, Totals, Wanted};
use crate::locale::Locale;
use crate::ui::command::Command;
use crate::ui::desk::Desk;
use crate::ui::memory::Memory;
use crate::ui::sign::Signs;

/// The most comparisons that are kept at hand.
const MOST_DESKS: usize = 24;

/// A message at the foot of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One sentence.
    pub text: String,
    /// Whether something went wrong.
    pub failed: bool,
}

/// How far fetching is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    ticket: Ticket,
    /// The feeds that are asked; all where none is named.
    feeds: Vec<String>,
    /// How many are done.
    pub done: usize,
    /// Of how many; 0 before that is known.
    pub of: usize,
}

impl Progress {
    /// Whether the feed at an address is one of those that are asked.
    pub fn awaits(&self, url: &str) -> bool {
        self.feeds.is_empty() || self.feeds.iter().any(|one| one == url)
    }
}

/// What every screen may use while it changes.
pub struct Context {
    /// The size of what is drawn on.
    pub size: Size,
    /// The whole screen's size.
    pub terminal: Size,
    /// The interface's words.
    pub locale: Locale,
    /// Which signs the terminal can show.
    pub signs: Signs,
    /// The day it is.
    pub today: Date,
    /// The minute it is, or was when one was told last.
    pub now: Timestamp,
    /// The fetching under way.
    pub fetching: Option<Progress>,
    /// What the library holds.
    pub totals: Totals,
    /// The reader's own lists.
    pub lists: Vec<SmartList>,
    /// What is to be done elsewhere.
    pub jobs: Vec<Job>,
    /// The message at the foot of the screen.
    pub notice: Option<Notice>,
    /// What is kept in mind from one run to the next.
    pub memory: Memory,
    /// Whether the terminal can be given links.
    pub links: bool,
    tickets: u64,
    desks: VecDeque<(Wanted, Arc<Desk>)>,
}

impl Context {
    /// Nothing known yet but the screen and the day.
    pub fn new(size: Size, locale: Locale, signs: Signs, today: Date) -> Self {
        Self {
            size: Size::new(signs.width(size.width), size.height),
            terminal: size,
            locale,
            signs,
            today,
            now: Timestamp::UNIX_EPOCH,
            fetching: None,
            totals: Totals::default(),
            lists: Vec::new(),
            jobs: Vec::new(),
            notice: None,
            memory: Memory::default(),
            links: false,
            tickets: 0,
            desks: VecDeque::new(),
        }
    }

    /// Takes a screen of another size.
    pub fn fit(&mut self, terminal: Size) {
        self.terminal = terminal;
        self.size = Size::new(self.signs.width(terminal.width), terminal.height);
    }

    /// A ticket that no job has had.
    pub const fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    /// Has feeds fetched, all where none is named; one round at a time.
    pub fn fetch(&mut self, feeds: Vec<String>) {
        if self.fetching.is_some() {
            return self.say(self.locale.text("notice.fetching-already"));
        }
        let ticket = self.ticket();
        self.fetching = Some(Progress {
            ticket,
            feeds: feeds.clone(),
            done: 0,
            of: 0,
        });
        self.jobs.push(Job::Fetch { ticket, feeds });
    }

    /// How long ago a moment was, in words.
    pub fn ago(&self, at: Timestamp) -> String {
        self.locale.ago(self.now.as_second() - at.as_second())
    }

    /// The comparison of these articles, where it is at hand.
    pub fn desk(&self, wanted: &Wanted) -> Option<Arc<Desk>> {
        let (_, desk) = self.desks.iter().find(|(known, _)| known == wanted)?;
        Some(Arc::clone(desk))
    }

    /// Keeps a comparison at hand, and lets the one go that was kept longest.
    pub fn keep_desk(&mut self, wanted: Wanted, desk: &Arc<Desk>) {
        self.desks.retain(|(known, _)| *known != wanted);
        self.desks.push_front((wanted, Arc::clone(desk)));
        self.desks.truncate(MOST_DESKS);
    }

    /// Lets all comparisons go, as their articles are no longer as they were.
    pub fn forget_desks(&mut self) {
        self.desks.clear();
    }

    /// Ends the fetching under way, if it is the one of this ticket.
    pub fn end_fetching(&mut self, ticket: Ticket) {
        self.fetching.take_if(|fetching| fetching.ticket == ticket);
    }

    /// Notes how far the fetching of this ticket is.
    pub fn advance(&mut self, ticket: Ticket, done: usize, of: usize) {
        if let Some(fetching) = self.fetching.as_mut().filter(|one| one.ticket == ticket) {
            (fetching.done, fetching.of) = (done, of);
        }
    }

    /// Puts text on the clipboard, and says so.
    pub fn copy(&mut self, text: String) {
        self.jobs.push(Job::Terminal(Manner::Copy(text)));
        self.say(self.locale.text("notice.copied"));
    }

    /// Copies an article's address or opens it in the browser, and says what it is.
    pub fn follow(&mut self, command: Command, url: Option<&str>) {
        let Some(url) = url.map(str::to_string) else {
            return self.complain(self.locale.text("notice.no-link"));
        };
        self.say(url.clone());
        self.jobs.push(match command {
            Command::CopyLink => Job::Terminal(Manner::Copy(url)),
            _ => Job::Browse(url),
        });
    }

    /// Tells the reader something.
    pub fn say(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.notice = Some(Notice { text, failed: false });
    }

    /// Tells the reader that something did not work.
    pub fn complain(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.notice = Some(Notice { text, failed: true });
    }
}
