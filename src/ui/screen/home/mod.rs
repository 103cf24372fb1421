//! The home screen: stories or articles, and a preview of the one under the cursor.

mod act;
mod layout;
mod preview;
mod view;
mod walk;

pub use view::only_in;

use std::sync::Arc;

use crate::article::Headline;
use crate::job::{Job, List, Mark, Order, Report, Row, Ticket, Wanted};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::desk::Desk;
use crate::ui::picked::Picked;
use crate::ui::screen::{FilterMenu, Hint, ListMenu, Next, Screen, Timeline};
use crate::ui::widget::list::Cursor;

use layout::Layout;
use preview::Preview;

/// The rows of a page.
const PAGE: usize = 200;

/// The home screen.
#[derive(Default)]
pub struct Home {
    list: List,
    /// Whether articles are listed because none of them has its story yet.
    waits: bool,
    rows: Vec<Row>,
    stage: Stage,
    cursor: Cursor,
    pane: Pane,
    preview: Option<Preview>,
    previewing: Option<Ticket>,
    /// Whether the preview may be of a story that has changed.
    stale: bool,
    /// The comparison that is gone to as soon as it comes.
    pub awaited: Option<Ticket>,
    picked: Picked,
    /// What is looked for in the rows that are still to come.
    seeking: Option<Sought>,
}

/// What the cursor goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sought {
    Unread,
    Contradicted,
}

impl Sought {
    const fn is(self, row: &Row) -> bool {
        match self {
            Self::Unread => row.unread > 0,
            Self::Contradicted => row.contradicted() > 0,
        }
    }
}

/// How far the list is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// Nothing was asked for yet.
    #[default]
    Fresh,
    /// Rows were asked for: all from the first on, or more behind those that are there.
    Reading { ticket: Ticket, first: bool },
    /// There are more rows behind these.
    Partly,
    /// All of it.
    Wholly,
}

/// Which half of the screen the keys move in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pane {
    #[default]
    List,
    Preview,
}

const HINTS: &[Hint] = &[
    (Command::Open, "hint.compare"),
    (Command::Search, "hint.search"),
    (Command::NextPane, "hint.pane"),
    (Command::NextSource, "hint.source"),
    (Command::Order, "hint.order"),
    (Command::Filter, "hint.filter"),
    (Command::Lists, "hint.lists"),
    (Command::NextContradiction, "hint.contradiction"),
    (Command::Pick, "hint.pick"),
    (Command::Star, "hint.star"),
    (Command::Help, "hint.keys"),
    (Command::Back, "hint.quit"),
];

const ARTICLE_HINTS: &[Hint] = &[
    (Command::Open, "hint.open"),
    (Command::Search, "hint.search"),
    (Command::NextPane, "hint.pane"),
    (Command::Order, "hint.order"),
    (Command::Filter, "hint.filter"),
    (Command::Lists, "hint.lists"),
    (Command::Pick, "hint.pick"),
    (Command::Compare, "hint.compare"),
    (Command::Star, "hint.star"),
    (Command::Help, "hint.keys"),
    (Command::Back, "hint.quit"),
];

const EMPTY_HINTS: &[Hint] = &[
    (Command::Demo, "hint.demo"),
    (Command::AddFeed, "hint.add"),
    (Command::Import, "hint.import"),
    (Command::Help, "hint.keys"),
    (Command::Commands, "hint.commands"),
    (Command::Back, "hint.quit"),
];

impl Home {
    /// What the last line reminds of.
    pub fn hints(&self) -> &'static [Hint] {
        match self.list.order {
            _ if self.rows.is_empty() => EMPTY_HINTS,
            Order::Stories => HINTS,
            _ => ARTICLE_HINTS,
        }
    }

    /// Whether it has nothing to show but what beide is for; not where articles only wait for their stories.
    pub fn welcomes(&self, context: &Context) -> bool {
        self.rows.is_empty()
            && self.stage == Stage::Wholly
            && !self.list.is_narrowed()
            && context.totals.articles == 0
    }

    /// Asks again for the list and for the preview; what is shown stays until they come.
    pub fn renew(&mut self, context: &mut Context) {
        self.stale = true;
        self.load(context);
    }

    /// Asks for the list from its beginning; what is shown stays until it comes.
    pub fn load(&mut self, context: &mut Context) {
        if std::mem::take(&mut self.waits) {
            self.list.order = Order::Stories;
        }
        let limit = self.rows.len().max(PAGE);
        self.ask(0, limit, context);
    }

    fn ask(&mut self, skip: usize, limit: usize, context: &mut Context) {
        let ticket = context.ticket();
        let first = skip == 0;
        self.stage = Stage::Reading { ticket, first };
        context.jobs.push(Job::List {
            ticket,
            list: self.list.clone(),
            skip,
            limit,
        });
    }

    /// The article that the preview shows.
    pub fn article(&self) -> Option<&Headline> {
        self.preview.as_ref().and_then(Preview::headline)
    }

    /// Lists what was listed when the reader was left.
    pub fn recall(&mut self, context: &mut Context) {
        if self.list.order != context.memory.order && !self.list.is_narrowed() {
            self.list.order = context.memory.order;
            self.restart(context);
        }
    }

    /// Shows only these rows.
    pub fn narrow(&mut self, list: List, context: &mut Context) {
        if self.list != list {
            self.list = list;
            self.restart(context);
        }
    }

    /// Begins the list anew.
    fn restart(&mut self, context: &mut Context) {
        self.waits = false;
        self.cursor = Cursor::default();
        self.pane = Pane::List;
        self.rows.clear();
        self.preview = None;
        self.load(context);
    }

    /// Takes away what narrows the list or was chosen; false where nothing does.
    pub fn widen(&mut self, context: &mut Context) -> bool {
        if self.pane == Pane::Preview {
            self.pane = Pane::List;
            self.resize(context);
        } else if !self.picked.is_empty() {
            self.picked.clear();
        } else if self.list.is_narrowed() {
            let order = self.list.order;
            self.narrow(
                List {
                    order,
                    ..List::default()
                },
                context,
            );
        } else {
            return false;
        }
        true
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize, context: &mut Context) -> Next {
        self.seeking = None;
        if let Some(by) = command.distance(times, self.layout(context).page(self.pane)) {
            self.step(by, context);
            return Next::Stay;
        }
        match command {
            Command::NextPane | Command::PreviousPane => self.switch_pane(context),
            Command::Open => return self.open(context),
            Command::Order => self.switch_order(context),
            Command::Filter => {
                return Next::To(Box::new(Screen::Filter(FilterMenu::new(&self.list, context))));
            }
            Command::Lists => {
                return Next::To(Box::new(Screen::Lists(ListMenu::new(&self.list, context))));
            }
            Command::Split => self.split(context),
            Command::Join => self.join(context),
            Command::Pin => self.pin(context),
            Command::Timeline => {
                if let Some(preview) = &self.preview {
                    let timeline = Timeline::new(Arc::clone(preview.desk()), self.subject());
                    return Next::To(Box::new(Screen::Timeline(timeline)));
                }
            }
            Command::NextSource => self.next_source(times, context),
            Command::NextUnread => self.seek(Sought::Unread, false, context),
            Command::NextContradiction => self.seek(Sought::Contradicted, false, context),
            Command::PreviousContradiction => self.seek(Sought::Contradicted, true, context),
            Command::Reload => {
                context.jobs.push(Job::Tend);
                self.renew(context);
            }
            Command::Pick => self.pick(context),
            Command::Compare => return self.compare_picked(context),
            Command::Read => self.mark(context, |row| Mark::Read(row.unread > 0)),
            Command::Star => self.mark(context, |row| Mark::Starred(!row.starred)),
            Command::Copy => self.copy(context),
            Command::CopyLink | Command::Browse => self.follow(command, context),
            _ => {}
        }
        Next::Stay
    }

    fn layout(&self, context: &Context) -> Layout {
        layout_of(context, self.pane)
    }

    fn row(&self) -> Option<&Row> {
        self.rows.get(self.cursor.at)
    }

    /// The title of the story under the cursor.
    pub fn subject(&self) -> Option<String> {
        let row = self
            .row()
            .filter(|_| self.list.order == Order::Stories && self.picked.is_empty())?;
        Some(row.title.clone())
    }

    /// The articles of the row under the cursor.
    fn wanted(&self) -> Option<Wanted> {
        let id = self.row()?.id.clone();
        Some(match self.list.order {
            Order::Stories => Wanted::Story(id),
            Order::Dates | Order::Sources => Wanted::Near(id),
        })
    }

    /// Fits itself into the size of the screen.
    pub fn resize(&mut self, context: &mut Context) {
        let layout = self.layout(context);
        if let Some(preview) = &mut self.preview {
            preview.set(layout.preview_columns(), layout.preview_height(), context.signs);
        }
        self.settled(context);
    }

    /// Takes what came of a job.
    pub fn report(&mut self, report: &Report, context: &mut Context) {
        if let Report::Listed { ticket, rows, more } = report {
            self.listed(*ticket, rows, *more, context);
        }
    }

    fn listed(&mut self, ticket: Ticket, rows: &[Row], more: bool, context: &mut Context) {
        let Stage::Reading { ticket: asked, first } = self.stage else {
            return;
        };
        if asked != ticket {
            return;
        }
        self.stage = if more { Stage::Partly } else { Stage::Wholly };
        if first && rows.is_empty() && self.list_meanwhile(context) {
            return;
        }
        if first {
            self.keep_place(rows);
            self.rows.clear();
        }
        self.rows.extend_from_slice(rows);
        match self.seeking.take() {
            Some(sought) => {
                context.notice = None;
                self.seek(sought, false, context);
            }
            None => self.settled(context),
        }
    }

    /// Lists articles where there are some and no story of any is found yet; false where that is not so.
    fn list_meanwhile(&mut self, context: &mut Context) -> bool {
        let waits =
            self.stage == Stage::Wholly && self.list == List::default() && context.totals.articles > 0;
        if waits {
            self.list.order = Order::Dates;
            self.load(context);
            self.waits = true;
        }
        waits
    }

    /// Keeps the cursor on its row where that is still in the new list.
    fn keep_place(&mut self, rows: &[Row]) {
        let Some(id) = self.row().map(|row| &row.id) else {
            return;
        };
        if let Some(place) = rows.iter().position(|row| row.id == *id) {
            self.cursor.at = place;
        }
    }

    /// Takes the comparison for the preview.
    pub fn opened(&mut self, ticket: Ticket, desk: &Arc<Desk>, context: &Context) {
        if self.previewing == Some(ticket) {
            self.previewing = None;
            let columns = self.layout(context).preview_columns();
            let shown = self.preview.take();
            self.preview = self.wanted().map(|wanted| {
                let preview = Preview::new(wanted, Arc::clone(desk), columns, context.signs);
                preview.at_the_place_of(shown.as_ref(), columns)
            });
        }
    }

    /// Learns that a job was not done.
    pub fn failed(&mut self, ticket: Option<Ticket>) {
        if matches!(self.stage, Stage::Reading { ticket: asked, .. } if Some(asked) == ticket) {
            self.stage = Stage::Wholly;
        }
        if self.awaited == ticket {
            self.awaited = None;
        }
        if self.previewing == ticket {
            self.previewing = None;
        }
    }

    /// Moves what lies under the mouse.
    pub fn wheel(&mut self, lines: isize, x: u16, y: u16, context: &mut Context) -> Next {
        let under = self.layout(context).pane_at(x, y);
        let pane = std::mem::replace(&mut self.pane, under);
        self.step(lines, context);
        self.pane = pane;
        Next::Stay
    }

    /// Puts the cursor on the row that was clicked; opens it where it was there already.
    pub fn click(&mut self, x: u16, y: u16, context: &mut Context) -> Next {
        let layout = self.layout(context);
        self.pane = layout.pane_at(x, y);
        let place = self.cursor.top + usize::from(y.saturating_sub(layout.list.y));
        if self.pane == Pane::Preview || place >= self.rows.len() {
            return Next::Stay;
        }
        if place == self.cursor.at {
            return self.open(context);
        }
        self.go(place, context);
        Next::Stay
    }
}

/// Where list and preview stand; one of them alone where a screen reader reads them.
fn layout_of(context: &Context, pane: Pane) -> Layout {
    if context.signs.is_linear() {
        Layout::of_one(context.size, pane)
    } else {
        Layout::of(context.size, pane)
    }
}
