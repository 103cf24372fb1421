//! The reader on the screen: events in, one frame out.
//!
//! Keys, signals and what the workers report arrive on one channel. The loop waits for an event, takes all that
//! have come, lets [`App::update`] change the state, hands out the work it asks for, and draws once.

pub mod align;
pub mod amount;
pub mod app;
pub mod claim;
pub mod command;
pub mod desk;
#[cfg(test)]
mod feed_tests;
pub mod glyph;
pub mod key;
pub mod keymap;
pub mod screen;
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
pub mod widget;
pub mod wrap;

pub use app::{App, Event};
pub use keymap::{Binding, Keymap, Preset};
pub use sign::Signs;
pub use theme::Theme;
pub use view::view;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

use anyhow::Result;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::article::Language;
use crate::job::{
    Compare, Courtesy, Export, Fetching, Job, Manner, Reading, Report, SmartList, Worker, Writing, watch,
};
use crate::library::Place;
use crate::locale::Locale;

use terminal::Terminal;

/// How the reader looks and what its keys mean, already checked.
#[derive(Clone)]
pub struct Settings {
    /// The colours.
    pub theme: Theme,
    /// Which signs the terminal can show.
    pub signs: Signs,
    /// What keys mean.
    pub keymap: Keymap,
    /// Whether the mouse is taken from the start.
    pub mouse: bool,
    /// The program that opens addresses, with its arguments.
    pub browser: Vec<String>,
    /// The reader's own lists.
    pub lists: Vec<SmartList>,
    /// How feeds are fetched.
    pub courtesy: Courtesy,
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
    terminal::obey(send.clone())?;
    let mut terminal = Terminal::enter()?;
    let mut session = Session {
        settings,
        tools,
        send,
        events: &events,
        terminal: &mut terminal,
    };
    let language = locale.language();
    match session.run(place, locale, true)? {
        Left::Reader => Ok(()),
        Left::ForDemo => {
            let demo = (session.tools.demo)()?;
            session.run(&demo, Locale::new(language), false)?;
            Ok(())
        }
    }
}

/// The reader on one library, in a terminal that outlives it.
struct Session<'a> {
    settings: &'a Settings,
    tools: Tools,
    send: Sender<Event>,
    events: &'a Receiver<Event>,
    terminal: &'a mut Terminal,
}

impl Session<'_> {
    fn run(&mut self, place: &Place, locale: Locale, first: bool) -> Result<Left> {
        let Settings {
            theme, keymap, signs, ..
        } = self.settings;
        let size = self.terminal.size()?;
        let mut app = App::new(size, locale, keymap.clone(), *signs, self.tools.today);
        app.context.now = Timestamp::now();
        app.context.lists.clone_from(&self.settings.lists);
        self.terminal.draw(|frame| view(&app, theme, frame))?;
        if first {
            terminal::listen(self.send.clone())?;
            if self.settings.mouse {
                self.terminal.mouse(true)?;
            }
        }
        // What a session's workers still have to say when it is over is nobody's any more.
        let over = Arc::new(AtomicBool::new(false));
        let workers = self.workers(place, app.context.locale.language(), &over)?;
        workers.give(app.start(), self.terminal)?;
        let left = until_left(&mut app, self.events, &workers, self.terminal, theme);
        over.store(true, Ordering::Relaxed);
        left
    }

    fn workers(&self, place: &Place, language: Language, over: &Arc<AtomicBool>) -> Result<Workers> {
        let (tools, settings) = (&self.tools, self.settings);
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
        watch(place.clone(), report())?;
        Ok(Workers {
            reader: Worker::start("reads", reading, told())?,
            writer: Worker::start("writes", writing, told())?,
            fetcher: Worker::start("fetches", fetching, told())?,
            stop,
        })
    }
}

/// The threads that work.
struct Workers {
    reader: Worker,
    writer: Worker,
    fetcher: Worker,
    /// Lets fetching end early.
    stop: Arc<AtomicBool>,
}

impl Workers {
    /// Hands out jobs; what concerns the terminal is done here.
    fn give(&self, jobs: Vec<Job>, terminal: &mut Terminal) -> Result<()> {
        for job in jobs {
            match job {
                Job::Terminal(manner) => mind(manner, terminal)?,
                Job::Stop => self.stop.store(true, Ordering::Relaxed),
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
        Ok(())
    }
}

fn mind(manner: Manner, terminal: &mut Terminal) -> Result<()> {
    match manner {
        Manner::Copy(text) => terminal.copy(&text),
        Manner::Mouse(taken) => terminal.mouse(taken),
        Manner::Redraw => terminal.clear(),
        Manner::Suspend => terminal.suspend(),
        Manner::Demo | Manner::Quit => Ok(()),
    }
}

/// The loop: waits for an event, takes all that have come, and draws once.
fn until_left(
    app: &mut App,
    events: &Receiver<Event>,
    workers: &Workers,
    terminal: &mut Terminal,
    theme: &Theme,
) -> Result<Left> {
    while let Ok(first) = events.recv() {
        for event in std::iter::once(first).chain(events.try_iter().take(500)) {
            let jobs = app.update(event);
            if app.is_leaving() {
                return Ok(Left::Reader);
            }
            if jobs.contains(&Job::Terminal(Manner::Demo)) {
                return Ok(Left::ForDemo);
            }
            workers.give(jobs, terminal)?;
        }
        terminal.draw(|frame| view(app, theme, frame))?;
    }
    Ok(Left::Reader)
}
