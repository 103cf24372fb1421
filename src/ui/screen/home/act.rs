//! What is done with the rows: opened, chosen, marked, taken apart, given away.

use crate::article::ArticleId;
use crate::job::{Job, Mark, Order, Row, Ticket, Wanted};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::screen::{Next, Screen};

use super::Home;
use super::preview::Preview;

impl Home {
    /// Goes to the row's comparison, at once where it is at hand.
    pub(super) fn open(&mut self, context: &mut Context) -> Next {
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

    pub(super) fn pick(&mut self, context: &mut Context) {
        if let Some(id) = self.row().map(|row| row.id.clone()) {
            self.picked.switch(id);
            self.step(1, context);
        }
    }

    /// The rows that were chosen; with one chosen, that and the row under the cursor.
    fn chosen(&self) -> Vec<ArticleId> {
        self.picked.with(self.row().map(|row| &row.id))
    }

    /// Compares what was chosen; with nothing chosen, opens the row under the cursor.
    pub(super) fn compare_picked(&mut self, context: &mut Context) -> Next {
        let ids = self.chosen();
        if ids.len() < 2 {
            self.open(context)
        } else {
            self.go_to(Wanted::All(ids), context)
        }
    }

    /// Takes the article that is read in the preview, or is under the cursor, out of its story.
    pub(super) fn split(&self, context: &mut Context) {
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
    pub(super) fn join(&mut self, context: &mut Context) {
        let ids = self.chosen();
        if ids.len() < 2 {
            return context.complain(context.locale.text("notice.join-what"));
        }
        self.picked.clear();
        context.jobs.push(Job::Join(ids));
    }

    /// Keeps the story under the cursor together as it is.
    pub(super) fn pin(&self, context: &mut Context) {
        match self.row() {
            Some(row) if row.articles > 1 => context.jobs.push(Job::Join(vec![row.id.clone()])),
            _ => context.complain(context.locale.text("notice.alone")),
        }
    }

    /// Says something of the row's articles; it is seen at once.
    pub(super) fn mark(&mut self, context: &mut Context, mark: impl Fn(&Row) -> Mark) {
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

    pub(super) fn copy(&self, context: &mut Context) {
        if let Some(row) = self.row() {
            context.copy(row.title.clone());
        }
    }

    /// Copies or opens the address of the article in the preview, or else of the row.
    pub(super) fn follow(&self, command: Command, context: &mut Context) {
        let url = match self.article() {
            Some(headline) => headline.url.as_deref(),
            None => self.row().and_then(|row| row.url.as_deref()),
        };
        context.follow(command, url);
    }
}

pub(super) const fn open(ticket: Ticket, wanted: Wanted, glance: bool) -> Job {
    Job::Open {
        ticket,
        wanted,
        glance,
    }
}
