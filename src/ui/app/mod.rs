//! The state of the reader and the one place where it changes.

mod context;
mod report;
mod run;

pub use context::Context;

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use jiff::civil::Date;
use ratatui::layout::Size;

use crate::article::ArticleId;
use crate::job::{Job, Manner, Report};
use crate::locale::Locale;

use super::Settings;
use super::command::Place;
use super::keymap::{Key, Keymap, Meaning};
use super::memory::Memory;
use super::screen::{Ask, Home, Next, Screen, Wish};
use super::sign::Signs;

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
            context: Context::new(size, locale, signs, today),
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

    /// Takes over what the configuration says now.
    fn settle(&mut self, settings: Settings) {
        self.keymap = settings.keymap;
        self.pressed.clear();
        self.context.signs = settings.signs;
        self.context.lists = settings.lists;
        self.resize(self.context.terminal);
        let text = self.context.locale.text("notice.config-read");
        self.context.say(text);
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
        self.context.fit(size);
        for screen in &mut self.screens {
            screen.resize(&mut self.context);
        }
    }
}
