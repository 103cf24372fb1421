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

use std::sync::mpsc::{self, Receiver};

use anyhow::Result;
use jiff::civil::Date;

use crate::job::{Compare, Export, Job, Manner, Reading, Report, SmartList, Worker, Writing};
use crate::library::Place;
use crate::locale::Locale;

use terminal::Terminal;

/// How the reader looks and what its keys mean, already checked.
#[derive(Clone, Debug)]
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
}

/// Runs the reader on a library until it is left.
///
/// The first frame is drawn before anything is read. The terminal is given back on every way out.
pub fn run(place: &Place, locale: Locale, settings: &Settings, tools: Tools) -> Result<()> {
    let (send, events) = mpsc::channel();
    terminal::obey(send.clone())?;
    let mut terminal = Terminal::enter()?;
    let size = terminal.size()?;
    let mut app = App::new(size, locale, settings.keymap.clone(), settings.signs, tools.today);
    app.context.lists.clone_from(&settings.lists);
    terminal.draw(|frame| view(&app, &settings.theme, frame))?;

    terminal::listen(send.clone())?;
    if settings.mouse {
        terminal.mouse(true)?;
    }
    let report = |to: mpsc::Sender<Event>| move |report: Report| drop(to.send(Event::Report(report)));
    let (own, language) = (place.clone(), app.context.locale.language());
    let compare = tools.compare.clone();
    let reading = move || Reading::new(&own, compare.clone(), language, tools.today);
    let reader = Worker::start("reads", reading, report(send.clone()))?;
    let (own, browser) = (place.clone(), settings.browser.clone());
    let compare = (tools.compare, tools.version);
    let writing = move || Writing::new(&own, compare.clone(), tools.export.clone(), browser.clone());
    let writer = Worker::start("writes", writing, report(send))?;

    let workers = Workers { reader, writer };
    let jobs = app.start();
    workers.give(jobs, &mut terminal)?;
    until_left(&mut app, &events, &workers, &mut terminal, &settings.theme)
}

/// The threads that work.
struct Workers {
    reader: Worker,
    writer: Worker,
}

impl Workers {
    /// Hands out jobs; what concerns the terminal is done here.
    fn give(&self, jobs: Vec<Job>, terminal: &mut Terminal) -> Result<()> {
        for job in jobs {
            match job {
                Job::Terminal(manner) => mind(manner, terminal)?,
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
        Manner::Quit => Ok(()),
    }
}

/// The loop: waits for an event, takes all that have come, and draws once.
fn until_left(
    app: &mut App,
    events: &Receiver<Event>,
    workers: &Workers,
    terminal: &mut Terminal,
    theme: &Theme,
) -> Result<()> {
    while let Ok(first) = events.recv() {
        for event in std::iter::once(first).chain(events.try_iter().take(500)) {
            let jobs = app.update(event);
            if app.is_leaving() {
                return Ok(());
            }
            workers.give(jobs, terminal)?;
        }
        terminal.draw(|frame| view(app, theme, frame))?;
    }
    Ok(())
}
