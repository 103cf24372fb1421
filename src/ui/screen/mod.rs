//! The screens, each with its state, what changes it and how it is drawn.

pub mod ask;
pub mod claims;
pub mod compare;
pub mod export;
pub mod feeds;
pub mod filter;
pub mod help;
pub mod home;
pub mod lists;
pub mod palette;
pub mod reply;
pub mod search;
pub mod timeline;

use std::sync::Arc;

use crossterm::event::KeyEvent;
use ratatui::layout::Rect;

pub use ask::{Ask, Wish};
pub use claims::Claims;
pub use compare::Compare;
pub use export::ExportMenu;
pub use feeds::Feeds;
pub use filter::FilterMenu;
pub use help::Help;
pub use home::Home;
pub use lists::ListMenu;
pub use palette::Palette;
pub use reply::Reply;
pub use search::Search;
pub use timeline::Timeline;

use crate::article::Headline;
use crate::job::{List, Report, Ticket};
use crate::locale::Locale;

use super::app::Context;
use super::command::{Command, Place};
use super::desk::{Desk, FigureIx};
use super::keymap::Keymap;
use super::widget::canvas::Canvas;

/// One of the screens.
pub enum Screen {
    /// Stories and articles.
    Home(Home),
    /// Articles side by side.
    Compare(Compare),
    /// The table of what they claim.
    Claims(Claims),
    /// Search as you type.
    Search(Search),
    /// The keys of the screen below.
    Help(Help),
    /// The list of commands.
    Palette(Palette),
    /// What narrows the list at home.
    Filter(FilterMenu),
    /// Which list is shown at home.
    Lists(ListMenu),
    /// In which form a comparison is written.
    Export(ExportMenu),
    /// The feeds.
    Feeds(Feeds),
    /// A line that is asked for.
    Ask(Ask),
    /// What a program answered.
    Reply(Reply),
    /// How a story came in.
    Timeline(Timeline),
}

/// Where a screen goes from here.
pub enum Next {
    /// Nowhere.
    Stay,
    /// Back to the screen below.
    Back,
    /// To another screen, which comes back here.
    To(Box<Screen>),
    /// Back, and there does this.
    Run(Command),
    /// Back, and there shows this figure.
    Reveal(FigureIx),
    /// Back to the list, and on to the next row that is unread.
    Onward,
    /// Back, and shows only these rows at home.
    Narrow(Box<List>),
}

/// A hint at the foot of the screen: a command and the key of its short name.
pub type Hint = (Command, &'static str);

impl Screen {
    /// The search, empty.
    pub fn search() -> Self {
        Self::Search(Search::default())
    }

    /// The keys of `place`.
    pub fn help(place: Place, keymap: &Keymap, locale: &Locale) -> Self {
        Self::Help(Help::new(place, keymap, locale))
    }

    /// All commands of `place`.
    pub fn palette(place: Place, keymap: &Keymap, locale: &Locale) -> Self {
        Self::Palette(Palette::new(place, keymap, locale))
    }

    /// These articles side by side, under a title of their own if they have one.
    pub fn compare(desk: Arc<Desk>, title: Option<String>, context: &Context) -> Self {
        Self::Compare(Compare::new(desk, title, context))
    }

    /// The title of what the cursor is on, if it is a story.
    pub fn subject(&self) -> Option<String> {
        match self {
            Self::Home(home) => home.subject(),
            _ => None,
        }
    }

    /// The article that is read, or under the cursor.
    pub fn article(&self) -> Option<&Headline> {
        match self {
            Self::Home(home) => home.article(),
            Self::Compare(compare) => compare.article(),
            Self::Search(search) => search.article(),
            Self::Claims(claims) => claims.article(),
            _ => None,
        }
    }

    /// Keeps in mind what is to be the same the next time.
    pub fn remember(&self, context: &mut Context) {
        if let Self::Compare(compare) = self {
            compare.remember(context);
        }
    }

    /// Where its keys are meant.
    pub fn place(&self, context: &Context) -> Place {
        match self {
            Self::Home(home) if home.welcomes(context) => Place::Welcome,
            Self::Home(_) => Place::Home,
            Self::Feeds(_) => Place::Feeds,
            Self::Compare(_) => Place::Compare,
            Self::Claims(_) => Place::Claims,
            Self::Search(_) => Place::Search,
            _ => Place::Everywhere,
        }
    }

    /// Whether it lies over the screen below, which stays in sight.
    pub const fn is_overlay(&self) -> bool {
        matches!(
            self,
            Self::Help(_)
                | Self::Palette(_)
                | Self::Filter(_)
                | Self::Lists(_)
                | Self::Export(_)
                | Self::Ask(_)
                | Self::Reply(_)
        )
    }

    /// Takes a key before it is a command, as text being typed; none where it wants commands.
    pub fn take(&mut self, key: KeyEvent, context: &mut Context) -> Option<Next> {
        match self {
            Self::Search(search) => search.take(key, context),
            Self::Palette(palette) => palette.take(key),
            Self::Filter(menu) => menu.take(key),
            Self::Lists(menu) => menu.take(key, context),
            Self::Export(menu) => menu.take(key, context),
            Self::Ask(ask) => Some(ask.take(key, context)),
            _ => None,
        }
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize, context: &mut Context) -> Next {
        match self {
            Self::Home(home) => home.command(command, times, context),
            Self::Compare(compare) => compare.command(command, times, context),
            Self::Claims(claims) => claims.command(command, times, context),
            Self::Search(search) => search.command(command, times, context),
            Self::Help(help) => help.command(command, times),
            Self::Palette(palette) => palette.command(command, times),
            Self::Filter(menu) => menu.command(command, times),
            Self::Lists(menu) => menu.command(command, times),
            Self::Export(menu) => menu.command(command, times, context),
            Self::Feeds(feeds) => feeds.command(command, times, context),
            Self::Ask(_) => Next::Stay,
            Self::Reply(reply) => reply.command(command, times),
            Self::Timeline(timeline) => timeline.command(command, times, context),
        }
    }

    /// Takes text that was pasted.
    pub fn paste(&mut self, text: &str, context: &mut Context) {
        match self {
            Self::Search(search) => search.paste(text, context),
            Self::Palette(palette) => palette.paste(text),
            Self::Ask(ask) => ask.paste(text),
            _ => {}
        }
    }

    /// Fits itself into the size of the screen.
    pub fn resize(&mut self, context: &mut Context) {
        match self {
            Self::Home(home) => home.resize(context),
            Self::Compare(compare) => compare.resize(context),
            Self::Claims(claims) => claims.resize(context),
            Self::Search(search) => search.resize(context),
            Self::Help(help) => help.resize(context),
            Self::Palette(palette) => palette.resize(context),
            Self::Feeds(feeds) => feeds.resize(context),
            Self::Reply(reply) => reply.resize(context),
            Self::Timeline(timeline) => timeline.resize(context),
            Self::Filter(_) | Self::Lists(_) | Self::Export(_) | Self::Ask(_) => {}
        }
    }

    /// Takes what came of a job.
    pub fn report(&mut self, report: &Report, context: &mut Context) {
        match self {
            Self::Home(home) => home.report(report, context),
            Self::Search(search) => search.report(report, context),
            Self::Feeds(feeds) => feeds.report(report, context),
            Self::Compare(compare) => compare.report(report, context),
            _ => {}
        }
    }

    /// Takes articles that were read and compared.
    pub fn opened(&mut self, ticket: Ticket, desk: &Arc<Desk>, context: &mut Context) {
        match self {
            Self::Home(home) => home.opened(ticket, desk, context),
            Self::Compare(compare) => compare.renew(desk, context),
            Self::Claims(claims) => claims.renew(desk, context),
            _ => {}
        }
    }

    /// The articles that are side by side on it.
    pub fn desk(&self) -> Option<&Desk> {
        match self {
            Self::Compare(compare) => Some(compare.desk()),
            Self::Claims(claims) => Some(claims.desk()),
            _ => None,
        }
    }

    /// Whether it goes on to the comparison that comes with this ticket; it then waits no longer.
    pub fn awaits(&mut self, ticket: Ticket) -> bool {
        let awaited = match self {
            Self::Home(home) => &mut home.awaited,
            Self::Search(search) => &mut search.awaited,
            _ => return false,
        };
        awaited.take_if(|awaited| *awaited == ticket).is_some()
    }

    /// Learns that a job was not done.
    pub fn failed(&mut self, ticket: Option<Ticket>) {
        match self {
            Self::Home(home) => home.failed(ticket),
            Self::Search(search) => search.failed(ticket),
            _ => {}
        }
    }

    /// Moves by the mouse's wheel over (`x`, `y`).
    pub fn wheel(&mut self, lines: isize, x: u16, y: u16, context: &mut Context) -> Next {
        match self {
            Self::Compare(compare) => compare.wheel(lines, x, y, context),
            Self::Home(home) => home.wheel(lines, x, y, context),
            other => {
                let command = if lines > 0 {
                    Command::Next
                } else {
                    Command::Previous
                };
                other.command(command, lines.unsigned_abs(), context)
            }
        }
    }

    /// Takes a click on (`x`, `y`).
    pub fn click(&mut self, x: u16, y: u16, context: &mut Context) -> Next {
        match self {
            Self::Home(home) => home.click(x, y, context),
            Self::Compare(compare) => compare.click(x, y, context),
            Self::Feeds(feeds) => feeds.click(y, context),
            _ => Next::Stay,
        }
    }

    /// Draws it into `area`, which is the whole screen but its last line.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        match self {
            Self::Home(home) => home.view(area, context, canvas),
            Self::Compare(compare) => compare.view(area, context, canvas),
            Self::Claims(claims) => claims.view(area, context, canvas),
            Self::Search(search) => search.view(area, context, canvas),
            Self::Help(help) => help.view(area, context, canvas),
            Self::Palette(palette) => palette.view(area, context, canvas),
            Self::Filter(menu) => menu.view(area, context, canvas),
            Self::Lists(menu) => menu.view(area, context, canvas),
            Self::Export(menu) => menu.view(area, context, canvas),
            Self::Feeds(feeds) => feeds.view(area, context, canvas),
            Self::Ask(ask) => ask.view(area, context, canvas),
            Self::Reply(reply) => reply.view(area, canvas),
            Self::Timeline(timeline) => timeline.view(area, context, canvas),
        }
    }

    /// What the last line of the screen reminds of, most useful first.
    pub fn hints(&self) -> &'static [Hint] {
        match self {
            Self::Home(home) => home.hints(),
            Self::Compare(compare) => compare.hints(),
            Self::Claims(_) => claims::HINTS,
            Self::Search(search) => search.hints(),
            Self::Feeds(feeds) => feeds.hints(),
            Self::Ask(_) => ask::HINTS,
            Self::Help(_) | Self::Palette(_) | Self::Filter(_) | Self::Lists(_) | Self::Export(_) => {
                help::HINTS
            }
            Self::Reply(_) => reply::HINTS,
            Self::Timeline(_) => timeline::HINTS,
        }
    }
}
