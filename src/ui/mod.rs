//! The reader on the screen: events in, one frame out.
//!
//! Keys, signals and what the workers report arrive on one channel. The loop waits for an event, takes all that
//! have come, lets [`App::update`] change the state, hands out the work it asks for, and draws once.

pub mod align;
#[cfg(test)]
mod any_tests;
pub mod app;
pub mod claim;
pub mod command;
pub mod desk;
#[cfg(test)]
mod feed_tests;
pub mod glyph;
#[cfg(test)]
mod home_tests;
pub mod input;
pub mod key;
pub mod keymap;
pub mod memory;
pub mod picked;
pub mod screen;
#[cfg(test)]
mod search_tests;
pub mod sheet;
pub mod sign;
#[cfg(test)]
mod snapshots;
pub mod terminal;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod theme;
mod view;
pub mod watch;
pub mod widget;
pub mod wrap;

pub use app::{App, Event};
pub use keymap::{Binding, Keymap, Preset};
pub use sign::Signs;
pub use theme::Theme;
pub use view::view;

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use anyhow::Result;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::article::{ArticleId, Language};
use crate::job::{
    Compare, Courtesy, Export, Fetching, Gloss, Job, Manner, Outside, Reading, Report, SmartList, Worker,
    Writing, watch as watch_library,
};
use crate::library::Place;
use crate::locale::Locale;

use input::Gate;
use terminal::Terminal;
use watch::{Reload, Watch};

/// How long leaving may wait for the disk.
const LONGEST_GOODBYE: Duration = Duration::from_millis(800);

/// How the reader looks and what its keys mean, already checked.
#[derive(Clone)]
pub struct Settings {
    /// The colours.
    pub theme: Theme,
    /// The colours for a dark and for a light background, where the terminal is to say which it has.
    pub grounds: Option<[Theme; 2]>,
    /// Which signs the terminal can show.
    pub signs: Signs,
    /// What keys mean.
    pub keymap: Keymap,
    /// Whether the terminal can be given links (OSC 8).
    pub links: bool,
    /// Whether the mouse is taken from the start.
    pub mouse: bool,
    /// The program that opens addresses, with its arguments.
    pub browser: Vec<String>,
    /// The reader's own lists.
    pub lists: Vec<SmartList>,
    /// The program that a remark is written with, with its arguments.
    pub editor: Vec<String>,
    /// The program that translates, with its arguments; empty where there is none.
    pub translate: Vec<String>,
    /// How feeds are fetched.
    pub courtesy: Courtesy,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").finish_non_exhaustive()
    }
}

impl Settings {
    /// The colours for what the terminal says of its background.
    fn theme_on(&self, light: Option<bool>) -> &Theme {
        match (&self.grounds, light) {
            (Some([_, pale]), Some(true)) => pale,
            (Some([dark, _]), Some(false)) => dark,
            _ => &self.theme,
        }
    }
}

/// What the reader needs from the rest of the program.
#[derive(Clone)]
pub struct Tools {
    /// How articles are compared.
    pub compare: Compare,
    /// The version of the code that compares: another one has all stories compared anew.
    pub version: u32,
    /// How a comparison is written to a file.
    pub export: Export,
    /// How a word is looked up.
    pub gloss: Gloss,
    /// The configuration's file, and how it is read again when it changes.
    pub config: (PathBuf, Reload),
    /// The day it is.
    pub today: Date,
    /// Where the built-in edition is.
    pub demo: fn() -> Result<Place>,
}

/// Why a session of the reader ended.
enum Left {
    /// The reader was left.
    Reader,
    /// It goes on with the built-in edition.
    ForDemo,
}

/// Runs the reader on a library until it is left.
///
/// The first frame is drawn before anything is read. The terminal is given back on every way out.
pub fn run(place: &Place, locale: Locale, settings: &Settings, tools: Tools) -> Result<()> {
    let (send, events) = mpsc::channel();
    input::obey(send.clone())?;
    let mut session = Session {
        terminal: Terminal::enter()?,
        gate: Arc::new(Gate::default()),
        watch: Watch::start(tools.config.0.clone(), Arc::clone(&tools.config.1), send.clone())?,
        settings: settings.clone(),
        ground: None,
        tools,
        send,
    };
    let language = locale.language();
    match session.run(place, locale, &events, true)? {
        Left::Reader => Ok(()),
        Left::ForDemo => {
            let demo = (session.tools.demo)()?;
            session.run(&demo, Locale::new(language), &events, false)?;
            Ok(())
        }
    }
}

/// The reader on one library after another, in a terminal that outlives them.
struct Session {
    /// What is in force now.
    settings: Settings,
    /// Whether the terminal's background is light, if it said.
    ground: Option<bool>,
    tools: Tools,
    send: Sender<Event>,
    terminal: Terminal,
    gate: Arc<Gate>,
    watch: Watch,
}

impl Session {
    fn run(&mut self, place: &Place, locale: Locale, events: &Receiver<Event>, first: bool) -> Result<Left> {
        let size = self.terminal.size()?;
        let (keymap, signs) = (self.settings.keymap.clone(), self.settings.signs);
        let mut app = App::new(size, locale, keymap, signs, self.tools.today);
        app.context.now = Timestamp::now();
        app.context.lists.clone_from(&self.settings.lists);
        app.context.links = self.settings.links;
        self.draw(&app)?;
        if first {
            input::listen(self.send.clone(), Arc::clone(&self.gate))?;
            if self.settings.grounds.is_some() {
                self.terminal.ask_ground()?;
            }
            if self.settings.mouse {
                self.terminal.mouse(true)?;
            }
        }
        // What a session's workers still have to say when it is over is nobody's any more.
        let over = Arc::new(AtomicBool::new(false));
        let workers = self.workers(place, app.context.locale.language(), &over)?;
        self.give(app.start(), &workers)?;
        let left = self.until_left(&mut app, events, &workers);
        over.store(true, Ordering::Relaxed);
        left
    }

    fn draw(&mut self, app: &App) -> Result<()> {
        let theme = self.settings.theme_on(self.ground);
        self.terminal.draw(|frame| view(app, theme, frame))
    }

    fn workers(&self, place: &Place, language: Language, over: &Arc<AtomicBool>) -> Result<Workers> {
        let (tools, settings) = (&self.tools, &self.settings);
        let report = || {
            let (to, over) = (self.send.clone(), Arc::clone(over));
            move |report: Report| !over.load(Ordering::Relaxed) && to.send(Event::Report(report)).is_ok()
        };
        let told = || {
            let report = report();
            move |one: Report| {
                report(one);
            }
        };
        let own = place.clone();
        let (compare, today) = (tools.compare.clone(), tools.today);
        let reading = move || Reading::new(&own, compare.clone(), language, today);
        let (own, browser) = (place.clone(), settings.browser.clone());
        let (compare, export) = ((tools.compare.clone(), tools.version), tools.export.clone());
        let writing = move || Writing::new(&own, compare.clone(), export.clone(), browser.clone());
        let stop = Arc::new(AtomicBool::new(false));
        let (own, courtesy, stopped) = (place.clone(), settings.courtesy.clone(), Arc::clone(&stop));
        let fetching = move || Fetching::new(&own, courtesy.clone(), Arc::clone(&stopped));
        let (translate, gloss) = (settings.translate.clone(), Arc::clone(&tools.gloss));
        let outside = move || Ok(Outside::new(translate.clone(), Arc::clone(&gloss)));
        watch_library(place.clone(), report())?;
        Ok(Workers {
            reader: Worker::start("reads", reading, told())?,
            writer: Worker::start("writes", writing, told())?,
            fetcher: Worker::start("fetches", fetching, told())?,
            outside: Worker::start("asks", outside, told())?,
            stop,
        })
    }

    /// Hands out jobs; what concerns the terminal is done here.
    fn give(&mut self, jobs: Vec<Job>, workers: &Workers) -> Result<()> {
        for job in jobs {
            match job {
                Job::Terminal(Manner::Copy(text)) => {
                    self.terminal.copy(&text)?;
                    workers.outside.give(Job::Clip(text));
                }
                Job::Terminal(manner) => self.mind(manner)?,
                job => workers.give(job),
            }
        }
        Ok(())
    }

    fn mind(&mut self, manner: Manner) -> Result<()> {
        match manner {
            Manner::Edit(id, file) => self.edit(id, file),
            Manner::ReadConfig => self.watch.read_now(),
            Manner::Mouse(taken) => self.terminal.mouse(taken)?,
            Manner::Redraw => self.terminal.clear()?,
            Manner::Suspend => self.terminal.suspend()?,
            Manner::Copy(_) | Manner::Demo | Manner::Quit => {}
        }
        Ok(())
    }

    /// Lends the terminal to the editor, and tells what came of it as any other event is told.
    fn edit(&mut self, id: ArticleId, file: PathBuf) {
        let Some((program, arguments)) = self.settings.editor.split_first() else {
            return;
        };
        let mut program = Command::new(program);
        program.args(arguments).arg(&file);
        let event = match self.terminal.lend(&mut program, &self.gate) {
            Ok(()) => Event::Edited(id, file),
            Err(error) => Event::Report(Report::failed(None, &error)),
        };
        drop(self.send.send(event));
    }

    /// The loop: waits for an event, takes all that have come, and draws once.
    fn until_left(&mut self, app: &mut App, events: &Receiver<Event>, workers: &Workers) -> Result<Left> {
        while let Ok(first) = events.recv() {
            for event in std::iter::once(first).chain(events.try_iter().take(500)) {
                match &event {
                    Event::Ground { light } => self.ground = Some(*light),
                    Event::Settings(new) => self.settings.clone_from(new),
                    _ => {}
                }
                let jobs = app.update(event);
                let demo = jobs.contains(&Job::Terminal(Manner::Demo));
                self.give(jobs, workers)?;
                if app.is_leaving() {
                    until_kept(events);
                    return Ok(Left::Reader);
                }
                if demo {
                    return Ok(Left::ForDemo);
                }
            }
            self.draw(app)?;
        }
        Ok(Left::Reader)
    }
}

/// The threads that work.
struct Workers {
    reader: Worker,
    writer: Worker,
    fetcher: Worker,
    outside: Worker,
    /// Lets fetching end early.
    stop: Arc<AtomicBool>,
}

impl Workers {
    fn give(&self, job: Job) {
        match job {
            Job::Stop => self.stop.store(true, Ordering::Relaxed),
            job if job.is_outside() => self.outside.give(job),
            job if job.fetches() => {
                // Only one round is under way at a time, so nothing that was stopped goes on by this.
                if matches!(job, Job::Fetch { .. }) {
                    self.stop.store(false, Ordering::Relaxed);
                }
                self.fetcher.give(job);
            }
            job if job.writes() => self.writer.give(job),
            job => self.reader.give(job),
        }
    }
}

/// Waits until what is to be remembered is on disk, but not long.
fn until_kept(events: &Receiver<Event>) {
    let end = Instant::now() + LONGEST_GOODBYE;
    while let Ok(event) = events.recv_timeout(end.saturating_duration_since(Instant::now())) {
        if matches!(event, Event::Report(Report::Kept | Report::Failed { .. })) {
            break;
        }
    }
}
