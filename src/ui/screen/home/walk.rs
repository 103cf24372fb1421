//! Where the cursor goes, and what is shown and asked for on its way.

use crate::job::Order;
use crate::ui::app::Context;
use crate::ui::widget::list::next_of;

use super::act::open;
use super::preview::Preview;
use super::{Home, PAGE, Pane, Sought, Stage};

/// The rows that are read at once where one of a kind is looked for.
const SEEKING: usize = 5 * PAGE;

impl Home {
    pub(super) fn step(&mut self, by: isize, context: &mut Context) {
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
    pub(super) fn settled(&mut self, context: &mut Context) {
        if self.rows.is_empty() && self.list_meanwhile(context) {
            return;
        }
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
                let columns = self.layout(context).preview_columns();
                self.preview = Some(Preview::new(wanted, desk, columns, context.signs));
            }
            None => {
                let ticket = context.ticket();
                self.previewing = Some(ticket);
                context.jobs.push(open(ticket, wanted, true));
            }
        }
    }

    pub(super) fn switch_pane(&mut self, context: &mut Context) {
        self.pane = match self.pane {
            Pane::List if self.preview.is_some() => Pane::Preview,
            _ => Pane::List,
        };
        self.resize(context);
    }

    pub(super) fn switch_order(&mut self, context: &mut Context) {
        let order = match self.list.order {
            Order::Stories => Order::Dates,
            Order::Dates => Order::Sources,
            Order::Sources => Order::Stories,
        };
        self.list = std::mem::take(&mut self.list).in_order(order);
        context.memory.order = self.list.order;
        self.restart(context);
    }

    pub(super) fn next_source(&mut self, times: usize, context: &Context) {
        let columns = self.layout(context).preview_columns();
        if let Some(preview) = &mut self.preview {
            preview.next_article(times, columns);
        }
    }

    /// Goes to the next row of a kind, or the one before; beyond the last, from the other end on.
    ///
    /// Where none of the rows that are read is one, the next rows of the library are asked for, and it goes on as they come.
    pub(super) fn seek(&mut self, sought: Sought, back: bool, context: &mut Context) {
        let rows = self.rows.iter().enumerate();
        let places = rows.filter(|(_, row)| sought.is(row)).map(|(place, _)| place);
        let next = next_of(places, self.cursor.at, back);
        let ahead = next.filter(|place| back || *place > self.cursor.at);
        match (ahead, self.stage) {
            (None, Stage::Partly) if !back => {
                self.seeking = Some(sought);
                context.say(context.locale.text("notice.seeking"));
                self.ask(self.rows.len(), SEEKING, context);
            }
            (None, Stage::Reading { .. }) if !back => self.seeking = Some(sought),
            _ => {
                if let Some(place) = next {
                    self.go(place, context);
                }
            }
        }
    }

    pub(super) fn go(&mut self, place: usize, context: &mut Context) {
        let height = self.layout(context).list_height();
        self.cursor.go(place, self.rows.len(), height);
        self.settled(context);
    }
}
