//! The home screen: stories or articles, and a preview of the one under the cursor.

mod layout;
mod preview;
mod view;

pub use view::only_in;

use std::sync::Arc;

use crate::article::{ArticleId, Headline};
use crate::job::{Job, List, Manner, Mark, Order, Report, Row, Ticket, Wanted};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::desk::Desk;
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
    picked: Vec<ArticleId>,
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
        let by = isize::try_from(times).unwrap_or(isize::MAX);
        let page = isize::try_from(self.layout(context).page(self.pane))
            .unwrap_or(1)
            .max(1);
        match command {
            Command::Next => self.step(by, context),
            Command::Previous => self.step(-by, context),
            Command::HalfDown => self.step(by.saturating_mul((page / 2).max(1)), context),
            Command::HalfUp => self.step(-by.saturating_mul((page / 2).max(1)), context),
            Command::PageDown => self.step(by.saturating_mul(page), context),
            Command::PageUp => self.step(-by.saturating_mul(page), context),
            Command::Top => self.step(isize::MIN / 2, context),
            Command::Bottom => self.step(isize::MAX / 2, context),
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
            Command::NextUnread => self.seek(|row| row.unread > 0, context),
            Command::NextContradiction => self.seek_contradiction(false, context),
            Command::PreviousContradiction => self.seek_contradiction(true, context),
            Command::Reload => {
                context.jobs.push(Job::Tend);
                self.renew(context);
            }
            Command::Pick => self.pick(context),
            Command::Compare => return self.compare_picked(context),
            Command::Read => self.mark(context, |row| Mark::Read(row.unread > 0)),
            Command::Star => self.mark(context, |row| Mark::Starred(!row.starred)),
            Command::Copy => self.copy(context),
            Command::CopyLink => self.with_url(context, |url| Job::Terminal(Manner::Copy(url))),
            Command::Browse => self.with_url(context, Job::Browse),
            _ => {}
        }
        Next::Stay
    }

    fn layout(&self, context: &Context) -> Layout {
        Layout::of(context.size, self.pane)
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

    fn step(&mut self, by: isize, context: &mut Context) {
        let layout = self.layout(context);
        match (self.pane, &mut self.preview) {
            (Pane::Preview, Some(preview)) => preview.scroll(by, layout.preview_height()),
            _ => {
                self.cursor.step(by, self.rows.len(), layout.list_height());
                self.settled(context);
            }
        }
    }

    /// Asks for what the rows in sight need: their preview, the page behind them.
    fn settled(&mut self, context: &mut Context) {
        let height = self.layout(context).list_height();
        self.cursor.settle(self.rows.len(), height);
        self.show(context);
        if self.stage == Stage::Partly && self.cursor.at + 3 * height.max(1) >= self.rows.len() {
            self.ask(self.rows.len(), PAGE, context);
        }
    }

    /// Shows the preview of the row under the cursor, or asks for it.
    fn show(&mut self, context: &mut Context) {
        let Some(wanted) = self.wanted() else {
            self.preview = None;
            return;
        };
        let shown = self
            .preview
            .as_ref()
            .is_some_and(|preview| preview.shows(&wanted));
        if shown && !self.stale {
            return;
        }
        self.stale = false;
        self.previewing = None;
        if !shown {
            self.preview = None;
        }
        match context.desk(&wanted) {
            Some(desk) => {
                self.preview = Some(Preview::new(wanted, desk, self.layout(context).preview_columns()))
            }
            None => {
                let ticket = context.ticket();
                self.previewing = Some(ticket);
                context.jobs.push(open(ticket, wanted, true));
            }
        }
    }

    fn switch_pane(&mut self, context: &mut Context) {
        self.pane = match self.pane {
            Pane::List if self.preview.is_some() => Pane::Preview,
            _ => Pane::List,
        };
        self.resize(context);
    }

    fn switch_order(&mut self, context: &mut Context) {
        let order = match self.list.order {
            Order::Stories => Order::Dates,
            Order::Dates => Order::Sources,
            Order::Sources => Order::Stories,
        };
        self.list = std::mem::take(&mut self.list).in_order(order);
        context.memory.order = self.list.order;
        self.restart(context);
    }

    fn next_source(&mut self, times: usize, context: &Context) {
        let columns = self.layout(context).preview_columns();
        if let Some(preview) = &mut self.preview {
            preview.next_article(times, columns);
        }
    }

    /// Goes to the next row that `wanted` accepts, from the top again after the last.
    fn seek(&mut self, wanted: impl Fn(&Row) -> bool, context: &mut Context) {
        let rows = self.rows.iter().enumerate();
        let after = rows.clone().skip(self.cursor.at + 1).find(|(_, row)| wanted(row));
        let found = after.or_else(|| rows.clone().find(|(_, row)| wanted(row)));
        if let Some((place, _)) = found {
            self.go(place, context);
        }
    }

    fn seek_contradiction(&mut self, back: bool, context: &mut Context) {
        let at = self.cursor.at;
        let places = self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.contradicted() > 0)
            .map(|(place, _)| place);
        let mut places: Vec<usize> = places.collect();
        if back {
            places.reverse();
        }
        let beyond = |place: &&usize| if back { **place < at } else { **place > at };
        if let Some(place) = places.iter().find(beyond).or_else(|| places.first()).copied() {
            self.go(place, context);
        }
    }

    fn go(&mut self, place: usize, context: &mut Context) {
        let height = self.layout(context).list_height();
        self.cursor.go(place, self.rows.len(), height);
        self.settled(context);
    }

    /// Goes to the row's comparison, at once where it is at hand.
    fn open(&mut self, context: &mut Context) -> Next {
        let Some(wanted) = self.wanted() else {
            return Next::Stay;
        };
        if self.row().is_some_and(|row| row.unread > 0) {
            self.mark(context, |_| Mark::Read(true));
        }
        self.go_to(wanted, context)
    }

    fn go_to(&mut self, wanted: Wanted, context: &mut Context) -> Next {
        self.awaited = None;
        if let Some(desk) = context.desk(&wanted) {
            return Next::To(Box::new(Screen::compare(desk, self.subject(), context)));
        }
        let ticket = context.ticket();
        self.awaited = Some(ticket);
        context.jobs.push(open(ticket, wanted, false));
        Next::Stay
    }

    fn pick(&mut self, context: &mut Context) {
        let Some(id) = self.row().map(|row| row.id.clone()) else {
            return;
        };
        match self.picked.iter().position(|picked| *picked == id) {
            Some(place) => {
                self.picked.remove(place);
            }
            None => self.picked.push(id),
        }
        self.step(1, context);
    }

    /// Compares what was chosen; with one chosen, that and the row under the cursor.
    fn compare_picked(&mut self, context: &mut Context) -> Next {
        let mut ids = self.picked.clone();
        let here = self.row().map(|row| row.id.clone());
        ids.extend(here.filter(|id| ids.len() < 2 && !ids.contains(id)));
        if ids.len() < 2 {
            self.open(context)
        } else {
            self.go_to(Wanted::All(ids), context)
        }
    }

    /// Takes the article that is read in the preview, or is under the cursor, out of its story.
    fn split(&self, context: &mut Context) {
        let Some(row) = self.row() else { return };
        let article = match self.list.order {
            Order::Stories if row.articles < 2 => None,
            Order::Stories => self.preview.as_ref().and_then(Preview::headline),
            Order::Dates | Order::Sources => return context.jobs.push(Job::Split(row.id.clone())),
        };
        match article {
            Some(article) => context.jobs.push(Job::Split(article.id.clone())),
            None => context.complain(context.locale.text("notice.alone")),
        }
    }

    /// Makes one story of those that were chosen; with one chosen, of that and the one under the cursor.
    fn join(&mut self, context: &mut Context) {
        let mut ids = self.picked.clone();
        let here = self.row().map(|row| row.id.clone());
        ids.extend(here.filter(|id| ids.len() == 1 && !ids.contains(id)));
        if ids.len() < 2 {
            return context.complain(context.locale.text("notice.join-what"));
        }
        self.picked.clear();
        context.jobs.push(Job::Join(ids));
    }

    /// Keeps the story under the cursor together as it is.
    fn pin(&self, context: &mut Context) {
        match self.row() {
            Some(row) if row.articles > 1 => context.jobs.push(Job::Join(vec![row.id.clone()])),
            _ => context.complain(context.locale.text("notice.alone")),
        }
    }

    /// Says something of the row's articles; it is seen at once.
    fn mark(&mut self, context: &mut Context, mark: impl Fn(&Row) -> Mark) {
        let (Some(wanted), Some(row)) = (self.wanted(), self.rows.get_mut(self.cursor.at)) else {
            return;
        };
        let wanted = match wanted {
            Wanted::Near(id) => Wanted::All(vec![id]),
            other => other,
        };
        let mark = mark(row);
        match mark {
            Mark::Read(read) => row.unread = if read { 0 } else { row.articles },
            Mark::Starred(starred) => row.starred = starred,
            _ => {}
        }
        context.jobs.push(Job::Mark(wanted, mark));
    }

    fn copy(&self, context: &mut Context) {
        if let Some(row) = self.row() {
            let title = row.title.clone();
            context.jobs.push(Job::Terminal(Manner::Copy(title)));
            context.say(context.locale.text("notice.copied"));
        }
    }

    fn with_url(&self, context: &mut Context, job: impl Fn(String) -> Job) {
        let shown = self.preview.as_ref().and_then(Preview::headline);
        let url = shown.map_or_else(|| self.row()?.url.clone(), |headline| headline.url.clone());
        match url {
            Some(url) => {
                context.say(url.clone());
                context.jobs.push(job(url));
            }
            None => context.complain(context.locale.text("notice.no-link")),
        }
    }

    /// Fits itself into the size of the screen.
    pub fn resize(&mut self, context: &mut Context) {
        let layout = self.layout(context);
        if let Some(preview) = &mut self.preview {
            preview.set(layout.preview_columns(), layout.preview_height());
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
        if first {
            self.keep_place(rows);
            self.rows.clear();
        }
        self.rows.extend_from_slice(rows);
        self.stage = if more { Stage::Partly } else { Stage::Wholly };
        self.settled(context);
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
                let preview = Preview::new(wanted, Arc::clone(desk), columns);
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

const fn open(ticket: Ticket, wanted: Wanted, glance: bool) -> Job {
    Job::Open {
        ticket,
        wanted,
        glance,
    }
}
