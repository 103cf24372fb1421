//! The state of the reader and the one place where it changes.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use jiff::Timestamp;
use jiff::civil::Date;
use ratatui::layout::Size;

use crate::article::{ArticleId, Headline, Trouble};
use crate::job::{Job, Manner, Mark, Report, SmartList, Ticket, Totals, Wanted};
use crate::locale::{Locale, Means};

use super::amount::counted;

use super::Settings;
use super::command::{Command, Place};
use super::desk::Desk;
use super::keymap::{Key, Keymap, Meaning};
use super::memory::Memory;
use super::screen::{Ask, Feeds, Home, Next, Question, Reply, Screen, Wish};
use super::sign::Signs;

/// The most comparisons that are kept at hand.
const MOST_DESKS: usize = 24;

/// The most changes that can be taken back.
const MOST_UNDO: usize = 100;

/// The most times a counted command is run.
const MOST_TIMES: usize = 2000;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was moved or pressed.
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resize(Size),
    /// A job came to an end.
    Report(Report),
    /// The system asks the reader to leave.
    Leave,
    /// The reader is back in the foreground.
    Resumed,
    /// The terminal says what its background is.
    Ground {
        /// Whether it is light.
        light: bool,
    },
    /// The configuration was changed.
    Settings(Box<Settings>),
    /// The configuration was changed and has a fault.
    Complaint(String),
    /// The remark on an article was written, in this file.
    Edited(ArticleId, PathBuf),
}

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
    /// The whole screen's size.
    pub size: Size,
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

    fn keep_desk(&mut self, wanted: Wanted, desk: &Arc<Desk>) {
        self.desks.retain(|(known, _)| *known != wanted);
        self.desks.push_front((wanted, Arc::clone(desk)));
        self.desks.truncate(MOST_DESKS);
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

/// All that the reader shows and remembers.
pub struct App {
    /// What screens share.
    pub context: Context,
    /// What keys mean.
    pub keymap: Keymap,
    screens: Vec<Screen>,
    pressed: Vec<Key>,
    undo: Vec<Job>,
    mouse: bool,
    leaving: bool,
}

impl App {
    /// The reader before anything is loaded.
    pub fn new(size: Size, locale: Locale, keymap: Keymap, signs: Signs, today: Date) -> Self {
        Self {
            context: Context {
                size,
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
            },
            keymap,
            screens: vec![Screen::Home(Home::default())],
            pressed: Vec::new(),
            undo: Vec::new(),
            mouse: false,
            leaving: false,
        }
    }

    /// The work to begin with.
    pub fn start(&mut self) -> Vec<Job> {
        self.context.jobs.push(Job::Recall(&Memory::NAMES));
        self.context.jobs.push(Job::Count);
        if let Some(Screen::Home(home)) = self.screens.first_mut() {
            home.load(&mut self.context);
        }
        self.context.jobs.push(Job::Tend);
        std::mem::take(&mut self.context.jobs)
    }

    /// The only place where the state changes. Asks for work, does none.
    pub fn update(&mut self, event: Event) -> Vec<Job> {
        match event {
            Event::Key(key) => self.key(key),
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Paste(text) => self.paste(&text),
            Event::Resize(size) => self.resize(size),
            Event::Report(report) => self.report(report),
            Event::Leave => self.leave(),
            Event::Resumed => self.context.jobs.push(Job::Terminal(Manner::Redraw)),
            Event::Ground { .. } => {}
            Event::Settings(settings) => self.settle(*settings),
            Event::Complaint(text) => self.context.complain(text),
            Event::Edited(id, file) => self.context.jobs.push(Job::Noted(id, file)),
        }
        std::mem::take(&mut self.context.jobs)
    }

    /// The screens from the first to the one that is used; those above the last whole one lie over it.
    pub fn screens(&self) -> &[Screen] {
        &self.screens
    }

    /// The screen that is used.
    pub fn screen(&self) -> Option<&Screen> {
        self.screens.last()
    }

    /// Where the keys are meant that are pressed now.
    pub fn place(&self) -> Place {
        self.screen()
            .map_or(Place::Everywhere, |screen| screen.place(&self.context))
    }

    /// The keys pressed so far that do not mean anything yet.
    pub fn pressed(&self) -> &[Key] {
        &self.pressed
    }

    /// Whether the reader is about to leave.
    pub const fn is_leaving(&self) -> bool {
        self.leaving
    }

    fn key(&mut self, event: KeyEvent) {
        self.context.notice = None;
        let key = Key::from(event);
        if event.code == KeyCode::Char('c') && event.modifiers.contains(KeyModifiers::CONTROL) {
            return self.leave();
        }
        if self.pressed.is_empty()
            && let Some(screen) = self.screens.last_mut()
            && let Some(next) = screen.take(event, &mut self.context)
        {
            return self.go(next);
        }
        if event.code == KeyCode::Esc && !self.pressed.is_empty() {
            self.pressed.clear();
            return;
        }
        if event.code == KeyCode::Esc && self.context.fetching.is_some() {
            self.context.jobs.push(Job::Stop);
            return self.context.say(self.context.locale.text("notice.stopping"));
        }
        self.pressed.push(key);
        match self.keymap.meaning(self.place(), &self.pressed) {
            Meaning::Unfinished => {}
            Meaning::Nothing => self.pressed.clear(),
            Meaning::Commands(commands, times) => {
                self.pressed.clear();
                for command in commands {
                    self.run(command, times.min(MOST_TIMES));
                }
            }
        }
    }

    /// Does what the reader asks for, as if its key had been pressed.
    fn run(&mut self, command: Command, times: usize) {
        match command {
            Command::Quit => self.leave(),
            Command::Undo => self.take_back(),
            Command::Redraw => self.context.jobs.push(Job::Terminal(Manner::Redraw)),
            Command::Suspend => self.context.jobs.push(Job::Terminal(Manner::Suspend)),
            Command::Mouse => self.switch_mouse(),
            Command::Search => self.push(Screen::search()),
            Command::Feeds => {
                let feeds = Feeds::new(&mut self.context);
                self.push(Screen::Feeds(feeds));
            }
            Command::Sync => self.sync(),
            Command::AddFeed => self.push(Screen::Ask(Ask::new(Wish::Feed, ""))),
            Command::Import => self.push(Screen::Ask(Ask::new(Wish::Import, ""))),
            Command::Demo => self.context.jobs.push(Job::Terminal(Manner::Demo)),
            Command::Help => {
                let place = self.place();
                self.push(Screen::help(place, &self.keymap, &self.context.locale));
            }
            Command::Commands => {
                let place = self.place();
                self.push(Screen::palette(place, &self.keymap, &self.context.locale));
            }
            Command::Tag => {
                self.with_article(|app, headline| app.push(Screen::Question(Question::tags(&headline))))
            }
            Command::Note => {
                self.with_article(|app, headline| app.context.jobs.push(Job::Annotate(headline.id)));
            }
            Command::ReadConfig => self.context.jobs.push(Job::Terminal(Manner::ReadConfig)),
            Command::Pipe => self.pipe(false),
            Command::PipeArticle => self.pipe(true),
            Command::Back if self.leaves_word() => {}
            Command::Back if self.screens.len() == 1 => self.back_at_home(),
            Command::Back => self.pop(),
            other => {
                if let Some(screen) = self.screens.last_mut() {
                    let next = screen.command(other, times, &mut self.context);
                    self.go(next);
                }
            }
        }
    }

    /// Does something with the article that is read or under the cursor.
    fn with_article(&mut self, act: impl FnOnce(&mut Self, Headline)) {
        match self.screen().and_then(Screen::article).cloned() {
            Some(headline) => act(self, headline),
            None => {
                let text = self.context.locale.text("notice.no-article");
                self.context.complain(text);
            }
        }
    }

    /// Takes over what the configuration says now.
    fn settle(&mut self, settings: Settings) {
        self.keymap = settings.keymap;
        self.pressed.clear();
        self.context.signs = settings.signs;
        self.context.lists = settings.lists;
        let text = self.context.locale.text("notice.config-read");
        self.context.say(text);
    }

    /// Takes the cursor from a word, where it is on one.
    fn leaves_word(&mut self) -> bool {
        match self.screens.last_mut() {
            Some(Screen::Compare(compare)) => compare.leave_word(),
            _ => false,
        }
    }

    /// Asks which program the passage, or the whole article, is given to.
    fn pipe(&mut self, whole: bool) {
        let text = match self.screen() {
            Some(Screen::Compare(compare)) => compare.piped(whole, &self.context),
            _ => None,
        };
        if let Some(text) = text {
            self.push(Screen::Question(Question::pipe(text)));
        }
    }

    fn go(&mut self, next: Next) {
        match next {
            Next::Stay => {}
            Next::Back => self.pop(),
            Next::To(screen) => self.push(*screen),
            Next::Run(command) => {
                self.pop();
                self.run(command, 1);
            }
            Next::Reveal(figure) => {
                self.pop();
                if let Some(Screen::Compare(compare)) = self.screens.last_mut() {
                    compare.reveal(figure, &self.context);
                }
            }
            Next::Onward => {
                self.pop();
                self.run(Command::NextUnread, 1);
                self.run(Command::Open, 1);
            }
            Next::Narrow(list) => {
                self.pop();
                if let Some(Screen::Home(home)) = self.screens.first_mut() {
                    home.narrow(*list, &mut self.context);
                }
            }
        }
    }

    fn push(&mut self, mut screen: Screen) {
        screen.resize(&mut self.context);
        self.screens.push(screen);
    }

    fn pop(&mut self) {
        if self.screens.len() > 1
            && let Some(screen) = self.screens.pop()
        {
            screen.remember(&mut self.context);
        }
        if let Some(screen) = self.screens.last_mut() {
            screen.resize(&mut self.context);
        }
    }

    /// At home, going back first takes away what narrows the list, then leaves.
    fn back_at_home(&mut self) {
        if let Some(Screen::Home(home)) = self.screens.first_mut()
            && home.widen(&mut self.context)
        {
            return;
        }
        self.leave();
    }

    fn leave(&mut self) {
        self.leaving = true;
        for screen in &self.screens {
            screen.remember(&mut self.context);
        }
        self.context
            .jobs
            .push(Job::Remember(self.context.memory.written()));
        self.context.jobs.push(Job::Terminal(Manner::Quit));
    }

    fn take_back(&mut self) {
        match self.undo.pop() {
            Some(job) => self.context.jobs.push(job),
            None => {
                let text = self.context.locale.text("notice.nothing-to-undo");
                self.context.say(text);
            }
        }
    }

    fn sync(&mut self) {
        if self.context.totals.feeds.feeds == 0 {
            return self.context.say(self.context.locale.text("notice.no-feeds"));
        }
        self.context.fetch(Vec::new());
    }

    fn switch_mouse(&mut self) {
        self.mouse = !self.mouse;
        let key = if self.mouse {
            "notice.mouse-on"
        } else {
            "notice.mouse-off"
        };
        let text = self.context.locale.text(key);
        self.context.say(text);
        self.context.jobs.push(Job::Terminal(Manner::Mouse(self.mouse)));
    }

    fn mouse(&mut self, event: MouseEvent) {
        let Some(screen) = self.screens.last_mut() else {
            return;
        };
        let next = match event.kind {
            MouseEventKind::ScrollDown => screen.wheel(3, event.column, event.row, &mut self.context),
            MouseEventKind::ScrollUp => screen.wheel(-3, event.column, event.row, &mut self.context),
            MouseEventKind::Down(MouseButton::Left) => {
                screen.click(event.column, event.row, &mut self.context)
            }
            _ => Next::Stay,
        };
        self.go(next);
    }

    /// Gives pasted text to what is being typed; elsewhere an address offers its feed, and anything else does nothing.
    fn paste(&mut self, text: &str) {
        let address = text.trim();
        let is_address = address.starts_with("https://") || address.starts_with("http://");
        if is_address && matches!(self.place(), Place::Home | Place::Feeds | Place::Welcome) {
            return self.push(Screen::Ask(Ask::new(Wish::Feed, address)));
        }
        if let Some(screen) = self.screens.last_mut() {
            screen.paste(text, &mut self.context);
        }
    }

    fn resize(&mut self, size: Size) {
        self.context.size = size;
        for screen in &mut self.screens {
            screen.resize(&mut self.context);
        }
    }

    fn report(&mut self, report: Report) {
        match report {
            Report::Counted(totals) => {
                self.context.totals = totals;
                self.resize(self.context.size);
            }
            Report::Opened {
                ticket,
                wanted,
                articles,
                comparison,
                notes,
            } => {
                let desk = Arc::new(Desk::new(articles, comparison).with_notes(notes));
                self.context.keep_desk(wanted, &desk);
                for screen in &mut self.screens {
                    screen.opened(ticket, &desk, &mut self.context);
                }
                self.open_awaited(ticket, &desk);
            }
            Report::Marked(undo) => {
                // Tags and remarks are shown with the articles: those at hand are no longer as they are.
                if !undo.as_deref().is_some_and(is_of_lists) {
                    self.context.desks.clear();
                }
                self.undo.extend(undo.map(|job| *job));
                if self.undo.len() > MOST_UNDO {
                    self.undo.remove(0);
                }
                self.renew();
            }
            Report::Regrouped(undo) => {
                let text = self.context.locale.text(match undo {
                    Some(_) => "notice.regrouped",
                    None => "notice.regrouped-back",
                });
                self.context.say(text);
                self.undo.extend(undo.map(|job| *job));
                self.context.desks.clear();
                self.renew();
                self.compare_again();
                self.context.jobs.push(Job::Tend);
            }
            Report::Annotating(id, file) => {
                self.context.jobs.push(Job::Terminal(Manner::Edit(id, file)));
            }
            Report::Recalled(settings) => {
                self.context.memory = Memory::read(&settings);
                if let Some(Screen::Home(home)) = self.screens.first_mut() {
                    home.recall(&mut self.context);
                }
            }
            Report::Kept => {}
            Report::Piped { command, answer } if answer.is_empty() => {
                let text = self.context.locale.fill("notice.piped", &[("command", &command)]);
                self.context.say(text);
            }
            Report::Piped { command, answer } => self.push(Screen::Reply(Reply::new(command, answer))),
            Report::Exported(path) => {
                let text = self
                    .context
                    .locale
                    .fill("notice.exported", &[("path", &path.display())]);
                self.context.say(text);
            }
            Report::Tended { changed, more } => {
                if changed {
                    self.context.desks.clear();
                    self.renew();
                }
                if more {
                    self.context.jobs.push(Job::Tend);
                }
            }
            Report::Fetching { ticket, done, of, .. } => {
                if let Some(fetching) = self.context.fetching.as_mut().filter(|one| one.ticket == ticket) {
                    (fetching.done, fetching.of) = (done, of);
                }
                for screen in &mut self.screens {
                    screen.report(&report, &mut self.context);
                }
            }
            Report::Fetched { .. } => self.fetched(&report),
            Report::Subscribed { title, url, new } => {
                let named = if title.is_empty() { &url } else { &title };
                let key = if new { "notice.subscribed" } else { "notice.known" };
                self.context
                    .say(self.context.locale.fill(key, &[("title", named)]));
                self.came();
            }
            Report::NotSubscribed(address, trouble) => {
                let (why, hint) = self.context.locale.trouble(&trouble, "", Means::Keys);
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("url", &address), ("why", &why), ("hint", &hint)];
                let key = match trouble {
                    Trouble::NoFeed(announced) if announced.is_empty() => "notice.no-feed",
                    Trouble::NoFeed(_) => "notice.not-subscribed-hint",
                    _ => "notice.not-subscribed",
                };
                self.context.complain(self.context.locale.fill(key, &values));
            }
            Report::Imported(imported) => {
                let values: [(&str, &dyn std::fmt::Display); 4] = [
                    ("feeds", &imported.feeds),
                    ("articles", &imported.articles),
                    ("known", &imported.known),
                    ("refused", &imported.refused),
                ];
                self.context
                    .say(self.context.locale.fill("notice.imported", &values));
                self.came();
            }
            Report::Changed { articles: true } => self.came(),
            Report::Changed { articles: false } => self.renew(),
            Report::Now(now) => self.context.now = now,
            Report::Failed { ticket, message } => {
                for screen in &mut self.screens {
                    screen.failed(ticket);
                }
                self.context
                    .fetching
                    .take_if(|fetching| Some(fetching.ticket) == ticket);
                self.context.complain(message);
            }
            other => {
                for screen in &mut self.screens {
                    screen.report(&other, &mut self.context);
                }
            }
        }
    }

    /// Says what fetching brought, and shows it.
    fn fetched(&mut self, report: &Report) {
        let Report::Fetched {
            ticket,
            new,
            failed,
            not_due,
            stopped,
        } = report
        else {
            return;
        };
        self.context
            .fetching
            .take_if(|fetching| fetching.ticket == *ticket);
        let locale = &self.context.locale;
        let counts = [
            ("notice.new", *new, true),
            ("notice.failed", *failed, false),
            ("notice.not-due", *not_due, false),
        ];
        let counts = counts.into_iter().filter(|(_, n, always)| *always || *n > 0);
        let mut said: Vec<String> = counts.map(|(key, n, _)| counted(locale, key, n)).collect();
        said.extend(stopped.then(|| locale.text("notice.stopped").to_string()));
        let text = said.join(" · ");
        if *failed > 0 && *new == 0 {
            self.context.complain(text);
        } else {
            self.context.say(text);
        }
        self.came();
    }

    /// Has what came into the library brought in order, and shows it.
    fn came(&mut self) {
        self.context.desks.clear();
        self.context.jobs.push(Job::Tend);
        self.renew();
    }

    /// Compares again what is side by side on the screen.
    fn compare_again(&mut self) {
        let desk = self.screens.iter().rev().find_map(Screen::desk);
        let Some(desk) = desk else { return };
        let articles = desk.articles.iter().map(|article| article.headline.id.clone());
        let wanted = Wanted::All(articles.collect());
        let ticket = self.context.ticket();
        self.context.jobs.push(Job::Open {
            ticket,
            wanted,
            glance: false,
        });
    }

    /// Counts and lists again what changed.
    fn renew(&mut self) {
        self.context.jobs.push(Job::Count);
        if let Some(Screen::Home(home)) = self.screens.first_mut() {
            home.renew(&mut self.context);
        }
        if self
            .screens
            .iter()
            .any(|screen| matches!(screen, Screen::Feeds(_)))
        {
            self.context.jobs.push(Job::Feeds);
        }
        if let Some(Screen::Search(search)) = self.screens.last_mut() {
            search.renew(&mut self.context);
        }
    }

    /// Goes to the comparison that the screen in use was waiting for.
    fn open_awaited(&mut self, ticket: Ticket, desk: &Arc<Desk>) {
        let Some(screen) = self.screens.last_mut() else {
            return;
        };
        if screen.awaits(ticket) {
            let compare = Screen::compare(Arc::clone(desk), screen.subject(), &self.context);
            self.push(compare);
        }
    }
}

/// Whether a job takes back only what lists show of articles.
fn is_of_lists(job: &Job) -> bool {
    let Job::Unmark(marks) = job else { return false };
    marks
        .iter()
        .all(|(_, mark)| matches!(mark, Mark::Read(_) | Mark::Starred(_)))
}
